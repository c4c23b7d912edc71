"""Notes on authors and tags past the columns beside a text, and notes on each of several authors."""

from __future__ import annotations

import re

import pytest
from kites import BIO, PROSE, TEXT, TITLE, URL, page, paragraphs
from site_truth import read

TWO = "Bo Mei Doe is a researcher at Merrow University, Davao."
BYLINE = "<p>Author: Ann Roe, Institute of Kites</p>"
MONTHS = "".join(f"<li><a href='/2011/{n:02}/'>Month {n}</a></li>" for n in range(1, 13))
ARCHIVES = f"<div><h3>Archives</h3><ul>{MONTHS}</ul></div>"
RELATED = (
    "<div><h3>Related Posts</h3><ul>"
    + "".join(f"<li><a href='/2018/05/0{n}/k/'>Kite {n}</a></li>" for n in range(1, 9))
    + "</ul></div>"
)
PLEA = "<div><p>Support Quality Analysis</p><p><a href='/donate/'>Donate now</a></p></div>"
LD = (
    '<script type="application/ld+json">{"@type": "Article", "headline": "Kites over the strait",'
    ' "author": {"@type": "Person", "name": "Ann Roe"}}</script>'
)


def columns(rail: str, below: str, head: str = BYLINE, meta: str = ""):
    text = f"<div><div>{paragraphs(PROSE)}</div></div>"
    body = f"<div>{text}<div>{rail}</div></div>{below}"
    return page(f"<h1>{TITLE}</h1>{head}", body, meta=meta)


@pytest.mark.parametrize("rail", [ARCHIVES, RELATED, PLEA, ARCHIVES + RELATED, PLEA + ARCHIVES])
@pytest.mark.parametrize("box", [f"<div><p>{BIO}</p></div>", f"<p>{BIO}</p>"])
def test_note_past_the_columns_is_the_author_s(rail, box):
    article = columns(rail, box)
    assert (article.author_note, article.text) == (BIO, TEXT)


def test_heading_past_the_columns_names_authors_whom_nothing_else_does():
    box = f"<div><h3>About the authors</h3><p>{BIO}</p><p>{TWO}</p></div>"
    article = columns(RELATED + ARCHIVES, box, head="")
    assert (article.author_note, article.text) == (f"{BIO}\n\n{TWO}", TEXT)
    assert [author.name for author in article.authors] == ["Ann Roe", "Bo Mei Doe"]


@pytest.mark.parametrize(
    ("rail", "below", "head"),
    [
        (RELATED, f"<div><p>{TWO}</p></div>", BYLINE),
        (PLEA, f"<div><p>{BIO}</p><p>Kites are sold at the customs house.</p></div>", BYLINE),
        (f"{ARCHIVES}<div><h3>Team</h3><p>{BIO}</p></div>", "", BYLINE),
        (RELATED, f"<div><p>{BIO}</p></div>", ""),
        (RELATED, f"<div><h3>2 Comments</h3><p>Ann Roe says:</p><p>{BIO}</p></div>", BYLINE),
        (RELATED, f"<aside><p>{TWO}</p></aside>", BYLINE),
    ],
)
def test_what_is_no_note_on_a_known_author_in_a_box_of_its_own_is_none(rail, below, head):
    article = columns(rail, below, head)
    assert (article.author_note, article.text) == (None, TEXT)


@pytest.mark.parametrize("rail", [ARCHIVES, RELATED, ARCHIVES + RELATED, RELATED + ARCHIVES])
def test_tags_under_a_label_past_the_columns_are_the_article_s(rail):
    tags = (
        "<div><span>Tags</span> <a href='/tag/kites/'>kites</a> <a href='/tag/a/'>string</a></div>"
    )
    article = columns(rail, tags)
    assert (article.tags, article.text) == (("kites", "string"), TEXT)


@pytest.mark.parametrize(
    ("rail", "below"),
    [
        (f"{2 * ARCHIVES}<div><span>Tags</span> <a href='/tag/kites/'>kites</a></div>", ""),
        (2 * ARCHIVES, 3 * "<div><span>Tags</span> <a href='/tag/kites/'>kites</a></div>"),
        (
            2 * ARCHIVES,
            "<div><div><p>Kite</p><p>Tags <a href='/tag/kites/'>kites</a></p></div></div>",
        ),
    ],
)
def test_tags_of_a_widget_or_of_other_articles_are_none(rail, below):
    assert columns(rail, below).tags == ()


