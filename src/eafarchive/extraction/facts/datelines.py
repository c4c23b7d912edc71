"""Dates that a page shows at its title, alone on a line or beside a name: *Ann Roe, 5 March 2024*.

A line in which a date stands among other words than names is a sentence, and dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import anchor_of, seamed, spaced, unlinked
from eafarchive.extraction.document.outline import Block, Run, is_prose
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.date_words import (
    DAYS,
    LABELS,
    LEADING,
    SMALL,
    is_doubtful,
    is_short,
)
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.months import MONTHS

_BEFORE, _AFTER = 5, 8
"""Blocks before and after the title among which a date is the article's."""
_BELOW = 4
"""Blocks after the body's last among which it is."""
_MAX_DECK = 300
"""Letters of the one paragraph that may stand between a title and its date."""
_SHORTEST, _LONGEST = 7, 200
_LINE = 40
_MOST_WORDS = 8
_MOST_LETTERS = 24
"""Letters without case beside a date: of a name and of what says that it has published."""
_NAMED = re.compile("date|meta|publi|post-?footer|submitted|info|datum|fecha", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|\d\d\.\d\d\.\d\d(?!\d)")
_FIRST = "1990"
_CAPTIONS = frozenset(("caption", "figcaption", "figure"))
_PARTS = re.compile(r" [/|–—-] |[|·•∙／\n]")
_WORD = re.compile(r"[^\W_][\w’'.-]*")
_MAIL = re.compile(r" ?[<(]?[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}[>)]?")
_HANDLE = re.compile(r" \(?@\w{2,30}\)?(?!\S)")
"""An account's name beside a person's."""
_FOLLOW = re.compile(
    r" (?:follow|folgen|suivre|seguir|segui|关注|關注|フォロー(?:する)?)$", re.IGNORECASE
)
_MONTH = "|".join(map(re.escape, MONTHS))
_CLOCK = re.compile(
    rf"(?: (?:{_MONTH})\.? [0-9]{{1,2}}| [0-9]{{1,2}}\.? (?:{_MONTH})\.?)?"
    r"(?:,| at| um| à| kl\.?| o)? [0-9]{1,2}[:.h][0-9]{2}(?: ?[ap]\.?m\.?)?(?: uhr)?$",
    re.IGNORECASE,
)
"""A time of day at the end, with or without a day before it whose year nobody says."""
_ON_DAY = re.compile(r" on (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ?$", re.IGNORECASE)
_COUNT = re.compile(r"\W{1,3}\d{1,5} [^\W\d]{3,12}$")
_COUNTED = re.compile(r"\W{0,3}\d{1,5} [^\W\d]{3,12}\W?")
_UPDATED = re.compile(
    r"\b(?:updated?|modified|revised|edited|aktualisiert|geändert|mis à jour|modifié|"
    r"actualizad[oa]|atualizad[oa]|aggiornat[oa]|modifica|bijgewerkt|uppdaterad|oppdatert|opdateret|"
    r"päivitetty|zaktualizowano|aktualizacja|обновлен[оа]?|оновлено|diperbarui|cập nhật)\b"
    "|更新|수정|업데이트",
    re.IGNORECASE,
)


class Dateline(NamedTuple):
    """A date on show, and whether it is that of a change."""

    value: str
    is_change: bool


def read_datelines(chrome: Chrome, text: Sequence[Block] = ()) -> list[Dateline]:
    """The dates shown at the title, if there is one; those below it first, none within ``text``."""
    blocks, start = chrome.outline.blocks, chrome.start
    if not start:
        return []
    end = start
    has_deck = False
    while end < min(start + _AFTER, chrome.end):
        place = blocks[end].element.at
        is_in = not (chrome.outside[place] or chrome.strange[place])  # and no caption
        if is_in and is_prose(blocks[end]) and not _YEAR.search(blocks[end].text):
            if has_deck or blocks[end].own > _MAX_DECK:
                break
            has_deck = True
        end += 1
    near = (block for block in text[1:] if block.at < end)
    within = {block.at for block in near if not _is_alone(block.line)}
    head = [block for block in blocks[start:end] if block.at not in within]
    found: list[Dateline] = []
    for block in (*head, *blocks[max(start - 1 - _BEFORE, 0) : start - 1]):
        if (
            len(block.text) <= _LONGEST
            and block.own > _SHORTEST
            and not (chrome.elsewhere[block.element.at] or block.element.tag in _CAPTIONS)
            and _YEAR.search(block.text)
            and (block.element.tag not in HEADINGS or _is_date(block.line))
        ):
            found += (
                dates_on(seamed(block))
                or _in_elements(block)
                or _before_minutes(block, chrome)
                or (
                    _dates_in(block.line)
                    if _NAMED.search(block.element.hint) and not block.text.endswith(".")
                    else []
                )
            )
    whole = [one for one in found if not is_short(one.value)]
    found = whole or found or _linked(head, chrome)
    return found or _with(blocks[start - 1])


def _in_elements(block: Block) -> list[Dateline]:
    """The dates in elements of their own that only a style sheet parts."""
    runs = [run for run, _ in block.runs if isinstance(run, str)]
    if len(runs) < 2:
        return []
    others = " ".join(run for run in runs if not (find_dates(run) or _COUNTED.fullmatch(run)))
    return [] if _is_sentence([others]) else dates_on("\n".join(runs))


def _linked(head: Sequence[Block], chrome: Chrome) -> list[Dateline]:
    """The date that is all of the first line below a title that is a link; no site is older."""
    dated = (
        block
        for block in head
        if block.linked
        and block.own <= _SHORTEST
        and len(block.text) <= _LINE
        and not chrome.elsewhere[block.element.at]
        and block.element.tag not in HEADINGS
        and any(year >= _FIRST for year in _YEAR.findall(block.text))
    )
    return next((dates_on(block.line) for block in dated if _is_date(block.line)), [])


def _with(title: Block) -> list[Dateline]:
    """The date in an element of its own at the end of the title's line."""
    *before, last = [run for run, _ in title.runs if isinstance(run, str) and run.strip()] or [""]
    return dates_on(last) if before and _is_date(last) else []


def _before_minutes(block: Block, chrome: Chrome) -> list[Dateline]:
    """The dates in a line with nothing but the reading time after them."""
    line = spaced(block)
    minutes = next(filter(None, (one.search(line) for one in chrome.rules.minutes)), None)
    return dates_on(line[: minutes.start()]) if minutes else []


def read_footlines(chrome: Chrome, last: int) -> list[Dateline]:
    """The dates right below a body whose last block is ``last``, in what is named for holding them.

    After a heading, or where comments or other articles begin, a date is not the article's.
    """
    for block in chrome.outline.blocks[last + 1 : min(last + 1 + _BELOW, chrome.end)]:
        if block.element.tag in HEADINGS:
            break
        if (
            block.own > _SHORTEST
            and len(block.text) <= 2 * _LONGEST
            and not chrome.elsewhere[block.element.at]
            and _NAMED.search(block.element.hint)
            and (found := dates_on(block.text) or _dates_in(block.line))
        ):
            return found
    return []


def _dates_in(line: str) -> list[Dateline]:
    """The first date of a line that may be a sentence about the post, and no other words."""
    change = bool(_UPDATED.search(line))
    found = [Dateline(line[start:end], change) for start, end in find_dates(line)]
    return _undoubted(found, line)[:1]


def dates_on(line: str) -> list[Dateline]:
    """The dates on a line that holds nothing but dates and names.

    One with a short year stands there without other words than its label, or before a clock.
    """
    found: list[Dateline] = []
    before = ""
    for part in _PARTS.split(line):
        dates = find_dates(part)
        if not dates:
            before = part
            continue
        ends = [0, *(end for _, end in dates)]
        starts = [*(start for start, _ in dates), len(part)]
        rest = [part[end:start] for end, start in zip(ends, starts, strict=True)]
        if _is_sentence(rest):
            continue
        for words, (start, end) in zip(rest, dates, strict=False):
            found.append(Dateline(part[start:end], bool(_UPDATED.search(words or before))))
            before = ""
    return _undoubted(found, line)


def _undoubted(found: list[Dateline], text: str) -> list[Dateline]:
    """Those with a whole year, and those with a short one that is no number on its line."""
    doubtful = [line for line in text.split("\n") if is_doubtful(line)]
    return [o for o in found if not (is_short(o.value) and any(o.value in d for d in doubtful))]


def _is_date(line: str) -> bool:
    """Whether the line is a date, with a day of the week at most, as blogs have over posts."""
    start, end = next(iter(find_dates(line)), (0, 0))
    return end > 0 and len(_WORD.findall(f"{line[:start]} {line[end:]}")) < 2


def _is_alone(line: str) -> bool:
    """Whether the line is a date, with a place or label at most: no *When: 14 March 2013*."""
    return _is_date(line) and (": " not in line or line.partition(":")[0].lower() in LABELS)


def is_dateline(block: Block) -> bool:
    """Whether the block is a date, with links and what leads to them, and no other words."""
    words = unlinked(block)
    dates = find_dates(words)
    for start, end in reversed(dates):
        words = f"{words[:start]} {words[end:]}"
    rest = {word.lower().rstrip(".") for word in _WORD.findall(words)} - LABELS
    return bool(dates) and all(map(str.isdigit, rest))


def is_filing(block: Block) -> bool:
    """Whether the block leads to what an article is filed under, and says no more: *in Trade*."""
    words = _WORD.findall(unlinked(block).lower()) if any(map(is_term, block.runs)) else [""]
    return LABELS.issuperset(words)


def is_term(run: Run) -> bool:
    """Whether a run leads to what an article is filed under."""
    anchor = anchor_of(run[1])
    rel = (anchor.node.attributes.get("rel") or "") if anchor is not None else ""
    return anchor is not None and ("tag" in rel.split() or "category" in rel.split())


def undated(line: str) -> str:
    """The line without the dates, clocks and counts at its end: *By Ann Roe on 5 March 2024*.

    Of several lines, those are left that hold more than dates; an e-mail's address is no name.
    """
    if "@" in line:
        line = _MAIL.sub("", line) or line
    if "\n" in line:
        return "\n".join(filter(_is_undated, map(undated, line.split("\n")))) or line
    dates = find_dates(line)
    kept = _FOLLOW.sub("", _HANDLE.sub("", line[: dates[0][0]] if dates else line))
    kept = _ON_DAY.sub("", kept) if dates else _CLOCK.sub("", kept)
    if not _WORD.search(kept):
        return line
    kept = _COUNT.sub("", kept).rstrip(" ,;|/–—-·•／")
    words = kept.split()
    while len(words) > 1 and leads_to_date(words[-1].rstrip(":,")):
        del words[-1]
    return " ".join(words).rstrip(" ,;|/–—-·•／") if dates else kept


def _is_undated(line: str) -> bool:
    """Whether the line says more than what stands beside a date, and a date."""
    words = {word.lower().rstrip(".") for word in _WORD.findall(line)}
    return not (words <= LABELS or _is_date(line))


def leads_to_date(word: str) -> bool:
    """Whether the word leads to a date and is no part of a name, as *de* at the end may be."""
    return word.lower() in DAYS or (word.lower() in SMALL and (word.islower() or len(word) > 5))


def _is_sentence(rest: list[str]) -> bool:
    """Whether the words around dates are more than names and what says that something appeared."""
    if rest[-1].rstrip().endswith((".", "!", "?", "。", "、", "다")) and len(rest[-1]) > 6:
        return True
    pieces = [_WORD.findall(piece) for piece in rest]
    if len(pieces[0]) == 1:
        pieces[0] = []  # a day of the week
    words = [word for piece in pieces for word in piece]
    letters = sum(len(one) for one in words if one.lower() == one.upper() and not one.isdigit())
    if len(words) > _MOST_WORDS or letters > _MOST_LETTERS:
        return True
    return any(
        word[0].islower() and word.rstrip(".").lower() not in SMALL and before not in LEADING
        for before, word in zip(("", *words), words, strict=False)
    )
