"""Where the reading of a site's sources begins: what the configuration and robots.txt name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from eafarchive.archive.books.agenda import Agenda
from eafarchive.archive.books.memory import SourceKind, SourceState
from eafarchive.config import Site
from eafarchive.discovery.manners import Robots
from eafarchive.discovery.urls import canonical_key, host_of, is_article, resolve
from eafarchive.model import Lead
from eafarchive.record import SOFTWARE
from eafarchive.work.fetching.answers import Trouble

LOST = "robots.txt names it no more; it is read all the same: name it under 'sitemaps' to keep it"


class Turn(msgspec.Struct, frozen=True):
    """A source to be read; ``root`` is the one by way of which it was found."""

    url: str
    kind: SourceKind
    depth: int
    root: str


class Roots:
    """The sources of a site that no other source need name."""

    def __init__(self, site: Site, rules: Robots, agenda: Agenda) -> None:
        """Note what the robots.txt names; one that cannot be read is taken to say what it said."""
        self._site = site
        self._rules = rules
        self._agenda = agenda
        self._robots = resolve(site.base_url, "/robots.txt") or site.base_url
        named = {*rules.sitemaps, *site.sitemaps}
        before = agenda.named_by(self._robots)
        self._unnamed = [s.url for s in before if s.read_at is not None and s.url not in named]
        self.lost = self._unnamed if rules.is_reachable else []
        """Those that robots.txt named and names no more; they are read all the same."""
        if rules.is_reachable:
            agenda.note_named(self._robots, (*rules.sitemaps, *self.lost))

    def turns(self) -> list[Turn]:
        """All of them, sitemaps first; the REST route is none."""
        sitemaps = (*self._rules.sitemaps, *self._site.sitemaps, *self._unnamed)
        turns = [Turn(url, "sitemap", 0, url) for url in sitemaps]
        return turns + [Turn(url, "feed", 0, url) for url in self._site.feeds]

    def settle(self, was_read: dict[str, bool]) -> None:
        """Forget those lost if another sitemap was read, which has taken their place."""
        if self.lost and any(
            was_read.get(turn.url) and turn.url not in self.lost
            for turn in self.turns()
            if turn.kind == "sitemap"
        ):
            self._agenda.note_named(self._robots, self._rules.sitemaps)

    def none(self) -> Trouble:
        """The trouble that there are none."""
        url = self._site.base_url
        if self._rules.is_reachable and not self._rules.allows(url):
            return Trouble("robots", url, "robots.txt disallows it, and names no sitemap")
        said = "robots.txt names no sitemap"
        if not self._rules.is_reachable:
            said = "robots.txt could not be read"
        return Trouble("failed", url, f"no sitemap, feed or REST route is configured, and {said}")


def longest_unread(states: Iterable[SourceState], now: datetime) -> SourceState | None:
    """The source whose content was neither seen nor asked for in vain for the longest time.

    One that was never read is none. A time that is yet to come was noted by a clock that was wrong.
    """

    def last(state: SourceState) -> datetime:
        moment = max(filter(None, (state.read_at, state.tried_at)))
        return moment if moment <= now else datetime.min.replace(tzinfo=UTC)

    return min((state for state in states if state.read_at is not None), key=last, default=None)


def rules_of(site: Site) -> str:
    """Digest of what decides which URLs are articles of the site, and by what name."""
    profile = site.profile
    rules = (host_of(site.base_url), profile.hosts, profile.article_path, SOFTWARE)
    return f"sha256:{hashlib.sha256(msgspec.json.encode(rules)).hexdigest()}"


def articles_of(site: Site, leads: Iterable[Lead]) -> dict[str, Lead]:
    """The site's articles among the leads, by key; the first that gives a ``lastmod`` stands."""
    host, found = host_of(site.base_url), dict[str, Lead]()
    for lead in leads:
        if host_of(lead.url) == host and is_article(lead.url, site.profile):
            key = canonical_key(lead.url, site.profile)
            known = found.get(key)
            if known is None or (known.lastmod is None and lead.lastmod is not None):
                found[key] = lead
    return found
