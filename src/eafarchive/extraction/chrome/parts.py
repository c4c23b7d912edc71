"""Parts of a text that a page's builder wraps, and the boxes that share them with paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import (
    PROSE,
    Block,
    Element,
    Outline,
    child_around,
    outermost,
)
from eafarchive.extraction.document.tags import HEADINGS, LISTS
from eafarchive.extraction.lines.signposts import goes_on

GOES_ON = 400
"""Characters of prose after a box from which the article goes on."""
_BOXES = frozenset(("div", "section", "aside", "article"))
_LINE = 20
"""Letters' worth of words of the shortest paragraph, as a note on an author is."""
_STOPS = tuple('.!?…。！？।؟”»’"')
_ITEM = 12
"""Letters of a list's item that is no button's label."""
_OF_FIGURES = frozenset(("figure", "figcaption"))
_MOST_BLOCKS = 60
_MOST_BETWEEN = 4
"""Elements without prose between two parts: rules, spaces, advertisements."""


def is_part(element: Element, outline: Outline) -> bool:
    """Whether it is a part of a text in which paragraphs stand beside boxes, and not one box.

    Each box has a line of its own, and a link or a form; one of these beside a paragraph may be
    what that leads to. A part is like the one before or after it, in which a paragraph of prose
    stands, too; without a class, like both, or the last of them, and its boxes are elements.
    """
    if element.last - element.first > _MOST_BLOCKS:
        return False
    holder = _innermost(element, outline)
    lines = [block for block in outline.blocks[holder.first : holder.last] if block.text]
    others: dict[int, list[Block]] = {}
    for block in lines:
        child = child_around(block, holder)
        if child.tag != "p" or child.parent is not holder:
            others.setdefault(child.at, []).append(block)
    if not others or not any(
        block.element.tag == "p" and goes_on(block, holder) for block in lines
    ):
        return False
    if not all(_is_box(outline.elements[at], blocks, others) for at, blocks in others.items()):
        return False
    part = outermost(element)
    if part.classes:
        return _is_below_part(part, outline) or _is_over_part(part, outline)
    are_elements = all(outline.elements[at].tag in _BOXES for at in others)
    return (
        are_elements and _is_below_part(part, outline) and _is_over_part(part, outline, notes=True)
    )


def _innermost(element: Element, outline: Outline) -> Element:
    """The element, or the innermost one that it is wrapped around without anything else."""
    while element.at + 1 < element.end:
        inner = outline.elements[element.at + 1]
        if (inner.first, inner.last) != (element.first, element.last):
            break
        element = inner
    return element


def _is_box(child: Element, blocks: list[Block], others: dict[int, list[Block]]) -> bool:
    """Whether it is a box, or a heading with the list of links right below it, or that list."""
    if child.tag in LISTS:
        return not any(block.own for block in blocks)
    if child.tag in HEADINGS:
        below = others.get(child.end, [])
        return bool(below) and below[0].element.tag == "li" and not below[0].own
    first = blocks[0]
    if len(blocks) == 1 and first.own < _LINE and first.element.tag not in HEADINGS:
        return not first.linked and child.tag in _BOXES  # an advertisement's label
    leads_on = any(block.linked or _is_in_form(block) for block in blocks)
    is_told = any(block.own and not _is_in_form(block) for block in blocks)
    return child.tag in _BOXES and leads_on and is_told


def is_in_a_piece(holder: Element, outline: Outline, sums: Sequence[int]) -> bool:
    """Whether one like this one with prose, or one that begins with much, a figure aside, follows
    it, or what is wrapped around it; right after it, where classes tell neither.

    ``sums`` are the characters of prose before each block.
    """
    holder = outermost(holder)
    at, elements = holder.end, outline.elements
    while at < len(elements) and elements[at].parent is holder.parent:
        other = elements[at]
        mass = sums[other.last] - sums[other.first]
        near = outline.blocks[other.first : min(other.last, other.first + _MOST_BETWEEN)]
        lines = (one for one in near if one.text and one.element.tag not in _OF_FIGURES)
        opening = next(lines, None) if mass >= GOES_ON else None
        is_on = opening is not None and goes_on(opening, _innermost(other, outline))
        if is_on or (mass and holder.classes and is_alike(holder, other)):
            return True
        if not holder.classes and other.last > other.first:
            return False
        at = other.end
    return False


def is_sentence(block: Block) -> bool:
    """Whether it may be a short paragraph of a text: it ends as one does, and leads nowhere."""
    return block.own >= _LINE and not block.linked and block.text.endswith(_STOPS)


def goes_on_in(block: Block, parent: Element, outline: Outline) -> bool:
    """Whether it is a paragraph of prose in one of the parent's elements, however wrapped."""
    return goes_on(block, _innermost(child_around(block, parent), outline))


def _is_in_form(block: Block) -> bool:
    element: Element | None = block.element
    while element is not None and element.tag != "form":
        element = element.parent
    return element is not None


def _is_below_part(part: Element, outline: Outline) -> bool:
    """Whether one like it, with a paragraph, stands before it."""
    at = part.first - 1
    for _ in range(_MOST_BETWEEN):
        one = _sibling_at(at, part, outline)
        if one is None:
            break
        if is_alike(part, one) and _has_paragraph(one, outline):
            return True
        at = one.first - 1
    return False


def _is_over_part(part: Element, outline: Outline, *, notes: bool = False) -> bool:
    """Whether one like it, with a paragraph, stands after it; or, with ``notes``, such a line."""
    at = part.last
    for _ in range(_MOST_BETWEEN):
        one = _sibling_at(at, part, outline)
        if one is None:
            break
        if one.tag == "p" and outline.blocks[at].own >= _LINE:
            return notes
        if is_alike(part, one) and _has_paragraph(one, outline):
            return True
        at = one.last
    return False


def _sibling_at(at: int, part: Element, outline: Outline) -> Element | None:
    parent = part.parent
    if parent is None or not parent.first <= at < parent.last:
        return None
    one = child_around(outline.blocks[at], parent)
    return one if one.parent is parent else None


def _has_paragraph(part: Element, outline: Outline) -> bool:
    inside = outline.blocks[part.first : min(part.last, part.first + _MOST_BLOCKS)]
    return any(one.element.tag == "p" and one.own >= PROSE for one in inside)


def with_lists(within: list[Block], places: list[int], holder: Element) -> tuple[int, int]:
    """The first and the last of the places of paragraphs, or of a list over them in that element;
    an item of it has some words, and no link.
    """
    if not places:
        return 0, 0
    for block in within:
        around = block.element.parent
        is_item = block.element.tag == "li" and not block.linked and block.own >= _ITEM
        if is_item and around is not None and around.parent is holder:
            return min(block.at, places[0]), places[-1]
    return places[0], places[-1]
