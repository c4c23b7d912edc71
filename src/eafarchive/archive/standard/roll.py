"""The roll of an archive's records: which ids were given, and what may be said of their bearers."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self

import msgspec
from msgspec.structs import astuple

from eafarchive.archive.books.database import faults

_CACHE_KIB = 32 << 10


class Said(msgspec.Struct, frozen=True):
    """What others may refer to in one record."""

    where: str
    kind: str
    target_uri: str = ""
    date: str = ""
    payload_digest: str = ""


class Register(Protocol):
    """What `Roll` offers, and a ``dict`` does for one small file."""

    def get(self, record_id: str, /) -> Said | None:
        """The bearer of an id, or ``None``."""

    def setdefault(self, record_id: str, said: Said, /) -> Said:
        """Give the id to a record, unless another has it; who has it now."""


class Roll:
    """A `Register` of any size: a private SQLite file that is gone when it is closed.

    A million records take some 150 MB of the disk's temporary space, and 32 MB of memory.
    """

    def __init__(self, elsewhere: Callable[[str], Said | None] = lambda _: None) -> None:
        """``elsewhere`` knows of records in files that are not read this time."""
        self._elsewhere = elsewhere
        self._latest_id = ""
        self._latest: Said | None = None
        self._db = sqlite3.connect("", isolation_level=None)
        self._path = Path("temporary file")
        with faults(self._path):
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._db.execute(
                "CREATE TABLE roll (id BLOB PRIMARY KEY, place TEXT, kind TEXT, uri TEXT,"
                " date TEXT, digest TEXT) WITHOUT ROWID"
            )
            self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def get(self, record_id: str, /) -> Said | None:
        """The bearer of an id, or ``None``. Raises `WriteError` if the temporary space is full."""
        if record_id == self._latest_id:
            return self._latest
        return self._read(_key(record_id)) or self._elsewhere(record_id)

    def setdefault(self, record_id: str, said: Said, /) -> Said:
        """Give the id to a record, unless another has it; who has it now.

        Raises `WriteError` if the temporary space is full.
        """
        key = _key(record_id)
        with faults(self._path):
            added = self._db.execute(
                "INSERT OR IGNORE INTO roll VALUES (?, ?, ?, ?, ?, ?)", (key, *astuple(said))
            ).rowcount
        before = None if added else self._read(key)
        if said.date:  # what the records that follow it, and only they, are most likely to name
            self._latest_id, self._latest = record_id, before or said
        if before is None and said.date:
            before = self._elsewhere(record_id)
        return before or said

    def _read(self, key: bytes) -> Said | None:
        with faults(self._path):
            row = self._db.execute(
                "SELECT place, kind, uri, date, digest FROM roll WHERE id = ?", (key,)
            ).fetchone()
        return Said(*row) if row else None


def _key(record_id: str) -> bytes:
    """The 16 octets of a UUID, or the id as it stands."""
    with contextlib.suppress(ValueError):
        digits = bytes.fromhex(record_id.removeprefix("urn:uuid:").replace("-", ""))
        if len(digits) == 16:
            return digits
    return record_id.encode("utf-8", "surrogatepass")
