"""A document as a light outline: containers, and blocks of text in document order.

The DOM is walked once and never again. A block is a run of inline content without a block-level
boundary in it: a paragraph, a heading, a list item's text, a table cell's. Every container knows
the range of blocks under it, so that a sum over any subtree is one subtraction of prefix sums.
"""

from __future__ import annotations

import re
from typing import Any, Final

from selectolax.lexbor import LexborNode

Attributes = dict[str, str | None]
Mark = tuple[str, Attributes]
"""A piece of inline markup: ``("a", attributes)``, ``("/a", {})``, ``("img", attributes)``."""
Run = str | Mark

BREAK: Final = "\u2028"
"""A ``br`` within a block's runs: LINE SEPARATOR, which is white space and no newline."""
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MEDIA: Final = frozenset(("audio", "video", "iframe", "object", "embed"))

_KEPT = {
    "a": "a", "abbr": "abbr", "b": "strong", "cite": "cite", "code": "code", "em": "em",
    "i": "em", "kbd": "code", "q": "q", "samp": "code", "strong": "strong", "sub": "sub",
    "sup": "sup", "tt": "code",
}  # fmt: skip
_SKIPPED = frozenset(
    "amp-ad amp-analytics amp-embed amp-iframe amp-sidebar applet area audio base button canvas"
    " datalist dialog embed frame frameset head iframe input keygen link map meta noembed noframes"
    " object optgroup option output param progress script select source style svg template"
    " textarea title track video".split()
)
_BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center col colgroup dd details dir div dl dt"
    " fieldset figcaption figure footer form header hgroup hr html legend li main menu nav ol p"
    " pre search section summary table tbody td tfoot th thead tr ul".split()
)
_ENCLOSING = frozenset(
    ("nav", "aside", "footer", "header", "form", "figure", "address", "main", "article")
)
_SPECIAL = _ENCLOSING | frozenset(
    "blockquote ul ol menu dir li table tr td th caption".split()
)
_ROLES = {"navigation": "nav", "complementary": "aside", "contentinfo": "footer"}
_TEXT, _INLINE, _BLOCK, _BR, _IMG, _OTHER, _SKIP, _NOSCRIPT = range(8)
_CODES = (
    dict.fromkeys(_BLOCKS, _BLOCK)
    | dict.fromkeys(_SKIPPED, _SKIP)
    | dict.fromkeys(_KEPT, _INLINE)
    | {"-text": _TEXT, "br": _BR, "img": _IMG, "amp-img": _IMG, "noscript": _NOSCRIPT}
    | {"-comment": _SKIP, "-cdata-section": _SKIP, "!--": _SKIP, "picture": _OTHER}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PARAGRAPH_BREAK = re.compile(f"{BREAK}[^\\S{BREAK}]*{BREAK}")


class Context:
    """What encloses an element; shared with its children until one of them adds to it."""

    __slots__ = ("cell", "figure", "form", "item", "lists", "quote", "row", "table", "within")

    def __init__(self) -> None:
        self.within: frozenset[str] = frozenset()
        """Names of the enclosing sectioning elements, the element's own included."""
        self.lists = 0
        """How many lists deep."""
        self.figure: Element | None = None
        self.form: Element | None = None
        self.quote: Element | None = None
        self.item: Element | None = None
        self.table: Element | None = None
        self.row: Element | None = None
        self.cell: Element | None = None


class Element:
    """A block-level container; ``blocks[first:last]`` of the outline lie under it."""

    __slots__ = ("_node", "at", "context", "first", "last", "parent", "tag")

    def __init__(
        self, tag: str, node: LexborNode, parent: Element | None, at: int, first: int
    ) -> None:
        self.tag = tag
        self._node = node
        self.parent = parent
        self.at = at
        """Its place among the outline's elements."""
        self.first = self.last = first
        self.context = _NOWHERE if parent is None else parent.context
        if tag in _SPECIAL:
            self.context = _deeper(self)

    @property
    def attributes(self) -> Attributes:
        """The element's attributes; asked of the DOM each time."""
        return self._node.attributes

    @property
    def hint(self) -> str:
        """The class and id, in lower case."""
        names = self._node.attributes
        return f"{names.get('class') or ''} {names.get('id') or ''}".lower()


def _deeper(element: Element) -> Context:
    old, new = element.context, Context()
    for name in Context.__slots__:
        setattr(new, name, getattr(old, name))
    match element.tag:
        case "figure":
            new.figure = element
        case "form":
            new.form = element
        case "blockquote":
            new.quote = element
        case "ul" | "ol" | "menu" | "dir":
            new.lists += 1
        case "li":
            new.item = element
        case "table":
            new.table, new.row, new.cell = element, None, None
        case "tr":
            new.row, new.cell = element, None
        case "td" | "th" | "caption":
            new.cell = element
    name = _ROLES.get(element.attributes.get("role") or "", element.tag)
    if name in _ENCLOSING and name not in new.within:
        new.within |= {name}
    return new


_NOWHERE: Final = Context()


class Block:
    """A run of inline content. ``text`` is folded; a line break is a newline."""

    __slots__ = ("at", "element", "linked", "runs", "text")

    def __init__(self, at: int, element: Element, runs: list[Any], linked: int) -> None:
        self.at = at
        self.element = element
        self.runs = runs
        """`Run` each."""
        raw = "".join([run for run in runs if run.__class__ is str])
        self.text = fold_lines(raw) if BREAK in raw else " ".join(raw.split())
        self.linked = min(linked, len(self.text))
        """Characters of it that stand in hyperlinks."""


class Outline:
    """Elements and blocks, both in document order, and the form fields and players among them."""

    __slots__ = ("blocks", "elements", "fields", "media", "more")

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.fields: list[tuple[int, str, Attributes]] = []
        """Inputs and text areas: the number of blocks before it, tag, attributes."""
        self.media: list[int] = []
        """The number of blocks before each player or frame."""
        self.more: int | None = None
        """The number of blocks before WordPress's "more" mark."""


def make_outline(body: LexborNode | None) -> Outline:
    """The outline of a ``body`` element, in time linear in its nodes."""
    outline = Outline()
    if body is None:
        return outline
    pen = _Pen(outline)
    elements, blocks = outline.elements, outline.blocks
    root = Element("body", body, None, 0, 0)
    elements.append(root)
    # the innermost open node: its identity, what it is, and the container for what comes
    frames: list[tuple[int, int, Element]] = []
    top, code, holder = body.mem_id, _BLOCK, root
    nodes = iter(body.traverse(include_text=True))
    next(nodes, None)  # body itself
    for node in nodes:
        up = node.parent.mem_id  # type: ignore[union-attr]
        while top != up:
            if code == _BLOCK:
                if pen.runs:
                    pen.flush(holder)
                holder.last = len(blocks)
            elif code == _INLINE:
                pen.close()
            top, code, holder = frames.pop()
        tag: str = node.tag  # type: ignore[assignment]
        if tag == "-text":
            if code < _SKIP:
                text: str = node.text_content  # type: ignore[assignment]
                if pen.filled or not text.isspace():
                    pen.filled = True
                    pen.runs.append(text)
                    if pen.links:
                        pen.linked += len(text)
            continue
        kind = _CODES.get(tag, _OTHER)
        frames.append((top, code, holder))
        top = node.mem_id
        if kind == _BLOCK and code < _SKIP:
            if pen.runs:
                pen.flush(holder)
            holder = Element(tag, node, holder, len(elements), len(blocks))
            elements.append(holder)
            code = _BLOCK
        else:
            code = pen.take(node, tag, kind, code, holder)
    while frames:
        if code == _BLOCK:
            pen.flush(holder)
            holder.last = len(blocks)
        elif code == _INLINE:
            pen.close()
        top, code, holder = frames.pop()
    pen.flush(root)
    root.last = len(blocks)
    return outline


class _Pen:
    """Writes the runs of one block after the other."""

    __slots__ = ("filled", "linked", "links", "open", "outline", "runs")

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.runs: list[Any] = []
        """`Run` each."""
        self.filled = False
        """Whether the runs hold more than opening marks and breaks."""
        self.linked = 0
        self.open: list[Any] = []
        """The marks that are open, outermost first."""
        self.links = 0
        """How many of them are links."""

    def take(self, node: LexborNode, tag: str, kind: int, code: int, holder: Element) -> int:
        """Writes an element that is no container; what its frame is."""
        if code == _SKIP or (code == _NOSCRIPT and kind != _IMG):
            return code
        match kind:
            case 1:  # _INLINE
                mark = (_KEPT[tag], node.attributes if tag == "a" else {})
                self.open.append(mark)
                self.runs.append(mark)
                self.links += tag == "a"
            case 3:  # _BR
                self.runs.append(BREAK)
            case 4:  # _IMG
                self.runs.append(("img", node.attributes))
                self.filled = True
            case 6:  # _SKIP
                if tag in MEDIA:
                    self.outline.media.append(len(self.outline.blocks))
                elif tag in {"input", "textarea"}:
                    self.outline.fields.append((len(self.outline.blocks), tag, node.attributes))
            case _ if tag == "span":
                return self._span(node, holder)
        return kind

    def _span(self, node: LexborNode, holder: Element) -> int:
        names = node.attributes
        if not names:
            return _OTHER
        if (names.get("id") or "").startswith("more-"):
            self.flush(holder)
            self.outline.more = len(self.outline.blocks)
        return _SKIP if _is_hidden(names) else _OTHER

    def close(self) -> None:
        """Closes the innermost mark."""
        tag = self.open.pop()[0]
        self.runs.append((f"/{tag}", {}))
        if tag == "a":
            self.links -= 1

    def flush(self, holder: Element) -> None:
        """Ends the current block, if it holds anything."""
        runs, self.runs = self.runs, self.open.copy()
        if not self.filled:
            return
        linked, self.linked, self.filled = self.linked, 0, False
        runs += [(f"/{mark[0]}", {}) for mark in reversed(self.open)]
        blocks = self.outline.blocks
        if BREAK in runs and runs.count(BREAK) > 1:
            for piece in _pieces(runs):
                self._add(Block(len(blocks), holder, piece, linked))
        else:
            self._add(Block(len(blocks), holder, runs, linked))

    def _add(self, block: Block) -> None:
        if block.text or any(run[0] == "img" for run in block.runs):
            self.outline.blocks.append(block)


def _pieces(runs: list[Any]) -> list[list[Any]]:
    """The runs cut where two line breaks make a paragraph's end."""
    pieces: list[list[Any]] = [[]]
    marks: list[Any] = []
    breaks = 0
    for run in runs:
        if run == BREAK:
            breaks += 1
        elif run.__class__ is tuple:
            if run[0][0] == "/":
                marks.pop()
            elif run[0] != "img":
                marks.append(run)
        elif not run.isspace():
            if breaks > 1:
                pieces[-1] += [(f"/{mark[0]}", {}) for mark in reversed(marks)]
                pieces.append(marks.copy())
            breaks = 0
        pieces[-1].append(run)
    return pieces


def fold_lines(raw: str) -> str:
    """Text with white space folded and each `BREAK` a newline; none at the ends."""
    return "\n".join(" ".join(line.split()) for line in raw.split(BREAK)).strip("\n")


def _is_hidden(attributes: Attributes) -> bool:
    if not attributes:
        return False
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(style and _HIDDEN.search(style))
    )
