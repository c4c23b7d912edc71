"""Where the sentences of a paragraph end."""

from __future__ import annotations

from collections.abc import Iterator

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


def _is_abbreviation(word: str) -> bool:
    bare = word.strip("()“”‘’").rstrip(".")
    return len(bare) < 2 or "." in bare or bare.casefold() in _SHORT
