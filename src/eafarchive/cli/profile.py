"""``profile check``, ``profile list`` and ``profile show``."""

from __future__ import annotations

from typing import Annotated

import typer

from eafarchive.cli.options import (
    ArchiveFolder,
    AsJson,
    ConfigFile,
    Quiet,
    log_to_stderr,
)
from eafarchive.config import builtin_profiles, load_profile, load_settings
from eafarchive.terminal import print_json, print_lines, write
from eafarchive.work.crawling.run import reading
from eafarchive.work.pages.check import check, idle_rules, total
from eafarchive.work.pages.telling import (
    tell_idle,
    tell_in_brief,
    tell_in_full,
    tell_profile,
    tell_totals,
)

profile_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Say which rule of a profile matched what; list and show profiles.",
)


@profile_app.command(
    "check",
    epilog="Examples:  eafarchive profile check https://eastasiaforum.org/2024/01/02/slug/  |"
    "  eafarchive profile check page.html --url https://site.example/a/ --profile mine.toml  |"
    "  eafarchive profile check old.warc.gz",
)
def check_command(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="URL|FILE|WARC|RECORD",
            help="An article's URL (its newest capture in the archive), a saved page, a WARC file,"
            " or a record's .json; without one, every article of the archive.",
            show_default=False,
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="A built-in profile or a .toml file, instead of the one configured for the host.",
        ),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address of a saved page.")
    ] = None,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Name inherited rules that matched nothing, too."),
    ] = False,
) -> None:
    """Show which rule of a profile matched what on a page that is at hand; ask no network.

    One page is shown in full: layouts, fields and the rule that gave each, every block with the
    reason why it is in or out, rules that matched nothing. Several pages get a line each, and
    one at the end says how many lack which field.
    """
    log_to_stderr(quiet=quiet, verbose=False)
    settings = load_settings(config, archive)
    only = load_profile(profile) if profile is not None else None
    with reading(settings, only, is_own=False) as reader:
        checked = list(check(target, url, settings.archive, reader))
    idle = idle_rules(checked)
    if as_json:
        named = {one.profile: one.rules for one in idle}
        print_json({"pages": checked, "idle": named, "totals": total(checked)._asdict()})
    elif len(checked) == 1:
        print_lines(tell_in_full(checked[0], with_inherited=verbose))
    else:
        print_lines(map(tell_in_brief, checked))
        print_lines([*tell_idle(idle), tell_totals(total(checked))])


@profile_app.command("list", epilog="Example:  eafarchive profile list --json")
def list_command(as_json: AsJson = False) -> None:
    """List the built-in profiles."""
    if as_json:
        print_json(builtin_profiles())
    else:
        print_lines(builtin_profiles())


@profile_app.command(
    "show",
    epilog="Examples:  eafarchive profile show wordpress  |  eafarchive profile show my.toml",
)
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE")], as_json: AsJson = False
) -> None:
    """Show a profile as TOML with all rules in force, inherited ones included."""
    shown = load_profile(name)
    if as_json:
        print_json(shown)
    else:
        write(tell_profile(shown))
