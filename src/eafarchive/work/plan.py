"""Which URLs a run asks for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

import msgspec

from eafarchive.archive.ledger import Ledger
from eafarchive.config import Site
from eafarchive.discovery.urls import canonical_key, url_date
from eafarchive.model import Lead
from eafarchive.work.asking import Asker, Trouble
from eafarchive.work.discover import discover
from eafarchive.work.freshness import is_due
from eafarchive.work.journal import told
from eafarchive.work.journeys import Driver
from eafarchive.work.summary import Circumstances, Summary

log = logging.getLogger(__name__)


class Wishes(msgspec.Struct, frozen=True):
    """What a run is asked to do."""

    urls: tuple[str, ...] = ()
    """Clean URLs to capture, due or not; empty: discover what is due."""
    limit: int | None = None
    """At most so many URLs."""
    since: str | None = None
    """Only articles with this date (``YYYY-MM-DD``) in their URL, or a later one."""
    until: str | None = None
    """Only articles with this date in their URL, or an earlier one."""
    full: bool = False
    """Ask for what is held and unmoved, too."""
    time_limit: float | None = None
    """Seconds after which no request begins; what is left is for the next run."""
    lock_timeout: float = 0.0
    """Seconds to wait for another run to let go of the archive."""


def plan(
    wishes: Wishes,
    sites: tuple[Site, ...],
    asker: Asker,
    driver: Driver,
    ledger: Ledger,
    clock: Callable[[], datetime],
    summary: Summary,
    circumstances: Circumstances,
) -> list[Lead]:
    """The leads to visit: the URLs wished for, else what the sites name and is due.

    Counts what was discovered in ``summary``, and what the sources gave in ``circumstances``.
    """
    if wishes.urls:
        given: dict[str, Lead] = {}
        for url in wishes.urls:
            given.setdefault(canonical_key(url), Lead(url))
        summary.discovered = len(given)
        return list(given.values())[: wishes.limit]
    leads: list[Lead] = []
    for site in sites:
        for found in driver.drive([discover(site, asker)]):
            summary.discovered += len(found.leads)
            circumstances.sources_read += found.sources
            for trouble in found.troubles:
                _count(trouble, circumstances, anything=bool(found.sources))
            now = clock()
            for key, lead in found.leads.items():
                if not _is_wished(lead, site, wishes):
                    continue
                last = ledger.visit(key)
                if is_due(lead, last, now, full=wishes.full):
                    leads.append(lead)
                elif last and last.captured_at and last.lastmod is None and lead.lastmod:
                    # adopted after a crash, which does not tell what the source had said
                    ledger.remember(msgspec.structs.replace(last, lastmod=lead.lastmod))
    return leads[: wishes.limit]


def _is_wished(lead: Lead, site: Site, wishes: Wishes) -> bool:
    if wishes.since is None and wishes.until is None:
        return True
    day = url_date(lead.url, site.profile)
    return day is not None and (wishes.since or day) <= day <= (wishes.until or day)


def _count(trouble: Trouble, circumstances: Circumstances, *, anything: bool) -> None:
    circumstances.put_off += trouble.is_put_off
    if trouble.kind == "robots":
        circumstances.sources_forbidden += 1
    elif trouble.kind != "later":
        circumstances.sources_failed += 1
        circumstances.sources_down += trouble.is_down
    # That one of the usual places holds no sitemap is no news while another one does.
    level = logging.INFO if anything and trouble.status == 404 else logging.WARNING
    fields = told("source", url=trouble.url, outcome=trouble.kind, detail=trouble.detail)
    log.log(level, "%s: %s: %s", trouble.url, trouble.kind, trouble.detail, extra=fields)
