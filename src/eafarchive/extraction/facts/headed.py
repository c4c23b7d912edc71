"""Which heading an article's paragraphs have, where a line among them says its title again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from eafarchive.extraction.document.outline import Block, Element, is_paragraph, outermost
from eafarchive.extraction.lines.dates import find_dates

_NEAR = 40
"""Blocks before and after a line among which the paragraphs that it stands between are."""
_MOST_AROUND = 4
"""Elements around a line that may stand between paragraphs."""
_FEWEST = 2
"""Paragraphs under a title."""
_LONG_WORD = 4
_BELOW = 3
"""Blocks below a title among which its byline and date stand."""
_SHORT = 100
"""Characters of the longest line there."""
_STOPS = tuple(".!?。！？")
_PAIR = re.compile(r"(?=([\u3040-\u9fff\uac00-\ud7af]{2}))")


def shares_title(
    over: str, titles: Iterable[str], site: str, host: str, *, is_signed: bool
) -> bool:
    """Whether a heading has half of a title's words, or one where it is signed.

    Words of the ``site``'s name or ``host`` do not count; all is folded.
    """
    names = _words_of(site)
    own = {one for one in _words_of(over) - names if one not in host}
    return any(
        (shared := len(own & words)) and (is_signed or shared * 2 >= len(words))
        for words in map(_words_of, titles)
    )


def _words_of(text: str) -> set[str]:
    """The words that say what it is about; of a script without spaces, each two characters."""
    words = {one for one in text.split() if len(one) >= _LONG_WORD}
    return words | set(_PAIR.findall(text))


def is_signed(heading: Block, blocks: list[Block], labels: tuple[str, ...]) -> bool:
    """Whether a byline, which one of the ``labels`` opens, or a date is in the lines below it."""
    for block in blocks[heading.at + 1 : heading.at + 1 + _BELOW]:
        line = block.line
        if len(line) > _SHORT or line.endswith(_STOPS):
            return False
        folded = f"{line.casefold()} "
        # what ends in a letter needs a word's end
        opens = (one if not one[-1].isalpha() else f"{one} " for one in labels)
        if any(map(folded.startswith, opens)) or find_dates(line):
            return True
    return False


def is_amid_text(block: Block, blocks: list[Block]) -> bool:
    """Whether it stands between paragraphs of one text, or a box does that it stands in."""
    before = [one for one in blocks[max(block.at - _NEAR, 0) : block.at] if _is_shown(one)]
    after = [one for one in blocks[block.at + 1 : block.at + _NEAR] if _is_shown(one)]
    holder = block.element.parent
    for _ in range(_MOST_AROUND):
        if holder is None or len(before) < _FEWEST or not after:
            return False
        if sum(_stands_in(one, holder) for one in before) >= _FEWEST:
            return any(_stands_in(one, holder) for one in after)
        holder = holder.parent
    return False


def _is_shown(block: Block) -> bool:
    """Whether it is a paragraph of prose that the page shows."""
    return is_paragraph(block) and not block.element.hidden


def _stands_in(paragraph: Block, holder: Element) -> bool:
    """Whether it is right in the holder, or in a box of its own there."""
    return outermost(paragraph.element).parent is holder
