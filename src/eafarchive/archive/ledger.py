"""The ledger: what to do next, and where the captures lie. SQLite, one writer.

Two kinds of table. `captures` and `files` are an index of the WARC files and can be made again from
them. `urls`, `hosts` and `runs` are the crawl's memory: what was asked, with what outcome, and when
to ask again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from eafarchive.archive.index import CaptureRow
from eafarchive.errors import ConfigError, DamageError, WriteError
from eafarchive.model import Place

VERSION = 1

_SCHEMA = """
CREATE TABLE files (
    name TEXT PRIMARY KEY              -- path below the archive, its final name
) STRICT;
CREATE TABLE captures (                -- one row a response record
    record_id TEXT PRIMARY KEY,
    warc TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    end INTEGER NOT NULL,              -- first byte after the last record of the exchange
    target_uri TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    status INTEGER,
    payload_digest TEXT NOT NULL,
    harvested INTEGER NOT NULL DEFAULT 0,
    UNIQUE (warc, offset)
) STRICT;
CREATE INDEX captures_by_uri ON captures (target_uri, captured_at);
CREATE TABLE urls (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    outcome TEXT NOT NULL,             -- captured, redirected, refused, failed
    detail TEXT NOT NULL DEFAULT '',
    lastmod TEXT,                      -- as the source spelled it when this was captured
    visited_at TEXT NOT NULL,
    captured_at TEXT,                  -- last whole capture
    failures INTEGER NOT NULL DEFAULT 0,
    due_at TEXT                        -- not to be asked before; null: no such time
) STRICT;
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    robots_status INTEGER,
    robots_body BLOB,
    robots_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    due_at TEXT
) STRICT;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    exit_code INTEGER,
    summary TEXT
) STRICT;
"""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a URL: how the last visit ended and when the next may be."""

    key: str
    url: str
    outcome: str
    visited_at: datetime
    detail: str = ""
    lastmod: str | None = None
    captured_at: datetime | None = None
    failures: int = 0
    due_at: datetime | None = None


