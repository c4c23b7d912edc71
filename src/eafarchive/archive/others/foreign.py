"""WARC files from anywhere as captures: any writer's, 0.17 to 1.1, ARC, gzip'd or not, in a WACZ.

The HTTP bytes are left as they are, but for a head that says of its body what is not so. What
cannot be read, or is not as it was digested, is a `Finding` in the stream, never an exception.
"""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from eafarchive import codings, http1
from eafarchive.archive.captures.warc import ACCEPTED, parse_warc_date
from eafarchive.archive.others.digests import digest_like, is_same_digest
from eafarchive.archive.others.fields import Fields, first_value
from eafarchive.archive.others.kept import without_false_codings
from eafarchive.archive.others.loose import (
    COPY,
    MAX_BLOCK,
    UNREADABLE,
    LooseRecord,
    read_records,
)
from eafarchive.body import PAGES
from eafarchive.model import TRUNCATIONS, Capture, Finding, Place

ZIP = b"PK\x03\x04"


class Resource(msgspec.Struct, frozen=True):
    """A page that was kept without the HTTP answer it came in."""

    place: Place
    target_uri: str
    captured_at: datetime
    content_type: str
    data: bytes


class Revisit(msgspec.Struct, frozen=True):
    """A record that says its payload is another's (WARC/1.1 section 6.7)."""

    place: Place
    target_uri: str
    captured_at: datetime
    refers_to: str
    """The other's record id; empty where only its digest tells it."""
    refers_to_target: tuple[str, str]
    """The other's target URI and date, as the record has them (WARC/1.1 sections 5.12, 5.13)."""
    payload_digest: str


Found = tuple[Place, Capture] | Resource | Revisit | Finding


def read_foreign(path: Path) -> Iterator[Found]:
    """What a ``.warc``, ``.arc`` or ``.wacz`` file holds of pages, in order, and its faults.

    `Place.warc` is the file's name without its folder, so that it is the same on every machine.
    """
    try:
        with path.open("rb") as file:
            yield from read_stream(file, path.name)
    except OSError as error:
        yield Finding("error", str(path), f"cannot be read: {error.strerror or error}", COPY)


def read_stream(file: IO[bytes], name: str) -> Iterator[Found]:
    """The same of a file called ``name`` that is open already."""
    for part, inner in parts_of(file, name):
        if inner is None:
            yield Finding("error", name, part, COPY)
            continue
        try:
            for item in read_records(inner, part, _is_wanted):
                yield from _understood(item) if isinstance(item, LooseRecord) else (item,)
        except UNREADABLE as error:
            yield Finding("error", part, f"cannot be read: {error}", COPY)


def read_again(path: Path, place: Place) -> Capture | None:
    """The capture that was found at a place of the file, or ``None`` if it is no more."""
    with contextlib.suppress(*UNREADABLE), path.open("rb") as file:
        for part, inner in parts_of(file, path.name):
            if part == place.warc and inner is not None:
                return _capture_at(inner, place)
    return None


def _capture_at(file: IO[bytes], place: Place) -> Capture | None:
    records = read_records(file, place.warc, _is_wanted, place.offset)
    first = next(records, None)
    if not isinstance(first, LooseRecord) or first.place != place:
        # One of many records in one gzip member: its offset is none of the file's.
        file.seek(0)
        records = read_records(file, place.warc, _is_wanted)
        first = next((r for r in records if isinstance(r, LooseRecord) and r.place == place), None)
    return _capture(first) if first else None


def parts_of(file: IO[bytes], name: str) -> Iterator[tuple[str, IO[bytes] | None]]:
    """The WARC files in a file: itself, or a WACZ's; without a file, why there is none.

    A file is called as JSON can say it: octets of its ``name`` that are no UTF-8 stand as escapes.
    """
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    if not (file.seekable() and file.read(len(ZIP)) == ZIP):
        if file.seekable():
            file.seek(0)
        yield name, file
        return
    try:
        with zipfile.ZipFile(file) as package:
            names = [n for n in package.namelist() if n.startswith("archive/")]
            warcs = [n for n in names if n.endswith((".warc", ".warc.gz"))]
            if not warcs:
                yield "holds no WARC file below archive/", None
            for member in warcs:
                with package.open(member) as inner:
                    yield f"{name}/{member}", inner
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        # NotImplementedError, RuntimeError: a compression or an encryption zipfile does not know
        yield f"cannot be read: {error}", None


