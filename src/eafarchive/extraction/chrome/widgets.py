"""What stands among an article's paragraphs to work with: font sizes, buttons that share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from eafarchive.extraction.document.inline import spaced
from eafarchive.extraction.document.outline import Block
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import CELLS, HEADINGS, LISTS
from eafarchive.extraction.lines.notes import is_closing_note
from eafarchive.extraction.lines.signposts import are_buttons
from eafarchive.phrases import is_all

MAX_WIDGET = 60
"""Characters of the longest block that may be a widget."""
_MAX_PIECE = 12
"""Characters of the longest block that may be one of several pieces of a widget."""
_PIECES = 8
_MOST_ITEMS = 20
"""Items of a list that are looked at."""
_WORDY = HEADINGS | {"p", "li"}


def find_widgets(
    blocks: list[Block],
    out: list[bool],
    rules: Rules,
    sizers: Collection[int],
    found: dict[int, str],
) -> None:
    """Adds to what is ``found`` the blocks that are chrome, each with the group of its rule.

    ``out`` are, by element, those that are none of the article's anyway; ``sizers`` the places of
    blocks right after a button for a font size.
    """
    short = [
        block for block in blocks if 0 < len(block.text) <= MAX_WIDGET and not out[block.element.at]
    ]
    for block in blocks:
        if len(block.text) > MAX_WIDGET and is_all(rules.anywhere, block.line):
            found[block.at] = "chrome.anywhere"
    for number, block in enumerate(short):
        if block.at not in found and rules.anywhere[block.text[0]]:
            end = _end_of_widget(short[number : number + _PIECES], rules)
            found.update(dict.fromkeys(range(block.at, end), "chrome.anywhere"))
    leads = [
        block
        for block in short
        if block.element.tag not in CELLS
        and is_all(rules.lead, block.line)
        and not _is_sentence(block)
        and not is_closing_note(block.line, rules.profile.notes)
    ]
    times = Counter(block.text for block in leads if block.element.tag not in _WORDY)
    known = found.keys() | {block.at for block in leads}
    for block in (*leads, *reversed(leads)):  # a label may stand before it, too
        if block.element.tag == "li" and not _is_in_menu(block, blocks, known):
            continue
        # a share button beside the widget, alone as a link, or once for each of two widgets
        beside = block.at - 1 in found or block.at + 1 in found or block.at in sizers
        linked = not block.own and block.element.tag != "li"
        again = block.element.tag not in _WORDY and times[block.text] > 1
        if beside or linked or again:
            found.setdefault(block.at, "chrome.lead")
    for block, below in pairwise(blocks):
        if below.text or not 0 < len(block.text) <= MAX_WIDGET or block.element.tag == "li":
            continue
        if are_buttons(below) and _is_label(block, rules):
            found.setdefault(block.at, "chrome.lead")


def _is_in_menu(item: Block, blocks: list[Block], known: Collection[int]) -> bool:
    """Whether all that its list says are ``known`` places, and no list of the article's."""
    holder, first = item.element.parent, blocks[0].at
    if holder is None or holder.tag not in LISTS:
        return True
    inside = blocks[max(holder.first - first, 0) : holder.last - first][:_MOST_ITEMS]
    return all(one.at in known or not one.own for one in inside)


def _is_label(block: Block, rules: Rules) -> bool:
    """Whether it is chrome in an article's head or at its end, as *Share and enjoy:* is."""
    return is_all(rules.lead, block.line) or is_all(rules.tail, block.line)


def _is_sentence(block: Block) -> bool:
    """Whether it ends with a stop and has no date in it, as *Updated figures are due.* has none."""
    return block.text[-1] == "." and not any(map(str.isdigit, block.text))


def _end_of_widget(blocks: list[Block], rules: Rules) -> int:
    """The place after the longest run of neighbours that is chrome, taken together."""
    at = blocks[0].at
    end, line = at, ""
    for number, block in enumerate(blocks):
        if block.at != at + number or (number and len(block.text) > _MAX_PIECE):
            break
        line = f"{line} {spaced(block)}".lstrip()
        if is_all(rules.anywhere, line):
            end = block.at + 1
        if len(block.text) > _MAX_PIECE:
            break
    return end
