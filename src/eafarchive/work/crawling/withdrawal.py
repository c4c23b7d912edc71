"""Taking back what was made of pages before it was known that they are no article's."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.directory.holdings import Archive
from eafarchive.errors import ConfigError, DamageError
from eafarchive.model import NotAnArticle, Record
from eafarchive.record import decode_record
from eafarchive.work.held.history import history
from eafarchive.work.records.notices import REASONS, capture_digest, list_all, listed_addresses
from eafarchive.work.records.reading import ACCEPTED, Reader
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
    reason: str


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

    def doubt(self, news: dict[str, int], last: str = "") -> None:
        """Take back the versions made at these addresses, each with its failures before, whatever
        they say; what the archivist accepted stays. ``last`` as below. Raises `WriteError`.
        """
        found: dict[str, str] = {}
        for url in news:
            record = self._shelf.get(self._reader.key(url))
            if record is not None and ACCEPTED not in record.extraction.warnings:
                found[url] = capture_digest(record.capture.record_id or "")
        if found:
            list_all(self._archive.root, found)
            self._reader.notices.update(found.values())
            self.take_back(found, last, news)

    def take_back(
        self, urls: Iterable[str], last: str = "", failures: Mapping[str, int] | None = None
    ) -> None:
        """Take back the records made from these addresses, which are due again.

        ``last``, the address of one, is told of by its own visit. ``failures`` in a row before.
        Raises `WriteError`.
        """
        for url in urls:
            record = self._shelf.get(self._reader.key(url))
            refusal = record and self._reader.refusal(record)
            if record is None or not refusal:
                continue
            before = self._before(url)
            self._shelf.put_back(record.key, before)
            if url != last:
                why, is_held = refusal.reason, before is not None
                fields = told("visit", url=url, outcome="blocked", detail=why)
                log.warning("%s: blocked: %s", url, why, extra=fields)
                failed = (failures or {}).get(url, 0) + 1
                seen = self._visits.taken_back(url, why, is_held=is_held, failures=failed)
                self.done.append(Withdrawn(url, seen, is_held, why))

    def take_all_back(self) -> None:
        """Take back all such records, those of earlier runs, too. Raises `WriteError`."""
        self.take_back(filter(None, map(self._refused, self._archive.record_files())))
        self._shelf.sync()

    def finish(self, ledger: Ledger, *, only_listed: bool) -> None:
        """Do to its end what an interrupted run had begun to take back. Raises `WriteError`.

        ``only_listed``: at the addresses alone that are listed, which are all whose captures are.
        """
        if only_listed:
            listed = listed_addresses(self._archive.root)
            self.take_back(listed)
            self._shelf.sync()
            held = [(self._reader.key(url), url) for url in listed]
        else:
            self.take_all_back()
            held = list(ledger.agenda.held())
        for key, url in held:
            if self._shelf.holds(key):
                continue
            for row in [row for row in ledger.captures_of(key) if row.status == 200][-1:]:
                shown = ledger.response_of(row)
                capture = shown and self._archive.capture_at(shown.place)
                page = capture and self._reader.read(capture, row.place)
                if isinstance(page, NotAnArticle) and page.reason in REASONS:
                    self._visits.taken_back(url, page.reason, is_held=False)

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
