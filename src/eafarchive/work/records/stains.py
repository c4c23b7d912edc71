"""Known chrome sentences that stand in an article's text."""

from __future__ import annotations

import re
from functools import lru_cache

from eafarchive.phrases import Phrases, is_all
from eafarchive.profile import Profile, rules_of

MIN_PARAGRAPH = 20
"""Characters of the shortest paragraph that an article does not happen to have, too."""
MIN_SENTENCE = 60
"""Characters of the shortest sentence, within a paragraph, that it does not happen to quote."""
_GROUPS = frozenset(f"chrome.{key}" for key in ("lead", "ends", "closed", "banners"))
_BETWEEN = re.compile(r"(?<=[.!?])\s+")


def find_stains(text: str, profile: Profile) -> list[tuple[str, str]]:
    """Each chrome rule that matches a whole paragraph, or a long sentence, with its words."""
    phrases, rules = _stains(profile)
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        sentences = [one for one in _BETWEEN.split(line) if len(one) >= MIN_SENTENCE]
        for words in dict.fromkeys((line, *sentences)):
            if len(words) >= MIN_PARAGRAPH and is_all(phrases, words):
                found += [(key, words) for key, pattern in rules if pattern.fullmatch(words)]
    return found


@lru_cache(maxsize=16)
def _stains(profile: Profile) -> tuple[Phrases, tuple[tuple[str, re.Pattern[str]], ...]]:
    """The rules' phrases all at once, and each rule by itself."""
    rules = [rule for rule in rules_of(profile) if rule.key.partition("[")[0] in _GROUPS]
    each = tuple((rule.key, re.compile(rule.pattern, re.IGNORECASE)) for rule in rules)
    return Phrases(rule.pattern for rule in rules), each
