"""Captions without a credit: what their place or form gives away, and what only may be one.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from weirs import BYLINE, LINES, TEXT, TITLE, article, paragraphs

PICTURE = "<img src='/wp-content/uploads/2012/03/weir.jpg' alt=''>"
HEAD = f"<header>{TITLE}<time>4 March 2012</time>{PICTURE}</header>"
SHOWS = "A mason waits by the weir in Oxfjord"
DATED = "Masons mend the weir near Oxfjord, Norway, 9 April 2011"


@pytest.mark.parametrize(
    ("line", "over", "under"),
    [
        (f"{SHOWS}.", True, False),
        (f"{SHOWS}. [Source: Lantern]", True, True),
        (f"{SHOWS} and 12 more. [Source: Lantern]", True, False),
        (SHOWS, True, True),
        (f"The masons have gone. {SHOWS}", True, False),
        (DATED, True, True),
        (f"{SHOWS}.</p><p>Nobody had asked the masons.", False, False),
        (f"<a href='/a/'>{SHOWS}</a>", False, False),
        ("The long road", False, False),
        (f"<strong>{SHOWS}</strong>", False, False),
        ("Who pays for the weir in Oxfjord?", False, False),
        (f"“{SHOWS}.”", False, False),
    ],
)
@pytest.mark.parametrize("place", ["over", "under"])
def test_words_at_the_byline_below_a_picture_in_the_head(
    line: str, place: str, *, over: bool, under: bool
) -> None:
    words = f"<p>{line}</p>"
    first = f"{words}{BYLINE}" if place == "over" else f"{BYLINE}{words}"
    found = article(f"<article>{HEAD}<section>{first}{paragraphs(LINES)}</section></article>")
    is_caption = over if place == "over" else under
    assert [image.caption for image in found.images] == [line if is_caption else None]
    assert found.text.endswith(TEXT)
    assert (found.text == TEXT) is is_caption


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<header>{TITLE}</header>", "<p>{0}.</p>{1}{2}"),  # no picture
        (
            f"<header>{TITLE}<figure>{PICTURE}<figcaption>Weir</figcaption></figure></header>",
            "<p>{0}.</p>{1}{2}",
        ),
        (HEAD, "<div><p>{0}.</p>{1}</div>{2}"),  # a deck, in a box with the byline
        (HEAD, "<p>{0}.</p><div>{1}</div>{2}"),
        (HEAD, "<h4>{0}</h4>{1}{2}"),
        (HEAD, "<h4>In Brief</h4><p>{0}.</p>{1}{2}"),
    ],
)
def test_words_over_the_byline_that_may_be_the_text_s(head: str, body: str) -> None:
    text = body.format("The masons have left the weir", BYLINE, paragraphs(LINES))
    found = article(f"<article>{head}<section>{text}</section></article>")
    assert "The masons have left the weir" in f"{found.text}\n\n{found.summary}"


@pytest.mark.parametrize("below", ["and nobody has seen them since.", LINES[0]])
def test_a_line_without_a_stop_that_goes_on_in_the_next_is_no_caption(below: str) -> None:
    lines = [f"{below} {LINES[0]}", *LINES[1:]]
    first = f"{BYLINE}<p>{SHOWS}</p>"
    found = article(f"<article>{HEAD}<section>{first}{paragraphs(lines)}</section></article>")
    assert found.text.startswith(SHOWS) is below[0].islower()


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("The mayor speaks on stone at the mill in Oxfjord, 4 March 2011.", True),
        ("The mayor spoke on stone at the mill on Saturday, 4 March 2011.", False),
        ("The mill was sold on the last day of the fair, 4 March 2011.", False),
        ("The mill was sold in Oxfjord on 4 March 2011.", False),
    ],
)
def test_a_place_and_a_day_end_a_caption_amid_the_text(line: str, *, is_caption: bool) -> None:
    amid = f"<p>{PICTURE}</p><p>{line}</p>"
    words = f"{BYLINE}{paragraphs(LINES[:3])}{amid}{paragraphs(LINES[3:])}"
    found = article(f"<article>{TITLE}<section>{words}</section></article>")
    assert [image.caption for image in found.images] == [line if is_caption else None]
    assert (found.text == TEXT) is is_caption


@pytest.mark.parametrize(
    ("box", "is_caption"),
    [
        ("<div><span>{0}</span><span>{1}</span></div>", True),
        ("<p><span>{0}</span><span>{1}</span></p>", False),
        ("<div><span>{0}</span>{1}</div>", False),
        ("<div><span>{0}</span><span>{1}</span> So it was said.</div>", False),
    ],
)
def test_a_box_of_a_picture_and_a_line_of_its_own(box: str, *, is_caption: bool) -> None:
    amid = box.format(PICTURE, f"{SHOWS}.")
    words = f"{BYLINE}{paragraphs(LINES[:3])}{amid}{paragraphs(LINES[3:])}"
    found = article(f"<article>{TITLE}<div>{words}</div></article>")
    assert (found.text == TEXT) is is_caption
    assert [image.caption for image in found.images] == [f"{SHOWS}." if is_caption else None]
