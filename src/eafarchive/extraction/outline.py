"""A document as a light outline: containers, and blocks of text in document order.

The DOM is walked once and never again. A block is a run of inline content without a block-level
boundary in it: a paragraph, a heading, a list item's text, a table cell's. Every container knows
the range of blocks under it, so that a sum over any subtree is one subtraction of prefix sums.
"""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from eafarchive.extraction import tags

Attributes = dict[str, str | None]

BREAK: Final = "\u2028"
"""A ``br`` among a block's runs: LINE SEPARATOR, which is white space and no newline."""
MAX_MARKS: Final = 32
"""How deep marks nest; deeper ones are dropped (their text is not)."""

WIDE: Final = 3
"""Letters that one character is worth in a script that writes words with one or two."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_WORDY = "h1, p, article, main"
"""What stands in a ``nav`` element that is more than a menu, as where its end tag is missing."""


class Chain:
    """The inline marks around a run, innermost first."""

    __slots__ = ("depth", "is_link", "node", "tag", "up")

    def __init__(self, tag: str, node: LexborNode, up: Chain | None) -> None:
        self.tag = tag
        self.node = node
        self.up = up
        self.depth: int = 1 if up is None else up.depth + 1
        self.is_link: bool = tag == "a" or (up is not None and up.is_link)


class Element:
    """A block-level container; ``blocks[first:last]`` of the outline lie under it."""

    __slots__ = ("_hint", "at", "end", "first", "hidden", "last", "node", "parent", "tag")

    def __init__(
        self, tag: str, node: LexborNode, parent: Element | None, at: int, first: int
    ) -> None:
        self.tag = tag
        self.node = node
        self.parent = parent
        self.at = at
        """Its place among the outline's elements."""
        self.end = at + 1
        """The place after its last descendant's."""
        self.first = self.last = first
        self.hidden: bool = parent is not None and parent.hidden
        self._hint: str | None = None

    @property
    def hint(self) -> str:
        """The class and id."""
        if self._hint is None:
            names = self.node.attributes
            self._hint = f"{names.get('class') or ''} {names.get('id') or ''}"
        return self._hint


class Image:
    """An image among a block's runs."""

    __slots__ = ("attributes",)

    def __init__(self, attributes: Attributes) -> None:
        self.attributes = attributes


Run = tuple[str | Image, Chain | None]


class Block:
    """A run of inline content. ``text`` is folded; a line break is a newline."""

    __slots__ = ("at", "element", "linked", "own", "runs", "text")

    def __init__(self, at: int, element: Element, runs: list[Run], text: str, linked: int) -> None:
        self.at = at
        self.element = element
        self.runs = runs
        self.text = text
        self.linked = linked
        """Characters of it that stand in hyperlinks."""
        own = len(text) - linked
        if own and not text.isascii() and (wide := len(_WIDE.findall(text))):
            own += (WIDE - 1) * wide * own // len(text)
        self.own = own
        """Letters' worth of it outside hyperlinks: an ideograph is worth `WIDE` letters."""

    @property
    def line(self) -> str:
        """Its text in one line."""
        return self.text.replace("\n", " ") if "\n" in self.text else self.text

    @property
    def has_image(self) -> bool:
        """Whether a picture stands in it."""
        if len(self.runs) == 1:
            return not self.text
        return any(isinstance(run, Image) for run, _ in self.runs)


class Outline:
    """Elements and blocks, both in document order, and the form fields and players among them."""

    __slots__ = ("blocks", "elements", "fields", "media", "more", "times")

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.fields: list[tuple[int, LexborNode]] = []
        """Inputs and text areas, each with the number of blocks before it."""
        self.media: list[int] = []
        """The number of blocks before each player or frame."""
        self.more: int | None = None
        """The number of blocks before WordPress's "more" mark."""
        self.times: list[tuple[int, str]] = []
        """The ``datetime`` of each ``time`` element, with the number of blocks before it."""


