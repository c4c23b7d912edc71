"""Metrics of the last run and of the archive, for the textfile collector of Prometheus.

The text exposition format 0.0.4: ``# HELP``, ``# TYPE``, one sample a line. All are gauges: they
say how the last run went and what is held, and nothing here counts on between runs.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from eafarchive.archive.captures.writer import OPEN
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.disk.files import replace_file, replacing
from eafarchive.errors import BusyError, EafarchiveError, ExitCode, WriteError, exit_code_of
from eafarchive.work.report.summary import Summary

_OUTCOMES = ("new", "changed", "chrome_only", "unchanged", "failed", "refused", "gone")
_EPOCH = datetime.fromtimestamp(0, UTC)


class Meter(msgspec.Struct):
    """What a run tells of itself; filled in while it runs."""

    summary: Summary
    exit_code: int = ExitCode.BUG


class Sample(msgspec.Struct, frozen=True):
    """One line of the exposition."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()


Metric = tuple[str, str, tuple[Sample, ...]]
"""Name without the prefix, help, samples."""


@contextlib.contextmanager
def metering(path: Path | None, root: Path, clock: Callable[[], datetime]) -> Iterator[Meter]:
    """A context for a run over the archive at ``root``; its metrics are written at its end.

    They are written however it ends, and with the exit code that an error asks for; but not where
    another run holds the archive: what is there is that run's, or of the one before. Raises
    `WriteError` at once if ``path`` cannot be written, and at the end, if no other error ended it.
    """
    meter = Meter(Summary())
    if path is None:
        yield meter
        return
    with contextlib.suppress(_JustTrying), replacing(path):
        raise _JustTrying
    began = time.monotonic()

    def write() -> None:
        seconds = time.monotonic() - began
        metrics = (*_of_run(meter, clock(), seconds), *_of_archive(root, clock()))
        replace_file(path, encode_metrics(metrics, (("archive", str(root.resolve())),)))

    try:
        yield meter
    except BusyError:
        raise
    except BaseException as error:
        meter.exit_code = exit_code_of(error)
        with contextlib.suppress(WriteError):  # of the same disk, say: the first cause is told
            write()
        raise
    write()


class _JustTrying(Exception):  # noqa: N818 - no error
    """Nothing is to be written yet."""


def encode_metrics(metrics: tuple[Metric, ...], labels: tuple[tuple[str, str], ...]) -> bytes:
    """The metrics in text; ``labels`` are put on every sample."""
    lines = []
    for name, told, samples in metrics:
        full = f"eafarchive_{name}"
        lines += [f"# HELP {full} {_escaped(told)}", f"# TYPE {full} gauge"]
        for sample in samples:
            pairs = ",".join(
                f'{label}="{_escaped(value, quote=True)}"'
                for label, value in (*labels, *sample.labels)
            )
            lines.append(f"{full}{{{pairs}}} {sample.value!r}")
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _of_run(meter: Meter, now: datetime, seconds: float) -> Iterator[Metric]:
    counts = msgspec.structs.asdict(meter.summary)
    yield _gauge("last_run_timestamp_seconds", "When the last run ended.", now.timestamp())
    yield _gauge("last_run_exit_code", "Exit code of the last run.", int(meter.exit_code))
    yield _gauge("last_run_duration_seconds", "Wall time of the last run.", round(seconds, 3))
    told = "URLs of the last run by what became of them."
    outcomes = tuple(
        Sample(counts.get(name, 0), (("outcome", name.replace("_", "-")),)) for name in _OUTCOMES
    )
    yield "last_run_urls", told, outcomes
    requests = counts["requests"]
    yield _gauge("last_run_requests", "HTTP requests sent by the last run.", requests)
    written = counts["warc_bytes"]
    yield _gauge("last_run_warc_bytes", "Bytes the last run wrote to WARC files.", written)
    told = "Pages of the last run that no longer read as their profile says."
    yield _gauge("last_run_drift", told, counts["drifted"])
    told = "Sitemaps, feeds and REST routes that are broken, missing or shrank."
    yield _gauge("last_run_source_warnings", told, counts["source_warnings"])


def _of_archive(root: Path, now: datetime) -> Iterator[Metric]:
    archive = Archive(root)
    files = archive.warc_files()
    yield _gauge("articles", "Articles held.", archive.count_records())
    yield _gauge("warc_files", "WARC files held.", len(files))
    size = sum(file.stat().st_size for file in files)
    yield _gauge("warc_bytes", "Bytes of all WARC files held.", size)
    closed = {archive.name_of(file): file for file in files if not file.name.endswith(OPEN)}
    last_good: datetime | None = None
    oldest: tuple[str, datetime | None] | None = (next(iter(closed)), None) if closed else None
    # Without a ledger nothing is known to have gone well, and no file to have been verified.
    with contextlib.suppress(EafarchiveError), contextlib.closing(archive.ledger()) as ledger:
        last_good = ledger.last_good_run(now)
        oldest = ledger.fixity.longest_unverified(closed)
    told = (
        "End of the last run that finished (exit code 0 or 3, or its time limit); 0: none is known."
    )
    good = (last_good or _EPOCH).timestamp()
    yield _gauge("last_success_timestamp_seconds", told, good)
    age = 0.0
    if oldest:
        name, verified = oldest
        since = verified.timestamp() if verified else closed[name].stat().st_mtime
        age = max(0.0, round(now.timestamp() - since, 3))
    told = "Time since the WARC file longest unverified was last verified, or else written."
    yield _gauge("oldest_unverified_warc_age_seconds", told, age)


def _gauge(name: str, told: str, value: float) -> Metric:
    return name, told, (Sample(value),)


def _escaped(text: str, *, quote: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quote else text
