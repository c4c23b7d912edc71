"""Extraction offline: loose WARC files and saved pages to JSON Lines."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from eafarchive import http1
from eafarchive.archive.others.foreign import Resource, Revisit, read_foreign, read_stream
from eafarchive.discovery.urls import clean_url
from eafarchive.errors import ConfigError
from eafarchive.model import Capture, Finding, NotAnArticle, Record
from eafarchive.record import make_record, refer
from eafarchive.work.pages.repeats import Revisits
from eafarchive.work.records.ahead import in_order
from eafarchive.work.records.reading import Reader

WARCS = (".warc", ".warc.gz", ".wacz", ".arc", ".arc.gz")
_PAGES = (".html", ".htm", ".xhtml")


def expand(patterns: tuple[str, ...]) -> list[Path]:
    """The files meant: paths, patterns, and every WARC below a directory; ``-`` stays.

    Raises `ConfigError` that names a pattern without a file.
    """
    paths: list[Path] = []
    for pattern in patterns:
        path = Path(pattern)
        if not pattern:
            raise ConfigError("an empty name is no file's: name a file or a folder")
        if pattern == "-":
            paths.append(path)
        elif path.is_dir():
            within = sorted(p for p in path.rglob("*") if p.name.endswith(WARCS))
            if not within:
                raise ConfigError(f"{pattern}: holds no WARC file")
            paths += within
        elif path.exists():
            paths.append(path)
        else:
            found = sorted(map(Path, glob.glob(pattern, recursive=True)))  # noqa: PTH207 - absolute ones too
            if not found:
                raise ConfigError(f"{pattern}: no such file")
            paths += found
    return paths


def check_output(out: Path, paths: list[Path]) -> None:
    """Raise `ConfigError` if writing ``out`` would replace what is read, or pass for a WARC file.

    A WARC file is evidence, and cannot be had again; what is derived from it can. So it does where
    there is no folder for ``out``: it was misspelled.
    """
    if not out.parent.exists():
        raise ConfigError(f"{out}: there is no folder {out.parent}; make it, or name another file")
    is_warc = out.name.endswith((*WARCS, *(f"{name}.open" for name in WARCS)))
    if not out.exists():
        if is_warc:
            raise ConfigError(f"{out}: is a WARC file's name; name another file with -o")
        return
    if is_warc or any(path.exists() and path.samefile(out) for path in paths):
        raise ConfigError(f"{out}: would be overwritten; name another file with -o")


def extract_files(
    paths: list[Path],
    url: str | None,
    stdin: BinaryIO,
    reader: Reader,
    complain: Callable[[Finding], None],
) -> Iterator[Record | NotAnArticle]:
    """The record of each article capture in the files, in order, and the pages that are none.

    Revisits whose target stands later, or in a later file, come at the end. ``url`` is the address
    of saved pages; ``complain`` gets a finding for each fault. Raises `ConfigError` for a page
    without an address.
    """
    return in_order(_pages_in(paths, url, stdin, reader, complain), reader.at_once)


def _pages_in(
    paths: list[Path],
    url: str | None,
    stdin: BinaryIO,
    reader: Reader,
    complain: Callable[[Finding], None],
) -> Iterator[Callable[[], Record | NotAnArticle]]:
    """The work that each page gives, in order: see `extract_files`."""
    revisits = Revisits()
    late: list[Revisit] = []
    for path in paths:
        is_stdin = str(path) == "-"
        if path.name.endswith(_PAGES) or (url and not path.name.endswith(WARCS)):
            yield partial(_extract_page, path, url, stdin if is_stdin else None, reader)
            continue
        for found in read_stream(stdin, "-") if is_stdin else read_foreign(path):
            if isinstance(found, Finding):
                complain(found)
            elif isinstance(found, tuple):
                place, capture = found
                if reader.is_article(capture.target_uri):
                    revisits.note(path, place, capture)
                    yield partial(reader.read, capture, place)
            elif not reader.is_article(found.target_uri):
                continue
            elif isinstance(found, Resource):
                yield partial(_extract_resource, found, reader)
            elif seen := revisits.find(found):
                # it points to the revisit: the evidence that the article was there at that time
                yield partial(reader.read, seen, found.place)
            else:
                late.append(found)
    for revisit in late:
        if seen := revisits.find(revisit):
            yield partial(reader.read, seen, revisit.place)
        else:
            where = f"{revisit.place.warc}@{revisit.place.offset}"
            what = f"a revisit of {revisit.target_uri}, whose target is in none of the files"
            action = "give the file with its target, too"
            if Path("-") in paths:
                action = "give the file by its name: standard input cannot be read again"
            complain(Finding("warning", where, what, action))


def _extract_resource(found: Resource, reader: Reader) -> Record | NotAnArticle:
    read = reader.read_page(found.data, found.target_uri, found.content_type)
    if isinstance(read.found, NotAnArticle):
        return read.found
    page = Capture(found.target_uri, found.captured_at, request=b"", response=b"")
    reference = refer(page, None, http1.digest(found.data), found.place)
    return make_record(read.found, reference, read.profile)


def _extract_page(
    path: Path, url: str | None, stdin: BinaryIO | None, reader: Reader
) -> Record | NotAnArticle:
    data = stdin.read() if stdin else read_file(path)
    address = clean_url(url or "")
    if address is None:
        raise ConfigError(f"{path}: a saved page needs its address: --url https://…")
    read = reader.read_page(data, address, None)
    if isinstance(read.found, NotAnArticle):
        return read.found
    epoch = datetime(1970, 1, 1, tzinfo=UTC)  # not written: there is no capture
    page = Capture(target_uri=address, captured_at=epoch, request=b"", response=b"")
    return make_record(read.found, refer(page, None, http1.digest(data), None), read.profile)


def read_file(path: Path) -> bytes:
    """The file's bytes; raises `ConfigError` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
