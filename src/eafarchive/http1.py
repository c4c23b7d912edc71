"""HTTP/1.1 messages in stored bytes: framing, headers, payload, digests (RFC 9112, RFC 9110).

Reads whatever a server sent, whole or cut, and never raises: what is wrong stands in
`Response.problem`. Linear in the bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Literal

import msgspec

Framing = Literal["length", "chunked", "close", "none"]

MAX_CHUNK_LINE = 16 << 10
"""Octets of a chunk-size line, extensions included."""

_STATUS_LINE = re.compile(rb"HTTP/(\d\.\d) (\d{3})(?: ([^\r\n]*))?")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?")
_DIGITS = re.compile(r"[0-9]{1,18}")
_NO_BODY = frozenset({204, 304})


class Response(msgspec.Struct, frozen=True):
    """What the bytes of one final response say; offsets count from its first byte."""

    status: int | None
    """``None`` where the bytes do not begin with an HTTP status line."""
    version: str
    reason: str
    headers: tuple[tuple[bytes, bytes], ...]
    """Names as spelled, values without surrounding white space, folds made one space."""
    head_length: int
    """Octets of the head, its empty line included; of all there is where the head is cut."""
    framing: Framing
    complete: bool
    """Whether the message ends where its framing says; never so for a cut head."""
    end: int
    """The first octet after the message, as far as it is there."""
    excess: int
    """Octets after the end: no part of this message."""
    problem: str | None = None
    chunks: tuple[tuple[int, int], ...] = ()
    """Start and end of each chunk's data, for chunked framing."""


def parse(raw: bytes) -> Response:
    """What the final response in ``raw`` to a GET request says."""
    found = _HEAD_END.search(raw)
    head = raw[: found.start()] if found else raw
    head_length = found.end() if found else len(raw)
    first, *lines = head.replace(b"\r\n", b"\n").split(b"\n")
    line = _STATUS_LINE.fullmatch(first)
    if line is None:
        return _unread(raw, "no HTTP status line")
    headers, problem = _headers(lines)
    version, status = line[1].decode(), int(line[2])
    reason = (line[3] or b"").decode("latin-1")

    def response(
        framing: Framing, *, complete: bool, end: int, wrong: str | None, chunks: _Chunks = ()
    ) -> Response:
        return Response(
            status=status,
            version=version,
            reason=reason,
            headers=headers,
            head_length=head_length,
            framing=framing,
            complete=complete,
            end=end,
            excess=len(raw) - end,
            problem=wrong or problem,
            chunks=chunks,
        )

    if not found:
        return response("none", complete=False, end=len(raw), wrong="cut off in the head")
    if status in _NO_BODY or status < 200:
        return response("none", complete=True, end=head_length, wrong=None)
    codings = [c.strip().lower() for c in _values(headers, b"transfer-encoding")]
    lengths = {value.strip() for value in _values(headers, b"content-length")}
    if codings:
        if codings[-1] != "chunked":
            return response("close", complete=True, end=len(raw), wrong="unknown transfer coding")
        chunks, end, complete, wrong = _dechunk(raw, head_length)
        if lengths:
            wrong = wrong or "both Content-Length and Transfer-Encoding"
        if len(codings) > 1:
            wrong = wrong or f"transfer codings {', '.join(codings[:5])}"
        return response("chunked", complete=complete, end=end, wrong=wrong, chunks=chunks)
    if not lengths:
        return response("close", complete=True, end=len(raw), wrong=None)
    length = next(iter(lengths))
    if len(lengths) > 1 or not _DIGITS.fullmatch(length):
        return response("close", complete=False, end=len(raw), wrong="no one valid Content-Length")
    end = head_length + int(length)
    cut = end > len(raw)
    wrong = f"cut off: {len(raw) - head_length} of {length} bytes" if cut else None
    return response("length", complete=not cut, end=min(end, len(raw)), wrong=wrong)


def head_length(raw: bytes) -> int | None:
    """Octets of the head, its empty line included; ``None`` while that has not come."""
    found = _HEAD_END.search(raw)
    return found.end() if found else None


