"""Bylines: who wrote it, in what role, and where they belong.

``A and B, U`` is two authors of one institution; ``A, U, and B, V`` is one each; ``A, U, V and W``
is one author with three. The shapes are alike, so every part is scored by its words and by the
page's other evidence (`names`), and the best reading of the whole wins. A place or an institution
never becomes a person.
"""

from __future__ import annotations

import functools

from eafarchive.extraction.document.outline import Block
from eafarchive.extraction.lines.byline_shape import read_shape, without_site
from eafarchive.extraction.lines.looks import look_of
from eafarchive.extraction.lines.names import (
    Known,
    Words,
    atoms_of,
    bare_name,
    fold,
    is_group,
    known_people,
    words_of,
)
from eafarchive.extraction.lines.notes import names_in_note, tells_of
from eafarchive.extraction.lines.parties import authors_of, parties_of
from eafarchive.extraction.people.witnesses import (
    MAX_BYLINE,
    Evidence,
    Parsed,
    ends_of,
    is_shouted,
    unsigned_authors,
    with_urls,
)
from eafarchive.model import Author
from eafarchive.profile import BylineRules, NoteRules

_MAX_NOTE = 8000
_MOST_LONE = 12
"""Parts of a byline that the page is asked about."""
_MODEST = frozenset("former freelance guest independent visiting".split())
"""Words before an office without capitals: *Ann Roe, guest contributor*."""
_SMALL = frozenset("and of for the at in from with to on by".split())


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
        return _count_outside(rest) <= 16 and not odd and not rest[0].islower()
    if len(odd) * 2 > len(rest.split()):  # "By: 2030, the port will be paid for."
        return False
    return not rest[0].islower() or is_group(first, words) or len(odd) * 4 <= len(rest.split())


def _count_outside(text: str) -> int:
    """The words that stand in no brackets."""
    count = depth = 0
    for word in text.split():
        count += not depth and word[0] != "("
        depth = max(depth + word.count("(") - word.count(")"), 0)
    return count


def may_hold_label(text: str, rules: BylineRules) -> bool:
    """Whether the first word of a byline's label stands somewhere in the text: told fast."""
    folded = text.lower()
    return any(word in folded for word in _first_words(rules))


@functools.cache
def _first_words(rules: BylineRules) -> tuple[str, ...]:
    words = dict.fromkeys(label.rstrip(":").split()[0] for label in rules.labels)
    return tuple(word for word in words if not any(one in word and one != word for one in words))


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
        return unsigned_authors(evidence, noted, words, told)
    label, text = _unlabelled(text, rules)
    text = _without_stop(text.lstrip("–—- "))
    listed = tuple(author.name for author in evidence.ld_authors)
    linked = tuple(name for name, _ in evidence.links)
    known = known_people((*noted, *listed, *linked, *evidence.meta_authors), note, words)
    is_told = label is not None and not label[-1].isalpha()
    several = label in rules.plural_labels if is_told else False if evidence.is_one else None
    groups = tuple(author.name for author in evidence.ld_authors if author.kind == "group")
    atoms = atoms_of(text, groups, words)
    steps, doubtful = read_shape(atoms, words, known, several=several, shouted=is_shouted(text))
    warnings = ["byline: the number of authors is told by its shape alone"] if doubtful else []
    authors: list[Author] = []
    for party in parties_of(steps, words):
        authors += authors_of(party, text, note, noted, warnings)
    is_part = len(authors) < len(listed) and {author.name for author in authors} <= set(listed)
    if is_part and not evidence.is_linked_whole:
        return unsigned_authors(
            evidence, noted, words, tuple(warnings)
        )  # the rest stands elsewhere
    authors = with_urls(authors, evidence, words)
    rule = f"label:{label.rstrip(': ')}" if label else "byline"
    if not authors:
        warnings.append("byline: names nobody")
        return unsigned_authors(evidence, noted, words, tuple(warnings))
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


def _is_missing(name: str, named: Known, byline: str, words: Words) -> bool:
    folded, ends = fold(bare_name(name, words)), ends_of(name, words)
    is_named = folded in named.names or not named.ends.isdisjoint({ends, ends[::-1]})
    return folded not in fold(byline) and not is_named


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
    fitting = rules.labels if head.startswith(rules.labels) else ()
    for label in filter(head.startswith, fitting):
        if label[-1].isalpha():
            rest = text[len(label) :]
            if rest[:1] == " " and len(rest) > 1:
                return label, without_site(rest.strip())
        else:
            return label, text[text.replace("：", ":").index(":") + 1 :].strip()
    return None, text
