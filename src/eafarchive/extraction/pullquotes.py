"""Pull quotes: a sentence of the text shown again, larger, in a box beside it."""

from __future__ import annotations

from eafarchive.extraction.outline import PROSE, Block, Element, outermost
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.tags import HEADINGS
from eafarchive.phrases import is_all

_BOXES = frozenset(("aside", "blockquote", "div", "figure", "section"))
_SHORTEST, _LONGEST = 24, 400
_MOST_BLOCKS = 2
"""Blocks of such a box: the sentence, and who said so."""
_MOST = 32
"""Blocks that are looked at: an article has a few pull quotes."""
_MORE = 10
"""Characters of a paragraph beside those that are said again."""
_NAME = 60
"""Characters of a line that says who said so."""
_STOPS = (".", "!", "?", "…")
_QUOTES = " “”„«»\"'‘’…"


def quotes_again(chosen: list[Block], rules: Rules) -> frozenset[int]:
    """The places of the blocks, each in a box of its own, whose words a paragraph has, too, with
    those of the line beneath that says who said so.

    A whole paragraph is said again in any box without a picture; a part of one in a quotation may
    be the text's own.
    Over the first paragraph of the text, and below the label of a summary, is none.
    """
    quotes: list[Block] = []
    has_prose, above = False, ""
    for block in chosen:
        if not _may_be_one(block):
            has_prose = has_prose or block.own >= PROSE
        elif has_prose and not is_all(rules.summary, above):
            quotes.append(block)
        above = block.line
    quotes = quotes[:_MOST]
    places = {block.at for block in quotes}
    prose = [block for block in chosen if block.own >= PROSE] if quotes else []
    lines = [block.line for block in prose if block.at not in places]
    quoted = [block.line for block in prose if block.at in places and not _is_pulled(block)]
    pictures = {block.at for block in chosen if not block.text}
    again = [
        block
        for block in quotes
        if _is_in(block.line, lines, quoted if _is_pulled(block) else None)
        and not (pictures & _range_of(block) and block.line in lines)
    ]
    found = {block.at for block in again}
    ends = {block.at + 1: _box_around(block).last for block in again}
    found.update(
        block.at
        for block in chosen
        if block.at < ends.get(block.at, 0)
        and len(block.text) <= _NAME
        and not block.text.endswith(_STOPS)
    )
    return frozenset(found)


def _range_of(block: Block) -> set[int]:
    box = _box_around(block)
    return set(range(box.first, box.last))


def _is_in(line: str, lines: list[str], quoted: list[str] | None) -> bool:
    """Whether one of the paragraphs says that, too, and hardly more; or more, or one that is
    ``quoted``, where it is no quotation itself.
    """
    quote = line.strip(_QUOTES)
    if quoted is None:
        return any(quote in one and len(one) <= len(quote) + _MORE for one in lines)
    return any(quote in one for one in (*lines, *quoted))


def _is_pulled(block: Block) -> bool:
    """Whether its box is no quotation, or one that says that it is a pull quote."""
    box = _box_around(block)
    return box.tag != "blockquote" or "pull" in box.hint.lower()


def _box_around(block: Block) -> Element:
    box = outermost(block.element)
    return outermost(box.parent) if box.tag == "p" and box.parent is not None else box


def _may_be_one(block: Block) -> bool:
    if not _SHORTEST <= len(block.text) <= _LONGEST or block.linked:
        return False
    box = _box_around(block)
    if block.element.tag in HEADINGS and box.tag == "div" and block.text[-1].isalnum():
        return False  # a subheading may say what a paragraph says
    return box.tag in _BOXES and box.last - box.first <= _MOST_BLOCKS
