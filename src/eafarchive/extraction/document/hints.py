"""Elements that name themselves as chrome, or as another article, by class, id or tag."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from eafarchive.extraction.document.outline import PROSE, Element, Outline
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS

ENOUGH = 200
"""Characters of prose that have to be left for an element to be believed that it is chrome."""
_SHARE = 10
"""What is left is at least so small a part of what is taken away."""
_FEW = 3
"""Paragraphs for each link or picture from which an element does not lead on to other articles."""
_MAX_DOUBTS = 60
_SUBHEAD = re.compile(r"sub-?_?(?:head|title)")

_OF_TEXT = re.compile(rf".*{_SUBHEAD.pattern}.*|.*[a-z]tag", re.IGNORECASE)
"""Classes that a heading among paragraphs may have, whatever they mean elsewhere."""


def find_strange(
    outline: Outline, rules: Rules, outside: list[bool], title_at: int | None
) -> list[bool]:
    """By element: in one whose names say that it is not the article's.

    A name is believed only while enough prose is left without the element: themes call whole
    pages ``with-sidebar`` and ``comments-open``. What holds the title is never meant.
    """
    elements = outline.elements
    own = _article_around(outline, title_at)  # others beside or within it: HTML section 4.3.2
    start = 0 if title_at is None else title_at + 1
    says = rules.says_chrome if rules.profile.trust_names else _never
    parts = set() if own is None else _parts_of(own, outline, start)
    named = [
        element.last > start
        and not is_outside
        and element.last > element.first
        and (element.first >= start or not _holds(element, title_at))
        and (
            (own is not None and element.tag == "article" and element.at not in parts)
            or (says(element.hint) and not _is_body(element))
        )
        for element, is_outside in zip(elements, outside, strict=True)
    ]
    if True not in named:
        return [False] * len(elements)
    prose = _masses(outline, outside)
    sums = list(accumulate(prose, initial=0))
    for at, is_named in enumerate(named):
        if is_named and (elements[at].tag in HEADINGS or is_subheading(elements[at])):
            is_below = sums[elements[at].first] - sums[start] >= PROSE
            named[at] = says(_names_of_heading(elements[at], is_below=is_below))
    tops = _tops(elements, named, 0, len(elements))
    masses = {at: sums[elements[at].last] - sums[elements[at].first] for at in tops}
    left = sums[-1] - sum(masses.values())

    def open_up(name: int) -> None:
        """Believe of the element no more than what it holds says for itself."""
        nonlocal left
        left += masses.pop(name)
        for at in _tops(elements, named, name + 1, elements[name].end):
            masses[at] = sums[elements[at].last] - sums[elements[at].first]
            left -= masses[at]

    for _ in range(_MAX_DOUBTS):
        idle = (at for at in masses if _leads_nowhere(outline, elements[at], rules))
        if (doubted := next(idle, None)) is None:
            break
        open_up(doubted)
    for _ in range(_MAX_DOUBTS):
        largest = max(masses, key=lambda at: (masses[at], -at), default=None)
        if largest is None or not masses[largest]:
            break
        # what outweighs the rest, as comments may, follows the article, no deck, and is not it
        over = [mass for mass in prose[start : elements[largest].first] if mass]
        before = sum(over) - sum(mass for at, mass in masses.items() if at < largest)
        is_over = before >= ENOUGH and len(over) > 1
        most = masses[largest] > left
        if left >= ENOUGH and left * _SHARE >= masses[largest] and (is_over or not most):
            break
        unlike = [largest]
        if before < PROSE:  # the article begins with it: what bears its name goes on with it
            one = elements[largest]
            others = (elements[at] for at, mass in masses.items() if mass and at != largest)
            unlike += [other.at for other in others if _share_name(one, other, says)]
        for name in unlike:
            open_up(name)
    marks = [False] * len(elements)
    for at in masses:
        end = elements[at].end
        marks[at:end] = [True] * (end - at)
    return marks


def is_subheading(element: Element) -> bool:
    """Whether it is one line that its class calls a subheading."""
    if element.last != element.first + 1:
        return False
    return _SUBHEAD.search(element.classes.lower()) is not None


def is_alike(one: Element, other: Element) -> bool:
    """Whether two elements have the same tag, and the same classes unless that says enough."""
    if one.tag != other.tag:
        return False
    return one.tag == "article" or one.classes == other.classes or one.kind == other.kind


def _names_of_heading(heading: Element, *, is_below: bool) -> str:
    """What a heading calls itself: its id is made of its own words, and links lead to it.

    One that stands ``is_below`` prose is no deck of the article's, whatever its class.
    """
    if not is_below:
        return heading.classes
    return " ".join(one for one in heading.classes.split() if not _OF_TEXT.fullmatch(one))


def _share_name(one: Element, other: Element, says: Callable[[str], bool]) -> bool:
    """Whether they are siblings, and a class that both have says that they are chrome."""
    if one.parent is not other.parent:
        return False
    return any(map(says, set(one.classes.split()) & set(other.classes.split())))


def _leads_nowhere(outline: Outline, element: Element, rules: Rules) -> bool:
    """Whether it is named after other articles, and holds paragraphs with hardly a link."""
    if element.tag == "article" or element.tag in HEADINGS or not rules.says_onward(element.hint):
        return False
    blocks = outline.blocks[element.first : element.last]
    prose = [block.own for block in blocks if block.own >= PROSE]
    links = sum(block.has_image or block.linked * 5 >= len(block.text) * 4 for block in blocks)
    return sum(prose) >= ENOUGH and links * _FEW < len(prose)


def _masses(outline: Outline, outside: list[bool]) -> list[int]:
    return [
        block.own if block.own >= PROSE and not outside[block.element.at] else 0
        for block in outline.blocks
    ]


def _tops(elements: list[Element], named: list[bool], first: int, last: int) -> list[int]:
    """The outermost of the named elements in a range of places."""
    found = []
    at = first
    while at < last:
        if named[at]:
            found.append(at)
            at = elements[at].end
        else:
            at += 1
    return found


def _holds(element: Element, at: int | None) -> bool:
    return at is not None and element.first <= at < element.last


def _article_around(outline: Outline, at: int | None) -> Element | None:
    """The outermost ``article`` element that the title stands in."""
    found = None
    element = None if at is None else outline.blocks[at].element
    while element is not None:
        found = element if element.tag == "article" else found
        element = element.parent
    return found


def _parts_of(own: Element, outline: Outline, start: int) -> set[int]:
    """The places of the ``article`` elements in a text that is made of such, as a ticker's posts:
    siblings with more of it than stands beside them, and at most a deck over them, none of which
    leads on to another article; one or two begin with no heading, and are what a theme puts around
    a text.
    """
    within = [
        one
        for one in outline.elements[own.at + 1 : own.end]
        if one.tag == "article" and one.first >= start and one.last > one.first
    ]
    if not within:
        return set()
    parts = [one for one in within if one.parent is within[0].parent]
    blocks = outline.blocks
    over = [block.own for block in blocks[start : parts[0].first] if block.own >= PROSE]
    if len(over) > 1 and sum(over) >= ENOUGH:
        return set()
    inside = [block for one in parts for block in blocks[one.first : one.last]]
    prose, every = (
        sum(block.own for block in some if block.own >= PROSE)
        for some in (inside, blocks[start : own.last])
    )
    if prose < max(every - prose, 2 * ENOUGH):
        return set()
    if len(parts) < _FEW and any(blocks[one.first].element.tag in HEADINGS for one in parts):
        return set()
    is_led_on = any(
        block.linked and (block.element.tag in HEADINGS or block.linked == len(block.text))
        for block in inside
    )
    # or one that lies over all of a card
    is_led_on = is_led_on or any(one.node.css_first("a:empty") is not None for one in parts)
    return set() if is_led_on else {one.at for one in parts}


def _is_body(element: Element) -> bool:
    """Whether it is marked as the body of an article, as those that a page leads on to are not."""
    return "articleBody" in (element.node.attributes.get("itemprop") or "")


def _never(hint: str) -> bool:  # noqa: ARG001 -- a name that is not heard
    return False
