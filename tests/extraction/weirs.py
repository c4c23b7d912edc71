"""An invented article about weirs, and a page to put its parts on as each test has them."""

from __future__ import annotations

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
