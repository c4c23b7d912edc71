"""What each part of a byline looks like: a person, a group, a role, an institution.

Scores are votes, not truth: `byline` weighs them against the neighbours of each part.
"""

from __future__ import annotations

from typing import NamedTuple

from eafarchive.extraction.lines.names import (
    Atom,
    Known,
    Words,
    fold,
    is_acronym,
    is_group,
    is_known,
    is_name_shaped,
    is_role,
    opens_with_acronym,
    untitled,
)

_SURE, _STRONG, _FAIR, _NEVER = 10.0, 4.0, 2.0, -20.0
_BEFORE_HOUSES = frozenset("at by for from in of the to with".split())
_NO_COMMAS = str.maketrans(dict.fromkeys(",;()", " "))


class Look(NamedTuple):
    """How much an atom looks like each kind of part, by itself."""

    person: float
    institution: float
    role: float
    group: float
    is_place: bool
    is_head: bool
    """Whether it has a word that only an institution has, or is an acronym."""
    is_topic: bool
    """Whether it ends in a field of study or of business."""
    is_sure: bool
    """Whether the page's other evidence knows the person."""


def look_of(atom: Atom, words: Words, known: Known, *, shouted: bool) -> Look:
    """How the atom looks. ``shouted``: the whole byline is in capitals, which then say nothing."""
    bare = untitled(atom.text, words)
    folded = fold(bare)
    tokens = folded.split()
    place = folded in words.places or folded.removeprefix("the ") in words.places
    acronym = not (shouted or place) and is_acronym(_before_place(bare, words))
    head = acronym or any(token.strip("'") in words.institutions for token in tokens)
    if not head and atom.joint == "list" and tokens[-1:] == ["house"]:
        head = tokens[0] not in words.given  # Chatham House, but not Emily House
    ends = tokens[:-1] if len(tokens) > 1 and tokens[-1] in words.places else tokens
    topic = bool(ends) and ends[-1] in words.subjects  # International Studies Malaysia
    sure = not (head or place) and is_known(atom.text, known, words)
    # what looks like an institution needs no witness, and a part of one is not the whole
    open_question = not (sure or head or place or topic) and len(folded) > 1
    named = is_name_shaped(bare, words)
    noted = open_question and _is_noted(folded, known.note, may_be_name=named)
    person = (
        _person(atom.text, fold(atom.text).split(), words, named=named)
        if not (head or place)
        else _NEVER
    )
    group = _NEVER
    if is_group(folded, words):
        group = 0.0 if atom.joint == "list" else 8.0
        if atom.joint != "first" and (head or topic):
            group = _NEVER
        person = _NEVER
    elif atom.joint == "first" and head:
        group = 1.0
    institution = (_STRONG if head else 0.0) + (3.0 if place else 0.0) + (1.0 if topic else 0.0)
    institution += (1.0 if len(tokens) == 1 else 0.0) + (6.0 if noted else 0.0)
    institution += 2.0 if not shouted and opens_with_acronym(atom.text) else 0.0
    person -= (3.0 if topic else 0.0) + (6.0 if noted else 0.0)
    if atom.joint != "first" and ends is not tokens and tokens[0] not in words.given:
        person -= 3.0  # Brookings India
    if topic and len(tokens) > 1 and words.subjects.issuperset(tokens):
        person = _NEVER  # International Relations
    role = _NEVER
    is_titled = bare != atom.text and person > _STRONG and not is_role(bare, words)
    if is_role(atom.text, words) and not (is_titled and " " in bare and named and not topic):
        role, person, institution = 5.0, person - 3.0, institution - 3.0
    if not head and ("@" in atom.text or any(map(str.isdigit, atom.text))):
        institution -= 3.0
    if sure:
        person, institution = _SURE, -_SURE
    elif role < 0 and _is_help(atom, words):
        person = institution = _NEVER
    return Look(person, institution, role, group, place, head, topic, sure)


def _is_help(atom: Atom, words: Words) -> bool:
    """Whether it says who else had a hand in it: *and colleagues*, *with assistance from Bo Moe*.

    Names in small letters have a particle first, or a house.
    """
    first = atom.text.partition(" ")[0]
    is_plain = atom.joint in {"plain", "and"} and first.isalpha() and first.islower()
    return is_plain and fold(first) not in words.particles | words.groups


def _is_noted(folded: str, note: str, *, may_be_name: bool) -> bool:
    """Whether the note has it, as what somebody belongs to: *of Ann Roe*, if it may be a name."""
    at = note.translate(_NO_COMMAS).find(f" {folded} ")
    if at <= 0 or not may_be_name or " " not in folded:
        return at > 0  # whom a note begins with is its subject
    before, after = note[:at].rpartition(" ")[2], note[at + len(folded) + 1 :]
    is_last = before == "and" and not after.strip()
    return is_last or before[-1:] in {",", ";", "("} or before in _BEFORE_HOUSES


def _person(text: str, tokens: list[str], words: Words, *, named: bool) -> float:
    if not named:
        return -6.0
    parts = text.split()
    score = _FAIR if len(parts) > 1 or is_borne_alone(tokens[0], words) else -_STRONG
    if tokens[0] == "the" and tokens[1:2] != ["hon"]:
        return -6.0
    if tokens[0] in words.subjects and tokens[0][-1] == "s":
        return -6.0  # Sciences Po; Law and Post are surnames
    if len(tokens) > 1 and not {tokens[0], " ".join(tokens[:2])}.isdisjoint(
        words.titles | words.styles
    ):
        score += _STRONG
    if tokens[0] in words.given:
        score += _FAIR
    if any(len(part.rstrip(".")) == 1 or part in words.particles for part in parts[:-1]):
        score += _FAIR
    if any(
        "-" in part and part[-1:].islower() and part.split("-")[1][:1].islower() for part in parts
    ):
        score += _FAIR
    return score - (1.5 if opens_with_acronym(text) else 0.0)


def is_borne_alone(folded: str, words: Words) -> bool:
    """Whether the folded name is one word, and ends as names do that have no surname."""
    is_none = " " in folded or folded in words.mononym_stops
    return not is_none and any(map(folded.endswith, words.mononym_ends))


def _before_place(text: str, words: Words) -> str:
    """The one word of the text, or the one before a place: *VNU* of *VNU Hanoi*; else nothing."""
    first, _, rest = text.partition(" ")
    return first if not rest or fold(rest) in words.places else ""
