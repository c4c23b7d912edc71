"""Pieces of a text beside its container, and boxes in a line: no word of them is lost or glued."""

from __future__ import annotations

import pytest

from eafarchive import Page, extract, load_profile
from eafarchive.model import Article

TITLE = "The pier is closed for the winter"
LINES = [
    "The council of the island voted on Monday to close the pier, after part of it had fallen.",
    "Divers had found that the piles below the second landing were eaten away by the worm.",
    "Boats will land at the sand bank instead, where a pontoon was laid out on Thursday.",
    "“It holds a cow,” said one of the fishers, who had tried it with hers before the wind rose.",
    "The work begins in March, and costs what the island spends on its school in three years.",
    "Nobody has said yet who will pay for it, and the county has asked for another opinion.",
    "Until then the mail comes by the small boat, twice a week, when the sea allows it.",
]
PART = "<h2>A second opinion</h2>"


def boxes(*lines: str) -> str:
    return "<div>" + "".join(f"<div><p>{line}</p></div>" for line in lines) + "</div>"


def broken(*lines: str) -> str:
    return f"<div><p>{'<br>'.join(lines)}</p></div>"


def read(body: str) -> str:
    return extracted(body).text


def extracted(body: str) -> Article:
    html = (
        f"<html lang='en'><head><title>{TITLE}</title></head><body><main><div><article>"
        f"<header><h1>{TITLE}</h1></header>{body}</article></div></main></body></html>"
    )
    url = "https://paper.example/2024/01/02/pier"
    found = extract(Page.from_html(html, url, "text/html"), load_profile("generic"))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("first", [1, 2])
def test_a_text_in_boxes_without_a_class_goes_on_after_the_largest(first: int) -> None:
    pieces = boxes(*LINES[:first]), boxes(*LINES[first:5]), boxes(*LINES[5:])
    text = read(f"<section>{pieces[0]}{pieces[1]}{pieces[2]}</section>")
    assert text == "\n\n".join(LINES)


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_subheading_between_two_boxes_of_broken_lines_is_the_texts(at: int) -> None:
    body = f"<div>{broken(*LINES[: at + 1])}{PART}{broken(*LINES[at + 1 :])}</div>"
    assert "\n\nA second opinion\n\n" in read(body)
    assert all(line in read(body) for line in LINES)


def test_a_box_beside_such_a_text_that_is_built_otherwise_is_another() -> None:
    other = "<h3>From our readers</h3><div><p>A pier like that was never any use to us.</p></div>"
    text = read(f"<section>{boxes(*LINES[:2])}{boxes(*LINES[2:])}{other}</section>")
    assert text == "\n\n".join(LINES)


@pytest.mark.parametrize("depth", [1, 2])
def test_words_after_a_span_that_is_a_box_are_not_glued_to_it(depth: int) -> None:
    picture = "<div><img src='/pier.jpg'></div><em>The pier in October</em>"
    box = "<span>" * depth + picture + "</span>" * depth
    text = read(f"<div class='q7'>{box}{'<br><br>'.join(LINES)}</div>")
    assert text == "\n\n".join(LINES)
    plain = f"<span><b>{LINES[0][:20]}</b>{LINES[0][20:]}</span>"
    assert LINES[0] in read(f"<div class='q7'>{plain}<br><br>{'<br><br>'.join(LINES[1:])}</div>")


def test_a_hidden_box_in_a_line_ends_no_line_after_it() -> None:
    line = f"{LINES[1][:20]}<span hidden><div>a tip</div></span>{LINES[1][20:40]}<span>{LINES[1][40:60]}</span>"
    body = f"<p>{LINES[0]}</p><div>{line}{LINES[1][60:]}</div><p>{LINES[2]}</p><p>{LINES[3]}</p>"
    assert LINES[1] in read(f"<div class='q7'>{body}</div>")


def test_headings_in_sections_of_their_own_between_boxes_are_subheadings() -> None:
    parts = [f"<div><p>{one}</p></div>" for one in LINES]
    parts.insert(4, "<section><h2>Who is to pay</h2></section>")
    parts.insert(2, "<section><h2>What the divers saw</h2></section>")
    text = read(f"<div class='q7'>{''.join(parts)}</div>")
    assert "\n\nWhat the divers saw\n\n" in text
    assert "\n\nWho is to pay\n\n" in text


def test_a_sentence_below_the_text_in_one_box_with_a_name_is_a_card() -> None:
    text = f"<div><div>{'<br><br>'.join(LINES[:6])}</div></div>"
    html = f"<h1>{TITLE}</h1>{text}<div><em>Ann Roe</em><p>{LINES[6]}</p></div><h3>Other news</h3>"
    assert read(html).endswith(LINES[5])
    assert read(html.replace("<em>Ann Roe</em>", "")).endswith(LINES[6])


def test_a_picture_between_the_largest_box_and_one_that_goes_on_is_the_texts() -> None:
    picture = "<div><figure><img src='/b.jpg'><figcaption>The pier.</figcaption></figure></div>"
    one, other = ("".join(f"<p>{line}</p>" for line in lines) for lines in (LINES[:5], LINES[5:]))
    found = extracted(f"<div><div>{one}</div></div>{picture}<div>{other}</div><div>{picture}</div>")
    assert found.text == "\n\n".join(LINES)
    assert found.html.count("<img") == 1
