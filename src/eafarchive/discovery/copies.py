"""Addresses of copies in web archives, which name the address of what was copied."""

from __future__ import annotations

import re

from eafarchive.discovery.urls import clean_url, host_of, is_article
from eafarchive.profile import Profile

_COPY = re.compile(r"/(?:web/[0-9]{4,14}|[0-9]{14})(?:[a-z]{2}_)?/(https?:/{1,2})(?=[^/\s])")
"""A capture's time and what was captured, as in ``/web/20160304050607id_/https://paper.example/``:
the form of URI-Ms of the Wayback Machine and of pywb (RFC 7089 leaves it to the archive)."""


def copied_url(url: str) -> str | None:
    """The clean URL of what a copy was made of, if the address says so; ``None`` for any other."""
    found = _COPY.search(url)
    if found is None:
        return None
    scheme = found[1].partition(":")[0]
    return clean_url(f"{scheme}://{url[found.end() :]}")


def own_address(url: str, profile: Profile) -> str:
    """The URL, or what a copy was made of: of a host that the profile holds for, or, where it is to
    be used whatever the host, of an article's path.
    """
    original = copied_url(url)
    if original is None:
        return url
    is_told = profile.article_path is not None and is_article(original, profile)
    return original if is_told or host_of(original) in profile.hosts else url
