"""Taking back what was made of pages before it was known that they are no article's."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from eafarchive.archive.holdings import Archive
from eafarchive.archive.ledger import Ledger
from eafarchive.errors import ConfigError, DamageError
from eafarchive.model import Record
from eafarchive.record import decode_record
from eafarchive.work.history import history
from eafarchive.work.journal import told
from eafarchive.work.notices import REASON
from eafarchive.work.reading import Reader
from eafarchive.work.shelf import Shelf
from eafarchive.work.visits import Visits

log = logging.getLogger(__name__)


class Withdrawn(NamedTuple):
    """An address of which nothing stands any more, or what stood before."""

    url: str
    visited_at: datetime | None
    """When it was seen last."""
    is_held: bool
    """Whether there was an article before, whose record is back."""


def withdraw(
    archive: Archive, reader: Reader, shelf: Shelf, visits: Visits, last: str = ""
) -> Iterator[Withdrawn]:
    """Put the record before in place of each whose words are a notice's, or none; all are due.

    ``last``, the address of one, is told of by its own visit. Raises `WriteError`.
    """
    for file in archive.record_files():
        try:
            record = decode_record(file.read_bytes(), str(file))
        except DamageError:
            continue
        if reader.refusal(record):
            url = record.capture.target_uri
            before = _before(archive, reader, url)
            shelf.put_back(record.key, before)
            if url == last:
                continue
            fields = told("visit", url=url, outcome="blocked", detail=REASON)
            log.warning("%s: blocked: %s", url, REASON, extra=fields)
            yield _due(visits, url, before)


def finish(archive: Archive, ledger: Ledger, reader: Reader, shelf: Shelf, visits: Visits) -> None:
    """Do to its end what an interrupted run had begun to take back."""
    for _ in withdraw(archive, reader, shelf, visits):
        pass
    for key, url in list(ledger.agenda.held()):
        newest = [row for row in ledger.captures_of(key) if row.status == 200][-1:]
        for row in newest if not shelf.holds(key) else ():
            shown = ledger.response_of(row)
            page = shown and reader.read(archive.capture_at(shown.place), shown.place)
            if page and not isinstance(page, Record) and page.reason == REASON:
                _due(visits, url, None)


def _before(archive: Archive, reader: Reader, url: str) -> Record | None:
    """The record that was in force before; ``None`` without one."""
    with contextlib.suppress(ConfigError):  # of a capture that the ledger is yet to be told of
        versions = history(archive, reader, url).versions
        return versions[-1].record if versions else None
    return None


def _due(visits: Visits, url: str, before: Record | None) -> Withdrawn:
    is_held = before is not None
    return Withdrawn(url, visits.taken_back(url, REASON, is_held=is_held), is_held)
