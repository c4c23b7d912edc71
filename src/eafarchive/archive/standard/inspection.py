"""One WARC file of ours read through once, strictly: members, records, references, its measure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from eafarchive.archive.captures.gaps import Gap, read_on
from eafarchive.archive.captures.members import Malformed, WarcRecord
from eafarchive.archive.captures.writer import OPEN, serial_of
from eafarchive.archive.disk.files import reading
from eafarchive.archive.standard.conformance import record_faults, values_of
from eafarchive.archive.standard.references import reference_faults
from eafarchive.archive.standard.roll import Register
from eafarchive.model import Finding

RESTORE = "put the file back from a copy, or save what is whole with --salvage"

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
"""A gzip header as we write it: deflate, no flags, no time (RFC 1952 section 2.3)."""
_EXTRA_FLAGS = frozenset(b"\x00\x02\x04")
_SYSTEMS = frozenset(b"\x03\xff")


class Inspection:
    """A pass over one file. Iterating yields its records and gaps, and what is wrong with them.

    Findings on a record come before it. The counts are there at the end. Holds one record at a
    time. Raises `DamageError` if the file cannot be read.
    """

    def __init__(self, path: Path, name: str, register: Register) -> None:
        """``register`` knows the records met so far, in this archive, and is added to."""
        self._path = path
        self._name = name
        self._register = register
        self.records = 0
        self.first_id: str | None = None
        self.last_id: str | None = None

    def __iter__(self) -> Iterator[WarcRecord | Malformed | Gap | Finding]:
        """See the class."""
        first: WarcRecord | None = None
        with reading(self._path), self._path.open("rb") as file:
            header = os.pread(file.fileno(), 10, 0)
            for item in read_on(file):
                where = f"{self._name}@{item.offset}"
                if not isinstance(item, WarcRecord):
                    yield item
                    yield self._damage(item, where)
                    continue
                if first is None:
                    first, self.first_id = item, item.record_id
                for what in self._faults(item, where, first):
                    yield Finding("error", where, what, RESTORE)
                found = os.pread(file.fileno(), 10, item.offset)
                if fault := _header_fault(found, header):
                    yield Finding("error", where, fault, RESTORE)
                self.records += 1
                self.last_id = item.record_id
                yield item
        for what, action in self._file_faults(first):
            yield Finding("error", self._name, what, action)

    def _damage(self, item: Malformed | Gap, where: str) -> Finding:
        if not isinstance(item, Gap):
            return Finding("error", where, item.reason, RESTORE)
        what = f"{item.length} bytes are no whole gzip member: {item.reason}"
        at_the_end = item.offset + item.length == self._path.stat().st_size
        if at_the_end and self._path.name.endswith(OPEN):  # what a crash leaves
            return Finding("warning", where, what, "the next crawl cuts it off, and keeps it")
        return Finding("error", where, what, RESTORE)

    def _faults(self, item: WarcRecord, where: str, first: WarcRecord) -> Iterator[str]:
        values = values_of(item)
        yield from record_faults(item, values)
        yield from reference_faults(item, values, where, first, self._register)

    def _file_faults(self, first: WarcRecord | None) -> Iterator[tuple[str, str]]:
        name = self._path.name.removesuffix(OPEN)
        if first is None:
            yield "holds no record", RESTORE
        elif first.kind != "warcinfo":
            yield "does not begin with warcinfo", RESTORE
        elif first.get("WARC-Filename") != name:
            yield "was renamed: WARC-Filename is another", "rename it back"
        elif serial_of(self._path) < 0:
            yield "is not named as we name files", "move it away"


def _header_fault(header: bytes, first: bytes) -> str | None:
    if header[:8] != _HEAD or header[8] not in _EXTRA_FLAGS or header[9] not in _SYSTEMS:
        return f"its gzip header is not as we write it: {header.hex(' ')}"
    if header != first:
        return f"its gzip header is not that of the file's first member: {header.hex(' ')}"
    return None
