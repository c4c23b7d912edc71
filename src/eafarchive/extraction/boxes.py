"""Boxes that stand over or among an article's paragraphs, and where each ends.

``sums`` are the characters of prose before each block: see `Chrome.sums`.
"""

from __future__ import annotations

from collections.abc import Sequence

from eafarchive.extraction.hints import is_alike
from eafarchive.extraction.notes import is_closing_note
from eafarchive.extraction.outline import PROSE, Block, Element, Outline
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.signposts import goes_on
from eafarchive.extraction.tags import HEADINGS
from eafarchive.phrases import is_all

GOES_ON = 400
"""Characters of prose after a box from which the article goes on."""
_LONG = 150
"""Characters of a line that is a paragraph, and heads nothing."""
_MAX_BOX = 60
"""Elements around a heading, and blocks after it, that may belong to its box."""


def end_of_box(heading: Block, outline: Outline, sums: Sequence[int], rules: Rules) -> int | None:
    """Where a box about other articles ends; ``None`` if the article ends with it.

    The box is the largest element around its heading that begins with it, or, without one, runs to
    the next paragraph beside the heading.
    """
    box = _box_around(heading, sums)
    if box.parent is None:
        return None
    if box is not heading.element and _stands_among(box, outline, sums, rules):
        return box.last
    end = box.last
    if box is heading.element:
        end = _end_of_lines(heading, outline)
    return end if sums[box.parent.last] - sums[end] >= GOES_ON else None


def end_among(line: Block, outline: Outline, sums: Sequence[int], rules: Rules) -> int | None:
    """Where a box ends that begins as what ends an article does, among its paragraphs; ``None`` if
    it is the end.

    Without an element around it, such a box is a paragraph, or has a link before the text goes on.
    """
    box = _box_around(line, sums)
    if box.parent is None:
        return None
    if box is not line.element or line.own >= _LONG:
        return box.last if _stands_among(box, outline, sums, rules) else None
    if (piece := _next_piece(box, box.parent, outline, rules)) is not None:
        return piece.first
    end = _end_of_lines(line, outline)
    leads_on = any(block.linked for block in outline.blocks[line.at : end])
    return end if leads_on and sums[box.parent.last] - sums[end] >= GOES_ON else None


def end_above(line: Block, outline: Outline, sums: Sequence[int], rules: Rules) -> int | None:
    """Where a box ends that begins as what ends an article does, and stands over its text; ``None``
    if no text follows.
    """
    blocks, labels = outline.blocks, rules.profile.byline.labels
    box = line.element
    while box.parent is not None and box.parent.first == line.at:
        if sums[box.parent.last] - sums[line.at] >= GOES_ON:
            break
        box = box.parent
    end = box.last
    if box is line.element:
        while end < len(blocks) and not (
            blocks[end].own >= PROSE or blocks[end].text.casefold().startswith(labels)
        ):
            end += 1
    return end if sums[-1] - sums[end] >= GOES_ON else None


def _box_around(heading: Block, sums: Sequence[int]) -> Element:
    """The largest element around the heading that no prose precedes in it."""
    box = heading.element
    for _ in range(_MAX_BOX):
        if box.parent is None or sums[box.parent.first] < sums[heading.at]:
            break
        box = box.parent
    return box


def _end_of_lines(heading: Block, outline: Outline) -> int:
    """The place of the next paragraph beside the heading, if it is near."""
    end, holder = heading.element.last, heading.element.parent
    assert holder is not None
    most = min(holder.last, end + _MAX_BOX)
    while end < most and not goes_on(outline.blocks[end], holder):
        end += 1
    return end


def _stands_among(box: Element, outline: Outline, sums: Sequence[int], rules: Rules) -> bool:
    """Whether the article goes on after the box, by what stands beside it."""
    assert box.parent is not None
    return (
        _is_among_paragraphs(box, box.parent, outline, rules)
        or _next_piece(box, box.parent, outline, rules) is not None
        or _is_in_a_piece(box.parent, outline, sums)
    )


def _is_among_paragraphs(box: Element, parent: Element, outline: Outline, rules: Rules) -> bool:
    """Whether paragraphs of prose stand right before and after the box, as its siblings."""
    places = [
        block.at
        for block in outline.blocks[parent.first : parent.last]
        if block.element.parent is parent
        and (
            (
                _is_prose(block)
                and block.linked * 2 < len(block.text)
                and "://" not in block.text  # as the last line of a print view has it
                and not is_all(rules.ends, block.line)
            )
            or is_closing_note(block.line, rules.profile.notes)
        )
    ]
    return bool(places) and places[0] < box.first and places[-1] >= box.last


def _next_piece(box: Element, parent: Element, outline: Outline, rules: Rules) -> Element | None:
    """The sibling that holds the prose right after the box, where one like it holds that before."""
    blocks = outline.blocks
    before = (one for one in reversed(blocks[parent.first : box.first]) if _is_prose(one))
    after = (one for one in blocks[box.last : parent.last] if _is_prose(one))
    last, first = next(before, None), next(after, None)
    if last is None or first is None or is_all(rules.ends, first.line):
        return None
    one, other = (_child_around(block, parent) for block in (last, first))
    if one is last.element or other is first.element or not is_alike(one, other):
        return None
    return other if goes_on(first, other) else None


def _child_around(block: Block, parent: Element) -> Element:
    """The child of ``parent`` that the block stands in."""
    element = block.element
    while element.parent is not None and element.parent is not parent:
        element = element.parent
    return element


def _is_in_a_piece(holder: Element, outline: Outline, sums: Sequence[int]) -> bool:
    """Whether one like this one with prose, or one that begins with much, follows it."""
    at, elements = holder.end, outline.elements
    while holder.classes and at < len(elements) and elements[at].parent is holder.parent:
        other = elements[at]
        mass = sums[other.last] - sums[other.first]
        opening = outline.blocks[other.first] if mass >= GOES_ON else None
        if (mass and is_alike(holder, other)) or (opening and goes_on(opening, other)):
            return True
        at = other.end
    return False


def _is_prose(block: Block) -> bool:
    return block.own >= PROSE and block.element.tag not in HEADINGS
