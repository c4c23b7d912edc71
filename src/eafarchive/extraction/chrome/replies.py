"""Readers' comments: under a heading that counts them, or told by their likeness: *X says:*."""

from __future__ import annotations

import re

from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import Block, Element, Outline
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.sentences import is_told
from eafarchive.phrases import is_all

_COUNT = re.compile(r"(?P<number>\d{1,3}|one)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_MAX_LINE = 120
"""Characters of a line that says who wrote a comment, and when."""
_NEAR, _MOST_EACH = 2, 40
"""Blocks after the heading before the first of these, and those of a comment."""


def count_replies(heading: Block, outline: Outline) -> int:
    """How many comments a heading of any words counts: *3 thoughts on this*; else zero.

    As many lines with a day and an hour follow in its box, the first at once, before any heading
    of its rank.
    """
    told = _COUNT.match(heading.text)
    holder = heading.element.parent
    if told is None or holder is None:
        return 0
    while holder.parent is not None and holder.last == heading.at + 1:
        holder = holder.parent
    number = 1 if told["number"].lower() == "one" else int(told["number"])
    seen, begin = 0, heading.at + 1
    for block in outline.blocks[begin : min(begin + number * _MOST_EACH, holder.last)]:
        if block.element.tag == heading.element.tag:
            return 0
        seen += len(block.text) < _MAX_LINE and _is_stamped(block.line)
        if seen > number or (not seen and block.at > begin + _NEAR):
            return 0
    return number if seen == number else 0


def heads_replies(heading: Block, outline: Outline, rules: Rules) -> bool:
    """Whether the heading counts readers' comments, and one of them follows it at once."""
    following = outline.blocks[heading.at + 1 : heading.at + 3]
    return is_all(rules.comments, heading.line) and any(
        len(block.text) < _MAX_LINE and is_all(rules.replies, block.line)
        for block in following
        if block.text
    )


def _is_stamped(line: str) -> bool:
    return _CLOCK.search(line) is not None and bool(find_dates(line)) and not is_told(line)


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
