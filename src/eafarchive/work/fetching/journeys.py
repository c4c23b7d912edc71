"""Driving many journeys at once, politely.

A journey is a generator: it yields what it wants next, is sent what came of it, and returns its
outcome. It may want a URL asked for (and is sent the `Capture` or `NoAnswer`), a capture kept
(`Keep`), or a page read (`Read`). Only fetching and reading happen in threads; journeys themselves,
and so every write to the archive, run in the thread that calls `Driver.drive`.

What arrived together is kept together: one write, one sync and one transaction of the ledger.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

import msgspec

from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.captures.warc import Entry
from eafarchive.discovery.urls import host_of
from eafarchive.model import Capture, NoAnswer, NotAnArticle, Place, Record
from eafarchive.work.fetching.pace import Pace

Answer = Capture | NoAnswer


class Ask(msgspec.Struct, frozen=True):
    """A URL to ask for, and header fields to send beside the usual ones."""

    url: str
    headers: dict[str, str] = {}


class Keep(msgspec.Struct, frozen=True):
    """Wanted: the entry stored; what is sent is its index line, or ``None`` in a dry run."""

    entry: Entry


class Read(msgspec.Struct, frozen=True):
    """Wanted: the `Record` in the capture, or the `NotAnArticle` that says why there is none."""

    capture: Capture
    place: Place | None
    payload_digest: str | None
    """The response's, if it was just taken."""


Want = Ask | Keep | Read
T = TypeVar("T")
Journey = Generator[Want, Any, T]

GRACE = 5.0
"""Seconds that requests in flight are given once a stop is asked for."""
_TICK = 0.25


class Means(msgspec.Struct, frozen=True):
    """What a driver serves its journeys with."""

    fetch: Callable[[str, dict[str, str]], Answer]
    """Safe for as many threads as there are connections."""
    abort: Callable[[], None]
    """Ends all fetching at once."""
    keep: Callable[[Sequence[Keep]], Sequence[CaptureRow | None]]
    """Stores captures, all of them synced when it returns."""
    read: Callable[[Capture, Place | None, str | None], Record | NotAnArticle] | None = None
    """Safe for as many threads as there are ``readers``; not needed where nothing is read."""
    together: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext
    """A context whose changes to the ledger are made as one."""
    resent: Callable[[], int] = lambda: 0
    """How many requests were sent once more beside those that it was asked for."""
    connections: int = 1
    readers: int = 1


