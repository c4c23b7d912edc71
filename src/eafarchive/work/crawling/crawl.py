"""The crawl: lead → capture → archive → record → ledger, politely, and only what is due."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain, islice

import msgspec

from eafarchive import http1
from eafarchive.archive.books.memory import Run
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.directory.holdings import Keeper
from eafarchive.archive.directory.roster import is_before
from eafarchive.discovery.urls import host_of
from eafarchive.errors import EafarchiveError, ExitCode
from eafarchive.model import Lead, NotAnArticle, Record
from eafarchive.work.crawling.night import Night
from eafarchive.work.crawling.plan import Errand
from eafarchive.work.crawling.welcome import Welcome
from eafarchive.work.fetching.answers import Arrival, Trouble
from eafarchive.work.fetching.asking import Asker
from eafarchive.work.fetching.journeys import Driver, Journey, Read
from eafarchive.work.records.drift import judge_astray, judge_refusal
from eafarchive.work.records.reading import Reader
from eafarchive.work.records.shelf import ObstacleError, Shelf
from eafarchive.work.records.trail import Trail
from eafarchive.work.records.visits import Visits
from eafarchive.work.report.deadline import Progress
from eafarchive.work.report.journal import told
from eafarchive.work.report.outcome import Outcome, count
from eafarchive.work.report.summary import Circumstances, Summary

log = logging.getLogger(__name__)

_WITHOUT_END = {None, ExitCode.BUG, ExitCode.DAMAGED, ExitCode.CANNOT_WRITE}
"""Exit codes of runs that did not come to compare all that they saw; ``None``: it was killed."""


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
        self._shelf = Shelf(keeper.archive.root / "records", reader.profile_of)
        self._visits = Visits(keeper.ledger, reader, clock)
        self._clock = clock
        self._summary = summary
        self._circumstances = circumstances
        self._welcome: defaultdict[str, Welcome] = defaultdict(Welcome)
        self._night = Night(keeper, reader, self._shelf, self._visits)
        self._unwritten: set[str] = set()

    def run(self, errands: Iterable[Errand], total: int, progress: Progress) -> None:
        """Go on the errands, in order, about ``total``, and count what became of them.

        Where a host refuses one page after the other, what is left of it is for the next run; only
        what was given is asked for all the same. Raises `WriteError` and `DamageError`; what was
        acknowledged before is safe.
        """
        visits = map(self._visit, filter(self._is_welcome, errands))
        began = self._clock()
        # The first goes alone, so that robots.txt is asked for once, and not by all that begin.
        turns = (self._driver.drive(some, self._shelf.sync) for some in (islice(visits, 1), visits))
        for done, outcome in enumerate(chain.from_iterable(turns), 1):
            self._count(outcome)
            progress(done, max(done, total))
        self._night.end(began, self._summary, self._circumstances)

    def _count(self, outcome: Outcome, *, is_fetched: bool = True) -> None:
        """Count an outcome; that of a record which cannot be written once, however many wait."""
        if outcome.kind == "unwritten" and outcome.url in self._unwritten:
            self._summary.fetched += is_fetched
            return
        if outcome.kind == "unwritten":
            self._unwritten.add(outcome.url)
        count(outcome, self._summary, self._circumstances, is_fetched=is_fetched)

    def _is_welcome(self, errand: Errand) -> bool:
        host = host_of(errand.lead.url)
        welcome = self._welcome[host]
        if not welcome.is_outstayed or errand.is_given:
            return True
        if not welcome.is_told:
            welcome.is_told = True
            row = welcome.rebuffs
            detail = (
                f"{row} pages in a row were refused, failed, blocked or drifted:"
                " the rest is left for now"
            )
            log.warning("%s: %s", host, detail, extra=told("host", host=host, detail=detail))
        return False

    @property
    def records(self) -> int:
        """How many records there are; so long as most are missing, how many there should be."""
        held = self._shelf.count()
        noted = self._ledger.records_noted()
        return noted if _are_missing(held, noted) else held

    def catch_up(self, last: Run | None) -> None:
        """Write the records that the ``last`` run did not come to, and judge what it saw."""
        held, noted = self._shelf.count(), self._ledger.records_noted()
        if _are_missing(held, noted):
            line = f"records: {held} are there, after the last run it was {noted}"
            line += "; 'eafarchive extract' makes them again"
            log.warning("%s", line, extra=told("concern"))
        for line in self._keeper.concerns:
            log.warning("%s", line, extra=told("concern"))
        for line in self._keeper.mended:
            log.warning("%s", line, extra=told("mended"))
        archive, reader = self._keeper.archive, self._reader
        waiting = self._ledger.captures(unharvested=True)
        self._night.catch_up(is_waiting=bool(waiting))
        trail = Trail(archive, reader.is_article)
        rows = [(row, trail.asked(row)) for row in waiting]
        answers = (self._take_up(row, url) for row, url in rows if url is not None)
        for outcome in self._driver.drive(answers, self._shelf.sync):
            if outcome and outcome.kind == "unwritten":
                self._count(outcome, is_fetched=False)
        with self._ledger.together():  # only now: until then they tell what the answers are to
            for row, url in rows:
                if url is None:
                    self._ledger.mark_harvested(row.place.record_id)
        if last and last.exit_code in _WITHOUT_END:
            self._night.judge_last(datetime.fromisoformat(last.started_at))

    def _take_up(self, row: CaptureRow, url: str) -> Journey[Outcome | None]:
        is_answer = row.kind == "revisit" or row.status == 200
        if not is_answer or not self._reader.is_article(url):
            self._ledger.mark_harvested(row.place.record_id)
            return None
        capture = self._keeper.archive.capture_at(row.place)
        arrival = Arrival(capture, *http1.parse_and_digest(capture.response), row)
        if row.kind == "response" and capture.truncated:  # a revisit leaves out its payload
            self._ledger.mark_harvested(row.place.record_id)
            return None
        held = self._shelf.get(self._reader.key(capture.target_uri))
        root = self._keeper.archive.root
        is_past = held is not None and is_before(root, row.place, held.capture)
        lead = Lead(url)
        outcome = yield from self._harvest_guarded(lead, arrival)
        if outcome.kind in {"bug", "unwritten"}:
            return outcome
        if not is_past and self._ledger.captures_of(row.key)[-1] == row:
            then = Visits(self._ledger, self._reader, lambda: arrival.capture.captured_at)
            self._settle(lead, arrival, outcome, then)
        else:  # what came after it is what the ledger has to say
            self._ledger.mark_harvested(row.place.record_id)
        return outcome

    def _visit(self, errand: Errand) -> Journey[Outcome]:
        lead = errand.lead
        welcome = self._welcome[host_of(lead.url)]
        number = welcome.begin()
        known = self._visits.known(lead, conditional=errand.is_conditional)
        arrival = yield from self._asker.follow(
            lead.url, lead.source, known, is_accepted=errand.is_accepted
        )
        is_asked = not (isinstance(arrival, Trouble) and arrival.is_unasked)
        self._summary.audited += errand.is_audit and is_asked
        if isinstance(arrival, Trouble):
            welcome.end(number, is_rebuff=arrival.is_rebuff)
            self._circumstances.broken += arrival.is_broken
            gone = self._visits.failed(lead, arrival)
            self._circumstances.removed += gone is not None and self._visits.is_unlisted(lead)
            if arrival.is_put_off:
                self._summary.put_off += 1
                self._circumstances.firsts.setdefault("later", f"{lead.url}: {arrival.detail}")
            kind = gone or arrival.kind
            return Outcome(kind, lead.url, arrival.detail, is_given=errand.is_given)
        outcome = yield from self._harvest_guarded(lead, arrival)
        if outcome.kind == "not an article" and self._visits.is_awaited(lead):
            outcome = msgspec.structs.replace(outcome, is_old=True)
        welcome.end(number, is_rebuff=outcome.kind in {"blocked", "drifted"})
        if outcome.kind != "bug":
            self._night.saw(outcome)
            moved_from = self._settle(lead, arrival, outcome, self._visits)
            outcome = msgspec.structs.replace(
                outcome, moved_from=moved_from, is_given=errand.is_given
            )
        return outcome

    def _settle(self, lead: Lead, arrival: Arrival, outcome: Outcome, visits: Visits) -> str | None:
        """Note that a capture is done with: a change to the ledger that the driver makes last.

        Records are synced before it, and so outlive a power cut that the mark outlives. Until then
        the next run takes the capture up again. Gives the address that an article which was held
        has moved from.
        """
        moved_from = None
        is_awaited = outcome.kind == "not an article" and visits.awaits(lead)
        if outcome.is_held_back or is_awaited:
            visits.held_back(lead, arrival.capture.target_uri, outcome.kind, outcome.detail)
        else:
            moved_from = visits.arrived(lead, arrival)
        if arrival.row and not (outcome.kind == "unwritten" and self._is_first(arrival.row)):
            self._ledger.mark_harvested(arrival.row.place.record_id)
        return moved_from

    def _is_first(self, row: CaptureRow) -> bool:
        """Whether none with its payload waits for a record yet: each run takes up those that do."""
        waiting = self._ledger.captures(unharvested=True)
        return not any(
            (other.key, other.payload_digest) == (row.key, row.payload_digest)
            for other in waiting
            if other.place != row.place
        )

    def _harvest_guarded(self, lead: Lead, arrival: Arrival) -> Journey[Outcome]:
        try:
            return (yield from self._harvest(lead, arrival))
        except ObstacleError as error:  # one record's trouble
            return Outcome("unwritten", arrival.capture.target_uri, str(error))
        except EafarchiveError:
            raise
        except Exception as error:  # a bug met on one page must not keep the others from being kept
            log.exception("%s: bug", lead.url, extra=told("bug", url=lead.url))
            self._circumstances.bugs += 1
            return Outcome("bug", lead.url, repr(error))

    def _harvest(self, lead: Lead, arrival: Arrival) -> Journey[Outcome]:
        capture, row = arrival.capture, arrival.row
        url = capture.target_uri
        if not self._reader.is_article(url):
            if self._reader.is_article(lead.url):  # a login page's, say, or the home page's
                astray = judge_astray(url)
                return Outcome(astray.kind, lead.url, astray.detail)
            return Outcome("no article's URL", url, "the profile's article_path does not match")
        stored = self._ledger.response_of(row) if row else None
        repeats = row is not None and row.kind == "revisit"
        is_held = self._shelf.holds(self._reader.key(url))
        if row and repeats and is_held and (stored is None or self._visits.is_known(row)):
            return Outcome("unchanged", url)
        if repeats and stored:  # the record's evidence is the response that is repeated
            capture = self._keeper.archive.capture_at(stored.place)
            self._night.sees_again(stored.place)
        digest = None if repeats else arrival.payload_digest
        record = yield Read(capture, stored.place if stored else None, digest)
        if isinstance(record, Record):  # which may have been read before its words were known
            record = self._reader.refusal(record) or record
        if isinstance(record, NotAnArticle):
            verdict, warnings = judge_refusal(record, is_held=is_held), ()
        else:
            verdict, warnings = self._shelf.put(record), record.extraction.warnings
            if verdict.makes_version:
                verdict = self._night.compared(verdict, record)
            elif verdict.kind == "drifted":
                self._night.drifted(record)
        is_known = repeats or arrival.is_unchanged or verdict.instead_of == arrival.payload_digest
        is_other = verdict.kind == "unchanged" and not is_known
        return Outcome(
            "chrome-only" if is_other else verdict.kind,
            url,
            verdict.detail,
            warnings=warnings,
            drift=verdict.against,
            is_held_again=verdict.instead_of is not None,
        )


def _are_missing(held: int, noted: int) -> bool:
    """Whether so many records are gone that they were removed, and not by ``extract``."""
    return held < noted / 2
