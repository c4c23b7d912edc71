"""Where the articles are: a site's sitemaps, feeds and REST route, read as far as they have news.

Cheapest first: a source is asked whether it changed at all (ETag, Last-Modified, the same payload);
a sitemap named in an index, only if its ``lastmod`` there moved or it has none. What a source said
is noted in the ledger's agenda, which then knows the URLs that are due.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from eafarchive import http1
from eafarchive.archive.books.agenda import Agenda
from eafarchive.archive.books.memory import SourceState
from eafarchive.body import body_of
from eafarchive.config import Site
from eafarchive.discovery.leads import read_leads
from eafarchive.discovery.urls import host_of
from eafarchive.model import Lead
from eafarchive.work.fetching.answers import GONE, Arrival, Known, Trouble
from eafarchive.work.fetching.asking import Asker
from eafarchive.work.fetching.journeys import Journey
from eafarchive.work.fetching.posts import Route
from eafarchive.work.fetching.roots import LOST, Roots, Turn, articles_of, longest_unread, rules_of
from eafarchive.work.report.journal import told

MAX_SOURCES = 5_000
MAX_DEPTH = 3
MAX_SOURCE_BYTES = 50 << 20
SHRUNK = 0.9
"""A source that names less than this share of what it did, and not one page less, has shrunk."""

log = logging.getLogger(__name__)

Noted = Callable[[str, Mapping[str, Lead]], None]
"""Told of a source at the root, and of the articles by key that it or a sitemap below it names."""


class Found(msgspec.Struct):
    """How the reading of a site's sources went."""

    sources: int = 0
    """How many could be read, or had no news."""
    troubles: list[Trouble] = []
    """Why the others could not."""
    absent: list[Trouble] = []
    """Usual places that nothing names and where nothing was yet: no trouble if there is another."""
    warnings: int = 0
    """How many broke, in part or wholly, are missing where one is named, or name far less than they
    did."""


