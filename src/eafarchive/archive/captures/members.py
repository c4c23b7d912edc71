"""Our own WARC files, read gzip member by gzip member.

Stricter than any general reader: one record a member, nothing between or after members. A tail that
is not a whole member is `Torn`, a member that is no record is an error; neither is passed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from eafarchive.errors import DamageError
from eafarchive.model import Place

CHUNK = 1 << 16
MAX_RECORD = 65 << 20
"""Bytes of the largest record read: no exchange kept is over 64 MiB. What inflates to more is read
through, in pieces, and not held."""
_PIECE = 1 << 20
_END = b"\r\n\r\n"


class WarcRecord(msgspec.Struct, frozen=True):
    """One record, inflated: where it lies, its named fields in order, its block."""

    offset: int
    length: int
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def get(self, name: str) -> str | None:
        """The first value of the named field, its case ignored, or ``None``."""
        low = name.lower()
        return next((value for field, value in self.fields if field.lower() == low), None)

    @property
    def kind(self) -> str:
        """The ``WARC-Type``; empty if the record has none."""
        return self.get("WARC-Type") or ""

    @property
    def record_id(self) -> str:
        """The record's id without its angle brackets; empty if it has none."""
        return (self.get("WARC-Record-ID") or "").strip("<>")


class Torn(msgspec.Struct, frozen=True):
    """Bytes from ``offset`` on that are no whole gzip member, and why."""

    offset: int
    reason: str


class Malformed(msgspec.Struct, frozen=True):
    """A whole gzip member that is no WARC record, and why."""

    offset: int
    length: int
    reason: str


def read_members(file: BinaryIO, offset: int = 0) -> Iterator[WarcRecord | Malformed | Torn]:
    """The records from ``offset`` to the end of the file, in order.

    A `Torn` is the last item if there is one: what follows it cannot be trusted to be framed.
    """
    file.seek(offset)
    rest = b""
    while True:
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        content = bytearray()
        length = size = 0
        while not inflate.eof:
            data = rest or file.read(CHUNK)
            if not data:
                break
            length += len(data)
            while data and not inflate.eof:
                try:
                    piece = inflate.decompress(data, _PIECE)
                except zlib.error as error:
                    yield Torn(offset, f"not a gzip member: {error}")
                    return
                data = inflate.unconsumed_tail
                size += len(piece)
                if size <= MAX_RECORD:
                    content += piece
                else:
                    content.clear()
            rest = inflate.unused_data
            length -= len(rest)
        if not inflate.eof:
            if length:
                yield Torn(offset, f"cut after {length} bytes of a gzip member")
            return
        if size > MAX_RECORD:
            yield Malformed(offset, length, f"inflates to {size} bytes, no record is as large")
        else:
            yield _record(offset, length, content)
        offset += length


def read_place(file: BinaryIO, place: Place) -> WarcRecord:
    """The record at a place; raises `DamageError` if another one, or none, lies there."""
    found = next(read_members(file, place.offset), None)
    where = f"{place.warc}@{place.offset}"
    if not isinstance(found, WarcRecord):
        raise DamageError(f"{where}: no record here: {found.reason if found else 'end of file'}")
    if (found.length, found.record_id) != (place.length, place.record_id):
        raise DamageError(f"{where}: holds {found.record_id}, not {place.record_id}")
    return found


def _record(offset: int, length: int, content: bytearray) -> WarcRecord | Malformed:
    def bad(reason: str) -> Malformed:
        return Malformed(offset, length, reason)

    head = content.find(_END)
    if head < 0:
        return bad("no end of the record header")
    version, *lines = bytes(content[:head]).split(b"\r\n")
    if version != b"WARC/1.1":
        return bad(f"does not begin with WARC/1.1 but {version[:20]!r}")
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name.strip():
            return bad(f"not a named field: {line[:60]!r}")
        try:
            fields.append((name.decode("ascii"), value.strip(b" \t").decode()))
        except UnicodeDecodeError:
            return bad(f"field is not UTF-8: {line[:60]!r}")
    stated = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not (stated.isascii() and stated.isdecimal()):
        return bad("no valid Content-Length")
    begin, end = head + len(_END), len(content) - len(_END)
    if not content.endswith(_END) or end - begin != int(stated):
        return bad(f"block of {end - begin} bytes and its end, Content-Length {stated}")
    with memoryview(content) as view:
        return WarcRecord(offset, length, tuple(fields), bytes(view[begin:end]))
