"""What of an article's head stands over its first words: links, a card of its author, a byline."""

from __future__ import annotations

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import PROSE, Block, Element
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.lines.signposts import leads_within
from eafarchive.extraction.people.nameplates import unsigned
from eafarchive.extraction.people.signatures import is_marked

DATED = "a date at the title"
"""Why a line is none of the text."""
_MOST = 6
"""Blocks of a card."""
_LINE = 60
"""Characters of the longest of them."""
_COLONS = (":", "：")
_STOPS = tuple(".!?…。！？।؟:")


def without_opening(
    chrome: Chrome, chosen: list[Block], names: tuple[str, ...], out: dict[int, str]
) -> list[Block]:
    """The blocks without those over the first paragraph that are an article's head; ``out`` is told
    of them: links in lists that no sentence leads to, and a few short lines in what holds an
    author's name or a date.
    """
    blocks = chrome.outline.blocks
    end = next((block.at for block in chosen if block.own >= PROSE), chrome.start)
    found: dict[int, str] = {}
    is_led = False
    for block in blocks[chrome.start : end]:
        if block.text and block.element.tag != "li":
            is_led = block.text.endswith(_COLONS)
        is_item = block.element.tag == "li" and block.linked and not block.own
        # contents are known with their label
        if is_item and not (is_led or leads_within(block)):
            found[block.at] = "a list of links over the text"
        elif block.line in names or out.get(block.at) == DATED:
            card = _card_around(block, blocks[chrome.start : end])
            found |= dict.fromkeys(card, "a card over the text")
    found = {block.at: found[block.at] for block in chosen if block.text and block.at in found}
    out |= found
    chosen = [block for block in chosen if block.at not in found]
    return _without_byline(chrome.rules, chosen, names, out)


def _card_around(block: Block, over: list[Block]) -> range:
    """The places of a block over the text, and of all in the largest element around it that holds
    nothing but a few short lines.
    """
    card, start = range(block.at, block.at + 1), over[0].at
    box: Element | None = block.element
    while box is not None and start <= box.first < box.last <= start + len(over):
        if box.last - box.first > _MOST:
            break
        if not all(map(_is_label, over[box.first - start : box.last - start])):
            break
        card, box = range(box.first, box.last), box.parent
    return card


def _is_label(block: Block) -> bool:
    return len(block.text) <= _LINE and not block.text.endswith(_STOPS)


def _without_byline(
    rules: Rules, chosen: list[Block], names: tuple[str, ...], out: dict[int, str]
) -> list[Block]:
    """The blocks without one that says whose the article is below its first paragraph: *von X*."""
    prose = [block.at for block in chosen if block.own >= PROSE][:2]
    for block in chosen if len(prose) > 1 else ():
        if block.at > prose[1]:
            break
        name = unsigned(block.line)
        if name != block.line and (name in names or is_marked(block, name, rules)):
            out[block.at] = "a byline"
            return [one for one in chosen if one is not block]
    return chosen
