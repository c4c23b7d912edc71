"""The parts of a byline, and names: of persons, of groups, of what has one."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from eafarchive.profile import BylineRules

_SEPARATOR = re.compile(
    r"(?P<others>,? (?-i:et al)\b\.?)"
    r"|(?P<and> ?[,;] ?(?:and|&) )|(?P<list> ?[,|、，] ?| [–—/•·-] {1,2})|(?P<semi> ?; ?)"
    r"|(?P<plain> (?:and|&|with) )|(?P<open> ?\()|(?P<close>\))",
    re.IGNORECASE,
)
_RESPELLED = re.compile(r"[^\W\d_]{2,4}(?<!大学)(?<!大學)(?<![社报報网網院所台])")
_PREPOSITION = re.compile(r" (?:at|for|from|in|of) ", re.IGNORECASE)
_HIGH = re.compile("[\u0300-\U0010ffff]")
"""Characters among which are those that combine with the one before."""
_TRADE = re.compile(
    r"(?<=\w\w)(?<!본지)(?<!취재)(?<!사진)(?<!인턴)(?<!本社)(?<!本报)(?<!本報)"
    r" ?(?:기자|특파원|記者|记者)$"
)
_EDGES = " \t,;.|"
_NO_NAMES = frozenset("@/:?!：？！／＠，。")
_KEPT = frozenset(("emeritus", "emerita", "designate"))
"""Words after an office that somebody has had, or will have."""
_DASHES = frozenset("–—-")
_SHORT = 64
_FEWEST = 2
"""Words of a name before an honour without a comma: *Ann Roe AO*."""
_MOST = 8
"""Words of a name."""
_LONGEST = 16
"""Letters of a name in a script without case; what is longer is a sentence."""


class Atom(NamedTuple):
    """One part between separators: its text, where it stands, and what comes before it."""

    text: str
    start: int
    end: int
    joint: str
    """``first``, ``list`` (a comma), ``plain`` (and), ``and`` (a comma and an and), ``semi``,
    ``open`` (a parenthesis)."""
    is_firm: bool = False
    """Whether an ampersand stands before it, as within the name of a firm."""


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
    styles: frozenset[str]
    suffixes: frozenset[str]
    honours: frozenset[str]
    given: frozenset[str]
    mononym_ends: frozenset[str]
    mononym_stops: frozenset[str]


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
    if text.isascii():
        return " ".join(text.lower().replace(".", " ").split())
    plain = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(_HIGH.findall(plain))):
        plain = plain.replace(mark, "")
    return " ".join(plain.casefold().replace("’", "'").replace(".", " ").split())


_fold_short = functools.lru_cache(maxsize=4096)(_fold)  # a byline's words are asked for again


def known_people(names: tuple[str, ...], note: str | None, words: Words) -> Known:
    """The names that may be relied on, and the note to look affiliations up in."""
    folded = [fold(bare_name(name, words)) for name in names]
    kept = [name for name in folded if name and not is_group(name, words)]
    ends = {(w[0], w[-1]) for w in map(str.split, kept) if len(w) > 1}
    return Known(frozenset(kept), frozenset(ends), f" {fold(note or '')} ")


def is_known(text: str, known: Known, words: Words) -> bool:
    """Whether the rest of the page names this person, give or take the middle names."""
    folded = fold(bare_name(text, words))
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


def without_trade(text: str) -> str:
    """The text without the word for a reporter after a Korean, Chinese or Japanese name."""
    return text if text.isascii() else _TRADE.sub("", text)


@functools.lru_cache(maxsize=1024)  # many rules ask about the same name
def untitled(text: str, words: Words) -> str:
    """The name without what goes before names and after them; the whole if nothing else is left."""
    parts = without_trade(text).split()
    while len(parts) > 1 and (fold(parts[0]) in words.titles or _is_excellency(parts)):
        if len(parts) == _FEWEST and parts[0][-1] != "." and fold(parts[0]) in words.given:
            break  # Hon Chan
        del parts[0]
    if len(parts) > _FEWEST + 1 and fold(" ".join(parts[:2])) in words.titles:
        rest = " ".join(parts[2:])  # Associate Professor Ann Roe
        parts = parts[2:] if is_name_shaped(rest, words) and not is_role(rest, words) else parts
    while len(parts) > _FEWEST and parts[-1].isupper() and fold(parts[-1]) in words.honours:
        del parts[-1]
    return " ".join(parts)


def bare_name(text: str, words: Words) -> str:
    """The name for comparison: also without a style, as *Sir*, which comes and goes."""
    parts = untitled(text, words).split()
    for count in (2, 1):
        while len(parts) > count and fold(" ".join(parts[:count])) in words.styles:
            del parts[:count]
    return " ".join(parts)


def _is_excellency(parts: list[str]) -> bool:
    """Whether *HE* stands before a name, His or Her Excellency; *He* is a surname."""
    is_shouted = all(map(str.isupper, parts[1:]))
    return parts[0] == "HE" and len(parts) > _FEWEST and not is_shouted


def atoms_of(text: str, groups: tuple[str, ...], words: Words) -> list[Atom]:
    """The parts of a byline without its label; the names in ``groups`` are never cut."""
    whole = [(at, at + len(name)) for name in groups if (at := text.find(name)) >= 0]
    found: list[Atom] = []
    start, joint, is_firm = 0, "first", False
    for match in (*_SEPARATOR.finditer(text), None):
        end = len(text) if match is None else match.start()
        if any(low < end < high for low, high in whole):
            continue
        if match and match[0].strip() in _DASHES and _ends_acronym(text[start:end]):
            continue  # ISEAS – Yusof Ishak Institute
        number = len(found)
        added = _added(found, text, start, end, joint, words)
        if is_firm and len(found) > number:
            found[number] = found[number]._replace(is_firm=True)
        if match is None:
            break
        kind = match.lastgroup or "list"
        if added:
            joint = "list" if kind in {"close", "others"} else kind
        elif kind in {"plain", "and", "semi"} and found:  # right after a parenthesis
            joint = "semi" if kind == "semi" else "and"
        start, is_firm = match.end(), match.group() == " & "
    return found


def _ends_acronym(text: str) -> bool:
    """Whether the part before a dash is one word in capitals, as what a house is called is."""
    word = text.strip(_EDGES)
    return len(word) > 1 and word.isalpha() and word.isupper()


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
    if found and joint == "open" and _is_respelled(found[-1].text, piece, words):
        return True
    for match in _PREPOSITION.finditer(piece):
        left = piece[: match.start()]
        role = match.group().strip().lower() == "at" and is_role(left, words)
        if role or (len(left.split()) > 1 and _is_plainly_name(left, words)):
            middle = start + match.start()
            found.append(Atom(left, start, middle, joint))
            start += match.end()
            joint = "list"
            break
    found.append(Atom(text[start:end], start, end, joint))
    return True


def _is_respelled(name: str, text: str, words: Words) -> bool:
    """Whether what stands in brackets after a name is its spelling in the bearer's own script."""
    has_no_case = bool(_RESPELLED.fullmatch(text)) and text.lower() == text.upper()
    is_in_case = " " in name and name.lower() != name
    return has_no_case and is_in_case and _is_plainly_name(name, words)


