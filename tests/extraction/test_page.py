"""What is read of a document's head, and what references mean."""

from __future__ import annotations

import pytest

from eafarchive.extraction.document.page import Page, resolve

URL = "https://x.example/2020/01/02/slug/"


def test_head_is_read() -> None:
    page = Page.from_html(
        "<html lang=en-AU><head><title> A\n title </title><meta property=og:title content=' T &amp; t '>"
        "<meta name=author content=Ann><meta name=author content=Bo><meta name=empty content=''>"
        "<link rel='shortlink canonical' href='/2020/01/02/slug/'></head><body><p>x</p></body></html>",
        URL,
    )
    assert page.title == "A title"
    assert page.language == "en-AU"
    assert page.meta["og:title"] == ["T & t"]
    assert page.meta["author"] == ["Ann", "Bo"]
    assert "empty" not in page.meta
    assert page.canonical == URL
    assert page.url == page.base == URL
    assert page.first_meta("none", "author") == ("Ann", "author")
    assert page.first_meta("none") is None


def test_base_element_is_what_references_are_resolved_against() -> None:
    page = Page.from_html("<base href='/elsewhere/'><p>x", URL)
    assert page.base == "https://x.example/elsewhere/"


def test_encoding_is_told() -> None:
    page = Page.from_html(b"<p>\x93x\x94</p>", URL, "text/html; charset=iso-8859-1")
    assert (page.encoding, page.encoding_source) == ("windows-1252", "http")


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("a", "https://x.example/2020/01/02/slug/a"),
        ("/a?b=c#d", "https://x.example/a?b=c#d"),
        ("//y.example/z", "https://y.example/z"),
        (" https://y.example/\n", "https://y.example/"),
        ("javascript:alert(1)", None),
        ("JaVa\nScript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("data:text/html,x", None),
        ("https://user:word@y.example/", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_references(reference: str, url: str | None) -> None:
    assert resolve(URL, reference) == url
