"""Encodings through the whole extraction: every label of the standard, and pages without one."""

from __future__ import annotations

import pytest
from test_any_page import GENERIC

from eafarchive.extraction import Page, extract
from eafarchive.extraction.document.detection import detect
from eafarchive.extraction.document.encoding import _LABELS, decode
from eafarchive.model import Article

TEXTS = {
    "ru": "Смотритель портовых фонарей сказал в понедельник, что фонари снова погасли, и никто на пирсе не знал когда.",
    "uk": "Доглядач портових ліхтарів сказав у понеділок, що ліхтарі знову згасли, і ніхто на причалі не знав коли.",
    "el": "Ο φύλακας των φανών του λιμανιού είπε τη Δευτέρα ότι τα φανάρια έσβησαν πάλι και κανείς δεν ήξερε πότε.",
    "he": "שומר פנסי הנמל אמר ביום שני כי הפנסים כבו שוב ואיש על הרציף לא ידע מתי זה קרה או מי ידליק אותם.",
    "ar": "قال حارس مصابيح الميناء يوم الاثنين إن المصابيح انطفأت مرة أخرى ولم يعرف أحد متى حدث ذلك.",
    "th": "ผู้ดูแลตะเกียงท่าเรือกล่าวเมื่อวันจันทร์ว่าตะเกียงดับลงอีกครั้งโดยไม่มีใครรู้ว่าเมื่อใด",
    "ja": "港の灯台守は月曜日、灯火がまた消えたと述べた。桟橋の誰も、いつ消えたのかを知らなかったという。",
    "ko": "항구의 등대지기는 월요일에 등불이 다시 꺼졌다고 말했다. 부두의 누구도 그것이 언제 꺼졌는지 알지 못했다고 한다.",
    "zh-CN": "港口的守灯人星期一说，灯又灭了。码头上没有人知道是什么时候灭的，也不知道谁来点灯，这是本月的第三次。",
    "zh-TW": "港口的守燈人星期一說，燈又滅了。碼頭上沒有人知道是什麼時候滅的，也不知道誰來點燈，這是本月的第三次。",
    "pl": "Strażnik portowych latarni powiedział w poniedziałek, że światła znów zgasły, a nikt na molo nie wiedział kiedy.",
    "cs": "Strážce přístavních luceren řekl v pondělí, že světla znovu zhasla a nikdo na molu nevěděl kdy se to stalo.",
    "hu": "A kikötői lámpák őre hétfőn azt mondta, hogy a fények újra kialudtak, és senki sem tudta, mikor történt.",
    "tr": "Liman fenerlerinin bekçisi pazartesi günü ışıkların yine söndüğünü, kimsenin ne zaman olduğunu bilmediğini söyledi.",
    "lt": "Uosto žibintų sargas pirmadienį sakė, kad šviesos vėl užgeso, ir niekas prieplaukoje nežinojo, kada tai įvyko.",
    "fr": "Le gardien des feux du port a déclaré lundi que les lumières s’étaient éteintes à nouveau, sans témoin à la jetée.",
    "it": "Il guardiano dei fari del porto ha detto lunedì che le luci si sono spente di nuovo: perché, nessuno lo sa più.",
    "de": "Der Wärter der Hafenlichter sagte am Montag, die Lichter seien erneut erloschen, und niemand wüsste, wann.",
}  # fmt: skip
CODECS = [
    ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5"), ("ru", "cp866"), ("uk", "cp1251"), ("uk", "koi8-u"),
    ("el", "iso8859-7"), ("el", "cp1253"), ("he", "cp1255"), ("he", "iso8859-8"), ("ar", "cp1256"),
    ("ar", "iso8859-6"), ("th", "cp874"), ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "iso2022_jp"),
    ("ko", "cp949"), ("zh-CN", "gb18030"), ("zh-CN", "gbk"), ("zh-TW", "big5hkscs"), ("pl", "iso8859-2"),
    ("pl", "cp1250"), ("cs", "cp1250"), ("hu", "iso8859-2"), ("tr", "cp1254"), ("lt", "cp1257"),
    ("fr", "cp1252"), ("it", "cp1252"), ("de", "cp1252"),
]  # fmt: skip
LATIN = frozenset(("pl", "cs", "hu", "tr", "lt"))


def page(language: str, head: str = "", *, quoted: bool = False) -> str:
    line = TEXTS[language]
    body = "".join(f"<p>{line} {number}</p>" for number in range(6))
    mark = "<p>„…“</p>" if quoted else ""
    said = f" lang={language}" if language in LATIN else ""
    return (
        f"<html{said}><head>{head}<title>{line[:20]}</title></head><body><div class='menu'>"
        f"<a href='/a'>Home</a></div><h1>{line[:20]}</h1><div>{body}{mark}</div></body></html>"
    )


def body_of(raw: bytes, content_type: str | None) -> str:
    found = extract(Page.from_html(raw, "https://paper.example/a", content_type), GENERIC)
    assert isinstance(found, Article)
    return found.text


def wanted(language: str) -> str:
    return "\n\n".join(f"{TEXTS[language]} {number}" for number in range(6))


@pytest.mark.parametrize(("language", "codec"), CODECS)
def test_page_that_declares_nothing(language: str, codec: str) -> None:
    quoted = codec in {"cp1250", "cp1253"}
    raw = page(language, quoted=quoted).encode(codec)
    assert body_of(raw, "text/html").startswith(wanted(language))


SAMPLES = {codec: language for language, codec in CODECS} | {
    "utf-8": "ru", "windows-1252": "fr", "iso8859-3": "it", "iso8859-4": "lt", "iso8859-10": "de", "iso8859-13": "lt",
    "iso8859-14": "fr", "iso8859-15": "fr", "iso8859-16": "hu", "mac-roman": "fr", "mac-cyrillic": "ru",
    "cp1258": "de", "utf-16-be": "ru", "utf-16-le": "ja",
}  # fmt: skip


@pytest.mark.parametrize("codec", _LABELS)
def test_every_label_of_the_standard(codec: str) -> None:
    language = SAMPLES[codec]
    text = TEXTS[language].replace("’", "'")
    python = {"windows-1252": "cp1252"}.get(codec, codec)
    raw = page(language).replace("’", "'").encode(python)
    for number, label in enumerate(_LABELS[codec].split()):
        assert decode(raw, f"text/html; charset={label.upper()}").encoding == codec
        if number:
            continue
        assert text in body_of(raw, f"text/html; charset={label}")
        for meta in (
            f"<meta charset='{label}'>",
            f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={label}">',
        ):
            said = page(language, meta).replace("’", "'")
            # a meta element in UTF-16 could not be read
            marked = said.encode("utf-8" if codec.startswith("utf-16") else python)
            assert text in body_of(marked, "text/html")


def test_utf_8_that_is_cut_or_damaged_in_a_place_stays_utf_8() -> None:
    raw = page("ja").encode()
    cut = raw.replace("という。 5".encode(), "という。 5".encode()[1:])
    assert detect(cut) == "utf-8"
    assert body_of(cut, None).count("\ufffd") == 2


@pytest.mark.parametrize("raw", [b"", b"\x93x\x94", b"\xff" * 100_000, bytes(range(256)) * 300])
def test_what_is_no_text_is_windows_1252_or_anything_and_never_fails(raw: bytes) -> None:
    assert raw.decode(detect(raw), "replace") is not None
