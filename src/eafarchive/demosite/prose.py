"""Blocks and their small inline markup, told as plain text and as links.

Inline marks: ``*em*``, ``**strong**``, ``[text](href)``, ``` `code` ```, ``^sup^``, ``~sub~``;
a newline is a line break. Nothing nests.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARK = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*|`(?P<code>[^`]+)`"
    r"|\^(?P<sup>[^^]+)\^|~(?P<sub>[^~]+)~|\[(?P<a>[^\]]+)\]\((?P<href>[^)\s]+)\)"
)


@dataclass(frozen=True)
class Span:
    """A run of text; ``kind`` is an element name or empty."""

    kind: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """An image file of the site and what is said about it."""

    file: str
    """Name under ``/wp-content/uploads/``, e.g. ``2016/06/port.jpg``."""
    alt: str = ""
    caption: str | None = None
    credit: str | None = None
    mode: str = ""
    """How the page embeds it; empty: as the page's look says. ``thumb``: a small size only, of a
    file that the page has shown before."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of marked-up text."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading within the body."""

    level: int
    text: str


@dataclass(frozen=True)
class Item:
    """An entry of a list, perhaps with a list under it."""

    text: str
    inner: Listing | None = None


@dataclass(frozen=True)
class Listing:
    """A bullet or numbered list."""

    ordered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Quote:
    """A block quotation."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; its first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Preformatted:
    """Lines kept as they are."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A picture within the body."""

    picture: Picture


@dataclass(frozen=True)
class Mark:
    """A block without words."""

    kind: Literal["rule", "video", "audio", "password", "nextpage"]


Block = Paragraph | Heading | Listing | Quote | Table | Preformatted | Figure | Mark


def spans(source: str) -> Iterator[Span]:
    """The runs of a marked-up string, in order."""
    end = 0
    for match in _MARK.finditer(source):
        if match.start() > end:
            yield Span("", source[end : match.start()])
        kind = match.lastgroup or ""
        if kind == "href":
            yield Span("a", match["a"], match["href"])
        else:
            yield Span(kind, match[kind])
        end = match.end()
    if end < len(source):
        yield Span("", source[end:])


def plain(source: str) -> str:
    """The words of a marked-up string: NFC, white space folded, a break as a newline."""
    text = unicodedata.normalize("NFC", "".join(span.text for span in spans(source)))
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def block_text(block: Block) -> str | None:
    """A block as the record's ``text`` has it; ``None`` where it has no words there."""
    match block:
        case Paragraph(text) | Heading(_, text):
            return plain(text)
        case Listing():
            return "\n".join(_list_lines(block, ""))
        case Quote(paragraphs):
            return "\n\n".join(plain(paragraph) for paragraph in paragraphs)
        case Table(rows):
            return "\n".join("\t".join(plain(cell) for cell in row) for row in rows)
        case Preformatted(text):
            return text
        case Figure() | Mark():
            return None


def blocks_text(blocks: Iterable[Block]) -> str:
    """Blocks as the record's ``text``: separated by one blank line."""
    return "\n\n".join(text for block in blocks if (text := block_text(block)) is not None)


def _list_lines(listing: Listing, indent: str) -> Iterator[str]:
    for number, item in enumerate(listing.items, start=1):
        yield f"{indent}{f'{number}.' if listing.ordered else '-'} {plain(item.text)}"
        if item.inner:
            yield from _list_lines(item.inner, indent + "  ")


def read_block(value: Any) -> Block:
    """The block that a TOML value stands for: a string is a paragraph, a table names its kind."""
    if isinstance(value, str):
        return Paragraph(value)
    [(kind, content)] = value.items()
    match kind:
        case "h2" | "h3" | "h4":
            return Heading(int(kind[1]), content)
        case "ul" | "ol":
            return _read_list(kind, content)
        case "quote":
            return Quote(tuple(content))
        case "table":
            return Table(tuple(tuple(row) for row in content))
        case "pre":
            return Preformatted(content)
        case "figure":
            return Figure(Picture(**content))
        case "mark":
            return Mark(content)
        case _:
            raise ValueError(f"unknown block kind {kind!r}")


def _read_list(kind: str, content: list[Any]) -> Listing:
    items: list[Item] = []
    for entry in content:
        if isinstance(entry, str):
            items.append(Item(entry))
        else:  # a table: a list under the item before it
            [(inner_kind, inner)] = entry.items()
            items[-1] = Item(items[-1].text, _read_list(inner_kind, inner))
    return Listing(kind == "ol", tuple(items))
