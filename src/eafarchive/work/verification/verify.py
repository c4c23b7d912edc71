"""Verification: every claim the archive makes about itself, checked against its bytes."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from eafarchive.archive.books.fixity import Measure, Note
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.members import WarcRecord
from eafarchive.archive.captures.writer import OPEN
from eafarchive.archive.directory.holdings import Archive, lock_to_look
from eafarchive.archive.disk.manifest import file_digest
from eafarchive.archive.standard.inspection import Inspection
from eafarchive.archive.standard.references import NO_TARGET
from eafarchive.archive.standard.roll import Roll, Said
from eafarchive.errors import DamageError
from eafarchive.model import Finding
from eafarchive.work.records.ahead import Ahead
from eafarchive.work.records.derive import Derived
from eafarchive.work.records.drafts import Drafts
from eafarchive.work.records.reading import Reader
from eafarchive.work.report.deadline import Progress
from eafarchive.work.verification.absence import Absence
from eafarchive.work.verification.bookkeeping import (
    IndexCheck,
    digest_findings,
    file_size,
    ledger_findings,
    lost_findings,
    manifest_findings,
    measure_findings,
    no_ledger,
    seal_findings,
    stray_findings,
)
from eafarchive.work.verification.evidence import (
    Deriving,
    Evidence,
    SlicedEvidence,
    awaited_records,
)
from eafarchive.work.verification.scope import WHOLE, Scope, chosen_files

NOTE_EVERY = 60.0
"""Seconds after which what was found sound is noted, so that a kill costs no more than that."""
TELL_EVERY = 1 << 20
"""Bytes after which progress is told."""


class Verification:
    """One pass over an archive, or a part of it: WARC files, manifest, ledger, records, strays.

    Memory is that of one WARC file's index. Closed files that are found sound are noted in the
    ledger, with the time.
    """

    def __init__(
        self,
        archive: Archive,
        reader: Reader,
        scope: Scope = WHOLE,
        *,
        stop: threading.Event | None = None,
        progress: Progress = lambda _done, _of: None,
        try_again: Callable[[], bool] = lambda: False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``stop`` ends the pass early, in good order; ``try_again`` as for `lock`."""
        self._archive = archive
        self._reader = reader
        self._scope = scope
        self._stop = stop or threading.Event()
        self._progress = progress
        self._try_again = try_again
        self._clock = clock
        self._sound: list[tuple[str, datetime, Measure | None]] = []
        self._noted_at = time.monotonic()
        self._may_note = os.access(archive.root, os.W_OK)
        self.began = clock()
        self.files = 0
        """WARC files to be looked at, and those that were."""
        self.files_done = 0
        self.bytes = 0
        self.bytes_done = 0
        self.damaged: set[str] = set()
        """WARC files in which something is wrong that only a copy can mend."""
        self._told = 0
        self._absence = Absence(archive)

    @property
    def is_stopped(self) -> bool:
        """Whether it ended before all was looked at."""
        return self.files_done < self.files

    def findings(self) -> Iterator[Finding]:
        """What is wrong, as it is found. Raises `BusyError` while a run writes to the archive."""
        with lock_to_look(self._archive.root, self._try_again, alone=self._may_note) as is_alone:
            self._may_note = is_alone
            of_seal = list(seal_findings(self._archive))
            # no seal is put on what is damaged
            self._may_note &= not any(one.severity == "error" for one in of_seal)
            try:
                ledger = self._archive.ledger()
            except DamageError as error:
                self._may_note = False
                yield no_ledger(self._archive, error)
                yield from self._look(None)
            else:
                with contextlib.closing(ledger):
                    yield from of_seal
                    yield from self._look(ledger)
                self._note(at_once=True)

    def _look(self, ledger: Ledger | None) -> Iterator[Finding]:
        notes: dict[str, Note] = ledger.fixity.all() if ledger else {}
        listed = yield from manifest_findings(self._archive)
        lost = yield from lost_findings(self._archive)
        known = ledger.files() | ledger.committed().keys() if ledger else set()
        self._absence = Absence(self._archive, known | listed.keys(), lost, ledger)
        if ledger:
            yield from ledger_findings(self._archive, ledger, notes, listed)
        files = chosen_files(self._archive, notes, self._scope)
        self.files, self.bytes = len(files), sum(map(file_size, files))
        yield from self._look_at(files, ledger, notes, listed)
        if not self._stop.is_set():
            yield from stray_findings(self._archive)

    def _look_at(
        self,
        files: list[Path],
        ledger: Ledger | None,
        notes: dict[str, Note],
        listed: dict[str, str],
    ) -> Iterator[Finding]:
        whole = self._scope.is_whole
        with (
            Roll(_unread(None if whole else ledger)) as roll,
            Drafts(self._reader, keep_data=False) as drafts,
            # by digests alone no page is read
            Ahead[Derived](1 if self._scope.fixity_only else self._reader.at_once) as ahead,
        ):
            awaited: frozenset[str] = frozenset()
            if ledger and not self._scope.fixity_only:
                awaited = awaited_records(ledger, self._reader)
            deriving = Deriving(self._reader, ahead)
            evidence: Evidence | SlicedEvidence = (
                Evidence(self._archive, deriving, drafts, awaited, self._absence)
                if whole
                else SlicedEvidence(self._archive, deriving, awaited)
            )
            for path in files:
                name = self._archive.name_of(path)
                is_sound = True
                for finding in self._check_file(
                    path, roll, evidence, ledger, notes.get(name, Note()), listed.get(name)
                ):
                    is_sound &= finding.severity != "error"
                    told = self._following(name, self._absence.weigh(finding, self.damaged))
                    is_anothers = told.because not in {None, name}
                    if told.severity == "error" and not told.repair and not is_anothers:
                        self.damaged.add(name)
                    yield from self._absence.sift(told)
                if self._stop.is_set():
                    return
                self.files_done += 1
                self.bytes_done += file_size(path)
                self._tell(self.bytes_done, at_once=True)
                if not is_sound:
                    self._forget(name)
                self._note()
            yield from self._absence.findings()
            if self._scope.fixity_only:
                return
            if isinstance(evidence, Evidence):
                yield from evidence.findings(self.damaged)
            else:
                names = frozenset(self._archive.name_of(path) for path in files)
                yield from evidence.findings(ledger, names, self.damaged)

    def _following(self, name: str, finding: Finding) -> Finding:
        """A finding on a file, and whether it is but what follows from damage found before."""
        is_plain = finding.where == name or finding.what.startswith(NO_TARGET)
        if name in self.damaged and is_plain and finding.severity == "error":
            return replace(finding, because=name)
        return finding

    def _check_file(
        self,
        path: Path,
        roll: Roll,
        evidence: Evidence | SlicedEvidence,
        ledger: Ledger | None,
        note: Note,
        listed: str | None,
    ) -> Iterator[Finding]:
        name = self._archive.name_of(path)
        is_open = path.name.endswith(OPEN)
        if is_open:
            yield Finding("warning", name, "was not closed", "the next crawl closes it")
        try:
            with ThreadPoolExecutor(1) as beside:
                hashing = beside.submit(file_digest, path)
                inspection = Inspection(path, name, roll)
                index = IndexCheck(ledger, name, is_open=is_open) if ledger else None
                if not self._scope.fixity_only:
                    yield from self._inspect(inspection, name, evidence, index)
                sha256 = hashing.result()
        except DamageError as error:
            what = _without(str(error), self._archive.root).removeprefix(f"{name}: ")
            yield Finding("error", name, what, "mend its permissions, or put it back from a copy")
            return
        if self._stop.is_set():
            return
        of_digest = [] if is_open else list(digest_findings(name, sha256, listed, note))
        yield from of_digest
        if index and not self._scope.fixity_only:
            yield from index.end(is_damaged=bool(of_digest))
        if is_open:
            return
        measure = None
        if not self._scope.fixity_only:
            found = Measure(
                *(sha256, file_size(path), inspection.records),
                *(inspection.first_id, inspection.last_id),
            )
            yield from measure_findings(name, found, note)
            measure = found if listed == sha256 else None
        if listed is not None:
            self._sound.append((name, self._clock(), measure))

    def _inspect(
        self,
        inspection: Inspection,
        name: str,
        evidence: Evidence | SlicedEvidence,
        index: IndexCheck | None,
    ) -> Iterator[Finding]:
        for item in inspection:
            if isinstance(item, Finding):
                yield item
                continue
            if isinstance(item, WarcRecord):
                if index:
                    index.take(item)
                yield from evidence.take(item, name)
            elif index:
                index.interrupt()
            if self._stop.is_set():
                return
            self._tell(self.bytes_done + item.offset + item.length)
        yield from evidence.end_file()

    def _tell(self, done: int, *, at_once: bool = False) -> None:
        if at_once or done - self._told >= TELL_EVERY:
            self._told = done
            self._progress(done, self.bytes)

    def _forget(self, name: str) -> None:
        self._sound = [item for item in self._sound if item[0] != name]

    def _note(self, *, at_once: bool = False) -> None:
        """Note in the ledger which files were found sound."""
        is_due = at_once or time.monotonic() - self._noted_at > NOTE_EVERY
        if not (self._may_note and self._sound and is_due):
            return
        with contextlib.closing(Ledger(self._archive.ledger_path)) as ledger:
            for name, at, measure in self._sound:
                if measure:
                    ledger.fixity.note_measure(name, measure)
                ledger.fixity.note_check(name, at, whole=not self._scope.fixity_only)
        self._sound.clear()
        self._noted_at = time.monotonic()


def _unread(ledger: Ledger | None) -> Callable[[str], Said | None]:
    """What is known of records in files that are not read this time: what the ledger says."""

    def find(record_id: str) -> Said | None:
        row = ledger and ledger.capture(record_id)
        if not row:
            return None
        where = f"{row.place.warc}@{row.place.offset}"
        return Said(where, row.kind, row.target_uri, row.captured_at, row.payload_digest)

    return find


def _without(text: str, root: Path) -> str:
    """The error's text without the path of the archive, which every finding is relative to."""
    return text.replace(f"{root}/", "")
