"""What follows a text in words that no list holds, told by its place, its look and the note."""

from __future__ import annotations

import json

import pytest
from kites import BIO, PROSE, TEXT, TITLE, TOOLS, URL, page, paragraphs
from site_truth import read

HEAD = f"<h1>{TITLE}</h1><p>Author: Ann Roe, ANU</p>"
STRANGE = "Hear the harbour master read it aloud at noon."
FOOTNOTE = (
    "<p><a href='#ref1' name='note1'>1</a> Moe, <em>Strings</em>, Strait Press, 2011, p. 4.</p>"
)
CITED = "1 Moe, Strings, Strait Press, 2011, p. 4."


def test_few_words_under_the_authors_note_are_a_note():
    article = page(HEAD, paragraphs([*PROSE, BIO, STRANGE]))
    assert (article.text, article.author_note) == (TEXT, BIO)
    assert article.notes == (STRANGE,)


def test_notes_stand_over_and_under_the_authors_note():
    over = "This article is part of a series on kites."
    article = page(HEAD, paragraphs([*PROSE, over, BIO, STRANGE]))
    assert (article.text, article.author_note, article.notes) == (TEXT, BIO, (over, STRANGE))


def test_footnotes_under_the_authors_note_stay():
    article = page(HEAD, f"{paragraphs([*PROSE, BIO])}<hr>{FOOTNOTE}")
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{CITED}", BIO)


def test_footnotes_under_a_note_stay_where_nobody_signed():
    article = page(f"<h1>{TITLE}</h1>", f"{paragraphs([*PROSE, BIO])}<hr>{FOOTNOTE}")
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{CITED}", BIO)
    assert [one.name for one in article.authors] == ["Ann Roe"]


def test_what_is_said_of_an_author_among_the_prose_is_text():
    said = "Ann Roe flew the last of the kites over the strait in May."
    article = page(HEAD, paragraphs([*PROSE, said, PROSE[0], "The wind has turned."]))
    assert article.text == "\n\n".join([*PROSE, said, PROSE[0], "The wind has turned."])


@pytest.mark.parametrize("tag", ["em", "i"])
def test_few_words_set_as_the_authors_note_under_them_are_a_note(tag):
    article = page(
        HEAD, f"{paragraphs(PROSE)}<p><{tag}>{STRANGE}</{tag}></p><p><{tag}>{BIO}</{tag}></p>"
    )
    assert (article.text, article.author_note, article.notes) == (TEXT, BIO, (STRANGE,))


def test_italics_over_a_plain_note_are_text():
    article = page(HEAD, f"{paragraphs(PROSE)}<p><em>The wind has turned.</em></p><p>{BIO}</p>")
    assert article.text == f"{TEXT}\n\nThe wind has turned."


@pytest.mark.parametrize("line", ["Source: Strait Bank.", "Note: Figures for 2020 are estimates."])
def test_italics_under_a_table_say_where_it_is_from(line):
    table = "<table><tr><td>Kites</td><td>4</td></tr></table>"
    article = page(HEAD, f"{paragraphs(PROSE)}{table}<p><em>{line}</em></p><p><em>{BIO}</em></p>")
    assert article.text == f"{TEXT}\n\nKites\t4\n\n{line}"
    assert (article.author_note, article.notes) == (BIO, ())


def test_country_in_capitals_asks_nobody():
    last = "Kites cost US$4 in May."
    article = page(HEAD, paragraphs([*PROSE, BIO, last]))
    assert (article.author_note, article.notes) == (BIO, (last,))


def test_what_an_author_said_elsewhere_is_no_note():
    said = "— Ann Roe (@annroe) March 3, 2019"
    article = page(HEAD, paragraphs([*PROSE, said, BIO]))
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{said}", BIO)


def test_summary_of_two_paragraphs_ends_at_a_rule():
    body = f"<h3>In Brief</h3>{paragraphs(PROSE[:2])}<hr>{paragraphs(PROSE[2:])}"
    article = page(HEAD, body)
    assert (article.summary, article.text) == ("\n\n".join(PROSE[:2]), TEXT)


