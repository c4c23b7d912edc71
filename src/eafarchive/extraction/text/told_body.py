"""Bodies that a page's data holds and its markup does not: JSON-LD, and what scripts are fed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from selectolax.lexbor import LexborHTMLParser

from eafarchive.extraction.document.linked_data import Node
from eafarchive.extraction.document.outline import Outline
from eafarchive.extraction.document.page import Page
from eafarchive.extraction.document.walk import make_outline
from eafarchive.extraction.document.words import count_words

LEAST = 500
"""Characters of the shortest body that is looked for in data."""
_MAX_VALUES = 50_000
_KEYS = frozenset(("articlebody", "body", "content", "html", "text", "bodyhtml", "contenthtml"))
_NOISE = ["script", "style", "svg", "iframe", "figure"]


def find_told_body(page: Page, node: Node | None) -> tuple[Outline, str] | None:
    """The body in the article's linked data or in the page's JSON, and the rule that says so."""
    told = node.get("articleBody") if node else None
    if isinstance(told, str) and len(told) >= LEAST:
        return _outline_of(told), "ld:articleBody"
    found = max(_candidates(page.data), key=len, default="")
    return (_outline_of(found), "data") if len(found) >= LEAST else None


def doubts(node: Node | None, words: int) -> tuple[str, ...]:
    """A warning where the linked data's body is much longer or shorter than ``words`` words."""
    told = node.get("articleBody") if node else None
    if not isinstance(told, str) or len(told) < LEAST or "<p" in told:
        return ()
    count = count_words(told)
    if 2 * count <= 3 * words and 2 * words <= 3 * count:
        return ()
    return (f"ld:articleBody has {count} words, the body found {words}",)


def _candidates(data: str | None) -> Iterator[str]:
    """Texts of several paragraphs under a name that bodies have."""
    try:
        pending: list[object] = [json.loads(data)] if data else []
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_VALUES):
        if not pending:
            return
        value = pending.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if not isinstance(inner, str):
                    pending.append(inner)
                elif key.lower() in _KEYS and (inner.count("<p") > 1 or inner.count("\n\n") > 1):
                    yield inner
        elif isinstance(value, list):
            pending.extend(value)


def _outline_of(told: str) -> Outline:
    """The told body's outline; a text without markup has a paragraph a line."""
    if "</p>" not in told:
        told = "".join(f"<p>{escape(line)}</p>" for line in told.split("\n") if line.strip())
    body = LexborHTMLParser(told).body
    if body is not None:
        body.strip_tags(_NOISE)
    return make_outline(body)
