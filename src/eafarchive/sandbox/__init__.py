"""Extraction where it can be stopped: pages are parsed in a process of their own.

The HTML parser has inputs that cost it quadratic time and gigabytes, and only killing a process
ends it then. So workers read page after page under limits, and are replaced when they die, overrun
or have served `PAGES_PER_WORKER`. The first is started with the first page, another when the last
one started has read `WORTH_ANOTHER`. The limits bound what a page can cost; they are no wall
against code that would run in the worker.
"""

from __future__ import annotations

import queue
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from eafarchive.errors import EafarchiveError, WriteError
from eafarchive.model import Account, Article, Capture, NotAnArticle
from eafarchive.sandbox.frames import Answer, Ask, Setup
from eafarchive.sandbox.process import Killed, Stopped, WorkerProcess

if TYPE_CHECKING:
    from types import TracebackType

    from eafarchive.profile import Profile

PAGES_PER_WORKER = 5000
WORTH_ANOTHER = 50
"""Pages one worker has read when another is started, which takes as long as to read so many."""
START_SECONDS = 60.0
"""How long a worker may take to be ready for its first page."""


class Read(NamedTuple):
    """What came of a page."""

    found: Article | NotAnArticle
    profile: Profile
    """The one it was read by."""
    account: Account | None


class Extractor:
    """Extraction of untrusted pages, so many at a time: a context manager that ends its workers."""

    def __init__(
        self,
        profiles: tuple[Profile, ...],
        *,
        seconds: float = 20,
        memory_bytes: int = 1 << 30,
        page_bytes: int = 32 << 20,
        workers: int = 1,
    ) -> None:
        """An extractor for these profiles; nothing is started yet.

        A page may take ``seconds`` of wall clock and as many of the processor, and a worker
        ``memory_bytes`` of address space in all. Of a capture's body ``page_bytes`` are decoded at
        most. As many threads as there are ``workers`` are served at once, at first fewer; others
        wait.
        """
        self._profiles = profiles
        self.workers = workers
        setup = Setup(profiles, seconds, memory_bytes, page_bytes)
        self._desks = [_Desk(setup) for _ in range(workers)]
        self._unused = self._desks[::-1]
        self._free: queue.LifoQueue[_Desk] = queue.LifoQueue()
        self._is_closed = False
        self._open_another()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers, whatever they do; no page is read any more."""
        self._is_closed = True
        for desk in self._desks:
            desk.kill()
            self._open_another()
        for _ in self._desks:
            self._free.get().end()
        for desk in self._desks:
            self._free.put(desk)

    def read(
        self,
        page: Capture | bytes,
        url: str,
        content_type: str | None,
        profiles: tuple[Profile, ...],
        *,
        is_explained: bool = False,
    ) -> Read:
        """What the page says by the one of the profiles that it is meant for.

        ``page`` is the capture whose body it is, or its HTML, which is of the ``content_type``.
        A page that stops the parser, or on which extraction fails, is unread, and the reason says
        so; one whose worker something else killed, as where memory is short, is tried once more.
        ``profiles`` are some of the extractor's, the last for pages that show no other's signs;
        ``is_explained`` asks for the account of it. Raises `EafarchiveError` if no worker can be
        started or the extractor is closed, and `ValueError` for an unknown profile.
        """
        numbers = tuple(map(self._profiles.index, profiles))
        answer = self._answered(Ask(page, url, content_type, numbers, is_explained))
        found = answer.article or answer.refusal or _unread(url, "no answer")
        chosen = profiles[-1] if answer.profile is None else self._profiles[answer.profile]
        return Read(found, chosen, answer.account)

    def _answered(self, ask: Ask) -> Answer:
        desk = self._free.get()
        try:
            if self._is_closed:  # a thread that comes late must not start another worker
                raise EafarchiveError("the page parser is closed")
            return desk.answer(ask)
        finally:
            if desk.pages == WORTH_ANOTHER:
                self._open_another()
            self._free.put(desk)

    def _open_another(self) -> None:
        with suppress(IndexError):
            self._free.put(self._unused.pop())


def _unread(url: str, why: str) -> NotAnArticle:
    return NotAnArticle(url, f"parser stopped: {why}", is_unread=True)


class _Desk:
    """One worker's place: the worker is started when it is needed, and replaced when it is done."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._answers = msgspec.msgpack.Decoder(Answer)
        self._worker: WorkerProcess | None = None
        self.pages = 0
        """Those that the worker in place was asked for."""
        self._is_closed = False

    def answer(self, ask: Ask) -> Answer:
        try:
            with suppress(Killed):
                return self._ask(ask)
            if not self._is_closed:
                return self._ask(ask)
        except Killed:
            pass
        return Answer(refusal=_unread(ask.url, "was killed"))

    def _ask(self, ask: Ask) -> Answer:
        """What a worker answers; raises `Killed`."""
        worker = self._ready()
        self.pages += 1
        try:
            answer = self._answers.decode(worker.exchange(ask, self._setup.seconds))
        except Killed:
            self.end()
            raise
        except Stopped as stopped:
            self.end()
            return Answer(refusal=_unread(ask.url, str(stopped)))
        except msgspec.MsgspecError:
            self.end()
            return Answer(refusal=_unread(ask.url, "it answered nonsense"))
        except BaseException:
            # Interrupted between question and answer: the next page must not get this one's.
            self.end()
            raise
        if answer.is_last:
            self.end()
        return answer

    def kill(self) -> None:
        """Ends the worker, from any thread; whoever waits for its answer is told that it died."""
        self._is_closed = True
        worker = self._worker
        if worker is not None:
            worker.kill()

    def end(self) -> None:
        """Ends the worker and lets go of it; for the thread that holds the desk."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _ready(self) -> WorkerProcess:
        if self._worker and (self.pages >= PAGES_PER_WORKER or not self._worker.is_alive()):
            self.end()
        if self._worker is None:
            try:
                self._worker = WorkerProcess(self._setup, START_SECONDS)
            except (OSError, Stopped) as error:
                raise WriteError(f"the page parser cannot be started: {error}") from None
            self.pages = 0
        return self._worker
