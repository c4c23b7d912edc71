"""Bylines: who wrote it, and where they belong.

``A and B, U`` is two authors of one institution; ``A, U, and B, V`` is one each; ``A, U, V and W``
is one author with three. The shapes are alike, so the page's other evidence decides: names in the
author note, in JSON-LD, in author links. A place or an institution never becomes a name.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from eafarchive.extraction.notes import names_in_note
from eafarchive.model import Author
from eafarchive.profile import BylineRules, NoteRules

MAX_BYLINE = 1000
"""Characters; what is longer is no byline."""

_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+\|\s+|\s+[–—]\s+")
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_LEADING_AND = re.compile(r"(?:and|&)\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"[^\W\d_a-zà-ÿ]{2,}(?:[-/&][^\W\d_a-zà-ÿ]+)*(?:'s)?")

Kind = Literal["name", "institution", "place", "role", "group", "suffix", "unclear"]


class Evidence(msgspec.Struct, frozen=True):
    """What the page says of its authors beside the byline."""

    note: str | None = None
    ld_authors: tuple[Author, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Text and URL of links to author pages."""
    meta_authors: tuple[str, ...] = ()


class Parsed(msgspec.Struct, frozen=True):
    """The authors, the rule that gave them, and what is doubtful."""

    authors: tuple[Author, ...]
    rule: str
    warnings: tuple[str, ...] = ()


class _Part(msgspec.Struct):
    text: str
    kind: Kind
    after_and: bool = False


def is_byline(text: str, rules: BylineRules) -> bool:
    """Whether the whole block is a byline: it begins with a label, and is no longer than one."""
    return len(text) <= MAX_BYLINE and _unlabelled(text, rules)[0] is not None


def parse_byline(
    byline: str | None, evidence: Evidence, rules: BylineRules, notes: NoteRules
) -> Parsed:
    """The authors named by the byline, else by JSON-LD, meta data, author links or the note."""
    noted = names_in_note(evidence.note or "", notes, rules)
    if byline is None or not byline.strip():
        return _without_byline(evidence, noted, rules)
    label, text = _unlabelled(byline[:MAX_BYLINE], rules)
    known = {
        _folded(name)
        for name in (
            *noted,
            *(author.name for author in evidence.ld_authors),
            *(name for name, _ in evidence.links),
        )
    }
    several = label is None or label in rules.plural_labels
    parts = _parts(text, known, rules, several=several)
    authors = _assembled(parts, known, rules, several=several)
    urls = {_folded(author.name): author.url for author in evidence.ld_authors if author.url}
    urls |= {_folded(name): url for name, url in evidence.links}
    authors = [
        msgspec.structs.replace(author, url=urls.get(_folded(author.name))) for author in authors
    ]
    rule = f"label:{byline.strip()[: len(label)]}".rstrip(" :") if label else "byline"
    named = {_folded(author.name) for author in authors}
    missing = [name for name in noted if _folded(name) not in named]
    if missing and len(noted) > len(authors):
        return Parsed(
            tuple(authors), rule, (f"the author note names {missing[0]}, the byline not",)
        )
    return Parsed(tuple(authors), rule)


def _without_byline(evidence: Evidence, noted: tuple[str, ...], rules: BylineRules) -> Parsed:
    """Names alone: nobody says which affiliation is whose."""
    listed = evidence.ld_authors
    if listed and not _is_subset(listed, noted):
        return Parsed(listed, "ld:author")
    if noted:
        urls = {_folded(author.name): author.url for author in listed}
        urls |= {_folded(name): url for name, url in evidence.links}
        authors = tuple(
            Author(name, _kind_of(name, rules), url=urls.get(_folded(name))) for name in noted
        )
        return Parsed(authors, "note" if not listed or len(noted) > len(listed) else "ld:author")
    if evidence.meta_authors:
        names = evidence.meta_authors
        return Parsed(tuple(Author(name, _kind_of(name, rules)) for name in names), "meta:author")
    if evidence.links:
        links = evidence.links
        return Parsed(tuple(Author(n, _kind_of(n, rules), url=u) for n, u in links), "link:author")
    return Parsed((), "none")


