"""WARC and ARC records out of loose files: anybody's, 0.17 to 1.1, gzip'd or not, whole or damaged.

What is wrong is a `Finding` in the stream of records, one for each fault and never an exception;
reading goes on at the next record that can be read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import IO, Literal

import msgspec

from eafarchive.archive.captures.seeking import find_member, occurrences
from eafarchive.archive.others.digests import hasher_like, spelled_like
from eafarchive.archive.others.fields import Fields, first_value, read_arc_line, read_fields
from eafarchive.archive.others.stream import BrokenError, Stream
from eafarchive.http1.heads import HEAD_END
from eafarchive.model import Finding, Place

MAX_HEAD = 1 << 18
"""Octets among which the end of a record's header is looked for."""
MAX_ARC_LINE = 8 << 10
MAX_BLOCK = 32 << 20
"""Octets of the largest block that is kept; a page is never as large."""

_HEAD_ENDS = (b"\n\n", b"\n\r\n")
_VERSION_LINE = 1 << 6
"""Octets among which the end of a record's first line is looked for."""
_LINE_END = re.compile(rb"\r?\n")
_ARC = b"filedesc:"
_VERSION = re.compile(rb"WARC/[0-9]{1,3}\.[0-9]{1,3}")
_KNOWN = frozenset((b"WARC/0.17", b"WARC/0.18", b"WARC/1.0", b"WARC/1.1"))
_LENGTH = re.compile(r"[0-9]{1,18}")
_BEGINNINGS = (b"WARC/", b"http://", b"https://")
COPY = "get another copy of the file"
UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
"""What reading a file, or what lies in one, may raise."""


class LooseRecord(msgspec.Struct, frozen=True):
    """One record: where it lies, its named fields, its block as far as that was wanted."""

    place: Place
    fields: Fields
    size: int
    """Octets of the block."""
    block: bytes | None
    """``None`` where it was not wanted, or is over `MAX_BLOCK`."""
    digest: str | None
    """The block's digest in the algorithm of its ``WARC-Block-Digest``, if it was wanted."""
    is_arc: bool = False

    def get(self, name: str) -> str | None:
        """The first value of the named field, its case ignored, or ``None``."""
        return first_value(self.fields, name)

    @property
    def kind(self) -> str:
        """The ``WARC-Type``, in lower case; empty if the record has none."""
        return (self.get("WARC-Type") or "").lower()

    @property
    def where(self) -> str:
        """File and offset, for people."""
        return f"{self.place.warc}@{self.place.offset}"


def read_records(
    file: IO[bytes], name: str, wants: Callable[[Fields], bool], start: int = 0
) -> Iterator[LooseRecord | Finding]:
    """The records of a file called ``name`` in order, and what is wrong with it.

    Only the blocks of records that ``wants`` says yes to are kept. With a ``start`` reading begins
    at that record's offset. Raises `OSError` where the file itself cannot be read.
    """
    framer = _Framer(Stream(file), name, wants)
    if start:
        framer.stream.go_to(start)
    return framer.records()


