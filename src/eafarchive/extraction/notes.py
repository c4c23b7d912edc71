"""The paragraphs that follow a body: notes on the authors, and closing notes on the article."""

from __future__ import annotations

import functools
import re

from eafarchive.profile import BylineRules, NoteRules

MAX_NOTE = 2000
"""Characters of the longest paragraph that is a note and not prose."""
_HEAD_WORDS = 14
"""Words in which the note has come to what the person is."""


def is_author_note(
    text: str, names: tuple[str, ...], rules: NoteRules, byline: BylineRules
) -> bool:
    """Whether the paragraph says who the author is, rather than going on with the article.

    ``names`` are the authors known from elsewhere. A paragraph about one of them is a note; about
    somebody else only if it says, at once, what they do for a living and where: what is the largest
    economy of somewhere has a name and a verb, too.
    """
    if len(text) > MAX_NOTE:
        return False
    subjects = _subjects(text, rules, byline, first_only=True)
    if not subjects:
        return False
    folded = {" ".join(name.casefold().split()) for name in names}
    if any(_same(subject, folded) for subject in subjects):
        return True
    if folded:
        return False
    words = [word.strip(".,;:()’'").casefold() for word in text.split()]
    tail = words[: len(" ".join(subjects).split()) + _HEAD_WORDS]
    if not any(len(s.split()) > 1 or s.casefold() in byline.groups for s in subjects):
        return False
    works_at = {"at", "with"} & set(tail) and any(word in byline.institutions for word in words)
    return bool(works_at) or any(word in rules.callings for word in tail)


def is_closing_note(text: str, rules: NoteRules) -> bool:
    """Whether the paragraph says where the article came from: *This article appeared in …*."""
    return len(text) <= MAX_NOTE and any(p.match(text) for p in _patterns(rules.closing))


def names_in_note(note: str, rules: NoteRules, byline: BylineRules) -> tuple[str, ...]:
    """The people or groups that an author note is about, in order, each once."""
    return tuple(dict.fromkeys(_subjects(note[: 4 * MAX_NOTE], rules, byline, first_only=False)))


def _subjects(text: str, rules: NoteRules, byline: BylineRules, *, first_only: bool) -> list[str]:
    """The names before each verb of being; of the first sentence only, or of all."""
    words = text.split()
    found: list[str] = []
    for index, word in enumerate(words):
        if word.casefold() not in rules.verbs:
            if first_only and index > 24:
                break
            continue
        start = _start_of_names(words, index, byline)
        begins = (
            start == 0 or words[start - 1][-1:] in ".!?”)" or words[start - 1].casefold() == "and"
        )
        if start < index and begins and (start == 0 or not first_only):
            found += _split(words[start:index], byline)
        if first_only:
            break
    return found


def _start_of_names(words: list[str], index: int, byline: BylineRules) -> int:
    start = index
    while start > 0 and index - start < 20:
        word = words[start - 1]
        if word[-1:] in ".!?" and not _is_abbreviation(word):
            break
        bare = word.strip(",()“”‘’\"'")
        joins = bare.casefold() in {"and", "&"} or bare.casefold() in byline.particles
        if not (joins or bare[:1].isupper()):
            break
        start -= 1
    while start < index and words[start].casefold() in {"and", "&"}:
        start += 1
    return start


def _split(words: list[str], byline: BylineRules) -> list[str]:
    """The names in a run of them; none if one cannot be a person's or a group's."""
    names: list[list[str]] = [[]]
    for word in words:
        if word.casefold() in {"and", "&"}:
            names.append([])
            continue
        names[-1].append(word.strip(",()"))
        if word.endswith(","):
            names.append([])
    kept = []
    for name in names:
        while name and name[0].casefold().rstrip(".") in (*byline.titles, "the"):
            del name[0]
        text = " ".join(name)
        if not text:
            continue
        folded = text.casefold()
        group = folded in byline.groups
        strange = any(word.casefold() in byline.institutions for word in name)
        if not group and (strange or folded in byline.places):
            return []
        kept.append(text)
    return kept


def _same(subject: str, folded: set[str]) -> bool:
    name = " ".join(subject.casefold().split())
    if name in folded:
        return True
    words = name.replace(".", "").split()
    # Middle names and initials come and go between byline and note.
    return any(
        len(words) > 1
        and (w := other.replace(".", "").split())
        and (w[0], w[-1]) == (words[0], words[-1])
        for other in folded
    )


def _is_abbreviation(word: str) -> bool:
    bare = word.rstrip(".")
    return len(bare) <= 2 or "." in bare or bare.casefold() in {"prof", "mrs", "jnr", "snr"}


@functools.cache
def _patterns(sources: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)
