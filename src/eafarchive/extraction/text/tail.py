"""What follows a body's last words: notes on its authors and on the article, and chrome."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from eafarchive.extraction.document.inline import is_emphasised
from eafarchive.extraction.document.outline import PROSE, Block
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.biographies import (
    PRONOUNS,
    is_last_of,
    is_on_known,
    stands_under_name,
    tells_who,
)
from eafarchive.extraction.lines.footnotes import (
    is_footnote,
    is_numbered,
    works_among,
)
from eafarchive.extraction.lines.lists import Lists
from eafarchive.extraction.lines.notes import is_author_note, is_closing_note, is_note
from eafarchive.extraction.pictures.images import has_picture
from eafarchive.extraction.text.scraps import tells_source
from eafarchive.extraction.text.trailers import (
    STOPS,
    asks_readers,
    box_below_notes,
    box_over_button,
    is_appeal,
    is_button,
    is_trailer,
)
from eafarchive.phrases import is_all, is_opened

_MAX_HEAD = 300
"""Characters of a note over the text."""
_BELOW = 12
"""Blocks before a picture at the end among which a note stands."""
_MOST_UNDER = 3
"""Notes in any words under the note on the authors."""
_MOST_WORKS = 40
"""Blocks of a list of references."""
_FEWEST = 3
"""Blocks of an article with a note of two paragraphs; spaces in a note in italics."""
_MAX_SET_OFF = 600
"""Characters of such a note."""
_QUOTES = tuple("“‘\"'«—–-")
_MAX_MORE = 500
"""Characters of such a note's second paragraph."""


def without_tail(
    rules: Rules, chosen: list[Block], names: tuple[str, ...], out: dict[int, str]
) -> tuple[list[Block], list[str], list[str]]:
    """The blocks up to the last of the text, the author note and the closing notes after it."""
    kept, about, notes = _peeled(rules, list(chosen), names, out)
    at = None if about else _note_above(kept, rules, names)
    if at is None:
        return kept, about, notes
    note, under = kept[at], kept[at + 1 :]
    works = works_among(under, rules)
    below = [block for block in under if block.text and block not in works]
    out |= dict.fromkeys((block.at for block in below), "notes.closing")
    # metadata may name the first of several
    others = list(takewhile(lambda block: tells_who(block.line, rules), below))
    out |= dict.fromkeys((block.at for block in (note, *others)), "a note on an author")
    told = [block.line for block in (note, *others)]
    notes = [*(block.line for block in below[len(others) :]), *notes]
    kept, about, over = _peeled(rules, kept[:at], names, out, [note])
    return [*kept, *works], [*about, *told], [*over, *notes]


def _peeled(
    rules: Rules,
    kept: list[Block],
    names: tuple[str, ...],
    out: dict[int, str],
    below: Sequence[Block] = (),
) -> tuple[list[Block], list[str], list[str]]:
    """The blocks without the notes and the chrome at their end, and the notes.

    ``below`` are the notes on authors that follow, as far as known.
    """
    are_italic = all(map(is_emphasised, below))
    profile = rules.profile
    about: list[str] = []
    notes: list[str] = []
    others: list[str] = []
    lists = Lists(kept)
    while kept and not tells_source(kept):
        block = kept[-1]
        if is_closing_note(block.line, profile.notes):
            notes.append(block.line)
            out[block.at] = "notes.closing"
        elif (lines := _lines_of_notes(block, rules, names)) is not None:
            about += lines[0][::-1]
            notes += lines[1][::-1]
            out[block.at] = "notes.closing"
        elif _is_on_author(kept, len(kept) - 1, rules, names) or _goes_on_about(kept, rules, names):
            about.append(block.line)
            out[block.at] = "a note on an author"
            are_italic = are_italic and is_emphasised(block)
        elif are_italic and _is_set_off(kept, rules):
            notes.append(block.line)
            others += [block.line] if not about and tells_who(block.line, rules) else []
            out[block.at] = "a last paragraph in italics"
        elif block.element.tag in HEADINGS:
            out[block.at] = "a heading over nothing"
        elif block.line.strip("–—-() ") in names:
            out[block.at] = "its author's name"
        elif not block.text and (
            lists.is_under(block, rules.tail) or _follows_note(kept, rules, lists, names)
        ):
            out[block.at] = "a picture below the notes"
        elif (has_picture(block) and not is_button(block)) or not (
            is_trailer(block, rules, lists) or asks_readers(kept, rules, names)
        ):
            begin = box_below_notes(kept, rules, lists, names, out)
            if begin is None and profile.trust_names:
                begin = box_over_button(kept, rules, names)
            if begin is None:
                break
            out |= dict.fromkeys((one.at for one in kept[begin:]), "a box below the notes")
            del kept[begin + 1 :]
        else:
            out[block.at] = "chrome.tail"
        kept.pop()
    # who is told of right below a known author is one, too: metadata may name the first
    others = others if about or below else []
    notes = [line for line in notes if line not in others]
    return kept, [*about[::-1], *others[::-1]], notes[::-1]