def header(response: Response, name: str) -> str | None:
    """The field's value, several lines of it joined with commas (RFC 9110 5.3), or ``None``."""
    values = _values(response.headers, name.lower().encode("ascii"), split=False)
    return ", ".join(values) if values else None


def payload(raw: bytes) -> bytes:
    """The body without its transfer coding, with its content coding; of a cut one what is there."""
    return _payload(raw, parse(raw))


def _payload(raw: bytes, response: Response) -> bytes:
    if response.framing == "chunked":
        return b"".join(raw[start:end] for start, end in response.chunks)
    if response.framing == "none":
        return b""
    return raw[response.head_length : response.end]


def payload_digest(raw: bytes) -> str:
    """The payload's ``WARC-Payload-Digest``: as `payload` gives it (WARC/1.1 section 5.9)."""
    return digest(payload(raw))


def digest(data: bytes) -> str:
    """``sha1:`` and the digest in upper-case base32, as the field writes it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def split_interim(raw: bytes) -> tuple[bytes, bytes]:
    """The interim (1xx) responses at the start, and the rest; 101 is a final one here."""
    start = 0
    while (line := _STATUS_LINE.match(raw, start)) and line[2][:1] == b"1" and line[2] != b"101":
        found = _HEAD_END.search(raw, start)
        if not found:
            break
        start = found.end()
    return raw[:start], raw[start:]


_Chunks = tuple[tuple[int, int], ...]


def _dechunk(raw: bytes, start: int) -> tuple[_Chunks, int, bool, str | None]:
    """The data's extents, the end of the message, whether it is whole, and what is wrong."""
    chunks: list[tuple[int, int]] = []
    while True:
        eol = raw.find(b"\n", start, start + MAX_CHUNK_LINE)
        if eol < 0:
            wrong = "a chunk-size line without end" if len(raw) - start >= MAX_CHUNK_LINE else None
            return tuple(chunks), len(raw), False, wrong or "cut off between chunks"
        size = _CHUNK_SIZE.fullmatch(raw[start:eol].rstrip(b"\r"))
        if size is None:
            return tuple(chunks), len(raw), False, f"bad chunk size {raw[start:eol][:20]!r}"
        length = int(size[1], 16)
        start = eol + 1
        if length == 0:
            return _trailer(raw, start, tuple(chunks))
        chunks.append((start, min(start + length, len(raw))))
        start += length
        for ending in (b"\r\n", b"\n"):
            if raw.startswith(ending, start):
                start += len(ending)
                break
        else:
            if len(raw) - start < 2:
                return tuple(chunks), len(raw), False, "cut off in a chunk"
            return tuple(chunks), len(raw), False, "a chunk is longer than its size"


def _trailer(raw: bytes, start: int, chunks: _Chunks) -> tuple[_Chunks, int, bool, str | None]:
    """The end after the last chunk: trailer fields, if any, and an empty line."""
    while True:
        eol = raw.find(b"\n", start)
        if eol < 0:
            return chunks, len(raw), False, "cut off in the trailer"
        if raw[start:eol] in {b"", b"\r"}:
            return chunks, eol + 1, True, None
        start = eol + 1


def _headers(lines: list[bytes]) -> tuple[tuple[tuple[bytes, bytes], ...], str | None]:
    headers: list[tuple[bytes, list[bytes]]] = []
    problem = None
    for line in lines:
        if line[:1] in {b" ", b"\t"} and headers:
            headers[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(b":")
        if not colon or not name or name != name.strip() or b"\0" in line:
            problem = f"not a header field: {line[:60]!r}"
        if colon:
            headers.append((name, [value.strip()]))
    return tuple((name, b" ".join(parts)) for name, parts in headers), problem


def _values(
    headers: tuple[tuple[bytes, bytes], ...], low: bytes, *, split: bool = True
) -> list[str]:
    values = [value.decode("latin-1") for name, value in headers if name.strip().lower() == low]
    return [item for value in values for item in value.split(",")] if split else values


def _unread(raw: bytes, problem: str) -> Response:
    return Response(None, "", "", (), 0, "close", False, len(raw), 0, problem)
