"""Pages as any site may have them, on which a rule for rarer ones must leave the article as it is.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import MORE, PLAIN, PROSE, page
from test_any_page import read as read_any
from weirs import BYLINE, LINES, TEXT, TITLE, article, paragraphs

from eafarchive.model import Article

PICTURE = "<p><img src='/wp-content/uploads/2012/03/weir.jpg' alt=''></p>"
SHOWS = "A mason waits by the weir in Oxfjord"


@pytest.mark.parametrize("tag", ["div class='k1'", "section class='k1'", "article"])
def test_whole_articles_below_a_short_one_are_none_of_it(tag: str) -> None:
    """As a page that goes on without an end has them."""
    close = tag.split(maxsplit=1)[0]
    other = f"<{tag}><h1>The ferry is late</h1><p>By Bo Day</p><p>5 March 2021</p><div>{MORE}</div>"
    first = f"<{tag}><h1>The lamps go out</h1><p>By Ann Roe</p><div>"
    own = "".join(f"<p>{line}</p>" for line in PROSE[:3])
    rest = f"{other}</{close}>" * 2
    html = f"<title>The lamps go out | Paper</title>{first}{own}</div></{close}>{rest}"
    assert read_any(html).text == "\n\n".join(PROSE[:3])


@pytest.mark.parametrize("place", ["over", "in"])
def test_a_name_alone_that_metadata_has_is_the_byline(place: str) -> None:
    told = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A weir is mended",'
        ' "author": {"@type": "Person", "name": "Ann Roe"}}</script>'
    )
    name, text = "<p>Ann Roe</p>", paragraphs(LINES)
    body = f"{name}<div>{text}</div>" if place == "over" else f"<div>{name}{text}</div>"
    found = article(f"{told}<article>{TITLE}{body}</article>")
    assert (found.byline, found.text) == ("Ann Roe", TEXT)


def test_a_note_in_italics_below_a_known_author_s_is_on_another_author() -> None:
    notes = [
        "Ann Roe is Senior Fellow at the Institute of Weirs, Oxfjord.",
        "Bo Day is Professor of Stone at the University of Oxfjord.",
    ]
    ends = "".join(f"<p><em>{note}</em></p>" for note in notes)
    found = article(f"<article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{ends}</div></article>")
    assert (found.text, found.author_note, found.notes) == (TEXT, "\n\n".join(notes), ())


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        (f"{SHOWS} (Reuters)", "Reuters"),
        (f"{SHOWS} (AFP).", "AFP"),
        ("Nobody had asked the Alliance of All Pastors (AAP)", None),
    ],
)
def test_a_line_at_a_picture_that_ends_in_an_agency_is_its_caption(
    line: str, credit: str | None
) -> None:
    amid = f"{paragraphs(LINES[:3])}{PICTURE}<p>{line}</p>{paragraphs(LINES[3:])}"
    found = article(f"<article>{TITLE}<div>{BYLINE}{amid}</div></article>")
    assert [image.credit for image in found.images] == [credit]
    assert (line in found.text) is (credit is None)


def test_a_paragraph_in_one_box_with_its_author_s_name_is_a_note_on_them() -> None:
    told = "Keeps the lamps of the harbour, and has done so for eleven years."
    box = f"<div class='k1'><p>Ann Roe</p><p>{told}</p></div>"
    html = page(first="<p class='by'>By <a rel='author' href='/author/ann-roe/'>Ann Roe</a></p>")
    found = read_any(html.replace("</div></article>", f"{box}</div></article>"))
    assert (found.text, found.author_note) == (PLAIN, told)


def test_a_subheading_in_bold_below_picture_and_byline_is_no_caption() -> None:
    first = f"{PICTURE}{BYLINE}<p><strong>The price of stones</strong></p>"
    found = article(f"<article>{TITLE}<div>{first}{paragraphs(LINES)}</div></article>")
    assert found.text == f"The price of stones\n\n{TEXT}"


def test_a_list_of_links_that_a_sentence_leads_to_opens_the_text() -> None:
    links = "<ul><li><a href='https://mill.example/a'>The act</a></li></ul>"
    first = f"<p>One text tells the story:</p>{links}"
    assert read_any(page(first=first)).text.startswith("One text tells the story:\n\n- The act")


def test_a_time_over_a_few_words_in_a_box_is_no_player() -> None:
    box = "<div><p>10:30</p><p>The harbour master opens the hearing</p></div>"
    assert "hearing" in read_any(page(box)).text


def test_a_paragraph_below_the_text_in_one_box_with_a_few_words_stays() -> None:
    html = f"<article>{TITLE}<div class='a'>{BYLINE}{paragraphs(LINES[:5])}</div>"
    box = f"<div class='b'><p>The price of stones</p><p>{LINES[5]}</p></div></article>"
    assert article(html + box).text.endswith(LINES[5])


def test_the_page_that_all_these_change_is_read_whole() -> None:
    found = read_any(page())
    assert isinstance(found, Article)
    assert found.text == PLAIN
    assert article(f"<article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}</div></article>").text == TEXT
