"""The records that captures give, newest version of each, kept on disk until they are looked at."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import msgspec

from eafarchive.archive.books.database import faults
from eafarchive.discovery.paths import record_path
from eafarchive.model import Record
from eafarchive.record import encode_record
from eafarchive.work.records.drift import Standing, Verdict, judge, standing_of
from eafarchive.work.records.reading import Reader

_CACHE_KIB = 16 << 10


class Draft(msgspec.Struct, frozen=True):
    """What the file of one article must hold."""

    sha256: str
    software: str
    profile_digest: str
    warnings: int
    deflated: bytes | None

    @property
    def data(self) -> bytes:
        """The bytes of the record's file; only where they were kept."""
        assert self.deflated is not None
        return zlib.decompress(self.deflated)


class Drafts:
    """Path below ``records/`` → `Draft`, in a private SQLite file that is gone when it is closed.

    Memory does not grow with the number of records.
    """

    def __init__(self, reader: Reader, *, keep_data: bool) -> None:
        """``keep_data``: keep the records themselves, and not only their digests."""
        self._reader = reader
        self._keep_data = keep_data
        self._path = Path("temporary file")
        self._db = sqlite3.connect("", isolation_level=None)
        with faults(self._path):
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._db.execute(
                "CREATE TABLE drafts (path TEXT PRIMARY KEY, standing BLOB, sha256 TEXT,"
                " software TEXT, profile_digest TEXT, warnings INTEGER, deflated BLOB)"
            )
            self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def put(self, record: Record) -> Verdict:
        """Take the next record, in the order of capture, if it makes a version; the verdict on it.

        Raises `WriteError` if the temporary space is full.
        """
        path, profile = record_path(record.key), self._reader.profile_of(record)
        with faults(self._path):
            query = "SELECT standing FROM drafts WHERE path = ?"
            row = self._db.execute(query, (path,)).fetchone()
            before = msgspec.json.decode(row[0], type=Standing) if row else None
            verdict = judge(record, before, profile)
            if not verdict.makes_version:
                return verdict
            data = encode_record(record)
            made = record.extraction
            self._db.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(path, msgspec.json.encode(standing_of(record, profile))),
                    hashlib.sha256(data).hexdigest(),
                    *(made.software, made.profile_digest, len(made.warnings)),
                    zlib.compress(data, 1) if self._keep_data else None,
                ),
            )
        return verdict

    def get(self, path: str) -> Draft | None:
        """What the file at ``path`` must hold; ``None`` if no capture gives it."""
        query = "SELECT sha256, software, profile_digest, warnings, deflated FROM drafts"
        with faults(self._path):
            # as octets, which a file's name may be any of, and a record's path never is
            query += " WHERE path = CAST(? AS TEXT)"
            row = self._db.execute(query, (os.fsencode(path),)).fetchone()
        return Draft(*row) if row else None

    def paths(self) -> Iterator[str]:
        """The paths, sorted."""
        with faults(self._path):
            for (path,) in self._db.execute("SELECT path FROM drafts ORDER BY path"):
                yield path
