"""Any news page: what builders of pages and newsrooms' systems put around and between the words."""

from __future__ import annotations

import json

import pytest
from test_any_page import read

from eafarchive.model import Article

URL = "https://kites.example/2021/06/12-ways-to-mend-a-kite"
LINES = [
    f"The {nth} kite over the harbour was flown by {who}, who had sewn it from an old sail in the"
    " winter, and nobody on the pier could say how long the string was that it hung upon."
    for nth, who in zip(
        ("first", "second", "third", "fourth"),
        ("a baker", "a ferryman", "two sisters", "the harbour master"),
        strict=True,
    )
]
TEXT = "\n\n".join(LINES)
TITLE = "<h1>Kites over the harbour</h1>"


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def article(body: str, head: str = "") -> Article:
    title = "<title>Kites over the harbour</title>"
    found = read(f"<html><head>{title}{head}</head><body>{body}</body></html>", URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "name", ["block-6ad11b9", "elementor-element-1ad9f3c", "sc-kAdFgh", "css-1nav9", "b-5cta2"]
)
def test_letters_among_digits_say_nothing(name: str) -> None:
    box = f"<div class='{name}' id='{name}'>{paragraphs(LINES[1:3])}</div>"
    found = article(f"<article>{TITLE}<p>{LINES[0]}</p>{box}<p>{LINES[3]}</p></article>")
    assert found.text == TEXT


@pytest.mark.parametrize("name", ["ad-300x250", "ad300x250", "nav2", "box ad"])
def test_sizes_and_numbers_leave_a_name_what_it_is(name: str) -> None:
    box = f"<div class='{name}'>{paragraphs(LINES[3:])}</div>"
    found = article(f"<article>{TITLE}{paragraphs(LINES[:2])}{box}<p>{LINES[2]}</p></article>")
    assert found.text == "\n\n".join(LINES[:3])


def test_a_dialog_is_no_article() -> None:
    consent = [
        f"We and our {n} partners may keep what you read, on your device, {n} years long, so"
        " that what you see in the evening is what you looked at in the morning."
        for n in range(9)
    ]
    dialog = f"<div role='dialog'><h2>We value you</h2>{paragraphs(consent)}</div>"
    assert (
        article(f"{dialog}<main><article>{TITLE}{paragraphs(LINES)}</article></main>").text == TEXT
    )


def test_a_question_in_a_button_is_a_heading() -> None:
    asked = "<h3><button aria-expanded='false'>Who sews them?</button></h3>"
    found = article(f"<article>{TITLE}<p>{LINES[0]}</p>{asked}{paragraphs(LINES[1:])}</article>")
    assert found.text == "\n\n".join([LINES[0], "Who sews them?", *LINES[1:]])


def test_a_body_in_data_alone_under_an_empty_shell() -> None:
    told = {"@type": "NewsArticle", "headline": "Kites over the harbour", "articleBody": TEXT}
    data = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    found = article("<div id='root'></div><noscript>Enable JavaScript</noscript>", data)
    assert found.text == TEXT


def test_a_number_in_a_slug_is_no_day() -> None:
    assert article(f"<article>{TITLE}{paragraphs(LINES)}</article>").url_date is None


@pytest.mark.parametrize(
    "line",
    [
        "<span>By Ann Roe</span><span>June 27, 2023</span>",
        "<span>by <span class='author vcard'><a class='fn n'>Ann Roe</a></span></span><span>27 June 2023</span>",
        "Posted June 27, 2023 by Ann Roe",
        "Submitted by <span>Ann Roe</span> on <span>Tue, 06/27/2023 - 10:22</span>",
        "By <b>— Ann Roe</b> | 27 June 2023",
        "<span class='journalist_name'>Ann Roe</span> <span>27 June 2023</span>",
        "<span class='x-author'><a>Ann Roe</a><i>Journalist</i></span> <span>27 June 2023</span>",
    ],
)
def test_who_and_when_at_the_seams_of_a_line(line: str) -> None:
    found = article(f"<article>{TITLE}<div>{line}</div>{paragraphs(LINES)}</article>")
    assert [author.name for author in found.authors] == ["Ann Roe"]
    assert (found.published_at or "").startswith("2023-06-27") or "06/27" in line
    assert found.text == TEXT


def test_a_reader_is_no_author() -> None:
    replies = (
        "<section><h3>25 Responses</h3><div><div class='c-author'>Bob Moe</div><div>April 19, 2024 at"
        f" 9:00 am</div><div><p>{LINES[0][::-1]}</p></div></div><form><textarea></textarea></form></section>"
    )
    found = article(f"<main><div>{TITLE}<div>{paragraphs(LINES)}</div></div>{replies}</main>")
    assert (found.authors, found.text) == ((), TEXT)


@pytest.mark.parametrize(
    "card",
    [
        "<a href='/x/'><img src='/x.jpg'><h3>A reed is bound and sold</h3></a>",
        "<a href='/x/'><h2>A reed is bound and sold</h2><p>And nobody bought it.</p></a>",
        (
            "<p><b>Related internet links</b></p><ul><li><a href='/x/'>A reed is bound and sold to a"
            " baker</a></li><li><a href='/y/'>A reed is lent to two sisters in autumn</a></li></ul>"
        ),
        "<blockquote class='wp-embedded-content'><a href='/x/'>A reed is bound</a></blockquote>",
    ],
)
def test_what_leads_on_among_the_paragraphs_is_no_text(card: str) -> None:
    found = article(
        f"<article>{TITLE}{paragraphs(LINES[:2])}{card}{paragraphs(LINES[2:])}</article>"
    )
    assert found.text == TEXT


def test_the_mark_of_a_heading_that_is_not_on_show() -> None:
    heading = "<h2>The string<a hidden href='#s'>#</a></h2>"
    found = article(
        f"<article>{TITLE}{paragraphs(LINES[:2])}{heading}{paragraphs(LINES[2:])}</article>"
    )
    assert "\n\nThe string\n\n" in found.text


def test_who_edited_is_no_text() -> None:
    lines = [
        f"第{n}只风筝在港口上空飞了很久，码头上没有人说得出那根线到底有多长，也没有人问过。"
        for n in "一二三四五六"
    ]
    found = article(f"<article>{TITLE}{paragraphs(lines)}<p>（责编：安罗、鲍莫）</p></article>")
    assert found.text == "\n\n".join(lines)


def test_the_authors_name_alone_at_the_end_signs() -> None:
    line = "<div>By Ann Roe | 27 June 2023</div>"
    found = article(
        f"<article>{TITLE}{line}{paragraphs(LINES)}<p><strong>Ann Roe</strong></p></article>"
    )
    assert (found.text, [author.name for author in found.authors]) == (TEXT, ["Ann Roe"])
