"""The element that holds an article's body: where most of the prose around the title is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from eafarchive.extraction.chrome import Chrome
from eafarchive.extraction.hints import is_alike
from eafarchive.extraction.outline import PROSE, Block, Element, Outline
from eafarchive.extraction.page import Page
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.tags import HEADINGS
from eafarchive.extraction.title import Title

_PARAGRAPHS = 3
"""Paragraphs of prose in a cell that is none of a table of data."""
_FEWEST = 2
"""Paragraphs between line breaks in an element that has none for each."""
_WORDS = 20
"""Letters of what is more than a label, in an element that goes on with the text; and how many
items of lists it has."""
_ITEMS = 3
_FEW_LINKS = 4
_LEAST = 200
"""Letters' worth of words of a body without a paragraph of prose."""
_MOST_AROUND = 4
"""Elements that a page's builder wraps around each piece of a body."""
_ASKS = re.compile(
    r"\b(?:subscri|suscri|iscrivi|abonn|newsletter|sign up|log ?in\b)", re.IGNORECASE
)
"""What speaks to readers as such, and not of a thing."""
_MOST_WRAPPERS = 12
"""Elements around a text that may hold other parts of it."""
_MARKED = re.compile(r"\[(itemprop|property)~=([\w-]+)\]")
_SIMPLE = re.compile(r"\.?[A-Za-z][\w-]*")
_LEAVES = frozenset("p li ul ol blockquote td th tr tbody table pre dd".split())


def find_marked(page: Page, rules: Rules, start: int) -> Element | None:
    """The element that the first selector of the profile's ``body`` to match anything names.

    Of several, as a page has that leads on to other articles, the one with the most words; none
    that ends before block ``start``.
    """
    blocks, elements = page.outline.blocks, page.outline.elements
    elements = [one for one in elements if one.last > start and one.last > one.first]
    selectors = rules.profile.body
    # most are of one class or tag, and seen without asking the document
    named: dict[str, list[Element]] = {one: [] for one in selectors if _SIMPLE.fullmatch(one)}
    classes = {selector[1:]: found for selector, found in named.items() if selector[0] == "."}
    for element in elements:
        if element.tag in named:
            named[element.tag].append(element)
        if element.classes:
            for name in classes.keys() & element.classes.split():
                classes[name].append(element)
    for selector in selectors:
        if selector in named:
            found = named[selector]
        else:
            nodes = _matching(page, selector)
            found = [one for one in elements if one.node.mem_id in nodes] if nodes else []
        if found:
            return max(found, key=lambda one: sum(map(_length, blocks[one.first : one.last])))
    return None


def _length(block: Block) -> int:
    return len(block.text)


def _matching(page: Page, selector: str) -> set[int]:
    """The identities of the nodes that the selector names."""
    if (told := _MARKED.fullmatch(selector)) is None:
        return {node.mem_id for node in page.tree.css(selector)}
    name, value = told.groups()  # such nodes have been looked for
    return {
        node.mem_id
        for node, attributes in page.found
        if name in attributes and value in (attributes[name] or "").split()
    }


def find_container(
    outline: Outline,
    chrome: Chrome,
    candidates: list[Block],
    title: Title,
    marked: Element | None = None,
) -> Element | None:
    """The deepest element that holds most of the prose around the title.

    The ``marked`` one is heard where it is around that element, where it is within it and holds
    nearly all of that prose, and where a page has no prose: an interview in short lines, a poem.
    """
    masses = [0] * (len(outline.blocks) + 1)
    for block in candidates:
        if chrome.is_prose(block):
            masses[block.at + 1] = block.own
    sums = list(accumulate(masses))
    first, last = _around_title(outline, sums, title)
    total = sums[last] - sums[first]
    best = None
    elements = outline.elements
    at = 0
    while at < len(elements):
        element = elements[at]
        mass = sums[element.last] - sums[element.first]
        if not mass or mass * 2 < total:
            at = element.end  # what it holds has less
            continue
        fits = element.tag not in _LEAVES or (
            element.tag == "td" and (_holds(element, title) or _lays_out(element, candidates))
        )
        if fits and first <= element.first <= element.last <= last:
            best = element
        at += 1
    if marked is None:
        return best
    if best is None:
        own = sum(block.own for block in candidates if marked.first <= block.at < marked.last)
        return marked if own >= _LEAST else None
    mass = sums[best.last] - sums[best.first]
    if marked.first <= best.first and best.last <= marked.last and _is_named(marked):
        return marked
    agrees = (sums[marked.last] - sums[marked.first]) * 10 >= mass * 9
    return marked if best.first <= marked.first <= marked.last <= best.last and agrees else best


def _lays_out(cell: Element, candidates: list[Block]) -> bool:
    """Whether a cell holds several paragraphs, as data do not: a table that lays out the page."""
    begin = bisect_left(candidates, cell.first, key=_place)
    own = candidates[begin : bisect_left(candidates, cell.last, key=_place)]
    return sum(block.element.tag == "p" and block.own >= PROSE for block in own) >= _PARAGRAPHS


def _place(block: Block) -> int:
    return block.at


