"""The paragraphs that follow a body: notes on the authors, and closing notes on the article."""

from __future__ import annotations

import functools
import re

from eafarchive.extraction.lines.footnotes import is_citation
from eafarchive.extraction.lines.looks import is_borne_alone
from eafarchive.extraction.lines.names import (
    Words,
    bare_name,
    fold,
    is_group,
    words_of,
)
from eafarchive.extraction.lines.sentences import sentences_of
from eafarchive.extraction.lines.subjects import (
    HEAD,
    MAX_NAMES,
    later_subjects,
    says_calling,
    subjects_of,
    verbs_of,
)
from eafarchive.phrases import Phrases, is_opened
from eafarchive.profile import BylineRules, NoteRules, Profile

MAX_NOTE = 2000
"""Characters of the longest paragraph that is a note and not prose."""
_NEAR = 5  # words in which a note has come to what the person is, where the subject says little
_SHORTEST = 3  # letters of a first name's short form
_STARS = "*†‡–—-([ "
"""Marks of a footnote, as a note on the author may open with."""
_OFFICES = frozenset("leader president minister governor head".split())
_PLACED = frozenset("at with from leads heads directs runs".split())
"""What stands before the house that somebody is at."""
_ARTICLES = frozenset({"a", "an", "former", "independent"})
_ARGUED = frozenset("but yet will would must should".split())
"""What goes on where somebody's office is an argument: *is a former banker, but will not …*."""
_ON_OTHERS = re.compile(r", (?:and|so) (?:few|many|most|none|no one|nobody|nothing|all) ")
"""What does where it is news: *is Director of the bank, and few have lent more*."""
_JOINED = frozenset("member members partner associate associates".split())
"""What places are."""
_CITED = re.compile(r"[^.]{3,60}\w{3}\. [“‘\"]")
_ABOUT = re.compile(
    r"about the (?:authors?|writers?)\s*[:–—-]?\s*|the author, "
    r"|at the time of (?:writing|publication),? ",
    re.IGNORECASE,
)
_UNNAMED = ("the author ", "the authors ", "the writer ", "the writers ", "both authors ")


def is_author_note(
    text: str, names: tuple[str, ...], rules: NoteRules, byline: BylineRules
) -> bool:
    """Whether the paragraph says who the author is, rather than going on with the article.

    ``names`` are the authors known from elsewhere. A paragraph about one of them is a note, or
    about any editors if one is such a group: its names are many. About somebody else only if nobody
    is known and it says, at once, what they do for a living and where: what is the largest economy
    of somewhere has a name and a verb, too.
    """
    if len(text) > MAX_NOTE:
        return False
    words = words_of(byline)
    text = text.lstrip(_STARS)
    if text[:6].casefold() in {"about ", "the au", "at the"}:
        text = _ABOUT.sub("", text, count=1)
    folded = fold(text)
    if names and not folded.startswith(_UNNAMED):
        last = _last_words(names, words)
        if last and not any(one in folded for one in last):
            return False
    tokens = folded.replace(",", " ").replace("(", " ").replace(")", " ").split()
    if is_citation(text, words.particles):
        return False
    if folded.startswith(_UNNAMED):  # "the author of the bill" is another
        after = [word for word in tokens[2:] if len(word) > 1 or word == "a"][:_NEAR]  # "J.B. Roe"
        says = bool(after) and (after[0] in verbs_of(rules) | _ARTICLES or after[0].endswith("ly"))
        is_placed = any(map(_is_acronym, text.split()[: 2 * HEAD])) or not (
            words.institutions.isdisjoint(tokens[: 2 * HEAD])
        )
        is_there = is_placed and (
            not _PLACED.isdisjoint(after[:3]) or says_calling(tokens[2:HEAD], rules)
        )
        return says and (is_there or says_calling(after, rules))
    if not names and verbs_of(rules).isdisjoint(tokens):
        return False
    sentence = next(sentences_of(text), [])
    subjects = subjects_of(sentence, rules, words)
    after = tokens[len(fold(" ".join(subjects)).split()) :]
    is_on_group = any(is_group(fold(subject), words) for subject in subjects)
    if names:
        is_by_group = any(is_group(fold(name), words) for name in names)
        if is_by_group and is_on_group and says_calling(after[:_NEAR], rules):
            return True
        return any(_is_about(name, subjects, text, tokens, rules, words) for name in names)
    is_called = any(says_calling([word], rules) for word in after[:_NEAR] if word not in _JOINED)
    if not any(_says_who(fold(subject), words, is_called=is_called) for subject in subjects):
        return False
    if is_on_group:
        return says_calling(after[:_NEAR], rules)
    is_argued = not _ARGUED.isdisjoint(after) or _ON_OTHERS.search(text) is not None
    return not is_argued and _says_living(after, sentence, rules, words)


