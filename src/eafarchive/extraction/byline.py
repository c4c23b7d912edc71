"""Bylines: who wrote it, in what role, and where they belong.

``A and B, U`` is two authors of one institution; ``A, U, and B, V`` is one each; ``A, U, V and W``
is one author with three. The shapes are alike, so every part is scored by its words and by the
page's other evidence (`names`), and the best reading of the whole wins. A place or an institution
never becomes a person.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from eafarchive.extraction.byline_shape import read_shape
from eafarchive.extraction.looks import look_of
from eafarchive.extraction.names import (
    Known,
    Words,
    atoms_of,
    fold,
    is_group,
    is_known,
    known_people,
    untitled,
    words_of,
)
from eafarchive.extraction.notes import names_in_note, tells_of
from eafarchive.extraction.outline import Block
from eafarchive.extraction.parties import authors_of, parties_of
from eafarchive.model import Author
from eafarchive.profile import BylineRules, NoteRules

MAX_BYLINE = 1000
"""Characters; what is longer is no byline."""
_MAX_NOTE = 8000
_MOST_LONE = 12
"""Parts of a byline that the page is asked about."""
_BY = re.compile(r"(?:by|von|por|par|di|door|av|af)\s+", re.IGNORECASE)
_MODEST = frozenset("former freelance guest independent visiting".split())
"""Words before an office without capitals: *Ann Roe, guest contributor*."""
_SMALL = frozenset("and of for the at in from with to on by".split())


class Evidence(msgspec.Struct, frozen=True):
    """What the page says of its authors beside the byline."""

    note: str | None = None
    ld_authors: tuple[Author, ...] = ()
    links: tuple[tuple[str, str | None], ...] = ()
    """Text and URL of links to author pages."""
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


def is_byline(text: str, rules: BylineRules) -> bool:
    """Whether the whole block is a byline: a label, and after it names rather than a sentence."""
    if len(text) > MAX_BYLINE:
        return False
    label, rest = _unlabelled(" ".join(text.split()), rules)
    if label is None or not rest:
        return False
    words = words_of(rules)
    plain = [word for word in rest.split() if word.islower() and word not in _SMALL]
    usual = words.particles | words.roles | _MODEST
    odd = [word for word in plain if fold(word.strip(",.;")) not in usual]
    first = fold(rest.replace(",", " , ").partition(" , ")[0])
    if label[-1].isalpha():  # "By Monday the ships were gone." is a sentence
        return len(rest.split()) <= 16 and not odd and not rest[0].islower()
    return not rest[0].islower() or is_group(first, words) or len(odd) * 4 <= len(rest.split())


def lone_names(
    byline: str | None, blocks: list[Block], rules: BylineRules, notes: NoteRules
) -> tuple[str, ...]:
    """The parts that may be a name or a house, and whose profession one of the ``blocks`` says:
    *Suharto, SMERU*; *Ann Roe, Bo Moe, and Cy Poe, SMERU*.
    """
    words, nobody = words_of(rules), known_people((), None, words_of(rules))
    text = _on_one_line((byline or "")[:MAX_BYLINE])
    lone = [
        atom.text
        for atom in atoms_of(_unlabelled(text, rules)[1], (), words)
        if (" " not in atom.text or atom.joint == "list")
        and not (look := look_of(atom, words, nobody, shouted=False)).is_head
        and not (look.is_place or look.is_topic or look.role > 0)
    ]
    if not lone:
        return ()
    lines = [block.line for block in blocks]
    return tuple(
        name
        for name in lone[:_MOST_LONE]
        if any(tells_of(name, line, notes, rules) for line in lines)
    )


def parse_byline(
    byline: str | None, evidence: Evidence, rules: BylineRules, notes: NoteRules
) -> Parsed:
    """The authors named by the byline, else by JSON-LD, meta data, author links or the note.

    Without a byline authors carry names only: nobody says which affiliation is whose.
    """
    words = words_of(rules)
    note = (evidence.note or "")[:_MAX_NOTE]
    noted = names_in_note(note, notes, rules)
    text = _on_one_line(byline or "")
    if not text or len(text) > MAX_BYLINE:
        told = ("the byline is too long to be one",) if text else ()
        return _unsigned(evidence, noted, words, told)
    label, text = _unlabelled(text, rules)
    text = _without_stop(text.lstrip("–—- "))
    listed = tuple(author.name for author in evidence.ld_authors)
    linked = tuple(name for name, _ in evidence.links)
    known = known_people((*noted, *listed, *linked, *evidence.meta_authors), note, words)
    is_told = label is not None and not label[-1].isalpha()
    several = label in rules.plural_labels if is_told else False if evidence.is_one else None
    groups = tuple(author.name for author in evidence.ld_authors if author.kind == "group")
    atoms = atoms_of(text, groups, words)
    steps, doubtful = read_shape(atoms, words, known, several=several, shouted=_is_shouted(text))
    warnings = ["byline: the number of authors is told by its shape alone"] if doubtful else []
    authors: list[Author] = []
    for party in parties_of(steps, words):
        authors += authors_of(party, text, note, noted, warnings)
    is_part = len(authors) < len(listed) and {author.name for author in authors} <= set(listed)
    if is_part and not evidence.is_linked_whole:
        return _unsigned(evidence, noted, words, tuple(warnings))  # the rest stands elsewhere
    authors = _with_urls(authors, evidence, words)
    rule = f"label:{label.rstrip(': ')}" if label else "byline"
    if not authors:
        warnings.append("byline: names nobody")
        return _unsigned(evidence, noted, words, tuple(warnings))
    named = known_people(tuple(author.name for author in authors), None, words)
    for whence, names in (("linked data", listed), ("the author note", noted)):
        missing = [name for name in names if _is_missing(name, named, text, words)]
        if missing:
            warnings.append(f"byline: does not name {missing[0]}, whom {whence} names")
    return Parsed(tuple(authors), rule, tuple(warnings))


def _on_one_line(byline: str) -> str:
    """The byline's lines as one: a line's end parts as a comma does, unless its words go on."""
    text = ""
    for line in (" ".join(part.split()) for part in byline.split("\n")):
        if text and line:
            last = text.rpartition(" ")[2]
            goes_on = last[-1] in ",;:&" or last.islower() or line[0] in ",;(&" or line[0].islower()
            # where each line has parts of its own, it is an author's
            text += " " if goes_on else "; " if "," in text and "," in line else ", "
        text += line
    return text


def _ends(name: str, words: Words) -> tuple[str, str]:
    """The first and the last of somebody's names, folded."""
    parts = fold(untitled(name, words)).split() or [""]
    return parts[0], parts[-1]


