"""Notes past a body's end: under a heading of their own, past a box, in a footer."""

from __future__ import annotations

from eafarchive.extraction.biographies import MOST_NOTES, tells_who
from eafarchive.extraction.chrome import Chrome
from eafarchive.extraction.notes import is_author_note, is_closing_note
from eafarchive.extraction.outline import Block, Outline
from eafarchive.extraction.phrases import is_all
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.tags import HEADINGS

_BELOW = 12
"""Blocks after the text among which its own footer stands."""


def notes_below(
    outline: Outline, chrome: Chrome, rules: Rules, names: tuple[str, ...]
) -> list[str]:
    """The notes on authors under the heading over them, where that ends the article or not."""
    profile, blocks = rules.profile, outline.blocks
    boxed = [blocks[at] for at, why in chrome.widgets.items() if why == "chrome.banners"]
    found = [block.line for block in boxed if block.text and tells_who(block.line, rules)]
    if chrome.end_rule != "chrome.banners" or blocks[chrome.end].element.tag not in HEADINGS:
        return found
    for block in blocks[chrome.end + 1 : chrome.end + MOST_NOTES]:
        if block.text and not is_author_note(block.line, names, profile.notes, profile.byline):
            break
        found += [block.line] if block.text else []
    return found or _notes_past(blocks[chrome.end + 1 : chrome.end + _BELOW], rules, names)


def _notes_past(following: list[Block], rules: Rules, names: tuple[str, ...]) -> list[str]:
    """The notes on known authors past a box that ends the article, as how to cite it does."""
    profile = rules.profile
    found: list[str] = []
    for block in following if names and not profile.trust_names else ():
        if is_all(rules.closed, block.line) or is_all(rules.comments, block.line):
            break
        if block.text and is_author_note(block.line, names, profile.notes, profile.byline):
            found.append(block.line)
    return found


def notes_in_footer(
    chrome: Chrome, rules: Rules, last: int, names: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """The notes on authors, and on the article, in a footer right after the ``last`` of its blocks.

    Sections have footers of their own, *typically about who wrote it*: HTML section 4.3.8.
    """
    profile, blocks = rules.profile, chrome.outline.blocks
    about: list[str] = []
    notes: list[str] = []
    for block in blocks[last + 1 : min(last + 1 + _BELOW, chrome.end)]:
        place = block.element.at
        if not block.text or not chrome.foreign[place] or chrome.elsewhere[place]:
            continue
        if is_closing_note(block.line, profile.notes):
            notes.append(block.line)
        elif is_author_note(block.line, names, profile.notes, profile.byline):
            about.append(block.line)
    return about, notes
