"""What ends a caption and says whose picture it is, and what only looks like it."""

from __future__ import annotations

import pytest
from weirs import BYLINE, LINES, TEXT, TITLE, article, paragraphs

SHOWS = "A crane stands idle at the weir in Oxfjord on a day in"
PICTURE = "<img src='/wp-content/uploads/2012/03/crane.jpg' alt=''>"


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("spring (AAP Image)", "AAP Image"),
        ("spring (AP Photo/Ann Roe)", "AP Photo/Ann Roe"),
        ("spring (Photo AAP)", "AAP"),
        ("2012 © AAP", "AAP"),
        ("spring © Reuters", "Reuters"),
        ("spring Source: AAP", "AAP"),
        ("spring Photo: Reuters", "Reuters"),
    ],
)
@pytest.mark.parametrize("place", ["head", "first", "among"])
def test_a_credit_ends_a_caption_at_a_picture(credit: str, name: str, place: str) -> None:
    caption = f"{SHOWS} {credit}"
    head, first, among = (
        f"<div>{PICTURE}</div>" if place == "head" else "",
        f"<p>{PICTURE}</p><p>{caption}</p>" if place == "first" else "",
        f"<p>{PICTURE}</p><p>{caption}</p>" if place == "among" else "",
    )
    if place == "head":
        first = f"<p>{caption}</p>"
    text = f"{first}{paragraphs(LINES[:3])}{among}{paragraphs(LINES[3:])}"
    found = article(f"<main>{TITLE}{head}<div>{BYLINE}{text}</div></main>")
    assert found.text == TEXT
    assert [(one.caption, one.credit) for one in found.images] == [(caption, name)]


@pytest.mark.parametrize(
    "words",
    [
        f"{SHOWS} spring, as the council said that it would (Reuters).",
        f"{SHOWS} spring, and the masons are paid (AP Moller).",
        f"{SHOWS} spring, by the best of any source: apart from the masons",
        f"{SHOWS} spring that was called The Image: a history of the mill.",
    ],
)
@pytest.mark.parametrize("before", [0, 3])
def test_prose_that_ends_like_a_caption_is_none_without_a_picture(words: str, before: int) -> None:
    lines = [*LINES[:before], words, *LINES[before:]]
    found = article(f"<main>{TITLE}<div>{BYLINE}{paragraphs(lines)}</div></main>")
    assert found.text == "\n\n".join(lines)


@pytest.mark.parametrize(
    ("below", "caption"),
    [
        (
            "<div><b>Listen to this article</b><audio src='/a.mp3'></audio><i>4 min</i></div>",
            None,
        ),
        ("<div><b>The weir at noon in Oxfjord</b> <i>4 March</i></div>", "The weir at noon"),
    ],
)
@pytest.mark.parametrize("within", [True, False])
def test_words_with_what_is_heard_are_no_caption(
    below: str, caption: str | None, *, within: bool
) -> None:
    figure = f"<figure>{PICTURE}</figure>"
    over, inside = ("", figure) if within else (figure, "")
    text = f"<div>{inside}{below}{paragraphs(LINES)}</div>"
    found = article(f"<main>{TITLE}{BYLINE}{over}{text}</main>")
    assert found.text == TEXT
    (image,) = found.images
    assert (image.caption or "")[:16] == (caption or "")


def test_a_credit_ends_a_caption_in_a_box_with_what_is_heard() -> None:
    words = "<br>The weir at noon (Photo: Bo Poe/Reuters)<audio src='/a.mp3'></audio>"
    text = f"<div><div>{PICTURE}{words}</div>{paragraphs(LINES)}</div>"
    found = article(f"<main>{TITLE}{BYLINE}{text}</main>")
    assert ([one.credit for one in found.images], found.text) == (["Bo Poe/Reuters"], TEXT)


@pytest.mark.parametrize(
    ("more", "caption"), [("", f"{SHOWS} spring."), ("<tr><td>Weirs</td></tr>", None)]
)
def test_the_next_row_of_a_picture_in_a_table_is_its_caption(
    more: str, caption: str | None
) -> None:
    rows = f"<tr><td>{PICTURE}</td></tr><tr><td>{SHOWS} spring.</td></tr>{more}"
    table = f"<table align='right'>{rows}</table>"
    cell = f"<td>{TITLE}{BYLINE}{table}<div>{paragraphs(LINES)}</div></td>"
    found = article(f"<table><tr>{cell}</tr></table>")
    assert [image.caption for image in found.images] == [caption]
    assert found.text == TEXT


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("A market by the weir, Oxfjord, 2002.", True),
        ("The keepers of the weir were paid in barley until the flood, 2002.", False),
    ],
)
def test_a_year_ends_a_caption_that_is_no_sentence(line: str, *, is_caption: bool) -> None:
    body = f"<p>{PICTURE}</p><p>{line}</p>{paragraphs(LINES)}"
    found = article(f"<main>{TITLE}{BYLINE}<div>{body}</div></main>")
    (image,) = found.images
    assert image.caption == (line if is_caption else None)
    assert found.text == (TEXT if is_caption else f"{line}\n\n{TEXT}")
