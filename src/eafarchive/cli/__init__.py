"""The command line: one function a command, no logic."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Annotated, NoReturn, cast

import typer

from eafarchive.cli.capture import crawl_command
from eafarchive.cli.cdxj import cdxj_command
from eafarchive.cli.compare import compare_command
from eafarchive.cli.discover import discover_command
from eafarchive.cli.extract import export_command, extract_command
from eafarchive.cli.history import diff_command, history_command, show_command
from eafarchive.cli.profile import profile_app
from eafarchive.cli.rebuild import rebuild_command
from eafarchive.cli.report import demo_command, status_command
from eafarchive.cli.settings import config_command
from eafarchive.cli.verify import verify_command
from eafarchive.errors import EafarchiveError, exit_code_of
from eafarchive.record import SOFTWARE
from eafarchive.terminal import discard_output, end_stderr, plain, unwind_on_signals, write

_UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__base__)
"""What the parser of the command line raises; Typer names no more than the one kind."""


def _show_version(wanted: bool) -> None:
    if wanted:
        write(f"{SOFTWARE}\n")
        raise typer.Exit


app = typer.Typer(
    name="eafarchive",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Archive East Asia Forum: byte-exact WARC captures and clean JSON records.\n\n"
    "Try it on the bundled site:  eafarchive demo",
    epilog="Exit codes: 0 done; 1 bug; 2 usage or configuration; 3 some URLs failed; 4 nothing"
    " could be fetched; 5 verification failed; 6 robots.txt forbids all; 7 articles no longer match"
    " their profile; 73 cannot write; 75 try later; 129/130/143 interrupted.",
)


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show it and exit."),
    ] = False,
) -> None:
    pass


app.command(
    "crawl",
    short_help="Capture new and changed articles: WARC files, JSON records.",
    epilog="Examples:  eafarchive crawl  |  eafarchive crawl --since 2024-01-01 --limit 100  |"
    "  eafarchive crawl -i urls.txt  |  eafarchive crawl --dry-run  |"
    "  eafarchive crawl -q --time-limit 2h --log-file crawl.jsonl --metrics-file eafarchive.prom",
)(crawl_command)
app.command(
    "discover",
    short_help="Show what each source knows, and what each misses.",
    epilog="Examples:  eafarchive discover -v  |  eafarchive discover --json",
)(discover_command)
app.command(
    "extract",
    short_help="Derive records again, offline.",
    epilog="Examples:  eafarchive extract  |  eafarchive extract old/*.warc.gz -o articles.jsonl  |"
    "  eafarchive extract page.html --url https://eastasiaforum.org/2024/01/02/slug/",
)(extract_command)
app.command(
    "export",
    short_help="Print the newest record of each article as JSON Lines.",
    epilog="Examples:  eafarchive export -o articles.jsonl  |  eafarchive export | jq -r .title",
)(export_command)
app.command(
    "status",
    short_help="Show what is held, due and failing, and the last run.",
    epilog="Examples:  eafarchive status --json  |  eafarchive status --max-age 3",
)(status_command)
app.command(
    "history",
    short_help="List an article's versions, and what changed.",
    epilog="Example:  eafarchive history eastasiaforum.org/2024/01/02/a-slug",
)(history_command)
app.command(
    "diff",
    short_help="Show the words that changed between two versions.",
    epilog="Examples:  eafarchive diff https://eastasiaforum.org/2024/01/02/a-slug/  |"
    "  eafarchive diff eastasiaforum.org/2024/01/02/a-slug --from 1 --to 2024-06-30",
)(diff_command)
app.command(
    "show",
    short_help="Print an article as it was.",
    epilog="Examples:  eafarchive show https://eastasiaforum.org/2024/01/02/a-slug/  |"
    "  eafarchive show eastasiaforum.org/2024/01/02/a-slug --at 2024-01-31 --json",
)(show_command)
app.command(
    "verify",
    short_help="Check every byte and every record of the archive.",
    epilog="Examples:  eafarchive verify  |  eafarchive verify old/*.warc.gz  |"
    "  eafarchive verify --fixity  |  eafarchive verify --sample 5%"
    "  |  eafarchive verify --since 30d --json  |  eafarchive verify --repair  |"
    "  eafarchive verify --salvage /tmp/rescued",
)(verify_command)
app.command(
    "rebuild",
    short_help="Make the ledger again from the WARC files.",
    epilog="Example:  eafarchive rebuild --lock-timeout 60",
)(rebuild_command)
app.command(
    "compare",
    short_help="Compare the archive with a copy of it.",
    epilog="Example:  eafarchive compare /mnt/backup/archive",
)(compare_command)
app.command(
    "cdxj",
    short_help="Print an index of the captures for replay, as with pywb.",
    epilog="Example:  eafarchive cdxj -o collections/eaf/indexes/index.cdxj",
)(cdxj_command)
app.command(
    "config",
    short_help="Print the configuration file, or all that is in force as JSON.",
    epilog="Examples:  eafarchive config > config.toml  |  eafarchive config --json",
)(config_command)
app.command(
    "demo",
    short_help="Crawl the bundled synthetic site, and show what was made.",
    epilog="Example:  eafarchive demo --archive /tmp/demo --keep-serving",
)(demo_command)
app.add_typer(
    profile_app, name="profile", short_help="Check a page by a profile; list and show profiles."
)


def main() -> NoReturn:
    """Run the command line and exit; never with a traceback for what a user can mend."""
    _open_closed_streams()
    unwind_on_signals()
    try:
        code = app(standalone_mode=False)
    except _UsageError as error:
        _end_usage(error)
    except KeyboardInterrupt as error:  # before a command has begun
        _end(exit_code_of(error), "interrupted")
    except EafarchiveError as error:
        _end(exit_code_of(error), str(error))
    except OSError as error:  # a name too long, a forbidden folder
        named = f"{error.filename}: " if error.filename else ""
        _end(exit_code_of(error), f"{named}{error.strerror or error}")
    finally:
        end_stderr()
    sys.exit(code or 0)


def _open_closed_streams() -> None:
    """Give a standard stream that came closed to /dev/null, before a file gets its number.

    What is written to stdout fails as it would have: that it is lost is not hidden.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            flags = os.O_WRONLY if name == "stderr" else os.O_RDONLY
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode))


def _end_usage(error: typer.BadParameter) -> NoReturn:
    """Says what is wrong with the command line, in one line; help, where it is asked nothing."""
    told, asked = error.format_message(), error.ctx.command_path if error.ctx else "eafarchive"
    if error.ctx and told == error.ctx.get_help():
        error.show()
        sys.exit(error.exit_code)
    _end(error.exit_code, f"{told[:1].lower()}{told[1:].rstrip('.')} (see {asked} --help)")


def _end(code: int, why: str) -> NoReturn:
    with contextlib.suppress(OSError):
        sys.stderr.write(f"eafarchive: {plain(why)}\n")
        sys.stderr.flush()
    try:
        sys.stdout.flush()
    except OSError:
        discard_output()  # else it is tried once more at the very end, with a traceback
    sys.exit(code)