def test_note_under_a_picture_is_no_caption():
    picture = "<p><img src='/kite.jpg' width='600' height='400' alt=''></p>"
    line = "This article is part of a series on kites."
    article = page(HEAD, f"{picture}<p><em>{line}</em></p>{paragraphs(PROSE)}")
    assert (article.text, article.notes) == (TEXT, (line,))
    assert [one.caption for one in article.images] == [None]


@pytest.mark.parametrize(
    "line",
    ["East Asia Forum spoke with Ann Roe about kites.", "Ann Roe is interviewed by Bo Moe."],
)
def test_interviews_opening_under_a_picture_is_text(line):
    picture = "<p><img src='/kite.jpg' width='600' height='400' alt=''></p>"
    line = line.replace("Ann Roe is interviewed by Bo Moe", "Bo Moe interviewed Ann Roe in May")
    article = page(HEAD, f"{picture}<p><em>{line}</em></p>{paragraphs(PROSE)}")
    assert article.text == f"{line}\n\n{TEXT}"
    assert [one.caption for one in article.images] == [None]


def test_italics_under_a_picture_with_a_caption_are_text():
    picture = "<figure><img src='/kite.jpg' alt=''><figcaption>A kite</figcaption></figure>"
    line = "A long look back at the strait."
    words = ["Author: Ann Roe, ANU", f"<em>{line}</em>", *PROSE]
    article = page(f"<h1>{TITLE}</h1>", f"{picture}{paragraphs(words)}")
    assert article.text == f"{line}\n\n{TEXT}"
    assert [one.caption for one in article.images] == ["A kite"]


def test_names_and_houses_in_parentheses_are_a_byline():
    line = "Ann Roe (Keio University) and Bo Moe (Kettle Institute)"
    article = page(f"<h1>{TITLE}</h1>", paragraphs([line, *PROSE]))
    assert (article.byline, article.text) == (line, TEXT)


def test_author_shown_at_the_title_is_no_house_that_posts():
    data = {"@type": "Article", "headline": TITLE, "author": {"name": "East Asia Forum"}}
    meta = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    card = "<p><a href='/author/ann-roe/'>Ann Roe</a></p>"
    article = page(f"<h1>{TITLE}</h1>{card}", meta=meta)
    assert [(one.name, one.kind) for one in article.authors] == [("Ann Roe", "person")]


def test_cells_far_below_a_card_are_not_its_lines():
    card = "<ul><li><a href='/author/ann-roe/'>Ann Roe</a></li></ul>"
    rows = "".join(
        f"<tr><td>{name}</td><td>{n}</td></tr>" for n, name in enumerate("Reel Line Fiji".split())
    )
    body = f"{paragraphs(PROSE)}<table>{rows}</table>{paragraphs([*PROSE, *PROSE, *PROSE[:3]])}"
    article = page(f"<h1>{TITLE}</h1>{card}", body, foot="<p>Comments are closed.</p>")
    assert "Reel\t0\nLine\t1\nFiji\t2" in article.text
    assert [one.affiliations for one in article.authors] == [()]


SERIES = "This article is part of a series on kites."
OTHERS = "".join(
    f"<li><a href='/2018/01/0{n}/other/'>{n} kites over the other bay</a></li>" for n in (1, 2, 3)
)


@pytest.mark.parametrize(
    "over",
    ["<h4>About the author</h4>", f"<h3>Related articles</h3><ul>{OTHERS}</ul>"],
)
def test_notes_stand_below_a_heading_or_a_box(over):
    note = "Ann Roe tunes kites."
    article = page(HEAD, f"{paragraphs(PROSE)}{over}{paragraphs([note, SERIES])}")
    assert (article.text, article.author_note, article.notes) == (TEXT, note, (SERIES,))


