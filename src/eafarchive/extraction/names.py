"""The parts of a byline and what each looks like: a person, a group, a role, an institution.

Scores are votes, not truth: `byline` weighs them against the neighbours of each part.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from eafarchive.profile import BylineRules

_SEPARATOR = re.compile(
    r"(?P<and> ?[,;] ?(?:and|&) )|(?P<list> ?[,|、，] ?| [–—-] )|(?P<semi> ?; ?)"
    r"|(?P<plain> (?:and|&|with) )|(?P<open> ?\()|(?P<close>\))",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r" (?:at|for|from|in|of) ", re.IGNORECASE)
_EDGES = " \t,;.|"
_NO_NAMES = frozenset("@/:?!：？！／＠，。")
_SHORT = 64
_LONGEST = 16
"""Letters of a name in a script without case; what is longer is a sentence."""
_SURE, _STRONG, _FAIR, _NEVER = 10.0, 4.0, 2.0, -20.0


class Atom(NamedTuple):
    """One part between separators: its text, where it stands, and what comes before it."""

    text: str
    start: int
    end: int
    joint: str
    """``first``, ``list`` (a comma), ``plain`` (and), ``and`` (a comma and an and), ``semi``,
    ``open`` (a parenthesis)."""


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


class Words(NamedTuple):
    """A profile's word lists as sets."""

    institutions: frozenset[str]
    units: frozenset[str]
    subjects: frozenset[str]
    places: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    suffixes: frozenset[str]
    honours: frozenset[str]
    given: frozenset[str]


class Known(NamedTuple):
    """The people that the rest of the page names, folded, and the folded note."""

    names: frozenset[str]
    ends: frozenset[tuple[str, str]]
    """First and last word: middle names come and go between byline and note."""
    note: str


@functools.cache
def words_of(rules: BylineRules) -> Words:
    """The rules' word lists, folded, as sets."""
    return Words(*(frozenset(map(fold, getattr(rules, field))) for field in Words._fields))


def fold(text: str) -> str:
    """The text for comparison: no accents, case, stops, or difference of apostrophes."""
    return _fold_short(text) if len(text) < _SHORT else _fold(text)


def _fold(text: str) -> str:
    plain = text
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text)
        plain = "".join([c for c in split if c < "\u0300" or not unicodedata.combining(c)])
    return " ".join(plain.casefold().replace("’", "'").replace(".", " ").split())


_fold_short = functools.lru_cache(maxsize=4096)(_fold)  # a byline's words are asked for again


def known_people(names: tuple[str, ...], note: str | None, words: Words) -> Known:
    """The names that may be relied on, and the note to look affiliations up in."""
    folded = [fold(untitled(name, words)) for name in names]
    kept = [name for name in folded if name and not is_group(name, words)]
    ends = {(w[0], w[-1]) for w in map(str.split, kept) if len(w) > 1}
    return Known(frozenset(kept), frozenset(ends), f" {fold(note or '')} ")


def is_known(text: str, known: Known, words: Words) -> bool:
    """Whether the rest of the page names this person, give or take the middle names."""
    folded = fold(untitled(text, words))
    parts = folded.split()
    return folded in known.names or (len(parts) > 1 and (parts[0], parts[-1]) in known.ends)


def is_group(folded: str, words: Words) -> bool:
    """Whether the folded name is a group's: one of the list, with or without its house's name.

    The house may stand before it or, after a comma, behind it.
    """
    bare = folded.removeprefix("the ").partition(",")[0]
    if bare in words.groups:
        return True
    tokens = bare.split()
    return any(" ".join(tokens[at:]) in words.groups for at in range(1, min(len(tokens), 6)))


def untitled(text: str, words: Words) -> str:
    """The name without what goes before names; the whole if nothing else is left."""
    parts = text.split()
    while len(parts) > 1 and fold(parts[0]) in words.titles:
        del parts[0]
    return " ".join(parts)


def atoms_of(text: str, groups: tuple[str, ...], words: Words) -> list[Atom]:
    """The parts of a byline without its label; the names in ``groups`` are never cut."""
    whole = [(at, at + len(name)) for name in groups if (at := text.find(name)) >= 0]
    found: list[Atom] = []
    start, joint = 0, "first"
    for match in _SEPARATOR.finditer(text):
        if any(low < match.start() < high for low, high in whole):
            continue
        added = _added(found, text, start, match.start(), joint, words)
        kind = match.lastgroup or "list"
        if added:
            joint = "list" if kind == "close" else kind
        elif kind in {"plain", "and", "semi"} and found:  # right after a parenthesis
            joint = "semi" if kind == "semi" else "and"
        start = match.end()
    _added(found, text, start, len(text), joint, words)
    return found


