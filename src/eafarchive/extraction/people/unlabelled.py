"""Bylines without a label: a line at the title that reads like one."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise, zip_longest

import msgspec

from eafarchive.extraction.chrome.around import is_in_card
from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import seamed
from eafarchive.extraction.document.outline import Block, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.datelines import is_term, leads_to_date, undated
from eafarchive.extraction.facts.terms import leads_to_terms
from eafarchive.extraction.lines.byline_shape import read_shape
from eafarchive.extraction.lines.looks import look_of
from eafarchive.extraction.lines.months import MONTHS
from eafarchive.extraction.lines.names import (
    atoms_of,
    fold,
    is_name_shaped,
    known_people,
    words_of,
)
from eafarchive.extraction.lines.notes import tells_of
from eafarchive.extraction.lines.signposts import hrefs_of, leads_to_author
from eafarchive.extraction.people.byline import is_byline, may_hold_label
from eafarchive.extraction.people.metaline import bylines_in, linked_authors, names_of
from eafarchive.extraction.people.nameplates import BY, unsigned
from eafarchive.extraction.people.witnesses import is_account
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.phrases import is_all

_BEFORE, _AFTER = 6, 16
"""Blocks around the title among which the byline stands."""
_IN_HEAD = 40
"""Blocks under a title among which a byline with a link to its author stands."""
_BELOW = 5
"""Blocks under a title among which a line is a name and no more."""
_OVER = 4
"""Blocks over a title among which a line that only reads like one does."""
_MAX_LINE = 120
_MAX_LONG = 300
"""Characters of the longest line that only reads like a byline."""
_MAX_DECK = 300
"""Letters of the one paragraph that may stand between a title and its byline."""
_IN_HOUSES = frozenset("of for the at in on and to with".split())
_MOST_PARTS = 24
"""Parts of such a line, between commas."""
_FEW, _SHORT = 4, 40
"""Spaces and characters of a signature."""
_AGENCY = 5
"""Letters of an agency's short form."""
_RIGHT = re.compile(r"align: ?right", re.IGNORECASE)
_STOPS = (".", "!", "?", ":", "…", ")")
_SAYS_BY = re.compile(r"(?:written )?by[: ]", re.IGNORECASE)
_TOPS = frozenset(("h1", "h2", "h3"))


def find_unlabelled(chrome: Chrome, rules: Rules, names: tuple[str, ...]) -> Block | None:
    """The line at the title that says whose the article is, if no label with a colon does.

    It begins as bylines do, *By Ann Roe*, or, where a profile does not trust names, reads like one:
    *Ann Roe, Example University*. ``names`` are the authors as far as known.
    """
    if not rules.profile.trust_names:
        return _find_shaped(chrome, rules, names)
    has_deck = False
    blocks, start = chrome.outline.blocks, chrome.start
    for block in blocks[max(start - _BEFORE, 0) : start + _AFTER]:
        if block.at >= start and is_prose(block):
            if has_deck or block.own > _MAX_DECK:
                break
            has_deck = True
        elif (
            4 < len(block.text) < _MAX_LINE
            and not chrome.foreign[block.element.at]
            and may_hold_label(block.text, rules.profile.byline)
        ):
            for part in (names_of(block, rules), *bylines_in(block, rules)):
                text = seamed(part)
                line = undated(text.partition("\n")[0])
                if not line.endswith((".", "!", "?")) and is_byline(line, rules.profile.byline):
                    return msgspec.structs.replace(block, text=text, line=text.replace("\n", " "))
    ends = reversed(blocks[max(start, chrome.end - _AFTER) : chrome.end])
    for block in ends:
        if chrome.outside[block.element.at]:
            continue
        if _is_set_right(block, rules):
            return block
        if name := _signed_for(block, rules):
            return msgspec.structs.replace(block, text=name, line=name)
    return None


