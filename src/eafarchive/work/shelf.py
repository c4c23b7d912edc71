"""The records of an archive, newest version of each article, folded in the order of capture."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from eafarchive.archive.files import replace_file, sync_directory
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import Record
from eafarchive.record import decode_record, encode_record
from eafarchive.work.statement import NOTHING, says_the_same, statement

Change = Literal["new", "changed", "unchanged"]


class Shelf:
    """Writes records below one directory.

    A record that says what the one before said is not written: the record keeps pointing to the
    first capture that showed this version of the article.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unsynced: set[Path] = set()

    def put(self, record: Record) -> Change:
        """Write the record unless it says nothing new. Raises `WriteError`."""
        path = self.path_of(record)
        before = self._stored(path)
        if before and says_the_same(before, statement(record)):
            return "unchanged"
        replace_file(path, encode_record(record), self._folder)
        self._unsynced.add(path.parent)
        return "changed" if before else "new"

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

    def _stored(self, path: Path) -> str:
        try:
            return statement(decode_record(path.read_bytes(), str(path)))
        except FileNotFoundError:
            return ""
        except DamageError:
            return NOTHING  # derived data: made again
