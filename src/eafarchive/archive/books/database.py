"""The ledger's SQLite file: its tables, and opening, checking and changing it in good order."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from eafarchive.archive.books.tables import VERSION, create, migrate
from eafarchive.archive.disk.files import OWNER, refuse_irregular, sync_directory, writing
from eafarchive.errors import ConfigError, DamageError, WriteError

T = TypeVar("T")
LOGS = ("-wal", "-shm")
"""Ends of the names of what SQLite keeps beside a file that is open, or was left so by a crash."""
_ROOM = 1 << 20
"""Bytes free with which SQLite can make them."""
REMEDY = "'eafarchive rebuild' makes it again from the WARC files, and keeps it beside"


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """The file, open and found sound; it is made if need be, but never for reading only.

    An older program's file is brought up to date, and kept as it was beside; for reading only, a
    copy of it in memory is. Raises `ConfigError` for a newer program's file, `DamageError`,
    `WriteError`.
    """
    with contextlib.ExitStack() as stack:
        with faults(path):
            if read_only and not path.exists():
                raise DamageError(f"{path}: is missing; 'eafarchive rebuild' makes it again")
            if not read_only:
                _make_file(path)
            uri = _read_only_uri(path) if read_only else str(path)
            db = sqlite3.connect(uri, uri=read_only, isolation_level=None)
            stack.callback(db.close)
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > VERSION:
                raise ConfigError(f"{path}: was written by a newer eafarchive; upgrade this one")
            if version == 0 and read_only:
                raise DamageError(f"{path}: is empty or no ledger; {REMEDY}")
            if read_only:
                db.execute("PRAGMA query_only = 1")
            else:
                _prepare(db, path)
            (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                verdict = " ".join(verdict.split())
                raise DamageError(f"{path}: the ledger is damaged ({verdict}); {REMEDY}")
        if version == 0:
            with transaction(db, path):
                create(db)
        elif version < VERSION:
            if read_only:
                db, old = _copied(db), db
                old.close()
                stack.callback(db.close)
            else:
                _back_up(db, backup_path(path, version))
            with transaction(db, path):
                migrate(db, version)
        stack.pop_all()
    return db


def rows(db: sqlite3.Connection, path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows that a query gives. Raises as `faults` does."""
    with faults(path):
        return db.execute(query, values).fetchall()


def structs(db: sqlite3.Connection, path: Path, kind: type[T], query: str, *values: Any) -> list[T]:
    """The rows that a query gives, each made a ``kind`` by its columns' names."""
    with faults(path):
        cursor = db.execute(query, values)
        names = [column[0] for column in cursor.description]
        found = (dict(zip(names, row, strict=True)) for row in cursor)
        return [msgspec.convert(row, kind, builtin_types=(bytes,)) for row in found]


def put(db: sqlite3.Connection, table: str, value: msgspec.Struct) -> None:
    """Store a line in place of the one with the same first field; within a transaction."""
    items = msgspec.structs.astuple(value)
    times = (item.isoformat() if isinstance(item, datetime) else item for item in items)
    db.execute(_putting(table, value.__struct_fields__), tuple(times))


@lru_cache
def _putting(table: str, fields: tuple[str, ...]) -> str:
    columns, marks = ", ".join(fields), ", ".join("?" * len(fields))
    key, *others = fields
    updates = ", ".join(f"{name} = excluded.{name}" for name in others)
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
        f" ON CONFLICT ({key}) DO UPDATE SET {updates}"  # and the row keeps its place
    )


def backup_path(path: Path, version: int) -> Path:
    """Where the ledger as an older program left it is kept."""
    return path.with_name(f"{path.name}.version-{version}")


@contextlib.contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A context whose changes are all made, or none; within another one, they are part of it.

    Raises as `faults` does.
    """
    with faults(path):
        if db.in_transaction:
            yield
            return
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
            raise DamageError(f"{path}: is no ledger of ours ({error}); {REMEDY}") from error
        is_ours = not path.exists() or os.access(path, os.R_OK | os.W_OK)
        why = error if is_ours else f"permission denied; {OWNER}"
        raise WriteError(f"{path}: cannot use the ledger: {why}") from error
    except (sqlite3.DatabaseError, msgspec.ValidationError) as error:
        raise DamageError(f"{path}: the ledger is damaged ({error}); {REMEDY}") from error


def _copied(db: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    db.backup(copy)
    return copy


def _back_up(db: sqlite3.Connection, kept: Path) -> None:
    beside = kept.with_name(f".{kept.name}.new")
    with writing(kept):
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    with contextlib.closing(sqlite3.connect(beside, isolation_level=None)) as copy:
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole without a log beside
    with writing(kept):
        beside.rename(kept)
    sync_directory(kept.parent)


def _make_file(path: Path) -> None:
    """Make an empty file, nobody else's to read, where there is none; follow no symbolic link."""
    if str(path) == ":memory:":
        return
    for suffix in ("", *LOGS, "-journal"):
        refuse_irregular(path.with_name(path.name + suffix))
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with writing(path), contextlib.suppress(FileExistsError):
        os.close(os.open(path, flags, 0o600))


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if path.exists():
        with writing(path):
            path.chmod(0o600)
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode not in {"wal", "memory"}:  # SQLite keeps the old mode, and to itself what went wrong
        raise WriteError(f"{path}: cannot keep a write-ahead log here; is the disk in order?")
    db.execute("PRAGMA synchronous = NORMAL")


def _read_only_uri(path: Path) -> str:
    name = path.absolute().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Reading takes a log and a shared-memory file beside the ledger. Only a connection that may
    # write clears them away again; read-only media, and a full disk, do not allow them at all.
    logged = path.with_name(path.name + "-wal").exists()
    is_ours = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if is_ours and (logged or _has_room(path.parent)):
        return f"file:{name}?mode=rw"
    return f"file:{name}?{'mode=ro' if logged else 'immutable=1'}"


def _has_room(folder: Path) -> bool:
    held = os.statvfs(folder)
    return held.f_bavail * held.f_frsize >= _ROOM
