"""Boxes among an article's paragraphs that ask readers for an address, a vote or their consent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from eafarchive.extraction.chrome.parts import goes_on_in, is_part
from eafarchive.extraction.document.outline import PROSE, Block, Element, Outline, outermost
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.phrases import is_all

_MOST_FORMS = 8
"""Fields that are looked at: a page has one in its text, or none."""
_MOST_AROUND = 6
"""Elements around a field that may be its box."""
_MOST_BLOCKS = 6
_MOST_WORDS = 300
"""Letters' worth of words in such a box."""
_MOST_ASKING = 600
"""The same of the innermost box with words over a button that asks for consent."""
_MOST_HEADED = 160
"""The same of one with a heading, where its words need not ask."""
_NEAR = 3
"""Blocks before and after a box among which such a paragraph stands."""
_FAR_MORE = 3
"""Times what is in such a box that the prose is, in it or around it."""
_MAIL = re.compile(r"(?:(?:your|enter) ){0,2}e-?mail\b", re.IGNORECASE)
_BOXES = frozenset(("div", "section", "aside"))
_OF_TEXT = frozenset("blockquote table figure pre dl details ol ul".split())
"""What an article's own boxes hold."""


def blocks_at_forms(outline: Outline, rules: Rules, start: int, end: int) -> Iterator[int]:
    """The blocks between two places in a small box with a field for an address or a vote, or with
    a few words and below them a button that asks for consent or an address.
    """
    fields = [node for at, node in outline.fields if start < at <= end and _asks_readers(node)]
    buttons = [
        (at, node)
        for at, node, label in outline.buttons
        if start < at <= end and is_all(rules.buttons, label)
    ]
    if not fields and not buttons:
        return
    around = {one.mem_id for field in fields[:_MOST_FORMS] for one in _above(field)}
    under = {one.mem_id: at for at, node in buttons[:_MOST_FORMS] for one in _above(node)}
    done = start
    for element in outline.elements:
        if not done <= element.first < element.last <= end:
            continue
        place = element.node.mem_id
        if (place in around and _is_small(element, outline, _MOST_WORDS)) or (
            place in under
            and _asks_in_words(element, under[place], outline)
            and _speaks_to_readers(outline.blocks[element.first : element.last], rules)
            and _is_beside_text(element, outline, start, end)
        ):
            if is_part(element, outline):
                continue
            yield from range(element.first, element.last)
            done = element.last


def _asks_readers(node: LexborNode) -> bool:
    kind = (node.attributes.get("type") or "text").lower() if node.tag == "input" else ""
    return kind in {"email", "radio"} or (kind == "text" and _asks_for_mail(node))


def _asks_for_mail(field: LexborNode) -> bool:
    """Whether the form around a field asks for an address by its label."""
    return any(
        _MAIL.match(label.text().strip()) is not None
        for above in _above(field)
        if above.tag == "form"
        for label in above.css("label")
    )


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    for _ in range(_MOST_AROUND):
        if above is None or above.tag == "body":
            return
        yield above
        above = above.parent


def _asks_in_words(element: Element, at: int, outline: Outline) -> bool:
    """Whether it is a box of a few words, the first of them over the button at the place ``at``."""
    is_few = element.last - element.first <= _MOST_BLOCKS
    if not is_few or element.tag not in _BOXES or element.first >= at:
        return False
    inner = outline.elements[element.at + 1 : element.end]
    if any(one.tag in _OF_TEXT for one in inner[: 4 * _MOST_BLOCKS]):
        return False
    is_innermost = not any(one.tag in _BOXES and one.first < at <= one.last for one in inner)
    return _is_small(element, outline, _MOST_ASKING if is_innermost else _MOST_WORDS)


def _speaks_to_readers(blocks: list[Block], rules: Rules) -> bool:
    """Whether prose in it, if there is more than a line or two under a heading, is such a call: an
    author's section may have a button below it, too.
    """
    prose = [block.line for block in blocks if block.own >= PROSE]
    is_headed = blocks[0].element.tag in HEADINGS
    if not prose or (is_headed and sum(block.own for block in blocks) <= _MOST_HEADED):
        return True
    return any(
        is_all(rules.scraps, line) or rules.asking.search(line) or rules.calls.search(line)
        for line in prose
    )


def _is_beside_text(element: Element, outline: Outline, start: int, end: int) -> bool:
    """Whether a paragraph of prose stands beside the box, or in one of its own there, and far more
    prose around it than in it: a few paragraphs over a button may be all of the article.
    """
    blocks, box = outline.blocks, outermost(element)
    near = (
        *blocks[max(box.first - _NEAR, start) : box.first],
        *blocks[box.last : box.last + _NEAR],
    )
    if box.parent is None or not any(goes_on_in(block, box.parent, outline) for block in near):
        return False
    around = sum(block.own for block in blocks[start:end] if block.own >= PROSE)
    inside = sum(block.own for block in blocks[box.first : box.last])
    return around >= _FAR_MORE * inside


def _is_small(element: Element, outline: Outline, most: int) -> bool:
    blocks = outline.blocks[element.first : element.last]
    return len(blocks) <= _MOST_BLOCKS and sum(block.own for block in blocks) <= most
