"""Lines among the paragraphs that are but another article's headline, with a link and no label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eafarchive.extraction.inline import anchor_of
from eafarchive.extraction.onward import leads_on
from eafarchive.extraction.outline import PROSE, WIDE, Block, Element
from eafarchive.extraction.tags import HEADINGS, LISTS

HEADLINE = "a linked headline among the paragraphs"
_SHORTEST, _LONGEST = 20, 200
"""Letters' worth of a headline, and characters."""
_AVERAGE = 30
"""Characters of the average headline of a list."""
_IN_ITEMS = HEADINGS | frozenset(("li", "p", "div", "span"))
_LABEL = 32
"""Characters of a label before one, at most: *Go deeper:*."""
_EACH = 3
"""Paragraphs of prose for each of them, at least: more of them are the article."""
_STOPS = (".", "。", "।", ";", "؛")
_COLONS = (":", "：")
_LEADS = (*_COLONS, "—", "–", "→", "↓", "👇")
"""What ends a paragraph that leads to what stands under it."""
_CLOSING = " ]）】"
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LINES = frozenset(("p", "div"))


def teasers_among(chosen: Sequence[Block], base: str) -> frozenset[int]:
    """The places of such lines: each a paragraph, or all of a list or table, between two paragraphs
    of prose; it leads to one page of the site's own.

    ``base`` is what the page's references are resolved against. Headings are a writer's, and so is
    what a paragraph leads to, or another site's.
    """
    lines = [block for block in chosen if block.text]
    found = [
        block
        for before, block, after in zip(lines, lines[1:], lines[2:], strict=False)
        if block.linked
        and _stands_alone(block)
        and _is_headline(block)
        and _is_prose(before)
        and (_is_prose(after) or after.element.tag in HEADINGS)
        and not before.text.endswith(_LEADS)
        and leads_on(block, base)
    ]
    prose = sum(map(_is_prose, lines)) if found else 0
    return frozenset(block.at for block in found if len(found) * _EACH <= prose)


def teaser_lists(chosen: list[Block]) -> frozenset[int]:
    """The items of lists that hold headlines only: two or more, all linked, none a short label."""
    items: dict[int, list[Block]] = {}
    known: dict[int, Element | None] = {}
    for block in chosen:
        if block.text and (around := _list_of(block, known)) is not None:
            items.setdefault(around.at, []).append(block)
    return frozenset(
        block.element.at
        for blocks in items.values()
        if len(blocks) > 1
        and all(block.own == 0 for block in blocks)
        and sum(len(block.text) for block in blocks) >= _AVERAGE * len(blocks)
        for block in blocks
    )


def _is_prose(block: Block) -> bool:
    return block.own >= PROSE and block.linked < block.own and block.element.tag not in HEADINGS


def _stands_alone(block: Block) -> bool:
    """Whether it is a paragraph, or the one item of a list, or the one cell of a table."""
    if block.element.tag in _LINES:
        return True
    holder: Element | None = block.element
    while holder is not None and holder.last - holder.first == 1:
        if holder.tag in LISTS:  # a heading is a list's as it is a text's
            return block.element.tag not in HEADINGS
        if holder.tag == "table":
            return True
        holder = holder.parent
    return False


def _is_headline(block: Block) -> bool:
    """Whether a link is all of its words, but for brackets and arrows, and for a label in bold
    that ends in a colon.
    """
    label, headline = "", ""
    for run, chain in block.runs:
        if not isinstance(run, str) or run.isspace():
            continue
        if anchor_of(chain):
            headline += run
        elif not any(map(str.isalnum, run)):
            continue
        elif headline or label or chain is None or chain.tag != "strong":
            return False
        else:
            label = run.strip()
    if label and (len(label) > _LABEL or not label.endswith(_COLONS)):
        return False
    headline = " ".join(headline.split()).rstrip(_CLOSING)
    worth = len(headline) + (WIDE - 1) * len(_IDEOGRAPHS.findall(headline))
    return (
        worth >= _SHORTEST
        and len(headline) <= _LONGEST
        and not block.text.endswith((*_STOPS, *_COLONS))
    )


def _list_of(block: Block, known: dict[int, Element | None]) -> Element | None:
    """The list whose item the block is, or stands in; ``known`` are those of elements seen."""
    path: list[Element] = []
    element: Element | None = block.element
    while element is not None and element.at not in known and element.tag in _IN_ITEMS:
        path.append(element)
        element = element.parent
    found = None
    if element is not None:
        found = known.get(element.at, element if element.tag in LISTS else None)
    known.update((inner.at, found) for inner in path)
    return found