class HostState(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a host: its robots.txt, and when it may be asked again."""

    host: str
    robots_status: int | None = None
    robots_body: bytes = b""
    robots_at: datetime | None = None
    failures: int = 0
    due_at: datetime | None = None


class Run(msgspec.Struct, frozen=True):
    """One crawl run as remembered; ``exit_code`` is ``None`` while it runs or if it was killed."""

    started_at: str
    finished_at: str | None
    exit_code: int | None
    summary: dict[str, Any] | None


class Ledger:
    """The SQLite file of one archive; every method is one transaction."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open it, or make it. Raises `DamageError`, `ConfigError`, `WriteError`."""
        self.path = path
        try:
            if read_only:
                self._db = sqlite3.connect(_read_only_uri(path), uri=True)
            else:
                self._db = sqlite3.connect(path)
            self._db.isolation_level = None
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                self._db.close()
                raise ConfigError(f"{path}: was written by a newer eafarchive; upgrade this one")
            if not read_only:
                if path.exists():
                    path.chmod(0o600)
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._check()
            if version == 0 and not read_only:
                with self._transaction():
                    for statement in _SCHEMA.split(";\n"):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {VERSION}")
        except sqlite3.OperationalError as error:
            raise WriteError(f"{path}: cannot open the ledger: {error}") from error
        except sqlite3.DatabaseError as error:
            raise DamageError(
                f"{path}: the ledger is damaged ({error}); move it away, the next crawl makes it"
                " again from the WARC files"
            ) from error

    def _check(self) -> None:
        (verdict,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)

    @classmethod
    def scratch(cls, path: Path) -> Ledger:
        """A copy in memory of the ledger at ``path``, or an empty one, for a dry run."""
        ledger = cls(Path(":memory:"))
        if path.exists():
            original = cls(path, read_only=True)
            original._db.backup(ledger._db)
            original.close()
        return ledger

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in."""
        self._db.close()

    # The index of captures

    def add_capture(self, row: CaptureRow) -> None:
        """Acknowledge a capture whose records are on the disk."""
        self.add_captures([row])

    def add_captures(self, rows: Iterable[CaptureRow]) -> None:
        """Acknowledge captures; one that is known already stays as it is."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO captures (record_id, warc, offset, length, end, target_uri,"
                " captured_at, status, payload_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        *(row.place.record_id, row.place.warc, row.place.offset, row.place.length),
                        *(row.end, row.target_uri, row.captured_at, row.status),
                        row.payload_digest,
                    )
                    for row in rows
                ),
            )

    def captures(self, *, unharvested: bool = False, warc: str | None = None) -> list[CaptureRow]:
        """The index in the order of writing; all, of one file, or not yet derived from."""
        rows = self._db.execute(
            "SELECT warc, offset, length, record_id, end, target_uri, captured_at, status,"
            " payload_digest FROM captures"
            " WHERE (? = 0 OR harvested = 0) AND (? IS NULL OR warc = ?) ORDER BY rowid",
            (unharvested, warc, warc),
        )
        return [CaptureRow(Place(*row[:4]), *row[4:]) for row in rows]

    def mark_harvested(self, record_id: str) -> None:
        """Remember that the record a capture gives, if any, is written."""
        with self._transaction():
            self._db.execute("UPDATE captures SET harvested = 1 WHERE record_id = ?", (record_id,))

    def committed_length(self, warc: str) -> int:
        """The bytes of the WARC file that hold acknowledged captures; 0 if there are none."""
        query = "SELECT max(end) FROM captures WHERE warc = ?"
        return int(self._db.execute(query, (warc,)).fetchone()[0] or 0)

    def add_file(self, name: str) -> None:
        """Remember that a closed WARC file is wholly indexed."""
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO files (name) VALUES (?)", (name,))

    def files(self) -> set[str]:
        """The closed WARC files that are wholly indexed."""
        return {name for (name,) in self._db.execute("SELECT name FROM files")}

    # The crawl's memory

    def visit(self, key: str) -> Visit | None:
        """What is remembered of a URL, or ``None``."""
        found: Visit | None = self._one(Visit, "SELECT * FROM urls WHERE key = ?", key)
        return found

    def troubled(self) -> Iterator[Visit]:
        """The URLs whose last visit failed or was refused, the longest due first."""
        rows = self._db.execute(
            "SELECT * FROM urls WHERE outcome IN ('failed', 'refused') ORDER BY due_at, key"
        )
        names = [column[0] for column in rows.description]
        return (_decode(dict(zip(names, row, strict=True)), Visit) for row in rows)

    def remember(self, visit: Visit) -> None:
        """Store what is remembered of a URL, in place of what was."""
        self._store("urls", visit)

    def host(self, host: str) -> HostState:
        """What is remembered of a host; nothing yet is a state too."""
        return self._one(HostState, "SELECT * FROM hosts WHERE host = ?", host) or HostState(
            host=host
        )

    def remember_host(self, state: HostState) -> None:
        """Store what is remembered of a host."""
        self._store("hosts", state)

    def begin_run(self, at: datetime) -> int:
        """The number of a run that begins now."""
        with self._transaction():
            query = "INSERT INTO runs (started_at) VALUES (?)"
            return int(self._db.execute(query, (at.isoformat(),)).lastrowid or 0)

    def finish_run(self, run: int, at: datetime, exit_code: int, summary: dict[str, Any]) -> None:
        """Note how a run ended."""
        with self._transaction():
            self._db.execute(
                "UPDATE runs SET finished_at = ?, exit_code = ?, summary = ? WHERE id = ?",
                (at.isoformat(), exit_code, msgspec.json.encode(summary).decode(), run),
            )

    def last_run(self) -> Run | None:
        """The newest run, or ``None`` if there was none."""
        row = self._db.execute(
            "SELECT started_at, finished_at, exit_code, summary FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        began, finished, code, summary = row
        return Run(began, finished, code, msgspec.json.decode(summary) if summary else None)

    def counts(self) -> dict[str, int]:
        """URLs by the outcome of their last visit."""
        return dict(self._db.execute("SELECT outcome, count(*) FROM urls GROUP BY outcome"))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise WriteError(f"{self.path}: cannot write the ledger: {error}") from error

    def _one(self, kind: type[Any], query: str, value: str) -> Any:
        cursor = self._db.execute(query, (value,))
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
        return row and _decode(dict(zip(names, row, strict=True)), kind)

    def _store(self, table: str, value: msgspec.Struct) -> None:
        fields = {
            name: item.isoformat() if isinstance(item, datetime) else item
            for name, item in msgspec.structs.asdict(value).items()
        }
        columns, marks = ", ".join(fields), ", ".join("?" * len(fields))
        with self._transaction():
            self._db.execute(
                f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - our own names
                tuple(fields.values()),
            )


def _decode(row: dict[str, Any], kind: type[Any]) -> Any:
    return msgspec.convert(row, kind, builtin_types=(bytes,), strict=True)


def _read_only_uri(path: Path) -> str:
    name = path.absolute().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Reading takes a shared-memory file beside the ledger, which read-only media do not allow.
    still = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    return f"file:{name}?{'immutable=1' if still else 'mode=ro'}"
