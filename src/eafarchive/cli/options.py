"""The options that commands share, and what people type made into values."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from eafarchive.discovery.urls import clean_url
from eafarchive.errors import BusyError, ConfigError
from eafarchive.terminal import progress_bar, start_logging
from eafarchive.work.report.deadline import Progress

_DURATION = re.compile(r"(?:[0-9.]+[dhms])+|[0-9.]+")
_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_LONGEST = 366 * 86400


def read_path(text: str) -> Path:
    """The path as typed; nothing is none, though it would mean the working directory."""
    if not text:
        raise typer.BadParameter("is empty: name a file or a folder")
    return Path(text)


def read_output(text: str) -> Path | None:
    """The path as typed; ``-`` is standard output, and so none."""
    return None if text == "-" else read_path(text)


def read_duration(text: str | None) -> float | None:
    """The seconds in ``90``, ``90s``, ``10m``, ``1h30m`` or ``2d``; raises `ConfigError`."""
    if text is None:
        return None
    parts = re.findall("([0-9.]+)([dhms]?)", text) if _DURATION.fullmatch(text) else []
    try:
        seconds = sum(float(number) * _SECONDS[unit or "s"] for number, unit in parts)
    except ValueError:  # 1.2.3
        seconds = 0
    if not 0 < seconds <= _LONGEST:
        raise ConfigError(f"{text[:40]}: not a time: write 90s, 10m, 2h, 1h30m or plain seconds")
    return seconds


def read_wait(text: str | float) -> float:
    """The seconds in the text, as `read_duration` reads it, or 0; raises `ConfigError`."""
    is_none = re.fullmatch(r"0+(?:\.0*)?", str(text))
    return 0.0 if is_none else read_duration(str(text)) or 0.0


ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        parser=read_path,
        metavar="FILE",
        help="Configuration; default: ./config.toml, else the packaged one.",
    ),
]
ArchiveFolder = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        parser=read_path,
        metavar="DIR",
        help="Archive directory, instead of the configured one.",
    ),
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        parser=read_path,
        metavar="FILE",
        help="Append what is done to FILE, one JSON object a line, for machines.",
    ),
]
LockTimeout = Annotated[
    float,
    typer.Option(
        parser=read_wait,
        metavar="TIME",
        help="Wait up to TIME (90s, 10m, 2h) for another run to end, instead of exit code 75 at"
        " once.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        parser=read_output,
        metavar="OUT",
        help="Write there instead of stdout (-).",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Errors only on stderr, no bar.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")]
EachUrl = Annotated[bool, typer.Option("--verbose", "-v", help="A line for every URL on stderr.")]


def log_to_stderr(*, quiet: bool, verbose: bool) -> None:
    """Start logging: warnings, errors only, or a line for every URL."""
    start_logging(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)


def bar_unless(
    *, quiet: bool, verbose: bool, as_json: bool, in_bytes: bool = False
) -> contextlib.AbstractContextManager[Progress]:
    """A progress bar unless something else is to be seen on the terminal."""
    return progress_bar(shown=not (quiet or verbose or as_json), in_bytes=in_bytes)


@contextlib.contextmanager
def told_to_end(caught: list[int]) -> Iterator[None]:
    """A context in which waiting in vain, once told to end, is an end like any other."""
    try:
        yield
    except BusyError:
        if caught:
            raise typer.Exit(caught[0]) from None
        raise


def read_urls(given: list[str], file: Path | None) -> tuple[str, ...]:
    """The clean URLs given, and those in the file; raises `ConfigError` for what is none."""
    named = [(url, url) for url in given]
    if file is not None:
        try:
            data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
            text = data.decode("utf-8-sig")
        except OSError as error:
            raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{file}: is not UTF-8 text") from None
        lines = enumerate(text.splitlines(), 1)
        stripped = ((number, line.strip()) for number, line in lines)
        named += [(f"{file}:{n}: {line}", line) for n, line in stripped if line and line[0] != "#"]
    cleaned = []
    for shown, url in named:
        clean = clean_url(url)
        if clean is None:
            raise ConfigError(f"{shown[:300]}: not an http or https URL")
        cleaned.append(clean)
    return tuple(cleaned)


def read_date(text: str | None) -> str | None:
    """The date as ``YYYY-MM-DD``; raises `ConfigError`."""
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        raise ConfigError(f"{text}: not a date: write YYYY-MM-DD") from None
