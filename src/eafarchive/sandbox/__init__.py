"""Extraction where it can be stopped: pages are parsed in a process of their own.

The HTML parser has inputs that cost it quadratic time and gigabytes, and only killing a process
ends it then. So one worker, started on the first page, reads page after page under limits and is
replaced when it dies, overruns or has served `PAGES_PER_WORKER`.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from eafarchive.errors import EafarchiveError
from eafarchive.model import Article, NotAnArticle
from eafarchive.sandbox.frames import Answer, Ask, Setup
from eafarchive.sandbox.process import Stopped, WorkerProcess

if TYPE_CHECKING:
    from types import TracebackType

    from eafarchive.extraction.account import Account
    from eafarchive.profile import Profile

PAGES_PER_WORKER = 5000
START_SECONDS = 60.0
"""How long a worker may take to be ready for its first page."""


class Read(NamedTuple):
    """What came of a page."""

    found: Article | NotAnArticle
    profile: Profile
    """The one it was read by."""
    account: Account | None


class Extractor:
    """Extraction of untrusted pages, one at a time: a context manager that ends its worker."""

    def __init__(
        self,
        profiles: tuple[Profile, ...],
        *,
        seconds: float = 20,
        memory_bytes: int = 1 << 30,
    ) -> None:
        """An extractor for these profiles; nothing is started yet.

        A page may take ``seconds`` of wall clock and as many of the processor, and the worker
        ``memory_bytes`` of address space in all.
        """
        self._profiles = profiles
        self._setup = Setup(profiles=profiles, seconds=seconds, memory_bytes=memory_bytes)
        self._answers = msgspec.msgpack.Decoder(Answer)
        self._worker: WorkerProcess | None = None
        self._pages = 0
        self._lock = threading.Lock()

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
        """Ends the worker; a later page starts another."""
        with self._lock:
            self._end()

    def extract(
        self, html: bytes, url: str, content_type: str | None, profile: str | Profile
    ) -> Article | NotAnArticle:
        """What the page says by one of the profiles, or why it is not an article.

        ``profile`` is one of the extractor's, or the name of one; see `read`.
        """
        names: list[object] = [p.name if isinstance(profile, str) else p for p in self._profiles]
        return self.read(html, url, content_type, (self._profiles[names.index(profile)],)).found

    def read(
        self,
        html: bytes,
        url: str,
        content_type: str | None,
        profiles: tuple[Profile, ...],
        *,
        is_explained: bool = False,
    ) -> Read:
        """What the page says by the one of the profiles that it is meant for.

        A page that stops the parser, or on which extraction fails, is not an article, and the
        reason says so. ``profiles`` are some of the extractor's, the last for pages that show no
        other's signs; ``is_explained`` asks for the account of it. Raises `EafarchiveError` if no
        worker can be started, and `ValueError` for an unknown profile.
        """
        numbers = tuple(map(self._profiles.index, profiles))
        answer = self._answered(Ask(html, url, content_type, numbers, is_explained))
        found = answer.article or answer.refusal or NotAnArticle(url, "parser stopped: no answer")
        chosen = profiles[-1] if answer.profile is None else self._profiles[answer.profile]
        return Read(found, chosen, answer.account)

    def _answered(self, ask: Ask) -> Answer:
        with self._lock:
            worker = self._ready()
            self._pages += 1
            try:
                answer = self._answers.decode(worker.exchange(ask, self._setup.seconds))
            except Stopped as stopped:
                self._end()
                return Answer(refusal=NotAnArticle(ask.url, f"parser stopped: {stopped}"))
            except msgspec.MsgspecError:
                self._end()
                nonsense = "parser stopped: it answered nonsense"
                return Answer(refusal=NotAnArticle(ask.url, nonsense))
            except BaseException:
                # Interrupted between question and answer: the next page must not get this one's.
                self._end()
                raise
            if answer.is_last:
                self._end()
        return answer

    def _ready(self) -> WorkerProcess:
        if self._worker and (self._pages >= PAGES_PER_WORKER or not self._worker.is_alive()):
            self._end()
        if self._worker is None:
            try:
                self._worker = WorkerProcess(self._setup, START_SECONDS)
            except (OSError, Stopped) as error:
                raise EafarchiveError(f"the page parser cannot be started: {error}") from None
            self._pages = 0
        return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None
