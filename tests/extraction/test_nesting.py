"""Elements nested without end: no word lost, no deeper than browsers go, and others left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from test_any_page import PLAIN, PROSE, page, read

from eafarchive.extraction.document.nesting import DEEPEST, flattened

MANY = 30_000


@pytest.mark.parametrize("tag", ["div", "DIV class='a'", "ul><li", "section", "blockquote", "pre"])
def test_no_deeper_than_browsers_and_no_word_lost(tag: str) -> None:
    name = tag.partition(" ")[0].partition(">")[0].lower()
    flat = flattened(f"<{tag}>" * MANY + "the lamps")
    assert flat.lower().count(f"<{name}") == DEEPEST
    assert "the lamps" in (LexborHTMLParser(flat).text() or "")


def test_article_in_and_after_a_hundred_thousand_elements_is_read() -> None:
    deep, end = "<div class='x'>" * 100_000, "</div>" * 100_000
    assert read(page(inside=deep + end)).text == PLAIN
    lines = "".join(f"<p>{line}</p>" for line in PROSE)
    assert read(f"<title>Lamps</title><h1>Lamps</h1>{deep}{lines}").text == PLAIN


def test_pages_that_are_long_and_not_deep_are_left_alone() -> None:
    html = "<div><ul><li>a</ul></div><p>b" * MANY
    assert flattened(html) is html
    assert flattened("<div>" * 600) == "<div>" * 600


def test_end_tags_of_what_was_dropped_end_nothing_else() -> None:
    inner = "<div>" * MANY + "in" + "</div>" * MANY
    tree = LexborHTMLParser(
        flattened(f"<main><section>{inner}<p id=after>out</p></section></main>")
    )
    after = tree.css_first("#after")
    assert after is not None
    assert after.parent is not None
    assert after.parent.tag == "section"


@given(
    st.lists(
        st.sampled_from(["<div>", "</div>", "a", "<p>", "<ul>", "</ul>", "<", "</"]), max_size=60
    )
)
@settings(max_examples=60, deadline=None)
def test_words_are_never_dropped(pieces: list[str]) -> None:
    html = "".join(pieces) + "<div>" * MANY
    assert flattened(html).replace("<div>", "").count("a") == html.count("a")
