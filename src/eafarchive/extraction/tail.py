"""What follows a body's last words: notes on its authors and on the article, and chrome."""

from __future__ import annotations

from eafarchive.extraction.chrome import Chrome
from eafarchive.extraction.dates import parse_date
from eafarchive.extraction.notes import is_author_note, is_closing_note
from eafarchive.extraction.outline import Block, Element, Outline
from eafarchive.extraction.phrases import is_all
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.scraps import is_list_of_links
from eafarchive.extraction.tags import HEADINGS

_MAX_HEAD = 300
"""Characters of a note over the text."""
_MOST_NOTES = 6
"""Blocks under a heading over notes on authors."""
_LISTS = frozenset(("ul", "ol", "menu"))


def notes_below(
    outline: Outline, chrome: Chrome, rules: Rules, names: tuple[str, ...]
) -> list[str]:
    """The notes on authors under the heading over them, where that ends the article."""
    profile = rules.profile
    found: list[str] = []
    if (
        chrome.end_rule != "chrome.banners"
        or outline.blocks[chrome.end].element.tag not in HEADINGS
    ):
        return found
    for block in outline.blocks[chrome.end + 1 : chrome.end + _MOST_NOTES]:
        if block.text and not is_author_note(block.line, names, profile.notes, profile.byline):
            break
        found += [block.line] if block.text else []
    return found


def without_tail(
    rules: Rules, chosen: list[Block], names: tuple[str, ...], out: dict[int, str]
) -> tuple[list[Block], list[str], list[str]]:
    """The blocks up to the last of the text, the author note and the closing notes after it."""
    profile = rules.profile
    about: list[str] = []
    notes: list[str] = []
    kept = list(chosen)
    while kept:
        block = kept[-1]
        if block.element.tag in HEADINGS:
            out[kept.pop().at] = "a heading over nothing"
            continue
        if is_closing_note(block.line, profile.notes):
            notes.append(block.line)
            out[block.at] = "notes.closing"
        elif (lines := _lines_of_notes(block, rules, names)) is not None:
            about += lines[0][::-1]
            notes += lines[1][::-1]
            out[block.at] = "notes.closing"
        elif is_author_note(block.line, names, profile.notes, profile.byline):
            about.append(block.line)
            out[block.at] = "a note on an author"
        elif block.has_image or not _is_tail(block, rules, kept):
            break
        else:
            out[block.at] = "chrome.tail"
        kept.pop()
    return kept, about[::-1], notes[::-1]


def without_head(rules: Rules, kept: list[Block], out: dict[int, str]) -> list[str]:
    """The notes on the article that stand over its text, taken away from the blocks."""
    found: list[str] = []
    at = 0
    while at < len(kept):
        block = kept[at]
        if block.text and not is_all(rules.summary, block.line):
            if len(block.text) > _MAX_HEAD or not is_closing_note(block.line, rules.profile.notes):
                break
            found.append(block.line)
            out[kept.pop(at).at] = "notes.closing"
        else:
            at += 1
    return found


def _lines_of_notes(
    block: Block, rules: Rules, names: tuple[str, ...]
) -> tuple[list[str], list[str]] | None:
    """The notes on authors and on the article that are each a line of one paragraph."""
    about: list[str] = []
    notes: list[str] = []
    profile = rules.profile
    for line in block.text.split("\n") if "\n" in block.text else ():
        if is_closing_note(line, profile.notes):
            notes.append(line)
        elif is_author_note(line, names, profile.notes, profile.byline):
            about.append(line)
        else:
            return None
    return (about, notes) if notes else None


def _is_tail(block: Block, rules: Rules, kept: list[Block]) -> bool:
    """Whether the block is chrome, where nothing but chrome and notes follows."""
    if block.linked * 10 >= len(block.text) * 9 and len(block.text) < 200:
        return True
    if is_all(rules.tail, block.line) or (len(block.text) < 40 and parse_date(block.line)):
        return True
    if block.linked and is_list_of_links(block, kept):
        return True
    return block.linked > 0 and block.own < 20 and not _is_in_wordy_list(block, kept)


def _is_in_wordy_list(block: Block, kept: list[Block]) -> bool:
    """Whether it is an item of a list that has more words than links."""
    element: Element | None = block.element
    while element is not None and element.tag not in _LISTS:
        element = element.parent
    if element is None:
        return False
    for other in reversed(kept):
        if other.at < element.first:
            return False
        if other.own >= 20:
            return True
    return False
