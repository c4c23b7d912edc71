"""Which blocks of a body belong together: a paragraph each, a whole list, a whole table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eafarchive.extraction.document.outline import Block, Element

MAX_LISTS = 30
"""How deep lists nest; deeper items read as if they stood there."""
_LISTS = frozenset(("ul", "ol", "menu", "dir"))


class Context(NamedTuple):
    """What encloses an element, within the body."""

    unit: Element | None = None
    """The outermost list or table: one block of the text."""
    lists: tuple[Element, ...] = ()
    """The lists around it, outermost first."""
    item: Element | None = None
    cell: Element | None = None
    quote: Element | None = None
    pre: bool = False


class Unit(NamedTuple):
    """Blocks that make one block of the text: a paragraph, or a whole list or table."""

    blocks: list[Block]
    context: Context


class Surroundings:
    """What encloses each block of a body; found out once for every element."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._root = _root(blocks)
        self._known: dict[int, Context] = {}

    def of(self, block: Block) -> Context:
        """What encloses the block."""
        path: list[Element] = []
        at: Element | None = block.element
        while at is not None and at is not self._root and at.at not in self._known:
            path.append(at)
            at = at.parent
        context = Context() if at is None or at is self._root else self._known[at.at]
        for element in reversed(path):
            context = self._known[element.at] = _entered(context, element)
        return context


def group_units(blocks: Sequence[Block], surroundings: Surroundings) -> list[Unit]:
    """The blocks in order, those of one outermost list or table taken together."""
    units: list[Unit] = []
    for block in blocks:
        context = surroundings.of(block)
        last = units[-1].context.unit if units else None
        if context.unit is not None and context.unit is last:
            units[-1].blocks.append(block)
        else:
            units.append(Unit([block], context))
    return units


def _root(blocks: Sequence[Block]) -> Element | None:
    """The innermost element around all blocks that is no list or table of theirs."""
    if not blocks:
        return None
    first, last = blocks[0].at, blocks[-1].at
    element: Element | None = blocks[0].element
    while element is not None and not element.first <= first <= last < element.last:
        element = element.parent
    while element is not None and element.tag in _LISTS | {
        "table",
        "thead",
        "tbody",
        "tr",
    }:
        element = element.parent
    if len(blocks) == 1 and element is blocks[0].element and element is not None:
        return element.parent if element.tag in {"pre", "blockquote"} else element
    return element


def _entered(context: Context, element: Element) -> Context:
    if context.cell is not None:
        return context  # a table or list in a cell is the cell's words
    match element.tag:
        case "ul" | "ol" | "menu" | "dir":
            lists = context.lists
            lists = (*lists, element) if len(lists) < MAX_LISTS else lists
            return context._replace(unit=context.unit or element, lists=lists, item=None)
        case "li":
            return context._replace(item=element)
        case "table" if context.unit is None:
            return context._replace(unit=element)
        case "td" | "th" | "caption" if context.unit is not None and not context.lists:
            return context._replace(cell=element)
        case "blockquote":
            return context._replace(quote=context.quote or element)
        case "pre":
            return context._replace(pre=True)
        case _:
            return context
