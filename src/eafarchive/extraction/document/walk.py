"""The walk through a document that makes its outline: each node is looked at once.

A whole run of inline content is folded at once, and the white space between blocks left alone.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from selectolax.lexbor import LexborNode

from eafarchive.extraction.document import tags
from eafarchive.extraction.document.inline import fold_lines, is_hint
from eafarchive.extraction.document.outline import (
    BREAK,
    WIDE,
    Attributes,
    Block,
    Chain,
    Element,
    Image,
    Outline,
    Run,
)
from eafarchive.extraction.document.tags import (
    BLOCK,
    BR,
    IMG,
    KNOWN,
    MARK,
    NOSCRIPT,
    OTHER,
    SKIP,
    TEXT,
)

MAX_MARKS: Final = 32
"""How deep marks nest; deeper ones are dropped (their text is not)."""
_DEEP: Final = 4
"""Nodes that are looked at for the beginning of an inline element."""
_FEW: Final = 2
"""Letters of a button for a font size."""
_LABEL = 60
"""Characters of any other button's label."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BLOCKS = "p, div, ul, ol, table, figure, section, article, h1, h2, h3, h4, h5, h6"
_CHANGED = re.compile(r"(?:updated|modified|revised)(?: on|:)?\s*$", re.IGNORECASE)
_OPENS = re.compile(r"\s*(?:last )?(?:updated|modified|revised)\b", re.IGNORECASE)
_MAX_LEAD = 24
_HINT = "pens in "
"""Of *opens in a new window*, as hints of links have it."""
_WORDY = "h1, p, article, main"
"""What stands in a ``nav`` element that is more than a menu, as where its end tag is missing."""


def make_outline(body: LexborNode | None, hidden: AbstractSet[int] = frozenset()) -> Outline:
    """The outline of a ``body`` element, in time linear in its nodes.

    ``hidden`` holds the identities of the elements that a style or attribute hides.
    """
    outline = Outline()
    if body is None:
        return outline
    elements, blocks = outline.elements, outline.blocks
    current = holder = Element("body", body, None, 0, 1, 0, 0, False)
    elements.append(current)
    runs: list[Run] = []
    chain: Chain | None = None
    is_silent = False  # in a ``noscript`` element: only images count
    # what follows the elements that are open, each with what holds it
    above: list[tuple[LexborNode, Element, Chain | None, bool]] = []
    ends: set[int] = set()  # how many of those are left where a line ends, too
    node = body.first_child
    while True:
        if node is None:
            if not above:
                break
            node, holder, chain, is_silent = above.pop()
            if ends and len(above) in ends:
                ends.remove(len(above))
                if runs:
                    _flush(blocks, current, runs)
                    runs = []
        number = node.tag_id
        try:
            kind, tag = KNOWN[number]
        except KeyError:
            kind, tag = tags.learn(number, node.tag or "")
            if kind == BLOCK and "-" in tag:
                # an element of a site's own is no block where none may stand, nor within a line
                is_open = holder is current and bool(runs)
                if (
                    chain is not None
                    or holder.tag in tags.PHRASING
                    or (is_open and node.css_first(_BLOCKS) is None)
                ):
                    kind = OTHER
        if kind == TEXT:
            # white space opens no block, and is more than half of all text nodes
            if is_silent:
                pass
            elif runs and holder is current:
                runs.append((node.text_content, chain))  # type: ignore[arg-type]
            elif not node.is_empty_text_node:
                text: str = node.text_content  # type: ignore[assignment]
                if not text.isspace():
                    if runs:
                        _flush(blocks, current, runs)
                    current = holder
                    runs = [(text, chain)]
            node = node.next
            continue
        if kind >= IMG and not (tag == "button" and holder.tag in tags.HEADINGS):
            # nothing in it counts
            if kind == SKIP:
                if tag in tags.MEDIA:
                    outline.media.append(len(blocks))
                elif tag == "button":
                    label = node.text().strip()
                    if len(label) > _FEW:
                        if len(label) <= _LABEL:
                            outline.buttons.append((len(blocks) + bool(runs), node, label))
                    elif label:
                        outline.sizers.append(len(blocks) + bool(runs))
                elif tag in tags.FIELDS:
                    outline.fields.append((len(blocks), node))
            else:
                if holder is not current:
                    if runs:
                        _flush(blocks, current, runs)
                        runs = []
                    current = holder
                runs.append((BREAK if kind == BR else Image(node), chain))
            node = node.next
            continue
        child = node.first_child
        inner, marks, silent = holder, chain, is_silent
        if kind == BLOCK:
            if runs:
                _flush(blocks, current, runs)
                runs = []
            at, first = len(elements), len(blocks)
            is_hidden = holder.hidden or bool(hidden and node.mem_id in hidden)
            inner = Element(tag, node, holder, at, at + 1, first, first, is_hidden)
            elements.append(inner)
            if tag == "hr":
                blocks.append(Block(first, inner, [], "", 0, 0, "", False))
            elif tag == "nav" and node.css_first(_WORDY) is None:
                outline.menus.append(first)
                node = node.next
                continue
        elif kind == MARK:
            if hidden and node.mem_id in hidden:
                node = node.next
                continue
            if child is not None and (chain is None or chain.depth < MAX_MARKS):
                marks = _marked(tags.MARKS[tag], node, chain)
        elif kind == NOSCRIPT:
            silent = True
        else:
            if tag == "span":
                if outline.more is None and (node.id or "").startswith("more-"):
                    outline.more = len(blocks) + bool(runs)
            elif tag == "time" and (moment := (named := node.attributes).get("datetime")):
                _stamps_like(node, named, runs, outline).append((len(blocks), moment))
            if hidden and node.mem_id in hidden:
                node = node.next
                continue
            if _opens_with_block(child) and node.next is not None:
                ends.add(len(above))
        following = node.next
        if child is None:
            node = following
            continue
        if following is not None:
            above.append((following, holder, chain, is_silent))
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