def _is_subset(listed: tuple[Author, ...], noted: tuple[str, ...]) -> bool:
    """Whether the note names everybody listed and somebody more: old set-ups list one author."""
    names = {_folded(name) for name in noted}
    return len(noted) > len(listed) and all(_folded(a.name) in names for a in listed)


def _unlabelled(text: str, rules: BylineRules) -> tuple[str | None, str]:
    """The label, in lower case, and what follows it."""
    text = text.strip()
    low = text.lower()
    for label in rules.labels:
        if low.startswith(label):
            rest = text[len(label) :].strip()
            if label[-1].isalpha() and not (
                text[len(label) :][:1].isspace() and rest[:1].isupper()
            ):
                continue
            if rest and (not label[-1].isalpha() or len(rest.split()) <= 12):
                return label, rest
    return None, text


def _parts(text: str, known: set[str], rules: BylineRules, *, several: bool) -> list[_Part]:
    parts: list[_Part] = []
    for segment in _SEPARATOR.split(text.rstrip(" .;,")):
        stripped, led = (
            _LEADING_AND.subn("", segment, count=1)
            if segment[:4].lower().startswith(("and ", "& "))
            else (segment, 0)
        )
        pieces = _pieces(stripped.strip(), known, rules, first=not parts, several=several)
        for number, piece in enumerate(pieces):
            if piece:
                kind = _classify(piece, known, rules, first=not parts)
                parts.append(_Part(piece, kind, after_and=bool(led) or number > 0))
    return parts


def _pieces(
    segment: str, known: set[str], rules: BylineRules, *, first: bool, several: bool
) -> list[str]:
    """The segment split at ``and`` where it stands between names, or between institutions."""
    pieces = _AND.split(segment)
    if len(pieces) == 1:
        return pieces
    kinds = [_classify(piece, known, rules, first=first) for piece in pieces]
    names = all(kind in {"name", "group"} for kind in kinds)
    # An institution whose own name has an ``and`` in it has a part that is none by itself.
    whole = [
        kind == "institution" and not _is_subject(p, rules)
        for p, kind in zip(pieces, kinds, strict=True)
    ]
    of_something = any(f" {word} " in f" {pieces[0].lower()} " for word in ("of", "for", "on"))
    new_author = kinds[0] in {"institution", "place"} and all(
        _folded(piece) in known or (several and not of_something and kind == "name")
        for piece, kind in zip(pieces[1:], kinds[1:], strict=True)
    )
    plain = first and kinds[0] == "name" and all(k in {"name", "unclear"} for k in kinds)
    return pieces if names or all(whole) or new_author or plain else [segment]


def _is_subject(text: str, rules: BylineRules) -> bool:
    """Whether it is a field of study rather than a place of it."""
    words = _folded(text).split()
    return words[-1] in rules.subjects and not any(word in rules.institutions for word in words)


def _classify(text: str, known: set[str], rules: BylineRules, *, first: bool = False) -> Kind:
    folded = _folded(text)
    words = folded.replace(".", "").split()
    if folded in known:
        return "group" if _is_group(folded, rules) else "name"
    if not words or folded.rstrip(".") in rules.suffixes:
        return "suffix"
    if _is_group(folded, rules):
        return "group"
    if any(word.strip("()’'") in (*rules.institutions, *rules.subjects) for word in words):
        return "institution"
    if folded in rules.places:
        return "place"
    if words[0] in rules.roles and not first:
        return "role"
    if any(_ACRONYM.fullmatch(word.strip("().")) for word in text.split()) and not _initialled(
        text
    ):
        return "institution"
    return "name" if _looks_like_name(text, rules, first=first) else "unclear"


