"""The records of an archive, newest version of each article, folded in the order of capture."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from eafarchive.archive.files import replace_file, sync_directory
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import Record
from eafarchive.record import article_digest, decode_record, encode_record

Change = Literal["new", "changed", "unchanged"]


class Shelf:
    """Writes records below one directory.

    A record that says what the one before said is not written: the record keeps pointing to the
    first capture that showed this version of the article.
    """

    def __init__(self, folder: Path, *, afresh: bool = False) -> None:
        """``afresh``: disregard the files that lie there, as if this were the first run."""
        self._folder = folder
        self._digests: dict[str, str] = {}
        self._afresh = afresh
        self._unsynced: set[Path] = set()

    def put(self, record: Record) -> Change:
        """Write the record unless it says nothing new. Raises `WriteError`."""
        path = self.path_of(record)
        digest = article_digest(record)
        before = self._digests.get(record.key) or ("" if self._afresh else self._stored(path))
        self._digests[record.key] = digest
        if before == digest:
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
            return article_digest(decode_record(path.read_bytes(), str(path)))
        except FileNotFoundError:
            return ""
        except DamageError:
            return "damaged"  # derived data: made again
