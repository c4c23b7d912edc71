"""The best reading of a byline's parts as a whole: which are authors, which what they belong to.

A chain of kinds is chosen as Viterbi does it: each part's look and each pair of neighbours has a
score, and the chain with the highest sum wins. The number of parts times a constant, never more.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from eafarchive.extraction.lines.looks import Look, look_of
from eafarchive.extraction.lines.names import Atom, Known, Words, fold, is_acronym

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
_OF = re.compile(r" (?:of|for|on|in) ")
_ADJECTIVES = ("al", "ic")
_SERIES, _AMONG = "series", "among"
_WHOLE = frozenset(("center", "centre"))
"""Parts of others that also stand alone."""
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
    after_house = after_house and not _is_open_unit(atoms[at - 2].text, words)
    if _lists_houses(at, atoms, looks) and (atoms[-1].joint == "and" or after_house):
        following = _SERIES
    column: dict[tuple[Kind, int], _Chain] = {}
    for (last, count), chain in before.items():
        for kind in _KINDS:
            opened = chain.opened if kind == "more" else at
            if kind == "more":
                if last not in {"institution", "more", "role"}:
                    continue
                # a house after its part ends what may go on
                begin = at - 1 if at - 1 > opened and _is_house(at - 1, atoms, looks) else opened
                text = " ".join(part.text for part in atoms[begin:at][-4:])
                is_among = following == _SERIES and begin > 1 and _is_house(begin - 1, atoms, looks)
                after = _AMONG if is_among else following
                step = _goes_on(text, looks[at - 1], atom, look, words, after)
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


def _goes_on(
    before: str, last: Look, atom: Atom, look: Look, words: Words, following: str
) -> float:
    """How much the atom continues the affiliation ``before`` it rather than beginning something.

    ``last`` is the look of the atom before, ``following`` the joint after this one, or ``series``
    if nothing but houses follows: *A, **B**, and C*; ``among`` if one stands before those, too.
    """
    tokens = set(fold(before).split())
    alone = not look.is_head and not look.is_sure
    if atom.joint == "open":
        return 6.0
    if atom.is_firm and look.person < 0 and not (last.is_head and look.is_head):
        return 6.0  # Baker & McKenzie
    if atom.joint == "list" and look.is_place:
        return 8.0 if last.is_place or last.is_head else 5.0
    if atom.joint == "list" and alone and _is_campus(before, atom.text, following):
        return 8.0  # University of Wisconsin, Madison
    if atom.joint == "list" and _is_open_unit(before, words) and not tokens & words.groups:
        full = look.is_head and not set(fold(atom.text).split()) & words.units
        if following in {_SERIES, _AMONG}:  # U, KDI School, V, and W
            ends = _WHOLE if is_acronym(atom.text) else words.units if following == _AMONG else ()
            full = full and fold(before).rpartition(" ")[2] not in ends
        if full and "university" not in tokens:
            return 6.0
    # University of Dhaka, but not School of Asia
    is_whole = fold(before).rpartition(" ")[2] in words.places and tokens.isdisjoint(words.units)
    open_ended = bool(_OF.search(before)) and not is_whole
    if atom.joint == "plain" and open_ended and not look.is_place:
        # Political and Social Change; Environment and Society
        last_word, bare = fold(before).rpartition(" ")[2], fold(atom.text)
        if last_word in words.subjects and last_word.endswith(_ADJECTIVES):
            return 7.0
        if bare in words.institutions and not is_acronym(atom.text):
            return 7.0
    if atom.joint in {"plain", "and"} and open_ended and alone:
        if look.is_topic or atom.text.startswith("the "):
            return 7.0
        return 2.0 if len(atom.text.split()) == 1 and not look.is_place else -_FAIR
    if atom.joint == "plain" and last.is_topic and not last.is_head and look.is_head:
        # Peace and Conflict Studies Centre, not Peace Studies and ANU
        *begins, last_word = fold(atom.text).split()
        is_whole = bool(tokens & words.institutions)  # Institute for Law and Economics
        return 6.0 if begins and last_word in words.institutions and not is_whole else -6.0
    if atom.joint == "list" and open_ended and look.is_topic and alone and following != "end":
        return 7.0  # Ministry of Economy, Trade and Industry
    return -6.0


def _is_campus(before: str, text: str, following: str) -> bool:
    """Whether a word after a university, or two at the end, may be where it is."""
    is_short = (
        text.count(" ") < (2 if following == "end" else 1)
        and text[0].isupper()
        and not text.isupper()
    )
    return is_short and fold(before).startswith(("university of ", "the university of "))


def _is_open_unit(text: str, words: Words) -> bool:
    """Whether it names a part of something: no word but *of*, *for* or the like follows the part's.

    *School of Law* and *Example School* do, *Example College London* is whole, and so is what a
    country has: *Japan Centre for Economics*.
    """
    tokens = fold(text).split()
    if tokens[0] in words.places:
        return False
    at = next((at for at in range(len(tokens)) if tokens[at] in words.units), None)
    return at is not None and tokens[at + 1 : at + 2] in ([], ["of"], ["for"], ["on"], ["in"])


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
