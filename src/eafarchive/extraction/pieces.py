"""Articles in several pages: whether this page holds only a piece of one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from eafarchive.extraction.page import Page, resolve

_PAGES = (
    "link[rel~=next], link[rel~=prev], a[href$='/2'], a[href$='/2/'], a[href$='/1'],"
    " a[href$='/1/'], a[href$='=2'], a[href$='2.html'], a[rel~=next], a[rel~=prev]"
)
_NUMBERED = re.compile(
    r"(?P<stem>.*?)(?:(?:/page|/seite)?[/_](?P<number>[1-9]\d?)(?:\.s?html?)?"
    r"|-(?P<last>[1-9]\d?)\.s?html?)"
)
_SUFFIX = re.compile(r"\.s?html?$")
_QUERIES = frozenset(("page", "pg", "p", "paged", "seite", "pagina", "strona"))
"""Names of a query's part that numbers pages."""


def other_piece(page: Page) -> str | None:
    """The address of another page of the same article; ``None`` for an article in one page.

    Another page's address is this one's with a number: ``/2/`` (WordPress's ``<!--nextpage-->``),
    ``/page/2``, ``_2.html``, ``?page=2``. Posts before and after one have other addresses.
    """
    own = _place(page.url)
    for node in page.tree.css(_PAGES):
        url = resolve(page.base, node.attributes.get("href") or "")
        if url is None:
            continue
        there = _place(url)
        if there[0] == own[0] and there[1] != own[1] and max(there[1], own[1]) > 1:
            return url
    return None


def _place(url: str) -> tuple[tuple[str, str], int]:
    """What all pages of an article share, and the number of this one."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    for name, values in parse_qs(parts.query).items():
        if name.lower() in _QUERIES and values[0].isdecimal():
            return (host, _SUFFIX.sub("", path)), int(values[0][:4])
    if (found := _NUMBERED.fullmatch(path)) and found["stem"].strip("/"):
        return (host, found["stem"]), int(found["number"] or found["last"])
    return (host, _SUFFIX.sub("", path)), 1
