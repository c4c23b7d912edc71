"""The journal: what a run did, one JSON object a line, for machines to read.

Every line has ``time`` (UTC), ``level``, ``event`` and ``message``; what an event is about stands
in fields of its own: ``url``, ``outcome``, ``detail``. All but printable ASCII is escaped.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

import msgspec

from eafarchive.archive.disk.files import make_directory, writing
from eafarchive.discovery.secrets import discreet
from eafarchive.errors import ExitCode, WriteError, exit_code_of
from eafarchive.record import format_instant

_ROOT = logging.getLogger("eafarchive")
_OWN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "event"})
"""What every log record has; what else one has is a field of the event."""


@contextlib.contextmanager
def journal(path: Path | None) -> Iterator[None]:
    """A context whose log lines of level info and above are appended to ``path``, if there is one.

    The file is opened anew once it was renamed or removed (logrotate needs no ``copytruncate``),
    and what ends the context is its last line. Raises `WriteError` if it cannot be opened, before
    anything is done, or could not take every line, after everything is done.
    """
    if path is None:
        yield
        return
    make_directory(path.parent)
    with writing(path):
        lines = _Lines(path)
    level = _ROOT.level
    _ROOT.addHandler(lines)
    _ROOT.setLevel(min(level or logging.INFO, logging.INFO))
    try:
        yield
    except BaseException as error:
        lines.end(error)
        raise
    finally:
        _ROOT.removeHandler(lines)
        _ROOT.setLevel(level)
        with contextlib.suppress(OSError):  # lines that were counted as lost before
            lines.close()
    if lines.lost:
        raise WriteError(f"{path}: {lines.lost} lines of the log could not be written: {lines.why}")


def told(event: str, **fields: Any) -> dict[str, Any]:
    """What a log call gives as ``extra``, so that the journal has the event's name and fields."""
    return fields | {"event": event}


def lost_lines() -> int:
    """How many lines the journals that are kept just now could not take."""
    return sum(each.lost for each in _ROOT.handlers if isinstance(each, _Lines))


class _Lines(WatchedFileHandler):
    """Appends events to a file, opened anew when another file, or none, lies at its path."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "a", "ascii")
        self.setLevel(logging.INFO)
        self.lost = 0
        self.why = ""
        """Of the first of them."""

    def format(self, record: logging.LogRecord) -> str:
        given = vars(record)
        line = {
            "time": format_instant(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "event": given.get("event", "message"),
            **{name: given[name] for name in given.keys() - _OWN},
            "message": record.getMessage(),
        }
        line = {k: discreet(v) if isinstance(v, str) else v for k, v in line.items()}
        if record.exc_info:
            line["traceback"] = logging.Formatter().formatException(record.exc_info)
        return json.dumps(line, default=msgspec.to_builtins)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:  # from opening it anew; writing ends in `handleError`
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Count the line; a bug is not hidden."""
        error = sys.exception()
        if not isinstance(error, OSError):
            super().handleError(record)
        self.lost += 1
        self.why = (
            self.why or (error.strerror if isinstance(error, OSError) else None) or repr(error)
        )

    def end(self, error: BaseException) -> None:
        """Write here alone what ended the run; of a bug, where it is."""
        code = exit_code_of(error)
        said = "interrupted" if code > 128 else str(error) or type(error).__name__
        place = (type(error), error, error.__traceback__) if code == ExitCode.BUG else None
        extra = told("run-failed", exit_code=code)
        self.handle(_ROOT.makeRecord("", logging.ERROR, "", 0, said, (), place, extra=extra))
