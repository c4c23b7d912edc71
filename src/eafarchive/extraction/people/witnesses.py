"""Authors of an article that no byline names: by linked data, metadata, links or the note."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from eafarchive.extraction.lines.byline_shape import read_shape
from eafarchive.extraction.lines.date_words import TO_NAME
from eafarchive.extraction.lines.looks import look_of
from eafarchive.extraction.lines.names import (
    Atom,
    Words,
    atoms_of,
    bare_name,
    fold,
    is_acronym,
    is_group,
    is_known,
    is_name_shaped,
    known_people,
    untitled,
    words_of,
)
from eafarchive.extraction.lines.parties import parties_of
from eafarchive.extraction.people.reporters import is_house
from eafarchive.model import Author
from eafarchive.profile import BylineRules

MAX_BYLINE = 1000
"""Characters; what is longer is no byline."""
_BY = re.compile(rf"(?:{TO_NAME})\s+", re.IGNORECASE)
_JOINED = re.compile(r"[,;&]| and ")


class Evidence(msgspec.Struct, frozen=True):
    """What the page says of its authors beside the byline."""

    note: str | None = None
    ld_authors: tuple[Author, ...] = ()
    links: tuple[tuple[str, str | None], ...] = ()
    """Text and URL of links to author pages."""
    addresses: tuple[tuple[str, str | None], ...] = ()
    """The same of links that say where an author's page is, and not who is one."""
    is_linked_whole: bool = False
    """Whether those are the article's authors and nobody else's."""
    meta_authors: tuple[str, ...] = ()
    is_one: bool = False
    """Whether the byline is known to be one author's."""


class Parsed(msgspec.Struct, frozen=True):
    """The authors, the rule that gave them, and what is doubtful."""

    authors: tuple[Author, ...]
    rule: str
    warnings: tuple[str, ...] = ()


def unsigned_authors(
    evidence: Evidence, noted: tuple[str, ...], words: Words, warnings: tuple[str, ...]
) -> Parsed:
    """The authors of a page without a byline, by who is most to be trusted."""
    listed = [author for author in evidence.ld_authors if author.name.strip()]
    metas = [name for name in evidence.meta_authors if name.strip() and "://" not in name]
    told = [author.name for author in listed] or metas
    houses = {fold(author.name) for author in listed if author.kind == "group"}
    links = [(name, url) for name, url in evidence.links if name.strip()]
    people = [(name, url) for name, url in links if not is_group(fold(name), words)]
    posters = all(is_account(name) or is_group(fold(name), words) for name in told)
    persons = [
        one for one in people if is_persons(one[0], words) and not _is_part(fold(one[0]), houses)
    ]
    if (people and posters) or (persons and len(houses) == len(told)):
        listed, metas, told = [], [], []  # who posts for others
        links = links if posters else persons
    noted_people = known_people(noted, None, words)
    if (
        told
        and len(noted) > len(told)
        and all(is_known(name, noted_people, words) for name in told)
    ):
        # Content management systems have room for one; the note has for all, if in shorter forms.
        forms = {
            ends_of(name, words): name for name in (*told, *(one for one, _ in evidence.links))
        }
        authors = [_named(forms.get(ends_of(name, words), name), words) for name in noted]
        doubt = f"authors: metadata names {told[0]} and not all whom the author note names"
        return Parsed(_once(with_urls(authors, evidence, words)), "note", (*warnings, doubt))
    shown = known_people(tuple(name for name, _ in links), None, words)
    is_more = evidence.is_linked_whole and len(links) > len(told) > 0
    if is_more and all(is_known(name, shown, words) for name in told):
        return Parsed(
            _once([_named(name, words, url=url) for name, url in links]), "link:author", warnings
        )
    if len(listed) == 1 and (signed := _signed(listed[0].name, words)):
        return Parsed(_once([_named(name, words) for name in signed]), "ld:author", warnings)
    if listed:
        named = [_named(author.name, words, author.kind) for author in listed]
        return Parsed(_once(with_urls(named, evidence, words)), "ld:author", warnings)
    if len(metas) == 1 and (signed := _signed(metas[0], words)):
        return Parsed(_once([_named(name, words) for name in signed]), "meta:author", warnings)
    if metas:
        whole = evidence.is_linked_whole
        authors = [
            _named(name, words) for entry in metas for name in _listed(entry, words, is_whole=whole)
        ]
        return Parsed(_once(with_urls(authors, evidence, words)), "meta:author", warnings)
    if links:
        authors = [_named(name, words, url=url) for name, url in links]
        return Parsed(_once(authors), "link:author", warnings)
    rule = "note" if noted else "none"
    return Parsed(_once([_named(name, words) for name in noted]), rule, warnings)


def _is_part(name: str, houses: set[str]) -> bool:
    """Whether a house is called so, in short or in full."""
    return any(name in house or house in name for house in houses)