class Scout:
    """Reads the sources of one site."""

    def __init__(
        self,
        site: Site,
        asker: Asker,
        agenda: Agenda,
        clock: Callable[[], datetime],
        *,
        full: bool = False,
        audit: bool = False,
        noted: Noted = lambda _root, _articles: None,
    ) -> None:
        """``full``: all is read, whatever is known; ``audit``: the source unread the longest is."""
        self._site = site
        self._asker = asker
        self._agenda = agenda
        self._clock = clock
        self._full = full
        self._audit = audit
        self._distrusted: str | None = None
        self._noted = noted
        self._usual = site.usual
        self._rules = rules_of(site)
        self._seen: dict[str, bool] = {}
        """URL → whether it could be read."""
        self._found = Found()

    def discover(self) -> Journey[Found]:
        """Have every source noted that has news; what is asked for is captured like all else."""
        rules = yield from self._asker.robots(self._site.base_url)
        self._usual -= set(rules.sitemaps)
        roots = Roots(self._site, rules, self._agenda)
        queue = deque(roots.turns())
        names = [turn.url for turn in queue]
        for url in roots.lost:
            self._warn(url, "unnamed", LOST)
        if not queue and not self._site.rest:
            none = roots.none()
            self._trouble(none, SourceState(url=none.url, kind="sitemap"))
        if self._audit and (state := longest_unread(self._agenda.named(names), self._clock())):
            self._distrusted = state.url
            queue.append(Turn(state.url, state.kind, 1, state.url))
        while queue:
            turn = queue.popleft()
            if turn.url in self._seen:
                continue
            if len(self._seen) >= MAX_SOURCES:
                what = f"is one source more than {MAX_SOURCES:,}: it and what follows are left out"
                self._warn(turn.url, "flawed", what)
                break
            if turn.depth and self._asker.is_on_last_chance(turn.url):
                what = "waits for the next run, and so do others: several in a row did not answer"
                self._warn(turn.url, "later", what)
                break  # what is due is asked for all the same
            self._seen[turn.url] = False
            if not (yield from self._read(turn)):
                continue
            children = self._agenda.children(turn.url, self._rules, every=self._full)
            if children and turn.depth == MAX_DEPTH:
                what = f"names sitemaps {MAX_DEPTH + 1} steps from the first: they are left out"
                self._warn(turn.url, "flawed", what)
                continue
            queue.extend(Turn(c.url, c.kind, turn.depth + 1, turn.root) for c in children)
        if self._site.rest:
            yield from self._read_posts(self._site.rest)
            names.append(self._site.rest)
        roots.settle(self._seen)
        self._look_for_articles(names)
        return self._found

    def _read(self, turn: Turn) -> Journey[bool]:
        """Whether the source could be read or had no news, so that what it names is known."""
        state = self._agenda.source(turn.url) or SourceState(url=turn.url, kind=turn.kind)
        # One read in part may be whole by now, under the validators that it had then.
        is_trusted = self._is_known(state) and not state.problem and turn.url != self._distrusted
        known = Known(
            state.answered_by or state.url, state.etag, state.last_modified, state.payload_digest
        )
        if not is_trusted:
            known = msgspec.structs.replace(known, etag=None, last_modified=None)
        found = yield from self._asker.follow(turn.url, state.parent, known)
        if isinstance(found, Trouble):
            self._trouble(found, state)
            return False
        final = found.capture.target_uri
        if final != turn.url and final in self._seen:  # the same source by another name
            if self._seen[final]:
                self._confirm(self._after(state, found), found)
            else:
                detail = f"leads to {final}, which could not be read"
                self._trouble(Trouble("failed", state.url, detail, 200), state)
            return False
        is_read = self._judge(turn, state, found)
        self._seen[turn.url] = self._seen[final] = is_read
        return is_read

    def _is_known(self, state: SourceState) -> bool:
        """Whether there is nothing to be noted of a source that says what it said."""
        return not self._full and state.read_at is not None and state.rules == self._rules

    def _articles_before(self, state: SourceState) -> int:
        """How many a sitemap named, by the rules of now; a feed's number tells nothing."""
        is_alike = state.kind == "sitemap" and state.rules == self._rules
        return (state.articles or 0) if is_alike else 0

    def _judge(self, turn: Turn, state: SourceState, found: Arrival) -> bool:
        if found.is_unchanged and self._is_known(state):
            self._confirm(state, found)
            return True
        return self._take(state, turn.root, found)

    def _confirm(self, state: SourceState, found: Arrival) -> None:
        """Note that a source says what it said; what it names was noted then."""
        self._found.sources += 1
        if state.problem:
            self._warn(state.url, "flawed", state.problem)
        is_seen = found.response.status == 200
        self._agenda.remember_source(
            msgspec.structs.replace(
                state,
                read_lastmod=state.lastmod,
                read_at=self._clock() if is_seen else state.read_at,
                tried_at=None,
            )
        )

    def _after(self, state: SourceState, found: Arrival) -> SourceState:
        """What is remembered of a source by whose present answer, a 200, all it names is known."""
        if found.response.status == 304:
            return state
        final = found.capture.target_uri
        return msgspec.structs.replace(
            state,
            read_lastmod=state.lastmod,
            read_at=self._clock(),
            tried_at=None,
            rules=self._rules,
            etag=http1.header(found.response, "etag"),
            last_modified=http1.header(found.response, "last-modified"),
            payload_digest=found.payload_digest,
            answered_by=None if final == state.url else final,
        )

    def _take(self, state: SourceState, root: str, found: Arrival) -> bool:
        body = body_of(found.capture, MAX_SOURCE_BYTES)
        if isinstance(body, str):
            self._trouble(Trouble("failed", state.url, body, 200), state)
            return False
        read = read_leads(body.data, found.capture.target_uri, content_type=body.content_type)
        if not read.leads:
            self._trouble(Trouble("failed", state.url, read.problem or "names no URL", 200), state)
            return False
        children = [lead for lead in read.leads if lead.kind == "sitemap"]
        pages = [lead for lead in read.leads if lead.kind != "sitemap"]
        articles = articles_of(self._site, pages)
        if read.problem:
            self._warn(state.url, "flawed", read.problem)
        elif _has_shrunk(len(read.leads), state.leads, not children) and state.kind == "sitemap":
            what = f"names {len(read.leads)} URLs, {state.leads} before; all of those are kept"
            self._warn(state.url, "shrunk", what)
        elif _has_shrunk(len(articles), self._articles_before(state)):
            what = f"names {len(articles)} articles, {state.articles} before; all of those are kept"
            self._warn(state.url, "shrunk", what)
        self._found.sources += 1
        self._noted(root, articles)
        self._agenda.take_reading(
            msgspec.structs.replace(
                self._after(state, found),
                leads=len(read.leads),
                articles=None if children else len(articles),
                problem=read.problem,
            ),
            articles.items(),
            self._clock(),
            children=children,
            full=self._full,
            is_whole=not read.problem,
        )
        return True

    def _read_posts(self, route: str) -> Journey[None]:
        state = self._agenda.source(route) or SourceState(url=route, kind="rest")

        def take(leads: Iterable[Lead]) -> int:
            articles = articles_of(self._site, leads)
            self._noted(route, articles)
            self._agenda.take_reading(state, articles.items(), self._clock(), full=self._full)
            return len(articles)

        def are_news(leads: Iterable[Lead]) -> bool:
            return self._agenda.are_news(articles_of(self._site, leads))

        read = yield from Route(state, self._asker, take, are_news).read(
            self._clock(), self._rules, full=self._full, audit=self._audit
        )
        if isinstance(read, Trouble):
            self._trouble(read, state)
            return
        self._agenda.remember_source(read)
        self._found.sources += 1
        if read.problem:
            self._warn(route, "flawed", read.problem)

    def _look_for_articles(self, roots: Iterable[str]) -> None:
        """Warn of sources that all name something else, as after a move to another host."""
        read = [s for s in self._agenda.named(roots) if s.rules == self._rules and s.leads]
        for kind in ("sitemap", "feed", "rest"):
            some = [s for s in read if s.kind == kind and s.articles is not None]
            if some and not any(state.articles for state in some):
                said = "names" if len(some) == 1 else f"and {len(some) - 1} more name"
                what = f"{said} {sum(state.leads for state in some)} URLs, none an article"
                host = host_of(self._site.base_url)
                self._warn(some[0].url, "astray", f"{what} of {host} by the profile")

    def _trouble(self, trouble: Trouble, state: SourceState) -> None:
        if trouble.status == 304:  # nothing that is stored was meant
            state = msgspec.structs.replace(state, etag=None, last_modified=None)
        is_new = state.read_at is None and state.parent is None
        if not is_new and trouble.kind != "later":
            state = msgspec.structs.replace(state, tried_at=self._clock())
            self._agenda.remember_source(state)
        if trouble.url != state.url:  # it led elsewhere: who mends it looks for the source's name
            detail = f"{trouble.detail}, at {trouble.url}"
            trouble = msgspec.structs.replace(trouble, url=state.url, detail=detail)
        is_usual = is_new and state.url in self._usual
        if is_usual and trouble.status in GONE:
            self._found.absent.append(trouble)
            return
        self._found.troubles.append(trouble)
        # A host that lets nobody see its feed, and never did, has not broken.
        is_broken = trouble.kind == "failed" or not is_usual
        self._found.warnings += is_broken and trouble.kind != "later"

    def _warn(self, url: str, outcome: str, detail: str) -> None:
        self._found.warnings += 1
        fields = told("source", url=url, outcome=outcome, detail=detail)
        log.warning("%s: %s", url, detail, extra=fields)


def _has_shrunk(now: int, before: int, spared: int = 1) -> bool:
    return now < min(SHRUNK * before, before - spared)
