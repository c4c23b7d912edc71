"""Which sitemap names which URL, and since when none does; of several, each by what it said itself.

One of them keeps the URL (``urls.listed_in``), with the ``lastmod`` it gives; what the others say
stands in ``overlaps``. When it ceases to name the URL, another one takes its place.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime


class Listings:
    """Reads and writes within the caller's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """``db`` is the open ledger."""
        self._db = db

    def note_beside(
        self, sitemap: str, key: str, lastmod: str | None, keeper: str | None
    ) -> str | None:
        """What the sitemap said before of a URL that another one keeps, and note what it says now.

        Where it said nothing, the ``keeper``'s word is its own if they agree.
        """
        query = "SELECT lastmod FROM overlaps WHERE sitemap = ? AND key = ?"
        found = self._db.execute(query, (sitemap, key)).fetchone()
        before = found[0] if found else keeper if keeper == lastmod else None
        if found is None or lastmod not in {None, before}:
            self._db.execute(
                "INSERT INTO overlaps (sitemap, key, lastmod) VALUES (?, ?, ?)"
                " ON CONFLICT (sitemap, key) DO UPDATE SET lastmod = excluded.lastmod",
                (sitemap, key, lastmod),
            )
        return before if isinstance(before, str) else None

    def note(self, sitemap: str, named: set[str], now: datetime, *, is_whole: bool) -> None:
        """Note which URLs a sitemap names, and, read whole, which it has ceased to name."""
        query = "SELECT key FROM urls WHERE listed_in = ?"
        before = {key for (key,) in self._db.execute(query, (sitemap,))}
        self._db.executemany(
            "UPDATE urls SET listed_in = ?, unlisted_at = NULL WHERE key = ? AND listed_in IS NULL",
            ((sitemap, key) for key in named - before),
        )
        if not is_whole:
            return
        query = "SELECT key FROM overlaps WHERE sitemap = ?"
        beside = {key for (key,) in self._db.execute(query, (sitemap,))}
        self._db.executemany(
            "DELETE FROM overlaps WHERE sitemap = ? AND key = ?",
            ((sitemap, key) for key in beside - named),
        )
        for key in before - named:
            self._pass_on(key, now)

    def _pass_on(self, key: str, now: datetime) -> None:
        query = "SELECT sitemap, lastmod FROM overlaps WHERE key = ? ORDER BY sitemap LIMIT 1"
        heir = self._db.execute(query, (key,)).fetchone()
        if heir is None:
            update = "UPDATE urls SET listed_in = NULL, unlisted_at = ? WHERE key = ?"
            self._db.execute(update, (now.isoformat(), key))
            return
        update = "UPDATE urls SET listed_in = ?, lastmod = coalesce(?, lastmod) WHERE key = ?"
        self._db.execute(update, (*heir, key))
        self._db.execute("DELETE FROM overlaps WHERE sitemap = ? AND key = ?", (heir[0], key))
