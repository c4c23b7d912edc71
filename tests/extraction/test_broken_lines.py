"""A text in boxes in which line breaks part it, boxes among its lines, and one in a single box
below its summary.
"""

from __future__ import annotations

import pytest
from kites import PROSE, TEXT, TITLE, page, paragraphs

HEAD = f"<h1>{TITLE}</h1><p>Author: Ann Roe, ANU</p>"
LAST = "The wind turns in May, and those who wait for it on the pier know that it always has."
MORE = "Nobody counts the kites that are lost over the strait, though the harbour keeps a list of them."
OFFER = (
    "Once a week we send what we wrote of kites to those who ask for it, and nobody else sees it."
)


def broken(*lines: str) -> str:
    return "<div>" + "<br><br>".join(lines) + "</div>"


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ("<figure><div><iframe src='https://video.example/1'></iframe></div></figure>", []),
        ("<ul><li>Twine</li><li>Paper</li></ul>", ["- Twine\n- Paper"]),
        ("<div>Advertisement</div>", []),
        ("<h5>Knots</h5>", ["Knots"]),
    ],
    ids=["embed", "list", "advertisement", "heading"],
)
def test_what_stands_among_chunks_of_broken_lines(between: str, said: list[str]) -> None:
    body = f"{broken(*PROSE)}{between}{broken(LAST, MORE)}"
    article = page(HEAD, f"<div>{body}</div><div><a href='/c/'>Kites</a></div>")
    assert article.text == "\n\n".join([TEXT, *said, LAST, MORE])


def test_a_box_of_another_kind_beside_broken_lines_is_no_text() -> None:
    body = f"{broken(*PROSE)}<div class='rail'>{OFFER}</div>"
    assert page(HEAD, f"<div>{body}</div>").text == TEXT


@pytest.mark.parametrize("brief", [LAST, f"{LAST} {MORE} {LAST} {MORE}"])
def test_a_text_in_one_box_below_its_summary(brief: str) -> None:
    body = f"<section><h2>In Brief</h2><div><p>{brief}</p></div></section><div>{PROSE[0]}</div>"
    article = page(HEAD, f"<div>{body}</div><div><a href='/c/'>Kites</a></div>")
    assert (article.summary, article.text) == (brief, f"{brief}\n\n{PROSE[0]}")


def test_a_box_below_another_that_holds_more_than_the_summary_is_no_text() -> None:
    body = f"<section><h2>In Brief</h2><p>{LAST}</p></section>{paragraphs(PROSE)}"
    article = page(HEAD, f"<div>{body}</div><div>{OFFER}</div>")
    assert article.text == f"{LAST}\n\n{TEXT}"


@pytest.mark.parametrize(("name", "rail"), [("", ""), (" class='zk'", f"<div>{OFFER}</div>")])
def test_a_text_of_two_boxes_of_which_one_is_most(name: str, rail: str) -> None:
    first = " ".join(PROSE)
    body = f"<div{name}>{first}</div><div{name}>{LAST}</div>{rail}"
    assert page(HEAD, f"<div>{body}</div>").text == f"{first}\n\n{LAST}"
