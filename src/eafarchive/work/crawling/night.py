"""What the pages of one run say of each other: which of them are no articles, or not believed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import msgspec

from eafarchive.archive.directory.holdings import Keeper
from eafarchive.discovery.urls import host_of
from eafarchive.model import Place, Record
from eafarchive.work.crawling.withdrawal import Withdrawal
from eafarchive.work.records.drift import Verdict
from eafarchive.work.records.notices import (
    CUT,
    DOUBTED,
    MANY,
    REASON,
    Claims,
    capture_digest,
    is_worth_another_look,
    unlist,
    words_digest,
)
from eafarchive.work.records.reading import ACCEPTED, Reader
from eafarchive.work.records.shelf import Shelf
from eafarchive.work.records.visits import GONE_FOR_GOOD, Visits
from eafarchive.work.report.outcome import Outcome, uncount
from eafarchive.work.report.summary import Circumstances, Summary

BAD = 3
"""Pages of articles held that drifted or were blocked, at least, of a night that is not believed;
and they are most of those seen."""


class _Host:
    """What was seen of one host."""

    def __init__(self) -> None:
        self.good = self.bad = 0
        """Pages of articles that were held: those that came, and those held back."""
        self.news: dict[str, int] = {}
        """Where a version was made → failures in a row before."""


class Night:
    """Compares the versions that a run makes with all else that it sees."""

    def __init__(self, keeper: Keeper, reader: Reader, shelf: Shelf, visits: Visits) -> None:
        """Nothing is seen yet."""
        self._root = keeper.archive.root
        self._ledger = keeper.ledger
        self._reader = reader
        self._shelf = shelf
        self._visits = visits
        self._claims = Claims(self._root)
        self._withdrawal = Withdrawal(keeper.archive, reader, shelf, visits)
        self._doubtful: set[str] = set()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._instead: defaultdict[str, set[str]] = defaultdict(set)
        """Digest of words that stood where an article was held, and drifted → where."""

    def catch_up(self, *, is_waiting: bool) -> None:
        """Do to its end what an interrupted run had begun to take back; ``is_waiting``: it has left
        captures that are to be read. Raises `WriteError`.
        """
        if self._reader.notices:
            self._withdrawal.finish(self._ledger, only_listed=not is_waiting)

    def judge_last(self, began: datetime) -> None:
        """Take back what is not believed of a run that came to no end. Raises `WriteError`."""
        visits = self._ledger.visits_since(began)
        for visit in visits:
            if visit.outcome in {"drifted", "blocked"} and visit.failures <= GONE_FOR_GOOD:
                self._hosts[host_of(visit.url)].bad += self._shelf.holds(visit.key)
        if any(host.bad >= BAD for host in self._hosts.values()):
            for visit in visits:
                record = self._shelf.get(visit.key) if visit.outcome == "captured" else None
                if record is not None:
                    host = self._hosts[host_of(visit.url)]
                    if datetime.fromisoformat(record.capture.captured_at or "") >= began:
                        host.news[record.capture.target_uri] = 0
                    else:
                        host.good += 1
            with self._ledger.together():
                self._withdrawal.doubt(self._not_believed())
        self._hosts.clear()

    def compared(self, verdict: Verdict, record: Record) -> Verdict:
        """The verdict on a new version, in view of other pages.

        A page that ends too soon, as none held does, is believed once that is so each time it is
        seen. Once others with the same words are many, no version of those stands: what was made
        of the first is taken back.
        """
        url = record.capture.target_uri
        if verdict.kind == "new" and CUT in verdict.against:
            failures = self._visits.failures(url)
            if failures < GONE_FOR_GOOD and ACCEPTED not in record.extraction.warnings:
                self._withdrawal.doubt({url: failures}, last=url)
                return Verdict("blocked", reason=CUT)
        claim = self._claims.make(record)
        self._doubtful |= {url} if is_worth_another_look(record) else set()
        if claim is None:
            return verdict
        if not claim.is_notice:
            self._doubtful |= {claim.first, url}
            against = (*verdict.against, f"page: the same as {claim.first}, word for word")
            return msgspec.structs.replace(verdict, against=against)
        self._reader.notices.add(claim.digest)
        self._withdrawal.take_back(self._claims.list(claim), last=url)
        return Verdict("blocked", reason=REASON)

    def sees_again(self, place: Place) -> None:
        """Believe a capture that is repeated, unless this night ends as that one did."""
        digest = capture_digest(place.record_id)
        if digest in self._reader.notices:
            self._reader.notices.discard(digest)
            unlist(self._root, digest)

    def drifted(self, record: Record) -> None:
        """Note the words that stood in place of an article held."""
        if digest := words_digest(record):
            self._instead[digest].add(record.capture.target_uri)

    def saw(self, outcome: Outcome) -> None:
        """Note how a visit ended, before the ledger is told of it."""
        host, url = self._hosts[host_of(outcome.url)], outcome.url
        match outcome.kind:
            case "unchanged" | "chrome-only" | "changed":
                host.good += 1
            # what stands there for good says nothing of this night
            case "drifted" | "blocked" if self._visits.failures(url) < GONE_FOR_GOOD:
                host.bad += self._shelf.holds(self._reader.key(url))
        if outcome.kind in {"new", "changed"}:
            host.news[url] = self._visits.failures(url)

    def end(self, began: datetime, summary: Summary, circumstances: Circumstances) -> None:
        """Take back what is not believed in the end, and count it as that. Raises `WriteError`."""
        taken = self._withdrawal
        with self._ledger.together():
            if taken.done:
                taken.take_all_back()
            taken.doubt(self._not_believed())
            for url in sorted(self._doubtful):
                self._visits.look_again(url)
        for one in taken.done:
            if one.visited_at is not None and one.visited_at >= began:
                is_new, is_drift = not one.is_held, one.reason == DOUBTED
                counts = (summary, circumstances)
                uncount(one.url, one.reason, *counts, was_new=is_new, is_drift=is_drift)

    def _not_believed(self) -> dict[str, int]:
        """The addresses of versions that most of what was seen speaks against.

        Those of a host most of whose articles were not to be seen; and those with words that stood
        in place of other articles, too. One that was not believed several times in a row is now,
        and asked for again.
        """
        found: dict[str, int] = {}
        shown = {words for words, urls in self._instead.items() if len(urls) + 1 >= MANY}
        for host in self._hosts.values():
            if host.bad >= BAD and host.bad > host.good:
                found |= host.news
            elif shown:
                found |= {url: n for url, n in host.news.items() if self._words(url) in shown}
        for one in self._withdrawal.done:
            found.pop(one.url, None)
        believed = {url for url, failures in found.items() if failures >= GONE_FOR_GOOD}
        self._doubtful |= believed
        return {url: failures for url, failures in found.items() if url not in believed}

    def _words(self, url: str) -> str | None:
        record = self._shelf.get(self._reader.key(url))
        return words_digest(record) if record else None
