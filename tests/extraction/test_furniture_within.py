"""What plugins and browsers put among an article's words, and what is like it and is the writer's."""

from __future__ import annotations

import pytest
from weirs import BYLINE, LINES, NOTE, TITLE, article, paragraphs

from eafarchive.model import Article


def within(among: str, before: int = 3) -> Article:
    parts = f"{paragraphs(LINES[:before])}{among}{paragraphs(LINES[before:])}"
    return article(f"<main>{TITLE}<div>{BYLINE}{parts}<p>{NOTE}</p></div></main>")


def with_(words: str) -> str:
    return "\n\n".join((*LINES[:3], *([words] if words else []), *LINES[3:]))


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        ("<span class='sr'> (opens in a new tab)</span>", ""),
        ("<span> (Opens in new window)</span>", ""),
        (" opens in another way", " opens in another way"),
        (" (opens in May)", " (opens in May)"),
    ],
)
def test_what_a_link_says_of_its_window_is_no_text(hint: str, words: str) -> None:
    link = f"<p>See the <a href='https://mill.example/'>survey of the mills{hint}</a> of 2011.</p>"
    found = within(link)
    assert found.text == with_(f"See the survey of the mills{words} of 2011.")
    assert [one.text for one in found.links] == [f"survey of the mills{words}"]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Votes<a href='#votes' aria-hidden='true'>#</a>", "Votes"),
        ("<a href='#votes'>¶</a> Votes", "Votes"),
        ("Votes in C#", "Votes in C#"),
        ("Votes in C<a href='/sharp/'>#</a>", "Votes in C#"),
    ],
)
def test_the_sign_of_a_headings_link_to_itself_is_no_text(heading: str, words: str) -> None:
    assert within(f"<h2 id='votes'>{heading}</h2>").text == with_(words)
