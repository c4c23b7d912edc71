"""The element that holds an article's body: where most of the prose around the title is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from eafarchive.extraction.document.outline import PROSE, Block, Element, Outline, is_prose
from eafarchive.extraction.document.page import Page
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.title import Title

_PARAGRAPHS = 3
"""Paragraphs of prose in a cell that is none of a table of data."""
_LEAST = 200
"""Letters' worth of words of a body without a paragraph of prose."""
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
    named: dict[str, list[Element]] = {}
    for selector in rules.profile.body:
        if _SIMPLE.fullmatch(selector):
            found = (named := named or _by_name(elements, rules.profile.body))[selector]
        else:
            nodes = _matching(page, selector)
            found = [one for one in elements if one.node.mem_id in nodes] if nodes else []
        if len(found) == 1:
            return found[0]
        if found:
            return max(found, key=lambda one: sum(map(_length, blocks[one.first : one.last])))
    return None


def _length(block: Block) -> int:
    return len(block.text)


def _by_name(elements: list[Element], selectors: Sequence[str]) -> dict[str, list[Element]]:
    """The elements of each tag or class that is a selector, seen without asking the document."""
    named: dict[str, list[Element]] = {one: [] for one in selectors if _SIMPLE.fullmatch(one)}
    of_class = {selector[1:]: found for selector, found in named.items() if selector[0] == "."}
    for element in elements:
        if element.tag in named:
            named[element.tag].append(element)
        for name in element.classes.split():
            if name in of_class:
                of_class[name].append(element)
    return named


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
        if is_prose(block):
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


def is_other(blocks: list[Block], marked: Element, container: Element) -> bool:
    """Whether the profile's element lies beside the body's, and has a good part of its words."""
    if marked.first < container.last and container.first < marked.last:
        return False
    here, there = (
        sum(block.own for block in blocks[one.first : one.last]) for one in (container, marked)
    )
    return there * 5 > here
