"""The ledger made again from the WARC files alone.

The index of captures comes back line for line, by the same code that takes in a file which a crawl
does not know. So does what the captures tell of URLs: that they are held, moved or gone, with their
validators and payload digests, so that the next crawl does not ask for everything again. Not told
by captures, and gone: what was only heard of, the sources' modification times, the notes on runs
and on verifications.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eafarchive.archive.files import sync_directory, writing
from eafarchive.archive.holdings import Archive, lock
from eafarchive.archive.index import CaptureRow
from eafarchive.archive.ledger import Ledger
from eafarchive.archive.recovery import recover
from eafarchive.archive.seal import break_seal, put_seal, seal_of
from eafarchive.model import Capture, Lead
from eafarchive.work.asking import REFUSALS, Arrival, Trouble
from eafarchive.work.reading import Reader
from eafarchive.work.shelf import Shelf
from eafarchive.work.trail import Trail
from eafarchive.work.visits import Visits

_UNDER_WAY = 1000
"""More captures than can have been without their records when a run was cut short."""
_LOGS = ("-wal", "-shm")


class Rebuilt(msgspec.Struct, frozen=True):
    """What `rebuild` made."""

    captures: int
    warc_files: int
    urls: int
    kept: str | None
    """The name of the ledger that was there before."""
    mended: tuple[str, ...]
    """A line for each WARC file taken in, and for each thing mended on the way."""


def rebuild(archive: Archive, reader: Reader, try_again: Callable[[], bool]) -> Rebuilt:
    """Make the ledger again from the WARC files, whatever has become of the one there is.

    It is made beside and put in place whole; the old one is kept. ``try_again`` as for `lock`.
    Raises `BusyError`, `WriteError`, and `DamageError` if a WARC file cannot be read at all.
    """
    path = archive.ledger_path
    beside = path.with_name(f".{path.name}.new")
    with lock(archive.root, try_again=try_again):
        _drop(beside)
        try:
            with contextlib.closing(Ledger(beside)) as ledger:
                mended = recover(archive.root, ledger)
                rows = ledger.captures()
                with ledger.together():
                    replay = _Replay(archive, ledger, reader)
                    for row in rows:
                        replay.take(row)
                    for row in _settled(rows, archive, reader):
                        ledger.mark_harvested(row.place.record_id)
                urls = sum(ledger.counts().values())
                files = len(ledger.files())
            kept = _replace(path, beside)
        finally:
            _drop(beside)
    return Rebuilt(len(rows), files, urls, kept, tuple(mended))


class _Replay:
    """Goes through the captures as if they were made now, each at its time."""

    def __init__(self, archive: Archive, ledger: Ledger, reader: Reader) -> None:
        self._archive = archive
        self._reader = reader
        self._now = datetime.min.replace(tzinfo=UTC)
        self._visits = Visits(ledger, reader, lambda: self._now)
        self._trail = Trail(archive, reader.is_article)

    def take(self, row: CaptureRow) -> None:
        """Remember of the row's URL what a crawl would. Raises `DamageError`."""
        url = self._trail.asked(row)
        if url is None or not self._reader.is_article(url):
            return
        self._now = datetime.fromisoformat(row.captured_at)
        capture = self._archive.capture_at(row.place)
        lead = Lead(url)
        trouble = _trouble(row, capture)
        if trouble:
            self._visits.failed(lead, trouble)
        else:
            self._visits.arrived(lead, Arrival(capture, row))


def _trouble(row: CaptureRow, capture: Capture) -> Trouble | None:
    status, url = row.status, row.target_uri
    if row.kind == "revisit" or (status == 200 and not capture.truncated):
        return None
    detail = f"cut off ({capture.truncated})" if capture.truncated else f"status {status}"
    return Trouble("refused" if status in REFUSALS else "failed", url, detail, status)


def _settled(rows: list[CaptureRow], archive: Archive, reader: Reader) -> Iterator[CaptureRow]:
    """The captures whose records, if they give any, are there; the others the next crawl reads."""
    shelf = Shelf(archive.root / "records", reader.profile_of)
    for row in rows[: max(0, len(rows) - _UNDER_WAY)]:
        answers = row.kind == "revisit" or row.status == 200
        is_page = answers and reader.is_article(row.target_uri)
        if not is_page or shelf.holds(reader.key(row.target_uri)):
            yield row
    for row in rows[-_UNDER_WAY:]:
        if not reader.is_article(row.target_uri):
            yield row


def _replace(path: Path, beside: Path) -> str | None:
    """Put the new ledger in place of the old one, and give the name that one is kept by.

    The old one's log goes first: it would be taken for the new one's.
    """
    kept = path.with_name(f"{path.name}.kept-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    break_seal(path)
    was_there = path.exists()
    with writing(path):
        if was_there:
            _keep(path, kept)
        for end in _LOGS:
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(kept.with_name(kept.name + end))
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.rename(path)
    sync_directory(path.parent)
    put_seal(path)
    return kept.name if was_there else None


def _keep(path: Path, kept: Path) -> None:
    """Let the ledger have a second name, or, where files have but one, the other name."""
    try:
        os.link(path, kept)
    except OSError:
        path.rename(kept)


def _drop(beside: Path) -> None:
    with writing(beside):
        for path in (beside, seal_of(beside), *(Path(f"{beside}{end}") for end in _LOGS)):
            path.unlink(missing_ok=True)
