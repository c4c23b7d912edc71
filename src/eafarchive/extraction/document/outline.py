"""A document as a light outline: containers, and blocks of text in document order.

The DOM is walked once (`walk`) and never again. A block is a run of inline content without a
block-level boundary in it: a paragraph, a heading, a list item's text, a table cell's. Every
container knows the range of blocks under it, so that a sum over any subtree is one subtraction of
prefix sums.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from selectolax.lexbor import LexborNode

from eafarchive.extraction.document.tags import HEADINGS

Attributes = dict[str, str | None]

BREAK: Final = "\u2028"
"""A ``br`` among a block's runs: LINE SEPARATOR, which is white space and no newline."""
PROSE: Final = 60
"""Letters' worth of words outside hyperlinks from which a block counts as prose."""
WIDE: Final = 3
"""Letters that one character is worth in a script that writes words with one or two."""


_MOST_WRAPPERS = 24
_NUMBERED = re.compile(
    r"(.+)(?:_[0-9]+|-(?=[a-f]*[0-9])[0-9a-f]{4,}|-(?=[a-z]*[0-9]+[a-z])[0-9a-z]{5,})"
    r"|(.*(?:row|section|module|block|container))-[0-9]+"
)
"""A class that a page's builder numbers: ``text_3``, ``element-4fe2a1b``, ``css-1x9kz``,
``row-2``."""


# Structs, since their ``__init__`` is not Python's: a page has hundreds of each.
class Chain(msgspec.Struct, eq=False, gc=False):
    """The inline marks around a run, innermost first."""

    tag: str
    node: LexborNode
    up: Chain | None
    depth: int
    is_link: bool


class Element(msgspec.Struct, eq=False, gc=False):
    """A block-level container; ``blocks[first:last]`` of the outline lie under it."""

    tag: str
    node: LexborNode
    parent: Element | None
    at: int
    """Its place among the outline's elements."""
    end: int
    """The place after its last descendant's."""
    first: int
    last: int
    hidden: bool
    _names: tuple[str, str] | None = None

    @property
    def hint(self) -> str:
        """The class and id, the id of its label, the tag of an element of a site's own, and whether
        a test's mark says that it is a newsletter's.
        """
        return (self._names or self._read())[0]

    @property
    def classes(self) -> str:
        """The class attribute."""
        return (self._names or self._read())[1]

    @property
    def kind(self) -> str:
        """The classes, without the numbers that a page's builder gives to each element of a kind,
        where another class says which kind that is: ``text text_3``.
        """
        names = self.classes.split()
        if len(names) < 2:
            return "".join(names)
        numbered = {name: _NUMBERED.fullmatch(name) for name in names}
        if all(numbered.values()):
            return self.classes
        return " ".join(
            (found[1] or found[2]) if found else name for name, found in numbered.items()
        )

    def _read(self) -> tuple[str, str]:
        names = self.node.attributes
        classes = names.get("class") or ""
        own = self.tag if "-" in self.tag else ""
        told = names.get("data-testid") or names.get("data-test-id")
        own = f"{own} newsletter" if told and "newsletter" in told.lower() else own
        label = names.get("aria-labelledby") or ""
        self._names = f"{classes} {names.get('id') or ''} {own} {label}", classes
        return self._names


class Image(msgspec.Struct, eq=False, gc=False):
    """An image among a block's runs."""

    node: LexborNode

    @property
    def attributes(self) -> Attributes:
        """Its attributes, read anew each time."""
        return self.node.attributes


Run = tuple[str | Image, Chain | None]


class Block(msgspec.Struct, eq=False, gc=False):
    """A run of inline content."""

    at: int
    element: Element
    runs: list[Run]
    text: str
    """Its text, folded; a line break is a newline."""
    linked: int
    """Characters of it that stand in hyperlinks."""
    own: int
    """Letters' worth of it outside hyperlinks: an ideograph is worth `WIDE` letters."""
    line: str
    """Its text in one line."""
    has_image: bool
    """Whether a picture stands in it."""

    def part(self, runs: list[Run], text: str) -> Block:
        """What it is with those of its runs alone, whose text is told."""
        has_image = self.has_image and any(isinstance(run, Image) for run, _ in runs)
        line = text.replace("\n", " ")
        return msgspec.structs.replace(self, runs=runs, text=text, line=line, has_image=has_image)


class Outline:
    """Elements and blocks in document order, and the form fields and players among them."""

    __slots__ = (
        "blocks",
        "buttons",
        "changes",
        "elements",
        "fields",
        "media",
        "menus",
        "more",
        "sizers",
        "times",
        "updates",
    )

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.fields: list[tuple[int, LexborNode]] = []
        """Inputs and text areas, each with the number of blocks before it."""
        self.buttons: list[tuple[int, LexborNode, str]] = []
        """Buttons with their labels, each with the number of blocks before it."""
        self.media: list[int] = []
        """The number of blocks before each player or frame."""
        self.menus: list[int] = []
        """The number of blocks before each list of links in a ``nav`` element, which makes none."""
        self.sizers: list[int] = []
        """The number of blocks before each button of a letter or two, as font sizes have."""
        self.more: int | None = None
        """The number of blocks before WordPress's "more" mark."""
        self.times: list[tuple[int, str]] = []
        """The ``datetime`` of each ``time`` element, with the number of blocks before it."""
        self.changes: list[tuple[int, str]] = []
        """The same of those whose words say that they are of the last change."""
        self.updates: list[tuple[int, str]] = []
        """The same of those of which only hAtom's class says so."""


def is_prose(block: Block) -> bool:
    """Whether the block is a paragraph's worth of words."""
    return block.own >= PROSE and block.element.tag not in HEADINGS


def is_paragraph(block: Block) -> bool:
    """Whether the block is a paragraph of prose with few links."""
    return block.element.tag == "p" and is_prose(block) and block.linked * 3 < len(block.text)


def outermost(element: Element) -> Element:
    """The element, or the outermost one that is wrapped around it and around nothing else; of very
    many wrappers not the last, since this is asked of each element.
    """
    for _ in range(_MOST_WRAPPERS):
        around = element.parent
        if around is None or (around.first, around.last) != (element.first, element.last):
            break
        element = around
    return element


def child_around(block: Block, parent: Element | None) -> Element:
    """The child of ``parent`` that the block stands in; the body if it stands in none of them."""
    element = block.element
    while element.parent is not None and element.parent is not parent:
        element = element.parent
    return element