@pytest.mark.parametrize("shown", [f"<p>{BIO}</p>", ""])
def test_a_note_on_the_author_is_not_told_again_by_a_hidden_copy(shown):
    about = f"<h4>About the author</h4>{shown}" if shown else ""
    html = (
        f"<title>{TITLE}</title><main><h1>{TITLE}</h1><p>Author: Ann Roe, ANU • 9 July 2018</p>"
        f"<div>{paragraphs(PROSE)}{about}</div></main><div style='display:none'><p>{BIO}</p></div>"
    )
    article = read(html, URL)
    assert (article.text, article.author_note) == (TEXT, BIO)


MORE = "Read the other articles in this series: <a href='/2018/01/02/other/'>Kites over a bay</a>"


@pytest.mark.parametrize(
    "box",
    [
        "",
        "<div><span>Rate this article</span> <span>4.5/5 (12 votes)</span></div>",
        "<div><h4>Republish this article</h4><button>Copy HTML</button></div>",
    ],
)
@pytest.mark.parametrize("note", [None, BIO])
def test_a_line_on_a_series_is_a_note_in_any_case(box: str, note: str | None):
    head = HEAD if note else HEAD.replace("Ann Roe, ANU", "Editorial Board, ANU")
    text = paragraphs([*PROSE, note] if note else PROSE)
    article = page(head, f"{text}{box}<p>{MORE}</p>")
    assert (article.text, article.author_note) == (TEXT, note)
    assert article.notes == ("Read the other articles in this series: Kites over a bay",)


def test_a_sentence_on_a_series_is_text():
    last = "Read the other articles in this series with care, and no kite was ever lost at noon."
    assert page(HEAD, paragraphs([*PROSE, last])).text == f"{TEXT}\n\n{last}"


def test_terms_below_the_note_on_the_author_are_the_articles():
    terms = (
        "<div>This entry was written by East Asia Forum, put up on the harbour wall, filed under <a href='/category/trade/' rel='category tag'>Trade</a> and tagged"
        " <a href='/tag/wind/' rel='tag'>wind</a>. Bookmark the permalink.</div>"
    )
    body = f"<div>{paragraphs(PROSE)}<h4>About the author</h4><p>{BIO}</p></div>{terms}"
    article = page(HEAD, body)
    assert (article.author_note, article.categories, article.tags) == (BIO, ("Trade",), ("wind",))


def test_banner_among_the_text_is_no_text():
    plea = "<div><p>Support quality analysis. <a href='/donate/'>Donate to East Asia Forum</a></p></div>"
    article = page(HEAD, f"{paragraphs(PROSE[:3])}{plea}{paragraphs(PROSE[3:])}")
    assert article.text == TEXT
    assert not article.links


def test_sentence_about_the_banner_is_text():
    line = "‘Support quality analysis’, said the banner over the kites."
    assert page(HEAD, paragraphs([line, *PROSE])).text == f"{line}\n\n{TEXT}"


def test_article_in_boxes_goes_on_after_a_box_about_others():
    prose = [f"<div>{line}</div>" for line in PROSE]
    box = f"<div class='q7'><h4>Related</h4><ul>{OTHERS}</ul></div>"
    assert page(HEAD, f"{''.join(prose[:3])}{box}{''.join(prose[3:])}").text == TEXT


def test_note_beside_a_form_is_a_note():
    form = "<div><form action='/join/'><input name='e'><button>Sign up</button></form></div>"
    update = "Updated: This article was updated on 15 March 2015."
    article = page(HEAD, f"{paragraphs([*PROSE, update])}{form}{TOOLS}")
    assert (article.text, article.notes) == (TEXT, (update,))


def test_sentence_below_a_widget_is_text():
    line = "Updated figures will be published in March."
    article = page(HEAD, f"<h4>In Brief</h4><p>{PROSE[0]}</p>{TOOLS}{paragraphs([line, *PROSE])}")
    assert article.text == "\n\n".join([PROSE[0], line, *PROSE])


def test_surname_in_capitals_is_no_agency():
    article = page(f"<h1>{TITLE}</h1><p><a href='/author/ann-roe/'>Ann Bo KETTLEROE</a></p>")
    assert [one.name for one in article.authors] == ["Ann Bo KETTLEROE"]
