"""Which URL was asked for when redirects led elsewhere: told by the captures, in their order."""

from __future__ import annotations

from collections.abc import Callable

from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.directory.holdings import Archive
from eafarchive.work.fetching.answers import REDIRECTS, led_to


class Trail:
    """Follows captures as they were made; each address that a redirect gave is waited for once."""

    def __init__(self, archive: Archive, is_article: Callable[[str], bool]) -> None:
        """Of redirects, only those are read that an article's URL led to."""
        self._archive = archive
        self._is_article = is_article
        self._asked: dict[str, dict[str, None]] = {}

    def asked(self, row: CaptureRow) -> str | None:
        """The URL asked for that this is the answer to; ``None`` of a redirect, which leads on.

        Raises `DamageError`.
        """
        waiting = self._asked.get(row.target_uri)
        url = waiting.popitem()[0] if waiting else row.target_uri
        if row.status not in REDIRECTS:
            return url
        target = led_to(self._archive.capture_at(row.place)) if self._is_article(url) else None
        if target:
            self._asked.setdefault(target, {})[url] = None
        return None
