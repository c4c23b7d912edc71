"""Words at a picture that are named its caption, end in who took it or whose it is, or are built as
no paragraph of a text is.
"""

from __future__ import annotations

import re

from eafarchive.extraction.document.outline import BREAK, Block, Image, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.lines.dates import parse_date
from eafarchive.extraction.lines.names import fold, words_of
from eafarchive.extraction.lines.sentences import is_told
from eafarchive.extraction.pictures.figures import CAPTIONED, MAX_SHORT

MAX_CREDIT = 80
"""Characters at a caption's end among which a credit stands without brackets."""
AGENCIES = (
    "reuters|aap|afp|ap|associated press|getty|epa|flickr|wikimedia|xinhua|kyodo|bernama|antara"
    "|yonhap|anadolu|shutterstock|unsplash|pixabay|imago|picture alliance"
)
"""Where pictures come from."""
AGENCY_ALONE = re.compile(
    rf"[(\[](?P<credit>(?:{AGENCIES})(?: (?:images?|photos?))?)[)\]]\W?$", re.IGNORECASE
)
_JOINING = frozenset("and at for in of on the".split())
"""Words that no short form has a letter for."""
_TAKEN_BY = re.compile(
    r"(?:[ /|=\u3000（(][^ /|=\u3000。（(]{0,16} ?(?:摄|攝|撮影|供图|供圖)"
    r"|[/|=] ?[^ /|=。（(]{2,16} ?(?:기자|제공)"
    r"|[（(](?:摄影|攝影|撮影|사진) ?[/／|:：] ?[^ /|=。（(]{2,16})[)）。]?$"
)
_LONGEST = 24
"""Characters of a photographer's name and trade."""
_MOST = 200
"""Blocks of an element in which a caption may be an inline one."""
_INLINE = "span[class], em[class], small[class], i[class]"

_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([0-9]{1,3})(?:\.[0-9]{1,9})?px", re.IGNORECASE)
_FEWEST = 20
"""Letters' worth of words of a caption that nothing else tells; fewer are a label."""
_POINTERS = frozenset("▲△▴▵⬆↑")
_STOPS = tuple(".!?…:;,。！？：；।؟۔॥")
QUOTES = tuple("“‘\"'«—–„「『")
"""What a quotation begins with, and hardly a caption."""
_ENDS = (*_STOPS, *"»”’\"'」』)）")
_MARKED = re.compile(r"[.!?][’”]?\[?\d{1,3}\]?$")
"""A sentence's end with a footnote's mark after it."""
_LONGEST_MARK = 8
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPLESS = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
"""Thai, Lao and Khmer, which end sentences with a space."""


def ends_in_photographer(text: str) -> bool:
    """Whether the text ends in who took a picture, as Chinese, Japanese and Korean captions do."""
    return _TAKEN_BY.search(text[-_LONGEST:]) is not None


def points_up(block: Block) -> bool:
    """Whether the words begin with a sign that points to the picture over them."""
    is_rise = block.text[1:].lstrip()[:1].isdigit()  # ↑ 5 per cent
    return block.text[0] in _POINTERS and len(block.text) <= MAX_SHORT and not is_rise


def is_below_break(block: Block) -> bool:
    """Whether it is a picture and, after a line break, a few words that are no sentence."""
    runs = [run for run, _ in block.runs if not isinstance(run, str) or run.strip() or run == BREAK]
    return (
        len(runs) > 2
        and isinstance(runs[0], Image)
        and runs[1] == BREAK
        and len(block.text) <= MAX_SHORT
        and "\n" not in block.text
        and not (block.linked or block.text.endswith(_STOPS))
        and block.element.node.css_first("b, strong") is None
    )


