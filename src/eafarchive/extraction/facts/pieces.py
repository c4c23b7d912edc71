"""Articles in several pages: whether this page holds only a piece of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborNode

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.page import Page, host_of, resolve

_RELATIONS = frozenset(("next", "prev"))
_BESIDE = range(-3, 15)
"""How far from the last block of the text the links to its other pages stand."""
_RELATIVE = frozenset("?.123456789")
_MAX_LINKS = 100
"""Characters of a block that holds such links."""
_NUMBERED = re.compile(
    r"(?:(?:/page|/seite)?[/_](?P<number>[1-9]\d?)(?:\.s?html?)?|-(?P<last>[1-9]\d?)\.s?html?)\Z"
)
_LONGEST = len("/seite/99.shtml")
_SUFFIX = re.compile(r"\.s?html?$")
_QUERIES = frozenset(("page", "pg", "p", "paged", "seite", "pagina", "strona"))
"""Names of a query's part that numbers pages."""


def other_piece(page: Page, last: int) -> str | None:
    """The address of another page of the article, whose text ends before block ``last``, if any.

    Another page's address is this one's with a number: ``/2/`` (WordPress's ``<!--nextpage-->``),
    ``/page/2``, ``_2.html``, ``?page=2``. Posts before and after one have other addresses.
    """
    own = _place(page.url)
    slug = own[0][1].rpartition("/")[2]
    for node in _links(page, last):
        href = node.attributes.get("href") or ""
        # most links lead elsewhere, which is seen at once
        url = resolve(page.base, href) if slug in href or href[:1] in _RELATIVE else None
        if url is None:
            continue
        there = _place(url)
        if there[0] == own[0] and there[1] != own[1] and max(there[1], own[1]) > 1:
            return url
    return None


def _links(page: Page, last: int) -> Iterator[LexborNode]:
    """What names the page before or after in the head, and the links around the text's end."""
    for node, attributes in page.found:
        rel = attributes.get("rel") or ""
        if node.tag == "link" and not _RELATIONS.isdisjoint(rel.split()):
            yield node
    blocks = page.outline.blocks
    for block in blocks[max(last + _BESIDE.start, 0) : last + _BESIDE.stop]:
        if block.linked and len(block.text) <= _MAX_LINKS:
            for _, chain in block.runs:
                if (anchor := anchor_of(chain)) is not None:
                    yield anchor.node


def _place(url: str) -> tuple[tuple[str, str], int]:
    """What all pages of an article share, and the number of this one."""
    parts = urlsplit(url)
    host = host_of(url)
    path = parts.path.rstrip("/")
    for name, values in parse_qs(parts.query).items():
        if name.lower() in _QUERIES and values[0].isdecimal():
            return (host, _SUFFIX.sub("", path)), int(values[0][:4])
    found = _NUMBERED.search(path, max(len(path) - _LONGEST, 0))
    if found and (stem := path[: found.start()]).strip("/"):
        return (host, stem), int(found["number"] or found["last"])
    return (host, _SUFFIX.sub("", path)), 1
