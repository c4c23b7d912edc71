"""The article's own DOI, not one that it cites."""

from __future__ import annotations

import re

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.linked_data import Node, texts_of
from eafarchive.extraction.document.outline import Block
from eafarchive.extraction.document.page import Page

_DOI = re.compile(r"(?:doi ?:? ?)?(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_CITE = re.compile(r"(?:how to |please )?cit(?:e|ing|ation)\b", re.IGNORECASE)
_INITIALS = frozenset("cChHpP")
"""What that begins with."""
_MAX_CITED = 400
"""Characters of the line that says how to cite an article."""


def find_doi(page: Page, node: Node | None, start: int, body: list[Block]) -> str | None:
    """The DOI in metadata, or outside the text alone on a line, in its citation or behind a link.

    ``start`` is the number of blocks up to the title's.
    """
    for name in ("citation_doi", "dc.identifier"):
        for content in page.meta.get(name, ()):
            if found := _DOI.search(content):
                return found[1]
    for content in texts_of(node, "identifier") if node else ():
        if found := _DOI.search(content):
            return found[1]
    inside, blocks = {block.at for block in body}, page.outline.blocks
    for block in blocks[start:]:
        if block.at in inside or not block.text:
            continue
        if "10." in block.text:
            if found := _DOI.fullmatch(block.line[:200]):
                return found[1]
            lines = (blocks[block.at - 1].line, block.line) if len(block.text) < _MAX_CITED else ()
            if any(map(_CITE.match, lines)) and (found := _DOI.search(block.line)):
                return found[1].rstrip(".")
            continue
        may_cite = block.linked and block.text[0] in _INITIALS
        is_named = (may_cite and _CITE.match(block.line)) or (block.linked and "DOI" in block.text)
        if is_named and (behind := _behind(block)):
            return behind
    return None


def _behind(block: Block) -> str | None:
    """The DOI to which one of the block's links leads."""
    for _, chain in block.runs:
        if anchor := anchor_of(chain):
            found = _DOI.fullmatch(anchor.node.attributes.get("href") or "")
            if found:
                return found[1]
    return None
