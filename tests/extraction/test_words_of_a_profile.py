"""Words that a profile adds to what is searched for in boxes, buttons and lines at an article's end.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import msgspec
import pytest
from kites import BIO, PROSE, TITLE, URL, paragraphs

from eafarchive import Page, extract, load_profile
from eafarchive.model import Article

EAF = load_profile("eastasiaforum")
POLL = "".join(
    f"<li>{word} string<button>Tally</button></li>" for word in ("Hemp", "Silk", "Cotton")
)
ASKED = "The lantern below is lit by somebody else, and it may burn whoever comes near enough."
CALL = "The kite needs a longer string, and a coin in the hat buys one. <a href='/hat/'>The hat</a>"


def read(body: str, table: str, key: str, pattern: str) -> tuple[str, str]:
    """What is the article's of a page, by the profile as it is and with the pattern added."""
    html = (
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article>"
    )
    rules = msgspec.structs.replace(getattr(EAF, table), **{key: (pattern,)})
    found = []
    for profile in (EAF, msgspec.structs.replace(EAF, **{table: rules})):
        one = extract(Page.from_html(html, URL, "text/html"), profile)
        assert isinstance(one, Article)
        found.append(one.text)
    return found[0], found[1]


@pytest.mark.parametrize(
    ("key", "pattern", "body", "told"),
    [
        ("votes", "tally", f"{paragraphs(PROSE[:3])}<div><ul>{POLL}</ul></div>", "Hemp string"),
        (
            "asking",
            "lantern",
            f"{paragraphs(PROSE[:3])}<div><p>{ASKED}</p><button>Accept</button></div>",
            ASKED,
        ),
    ],
)
def test_a_word_tells_of_a_box_among_the_paragraphs(
    key: str, pattern: str, body: str, told: str
) -> None:
    before, after = read(body + paragraphs(PROSE[3:]) + f"<p>{BIO}</p>", "chrome", key, pattern)
    assert (told in before, told in after) == (True, False)
    assert all(line in after for line in PROSE)


def test_a_word_opens_a_line_of_thanks_under_a_note() -> None:
    body = paragraphs([*PROSE, BIO, "Obrigado a Mina Okonjo."])
    before, after = read(body, "notes", "thanks", "obrigad[oa]")
    assert (BIO in before, BIO in after) == (True, False)


def test_a_label_stands_over_a_list_of_the_articles_parts() -> None:
    parts = "".join(f"<li><a href='#k{at}'>The string of day {at}</a></li>" for at in range(3))
    body = f"{paragraphs(PROSE[:2])}<p>What awaits you</p><ul>{parts}</ul>{paragraphs(PROSE[2:])}"
    before, after = read(body, "labels", "contents", "what awaits you")
    assert ("awaits" in before, "awaits" in after) == (True, False)
