"""The ledger's tables of sources and URLs: what is to be asked for, and what was heard of it.

A source counts as read in the same transaction in which its URLs are noted. So whatever ends a run,
what was discovered and not visited is due in the next one, even if the source says nothing new
then.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

import msgspec

from eafarchive.archive.books.database import faults, put, rows, structs, transaction
from eafarchive.archive.books.listings import Listings
from eafarchive.archive.books.memory import SourceKind, SourceState, Visit
from eafarchive.discovery.freshness import has_moved
from eafarchive.model import Lead

_DUE = "due = 1 AND (due_at IS NULL OR due_at <= ? OR due_at > ?)"
_COLUMNS: dict[SourceKind, str] = {"sitemap": "lastmod", "feed": "updated", "rest": "modified"}
"""Each kind of source is compared with what its kind said before, each sitemap with what it said
itself: they spell times differently."""


class Agenda:
    """The one reader and writer of these tables; every change is one transaction."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        """``db`` is the open ledger, which lies at ``path``."""
        self._db = db
        self._path = path
        self._listings = Listings(db)

    # Sources

    def source(self, url: str) -> SourceState | None:
        """What is remembered of a source, or ``None``."""
        found = structs(
            self._db, self._path, SourceState, "SELECT * FROM sources WHERE url = ?", url
        )
        return found[0] if found else None

    def remember_source(self, state: SourceState) -> None:
        """Store what is remembered of a source, in place of what was."""
        with transaction(self._db, self._path):
            put(self._db, "sources", state)

    def children(self, parent: str, rules: str, *, every: bool) -> list[SourceState]:
        """The sitemaps that an index names: every one, or those that may have news.

        In its order; those that failed come last, the one tried last after all.

        News there may be in one that was not read whole by these rules yet, whose ``lastmod``
        moved, or that has none; and one that was flawed, or did not answer, is looked at again.
        """
        unread = "lastmod IS NULL OR read_at IS NULL OR lastmod IS NOT read_lastmod"
        unread += " OR rules IS NOT ? OR problem IS NOT NULL OR tried_at IS NOT NULL"
        query = (
            f"SELECT * FROM sources WHERE parent = ? AND (? OR {unread}) ORDER BY tried_at, rowid"  # noqa: S608 - our own words
        )
        return structs(self._db, self._path, SourceState, query, parent, every, rules)

    def named_by(self, parent: str) -> list[SourceState]:
        """The sources that an index or a robots.txt names, in its order."""
        query = "SELECT * FROM sources WHERE parent = ? ORDER BY rowid"
        return structs(self._db, self._path, SourceState, query, parent)

    def note_named(self, robots: str, sitemaps: Iterable[str]) -> None:
        """Note that a robots.txt names these sitemaps, and no others; an index's remain its own."""
        with transaction(self._db, self._path):
            self._db.execute("UPDATE sources SET parent = NULL WHERE parent = ?", (robots,))
            self._db.executemany(
                "INSERT INTO sources (url, kind, parent) VALUES (?, 'sitemap', ?)"
                " ON CONFLICT (url) DO UPDATE SET parent = coalesce(parent, excluded.parent)",
                ((url, robots) for url in sitemaps),
            )

    def named(self, roots: Iterable[str]) -> list[SourceState]:
        """What is remembered of these sources, and of those that an index among them names."""
        query = (
            "WITH RECURSIVE named (url) AS ("
            " SELECT value FROM json_each(?) UNION"
            " SELECT sources.url FROM sources JOIN named ON sources.parent = named.url)"
            " SELECT sources.* FROM sources JOIN named USING (url) ORDER BY sources.rowid"
        )
        names = msgspec.json.encode(list(roots)).decode()
        return structs(self._db, self._path, SourceState, query, names)

    def take_reading(
        self,
        state: SourceState,
        leads: Iterable[tuple[str, Lead]],
        now: datetime,
        *,
        children: Iterable[Lead] | None = None,
        full: bool = False,
        is_whole: bool = False,
    ) -> None:
        """Note what a source said: its URLs by key, and of an index, the sitemaps it names.

        ``full``: every URL is due, moved or not, and at once, though it is in trouble;
        ``is_whole``: what a sitemap named before and does not name now, it has ceased to name.
        """
        named: set[str] = set()
        with transaction(self._db, self._path):
            if children is not None:
                self._db.execute("UPDATE sources SET parent = NULL WHERE parent = ?", (state.url,))
                self._db.executemany(
                    "INSERT INTO sources (url, kind, parent, lastmod) VALUES (?, 'sitemap', ?, ?)"
                    " ON CONFLICT (url) DO UPDATE SET parent = excluded.parent,"
                    " lastmod = excluded.lastmod",
                    ((child.url, state.url, child.lastmod) for child in children),
                )
            for key, lead in leads:
                self._note(state, key, lead, now, full=full)
                named.add(key)
            if state.kind == "sitemap":
                self._listings.note(state.url, named, now, is_whole=is_whole)
            put(self._db, "sources", state)

    def _note(self, state: SourceState, key: str, lead: Lead, now: datetime, *, full: bool) -> None:
        column, said = _COLUMNS[state.kind], lead.lastmod
        back = "unlisted_at IS NOT NULL AND outcome != 'captured'"
        query = f"SELECT due, captured_at, {column}, listed_in, {back} FROM urls WHERE key = ?"  # noqa: S608 - our own words
        found = self._db.execute(query, (key,)).fetchone()
        if found is None:
            self._db.execute(
                f"INSERT INTO urls (key, url, source, outcome, due, {column})"  # noqa: S608 - our own words
                " VALUES (?, ?, ?, 'pending', 1, ?)",
                (key, lead.url, lead.source, lead.lastmod),
            )
            return
        due, captured_at, before, keeper, is_back = found
        if state.kind == "sitemap" and keeper not in {None, state.url}:
            before = self._listings.note_beside(state.url, key, said, before)
            said = None  # the column is the other sitemap's
        captured = datetime.fromisoformat(captured_at) if captured_at else None
        is_due = due or full or has_moved(lead.lastmod, before, captured, now)
        is_due = is_due or (is_back and state.kind == "sitemap")  # as from a backup, unmoved
        if full or is_due != due or (said is not None and said != before):
            self._db.execute(
                f"UPDATE urls SET due = ?, source = ?, {column} = coalesce(?, {column}),"  # noqa: S608 - our own words
                " url = CASE WHEN captured_at IS NULL THEN ? ELSE url END,"
                " due_at = CASE WHEN ? THEN NULL ELSE due_at END WHERE key = ?",
                (int(is_due), lead.source, said, lead.url, full, key),
            )

    # URLs

    def held(self) -> Iterator[tuple[str, str]]:
        """Key and URL of each page that was captured whole."""
        query = "SELECT key, url FROM urls WHERE captured_at IS NOT NULL ORDER BY rowid"
        yield from rows(self._db, self._path, query)

    def known(self) -> int:
        """How many URLs the sources have named."""
        query = "SELECT count(*) FROM urls WHERE source IS NOT NULL"
        return int(rows(self._db, self._path, query)[0][0])

    def are_news(self, keys: Iterable[str]) -> bool:
        """Whether there are some, and none of these URLs was heard of."""
        some = msgspec.json.encode(list(keys)).decode()
        query = "SELECT 1 FROM urls WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1"
        return some != "[]" and not rows(self._db, self._path, query, some)

    def count_due(self, now: datetime, latest: datetime) -> int:
        """How many URLs are to be asked for now; the times as for `due`."""
        query = f"SELECT count(*) FROM urls WHERE {_DUE}"  # noqa: S608 - our own words
        times = now.isoformat(), latest.isoformat()
        return int(rows(self._db, self._path, query, *times)[0][0])

    def due_urls(self, now: datetime, latest: datetime) -> Iterator[str]:
        """The URLs to be asked for now, in no order; the times as for `due`."""
        query = f"SELECT url FROM urls WHERE {_DUE}"  # noqa: S608 - our own words
        for (url,) in rows(self._db, self._path, query, now.isoformat(), latest.isoformat()):
            yield url

    def due(self, now: datetime, latest: datetime) -> Iterator[Visit]:
        """The URLs to be asked for now: those never visited as they were heard of, then the others.

        Of these the longest unseen come first: so runs that end early, over a site that calls all
        its pages new each time, see every page in turn. One is passed over that is not due any more
        when its turn comes. A due time after ``latest`` was noted by a clock that was wrong.
        """
        times = now.isoformat(), latest.isoformat()
        query = f"SELECT rowid FROM urls WHERE {_DUE} ORDER BY visited_at, rowid"  # noqa: S608 - our own words
        one = f"SELECT * FROM urls WHERE rowid = ? AND {_DUE}"  # noqa: S608 - our own words
        with faults(self._path), closing(self._db.execute(query, times)) as found:
            turns = array("q", (rowid for (rowid,) in found))  # millions of them take no room
        for rowid in turns:
            yield from structs(self._db, self._path, Visit, one, rowid, *times)

    def longest_unseen(
        self, before: datetime, now: datetime, is_wanted: Callable[[str], bool], count: int | None
    ) -> Iterator[Visit]:
        """So many URLs held, wanted and not visited since ``before``: the longest unseen first.

        For a ``count`` of ``None`` all of them, those in trouble too; but none that was due
        ``before``, which may be under way.

        Before these come those that a sitemap has ceased to name since they were seen: they may be
        gone, or moved. One that another led to before its turn comes is passed over. A time that is
        yet to come was noted by a clock that was wrong.
        """
        query = (
            "SELECT key, visited_at, url FROM urls WHERE captured_at IS NOT NULL"
            " AND (due = 0 OR ? AND due_at > ?) AND (visited_at < ? OR visited_at > ?)"
            " ORDER BY unlisted_at IS NULL OR unlisted_at < visited_at,"
            " CASE WHEN visited_at > ? THEN '' ELSE visited_at END, rowid"
        )
        began, ahead = before.isoformat(), now.isoformat()
        with faults(self._path), closing(self._db.cursor()) as cursor:
            cursor.execute(query, (count is None, began, began, ahead, ahead))
            wanted = (seen for *seen, url in cursor if is_wanted(url))
            turns = list(islice(wanted, count))
        one = "SELECT * FROM urls WHERE key = ? AND visited_at = ?"
        for key, visited_at in turns:
            yield from structs(self._db, self._path, Visit, one, key, visited_at)
