"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Piece = tuple[Literal["=", "-", "+"], str]
"""Words that are kept, gone or new, and the white space between them."""

_WORD = re.compile(r"\S+|\s+")
_LIMIT = 4_000_000
"""Most pairs of lines, or of words, compared; what is larger is replaced as a whole."""

_EQUAL = 100_000
"""Most pairs of equal ones: natural text of so many words, some 2,500, has fewer."""
_FEW = 400
"""Most changes looked for in what is larger, or more alike."""


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of both: ``=`` and ``-`` make up the first, ``=`` and ``+`` the second.

    Lines are compared first, and the words within lines that differ.
    """
    pieces: list[Piece] = []
    for old, new in _differing(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if old == new:
            _add(pieces, "=", "".join(old))
            continue
        words = (_WORD.findall("".join(old)), _WORD.findall("".join(new)))
        for gone, came in _differing(*words):
            if gone == came:
                _add(pieces, "=", "".join(gone))
            else:
                _add(pieces, "-", "".join(gone))
                _add(pieces, "+", "".join(came))
    return _joined(pieces)


def count(pieces: list[Piece]) -> tuple[int, int]:
    """How many words are new, and how many gone."""
    came, gone = (sum(len(text.split()) for kind, text in pieces if kind == k) for k in "+-")
    return came, gone


def _differing(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The stretches of both, in order: equal, or the one instead of the other."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield before[:start], after[:start]
    if len(old) * len(new) > _LIMIT or _equal_pairs(old, new) > _EQUAL:
        yield from _nearest(old, new)
    else:
        for _, i, j, m, n in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
            yield old[i:j], new[m:n]
    yield before[len(before) - end :], after[len(after) - end :]


def _nearest(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The stretches by the fewest changes, if these are `_FEW` at most; else all is one change.

    Myers (1986), greedy: time and room grow with the changes, however much of the text is alike.
    """
    reach, trail = {1: 0}, list[dict[int, int]]()
    for changes in range(_FEW + 1):
        trail.append(reach.copy())
        for lane in range(-changes, changes + 1, 2):
            is_down = lane == -changes or (lane != changes and reach[lane - 1] < reach[lane + 1])
            x = reach[lane + 1] if is_down else reach[lane - 1] + 1
            while x < len(old) and x - lane < len(new) and old[x] == new[x - lane]:
                x += 1
            reach[lane] = x
            if x >= len(old) and x - lane >= len(new):
                yield from _walked(trail, old, new)
                return
    yield old, new


def _walked(
    trail: list[dict[int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The stretches along the way that was found, by how far each number of changes had come."""
    x, y = len(old), len(new)
    found: list[tuple[Sequence[str], Sequence[str]]] = []
    for changes in range(len(trail) - 1, 0, -1):
        reach, lane = trail[changes], x - y
        is_down = lane == -changes or (lane != changes and reach[lane - 1] < reach[lane + 1])
        a = reach[lane + 1] if is_down else reach[lane - 1]
        b = a - lane - 1 if is_down else a - lane + 1
        m, n = (a, b + 1) if is_down else (a + 1, b)
        found += [(old[m:x], new[n:y]), (old[a:m], new[b:n])]
        x, y = a, b
    yield old[:x], new[:y]
    yield from reversed(found)


def _equal_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many there are: the time that comparing takes grows with their number, and faster."""
    times = Counter(new)
    return sum(count * times[one] for one, count in Counter(old).items() if not one.isspace())


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces with changes that only a space parts made one: what is gone, then what is new."""
    joined: list[Piece] = []
    gone = came = ""
    for place, (kind, text) in enumerate(pieces):
        parts = not text.strip(" ") and gone and came and place + 1 < len(pieces)
        if kind == "=" and not parts:
            _add(joined, "-", gone)
            _add(joined, "+", came)
            _add(joined, "=", text)
            gone = came = ""
        else:
            gone += text * (kind in "-=")
            came += text * (kind in "+=")
    _add(joined, "-", gone)
    _add(joined, "+", came)
    return joined


def _add(pieces: list[Piece], kind: Literal["=", "-", "+"], text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1][0] == kind:
        pieces[-1] = (kind, pieces[-1][1] + text)
    else:
        pieces.append((kind, text))
