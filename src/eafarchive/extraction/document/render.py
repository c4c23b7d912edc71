"""A body's blocks as text, as clean HTML, and the links in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

from eafarchive.extraction.document.inline import anchor_of, write_inline
from eafarchive.extraction.document.outline import BREAK, Block, Element, Outline
from eafarchive.extraction.document.page import resolve
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.document.units import Surroundings, Unit, group_units
from eafarchive.model import Image, Link

_CELLS = frozenset(("td", "th"))
_NUMBER = re.compile(r"[0-9]{1,6}")

_NO_WORDS = re.compile("[\x80-\x9f\xad]")
_LEAD = b"\xc2"
"""What each of them begins with in UTF-8."""


def nfc(text: str) -> str:
    """The text in Normalization Form C, without soft hyphens and C1 controls.

    The first are hints of where a line may break, and no part of words (Unicode Annex 14), the
    second (ISO 6429) move the cursor of terminals that show them.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    may_have = _LEAD in text.encode("utf-8", "surrogatepass")  # told fast
    return _NO_WORDS.sub("", text) if may_have else text


class Writer:
    """Writes the blocks of one body; ``base`` is what references are resolved against."""

    def __init__(self, outline: Outline, blocks: Sequence[Block], base: str) -> None:
        self.outline = outline
        self.base = base
        self._surroundings = Surroundings(blocks)
        self.units = group_units(blocks, self._surroundings)
        self._urls: dict[str, str | None] = {}

    def text(self) -> str:
        """The record's ``text``: blocks separated by one blank line."""
        return nfc("\n\n".join(filter(None, map(self._unit_text, self.units))))

    def links(self) -> tuple[Link, ...]:
        """The hyperlinks, absolute and in order, without those that stay on the page."""
        found: list[tuple[int, str, list[str]]] = []
        for unit in self.units:
            for block in unit.blocks:
                if not block.linked:
                    continue
                for run, chain in block.runs:
                    mark = anchor_of(chain)
                    if mark is None or not isinstance(run, str):
                        continue
                    url = self._url(mark.node.attributes.get("href") or "")
                    if url is None:
                        continue
                    if found and found[-1][0] == mark.node.mem_id:
                        found[-1][2].append(run)
                    else:
                        found.append((mark.node.mem_id, url, [run]))
        links = (Link(url, nfc(" ".join("".join(words).split()))) for _, url, words in found)
        return tuple(link for link in links if link.text)

    def html(self, pictures: dict[int, list[Image]]) -> str:
        """The record's ``html``, one block a line; ``pictures`` are those of each block."""
        lines: list[str] = []
        quoted: list[str] = []
        quote: Element | None = None
        for unit in self.units:
            if unit.context.quote is not quote:
                lines += _quotation(quoted)
                quoted, quote = [], unit.context.quote
            out = lines if quote is None else quoted
            out += [_figure(picture) for b in unit.blocks for picture in pictures.get(b.at, ())]
            if written := self._unit_html(unit):
                out.append(written)
        return nfc("\n".join(lines + _quotation(quoted)))

    def _url(self, reference: str) -> str | None:
        reference = reference.strip()
        if reference not in self._urls:
            inner = reference.startswith("#")
            self._urls[reference] = None if inner else resolve(self.base, reference)
        return self._urls[reference]

    def _unit_text(self, unit: Unit) -> str:
        context = unit.context
        if context.unit is None:
            return _preformatted(unit.blocks[0]) if context.pre else unit.blocks[0].text
        if context.unit.tag == "table":
            rows = ([" ".join(b.text for b in cell) for _, cell in row] for row in self._rows(unit))
            lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
            return "\n".join(line for line in lines if line.strip())
        return "\n".join(self._list_lines(unit))

    def _rows(self, unit: Unit) -> Iterator[list[tuple[str, list[Block]]]]:
        """The rows of a table: each cell's element name and blocks; words outside are a row.

        Its caption is none, and no part of the text.
        """
        assert unit.context.unit is not None
        table = unit.context.unit
        within: dict[int, list[Block]] = {}
        for block in unit.blocks:
            cell = self._surroundings.of(block).cell
            within.setdefault(cell.at if cell is not None else table.at, []).append(block)
        if table.at in within:
            yield [("td", within[table.at])]
        row: list[tuple[str, list[Block]]] = []
        at = table.at + 1
        while at < table.end:
            element = self.outline.elements[at]
            if element.tag in _CELLS:
                row.append((element.tag, within.get(at, [])))
                at = element.end
                continue
            if element.tag == "tr" and row:
                yield row
                row = []
            at += 1
        if row:
            yield row

    def _is_caption(self, block: Block) -> bool:
        cell = self._surroundings.of(block).cell
        return cell is not None and cell.tag == "caption"

    def _list_lines(self, unit: Unit) -> Iterator[str]:
        counts: dict[int, int] = {}
        told: set[int] = set()
        for block in unit.blocks:
            if not block.text:
                continue
            context = self._surroundings.of(block)
            depth = max(len(context.lists) - 1, 0)
            words = " ".join(block.text.split())
            item, holder = context.item, context.lists[-1]
            if item is None or item.at in told:
                yield f"{'  ' * (depth + 1)}{words}"
                continue
            told.add(item.at)
            counts[holder.at] = counts.get(holder.at, _start(holder) - 1) + 1
            mark = f"{counts[holder.at]}." if holder.tag == "ol" else "-"
            yield f"{'  ' * depth}{mark} {words}"

    def _unit_html(self, unit: Unit) -> str:
        block, context = unit.blocks[0], unit.context
        if context.unit is None:
            if block.element.tag == "hr":
                return "<hr>"
            if not block.text:
                return ""
            if context.pre:
                return f"<pre>{escape(_preformatted(block), quote=False)}</pre>"
            tag = block.element.tag if block.element.tag in HEADINGS else "p"
            tag = "h2" if tag == "h1" else tag  # the title is the one h1
            return f"<{tag}>{self._inline(block)}</{tag}>"
        if context.unit.tag == "table":
            return self._table_html(unit)
        return self._list_html(unit)

    def _inline(self, block: Block) -> str:
        return write_inline(block, self._url)

    def _table_html(self, unit: Unit) -> str:
        named = [b for b in unit.blocks if b.text and self._is_caption(b)]
        parts: dict[str, list[str]] = {"caption": [], "thead": [], "tbody": []}
        parts["caption"] += ["<br>".join(map(self._inline, named))] if named else []
        for row in self._rows(unit):
            written = [
                (tag, "<br>".join(self._inline(b) for b in cell if b.text)) for tag, cell in row
            ]
            if any(words for _, words in written):
                head = not parts["tbody"] and all(tag == "th" for tag, _ in written)
                cells = "".join(f"<{tag}>{words}</{tag}>" for tag, words in written)
                parts["thead" if head else "tbody"].append(f"<tr>{cells}</tr>")
        inner = "".join(f"<{part}>{''.join(rows)}</{part}>" for part, rows in parts.items() if rows)
        return f"<table>{inner}</table>" if inner else ""

    def _list_html(self, unit: Unit) -> str:
        out: list[str] = []
        open_: list[tuple[Element, Element | None]] = []
        for block in unit.blocks:
            if not block.text:
                continue
            context = self._surroundings.of(block)
            same = 0
            while same < min(len(open_), len(context.lists)) and (
                open_[same][0] is context.lists[same]
            ):
                same += 1
            while len(open_) > same:
                out.append(f"</li></{_list_tag(open_.pop()[0])}>")
            if same == len(context.lists) and open_:
                holder, item = open_[-1]
                if item is context.item:
                    out.append("<br>")
                else:
                    out.append("</li><li>")
                    open_[-1] = (holder, context.item)
            for holder in context.lists[same:]:
                out.append(f"<{_list_tag(holder)}><li>")
                open_.append((holder, context.item if holder is context.lists[-1] else None))
            out.append(self._inline(block))
        while open_:
            out.append(f"</li></{_list_tag(open_.pop()[0])}>")
        return "".join(out)


def _quotation(parts: list[str]) -> list[str]:
    return [f"<blockquote>{''.join(parts)}</blockquote>"] if parts else []


def _figure(picture: Image) -> str:
    image = f'<img src="{escape(picture.url)}" alt="{escape(picture.alt)}">'
    if picture.caption:
        image += f"<figcaption>{escape(picture.caption, quote=False)}</figcaption>"
    return f"<figure>{image}</figure>"


def _preformatted(block: Block) -> str:
    raw = "".join([run for run, _ in block.runs if isinstance(run, str)])
    lines = raw.replace(BREAK, "\n").replace("\r", "").replace("\u00a0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _list_tag(holder: Element) -> str:
    return "ol" if holder.tag == "ol" else "ul"


def _start(holder: Element) -> int:
    """The number of an ordered list's first item."""
    start = holder.node.attributes.get("start") or ""
    return int(start) if holder.tag == "ol" and _NUMBER.fullmatch(start) else 1
