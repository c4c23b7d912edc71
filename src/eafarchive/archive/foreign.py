"""WARC files from anywhere, read as far as they can be: any writer's, 1.0 or 1.1, gzip'd or not.

warcio frames the records, those of ARC files too; the HTTP bytes inside are left as they are. What
cannot be read is a line of text in the stream of captures, never an exception.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from eafarchive.archive.warc import parse_warc_date
from eafarchive.model import Capture, Place, Truncation

MAX_BLOCK = 64 << 20
"""Bytes of the largest response block read; a page is never as large."""

Found = tuple[Place, Capture] | str


def read_foreign(path: Path) -> Iterator[Found]:
    """The HTTP captures in a ``.warc``, ``.warc.gz``, ``.arc`` or ``.wacz`` file, and its faults.

    `Place.warc` is the file's name without its folder, so that it is the same on every machine.
    """
    try:
        with path.open("rb") as file:
            if zipfile.is_zipfile(file):
                yield from _read_wacz(file, path.name)
            else:
                file.seek(0)
                yield from read_stream(file, path.name)
    except OSError as error:
        yield f"{path}: cannot be read: {error.strerror or error}"


def read_stream(file: IO[bytes], name: str) -> Iterator[Found]:
    """The HTTP captures in a WARC stream called ``name``, and lines about faults."""
    complaints = io.StringIO()
    records = ArchiveIterator(file, no_record_parse=True)
    while True:
        try:
            with contextlib.redirect_stderr(complaints):
                record = next(records, None)
                found = record and _capture(record, records, name)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, zlib.error) as e:
            # AttributeError: warcio's reader after a file that ends inside a record's header
            yield _unreadable(name, records.offset, e)
            return
        if complaints.tell():
            yield f"{name}@{records.offset}: a record's length is wrong"
            complaints.seek(complaints.truncate(0))
        if record is None:
            left = records.fh.tell() - records.offset
            if left > 0:
                yield f"{name}@{records.offset}: {left} bytes at the end are no whole record"
            return
        if found:
            yield found


def _unreadable(name: str, offset: int, error: Exception) -> str:
    if "non-chunked gzip" in str(error):
        return f"{name}: is one gzip member, not one a record; gunzip it first"
    return f"{name}@{offset}: {' '.join(str(error).split())[:200] or 'cut off'}"


def _read_wacz(file: BinaryIO, name: str) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(file) as package:
            names = [n for n in package.namelist() if n.startswith("archive/")]
            warcs = [n for n in names if n.endswith((".warc", ".warc.gz"))]
            if not warcs:
                yield f"{name}: holds no WARC file below archive/"
            for member in warcs:
                with package.open(member) as inner:
                    yield from read_stream(inner, f"{name}/{member}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        # the last two: a compression method or an encryption that zipfile does not know
        yield f"{name}: cannot be read: {error}"


def _capture(record: Any, records: Any, name: str) -> Found | None:
    headers = record.rec_headers
    kind = str(headers.get_header("Content-Type") or "").replace(" ", "").lower()
    is_arc = record.format == "arc"
    wanted = record.rec_type == "response" and (is_arc or kind.startswith("application/http"))
    if record.length is None:
        return f"{name}@{records.offset}: a record without a length"
    if wanted and record.length > MAX_BLOCK:
        return f"{name}@{records.offset}: a response of over {MAX_BLOCK} bytes is passed over"
    block = record.raw_stream.read() if wanted else b""
    offset, length = records.get_record_offset(), records.get_record_length()
    if record.raw_stream.limit:
        return f"{name}@{offset}: cut off, {record.raw_stream.limit} of {record.length} bytes lack"
    if not getattr(records.reader.decompressor, "eof", True):
        return f"{name}@{offset}: cut off before the checksum of its gzip member"
    if not wanted:
        return None
    uri = str(headers.get_header("uri" if is_arc else "WARC-Target-URI") or "").strip("<>")
    record_id = str(headers.get_header("WARC-Record-ID") or "").strip("<>")
    truncated = headers.get_header("WARC-Truncated")
    try:
        capture = Capture(
            target_uri=uri,
            captured_at=_moment(headers, is_arc=is_arc),
            request=b"",
            response=block,
            ip=headers.get_header("ip-address" if is_arc else "WARC-IP-Address"),
            truncated=msgspec.convert(truncated, Truncation) if truncated else None,
        )
    except ValueError as error:
        return f"{name}@{offset}: {error}"
    return Place(name, offset, length, record_id), capture


def _moment(headers: Any, *, is_arc: bool) -> datetime:
    if is_arc:
        date = str(headers.get_header("archive-date"))
        return datetime.strptime(date, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return parse_warc_date(str(headers.get_header("WARC-Date")))
