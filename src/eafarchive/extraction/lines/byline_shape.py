"""The best reading of a byline's parts as a whole: which are authors, which what they belong to.

A chain of kinds is chosen as Viterbi does it: each part's look and each pair of neighbours has a
score, and the chain with the highest sum wins. The number of parts times a constant, never more.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from eafarchive.extraction.lines.continuations import (
    AMONG,
    HOUSE,
    SERIES,
    goes_on,
    is_open_unit,
    opens_house,
)
from eafarchive.extraction.lines.looks import Look, look_of
from eafarchive.extraction.lines.names import Atom, Known, Words, is_acronym

_FOR = re.compile(r" for (?:the )?[\w-]{2,40}(?:\.[a-z]{2,12}){1,2}$", re.IGNORECASE)
"""*Ann Roe for Paper.example*."""

Kind = Literal["person", "group", "institution", "more", "role", "noise"]
"""``more`` goes on with the institution (or role) before: *Economy, **Trade and Industry***."""

_KINDS: tuple[Kind, ...] = ("person", "group", "institution", "more", "role", "noise")
_JOINTS = ("list", "plain", "and", "semi", "open")
# By (kind before, kind): the score after a comma, `and`, a comma and `and`, `;`, `(`.
_NEXT: dict[tuple[Kind, Kind], tuple[float, ...]] = {
    ("person", "person"): (0, 3, 1, 2, -9),
    ("person", "group"): (-2, 0, 0, 0, -9),
    ("person", "institution"): (1, -5, -2, -3, 5),
    ("person", "role"): (1, -3, -3, -3, 3),
    ("group", "person"): (0, 1, 1, 2, -9),
    ("group", "group"): (-3, 0, 0, 1, -9),
    ("group", "institution"): (1, -3, -2, -3, 5),
    ("group", "role"): (-1, -3, -3, -3, 0),
    ("institution", "person"): (0, 0, 1.5, 3, -9),
    ("institution", "group"): (-2, 0, 0, 1, -9),
    ("institution", "institution"): (0, -0.5, 0.5, -1, -1),
    ("institution", "role"): (-2, -3, -3, -3, -1),
    ("role", "person"): (-1, 0, 1, 3, -9),
    ("role", "group"): (-2, 0, 0, 1, -9),
    ("role", "institution"): (1, -2, -2, -3, 3),
    ("role", "role"): (0, -1, -1, -2, -1),
}
_FAIR = 2.0
_FORBIDDEN = -100.0
_HOPELESS = -15.0
_DOUBT = 0.75
_MANY = 2
_INITIALS = 2
_AHEAD = 8  # parts of a list of names that are looked at for its end


class Step(NamedTuple):
    """A part and what it is taken for."""

    atom: Atom
    kind: Kind


class _Chain(NamedTuple):
    score: float
    before: tuple[Kind, int] | None
    """Kind and number of authors one part earlier."""
    opened: int
    """The part that began the affiliation that is being read."""


def without_site(text: str) -> str:
    """The names without the address of the site that they have written for, behind them."""
    return _FOR.sub("", text)


def read_shape(
    atoms: list[Atom], words: Words, known: Known, *, several: bool | None, shouted: bool
) -> tuple[list[Step], bool]:
    """Each part's kind, and whether one author or several is a close call.

    ``several`` is what the label says: ``Authors:``, ``Author:``, or ``None`` for nothing.
    """
    if not atoms:
        return [], False
    looks = [look_of(atom, words, known, shouted=shouted) for atom in atoms]
    if not shouted and not _ends_in_capitals(atoms[0].text):  # then Johns Hopkins SAIS is none
        looks = [
            look._replace(person=look.person - 6.0, institution=look.institution + 2.0)
            if _ends_in_capitals(atom.text) and not look.is_sure
            else look
            for atom, look in zip(atoms, looks, strict=True)
        ]
    table: list[dict[tuple[Kind, int], _Chain]] = [_opening(looks[0])]
    for at in range(1, len(atoms)):
        table.append(_column(at, table[-1], atoms, looks, words, several=several))
    ends: dict[bool, tuple[float, tuple[Kind, int]]] = {}
    for state, chain in table[-1].items():
        score = chain.score + _number(state[1], several=several, group=looks[0].group > 0)
        many = state[1] >= _MANY
        if many not in ends or score > ends[many][0]:
            ends[many] = (score, state)
    best, state = max(ends.values(), key=lambda end: end[0])
    doubtful = len(ends) > 1 and min(score for score, _ in ends.values()) > best - _DOUBT
    kinds: list[Kind] = []
    for column in reversed(table):
        kinds.append(state[0])
        state = column[state].before or state
    return [Step(a, k) for a, k in zip(atoms, reversed(kinds), strict=True)], doubtful


def _ends_in_capitals(text: str) -> bool:
    """Whether the last of several words has nothing but capitals, as surnames have in places."""
    first, _, last = text.rpartition(" ")
    return bool(first) and len(last) > _INITIALS and last.isalpha() and last.isupper()


def _opening(look: Look) -> dict[tuple[Kind, int], _Chain]:
    return {
        ("person", 1): _Chain(look.person, None, 0),
        ("group", 1): _Chain(look.group, None, 0),
        ("noise", 0): _Chain(-8.0, None, 0),
    }


def _column(
    at: int,
    before: dict[tuple[Kind, int], _Chain],
    atoms: list[Atom],
    looks: list[Look],
    words: Words,
    *,
    several: bool | None,
) -> dict[tuple[Kind, int], _Chain]:
    """The best chain that ends in each kind and number of authors at this part."""
    atom, look = atoms[at], looks[at]
    following = atoms[at + 1].joint if at + 1 < len(atoms) else "end"
    # U, Example Center, A and V: but Example Center, A and V are two
    after_house = at > 2 and _is_house(at - 2, atoms, looks)
    after_house = after_house and not is_open_unit(atoms[at - 2].text, words)
    if _lists_houses(at, atoms, looks) and (atoms[-1].joint == "and" or after_house):
        following = SERIES
    elif following == "plain" and opens_house(atoms[at + 1].text, looks[at + 1], words):
        following = HOUSE
    column: dict[tuple[Kind, int], _Chain] = {}
    for (last, count), chain in before.items():
        for kind in _KINDS:
            opened = chain.opened if kind == "more" else at
            if kind == "more":
                if last not in {"institution", "more", "role"}:
                    continue
                # a house after its part ends what may go on
                begin = at - 1 if at - 1 > opened and _is_house(at - 1, atoms, looks) else opened
                text = _joined_text(atoms[begin:at][-4:])
                is_among = following == SERIES and begin > 1 and _is_house(begin - 1, atoms, looks)
                after = AMONG if is_among else following
                step = goes_on(text, looks[at - 1], atom, look, words, after)
            elif kind == "noise":
                step = -4.0
            elif (own := _own(kind, look)) <= _HOPELESS:
                continue
            else:
                step = own + _joined(last, kind, atom.joint)
                if kind == "person":
                    step += _in_list(last, at, atoms, looks, several=several)
                    if several is False and following == "end" and last in {"institution", "more"}:
                        step -= _FAIR  # the one author without a house
            number = min(count + (kind in {"person", "group"}), _MANY)
            score = chain.score + step
            if (kind, number) not in column or score > column[kind, number].score:
                column[kind, number] = _Chain(score, (last, count), opened)
    return column


def _joined_text(parts: list[Atom]) -> str:
    """The parts' words, with each *and* and comma between them."""
    first, *rest = parts
    between = {"plain": " and ", "list": ", "}
    return first.text + "".join(between.get(part.joint, " ") + part.text for part in rest)


