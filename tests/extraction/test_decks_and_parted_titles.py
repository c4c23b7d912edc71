"""Decks that open the body, titles that share a block with a kicker or a date, a byline below the lead."""

from __future__ import annotations

from typing import Any

import pytest
from test_any_page import PLAIN, PROSE, URL

from eafarchive import Page, extract, load_profile

PROFILES = ["generic", "wordpress"]
TITLE = "The lamps of the old harbour go out"
DECK = "Nobody on the pier knows who should carry the oil up from the boats this winter."
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in PROSE)


def read(
    body: str, profile: str = "generic", head: str = "", top: str = f"<h1>{TITLE}</h1>"
) -> Any:
    html = (
        f"<html><head><title>{TITLE} | Paper</title>{head}</head><body><article>{top}"
        f"<div class='q1'>{body}</div></article></body></html>"
    )
    return extract(Page.from_html(html, URL, "text/html"), load_profile(profile))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("deck", [f"<div><span>{DECK}</span></div>", f"<h4><div>{DECK}</div></h4>"])
def test_a_deck_that_opens_the_body_is_the_summary(profile: str, deck: str) -> None:
    told = f"<meta name='description' content='{DECK}'>"
    found = read(f"{deck}{PARAGRAPHS}", profile, told)
    assert (found.text, found.summary) == (PLAIN, DECK)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("deck", [DECK, f"<strong>{DECK}</strong>"])
def test_a_paragraph_in_a_box_of_its_own_right_below_the_title_is_the_summary(
    profile: str, deck: str
) -> None:
    top = f"<h1>{TITLE}</h1><div class='q2'><p>{deck}</p></div><p>By Ann Roe</p>"
    found = read(PARAGRAPHS, profile, top=top)
    assert (found.text, found.summary) == (PLAIN, DECK)


@pytest.mark.parametrize("over", [f"<a href='/l'>{DECK}</a>", DECK.rstrip(".")])
def test_a_line_of_links_or_no_sentence_right_below_the_title_is_no_summary(over: str) -> None:
    top = f"<h1>{TITLE}</h1><div class='q2'><p>{over}</p></div><p>By Ann Roe</p>"
    assert (found := read(PARAGRAPHS, top=top)).text == PLAIN
    assert found.summary is None


@pytest.mark.parametrize(
    ("first", "head"),
    [
        (f"<div>{DECK}</div>", ""),
        (f"<p>{DECK}</p>", f"<meta name='description' content='{DECK}'>"),
        ("<h3>Who carries the oil from the boats</h3>", ""),
        ("<h3>What is the oil for, and who pays for it?</h3>", ""),
    ],
)
def test_a_first_paragraph_and_a_subheading_are_the_text(first: str, head: str) -> None:
    found = read(f"{first}{PARAGRAPHS}", head=head)
    assert found.summary is None
    assert found.text.endswith(PLAIN)
    assert len(found.text) > len(PLAIN)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_title_below_a_kicker_in_one_heading_and_the_deck_in_its_header(profile: str) -> None:
    told = f"<meta property='og:title' content='{TITLE}'>"
    top = (
        f"<header><h2><span>At the pier</span><span>{TITLE}</span></h2><div>{DECK}</div>"
        "<div>By Ann Roe</div></header>"
    )
    found = read(PARAGRAPHS, profile, told, top)
    assert (found.title, found.text, found.summary) == (TITLE, PLAIN, DECK)
    assert found.fields["summary"] == "deck"


@pytest.mark.parametrize("profile", PROFILES)
def test_a_title_and_a_date_in_one_cell(profile: str) -> None:
    cell = f"<font size=4><b>{TITLE}</b></font><font size=1>21 March 2021</font>"
    html = (
        f"<html><head><title>{TITLE} - Paper</title></head><body><table><tr><td>{cell}{PARAGRAPHS}"
        "</td></tr></table></body></html>"
    )
    found: Any = extract(
        Page.from_html(html, "https://paper.example/lamps", "text/html"), load_profile(profile)
    )
    assert (found.title, found.text) == (TITLE, PLAIN)
    assert str(found.published_at).startswith("2021-03-21")


@pytest.mark.parametrize("profile", PROFILES)
def test_a_byline_below_the_lead_is_no_text(profile: str) -> None:
    line = "<div class='textauthor'><p>von Ulrich Ostermeyer</p></div>"
    found = read(f"<p><b>{PROSE[0]}</b></p>{line}{PARAGRAPHS[len(PROSE[0]) + 7 :]}", profile)
    assert (found.text, [one.name for one in found.authors]) == (PLAIN, ["Ulrich Ostermeyer"])
    for own in (
        "<p>von Ulrich Ostermeyer</p>",
        "<div class='author'><p>von allen guten Leuten</p></div>",
    ):
        assert "von " in read(f"<p>{PROSE[0]}</p>{own}{PARAGRAPHS}", profile).text


CENTRED = "<p style='text-align: center'>{}</p>"
SHOWN = "The pier of the old harbour was seen from the tower last winter."


def test_a_paragraph_centred_below_a_centred_picture_is_its_caption() -> None:
    picture = CENTRED.format("<img src='/a.jpg' width=600>")
    begin, end = ("".join(f"<p>{line}</p>" for line in part) for part in (PROSE[:2], PROSE[2:]))
    found = read(f"{begin}{picture}{CENTRED.format(SHOWN)}{end}")
    assert (found.text, [one.caption for one in found.images]) == (PLAIN, [SHOWN])
    assert SHOWN in read(f"{begin}{picture}<p>{SHOWN}</p>{end}").text
    assert SHOWN in read(f"{begin}{CENTRED.format(SHOWN)}{end}").text
    all_centred = "".join(CENTRED.format(line) for line in PROSE[2:])
    assert SHOWN in read(f"{begin}{picture}{CENTRED.format(SHOWN)}{all_centred}").text


def test_chinese_papers_name_their_editor_and_ask_to_share() -> None:
    for line in ("(责编：李志远、周思雨)", "分享让更多人看到"):
        assert read(f"{PARAGRAPHS}<div>{line}</div>").text == PLAIN
    said = "分享让更多人看到这座城市的灯光，港口的看守人在星期一的会议上这样对所有的人说。"
    assert said in read(f"{PARAGRAPHS}<p>{said}</p>").text


def test_a_deck_in_a_script_of_short_words() -> None:
    deck = "읍의회가 아홉 대 넷으로 계획을 통과시켰다."
    found = read(f"<h2>{deck}</h2>{PARAGRAPHS}")
    assert (found.text, found.summary) == (PLAIN, deck)
