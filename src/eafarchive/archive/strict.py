"""One WARC file of ours against WARC/1.1 and against its own digests, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eafarchive import http1
from eafarchive.archive.files import reading
from eafarchive.archive.members import WarcRecord, read_members
from eafarchive.archive.warc import parse_warc_date
from eafarchive.model import Finding

_REQUIRED = ("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length")
"""Named fields that every record has exactly once (section 5)."""
_ABOUT_A_URI = frozenset({"response", "request", "metadata", "revisit", "resource"})
_RESTORE = "put the file back from a copy"


def check_warc(path: Path, name: str, seen: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with the file: gzip members, framing, fields, references, digests.

    ``seen`` maps the record ids met so far, in this archive, to their types, and is added to:
    ids are unique (section 5.2), and what ``WARC-Concurrent-To`` names comes before.
    """
    with reading(path), path.open("rb") as file:
        first: WarcRecord | None = None
        for item in read_members(file):
            where = f"{name}@{item.offset}"
            if not isinstance(item, WarcRecord):
                yield Finding("error", where, item.reason, _RESTORE)
                continue
            first = first or item
            for what in _faults(item, first, seen):
                yield Finding("error", where, what, _RESTORE)
            seen.setdefault(item.record_id, item.kind)
        if first is None:
            yield Finding("error", name, "holds no record", _RESTORE)
        elif first.kind != "warcinfo":
            yield Finding("error", name, "does not begin with warcinfo", _RESTORE)
        elif first.get("WARC-Filename") != path.name.removesuffix(".open"):
            yield Finding("error", name, "was renamed: WARC-Filename is another", "rename it back")


def _faults(record: WarcRecord, first: WarcRecord, seen: dict[str, str]) -> Iterator[str]:
    names = [field.lower() for field, _ in record.fields]
    for field in _REQUIRED:
        if names.count(field.lower()) != 1:
            yield f"{field} stands {names.count(field.lower())} times"
    try:
        parse_warc_date(record.get("WARC-Date") or "")
    except ValueError as error:
        yield str(error)
    if not record.record_id.startswith("urn:uuid:"):
        yield f"its id is no urn:uuid: {record.record_id!r}"
    if record.record_id in seen:
        yield f"its id was given before: {record.record_id}"
    if record.get("WARC-Block-Digest") != http1.digest(record.block):
        yield "its block is not the one digested"
    if record.kind in _ABOUT_A_URI:
        if not record.get("WARC-Target-URI"):
            yield "no WARC-Target-URI"
        if (record.get("WARC-Warcinfo-ID") or "").strip("<>") != first.record_id:
            yield "does not refer to the file's warcinfo"
    concurrent = (record.get("WARC-Concurrent-To") or "").strip("<>")
    if concurrent and concurrent not in seen:
        yield f"refers to a record that is not there: {concurrent}"
    if record.kind == "response":
        yield from _response_faults(record)


def _response_faults(record: WarcRecord) -> Iterator[str]:
    if record.get("WARC-Payload-Digest") != http1.payload_digest(record.block):
        yield "its payload is not the one digested"
    if not record.get("WARC-Truncated"):
        response = http1.parse(record.block)
        if response.status is None or not response.complete:
            yield f"not a whole HTTP answer: {response.problem or 'cut off'}"