@pytest.mark.parametrize("closing", ["", "This article first appeared in the Kettle Review."])
def test_note_below_that_on_the_author_whom_metadata_names_is_on_another(closing):
    notes = [note for note in (BIO, TWO, closing) if note]
    article = page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, *notes]), meta=LD)
    assert (article.author_note, article.text) == (f"{BIO}\n\n{TWO}", TEXT)
    assert article.notes == ((closing,) if closing else ())
    assert [author.name for author in article.authors] == ["Ann Roe", "Bo Mei Doe"]


@pytest.mark.parametrize(
    "other",
    [
        "<em>Bo Mei Doe and the harbour master helped with the strings.</em>",
        "<em>Photographs were taken by Bo Mei Doe of Merrow University.</em>",
    ],
)
def test_last_paragraph_that_does_not_say_who_somebody_is_stays_a_note_on_the_article(other):
    article = page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, f"<em>{BIO}</em>", other]), meta=LD)
    assert (article.author_note, article.text) == (BIO, TEXT)
    assert article.notes == (other[4:-5],)
    assert [author.name for author in article.authors] == ["Ann Roe"]


QUARTERLY = (
    "<div class='q'><a href='/quarterly/'><img src='/q.jpg' alt=''></a><h4>East Asia Forum"
    " Quarterly</h4><p>Read the latest issue: Why the kites of Fiji cannot wait for the wind</p>"
    "<a href='/quarterly/'>Download the issue</a></div>"
)
PODCAST = (
    "<div><h4>East Asia Forum Podcast</h4><audio><source src='/p.mp3'></audio><p><a href='/p/'>"
    "Subscribe on Apple Podcasts</a> | <a href='/p/'>Spotify</a></p></div>"
)
OWN = [
    f"<div><h4>How the {nth} kite was built</h4><p>It took a day and a night, much twine, and paper from Jakarta.</p></div>"
    for nth in ("first", "second")
]


def section(*columns: str) -> str:
    inside = "".join(f"<div class='col'><div class='w'>{one}</div></div>" for one in columns)
    return f"<section class='s'><div class='k'>{inside}</div></section>"


def widgets(*boxes: str) -> str:
    return "".join(f"<div class='e'><div class='c'>{box}</div></div>" for box in boxes)


def beside(boxes: str, below: str, note: str = BIO):
    head = f"<div class='e'><div class='c'><h1>{TITLE}</h1></div></div>"
    text = widgets(paragraphs(PROSE), f"<p>{note}</p>")
    below = section(widgets(below)) if below else ""
    body = f"{section(f'{head}{widgets(BYLINE)}')}{section(text, boxes)}{below}"
    return page(body=f"<div>{body}</div>")


@pytest.mark.parametrize(
    ("boxes", "below"),
    [
        (QUARTERLY, ""),
        (QUARTERLY, QUARTERLY),
        (PODCAST + QUARTERLY, ""),
        (QUARTERLY + PODCAST, QUARTERLY),
    ],
)
def test_boxes_in_a_row_below_the_note_are_none_of_the_text(boxes, below):
    article = beside(boxes, below)
    assert (article.text, article.author_note) == (TEXT, BIO)


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Correction", "An earlier version had the wrong strait."),
        ("Acknowledgements", "The pilots read a draft of this."),
    ],
)
@pytest.mark.parametrize("more", OWN)
def test_a_note_on_the_article_in_a_box_below_the_note_stays(heading, line, more):
    box = f"<div><h4>{heading}</h4><p>{line}</p><p><a href='/y/'>Read more</a></p></div>"
    article = beside(box + more, "")
    assert line in f"{article.text} {article.notes}"


@pytest.mark.parametrize("note", [BIO, "The wind turns in May, as all who wait for it know."])
def test_boxes_below_the_text_that_lead_nowhere_stay(note):
    article = beside("".join(OWN), "", note)
    assert all(f"How the {nth} kite was built" in article.text for nth in ("first", "second"))


LAST = "The wind turns in May, and those who wait for it on the pier know that it always has."
APPEAL = (
    "<p><b>Support independent kites.</b> East Asia Forum is free to read. Please <a"
    " href='/donate/'>consider a gift</a> today.</p>"
)


@pytest.mark.parametrize(
    ("boxes", "below"),
    [
        (QUARTERLY, ""),
        (QUARTERLY, QUARTERLY),
        (PODCAST + QUARTERLY, ""),
        ("", f"<div>{APPEAL}</div>"),
    ],
)
def test_the_publisher_s_boxes_below_a_text_without_a_note_are_none_of_it(boxes, below):
    assert beside(boxes, below, LAST).text == f"{TEXT}\n\n{LAST}"