def _is_set_right(block: Block, rules: Rules) -> bool:
    """Whether it is a name and no more, in bold at the right, as a signature under a text is."""
    words = words_of(rules.profile.byline)
    if not (0 < block.text.count(" ") < _FEW and len(block.text) < _SHORT) or block.linked:
        return False
    if not is_name_shaped(block.text, words):
        return False
    style = block.element.node.attributes
    is_right = _RIGHT.search(f"{style.get('style')} align:{style.get('align')}") is not None
    chains = [chain for run, chain in block.runs if isinstance(run, str) and run.strip()]
    return is_right and all(chain is not None and chain.tag == "strong" for chain in chains)


def _signed_for(block: Block, rules: Rules) -> str | None:
    """The name before an agency's short form, where the block is nothing else: *Ann Roe/afp*."""
    name, _, agency = block.text.partition("/") if len(block.text) < _SHORT else ("", "", "")
    if not (agency.isalpha() and agency.islower() and len(agency) <= _AGENCY):
        return None
    is_name = 0 < name.count(" ") < _FEW and is_name_shaped(name, words_of(rules.profile.byline))
    return name if is_name else None


def _find_shaped(chrome: Chrome, rules: Rules, names: tuple[str, ...]) -> Block | None:
    """The first line under the title, or right over it, or at the end, that reads like a byline.

    One caption or deck may stand between, and what is shorter than any byline.
    """
    blocks, start = chrome.outline.blocks, chrome.start
    has_deck = False
    for block in blocks[start : min(start + _AFTER, chrome.end)]:
        if block.text and is_all(rules.summary, block.line):
            break
        if (signed := _signed(block, chrome, rules, names)) is not None:
            return signed
        if is_prose(block):
            if has_deck or block.own > _MAX_DECK:
                break
            has_deck = True
    for block in blocks[start : min(start + _IN_HEAD, chrome.end)]:
        if _SAYS_BY.match(block.text) and leads_to_author(block):  # below a summary, too
            signed = _signed(block, chrome, rules, names)
            if signed is not None:
                return signed
    for block in reversed(blocks[max(start - 1 - _OVER, 0) : max(start - 1, 0)]):
        if block.element.tag in _TOPS or chrome.elsewhere[block.element.at]:
            break
        if (signed := _signed(block, chrome, rules, names)) is not None:
            return signed
        if is_prose(block):
            break
    for block in reversed(blocks[max(start, chrome.end - _AFTER) : chrome.end]):
        signed = _signed(block, chrome, rules, names, BY)
        if signed is not None and not is_in_card(block, chrome):
            is_beside = signed.line != block.line and linked_authors(signed)
            if is_beside or "," in signed.text or _is_board(unsigned(signed.text), rules):
                return signed
    return None


def find_name(chrome: Chrome, names: Collection[str]) -> Block | None:
    """The line under the title that is the name of one whom metadata names, and no link."""
    for block in chrome.outline.blocks[chrome.start : chrome.start + _BELOW]:
        if is_prose(block):
            break
        if block.text in names and not block.linked and block.element.tag not in _TOPS:
            place = block.element.at
            return None if chrome.foreign[place] or chrome.is_in_another(block) else block
    return None


def _signed(
    block: Block,
    chrome: Chrome,
    rules: Rules,
    names: tuple[str, ...],
    opening: re.Pattern[str] | None = None,
) -> Block | None:
    """The block, without a date beside the names, if it reads like a byline with that opening."""
    if not 4 < len(block.text) < _MAX_LONG or block.element.tag in _TOPS:
        return None
    if chrome.foreign[block.element.at] or chrome.is_in_another(block):
        return None
    parts = (names_of(block, rules), *bylines_in(block, rules))
    for part in parts:
        if opening is not None and not opening.match(part.text):
            continue
        line = undated(part.line)
        if "\n" not in part.text and _is_signed(part, line, chrome, rules, names):
            return msgspec.structs.replace(part, text=line, line=line)
    return None


