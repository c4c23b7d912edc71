"""``discover``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    Quiet,
    log_to_stderr,
)
from eafarchive.config import load_settings
from eafarchive.terminal import print_json, print_lines, stoppable
from eafarchive.work.crawling.reconcile import Reconciliation, reconcile


def discover_command(
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List the URLs that are missed.")
    ] = False,
) -> None:
    """Show what each sitemap, feed and REST route knows, and what each one misses.

    Reads every source whole, asks for no article and writes nothing. Verbose or as JSON it lists
    the URLs that are missed.
    """
    log_to_stderr(quiet=quiet, verbose=False)
    settings = load_settings(config, archive)
    with stoppable() as (stop, caught):
        found = reconcile(settings, stop)
    if as_json:
        print_json(found)
    else:
        print_lines(_told(found, verbose=verbose))
    raise typer.Exit(caught[0] if caught else found.exit_code)


def _told(found: Reconciliation, *, verbose: bool) -> Iterator[str]:
    for source in found.sources:
        yield (
            f"{source.kind:8} knows {source.knows:6}, misses {len(source.misses):6}  {source.url}"
        )
        if verbose:
            yield from (f"  misses {url}" for url in source.misses)
    for trouble in found.troubles:
        yield f"unread   {trouble.url}: {trouble.detail}"
    if found.is_cut_short:
        yield "cut short: told to end before all sources were read; they may know more than that"
        return
    if not found.sources:
        yield "no source could be read: what the site has is not known"
        return
    missing = found.articles - found.held
    yield f"together {found.articles} articles; the archive holds {found.held}, lacks {missing}"
    yield f"unlisted {len(found.unlisted)} articles in the archive that no source names"
    if verbose:
        yield from (f"  unlisted {url}" for url in found.unlisted)
