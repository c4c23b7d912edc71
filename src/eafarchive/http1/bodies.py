"""Where the body of a response ends."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from eafarchive.http1.heads import HEAD_END, Framing, Head, read_head

MAX_CHUNK_LINE = 16 << 10
"""Octets of a chunk-size line, extensions included."""
Take = Callable[[int, int], object]
"""Called with the start and end of each piece of the payload, in order."""

_EMPTY_LINE = re.compile(rb"\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


class Framed(msgspec.Struct, frozen=True):
    """How far a body goes, the fields as those of `Response`."""

    framing: Framing
    end: int
    wrong: str | None = None
    complete: bool = False
    cut: bool = False
    broken: int = 0
    """Of a chunked body that is cut: where what lacks begins, at a chunk's size."""


class Incoming:
    """A response that is still coming in, once its head has."""

    def __init__(self, raw: bytes, start: int) -> None:
        """``raw`` is the head, ``start`` where the body begins in what `is_whole` is given."""
        found = HEAD_END.search(raw)
        head = read_head(raw[: found.start()] if found else raw)
        self.problem: str | None = "no HTTP status line"
        """Why nobody can tell where it ends, or that it is one at all."""
        self.framing: Framing = "close"
        self._start = start
        if head is not None:
            self.framing, self._length = head.framing, head.length
            self.problem = head.wrong or (head.misframed if head.unsure else None)

    def is_whole(self, raw: bytes | bytearray) -> bool:
        """Whether the body ends in ``raw`` by its framing; all of it is looked at but once."""
        if self.framing == "length":
            return len(raw) >= self._start + self._length
        if self.framing == "chunked":
            framed = _dechunk(raw, self._start, pass_over)
            self._start = framed.broken
            self.problem = None if framed.cut else framed.wrong
            return framed.complete
        return self.framing == "none"


def frame(raw: bytes, start: int, head: Head, take: Take) -> Framed:
    """Where the body that begins at ``start`` ends."""
    if head.framing == "none":
        return Framed("none", start, complete=True)
    if head.framing == "chunked":
        framed = _dechunk(raw, start, take)
        return msgspec.structs.replace(framed, wrong=framed.wrong or head.misframed)
    if head.framing == "close":
        take(start, len(raw))
        return Framed("close", len(raw), head.misframed, complete=head.length >= 0)
    end = start + head.length
    if end > len(raw):
        take(start, len(raw))
        wrong = f"cut off: {len(raw) - start} of {head.length} bytes"
        return Framed("length", len(raw), wrong, cut=True)
    take(start, end)
    return Framed("length", end, complete=True)


def _dechunk(raw: bytes | bytearray, start: int, take: Take) -> Framed:
    """Where a chunked body ends; its pieces are taken on the way (RFC 9112 section 7.1)."""
    size = len(raw)
    chunk = start

    def failed(wrong: str, *, cut: bool = False) -> Framed:
        return Framed("chunked", size, wrong, cut=cut, broken=chunk)

    while True:
        chunk = start
        line = _CHUNK.match(raw, start, start + MAX_CHUNK_LINE)
        if line is None:
            eol = raw.find(b"\n", start, start + MAX_CHUNK_LINE)
            if eol >= 0:
                return failed(f"bad chunk size {bytes(raw[start:eol][:20])!r}")
            if size - start >= MAX_CHUNK_LINE:
                return failed("a chunk-size line without end")
            return failed("cut off between chunks", cut=True)
        length = int(line[1], 16)
        start = line.end()
        if length == 0:
            break
        take(start, min(start + length, size))
        start += length
        if raw.startswith(b"\r\n", start):
            start += 2
        elif raw.startswith(b"\n", start):
            start += 1
        elif size - start < 2:
            return failed("cut off in a chunk", cut=True)
        else:
            return failed("a chunk is longer than its size")
    # Trailer fields, if any, and an empty line.
    if found := _EMPTY_LINE.search(raw, start - 1):
        return Framed("chunked", found.end(), complete=True)
    return failed("cut off in the trailer", cut=True)


def pass_over(_start: int, _end: int) -> None:
    """Take no piece."""
