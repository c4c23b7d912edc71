"""The authors in parties: who shares which affiliation, by the byline's order or by the note."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from eafarchive.extraction.lines.byline_shape import Step
from eafarchive.extraction.lines.names import Atom, Words, fold, untitled
from eafarchive.model import Author

_AT = re.compile(r"\b(?:at|of|in|with|from) (?:the )?$")
_ON = re.compile(
    r"(?:, [A-Z][^.;,]{1,80})?,? (?:and|&) (?:(?:the )?[A-Z]|(?:several|other|various) )"
    r"|, (?:the )?[A-Z][^.;,]{0,80}[;,]"
)
"""What goes on with a list of houses."""
_PART = re.compile(
    r"\b(?:institute|school|cent(?:re|er)|department|faculty) of "
    r"|\bresearch (?:institute|cent(?:re|er))$",
    re.IGNORECASE,
)
"""The name of what is a university's part, and no house of its own as the *Kite Institute* is."""


class Party(msgspec.Struct):
    """Authors that share what follows them."""

    authors: list[tuple[str, Literal["person", "group"]]]
    roles: list[tuple[int, int]]
    affiliations: list[tuple[int, int]]
    listed: bool = False
    """Whether its last two affiliations are joined by ``and``."""


def parties_of(steps: list[Step], words: Words) -> list[Party]:
    """The authors in parties: each affiliation belongs to all that came since the one before."""
    parties: list[Party] = []
    open_end = False
    for step in steps:
        atom = step.atom
        if step.kind in {"person", "group"}:
            if not open_end or atom.joint == "semi":
                parties.append(Party([], [], []))
            kind: Literal["person", "group"] = "group" if step.kind == "group" else "person"
            is_whole = step.kind == "group" and atom.text[0] == "T"  # The Editors
            name = atom.text if is_whole else untitled(atom.text, words)
            parties[-1].authors.append((name, kind))
            open_end = True
            continue
        if not parties:
            continue
        if atom.joint == "open" and open_end and len(parties[-1].authors) > 1:
            # what stands in parentheses belongs to the one name before them
            last = parties[-1].authors.pop()
            parties.append(Party([last], [], []))
        open_end = False
        _add(parties[-1], step, atom)
    return parties


def _add(party: Party, step: Step, atom: Atom) -> None:
    if step.kind == "role":
        party.roles.append((atom.start, atom.end))
    elif step.kind == "institution":
        party.affiliations.append((atom.start, atom.end))
        party.listed = atom.joint == "plain"
    elif step.kind == "more" and (party.affiliations or party.roles):
        # Minister for Trade and Investment; what begins last goes on
        longest = max(party.affiliations, party.roles, key=lambda places: places[-1:])
        longest[-1] = (longest[-1][0], _closed(atom))


def _closed(atom: Atom) -> int:
    return atom.end + (1 if atom.joint == "open" else 0)


def authors_of(
    party: Party, text: str, note: str, noted: tuple[str, ...], warnings: list[str]
) -> list[Author]:
    """The party's authors with the affiliations that are theirs."""
    places = [text[start:end] for start, end in _as_noted(party.affiliations, text, note)]
    role = ", ".join(text[start:end] for start, end in party.roles) or None
    shared = [tuple(places)] * len(party.authors)
    if len(places) > 1 and len(party.authors) > 1:
        said = _by_note([name for name, _ in party.authors], places, note, noted)
        if said is not None:
            shared = said
        elif party.listed and len(places) == len(party.authors):
            shared = [(place,) for place in places]
            warnings.append("byline: affiliations are given to the authors in their order")
    return [
        Author(name, kind, affiliations, role)
        for (name, kind), affiliations in zip(party.authors, shared, strict=True)
    ]


def _as_noted(places: list[tuple[int, int]], text: str, note: str) -> list[tuple[int, int]]:
    """The affiliations, an institute and its university as one where the note has both so: *at the
    Institute of Kites, Example University*, and no list of more.
    """
    found = places[:1]
    for start, end in places[1:]:
        first, last = found[-1]
        both, is_close = text[first:end], text[last:start] == ", "
        before, told, after = note.partition(both) if is_close else ("", "", "")
        part = text[first:last]
        is_part = _is_university(text[start:end]) and not _is_university(part)
        is_part = is_part and _PART.search(part) is not None
        if told and is_part and _AT.search(before) and not _ON.match(after):
            found[-1] = (first, end)
        else:
            found.append((start, end))
    return found


def _is_university(place: str) -> bool:
    return any(word.startswith("universi") for word in fold(place).split())


def _by_note(
    names: list[str], places: list[str], note: str, noted: tuple[str, ...]
) -> list[tuple[str, ...]] | None:
    """Whose affiliation is whose by the author note; ``None`` if it does not say of each."""
    starts = sorted(note.find(name) for name in noted)
    said: list[tuple[str, ...]] = []
    for name in names:
        at = note.find(name)
        if at < 0:
            return None
        end = next((start for start in starts if start > at), len(note))
        told = fold(note[at:end])
        said.append(tuple(place for place in places if fold(place) in told))
    complete = all(said) and {place for own in said for place in own} == set(places)
    return said if complete else None
