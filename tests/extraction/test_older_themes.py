"""Habits of older themes: a title that links to its own page, a line that says it all at once."""

from __future__ import annotations

import json

import pytest
from site_truth import BASE, read

from eafarchive.model import Article

URL = f"{BASE}2011/02/03/the-price-of-reeds/"
TITLE = "The price of reeds in a wet year"
WORDS = (
    "Reeds were dear that year, since the marsh had been drained for a road that nobody then built,"
    " and the thatchers of the four villages had to send for straw to the other side of the lake."
)
NOTE = "R. B. Poe is a Research Fellow in the School of Thatch, University of Oxfjord."


def article(line: str = "", *, before: str = "", head: str = "", after: str = "") -> Article:
    found = read(
        f"<html><head><title>East Asia Forum » {TITLE}</title>{head}</head><body>{before}<div>"
        f"<h2><a href='{URL}' rel='bookmark'>{TITLE}</a></h2>{line}<div><p>{WORDS}</p><p>{WORDS[:150]}."
        f"</p>{after}</div></div></body></html>",
        URL,
    )
    assert isinstance(found, Article)
    return found


def test_the_title_that_links_to_its_own_page() -> None:
    side = (
        "<div><h2>Search</h2><h2><a href='/2011/01/01/x/'>Why thatchers went to sea</a></h2></div>"
    )
    assert article(before=side).title == TITLE


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Author: R. B. Poe, University of Oxfjord", [("R. B. Poe", ("University of Oxfjord",))]),
        (
            "Authors: Ann Roe and Bob Moe, ANU",
            [("Ann Roe", ("ANU",)), ("Bob Moe", ("ANU",))],
        ),
    ],
)
@pytest.mark.parametrize(
    "line",
    [
        "<p><time>February 3, 2011</time> <span>{}</span></p>",
        "<p><span>3 February 2011</span> | <b>{}</b> | <a href='#respond'>Leave a Comment</a></p>",
    ],
)
def test_a_byline_within_the_line_that_has_the_date(
    line: str, byline: str, authors: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = article(line.format(byline))
    assert found.byline == byline
    assert [(author.name, author.affiliations) for author in found.authors] == authors
    assert (found.published_at or "")[:10] == "2011-02-03"
    assert found.text.startswith(WORDS)


def test_a_label_within_a_sentence_is_no_byline() -> None:
    found = article("<p>The marsh was sold by its <b>author: the county</b>, some say.</p>")
    assert found.byline is None


@pytest.mark.parametrize("kind", ["Person", "Organization"])
def test_the_editors_account_does_not_hide_whom_the_note_names(kind: str) -> None:
    data = {
        "@type": "Article",
        "headline": TITLE,
        "url": URL,
        "author": {"@type": kind, "name": "EAF Editors"},
    }
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    found = article(head=head, after=f"<p>{NOTE}</p>")
    assert found.author_note == NOTE
    assert [author.name for author in found.authors] == ["R. B. Poe"]


@pytest.mark.parametrize(
    ("told", "name"),
    [("Editors, East Asia Forum", "Editors"), ("East Asia Forum", "EAF Editorial Board")],
)
def test_editors_whom_metadata_names_are_the_authors_unless_it_is_the_publisher(
    told: str, name: str
) -> None:
    note = (
        "The EAF Editorial Board is located in the School of Example Policy, The Marsh University."
    )
    author = {"@type": "Person", "name": told}
    data = {"@type": "Article", "headline": TITLE, "url": URL, "author": author}
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    found = article(head=head, after=f"<p>{note}</p>")
    assert found.author_note == note
    assert [(one.name, one.kind) for one in found.authors] == [(name, "group")]


BRIEF = ["The marsh was drained for a road in the spring of that year, and the", "Thatchers left."]
MARK = "<span id='more-77'></span>"
ADVERT = "<div>Advertisement</div>"


@pytest.mark.parametrize(
    ("parts", "summary"),
    [
        ([*BRIEF, MARK], "\n\n".join(BRIEF)),
        ([BRIEF[0], f"{MARK}{WORDS}"], BRIEF[0]),
        ([*BRIEF, WORDS, WORDS, f"{MARK}{WORDS}"], BRIEF[0]),
        ([*BRIEF, WORDS, WORDS, WORDS, ADVERT], BRIEF[0]),
    ],
    ids=["mark", "mark before words", "a mark far below", "a widget far below"],
)
def test_in_brief_ends_at_the_more_mark_but_is_no_half_of_the_article(
    parts: list[str], summary: str
) -> None:
    found = article("<h4>In Brief</h4>" + "".join(f"<p>{part}</p>" for part in parts))
    assert found.summary == summary
    assert found.text.startswith(f"{BRIEF[0]}\n\n")


def test_the_line_under_a_post_of_wordpresss_first_theme_hides_no_note() -> None:
    line = (
        "<p>This entry was posted on Thursday, February 3rd, 2011 at 9:00 am and is filed under <a"
        " href='/category/reeds/' rel='category tag'>Reeds</a>. You can follow any responses to this"
        " entry through the <a href='/feed/'>RSS 2.0</a> feed.</p>"
    )
    found = article(after=f"<p>{NOTE}</p><p>Tweet</p><p>Like this: Like Loading...</p>{line}")
    assert found.author_note == NOTE
    assert found.text == f"{WORDS}\n\n{WORDS[:150]}."


def test_the_buttons_of_print_and_email() -> None:
    line = f"<p><a href='{URL}print/'>Print This Post</a> | <a href='{URL}email/'>Email</a></p>"
    assert article(after=f"{line}<p>{WORDS}</p>").text.endswith(f"{WORDS[:150]}.\n\n{WORDS}")


@pytest.mark.parametrize("tag", ["div", "li"])
def test_comments_without_a_heading(tag: str) -> None:
    replies = "".join(
        f"<{tag} class='q'><b>Reader {n}</b> says:<p>{WORDS} So I wrote for the {n}th time.</p></{tag}>"
        for n in (4, 5)
    )
    found = article(after=f"</div><div>{replies}</div><p>Comments are closed.</p><div>")
    assert found.text == f"{WORDS}\n\n{WORDS[:150]}."


def test_what_is_said_within_an_article_ends_it_not() -> None:
    lines = "".join(
        f"<p>The {who} says:</p><p>{WORDS} So the {who}.</p>" for who in ("cook", "king")
    )
    assert article(after=lines).text.endswith("So the king.")
