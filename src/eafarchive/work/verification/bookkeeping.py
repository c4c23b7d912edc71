"""What the archive keeps about its WARC files, against the files: seal, manifest, notes, index."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Generator, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from eafarchive.archive.books.database import LOGS
from eafarchive.archive.books.database import REMEDY as REBUILD
from eafarchive.archive.books.fixity import Measure, Note
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.seal import check_seal
from eafarchive.archive.captures.index import CaptureRow, Indexer
from eafarchive.archive.captures.members import Malformed, WarcRecord
from eafarchive.archive.captures.writer import OPEN, is_ours
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.directory.lost import (
    GIVEN_UP,
    LOST,
    ONCE_FOUND,
    REMEDY,
    is_there,
    read_lost,
)
from eafarchive.archive.disk.files import reading
from eafarchive.archive.disk.manifest import NAME as MANIFEST
from eafarchive.archive.disk.manifest import read_manifest
from eafarchive.errors import DamageError
from eafarchive.model import Finding, Place

_KEPT = "ledger.sqlite3.kept-"
_TORN = ".warc.gz.torn-"

_COPY = "put it back from a copy"
_NEXT = "the next crawl, or --repair, adds it"
_REINDEX = "let --repair index the file again"
_OWN = re.compile(
    r"warc|records|(?:manifest|lost|notices)-sha256\.txt|ledger\.sqlite3(-wal|-shm|\.sha256|\.version-[0-9]+)?"
)


def seal_findings(archive: Archive) -> Iterator[Finding]:
    """Whether the ledger's bytes are those of the last orderly close."""
    path = archive.ledger_path
    match check_seal(path) if path.exists() else "whole":
        case "broken":
            yield Finding(
                "error",
                path.name,
                "its bytes are not those sealed at the end of the last run",
                f"{_COPY}, or let --repair index the WARC files again and seal it",
                "ledger",
            )
        case "none":
            yield Finding(
                "warning", path.name, "bears no seal: a run did not end", "the next crawl seals it"
            )


def no_ledger(archive: Archive, error: DamageError) -> Finding:
    """What is told of a ledger that cannot be opened."""
    path = archive.ledger_path
    if not path.exists():
        action = "the next crawl, 'eafarchive rebuild' or --repair makes it again"
        return Finding("error", path.name, "is missing", action, "ledger")
    what = str(error).removeprefix(f"{path}: ").removesuffix(f"; {REBUILD}")
    action = "'eafarchive rebuild', or --repair, makes it again, and keeps it beside"
    return Finding("error", path.name, what, action, "ledger")


def manifest_findings(archive: Archive) -> Generator[Finding, None, dict[str, str]]:
    """What is wrong with the manifest as a list; returns what it says."""
    try:
        listed = read_manifest(archive.root)
    except DamageError as error:
        yield Finding("error", MANIFEST, str(error), _COPY)
        return {}
    files = archive.warc_files()
    closed = {archive.name_of(path) for path in files if not path.name.endswith(OPEN)}
    for name in sorted(listed.keys() - closed):
        yield Finding("error", name, "is in the manifest but missing", REMEDY)
    for name in sorted(closed - listed.keys()):
        yield Finding("warning", name, "is not in the manifest", _NEXT, "manifest")
    for path in files:
        if path.name.endswith(OPEN) and archive.name_of(path) in closed:
            what = "is there twice, closed and being written"
            yield Finding("error", archive.name_of(path), what, "move one of them away")
    return listed


def ledger_findings(
    archive: Archive, ledger: Ledger, notes: dict[str, Note], listed: dict[str, str]
) -> Iterator[Finding]:
    """WARC files that the ledger alone knows, and not the manifest, and that are not there."""
    there = {archive.name_of(path) for path in archive.warc_files()} | listed.keys()
    for name in sorted((ledger.committed().keys() | ledger.files() | notes.keys()) - there):
        yield Finding("error", name, "is in the ledger but missing", REMEDY)


def lost_findings(archive: Archive) -> Generator[Finding, None, dict[str, str]]:
    """The WARC files that were given up; returns what the list of them says."""
    try:
        lost = read_lost(archive.root)
    except DamageError as error:
        yield Finding("error", LOST, str(error), _COPY)
        return {}
    for name in sorted(lost):
        if not is_there(archive.root, name):
            yield Finding("warning", name, GIVEN_UP, ONCE_FOUND)
    return lost


def digest_findings(name: str, sha256: str, listed: str | None, note: Note) -> Iterator[Finding]:
    """A closed file's SHA-256 against the manifest, and against what was noted when it closed."""
    if listed is not None and listed != sha256:
        yield Finding("error", name, "its SHA-256 is not the manifest's", _COPY)
    noted = note.measure and note.measure.sha256
    if noted is not None and noted != sha256:
        yield Finding("error", name, "its SHA-256 is not the one noted in the ledger", _COPY)


def measure_findings(name: str, found: Measure, note: Note) -> Iterator[Finding]:
    """A closed file's counts against those noted when it was closed."""
    if (noted := note.measure) is None:
        return
    if found.bytes != noted.bytes:
        what = f"holds {found.bytes} bytes, {noted.bytes} when it was closed"
        yield Finding("error", name, what, _COPY)
    if noted.records is not None and found.records != noted.records:
        what = f"holds {found.records} records, {noted.records} when it was closed"
        yield Finding("error", name, what, _COPY)
    for which, now, then in (
        ("first", found.first_id, noted.first_id),
        ("last", found.last_id, noted.last_id),
    ):
        if then is not None and now != then:
            what = f"its {which} record is {now}, it was {then} when it was closed"
            yield Finding("error", name, what, _COPY)


