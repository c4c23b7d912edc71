"""Texts in rows, as page builders part them: none of their words is lost, and no other row taken."""

from __future__ import annotations

import pytest
from weirs import BYLINE, LINES, NOTE, TEXT, TITLE, article, paragraphs


def row(inside: str, *names: str) -> str:
    around = "".join(f"<div class='{name}'>" if name else "<div>" for name in names)
    return f"{around}{inside}{'</div>' * len(names)}"


@pytest.mark.parametrize("first", [2, len(LINES) - 2])
@pytest.mark.parametrize("names", [("row", "column", "inner", "wrap", "part", "box"), ("", "")])
def test_a_text_in_rows_of_many_wrappers(first: int, names: tuple[str, ...]) -> None:
    plea = (
        "<div><p>Join the readers of our newsletter. <a href='/subscribe/'>Subscribe</a></p></div>"
    )
    rows = [f"{TITLE}{BYLINE}", paragraphs(LINES[:first]), plea, paragraphs(LINES[first:]), NOTE]
    found = article(f"<main>{''.join(row(one, *names) for one in rows)}</main>")
    assert found.text == TEXT


SAYING = (
    "He who has salt has masons, and he who has masons has a weir, and nobody drinks from a weir."
)


@pytest.mark.parametrize("names", [("", ""), ("b", "c"), ("b css-1xq{}z", "c css-7ap{}b")])
@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ("<h2>On salt</h2>", "On salt"),
        ("<ul><li>barley</li><li>salt</li></ul>", "- barley\n- salt"),
        ("<table><tr><td>Salt</td><td>9</td></tr></table>", "Salt\t9"),
        (f"<blockquote><p>{SAYING}</p></blockquote>", SAYING),
    ],
    ids=["heading", "list", "table", "quotation"],
)
def test_a_later_row_may_open_with_more_than_a_paragraph(
    names: tuple[str, ...], opening: str, words: str
) -> None:
    inside = [TITLE + BYLINE, paragraphs(LINES[:4]), opening + paragraphs([*LINES[4:], NOTE])]
    rows = (row(one, *(name.format(at) for name in names)) for at, one in enumerate(inside))
    found = article(f"<main>{''.join(rows)}</main>")
    assert found.text == "\n\n".join([*LINES[:4], words, *LINES[4:]])
    assert found.author_note == NOTE


def test_a_row_of_its_own_that_calls_to_a_newsletter_is_no_text() -> None:
    call = "<p>Join the readers of our newsletter. <a href='/subscribe/'>Subscribe here</a>.</p>"
    parts = [paragraphs(LINES[:3]), call, paragraphs([*LINES[3:], NOTE])]
    for tag in ("section", "div class='q'"):
        rows = "".join(f"<{tag}>{part}</{tag.split()[0]}>" for part in parts)
        assert article(f"<main>{TITLE}{BYLINE}{rows}</main>").text == TEXT


@pytest.mark.parametrize(
    "row_of_others",
    [
        "<h4>The journal</h4><div><p>{}</p></div>",
        "<h4>Others</h4><div><h5><a href='/2011/01/02/x/'>A mill</a></h5><p>{}</p></div>",
        "<p><a href='/2011/01/02/x/'>A mill is sold</a></p><div><p>{}</p></div>",
    ],
)
def test_a_row_without_a_paragraph_right_in_it_is_another(row_of_others: str) -> None:
    other = "A mill on the next river was sold to a stranger, who has not been seen there since."
    rows = [TITLE + BYLINE, paragraphs([*LINES, NOTE]), row_of_others.format(other)]
    found = article(f"<main>{''.join(row(one, '', '') for one in rows)}</main>")
    assert found.text == TEXT


@pytest.mark.parametrize("names", ["", " class='a'"])
def test_a_text_that_begins_right_beside_its_title_and_goes_on_in_a_box(names: str) -> None:
    begin = paragraphs(LINES[:3])
    box = f"<div{names}>{paragraphs([*LINES[3:], NOTE])}</div>"
    found = article(f"<article>{TITLE}{BYLINE}{begin}{box}</article>")
    assert (found.text, found.author_note) == (TEXT, NOTE)


def test_a_deck_and_what_is_below_the_picture_are_no_beginning() -> None:
    over = f"<p class='d'>{LINES[0]}</p><p class='c'>{LINES[1]}</p>"
    box = f"<div class='a'>{paragraphs(LINES[2:])}</div>"
    found = article(f"<article>{TITLE}{BYLINE}{over}{box}</article>")
    assert found.text == "\n\n".join(LINES[2:])
