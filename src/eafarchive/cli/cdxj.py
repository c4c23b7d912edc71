"""``cdxj``."""

from __future__ import annotations

import logging
import threading

import typer

from eafarchive.archive.directory.cdxj import CdxLine, cdx_lines
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.archive.directory.lost import missing_line, missing_now
from eafarchive.archive.disk.files import replace_file
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
from eafarchive.errors import ExitCode
from eafarchive.terminal import encode_json, write_bytes
from eafarchive.work.pages.extract import check_output
from eafarchive.work.report.deadline import patience

log = logging.getLogger("eafarchive")


def cdxj_command(
    out: Output = None,
    lock_timeout: LockTimeout = 0.0,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print a CDXJ index of all captures, sorted, as pywb and other replay tools read it.

    Made from the WARC files alone. A 304 leads to the page that it confirmed, so that replay shows
    that. Exit code 5 says that a WARC file is damaged or missing; all that can be read is listed.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    if out is not None:
        check_output(out, [])
    held = Archive.open(load_settings(config, archive).archive)
    found: list[CdxLine] = []
    is_damaged = False
    with lock(held.root, shared=True, try_again=patience(threading.Event(), lock_timeout)):
        for item in cdx_lines(held):
            if isinstance(item, CdxLine):
                found.append(item)
            else:
                name, damage = item
                log.error("%s@%d: %s", name, damage.offset, damage.reason)
                is_damaged = True
        if missing := missing_now(held.root):
            log.error("%s", missing_line(held.root, missing))
            is_damaged = True
    if as_json:
        index = f"{encode_json(sorted(found, key=CdxLine.encode))}\n".encode()
    else:
        index = b"".join(sorted(map(CdxLine.encode, found)))
    if out is None:
        write_bytes(index)
    else:
        replace_file(out, index)
    raise typer.Exit(ExitCode.DAMAGED if is_damaged else ExitCode.DONE)
