"""What the lists are like that the last blocks of a body stand in."""

from __future__ import annotations

from itertools import takewhile

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.outline import Block, Element
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import LISTS
from eafarchive.extraction.lines.signposts import lead_out, own_hosts
from eafarchive.phrases import Phrases, is_all

_FEWEST = 3
"""Words in small letters with which a sentence goes on after a link."""
_STOPS = (".", "!", "?", "…")


class Lists:
    """What the lists are like that the last of the blocks stand in; found out once for each."""

    def __init__(self, kept: list[Block]) -> None:
        self._kept = kept
        self._known: dict[int, tuple[bool, bool]] = {}
        self._works: dict[int, bool] = {}
        self._parts: dict[int, tuple[list[Block], Block | None]] = {}

    def around(self, block: Block) -> tuple[bool, bool]:
        """Whether every item of the list around the block is mostly a link, and not the beginning
        of a sentence; whether one has words.

        It is the innermost list, as far as it is not taken away when it is first asked for.
        """
        element = _list_around(block)
        if element is None:
            return False, False
        if element.at not in self._known:
            inside, _ = self._inside(element)
            linked = sum(other.linked for other in inside)
            text = sum(len(other.text) for other in inside)
            items = [other for other in inside if other.text]
            is_of_links = all(other.linked for other in items) and linked * 5 >= text * 2
            is_wordy = any(other.own >= 20 for other in inside)
            if is_of_links and is_wordy and items and all(map(_goes_on, items)):
                is_of_links = False
            self._known[element.at] = is_of_links, is_wordy
        return self._known[element.at]

    def is_of_works(self, block: Block, rules: Rules) -> bool:
        """Whether the list around the block stands under a label over works, and leads to other
        sites than the profile's, if it names some.
        """
        hosts = own_hosts(rules)
        element = _list_around(block)
        if element is None or not hosts:
            return False
        if element.at not in self._works:
            inside, over = self._inside(element)
            is_labelled = over is not None and is_all(rules.works, over.line)
            self._works[element.at] = is_labelled and lead_out(inside, hosts)
        return self._works[element.at]

    def is_under(self, block: Block, labels: Phrases) -> bool:
        """Whether the list around the block stands right under one of the labels."""
        element = _list_around(block)
        over = None if element is None else self._inside(element)[1]
        return over is not None and is_all(labels, over.line)

    def _inside(self, element: Element) -> tuple[list[Block], Block | None]:
        """The blocks in a list, the last first, and the one right over it, when first asked for."""
        if element.at not in self._parts:
            inside = list(takewhile(lambda one: one.at >= element.first, reversed(self._kept)))
            over = self._kept[-len(inside) - 1] if len(inside) < len(self._kept) else None
            is_right = over is not None and over.at + 1 == element.first
            self._parts[element.at] = inside, over if is_right else None
        return self._parts[element.at]


def _list_around(block: Block) -> Element | None:
    element: Element | None = block.element
    while element is not None and element.tag not in LISTS:
        element = element.parent
    return element


def _goes_on(item: Block) -> bool:
    """Whether a sentence goes on after its last link (*Roe 2009, which few have read*)."""
    run, chain = item.runs[-1]
    if not isinstance(run, str) or anchor_of(chain) or not run.rstrip().endswith(_STOPS):
        return False
    begin = run.lstrip()[:1]
    words = [word for word in run.split() if word[0].islower()]
    return (begin in {",", ";"} or begin.islower()) and len(words) >= _FEWEST
