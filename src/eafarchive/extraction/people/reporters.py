"""Reporters as the papers of East Asia name them: by their trade, in a line or in the dateline.

*記者吳佩蓉／台南報導* is a line of its own; *（中央社記者吳佩蓉台南5日電）* opens a text, as do
*(서울=…) 홍길동 기자 =* and *【台北＝山田太郎】*; *（记者周若琳）* ends one. A name is a surname
that is borne there and one or two more letters: no office, place or sentence is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import PROSE, Block
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.names import Words

_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許"
    "傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻闫余潘杜戴夏钟鍾鐘汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱"
    "秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁"
    "魯葛伍韦韋申尤毕畢聂聶焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂塗谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成"
    "游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强強柴华華车車冉房边邊简簡古池连連卓巫宮宫花沙涂"
    "丘粘巩鞏佟褚娄婁明沃应應仲仇池荣榮冷楚"
)
_DOUBLE = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 司徒 夏侯 令狐 宇文"
    " 范姜 張簡 张简 남궁 황보 제갈 선우 독고 사공".split()
)
_KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위"
    "표명기반왕금옥육인맹제모탁국은편용예경봉사부류라"
)
_HAN = "\u4e00-\u9fff"
_TRADE = re.compile("記者|记者")
_MARKED = re.compile("[記记]者|기자|특파원|[報报][導道]|編譯|整理")
_BRACKETS = re.compile(r"[（(〔【\[［]([^（(〔【\[［）)〕】\]］]{2,60})[）)〕】\]］]")
_HELPERS = re.compile(
    "文/图|通讯员|通訊員|实习生|實習生|编辑|編輯|发自|發自|摄影|攝影|文字|文图|圖文|特稿|即時|即时|整理"
    "|綜合|综合|報導|报道|專訪|专访"
)
"""What ends the names: others' trades, and where from."""
_SHOWS = re.compile("[摄攝]$|供图|提供|图片|圖片|[图圖][:：／/]|^[图圖]")
_DAY = re.compile(r"\d{1,2}(?:月\d{1,2})?[日号號][^。，]{0,8}[电電讯訊]")
_JOINTS = re.compile(r"[、，,；;\s&和]+")
_LINE = re.compile(rf"(?:[{_HAN}A-Za-z]{{0,10}}[ ／/｜|]{{0,2}})?(?:記者|记者)[:： ]?(.{{2,36}})")
_BEATS = "高[级級]|文[化字]|金融|[时時][政事]|常[驻駐]|[华華][人文视視]"
"""What begins as a name does, and is a reporter's rank, field or house."""
_AFTER = re.compile(rf"(?:(?![本特見见實]|{_BEATS})([{_HAN}]{{2,3}}) ?(?:记者|記者))")
_DESK = re.compile(
    rf"[{_HAN}]{{2,8}}(?:中心|組|组)[／/ ]([{_HAN}、]{{2,16}}?)(?:綜合)?(?:報導|报道|編譯|整理)"
)
_HANGUL = re.compile(
    r"(?:^|[ \])】=])([가-힣]{2,4}(?:(?:·|, ?| )[가-힣]{2,4}){0,4}) ?(?:기자|특파원)(?![가-힣])"
)
_OPENS = re.compile(r"(?:[(\[【［<][^)\]】］>]{2,30}[)\]】］>])?[가-힣·, ]{2,30}(?:기자|특파원) ?=")
_DESKS = re.compile("(?:[부팀국]|본지|취재|사진|인턴|수습|전문|담당|객원|선임|시민)$")
_MAIL = re.compile(r" ?[(\[<]?[\w.-]{1,40}@[\w.-]{3,40}[)\]>]?$")
_JAPANESE = re.compile(
    r"(?:(?![^＝=]{0,9}(?:写真|資料|提供|出典|撮影|画像|図|絵|出所|訳|\d))[^＝=]{2,16}[＝=]"
    r"|(?:取材・|聞き手・)?(?:文|聞き手|構成)(?:・写真)?[・＝=：: ])"
    rf"([{_HAN}々ぁ-んァ-ヶー 　]{{3,8}})"
)
_HOUSE = re.compile(
    "共同|時事|通信|新聞|新闻|取材|編集|编辑|編輯|報道|写真|综合|綜合|中心|뉴스|일보|중앙"
    "|[部局社班会省庁都道府県市区町村国院所円回网網组組台臺팀]$"
)
_FEW = 8
"""Letters of a place before a name."""
_FOUR = 4
"""Letters of the longest name, and one more than one with a surname of one letter has."""
_LENGTH = 80
"""Letters at the beginning and at the end of a text in which its reporter is named."""
_HEAD, _FOOT = 8, 16
"""Blocks after the title, and before what ends the article, among which a line names them."""


def reporters_over(chrome: Chrome, words: Words) -> Block | None:
    """The line at the title that names reporters and says no more."""
    blocks, start = chrome.outline.blocks, chrome.start
    return _line_among(blocks[start : min(start + _HEAD, chrome.end)], chrome, words)


def reporters_below(chrome: Chrome, words: Words) -> Block | None:
    """The last such line before what ends the article; it is marked so in ``chrome``."""
    blocks = chrome.outline.blocks[max(chrome.start, chrome.end - _FOOT) : chrome.end]
    if (found := _line_among(blocks[::-1], chrome, words)) is not None:
        chrome.widgets[found.at] = "a byline"
    return found


