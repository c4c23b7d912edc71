"""Asking for one URL: host rules, robots.txt, redirects, and storing every hop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from eafarchive import http1
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.memory import HostState
from eafarchive.archive.captures.index import CaptureRow, key_of
from eafarchive.archive.captures.warc import Entry
from eafarchive.discovery.manners import MAX_WAIT, Robots, next_due, read_robots, retry_after
from eafarchive.discovery.urls import host_of
from eafarchive.model import NoAnswer
from eafarchive.work.fetching.answers import (
    REDIRECTS,
    REFUSALS,
    Arrival,
    Known,
    Trouble,
    led_to,
    location_of,
)
from eafarchive.work.fetching.journeys import Ask, Journey, Keep
from eafarchive.work.fetching.pace import Pace
from eafarchive.work.fetching.robots import answered
from eafarchive.work.report.journal import told

MAX_REDIRECTS = 5
LONGEST_WAIT = timedelta(seconds=MAX_WAIT)
"""A later due time than this was noted by a clock that was wrong."""
ROBOTS_LIFE = timedelta(hours=24)
"""How long an answer to robots.txt is good for (RFC 9309 section 2.4)."""
HOST_PATIENCE = 5
"""So many times in a row without an answer, or asked for patience, a host is left alone a while."""

LONG_DELAY = 60.0
"""Seconds between requests from which on they are news."""
BRIEF_WAIT, TRIES = 30.0, 3
"""Seconds that a host may ask for and the run waits, and how often it then asks for one URL."""

log = logging.getLogger(__name__)


class Asker:
    """Follows URLs on the hosts of one run; its methods are journeys."""

    def __init__(
        self,
        hosts: frozenset[str],
        ledger: Ledger,
        pace: Pace,
        clock: Callable[[], datetime],
    ) -> None:
        """``hosts`` as `host_of` spells them; ``clock`` gives aware UTC."""
        self._hosts = hosts
        self._ledger = ledger
        self._pace = pace
        self._clock = clock
        self._states: dict[str, HostState] = {}
        self._robots: dict[str, Robots] = {}
        self._put_off: set[str] = set()

    def follow(
        self,
        url: str,
        via: str | None,
        known: Known | None = None,
        *,
        heed_robots: bool = True,
        is_accepted: bool = False,
    ) -> Journey[Arrival | Trouble]:
        """The answer to a clean URL, or the trouble with it; every hop is judged and stored.

        The URL that ``known`` is of is asked for only if it says something else now, as far as the
        server can tell; and whatever it says, if another page stood there since: a 304 would be
        stored as a revisit of that one. ``is_accepted`` as of the `Capture` that is the answer,
        if it comes from there, and not from where that leads.
        """
        asked, seen = url, set[str]()
        tries = 0
        while True:
            if len(seen) > MAX_REDIRECTS or url in seen:
                return Trouble("failed", url, "redirects in a circle or too often", 302)
            seen.add(url)
            trouble = yield from self._forbidden(url, heed_robots=heed_robots)
            if trouble:
                return msgspec.structs.replace(trouble, is_unasked=len(seen) == 1 and not tries)
            conditions = known.conditions if known and self._is_newest(known, url) else {}
            answer = yield Ask(url, conditions)
            if isinstance(answer, NoAnswer):
                return self._unanswered(answer)
            entry = Entry.of(answer, via)
            if is_accepted and entry.response.status == 200 and key_of(url) == key_of(asked):
                answer = msgspec.structs.replace(answer, is_accepted=True)
                entry = msgspec.structs.replace(entry, capture=answer)
            row = yield Keep(entry)
            response = entry.response
            if response.status not in REDIRECTS:
                judged = self._judged(entry, row, known, bool(conditions))
                tries += 1
                if isinstance(judged, Trouble) and judged.is_brief and tries < TRIES:
                    seen.discard(url)
                    continue
                return judged
            self._succeeded(host_of(url))
            target = led_to(answer, response)
            if target is None:
                detail = f"redirects to what is no URL: {location_of(response)[:200]!r}"
                return Trouble("failed", url, detail, response.status)
            via, url = url, target

    def is_on_last_chance(self, url: str) -> bool:
        """Whether the URL's host is left alone if it does not answer once more."""
        return self._state(host_of(url)).failures == HOST_PATIENCE - 1

    def _is_newest(self, known: Known, url: str) -> bool:
        """Whether what is known is the URL's newest whole answer that is stored."""
        newest = self._ledger.newest_good(key_of(url))
        digest = known.payload_digest if newest is None else newest.payload_digest
        return known.url == url and known.payload_digest == digest

    def robots(self, url: str) -> Journey[Robots]:
        """The rules of the URL's origin, asked for at most once a day."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin in self._robots:
            return self._robots[origin]
        host = host_of(url)
        named = parts.netloc.lower()
        # with and without ``www.`` are two authorities; what else a host is remembered for is one's
        keeper = named if named == f"www.{host}" else host
        state = self._state(keeper)
        now = self._clock()
        fresh = state.robots_at and timedelta(0) <= now - state.robots_at < ROBOTS_LIFE
        if not fresh:
            found = yield from self.follow(f"{origin}/robots.txt", None, heed_robots=False)
            state = answered(self._state(keeper), found, now)
            if state.robots_status is not None and state.robots_status < 500:
                self._remember(state)
        rules = read_robots(state.robots_status, state.robots_body)
        self._robots[origin] = rules
        if rules.crawl_delay is not None:
            if rules.crawl_delay > LONG_DELAY:
                detail = f"robots.txt asks for {rules.crawl_delay:g} s between requests"
                log.warning("%s: %s", host, detail, extra=told("host", host=host, detail=detail))
            self._pace.ask_longer(host, rules.crawl_delay)
        return rules

    def _forbidden(self, url: str, *, heed_robots: bool) -> Journey[Trouble | None]:
        host = host_of(url)
        if host not in self._hosts and heed_robots:  # robots.txt may be another's: RFC 9309 2.3.1.2
            return Trouble("refused", url, f"{host} is not the host of a configured site")
        free_at = self._state(host).due_at
        if free_at and timedelta(0) < free_at - self._clock() <= LONGEST_WAIT:
            detail = f"left alone until {free_at:%Y-%m-%d %H:%M:%SZ}"
            if host not in self._put_off:  # a line a host, not one for each of its URLs
                self._put_off.add(host)
                log.warning("%s: %s", host, detail, extra=told("host", host=host, detail=detail))
            return Trouble("later", url, f"{host} is {detail}")
        if heed_robots:
            rules = yield from self.robots(url)
            if reason := rules.refusal(url):
                return Trouble("robots" if rules.is_reachable else "failed", url, reason)
        return None

    def _unanswered(self, answer: NoAnswer) -> Trouble:
        detail = f"{answer.reason}: {answer.detail}"
        if answer.reason == "address":
            return Trouble("refused", answer.target_uri, detail)
        if answer.reason != "url":
            self._failed(host_of(answer.target_uri), None, at_once=False)
        return Trouble("failed", answer.target_uri, detail)

    def _judged(
        self,
        entry: Entry,
        row: CaptureRow | None,
        known: Known | None,
        was_conditional: bool,
    ) -> Arrival | Trouble:
        capture, response, digest = entry.capture, entry.response, entry.payload_digest
        url, status = capture.target_uri, response.status
        host = host_of(url)
        asked = retry_after(http1.header(response, "retry-after"), self._clock())
        if status == 429 or (status == 503 and asked is not None):
            is_brief = self._waits_briefly(host, asked)
            if not is_brief:
                self._failed(host, asked, at_once=True)
            return Trouble("failed", url, f"status {status}", status, asked, is_brief)
        if status == 503 or capture.truncated == "time":
            self._failed(host, None, at_once=False)
        else:  # a page's own error, or one that we cut for its size, says nothing of the host
            self._succeeded(host)
        if status is None or status >= 500 or capture.truncated:
            cut = capture if capture.truncated == "length" and status == 200 else None
            detail = capture.problem or f"status {status}"
            return Trouble("failed", url, detail, status, answer=cut)
        if status in REFUSALS:
            return Trouble("refused", url, f"status {status}", status)
        if status == 304 and was_conditional and (row is None or row.kind == "revisit"):
            return Arrival(capture, response, digest, row, is_unchanged=True)
        if status != 200:
            return Trouble("failed", url, f"status {status}", status, answer=capture)
        came = row.payload_digest if row else digest
        is_same = known is not None and known.payload_digest == came
        return Arrival(capture, response, digest, row, is_unchanged=is_same)

    def _waits_briefly(self, host: str, asked: float | None) -> bool:
        """Whether to wait within the run: for a short time, for a host that seldom asks.

        What it asks for several URLs at the same time counts once.
        """
        if asked is None or asked > BRIEF_WAIT or self._state(host).failures + 1 >= HOST_PATIENCE:
            return False
        if self._pace.hold(host, asked):
            self._failed(host, asked, at_once=False)
        return True

    def _failed(self, host: str, asked: float | None, *, at_once: bool) -> None:
        state = self._state(host)
        failures = state.failures + 1
        due = None
        if at_once or failures >= HOST_PATIENCE:
            due = next_due(max(0, failures - HOST_PATIENCE), self._clock(), asked, host)
        self._remember(msgspec.structs.replace(state, failures=failures, due_at=due))

    def _succeeded(self, host: str) -> None:
        state = self._state(host)
        if state.failures or state.due_at:
            self._remember(msgspec.structs.replace(state, failures=0, due_at=None))

    def _state(self, host: str) -> HostState:
        if host not in self._states:
            self._states[host] = self._ledger.host(host)
        return self._states[host]

    def _remember(self, state: HostState) -> None:
        self._states[state.host] = state
        self._ledger.remember_host(state)
