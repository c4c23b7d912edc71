"""A profile's patterns, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from eafarchive.profile import Layout, Profile

MAX_CHROME = 1000
"""Characters; a longer block is prose, whatever it says."""
_NEVER = r"(?!)"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TERMS = re.compile(r"\b(?:tag|category|author|format|series|topic)-[\w-]+")
_MAX_HINT = 300


class Rules(NamedTuple):
    """What `Profile` says, ready to be asked."""

    profile: Profile
    summary: re.Pattern[str]
    reading: tuple[re.Pattern[str], ...]
    anywhere: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    ends: re.Pattern[str]
    closed: re.Pattern[str]
    banners: re.Pattern[str]
    comments: re.Pattern[str]
    replies: re.Pattern[str]
    related: re.Pattern[str]
    scraps: re.Pattern[str]
    teasers: re.Pattern[str]
    refusals: re.Pattern[str]
    says_chrome: Callable[[str], bool]
    """Whether an element's class and id say that it is chrome."""
    credits: tuple[re.Pattern[str], ...]
    captions: re.Pattern[str]
    layouts: tuple[tuple[Layout, re.Pattern[str]], ...]


@lru_cache(maxsize=16)
def compiled(profile: Profile) -> Rules:
    """The profile's rules; the same object for the same profile."""
    chrome, labels = profile.chrome, profile.labels
    return Rules(
        profile=profile,
        summary=_any(labels.summary),
        reading=tuple(map(_one, labels.reading)),
        anywhere=_any(chrome.anywhere),
        lead=_any(chrome.lead),
        tail=_any(chrome.tail),
        ends=_any((*chrome.ends, *chrome.closed)),
        closed=_any(chrome.closed),
        banners=_any(chrome.banners),
        comments=_any(chrome.comments),
        replies=_any(chrome.replies),
        related=_any(chrome.related),
        scraps=_any(chrome.scraps),
        teasers=_any(chrome.teasers),
        refusals=_any(chrome.refusals),
        says_chrome=_hearing(_any(chrome.drop), _any(chrome.keep)),
        credits=tuple(map(_one, profile.credits)),
        captions=_any(profile.captions),
        layouts=tuple((layout, _any(layout.texts)) for layout in profile.layouts),
    )


def _hearing(drop: re.Pattern[str], keep: re.Pattern[str]) -> Callable[[str], bool]:
    """A reader of class names; a theme's names come again on page after page."""

    @lru_cache(maxsize=8192)
    def says_chrome(hint: str) -> bool:
        if len(hint) < 3:
            return False
        words = _CAMEL.sub("-", hint[:_MAX_HINT]).lower()
        if "hentry" in words or "type-post" in words:
            words = _TERMS.sub("", words)  # WordPress's post_class() names the post's own terms
        return drop.search(words) is not None and keep.search(words) is None

    return says_chrome


def is_all(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the pattern matches the whole block, its line breaks taken for spaces."""
    if len(text) > MAX_CHROME:
        return False
    return pattern.fullmatch(text.replace("\n", " ") if "\n" in text else text) is not None


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return _one("|".join(f"(?:{pattern})" for pattern in patterns) or _NEVER)


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
