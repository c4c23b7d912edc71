"""A verification with what is done about its findings, and the counts of both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from eafarchive.archive.captures.gaps import salvage
from eafarchive.archive.directory.holdings import Archive
from eafarchive.model import Finding
from eafarchive.work.records.reading import Reader
from eafarchive.work.report.deadline import Progress
from eafarchive.work.verification.repair import Repair
from eafarchive.work.verification.scope import Scope
from eafarchive.work.verification.verify import Verification


class Totals(msgspec.Struct, frozen=True):
    """Counts of findings, and how far the pass came."""

    errors: int
    warnings: int
    mended: int
    """Findings that a repair takes care of: neither errors nor warnings."""
    files: int
    """WARC files looked at, of so many to be looked at."""
    of_files: int
    bytes: int
    began_at: datetime
    stopped: bool


class Checkup:
    """One pass over an archive; afterwards what can be mended is, and what is whole is saved."""

    def __init__(
        self,
        archive: Archive,
        reader: Reader,
        scope: Scope,
        *,
        repair: bool,
        salvage_to: Path | None,
        stop: threading.Event,
        progress: Progress,
        try_again: Callable[[], bool],
    ) -> None:
        """``try_again`` as for `lock`."""
        self._archive = archive
        self._pass = Verification(
            archive, reader, scope, stop=stop, progress=progress, try_again=try_again
        )
        self._repair = Repair(archive, reader) if repair else None
        self._salvage_to = salvage_to
        self._try_again = try_again
        self._counts = {"error": 0, "warning": 0, "mended": 0}

    def findings(self) -> Iterator[Finding]:
        """What is wrong, as it is found. Raises `BusyError` while a run writes to the archive."""
        for finding in self._pass.findings():
            is_mended = self._repair is not None and finding.repair is not None
            self._counts["mended" if is_mended else finding.severity] += 1
            if self._repair:
                self._repair.take(finding)
            yield finding

    def amends(self, complain: Callable[[str], None]) -> Iterator[str]:
        """One line for each thing done about the findings. Raises as `Repair.mend` does."""
        if self._repair:
            yield from self._repair.mend(self._pass.damaged, complain, self._try_again)
        if self._salvage_to:
            yield from self._salvage(self._salvage_to)

    def totals(self) -> Totals:
        """The counts, as they are by now."""
        errors, warnings, mended = self._counts.values()
        done = self._pass
        return Totals(
            *(errors, warnings, mended, done.files_done, done.files, done.bytes_done),
            *(done.began.replace(microsecond=0), done.is_stopped),
        )

    def _salvage(self, folder: Path) -> Iterator[str]:
        for path in self._archive.warc_files():
            name = self._archive.name_of(path)
            if name in self._pass.damaged:
                saved = salvage(path, folder)
                yield f"{saved.copy}: {saved.records} whole records, {saved.bytes:,} bytes copied"
                for gap in saved.gaps:
                    yield f"{name}@{gap.offset}: {gap.length:,} bytes left out: {gap.reason}"
