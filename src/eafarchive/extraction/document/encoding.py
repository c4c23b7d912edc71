"""Bytes to text as browsers decode them: BOM, HTTP, meta, then strict UTF-8, then detection."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import NamedTuple

from eafarchive.extraction.document.detection import FALLBACK, detect

PRESCAN = 1024
"""Octets searched for a meta element (WHATWG HTML, "prescan a byte stream")."""
_TELLING = 3
"""Octets beyond one a character: text in another encoding has not so many that all fit UTF-8."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]{1,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--(?:[^-]|-(?!->))*+(?:-->|$)")
_META = re.compile(rb"<meta[\s/][^>]{0,1000}", re.IGNORECASE)
_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([^\s\"'/>;]{1,40})", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]")

# The WHATWG Encoding Standard's labels, by the codec that reads them. "windows-1252" is read by
# us: Python's cp1252 refuses five octets that browsers take.
_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100"
    " iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5",
    "iso8859-6": "arabic asmo-708 csisolatinarabic iso-8859-6 iso-ir-127 iso8859-6 iso88596",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7",
    "iso8859-8": "csisolatinhebrew hebrew iso-8859-8 iso-8859-8-i iso-ir-138 iso8859-8 logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 l5 latin5 windows-1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk x-gbk",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr korean ks_c_5601-1987 ksc5601 ksc_5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_UPPER = {
    octet: bytes([octet]).decode("cp1252")
    for octet in range(0x80, 0xA0)
    if octet not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # C1 controls in the standard
}


class Decoded(NamedTuple):
    """A page's text, the encoding it was read in and what said so."""

    text: str
    encoding: str
    source: str
    """``bom``, ``http``, ``meta``, ``utf-8`` (valid as such), ``detected`` or ``text``."""
    octets: bytes | None = None
    """The text in UTF-8, where the page came in it."""
    is_mislabelled: bool = False
    """Whether HTTP named another encoding, though all of it can hardly be anything but UTF-8."""


def decode(html: bytes | str, content_type: str | None) -> Decoded:
    """The page as text without a byte order mark; nothing in it is refused.

    Octets that the encoding has no character for become U+FFFD, as do lone surrogates. Order of
    trust: byte order mark, HTTP, a meta element in the first `PRESCAN` octets, UTF-8 if every
    octet fits, else what its letters tell (WHATWG HTML section 13.2.3). A meta element is not
    believed, other than browsers do, in a page that was saved in UTF-8 after it was written.
    """
    if isinstance(html, str):
        return Decoded(_SURROGATES.sub("\ufffd", html).removeprefix("\ufeff"), "str", "text")
    for mark, encoding in _BOMS:
        if html.startswith(mark):
            return _decoded(html[len(mark) :], encoding, "bom")
    declared = _HTTP_CHARSET.search(content_type or "")
    if declared and (codec := _CODECS.get(declared[1].lower())):
        read = _decoded(html, codec, "http")
        return read._replace(is_mislabelled=codec != "utf-8" and _in_utf8(html) is not None)
    if codec := _in_meta(html[:PRESCAN]):
        return (codec != "utf-8" and _in_utf8(html)) or _decoded(html, codec, "meta")
    if b"\x1b" in html and b"\x1b$" in html:  # 7-bit, and no text in UTF-8 has it
        return _decoded(html, detect(html), "detected")
    try:
        return Decoded(html.decode(), "utf-8", "utf-8", html)
    except UnicodeDecodeError:
        return _decoded(html, detect(html), "detected")


def _in_utf8(html: bytes) -> Decoded | None:
    """The page, if all of it is valid UTF-8 and some of it can hardly be anything else."""
    if html.isascii():
        return None
    with contextlib.suppress(UnicodeDecodeError):
        text = html.decode()
        if len(html) - len(text) >= _TELLING:
            return Decoded(text, "utf-8", "utf-8", html)
    return None


def _in_meta(head: bytes) -> str | None:
    for element in _META.finditer(_COMMENT.sub(b"", head)):
        declared = _META_CHARSET.search(element[0])
        if declared and (codec := _CODECS.get(declared[1].decode("latin-1").lower())):
            # a meta that could be read at all is not in UTF-16, whatever it says
            return "utf-8" if codec.startswith("utf-16") else codec
    return None


def _decoded(raw: bytes, codec: str, source: str) -> Decoded:
    if codec == FALLBACK:
        return Decoded(raw.decode("latin-1").translate(_UPPER), codec, source)
    if codec == "utf-8":
        with contextlib.suppress(UnicodeDecodeError):
            return Decoded(raw.decode(), codec, source, raw)
    return Decoded(raw.decode(codec, "replace"), codec, source)
