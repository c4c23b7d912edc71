"""The ledger made again from the WARC files alone.

The index of captures comes back line for line, by the same code that takes in a file which a crawl
does not know. So does what the captures tell of URLs: that they are held, moved, gone or held back,
with their validators and payload digests, so that the next crawl does not ask for everything again.
Not told by captures, and gone: what was only heard of, the sources' modification times, the notes
on runs and on verifications.

The records that are there spare reading most pages: up to the capture that a record points to,
nothing that happened to its URL matters any more.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eafarchive import http1
from eafarchive.archive.books.database import LOGS
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.seal import break_seal, put_seal, seal_of
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.archive.directory.lost import ONCE_FOUND, give_up, noted_files
from eafarchive.archive.directory.recovery import recover
from eafarchive.archive.disk.files import sync_directory, writing
from eafarchive.discovery.paths import record_path
from eafarchive.model import Capture, Lead, NotAnArticle
from eafarchive.work.fetching.answers import REFUSALS, Arrival, Trouble
from eafarchive.work.records.drafts import Drafts
from eafarchive.work.records.drift import Verdict, judge_astray, judge_refusal
from eafarchive.work.records.reading import Reader
from eafarchive.work.records.shelf import Shelf
from eafarchive.work.records.trail import Trail
from eafarchive.work.records.visits import Visits
from eafarchive.work.verification.bookkeeping import keep_logs, kept_path


class Rebuilt(msgspec.Struct, frozen=True):
    """What `rebuild` made."""

    captures: int
    warc_files: int
    urls: int
    kept: str | None
    """The name of the ledger that was there before."""
    mended: tuple[str, ...]
    """A line for each WARC file taken in, and for each thing mended on the way."""
    is_damaged: bool
    """Whether a WARC file is missing or holds what cannot be read: captures may be lost."""


def rebuild(
    archive: Archive,
    reader: Reader,
    try_again: Callable[[], bool],
    stop: threading.Event | None = None,
) -> Rebuilt | None:
    """Make the ledger again from the WARC files, whatever has become of the one there is.

    It is made beside and put in place whole; the old one is kept. A WARC file that the manifest
    or the old ledger tells of and that is not there is given up as lost. ``try_again`` as for
    `lock`; ``stop`` ends it before it is done: then nothing comes back, and the old ledger is what
    it was.
    Raises `BusyError`, `WriteError`, and `DamageError` if a WARC file cannot be read at all.
    """
    stop = stop or threading.Event()
    path = archive.ledger_path
    beside = path.with_name(f".{path.name}.new")
    with lock(archive.root, try_again=try_again):
        _drop(beside)
        try:
            noted = noted_files(path, beside)
            _drop(beside)
            with contextlib.closing(Ledger(beside)) as ledger:
                mended = recover(archive.root, ledger, stop)
                rows = ledger.captures()
                with ledger.together(), Drafts(reader, keep_data=False) as drafts:
                    replay = _Replay(archive, ledger, reader, drafts)
                    for row in rows:
                        if stop.is_set():
                            break
                        replay.take(row)
                urls = sum(ledger.counts().values())
                files = len(ledger.files())
            if stop.is_set():
                return None
            lost = give_up(archive.root, noted)  # first: the new ledger does not tell of them
            kept = _replace(path, beside)
        finally:
            _drop(beside)
    lines = [one.line for one in mended]
    for name, digest in lost.items():
        told = "" if digest else ", and its SHA-256 is not known"
        lines.append(f"{name}: is missing: given up as lost{told}; {ONCE_FOUND}")
    lines += (f"{s.name}: {s.what}: not read; {s.action}" for s in archive.strays())
    is_damaged = bool(lost) or any(one.is_damaged for one in mended)
    return Rebuilt(len(rows), files, urls, kept, tuple(lines), is_damaged)


class _Replay:
    """Goes through the captures as if they were made now, each at its time."""

    def __init__(self, archive: Archive, ledger: Ledger, reader: Reader, drafts: Drafts) -> None:
        self._archive = archive
        self._ledger = ledger
        self._reader = reader
        self._drafts = drafts
        self._shelf = Shelf(archive.root / "records", reader.profile_of)
        self._recorded: dict[str, str | None] = {}
        """Key → the capture that its record points to, until that is come to."""
        self._now = datetime.min.replace(tzinfo=UTC)
        self._visits = Visits(ledger, reader, lambda: self._now)
        self._trail = Trail(archive, reader.is_article)

    def take(self, row: CaptureRow) -> None:
        """Remember of the row's URL what a crawl would. Raises `DamageError`.

        A capture whose record is yet to be written is left for the next crawl to read.
        """
        verdict = self._take(row)
        if verdict is None or not verdict.makes_version:
            self._ledger.mark_harvested(row.place.record_id)

    def _take(self, row: CaptureRow) -> Verdict | None:
        url = self._trail.asked(row)
        if url is None or not self._reader.is_article(url):
            return None
        if row.kind == "revisit" and self._ledger.response_of(row) is None:
            return None  # what it repeats is lost: the next crawl has to ask, without validators
        self._now = datetime.fromisoformat(row.captured_at)
        capture = self._archive.capture_at(row.place)
        lead = Lead(url)
        trouble = _trouble(row, capture)
        if trouble:
            self._visits.failed(lead, trouble)
            return None
        is_article = self._reader.is_article(row.target_uri)
        verdict = self._judged(row, capture) if is_article else judge_astray(row.target_uri)
        is_none = verdict is not None and verdict.kind == "not an article"
        if verdict and (verdict.is_held_back or (is_none and self._visits.awaits(lead))):
            self._visits.held_back(lead, row.target_uri, verdict.kind, verdict.detail)
        else:
            said = http1.parse(capture.response)
            self._visits.arrived(lead, Arrival(capture, said, row.payload_digest, row))
        return verdict

    def _judged(self, row: CaptureRow, capture: Capture) -> Verdict | None:
        """The verdict on a page; ``None`` where its record is there, or was out of date since."""
        key, shown = self._reader.key(row.target_uri), row
        recorded = self._recorded_at(key)
        if recorded == row.place.record_id:
            self._recorded[key] = None
            if record := self._shelf.get(key):
                self._drafts.put(record)
        if recorded:
            return None
        if row.kind == "revisit":
            repeated = self._ledger.response_of(row)
            if repeated is None or self._visits.is_known(row):
                return None
            shown, capture = repeated, self._archive.capture_at(repeated.place)
        read = self._reader.read(capture, shown.place)
        if isinstance(read, NotAnArticle):
            is_held = self._drafts.get(record_path(key)) is not None
            return judge_refusal(read, is_held=is_held)
        return self._drafts.put(read)

    def _recorded_at(self, key: str) -> str | None:
        """The id of the capture yet to come that the article's record points to, if any."""
        if key not in self._recorded:
            record = self._shelf.get(key)
            row = self._ledger.capture(record.capture.record_id or "") if record else None
            is_key = row and self._reader.key(row.target_uri) == key
            self._recorded[key] = row.place.record_id if row and is_key else None
        return self._recorded[key]


def _trouble(row: CaptureRow, capture: Capture) -> Trouble | None:
    status, url = row.status, row.target_uri
    if row.kind == "revisit" or (status == 200 and not capture.truncated):
        return None
    detail = f"cut off ({capture.truncated})" if capture.truncated else f"status {status}"
    return Trouble("refused" if status in REFUSALS else "failed", url, detail, status)


def _replace(path: Path, beside: Path) -> str | None:
    """Put the new ledger in place of the old one, and give the name that one is kept by.

    The old one's log goes first: it would be taken for the new one's.
    """
    kept = kept_path(path)
    break_seal(path)
    was_there = path.exists()
    with writing(path):
        if was_there:
            _keep(path, kept)
        keep_logs(path, kept)
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
        for path in (beside, seal_of(beside), *(Path(f"{beside}{end}") for end in LOGS)):
            path.unlink(missing_ok=True)
