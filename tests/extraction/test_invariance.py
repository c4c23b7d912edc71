"""What a theme may change without changing the article, and what it may not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_truth import BASE, read, site, with_renamed, with_reversed_attributes

from eafarchive.model import Article

PAGES = {
    article.path: article
    for article in site().articles
    if article.look.charset in {"utf-8", "meta"}
}
_AT_BLOCKS = re.compile(r"(</(?:p|div|ul|ol|section|article|header|h[1-6]|figure|blockquote)>)")
_BODY = re.compile(r"(<body[^>]*>)(.*)(</body>)", re.DOTALL)
_WIDGET = re.compile(r"<ul[^>]*>(?:<li><a [^>]*>(?:A|Share)</a></li>)+</ul>")
_PARAGRAPH = re.compile(r"<p>([^<>&]{80,})</p>")

SPACES = ("\n", "\n\n\t\t", " ", "\r\n  ")
EXTRAS = (
    (
        "<section><h2>Help us go on</h2><p>Your gift keeps these pages free for all readers.</p>"
        '<a href="/gift/">Give now</a></section>'
    ),
    (
        '<div><h3>Most read</h3><ul><li><a href="/2011/01/01/one/">One thing after another</a></li>'
        '<li><a href="/2011/01/02/two/">Two things at a time</a></li></ul></div>'
    ),
    (
        '<div role="dialog" aria-hidden="true"><p>We use cookies to improve these pages, and to count'
        " who reads them.</p><button>Accept all</button></div>"
    ),
    (
        '<aside><h4>Events</h4><p>A lecture on lectures, Monday at noon, <a href="/events/">free</a>.</p>'
        "</aside>"
    ),
)


def said(article: object) -> tuple[object, ...]:
    assert isinstance(article, Article), article
    return (article.title, article.text, article.byline, article.authors, article.author_note,
            article.notes, article.summary, article.links)  # fmt: skip


def extracted(path: str) -> tuple[object, ...]:
    page = PAGES[path]
    return said(read(page.html(BASE), page.url(BASE)))


@st.composite
def disguises(draw: st.DrawFn) -> tuple[str, str, str]:
    """A page's path, its HTML in disguise, and what was done to it."""
    path = draw(st.sampled_from(sorted(PAGES)))
    html = PAGES[path].html(BASE)
    done = []
    if draw(st.booleans()):
        done.append("renamed")
        word = draw(st.text("abcdefgh-", min_size=1, max_size=6))
        html = with_renamed(html, lambda old: f"{word}{len(old)}")
    if draw(st.booleans()):
        done.append("attributes")
        html = with_reversed_attributes(html)
    if space := draw(st.sampled_from(("", *SPACES))):
        done.append(f"space {space!r}")
        html = _AT_BLOCKS.sub(lambda m: m[1] + space, html)
    if depth := draw(st.integers(0, 6)):
        done.append(f"wrapped {depth}")
        html = _BODY.sub(lambda m: f"{m[1]}{'<div>' * depth}{m[2]}{'</div>' * depth}{m[3]}", html)
    if (before := draw(st.sampled_from(("", *EXTRAS)))) or draw(st.booleans()):
        after = draw(st.sampled_from(("", *EXTRAS)))
        done.append(f"before {before[:20]} after {after[:20]}")
        html = _BODY.sub(lambda m: f"{m[1]}{before}{m[2]}{after}{m[3]}", html)
    if draw(st.booleans()):
        done.append("widgets doubled")
        html = _WIDGET.sub(lambda m: m[0] * 2, html)
    return path, html, ", ".join(done)


@given(disguises())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_disguised_page_says_the_same(disguised: tuple[str, str, str]) -> None:
    path, html, _ = disguised
    assert said(read(html, PAGES[path].url(BASE))) == extracted(path)


@pytest.mark.parametrize("path", sorted(PAGES))
def test_changed_word_changes_the_text_there_and_nowhere_else(path: str) -> None:
    html = PAGES[path].html(BASE)
    before = extracted(path)[1]
    assert isinstance(before, str)
    tried = 0
    for found in _PARAGRAPH.finditer(html):
        words = " ".join(found[1].split())
        if words not in before:
            continue
        first, _, rest = words.rpartition(" ")
        changed = f"{first} quokka {rest}"
        article = read(
            html[: found.start(1)] + changed + html[found.end(1) :], PAGES[path].url(BASE)
        )
        assert isinstance(article, Article)
        assert article.text == before.replace(words, changed, 1)
        tried += 1
    assert tried or "&#" in html


@pytest.mark.parametrize("path", sorted(PAGES))
def test_no_block_is_told_twice(path: str) -> None:
    text = extracted(path)[1]
    assert isinstance(text, str)
    long = [block for block in text.split("\n\n") if len(block) > 60]
    assert len(set(long)) == len(long)
