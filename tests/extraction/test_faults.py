"""Broken, hostile and empty input: a value comes back, in time that grows with the input."""

from __future__ import annotations

import json
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_truth import BASE, read, site

from eafarchive.extraction import Page, extract
from eafarchive.model import Article, NotAnArticle
from eafarchive.profile import Profile

URL = f"{BASE}2016/06/02/slug/"
PARAGRAPH = "<p>The harbour was counted twice on Monday, and nobody could say why it was empty.</p>"


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b" \n\t ",
        b"<!--",
        b"<html>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        b"%PDF-1.7\n1 0 obj << >> endobj",
        b'{"title": "not a page"}',
        b"\x00" * 100,
        b"<title>Only a title</title>",
        b"<h1>Only a heading</h1>",
        b"<p>",
        b"<frameset><frame src=a></frameset>",
    ],
)
def test_p13_what_is_no_page_is_no_article(html: bytes) -> None:
    found = read(html, URL)
    assert isinstance(found, NotAnArticle)
    assert found.reason
    assert found.url == URL


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=200)
def test_p14_any_bytes_yield_a_value(html: bytes) -> None:
    assert isinstance(read(html, URL), NotAnArticle | Article)


@pytest.mark.parametrize("seed", range(60))
def test_p14_damaged_page_yields_a_value_that_can_be_written(seed: int) -> None:
    random = Random(seed)
    page = random.choice(site().articles)
    raw = bytearray(page.raw(BASE))
    for _ in range(random.randint(1, 30)):
        at = random.randrange(len(raw))
        match random.randrange(4):
            case 0:
                del raw[at : at + random.randint(1, 200)]
            case 1:
                raw[at:at] = random.choice(
                    [b"<", b">", b"<div>", b"</p>", b'"', b"\x00", b"\xff", b"<table>"]
                )
            case 2:
                raw[at] = random.randrange(256)
            case _:
                raw[at:at] = raw[at : at + 300]
        raw = raw or bytearray(b" ")
    found = read(bytes(raw), page.url(BASE), page.content_type)
    json.loads(msgspec.json.encode(found))


def test_p10_strange_characters_do_not_break_the_record() -> None:
    html = f"<h1>A \u202etitle\ufeff &#xD800; &#0;</h1>{PARAGRAPH * 4}<p>\ud800 &#xFFFF; tail of it.</p>"
    found = read(html, URL)
    assert isinstance(found, Article)
    msgspec.json.encode(found).decode()


def test_p11_characters_that_could_not_be_read_are_told() -> None:
    html = f"<h1>A title</h1>{PARAGRAPH * 4}<p>A broken \ufffd letter in the last of them.</p>"
    found = read(html, URL)
    assert isinstance(found, Article)
    assert any("decoded" in line for line in found.warnings)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 3000 + PARAGRAPH * 5,
        "<blockquote>" * 3000 + PARAGRAPH * 5,
        "<ul><li>" * 1500 + "x" + PARAGRAPH * 5,
        "<b>" * 400 + PARAGRAPH * 5,
        "<table><tr><td>" * 700 + PARAGRAPH * 5,
        "<p>word</p>" * 60_000,
        "<p>" + "<a href=/x>a</a> " * 40_000,
        "<p>" + "word<br>" * 60_000,
        "<ul>" + "<li>A" * 60_000,
        PARAGRAPH + "<table>" + "<tr><td>1<td>2" * 20_000,
        "<p>" + "and " * 100_000 + "</p>" + PARAGRAPH * 5,
        "<p>Author: " + "A, " * 100_000 + "</p>" + PARAGRAPH * 5,
        "<img src=x>" * 30_000 + PARAGRAPH * 5,
        PARAGRAPH * 5 + "<p>Is " + "Is " * 100_000 + "</p>",
    ],
    ids=lambda html: html[:24],
)
def test_heavy_page_is_read_within_the_time_limit(html: str) -> None:
    found = extract(
        Page.from_html(f"<html><body><h1>A heavy page</h1>{html}", URL), Profile(name="any")
    )
    msgspec.json.encode(found)


def test_same_bytes_same_article() -> None:
    for page in site().articles[:6]:
        raw = page.raw(BASE)
        assert read(raw, page.url(BASE)) == read(raw, page.url(BASE))


def test_s20_markup_of_the_page_never_reaches_the_html() -> None:
    html = (
        "<h1>Safe</h1>" + PARAGRAPH * 3 + '<p onclick="x()" class="a" id="b" style="color:red">A <a'
        ' href="javascript:alert(1)">link</a>, a <a href="/ok" onmouseover="y()">second</a>, and'
        " &lt;script&gt;alert(1)&lt;/script&gt; as words.</p><script>alert(2)</script>"
        '<p>An image <img src="data:text/html,x" alt="&quot;><script>alert(3)</script>"> stands here.</p>'
    )
    found = read(html, URL)
    assert isinstance(found, Article)
    for bad in ("<script", "onclick", "onmouseover", "javascript:", "class=", "style=", " id="):
        assert bad not in found.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; as words." in found.html
    assert "<script>alert(1)</script> as words." in found.text