def _line_among(blocks: list[Block], chrome: Chrome, words: Words) -> Block | None:
    for block in blocks:
        if block.line.isascii():
            continue
        place = block.element.at
        if chrome.elsewhere[place] or chrome.foreign[place] or chrome.is_in_another(block):
            continue
        if block.element.tag in HEADINGS and not _HELPERS.search(block.line):
            continue  # a heading on reporters
        if len(block.text) <= _LENGTH and names_on_line(block.line, words):
            return block
    return None


def names_on_line(line: str, words: Words) -> tuple[str, ...]:
    """The reporters that a line names which says no more; none for any other line."""
    line = line.strip()
    if not _MARKED.search(line) or _SHOWS.search(line):
        return ()
    bare = line.strip("（(〔【[［）)〕】]］ ")
    if found := _LINE.fullmatch(bare):
        return _names_before_place(found[1], words)
    if found := _DESK.fullmatch(bare) or _AFTER.fullmatch(bare):
        return _all_names(found[1], words)
    place, _, rest = (mailless := _MAIL.sub("", bare)).rpartition("=")
    told = _HANGUL.fullmatch(rest if len(place) < _FEW else mailless)
    return _koreans(told[1]) if told else ()


def names_in_text(blocks: Sequence[Block], words: Words) -> tuple[str, ...]:
    """The reporters whom the dateline of a text names, or the bracket at its end."""
    prose = [block.line for block in blocks if block.own >= PROSE or "。" in block.text]
    if not prose:
        return ()
    first, last = prose[0][:_LENGTH], prose[-1][-_LENGTH:]
    if found := _OPENS.match(first):
        told = _HANGUL.search(first[: found.end()])
        return _koreans(told[1]) if told else ()
    for found in _BRACKETS.finditer(first):
        is_after = first[: found.start()].rstrip().endswith(tuple("电電讯訊息"))
        names = _names_in_bracket(found[1], words) if is_after or not found.start() else ()
        if names or (is_after and (names := _all_names(found[1], words))):
            return names
    ends = [found for found in _BRACKETS.finditer(last) if found.end() == len(last)]
    return _names_in_bracket(ends[-1][1], words) if ends else ()


def is_house(name: str) -> bool:
    """Whether a name in the scripts of East Asia is an agency's, a desk's or an office's."""
    return _HOUSE.search(name) is not None


def is_sinic_name(text: str, words: Words) -> bool:
    """Whether it is a surname of Chinese speakers with one or two letters after it."""
    if text[:2] in _DOUBLE and len(text) in {_FOUR - 1, _FOUR}:
        return True
    if not 1 < len(text) < _FOUR or text[0] not in _SURNAMES or text[0] == text[1]:
        return False  # 谢谢
    return all("\u4e00" <= c <= "\u9fff" for c in text) and not _is_place(text, words)


def _names_in_bracket(inside: str, words: Words) -> tuple[str, ...]:
    if _SHOWS.search(inside):
        return ()
    if found := _TRADE.search(inside):
        return _names_before_place(inside[found.end() :].lstrip(":： "), words)
    if found := _DESK.fullmatch(inside):
        return _all_names(found[1], words)
    if inside.endswith(("기자", "특파원")):
        return _koreans(told[1]) if (told := _HANGUL.search(inside)) else ()
    found = _JAPANESE.fullmatch(inside)
    name = found[1].strip() if found else ""
    return (name,) if name and not is_house(name) and name not in words.places else ()


def _names_before_place(told: str, words: Words) -> tuple[str, ...]:
    """The names before a slash and what follows it, another's trade, or a place and a day."""
    listed = re.split("(?<!文)[／/｜|]", told, maxsplit=1)[0]
    if found := _DAY.search(listed):
        *others, last = [part for part in _JOINTS.split(listed[: found.start()]) if part] or [""]
        return _all_names("、".join((*others, _without_place(last, words))), words)
    if found := _HELPERS.search(listed):
        listed = listed[: found.start()]
        *others, last = [part for part in _JOINTS.split(listed) if part] or [""]
        if others and _is_place(last, words):
            listed = "、".join(others)
        elif len(last) > 3:
            listed = "、".join((*others, _without_place(last, words)))
    return _all_names(listed, words)


def _without_place(text: str, words: Words) -> str:
    """The name at the beginning of a run of letters that ends in a place: *吳佩蓉台南*."""
    for size in (5, 4, 3, 2):
        if len(text) > size + 1 and _is_place(text[-size:], words):
            return text[:-size]
    return text[: min(4 if text[:2] in _DOUBLE else 3, len(text) - 2)] if len(text) > 3 else text


def _is_place(text: str, words: Words) -> bool:
    return text in words.places or text.rstrip("縣市县") in words.places


def _all_names(listed: str, words: Words) -> tuple[str, ...]:
    names = [part for part in _JOINTS.split(listed) if part]
    return tuple(names) if all(is_sinic_name(name, words) for name in names) else ()


def _koreans(listed: str) -> tuple[str, ...]:
    """The names at the end of a list, without the desk or the house before them."""
    names = [name for name in re.split("[·, ]+", listed) if not _DESKS.search(name)]
    are_names = (
        name[0] in _KOREAN and len(name) < _FOUR + (name[:2] in _DOUBLE) for name in names[::-1]
    )
    return tuple(names[len(names) - len(list(takewhile(bool, are_names))) :])
