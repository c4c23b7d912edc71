"""Boxes among an article's paragraphs that ask readers for an address, or for a vote."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from eafarchive.extraction.chrome.parts import is_part
from eafarchive.extraction.document.outline import Element, Outline

_MOST_FORMS = 8
"""Fields that are looked at: a page has one in its text, or none."""
_MOST_AROUND = 6
"""Elements around a field that may be its box."""
_MOST_BLOCKS = 6
_MOST_WORDS = 300
"""Letters' worth of words in such a box."""


def blocks_at_forms(outline: Outline, start: int, end: int) -> Iterator[int]:
    """The blocks between two places in a small box with a field for an address or a vote."""
    fields = [node for at, node in outline.fields if start < at <= end and _asks_readers(node)]
    if not fields:
        return
    around = {one.mem_id for field in fields[:_MOST_FORMS] for one in _above(field)}
    done = start
    for element in outline.elements:
        if (
            element.node.mem_id in around
            and done <= element.first < element.last <= end
            and _is_small(element, outline)
            and not is_part(element, outline)
        ):
            yield from range(element.first, element.last)
            done = element.last


def _asks_readers(node: LexborNode) -> bool:
    kind = (node.attributes.get("type") or "").lower() if node.tag == "input" else ""
    return kind in {"email", "radio"}


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    for _ in range(_MOST_AROUND):
        if above is None or above.tag == "body":
            return
        yield above
        above = above.parent


def _is_small(element: Element, outline: Outline) -> bool:
    blocks = outline.blocks[element.first : element.last]
    return len(blocks) <= _MOST_BLOCKS and sum(block.own for block in blocks) <= _MOST_WORDS