def _is_missing(name: str, named: Known, byline: str, words: Words) -> bool:
    folded, ends = fold(untitled(name, words)), _ends(name, words)
    is_named = folded in named.names or not named.ends.isdisjoint({ends, ends[::-1]})
    return folded not in fold(byline) and not is_named


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


def _unsigned(
    evidence: Evidence, noted: tuple[str, ...], words: Words, warnings: tuple[str, ...]
) -> Parsed:
    """The authors of a page without a byline, by who is most to be trusted."""
    listed = [author for author in evidence.ld_authors if author.name.strip()]
    metas = [name for name in evidence.meta_authors if name.strip() and "://" not in name]
    told = [author.name for author in listed] or metas
    are_people = any(not is_group(fold(name), words) for name, _ in evidence.links)
    if are_people and all(is_account(name) or is_group(fold(name), words) for name in told):
        listed, metas, told = [], [], []  # who posts for others
    people = known_people(noted, None, words)
    if told and len(noted) > len(told) and all(is_known(name, people, words) for name in told):
        # Content management systems have room for one; the note has for all, if in shorter forms.
        forms = {_ends(name, words): name for name in (*told, *(one for one, _ in evidence.links))}
        authors = [_named(forms.get(_ends(name, words), name), words) for name in noted]
        doubt = f"authors: metadata names {told[0]} and not all whom the author note names"
        return Parsed(_once(_with_urls(authors, evidence, words)), "note", (*warnings, doubt))
    links = [(name, url) for name, url in evidence.links if name.strip()]
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
        return Parsed(_once(_with_urls(named, evidence, words)), "ld:author", warnings)
    if len(metas) == 1 and (signed := _signed(metas[0], words)):
        return Parsed(_once([_named(name, words) for name in signed]), "meta:author", warnings)
    if metas:
        authors = [_named(name, words) for entry in metas for name in _listed(entry, words)]
        return Parsed(_once(_with_urls(authors, evidence, words)), "meta:author", warnings)
    if links:
        authors = [_named(name, words, url=url) for name, url in links]
        return Parsed(_once(authors), "link:author", warnings)
    rule = "note" if noted else "none"
    return Parsed(_once([_named(name, words) for name in noted]), rule, warnings)