def _opens_with_block(child: LexborNode | None) -> bool:
    """Whether an inline element is a box, as none may be: what it begins with is one."""
    for _ in range(_DEEP):
        if child is None:
            return False
        number = child.tag_id
        kind = (KNOWN.get(number) or tags.learn(number, child.tag or ""))[0]
        if kind == BLOCK:
            return True
        if kind == OTHER:
            child = child.first_child
        elif kind == TEXT and child.is_empty_text_node:
            child = child.next
        else:
            return False
    return False


def _stamps_like(
    node: LexborNode, named: Attributes, runs: list[Run], outline: Outline
) -> list[tuple[int, str]]:
    """Those that say of the same as a ``time`` element, by its words or its class."""
    classes = (named.get("class") or "").split()
    if "published" in classes:
        return outline.times
    before = runs[-1][0] if runs else ""
    lead = before[-_MAX_LEAD:] if isinstance(before, str) else ""
    if _CHANGED.search(lead) or _OPENS.match(node.text()):
        return outline.changes
    return outline.updates if "updated" in classes else outline.times


def _marked(tag: str, node: LexborNode, up: Chain | None) -> Chain:
    if up is None:
        return Chain(tag, node, None, 1, tag == "a")
    return Chain(tag, node, up, up.depth + 1, up.is_link or tag == "a")


def _flush(blocks: list[Block], holder: Element, runs: list[Run]) -> None:
    """Ends a block, or several where two line breaks make a paragraph's end."""
    if len(runs) == 1:  # most are one link of a list
        run, chain = runs[0]
        if isinstance(run, str):
            if text := " ".join(run.split()):
                linked = len(text) if chain is not None and chain.is_link else 0
                _append(blocks, holder, runs, text, text, linked, False)
        else:
            _append(blocks, holder, runs, "", "", 0, True)
    elif len(runs) > 2 and [run for run, _ in runs].count(BREAK) > 1:
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
    if linked and (holder.tag in tags.HEADINGS or _HINT in raw):
        kept = [run for run in runs if not is_hint(run, in_heading=holder.tag in tags.HEADINGS)]
        if len(kept) < len(runs):
            _add(blocks, holder, kept)
            return
    if BREAK in raw:
        text = fold_lines(raw)
        line = text.replace("\n", " ")
    else:
        text = line = " ".join(raw.split())
    has_image = len(strings) < len(runs)
    if text or has_image:
        _append(blocks, holder, runs, text, line, min(linked, len(text)), has_image)


def _append(
    blocks: list[Block],
    holder: Element,
    runs: list[Run],
    text: str,
    line: str,
    linked: int,
    has_image: bool,
) -> None:
    own = len(text) - linked
    if own and not text.isascii() and (wide := len(_WIDE.findall(text))):
        own += (WIDE - 1) * wide * own // len(text)
    at = len(blocks)
    blocks.append(Block(at, holder, runs, text, linked, own, line, has_image))
    holder.last = at + 1


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
