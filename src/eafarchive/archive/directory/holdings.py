"""One archive directory: `Archive` reads it, `Keeper` is the one run that may write to it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import msgspec

from eafarchive.archive.books.fixity import Measure
from eafarchive.archive.books.ledger import FILE_NAME, Ledger
from eafarchive.archive.books.seal import refuse_broken
from eafarchive.archive.captures.gaps import Gap, read_on
from eafarchive.archive.captures.index import CaptureRow, capture_of
from eafarchive.archive.captures.members import Malformed, WarcRecord, read_place
from eafarchive.archive.captures.warc import Entry, Operator
from eafarchive.archive.captures.writer import OPEN, WarcWriter, serial_of
from eafarchive.archive.directory.lost import (
    GIVEN_UP,
    ONCE_FOUND,
    is_there,
    missing_line,
    read_lost,
    refuse_missing,
)
from eafarchive.archive.directory.recovery import recover
from eafarchive.archive.directory.revisits import revisit_of
from eafarchive.archive.directory.roster import Stray, call_roll
from eafarchive.archive.disk.files import make_directory, reading, writing
from eafarchive.archive.disk.manifest import add_to_manifest
from eafarchive.archive.disk.volume import check_room, check_volume
from eafarchive.config import ArchiveSettings
from eafarchive.errors import BusyError, ConfigError, DamageError, WriteError
from eafarchive.model import Capture, Place, Record
from eafarchive.record import SCHEMA, decode_record


def _at_once() -> bool:
    return False


_STORAGE = ArchiveSettings()
_BESIDE = 1 << 20
"""Bytes that go to disk beside an answer, at most: request, record, ledger, manifest."""


class Archive:
    """An archive to read from. Iterating yields each `Record`, by path."""

    def __init__(self, root: Path) -> None:
        """See `open`, which checks."""
        self.root = root
        self.ledger_path = root / FILE_NAME

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The archive at ``path``; raises `ConfigError` if there is none."""
        root = Path(path)
        if root.exists() and not root.is_dir():
            raise ConfigError(f"{root}: is a file; an archive is a folder")
        if not (root / "warc").is_dir():
            raise ConfigError(f"{root}: no archive here; 'eafarchive crawl' makes one")
        return cls(root)

    def __iter__(self) -> Iterator[Record]:
        """The newest record of each article. Raises `DamageError` for a file that is no record."""
        for path in self.record_files():
            yield decode_record(path.read_bytes(), str(path))

    def record_files(self) -> list[Path]:
        """The JSON files of the articles, sorted."""
        return sorted(p for p in (self.root / "records").rglob("*.json") if p.is_file())

    def count_records(self) -> int:
        """How many of these are records, by how they begin."""
        return sum(map(_begins_as_record, self.record_files()))

    def warc_files(self) -> list[Path]:
        """The WARC files, the one being written included, in the order they were begun."""
        return call_roll(self.root).own

    def strays(self) -> list[Stray]:
        """The WARC files in the folder that are not the archive's, and are not read."""
        return call_roll(self.root).strays

    def name_of(self, path: Path) -> str:
        """The path below the archive, as `Place.warc` spells it (never with ``.open``)."""
        return path.relative_to(self.root).as_posix().removesuffix(OPEN)

    def captures(self) -> Iterator[tuple[Place, Capture] | tuple[str, Malformed | Gap]]:
        """Every capture in the WARC files, in the order they were written; and what is damaged.

        After damage it goes on with the next record that is whole.
        """
        for path in self.warc_files():
            name = self.name_of(path)
            with reading(path), path.open("rb") as file:
                for item in read_on(file):
                    if not isinstance(item, WarcRecord):
                        yield name, item
                    elif item.kind == "response":
                        place = Place(name, item.offset, item.length, item.record_id)
                        try:
                            capture = capture_of(item)
                        except ValueError as error:
                            yield name, Malformed(item.offset, item.length, str(error))
                        else:
                            yield place, capture

    def capture_at(self, place: Place) -> Capture:
        """The capture at a place; raises `DamageError` if it does not lie there."""
        path = self.root / place.warc
        still_open = path.with_name(path.name + OPEN)
        if not is_there(self.root, place.warc):
            raise DamageError(missing_line(self.root, [place.warc]))
        if not path.exists():
            path = still_open
        try:
            with reading(path), path.open("rb") as file:
                return capture_of(read_place(file, place))
        except ValueError as error:
            raise DamageError(f"{place.warc}@{place.offset}: {error}") from None

    def ledger(self) -> Ledger:
        """The ledger, for reading."""
        return Ledger(self.ledger_path, read_only=True)


