"""What a record says, so briefly that two captures can be compared: it tells new versions.

A theme decides which metadata a page shows, and how: what only one of two pages shows is no change
of the article. Its own words are, where one layout shows both pages; pages in different layouts are
compared by what both of them say. What the site puts around every article (the year in the
copyright line, the reading time, whether comments are open) makes no version, and neither do
addresses of pictures, which change with their size, or of the authors, which change with the site.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from eafarchive.discovery.urls import canonical_key, clean_url
from eafarchive.model import Link, Record

_WORDS = ("title", "text")
_SHARED = ("names", "author_note", "notes", "captions", "doi", "published_at", "modified_at")
_WHOSE = ("names", "published_at")
_OWN = ("author_note", "notes", "captions", "doi", "links")
"""What an article says, and a theme does not leave out."""
_SHOWN = (
    *("names", "houses", "byline", "published_at", "modified_at"),
    *("summary", "categories", "tags", "language"),
)
"""What a theme shows of it, or does not."""
_ONE_TIME = re.compile(
    r"_?(?:wp)?_?nonce|token|_token|csrf\w*|sid|phpsessid|jsessionid|session_?id|ts|timestamp"
    r"|cb|cachebuster|rand|_",
    re.IGNORECASE,
)
"""Names in a query whose values are another's in each answer."""
_GARBLED = "/cdn-cgi/l/email-protection"
"""Where Cloudflare leads who clicks an e-mail address; its fragment has a new key each time."""


def statement(record: Record) -> str:
    """What the record says, field by field: a short digest of each, and its dates as they are."""
    drawn = {
        "names": [author.name for author in record.authors],
        "houses": [one for author in record.authors for one in (*author.affiliations, author.role)],
        "byline": None if record.authors else record.byline,
        "captions": [image.caption for image in record.images if image.caption],
        "links": [(_target(link), link.text) for link in record.links],
    }
    said: dict[str, str | None] = {"layout": record.extraction.layout}
    for name in dict.fromkeys((*_WORDS, *_SHARED, *_OWN, *_SHOWN)):
        value: Any = drawn[name] if name in drawn else getattr(record, name)
        if value and (not isinstance(value, list) or any(value)):
            said[name] = _instant(value) if name.endswith("_at") else _short(value)
    return msgspec.json.encode(said).decode()


def says_the_same(before: str, after: str) -> bool:
    """Whether two statements are of one version of the article."""
    if before == after:
        return True
    one, other = msgspec.json.decode(before), msgspec.json.decode(after)
    if any(one.get(name) != other.get(name) for name in _WORDS):
        return False
    shown: tuple[str, ...] = _SHARED
    if one["layout"] and one["layout"] == other["layout"]:
        if any(one.get(name) != other.get(name) for name in _OWN):
            return False
        shown = _SHOWN
    return all(_agree(one[name], other[name]) for name in shown if name in one and name in other)


def says_another(before: str, after: str) -> bool:
    """Whether title and text are others, and so are the authors, or the day of publication."""
    one, other = msgspec.json.decode(before), msgspec.json.decode(after)
    if any(one.get(name) == other.get(name) for name in _WORDS):
        return False
    both = [name for name in _WHOSE if name in one and name in other]
    return any(not _agree(one[name], other[name]) for name in both)


def _target(link: Link) -> str:
    """Where the link leads, whatever scheme and name of the host the site has today, and without
    what is another in each answer.
    """
    if clean_url(link.url) is None:
        return link.url
    key = canonical_key(link.url)
    path, mark, query = key.partition("?")
    if path.endswith(_GARBLED):
        return path
    kept = [pair for pair in query.split("&") if not _ONE_TIME.fullmatch(pair.partition("=")[0])]
    return path + mark * bool(kept) + "&".join(kept)


def _agree(one: str, other: str) -> bool:
    """Whether two values are the same, or one is the day and the other an instant within it.

    A day without a zone is anywhere on earth.
    """
    if one == other or len(one) == len(other):
        return one == other
    day, instant = sorted((one, other), key=len)
    if "T" not in instant or len(day) != len("2026-11-24"):
        return False
    apart = datetime.fromisoformat(instant[:10]) - datetime.fromisoformat(day)
    return abs(apart.days) <= 1


def _instant(spelled: str) -> str:
    """The date as it is; an instant in UTC, to the minute."""
    try:
        moment = datetime.fromisoformat(spelled)
    except ValueError:
        return _short(spelled)
    if "T" not in spelled or moment.tzinfo is None:
        return spelled
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _short(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:16]
