"""How far a body reaches beyond its container: pieces beside it, wrappers around it."""

from __future__ import annotations

from bisect import bisect_left

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import Block, Element, is_prose, outermost
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.text.builds import (
    built_alike,
    children,
    end_of_sections,
    rows_alike,
)
from eafarchive.extraction.text.summary import summary_holding

_FEWEST = 2
"""Paragraphs between line breaks in an element that has none for each."""
_FEW_LINKS = 4
"""Letters for each in a link beside a container from which the rest is the text's, too."""
_MOST_AROUND = 8
"""Elements that a page's builder wraps around each piece of a body."""
_MOST_WRAPPERS = 12
"""Elements around a text that may hold other parts of it."""


def reach_of(container: Element, chrome: Chrome, candidates: list[Block]) -> tuple[int, int]:
    """The blocks in which parts of the body may stand outside its container.

    From the beginning of the largest element around it that does not hold the title, to the end
    of the smallest one that does, and of those after that one that are built as it is.
    """
    element = _outermost(container, chrome.start)
    around = element if element.first < chrome.start else element.parent or element
    return element.first, end_of_sections(around, container, chrome, candidates)


def _outermost(container: Element, start: int) -> Element:
    """The largest element around the container that does not hold the title."""
    element = container
    while element.parent is not None and element.parent.first >= start:
        element = element.parent
    return element


def pieces_of(container: Element, chrome: Chrome, candidates: list[Block]) -> tuple[int, int]:
    """The blocks of the container and of its like beside it: a body in several pieces.

    A piece has the container's tag and classes, stands after the title and holds prose; one before
    the container may have other classes, if it holds several paragraphs and nothing before them.
    """
    if not chrome.rules.profile.trust_names:
        container = _widened(container, chrome, candidates)
    first, last = container.first, container.last
    elements, blocks = chrome.outline.elements, chrome.outline.blocks
    around = _wrappers(container, elements, chrome.start)
    parent = around[0].parent
    is_named = any(one.classes or one.tag == "section" for one in around)
    is_bare = not (is_named or (parent is not None and parent.tag == "article"))
    if parent is None:
        return first, last
    if is_bare and parent.first >= chrome.start:
        return built_alike(around[0], parent, chrome, candidates)
    prose = [block for block in candidates if is_prose(block)]
    if is_bare and len(around) >= _FEWEST:
        return rows_alike(around, parent, chrome, candidates)
    if is_bare:  # beside the title, where paragraphs stand in it without an element of their own
        prose = [block for block in prose if block.element.tag == container.tag]
        if sum(block.element is container for block in prose) < _FEWEST:
            return first, last
    places = [block.at for block in prose]

    def prose_in(one: Element) -> list[Block]:
        return prose[bisect_left(places, one.first) : bisect_left(places, one.last)]

    for one in children(chrome, parent):
        own = prose_in(one)
        is_before = one.last <= container.first
        is_piece = _is_like(around, one, elements)
        if own if is_piece else is_before and _begins_body(one, container, own, blocks):
            first, last = min(first, one.first), max(last, one.last)
    outer = _outermost(container, chrome.start)
    if outer is not container and outer.parent is not None:
        for one in children(chrome, outer.parent):
            if one.last <= outer.first and _begins_body(one, outer, prose_in(one), blocks):
                first = min(first, one.first)
    return first, last


def _is_like(around: list[Element], one: Element, elements: list[Element]) -> bool:
    """Whether it is alike, and what it holds, a heading over it aside."""
    at = one.at + 1
    while len(around) > 1 and at < one.end and elements[at].tag in HEADINGS:
        at += 1
    inner = elements[at : at + len(around) - 1]
    return is_alike(around[0], one) and all(map(is_alike, around[1:], inner))


def _widened(container: Element, chrome: Chrome, candidates: list[Block]) -> Element:
    """The largest element below the title that has paragraphs beside the container, and few links.

    A theme may part a text anywhere. A box is a paragraph, too, that is like one in which line
    breaks part the text, or the first below a summary that is all the container holds.
    """
    best = element = container
    is_broken = _is_broken(container, candidates)
    box = summary_holding(chrome, candidates, container)
    for _ in range(_MOST_WRAPPERS):
        if element.parent is None or element.parent.first < chrome.start:
            break
        element = element.parent
        begin = bisect_left(candidates, element.first, key=_place)
        inside = candidates[begin : bisect_left(candidates, element.last, key=_place)]
        beside = [block for block in inside if not best.first <= block.at < best.last]
        linked, text = (sum(map(size, beside)) for size in (_linked, _length))
        if linked * _FEW_LINKS > text:
            break
        prose = (block.element for block in beside if is_prose(block))
        if any(
            one.tag == "p"
            or (one.parent is element and is_broken and is_alike(one, container))
            or (one.parent is element and one.first == box and one.tag == "div")
            for one in prose
        ):
            best = element
    return best


def _is_broken(container: Element, candidates: list[Block]) -> bool:
    """Whether paragraphs stand right in it, parted by line breaks.

    Without a class, it may be one paragraph, and nothing else.
    """
    begin = bisect_left(candidates, container.first, key=_place)
    inside = candidates[begin : bisect_left(candidates, container.last, key=_place)]
    own = sum(one.element is container and is_prose(one) for one in inside)
    is_one = not container.classes and own == container.last - container.first
    return own >= _FEWEST or is_one


def _linked(block: Block) -> int:
    return block.linked


def _wrappers(container: Element, elements: list[Element], start: int) -> list[Element]:
    """A few elements around the container that hold nothing else, or but headings over it that are
    not the title: the outermost first, and the container.
    """
    around = [container]
    for _ in range(_MOST_AROUND):
        parent = around[0].parent
        if parent is None or parent.end != container.end:
            break
        over = elements[parent.at + 1 : around[0].at]
        if over and (parent.first < start or any(one.tag not in HEADINGS for one in over)):
            break
        around.insert(0, parent)
    return around


def _begins_body(one: Element, container: Element, own: list[Block], blocks: list[Block]) -> bool:
    """Whether the element before the container begins with one of several paragraphs of prose.

    A picture, its caption or a byline may stand over the first of them; each may have a box.
    """
    if one.tag != container.tag or len(own) < _FEWEST:
        return False
    holder = around = outermost(own[0].element).parent
    for _ in range(_MOST_AROUND):
        if holder is None or holder is one or (holder.first, holder.last) != (one.first, one.last):
            break
        holder = holder.parent
    return (
        holder is one
        and all(map(_is_over_prose, blocks[one.first : own[0].at]))
        and all(
            outermost(block.element).parent is around and block.linked * 5 < len(block.text)
            for block in own
        )
    )


def _is_over_prose(block: Block) -> bool:
    return block.linked * 2 <= len(block.text) and block.element.tag not in HEADINGS


def _place(block: Block) -> int:
    return block.at


def _length(block: Block) -> int:
    return len(block.text)
