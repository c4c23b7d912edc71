"""Whole-block patterns, sorted by the characters they open with: most blocks meet few of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

MAX_CHROME: Final = 1000
"""Characters; a longer block is prose, whatever it says."""
_ASCII = "".join(map(chr, range(128)))
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:))?(?!\?)")
_LOOK = re.compile(r"\(\?<?[=!]")
_ATOM = re.compile(r"\[\^?\]?(?:\\.|[^\\\]])*+\]|\\.|[^()|\\\[]", re.DOTALL)
_PLAIN = re.compile(rf"(?:{_ATOM.pattern})++", re.DOTALL)
_REPEAT = re.compile(r"(?:(?P<none>[?*]|\{(?:0|,))|\+|\{)(?:[0-9,]*\})?[?+]?")


class Phrases(dict[str, re.Pattern[str] | None]):
    """By a text's first character: what may match all of it; compiled when first asked for."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """The phrases that one of these regular expressions matches, without regard to case."""
        super().__init__()
        self._patterns = tuple(patterns)

    def __missing__(self, first: str) -> re.Pattern[str] | None:
        if not first.isascii():
            return self[""]
        fitting = [one for one in self._patterns if not first or first in openings(one)]
        pattern = "|".join(f"(?:{one})" for one in fitting)
        self[first] = re.compile(pattern, re.IGNORECASE) if fitting else None
        return self[first]


def is_all(phrases: Phrases, text: str) -> bool:
    """Whether one of the phrases is the whole block, its line breaks taken for spaces."""
    if len(text) > MAX_CHROME:
        return False
    pattern = phrases[text[:1]]
    if pattern is None:
        return False
    return pattern.fullmatch(text.replace("\n", " ") if "\n" in text else text) is not None


@lru_cache(maxsize=4096)
def openings(pattern: str) -> str:
    """The ASCII characters that a match of the regular expression may begin with."""
    try:
        opening, is_optional = _Reader(pattern).choice()
    except NotImplementedError:
        return _ASCII
    return _ASCII if is_optional else "".join(sorted(opening))


class _Reader:
    """Finds the characters that a match of a regular expression may begin with: at least those.

    Raises `NotImplementedError` for a group with a flag, a condition or a comment.
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
        elif found := self._read(_ATOM):
            opening, is_optional = _matched_by(found[0])
        else:
            raise NotImplementedError(self._pattern)
        if repeat := self._read(_REPEAT):
            is_optional = is_optional or bool(repeat["none"])
        return opening, is_optional

    def _read(self, kind: re.Pattern[str]) -> re.Match[str] | None:
        found = kind.match(self._pattern, self._at)
        self._at = found.end() if found else self._at
        return found


@lru_cache(maxsize=1024)
def _matched_by(atom: str) -> tuple[set[str], bool]:
    """The ASCII characters that a character, class or escape matches; whether it may be none."""
    if atom in {"^", "$", r"\b", r"\B", r"\A", r"\Z"}:
        return set(), True
    if re.fullmatch(r"\\[0-9xuUN]", atom):  # a reference, or a character's number
        return set(_ASCII), True
    own = re.compile(atom, re.IGNORECASE | re.DOTALL)
    return set(filter(own.fullmatch, _ASCII)), False
