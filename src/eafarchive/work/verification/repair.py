"""Mending what can be made again from the WARC files, and nothing else.

A WARC file is never touched, and a digest that has changed is never accepted. The ledger that was
found is kept beside the new one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow, index_records
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.archive.directory.recovery import recover
from eafarchive.archive.disk.files import reading, replacing, sync_directory, writing
from eafarchive.errors import DamageError
from eafarchive.model import Finding
from eafarchive.work.records.derive import rewrite_records
from eafarchive.work.records.reading import Reader
from eafarchive.work.verification.bookkeeping import keep_logs, kept_path


class Repair:
    """Takes findings, and then mends what it can."""

    def __init__(self, archive: Archive, reader: Reader) -> None:
        """Nothing is mended yet."""
        self._archive = archive
        self._reader = reader
        self._kinds: set[str] = set()
        self._warcs: set[str] = set()

    def take(self, finding: Finding) -> None:
        """Remember what is to be made again because of a finding."""
        if finding.repair:
            self._kinds.add(finding.repair)
            name = finding.where.partition("@")[0]
            if finding.repair == "ledger" and name.startswith("warc/"):
                self._warcs.add(name)

    def mend(
        self,
        damaged: set[str],
        complain: Callable[[str], None],
        try_again: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """One line for each thing done. What lies in ``damaged`` WARC files is not indexed again.

        ``try_again`` as for `lock`. Raises `WriteError`, and `BusyError` while another run holds
        the archive.
        """
        if self._kinds & {"ledger", "manifest"}:
            with lock(self._archive.root, try_again=try_again):
                yield from self._mend_ledger(damaged)
        if "records" in self._kinds:
            done = rewrite_records(
                *(self._archive, self._reader, complain), remove=False, try_again=try_again
            )
            yield f"records: {done.written} of {done.articles} written again"

    def _mend_ledger(self, damaged: set[str]) -> Iterator[str]:
        path = self._archive.ledger_path
        if "ledger" in self._kinds and path.exists():
            yield self._keep()
        ledger = Ledger(path)
        try:
            yield from (one.line for one in recover(self._archive.root, ledger))
            for warc in sorted(self._warcs - damaged):
                file_path = self._archive.root / warc
                with reading(file_path), file_path.open("rb") as file:
                    rows = [r for r in index_records(file, warc) if isinstance(r, CaptureRow)]
                ledger.add_captures(rows, instead_of=warc)
                yield f"{warc}: {len(rows)} captures indexed again"
            own = self._archive.warc_files()
            ledger.put_in_order([self._archive.name_of(path) for path in own])
        finally:
            ledger.close()

    def _keep(self) -> str:
        """Copy the ledger aside, or move it if it cannot be used any more."""
        path = self._archive.ledger_path
        kept = kept_path(path)
        try:
            Ledger(path, read_only=True).close()
        except DamageError:
            with writing(kept):
                path.rename(kept)
                keep_logs(path, kept)
            sync_directory(kept.parent)
            return f"{path.name}: made again, the damaged one kept as {kept.name}"
        with reading(path), path.open("rb") as file, replacing(kept) as out:
            shutil.copyfileobj(file, out)
        sync_directory(kept.parent)
        return f"{path.name}: mended, as it was kept as {kept.name}"
