"""The records of an archive, newest version of each article, folded in the order of capture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from eafarchive.archive.files import replace_file, sync_directory
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import Record
from eafarchive.profile import Profile
from eafarchive.record import decode_record, encode_record
from eafarchive.work.drift import Standing, Usual, find_drift, standing_of

Change = Literal["new", "changed", "unchanged", "drifted"]


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

    def put(self, record: Record) -> tuple[Change, tuple[str, ...]]:
        """Write the record unless the one before stays in force; and what speaks against it.

        See `find_drift`. Raises `WriteError`.
        """
        path, profile = self.path_of(record), self._profile_of(record)
        before, now = self._standing(path), standing_of(record, profile)
        drift = find_drift(record, before, profile)
        if before and before.is_same(now):
            return "unchanged", drift
        if before and drift:
            return "drifted", drift
        if before is None:
            drift = (*self._usual.lacks(record, profile), *drift)
        change: Change = "changed" if path.exists() else "new"
        replace_file(path, encode_record(record), self._folder)
        self._unsynced.add(path.parent)
        return change, drift

    def sync(self) -> None:
        """Make every record put so far outlive a power cut; raises `WriteError`."""
        for folder in self._unsynced:
            sync_directory(folder)
        self._unsynced.clear()

    def holds(self, key: str) -> bool:
        """Whether there is a record of the article with that key."""
        return (self._folder / record_path(key)).is_file()

    def path_of(self, record: Record) -> Path:
        """The file of the record's article."""
        return self._folder / record_path(record.key)

    def _standing(self, path: Path) -> Standing | None:
        """What the article's record is compared with; ``None`` without a good one."""
        try:
            record = decode_record(path.read_bytes(), str(path))
        except (FileNotFoundError, DamageError):  # derived data: made again
            return None
        return standing_of(record, self._profile_of(record))