def _says_who(subject: str, words: Words, *, is_called: bool) -> bool:
    """Whether a folded subject is enough of a name to tell of somebody whom nobody knows."""
    is_full = " " in subject or subject == "editors"
    return is_full or (is_called and is_borne_alone(subject, words))


def is_closing_note(text: str, rules: NoteRules) -> bool:
    """Whether the paragraph says where the article came from: *This article appeared in …*."""
    return len(text) <= MAX_NOTE and is_opened(_closing(rules), text.lstrip(_STARS))


def names_in_note(note: str, rules: NoteRules, byline: BylineRules) -> tuple[str, ...]:
    """The people or groups that an author note is about, in order, each once."""
    words = words_of(byline)
    found: list[str] = []
    for paragraph in note[: 4 * MAX_NOTE].split("\n\n"):
        for number, sentence in enumerate(sentences_of(paragraph)):
            if not number:
                sentence[0] = sentence[0].lstrip(_STARS) or sentence[0]
            subjects = subjects_of(sentence, rules, words)
            tokens = fold(" ".join(sentence)).replace(",", " ").split()
            told = says_calling(tokens[:HEAD], rules)
            is_living = not number or _says_living(tokens, sentence, rules, words)
            if not told and not is_living:
                continue
            # a later sentence on one whose name is one word says all
            is_full = not number or (told and is_living)
            found += (name for name in subjects if is_full or " " in name)
            found += later_subjects(sentence, rules, words)
    return tuple(dict.fromkeys(found))


def tells_of(name: str, text: str, rules: NoteRules, byline: BylineRules) -> bool:
    """Whether a sentence of the paragraph begins with the name, and says what its bearer does."""
    if name not in text or len(text) > MAX_NOTE:
        return False
    words = words_of(byline)
    for sentence in sentences_of(text):
        subjects = subjects_of(sentence, rules, words)
        if fold(name) in map(fold, subjects):
            tokens = fold(" ".join(sentence)).replace(",", " ").split()
            is_at = tokens[len(name.split()) + 1 :][:1] == ["at"]  # she works at a house
            told = is_at or says_calling(tokens[1:HEAD], rules)
            if told and _says_living(tokens[1:], sentence, rules, words):
                return True
    return False