def _added(found: list[Atom], text: str, start: int, end: int, joint: str, words: Words) -> bool:
    """Whether there was a part between the two places; it is appended to ``found``."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in " \t,;|":
        end -= 1
    if start == end:
        return False
    piece = text[start:end]
    if found and joint != "plain" and fold(piece) in words.suffixes | words.honours:
        if fold(piece) in words.suffixes:
            found[-1] = found[-1]._replace(text=text[found[-1].start : end], end=end)
        return True
    for match in _PREPOSITION.finditer(piece):
        left = piece[: match.start()]
        role = match.group().strip().lower() == "at" and _is_role(left, words)
        if role or (len(left.split()) > 1 and _is_plainly_name(left, words)):
            middle = start + match.start()
            found.append(Atom(left, start, middle, joint))
            start += match.end()
            joint = "list"
            break
    found.append(Atom(text[start:end], start, end, joint))
    return True


def look_of(atom: Atom, words: Words, known: Known, *, shouted: bool) -> Look:
    """How the atom looks. ``shouted``: the whole byline is in capitals, which then say nothing."""
    bare = untitled(atom.text, words)
    folded = fold(bare)
    tokens = folded.split()
    place = folded in words.places or folded.removeprefix("the ") in words.places
    acronym = not (shouted or place) and _is_acronym(_before_place(bare, words))
    head = acronym or any(token.strip("'") in words.institutions for token in tokens)
    topic = bool(tokens) and tokens[-1] in words.subjects
    sure = not (head or place) and is_known(atom.text, known, words)
    # what looks like an institution needs no witness, and a part of one is not the whole
    open_question = not (sure or head or place or topic) and len(folded) > 1
    noted = open_question and f" {folded} " in known.note.translate(_NO_COMMAS)
    named = is_name_shaped(atom.text, words)
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
    institution += 2.0 if not shouted and _opens_with_acronym(atom.text) else 0.0
    person -= (3.0 if topic else 0.0) + (6.0 if noted else 0.0)
    role = _NEVER
    if _is_role(atom.text, words):
        role, person, institution = 5.0, person - 3.0, institution - 3.0
    if any(c.isdigit() or c == "@" for c in atom.text) and not head:
        institution -= 3.0
    if sure:
        person, institution = _SURE, -_SURE
    return Look(person, institution, role, group, place, head, topic, sure)


_NO_COMMAS = str.maketrans(dict.fromkeys(",;()", " "))


def _person(text: str, tokens: list[str], words: Words, *, named: bool) -> float:
    if not named:
        return -6.0
    parts = text.split()
    score = _FAIR if len(parts) > 1 else -_STRONG
    if tokens[0] == "the":
        return -6.0
    if tokens[0] in words.titles and len(tokens) > 1:
        score += _STRONG
    if tokens[0] in words.given:
        score += _FAIR
    if any(len(part.rstrip(".")) == 1 or part in words.particles for part in parts[:-1]):
        score += _FAIR
    if any(
        "-" in part and part[-1:].islower() and part.split("-")[1][:1].islower() for part in parts
    ):
        score += _FAIR
    return score - (1.5 if _opens_with_acronym(text) else 0.0)


def is_name_shaped(text: str, words: Words) -> bool:
    """Whether every word of it begins as the words of a person's name do."""
    parts = text.split()
    if not 1 <= len(parts) <= 8 or any(c.isdigit() or c in _NO_NAMES for c in text):
        return False
    capitals = [part for part in parts if fold(part) not in words.particles or part[0].isupper()]
    return bool(capitals) and all(map(_is_capitalised, capitals))


def _is_capitalised(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    if len(letters) > _LONGEST and word.lower() == word.upper():
        return False
    # scripts without case count as capitals; d'Arcy and al-Rashid have theirs inside
    return bool(letters) and (not letters[0].islower() or any(c.isupper() for c in letters[1:4]))


def _is_plainly_name(text: str, words: Words) -> bool:
    tokens = fold(text).split()
    strange = words.institutions | words.subjects | words.units
    return (
        is_name_shaped(text, words)
        and not any(token in strange for token in tokens)
        and " ".join(tokens) not in words.places
        and not _opens_with_acronym(text)
        and not _is_role(text, words)
    )


def _is_role(text: str, words: Words) -> bool:
    """Whether a word for an office stands before any preposition."""
    if text[:4].casefold() == "the ":  # The Economist
        return False
    title = _PREPOSITION.split(f"{text} ", maxsplit=1)[0]
    tokens = fold(title).replace("-", " ").split()
    return any(token in words.roles for token in tokens) and not any(
        token in words.institutions for token in tokens
    )


def _is_acronym(word: str) -> bool:
    letters = [c for c in word.strip("()’'") if c.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) > 1 and capitals * 4 >= len(letters) * 3 and not _is_initials(word)


def _before_place(text: str, words: Words) -> str:
    """The one word of the text, or the one before a place: *VNU* of *VNU Hanoi*; else nothing."""
    first, _, rest = text.partition(" ")
    return first if not rest or fold(rest) in words.places else ""


def _is_initials(word: str) -> bool:
    return word.endswith(".") and word.count(".") * 2 == len(word)


def _opens_with_acronym(text: str) -> bool:
    """Whether capitals of three letters or more stand before ordinary words: *UNSW Canberra*."""
    first, _, rest = text.strip().partition(" ")
    return bool(rest) and len(first) > 2 and _is_acronym(first) and any(map(str.islower, text))
