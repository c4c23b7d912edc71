"""What part of an archive one verification looks at."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eafarchive.archive.books.fixity import Note
from eafarchive.archive.captures.writer import OPEN, serial_of
from eafarchive.archive.directory.holdings import Archive

_NEVER = datetime.min.replace(tzinfo=UTC)


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Which WARC files, and how closely. The default is everything, as closely as can be."""

    since: datetime | None = None
    """Only closed files that were not found sound since then."""
    part: tuple[int, int] | None = None
    """``(k, n)``: the k-th of n parts of equal size, counted from 1."""
    share: float | None = None
    """That share, over 0 up to 1, of the bytes: the files longest unchecked."""
    fixity_only: bool = False
    """Hash closed files and compare; do not look into them."""

    @property
    def is_whole(self) -> bool:
        """Whether all that can be found wrong is looked for."""
        return self == WHOLE


WHOLE = Scope()


def chosen_files(archive: Archive, notes: dict[str, Note], scope: Scope) -> list[Path]:
    """The WARC files to look at, in the order of writing; those still open only in a whole pass."""
    files = archive.warc_files()
    if scope.is_whole:
        return files
    files = [path for path in files if not path.name.endswith(OPEN)]
    total = sum(path.stat().st_size for path in files)

    def checked_at(path: Path) -> datetime:
        note = notes.get(archive.name_of(path), Note())
        return (note.hashed_at if scope.fixity_only else note.verified_at) or _NEVER

    if scope.part:
        k, n = scope.part
        files = [path for path in files if _number(path) % n == k - 1]
    if scope.since:
        files = [path for path in files if checked_at(path) < scope.since]
    if scope.share is not None:
        room, taken = scope.share * total, set()
        for path in sorted(files, key=checked_at):
            if room <= 0:
                break
            taken.add(path)
            room -= path.stat().st_size
        files = [path for path in files if path in taken]
    return files


def _number(path: Path) -> int:
    serial = serial_of(path)
    return serial if serial >= 0 else zlib.crc32(path.name.encode())