def is_account(name: str) -> bool:
    """Whether a name is spelled as accounts are; it may be a brand's, too."""
    return name.islower() and " " not in name and name.isascii()


def _signed(name: str, words: Words) -> list[str]:
    """The names in metadata that holds a whole byline: *By ANN ROE and BOB MOE, Example Press*."""
    found = _BY.match(name)
    if found is None:
        return []
    parts = re.split(r"\s*(?:,|\band\b|&|\bund\b|\by\b|\bet\b)\s*", name[found.end() :])
    kept = [part for part in parts if " " in part and part.split()[0][0].isupper()]
    people = [part for part in kept if not is_group(fold(part), words)]
    shouted = [part for part in people if part.isupper()]
    return shouted or people[:1]


def told_apart(authors: tuple[Author, ...], rules: BylineRules) -> tuple[Author, ...]:
    """The authors that linked data names, those apart that it has in one: *Ann Roe and Bo Moe*."""
    words = words_of(rules)
    found: list[Author] = []
    for author in authors:
        is_one = author.kind == "group" or not _JOINED.search(author.name)
        is_one = is_one or _BY.match(author.name) is not None  # a whole byline
        names = [] if is_one else _listed(author.name, words)
        if not names or not all(" " in name and is_persons(name, words) for name in names):
            found.append(author)
        elif len(names) == 1:
            found.append(msgspec.structs.replace(author, name=names[0]))
        else:
            found += (Author(name) for name in names)
    return tuple(found)


def is_persons(name: str, words: Words) -> bool:
    """Whether it reads like a person's name rather than like a house's or an office's."""
    if name == name.swapcase():
        is_other = is_house(name) or fold(name) in words.places
        is_other = is_other or not words.institutions.isdisjoint(fold(name).split())
        return is_name_shaped(name, words) and not is_other
    look = look_of(
        Atom(name, 0, len(name), "first"), words, known_people((), None, words), shouted=False
    )
    return look.person > max(look.institution, look.role, 0)


def _listed(entry: str, words: Words, *, is_whole: bool = False) -> list[str]:
    """The names in a meta element, which may list several; its institutions fall away.

    One of a single word is a name where nobody but its authors is listed (``is_whole``).
    """
    text = " ".join(entry.split())
    if len(text) > MAX_BYLINE:
        return []
    atoms = atoms_of(text, (), words)
    # who is told of with one more part may be told of with a place: Ann Roe, Kendari
    is_whole = is_whole and (
        len(atoms) != 2 or atoms[1].joint != "list" or " " not in atoms[0].text
    )
    lone = (atom.text for atom in atoms if is_whole and _is_lone_name(atom, words))
    known = known_people(tuple(lone), None, words)
    steps, _ = read_shape(atoms, words, known, several=None, shouted=is_shouted(text))
    return [name for party in parties_of(steps, words) for name, _ in party.authors]


def _is_lone_name(atom: Atom, words: Words) -> bool:
    """Whether it is one word, and no house's, place's or office's: *Suharno*."""
    look = look_of(atom, words, known_people((), None, words), shouted=False)
    is_other = look.is_head or look.is_place or look.is_topic or look.role > 0 or look.group > 0
    is_word = atom.text.isalpha() and atom.text[0].isupper() and not is_acronym(atom.text)
    return is_word and not is_other


def _named(
    name: str,
    words: Words,
    kind: Literal["person", "group"] = "person",
    url: str | None = None,
) -> Author:
    name = " ".join(name.split())
    if kind == "group" and "," not in name:
        return Author(name, kind, url=url)  # The Economist
    if not is_group(fold(name), words):
        return Author(untitled(name, words), kind, url=url)
    bare, _, house = map(str.strip, name.partition(","))
    return Author(bare, "group", (house,) if house else (), url=url)


def _once(authors: list[Author]) -> tuple[Author, ...]:
    return tuple({fold(author.name): author for author in reversed(authors)}.values())[::-1]


def with_urls(authors: list[Author], evidence: Evidence, words: Words) -> list[Author]:
    """The authors with the addresses that links and JSON-LD give them; links come first."""
    told = [(author.name, author.url) for author in evidence.ld_authors]
    links = (*told, *evidence.addresses, *evidence.links)
    urls = {fold(untitled(name, words)): url for name, url in links if url}
    return [
        msgspec.structs.replace(author, url=urls.get(fold(untitled(author.name, words))))
        for author in authors
    ]


def ends_of(name: str, words: Words) -> tuple[str, str]:
    """The first and the last of somebody's names, folded."""
    parts = fold(bare_name(name, words)).split() or [""]
    return parts[0], parts[-1]


def is_shouted(text: str) -> bool:
    """Whether all is in capitals, which then say nothing."""
    return text.isupper() and sum(any(map(str.isalpha, word)) for word in text.split()) > 1