def is_account(name: str) -> bool:
    """Whether a name is spelled as accounts are; it may be a brand's, too."""
    return name.islower() and " " not in name and name.isascii()


def _listed(entry: str, words: Words) -> list[str]:
    """The names in a meta element, which may list several; its institutions fall away."""
    text = " ".join(entry.split())
    if len(text) > MAX_BYLINE:
        return []
    nobody = known_people((), None, words)
    atoms = atoms_of(text, (), words)
    steps, _ = read_shape(atoms, words, nobody, several=None, shouted=_is_shouted(text))
    return [name for party in parties_of(steps, words) for name, _ in party.authors]


def _named(
    name: str,
    words: Words,
    kind: Literal["person", "group"] = "person",
    url: str | None = None,
) -> Author:
    name = " ".join(name.split())
    if not is_group(fold(name), words):
        return Author(untitled(name, words), kind, url=url)
    bare, _, house = map(str.strip, name.partition(","))
    return Author(untitled(bare, words), "group", (house,) if house else (), url=url)


def _once(authors: list[Author]) -> tuple[Author, ...]:
    return tuple({fold(author.name): author for author in reversed(authors)}.values())[::-1]


def _with_urls(authors: list[Author], evidence: Evidence, words: Words) -> list[Author]:
    """The authors with the addresses that links and JSON-LD give them; links come first."""
    urls = {fold(untitled(a.name, words)): a.url for a in evidence.ld_authors if a.url}
    urls |= {fold(untitled(name, words)): url for name, url in evidence.links if url}
    return [
        msgspec.structs.replace(author, url=urls.get(fold(untitled(author.name, words))))
        for author in authors
    ]


def _is_shouted(text: str) -> bool:
    return text.isupper() and sum(any(map(str.isalpha, word)) for word in text.split()) > 1


def _without_stop(text: str) -> str:
    """The text without the stop that ends a sentence; the stop of ``Jr.`` stays."""
    text = text.rstrip(" ,;|")
    last = text.rpartition(" ")[2]
    bare = last[:-1]
    ends = last.endswith(".") and "." not in bare and (len(bare) > 3 or bare.isupper() or not bare)
    return text[:-1].rstrip() if ends and len(bare) != 1 else text


def _unlabelled(text: str, rules: BylineRules) -> tuple[str | None, str]:
    """The label as the rules spell it, and what follows it."""
    head = text[:40].lower().replace(" :", ":").replace("：", ":")
    for label in rules.labels:
        if not head.startswith(label):
            continue
        if label[-1].isalpha():
            rest = text[len(label) :]
            if rest[:1] == " " and len(rest) > 1:
                return label, rest.strip()
        else:
            return label, text[text.replace("：", ":").index(":") + 1 :].strip()
    return None, text