def is_name_shaped(text: str, words: Words) -> bool:
    """Whether every word of it begins as the words of a person's name do."""
    parts = text.split()
    capitals = [part for part in parts if fold(part) not in words.particles or part[0].isupper()]
    if not capitals or len(parts) > _MOST:
        return False
    if any(c.isdigit() or c in _NO_NAMES for part in capitals for c in part):
        return False  # but s/o
    return all(map(_is_capitalised, capitals))


def _is_capitalised(word: str) -> bool:
    if len(word) > _SHORT:
        return False
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
        and not opens_with_acronym(text)
        and not is_role(text, words)
    )


def is_role(text: str, words: Words) -> bool:
    """Whether a word for an office stands before any preposition."""
    if text[:4].casefold() == "the ":  # The Economist
        return False
    title = _PREPOSITION.split(f"{text} ", maxsplit=1)[0]
    tokens = fold(title).replace("-", " ").split()
    is_many = text[-1:] == "s" and text.rpartition(" ")[2][0].isupper()
    if tokens and tokens[0] in words.places and is_many:
        return False  # Japan Macro Advisors
    if len(tokens) == _FEWEST and tokens[0] in words.given and is_name_shaped(title, words):
        # Dean Roe and Simon Head are people, Dean Emeritus and Dean Research offices
        return words.roles.issuperset(tokens) or tokens[1] in words.subjects | _KEPT
    return any(token in words.roles for token in tokens) and not any(
        token in words.institutions for token in tokens
    )


def is_acronym(word: str) -> bool:
    """Whether nearly all of its letters are capitals, and no stop follows each: *OECD*."""
    letters = [c for c in word.strip("()’'") if c.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) > 1 and capitals * 4 >= len(letters) * 3 and not _is_initials(word)


def _is_initials(word: str) -> bool:
    return word.endswith(".") and word.count(".") * 2 == len(word)


def opens_with_acronym(text: str) -> bool:
    """Whether capitals of three letters or more stand before ordinary words: *UNSW Canberra*."""
    first, _, rest = text.strip().partition(" ")
    return bool(rest) and len(first) > 2 and is_acronym(first) and any(map(str.islower, text))