class IndexCheck:
    """The ledger's index of one file, against its records, taken in order."""

    def __init__(self, ledger: Ledger, warc: str, *, is_open: bool) -> None:
        """``is_open``: the file was not closed, and the ledger need not know its end yet."""
        self._warc = warc
        self._noted: dict[Place, CaptureRow] = {r.place: r for r in ledger.captures(warc=warc)}
        self._committed = max((row.end for row in self._noted.values()), default=0)
        self._is_open = is_open
        self._is_damaged = False
        self._indexer = Indexer(warc)
        self._found: list[tuple[CaptureRow, CaptureRow | None]] = []
        """Captures of which the ledger says otherwise, or nothing."""

    def take(self, record: WarcRecord) -> None:
        """Take the next record."""
        self._compare(self._indexer.take(record))

    def interrupt(self) -> None:
        """Note that something lies here that is no record: what differs, a copy mends."""
        self._is_damaged = True
        self._compare(self._indexer.end())

    def end(self, *, is_damaged: bool) -> Iterator[Finding]:
        """What is wrong with the lines, and those for which there is no record.

        ``is_damaged``: the file is not what it was, whole though its records may be.
        """
        self._is_damaged |= is_damaged
        self._compare(self._indexer.end())
        for row, noted in self._found:
            where = f"{self._warc}@{row.place.offset}"
            if noted is None and self._is_open and row.place.offset >= self._committed:
                what = "the ledger does not know of this capture yet"
                yield Finding("warning", where, what, "the next crawl takes it in")
            elif noted is None:
                what = "the ledger knows nothing of this capture"
                yield self._error(where, what, _REINDEX)
            else:
                what = f"the ledger says otherwise: {_differing(noted, row)}"
                yield self._error(where, what, _REINDEX)
        for place in self._noted:
            what = f"the ledger's capture {place.record_id} is not here"
            where = f"{self._warc}@{place.offset}"
            yield self._error(where, what, f"{_COPY}, or {_REINDEX}")

    def _compare(self, rows: Iterable[CaptureRow | Malformed]) -> None:
        for row in rows:
            if isinstance(row, CaptureRow):  # what is malformed is reported as such
                noted = self._noted.pop(row.place, None)
                if noted != row:
                    self._found.append((row, noted))

    def _error(self, where: str, what: str, action: str) -> Finding:
        if self._is_damaged:
            return Finding("error", where, what, _COPY, because=self._warc)
        return Finding("error", where, what, action, "ledger")


def stray_findings(archive: Archive) -> Iterator[Finding]:
    """Files that nobody owns, and what crashes left."""
    root = archive.root
    for path in sorted(root.iterdir()):
        if path.name.startswith(_KEPT):
            action = "keep it, or delete it once looked at"
            yield Finding("warning", path.name, "was kept by a repair", action)
        elif not _OWN.fullmatch(path.name) or path.is_symlink():
            yield _stray(path, root)
    for stray in archive.strays():
        yield Finding("warning", stray.name, stray.what, stray.action)
    for path in sorted((root / "warc").iterdir()):
        if _TORN in path.name:
            where = path.relative_to(root).as_posix()
            action = "keep it, or delete it once looked at"
            yield Finding("warning", where, "was cut off after a crash", action)
        elif not path.name.endswith((".warc.gz", f".warc.gz{OPEN}")) or not _is_plain(path):
            yield _stray(path, root)
    for path in sorted((root / "records").rglob("*")):
        if not path.is_dir() and (path.suffix != ".json" or not _is_plain(path)):
            yield _stray(path, root)


def is_own(path: Path, root: Path) -> bool:
    """Whether a file was made by the program, by its name; records are not told by theirs."""
    where = path.relative_to(root)
    if not _is_plain(path):
        return False
    if where.parent == Path("warc"):
        return is_ours(path) or _TORN in path.name
    is_named = _OWN.fullmatch(path.name) is not None or path.name.startswith(_KEPT)
    return where.parent == Path() and is_named


def kept_path(ledger: Path) -> Path:
    """Where a ledger is kept that a new one takes the place of: beside it, with the time."""
    return ledger.with_name(f"{_KEPT}{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")


def keep_logs(ledger: Path, kept: Path) -> None:
    """Let what SQLite left beside a ledger follow it to where it is kept."""
    for end in LOGS:
        with contextlib.suppress(FileNotFoundError):
            ledger.with_name(ledger.name + end).rename(kept.with_name(kept.name + end))


def file_size(path: Path) -> int:
    """The file's size in bytes; raises `DamageError`."""
    with reading(path):
        return path.stat().st_size


def _differing(noted: CaptureRow, row: CaptureRow) -> str:
    names = [n for n in CaptureRow.__struct_fields__ if getattr(noted, n) != getattr(row, n)]
    return ", ".join(names)


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _stray(path: Path, root: Path) -> Finding:
    where = path.relative_to(root).as_posix()
    return Finding("warning", where, "belongs to nothing in this archive", "move it away")
