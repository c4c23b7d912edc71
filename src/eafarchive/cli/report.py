"""``status`` and ``demo``."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.directory.lost import missing_line
from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    EachUrl,
    Quiet,
    Verbose,
    bar_unless,
    log_to_stderr,
    read_path,
)
from eafarchive.config import load_settings
from eafarchive.errors import ExitCode
from eafarchive.terminal import print_json, print_lines, program_name, stoppable, write
from eafarchive.work.crawling.run import utc_now
from eafarchive.work.held.status import Status, status

log = logging.getLogger("eafarchive")


def status_command(
    max_age: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            max=3650,
            metavar="DAYS",
            help="Exit code 4 if for so long no run finished, or no page was fetched.",
        ),
    ] = None,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what the archive holds, what is due, what fails, and the last run."""
    log_to_stderr(quiet=quiet, verbose=verbose)
    settings = load_settings(config, archive)
    asked = timedelta(days=max_age) if max_age else None
    now = status(Archive.open(settings.archive), utc_now(), asked)
    if now.missing:
        log.warning("%s", missing_line(Path(now.archive), now.missing))
    if as_json:
        print_json(now)
    else:
        print_lines(_told(now))
    raise typer.Exit(ExitCode.NOTHING_FETCHED if now.stale else ExitCode.DONE)


def _told(now: Status) -> list[str]:
    lines = [
        f"archive   {now.archive}",
        f"articles  {now.articles}",
        f"captures  {now.captures} in {now.warc_files} WARC files, {now.warc_bytes:,} bytes",
        f"urls      {', '.join(f'{n} {name}' for name, n in sorted(now.urls.items())) or 'none'}",
        f"due       {now.due} in the next run; {len(now.failing)} failing or refused",
    ]
    if now.missing:
        lines.insert(3, f"missing   {len(now.missing)} WARC files; the first: {now.missing[0]}")
    if now.left_alone:
        hosts = ", ".join(f"{host} until {until}" for host, until in now.left_alone.items())
        lines.append(f"waiting   {now.waiting} for hosts that asked to be left alone: {hosts}")
    lines += (
        f"  {u.outcome}: {u.url}: {u.detail}, {u.failures}x, again "
        + (u.due_at or ("next run" if u.is_due else "in an audit"))
        for u in now.failing[:20]
    )
    if now.last_run:
        run = now.last_run
        ended = (
            f"ended {run.finished_at} with exit code {run.exit_code}"
            if run.finished_at
            else "did not end"
        )
        lines.append(f"last run  began {run.started_at}, {ended}")
    good, seen = now.last_success or "never", now.last_fetch or "never"
    lines.append(f"finished  {good}, a page was fetched {seen}")
    return lines + [f"STALE     {why}" for why in now.stale]


def demo_command(
    folder: Annotated[
        Path,
        typer.Option("--archive", parser=read_path, metavar="DIR", help="Folder to make it in."),
    ] = Path("demo-archive"),
    keep_serving: Annotated[
        bool, typer.Option("--keep-serving", help="Serve the site until Ctrl-C.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: EachUrl = False,
) -> None:
    """Serve the bundled synthetic site on loopback, crawl it, and show what was made and where."""
    from eafarchive.work.crawling.demo import demonstrate, tell  # noqa: PLC0415 - no other needs the site

    log_to_stderr(quiet=not verbose, verbose=verbose)
    with (
        stoppable() as (stop, caught),
        bar_unless(quiet=quiet, verbose=verbose, as_json=as_json) as progress,
        demonstrate(folder, stop, progress) as shown,
    ):
        if as_json:
            print_json(shown.result.summary)
        else:
            print_lines(tell(shown, program_name()).split("\n"))
        if keep_serving and not caught:
            write(f"\nServing {shown.base_url} until Ctrl-C.\n")
            stop.wait()
    raise typer.Exit(0 if keep_serving else caught[0] if caught else shown.exit_code)
