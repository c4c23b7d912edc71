"""Whom a sentence is about: the names that it begins with, and the words for what they do."""

from __future__ import annotations

import functools
from itertools import pairwise

from eafarchive.extraction.lines.names import Words, fold, is_group, is_name_shaped, untitled
from eafarchive.profile import NoteRules

MAX_NAMES = 24  # words of the longest subject
HEAD = 14  # words in which a note has come to what the person is
_LONGEST = 5  # words of the longest name
_NEAR = 5  # words in which a sentence about a name of one word has come to what its bearer is
_PRONOUNS = frozenset(
    "he she it they we i you this that these those his her its their our both who there".split()
)
_OPENERS = frozenset(  # of sentences that name no author first: In Phnom Penh, …
    "in on at for from with as under after before since while when but yet by to if despite".split()
)
_ARTICLES = frozenset(("a", "an"))
_SURNAMES = frozenset(("he", "she", "you", "i"))
_SAYING = frozenset(
    "said says told tells argued argues added adds warned warns explained explains notes"
    " insisted insists claimed claims believed believes thinks thought asked recalled".split()
)
"""What somebody does who is quoted, after an aside that says who they are."""


def subjects_of(sentence: list[str], rules: NoteRules, words: Words) -> list[str]:
    """The names that the sentence begins with, if a verb, an adverb or an aside follows them, and
    it does not report what they say: *Ann Roe, an economist at the bank, said …*.
    """
    run = 0
    while run < min(len(sentence), MAX_NAMES) and _may_be_name(sentence[run], words):
        run += 1
    if not run or run == len(sentence):
        return []
    following = fold(sentence[run].strip(",()"))
    aside = sentence[run - 1].endswith(",") or sentence[run].startswith("(")
    verb = following in folded_words(rules.verbs)
    adverb = following.endswith("ly") or following in {"has", "have"}
    near = sentence[run : run + MAX_NAMES]
    later = {fold(word.strip(",")) for word in near}
    if aside and any(one[-1] in ",)" and word in _SAYING for one, word in pairwise(near)):
        return []
    if not verb and not ((aside or adverb) and later & verbs_of(rules)):
        return []
    return _split(sentence[:run], words)


def later_subjects(sentence: list[str], rules: NoteRules, words: Words) -> list[str]:
    """The names before a further verb: *A is … and **B** is …*; or *and **B** a fellow*.

    After a mere comma (*A is … at U, Dili, **B** is …*) what follows has to be a profession.
    """
    found: list[str] = []
    verbs = folded_words(rules.verbs)
    begins: int | None = None
    comma: int | None = None
    for number, word in enumerate(sentence):
        if fold(word) in verbs:
            more = []
            if begins is not None and number - begins < MAX_NAMES:
                is_lone = number - begins == 1  # Ann Roe is a fellow and Suharno is a reader at U
                told = not is_lone or _says_at_once(sentence[number + 1 :], rules)
                more = _split(sentence[begins:number], words) if told else []
            if not more and comma is not None and 1 < number - comma <= _LONGEST:
                told = says_calling(fold(" ".join(sentence[number:][:HEAD])).split(), rules)
                more = _split(sentence[comma:number], words) if told else []
            found += more
        elif begins is not None and word in _ARTICLES and 1 < number - begins <= _LONGEST:
            is_one = sentence[number - 1][-1] != "," and says_calling(
                sentence[number:][:HEAD], rules
            )
            found += _split(sentence[begins:number], words) if is_one else []
        if fold(word) == "and" or word.endswith(";"):
            begins = number + 1
        elif begins is not None and not _may_be_name(word, words):
            begins = None
        if word.endswith(","):
            comma = number + 1
        elif comma is not None and not _may_be_name(word, words):
            comma = None
    return found


def _may_be_name(word: str, words: Words) -> bool:
    bare = word.strip(",;()“”‘’\"'")
    joins = bare in {"and", "&"} or bare in words.particles
    # a verb in capitals is none: "Ann Roe Is" does not occur, "Will" and "May" are names
    return joins or (bool(bare) and is_name_shaped(bare, words) and not word.startswith("("))


def _split(run: list[str], words: Words) -> list[str]:
    """The names in a run of words; none if one of them cannot be a person's or a group's."""
    names: list[list[str]] = [[]]
    for word in run:
        if word in {"and", "&"}:
            names.append([])
            continue
        names[-1].append(word.strip(",;()“”‘’\"'"))
        if word.endswith((",", ";")):
            names.append([])
    kept: list[str] = []
    for name in names:
        text = untitled(" ".join(name), words)
        folded = fold(text)
        if not folded or folded in words.honours:
            continue
        strange = folded in words.places or bool(set(folded.split()) & words.institutions)
        first, *rest = folded.split()
        is_surname = bool(rest) and first in _SURNAMES  # He Jiahui, I Made Rai
        pronoun = not is_surname and first in _PRONOUNS | (_OPENERS if rest else frozenset())
        if not is_group(folded, words) and (strange or pronoun):
            return []
        kept.append(text)
    return kept


def says_calling(tokens: list[str], rules: NoteRules) -> bool:
    """Whether one of the folded words is what somebody does for a living, or several do."""
    callings = folded_words(rules.callings)
    bare = (token.strip(".,;:") for token in tokens)
    return any(token in callings or token.removesuffix("s") in callings for token in bare)


def _says_at_once(sentence: list[str], rules: NoteRules) -> bool:
    return says_calling(fold(" ".join(sentence[:_NEAR])).split(), rules)


@functools.cache
def verbs_of(rules: NoteRules) -> frozenset[str]:
    """What follows a note's subject, and the two words that stand before such a verb."""
    return folded_words(rules.verbs) | {"has", "have"}


@functools.cache
def folded_words(entries: tuple[str, ...]) -> frozenset[str]:
    """A profile's list, folded, as a set."""
    return frozenset(map(fold, entries))
