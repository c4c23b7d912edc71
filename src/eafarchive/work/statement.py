"""What a record says, so briefly that two captures can be compared: it tells new versions.

A theme decides which metadata a page shows, and how. So pages in different layouts are compared by
what both of them say; only pages in one layout are compared by all that they say. What the site
puts around every article (the year in the copyright line, the reading time, whether comments are
open) makes no version, and neither do addresses of pictures, which change with their size.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from eafarchive.model import Record

_WORDS = ("title", "text")
_SHARED = ("names", "author_note", "notes", "captions", "doi", "published_at", "modified_at")
_WHOSE = ("names", "published_at")
_OWN = ("byline", "authors", "summary", "categories", "tags", "links", "language")


def statement(record: Record) -> str:
    """What the record says, field by field: a short digest of each, and its dates as they are."""
    drawn = {
        "names": [author.name for author in record.authors],
        "captions": [image.caption for image in record.images if image.caption],
    }
    said: dict[str, str | None] = {"layout": record.extraction.layout}
    for name in (*_WORDS, *_SHARED, *_OWN):
        value: Any = drawn[name] if name in drawn else getattr(record, name)
        if value:
            said[name] = _instant(value) if name.endswith("_at") else _short(value)
    return msgspec.json.encode(said).decode()


def says_the_same(before: str, after: str) -> bool:
    """Whether two statements are of one version of the article."""
    if before == after:
        return True
    one, other = msgspec.json.decode(before), msgspec.json.decode(after)
    if any(one.get(name) != other.get(name) for name in _WORDS):
        return False
    if one["layout"] and one["layout"] == other["layout"]:
        return all(one.get(name) == other.get(name) for name in (*_SHARED, *_OWN))
    return all(_agree(one[name], other[name]) for name in _SHARED if name in one and name in other)


def says_another(before: str, after: str) -> bool:
    """Whether title and text are others, and so are the authors, or the day of publication."""
    one, other = msgspec.json.decode(before), msgspec.json.decode(after)
    if any(one.get(name) == other.get(name) for name in _WORDS):
        return False
    both = [name for name in _WHOSE if name in one and name in other]
    return any(not _agree(one[name], other[name]) for name in both)


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
