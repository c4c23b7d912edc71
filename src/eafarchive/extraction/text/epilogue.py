"""Notes past a body's end: under a heading of their own, past a box, in a footer."""

from __future__ import annotations

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import Block, Outline
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.biographies import MOST_NOTES, is_over_notes, tells_who
from eafarchive.extraction.lines.names import fold, is_group, words_of
from eafarchive.extraction.lines.notes import (
    is_author_note,
    is_closing_note,
    names_in_note,
    tells_of,
)
from eafarchive.phrases import is_all

_BELOW = 12
"""Blocks after the text among which its own footer stands."""


def notes_below(
    outline: Outline, chrome: Chrome, rules: Rules, names: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """The notes on authors under the heading over them, where that ends the article or not, or past
    the box that ends it; and those on the article beside them.
    """
    blocks, begin = outline.blocks, chrome.end + 1
    boxed = [blocks[at] for at, why in chrome.widgets.items() if why == "chrome.banners"]
    shown = {block.line for block in boxed if not block.element.hidden}
    # a copy for the printer says nothing more
    boxed = [block for block in boxed if not (block.element.hidden and block.line in shown)]
    told = (block.line for block in boxed if block.text and tells_who(block.line, rules))
    found = [line for line in told if not _is_on_site(line, rules, names)]
    closing = [one.line for one in boxed if is_closing_note(one.line, rules.profile.notes)]
    is_headed = chrome.end < len(blocks) and blocks[chrome.end].element.tag in HEADINGS
    if not is_headed or chrome.end_rule not in {"chrome.banners", "chrome.related"}:
        return found, closing
    under = blocks[begin : begin + MOST_NOTES] if chrome.end_rule == "chrome.banners" else []
    about, notes = _notes_among(under, rules, names, are_all=True)
    if found or about or not names or rules.profile.trust_names:
        return [*found, *about], [*closing, *notes]
    return _notes_among(blocks[begin : begin + _BELOW], rules, names)


def _is_on_site(line: str, rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether it is the site's fixed line that ends each page, or is about groups alone, who have
    not written the article: a site says in a box of its own what it is.
    """
    if is_all(rules.ends, line):
        return True
    profile = rules.profile
    words = words_of(profile.byline)
    subjects = [fold(name) for name in names_in_note(line, profile.notes, profile.byline)]
    if not subjects or not all(is_group(subject, words) for subject in subjects):
        return False
    if (publisher := fold(profile.publisher or "")) in subjects:
        return publisher not in map(fold, names)
    return bool(names) and not any(is_group(fold(name), words) for name in names)


def _notes_among(
    following: list[Block], rules: Rules, names: tuple[str, ...], *, are_all: bool = False
) -> tuple[list[str], list[str]]:
    """The notes on authors, and on the article, among what follows, up to the replies or what the
    site says at the end of each page.

    Up to what is none (``are_all``), or past it, as how to cite the article; then there have to be
    notes on known authors.
    """
    profile = rules.profile
    about: list[str] = []
    notes: list[str] = []
    for block in following:
        if not block.text:
            continue
        if is_all(rules.ends, block.line) or is_all(rules.comments, block.line):
            break
        if is_author_note(block.line, names, profile.notes, profile.byline):
            about.append(block.line)
        elif is_closing_note(block.line, profile.notes):
            notes.append(block.line)
        elif are_all:
            break
    return about, notes if about else []


def notes_past_columns(
    chrome: Chrome, rules: Rules, last: int, names: tuple[str, ...]
) -> list[str]:
    """The notes on authors past all that stands beside the text, up to the replies.

    They are right in an element that holds the text, too, or in a box with nothing else in it but
    their heading. Past what ends the article, somebody has to be known, or the heading be there.
    """
    profile, blocks = rules.profile, chrome.outline.blocks
    found: list[str] = []
    end = chrome.end if chrome.end_rule == "chrome.comments" else len(blocks)
    for block in blocks[last + 1 : end]:
        if is_all(rules.closed, block.line) or is_all(rules.comments, block.line):
            break
        if not block.text or chrome.outside[block.element.at]:
            continue
        box, holder = block.element, block.element.parent
        while holder is not None and holder.first > last:
            box, holder = holder, holder.parent
        if box.last - box.first > MOST_NOTES:
            continue
        is_headed = block.at > box.first and is_over_notes(blocks[box.first])
        boxed = blocks[box.first + is_headed : box.last]
        if (names or is_headed or block.at < chrome.end) and all(
            is_author_note(one.line, names, profile.notes, profile.byline) for one in boxed
        ):
            found += [] if _is_on_site(block.line, rules, names) else [block.line]
    return found


def notes_in_box(chrome: Chrome, rules: Rules, last: int, names: tuple[str, ...]) -> list[str]:
    """The notes on known authors in a box of chrome right after the ``last`` block of the text, as
    themes have one about the author.
    """
    profile = rules.profile
    return [
        block.line
        for block in chrome.outline.blocks[last + 1 : last + 1 + _BELOW]
        if block.text
        and chrome.strange[block.element.at]
        and not chrome.elsewhere[block.element.at]
        and is_author_note(block.line, names, profile.notes, profile.byline)
    ]


def notes_in_footer(
    chrome: Chrome, rules: Rules, last: int, names: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """The notes on authors, and on the article, in a footer right after the ``last`` of its blocks.

    Sections have footers of their own, *typically about who wrote it*: HTML section 4.3.8. In an
    aside or an address only what says of a known author what they do, and where, is a note.
    """
    profile, blocks = rules.profile, chrome.outline.blocks
    about: list[str] = []
    notes: list[str] = []
    for block in blocks[last + 1 : min(last + 1 + _BELOW, chrome.end)]:
        place = block.element.at
        if not block.text or not chrome.outside[place] or is_all(rules.ends, block.line):
            continue
        if chrome.elsewhere[place] or not chrome.foreign[place]:
            is_told = any(tells_of(one, block.line, profile.notes, profile.byline) for one in names)
            about += [block.line] if is_told and block.line not in about else []
        elif is_closing_note(block.line, profile.notes):
            notes.append(block.line)
        elif is_author_note(block.line, names, profile.notes, profile.byline):
            about.append(block.line)
    return about, notes
