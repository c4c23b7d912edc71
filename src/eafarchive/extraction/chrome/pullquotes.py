"""Pull quotes: a sentence of the text shown again, larger, in a box beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import PROSE, Block, Element, Run, child_around
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.phrases import is_all

_BOXES = frozenset(("aside", "blockquote", "div", "figure", "section"))
_SHORTEST, _LONGEST = 24, 400
_MOST_BLOCKS = 3
"""Blocks of such a box: the sentence, and who said so."""
_MOST = 32
"""Blocks that are looked at: an article has a few pull quotes."""
_MORE = 10
"""Characters of a paragraph beside those that are said again."""
_SENTENCE = 40
"""Letters' worth of a sentence that nobody writes twice."""
_NAME = 60
"""Characters of a line that says who said so."""
_STOPS = (".", "!", "?", "…")
_ENDS = (*_STOPS, "。", "！", "？", "।", "۔", "؟")
_COLONS = (":", "：")
_MARKS = re.compile(r"[“”„«»‹›\"「『《〈‘‚]|(?<!\w)'")
"""What begins a quotation, in any script."""
_SIGNED = re.compile(
    r"(?<=[.!?…”’\"»«“。！？।۔؟])\s?[-–—―]{1,2} ?(?=[^\W\d_])[^.!?…”’\"»«“。！？।۔؟]{3,60}$"
)
"""Who said so, at the end of the sentence and in one box with it."""
_EMPHASIS = frozenset(("b", "cite", "em", "i", "mark", "q", "strong", "u"))
_QUOTES = " “”„«»\"'‘’…"


class _Quote(NamedTuple):
    """A sentence in a box of its own."""

    block: Block
    box: Element
    said_by: list[Block]
    """The lines beneath it that say who said so."""
    line: str
    is_led: bool
    """Whether the line before it leads to it."""
    is_pulled: bool
    """Whether a part of a paragraph is no quotation there: by its box, or by such a line."""


def quotes_again(chosen: list[Block], rules: Rules) -> frozenset[int]:
    """The places of the blocks, each in a box of its own, whose words a paragraph has, too, with
    those of the lines beneath that say who said so.

    A whole paragraph is said again in any box without a picture; a part of one in a quotation may
    be the text's own, unless it is signed, or what a figure shows.
    A long sentence is said again in a quotation, too, where the paragraph does not quote it; where
    names are trusted, also in a paragraph with a class that those around it do not have.
    Over the first paragraph of the text, and below the label of a summary, is none.
    """
    quotes: list[_Quote] = []
    has_prose, above = False, None
    for number, block in enumerate(chosen):
        if len(quotes) == _MOST:
            break
        quote = _quote_of(chosen, number, named=rules.profile.trust_names)
        if quote and has_prose and not (above and is_all(rules.summary, above.line)):
            quotes.append(quote)
        is_pulled = quote is not None and quote.is_pulled
        has_prose = has_prose or (block.own >= PROSE and not is_pulled)
        above = block
    places = {quote.block.at for quote in quotes if quote.box.tag != "p"}
    prose = [(one, one.line.casefold()) for one in chosen if one.own >= PROSE] if quotes else []
    quoted = {
        quote.block.at for quote in quotes if quote.box.tag == "blockquote" and not quote.is_pulled
    }
    whole = {line for one, line in prose if one.at not in places}
    pictures = {block.at for block in chosen if not block.text}
    found: set[int] = set()
    for quote in quotes:
        is_with_picture = not pictures.isdisjoint(range(quote.box.first, quote.box.last))
        for one, line in prose:
            is_more = len(line) > len(quote.line) + _MORE
            if quote.line not in line or one is quote.block:
                continue
            is_own = rules.profile.trust_names or _is_in_own_words(quote, one, line)
            is_said = quote.is_pulled or (is_own and _is_whole(quote, line))
            if (is_more and is_said) or (
                not is_more
                and (one.at not in places or (quote.is_pulled and one.at in quoted))
                and not (is_with_picture and quote.block.line.casefold() in whole)
            ):
                found.update((quote.block.at, *(under.at for under in quote.said_by)))
                break
    return frozenset(found)