@functools.lru_cache(maxsize=64)  # asked for each paragraph of a page
def _last_words(names: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """What a paragraph about one of them has in it, each name's; nothing if one is a group."""
    parts = [fold(bare_name(name, words)).split() for name in names]
    known = all(part and not is_group(" ".join(part), words) for part in parts)
    return tuple(part[-1] for part in parts) if known else ()


def _is_about(
    name: str,
    subjects: list[str],
    text: str,
    tokens: list[str],
    rules: NoteRules,
    words: Words,
) -> bool:
    """Whether the paragraph begins with this author, give or take title and middle names."""
    own = fold(bare_name(name, words)).split()
    if is_group(" ".join(own), words):
        bare = tokens[1:] if tokens[:1] == ["the"] else tokens
        if own[:1] == ["the"]:
            own = own[1:]
        at = next((at for at in range(3) if bare[at : at + len(own)] == own), None)
        return at is not None and says_calling(bare[at + len(own) :][:_NEAR], rules)
    split = [fold(bare_name(subject, words)).split() for subject in subjects]
    if any(_same(parts, own) for parts in split):
        return True
    # the surname alone, or with another form of the first name: Jenny, Jennifer; Bec, Rebecca
    if any(p[-1] == own[-1] and _is_form(p[0], own) for p in split if len(own) > 1):
        at = tokens.index(own[-1]) + 1 if own[-1] in tokens else 0
        near = tokens[at : at + _NEAR]
        called = next((word for word in near if says_calling([word], rules)), None)
        # another Kim is a leader, too
        said = tokens[at : at + HEAD]
        is_another = called in _OFFICES and not _says_living(said, text.split(), rules, words)
        return called is not None and not is_another
    opening = fold(bare_name(" ".join(text[:200].split()), words))
    if not own or _CITED.match(text):
        return False
    # after a comma only a sentence goes on: "Ann Roe, Keio University 11 May" is a card's line
    is_line = text[-1:].isalnum() and verbs_of(rules).isdisjoint(tokens)
    # a verb the rules do not know, an adverb, an aside; not "Ann Roe's book" or "Ann Roebuck", nor
    # what she said elsewhere: "Ann Roe (@annroe)"
    return any(
        opening.startswith(start)
        and opening[len(start) : len(start) + 1] in ({" ", "("} if is_line else {" ", ",", "("})
        and not opening.startswith(" (@", len(start))
        for start in {" ".join(own), " ".join((own[0], own[-1]))}
    )


def _is_form(first: str, own: list[str]) -> bool:
    """Whether it may be another form of the first of a person's names, or is the last of them."""
    short, long = sorted((first, own[0]), key=len)
    return first[0] in {own[0][0], own[-1][0]} or (len(short) >= _SHORTEST and short in long)


def _same(one: list[str], other: list[str]) -> bool:
    """Whether both are one person's: middle names come and go, first names shrink to initials, and
    two names are turned (*Otsuka Shigeru*).
    """
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return one == other or (len(one) == 2 and one == other[::-1])
    short = min(one[0], other[0], key=len)
    return one[0] == other[0] or (len(short) == 1 and one[0][0] == other[0][0])


def _says_living(tokens: list[str], sentence: list[str], rules: NoteRules, words: Words) -> bool:
    """Whether the sentence tells a profession and its place; a head of state has no such place."""
    head = [token.strip(".,;:'") for token in tokens[:HEAD]]
    whole = {token.strip(".,;:'") for token in tokens}
    houses = words.institutions | words.subjects
    placed = bool(whole & houses) or any(map(_is_acronym, sentence))
    if not says_calling(head, rules):
        place = next((at for at, word in enumerate(sentence[:HEAD]) if word in _PLACED), HEAD)
        end = next(
            (at for at in range(place, len(sentence)) if sentence[at][-1] in ",;"), MAX_NAMES
        )
        named = (word.strip(".,;()‘’'") for word in sentence[place : end + 1])
        return any(_is_acronym(one) or (one[:1].isupper() and fold(one) in houses) for one in named)
    at = next(at for at in range(len(head)) if says_calling(head[at : at + 1], rules))
    if head[at] in _OFFICES:  # "a leader at the height of his powers" is in the news
        return placed or "former" in head[:at]
    modest = bool(_ARTICLES & set(head[:at])) or "at" in head[at:]
    return placed or modest


def _is_acronym(word: str) -> bool:
    return word.strip(".,;()").isupper() and len(word.strip(".,;()")) > 2


@functools.cache
def _closing(rules: NoteRules) -> Phrases:
    return Phrases(rules.closing)


def is_note(line: str, profile: Profile, names: tuple[str, ...]) -> bool:
    """Whether a line is a note on the article, or on one of the authors where they are known."""
    return is_closing_note(line, profile.notes) or is_author_note(
        line, names, profile.notes, profile.byline
    )
