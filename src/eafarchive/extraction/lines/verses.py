"""Short lines in boxes of their own between paragraphs: a poem's or an oath's, several in a row;
subheadings, each over its part.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from eafarchive.extraction.document.outline import PROSE, Block, Element, outermost

_FEWEST, _SPACES = 3, 2
"""Lines in a row, and spaces in each."""
_NUMBER = "0123456789 "


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


def subheads_among(chosen: Sequence[Block]) -> frozenset[int]:
    """The places of lines that head parts of the text in no heading: each all of a box, right
    between two paragraphs of prose beside that.

    Several boxes are built alike, and each says something else; an advertisement's label stands
    there again and again, or once.
    """
    found: dict[tuple[str, str, int], list[Block]] = {}
    for before, block, after in zip(chosen, chosen[1:], chosen[2:], strict=False):
        if block.element.tag != "div" or not 0 < block.own < PROSE or block.linked:
            continue
        box = outermost(block.element)
        if (
            not block.has_image
            and before.at + 1 == block.at == after.at - 1
            and box.last - box.first == 1
            and all(
                one.own >= PROSE and one.element.tag == "p" and one.element.parent is box.parent
                for one in (before, after)
            )
        ):
            built = (box.hint, block.element.hint, block.element.at - box.at)
            found.setdefault(built, []).append(block)
    return frozenset(
        line.at
        for alike in found.values()
        if len({line.line.strip(_NUMBER) for line in alike}) == len(alike) > 1
        for line in alike
    )


def _holder_of_line(block: Block) -> Element | None:
    """What holds a line that may be a verse; ``None`` of any other block."""
    element = block.element
    is_line = element.tag == "div" and not block.linked and 0 < block.own < PROSE
    if not is_line or element.hint.strip() or block.text.count(" ") < _SPACES:
        return None
    return element.parent
