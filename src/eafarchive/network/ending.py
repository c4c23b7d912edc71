"""When an answer has come to its end: told from its head and, as they come, its chunks."""

from __future__ import annotations

from eafarchive import http1
from eafarchive.model import Truncation

MAX_HEAD = 64 << 10
"""Octets of a head, or of a trailer."""


class CutError(Exception):
    """The exchange ended before its end; what came before is kept."""

    def __init__(self, kind: Truncation, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Ending:
    """The end of one final response; every octet of it is looked at once."""

    def __init__(self, head: bytes, start: int) -> None:
        """``start`` is where the body begins. Raises `CutError` for a head that is not to be
        trusted: nobody knows where what it begins ends.
        """
        plan = http1.read_head(head)
        if not plan.is_sound:
            raise CutError("unspecified", plan.problem or "an unsound head")
        self.is_at_close = plan.framing == "close"
        """Whether the end is where the stream's is."""
        self._framing = plan.framing
        self._at = start + plan.length
        self._is_after_chunk = False
        self._trailer: int | None = None

    def is_reached(self, raw: bytearray) -> bool:
        """Whether all of it has come; raises `CutError` where chunks are ill-formed."""
        if self._framing == "chunked":
            return self._has_last_chunk(raw) and self._has_trailer(raw)
        return not self.is_at_close and len(raw) >= self._at

    def _has_last_chunk(self, raw: bytearray) -> bool:
        while self._trailer is None:
            if self._is_after_chunk and not self._has_line_end(raw):
                return False
            limit = self._at + http1.MAX_CHUNK_LINE
            line = http1.CHUNK_LINE.match(raw, self._at, limit)
            if line is None:
                if raw.find(b"\n", self._at, limit) >= 0 or len(raw) >= limit:
                    raise CutError("unspecified", "bad chunk size")
                return False
            length = int(line[1], 16)
            self._at = line.end() + length
            self._is_after_chunk = True
            if length == 0:
                self._trailer = self._at
        return True

    def _has_line_end(self, raw: bytearray) -> bool:
        if raw.startswith(b"\r\n", self._at):
            self._at += 2
        elif raw.startswith(b"\n", self._at):
            self._at += 1
        elif len(raw) - self._at < 2:
            return False
        else:
            raise CutError("unspecified", "a chunk is longer than its size")
        self._is_after_chunk = False
        return True

    def _has_trailer(self, raw: bytearray) -> bool:
        while (eol := raw.find(b"\n", self._at)) >= 0:
            if bytes(raw[self._at : eol]) in {b"", b"\r"}:
                return True
            self._at = eol + 1
        if len(raw) - (self._trailer or 0) > MAX_HEAD:
            raise CutError("length", f"a trailer of over {MAX_HEAD} bytes")
        return False
