"""Links whose end tag is missing: the words after them are the article's, and no links."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from test_any_page import PLAIN, PROSE, page, read

from eafarchive.extraction.document.anchors import with_ends

LINES = "".join(f"<p>{line}</p>\n" for line in PROSE)


def told(over: str, title: str = "<h2>The lamps go out</h2>", lines: str = LINES) -> str:
    return (
        "<html><head><title>The lamps go out | Paper</title></head><body>\n"
        f"{over}<div>\n{title}\n<div>\n{lines}</div>\n</div></body></html>"
    )


@pytest.mark.parametrize("space", ["\n", ""])
@pytest.mark.parametrize(
    "html",
    [
        told("", "<h2><a href='/2021/03/lamps' rel='bookmark'>The lamps go out</h2>"),
        told("", "<h2><strong><a href='/2021/03/lamps'>The lamps go out</strong></h2>"),
        told("", "<a href='/2021/03/lamps'><h2>The lamps go out</h2>"),
        told("<div><a href='/'><img src='/paper.png' alt='Paper'></div>\n"),
        told("<ul>\n<li><a href='/a'>News</a></li>\n<li><a href='/b'>Harbour</li>\n</ul>\n"),
        told("<nav><ul>\n<li><a href='/b'>Harbour</li>\n</ul></nav>\n"),
        told("<TABLE><TR><TD><A HREF='/a'>News<TD><A HREF='/b'>Harbour</TABLE>\n"),
        told("<a name='top'>\n"),
        told("<a href='#text'>Skip to the text\n"),
        told("<div><a href='/?a=1&amp;b=2'>Letters</div>\n"),
        told("<script>x = '<a href=1>'</script><!-- <a> --><div><a href='/a'>News</div>\n"),
    ],
)
def test_no_word_is_lost_after_a_link_without_an_end(html: str, space: str) -> None:
    article = read(html.replace("\n", space))
    assert article.title == "The lamps go out"
    assert article.text == PLAIN
    assert article.links == ()


def test_the_next_link_is_kept_and_one_in_the_text_ends_with_its_paragraph() -> None:
    lines = LINES.replace("keeper", "<a href='/keeper'>keeper</a>", 1)
    article = read(told("", "<h2><a href='/2021/03/lamps'>The lamps go out</h2>", lines))
    assert article.text == PLAIN
    assert [link.text for link in article.links] == ["keeper"]
    lines = LINES.replace("who would light", "<a href='/who'>who would light", 1)
    article = read(told("", lines=lines))
    assert article.text == PLAIN
    assert [link.text for link in article.links] == ["who would light them."]


def test_a_link_with_more_words_than_any_has_none() -> None:
    long = f"<a href='/who'>{PROSE[0]} {PROSE[1]}"
    article = read(told("", lines=f"<p>{long}</p>{LINES}"))
    assert article.text == f"{PROSE[0]} {PROSE[1]}\n\n{PLAIN}"
    assert article.links == ()


@pytest.mark.parametrize(
    "html",
    [
        page(),
        "<a href='/n'><div>Ferry</div><p>It sank, said <a href='/ann'>Ann Roe</a></p><p>Again</p></a>",
        "<ul><li><a href='/a'>A</a><li><a href='/b'>B</a></ul>",
        "<p><a href='/a'>A</a></p><script>'<a href=1>'</script><!--<a>--><textarea><a></textarea>",
    ],
)
def test_links_with_an_end_are_left_alone(html: str) -> None:
    assert with_ends(html) is html


PIECES = ["<a href=x>", "</a>", "<div>", "</div>", "<p>", "w", " ", "<li>", "<td>", "<!--", "<a"]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=60, deadline=None)
def test_only_end_tags_are_added(pieces: list[str]) -> None:
    html = "".join(pieces)
    ended = with_ends(html)
    assert ended.replace("</a>", "") == html.replace("</a>", "")
    assert LexborHTMLParser(ended).text() == LexborHTMLParser(html).text()
