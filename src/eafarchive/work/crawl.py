"""The crawl: lead → capture → archive → record → ledger, politely, and only what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from eafarchive.archive.holdings import Keeper
from eafarchive.archive.index import CaptureRow
from eafarchive.archive.ledger import Visit
from eafarchive.discovery.manners import next_due
from eafarchive.discovery.urls import canonical_key
from eafarchive.errors import EafarchiveError
from eafarchive.model import Lead, NotAnArticle
from eafarchive.work.asking import Arrival, Asker, Trouble
from eafarchive.work.journal import told
from eafarchive.work.journeys import Driver, Journey, Read
from eafarchive.work.reading import Reader
from eafarchive.work.shelf import Shelf
from eafarchive.work.summary import Circumstances, Summary

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many of how many URLs are done."""


class Outcome(msgspec.Struct, frozen=True):
    """How the visit of one lead ended."""

    kind: Literal[
        "new",
        "changed",
        "unchanged",
        "not an article",
        "no article's URL",
        "robots",
        "refused",
        "failed",
        "later",
        "bug",
    ]
    url: str
    detail: str = ""
    has_warnings: bool = False


class Crawl:
    """Visits leads and keeps what they bring."""

    def __init__(
        self,
        keeper: Keeper,
        asker: Asker,
        driver: Driver,
        reader: Reader,
        clock: Callable[[], datetime],
        summary: Summary,
        circumstances: Circumstances,
    ) -> None:
        """Nothing is asked yet. ``clock`` gives aware UTC; the last two take the counts."""
        self._keeper = keeper
        self._ledger = keeper.ledger
        self._asker = asker
        self._driver = driver
        self._reader = reader
        self._shelf = Shelf(keeper.archive.root / "records")
        self._clock = clock
        self._summary = summary
        self._circumstances = circumstances

    def run(self, leads: list[Lead], progress: Progress) -> None:
        """Visit the leads, in order, and count what became of them.

        Raises `WriteError` and `DamageError`; what was acknowledged before is safe.
        """
        outcomes = self._driver.drive((self._visit(lead) for lead in leads), self._shelf.sync)
        for done, outcome in enumerate(outcomes, 1):
            self._count(outcome)
            progress(done, len(leads))

    def catch_up(self) -> None:
        """Write the records that an interrupted run did not come to."""
        for line in self._keeper.concerns:
            log.warning("%s", line, extra=told("concern"))
        for line in self._keeper.mended:
            log.warning("%s", line, extra=told("mended"))
        rows = self._ledger.captures(unharvested=True)
        for _ in self._driver.drive((self._take_up(row) for row in rows), self._shelf.sync):
            pass

    def _take_up(self, row: CaptureRow) -> Journey[None]:
        is_answer = row.kind == "response" and row.status == 200
        if is_answer and self._reader.is_article(row.target_uri):
            arrival = Arrival(self._keeper.archive.capture_at(row.place), row)
            lead = Lead(row.target_uri)
            outcome = yield from self._harvest_guarded(lead, arrival)
            if outcome.kind != "bug":
                self._settle(lead, arrival)
        else:
            self._ledger.mark_harvested(row.place.record_id)

    def _visit(self, lead: Lead) -> Journey[Outcome]:
        arrival = yield from self._asker.follow(lead.url, lead.source)
        if isinstance(arrival, Trouble):
            if arrival.kind != "later":
                self._remember_trouble(lead, arrival)
            self._circumstances.put_off += arrival.is_put_off
            return Outcome(arrival.kind, lead.url, arrival.detail)
        outcome = yield from self._harvest_guarded(lead, arrival)
        if outcome.kind != "bug":
            self._settle(lead, arrival)
        return outcome

    def _settle(self, lead: Lead, arrival: Arrival) -> None:
        """Note that a capture is done with: a change to the ledger that the driver makes last.

        Records are synced before it, and so outlive a power cut that the mark outlives. Until then
        the next run takes the capture up again.
        """
        if not arrival.capture.truncated:
            self._remember_captured(lead, arrival)
        if arrival.row:
            self._ledger.mark_harvested(arrival.row.place.record_id)

    def _harvest_guarded(self, lead: Lead, arrival: Arrival) -> Journey[Outcome]:
        try:
            return (yield from self._harvest(arrival))
        except EafarchiveError:
            raise
        except Exception as error:  # a bug met on one page must not keep the others from being kept
            log.exception("%s: bug", lead.url, extra=told("bug", url=lead.url))
            self._circumstances.bugs += 1
            return Outcome("bug", lead.url, repr(error))

    def _harvest(self, arrival: Arrival) -> Journey[Outcome]:
        capture, row = arrival.capture, arrival.row
        url = capture.target_uri
        stored = self._ledger.response_of(row) if row else None
        place = stored.place if stored else None
        if stored and stored is not row:  # a revisit: the record's evidence is what it repeats
            capture = self._keeper.archive.capture_at(stored.place)
        if not self._reader.is_article(url):
            outcome = Outcome("no article's URL", url, "the profile's article_path does not match")
        else:
            record = yield Read(capture, place)
            if isinstance(record, NotAnArticle):
                outcome = Outcome("not an article", url, record.reason)
            else:
                change = self._shelf.put(record)
                outcome = Outcome(change, url, has_warnings=bool(record.extraction.warnings))
        return outcome

    def _key(self, url: str) -> str:
        return canonical_key(url, self._reader.profile_for(url))

    def _remember_captured(self, lead: Lead, arrival: Arrival) -> None:
        now = self._clock()
        url = arrival.capture.target_uri
        asked, got = self._key(lead.url), self._key(url)
        for key in dict.fromkeys((asked, got)):
            before = self._ledger.visit(key)
            known = before and before.captured_at == arrival.capture.captured_at
            lastmod = before.lastmod if before and known else lead.lastmod
            self._ledger.remember(
                Visit(
                    key=key,
                    url=url if key == got else lead.url,
                    outcome="captured" if key == got else "redirected",
                    detail="" if key == got else url,
                    lastmod=lastmod,
                    visited_at=now,
                    captured_at=arrival.capture.captured_at,
                )
            )

    def _remember_trouble(self, lead: Lead, trouble: Trouble) -> None:
        key, now = self._key(lead.url), self._clock()
        before = self._ledger.visit(key)
        failures = 0 if trouble.kind == "robots" else (before.failures if before else 0) + 1
        due = next_due(failures - 1, now, trouble.retry_after, key) if failures else None
        self._ledger.remember(
            Visit(
                key=key,
                url=lead.url,
                outcome="failed" if trouble.kind == "failed" else "refused",
                detail=trouble.detail,
                lastmod=before.lastmod if before else None,
                visited_at=now,
                captured_at=before.captured_at if before else None,
                failures=failures,
                due_at=due,
            )
        )

    def _count(self, outcome: Outcome) -> None:
        summary, kind = self._summary, outcome.kind
        if kind in {"new", "changed", "unchanged", "not an article", "no article's URL"}:
            summary.fetched += 1
        match kind:
            case "new" | "changed" | "unchanged":
                summary.articles += 1
                summary.warnings += outcome.has_warnings
                setattr(summary, kind, getattr(summary, kind) + 1)
            case "not an article":
                summary.warnings += 1
                self._circumstances.misfits += 1
            case "no article's URL":
                summary.warnings += 1
            case "robots":
                summary.refused += 1
                self._circumstances.forbidden_by_robots += 1
            case "refused":
                summary.refused += 1
            case "failed":
                summary.failed += 1
        level = (
            logging.INFO if kind in {"new", "changed", "unchanged", "robots"} else logging.WARNING
        )
        log.log(
            level,
            "%s: %s%s",
            outcome.url,
            kind,
            f": {outcome.detail}" * bool(outcome.detail),
            extra=told("visit", url=outcome.url, outcome=kind, detail=outcome.detail),
        )
