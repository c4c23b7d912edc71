"""Boxes that stand among the journal's paragraphs and name themselves by their words alone."""

from __future__ import annotations

import pytest
from site_truth import BASE, read

from eafarchive.model import Article

URL = f"{BASE}2015/06/07/a-ferry-is-counted/"
LINES = [
    f"The {nth} ferry of the season was counted by hand at {place}, since the register had been"
    " lent to the school, and the count was sent to the ministry by the slow post in the autumn."
    for nth, place in zip(
        ("first", "second", "third", "fourth", "fifth", "sixth"),
        ("the pier", "the mill", "the inlet", "the chapel", "the ford", "the weir"),
        strict=True,
    )
]
TEXT = "\n\n".join(LINES)


def article(among: str, lines: list[str] = LINES) -> Article:
    before, after = ("".join(f"<p>{line}</p>" for line in part) for part in (lines[:2], lines[2:]))
    found = read(
        "<title>A ferry is counted | East Asia Forum</title><div class='zq'><h1>A ferry is counted</h1>"
        f"<p>Author: Ann Roe, University of Oxfjord</p><div class='k7'>{before}{among}{after}</div></div>"
        "<div class='k9'><p>Copyright ©2015 East Asia Forum. All rights reserved.</p></div>",
        URL,
    )
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("tag", ["h2", "h4"])
def test_a_newsletters_box_does_not_end_the_article(tag: str) -> None:
    box = (
        f"<div class='x1'><{tag}>Subscribe to our newsletter</{tag}><p>Get the week’s analysis in"
        " your inbox.</p><form><input name='e'><button>Sign up</button></form></div>"
    )
    assert article(box).text == TEXT
