"""A sentence shown twice, cells with boxes, a byline below the summary, a role, a credit.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_calls_and_columns import PARAGRAPHS, PLAIN, WIDGET, read


@pytest.mark.parametrize(
    "box",
    [
        "<figure class='p1'><blockquote><p>{}</p></blockquote></figure>",
        "<div class='p1'>{}</div>",
        "<blockquote class='pullquote'><p>“{}”</p></blockquote>",
    ],
)
def test_a_sentence_of_the_text_again_is_left_out(box: str) -> None:
    quote = box.format("wrote down the height of the river each morning")
    assert read("".join([*PARAGRAPHS[:4], quote, *PARAGRAPHS[4:]])).text == PLAIN


WHOLE = "The keeper asked the council for oil, and the council said that it would think about it."


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote class='p1'><p>{}</p></blockquote>",
        "<figure class='p1'><blockquote><p>“{}”</p></blockquote></figure>",
        "<blockquote><p>{}</p><cite>Nora Pell, keeper</cite></blockquote>",
        "<div class='p1'><p>“{}”</p><p>Nora Pell, keeper</p></div>",
    ],
)
def test_a_paragraph_shown_again_is_left_out_with_who_said_it(box: str) -> None:
    lines = [*PARAGRAPHS[:2], f"<p>{WHOLE}</p>", *PARAGRAPHS[2:]]
    for at in (2, 3, 6):
        found = read("".join([*lines[:at], box.format(WHOLE), *lines[at:]]))
        assert found.text == read("".join(lines)).text
    said = box.format("Nobody else in the town had ever asked for so much oil in one winter.")
    assert "so much oil" in read("".join([*lines[:4], said, *lines[4:]])).text


def test_a_quotation_of_what_another_says_and_what_stands_under_it_stay() -> None:
    said = f"<blockquote><p>{WHOLE}</p></blockquote>"
    lines = [*PARAGRAPHS[:2], said, *PARAGRAPHS[2:4], said, *PARAGRAPHS[4:]]
    assert read("".join(lines)).text.count(WHOLE) == 2
    lines[4:4] = [f"<div><p>{WHOLE}</p><p>So it went.</p></div>"]
    found = read("".join(lines)).text
    assert (found.count(WHOLE), found.count("So it went.")) == (2, 1)


def test_a_subheading_may_say_what_a_paragraph_says() -> None:
    part = "<div class='p1'><h3>The keeper asked the council for oil</h3></div>"
    found = read("".join([*PARAGRAPHS[:4], part, f"<p>{WHOLE}</p>", *PARAGRAPHS[4:]])).text
    assert found.count("The keeper asked the council for oil") == 2


def test_a_cell_may_hold_a_box() -> None:
    rows = "".join(
        f"<tr><td><div>{name}</div></td><td><div>{n}</div></td></tr>"
        for name, n in (("Rain", 12), ("Snow", 7))
    )
    table = f"<table><tr><th>What</th><th>Days</th></tr>{rows}</table>"
    found = read("".join([*PARAGRAPHS[:4], table, *PARAGRAPHS[4:]]))
    assert "What\tDays\nRain\t12\nSnow\t7" in found.text


def test_a_byline_with_a_link_stands_below_the_summary() -> None:
    brief = f"<div><h2>In Brief</h2>{PARAGRAPHS[0]}</div>{WIDGET}{WIDGET}"
    line = "<p>By <a href='/author/ann-roe/' rel='author'>Ann Roe</a></p>"
    found = read("".join([line, *PARAGRAPHS[1:7]]), over=brief, byline="")
    assert (found.byline, [a.name for a in found.authors]) == ("By Ann Roe", ["Ann Roe"])
    assert found.text == PLAIN


def test_a_role_a_caption_and_a_last_sentence() -> None:
    byline = "<div>Author: Ann Roe, Research Associate, Example University</div>"
    picture = "<p><img src='/q.jpg'></p><p>The weir on Tuesday (Pool photo via AP)</p>"
    last = "<p>Read more of the same books, and the river grows smaller.</p>"
    found = read("".join([picture, *PARAGRAPHS[:7], last]), byline=byline)
    (author,) = found.authors
    assert (author.role, author.affiliations) == ("Research Associate", ("Example University",))
    assert found.text.endswith("the river grows smaller.")
    assert [(i.caption, i.credit) for i in found.images] == [
        ("The weir on Tuesday (Pool photo via AP)", "AP")
    ]


@pytest.mark.parametrize("tag", ["h4", "p"])
def test_a_summary_in_its_box_may_have_a_sentence_of_the_text(tag: str) -> None:
    said = "Nobody has looked for the books of the weir since the flood."
    brief = f"<div class='b1'><{tag}>In Brief</{tag}><p>{said}</p></div>"
    more = f"<p>{said} They are in the attic of the mill.</p>"
    for found in (
        read("".join([*PARAGRAPHS[:4], more, *PARAGRAPHS[4:]]), over=brief),
        read("".join([brief, *PARAGRAPHS[:4], more, *PARAGRAPHS[4:]])),
    ):
        assert found.summary == said
        assert found.text.startswith(said)


SAID = "the council said that it would think about it"


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote class='p1'><p>{}</p><cite>Nora Pell, keeper</cite></blockquote>",
        "<blockquote class='p1'><div><p>{}</p><p><span>Nora Pell</span></p></div></blockquote>",
        "<div class='p1'><blockquote><p>{}</p></blockquote><p>Nora Pell</p></div>",
        "<blockquote><div>{}</div><span>Nora Pell</span><span>Keeper</span></blockquote>",
        "<blockquote><span>{}</span><div><span>Nora Pell</span><div>Keeper</div></div></blockquote>",
        "<figure><blockquote><p>“{}”</p></blockquote></figure>",
        "<blockquote><span><i></i>{}.<span>- Nora Pell</span></span></blockquote>",
    ],
)
def test_a_part_of_a_paragraph_shown_again_is_left_out_with_who_said_it(box: str) -> None:
    lines = [*PARAGRAPHS[:2], f"<p>{WHOLE}</p>", *PARAGRAPHS[2:]]
    for words in (SAID, SAID.capitalize()):
        found = read("".join([*lines[:5], box.format(words), *lines[5:]]))
        assert found.text == read("".join(lines)).text
    own = box.format("Nobody else in the town had ever asked for it.")
    assert "Nobody else in the town" in read("".join([*lines[:5], own, *lines[5:]])).text


def test_a_quotation_of_a_part_that_a_paragraph_leads_to_or_nobody_signs_stays() -> None:
    lines = [*PARAGRAPHS[:2], f"<p>{WHOLE}</p>", *PARAGRAPHS[2:4]]
    rest = "".join(PARAGRAPHS[4:])
    bare = f"<blockquote><p>{SAID}</p></blockquote>"
    signed = f"<p>This is what she wrote of it:</p>{bare.replace('</p>', '</p><cite>Nora</cite>')}"
    for quotation in (bare, signed):
        assert read("".join([*lines, quotation, rest])).text.count(SAID) == 2


ASKED = "The keeper asked the council of the valley for oil."
LONG = f"{{}} {WHOLE.replace('asked', 'had begged')}"


@pytest.mark.parametrize(
    ("paragraph", "over", "times"),
    [
        (ASKED, "", 1),
        (f"“{ASKED}”", "", 2),
        (f"“The lamps are out. {ASKED}”", "", 2),
        (f"« {ASKED} »", "", 2),
        (f"「灯が消えた。{ASKED}」", "", 2),
        (f"<em>{ASKED}</em>", "", 2),
        (ASKED, "<p>This is what she wrote of it:</p>", 2),
    ],
)
def test_a_sentence_in_a_bare_quotation_goes_where_a_paragraph_has_it_in_its_own_words(
    paragraph: str, over: str, times: int
) -> None:
    lines = [*PARAGRAPHS[:2], f"<p>{LONG.format(paragraph)}</p>", *PARAGRAPHS[2:4]]
    quotation = f"{over}<blockquote><p>{ASKED}</p></blockquote>"
    assert read("".join([*lines, quotation, *PARAGRAPHS[4:]])).text.count(ASKED) == times
    again = [*PARAGRAPHS[:2], quotation, *PARAGRAPHS[2:4], lines[2], *PARAGRAPHS[4:]]
    assert read("".join(again)).text.count(ASKED) == 2
    opened = f"<p>{paragraph} {LONG.format('')}</p>"
    right_below = [*PARAGRAPHS[:2], quotation, opened, *PARAGRAPHS[2:]]
    assert read("".join(right_below)).text.count(ASKED) == times


def test_a_pull_quote_goes_where_each_paragraph_has_a_box_like_its_own() -> None:
    lines = [*PARAGRAPHS[:2], f"<p>{WHOLE}</p>", *PARAGRAPHS[2:]]
    boxes = [f"<div class='p7'>{line}</div>" for line in lines]
    pulled = f"<div class='p7'><div class='p8'><p>“{SAID}”</p></div></div>"
    plain = read("".join(boxes)).text
    assert read("".join([*boxes[:5], pulled, *boxes[5:]])).text == plain
    again = f"<div class='p7'><p>{SAID}</p></div>"
    assert read("".join([*boxes[:5], again, *boxes[5:]])).text.count(SAID) == 2
