"""What plugins put among and after an article's words: icons, labels, other posts, buttons."""

from __future__ import annotations

import pytest
from site_truth import BASE, read

from eafarchive.model import Article

URL = f"{BASE}2012/03/04/a-weir-is-mended/"
LINES = [
    f"The {nth} weir on the river was mended at {place} before the flood, since the millers had"
    " agreed upon the price of stones, and the council paid the masons in barley and in salt."
    for nth, place in zip(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh"),
        ("the pier", "the mill", "the inlet", "the chapel", "the ford", "the quay", "the gate"),
        strict=True,
    )
]
NOTE = "Ann Roe is Senior Fellow at the Institute of Weirs, Oxfjord."
CLOSING = "An extended version of this article was published here as part of a series on weirs."
TEXT = "\n\n".join(LINES)
HEAD = "<title>A weir is mended | East Asia Forum</title>"
TITLE = "<h1>A weir is mended</h1>"
BYLINE = "<p>Author: Ann Roe, Institute of Weirs</p>"
END = "<div class='k9'><p>Copyright ©2015 East Asia Forum. All rights reserved.</p></div>"


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def article(html: str) -> Article:
    found = read(HEAD + html + END, URL)
    assert isinstance(found, Article)
    return found


ICONS = [
    (
        "<div class='zz'><a href='https://www.addtoany.com/share_save'><img alt='Share' width='171'"
        " height='16' src='https://static.example.org/b.png'></a></div>"
    ),
    "<p><a href='/print/'><img src='/wp-content/plugins/x-print/images/print.gif' alt='Print'></a></p>",
    "<p><img src='/wp-content/themes/oxfjord/images/end.png' alt=''></p>",
    "<div><p>Related posts:</p><ol><li><a href='/2010/01/01/r/'>A reed</a></li></ol></div>",
    (
        "<div><p>Related posts:</p><ol><li><a href='/2010/01/01/r/'>A reed is cut</a></li>"
        "<li><a href='/2010/02/01/r/'>A reed is bound</a></li></ol></div>"
    ),
]


@pytest.mark.parametrize("icon", ICONS)
def test_what_stands_below_the_notes_keeps_none_of_them_back(icon: str) -> None:
    notes = f"<p><em>{NOTE}</em></p><p>{CLOSING}</p>"
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{notes}{icon}</div>"
        "</article></main>"
    )
    assert (found.text, found.author_note, found.notes) == (TEXT, NOTE, (CLOSING,))
    assert found.images == ()


@pytest.mark.parametrize("icon", ICONS)
def test_what_stands_above_the_notes_keeps_none_of_them_back(icon: str) -> None:
    notes = f"<p><em>{NOTE}</em></p><p>{CLOSING}</p>"
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{icon}{notes}</div>"
        "</article></main>"
    )
    assert (found.text, found.author_note, found.notes) == (TEXT, NOTE, (CLOSING,))


def test_a_timthumb_in_a_theme_is_a_picture() -> None:
    picture = "/wp-content/themes/x/timthumb.php?src=/wp-content/uploads/2012/03/weir.jpg&amp;w=300"
    found = article(
        f"<main>{TITLE}<div>{BYLINE}<p><img src='{picture}'></p>{paragraphs(LINES)}</div></main>"
    )
    assert len(found.images) == 1
