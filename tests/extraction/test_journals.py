"""Pages of a WordPress journal with its own theme: what a line shows, metadata says and boxes hold."""

from __future__ import annotations

import json

import pytest

from eafarchive import Page, extract, load_profile
from eafarchive.model import Article, NotAnArticle

URL = "https://journal.example/2019/04/14/ferries/"
PROSE = "".join(
    f"<p>The {nth} ferry left before the fog had lifted, and the clerk who counts them wrote it down"
    " as late, since the harbour's clock had stopped the day before.</p>"
    for nth in ("first", "second", "third", "fourth")
)
NOTE = "Bo Ulaan is a research fellow at the Steppe Institute."


def article(meta: str = "", foot: str = "", heading: str = "Ferries at dawn") -> Article:
    line = '<div class="entry-meta">By <a href="/author/bo/">Bo Ulaan</a> · 14 April 2019</div>'
    html = (
        f'<head><meta name="generator" content="WordPress 6.4"><title>{heading} | Lantern</title>'
        f"{meta}</head><body><main><article><h1>{heading}</h1>{line}"
        f'<div class="entry-content">{PROSE}</div>{foot}</article></main></body>'
    )
    found = extract(Page.from_html(html, URL), load_profile("wordpress"))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("is_told", [False, True])
def test_the_byline_that_is_shown_is_kept_whoever_else_names_the_author(is_told: bool) -> None:
    told = {"@type": "Article", "headline": "Ferries at dawn"}
    told |= {"author": {"@type": "Person", "name": "Bo Ulaan"}} if is_told else {}
    found = article(f'<script type="application/ld+json">{json.dumps(told)}</script>')
    assert (found.byline or "").startswith("By Bo Ulaan")
    assert [author.name for author in found.authors] == ["Bo Ulaan"]
    assert "Bo Ulaan" not in found.text


def test_a_box_on_the_author_below_the_text_is_the_note() -> None:
    found = article(foot=f'<div class="author-box"><p><em>{NOTE}</em></p></div>')
    assert (found.author_note, found.text) == (NOTE, article().text)
    other = NOTE.replace("Bo Ulaan", "Cid Loe")
    assert article(foot=f'<div class="author-box"><p>{other}</p></div>').author_note is None


def test_a_title_with_nothing_before_the_site_s_name_is_none() -> None:
    html = f"<title>| Lantern</title><body><main><h1></h1><div>{PROSE}</div></main></body>"
    found = extract(Page.from_html(html, URL), load_profile("wordpress"))
    assert isinstance(found, NotAnArticle)
