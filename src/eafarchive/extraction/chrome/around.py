"""Where an article's head begins, the lines of its foot that follow a box about others, and what
stands in another's card below it.
"""

from __future__ import annotations

import re

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import anchor_of, unlinked
from eafarchive.extraction.document.outline import Block, Element, child_around
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.signposts import (
    hrefs_of,
    leads_out,
    leads_to_author,
    leads_within,
)
from eafarchive.phrases import is_all

_BOXES = frozenset(("chrome.related", "chrome.banners", "chrome.ends", "chrome.comments"))
"""What may end an article above the last lines of its foot."""
_FILING = re.compile(
    r"(?:(?:this entry was )?(?:filed under|posted in)|categor(?:y|ies)|tags?|tagged|topics?)\b",
    re.IGNORECASE,
)
_MOST_LINES = 2
_MOST = 24
"""Blocks after the box that may be its foot's."""
_CARD = 6
"""Blocks of another article's card."""


def begin_of_head(chrome: Chrome) -> int:
    """The first block of the smallest element that holds the title and most of the paragraphs, with
    the single lines right over it; zero where there is no such element but the page.
    """
    blocks, sums = chrome.outline.blocks, chrome.sums
    holder = blocks[chrome.start - 1].element if chrome.start and sums[chrome.end] else None
    while holder is not None and sums[holder.last] * 2 < sums[chrome.end]:
        holder = holder.parent
    if holder is None:
        return 0
    first = holder.first
    while first:
        line = blocks[first - 1].element
        while line.parent is not holder.parent and line.parent and line.parent.first == first - 1:
            line = line.parent
        if line.parent is not holder.parent or line.first != first - 1:
            break
        first -= 1
    return first


def below_related(chrome: Chrome) -> list[Block]:
    """The blocks after the box, up to the next heading, where what holds the title holds them.

    A heading over buttons is none, nor one in a box without links. Past it, what says what the
    article is filed under.
    """
    blocks, end = chrome.outline.blocks, chrome.end
    if chrome.end_rule not in _BOXES or not chrome.start:
        return []
    box = blocks[end].element
    while box.parent is not None and box.parent.first == end:
        box = box.parent
    holder: Element | None = box.parent
    while holder is not None and holder.first >= chrome.start:
        holder = holder.parent
    found: list[Block] = []
    is_past = False
    # what ends it below the notes on its authors is no heading over others, but its own foot
    head = next((one for one in blocks[end : box.last] if one.text), blocks[end])
    is_foot = chrome.end_rule != "chrome.related" and head.element.tag not in HEADINGS
    begin = end if is_foot else box.last
    last = holder.last if holder else 0
    for block in blocks[begin : min(begin + _MOST, last)]:
        if block.element.tag in HEADINGS:
            is_button = is_all(chrome.rules.lead, block.line) or _leads_nowhere(block, blocks)
            is_past = is_past or not is_button
        if is_past:
            return [*found, *filing_among(blocks[block.at : last], chrome.start)]
        found.append(block)
    return found


def filing_among(blocks: list[Block], start: int) -> list[Block]:
    """The one line that says what the article is filed under, and the one with its tags, in words
    or by their links' ``rel`` under no other article's heading, where both stand right in what
    holds the title, before ``start``: none where there are more.
    """
    filing: list[Block] = []
    heading = None
    for block, below in zip(blocks, (*blocks[1:], None), strict=False):
        heading = block if block.element.tag in HEADINGS else heading
        if not block.linked or (holder := _holder_of(block, start)) is None:
            continue
        is_of_card = _leads_on(below) or (_leads_on(heading) and _is_of_row(heading, holder))
        if _FILING.match(block.line) or (not is_of_card and _is_of_terms(block)):
            filing.append(block)
    return filing if len(filing) <= _MOST_LINES else []


def _leads_on(block: Block | None) -> bool:
    """Whether it is a heading that is a link, as in another article's card."""
    return block is not None and block.element.tag in HEADINGS and not block.own


def _is_of_terms(block: Block) -> bool:
    """Whether it is nothing but links that say themselves that they are of the page's terms."""
    marks = (anchor_of(chain) for run, chain in block.runs if isinstance(run, str) and run.strip())
    rels = ((mark.node.attributes.get("rel") or "").lower().split() for mark in marks if mark)
    return all("tag" in rel for rel in rels) and not any(map(str.isalnum, unlinked(block)))


def _holder_of(block: Block, start: int) -> Element | None:
    """What holds the title and, right in it, the block, alone in its elements as it may be."""
    holder = block.element.parent
    while holder is not None and holder.last == holder.first + 1:
        holder = holder.parent
    return holder if holder is not None and holder.first < start else None


def _is_of_row(heading: Block | None, holder: Element) -> bool:
    """Whether a heading stands right in the holder, or in a card there; not in a column."""
    if heading is None or heading.at < holder.first:
        return False
    box = child_around(heading, holder)
    return box.last - box.first <= _CARD


def is_in_card(block: Block, chrome: Chrome) -> bool:
    """Whether it stands, below most of the prose, in a small box that a heading begins which leads
    to another article.
    """
    blocks, sums = chrome.outline.blocks, chrome.sums
    card = block.element.parent
    while card is not None and chrome.start <= card.first and card.last - card.first <= _CARD:
        head = next((one for one in blocks[card.first : card.last] if one.text), block)
        if leads_to_another(head, block, chrome):
            return sums[card.first] * 2 > sums[-1]
        card = card.parent
    return False


def leads_to_another(heading: Block, line: Block, chrome: Chrome) -> bool:
    """Whether it is a heading over the ``line`` that leads to another article of the site, and not
    to the page of an author, who may be named in the line, nor to a part of this page.
    """
    if not _leads_on(heading) or leads_within(heading) or leads_to_author(heading):
        return False
    own = chrome.outline.blocks[chrome.start - 1 : chrome.start]
    hosts = chrome.rules.profile.hosts
    is_own = any(hrefs_of(heading) == hrefs_of(title) for title in own)
    is_out = bool(hosts) and leads_out(heading, hosts)
    return not (is_own or is_out or heading.text in line.text)


def _leads_nowhere(heading: Block, blocks: list[Block]) -> bool:
    """Whether the heading begins a box without links."""
    box = heading.element.parent
    if box is None or box.first != heading.at:
        return False
    return not any(block.linked for block in blocks[heading.at : box.last])