class _Flight(Generic[T]):
    """The journeys of one `Driver.drive`, by what they wait for."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self.settle = settle
        self.ready: deque[tuple[Journey[T], Ask]] = deque()
        """To be fetched once their host may be asked."""
        self.fetching: dict[Future[Any], tuple[Journey[T], Ask]] = {}
        self.keeping: deque[tuple[Journey[T], Keep]] = deque()
        self.reading: deque[tuple[Journey[T], Future[Any]]] = deque()
        """In the order in which they were stored, and so their records are written."""
        self.done: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        self.outcomes: list[T] = []

    def journeys(self) -> Iterator[Journey[T]]:
        """All that have not ended."""
        for waiting in (self.ready, self.fetching.values(), self.keeping, self.reading):
            for journey, _ in waiting:
                yield journey


def _do_nothing() -> None:
    """Settle nothing."""


class Driver:
    """Runs journeys, at most ``connections`` requests and ``readers`` pages at a time."""

    def __init__(self, means: Means, pace: Pace, stop: threading.Event) -> None:
        """Once ``stop`` is set no request begins; those in flight get `GRACE`, then ``abort``."""
        self._means = means
        self._pace = pace
        self._stop = stop
        self._most_unread = means.readers + means.connections
        self._asked = 0

    @property
    def requests(self) -> int:
        """Requests sent so far, of all kinds."""
        return self._asked + self._means.resent()

    def drive(
        self, journeys: Iterable[Journey[T]], settle: Callable[[], None] = _do_nothing
    ) -> Iterator[T]:
        """The outcomes, as journeys end; those that a stop cuts short have none.

        ``settle`` is called when some have gone on, before their changes to the ledger are made.
        """
        source = iter(journeys)
        flight: _Flight[T] = _Flight(settle)
        fetchers = ThreadPoolExecutor(self._means.connections, "fetch")
        readers = ThreadPoolExecutor(self._means.readers, "read")
        _call_up(fetchers, self._means.connections)
        _call_up(readers, self._means.readers)
        try:
            more = True
            while not self._stop.is_set():
                more = more and self._begin(flight, source, readers)
                yield from _taken(flight)
                self._start(flight, fetchers)
                if not any((flight.ready, flight.fetching, flight.reading)):
                    return
                self._land(flight, self._wait(flight, fetchers, readers), readers)
                yield from _taken(flight)
            yield from self._wind_up(flight, readers)
        finally:
            if flight.fetching:
                self._means.abort()
            for journey in flight.journeys():
                journey.close()
            fetchers.shutdown()
            readers.shutdown(wait=not flight.reading, cancel_futures=True)

    def _begin(
        self, flight: _Flight[T], source: Iterator[Journey[T]], readers: ThreadPoolExecutor
    ) -> bool:
        """Take on as many journeys as there is room for; whether there may be more."""
        if not self._has_room(flight):
            return True
        with self._together(flight):
            while self._has_room(flight):
                journey = next(source, None)
                if journey is None:
                    return False
                self._advance(flight, journey, readers)
                self._keep(flight, readers)
        return True

    @contextlib.contextmanager
    def _together(self, flight: _Flight[T]) -> Iterator[None]:
        with self._means.together():
            yield
            flight.settle()

    def _has_room(self, flight: _Flight[T]) -> bool:
        asking = len(flight.ready) + len(flight.fetching)
        return asking < self._means.connections and len(flight.reading) < self._most_unread

    def _start(self, flight: _Flight[T], fetchers: ThreadPoolExecutor) -> None:
        for _ in range(len(flight.ready)):
            journey, ask = flight.ready.popleft()
            host = host_of(ask.url)
            if self._pace.wait_for(host) > 0:
                flight.ready.append((journey, ask))
                continue
            self._pace.note(host)
            self._asked += 1
            future = fetchers.submit(self._means.fetch, ask.url, ask.headers)
            flight.fetching[future] = journey, ask
            future.add_done_callback(flight.done.put)

    def _wait(self, flight: _Flight[T], *pools: ThreadPoolExecutor) -> list[Future[Any]]:
        """What is done, once something is or the pace allows another request.

        Raises `MemoryError` where a thread of the ``pools`` has come to its end, and with it what
        it was given to do: so it does where memory runs out in it, beside that.
        """
        pause = min(
            (self._pace.wait_for(host_of(ask.url)) for _, ask in flight.ready), default=_TICK
        )
        if not (flight.fetching or flight.reading):
            self._stop.wait(pause)
            return []
        done: list[Future[Any]] = []
        with contextlib.suppress(queue.Empty):
            done.append(flight.done.get(timeout=min(pause, _TICK) or _TICK))
            while True:
                done.append(flight.done.get_nowait())
        if not done:
            done = [future for future in flight.fetching if future.done()]  # who told us not
            if not done and any(map(_has_died, pools)):
                raise MemoryError("a thread has come to its end")
        return done

    def _land(
        self, flight: _Flight[T], done: list[Future[Any]], readers: ThreadPoolExecutor
    ) -> None:
        with self._together(flight):
            for future in done:
                if future in flight.fetching:
                    journey, ask = flight.fetching.pop(future)
                    self._pace.note(host_of(ask.url))
                    self._advance(flight, journey, readers, future)
            self._keep(flight, readers)
            while flight.reading and flight.reading[0][1].done():
                journey, future = flight.reading.popleft()
                self._advance(flight, journey, readers, future)
            self._keep(flight, readers)

    def _keep(self, flight: _Flight[T], readers: ThreadPoolExecutor) -> None:
        """Store what the journeys want kept, and send them on, until none wants that."""
        while flight.keeping:
            for row in self._means.keep([wanted for _, wanted in flight.keeping]):
                journey, _ = flight.keeping.popleft()
                self._advance(flight, journey, readers, row)

    def _advance(
        self,
        flight: _Flight[T],
        journey: Journey[T],
        readers: ThreadPoolExecutor,
        came: Future[Any] | CaptureRow | None = None,
    ) -> None:
        """Send the journey what came of what it wanted, and put it where it waits next."""
        try:
            if not isinstance(came, Future):
                want = journey.send(came)
            elif (error := came.exception()) is not None:
                want = journey.throw(error)
            else:
                want = journey.send(came.result())
        except StopIteration as end:
            flight.outcomes.append(end.value)
            return
        match want:
            case Ask():
                flight.ready.append((journey, want))
            case Keep():
                flight.keeping.append((journey, want))
            case Read():
                assert self._means.read is not None
                asked = want.capture, want.place, want.payload_digest
                future = readers.submit(self._means.read, *asked)
                flight.reading.append((journey, future))
                future.add_done_callback(flight.done.put)

    def _wind_up(self, flight: _Flight[T], readers: ThreadPoolExecutor) -> Iterator[T]:
        """Let what is in flight land, and end; a journey that wants more is closed."""
        end = time.monotonic() + GRACE
        while (flight.fetching or flight.reading) and (left := end - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                self._land(flight, [flight.done.get(timeout=left)], readers)
            yield from _taken(flight)


def _call_up(pool: ThreadPoolExecutor, threads: int) -> None:
    """Start the pool's threads now, while there is memory for them: the interpreter waits forever
    for one that has none when it starts.
    """
    all_there = threading.Event()
    try:
        for _ in range(threads):
            pool.submit(all_there.wait)
    finally:
        all_there.set()


def _has_died(pool: ThreadPoolExecutor) -> bool:
    return not all(thread.is_alive() for thread in pool._threads)  # noqa: SLF001 - no other tells


def _taken(flight: _Flight[T]) -> Iterator[T]:
    """The outcomes that are there, which are the caller's now."""
    outcomes, flight.outcomes = flight.outcomes, []
    return iter(outcomes)