def _lists_houses(at: int, atoms: list[Atom], looks: list[Look]) -> bool:
    """Whether the part and all after it are houses in a list that ends with its *and*."""
    last = len(atoms) - 1
    if at == last or atoms[last].joint not in {"and", "plain"}:
        return False
    are_listed = all(atom.joint == "list" for atom in atoms[at + 1 : last])
    return are_listed and all(look.is_head for look in looks[at:])


def _is_house(at: int, atoms: list[Atom], looks: list[Look]) -> bool:
    """Whether the part is a whole institution: more than the word *Society*."""
    text = atoms[at].text
    return looks[at].is_head and (" " in text or is_acronym(text))


def _own(kind: Kind, look: Look) -> float:
    return {
        "person": look.person,
        "group": look.group,
        "institution": look.institution,
        "role": look.role,
    }.get(kind, _FORBIDDEN)


def _joined(last: Kind, kind: Kind, joint: str) -> float:
    if last == "noise":
        return 0.0
    before: Kind = "institution" if last == "more" else last
    return _NEXT[before, kind][_JOINTS.index(joint)]


def _in_list(
    last: Kind, at: int, atoms: list[Atom], looks: list[Look], *, several: bool | None
) -> float:
    """What speaks for a further author here: the label, and the shape ``A, B and C``."""
    words = len(atoms[at].text.split())
    if words == 1 and len(atoms[0].text.split()) == 1 and not looks[at].is_head:
        return 4.0  # names of one word come together
    if looks[at].is_sure or atoms[at].joint != "list":
        return 0.0
    is_last = at + 1 == len(atoms) or (atoms[at + 1].joint == "list" and not looks[at + 1].is_head)
    if words == 1 and is_last:
        return -6.0  # Ann Roe, Taranto
    score = 0.0 if several or several is None else -1.5
    if last == "person" and atoms[at - 1].joint in {"plain", "and"}:
        score -= 4.0  # a list of names ends with its `and`
    listed = False
    for after in range(at + 1, min(at + _AHEAD, len(atoms)) if last == "person" else 0):
        if looks[after].person <= 0 or atoms[after].joint not in {"list", "plain", "and"}:
            break
        listed = atoms[after].joint != "list"
        if listed:
            break
    return score + (2.0 if listed else 0.0)


def _number(count: int, *, several: bool | None, group: bool) -> float:
    if several is None or group or not count:
        return 0.0
    if several:
        return 0.0 if count >= _MANY else -3.5
    return -1.0 if count >= _MANY else 0.0
