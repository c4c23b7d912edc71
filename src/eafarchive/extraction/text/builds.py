"""Parts of a body that are built as its container is, as page builders and editors make them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import Block, Element, is_paragraph, is_prose
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.signposts import goes_on

_FEWEST = 2
"""Paragraphs of a part, and elements with a class among those that are around them."""
_LEAST_AROUND = 3
"""Elements around the paragraphs of a section that tell a builder's."""
_MOST_AROUND = 12


def built_alike(
    container: Element, parent: Element, chrome: Chrome, candidates: list[Block]
) -> tuple[int, int]:
    """The blocks of a container without a class, and of pieces beside it that are built as it is.
    A heading right between prose and it is the text's, too.
    """
    first, last = container.first, container.last
    begin = bisect_left(candidates, first, key=_place)
    over = candidates[max(begin - 2, 0) : begin]
    if (
        len(over) > 1
        and over[1].element.tag in HEADINGS
        and over[1].element.parent is parent
        and over[1].own
        and over[0].element.tag == "p"
        and is_prose(over[0])
        and over[0].linked * 2 < len(over[0].text)
    ):
        first = over[1].at
    build = _build_of(container, candidates)
    if build:
        for one in children(chrome, parent):
            if one.first >= last and is_alike(container, one):
                last = one.last if _build_of(one, candidates) == build else last
    return first, last


def _build_of(one: Element, candidates: list[Block]) -> str | None:
    """How it is built, but for a few lines: of paragraphs of prose, each in a box of its own, or of
    such in which breaks part the lines.
    """
    begin = bisect_left(candidates, one.first, key=_place)
    inside = candidates[begin : bisect_left(candidates, one.last, key=_place)]
    prose = [block for block in inside if is_paragraph(block)]
    if len(prose) * 4 < len(inside) * 3:
        return None
    if prose and all(block.element.parent is one and "\n" in block.text for block in prose):
        return "lines"
    boxes = [box for block in prose if (box := block.element.parent) and box.parent is one]
    is_boxed = len(boxes) == len(prose) and all(
        box.tag == one.tag and box.last - box.first == 1 for box in boxes
    )
    return "boxes" if is_boxed and len(boxes) >= _FEWEST else None


def rows_alike(
    around: list[Element], parent: Element, chrome: Chrome, candidates: list[Block]
) -> tuple[int, int]:
    """The blocks of the wrappers without a class ``around`` a container and beside its title, and
    of such rows beside these: as many wrappers, and right in the innermost the first paragraph.
    """
    first, last = around[0].first, around[0].last
    elements = chrome.outline.elements
    for one in children(chrome, parent):
        inner = elements[one.at : one.at + len(around)]
        if not all(map(is_alike, around, inner)) or inner[-1].first != one.first:
            continue
        begin = bisect_left(candidates, one.first, key=_place)
        inside = candidates[begin : bisect_left(candidates, one.last, key=_place)]
        opening = next(filter(_is_own, inside), None)
        if opening is not None and goes_on(opening, inner[-1]):
            first, last = min(first, one.first), max(last, one.last)
    return first, last


def _is_own(block: Block) -> bool:
    """Whether it is a paragraph, and no quotation in an element of its own."""
    holder = block.element.parent
    return is_paragraph(block) and holder is not None and holder.tag != "blockquote"


def end_of_sections(
    around: Element, container: Element, chrome: Chrome, candidates: list[Block]
) -> int:
    """The end of the sections that follow the one ``around`` container and title: each begins with
    a paragraph, and has around its paragraphs what is around the container's.
    """
    own, last = _between(container, around), around.last
    is_named = sum(bool(one.classes) for one in own) >= _FEWEST
    if len(own) < _LEAST_AROUND or not is_named or around.parent is None:
        return last
    for one in children(chrome, around.parent):
        if one.first < last:
            continue
        begin = bisect_left(candidates, one.first, key=_place)
        inside = candidates[begin : bisect_left(candidates, one.last, key=_place)]
        said = [block for block in inside if block.text]
        if not said and one.tag == around.tag:
            continue  # a picture's
        prose = sum(map(is_paragraph, said))
        if one.tag != around.tag or prose < _FEWEST or not is_paragraph(said[0]):
            break
        others = _between(said[0].element.parent, one)
        if len(others) != len(own) or not all(map(is_alike, others, own)):
            break
        last = one.last
    return last


def _between(element: Element | None, around: Element) -> list[Element]:
    """The element and those that it stands in within the one around it; none if it is too deep."""
    found: list[Element] = []
    while element is not None and element is not around and len(found) < _MOST_AROUND:
        found.append(element)
        element = element.parent
    return found if element is around else []


def children(chrome: Chrome, holder: Element) -> Iterator[Element]:
    """The holder's elements between the title and what ends the article."""
    elements, at = chrome.outline.elements, holder.at + 1
    while at < holder.end:
        one = elements[at]
        if chrome.start <= one.first and one.last <= chrome.end:
            yield one
        at = one.end


def _place(block: Block) -> int:
    return block.at
