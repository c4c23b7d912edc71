"""Short lines in boxes of their own, several in a row between paragraphs: a poem's, an oath's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from eafarchive.extraction.document.outline import PROSE, Block, Element

_FEWEST, _SPACES = 3, 2
"""Lines in a row, and spaces in each."""


def verses_among(chosen: Sequence[Block]) -> frozenset[int]:
    """The places of such lines.

    Nothing sets them off but the box: it has no class, and they lead nowhere. Paragraphs stand
    right before and after them in what holds them, the one after them of prose.
    """
    found: set[int] = set()
    number = 0
    for holder, group in groupby(chosen, _holder_of_line):
        lines = list(group)
        before = chosen[max(number - 1, 0)]
        number += len(lines)
        around = (before, *chosen[number : number + 1])
        if (
            holder is not None
            and len(lines) >= _FEWEST
            and len(around) > 1
            and around[1].own >= PROSE
            and all(one.element.tag == "p" and one.element.parent is holder for one in around)
        ):
            found.update(line.at for line in lines)
    return frozenset(found)


def _holder_of_line(block: Block) -> Element | None:
    """What holds a line that may be a verse; ``None`` of any other block."""
    element = block.element
    is_line = element.tag == "div" and not block.linked and 0 < block.own < PROSE
    if not is_line or element.hint.strip() or block.text.count(" ") < _SPACES:
        return None
    return element.parent
