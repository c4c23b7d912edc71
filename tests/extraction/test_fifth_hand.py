"""The same journal's pages by a fifth hand: bylines without a label, in many places."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, page, paragraphs

HEAD = f"<h1>{TITLE}</h1>"


@pytest.mark.parametrize(
    "line",
    [
        "Ann Roe, Keio University",
        "By Ann Roe, Keio University",
        "Ann Roe and Bob Moe, International Crisis Group",
        "Ann Roe, ANU, and Bob Moe, Keio University",
        "By Maria de los Santos, Keio University",
        "EAF Editors",
        "Editorial Board, ANU",
        "Ann Roe, Head, Asia Foundation",
    ],
)
@pytest.mark.parametrize(
    "shown",
    [
        "<p>9 July 2018</p><div>{}</div>{}<p>Reading Time: 2 mins</p>",
        "<h5>{}</h5>{}",
        "<p>The harbour at dusk, seen from the old customs house (Photo: AAP).</p><p>{}</p>{}",
        "<span>{}</span><span>Reading Time</span><span>2 mins</span>{}",
        "over: <div>9 July 2018</div><span>{}</span>{}",
    ],
)
def test_line_that_reads_like_a_byline_is_one(shown, line):
    over, shown = (shown[6:], "{}{}") if shown.startswith("over: ") else ("", shown)
    above = over.format(line, "") if over else ""
    below = "" if over else shown.format(line, "")
    article = page(above + HEAD + below)
    assert article.byline == line
    assert article.text == TEXT
    assert article.authors[0].kind == ("group" if line.startswith("E") else "person")


@pytest.mark.parametrize(
    "line",
    [
        "Keio University",
        "<a href='/contributors/'>Contributors</a>",
        "East Asia Forum",
        "Dear Editors,",
        "Trade, China",
        "<a rel='category tag' href='/category/a/'>South China Sea</a>, <a rel='tag' href='/tag/b/'>ASEAN</a>",
        "In Bangkok, Ann Roe met them",
        "South Tarawa, Kiribati",
    ],
)
def test_line_that_names_no_author_is_no_byline(line):
    assert page(f"<div>{line}</div>{HEAD}").byline is None


def test_byline_may_end_the_article():
    shown = "<p>By Ann Roe, Keio University</p>"
    article = page(HEAD, body=paragraphs(PROSE) + shown + paragraphs([BIO]))
    assert (article.byline, article.text) == ("By Ann Roe, Keio University", TEXT)


def test_byline_of_a_card_below_the_article_is_not_the_articles():
    other = "<h4><a href='/2018/01/01/x/'>Another</a></h4><p>Author: Bob Moe, Keio University</p>"
    article = page(HEAD, foot=f"<div><h3>Related articles</h3>{other}</div>")
    assert (article.byline, article.authors) == (None, ())


def test_who_and_where_a_note_says_speaks_for_a_line():
    bio = "Ann Roe is a lecturer at the Institute of Kites."
    shown = "<p>Ann Roe, Kendari</p>"
    article = page(HEAD + shown, body=paragraphs([*PROSE, bio]))
    assert (article.byline, article.text) == ("Ann Roe, Kendari", TEXT)
    assert page(HEAD + shown).byline is None


def test_a_surname_may_be_spelt_like_a_pronoun():
    bio = "He Jiahui is a lecturer at the Institute of Kites."
    article = page(HEAD, body=paragraphs([*PROSE, bio]))
    assert (article.author_note, article.authors[0].name) == (bio, "He Jiahui")
