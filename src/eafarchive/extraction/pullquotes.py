"""Pull quotes: a sentence of the text shown again, larger, in a box beside it."""

from __future__ import annotations

from eafarchive.extraction.outline import PROSE, Block, outermost
from eafarchive.extraction.rules import Rules
from eafarchive.phrases import is_all

_BOXES = frozenset(("aside", "div", "figure", "section"))
_SHORTEST, _LONGEST = 24, 400
_MOST_BLOCKS = 2
"""Blocks of such a box: the sentence, and who said so."""
_MOST = 32
"""Blocks that are looked at: an article has a few pull quotes."""
_MORE = 10
_QUOTES = " “”„«»\"'‘’…"


def quotes_again(chosen: list[Block], rules: Rules) -> frozenset[int]:
    """The places of the blocks, each in a box of its own, whose words a paragraph has, too.

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
    lines = [b.line for b in chosen if b.own >= PROSE and b.at not in places] if quotes else []
    return frozenset(block.at for block in quotes if _is_in(block.line.strip(_QUOTES), lines))


def _is_in(quote: str, lines: list[str]) -> bool:
    """Whether one of the paragraphs says more than that and says that, too."""
    return any(len(line) > len(quote) + _MORE and quote in line for line in lines)


def _may_be_one(block: Block) -> bool:
    if not _SHORTEST <= len(block.text) <= _LONGEST or block.linked:
        return False
    box = outermost(block.element)
    if box.tag == "p" and box.parent is not None:
        box = outermost(box.parent)
    is_box = box.tag in _BOXES or (box.tag == "blockquote" and "pull" in box.hint.lower())
    return is_box and box.last - box.first <= _MOST_BLOCKS
