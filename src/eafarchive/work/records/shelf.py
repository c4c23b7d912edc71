"""The records of an archive, newest version of each article, folded in the order of capture."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from eafarchive.archive.directory.lost import is_there
from eafarchive.archive.directory.roster import is_before
from eafarchive.archive.disk.files import replace_file, sync_directory, writing
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError, WriteError
from eafarchive.model import Record
from eafarchive.profile import Profile
from eafarchive.record import decode_record, encode_record
from eafarchive.work.records.drift import Usual, Verdict, judge, standing_of
from eafarchive.work.records.reading import ACCEPTED


class ObstacleError(WriteError):
    """Something stands where a record, or a folder of records, belongs: that record has to wait."""


class Shelf:
    """Writes records below one directory of an archive.

    A record that says what the one before said is not written: the record keeps pointing to the
    first capture that showed this version of the article, unless that was in a file that is lost;
    and it does so again once captures of the past turn up, in a file that was put back.
    """

    def __init__(self, folder: Path, profile_of: Callable[[Record], Profile]) -> None:
        """``profile_of`` gives the profile that a record was made by."""
        self._folder = folder
        self._profile_of = profile_of
        self._usual = Usual(folder)
        self._unsynced: set[Path] = set()

    def put(self, record: Record) -> Verdict:
        """Write the record if it makes a version, and the verdict on it.

        Raises `WriteError`, and its `ObstacleError` where none of its name can be written.
        """
        path, profile = self._folder / record_path(record.key), self._profile_of(record)
        held = _read(path)
        before = standing_of(held, self._profile_of(held)) if held else None
        verdict = judge(record, before, profile)
        if before is None:
            against = (*self._usual.lacks(record, profile), *verdict.against)
            kind = "changed" if path.exists() else "new"
            verdict = msgspec.structs.replace(verdict, kind=kind, against=against)
        root = self._folder.parent
        is_past = held is not None and is_before(root, record.capture, held.capture)
        is_same = held is not None and verdict.kind == "unchanged"
        if is_past and verdict.makes_version:
            verdict = msgspec.structs.replace(verdict, kind="unchanged")
        elif verdict.makes_version or (
            held and is_same and (self._is_due(record, held) if is_past else self._lacks(held))
        ):
            if held and is_same and not is_past:
                lost = held.capture.payload_digest
                verdict = msgspec.structs.replace(verdict, instead_of=lost)
            replace_file(path, encode_record(record), self._folder)
            self._unsynced.add(path.parent)
        return verdict

    def put_back(self, key: str, before: Record | None) -> None:
        """Make ``before`` the record of the article with that key, or none; raises `WriteError`."""
        path = self._folder / record_path(key)
        if before is not None:
            replace_file(path, encode_record(before), self._folder)
        else:
            with writing(path):
                path.unlink(missing_ok=True)
        self._unsynced.add(path.parent)

    def _is_due(self, record: Record, held: Record) -> bool:
        """Whether the record of the past may stand for the one held: not if that was accepted."""
        accepted = (ACCEPTED in one.extraction.warnings for one in (record, held))
        return next(accepted) or not next(accepted)

    def _lacks(self, record: Record) -> bool:
        warc = record.capture.warc
        return warc is not None and not is_there(self._folder.parent, warc)

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
        try:
            return _read(self._folder / record_path(key))
        except ObstacleError:
            return None


def _read(path: Path) -> Record | None:
    try:
        return decode_record(path.read_bytes(), str(path))
    except (FileNotFoundError, DamageError):  # derived data: made again
        return None
    except (IsADirectoryError, NotADirectoryError):
        raise ObstacleError(obstacle_at(path)) from None


def obstacle_at(path: Path) -> str | None:
    """What to tell of that which keeps a record's file from being written there, if it does."""
    if path.is_dir():
        return f"{path}: is a folder where a record belongs; move it away"
    there = next(folder for folder in path.parents if folder.exists())
    if not there.is_dir():
        return f"{there}: is a file where a folder of records belongs; move it away"
    return None
