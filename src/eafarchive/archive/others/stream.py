"""A file's octets, out of its gzip members where it has them, and where each of them lies."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import IO

_CHUNK = 1 << 16
_FIRST = 1 << 9
_MAGIC = b"\x1f\x8b"


class BrokenError(Exception):
    """The file cannot be read on from here; the text says why."""


class Stream:
    """Forward reading with a buffer that holds octets of one gzip member only.

    Memory beyond `buffer` is bounded, whatever a member grows to.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Begins where the file stands, which counts as its offset 0 until `go_to`."""
        self.file = file
        self.can_seek = file.seekable()
        self._chunk = memoryview(file.read(_CHUNK))
        self._at = 0
        """What of the chunk was looked at."""
        self._read = len(self._chunk)
        self._inflate: zlib._Decompress | None = None
        self._step = _FIRST
        self.buffer = bytearray()
        self.taken = 0
        """Octets taken out of the buffer since the beginning, or since `go_to`."""
        self.member = 0
        """Where the present gzip member begins; in a plain file, where it was gone to."""
        self.is_gzip = self._chunk[:2] == _MAGIC
        self.size: int | None = None
        """Octets of a plain file on a disk, where that can be told."""
        if self.can_seek and not self.is_gzip:
            with suppress(OSError):  # as of what lies in a zip file
                self.size = os.fstat(file.fileno()).st_size

    @property
    def raw_at(self) -> int:
        """The offset of the next octet that was not looked at."""
        tail = 0 if self._inflate is None else len(self._inflate.unconsumed_tail)
        return self._read - (len(self._chunk) - self._at) - tail

    @property
    def is_between(self) -> bool:
        """Whether nothing of the present gzip member is left."""
        return not self.buffer and (self._inflate is None or self._inflate.eof)

    def begin(self) -> bool:
        """Whether there is a next gzip member, now begun; raises `BrokenError` at anything else."""
        if len(self._chunk) - self._at < 2:
            self._read_on()
        if self._at == len(self._chunk):
            return False
        self.member = self.raw_at
        if self._chunk[self._at : self._at + 2] != _MAGIC:
            raise BrokenError("no gzip member begins here")
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._step = _FIRST
        return True

    def fill(self) -> bool:
        """Whether octets of the present member were added; raises `BrokenError`."""
        if not self.is_gzip:
            if self._at == len(self._chunk):
                self._read_on()
            added = self._chunk[self._at :]
            self.buffer += added
            self._at = len(self._chunk)
            return bool(added)
        inflate = self._inflate
        while inflate is not None and not inflate.eof:
            feed: bytes | memoryview = inflate.unconsumed_tail
            if not feed:
                if self._at == len(self._chunk):
                    self._read_on()
                feed = self._chunk[self._at : self._at + self._step]
                self._at += len(feed)
                self._step = min(2 * self._step, _CHUNK)
            if not feed:
                raise BrokenError("the file ends inside a gzip member")
            try:
                piece = inflate.decompress(feed, _CHUNK)
            except zlib.error as error:
                raise BrokenError(f"damaged gzip data: {error}") from None
            if inflate.eof:
                self._at -= len(inflate.unused_data)
            if piece:
                self.buffer += piece
                return True
        return False

    def take(self, count: int) -> bytes:
        """So many octets out of the buffer, or all there are in it."""
        piece = bytes(memoryview(self.buffer)[:count])
        del self.buffer[:count]
        self.taken += len(piece)
        return piece

    def go_to(self, offset: int) -> None:
        """Read on from an offset of the file, in a gzip'd one that of a member."""
        self.file.seek(offset)
        self._chunk, self._at, self._read = memoryview(b""), 0, offset
        self._inflate = None
        self.buffer.clear()
        self.member, self.taken = offset, 0

    def _read_on(self) -> None:
        data = self.file.read(_CHUNK)
        self._chunk = memoryview(bytes(self._chunk[self._at :]) + data)
        self._at = 0
        self._read += len(data)
