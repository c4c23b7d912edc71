"""Whole-block patterns, sorted by what they open with: most blocks meet few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

MAX_CHROME: Final = 1000
"""Characters; a longer block is prose, whatever it says."""
_MOST = 4096
"""First characters that are remembered."""
_LETTERS = "aqz"
"""What opens with each of these may open with any."""
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|(?:-i)?:))?(?!\?)")
_LOOK = re.compile(r"\(\?<?[=!]")
_ATOM = re.compile(r"\[\^?\]?(?:\\.|[^\\\]])*+\]|\\.|[^()|\\\[]", re.DOTALL)
_PLAIN = re.compile(rf"(?:{_ATOM.pattern})++", re.DOTALL)
_REPEAT = re.compile(r"(?:(?P<none>[?*]|\{(?:0|,))|\+|\{)(?:[0-9,]*\})?[?+]?")
_NUMBER = re.compile(r"\\[0-9xuUN]")
"""What a reference to a group begins with, or a character's number."""
_ANY = r"[\s\S]"
_NOWHERE = frozenset(("^", "$", r"\b", r"\B", r"\A", r"\Z"))
"""What matches between characters."""

_Put = Callable[[re.Pattern[str], str], re.Match[str] | None]
_Guarded = tuple[str, re.Pattern[str]]
"""An expression, and folded words without which it matches nothing; they may be none."""


class Phrases(dict[str, tuple[_Guarded, ...]]):
    """By a text's first character: what may match all of it; compiled when first asked for."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """The phrases that one of these regular expressions matches, without regard to case."""
        super().__init__()
        self._patterns = tuple(patterns)
        self._atoms = frozenset[str]().union(*map(openings, self._patterns))
        self._known: dict[frozenset[str], tuple[_Guarded, ...]] = {}

    def __missing__(self, first: str) -> tuple[_Guarded, ...]:
        if first:
            fitting = frozenset([one for one in self._atoms if _own(one).fullmatch(first)])
        else:  # only what may be empty matches nothing
            fitting = self._atoms & {_ANY}
        found = self._known.get(fitting)
        if found is None:
            patterns = [one for one in self._patterns if not openings(one).isdisjoint(fitting)]
            found = self._known[fitting] = _guarded(patterns)
        if len(self) < _MOST:
            self[first] = found
        return found


def is_all(phrases: Phrases, text: str) -> bool:
    """Whether one of the phrases is the whole block, its line breaks taken for spaces."""
    fitting = phrases[text[:1]]
    if not fitting or len(text) > MAX_CHROME:
        return False
    return _is_met(fitting, text.replace("\n", " "), re.Pattern.fullmatch)


def is_opened(phrases: Phrases, line: str) -> bool:
    """Whether one of the phrases is the line's beginning."""
    return _is_met(phrases[line[:1]], line, re.Pattern.match)


def _is_met(fitting: tuple[_Guarded, ...], text: str, put: _Put) -> bool:
    """Whether an expression whose words are in the text matches it, as they are ``put`` to it."""
    folded = ""
    for words, pattern in fitting:
        if words and words not in (folded := folded or _folded(text)):
            continue
        if put(pattern, text):
            return True
    return False


def _guarded(patterns: list[str]) -> tuple[_Guarded, ...]:
    """The expressions as one, but for those that may open with any letter and have their words."""
    wide = {one: needle(one) for one in patterns if _is_wide(one)}
    rest = "|".join(f"(?:{one})" for one in patterns if not wide.get(one))
    found = [(words, re.compile(one, re.IGNORECASE)) for one, words in wide.items() if words]
    return (*([("", re.compile(rest, re.IGNORECASE))] if rest else ()), *found)


def _folded(text: str) -> str:
    """The text with all letters alike that are so to an expression without regard to case."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("\u0307", "").replace("ı", "i")


def _is_wide(pattern: str) -> bool:
    return any(all(map(_own(atom).fullmatch, _LETTERS)) for atom in openings(pattern))


@lru_cache(maxsize=1024)
def _own(atom: str) -> re.Pattern[str]:
    return re.compile(atom, re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=4096)
def openings(pattern: str) -> frozenset[str]:
    """The characters and classes, as written, that a match of the expression may begin with."""
    try:
        opening, is_optional = _Reader(pattern).choice()
    except NotImplementedError:
        return frozenset((_ANY,))
    return frozenset((_ANY,)) if is_optional else frozenset(opening)


def needle(pattern: str) -> str:
    """The longest run of plain characters that each match of the expression has, folded."""
    try:
        return _folded(_Reader(pattern).needle())
    except NotImplementedError:
        return ""


class _Reader:
    """Finds what a match of a regular expression may begin with, at least that, and has to hold.

    Raises `NotImplementedError` for a group with a flag, a condition or a comment, and for numbers.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def choice(self) -> tuple[set[str], bool]:
        """What the alternatives open with, and whether one of them may be empty."""
        opening, is_optional = self._sequence()
        while self._pattern.startswith("|", self._at):
            self._at += 1
            others, optional = self._sequence()
            opening, is_optional = opening | others, is_optional or optional
        return opening, is_optional

    def needle(self) -> str:
        """The longest run of plain characters outside groups; raises for a choice outside them."""
        runs = [""]
        while self._at < len(self._pattern):
            begin = self._at
            self._item()
            item = self._pattern[begin : self._at]
            if len(item) == 1 and item not in ".^$":
                runs[-1] += item
            else:
                runs.append("")
        return max(runs, key=len)

    def _sequence(self) -> tuple[set[str], bool]:
        opening: set[str] = set()
        is_optional = True
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            if is_optional:
                others, is_optional = self._item()
                opening |= others
            elif skipped := _PLAIN.match(self._pattern, self._at):
                self._at = skipped.end()
            else:
                self._item()
        return opening, is_optional

    def _item(self) -> tuple[set[str], bool]:
        if found := self._read(_GROUP) or self._read(_LOOK):
            opening, is_optional = self.choice()
            self._at += 1
            if found.re is _LOOK:  # what follows opens the match
                opening, is_optional = set(), True
        elif (found := self._read(_ATOM)) and not _NUMBER.fullmatch(found[0]):
            is_optional = found[0] in _NOWHERE
            opening = set() if is_optional else {found[0]}
        else:
            raise NotImplementedError(self._pattern)
        if repeat := self._read(_REPEAT):
            is_optional = is_optional or bool(repeat["none"])
        return opening, is_optional

    def _read(self, kind: re.Pattern[str]) -> re.Match[str] | None:
        found = kind.match(self._pattern, self._at)
        self._at = found.end() if found else self._at
        return found
