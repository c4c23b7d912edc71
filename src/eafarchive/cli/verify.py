"""``verify``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from eafarchive.archive.directory.holdings import Archive
from eafarchive.cli.loose import check_files
from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    LockTimeout,
    Quiet,
    Verbose,
    bar_unless,
    log_to_stderr,
    read_duration,
    read_path,
    told_to_end,
)
from eafarchive.config import load_settings
from eafarchive.errors import ConfigError, ExitCode
from eafarchive.model import Finding
from eafarchive.terminal import encode_json, print_lines, stoppable, write
from eafarchive.work.crawling.run import reading, utc_now
from eafarchive.work.pages.extract import expand
from eafarchive.work.report.deadline import patience
from eafarchive.work.verification.checkup import Checkup, Totals
from eafarchive.work.verification.consequences import condensed
from eafarchive.work.verification.scope import Scope

log = logging.getLogger("eafarchive")

_PART = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)%")


def verify_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Check these WARC or WACZ files, anybody's, instead of the archive; - for stdin.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Only closed WARC files not found sound since TIME: a date, an instant, or an age"
            " as 30d or 12h.",
        ),
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="K/N|P%",
            help="Only the K-th of N parts of the files, or the P per cent of the bytes that wait"
            " longest.",
        ),
    ] = None,
    fixity: Annotated[
        bool,
        typer.Option(
            "--fixity", help="Only the digests of closed WARC files, at the speed of the disk."
        ),
    ] = False,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Make again what WARC files give: records, the ledger's index, manifest lines that"
            " never were. No WARC file is touched, no changed digest accepted.",
        ),
    ] = False,
    salvaged: Annotated[
        Path | None,
        typer.Option(
            "--salvage",
            parser=read_path,
            metavar="DIR",
            help="Copy every whole record of damaged WARC files to DIR; the originals stay.",
        ),
    ] = None,
    lock_timeout: LockTimeout = 0.0,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check the archive: WARC structure, digests, manifest, ledger, every record anew.

    Prints one line for each finding: file@offset, what is wrong, what to do; what follows from a
    file that is damaged or missing is counted, and listed with -v. Exit code 5 if any finding is an
    error and was not repaired. With PATHs: those files alone, against WARC/1.1 and their own
    digests. Of a big archive, check a part each night: files found sound are
    noted in the ledger. Ctrl-C ends it in good order.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    if paths:
        if since or sample or fixity or repair or salvaged:
            raise ConfigError("--since, --sample, --fixity, --repair, --salvage: for archives only")
        raise typer.Exit(check_files(expand(tuple(paths)), as_json=as_json))
    settings = load_settings(config, archive)
    held = Archive.open(settings.archive)
    part, share = _read_sample(sample)
    scope = Scope(since=_read_since(since), part=part, share=share, fixity_only=fixity)
    if salvaged and salvaged.resolve().is_relative_to(held.root.resolve()):
        raise ConfigError(f"{salvaged}: lies in the archive; name a folder outside of it")
    with (
        stoppable() as (stop, caught),
        told_to_end(caught),
        bar_unless(quiet=quiet, verbose=verbose, as_json=as_json, in_bytes=True) as progress,
        reading(settings) as reader,
    ):
        checkup = Checkup(
            *(held, reader, scope),
            repair=repair,
            salvage_to=salvaged,
            stop=stop,
            progress=progress,
            try_again=patience(stop, lock_timeout),
        )
        if as_json:
            write('{"findings":[')
        found = checkup.findings()
        for number, finding in enumerate(found if as_json or verbose else condensed(found)):
            _show(finding, as_json=as_json, first=not number)
        done = [] if caught else list(checkup.amends(log.error))
    totals = checkup.totals()
    if as_json:
        told = msgspec.structs.asdict(totals) | {"done": done}
        write(f"],{encode_json(told)[1:]}\n")
    else:
        print_lines(done)
        print_lines(_closing(totals))
    code = ExitCode.DAMAGED if totals.errors else ExitCode.DONE
    raise typer.Exit(caught[0] if caught else code)


def _show(finding: Finding, *, as_json: bool, first: bool) -> None:
    if as_json:
        write(f"{'' if first else ','}\n{encode_json(finding)}")
    else:
        f = finding
        print_lines([f"{f.severity}: {f.where}: {f.what}; {f.action}"])


def _closing(totals: Totals) -> Iterator[str]:
    verdict = "FAILED" if totals.errors else "stopped" if totals.stopped else "ok"
    mended = f", {totals.mended} mended" if totals.mended else ""
    yield (
        f"{verdict}: {totals.errors} errors, {totals.warnings} warnings{mended};"
        f" {totals.files} of {totals.of_files} WARC files, {totals.bytes:,} bytes"
    )
    if totals.stopped:
        yield f"go on with: eafarchive verify --since {totals.began_at:%Y-%m-%dT%H:%M:%SZ}"


def _read_since(text: str | None) -> datetime | None:
    """The aware moment in a date, an instant or an age; raises `ConfigError`."""
    if text is None:
        return None
    if text[-1:] in {"d", "h", "m", "s"}:
        return utc_now() - timedelta(seconds=read_duration(text) or 0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            f"--since {text[:40]}: not a time: write 2026-11-24, 2026-11-24T03:05:00Z or 30d"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_sample(text: str | None) -> tuple[tuple[int, int] | None, float | None]:
    """The part or the share that the text is meant for; raises `ConfigError`."""
    if text is None:
        return None, None
    if found := _PART.fullmatch(text):
        k, n = int(found[1]), int(found[2])
        if 1 <= k <= n:
            return (k, n), None
    if (found := _SHARE.fullmatch(text)) and 0 < float(found[1]) <= 100:
        return None, float(found[1]) / 100
    raise ConfigError(f"--sample {text[:40]}: write 3/30 for the third of 30 parts, or 5%")
