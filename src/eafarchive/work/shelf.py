"""The records of an archive, newest version of each article, folded in the order of capture."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from eafarchive.archive.files import replace_file, sync_directory
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import Record
from eafarchive.profile import Profile
from eafarchive.record import decode_record, encode_record
from eafarchive.work.drift import Usual, Verdict, judge, standing_of


class Shelf:
    """Writes records below one directory.

    A record that says what the one before said is not written: the record keeps pointing to the
    first capture that showed this version of the article.
    """

    def __init__(self, folder: Path, profile_of: Callable[[Record], Profile]) -> None:
        """``profile_of`` gives the profile that a record was made by."""
        self._folder = folder
        self._profile_of = profile_of
        self._usual = Usual(folder)
        self._unsynced: set[Path] = set()

    def put(self, record: Record) -> Verdict:
        """Write the record if it makes a version, and the verdict on it. Raises `WriteError`."""
        path, profile = self._folder / record_path(record.key), self._profile_of(record)
        held = _read(path)
        before = standing_of(held, self._profile_of(held)) if held else None
        verdict = judge(record, before, profile)
        if before is None:
            against = (*self._usual.lacks(record, profile), *verdict.against)
            kind = "changed" if path.exists() else "new"
            verdict = msgspec.structs.replace(verdict, kind=kind, against=against)
        if verdict.makes_version:
            replace_file(path, encode_record(record), self._folder)
            self._unsynced.add(path.parent)
        return verdict

    def sync(self) -> None:
        """Make every record put so far outlive a power cut; raises `WriteError`."""
        for folder in self._unsynced:
            sync_directory(folder)
        self._unsynced.clear()

    def holds(self, key: str) -> bool:
        """Whether there is a record of the article with that key."""
        return (self._folder / record_path(key)).is_file()

    def count(self) -> int:
        """How many files of records there are; 20,000 take a tenth of a second."""
        names = (name for _, _, names in os.walk(self._folder) for name in names)
        return sum(name.endswith(".json") for name in names)

    def get(self, key: str) -> Record | None:
        """The record of the article with that key; ``None`` without a good one."""
        return _read(self._folder / record_path(key))


def _read(path: Path) -> Record | None:
    try:
        return decode_record(path.read_bytes(), str(path))
    except (FileNotFoundError, DamageError):  # derived data: made again
        return None
