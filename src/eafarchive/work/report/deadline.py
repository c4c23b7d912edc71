"""Bounds in time: how long a run may take, and how long it waits for another one to end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from eafarchive.errors import ExitCode
from eafarchive.work.report.journal import told

log = logging.getLogger(__name__)

_PAUSE = 0.1
"""Seconds between two looks at a lock that another run holds."""

Progress = Callable[[int, int], None]
"""Told how many URLs, or bytes, of how many are done."""


class Stop(threading.Event):
    """An event that is set from the moment that a signal was caught."""

    def __init__(self, caught: list[int]) -> None:
        """``caught`` are the exit codes that signals ask for, as they come."""
        super().__init__()
        self._caught = caught

    def is_set(self) -> bool:
        """Whether somebody set it, or a signal came."""
        return bool(self._caught) or super().is_set()

    @property
    def exit_code(self) -> ExitCode:
        """What the first signal asks for, or what Ctrl-C would."""
        return ExitCode(self._caught[0]) if self._caught else ExitCode.INTERRUPTED


class Alarm:
    """Whether the time a run was given is over; see `alarm`."""

    def __init__(self) -> None:
        """The time is not over yet."""
        self.rang = False


@contextmanager
def alarm(stop: threading.Event, seconds: float | None) -> Iterator[Alarm]:
    """A context that sets ``stop`` after so many seconds, unless it is set already.

    ``None``: never.
    """
    made = Alarm()

    def ring() -> None:
        if not stop.is_set():
            made.rang = True
            stop.set()

    if seconds is None:
        yield made
        return
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield made
    finally:
        timer.cancel()


def patience(stop: threading.Event, seconds: float) -> Callable[[], bool]:
    """What to ask before each new try: waits a moment, and says whether to try again.

    It says no once the seconds are over or ``stop`` is set.
    """
    began = time.monotonic()
    waiting = False

    def try_again() -> bool:
        nonlocal waiting
        left = began + seconds - time.monotonic()
        if left > 0 and not waiting:
            line = "another run is using the archive; waiting up to %g s for its end"
            log.info(line, seconds, extra=told("lock-wait"))
            waiting = True
        return left > 0 and not stop.wait(min(_PAUSE, left))

    return try_again
