"""What people see: log lines and a progress bar on stderr, free of what a page could smuggle in."""

from __future__ import annotations

import _thread
import json
import logging
import os
import shlex
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import msgspec

from eafarchive.discovery.secrets import discreet
from eafarchive.errors import WriteError
from eafarchive.work.report.deadline import Progress, Stop

_NAMES = {
    "WARNING": "warning",
    "ERROR": "error",
    "CRITICAL": "error",
    "INFO": "info",
    "DEBUG": "debug",
}

_DRAWN_EVERY = 0.1
"""Seconds between two looks of a bar."""


def plain(text: str) -> str:
    """The text on one line, control and bidirectional characters shown as escapes."""
    return "".join(
        c if c.isprintable() or c == "\t" else c.encode("unicode_escape").decode() for c in text
    )


def start_logging(level: int) -> None:
    """Send the program's log lines of ``level`` and above to stderr, one event a line."""
    handler = _Stderr(sys.stderr)
    handler.setFormatter(_OneLine())
    logger = logging.getLogger("eafarchive")
    handler.setLevel(level)
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False


_bars: list[Callable[[], None]] = []
"""What wipes the bar off the terminal's last line, while there is one."""


def _make_room() -> None:
    """Leave the terminal's last line to who is about to write there; the bar comes again below."""
    for wipe in _bars:
        wipe()


class _Stderr(logging.StreamHandler[TextIO]):
    def emit(self, record: logging.LogRecord) -> None:
        _make_room()
        super().emit(record)


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = plain(discreet(record.getMessage()))
        line = f"{_NAMES.get(record.levelname, record.levelname)}: {said}"
        trace = record.exc_info and record.levelno >= logging.ERROR
        if not (trace and record.exc_info):
            return line
        # An exception's text may hold what a page says.
        told = self.formatException(record.exc_info).split("\n")
        return "\n".join((line, *(plain(discreet(row)) for row in told)))


@contextmanager
def progress_bar(*, shown: bool, in_bytes: bool = False) -> Iterator[Progress]:
    """A bar over the URLs of a run, or over bytes, on a terminal and only if ``shown``."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _done, _of: None
        return
    from rich import progress as rich  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415 - a terminal's luxury, slow to import
    from rich.control import Control  # noqa: PLC0415
    from rich.segment import ControlType  # noqa: PLC0415

    done = rich.DownloadColumn() if in_bytes else rich.MofNCompleteColumn()
    columns = (rich.BarColumn(), done, rich.TimeRemainingColumn())
    console, drawn_at = Console(stderr=True), 0.0

    off = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))

    # Drawn by who tells of progress, and no thread of its own, which would draw amid other lines.
    def tell(done: int, of: int) -> None:
        nonlocal drawn_at
        now = time.monotonic()
        is_due = now - drawn_at >= _DRAWN_EVERY or done == of
        drawn_at = now if is_due else drawn_at
        bar.update(task, completed=done, total=of, refresh=is_due)

    bar = rich.Progress(
        *columns,
        console=console,
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task("", total=None)
        _bars.append(lambda: console.control(off))
        try:
            yield tell
        finally:
            _bars.pop()


def unwind_on_signals() -> None:
    """Have SIGTERM and SIGHUP end the program as Ctrl-C does: what was begun is undone, and a line.

    One that is ignored, as under ``nohup``, stays so.
    """

    def leave(number: int, _frame: object) -> None:
        with suppress(OSError):
            os.write(2, b"eafarchive: interrupted\n")  # not by the stream, which may be in use
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, leave)


@contextmanager
def stoppable() -> Iterator[tuple[threading.Event, list[int]]]:
    """An event that SIGINT, SIGTERM and SIGHUP set, and the exit codes they ask for.

    A SIGTERM or SIGHUP that is ignored stays so.
    """
    caught: list[int] = []
    stop = Stop(caught)

    def note(number: int, _frame: object) -> None:
        if caught and number == signal.SIGINT:
            raise KeyboardInterrupt  # asked twice: now
        caught.append(128 + number)
        # Who waits is woken by another thread: the one that the signal interrupts may hold the
        # event's lock. Nor by a `threading.Thread`, whose start takes locks of its own.
        _thread.start_new_thread(stop.set, ())

    before = {
        number: signal.signal(number, note)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if number == signal.SIGINT or signal.getsignal(number) != signal.SIG_IGN  # ``nohup``
    }
    try:
        yield stop, caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def write(text: str) -> None:
    """Put the text on stdout at once, as UTF-8 whatever the locale; raises `WriteError`."""
    write_bytes(text.encode("utf-8", "backslashreplace"))


def write_bytes(data: bytes) -> bool:
    """Put the bytes on stdout at once; false if nobody reads it any more.

    A reader that is gone, as ``| head`` is, wants no more: nothing is wrong with the archive, and
    the exit code stays what it is. Raises `WriteError` if stdout cannot take them.
    """
    _make_room()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard_output()
        return False
    except OSError as error:
        raise WriteError(f"standard output: cannot write: {error.strerror}") from error
    return True


def discard_output(descriptor: int = 1) -> None:
    """Let stdout, and what it still holds, go nowhere from now on; or stderr, which is 2."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def end_stderr() -> None:
    """Flush stderr; if nobody takes what it holds, let it go, so that the exit code stays."""
    try:
        sys.stderr.flush()
    except OSError:
        discard_output(2)


def note(text: str) -> None:
    """Put a line on stderr, however quiet the log is; that nobody takes it is no failure."""
    with suppress(OSError):
        _make_room()
        sys.stderr.write(f"{plain(discreet(text))}\n")
        sys.stderr.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Put lines on stdout, free of control characters."""
    write("".join(f"{plain(line)}\n" for line in lines))


def program_name() -> str:
    """What to type to run this program again: its name if that is found, else as it was called."""
    if shutil.which("eafarchive"):
        return "eafarchive"
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m eafarchive"
    return shlex.quote(str(called))


def shows_colour() -> bool:
    """Whether stdout is a terminal whose user has nothing against colours (NO_COLOR)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.getenv("TERM") != "dumb"


def print_json(value: object) -> None:
    """Put the value on stdout as one line of JSON."""
    write(f"{encode_json(value)}\n")


def encode_json(value: object) -> str:
    """The value as JSON; what no UTF-8 can say, of a file's name, in escapes that Python reads."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":"))