def _is_wanted(fields: Fields) -> bool:
    kind = (first_value(fields, "WARC-Type") or "").lower()
    said = (first_value(fields, "Content-Type") or "").replace(" ", "").lower()
    if kind == "resource":
        return said.startswith(PAGES)
    return kind in {"response", "revisit"} and (not said or said.startswith("application/http"))


def _understood(record: LooseRecord) -> Iterator[Found]:
    if not _is_wanted(record.fields):
        return
    if not _uri(record):
        yield Finding("error", record.where, f"a {record.kind} without a WARC-Target-URI", COPY)
        return
    if not _uri(record).lower().startswith(("http:", "https:")):
        return
    if record.block is None:
        what = f"a {record.kind} of over {MAX_BLOCK} bytes is passed over"
        yield Finding("warning", record.where, what, "nothing: no page is as large")
        return
    if record.kind != "revisit":  # of which nothing but the header is used
        yield from digest_faults(record)
    try:
        at = moment_of(record.get("WARC-Date") or "")
        if record.kind == "resource":
            said = record.get("Content-Type") or ""
            yield Resource(record.place, _uri(record), at, said, record.block)
        elif record.kind == "revisit":
            refers_to = (record.get("WARC-Refers-To") or "").strip("<> ")
            digest = record.get("WARC-Payload-Digest") or ""
            uri = (record.get("WARC-Refers-To-Target-URI") or "").strip("<> ")
            target = (uri, record.get("WARC-Refers-To-Date") or "")
            yield Revisit(record.place, _uri(record), at, refers_to, target, digest)
        else:
            yield record.place, _capture(record)
    except ValueError as error:
        yield Finding("error", record.where, f"passed over: {error}", COPY)


def _capture(record: LooseRecord) -> Capture:
    """The capture in a response record; raises `ValueError`."""
    block = record.block or b""
    truncated = record.get("WARC-Truncated")
    return Capture(
        target_uri=_uri(record),
        captured_at=moment_of(record.get("WARC-Date") or ""),
        request=b"",
        response=block if truncated else without_false_codings(block),
        ip=record.get("WARC-IP-Address"),
        truncated=TRUNCATIONS.get(truncated, "unspecified") if truncated else None,
        is_accepted=record.get(ACCEPTED) is not None,
    )


def digest_faults(record: LooseRecord) -> Iterator[Finding]:
    """Digests that are not those of the record's bytes; one in an unknown algorithm is none.

    A payload's is taken in any of the three ways that writers have: without transfer coding (as
    WARC/1.1 means it), with it (wget, warcio), and without content coding (Common Crawl).
    """
    stated = record.get("WARC-Block-Digest")
    if stated and record.digest and not is_same_digest(stated, record.digest):
        yield _wrong(record, f"WARC-Block-Digest is {stated[:80]}, but {record.digest} is so")
    stated = record.get("WARC-Payload-Digest")
    if not stated or record.block is None or record.get("WARC-Truncated"):
        return
    if record.kind == "resource":
        payloads = iter((record.block,))
    elif record.kind == "response":
        payloads = _payloads(record.block)
    else:
        return
    computed = [digest_like(payload, stated) for payload in payloads]
    if computed[0] is not None and not any(d and is_same_digest(stated, d) for d in computed):
        yield _wrong(record, f"WARC-Payload-Digest is {stated[:80]}, but {computed[0]} is so")


def _payloads(block: bytes) -> Iterator[bytes]:
    said = http1.parse(block)
    payload = http1.payload(block)
    yield payload
    yield block[said.head_length :]
    if coding := http1.header(said, "content-encoding"):
        yield codings.decode(payload, coding, MAX_BLOCK).data


def _wrong(record: LooseRecord, what: str) -> Finding:
    return Finding("warning", record.where, what, "compare it with another copy of the file")


def _uri(record: LooseRecord) -> str:
    """As it is without the angle brackets that wget and WARC/1.0 write."""
    return (record.get("WARC-Target-URI") or "").strip().strip("<>")


def moment_of(text: str) -> datetime:
    """What a date means: any precision of W3CDTF, or fourteen digits as in ARC files.

    Raises `ValueError`.
    """
    text = text.strip()
    with contextlib.suppress(ValueError):
        return parse_warc_date(text)
    shapes = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 14: "%Y%m%d%H%M%S", 17: "%Y-%m-%dT%H:%MZ"}
    try:
        return datetime.strptime(text, shapes.get(len(text), "")).replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(f"not a WARC-Date: {text[:40]!r}") from None
