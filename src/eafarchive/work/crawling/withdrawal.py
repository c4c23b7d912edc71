"""Taking back what was made of pages before it was known that they are no article's."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.directory.holdings import Archive
from eafarchive.errors import ConfigError, DamageError
from eafarchive.model import NotAnArticle, Record
from eafarchive.record import decode_record
from eafarchive.work.held.history import history
from eafarchive.work.records.notices import REASON
from eafarchive.work.records.reading import Reader
from eafarchive.work.records.shelf import Shelf
from eafarchive.work.records.visits import Visits
from eafarchive.work.report.journal import told

log = logging.getLogger(__name__)


class Withdrawn(NamedTuple):
    """An address of which nothing stands any more, or what stood before."""

    url: str
    visited_at: datetime | None
    """When it was seen last."""
    is_held: bool
    """Whether there was an article before, whose record is back."""


class Withdrawal:
    """Puts the record before in place of one whose words are a notice's, or none."""

    def __init__(self, archive: Archive, reader: Reader, shelf: Shelf, visits: Visits) -> None:
        """Nothing is taken back yet."""
        self._archive = archive
        self._reader = reader
        self._shelf = shelf
        self._visits = visits
        self.done: list[Withdrawn] = []
        """What was, in this run."""

    def take_back(self, urls: Iterable[str], last: str = "") -> None:
        """Take back the records made from these addresses, which are due again.

        ``last``, the address of one, is told of by its own visit. Raises `WriteError`.
        """
        for url in urls:
            record = self._shelf.get(self._reader.key(url))
            if record is None or not self._reader.refusal(record):
                continue
            before = self._before(url)
            self._shelf.put_back(record.key, before)
            if url != last:
                fields = told("visit", url=url, outcome="blocked", detail=REASON)
                log.warning("%s: blocked: %s", url, REASON, extra=fields)
                is_held = before is not None
                seen = self._visits.taken_back(url, REASON, is_held=is_held)
                self.done.append(Withdrawn(url, seen, is_held))

    def take_all_back(self) -> None:
        """Take back all such records, those of earlier runs, too. Raises `WriteError`."""
        self.take_back(filter(None, map(self._refused, self._archive.record_files())))
        self._shelf.sync()

    def finish(self, ledger: Ledger) -> None:
        """Do to its end what an interrupted run had begun to take back. Raises `WriteError`."""
        self.take_all_back()
        for key, url in list(ledger.agenda.held()):
            newest = [row for row in ledger.captures_of(key) if row.status == 200][-1:]
            for row in newest if not self._shelf.holds(key) else ():
                shown = ledger.response_of(row)
                capture = shown and self._archive.capture_at(shown.place)
                page = capture and self._reader.read(capture, row.place)
                if isinstance(page, NotAnArticle) and page.reason == REASON:
                    self._visits.taken_back(url, REASON, is_held=False)

    def _refused(self, file: Path) -> str | None:
        try:
            record = decode_record(file.read_bytes(), str(file))
        except DamageError:
            return None
        return record.capture.target_uri if self._reader.refusal(record) else None

    def _before(self, url: str) -> Record | None:
        """The record that was in force before; ``None`` without one."""
        with contextlib.suppress(ConfigError):  # of a capture that the ledger is yet to be told of
            versions = history(self._archive, self._reader, url).versions
            return versions[-1].record if versions else None
        return None
