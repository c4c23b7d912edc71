"""``crawl`` and ``extract``."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from eafarchive.archive.files import replacing
from eafarchive.archive.holdings import Archive
from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    Quiet,
    Verbose,
    bar_unless,
    log_to_stderr,
    read_date,
    read_urls,
)
from eafarchive.config import Settings, load_settings
from eafarchive.errors import ConfigError
from eafarchive.model import NotAnArticle
from eafarchive.record import encode_line
from eafarchive.terminal import print_json, stoppable, write, write_bytes
from eafarchive.work.derive import rewrite_records
from eafarchive.work.extract import expand, extract_files
from eafarchive.work.plan import Wishes
from eafarchive.work.run import Result, crawl, reading, rehearse

log = logging.getLogger("eafarchive")


def crawl_command(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="[URL]...", help="Capture just these.", show_default=False),
    ] = None,
    input_file: Annotated[
        Path | None,
        typer.Option(
            "-i",
            "--input",
            metavar="FILE",
            help="Capture the URLs in FILE, one a line; - is stdin.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Ask for at most N articles.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only articles dated (in their URL) DATE or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only articles dated (in their URL) DATE or earlier."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Ask for everything again, changed or not.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be asked for; write nothing.")
    ] = False,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Capture articles into the archive: WARC files and JSON records in one pass.

    Without URLs: finds articles in the configured sites' sitemaps and feeds and asks for what is
    new or changed. Run it again, from cron say, and it goes on where it stopped.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    settings = load_settings(config, archive)
    given = read_urls(urls or [], input_file)
    if not given and (urls or input_file):
        raise ConfigError(f"{input_file}: holds no URL")
    wishes = Wishes(given, limit, read_date(since), read_date(until), full)
    with (
        stoppable() as (stop, caught),
        bar_unless(quiet=quiet, verbose=verbose, as_json=as_json) as progress,
    ):
        if dry_run:
            result = rehearse(settings, wishes, stop)
        else:
            result = crawl(settings, wishes, stop, progress)
    if dry_run and not as_json:
        write("".join(f"{lead.url}\n" for lead in result.leads))
    elif as_json:
        print_json(result.summary)
    else:
        write(_summary_line(result, settings))
    raise typer.Exit(caught[0] if caught else result.exit_code)


def extract_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help=".warc, .warc.gz, .wacz, a folder of them, a saved page, or - for stdin.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="Write there instead of stdout."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address of saved pages.")
    ] = None,
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
    settings = load_settings(config, archive)
    with reading(settings) as reader:
        if not paths:
            done = rewrite_records(Archive.open(settings.archive), reader, log.error)
            if as_json:
                print_json(done)
            else:
                write(f"{done.articles} articles: {done.written} written, {done.removed} removed\n")
            raise typer.Exit(5 if done.damaged else 0)
        faults: list[str] = []
        found = extract_files(expand(tuple(paths)), url, sys.stdin.buffer, reader, faults.append)
        with _sink(out) as put:
            for item in found:
                if isinstance(item, NotAnArticle):
                    log.warning("%s: no article: %s", item.url, item.reason)
                elif not put(encode_line(item)):
                    break
        for fault in faults:
            log.error("%s", fault)
    raise typer.Exit(3 if faults else 0)


def _summary_line(result: Result, settings: Settings) -> str:
    s = result.summary
    return (
        f"{s.discovered} discovered, {s.fetched} fetched: {s.new} new, {s.changed} changed,"
        f" {s.unchanged} unchanged; {s.refused} refused, {s.failed} failed, {s.warnings} with"
        f" warnings; {s.requests} requests, {s.warc_bytes:,} WARC bytes, {s.seconds:.1f} s"
        f" -> {settings.archive}\n"
    )


@contextlib.contextmanager
def _sink(out: Path | None) -> Iterator[Callable[[bytes], object]]:
    """What takes the lines, and says false once nobody reads them any more."""
    if out is None:
        yield write_bytes
    else:
        with replacing(out) as file:
            yield file.write
