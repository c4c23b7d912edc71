"""``compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eafarchive.archive.directory.holdings import Archive
from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    Quiet,
    Verbose,
    log_to_stderr,
)
from eafarchive.config import load_settings
from eafarchive.errors import ConfigError, ExitCode
from eafarchive.terminal import print_json, print_lines
from eafarchive.work.verification.compare import compare


def compare_command(
    copy: Annotated[Path, typer.Argument(metavar="COPY", help="The directory of the copy.")],
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Compare the archive with a copy of it: every WARC file and record, by SHA-256.

    Prints one line for each file that differs, is missing or is extra in COPY; exit code 5 if there
    is any.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    settings = load_settings(config, archive)
    if not (copy / "warc").is_dir():
        raise ConfigError(f"{copy}: holds no copy of an archive; name the directory of one")
    found = compare(Archive.open(settings.archive), Archive.open(copy))
    differences = 0
    if as_json:
        listed = list(found)
        differences = len(listed)
        print_json({"differences": differences, "findings": listed})
    else:
        for f in found:
            differences += 1
            print_lines([f"{f.where}: {f.what}; {f.action}"])
        print_lines([f"{'FAILED' if differences else 'ok'}: {differences} differences"])
    raise typer.Exit(ExitCode.DAMAGED if differences else ExitCode.DONE)
