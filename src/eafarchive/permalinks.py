"""Paths of URLs in one spelling, and which of them an article has: pure, one rule for all rooms."""

from __future__ import annotations

import re
from urllib.parse import unquote

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 4
"""Letters by which words of a slug and of a title are the same: *reform*, *reforms*."""
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


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

    So it cannot of a part with hardly a word, and of a title in another script.
    """
    named, said = (
        {word[:_STEM] for word in _WORD.findall(text.casefold())}
        for text in (unquote(path.rstrip("/").rpartition("/")[2]), title)
    )
    is_clear = len(named) > 1 and "".join(named).isascii() == title.isascii()
    return True if named & said else False if is_clear else None


def _plain(triplet: re.Match[str]) -> str:
    char = chr(int(triplet[0][1:], 16))
    return char if _UNRESERVED.fullmatch(char) else triplet[0].upper()
