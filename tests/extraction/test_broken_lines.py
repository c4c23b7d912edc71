"""A text in boxes in which line breaks part it, boxes among its lines, and one in a single box
below its summary.
"""

from __future__ import annotations

import pytest
from kites import PROSE, TEXT, TITLE, TOOLS, page, paragraphs

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


OTHERS = "<a href='/1'>What twine costs</a>", "<a href='/2'>Why the pier stood empty all winter</a>"
LIST = "".join(f"<li>{one}</li>" for one in OTHERS)


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='x'><h4>Related articles</h4>{'<br>'.join(OTHERS)}</div>",
        f"<div class='x'><div><h3>Related articles</h3><ul>{LIST}</ul></div></div>",
        f"<h3>Related articles</h3><ul>{LIST}</ul>",
        f"<h3>Related articles</h3><ul>{LIST.replace('</li>', ' <span>3 May</span></li>')}</ul>",
    ],
    ids=["box", "boxes", "no box", "dated"],
)
def test_lines_go_on_below_a_box_of_other_articles(box: str) -> None:
    body = broken(*PROSE[:4], f"{box}{PROSE[4]}")
    assert page(HEAD, f"<div>{body}</div>").text == TEXT


@pytest.mark.parametrize("tag", ["p", "div", "", "boxes"])
@pytest.mark.parametrize("around", ["<div class='x'>{}</div>", "{}"])
def test_a_sentence_may_be_all_that_follows_such_a_box(tag: str, around: str) -> None:
    box = around.format(f"<h4>Related articles</h4><ul>{LIST}</ul>")
    said = [*PROSE, "The wind turned in the end."]
    begin, end = (f"<{tag}>", f"</{tag}>") if tag else ("", "<br><br>")
    begin, end = ("<div class='t'><p>", "</p></div>") if tag == "boxes" else (begin, end)
    lines = [f"{begin}{line}{end}" for line in said]
    body = f"<div>{''.join(lines[:-1])}{box}{lines[-1]}</div>"
    assert page(HEAD, body).text == "\n\n".join(said)


@pytest.mark.parametrize(
    ("labels", "stay"),
    [(("Costs still unclear", "Twine for a year"), True), (("Scroll on", "Scroll on"), False)],
    ids=["each its own", "the same"],
)
def test_lines_in_boxes_between_paragraphs_are_subheadings_where_they_differ(
    labels: tuple[str, str], *, stay: bool
) -> None:
    boxes = [f"<div class='zz'><div>{label}</div></div>" for label in labels]
    body = "".join(
        (paragraphs(PROSE[:2]), boxes[0], paragraphs(PROSE[2:4]), boxes[1], paragraphs(PROSE[4:]))
    )
    said = [*PROSE[:2], labels[0], *PROSE[2:4], labels[1], *PROSE[4:]] if stay else PROSE
    assert page(HEAD, body).text == "\n\n".join(said)


@pytest.mark.parametrize("label", ["<strong>In Brief:</strong> ", "<strong>In Brief</strong><br>"])
@pytest.mark.parametrize(
    ("opened", "brief"),
    [
        (f"<div><p>{{}}{LAST}</p><p>{MORE}</p></div>", [LAST, MORE]),
        (f"<p>{{}}{LAST}</p><p>{MORE}</p>{TOOLS}{TOOLS}", [LAST, MORE]),
        (f"<div><p>{{}}{LAST}</p></div><p>{MORE}</p>", [LAST]),
        (f"<p>{{}}{LAST}</p><p>{MORE}</p>", [LAST]),
    ],
)
def test_a_summary_whose_label_opens_it_ends_where_one_under_a_label_would(
    label: str, opened: str, brief: list[str]
) -> None:
    article = page(HEAD, f"{opened.format(label)}{paragraphs(PROSE)}")
    assert article.summary == "\n\n".join(brief)
    assert article.text == f"{LAST}\n\n{MORE}\n\n{TEXT}"
    assert len(article.warnings) == (opened[:3] == "<p>" and TOOLS not in opened)


LONG = f"{LAST} {MORE}"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{{}}{LAST}</p><p>{LONG}</p><hr>{paragraphs(PROSE)}",
        f"<section><p>{{}}{LAST}</p><p>{LONG}</p></section><section>{paragraphs(PROSE)}</section>",
    ],
    ids=["rule", "sections"],
)
def test_paragraphs_below_a_summary_whose_label_opens_it_are_the_articles(body: str) -> None:
    article = page(HEAD, body.format("<strong>In Brief:</strong> "))
    assert (article.summary, len(article.warnings)) == (LAST, 1)
    assert article.text == f"{LAST}\n\n{LONG}\n\n{TEXT}"
