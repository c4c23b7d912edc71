"""The journal with cards, footers, pages without headings, and neighbours beside its articles."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, URL, page, paragraphs
from site_truth import read

from eafarchive import load_profile
from eafarchive.model import Article

HEAD = f"<h1>{TITLE}</h1>"


def linked(name: str, house: str) -> str:
    return f"<div><a href='/author/{name[0]}/'>{name}</a><span>{house}</span></div>"


SHOWN = linked("Ann Roe", "Keio University") + linked("Bob Moe", "ANU")


@pytest.mark.parametrize("where", ["head", "body"])
def test_cards_name_more_authors_than_metadata_has_room_for(where):
    data = (
        '{"@type": "Article", "headline": "Kites over the strait", "author": {"name": "Ann Roe"}}'
    )
    meta = f"<script type='application/ld+json'>{data}</script>"
    at_title, at_end = (SHOWN, "") if where == "head" else ("", SHOWN)
    article = page(HEAD + at_title, body=paragraphs(PROSE) + at_end, meta=meta)
    told = [(author.name, author.affiliations, author.url) for author in article.authors]
    base = "https://www.eastasiaforum.org/author/"
    assert told == [
        ("Ann Roe", ("Keio University",), f"{base}A/"),
        ("Bob Moe", ("ANU",), f"{base}B/"),
    ]
    assert article.text == TEXT


def test_labelled_byline_has_its_links():
    byline = "<p>Author: <a href='/author/A/'>Ann Roe</a>, Keio University</p>"
    (author,) = page(HEAD + byline).authors
    assert author.url == "https://www.eastasiaforum.org/author/A/"


def test_centre_of_a_country_is_no_part_of_what_follows():
    line = "Author: Ann Roe, Japan Center for Kite Research, Keio University, and ANU"
    (author,) = page(f"{HEAD}<p>{line}</p>").authors
    assert author.affiliations == ("Japan Center for Kite Research", "Keio University", "ANU")


def test_comments_of_an_article_without_text_are_none():
    reply = f"<li><div><cite>Cy Poe</cite> says: 1 May 2011 at 9:01 pm</div><p>{PROSE[0]}</p></li>"
    found = f"<h3>2 responses to “{TITLE}”</h3><ol>{reply}{reply}</ol>"
    html = f"<h1>{TITLE}</h1><p>Author: Ann Roe, ANU</p><audio src='/a.mp3'></audio>{found}"
    article = read(f"<title>{TITLE}</title>{html}", URL)
    assert not isinstance(article, Article) or article.text == ""


@pytest.mark.parametrize("tag", ["p", "td"])
@pytest.mark.parametrize("title", [TITLE, f"{TITLE} — between wind and wire"])
@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        ("East Asia Forum » {} » Print", "eastasiaforum"),
        ("East Asia Forum » {} » Print", "wordpress"),
        ("East Asia Forum » {}", "eastasiaforum"),
    ],
)
def test_title_without_a_heading_is_the_documents(tag, title, whole, kind):
    line = {"p": f"<p id='t'>{title}</p>", "td": f"<font size=5><b>{title}</b></font><br><br>"}[tag]
    byline = "<p>Author: Ann Roe, ANU</p>"
    parts = "<h2>Strings and their makers</h2>"
    text = paragraphs(PROSE[:3]) + parts + paragraphs(PROSE[3:])
    html = (
        f"<title>{whole.format(title)}</title><table><tr><td>{line}{byline}{text}</td></tr></table>"
    )
    article = read(html, URL, profile=load_profile(kind))
    assert isinstance(article, Article)
    assert (article.title, article.byline) == (title, "Author: Ann Roe, ANU")
    assert article.text.startswith(PROSE[0])


def test_notes_may_stand_in_the_articles_own_footer():
    note = "This article appeared in the most recent edition of Kite Quarterly."
    footer = f"<footer><p>{BIO}</p><p>{note}</p><p>Share</p></footer>"
    article = page(HEAD, body=paragraphs(PROSE), foot=footer)
    assert (article.author_note, article.notes, article.text) == (BIO, (note,), TEXT)


@pytest.mark.parametrize("label", ["Author", "By"])
def test_byline_of_the_next_article_is_not_this_ones(label):
    byline = (
        "Author: Bob Moe, Keio University" if label == "Author" else "By Bob Moe, Keio University"
    )
    other = (
        f"<article><h1>Another kite in the sky</h1><p>{byline}</p>{paragraphs(PROSE[2:])}</article>"
    )
    html = f"<main><article><h1>{TITLE}</h1>{paragraphs(PROSE)}</article>{other}</main>"
    article = read(f"<title>{TITLE}</title>{html}", URL)
    assert isinstance(article, Article)
    assert (article.byline, article.text) == (None, TEXT)


def test_byline_under_another_articles_heading_is_not_this_ones():
    other = (
        "<h3><a href='/2018/01/01/x/'>Another kite</a></h3><p>Author: Bob Moe, Keio University</p>"
    )
    article = page(f"<div>{other}</div>{HEAD}", foot=f"<div>{other * 3}</div>")
    assert (article.byline, article.authors, article.text) == (None, (), TEXT)


def test_date_and_reading_time_on_one_line_are_no_text():
    shown = "<div><span>July 9th, 2018</span><span>Reading Time: </span><span>2</span> mins</div>"
    body = "".join(f"<div>{line}</div>" for line in PROSE)
    assert page(HEAD, body=shown + body).text == TEXT


def test_byline_and_date_may_be_lines_of_one_paragraph():
    article = page(f"{HEAD}<p>By Ann Roe, Keio University<br>9 July 2018</p>")
    assert (article.byline, article.text) == ("By Ann Roe, Keio University", TEXT)


@pytest.mark.parametrize(
    ("line", "houses"),
    [
        ("Institute of Kites and ANU", ("Institute of Kites", "ANU")),
        ("ANU, Sciences Po and Keio University", ("ANU", "Sciences Po", "Keio University")),
        (
            "School of Law, Keio University, World Bank, and ANU",
            ("School of Law, Keio University", "World Bank", "ANU"),
        ),
    ],
)
def test_houses_of_one_author(line, houses):
    (author,) = page(f"{HEAD}<p>Author: Ann Roe, {line}</p>").authors
    assert author.affiliations == houses


def test_guest_is_an_author():
    article = page(f"{HEAD}<p>Guest author: Ann Roe, Keio University</p>")
    assert (article.authors[0].name, article.text) == ("Ann Roe", TEXT)


def test_label_of_the_summary_may_end_the_dates_line():
    shown = "<div><span>Published 9 July 2018</span><strong>In Brief</strong></div>"
    first = "<div>The kites are up, and nobody has been asked.</div>"
    article = page(HEAD + shown + first + "<ul><li>A</li><li>A</li><li>A</li></ul>")
    assert article.summary == "The kites are up, and nobody has been asked."


PLEAS = [
    "If you value our analysis, please consider making a donation today.",
    "Donate to East Asia Forum and help us keep expert analysis free and open to all.",
    "East Asia Forum relies on the support of its readers and on nobody else in the world.",
]


@pytest.mark.parametrize("plea", PLEAS)
def test_plea_below_the_notes_hides_them_not(plea):
    note = "This article appeared in the most recent edition of Kite Quarterly."
    byline = "<p>Author: Ann Roe, ANU</p>"
    article = page(HEAD + byline, body=paragraphs([*PROSE, BIO, note, plea]))
    assert (article.author_note, article.notes, article.text) == (BIO, (note,), TEXT)


def test_last_words_to_readers_without_a_note_before_them_stay():
    last = "If you value our kites, fly them."
    assert page(HEAD, body=paragraphs([*PROSE, last])).text == f"{TEXT}\n\n{last}"


def test_footnotes_below_a_note_stay():
    lines = [*PROSE, BIO, "[1] The harbour’s register, 1912."]
    assert page(HEAD, body=paragraphs(lines)).text.endswith(lines[-1])


TEASER = (
    "<a href='/2015/05/05/x/'><img src='/x-150x150.jpg'></a>"
    "<h3><a href='/2015/05/05/x/'>Another kite over the sea</a></h3>"
)


def test_table_may_lay_out_title_and_text_in_rows_of_their_own():
    side = f"<td rowspan=3><h3>Most read</h3>{TEASER * 3}</td>"
    head = f"<tr><td>{HEAD}<div>By Ann Roe, Keio University</div></td>{side}</tr>"
    picture = "<p><img src='/k.jpg'></p><p>Kites at dusk (Photo: AAP).</p>"
    rows = f"{head}<tr><td>{picture}{paragraphs(PROSE)}</td></tr><tr><td><p>{BIO}</p></td></tr>"
    article = read(f"<title>{TITLE}</title><table>{rows}</table>", URL)
    assert isinstance(article, Article)
    assert (article.text, article.author_note) == (TEXT, BIO)
    assert [image.url for image in article.images] == ["https://www.eastasiaforum.org/k.jpg"]


def test_cells_with_a_paragraph_each_are_data():
    rows = "".join(f"<tr><td><p>{line}</p></td><td>{at}</td></tr>" for at, line in enumerate(PROSE))
    article = page(HEAD, body=f"<p>{PROSE[0]}</p><table>{rows}</table>")
    assert article.text.endswith(f"{PROSE[4]}\t4")


@pytest.mark.parametrize(
    "widget", ["<a href=#>A</a> | <a href=#>A</a> | <a href=#>A</a>", "A- A A+"]
)
def test_size_widget_ends_the_summary(widget):
    brief = "<h2>In Brief</h2>" + paragraphs(PROSE[:2])
    article = page(HEAD, body=f"{brief}<div>{widget}</div>{paragraphs(PROSE[2:])}")
    assert (article.summary, article.text) == ("\n\n".join(PROSE[:2]), TEXT)


def test_number_of_comments_at_the_title_ends_nothing():
    byline = "Author: Ann Roe, Example University of the Far Harbour and the Near One"
    reply = f"<li><div>Cy Poe says: 1 May 2011 at 9:01 pm</div><p>{PROSE[0]}</p></li>"
    shown = f"<p>{byline}</p><p>2 Comments</p>"
    article = page(HEAD + shown, foot=f"<h3>2 Comments</h3><ol>{reply}{reply}</ol>")
    assert article.text == TEXT


def test_stop_may_end_a_byline():
    article = page(f"{HEAD}<p>Ann Roe, Keio University.</p>")
    assert article.authors[0].affiliations == ("Keio University",)
    assert article.text == TEXT


def test_number_of_comments_below_a_bare_byline_ends_nothing():
    byline = "Ann Roe, Keio University, and Bob Moe de los Santos, Example University"
    reply = f"<li><div>Cy Poe says: 1 May 2011 at 9:01 pm</div><p>{PROSE[0]}</p></li>"
    shown = f"<p>{byline}</p><p>0 Comments</p>"
    article = page(HEAD + shown, foot=f"<h3>2 Comments</h3><ol>{reply}{reply}</ol>")
    assert (article.byline, article.text) == (byline, TEXT)


def test_sentence_on_a_town_is_no_note_on_an_author():
    last = (
        "In Phnom Penh, the mood is calm. ASEAN gives every member a kite, and Tonga has used it."
    )
    article = page(HEAD, body=paragraphs([*PROSE, last]))
    assert (article.author_note, article.text) == (None, f"{TEXT}\n\n{last}")
