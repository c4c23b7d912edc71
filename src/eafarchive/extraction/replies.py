"""Readers' comments without a heading over them, told by their likeness: *X says:*, *Y says:*."""

from __future__ import annotations

from eafarchive.extraction.hints import is_alike
from eafarchive.extraction.outline import Block, Element, Outline
from eafarchive.extraction.rules import Rules
from eafarchive.phrases import is_all


def begins_replies(block: Block, outline: Outline, rules: Rules) -> bool:
    """Whether the block opens one of two neighbours that are alike and opened by *X says:* both.

    Each holds words beside those: two such lines among an article's paragraphs are none.
    """
    if ":" not in block.line or not is_all(rules.replies, block.line):
        return False
    holder: Element | None = block.element
    while holder is not None and holder.first == block.at:
        if holder.end < len(outline.elements) and holder.last > block.at + 1:
            other = outline.elements[holder.end]
            if (
                other.parent is holder.parent
                and is_alike(holder, other)
                and other.first < other.last
            ):
                opening = outline.blocks[other.first]
                return ":" in opening.line and is_all(rules.replies, opening.line)
        holder = holder.parent
    return False
