"""Whether a byline's part goes on with the institution before it: *Economy, **Trade***."""

from __future__ import annotations

import re

from eafarchive.extraction.lines.looks import Look
from eafarchive.extraction.lines.names import Atom, Words, fold, is_acronym

SERIES, AMONG, HOUSE = "series", "among", "house"
_OF = re.compile(r" (?:of|for|on|in) ")
_ADJECTIVES = ("al", "ic")
_LAST = frozenset(("affairs", "relations", "studies"))
"""Fields with which a name has come to its end, but for another field."""
_ABSTRACT = tuple("ity ment tion sion ism logy ance ence ness ship ture ics phy".split())
"""How fields end, and houses of one word do not."""
_WHOLE = frozenset(("center", "centre"))
"""Parts of others that also stand alone."""
_FAIR = 2.0


def goes_on(before: str, last: Look, atom: Atom, look: Look, words: Words, following: str) -> float:
    """How much the atom continues the affiliation ``before`` it rather than beginning something.

    ``last`` is the look of the atom before, ``following`` the joint after this one, or ``series``
    if nothing but houses follows: *A, **B**, and C*; ``among`` if one stands before those, too;
    ``house`` if after an *and* more of one does: ***Food** and Agriculture Organization*.
    """
    is_listed, before = ", " in before, before.replace(",", "")
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
    if atom.joint == "list" and last.is_head and fold(atom.text).endswith(" campus"):
        return 8.0
    if atom.joint == "list" and is_open_unit(before, words) and not tokens & words.groups:
        full = look.is_head and not set(fold(atom.text).split()) & words.units
        if following in {SERIES, AMONG}:  # U, KDI School, V, and W
            ends = _WHOLE if is_acronym(atom.text) else words.units if following == AMONG else ()
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
    if atom.joint == "plain" and look.is_place and _OF.search(before):
        return -_FAIR if "university" in tokens else 7.0  # Institute for ASEAN and East Asia
    if atom.joint in {"plain", "and"} and open_ended and alone:
        if (look.is_topic and following != HOUSE) or atom.text.startswith("the "):
            return 7.0
        # China Studies and Bloomberg; Peace and Security and Bloomberg; after a comma, too
        is_ended = atom.joint == "and" or "and" in tokens or not tokens.isdisjoint(_LAST)
        if (is_listed and last.is_topic) or fold(atom.text).endswith(_ABSTRACT):
            is_ended = (
                False  # Culture, Media, and Sport; International Relations and Sustainability
            )
        return 2.0 if not (is_ended or look.is_place or " " in atom.text) else -_FAIR
    if atom.joint == "plain" and last.is_topic and not last.is_head and look.is_head:
        # Peace and Conflict Studies Centre, not Peace Studies and ANU
        *begins, last_word = fold(atom.text).split()
        is_whole = bool(tokens & words.institutions)  # Institute for Law and Economics
        return 6.0 if begins and last_word in words.institutions and not is_whole else -6.0
    if atom.joint == "list" and open_ended and look.is_topic and alone and following != "end":
        return 7.0  # Ministry of Economy, Trade and Industry
    return -6.0


def opens_house(text: str, look: Look, words: Words) -> bool:
    """Whether a field stands before an institution's word: *Agriculture Organization*."""
    first, *rest = fold(text).split()
    return bool(rest) and look.is_head and first in words.subjects


def _is_campus(before: str, text: str, following: str) -> bool:
    """Whether a word after a university, or two at the end, may be where it is."""
    is_short = (
        " at " not in before
        and text.count(" ") < (2 if following == "end" else 1)
        and text[0].isupper()
        and not text.isupper()
    )
    return is_short and fold(before).startswith(("university of ", "the university of "))


def is_open_unit(text: str, words: Words) -> bool:
    """Whether it names a part of something: no word but *of*, *for* or the like follows the part's.

    *School of Law* and *Example School* do, *Example College London* is whole, and so is what a
    country has: *Japan Centre for Economics*.
    """
    tokens = fold(text).split()
    if tokens[0] in words.places:
        return False
    at = next((at for at in range(len(tokens)) if tokens[at] in words.units), None)
    return at is not None and tokens[at + 1 : at + 2] in ([], ["of"], ["for"], ["on"], ["in"])
