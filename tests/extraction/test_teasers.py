"""Headlines of other articles among the paragraphs, without a label: they go, a writer's links stay."""

from __future__ import annotations

import pytest
from test_pieces_beside import LINES, read

LINK = "<a href='/n/7'>The museum keeps its tower open</a>"
ELSEWHERE = LINK.replace("/n/7", "https://museum.example/tower")


def among(line: str, at: int = 3) -> str:
    paragraphs = [f"<p>{one}</p>" for one in LINES]
    return read(f"<div class='q7'>{''.join([*paragraphs[:at], line, *paragraphs[at:]])}</div>")


@pytest.mark.parametrize(
    "line",
    [
        f"<p>{LINK}</p>",
        f"<p><b><i>{LINK}</i></b></p>",
        f"<p>{LINK}<span> Opens in new window </span></p>",
        f"<div class='q8'><p class='q9'>[ {LINK} ]</p></div>",
        "<p><a href='/n/7'>➤➤➤鋒面通過 北部東北部防大雨</a></p>",
        f"<ul><li><strong>{LINK}</strong></li></ul>",
        f"<div class='q8'><ul><li>{LINK}</li></ul></div>",
        f"<table><tr><td><h3>{LINK}</h3></td></tr></table>",
        f"<p><strong>Go deeper: </strong>{LINK}</p>",
        f"<p><strong>อ่านข่าวเพิ่มเติม : {LINK}</strong></p>",
        "<ul><li><a href='/n/6'>The oil for the lamps</a></li><li><a href='/n/7'>A tower that is open</a></li></ul>",
        f"<div class='q8'>{LINK} <span>(noe.PAPER.at)</span></div>",
    ],
)
def test_a_linked_headline_among_the_paragraphs_is_left_out(line: str) -> None:
    assert among(line) == "\n\n".join(LINES)
    kept = among(line.replace("/n/7", "https://museum.example/n/7"))
    assert line.startswith("<div") or len(kept) > len("\n\n".join(LINES))


@pytest.mark.parametrize(
    "line",
    [
        f"<h3>{LINK}</h3>",
        f"<ul><li><h3>{LINK}</h3></li></ul>",
        f"<p>{LINK}.</p>",
        f"<p>It says so: {LINK}</p>",
        "<p><a href='/authors/ann-roe'>Ann Roe of the Harbour Institute</a></p>",
        f"<p>{ELSEWHERE}</p>",
        f"<ul><li>{ELSEWHERE}</li></ul>",
        f"<p>The keeper has written to them:</p><p>{LINK}</p>",
        "<p>The keeper says so:</p><ul><li><a href='/n/6'>The oil for the lamps</a></li><li><a href='/n/7'>A tower that is open</a></li></ul>",
        f"<ul><li>{LINK}</li><li><b>No</b></li></ul>",
    ],
)
def test_a_linked_line_of_the_writers_stays(line: str) -> None:
    assert len(among(line)) > len("\n\n".join(LINES)) + 20


@pytest.mark.parametrize(
    "line",
    [
        "<p>(<a href='/n/7'>The museum keeps its tower open</a>)</p>",
        "<p><a href='/n/7'>Yes</a></p>",
    ],
)
def test_a_few_linked_words_or_an_aside_in_brackets_stay(line: str) -> None:
    assert len(among(line)) > len("\n\n".join(LINES)) + 2


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li>You find more such stories on <a href='/'>our front page</a></li></ul>",
        "<p><a href='/'>For more stories, go to the homepage.</a></p>",
        (
            "<div class='q8'><div><a href='/n/7'></a><div><span>The museum keeps its tower open</span>"
            "<div>3 March, 12:10</div></div></div></div>"
        ),
    ],
)
def test_a_box_that_a_link_tells_to_be_none_of_the_text_is_left_out(line: str) -> None:
    assert among(line) == "\n\n".join(LINES)


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li>What the keeper said is in <a href='/n/7'>her own letter</a></li></ul>",
        "<div class='q8'><a name='part'></a><p>The museum keeps its tower open</p><p>It was cold</p></div>",
        (
            "<div><p><a href='#n1'>What the clerk wrote</a></p><p id='n1'>He wrote that the pier was"
            " safe, and signed it with the date of the day before the storm.</p></div>"
        ),
        (
            "<ul><li><a href='/a.mp3'>The first bell of the pier</a></li>"
            "<li><a href='/b.mp3'>The second bell of the pier</a></li></ul>"
        ),
        f"<ul><li><a href='/a.mp3'>The bell</a></li>{'<li>A rope of the pier</li>' * 8}</ul>",
    ],
)
def test_a_box_of_the_writers_stays(line: str) -> None:
    assert len(among(line)) > len("\n\n".join(LINES)) + 20


def test_a_text_that_is_made_of_linked_headlines_keeps_them() -> None:
    lines = "".join(
        f"<p>{LINK.replace('/7', f'/{at}')}</p><p>{one}</p>" for at, one in enumerate(LINES)
    )
    assert read(f"<div class='q7'>{lines}</div>").count("The museum keeps") >= len(LINES) - 1


@pytest.mark.parametrize("at", [3, len(LINES)])
@pytest.mark.parametrize("box", ["<div class='q8'><p>{}</p></div>", "<p>{}</p>"])
def test_the_end_between_two_rules_and_a_line_on_what_is_below_are_left_out(
    at: int, box: str
) -> None:
    words = "---- समाप्त ----" if at == len(LINES) else "請繼續往下閱讀..."
    assert among(box.format(words), at) == "\n\n".join(LINES)
