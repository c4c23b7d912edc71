"""Work done by several threads at once, and given back in the order in which it was asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, Self, TypeVar

if TYPE_CHECKING:
    from types import TracebackType

T = TypeVar("T")

_EACH = 2
"""Pages on the way for each that can be read at once: more would only be held in memory."""


class Ahead(Generic[T]):
    """Threads that do what is asked for, so many things at a time: a context manager.

    It is for work that waits for another process, as for a page to be read.
    """

    def __init__(self, at_once: int) -> None:
        """No thread is started before something is asked for."""
        self._most = _EACH * at_once
        self._threads = ThreadPoolExecutor(at_once, "ahead")
        self._waiting: deque[Future[T]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # what is asked for and not taken by now is wanted no more; who interrupts does not wait
        self._threads.shutdown(wait=error is None, cancel_futures=True)

    def ask(self, work: Callable[[], T]) -> list[T]:
        """Begin the work; gives the oldest results once more than so many are on the way.

        Raises what that work raises.
        """
        self._waiting.append(self._threads.submit(work))
        too_many = max(len(self._waiting) - self._most, 0)
        return [self._waiting.popleft().result() for _ in range(too_many)]

    def rest(self) -> Iterator[T]:
        """What all that is still on the way gives."""
        while self._waiting:
            yield self._waiting.popleft().result()


def in_order(works: Iterable[Callable[[], T]], at_once: int) -> Iterator[T]:
    """What each work gives, in their order, so many done at a time."""
    with Ahead[T](at_once) as ahead:
        for work in works:
            yield from ahead.ask(work)
        yield from ahead.rest()