def test_a_last_paragraph_on_gifts_beside_the_others_stays():
    article = page(f"<h1>{TITLE}</h1>{BYLINE}", f"{paragraphs(PROSE)}{APPEAL}")
    assert article.text.startswith(f"{TEXT}\n\nSupport independent kites.")


GIFT = "Kites are free because readers pay for the string. If you value them, please make a <a href='/donate/'>gift</a> today."
ASKED = "<p>Kites are free because readers pay for the string. If you value them, please give.</p>"
GIVE = "<p><a href='/donate/'>Donate</a></p>"


@pytest.mark.parametrize("note", ["", BIO])
@pytest.mark.parametrize(
    "plea",
    [
        f"<p><em>{GIFT}</em></p>",
        f"</div><div class='q3'>{ASKED}{GIVE}",
        f"</div><div class='q3'><h4>Strings attached</h4>{ASKED}{GIVE}",
    ],
)
def test_a_plea_under_a_text_is_neither_text_nor_note(note, plea):
    article = page(f"<h1>{TITLE}</h1>{BYLINE}", paragraphs([*PROSE, note][: 5 + bool(note)]) + plea)
    assert (article.text, article.author_note or "", article.notes) == (TEXT, note, ())


@pytest.mark.parametrize(
    "box",
    [
        f"<p>{LAST}</p>{GIVE}",
        f"{ASKED}<p>{LAST}</p>{GIVE}",
        f"{ASKED}<p>Read how the <a href='/2018/05/01/string/'>string</a> was bought.</p>",
        f"<blockquote>{ASKED}</blockquote>{GIVE}",
    ],
)
def test_a_box_under_a_text_whose_words_ask_for_nothing_stays(box):
    article = page(f"<h1>{TITLE}</h1>{BYLINE}", f"{paragraphs(PROSE)}</div><div class='q3'>{box}")
    assert re.sub("<.*?>", "", box.split("</p>")[0]) in article.text


LAW = "<a href='/category/law/' rel='category tag'>Law</a>"
WIND = "<a href='/tag/wind/' rel='tag'>Wind</a>"
TILE = "<a href='/category/sport/' rel='category tag'>Sport</a>"
LETTER = (
    "<h4>Subscribe to our newsletter</h4><p>Kites by post.</p><form><input type='email'></form>"
    "<aside><h3>Topics</h3><div><a href='/topics/law/'>law</a> <a href='/topics/sea/'>sea</a></div></aside>"
)
ABOUT = (
    "<div><img src='/ann.jpg' alt='Ann Roe'><h4>About the author</h4>"
    "<h5><a href='/author/ann-roe/'>Ann Roe</a></h5></div>"
)


def rowed(rail: str, more: str):
    text = f"<h1>{TITLE}</h1>{BYLINE}<div>{paragraphs(PROSE)}{rail}</div>{more}"
    return read(f"<title>{TITLE}</title><main>{text}</main><p>Comments are closed.</p>", URL)


EVENT = "<div><h4><a href='/events/1/'>Kites in court</a></h4><p>2 May 2024, at noon</p></div>"


@pytest.mark.parametrize("rail", [ABOUT, LETTER, ABOUT + ARCHIVES + EVENT])
@pytest.mark.parametrize(
    "terms",
    [
        f"<div><span>{LAW}</span></div><div>{WIND}</div>",
        f"<footer>This entry was posted in {LAW} and tagged {WIND}.</footer>",
        f"<div><div><p>{LAW}</p></div></div><div>{WIND}</div>",
    ],
)
def test_terms_past_a_box_are_the_articles_where_their_links_say_so(rail: str, terms: str):
    article = rowed(rail, terms)
    assert (article.categories, article.tags, article.text) == (("Law",), ("Wind",), TEXT)


@pytest.mark.parametrize(
    "others",
    [
        f"<div><div>{TILE}</div><p><a href='/2018/01/02/x/'>Boats</a></p></div>",
        f"<div>{TILE}</div><h3><a href='/2018/01/02/x/'>Boats over the strait</a></h3>",
        f"<h3><a href='/2018/01/02/x/'>Boats over the strait</a></h3><div>{TILE}</div>",
        f"<div>{TILE}</div><div>{LAW}</div><div>{WIND}</div>",
    ],
)
def test_terms_of_others_past_a_box_are_not_the_articles(others: str):
    article = rowed(LETTER, others)
    assert (article.categories, article.tags) == ((), ())
