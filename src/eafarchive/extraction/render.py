"""Blocks to plain text and to clean HTML."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence

from eafarchive.extraction.outline import BREAK, HEADINGS, Block, Chain, Element, Image

Resolve = Callable[[str], str | None]
_CELLS = frozenset(("td", "th"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def ancestors(block: Block) -> list[Element]:
    """Innermost first."""
    found = []
    element: Element | None = block.element
    while element is not None:
        found.append(element)
        element = element.parent
    return found


def text_of(blocks: Sequence[Block]) -> str:
    """The text format of the contract."""
    return "\n\n".join(paragraphs(blocks))


def paragraphs(blocks: Sequence[Block]) -> list[str]:
    """One string a paragraph, list or table."""
    out: list[str] = []
    last_group: object = None
    lines: list[str] = []
    row: object = None
    seen_items: set[int] = set()
    counters: dict[int, int] = {}
    for block in blocks:
        if not block.text:
            continue
        up = ancestors(block)
        table = next((e for e in up if e.tag == "table"), None)
        items = [e for e in up if e.tag == "li"]
        outer_list = next((e for e in reversed(up) if e.tag in _LISTS), None)
        text = _pre(block) if any(e.tag == "pre" for e in up) else normal(block.text)
        if table is not None and any(e.tag in _CELLS for e in up):
            tr = next((e for e in up if e.tag == "tr"), None)
            cell = next(e for e in up if e.tag in _CELLS)
            text = text.replace("\n", " ")
            if last_group is not table:
                out.append("")
                last_group, row = table, None
                cell_before = None
            if row is not tr:
                out[-1] += ("\n" if out[-1] else "") + text
            elif cell_before is cell:
                out[-1] += " " + text
            else:
                out[-1] += "\t" + text
            row, cell_before = tr, cell
            continue
        if items and outer_list is not None:
            item = items[0]
            depth = len(items) - 1
            first = item.at not in seen_items
            seen_items.add(item.at)
            holder = next((e for e in up[up.index(item) :] if e.tag in _LISTS), None)
            if first and holder is not None:
                counters[holder.at] = counters.get(holder.at, 0) + 1
                mark = f"{counters[holder.at]}. " if holder.tag == "ol" else "- "
            else:
                mark = "  "
            line = "  " * depth + mark + text.replace("\n", " ")
            if last_group is outer_list:
                out[-1] += "\n" + line
            else:
                out.append(line)
                last_group = outer_list
            continue
        last_group = None
        out.append(text)
    del lines
    return out


def _pre(block: Block) -> str:
    raw = "".join(run for run, _ in block.runs if isinstance(run, str))
    lines = raw.replace(BREAK, "\n").split("\n")
    return normal("\n".join(line.rstrip().replace("\u00a0", " ") for line in lines).strip("\n"))


def html_of(blocks: Sequence[Block], resolve: Resolve, figure: Callable[[Block], str | None]) -> str:
    """Clean semantic HTML, one block a line."""
    lines: list[str] = []
    open_tags: list[tuple[str, int]] = []

    def close_to(keep: int) -> None:
        while len(open_tags) > keep:
            tag, _ = open_tags.pop()
            lines.append(f"</{tag}>")

    for block in blocks:
        picture = figure(block)
        if not block.text and picture is None and block.element.tag != "hr":
            continue
        up = [e for e in reversed(ancestors(block)) if e.tag in _WRAPS]
        path = [(_WRAPS[e.tag], e.at) for e in up]
        same = 0
        while same < min(len(path), len(open_tags)) and path[same] == open_tags[same]:
            same += 1
        close_to(same)
        for tag, at in path[same:]:
            lines.append(f"<{tag}>")
            open_tags.append((tag, at))
        if picture is not None:
            lines.append(picture)
        if block.element.tag == "hr":
            lines.append("<hr>")
            continue
        if not block.text:
            continue
        inner = inline(block, resolve)
        tag = block.element.tag
        if tag in HEADINGS:
            tag = "h2" if tag == "h1" else tag
        elif any(e.tag == "pre" for e in ancestors(block)):
            tag = "pre"
            inner = html.escape(_pre(block), quote=False)
        elif path and path[-1][0] in {"li", "td", "th"}:
            lines.append(inner)
            continue
        else:
            tag = "p"
        lines.append(f"<{tag}>{inner}</{tag}>")
    close_to(0)
    return "\n".join(lines)


_WRAPS = {
    "ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol", "li": "li", "blockquote": "blockquote", "table": "table",
    "thead": "thead", "tbody": "tbody", "tfoot": "tbody", "tr": "tr", "td": "td", "th": "th",
}


def inline(block: Block, resolve: Resolve) -> str:
    """The block's runs with their marks."""
    out: list[str] = []
    stack: list[Chain] = []
    pending_space = False
    started = False
    for run, chain in block.runs:
        if isinstance(run, Image):
            continue
        want: list[Chain] = []
        link: Chain | None = chain
        while link is not None:
            want.append(link)
            link = link.up
        want.reverse()
        same = 0
        while same < min(len(want), len(stack)) and want[same] is stack[same]:
            same += 1
        if run == BREAK:
            pending_space = False
            if started:
                out.append("<br>")
            continue
        while len(stack) > same:
            out.append(_close(stack.pop(), resolve))
        words = run.split()
        leading = run[:1].isspace()
        if (pending_space or leading) and words and started and not (out and out[-1] == "<br>"):
            out.append(" ")
        elif leading and not words:
            pending_space = True
        for mark in want[same:]:
            out.append(_open(mark, resolve))
            stack.append(mark)
        if words:
            out.append(html.escape(normal(" ".join(words)), quote=False))
            started = True
            pending_space = run[-1:].isspace()
    while stack:
        out.append(_close(stack.pop(), resolve))
    while out and out[-1] == "<br>":
        out.pop()
    return "".join(out)


def _open(mark: Chain, resolve: Resolve) -> str:
    if mark.tag != "a":
        return f"<{mark.tag}>"
    url = resolve(mark.node.attributes.get("href") or "")
    return f'<a href="{html.escape(url)}">' if url else ""


def _close(mark: Chain, resolve: Resolve) -> str:
    if mark.tag == "a" and not resolve(mark.node.attributes.get("href") or ""):
        return ""
    return f"</{mark.tag}>"
