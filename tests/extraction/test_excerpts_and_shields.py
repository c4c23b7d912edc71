"""The journal's short pages: lists of others with excerpts, boxes in pieces, notes under any line.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, TOOLS, URL, page, paragraphs
from site_truth import read

from eafarchive.model import Article

HEAD = f"<h1>{TITLE}</h1>"
BYLINE = "<p>Author: Ann Roe, ANU</p>"
SERIES = "This article is part of a series on rural reform."
EXCERPT = "The keepers of the sluice were never asked what they made of the kites, nor of noon."
OTHERS = "".join(
    f"<li><a href='/2020/01/0{n}/birds-{n}/'>Birds over strait {n}</a> <span>{n} March 2020</span>"
    f"<p>{EXCERPT}</p></li>"
    for n in range(1, 5)
)


def bare(body: str, over: str = f"{HEAD}{BYLINE}") -> Article:
    article = read(f"<title>{TITLE}</title><main><article>{over}{body}", URL)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize("name", ["", " class='k1'"])
@pytest.mark.parametrize("between", ["", "</article>"])
def test_others_with_excerpts_are_no_text_however_short_it_is(number, name, between):
    text = f"<section{name}>{paragraphs([*PROSE[:number], BIO])}</section>"
    related = f"<section{name}><h3>Related articles</h3><ul>{OTHERS}</ul></section>"
    article = bare(f"{text}{between}{related}")
    assert article.text == "\n\n".join(PROSE[:number])
    assert article.author_note == BIO


def test_a_list_under_related_words_that_are_the_texts_own_stays():
    items = f"<li>The sluice</li><li><p>{EXCERPT}</p></li><li>The weir</li>"
    article = page(
        HEAD, f"{paragraphs(PROSE[:4])}<h3>Related</h3><ul>{items}</ul><p>{PROSE[4]}</p>"
    )
    assert EXCERPT in article.text
    assert article.text.endswith(PROSE[4])


def test_a_summary_in_a_box_may_end_in_mid_sentence():
    cut = "The questions that the harbour must answer are"
    brief = f"<div><h3>In Brief</h3><div>{cut}</div></div>{TOOLS}"
    article = bare(f"{brief}<div class='k2'>{paragraphs(PROSE)}</div>")
    assert (article.summary, article.text) == (cut, f"{cut}\n\n{TEXT}")
    label = f"<div>{paragraphs(PROSE)}<div>Kites of the month</div></div>"
    assert bare(f"<div><h3>In Brief</h3><p>{EXCERPT}</p></div>{TOOLS}{label}").text == (
        f"{EXCERPT}\n\n{TEXT}"
    )


def test_a_banner_among_a_list_and_paragraphs_ends_nothing():
    long = [f"{PROSE[0]} {PROSE[1]}", f"{PROSE[2]} {PROSE[3]}"]
    banner = "<div><h3>Support Quality Analysis</h3><div><a href='/donate/'>Donate</a></div></div>"
    rest = f"<ul><li>A reform of kites</li><li>Peace at sea</li></ul>{banner}<p>{PROSE[4]}</p>"
    brief = f"<div><h3>In Brief</h3>{paragraphs(long)}</div>{TOOLS}"
    article = bare(f"{brief}<div class='k2'>{rest}<p>{BIO}</p></div>")
    listed = "- A reform of kites\n- Peace at sea"
    assert article.text == "\n\n".join([*long, listed, PROSE[4]])
    assert article.author_note == BIO


def test_a_note_below_a_biography_under_its_heading_is_one_on_the_article():
    brief = f"<div><h3>In Brief</h3><p>{PROSE[0]}</p></div>{TOOLS}"
    about = f"<div><p>About the author</p><p>{BIO}</p><p>{SERIES}</p></div>"
    article = bare(f"{brief}{about}<p>Comments are closed.</p>")
    assert (article.text, article.author_note) == (PROSE[0], BIO)
    assert article.notes == (SERIES,)


@pytest.mark.parametrize("cover", ["", "<a href='/quarterly/'><img src='/cover.jpg'></a>"])
def test_a_box_under_the_publishers_name_with_a_file_is_a_promotion(cover):
    lines = "<p>The latest issue looks at strings.</p><a href='/eafq.pdf'>Download PDF</a></div>"
    box = f"<div class='k4'><h4>{{}}</h4>{cover}{lines}"
    body = box.join(map(paragraphs, (PROSE[:2], PROSE[2:])))
    article = page(HEAD, body.format("East Asia Forum Quarterly"))
    assert (article.text, article.images) == (TEXT, ())
    assert "The latest issue looks at strings." in page(HEAD, body.format("Kite issues")).text


def test_a_line_of_thanks_hides_no_note_on_an_author_whom_nothing_else_names():
    thanks = "Thanks to Mina Okonjo for the string."
    article = page(HEAD, paragraphs([*PROSE, BIO, thanks]))
    assert (article.author_note, article.notes) == (BIO, (thanks,))
    assert article.text == TEXT
    assert [one.name for one in article.authors] == ["Ann Roe"]
    for told in ("“It went up before dawn”, she said.", "Roe’s kite went up before dawn."):
        assert page(HEAD, paragraphs([*PROSE, BIO, told])).text == f"{TEXT}\n\n{BIO}\n\n{told}"


def test_a_footnote_on_the_authors_own_work_is_the_texts():
    works = (
        "<ol><li>Bo Hart, Weirs, Quay Press, 2014.</li><li>Ann Roe, Kites, Quay Press.</li></ol>"
    )
    article = bare(f"<section>{paragraphs(PROSE)}{works}<p>{BIO}</p></section>")
    assert article.author_note == BIO
    assert article.text.endswith("2. Ann Roe, Kites, Quay Press.")


def test_a_picture_below_a_summary_that_is_all_there_is_is_the_articles():
    figure = "<figure><img src='/kite.jpg'><figcaption>A kite (Photo: AAP).</figcaption></figure>"
    brief = f"<div><div><h3>In Brief</h3><p>{PROSE[0]}</p></div>{figure}{TOOLS}</div>"
    article = bare(f"{brief}<p>Comments are closed.</p>")
    assert article.text == PROSE[0]
    assert [one.caption for one in article.images] == ["A kite (Photo: AAP)."]


def test_a_sentence_may_open_as_a_source_does():
    line = "Source: that is what the keepers asked for, and none was given."
    assert line in page(HEAD, paragraphs([*PROSE[:2], line, *PROSE[2:]])).text
    source = "Source: World Bank, as compiled by the author with great care."
    assert source not in page(HEAD, paragraphs([*PROSE[:2], source, *PROSE[2:]])).text


def test_a_short_last_sentence_beside_the_last_paragraph_is_the_texts():
    cut = "Correction, when it comes, will be swift."
    series = "".join(f"<li><a href='/2010/{n}/'>{EXCERPT}</a></li>" for n in range(3))
    boxes = f"<div>{paragraphs(PROSE[:4])}</div><div>{paragraphs([PROSE[4], cut])}</div>"
    article = bare(f"<section>{boxes}<div class='k3'><h4>Series: 1998</h4>{series}</div></section>")
    assert article.text == f"{TEXT}\n\n{cut}"


def test_a_short_last_box_is_a_paragraph_where_boxes_are_paragraphs():
    brief = f"<div><h3>In Brief</h3>{paragraphs(PROSE[:1])}</div>{TOOLS}"
    boxes = f"<div>{PROSE[1]} {PROSE[2]}</div><div>More will follow.</div>"
    file = "<p><a href='/kites.pdf'>Download the full paper (PDF)</a></p>"
    article = bare(f"{brief}<div class='k2'>{boxes}{file}</div>")
    assert article.text == f"{PROSE[0]}\n\n{PROSE[1]} {PROSE[2]}\n\nMore will follow."