def _begins_as_record(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return SCHEMA.encode() in file.read(64)
    except OSError:  # it is there, and that is all that is asked
        return True


class Keeper:
    """The one run that may write: holds the lock, the ledger and the WARC being written."""

    def __init__(
        self,
        root: Path,
        operator: Operator,
        max_bytes: int,
        try_again: Callable[[], bool] = _at_once,
        storage: ArchiveSettings = _STORAGE,
    ) -> None:
        """Lock the directory (made if need be), mend what the last run left, be ready to write.

        ``mended`` has a line for each thing mended, ``concerns`` one for each that should be known
        of the place; ``try_again`` as for `lock`. Raises `BusyError` if another run holds the
        archive, `ConfigError` if the file system is not fit for one, `DamageError`, `WriteError`.
        """
        with contextlib.ExitStack() as stack:
            for folder in (root / "warc", root / "records"):
                make_directory(folder, root)
            self.archive = Archive(root)
            stack.enter_context(lock(root, try_again=try_again))
            refuse_broken(self.archive.ledger_path)
            self.concerns = check_volume(root, allow_network=storage.allow_network_filesystem)
            self._min_free = storage.min_free_bytes
            self.ledger = Ledger(self.archive.ledger_path)
            stack.callback(self.ledger.close)
            refuse_missing(root, self.ledger)
            self.mended = [one.line for one in recover(root, self.ledger)]
            strays, lost = self.archive.strays(), read_lost(root)
            self.concerns += (f"{s.name}: {s.what}: not read; {s.action}" for s in strays)
            self.concerns += (f"{name}: {GIVEN_UP}; {ONCE_FOUND}" for name in lost)
            self._writer = WarcWriter(
                *(root / "warc", operator, max_bytes),
                on_close=self._file_closed,
                after=max((serial_of(Path(name)) for name in lost), default=-1),
            )
            stack.callback(self._writer.abandon)
            self._held = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close the WARC; after an error it is left for the next start to mend."""
        with self._held:
            if kind is None:
                self._writer.close()

    @property
    def warc_bytes(self) -> int:
        """Bytes written to WARC files by this run."""
        return self._writer.bytes_written

    def append(self, capture: Capture, via: str | None) -> CaptureRow:
        """The index line of the capture, once the WARC is synced and the ledger knows of it."""
        return self.append_all([Entry.of(capture, via)])[0]

    def append_all(self, entries: Sequence[Entry]) -> list[CaptureRow]:
        """As `append`, for captures that arrived together: they share a sync and a transaction.

        Raises `WriteError` before less would be free than must stay so; the WARC is closed then.
        """
        try:
            needed = sum(len(entry.capture.response) for entry in entries) + _BESIDE
            check_room(self.archive.root, needed, self._min_free)
        except WriteError:
            self._writer.close()  # while there is room for that
            raise
        rows = self._writer.append(map(self._compared, entries))
        self.ledger.add_captures(rows)
        return rows

    def _compared(self, entry: Entry) -> Entry:
        """The entry, with what it repeats of what is stored."""
        repeated = revisit_of(entry, self.ledger, self._stored)
        return msgspec.structs.replace(entry, revisit=repeated) if repeated else entry

    def _stored(self, place: Place) -> Capture | None:
        """The capture there, if it can be read, and is whole."""
        try:
            capture = self.archive.capture_at(place)
        except DamageError:
            return None
        return None if capture.truncated else capture

    def _file_closed(self, path: Path) -> None:
        name = self.archive.name_of(path)
        digest = add_to_manifest(self.archive.root, [path])[name]
        measure = Measure(digest, path.stat().st_size, *self._writer.tally)
        self.ledger.fixity.note_measure(name, measure)
        self.ledger.add_file(name)


@contextlib.contextmanager
def lock(
    root: Path, *, shared: bool = False, try_again: Callable[[], bool] = _at_once
) -> Iterator[None]:
    """Hold the archive's directory; the kernel lets go of it when the process ends, however.

    ``shared``: only keep writers out. While another run is in the way, ``try_again`` is asked
    whether to; raises `BusyError` when it says no, by default at once.
    """
    with writing(root):
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        while True:
            try:
                fcntl.flock(descriptor, how | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not try_again():
                    busy = f"{root}: another run is using this archive; try later"
                    raise BusyError(busy) from None
            except OSError as error:
                cannot = f"{root}: this file system cannot lock: {error.strerror}; use a local disk"
                raise ConfigError(cannot) from error
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def lock_to_look(root: Path, try_again: Callable[[], bool], *, alone: bool) -> Iterator[bool]:
    """Keep writers out, ``alone`` if that can be; whether nobody else is looking.

    A writer is waited for as ``try_again`` says, others that look are not. Raises `BusyError`.
    """
    with contextlib.ExitStack() as stack:
        if alone:
            try:
                stack.enter_context(lock(root))
            except BusyError:
                with contextlib.suppress(BusyError):
                    stack.enter_context(lock(root, shared=True))
                    alone = False
                if alone:
                    stack.enter_context(lock(root, try_again=try_again))
        else:
            stack.enter_context(lock(root, shared=True, try_again=try_again))
        yield alone
