"""A profile's patterns, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from eafarchive.phrases import Phrases
from eafarchive.profile import Layout, Profile

_NEVER = r"(?!)"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HASHES = re.compile(
    r"[a-z]{0,16}[0-9]{1,8}(?!x[0-9])[a-z]{1,16}[0-9][a-z0-9]{0,40}"
    r"|\bsc-(?=[a-z]{0,7}[A-Z])[A-Za-z]{5,8}\b",
    re.ASCII,
)
"""What a builder of pages makes names of: letters among digits, and those of styled components."""
_DENIALS = re.compile(
    r"(?<![a-z])(?:no|has|with|without)-(?:ads?|shar(?:e|ing)|social|comments?|promos?)(?![a-z])"
    r"|(?<![a-z])(?:ads?|share|social)-(?:free|enabled|disabled)(?![a-z])"
)
"""What says of an element that something else is there, or not: ``no-ads``, ``ad-free``."""
_TERMS = re.compile(r"\b(?:tag|category|author|format|series|topic)-[\w-]+")
_MAX_HINT = 300


class Rules(NamedTuple):
    """What `Profile` says, ready to be asked."""

    profile: Profile
    summary: Phrases
    reading: Phrases
    minutes: tuple[re.Pattern[str], ...]
    """The same, for the number in one."""
    contents: Phrases
    works: Phrases
    """Labels over works of any kind, and over those to read."""
    readings: Phrases
    anywhere: Phrases
    lead: Phrases
    tail: Phrases
    ends: Phrases
    closed: Phrases
    banners: Phrases
    comments: Phrases
    replies: Phrases
    related: Phrases
    scraps: Phrases
    boxes: Phrases
    buttons: Phrases
    calls: re.Pattern[str]
    """What a box says to readers, at the beginning of a sentence."""
    asking: re.Pattern[str]
    votes: re.Pattern[str]
    pleas: re.Pattern[str]
    thanks: Phrases
    """What opens a line of thanks."""
    teasers: Phrases
    refusals: Phrases
    notices: Phrases
    """All refusing titles."""
    says_chrome: Callable[[str], bool]
    """Whether an element's class and id say that it is chrome."""
    says_onward: Callable[[str], bool]
    """Whether they say that it leads on to other articles, and nothing worse."""
    credits: tuple[re.Pattern[str], ...]
    captions: re.Pattern[str]
    players: re.Pattern[str]
    layouts: tuple[tuple[Layout, Phrases], ...]
    themes: Phrases
    """The texts of all layouts."""


@lru_cache(maxsize=16)
def compiled(profile: Profile) -> Rules:
    """The profile's rules; the same object for the same profile."""
    chrome, labels = profile.chrome, profile.labels
    drop, onward, keep = _any(chrome.drop), _any(chrome.onward), _any(chrome.keep)
    return Rules(
        profile=profile,
        summary=Phrases(labels.summary),
        reading=Phrases(pattern.replace("(?P<minutes>", "(?:") for pattern in labels.reading),
        minutes=tuple(map(_one, labels.reading)),
        contents=Phrases(labels.contents),
        works=Phrases((*labels.works, *labels.readings)),
        readings=Phrases(labels.readings),
        anywhere=Phrases(chrome.anywhere),
        lead=Phrases(chrome.lead),
        tail=Phrases(chrome.tail),
        ends=Phrases((*chrome.ends, *chrome.closed)),
        closed=Phrases(chrome.closed),
        banners=Phrases(chrome.banners),
        comments=Phrases(chrome.comments),
        replies=Phrases(chrome.replies),
        related=Phrases(chrome.related),
        scraps=Phrases((*chrome.scraps, *chrome.boxes)),
        boxes=Phrases(chrome.boxes),
        buttons=Phrases(chrome.buttons),
        calls=_one(rf"(?:^|[.!?:…–—] )(?:{_either(chrome.calls)})"),
        asking=_any(chrome.asking),
        votes=_any(chrome.votes),
        pleas=_one(rf"\b(?:{_either(chrome.pleas)})\b"),
        thanks=Phrases(profile.notes.thanks),
        teasers=Phrases(chrome.teasers),
        refusals=Phrases(chrome.refusals),
        notices=Phrases((*chrome.refusals, *chrome.notices)),
        says_chrome=_hearing((drop, onward), keep),
        says_onward=_hearing((onward,), drop),
        credits=tuple(map(_one, profile.credits)),
        captions=_any(profile.captions),
        players=_any(profile.players),
        layouts=tuple((layout, Phrases(layout.texts)) for layout in profile.layouts),
        themes=Phrases(text for layout in profile.layouts for text in layout.texts),
    )


def _hearing(drop: tuple[re.Pattern[str], ...], keep: re.Pattern[str]) -> Callable[[str], bool]:
    """A reader of class names; a theme's names come again on page after page."""

    @lru_cache(maxsize=8192)
    def says_chrome(hint: str) -> bool:
        if len(hint) < 3:
            return False
        words = _CAMEL.sub("-", _HASHES.sub("", hint[:_MAX_HINT])).lower()
        words = _DENIALS.sub("", words)
        if "hentry" in words or "type-post" in words:
            words = _TERMS.sub("", words)  # WordPress's post_class() names the post's own terms
        return any(one.search(words) for one in drop) and keep.search(words) is None

    return says_chrome


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return _one(_either(patterns))


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or _NEVER


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
