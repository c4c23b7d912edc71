"""The ledger's SQLite file: its tables, and opening, checking and changing it in good order."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from eafarchive.archive.files import writing
from eafarchive.errors import ConfigError, DamageError, WriteError

VERSION = 1

_TABLES = """
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
_REMEDY = "move it away, the next crawl makes it again from the WARC files"


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """The file, open and found sound; it is made if need be, but never for reading only.

    Raises `ConfigError` for a newer program's file, `DamageError`, `WriteError`.
    """
    with contextlib.ExitStack() as stack:
        with faults(path):
            if read_only and not path.exists():
                raise DamageError(f"{path}: is missing; the next crawl makes it again")
            uri = _read_only_uri(path) if read_only else str(path)
            db = sqlite3.connect(uri, uri=read_only, isolation_level=None)
            stack.callback(db.close)
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > VERSION:
                raise ConfigError(f"{path}: was written by a newer eafarchive; upgrade this one")
            if version == 0 and read_only:
                raise DamageError(f"{path}: is empty or no ledger; {_REMEDY}")
            if read_only:
                db.execute("PRAGMA query_only = 1")
            else:
                _prepare(db, path)
            (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                verdict = " ".join(verdict.split())
                raise DamageError(f"{path}: the ledger is damaged ({verdict}); {_REMEDY}")
        if version == 0:
            with transaction(db, path):
                for statement in _TABLES.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")
        stack.pop_all()
    return db


@contextlib.contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A context whose changes are all made, or none. Raises as `faults` does."""
    with faults(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def faults(path: Path) -> Iterator[None]:
    """A context in which SQLite's errors become ours, and name the file.

    `WriteError` where the disk or another program is in the way, `DamageError` where the file is
    not what it should be.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # bugs of ours
    except sqlite3.OperationalError as error:
        if "no such" in str(error):  # table, column
            raise DamageError(f"{path}: is no ledger of ours ({error}); {_REMEDY}") from error
        raise WriteError(f"{path}: cannot use the ledger: {error}") from error
    except (sqlite3.DatabaseError, msgspec.ValidationError) as error:
        raise DamageError(f"{path}: the ledger is damaged ({error}); {_REMEDY}") from error


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if path.exists():
        with writing(path):
            path.chmod(0o600)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")


def _read_only_uri(path: Path) -> str:
    name = path.absolute().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Reading takes a log and a shared-memory file beside the ledger. Only a connection that may
    # write clears them away again, and read-only media do not allow them at all.
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return f"file:{name}?mode=rw"
    logged = path.with_name(path.name + "-wal").exists()
    return f"file:{name}?{'mode=ro' if logged else 'immutable=1'}"
