"""Authors shown as cards: a name at the title, and under or after it what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import Block, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.names import (
    Words,
    fold,
    is_group,
    is_name_shaped,
    untitled,
    words_of,
)
from eafarchive.extraction.lines.notes import tells_of
from eafarchive.extraction.lines.signposts import leads_to_author
from eafarchive.extraction.people.byline import parse_byline
from eafarchive.extraction.people.metaline import names_of
from eafarchive.extraction.people.witnesses import Evidence
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.model import Author
from eafarchive.phrases import is_all

_BEFORE, _AFTER = 6, 20
"""Blocks around the title among which the cards stand."""
_BELOW = 16
"""Blocks before what ends the article among which they do, if their names are links."""
_MAX_LINE = 150
_LINES = 2
"""Lines under a name: an office and a house."""
_JOINTS = " ,|(–—-"
_STOPS = ".!?:"
_ENDS = ".!?:…’”\"')"


def find_cards(chrome: Chrome, rules: Rules, known: Iterable[str]) -> tuple[Author, ...]:
    """Those of the ``known`` under or after whose names the page says what they belong to.

    What it says there is no part of the text, and is marked so in ``chrome``.
    """
    words = words_of(rules.profile.byline)
    told = set(_names_over_lines(chrome, rules))
    names = sorted({*known, *told}, key=len, reverse=True)
    blocks, start = chrome.outline.blocks, chrome.start
    near: list[Block] = []
    for block in blocks[max(start - _BEFORE, 0) : start + _AFTER if names else 0]:
        is_text = block.at >= start and is_prose(block) and block.text[-1] in _ENDS
        is_text = is_text and not block.linked
        if is_text and not _is_card(block, names):
            break
        if block.text and (not chrome.elsewhere[block.element.at] or _is_card(block, names)):
            near.append(block)
    at_title = len(near)
    below = blocks[max(chrome.end - _BELOW, start + len(near)) : chrome.end if names else 0]
    near += [block for block in below if block.text and not chrome.elsewhere[block.element.at]]
    found: list[Author] = []
    for number, block in enumerate(near):
        if (name := _name_of(block, names)) is None or (number >= at_title and not block.linked):
            continue
        rest = names_of(block, rules).line.partition(name)[2].strip()
        if rest:
            begins = rest[0] in _JOINTS or (bool(block.linked) and rest[0].isupper())
            begins = begins or _is_card(block, names)
            said = [rest] if begins and rest[-1] not in _STOPS else []
            under = []
        else:
            end = at_title if number < at_title else len(near)
            under = _lines_under(near[number + 1 : end], chrome, rules)
            said = [one.line for one in under]
        while said:
            is_apart = not under and (name in told or leads_to_author(block))
            is_sure = (
                _is_box(block, under[-1]) if under else is_apart and not find_dates(block.line)
            )
            author = _read(name, ", ".join(said).strip(_JOINTS), rules, words, is_sure=is_sure)
            if author is not None:
                found.append(author)
                chrome.widgets.update((one.at, "byline.labels") for one in (block, *under))
                break
            del said[-1], under[-1:]
    return tuple(found)


def _is_card(block: Block, names: list[str]) -> bool:
    """Whether one of the names is the first of the block's lines."""
    return "\n" in block.text and block.text.partition("\n")[0] in names


def _names_over_lines(chrome: Chrome, rules: Rules) -> Iterator[str]:
    """The names that are the first of two lines at the title, if a note tells who bears them."""
    profile, words = rules.profile, words_of(rules.profile.byline)
    blocks, start = chrome.outline.blocks, chrome.start
    for block in blocks[start : start + _AFTER if start else 0]:
        name, _, line = block.text.partition("\n")
        if not line or len(block.text) > _MAX_LINE:
            continue
        if is_name_shaped(name, words) and any(
            tells_of(name, other.line, profile.notes, profile.byline)
            for other in blocks[block.at + 1 : chrome.end]
        ):
            yield name


def with_cards(authors: tuple[Author, ...], cards: tuple[Author, ...]) -> tuple[Author, ...]:
    """The authors, each with what its card says."""
    told = {fold(card.name): card for card in cards}
    return tuple(
        msgspec.structs.replace(author, affiliations=card.affiliations, role=card.role)
        if (card := told.get(fold(author.name))) and not (author.affiliations or author.role)
        else author
        for author in authors
    )


def _name_of(block: Block, names: list[str]) -> str | None:
    """The name that the block begins with, perhaps after *by*."""
    if len(block.text) > _MAX_LINE:
        return None
    line = block.line[3:] if block.line[:3].lower() == "by " else block.line
    return next((name for name in names if line.startswith(name)), None)


def _lines_under(following: list[Block], chrome: Chrome, rules: Rules) -> list[Block]:
    """The short lines after a name that may say what it belongs to."""
    under: list[Block] = []
    for block in following[:_LINES]:
        if (
            block.linked * 2 > len(block.text)
            or len(block.text) > _MAX_LINE
            or block.element.tag in HEADINGS
            or block.line[-1] in _STOPS
            or block.at in chrome.widgets
            or any(pattern.search(block.line) for pattern in rules.minutes)
            or find_dates(block.line)
            or ends_in_credit(block.line, rules)
            or is_all(rules.summary, block.line)
            or is_all(rules.lead, block.line)
        ):
            break
        under.append(block)
    return under


def _is_box(name: Block, last: Block) -> bool:
    """Whether an element holds the name and the lines under it, and nothing else."""
    element = name.element
    while element.last <= last.at and element.parent is not None:
        element = element.parent
    return element.first >= name.at - 1 and element.last == last.at + 1


def _read(name: str, line: str, rules: Rules, words: Words, *, is_sure: bool) -> Author | None:
    """The author of that name, if the rest of the line is nothing but houses and offices.

    What stands in a box with the name (``is_sure``) need not look like either.
    """
    profile = rules.profile
    seen = Evidence(meta_authors=(name,), is_one=is_sure)
    authors = parse_byline(f"{name}, {line}", seen, profile.byline, profile.notes).authors
    if len(authors) != 1 or fold(authors[0].name) != fold(untitled(name, words)):
        kind: Literal["group", "person"] = "group" if is_group(fold(name), words) else "person"
        return Author(untitled(name, words), kind, (line,)) if is_sure else None
    author = authors[0]
    told = fold(" ".join(author.affiliations)).replace(",", " ").split()
    known = words.institutions | words.subjects | words.places
    is_house = not known.isdisjoint(told) or any(_is_short(one) for one in author.affiliations)
    place = fold(line) in words.places
    return author if author.role or is_sure or is_house or place else None


def _is_short(house: str) -> bool:
    """Whether it opens with capitals as acronyms are: *ANU*, *KIEP, Sejong*."""
    first = house.replace("-", " ").split()[0].strip(",")
    return len(first) > 1 and first.isupper() and first.isalpha()