def _assembled(
    parts: list[_Part], known: set[str], rules: BylineRules, *, several: bool
) -> list[Author]:
    """The authors: each affiliation belongs to everybody named since the one before."""
    authors: list[Author] = []
    current: list[int] = []
    closed = False
    last: _Part | None = None
    sure = sum(_folded(part.text) in known for part in parts)
    for number, part in enumerate(parts):
        following = parts[number + 1].kind if number + 1 < len(parts) else None
        if not authors or _begins_author(part, last, following, known, several=several, sure=sure):
            if closed:
                current, closed = [], False
            kind: Literal["person", "group"] = "group" if part.kind == "group" else "person"
            authors.append(Author(_untitled(part.text, rules), kind))
            current.append(len(authors) - 1)
        elif part.kind == "suffix" and authors:
            authors[-1] = msgspec.structs.replace(
                authors[-1], name=f"{authors[-1].name}, {part.text}"
            )
        else:
            closed = True
            _attach(authors, current, part, last)
        last = part
    return authors


def _begins_author(
    part: _Part,
    last: _Part | None,
    following: Kind | None,
    known: set[str],
    *,
    several: bool,
    sure: int,
) -> bool:
    if _folded(part.text) in known:
        return True
    if part.kind == "group":
        return part.after_and
    if part.kind != "name" or (last and last.kind == "role"):
        return False
    if part.after_and and last and last.kind == "name":
        return True
    if sure > 1 and not part.after_and:
        return False  # the others are known by name; this one is not
    if part.after_and:
        return several or following in {"institution", "place"}
    return (
        several
        and following in {"institution", "place", "name"}
        and not (last and last.kind == "name" and following == "institution" and sure == 1)
    )


def _attach(authors: list[Author], current: list[int], part: _Part, last: _Part | None) -> None:
    """Give the part to the current authors: a role, an affiliation, or a place that belongs to one."""
    for index in current:
        author = authors[index]
        if part.kind == "role":
            role = f"{author.role}, {part.text}" if author.role else part.text
            authors[index] = msgspec.structs.replace(author, role=role)
            continue
        held = author.affiliations
        inside = (
            held
            and last is not None
            and last.kind in {"institution", "unclear", "name"}
            and part.kind in {"place", "name", "unclear"}
            and not part.after_and
        )
        grown = (*held[:-1], f"{held[-1]}, {part.text}") if inside else (*held, part.text)
        authors[index] = msgspec.structs.replace(author, affiliations=grown)


def _looks_like_name(text: str, rules: BylineRules, *, first: bool) -> bool:
    words = [word for word in text.split() if word.lower().rstrip(".") not in rules.titles]
    if not words or len(words) > 7 or any(c.isdigit() for c in text):
        return False
    capitals = [word for word in words if word.lower() not in rules.particles]
    if not capitals or not all(
        word.strip("‘’'\"(“”").lstrip("-")[:1].isupper() for word in capitals
    ):
        return False
    return len(words) > 1 or first


def _untitled(text: str, rules: BylineRules) -> str:
    """The name without what goes before names; the whole if nothing else is left."""
    words = text.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in rules.titles:
        del words[0]
    return " ".join(words)


def _initialled(text: str) -> bool:
    """Whether the capitals in it are initials without stops: ``GB Shaw``, ``Sheila AB Smith``."""
    words = text.split()
    shorts = [word for word in words if _ACRONYM.fullmatch(word.strip("()."))]
    longs = [word for word in words if len(word) > 2 and word[0].isupper() and word[1:].islower()]
    return bool(longs) and all(len(word.strip(".")) <= 2 for word in shorts) and words[-1] in longs


def _is_group(folded: str, rules: BylineRules) -> bool:
    bare = folded.removeprefix("the ")
    return bare in rules.groups or any(bare.endswith(f" {group}") for group in rules.groups)


def _kind_of(name: str, rules: BylineRules) -> Literal["person", "group"]:
    return "group" if _is_group(_folded(name), rules) else "person"


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("\u00a0", " ").replace("’", "'").split())
