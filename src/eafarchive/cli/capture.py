"""``crawl``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    EachUrl,
    LockTimeout,
    LogFile,
    Quiet,
    bar_unless,
    log_to_stderr,
    read_date,
    read_duration,
    read_path,
    read_urls,
    told_to_end,
)
from eafarchive.config import Settings, load_settings
from eafarchive.errors import ConfigError
from eafarchive.terminal import note, print_json, stoppable, write
from eafarchive.work.crawling.plan import Wishes
from eafarchive.work.crawling.run import Result, crawl, rehearse, utc_now
from eafarchive.work.report.journal import journal, lost_lines
from eafarchive.work.report.metrics import metering


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
            parser=read_path,
            metavar="FILE",
            help="Capture the URLs in FILE, one a line; - is stdin.",
        ),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept",
            help="Take what stands at the URLs given for the article, whatever stood there before.",
        ),
    ] = False,
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
    time_limit: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="End in good order after TIME (90s, 10m, 2h); the next run goes on; exit code 75.",
        ),
    ] = None,
    lock_timeout: LockTimeout = 0.0,
    audit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Look again at the N articles longest unseen; default: as configured.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be asked for; write nothing.")
    ] = False,
    log_file: LogFile = None,
    metrics_file: Annotated[
        Path | None,
        typer.Option(
            parser=read_path,
            metavar="FILE",
            help="Write FILE at the end, for Prometheus's textfile collector.",
        ),
    ] = None,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: EachUrl = False,
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
    if accept and not given:
        raise ConfigError("--accept: name the URLs that it is about")
    if audit is not None and given:
        raise ConfigError("--audit: URLs given by name are all that is asked for; leave it out")
    wishes = Wishes(
        urls=given,
        accept=accept,
        limit=limit,
        since=read_date(since),
        until=read_date(until),
        full=full,
        audit=audit,
        time_limit=read_duration(time_limit),
        lock_timeout=lock_timeout,
    )
    with (
        journal(log_file),
        stoppable() as (stop, caught),
        told_to_end(caught),
        metering(None if dry_run else metrics_file, settings.archive, utc_now) as meter,
        bar_unless(quiet=quiet, verbose=verbose, as_json=as_json) as progress,
    ):
        if dry_run:
            result = rehearse(settings, wishes, stop)
        else:
            result = crawl(settings, wishes, stop, progress, summary=meter.summary)
        meter.exit_code = caught[0] if caught and not lost_lines() else result.exit_code
        _tell(result, settings, urls=dry_run, as_json=as_json)
        if meter.exit_code and result.reason:
            note(f"exit {meter.exit_code}: {result.reason}")
    raise typer.Exit(meter.exit_code)


def _tell(result: Result, settings: Settings, *, urls: bool, as_json: bool) -> None:
    s = result.summary
    named = [lead.url for lead in result.leads]
    if as_json:
        more = {"urls": named, "is_cut_short": result.is_cut_short} if urls else {}
        print_json(msgspec.structs.asdict(s) | more)
        return
    if urls:
        write("".join(f"{url}\n" for url in named))
        return
    again = f" ({s.held_again} held again)" if s.held_again else ""
    write(
        f"{s.discovered} discovered, {s.fetched} fetched: {s.new} new, {s.changed} changed,"
        f" {s.chrome_only} changed in chrome only, {s.unchanged} unchanged{again}; {s.gone} gone,"
        f" {s.moved} moved, {s.refused} refused, {s.failed} failed, {s.drifted} drifted,"
        f" {s.blocked} blocked, {s.warnings} with warnings, {s.source_warnings} source warnings;"
        f" {s.audited} audited; {s.requests} requests, {s.warc_bytes:,} WARC bytes,"
        f" {s.seconds:.1f} s"
        f" -> {settings.archive}\n"
    )