def _is_set_off(kept: list[Block], rules: Rules) -> bool:
    """Whether the last paragraph is set in italics, as notes are, and what stands before is not."""
    last = kept[-1]
    is_paragraph = last.element.tag in {"p", "div"} and 0 < len(last.text) <= _MAX_SET_OFF
    if rules.profile.trust_names or not is_paragraph or last.text[0] in _QUOTES:
        return False
    holder = last.element.parent
    if (holder is not None and holder.tag == "blockquote") or is_appeal(last, rules):
        return False
    if last.text.count(" ") < _FEWEST or last.text[-1] not in STOPS or not is_emphasised(last):
        return False
    before = [is_emphasised(block) for block in kept[-_BELOW:-1] if block.own >= PROSE]
    return not all(before) and sum(before) < _FEWEST


def _follows_note(kept: list[Block], rules: Rules, lists: Lists, names: tuple[str, ...]) -> bool:
    """Whether the last words before the picture at the end are a note's, but for chrome."""
    for block in reversed(kept[-_BELOW:]):
        if block.text and is_note(block.line, rules.profile, names):
            return True
        if block.text and not is_trailer(block, rules, lists):
            break
    return False


def _note_above(kept: list[Block], rules: Rules, names: tuple[str, ...]) -> int | None:
    """The number among the blocks of a known author's note that the last of them follow.

    Those are footnotes or references; or a few more notes, in any words, if the note says what the
    author does, and where.
    """
    profile, last = rules.profile, len(kept) - 1
    lasts = range(last, max(last - _MOST_WORKS, 0), -1)
    labels = (number for number in lasts if is_all(rules.works, kept[number].line))
    for at in (last, next(labels, 0) - 1):
        others = 0
        for number in range(at, 0, -1):
            block = kept[number]
            if _is_on_author(kept, number, rules, names):
                below = kept[number + 1 : at + 1]
                is_on = bool(names) or is_last_of(block, below, rules)
                if not others or (is_on and tells_who(block.line, rules)):
                    return number
                break
            if not block.text or is_footnote(block) or is_closing_note(block.line, profile.notes):
                continue
            others += 1
            if (
                (not names and (profile.trust_names or not is_opened(rules.thanks, block.line)))
                or others > _MOST_UNDER
                or block.element.tag != "p"
                or len(block.text) > _MAX_HEAD
            ):
                break
    return None


def _is_on_author(kept: list[Block], number: int, rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether the block is a note on an author: where nobody is known, on none of the text."""
    profile = rules.profile
    if not is_author_note(kept[number].line, names, profile.notes, profile.byline):
        return False
    if is_numbered(kept[number]) and not tells_who(kept[number].line, rules):
        return False  # a footnote on a work of the author's own
    return bool(names) or not is_on_known(kept[: number + 1], rules)


def _goes_on_about(kept: list[Block], rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether the last block goes on with the note before it: *She has been …*; or with a name."""
    if rules.profile.trust_names and stands_under_name(kept, names):
        return True
    first = kept[-1].line.partition(" ")[0].casefold()
    if first not in PRONOUNS or len(kept) < _FEWEST or len(kept[-1].text) > _MAX_MORE:
        return False
    return is_author_note(kept[-2].line, names, rules.profile.notes, rules.profile.byline)


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
    return (about, notes) if notes or len(about) > 1 else None
