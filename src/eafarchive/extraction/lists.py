"""What the lists are like that the last blocks of a body stand in."""

from __future__ import annotations

from itertools import takewhile

from eafarchive.extraction.outline import Block, Element
from eafarchive.extraction.tags import LISTS


class Lists:
    """What the lists are like that the last of the blocks stand in; found out once for each."""

    def __init__(self, kept: list[Block]) -> None:
        self._kept = kept
        self._known: dict[int, tuple[bool, bool]] = {}

    def around(self, block: Block) -> tuple[bool, bool]:
        """Whether every item of the list around the block is mostly a link; whether one has words.

        It is the innermost list, as far as it is not taken away when it is first asked for.
        """
        element: Element | None = block.element
        while element is not None and element.tag not in LISTS:
            element = element.parent
        if element is None:
            return False, False
        if element.at not in self._known:
            first = element.first
            inside = list(takewhile(lambda other: other.at >= first, reversed(self._kept)))
            linked = sum(other.linked for other in inside)
            text = sum(len(other.text) for other in inside)
            are_linked = all(other.linked for other in inside if other.text)
            is_wordy = any(other.own >= 20 for other in inside)
            self._known[element.at] = are_linked and linked * 5 >= text * 2, is_wordy
        return self._known[element.at]
