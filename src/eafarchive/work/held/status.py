"""What an archive holds, what is due, what fails, and how the last run went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.memory import Run, Visit
from eafarchive.archive.captures.index import key_of
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.directory.lost import missing_now
from eafarchive.discovery.paths import record_path
from eafarchive.discovery.urls import host_of
from eafarchive.errors import DamageError
from eafarchive.record import decode_record, format_instant
from eafarchive.work.fetching.asking import LONGEST_WAIT

_HELD_BACK = {"blocked", "drifted", "not an article"}
_MADE = "its record was made since, by 'eafarchive extract'"


class Failing(msgspec.Struct, frozen=True):
    """A URL whose last visit brought nothing."""

    url: str
    outcome: str
    detail: str
    failures: int
    is_due: bool
    """Whether it is to be asked for, at ``due_at`` if that is given; if not, the audit comes by."""
    due_at: str | None


class Status(msgspec.Struct, frozen=True):
    """An archive at a glance; sizes in bytes."""

    archive: str
    articles: int
    captures: int
    warc_files: int
    warc_bytes: int
    missing: tuple[str, ...]
    """WARC files that the archive knows of and that are not there: no crawl begins without them."""
    urls: dict[str, int]
    """Known URLs by the outcome of their last visit."""
    due: int
    """URLs to be asked for in the next run: new, moved, or failing and their time has come."""
    waiting: int
    """URLs that would be due, but for their host, which is left alone for now."""
    left_alone: dict[str, str]
    """Hosts that are not asked for anything, and until when."""
    failing: tuple[Failing, ...]
    last_run: Run | None
    last_success: str | None
    """When the last run ended that finished (exit code 0 or 3, or its time limit)."""
    last_fetch: str | None
    """When a page was last seen, anew or unchanged."""
    stale: tuple[str, ...] = ()
    """What is longer ago than was asked for."""


def status(archive: Archive, now: datetime, max_age: timedelta | None = None) -> Status:
    """The archive at a glance, and whether it is as fresh as ``max_age`` asks.

    Raises `DamageError` if the ledger is damaged or missing.
    """
    files = archive.warc_files()
    ledger = archive.ledger()
    try:
        troubled = list(ledger.troubled())
        alone = {one.host: one.due_at for one in ledger.hosts_left_alone(now, now + LONGEST_WAIT)}
        due = ledger.agenda.count_due(now, now + LONGEST_WAIT)
        waiting = 0
        if alone:
            urls = ledger.agenda.due_urls(now, now + LONGEST_WAIT)
            waiting = sum(host_of(url) in alone for url in urls)
        success, fetch = ledger.last_good_run(now), ledger.last_fetch(now)
        return Status(
            archive=str(archive.root),
            articles=archive.count_records(),
            captures=ledger.count_captures(),
            warc_files=len(files),
            warc_bytes=sum(path.stat().st_size for path in files),
            missing=tuple(missing_now(archive.root)),
            urls=ledger.counts(),
            due=due - waiting,
            waiting=waiting,
            left_alone={host: _spelled(until) or "" for host, until in alone.items()},
            failing=tuple(
                Failing(
                    visit.url,
                    visit.outcome,
                    _MADE if _is_made(archive, ledger, visit) else visit.detail,
                    visit.failures,
                    bool(visit.due),
                    visit.due_at.isoformat(timespec="seconds") if visit.due_at else None,
                )
                for visit in troubled
            ),
            last_run=ledger.last_run(),
            last_success=_spelled(success),
            last_fetch=_spelled(fetch),
            stale=tuple(_stale(success, fetch, now, max_age)) if max_age else (),
        )
    finally:
        ledger.close()


def _is_made(archive: Archive, ledger: Ledger, visit: Visit) -> bool:
    """Whether the page that was held back gave the record all the same, by another profile say."""
    captures = ledger.captures_of(key_of(visit.url)) if visit.outcome in _HELD_BACK else []
    newest = ledger.response_of(captures[-1]) if captures else None
    path = archive.root / "records" / record_path(visit.key)
    if newest is None or newest.status != 200 or not path.is_file():
        return False  # the other page stood at another address, to which this one led
    try:
        held = decode_record(path.read_bytes(), str(path))
    except DamageError:
        return False
    return held.capture.record_id == newest.place.record_id


def _stale(
    success: datetime | None, fetch: datetime | None, now: datetime, max_age: timedelta
) -> Iterator[str]:
    """A run can end well night after night and see no page: both are looked at."""
    for what, at in (("no run finished", success), ("no page was fetched", fetch)):
        if at is None:
            yield f"{what} yet"
        elif now - at > max_age:
            yield f"{what} since {_spelled(at)}, {(now - at) / timedelta(days=1):.1f} days ago"


def _spelled(at: datetime | None) -> str | None:
    return format_instant(at.replace(microsecond=0)) if at else None
