"""Driving many journeys at once, politely.

A journey is a generator: it yields the URL it wants next, is sent the `Capture` or `NoAnswer`, and
returns its outcome. Only fetching happens in threads; journeys themselves, and so every write to
the archive, run in the thread that calls `Driver.drive`.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from eafarchive.discovery.urls import host_of
from eafarchive.model import Capture, NoAnswer

Answer = Capture | NoAnswer
T = TypeVar("T")
Journey = Generator[str, Answer, T]

GRACE = 5.0
"""Seconds that requests in flight are given once a stop is asked for."""
_TICK = 0.25


class Pace:
    """When each host may be asked next: a delay after the end of its last answer (monotonic)."""

    def __init__(self, delay: float) -> None:
        """``delay`` in seconds, for hosts whose robots.txt asks for no longer one."""
        self._delay = delay
        self._delays: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def ask_longer(self, host: str, delay: float) -> None:
        """Heed a host's ``Crawl-delay`` where it is longer."""
        self._delays[host] = max(self._delay, delay)

    def wait_for(self, host: str) -> float:
        """Seconds until the host may be asked."""
        if host not in self._last:
            return 0.0
        free_at = self._last[host] + self._delays.get(host, self._delay)
        return max(0.0, free_at - time.monotonic())

    def note(self, host: str) -> None:
        """Note that a request to the host begins or an answer from it ended now."""
        self._last[host] = time.monotonic()


class Driver:
    """Runs journeys over a fetching function, at most ``connections`` requests at a time."""

    def __init__(
        self,
        fetch: Callable[[str], Answer],
        abort: Callable[[], None],
        pace: Pace,
        connections: int,
        stop: threading.Event,
    ) -> None:
        """Once ``stop`` is set no request begins; those in flight get `GRACE`, then ``abort``."""
        self._fetch = fetch
        self._abort = abort
        self._pace = pace
        self._connections = connections
        self._stop = stop
        self.requests = 0
        """Requests sent so far, of all kinds."""

    def drive(self, journeys: Iterable[Journey[T]]) -> Iterator[T]:
        """The outcomes, as journeys end; those that a stop cuts short have none."""
        source = iter(journeys)
        ready: deque[tuple[Journey[T], str]] = deque()
        flying: dict[Future[Answer], tuple[Journey[T], str]] = {}
        more = True
        with ThreadPoolExecutor(self._connections, "fetch") as pool:
            try:
                while not self._stop.is_set():
                    while more and len(ready) + len(flying) < self._connections:
                        journey = next(source, None)
                        more = journey is not None
                        if journey is not None:
                            yield from self._advance(journey, None, ready)
                    self._start(ready, flying, pool)
                    if not ready and not flying:
                        return
                    for journey, answer in self._landed(ready, flying):
                        yield from self._advance(journey, answer, ready)
                yield from self._wind_up(flying)
            finally:
                if flying:
                    self._abort()
                for journey, _ in (*ready, *flying.values()):
                    journey.close()

    def _start(
        self,
        ready: deque[tuple[Journey[T], str]],
        flying: dict[Future[Answer], tuple[Journey[T], str]],
        pool: ThreadPoolExecutor,
    ) -> None:
        for _ in range(len(ready)):
            journey, url = ready.popleft()
            host = host_of(url)
            if self._pace.wait_for(host) > 0:
                ready.append((journey, url))
                continue
            self._pace.note(host)
            self.requests += 1
            flying[pool.submit(self._fetch, url)] = journey, url

    def _landed(
        self,
        ready: deque[tuple[Journey[T], str]],
        flying: dict[Future[Answer], tuple[Journey[T], str]],
    ) -> Iterator[tuple[Journey[T], Answer]]:
        pause = min((self._pace.wait_for(host_of(url)) for _, url in ready), default=_TICK)
        if not flying:
            self._stop.wait(pause)
            return
        done, _ = wait(flying, min(pause, _TICK) or _TICK, FIRST_COMPLETED)
        for future in done:
            journey, url = flying.pop(future)
            self._pace.note(host_of(url))
            yield journey, future.result()

    def _advance(
        self, journey: Journey[T], answer: Answer | None, ready: deque[tuple[Journey[T], str]]
    ) -> Iterator[T]:
        try:
            url = next(journey) if answer is None else journey.send(answer)
        except StopIteration as end:
            yield end.value
        else:
            ready.append((journey, url))

    def _wind_up(self, flying: dict[Future[Answer], tuple[Journey[T], str]]) -> Iterator[T]:
        """Let what is in flight land, and end; a journey that wants more is closed."""
        _, late = wait(flying, GRACE)
        if late:
            self._abort()
        for future in list(flying):
            journey, _ = flying.pop(future)
            dropped: deque[tuple[Journey[T], str]] = deque()
            answer = future.result()
            if future not in late:
                yield from self._advance(journey, answer, dropped)
            journey.close()
