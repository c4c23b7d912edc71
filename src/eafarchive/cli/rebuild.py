"""``rebuild``."""

from __future__ import annotations

import typer

from eafarchive.archive.directory.holdings import Archive
from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    LockTimeout,
    Quiet,
    Verbose,
    log_to_stderr,
    told_to_end,
)
from eafarchive.config import load_settings
from eafarchive.errors import ExitCode
from eafarchive.terminal import print_json, print_lines, stoppable
from eafarchive.work.crawling.run import reading
from eafarchive.work.report.deadline import patience
from eafarchive.work.verification.rebuild import rebuild


def rebuild_command(
    lock_timeout: LockTimeout = 0.0,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make the ledger again from the WARC files alone, if it is lost, damaged or out of date.

    The old ledger is kept beside. What is held, moved or gone comes back, with validators; what
    was only heard of, and the notes on runs and verifications, do not. Exit code 5 says that a
    WARC file is damaged (all that can be read of it is taken in) or missing: then it is given up
    as lost, and crawls go on without it. Put back later, it is taken in again.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    settings = load_settings(config, archive)
    with stoppable() as (stop, caught), told_to_end(caught), reading(settings) as reader:
        waiting = patience(stop, lock_timeout)
        made = rebuild(Archive.open(settings.archive), reader, waiting, stop)
    if made is None:
        raise typer.Exit(caught[0])
    if as_json:
        print_json(made)
    else:
        if not quiet or made.is_damaged:  # one of the lines says of what
            print_lines(made.mended)
        print_lines([f"{made.captures} captures in {made.warc_files} WARC files, {made.urls} URLs"])
        if made.kept:
            print_lines([f"the ledger that was there is kept as {made.kept}"])
    if made.is_damaged:
        raise typer.Exit(ExitCode.DAMAGED)