class _Framer:
    def __init__(self, stream: Stream, name: str, wants: Callable[[Fields], bool]) -> None:
        self.stream = stream
        self._name = name
        self._wants = wants
        self._start = 0
        """Where the record being read begins, as far as anything can be said of it."""
        self._told: set[str] = set()
        self._is_arc = False
        self._ends: dict[bytes, int | None] = {}
        """What ends a header → where it stands next, as far as was looked; ``None``: nowhere."""

    def records(self) -> Iterator[LooseRecord | Finding]:
        none = True
        while True:
            try:
                if not self._advance():
                    if none:
                        yield self._finding("error", 0, "holds no record")
                    return
                none = False
                yield from self._record()
            except BrokenError as error:
                none = False
                if not (yield from self._resume(str(error))):
                    return

    @property
    def _plain_at(self) -> int:
        return self.stream.member + self.stream.taken

    def _advance(self) -> bool:
        """Whether another record begins, the line ends before it passed over."""
        stream = self.stream
        while True:
            if stream.is_gzip and stream.is_between:
                self._start = stream.raw_at
                if not stream.begin():
                    return False
            if not stream.buffer and not stream.fill():
                if stream.is_gzip:
                    continue
                return False
            blank = len(stream.buffer) - len(stream.buffer.lstrip(b"\r\n"))
            stream.take(blank)
            if stream.buffer:
                self._start = stream.member if stream.is_gzip else self._plain_at
                return True

    def _record(self) -> Iterator[LooseRecord | Finding]:
        stream = self.stream
        begun = stream.taken
        head, version = self._head()
        yield from self._told_once(version, head)
        fields = read_arc_line(head) if self._is_arc else read_fields(head)
        stated = first_value(fields, "Content-Length") or ""
        if not _LENGTH.fullmatch(stated):
            raise BrokenError(f"a record without a valid Content-Length: {stated[:40]!r}")
        size = int(stated)
        block, digest = self._block(size, fields)
        tail = self._tail()
        shared = stream.is_gzip and not self._is_over()
        if shared and "shared" not in self._told:
            self._told.add("shared")
            what = "one gzip member holds many records: offsets are those of the file without gzip"
            yield self._finding("warning", stream.member, what, "gzip it record by record")
        if not (tail == b"\r\n\r\n" or self._is_arc or "tail" in self._told):
            self._told.add("tail")
            what = f"records end in {tail.decode()!r}, not in CR LF CR LF"
            yield self._finding("warning", self._start, what)
        if "shared" in self._told and stream.is_gzip:
            place = (begun, stream.taken - begun)
        elif stream.is_gzip:
            place = (stream.member, stream.raw_at - stream.member)
        else:
            place = (self._start, self._plain_at - self._start)
        record_id = (first_value(fields, "WARC-Record-ID") or "").strip().strip("<>")
        yield LooseRecord(
            Place(self._name, *place, record_id), fields, size, block, digest, self._is_arc
        )

    def _head(self) -> tuple[bytes, bytes]:
        """The header without its end, and its first line."""
        stream = self.stream
        while len(stream.buffer) < len(_ARC) and stream.fill():
            pass
        self._is_arc = self._is_arc or stream.buffer.startswith(_ARC)
        if not (self._is_arc or stream.buffer.startswith(b"WARC/")):
            raise BrokenError(f"no record begins here but {bytes(stream.buffer[:20])!r}")
        while b"\n" not in stream.buffer and len(stream.buffer) < _VERSION_LINE and stream.fill():
            pass
        line, lf, _ = bytes(stream.buffer[:_VERSION_LINE]).partition(b"\n")
        version = line.rstrip(b"\r")
        is_line = lf or len(line) == _VERSION_LINE
        if is_line and not (self._is_arc or _VERSION.fullmatch(version)):
            raise BrokenError(f"no record begins here but {version[:20]!r}")
        pattern, most = (_LINE_END, MAX_ARC_LINE) if self._is_arc else (HEAD_END, MAX_HEAD)
        while (found := pattern.search(stream.buffer, 0, most)) is None:
            if len(stream.buffer) >= most:
                raise BrokenError("no record header ends here")
            if not stream.fill():
                raise BrokenError("cut off in a record's header")
        head = stream.take(found.end())[: found.start()]
        return head, version

    def _told_once(self, version: bytes, head: bytes) -> Iterator[Finding]:
        """Peculiarities of the whole file, the first time only."""
        if self._is_arc:
            return
        if version not in _KNOWN and "version" not in self._told:
            self._told.add("version")
            what = f"records say they are {version.decode()}: read as WARC/1.1"
            yield self._finding("warning", self._start, what)
        if b"\r\n" not in head and b"\n" in head and "lines" not in self._told:
            self._told.add("lines")
            yield self._finding("warning", self._start, "header lines end in LF, not in CR LF")

    def _block(self, size: int, fields: Fields) -> tuple[bytes | None, str | None]:
        stream = self.stream
        wanted = self._wants(fields)
        stated = first_value(fields, "WARC-Block-Digest") or ""
        hasher = hasher_like(stated) if wanted else None
        kept = bytearray() if wanted and size <= MAX_BLOCK else None
        left = size
        if stream.size is not None and (lacking := self._plain_at + left - stream.size) > 0:
            raise BrokenError(f"cut off: {lacking} of a record's {size} bytes lack")
        while left:
            if not stream.buffer and not stream.fill():
                raise BrokenError(f"cut off: {left} of a record's {size} bytes lack")
            piece = stream.take(left)
            left -= len(piece)
            if hasher is not None:
                hasher.update(piece)
            if kept is not None:
                kept += piece
        digest = spelled_like(hasher, stated) if hasher is not None else None
        return (None if kept is None else bytes(kept)), digest

    def _tail(self) -> bytes:
        """The first of the line ends after a block; all of them are passed over."""
        stream = self.stream
        tail = b""
        while stream.buffer or stream.fill():
            count = len(stream.buffer) - len(stream.buffer.lstrip(b"\r\n"))
            tail = (tail + stream.take(count))[:8]
            if stream.buffer:
                break
        while 0 < len(stream.buffer) < len(b"WARC/") and stream.fill():
            pass
        if stream.buffer and not (self._is_arc or stream.buffer.startswith(b"WARC/")):
            raise BrokenError("a record's Content-Length is wrong")
        return tail

    def _is_over(self) -> bool:
        """Whether the gzip member ends here; its checksum is looked at, too."""
        stream = self.stream
        return not stream.buffer and not stream.fill()

    def _resume(self, reason: str) -> Generator[Finding, None, bool]:
        """Say what is wrong and go to the next record; returns whether there is one."""
        stream = self.stream
        at: int | None = None
        if stream.can_seek:
            if stream.is_gzip:
                at = find_member(stream.file, self._start + 1, _BEGINNINGS)
            else:
                at = self._next_start()
        yield self._finding("error", self._start, reason)
        if at is None:
            return False
        stream.go_to(at)
        return True

    def _next_start(self) -> int | None:
        """Where a record may begin next, in a plain file: its header ends, and soon enough.

        The first of those that end nowhere is one as well, so that it is told of, once.
        """
        hopeless: int | None = None
        for at in occurrences(self.stream.file, self._start + 1, b"\nWARC/"):
            ends = [end for how in _HEAD_ENDS if (end := self._next(how, at + 1)) is not None]
            if ends and min(ends) - at <= MAX_HEAD:
                return at + 1
            if hopeless is None:
                hopeless = at + 1
        if hopeless is None or "hopeless" in self._told:
            return None
        self._told.add("hopeless")
        return hopeless

    def _next(self, how: bytes, start: int) -> int | None:
        """Where these octets stand next, each octet of the file looked at once for all records."""
        if how not in self._ends or -1 < (self._ends[how] or -1) < start:
            self._ends[how] = next(occurrences(self.stream.file, start, how), None)
        return self._ends[how]

    def _finding(
        self,
        severity: Literal["error", "warning"],
        at: int,
        what: str,
        action: str = COPY,
    ) -> Finding:
        return Finding(severity, f"{self._name}@{at}", what, action)