def is_centred_caption(blocks: list[Block]) -> bool:
    """Whether a few words right under a picture are centred as it is, and what follows is not.

    In boxes that are no paragraphs, they are in smaller letters than that, too.
    """
    if len(blocks) <= 2 or blocks[0].text:
        return False
    picture, words, following = blocks
    return (
        words.element.tag == picture.element.tag == following.element.tag
        and (words.element.tag == "p" or _size(words) < _size(following))
        and words.own >= _FEWEST
        and len(words.text) <= MAX_SHORT
        and not words.text.startswith(QUOTES)
        and words.element.node.css_first("b, strong") is None
        and _is_centred(picture)
        and _is_centred(words)
        and not _is_centred(following)
        and bool(following.text)
    )


def _size(block: Block) -> int:
    """The size of its letters in pixels as its first styles say, or zero."""
    node = block.element.node
    inner = node.css_first("[style*=font-size]") if block.element.last - block.at == 1 else None
    found = next(
        (
            size
            for one in (node, inner)
            if one and (size := _SIZE.search(one.attributes.get("style") or ""))
        ),
        None,
    )
    return int(found[1]) if found else 0


def _is_centred(block: Block) -> bool:
    named = block.element.node.attributes
    style = _CENTRED.search(named.get("style") or "")
    return style is not None or (named.get("align") or "").lower() == "center"


def is_named_caption(block: Block, rules: Rules) -> bool:
    """Whether its element is named a picture's caption, or an inline one with most of its words."""
    if rules.captions.search(block.element.hint):
        return True
    if block.element.last - block.element.first > _MOST:
        return False  # all of it would be looked through for each of its blocks
    for node in block.element.node.css(_INLINE):
        if rules.captions.search(node.attributes.get("class") or ""):
            words = " ".join(node.text().split())
            if words in block.line and len(words) * 3 >= len(block.line) * 2:
                return True
    return False


def is_no_sentence(blocks: list[Block]) -> bool:
    """Whether the first block's few words end without a stop, and the article's first follow."""
    block, *others = blocks
    following = next((other for other in others if other.text), None)
    return (
        len(block.text) <= MAX_SHORT
        and not ("\n" in block.text and ":" in block.text)  # a list of facts
        and not (block.linked or block.has_image or block.text.endswith(_ENDS))
        and not _STOPLESS.search(block.text)
        and not _MARKED.search(block.text[-_LONGEST_MARK:])
        and block.element.tag in CAPTIONED
        and following is not None
        and is_prose(following)
    )


def ends_in_place(block: Block, rules: Rules) -> bool:
    """Whether a few words end in the place, the day or the year they show: *…, Dili, 4 March*."""
    if len(block.text) > MAX_SHORT or block.linked:
        return False
    before, comma, last = block.line.rstrip(" .").rpartition(", ")
    day = last if last[:1].isdigit() else " ".join(last.split()[-3:])
    places = words_of(rules.profile.byline).places
    is_day = parse_date(day) is not None or (
        bool(_YEAR.fullmatch(last)) and not is_told(block.line)
    )
    return bool(comma) and " " in before and (fold(last) in places or is_day)


def ends_in_day(block: Block) -> bool:
    """Whether a few words end in where and when they show it, *… in Dili, 4 March 2017.*: a text
    has an *on* between the two, and a day of the week is no place.
    """
    before, _, last = block.line.removesuffix(".").rpartition(", ")
    place = before.rpartition(" ")[2] if len(block.text) <= MAX_SHORT and not block.linked else ""
    is_place = place[:1].isupper() and place.isalpha() and not place.endswith("day")
    return is_place and last[:1].isdigit() and parse_date(last) is not None


def ends_in_agency(text: str) -> bool:
    """Whether a few words end in an agency's name in brackets, for no words before it are short
    for: *the Aam Aadmi Party (AAP)*.
    """
    found = AGENCY_ALONE.search(text[-MAX_CREDIT:]) if len(text) <= MAX_SHORT else None
    if found is None:
        return False
    before = text[: max(text.rfind("("), text.rfind("["))].replace("-", " ").split()
    firsts = "".join(word[0] for word in before if word not in _JOINING)
    return not firsts.casefold().endswith(found["credit"].casefold())
