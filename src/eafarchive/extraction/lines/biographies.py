"""Notes on authors under a heading of their own, *About the author*, and on whom the text knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eafarchive.extraction.document.outline import Block, Element
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.looks import is_borne_alone
from eafarchive.extraction.lines.names import fold, is_group, words_of
from eafarchive.extraction.lines.notes import (
    MAX_NOTE,
    is_author_note,
    names_in_note,
    tells_of,
)

_MAX_BIO = 600
_FEWEST = 3
"""Blocks of a text that may end in a note in a box."""
_IS = re.compile(r"\b(?:is|are|was|were)\b")
_ON_AUTHORS = re.compile(r"(?:the )?(?:authors?|contributors?|writers?)\W*", re.IGNORECASE)
_ABOUT = re.compile(r"(?:about )?the (?:authors?|contributors?|writers?)\W*", re.IGNORECASE)
MOST_NOTES = 6
"""Blocks under a heading over notes on authors."""
_MOST_BESIDE = 4
"""Blocks in such a heading's box that are none: a picture, links."""

_MAX_LINE = 150
"""Characters of a line of thanks under a note."""
PRONOUNS = frozenset("he she they his her their".split())
_MAX_SPEAKER = 40
"""Letters of a name before what its bearer says."""
_STOPS = (".", "!", "?", "”", "’")
_QUOTES = re.compile(r"[“”\"«»?!]|(?<!\w)‘")
"""What no note has; *Hawai‘i* has no quotation mark."""


def heads_notes(heading: Block, blocks: list[Block], rules: Rules) -> bool:
    """Whether notes on authors follow a heading that other things stand under, too: *Author*."""
    if rules.profile.trust_names or not _ON_AUTHORS.fullmatch(heading.line):
        return False
    return end_of_notes(heading, blocks, rules) is not None


def is_over_notes(heading: Block) -> bool:
    """Whether it is a heading over notes on authors by its words: *Author*, *About the author*."""
    is_told = _ABOUT.fullmatch(heading.line) or _ON_AUTHORS.fullmatch(heading.line)
    return heading.element.tag in HEADINGS and is_told is not None


def end_of_notes(heading: Block, blocks: list[Block], rules: Rules) -> int | None:
    """The place after the notes under a heading, and its box; ``None`` where none follow it."""
    end = heading.at + 1
    for block in blocks[end : end + MOST_NOTES]:
        if block.text and not tells_who(block.line, rules):
            break
        end = block.at + 1 if block.text else end
    if end == heading.at + 1:
        return None
    box = heading.element.parent
    if box is None or box.first < heading.at - 1 or box.last > end + _MOST_BESIDE:
        return end
    return max(end, box.last)


def tells_who(line: str, rules: Rules) -> bool:
    """Whether the paragraph says what an author does and where, or what a group of editors is.

    What a blog's software shows of who posts, *Ann Roe likes kites*, is no note.
    """
    profile = rules.profile
    if is_author_note(line, (), profile.notes, profile.byline):
        return True
    words = words_of(profile.byline)
    is_short = len(line) <= MAX_NOTE and _IS.search(line)
    named = names_in_note(line, profile.notes, profile.byline) if is_short else ()
    if named and tells_of(named[0], line, profile.notes, profile.byline):
        return True  # one whose name is one word
    return bool(named) and all(is_group(fold(name), words) for name in named)


def is_on_known(kept: Sequence[Block], rules: Rules) -> bool:
    """Whether the last paragraph is about somebody whom the text names in full below its first one.

    Of a page that tells no author only: the article is about them, if they do not speak in it, as
    who is asked does: *Roe: …*.
    """
    profile = rules.profile
    names = names_in_note(kept[-1].line, profile.notes, profile.byline)
    words = words_of(profile.byline)
    named = [name for name in names if " " in name or is_borne_alone(fold(name), words)]
    told = [block.text for block in kept[:-1] if block.text.endswith(_STOPS)][1:]
    opening = (text[:_MAX_SPEAKER].partition(":") for text in told)
    speakers = {name.rpartition(" ")[2] for name, colon, _ in opening if colon}
    return any(
        name.rpartition(" ")[2] not in speakers and any(name in text for text in told)
        for name in named
    )


def is_last_of(note: Block, below: Sequence[Block], rules: Rules) -> bool:
    """Whether the lines below a note on somebody are short, and speak no more of them."""
    profile = rules.profile
    about = names_in_note(note.line, profile.notes, profile.byline)
    surnames = [name.rpartition(" ")[2] for name in about]
    return not any(
        len(line.text) > _MAX_LINE
        or line.line.partition(" ")[0].casefold() in PRONOUNS
        or _QUOTES.search(line.line)
        or any(name in line.line for name in surnames)
        for line in below
    )


def stands_under_name(kept: Sequence[Block], names: tuple[str, ...]) -> bool:
    """Whether the last block, a paragraph, has a box with a known author's name and no more."""
    if len(kept) < _FEWEST or len(kept[-1].text) > _MAX_BIO or kept[-2].line not in names:
        return False
    box: Element | None = kept[-2].element
    if box is not None and box.last == kept[-2].at + 1:
        box = box.parent
    last = kept[-1].at
    return box is not None and box.last == last + 1 and kept[-2].at - box.first <= 1
