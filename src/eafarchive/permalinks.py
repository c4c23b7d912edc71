"""Paths of URLs in one spelling, and which of them an article has: pure, one rule for all rooms."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 4
"""Letters by which words of a slug and of a title are the same: *reform*, *reforms*."""
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATED = re.compile(
    r"/(?P<year>(?:19|20)[0-9]{2})(?P<mark>[/-])(?P<month>[0-9]{1,2}|" + "|".join(_MONTHS) + ")"
    r"(?P=mark)(?P<day>[0-9]{1,2})(?=[/_]|-(?<=-[0-9]{2}-)|-(?<=-[0-9]-)|$)"
)
"""2019/11/19, 2019/nov/19 and 2019-11-19, where a part of the path begins with it;
2019/11/19-ways is a list of ways."""


def unescaped(text: str) -> str:
    """The text with escapes of unreserved characters undone, others in capitals.

    RFC 3986 sections 6.2.2.1 and 6.2.2.2.
    """
    return _TRIPLET.sub(_plain, text)


def plain_path(path: str) -> str:
    """A URL's path, `unescaped`, without its trailing slash."""
    return unescaped(path).rstrip("/")


def lowered(path: str) -> str:
    """A plain path in lower case, but for its escapes."""
    return _TRIPLET.sub(lambda t: t[0].upper(), path.lower())


def match_article(path: str, pattern: str) -> re.Match[str] | None:
    """The match of a profile's ``article_path`` with the whole plain path, in lower case or not."""
    return re.fullmatch(pattern, lowered(path)) or re.fullmatch(pattern, path)


def is_of_title(path: str, title: str) -> bool | None:
    """Whether a word of the path's last part is the title's; ``None`` where it cannot be told.

    So it cannot where one of them has hardly a word, and of a title in another script.
    """
    named, said = (
        {word[:_STEM] for word in _WORD.findall(text.casefold())}
        for text in (unquote(path.rstrip("/").rpartition("/")[2]), title)
    )
    is_clear = min(len(named), len(said)) > 1 and "".join(named).isascii() == title.isascii()
    return True if named & said else False if is_clear else None


def date_parts(path: str, pattern: str | None) -> dict[str, str]:
    """The ``year``, ``month`` and ``day`` that the plain path names, as far as it does, in digits.

    By the groups of a profile's ``article_path`` if there is one, else by what looks like a date.
    """
    found = match_article(path, pattern) if pattern else _DATED.search(path.lower())
    parts = {k: v for k, v in found.groupdict().items() if v} if found else {}
    month = parts.get("month", "").lower()[:3]
    if month in _MONTHS:
        parts["month"] = f"{_MONTHS.index(month) + 1:02}"
    return parts


def days_off(url_date: str | None, published_at: str | None) -> int:
    """Days between the date in a URL and the publication; 0 where one of them is not known."""
    try:
        day, published = date.fromisoformat(url_date or ""), (published_at or "")[:10]
        return abs((date.fromisoformat(published) - day).days)
    except ValueError:
        return 0


def _plain(triplet: re.Match[str]) -> str:
    char = chr(int(triplet[0][1:], 16))
    return char if _UNRESERVED.fullmatch(char) else triplet[0].upper()