def _quote_of(chosen: list[Block], number: int, *, named: bool) -> _Quote | None:
    """The block as a sentence in a box of its own, if it stands in one, or, where ``named``, in a
    paragraph of another class.
    """
    block = chosen[number]
    if not _SHORTEST <= len(block.text) <= _LONGEST or block.linked:
        return None
    box, element, under = None, block.element, chosen[number + 1 : number + _MOST_BLOCKS]
    while element.first == block.at and element.last - element.first <= _MOST_BLOCKS:
        inside = [one for one in under if one.at < element.last]
        if len(inside) > 1 and not all(map(_is_name, inside)):
            break
        if element.tag in _BOXES:
            box = element
        if element.parent is None:
            break
        element = element.parent
    if box is None and named and _is_of_its_own(chosen[max(number - 1, 0) : number + 2]):
        box = block.element
    if box is None:
        return None
    tags = _tags(block, box)
    if block.element.tag in HEADINGS and box.tag == "div" and block.text[-1].isalnum():
        return None  # a subheading may say what a paragraph says
    said_by = [one for one in under if one.at < box.last and _is_name(one)]
    before = chosen[number - 1] if number else None
    is_led = before is not None and before.text.endswith(_COLONS)
    is_quotation = box.tag in {"blockquote", "p"} and "pull" not in box.hint.lower()
    name = _SIGNED.search(block.line)
    line = block.line[: name.start()] if name else block.line
    is_signed = len(said_by) == sum(one.at < box.last for one in under) < box.last - box.first - 1
    is_pulled = (
        not is_led
        and not (before is not None and _is_built_alike(tags, box, before))
        and (not is_quotation or is_signed or bool(said_by or name))
    )
    return _Quote(block, box, said_by, line.strip(_QUOTES).casefold(), is_led, is_pulled)


def _is_of_its_own(blocks: list[Block]) -> bool:
    """Whether the second of three paragraphs side by side has a class that the others have not."""
    if len(blocks) <= 2 or not blocks[1].element.classes:
        return False
    before, one, after = (block.element for block in blocks)
    return (
        before.tag == one.tag == after.tag == "p"
        and before.parent is one.parent is after.parent
        and before.classes == after.classes != one.classes
    )


def _is_whole(quote: _Quote, line: str) -> bool:
    """Whether the words are a whole sentence of the paragraph's, and long."""
    if quote.is_led or quote.block.own < _SENTENCE or not quote.line.endswith(_ENDS):
        return False
    before = line[: line.index(quote.line)].rstrip(_QUOTES)
    return not before or before.endswith(_ENDS)


def _is_in_own_words(quote: _Quote, one: Block, line: str) -> bool:
    """Whether a paragraph that is over a bare quotation, or right below it and opens with it, has
    its words as its own: no quotation mark stands before them, and no part of the paragraph is
    emphasised.
    """
    opens = one.at == quote.box.last and line.startswith(quote.line)
    if quote.box.tag != "blockquote" or (one.at > quote.block.at and not opens):
        return False
    return not any(map(_is_emphasised, one.runs)) and not _MARKS.search(
        line[: line.index(quote.line)]
    )


def _is_emphasised(run: Run) -> bool:
    chain = run[1]
    while chain is not None and chain.tag not in _EMPHASIS:
        chain = chain.up
    return chain is not None


def _is_name(block: Block) -> bool:
    """Whether it may say who said so."""
    is_short = 0 < len(block.text) <= _NAME and not block.text.endswith(_STOPS)
    return is_short and block.element.tag not in HEADINGS


def _is_built_alike(tags: list[str], box: Element, before: Block) -> bool:
    """Whether the paragraph before stands in a box like that one, and within the same elements."""
    beside = child_around(before, box.parent)
    return is_alike(beside, box) and tags == _tags(before, beside)


def _tags(block: Block, box: Element) -> list[str]:
    """The tags of the block's element and of those around it in the box."""
    found, element = [block.element.tag], block.element
    while element is not box and element.parent is not None:
        element = element.parent
        found.append(element.tag)
    return found
