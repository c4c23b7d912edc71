"""Appending to WARC files: open, append and sync, rotate, close.

A file is called ``….warc.gz.open`` while it is written and loses the suffix when it is closed.
`WarcWriter.append` returns only when the bytes are on the disk.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from eafarchive.archive.captures.index import CaptureRow, key_of
from eafarchive.archive.captures.warc import (
    Entry,
    Member,
    NewId,
    Operator,
    exchange,
    new_record_id,
    warc_date,
    warcinfo,
)
from eafarchive.archive.disk.files import sync_directory, writing
from eafarchive.errors import WriteError
from eafarchive.model import Place

OPEN = ".open"
_SERIAL = re.compile(r"eafarchive-[0-9]{14}-([0-9]{5,9})\.warc\.gz")
_NAME = re.compile(rf"{_SERIAL.pattern}({re.escape(OPEN)})?")


class WarcWriter:
    """Writes captures to a series of WARC files in one directory; for one thread."""

    def __init__(
        self,
        folder: Path,
        operator: Operator,
        max_bytes: int,
        *,
        on_close: Callable[[Path], None],
        new_id: NewId = new_record_id,
        after: int = -1,
    ) -> None:
        """``on_close`` gets the final path of every file that was closed.

        ``after`` is the highest serial number of files that are not there any more.
        """
        self._folder = folder
        self._operator = operator
        self._max_bytes = max_bytes
        self._on_close = on_close
        self._new_id = new_id
        self._after = after
        self._descriptor = -1
        self._name = ""
        self._warcinfo_id = ""
        self._size = 0
        self._records = 0
        self._last_id = ""
        self.bytes_written = 0
        """Bytes appended over all files, warcinfo included."""

    @property
    def tally(self) -> tuple[int, str, str]:
        """Records of the current file, or of the one just closed; the first's id and the last's."""
        return self._records, self._warcinfo_id, self._last_id

    def append(self, entries: Iterable[Entry]) -> list[CaptureRow]:
        """The index lines of the captures, once all of their records are synced.

        They take one write and one sync, and lie in one file. Raises `WriteError` when the disk
        refuses; the file is then cut back to what was acknowledged and no longer written to.
        """
        if self._descriptor >= 0 and self._size >= self._max_bytes:
            self.close()
        if self._descriptor < 0:
            self._begin(datetime.now(UTC))
        rows: list[CaptureRow] = []
        members: list[Member] = []
        end = self._size
        for entry in entries:
            capture, revisit = entry.capture, entry.revisit
            made = exchange(entry, self._warcinfo_id, self._new_id)
            place = Place(f"warc/{self._name}", end, len(made[0].data), made[0].record_id)
            end += sum(len(member.data) for member in made)
            members += made
            rows.append(
                CaptureRow(
                    place=place,
                    end=end,
                    target_uri=capture.target_uri,
                    captured_at=warc_date(capture.captured_at),
                    status=entry.response.status,
                    payload_digest=revisit.payload_digest if revisit else entry.payload_digest,
                    key=key_of(capture.target_uri),
                    kind="revisit" if revisit else "response",
                    refers_to=revisit.refers_to if revisit else None,
                )
            )
        self._write(members)
        return rows

    def close(self) -> None:
        """Close the current file, if any, under its final name."""
        if self._descriptor < 0:
            return
        path = self._folder / (self._name + OPEN)
        descriptor, self._descriptor = self._descriptor, -1
        with writing(path):
            os.close(descriptor)
        self._on_close(finish(path))

    def abandon(self) -> None:
        """Let go of the current file without closing it; the next start mends it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _begin(self, now: datetime) -> None:
        last = max(self._after, *map(serial_of, self._folder.glob("*.warc.gz*")), -1)
        self._name = f"eafarchive-{now:%Y%m%d%H%M%S}-{last + 1:05d}.warc.gz"
        path = self._folder / (self._name + OPEN)
        with writing(path):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW
            self._descriptor = os.open(path, flags, 0o644)
        self._size = self._records = 0
        self._warcinfo_id = self._new_id()
        self._write([warcinfo(self._operator, self._name, now, self._warcinfo_id)])
        sync_directory(self._folder)

    def _write(self, members: list[Member]) -> None:
        data = b"".join(member.data for member in members)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
        except OSError as error:
            # A failed sync is not tried again on this descriptor: the kernel may have dropped the
            # dirty pages and would report success. What is cut off here was never acknowledged.
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            self.abandon()
            name = self._folder / (self._name + OPEN)
            raise WriteError(f"{name}: cannot write: {error.strerror}") from error
        self._size += len(data)
        self._records += len(members)
        self._last_id = members[-1].record_id
        self.bytes_written += len(data)


def serial_of(path: Path) -> int:
    """The number of a WARC file of ours, counted over the whole archive; -1 for any other file.

    It, and not the timestamp, gives the order of writing: clocks are put back.
    """
    found = _SERIAL.match(path.name)
    return int(found[1]) if found else -1


def is_ours(path: Path) -> bool:
    """Whether a WARC file, closed or being written, is named as we name them."""
    return _NAME.fullmatch(path.name) is not None


def finish(path: Path) -> Path:
    """The final path of a file that ended in ``.open``, once it is renamed and read-only.

    Raises `WriteError`, also if a file of that name exists: nothing is ever overwritten.
    """
    final = path.with_name(path.name.removesuffix(OPEN))
    if os.path.lexists(final):
        raise WriteError(f"{final}: exists already; move one of it and {path.name} away")
    with writing(final):
        path.chmod(0o444)
        path.rename(final)
    sync_directory(path.parent)
    return final
