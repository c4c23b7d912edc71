"""The lines of an article's foot that follow the box about others in which its text ends."""

from __future__ import annotations

from eafarchive.extraction.chrome import Chrome
from eafarchive.extraction.outline import Block, Element
from eafarchive.extraction.tags import HEADINGS

_MOST = 24
"""Blocks after the box among which the lines stand."""


def below_related(chrome: Chrome) -> list[Block]:
    """The blocks after the box, up to the next heading, where what holds the title holds them."""
    blocks, end = chrome.outline.blocks, chrome.end
    if chrome.end_rule not in {"chrome.related", "chrome.banners"} or not chrome.start:
        return []
    box = blocks[end].element
    while box.parent is not None and box.parent.first == end:
        box = box.parent
    holder: Element | None = box.parent
    while holder is not None and holder.first >= chrome.start:
        holder = holder.parent
    found: list[Block] = []
    for block in blocks[box.last : min(box.last + _MOST, holder.last if holder else 0)]:
        if block.element.tag in HEADINGS:
            break
        found.append(block)
    return found
