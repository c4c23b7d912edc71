"""Boxes that call readers away, in any place of an article, in one column or in several.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

from typing import Any

import pytest

from eafarchive import Page, extract, load_profile

URL = "https://www.eastasiaforum.org/2018/05/03/the-weir/"
PROSE = [
    f"The {n} keeper of the weir wrote down the height of the river each morning, and the clerks of"
    f" the valley filed the {n} of his books where nobody has looked for it since the flood."
    for n in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
]
NOTE = "Ann Roe is Professor of Hydrology at Example University."
PLAIN = "\n\n".join(PROSE)
PARAGRAPHS = [f"<p>{line}</p>" for line in (*PROSE, NOTE)]
WIDGET = f"<ul class='q1'>{'<li><a href=#>A</a></li>' * 3}</ul>"
EAF = load_profile("eastasiaforum")

BOXES = {
    "newsletter": "<h3>Subscribe to our newsletter</h3><p>The week by mail.</p><form><input type='email'></form>",
    "related": "<h3>Related</h3><ul><li><a href='/2017/01/02/the-lock/'>The lock that nobody opened in time</a></li></ul>",
    "event": "<h4>Upcoming event</h4><p><a href='/e'>Rivers</a></p><p>14 May, Town Hall</p><a href='/r'>Register</a>",
    "plea": "<h3>Stay dry with us</h3><p>Your gift keeps it free.</p><p><a href='/g'>Give</a> or <a href='/m'>give monthly</a></p>",
    "app": "<p>Get the app</p><a href='/a'>App Store</a> <a href='/b'>Play</a>",
    "job": "<h4>We are hiring</h4><p>We look for an editor of rivers. <a href='/jobs/'>Apply by June</a></p>",
    "quarterly": "<img src='/cover.jpg' alt=''><h4>The Quarterly</h4><p>Out now.</p><a href='/q'>Read it</a>",
    "advertisement": "<small>Advertisement</small><a href='https://ads.example/1'><img src='https://ads.example/1.gif'></a>",
    "card": "<a href='/2015/03/23/the-dam/'><img src='/t.jpg'><span>Recommended</span><h4>The dam</h4></a>",
    "survey": "<p><b>Reader survey:</b> tell us what you think of it. <a href='/s'>Take the survey</a></p>",
    "appeal": "<p><b>Stay dry with us.</b> The weir is free to read but not free to keep. You may <a href='/donate/'>make a gift</a> today.</p>",
}  # fmt: skip
PLACES = {
    "over the text": lambda box: "".join([box, *PARAGRAPHS]),
    "amid": lambda box: "".join([*PARAGRAPHS[:4], box, *PARAGRAPHS[4:]]),
    "below one": lambda box: "".join([*PARAGRAPHS[:1], box, *PARAGRAPHS[1:]]),
    "over the note": lambda box: "".join([*PARAGRAPHS[:7], box, *PARAGRAPHS[7:]]),
    "ends a column": lambda box: columns([*PARAGRAPHS[:4], box], PARAGRAPHS[4:]),
    "begins a column": lambda box: columns(PARAGRAPHS[:4], [box, *PARAGRAPHS[4:]]),
    "a column": lambda box: columns(PARAGRAPHS[:4], [box], PARAGRAPHS[4:]),
    "ends a short column": lambda box: columns([*PARAGRAPHS[:2], box], PARAGRAPHS[2:]),
}


def columns(*parts: list[str]) -> str:
    return "".join(f"<div class='k6'><div class='k7'>{''.join(part)}</div></div>" for part in parts)


def read(
    text: str, over: str = "", byline: str = "<div>Author: Ann Roe, Example University</div>"
) -> Any:
    html = (
        f"<html><head><title>The weir</title></head><body><article><header><h1>The weir</h1>{byline}"
        f"<time datetime='2018-05-03'>3 May 2018</time></header>{over}<section class='k2'>{text}"
        "</section></article></body></html>"
    )
    return extract(Page.from_html(html, URL), EAF)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("box", BOXES)
def test_a_box_among_the_paragraphs_is_left_out_and_takes_none_with_it(
    box: str, place: str
) -> None:
    found = read(PLACES[place](f"<div class='z5'>{BOXES[box]}</div>"))
    assert found.text == PLAIN
    assert found.author_note == NOTE
    assert (found.images, found.links) == ((), ())


@pytest.mark.parametrize("box", BOXES)
def test_a_box_between_summary_and_text_takes_none_with_it(box: str) -> None:
    box = f"<div class='z5'>{BOXES[box]}</div>"
    brief = f"<div><h2>In Brief</h2>{PARAGRAPHS[0]}</div>"
    for before, after in ((box, ""), ("", box)):
        over = f"{brief}{before}{WIDGET}{WIDGET}"
        found = read("".join([after, *PARAGRAPHS[1:]]), over=over)
        assert (found.summary, found.text, found.links) == (PROSE[0], PLAIN, ())


def test_a_summary_in_a_box_under_its_label_is_no_such_box() -> None:
    box = "<div><p>The weir holds.</p><p><a href='https://a.example/'>Nobody noticed.</a></p></div>"
    over = f"<section><span>In Brief</span>{box}</section>{WIDGET}{WIDGET}"
    found = read("".join(PARAGRAPHS), over=over)
    assert found.summary == "The weir holds.\n\nNobody noticed."


def test_an_authors_card_over_or_among_the_paragraphs_is_no_such_box() -> None:
    card = "<div class='c2'><a href='/author/ann-roe/'>Ann Roe</a><p>Example University</p></div>"
    for text in (
        f"<p>Published: 3 May 2018, at the weir</p>{card}{''.join(PARAGRAPHS[:7])}",
        "".join([*PARAGRAPHS[:1], card, *PARAGRAPHS[1:7]]),
    ):
        found = read(text, byline="")
        assert [(one.name, one.affiliations) for one in found.authors] == [
            ("Ann Roe", ("Example University",))
        ]


@pytest.mark.parametrize(
    "inside",
    [
        "<div class='z5'><p><a href='https://example.org/report'>The report is here</a></p></div>",
        "<div class='z5'><p>Rain</p><p>Snow, as <a href='/2017/01/02/the-lock/'>the lock</a> shows</p></div>",
        "<div class='z5'><table><tr><td>Rain</td><td><a href='/r'>12</a></td></tr></table></div>",
        "<div class='z5'><h4>Books of the weir</h4><p><a href='/weir.pdf'>Volume one</a></p></div>",
        "<figure><blockquote><p>Rain, he said, is a rumour.</p></blockquote></figure>",
        "<blockquote><p>wrote down the height of the river each morning</p></blockquote>",
        "<p>The weir asked for gifts on <a href='/donate/'>this page</a> until the flood.</p>",
        "<div class='z5'><p>The lock <a href='https://lock.example/donate/'>asked</a> for gifts.</p></div>",
        "<div class='z5'><p>Many gave <a href='/2017/01/02/donate/'>to the lock</a>, as told.</p></div>",
        "<div class='z5'><p>Many gave, as <a href='/giving/'>a survey of the weir’s</a> has it.</p></div>",
        "<div class='z5'><p>The keepers <a href='/quarterly/'>wrote</a> of donations, too.</p></div>",
        "<blockquote><p>“<a href='/donate/'>Donate</a>,” they had said, and nobody did.</p></blockquote>",
        "<p><em>They asked for donations, and <a href='/weirs/'>wrote down</a> who gave.</em></p>",
    ],
    ids=[
        *("wrapped", "link within", "table", "file", "quotation", "words of the text"),
        *(
            "gifts",
            "others’ gifts",
            "an article on gifts",
            "a survey",
            "a page",
            "a quoted call",
            "italics",
        ),
    ],
)
def test_what_a_writer_puts_in_a_box_stays(inside: str) -> None:
    found = read("".join([*PARAGRAPHS[:4], inside, *PARAGRAPHS[4:]]))
    assert len(found.text) > len(PLAIN)
    assert all(line in found.text for line in PROSE)


def test_a_plea_among_the_paragraphs_is_no_note_on_an_author() -> None:
    box = (
        "<div class='z5'><h3>Support Quality Analysis</h3><p>East Asia Forum is free to read. Please"
        " help keep it that way.</p><a href='/donate/'>Donate</a></div>"
    )
    found = read("".join([*PARAGRAPHS[:4], box, *PARAGRAPHS[4:7]]), byline="")
    assert (found.author_note, found.text) == (None, PLAIN)


def test_a_last_paragraph_in_which_something_follows_is_text() -> None:
    said = "Ann Roe teaches hydrology at Example University."
    last = "The lesson of the weir is plain: write it down early, and trust will follow."
    byline = "<div>Author: Ann Roe, Example University</div>"
    found = read(
        "".join([*PARAGRAPHS[:7], f"<p>{said}</p><p>{last}</p>{PARAGRAPHS[7]}"]), byline=byline
    )
    assert found.text.endswith(last)


def test_a_card_or_a_credit_over_the_text_calls_nobody_away() -> None:
    card = "<div class='c2'><p>Ann Roe, of the weir.</p><a href='https://a.example/'>Home</a></div>"
    other = card.replace("Ann Roe, of the weir.", "Come to the weir.")
    assert "Ann Roe, of the weir." in read(f"{card}{''.join(PARAGRAPHS)}").text
    assert read(f"{other}{''.join(PARAGRAPHS)}").text == PLAIN
    credit = "<div>Photo: <a href='https://photos.example/roe'>Bo Lee</a></div>"
    box = f"<div class='c3'><img src='/q.jpg'>{credit}</div>"
    for text in ([box, *PARAGRAPHS], [*PARAGRAPHS[:4], box, *PARAGRAPHS[4:]]):
        found = read("".join(text))
        assert (found.text, [one.credit for one in found.images]) == (PLAIN, ["Bo Lee"])