def _is_signed(
    part: Block, line: str, chrome: Chrome, rules: Rules, names: tuple[str, ...]
) -> bool:
    """Whether the part of a line, which is ``line`` without a date, reads like a byline."""
    # Ann Roe (Example University)
    stops = _STOPS if ends_in_credit(line, rules) else _STOPS[:-1]
    if line.endswith(stops[1:]) or _abuts(part):
        return False
    hrefs = part.linked and hrefs_of(part)
    if hrefs and (any(map(is_term, part.runs)) or leads_to_terms(part)):
        return False
    bare = line.removesuffix(".") if "," in line else line
    if BY.match(bare):
        names += tuple(name for name in linked_authors(part) if not is_account(name))
    return not bare.endswith(stops) and _reads_like_byline(bare, chrome, rules, names)


def _abuts(block: Block) -> bool:
    """Whether a name's element ends right where that of a house begins, as in cards."""
    texts = [run for run, _ in block.runs if isinstance(run, str) and not BY.fullmatch(f"{run} ")]
    return any(one[-1:].isalpha() and other[:1].isupper() for one, other in pairwise(texts))


def _reads_like_byline(line: str, chrome: Chrome, rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether the line is names, and what their bearers belong to, and no other words.

    A house, metadata (``names``) or a note on the page has to speak for it.
    """
    profile = rules.profile
    words = words_of(profile.byline)
    text = unsigned(line)
    is_by = " " not in line[: -len(text)].strip()
    told = f"by {text}" if text != line and is_by else line
    if text != line and not is_byline(told, profile.byline) and "," not in line:
        return False
    known = known_people(names, None, words)
    atoms = atoms_of(text, (), words)
    if not 0 < len(atoms) <= _MOST_PARTS:
        return False
    steps, _ = read_shape(atoms, words, known, several=None, shouted=False)
    is_witnessed = text != line
    for step, following in zip_longest(steps, steps[1:]):
        look = look_of(step.atom, words, known, shouted=False)
        match step.kind:
            case "noise":
                return False
            case "person":
                name = step.atom.text
                is_housed = following is not None and following.kind == "institution"
                is_housed = (
                    is_housed
                    and look_of(following.atom, words, known, shouted=False).is_head
                    and not _is_clause(name, following.atom.text, words.particles)
                )
                several = " " in name or (
                    text != line and (is_housed or _is_told(name, chrome, rules))
                )
                if not look.is_sure and not (several and is_name_shaped(step.atom.text, words)):
                    return False
                is_witnessed |= look.is_sure and len(atoms) > 1
            case "group":
                if (is_whole := _is_board(step.atom.text, rules)) is None:
                    return False
                # a board alone may be a link to a list of its members, or a card's
                is_witnessed |= len(atoms) > 1 or is_whole
            case "institution":
                is_witnessed |= look.is_head or look.is_topic
                if step.atom.text[0].islower():
                    return False
            case _:
                pass
    return is_witnessed or any(
        _is_told(step.atom.text, chrome, rules)
        for step in steps[: len(steps) - 1]
        if step.kind == "person"
    )


def _is_clause(name: str, house: str, particles: Collection[str]) -> bool:
    """Whether it is a sentence on a day or month: *By Monday, Parliament will have voted*."""
    plain = {word for word in house.split() if word.islower()}
    return name.lower() in MONTHS or leads_to_date(name) or not plain <= {*_IN_HOUSES, *particles}


def _is_told(name: str, chrome: Chrome, rules: Rules) -> bool:
    """Whether a note on the page says who bears the name."""
    notes, byline = rules.profile.notes, rules.profile.byline
    within = chrome.outline.blocks[chrome.start : chrome.end]
    return any(tells_of(name, block.line, notes, byline) for block in within)


def _is_board(name: str, rules: Rules) -> bool | None:
    """Whether a group is named with its house before it; ``None`` for no group, or the house."""
    words = words_of(rules.profile.byline)
    folded = fold(name).removeprefix("the ")
    if folded == fold(rules.profile.publisher or ""):
        return None
    tokens = folded.split()
    for at in range(len(tokens)):
        if " ".join(tokens[at:]) in words.groups:
            return at > 0 if not at or " ".join(tokens[:at]) in words.groups else None
    return None