def make_outline(body: LexborNode | None, hidden: frozenset[int] = frozenset()) -> Outline:
    """The outline of a ``body`` element, in time linear in its nodes.

    ``hidden`` holds the identities of the elements that a style or attribute hides.
    """
    outline = Outline()
    if body is None:
        return outline
    elements, blocks, known = outline.elements, outline.blocks, tags.KNOWN.get
    current = holder = Element("body", body, None, 0, 0)
    elements.append(current)
    runs: list[Run] = []
    chain: Chain | None = None
    is_silent = False  # in a ``noscript`` element: only images count
    # the elements that are open, each with what holds its followers
    above: list[tuple[LexborNode, Element, Chain | None, bool]] = []
    node = body.first_child
    while node is not None or above:
        if node is None:
            node, holder, chain, is_silent = above.pop()
            node = node.next
            continue
        number = node.tag_id
        kind, tag = known(number) or tags.learn(number, node.tag or "")
        if kind == tags.TEXT:
            text: str = node.text_content  # type: ignore[assignment]
            if not is_silent and (not text.isspace() or (runs and holder is current)):
                if holder is not current:
                    if runs:
                        _flush(blocks, current, runs)
                        runs = []
                    current = holder
                runs.append((text, chain))
            node = node.next
            continue
        if kind >= tags.IMG:  # nothing in it counts
            if kind == tags.SKIP:
                if tag in tags.MEDIA:
                    outline.media.append(len(blocks))
                elif tag in {"input", "textarea"}:
                    outline.fields.append((len(blocks), node))
            else:
                if holder is not current:
                    if runs:
                        _flush(blocks, current, runs)
                        runs = []
                    current = holder
                runs.append((BREAK if kind == tags.BR else Image(node.attributes), chain))
            node = node.next
            continue
        inner, marks, silent = holder, chain, is_silent
        if kind == tags.BLOCK:
            if runs:
                _flush(blocks, current, runs)
                runs = []
            inner = Element(tag, node, holder, len(elements), len(blocks))
            elements.append(inner)
            if hidden and node.mem_id in hidden:
                inner.hidden = True
            if tag == "hr":
                blocks.append(Block(len(blocks), inner, [], "", 0))
            elif tag == "nav" and node.css_first(_WORDY) is None:
                node = node.next
                continue
        elif kind == tags.MARK:
            if chain is None or chain.depth < MAX_MARKS:
                marks = Chain(tags.MARKS[tag], node, chain)
        elif kind == tags.NOSCRIPT:
            silent = True
        else:
            if tag == "span":
                if (node.id or "").startswith("more-"):
                    outline.more = len(blocks) + bool(runs)
            elif tag == "time" and (moment := node.attributes.get("datetime")):
                outline.times.append((len(blocks), moment))
            if hidden and node.mem_id in hidden:
                node = node.next
                continue
        child = node.first_child
        if child is None:
            node = node.next
            continue
        above.append((node, holder, chain, is_silent))
        node, holder, chain, is_silent = child, inner, marks, silent
    if runs:
        _flush(blocks, current, runs)
    for element in reversed(elements):
        parent = element.parent
        if parent is not None:
            # every element of every page comes by: calls of max() would be felt
            if parent.last < element.last:  # noqa: PLR1730
                parent.last = element.last
            if parent.end < element.end:  # noqa: PLR1730
                parent.end = element.end
    return outline


def _flush(blocks: list[Block], holder: Element, runs: list[Run]) -> None:
    """Ends a block, or several where two line breaks make a paragraph's end."""
    if len(runs) == 1:  # most are one link of a list
        run, chain = runs[0]
        if isinstance(run, str):
            text = " ".join(run.split())
            if not text:
                return
            linked = len(text) if chain is not None and chain.is_link else 0
        else:
            text, linked = "", 0
        blocks.append(Block(len(blocks), holder, runs, text, linked))
        holder.last = len(blocks)
        return
    if [run[0] for run in runs].count(BREAK) > 1:
        for piece in _pieces(runs):
            _add(blocks, holder, piece)
    else:
        _add(blocks, holder, runs)


def _add(blocks: list[Block], holder: Element, runs: list[Run]) -> None:
    strings: list[str] = []
    linked = 0
    for run, chain in runs:
        if isinstance(run, str):
            strings.append(run)
            if chain is not None and chain.is_link:
                linked += len(run)
    raw = "".join(strings)
    text = fold_lines(raw) if BREAK in raw else " ".join(raw.split())
    if not text and len(strings) == len(runs):
        return
    blocks.append(Block(len(blocks), holder, runs, text, min(linked, len(text))))
    holder.last = len(blocks)


def _pieces(runs: list[Run]) -> list[list[Run]]:
    pieces: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run[0] == BREAK:
            breaks += 1
        elif isinstance(run[0], Image) or not run[0].isspace():
            if breaks > 1:
                pieces.append([])
            breaks = 0
        pieces[-1].append(run)
    return pieces


def fold_lines(raw: str) -> str:
    """Text with white space folded and each `BREAK` a newline; none at the ends."""
    return "\n".join(" ".join(line.split()) for line in raw.split(BREAK)).strip("\n")
