"""Where the sentences of a paragraph end, and whether it is one, or a long byline."""

from __future__ import annotations

from collections.abc import Iterator

from eafarchive.extraction.document.inline import unlinked
from eafarchive.extraction.document.outline import Block
from eafarchive.profile import Profile

_FEWEST = 3
"""Words of a sentence beside a link."""
_TOLD, _SHORTEST = 3, 4
"""Words in small letters of a sentence that tells of something, and letters of each."""
_HEAD = 40
"""Characters of such words."""
_LABELS = frozenset("created edited first last modified posted published updated".split())
"""What a line at the title says of its date."""
_LONGEST_BYLINE = 300
_STOPS, _CLOSERS = (".", "!", "?", "…"), "’”\"')]"
_SHORT = frozenset("dr prof mr mrs ms jr sr st ma hon rev assoc asst vs no vol".split())


def sentences_of(text: str) -> Iterator[list[str]]:
    """The words of each sentence; a stop after an initial or a title ends none."""
    sentence: list[str] = []
    for word in text.split():
        sentence.append(word)
        if word.rstrip("”’\"')")[-1:] in {".", "!", "?"} and not _is_abbreviation(word):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def is_told(line: str) -> bool:
    """Whether a line ends as a sentence and has a sentence's words: *Created in 1967 to keep …*.

    What stands at a title or under a text has names, numbers and a label: *Updated on 5 March.*
    """
    if line.rstrip("”’\"')")[-1:] not in {".", "!", "?"}:
        return False
    small = (word.strip(".,;:") for word in line.split() if word[0].islower())
    told = (word for word in small if len(word) >= _SHORTEST and word not in _LABELS)
    return sum(1 for _ in told) >= _TOLD


def may_be_byline(block: Block, profile: Profile) -> bool:
    """Whether a block at the title, as long as a paragraph, has a byline's label or no such end."""
    colons = tuple(label for label in profile.byline.labels if label[-1] == ":")
    if block.text.casefold().startswith(colons):
        return True
    is_long = profile.trust_names or block.own > _LONGEST_BYLINE
    return not (is_long or block.text.rstrip(_CLOSERS).endswith(_STOPS))


def _is_abbreviation(word: str) -> bool:
    bare = word.strip("()“”‘’").rstrip(".")
    return len(bare) < 2 or "." in bare or bare.casefold() in _SHORT


def is_around_link(block: Block) -> bool:
    """Whether a paragraph of few words is a sentence with a link in it, and not a link alone.

    Two words are enough that the link stands between.
    """
    words = [word for word in unlinked(block).split() if word[0].isalpha()]
    if block.element.tag != "p" or not block.text.endswith((".", "?", "!")):
        return False
    ends = (block.text.split(maxsplit=1)[0], block.text.rsplit(maxsplit=1)[-1])
    is_between = len(words) > 1 and ends == (words[0], words[-1]) and ends[0][0].isupper()
    return is_between or len(words) >= _FEWEST


def is_headed(line: str) -> bool:
    """Whether a sentence follows a few words and a colon or a dash: *Background: In 1960 …*."""
    return any(sign in line[:_HEAD] for sign in ":–—") and is_told(line)
