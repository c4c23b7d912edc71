"""Bytes are read as browsers read them: fault by fault, row by row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eafarchive.extraction.document.encoding import decode

CURLY = "“It’s late” – said Zoë"


@pytest.mark.parametrize(
    ("raw", "content_type", "text", "encoding", "source"),
    [
        ("é".encode(), None, "é", "utf-8", "utf-8"),
        (CURLY.encode("cp1252"), None, CURLY, "windows-1252", "detected"),
        (b"<meta charset=iso-8859-1>\x93x\x94", None, "<meta charset=iso-8859-1>“x”", "windows-1252", "meta"),
        (b"\x93x\x94", "text/html; charset=ISO-8859-1", "“x”", "windows-1252", "http"),
        (b'<meta charset="latin1">' + "é".encode(), "text/html; charset=utf-8",
         '<meta charset="latin1">é', "utf-8", "http"),
        (b"\xef\xbb\xbf\xc3\xa9", "text/html; charset=windows-1252", "é", "utf-8", "bom"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "text/html; charset=utf-8", "é", "utf-16-le", "bom"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), None, "é", "utf-16-be", "bom"),
        ("é".encode("utf-16-le"), "text/html; charset=utf-16", "é", "utf-16-le", "http"),
        (b'<meta charset="utf-16">\xc3\xa9', None, '<meta charset="utf-16">é', "utf-8", "meta"),
        ("日本".encode("shift_jis"), 'text/html; charset="Shift_JIS"', "日本", "cp932", "http"),
        ("中国".encode("gbk"), "text/html;charset=gb2312", "中国", "gb18030", "http"),
        (b'<META http-equiv=Content-Type content="text/html; charset=windows-1251">' + "Да".encode("cp1251"),
         None, '<META http-equiv=Content-Type content="text/html; charset=windows-1251">Да', "cp1251", "meta"),
        ("é".encode(), "text/html; charset=no-such-thing", "é", "utf-8", "utf-8"),
        (b"<!-- <meta charset=big5> -->\xc3\xa9", None, "<!-- <meta charset=big5> -->é", "utf-8", "utf-8"),
        (b"", None, "", "utf-8", "utf-8"),
    ],
)  # fmt: skip
def test_p06_p08_p09_order_of_trust(
    raw: bytes, content_type: str | None, text: str, encoding: str, source: str
) -> None:
    decoded = decode(raw, content_type)
    assert decoded[:3] == (text, encoding, source)
    assert decoded.octets in {None, text.encode()}


@pytest.mark.parametrize(
    ("raw", "charset", "is_mislabelled"),
    [
        (CURLY.encode(), "iso-8859-1", True),
        (b"<meta charset=utf-8>" + CURLY.encode(), "windows-1251", True),
        (b"<meta charset=latin1>" + CURLY.encode(), "latin1", True),
        (CURLY.encode("cp1252"), "iso-8859-1", False),
        (b"<meta charset=utf-8>" + CURLY.encode("cp1252"), "iso-8859-1", False),
        (CURLY.encode(), "utf-8", False),
        ("Ã©".encode("cp1252"), "windows-1252", False),
        (b"plain", "windows-1252", False),
        (b"\xef\xbb\xbf" + CURLY.encode(), "windows-1252", False),
    ],
)
def test_p08_a_header_that_the_octets_contradict_is_heeded_and_told_of(
    raw: bytes, charset: str, is_mislabelled: bool
) -> None:
    decoded = decode(raw, f"text/html; charset={charset}")
    assert decoded.is_mislabelled is is_mislabelled
    assert not is_mislabelled or decoded.source == "http"


def test_p08_meta_beyond_the_first_kibibyte_is_not_looked_for() -> None:
    raw = b" " * 1024 + b"<meta charset=windows-1251>\xe9"
    assert decode(raw, None).source == "detected"


def test_octets_that_are_no_character_are_replaced() -> None:
    decoded = decode(b"a\xffb", "text/html; charset=utf-8")
    assert (decoded.text, decoded.octets) == ("a\ufffdb", None)


def test_p07_windows_1252_has_a_character_for_every_octet() -> None:
    text = decode(bytes(range(256)), "text/html; charset=latin1").text
    assert len(text) == 256
    assert text[0x80] == "€"
    assert text[0x81] == "\x81"


def test_text_keeps_no_lone_surrogate() -> None:
    assert decode("a\ud800b\ufeff", None).text == "a\ufffdb\ufeff"
    assert decode("\ufeffa", None).text == "a"


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", "text/html; charset=utf-8", "charset=koi8-r"]),
)
@settings(deadline=None)
def test_everything_can_be_read(raw: bytes, content_type: str | None) -> None:
    decode(raw, content_type).text.encode()


@pytest.mark.parametrize("raw", [b"<!--" * 300_000, b"<meta " * 200_000, b"charset=" * 200_000])
def test_long_nonsense_is_read_in_one_go(raw: bytes) -> None:
    assert decode(raw, None).text == raw.decode()
