"""Footnotes, and lists of references: what may follow even the notes on an article."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.outline import Block
from eafarchive.extraction.document.rules import Rules
from eafarchive.phrases import is_all

FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[*†‡]) ?[^\W\d]")
"""How a footnote begins: with its number or mark."""
_WORK = re.compile(r"([^()]{3,200}) \((?:19|20)\d\d[a-z]?\)\W{1,3}[“‘\"]")


def works_among(under: list[Block], rules: Rules) -> list[Block]:
    """The footnotes among the blocks under a note, and all from a label such as *References* on.

    What has no words, as a rule over them, is one of them where there are any.
    """
    first = next(
        (at for at, block in enumerate(under) if is_all(rules.works, block.line)), len(under)
    )
    works = [block for block in under[:first] if not block.text or is_footnote(block)]
    works += under[first:]
    return works if any(block.text for block in works) else []


def is_footnote(block: Block) -> bool:
    """Whether it opens with a number or a mark, as items of numbered lists do; or begins or ends
    with a link into the page.
    """
    if is_numbered(block) or FOOTNOTE.match(block.line):
        return True
    anchors = (anchor_of(chain) for _, chain in (*block.runs[:1], *block.runs[-1:]))
    return any((one.node.attributes.get("href") or "").startswith("#") for one in anchors if one)


def is_numbered(block: Block) -> bool:
    """Whether it is an item of a numbered list."""
    parent = block.element.parent
    return block.element.tag == "li" and parent is not None and parent.tag == "ol"


def is_citation(line: str, particles: AbstractSet[str]) -> bool:
    """Whether a work opens it: names, a year, a title in quotes: *Ann Roe (2016), ‘The weir’*."""
    work = _WORK.match(line)
    joints = particles | {"and", "&"}
    return work is not None and all(one[0].isupper() or one in joints for one in work[1].split())
