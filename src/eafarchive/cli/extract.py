"""``extract`` and ``export``."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.directory.lost import missing_line, missing_now
from eafarchive.archive.disk.files import reading as from_disk
from eafarchive.archive.disk.files import replacing
from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    LockTimeout,
    Output,
    Quiet,
    Verbose,
    log_to_stderr,
)
from eafarchive.config import load_settings
from eafarchive.discovery.urls import clean_url
from eafarchive.errors import ConfigError, DamageError, ExitCode
from eafarchive.model import Finding, NotAnArticle
from eafarchive.record import decode_record, encode_line
from eafarchive.terminal import print_json, write, write_bytes
from eafarchive.work.crawling.run import reading
from eafarchive.work.pages.extract import WARCS, check_output, expand, extract_files
from eafarchive.work.records.derive import rewrite_records
from eafarchive.work.report.deadline import patience

log = logging.getLogger("eafarchive")


def extract_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help=".warc, .warc.gz, .wacz, a folder of them, a saved page, or - for stdin.",
            show_default=False,
        ),
    ] = None,
    out: Output = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address of saved pages.")
    ] = None,
    lock_timeout: LockTimeout = 0.0,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Derive records again, offline. Without PATHs: rewrites all records of the archive.

    With PATHs: prints one JSON Lines record for each article capture found in them.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    if not paths and out is not None:
        raise ConfigError(
            f"-o {out}: without PATHs the archive's own records are rewritten; for one file of all"
            f" of them: eafarchive export -o {out}"
        )
    if not paths and url is not None:
        raise ConfigError("--url: is the address of a saved page: name the page")
    if url is not None and clean_url(url) is None:
        raise ConfigError(f"--url {url[:80]}: not a web address: write https://…")
    settings = load_settings(config, archive)
    with reading(settings, is_own=not paths) as reader:
        if not paths:
            held = Archive.open(settings.archive)
            waiting = patience(threading.Event(), lock_timeout)
            done = rewrite_records(held, reader, log.error, try_again=waiting)
            if as_json:
                print_json(done)
            else:
                kept = f", {done.kept} kept" * bool(done.kept)
                counts = f"{done.written} written, {done.removed} removed{kept}"
                write(f"{done.articles} articles: {counts}\n")
            if done.damaged or done.missing:
                raise typer.Exit(ExitCode.DAMAGED)
            if done.has_drifted:
                log.error(
                    "%d records removed: by the profiles in force their pages are no articles;"
                    " eafarchive profile check says why",
                    done.removed,
                )
                raise typer.Exit(ExitCode.DRIFT)
            raise typer.Exit(ExitCode.SOME_FAILED if done.unread else ExitCode.DONE)
        faults: list[Finding] = []

        def complain(found: Finding) -> None:
            is_error = found.severity == "error"
            level = logging.ERROR if is_error else logging.WARNING
            log.log(level, "%s: %s; %s", found.where, found.what, found.action)
            faults.extend([found] * is_error)

        files = expand(tuple(paths))
        if url is not None and all(file.name.endswith(WARCS) for file in files):
            raise ConfigError(f"--url: is the address of a saved page, and {files[0]} has its own")
        if out is not None:
            check_output(out, files)
        is_unread = False
        found = extract_files(files, url, sys.stdin.buffer, reader, complain)
        with _sink(out) as put:
            for item in found:
                if isinstance(item, NotAnArticle):
                    is_unread |= item.is_unread
                    what = "not read" if item.is_unread else "no article"
                    log.warning("%s: %s: %s", item.url, what, item.reason)
                elif not put(encode_line(item)):
                    break
    raise typer.Exit(ExitCode.SOME_FAILED if faults or is_unread else ExitCode.DONE)


def export_command(
    out: Output = None,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,  # noqa: ARG001 - the lines are JSON without it, too
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print the newest record of each article, sorted by path, as JSON Lines.

    Nothing is derived anew: the lines are the files below records/ as they stand. Exit code 5 says
    that one of them is no record, or that a WARC file is missing; all others are printed.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    held = Archive.open(load_settings(config, archive).archive)
    files = held.record_files()
    if out is not None:
        check_output(out, files)
    missing = missing_now(held.root)
    if missing:
        log.error("%s", missing_line(held.root, missing))
    is_damaged = bool(missing)
    with _sink(out) as put:
        for path in files:
            try:
                with from_disk(path):
                    record = decode_record(path.read_bytes(), str(path))
            except DamageError as error:
                log.error("%s; eafarchive extract makes it again", error)  # noqa: TRY400 - one line
                is_damaged = True
                continue
            if not put(encode_line(record)):
                break
    raise typer.Exit(ExitCode.DAMAGED if is_damaged else ExitCode.DONE)


@contextlib.contextmanager
def _sink(out: Path | None) -> Iterator[Callable[[bytes], object]]:
    """What takes the lines, and says false once nobody reads them any more."""
    if out is None:
        yield write_bytes
    else:
        with replacing(out) as file:
            yield file.write
