"""Known chrome sentences that stand in an article's text."""

from __future__ import annotations

import re
from functools import lru_cache

from eafarchive.phrases import Phrases, is_all
from eafarchive.profile import Profile, Rule, rules_of

MIN_PARAGRAPH = 20
"""Characters of the shortest paragraph that an article does not happen to have, too."""
MIN_SENTENCE = 60
"""Characters of the shortest sentence, within a paragraph, that it does not happen to quote."""
_GROUPS = frozenset(f"chrome.{key}" for key in ("lead", "ends", "closed", "banners"))


def find_stains(text: str, profile: Profile) -> list[tuple[str, str]]:
    """Each chrome rule that matches a whole paragraph, or a long sentence, with its words."""
    phrases = _stains(profile)
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        if len(line) < MIN_PARAGRAPH:
            continue
        for words in dict.fromkeys((line, *_sentences(line))):
            if is_all(phrases, words):
                found += [
                    (rule.key, words)
                    for rule in _rules(profile)
                    if re.fullmatch(rule.pattern, words, re.IGNORECASE)
                ]
    return found


def _sentences(line: str) -> list[str]:
    """The long ones."""
    for end in (". ", "! ", "? "):
        line = line.replace(end, end[0] + "\n")
    return [one for one in map(str.lstrip, line.split("\n")) if len(one) >= MIN_SENTENCE]


@lru_cache(maxsize=16)
def _stains(profile: Profile) -> Phrases:
    """The rules' phrases all at once."""
    return Phrases(rule.pattern for rule in _rules(profile))


def _rules(profile: Profile) -> list[Rule]:
    return [rule for rule in rules_of(profile) if rule.key.partition("[")[0] in _GROUPS]
