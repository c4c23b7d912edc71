"""What each source of a site knows, and what it misses of that which the others and we know."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from eafarchive.archive.books.memory import SourceKind
from eafarchive.config import Settings, Site
from eafarchive.discovery.paths import record_path
from eafarchive.discovery.urls import host_of, is_article
from eafarchive.errors import ExitCode
from eafarchive.model import Lead
from eafarchive.work.crawling.plan import Wishes, count_sources
from eafarchive.work.crawling.run import Clock, scouting, utc_now
from eafarchive.work.fetching.discover import Scout
from eafarchive.work.report.summary import Circumstances, Summary, exit_code


class SourceReport(msgspec.Struct, frozen=True):
    """One source, with the sitemaps below it."""

    url: str
    kind: SourceKind
    knows: int
    misses: tuple[str, ...]
    """Articles that another source names, and this one does not."""


class SourceTrouble(msgspec.Struct, frozen=True):
    """A source that could not be read."""

    url: str
    detail: str


class Reconciliation(msgspec.Struct, frozen=True):
    """The sources beside each other, and beside the archive."""

    sources: tuple[SourceReport, ...]
    troubles: tuple[SourceTrouble, ...]
    articles: int
    """How many articles all sources name together."""
    held: int
    """Of how many of those the archive holds a record."""
    unlisted: tuple[str, ...]
    """Articles of which the archive holds a record and no source names; none unless all sources
    were read that can be."""
    requests: int
    exit_code: ExitCode
    is_cut_short: bool = False
    """Whether it was told to end before all was read: then there is more than it knows."""


def reconcile(settings: Settings, stop: threading.Event, clock: Clock = utc_now) -> Reconciliation:
    """Read every source whole, and compare; no article is asked for, and nothing is written.

    Raises `ConfigError`, `DamageError`.
    """
    summary, circumstances = Summary(), Circumstances()
    named: dict[str, dict[str, str]] = {}
    troubles: list[SourceTrouble] = []

    def note(root: str, articles: Mapping[str, Lead]) -> None:
        known = named.setdefault(root, {})
        known.update((key, lead.url) for key, lead in articles.items())

    with scouting(settings, Wishes(), stop, clock) as (ledger, asker, driver):
        records = settings.archive / "records"
        held = {
            key: url
            for key, url in _articles(ledger.agenda.held(), settings.sites)
            if (records / record_path(key)).is_file()
        }
        for site in settings.sites:
            scout = Scout(site, asker, ledger.agenda, clock, full=True, noted=note)
            for found in driver.drive([scout.discover()]):
                count_sources(found, summary, circumstances)
                troubles += (
                    SourceTrouble(t.url, t.detail) for t in (*found.troubles, *found.absent)
                )
        kinds = {url: state.kind for url in named if (state := ledger.agenda.source(url))}
    every: dict[str, str] = {}
    for known in named.values():
        every.update(known)
    return Reconciliation(
        sources=tuple(
            SourceReport(
                url,
                kinds.get(url, "sitemap"),
                len(known),
                tuple(every[key] for key in every if key not in known),
            )
            for url, known in named.items()
        ),
        troubles=tuple(troubles),
        articles=len(every),
        held=sum(key in held for key in every),
        unlisted=tuple(url for key, url in held.items() if key not in every)
        if named and not stop.is_set()
        else (),
        requests=driver.requests,
        exit_code=exit_code(summary, circumstances),
        is_cut_short=stop.is_set(),
    )


def _articles(
    held: Iterable[tuple[str, str]], sites: tuple[Site, ...]
) -> Iterator[tuple[str, str]]:
    """Of the pages held, the articles of the sites."""
    profiles = {host_of(site.base_url): site.profile for site in sites}
    for key, url in held:
        profile = profiles.get(host_of(url))
        if profile is not None and is_article(url, profile):
            yield key, url
