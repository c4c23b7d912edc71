"""How far each element of a page is from being prose, by what it is and what it stands in."""

from __future__ import annotations

from eafarchive.extraction.outline import Outline

PLAIN, APART, FOREIGN, ELSEWHERE = range(4)
_KIND_OF = {
    "figcaption": APART,
    "address": APART,
    "footer": FOREIGN,
    "form": FOREIGN,
    "dialog": FOREIGN,
    "nav": ELSEWHERE,
    "aside": ELSEWHERE,
}


def kinds_of(outline: Outline, title_at: int | None) -> list[int]:
    """By element: how far it is from being prose; what holds the title is plain."""
    at = -1 if title_at is None else title_at
    kinds: list[int] = []
    for element in outline.elements:
        kind = ELSEWHERE if element.hidden else _KIND_OF.get(element.tag, PLAIN)
        if kind and element.first <= at < element.last:
            kind = PLAIN
        if element.parent is not None and kinds[element.parent.at] > kind:
            kind = kinds[element.parent.at]
        kinds.append(kind)
    return kinds
