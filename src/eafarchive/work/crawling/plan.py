"""Which URLs a run asks for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

import msgspec

from eafarchive.archive.books.ledger import Ledger
from eafarchive.config import Site
from eafarchive.discovery.urls import canonical_key, host_of, is_article, url_days
from eafarchive.model import Lead
from eafarchive.work.fetching.answers import Trouble
from eafarchive.work.fetching.asking import LONGEST_WAIT, Asker
from eafarchive.work.fetching.discover import Found, Scout
from eafarchive.work.fetching.journeys import Driver
from eafarchive.work.report.journal import told
from eafarchive.work.report.summary import Circumstances, Summary

log = logging.getLogger(__name__)


class Wishes(msgspec.Struct, frozen=True):
    """What a run is asked to do."""

    urls: tuple[str, ...] = ()
    """Clean URLs to capture, due or not; empty: discover what is due."""
    accept: bool = False
    """Take what stands at those URLs for the article, whatever stood there before."""
    limit: int | None = None
    """At most so many URLs."""
    since: str | None = None
    """Only articles, given ones too, with this date (``YYYY-MM-DD``) in their URL, or a later."""
    until: str | None = None
    """Only articles with this date in their URL, or an earlier one."""
    full: bool = False
    """Ask for what is held and unmoved, too, and take nobody's word that it did not change."""
    audit: int | None = None
    """Visit so many of the articles longest unseen; ``None``: as configured."""
    time_limit: float | None = None
    """Seconds after which no request begins; what is left is for the next run."""
    lock_timeout: float = 0.0
    """Seconds to wait for another run to let go of the archive."""


class Errand(msgspec.Struct, frozen=True):
    """A lead to visit."""

    lead: Lead
    is_conditional: bool = False
    """Whether the server's word that nothing changed is good enough."""
    is_audit: bool = False
    """Whether it is visited only because it was unseen the longest."""
    is_given: bool = False
    """Whether this run was asked for it by name."""
    is_accepted: bool = False
    """Whether what is there is to be taken for the article, whatever stood there before."""


class Plan:
    """The errands of one run: the URLs wished for, else what the sites name and is due."""

    def __init__(
        self,
        wishes: Wishes,
        sites: tuple[Site, ...],
        ledger: Ledger,
        clock: Callable[[], datetime],
        audit: int,
    ) -> None:
        """``audit``: how many of the articles longest unseen are visited beside what is due."""
        self._wishes = wishes
        self._sites = {host_of(site.base_url): site for site in sites}
        self._agenda = ledger.agenda
        self._clock = clock
        self._audit = 0 if wishes.full else audit if wishes.audit is None else wishes.audit
        self._is_undated_told = False
        self._given: dict[str, Lead] = {}
        for url in wishes.urls:
            if self._is_of_time(url):
                self._given.setdefault(canonical_key(url), Lead(url))

    def discover(
        self, asker: Asker, driver: Driver, summary: Summary, circumstances: Circumstances
    ) -> None:
        """Have the sites' sources read, and count what they gave. URLs wished for need none."""
        if self._wishes.urls:
            summary.discovered = len(self._given)
            return
        for site in self._sites.values():
            scout = Scout(
                site,
                asker,
                self._agenda,
                self._clock,
                full=self._wishes.full,
                audit=self._audit > 0,
            )
            for found in driver.drive([scout.discover()]):
                count_sources(found, summary, circumstances)
        summary.discovered = self._agenda.known()

    def errands(self) -> Iterator[Errand]:
        """Where to go, in order; at most as many as wished for."""
        return islice(self._all(), self._wishes.limit)

    def total(self) -> int:
        """About how many errands there are; the dates wished for are not looked at."""
        if self._wishes.urls:
            return len(self._given)
        due = self._agenda.count_due(*self._times()) + self._audit
        return due if self._wishes.limit is None else min(due, self._wishes.limit)

    def _all(self) -> Iterator[Errand]:
        if self._wishes.urls:
            accept = self._wishes.accept
            given = self._given.values()
            yield from (Errand(lead, is_given=True, is_accepted=accept) for lead in given)
            return
        began, latest = self._times()
        for visit in self._agenda.due(began, latest):
            if self._is_wished(visit.url):
                lead = Lead(visit.url, source=visit.source)
                yield Errand(lead, is_conditional=not self._wishes.full)
        full = self._wishes.full  # then what is held and no source names is asked for, too
        unseen = self._agenda.longest_unseen(
            began, self._clock(), self._is_wished, None if full else self._audit
        )
        for visit in unseen:
            yield Errand(Lead(visit.url, source=visit.source), is_audit=not full)

    def _times(self) -> tuple[datetime, datetime]:
        now = self._clock()
        return now, now + LONGEST_WAIT

    def _is_wished(self, url: str) -> bool:
        """Whether the URL is an article's on a configured site, and of the time wished for."""
        site = self._sites.get(host_of(url))
        return site is not None and is_article(url, site.profile) and self._is_of_time(url)

    def _is_of_time(self, url: str) -> bool:
        """Whether the date in the URL is of the time wished for."""
        wishes = self._wishes
        if wishes.since is None and wishes.until is None:
            return True
        site = self._sites.get(host_of(url))
        days = url_days(url, site.profile.article_path if site else None)
        if days is None:
            if not self._is_undated_told:
                log.warning("%s: no date in the address: it and its like are passed over", url)
            self._is_undated_told = True
            return False
        first, last = days
        return (wishes.since or last) <= last and first <= (wishes.until or first)


def count_sources(found: Found, summary: Summary, circumstances: Circumstances) -> None:
    """Add to the counts how the sources of a site were read, and log what troubles there were."""
    circumstances.sources_read += found.sources
    troubles = (*found.troubles, *found.absent)
    is_unread = not found.sources and any(one.kind != "later" for one in troubles)
    circumstances.sites_unread += is_unread
    summary.source_warnings += found.warnings or is_unread
    for trouble in found.troubles:
        _count(trouble, summary, circumstances, is_news=trouble.kind != "later")  # told already
    for trouble in found.absent:
        _count(trouble, summary, circumstances, is_news=not found.sources)


def _count(
    trouble: Trouble, summary: Summary, circumstances: Circumstances, *, is_news: bool
) -> None:
    found = f"{trouble.url}: {trouble.detail}"
    if trouble.is_put_off:
        summary.put_off += 1
        circumstances.firsts.setdefault("later", found)
    if trouble.kind == "robots":
        circumstances.sources_forbidden += 1
    elif trouble.kind != "later":
        circumstances.sources_failed += 1
    if is_news:
        circumstances.firsts.setdefault("source", found)
    level = logging.WARNING if is_news else logging.INFO
    fields = told("source", url=trouble.url, outcome=trouble.kind, detail=trouble.detail)
    log.log(level, "%s: %s: %s", trouble.url, trouble.kind, trouble.detail, extra=fields)