def _holds(element: Element, title: Title) -> bool:
    """Whether a cell holds the title, too: a table that lays out the page."""
    return title.at is not None and element.first <= title.at < element.last


def _is_named(marked: Element) -> bool:
    """Whether more than its tag marks it: that holds an article's head and end, too."""
    return marked.tag != "article" or "itemprop" in marked.node.attributes


def _around_title(outline: Outline, sums: list[int], title: Title) -> tuple[int, int]:
    """The blocks of the smallest element that holds the title and a good part of the prose."""
    element = None if title.at is None else outline.blocks[title.at].element
    while element is not None:
        if (sums[element.last] - sums[element.first]) * 5 >= sums[-1] * 2:
            return element.first, element.last
        element = element.parent
    return 0, len(outline.blocks)


def reach_of(container: Element, start: int) -> tuple[int, int]:
    """The blocks in which parts of the body may stand outside its container.

    From the beginning of the largest element around it that does not hold the title, to the end
    of the smallest one that does. ``start`` is the number of blocks up to the title's.
    """
    element = _outermost(container, start)
    around = element if element.first < start else element.parent or element
    return element.first, around.last


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
    piece = _piece_around(container)
    parent, elements, blocks = piece.parent, chrome.outline.elements, chrome.outline.blocks
    is_named = container.classes or container.tag == "section"
    is_bare = not (is_named or (parent is not None and parent.tag == "article"))
    if parent is None or (is_bare and parent.first >= chrome.start):
        return first, last
    prose = [block for block in candidates if chrome.is_prose(block)]
    if is_bare:  # beside the title, where paragraphs stand in it without an element of their own
        prose = [block for block in prose if block.element.tag == container.tag]
        if sum(block.element is container for block in prose) < _FEWEST:
            return first, last
    places = [block.at for block in prose]

    def prose_in(one: Element) -> list[Block]:
        return prose[bisect_left(places, one.first) : bisect_left(places, one.last)]

    around = elements[piece.at : container.at + 1]
    for one in _children(chrome, parent):
        own = prose_in(one)
        is_before = one.last <= container.first
        is_piece = all(map(is_alike, around, elements[one.at : one.at + len(around)]))
        if own if is_piece else is_before and _begins_body(one, container, own, blocks):
            first, last = min(first, one.first), max(last, one.last)
    if chrome.rules.profile.trust_names and parent.first < chrome.start:
        for one in _children(chrome, parent):
            if one.first >= last and not _goes_on(one, candidates):
                break
            last = max(last, one.last)
    outer = _outermost(container, chrome.start)
    if outer is not container and outer.parent is not None:
        for one in _children(chrome, outer.parent):
            if one.last <= outer.first and _begins_body(one, outer, prose_in(one), blocks):
                first = min(first, one.first)
    return first, last


def _widened(container: Element, chrome: Chrome, candidates: list[Block]) -> Element:
    """The largest element below the title that has paragraphs beside the container, and few links.

    A theme's wrappers may part a text anywhere.
    """
    best = element = container
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
        if any(block.element.tag == "p" and chrome.is_prose(block) for block in beside):
            best = element
    return best


def _linked(block: Block) -> int:
    return block.linked


def _goes_on(one: Element, candidates: list[Block]) -> bool:
    """Whether the element after the container goes on with the text: lists under a heading, as of
    what a dish takes; paragraphs may be anybody's, readers' or lawyers'.
    """
    begin = bisect_left(candidates, one.first, key=_place)
    own = candidates[begin : bisect_left(candidates, one.last, key=_place)]
    if not own or own[0].element.tag not in HEADINGS:
        return False
    items = sum(block.element.tag == "li" and block.own > 0 for block in own)
    if items < _ITEMS or any(_ASKS.search(block.line) for block in own):
        return False
    words = sum(block.own for block in own if block.own >= _WORDS)
    return words >= _LEAST and words * 5 >= 4 * sum(len(block.text) for block in own)


def _piece_around(container: Element) -> Element:
    """The largest of a few elements around the container that hold nothing else."""
    piece = container
    for _ in range(_MOST_AROUND):
        parent = piece.parent
        if parent is None or parent.at + 1 != piece.at or parent.end != piece.end:
            break
        piece = parent
    return piece


def _children(chrome: Chrome, holder: Element) -> Iterator[Element]:
    """The holder's elements between the title and what ends the article."""
    elements, at = chrome.outline.elements, holder.at + 1
    while at < holder.end:
        one = elements[at]
        if chrome.start <= one.first and one.last <= chrome.end:
            yield one
        at = one.end


def _begins_body(one: Element, container: Element, own: list[Block], blocks: list[Block]) -> bool:
    """Whether the element before the container begins with one of several paragraphs of prose.

    A picture, its caption or a byline may stand over the first of them.
    """
    return (
        one.tag == container.tag
        and len(own) > 1
        and all(map(_is_over_prose, blocks[one.first : own[0].at]))
        and all(block.element.parent is one and block.linked * 5 < len(block.text) for block in own)
    )


def _is_over_prose(block: Block) -> bool:
    return block.linked * 2 <= len(block.text) and block.element.tag not in HEADINGS
