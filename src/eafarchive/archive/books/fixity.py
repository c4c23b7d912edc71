"""What is remembered of each closed WARC file's fixity: its measure, and when it was last checked.

The manifest alone says what a file must be; these notes say it a second time, in other words, so
that a lost manifest, or whole records lost at a member boundary, do not go unseen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eafarchive.archive.books.database import faults, transaction

_TABLE = """
CREATE TABLE IF NOT EXISTS fixity (    -- one row a closed WARC file
    name TEXT PRIMARY KEY,             -- path below the archive
    sha256 TEXT,                       -- as first measured
    bytes INTEGER,
    records INTEGER,
    first_id TEXT,
    last_id TEXT,
    verified_at TEXT,                  -- last wholly read, and found sound
    hashed_at TEXT                     -- last hashed, and found to be what the manifest says
) STRICT
"""


class Measure(msgspec.Struct, frozen=True):
    """One closed file's measure; ``None`` where nobody has counted yet."""

    sha256: str
    bytes: int
    records: int | None = None
    first_id: str | None = None
    last_id: str | None = None


class Note(msgspec.Struct, frozen=True):
    """What is remembered of one closed file."""

    measure: Measure | None = None
    verified_at: datetime | None = None
    """When it was last read record by record and found sound."""
    hashed_at: datetime | None = None
    """When its SHA-256 was last found to be the manifest's; never before ``verified_at``."""


class FixityNotes:
    """The ledger's table of notes on closed WARC files."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        """``db`` is the open ledger, which lies at ``path``."""
        self._db = db
        self._path = path

    def all(self) -> dict[str, Note]:
        """Path below the archive → note. Raises `DamageError`."""
        with faults(self._path):
            table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'fixity'"
            if not self._db.execute(table).fetchone():
                return {}
            rows = self._db.execute(
                "SELECT name, sha256, bytes, records, first_id, last_id, verified_at, hashed_at"
                " FROM fixity"
            ).fetchall()
            return {
                name: Note(
                    Measure(sha256, *counts) if sha256 else None,
                    msgspec.convert(verified, datetime | None),
                    msgspec.convert(hashed, datetime | None),
                )
                for name, sha256, *counts, verified, hashed in rows
            }

    def longest_unverified(self, names: Iterable[str]) -> tuple[str, datetime | None] | None:
        """The closed file that waits longest to be read whole, and when it was; ``None``: never.

        ``None`` in place of both if there is no closed file. ``names`` are those there are.
        """
        notes = self.all()
        never = datetime.min.replace(tzinfo=UTC)
        when = {name: notes.get(name, Note()).verified_at for name in names}
        if not when:
            return None
        oldest = min(when, key=lambda name: (when[name] or never, name))
        return oldest, when[oldest]

    def note_measure(self, name: str, measure: Measure) -> None:
        """Remember a file's measure; what was counted before stays, what was not is filled in."""
        with transaction(self._db, self._path):
            self._db.execute(_TABLE)
            self._db.execute(
                "INSERT INTO fixity (name, sha256, bytes, records, first_id, last_id)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " sha256 = coalesce(sha256, excluded.sha256),"
                " bytes = coalesce(bytes, excluded.bytes),"
                " records = coalesce(records, excluded.records),"
                " first_id = coalesce(first_id, excluded.first_id),"
                " last_id = coalesce(last_id, excluded.last_id)",
                (name, *msgspec.structs.astuple(measure)),
            )

    def note_check(self, name: str, at: datetime, *, whole: bool) -> None:
        """Remember that the file was found sound: hashed, or read ``whole`` as well."""
        moment = at.isoformat(timespec="seconds")
        with transaction(self._db, self._path):
            self._db.execute(_TABLE)
            self._db.execute(
                "INSERT INTO fixity (name, verified_at, hashed_at) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET hashed_at = excluded.hashed_at,"
                " verified_at = coalesce(excluded.verified_at, verified_at)",
                (name, moment if whole else None, moment),
            )
