"""``history``, ``diff`` and ``show``."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Annotated, Any

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
from eafarchive.config import Settings, load_settings
from eafarchive.errors import ExitCode
from eafarchive.model import Record
from eafarchive.record import encode_record
from eafarchive.terminal import plain as escaped
from eafarchive.terminal import print_json, print_lines, shows_colour, write, write_bytes
from eafarchive.work.crawling.run import reading
from eafarchive.work.held.difference import Difference, differences, spelled
from eafarchive.work.held.history import History, Version, history
from eafarchive.work.held.words import compare, count

log = logging.getLogger("eafarchive")

Url = Annotated[
    str, typer.Argument(metavar="URL", help="The article's address in any spelling, or its key.")
]
_MARKS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {"=": ("", ""), "-": ("\x1b[31m[-", "-]\x1b[0m"), "+": ("\x1b[32m{+", "+}\x1b[0m")}


def history_command(
    url: Url,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List an article's versions: when each was captured, how often it was seen, what changed.

    A version differs from the one before in the article's words or metadata. Captures that show
    it again are counted. Where the article moved, or was gone, that is listed too.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    with _history(load_settings(config, archive), url) as found:
        if as_json:
            print_json(_as_json(found))
            return
        print_lines([_headline(found), *_lines(found)])


def diff_command(
    url: Url,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="TIME|N", help="The older version; default: the one before --to."
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--to", metavar="TIME|N", help="The newer version; default: the newest."),
    ] = None,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the words that changed between two versions: [-gone-] and {+new+}.

    A version is named by its number in the history, or by a time: what was held then. A date is
    its end, UTC.
    """
    log_to_stderr(quiet=quiet, verbose=verbose)
    with _history(load_settings(config, archive), url) as found:
        after = found.version(end)
        before = found.version(str(max(1, after.number - 1)) if start is None else start)
        changes = differences(before.record, after.record)
        if as_json:
            told = {"from": _named(before), "to": _named(after), "changes": changes}
            print_json({"key": found.key, **told})
            return
        if start is None and after.number == 1:
            few = (
                "the article has no other" if len(found.versions) == 1 else "name another with --to"
            )
            print_lines([_headline(found), f"version 1, captured {after.captured_at}: {few}"])
            return
        print_lines(
            [
                _headline(found),
                f"from version {before.number}, captured {before.captured_at}",
                f"to   version {after.number}, captured {after.captured_at}",
            ]
        )
        if not changes:
            print_lines(["", "nothing differs"])
        for change in changes:
            write("".join(f"{line}\n" for line in _told(change)))


def show_command(
    url: Url,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME|N", help="As it was then; default: the newest version."),
    ] = None,
    config: ConfigFile = None,
    archive: ArchiveFolder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print an article as it was, to read; with --json its record, made anew from the capture."""
    log_to_stderr(quiet=quiet, verbose=verbose)
    with _history(load_settings(config, archive), url) as found:
        version = found.version(at)
        if as_json:
            write_bytes(encode_record(version.record))
        else:
            print_lines(_article(found, version))


@contextlib.contextmanager
def _history(settings: Settings, url: str) -> Iterator[History]:
    """A context to print a history in; what of it could not be read is told at its end."""
    with reading(settings) as reader:
        found = history(Archive.open(settings.archive), reader, url)
    yield found
    for line in found.damage:
        log.error("%s", line)
    if found.damage:
        raise typer.Exit(ExitCode.DAMAGED)


def _headline(found: History) -> str:
    came = f" ({found.came_from} moved here)" if found.came_from else ""
    match found.state:
        case "moved":
            return f"{found.key}{came}: moved to {found.moved_to}"
        case "gone":
            last = next(event for event in reversed(found.events) if event.kind == "gone")
            return f"{found.key}{came}: gone, {last.detail} since {last.first_at}"
        case _:
            return f"{found.key}{came}"


def _lines(found: History) -> Iterator[str]:
    before: Version | None = None
    for item in found.timeline:
        if isinstance(item, Version):
            what = ", ".join(_changed(before, item)) if before else "first version"
            line = f"{item.number:>4}  {item.captured_at}  {item.digest[:19]}…  {what}"
            yield line + _seen(item.captures, item.last_seen_at)
            before = item
        else:
            line = f"   -  {item.first_at}  {item.kind}: {item.detail}"
            yield line + _seen(item.captures, item.last_at)


def _seen(times: int, last: str) -> str:
    return f"; seen {times} times, last {last}" if times > 1 else ""


def _changed(before: Version, after: Version) -> Iterator[str]:
    for name in after.changed:
        came, gone = _counts(before.record, after.record) if name == "text" else (0, 0)
        yield f"text (+{came} -{gone} words)" if name == "text" else name


def _counts(before: Record, after: Record) -> tuple[int, int]:
    return count(compare(before.text, after.text))


def _named(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "captured_at": version.captured_at,
        "last_seen_at": version.last_seen_at,
        "captures": version.captures,
        "digest": version.digest,
        "title": version.record.title,
        "changed": version.changed,
        "capture": version.record.capture,
    }


def _as_json(found: History) -> dict[str, Any]:
    versions = []
    before: Version | None = None
    for version in found.versions:
        came, gone = _counts(before.record, version.record) if before else (0, 0)
        versions.append({**_named(version), "words_added": came, "words_removed": gone})
        before = version
    return {
        "key": found.key,
        "state": found.state,
        "moved_to": found.moved_to,
        "came_from": found.came_from,
        "versions": versions,
        "events": found.events,
    }


def _told(change: Difference) -> Iterator[str]:
    """The lines that differ, words marked; what is the same around them is left out."""
    marks = _COLOURS if shows_colour() else _MARKS
    yield f"\n{change.field}"
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, text in change.words:
        first, *more = text.split("\n")
        lines[-1].append((kind, first))
        lines += [[(kind, line)] for line in more]
    for line in lines:
        pieces = [(kind, text) for kind, text in line if text]
        if any(kind != "=" for kind, _ in pieces):
            yield "  " + "".join(
                f"{marks[kind][0]}{escaped(text.rstrip())}{marks[kind][1]}"
                f"{text[len(text.rstrip()) :]}"
                for kind, text in pieces
            ).rstrip(" ")


def _article(found: History, version: Version) -> Iterator[str]:
    record = version.record
    yield record.title
    yield record.byline or ", ".join(map(spelled, record.authors)) or "nobody named"
    dates = [f"published {record.published_at or record.url_date or 'at no time given'}"]
    dates += [f"modified {record.modified_at}"] if record.modified_at else []
    yield "; ".join(dates)
    yield _headline(found)
    yield f"version {version.number} of {len(found.versions)}, captured {version.captured_at}"
    yield f"evidence: {record.capture.warc} at byte {record.capture.offset}"
    deck = None if record.text.startswith(record.summary or "") else record.summary
    for part in (deck, record.text, *record.notes, record.author_note):
        if part:
            yield ""
            yield from part.split("\n")
