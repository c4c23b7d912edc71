"""The encoding of a page that declares none and is not in UTF-8, by its letters and its language.

Scripts other than Latin are told by what is commonest in them: the share of the commonest
characters among all that are not ASCII is high in the right encoding only. Latin ones differ in a
few letters, so the page's language decides, as a browser's does (WHATWG HTML section 13.2.3.2,
table of default encodings). What neither tells is windows-1252, that table's last row.
"""

from __future__ import annotations

import re
from typing import NamedTuple

FALLBACK = "windows-1252"
_SAMPLE = 200_000
"""Octets that are looked at."""
_FEWEST = 24
"""Octets that are not ASCII from which letters are counted."""
_RUN = 2.5
"""Octets of an average run of those that are not ASCII, where each letter is one of them."""
_DAMAGE = 20
"""Characters of UTF-8 for each that is cut or damaged; in no other encoding are there as many."""
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_WORDS = 20_000
"""Octets outside tags that are read in each encoding in turn."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_HIGH = re.compile(rb"[\x80-\xff]+")
_LANGUAGE = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z-]{2,20})", re.IGNORECASE)


class _Script(NamedTuple):
    """What is commonest in a script, and the least share that it has of a text."""

    codecs: tuple[str, ...]
    common: frozenset[str]
    least: float
    is_wide: bool = False
    """Whether a character takes several octets, some of which may be ASCII."""


_SCRIPTS = (
    _Script(("cp1251", "koi8-u", "iso8859-5", "cp866"), frozenset("оеаинтсрвлкі"), 0.5),
    _Script(("iso8859-7",), frozenset("αοιετσνηυρπς"), 0.5),
    _Script(("cp1255",), frozenset("יוהלאתרמבשנ"), 0.5),
    _Script(("cp1256", "iso8859-6"), frozenset("اليمنتورهب"), 0.5),
    _Script(("cp874",), frozenset("านรอกเงทยลม่ว"), 0.4),
    _Script(("cp932", "euc_jp"), frozenset(map(chr, range(0x3041, 0x3097))), 0.2, True),
    _Script(("cp949",), frozenset("이다는을의에가하고로은를한도지기사있인어서자리"), 0.12, True),
    _Script(("gb18030",), frozenset("的一是不了在人有我他这中大来上国个到说们为年"), 0.07, True),
    _Script(("big5hkscs",), frozenset("的一是不了在人有我他這中大來上國個到說們為年"), 0.07, True),
)
# The standard's table by language, its "all other locales" left out.
_DEFAULTS = {
    "cp1250": "cs hr sk",
    "iso8859-2": "hu pl sl",
    "cp1251": "ba be bg kk ky mk ru sah sr tg tt uk",
    "iso8859-7": "el",
    "cp1254": "az ku tr",
    "cp1255": "he",
    "cp1256": "ar fa",
    "cp1257": "et lt lv",
    "cp1258": "vi",
    "cp874": "th",
    "cp932": "ja",
    "cp949": "ko",
    "gb18030": "zh zh-cn zh-hans zh-sg",
    "big5hkscs": "zh-hant zh-hk zh-mo zh-tw",
}
_BY_LANGUAGE = {language: codec for codec, row in _DEFAULTS.items() for language in row.split()}
_WINDOWS = {"iso8859-2": "cp1250", "iso8859-7": "cp1253"}
"""The same letters with quotes and dashes where the other has no characters, 80 to 9F."""
_CONTROLS = re.compile(rb"[\x80-\x9f]")


def detect(html: bytes) -> str:
    """The codec that the octets are most likely in; the same for the same octets, always."""
    sample = html[:_SAMPLE]
    if b"\x1b$B" in sample or b"\x1b$@" in sample:
        return "iso2022_jp"
    strange = _beyond_ascii(html.decode("utf-8", "replace"))
    if strange.count("\ufffd") * _DAMAGE < len(strange):
        return "utf-8"
    words = _TAG.sub(b"\n", sample)[:_WORDS]
    runs = _HIGH.findall(words)
    octets = sum(map(len, runs))
    codec = None
    if octets >= _FEWEST:
        scripts = [one for one in _SCRIPTS if one.is_wide or octets >= _RUN * len(runs)]
        codec = max(_readings(words, scripts), default=(0.0, None))[1]
    if codec is None and (said := _LANGUAGE.search(sample[:2048])):
        language = said[1].decode("ascii").lower()
        codec = _BY_LANGUAGE.get(language) or _BY_LANGUAGE.get(language.partition("-")[0])
    if codec in _WINDOWS and _CONTROLS.search(sample):
        return _WINDOWS[codec]
    return codec or FALLBACK


def _beyond_ascii(text: str) -> str:
    return "".join(_BEYOND_ASCII.findall(text))


def _readings(sample: bytes, scripts: list[_Script]) -> list[tuple[float, str]]:
    """The encodings in which the letters are a script's, each with how well."""
    found: list[tuple[float, str]] = []
    for script in scripts:
        for codec in script.codecs:
            strange = _beyond_ascii(sample.decode(codec, "replace"))
            if strange.count("\ufffd") * 100 > len(strange):
                continue
            share = sum(map(strange.count, script.common)) / max(len(strange), 1)
            if share >= script.least:
                found.append((share / script.least, codec))
    return found
