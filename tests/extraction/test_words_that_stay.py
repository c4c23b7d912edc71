"""Words that look like what ends or adorns an article, and are its own.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import re

import pytest
from test_calls_and_columns import EAF, NOTE, PARAGRAPHS, PLAIN, PROSE, URL, WIDGET, read
from test_sentences_like_chrome import CLOSED

from eafarchive import Page, extract, load_profile
from eafarchive.model import Article, NotAnArticle


def test_sentences_that_begin_with_links_are_a_list_of_the_text() -> None:
    items = "".join(
        f"<li><a href='https://a.example/{n}'>{what}</a>, which few have read to the end.</li>"
        for n, what in enumerate(("The plan of the harbour", "The audit of the mill"))
    )
    found = read("".join([*PARAGRAPHS[:7], f"<ul>{items}</ul>"]))
    assert found.text.endswith("- The audit of the mill, which few have read to the end.")
    assert len(found.links) == 2
    others = items.replace(", which few have read to the end.", " by Ann Roe, Example University")
    assert read("".join([*PARAGRAPHS[:7], f"<ul>{others}</ul>"])).text == "\n\n".join(PROSE)


def test_a_line_in_bold_between_paragraphs_heads_what_follows() -> None:
    line = "<div><strong>A new bargain</strong></div>"
    found = read("".join([*PARAGRAPHS[:4], line, *PARAGRAPHS[4:]]))
    assert found.text == "\n\n".join([*PROSE[:4], "A new bargain", *PROSE[4:]])
    for other in ("<div>A new bargain</div>", "<div><b><a href='/x'>A new bargain</a></b></div>"):
        found = read("".join([*PARAGRAPHS[:4], other, *PARAGRAPHS[4:]]))
        assert found.text == "\n\n".join(PROSE)


def test_what_stands_under_a_note_amid_the_text_is_the_text() -> None:
    note = "<div><p>This essay is part of our series <a href='/s'>Weirs</a>.</p></div>"
    found = read("".join([*PARAGRAPHS[:4], note, "<h3>What it says</h3>", *PARAGRAPHS[4:]]))
    assert found.text.endswith("\n\n".join(["What it says", *PROSE[4:]]))
    assert found.author_note == NOTE


def test_a_short_title_is_found_where_the_document_says_it_is_a_posts() -> None:
    def page(name: str) -> str:
        post = "<h2><a href='/2018/05/03/the-weir/' rel='bookmark'>Adrift</a></h2>"
        return (
            f"<title>{name}</title><h1><a href='/'>East Asia Forum</a></h1><div>{post}"
            f"<p>Author: Ann Roe</p>{''.join(PARAGRAPHS)}</div><h2>The view from the weir</h2>"
        )

    found = extract(Page.from_html(page("East Asia Forum » Blog Archive » Adrift"), URL), EAF)
    assert isinstance(found, Article)
    assert (found.title, found.text) == ("Adrift", "\n\n".join(PROSE))


def test_two_paragraphs_under_buttons_are_no_teasers() -> None:
    plea = (
        "<div><h3>Keep it free</h3><p>Please support it.</p><a href='/give/'>Support us</a></div>"
    )
    found = read(f"{PARAGRAPHS[0]}{plea}{PARAGRAPHS[1]}{PARAGRAPHS[7]}", over=WIDGET)
    assert found.text == "\n\n".join(PROSE[:2])


def test_a_line_that_says_which_part_it_is_captions_no_picture() -> None:
    line = "<p><em>This is the first part of a two-part essay.</em></p>"
    found = read(f"<div><img src='/q.jpg'></div>{line}{''.join(PARAGRAPHS)}")
    assert found.text.startswith("This is the first part of a two-part essay.")
    other = line.replace("the first part of a two-part essay", "Dili in the rain")
    assert read(f"<div><img src='/q.jpg'></div>{other}{''.join(PARAGRAPHS)}").images[0].caption


@pytest.mark.parametrize("profile", ["eastasiaforum", "generic"])
@pytest.mark.parametrize(
    ("heading", "closed"),
    [("3 thoughts on this", CLOSED), ("3 fish in the weir", ""), ("One more", CLOSED)],
)
def test_comments_longer_than_the_article_are_none_of_it(
    profile: str, heading: str, closed: str
) -> None:
    said = "".join(
        f"<li><div><b>Bob Moe</b> June {n}, 2018 at 10:0{n} am</div><div>{PARAGRAPHS[n]}"
        f"{PARAGRAPHS[n + 1]}</div></li>"
        for n in range(1, 2 if heading.startswith("One") else 4)
    )
    replies = f"<div><h2>{heading}</h2><ol>{said}</ol>{closed}</div>"
    html = (
        f"<title>The weir</title><main><h1>The weir</h1><div>{PARAGRAPHS[0]}</div>{replies}</main>"
    )
    found = extract(Page.from_html(html, URL), load_profile(profile))
    assert isinstance(found, Article)
    assert found.text == PROSE[0]


def test_a_heading_with_a_number_over_dated_parts_is_the_texts() -> None:
    parts = "".join(f"<h3>June {n}, 2018 at 10:0{n}</h3>{PARAGRAPHS[n]}" for n in range(3))
    found = read(f"<h2>4 days at the weir</h2>{parts}{''.join(PARAGRAPHS[3:])}")
    assert found.text.startswith("4 days at the weir\n\nJune 0, 2018 at 10:00\n\n")
    assert found.text.endswith("\n\n".join(PROSE[3:]))


def test_a_heading_with_a_number_in_a_log_of_a_day_counts_no_comments() -> None:
    heads = ["The weir is shut", "2 boats are lost", "It rains"]
    parts = "".join(
        f"<h3>{head}</h3><p>June 2, 2018, 10:0{n}</p>{PARAGRAPHS[n]}"
        for n, head in enumerate(heads)
    )
    found = read(f"{PARAGRAPHS[3]}{PARAGRAPHS[4]}{parts}")
    assert all(head in found.text for head in heads)
    told = "".join(
        f"<p>On {n} June 2018 at 10:0{n} the water came over the sill.</p>" for n in (2, 3)
    )
    found = read(f"{PARAGRAPHS[3]}{PARAGRAPHS[4]}<h2>2 storms</h2>{told}{''.join(PARAGRAPHS[5:])}")
    assert "2 storms\n\nOn 2 June 2018 at 10:02 the water came" in found.text


@pytest.mark.parametrize(
    "line",
    ["Rivers <a href='/r'>matter most</a> too.", "The <a href='/r'>audit of the mill</a> sank."],
)
def test_a_short_sentence_around_a_link_over_the_note_is_the_texts(line: str) -> None:
    found = read("".join([*PARAGRAPHS[:7], f"<p>{line}</p>", PARAGRAPHS[7]]))
    assert found.text == f"{PLAIN}\n\n{re.sub('<[^>]*>', '', line)}"
    assert found.author_note == NOTE


def test_a_very_short_article_is_one_where_a_note_on_its_author_follows() -> None:
    line = "The weir has seen more than its keepers have. Not everyone is convinced of that."
    html = f"<title>The weir</title><main><h1>The weir</h1><div><p>{line}</p>{{}}</div></main>"
    found = extract(Page.from_html(html.format(PARAGRAPHS[7]), URL), EAF)
    assert isinstance(found, Article)
    assert (found.text, found.author_note) == (line, NOTE)
    assert isinstance(extract(Page.from_html(html.format(""), URL), EAF), NotAnArticle)
