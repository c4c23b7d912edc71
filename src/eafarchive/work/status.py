"""What an archive holds, what is due, what fails, and how the last run went."""

from __future__ import annotations

from datetime import datetime

import msgspec

from eafarchive.archive.holdings import Archive
from eafarchive.archive.ledger import Run


class Failing(msgspec.Struct, frozen=True):
    """A URL whose last visit brought nothing."""

    url: str
    outcome: str
    detail: str
    failures: int
    due_at: str | None


class Status(msgspec.Struct, frozen=True):
    """An archive at a glance; sizes in bytes."""

    archive: str
    articles: int
    captures: int
    warc_files: int
    warc_bytes: int
    urls: dict[str, int]
    """Known URLs by the outcome of their last visit."""
    due: int
    """Failing or refused URLs whose time to be asked again has come."""
    failing: tuple[Failing, ...]
    last_run: Run | None


def status(archive: Archive, now: datetime) -> Status:
    """The archive at a glance. Raises `DamageError` if the ledger is damaged or missing."""
    ledger = archive.ledger()
    try:
        troubled = list(ledger.troubled())
        return Status(
            archive=str(archive.root),
            articles=len(archive.record_files()),
            captures=len(ledger.captures()),
            warc_files=len(archive.warc_files()),
            warc_bytes=sum(path.stat().st_size for path in archive.warc_files()),
            urls=ledger.counts(),
            due=sum(visit.due_at is None or visit.due_at <= now for visit in troubled),
            failing=tuple(
                Failing(
                    visit.url,
                    visit.outcome,
                    visit.detail,
                    visit.failures,
                    visit.due_at.isoformat(timespec="seconds") if visit.due_at else None,
                )
                for visit in troubled
            ),
            last_run=ledger.last_run(),
        )
    finally:
        ledger.close()
