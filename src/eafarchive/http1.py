"""HTTP/1.1 messages in stored bytes: framing, headers, payload, digests (RFC 9112, RFC 9110).

Reads whatever a server sent, whole or cut, and never raises: what is wrong stands in
`Response.problem`. Linear in the bytes, and of memory beyond them only what it gives back.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable
from typing import Literal

import msgspec

Framing = Literal["length", "chunked", "close", "none"]

MAX_HEAD = 1 << 20
"""Octets among which the end of a head is looked for."""
MAX_CHUNK_LINE = 16 << 10
"""Octets of a chunk-size line, extensions included."""

_STATUS_LINE = re.compile(rb"HTTP/(\d(?:\.\d)?) ([1-9]\d\d)(?: ([^\r\n]*)|(?=[\r\n]|\Z))")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD = re.compile(rb"(%b):([^\x00-\x08\x0a-\x1f\x7f]*)" % _TOKEN.pattern)
_DIGITS = re.compile(r"[0-9]{1,18}")
_NO_BODY = frozenset({204, 304})

_Take = Callable[[int, int], object]
"""Called with the start and end of each piece of the payload, in order."""


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
    cut: bool = False
    """Whether all that lacks is the rest of the bytes."""


class _Framed(msgspec.Struct, frozen=True):
    framing: Framing
    end: int
    wrong: str | None = None
    complete: bool = False
    cut: bool = False


def parse(raw: bytes) -> Response:
    """What the final response in ``raw`` to a GET request says."""
    return _read(raw, _pass_over)


def head_length(raw: bytes) -> int | None:
    """Octets of the head, its empty line included; ``None`` while that has not come."""
    found = _HEAD_END.search(raw, 0, MAX_HEAD)
    return found.end() if found else None


def header(response: Response, name: str) -> str | None:
    """The field's value, several lines of it joined with commas (RFC 9110 5.3), or ``None``."""
    low = name.lower().encode("ascii")
    values = [v.decode("latin-1") for n, v in response.headers if n.strip().lower() == low]
    return ", ".join(values) if values else None


def payload(raw: bytes) -> bytes:
    """The body without its transfer coding, with its content coding; of a cut one what is there."""
    return parse_and_payload(raw)[1]


def parse_and_payload(raw: bytes) -> tuple[Response, bytes]:
    """What `parse` and `payload` give, in one go."""
    view, body = memoryview(raw), io.BytesIO()
    response = _read(raw, lambda start, end: body.write(view[start:end]))
    return response, body.getvalue()


def parse_and_digest(raw: bytes) -> tuple[Response, str]:
    """What `parse` and `payload_digest` give, in one go."""
    view, sha1 = memoryview(raw), hashlib.sha1(usedforsecurity=False)
    response = _read(raw, lambda start, end: sha1.update(view[start:end]))
    return response, _spelled(sha1.digest())


def payload_digest(raw: bytes) -> str:
    """The payload's ``WARC-Payload-Digest``: as `payload` gives it (WARC/1.1 section 5.9)."""
    return parse_and_digest(raw)[1]


def digest(data: bytes) -> str:
    """``sha1:`` and the digest in upper-case base32, as the field writes it."""
    return _spelled(hashlib.sha1(data, usedforsecurity=False).digest())


def split_interim(raw: bytes) -> tuple[bytes, bytes]:
    """The interim (1xx) responses at the start, and the rest; 101 is a final one here."""
    start = 0
    while (line := _STATUS_LINE.match(raw, start)) and line[2][:1] == b"1" and line[2] != b"101":
        found = _HEAD_END.search(raw, start, start + MAX_HEAD)
        if not found:
            break
        start = found.end()
    return raw[:start], raw[start:]


def _read(raw: bytes, take: _Take) -> Response:
    found = _HEAD_END.search(raw, 0, MAX_HEAD)
    head = raw[: found.start() if found else MAX_HEAD]
    first, *lines = head.replace(b"\r\n", b"\n").split(b"\n")
    line = _STATUS_LINE.fullmatch(first)
    if line is None:
        take(0, len(raw))
        cut = not found and not lines and raw[:5] == b"HTTP/"[: len(raw)]
        problem = "cut off in the status line" if cut else "no HTTP status line"
        return Response(None, "", "", (), 0, "close", False, len(raw), 0, problem, cut)
    status = int(line[2])
    headers, wrong = _headers(lines)
    if found:
        framed = _frame(raw, found.end(), status, headers, take)
    elif len(raw) < MAX_HEAD:
        framed = _Framed("none", len(raw), "cut off in the head", cut=True)
    else:
        framed = _Framed("none", len(raw), f"a head of over {MAX_HEAD} bytes")
    return Response(
        status=status,
        version=line[1].decode(),
        reason=(line[3] or b"").decode("latin-1"),
        headers=headers,
        head_length=found.end() if found else len(raw),
        framing=framed.framing,
        complete=framed.complete,
        end=framed.end,
        excess=len(raw) - framed.end,
        problem=framed.wrong or wrong,
        cut=framed.cut,
    )


def _frame(
    raw: bytes, start: int, status: int, headers: tuple[tuple[bytes, bytes], ...], take: _Take
) -> _Framed:
    """Where the body that begins at ``start`` ends (RFC 9112 section 6.3)."""
    if status in _NO_BODY or status < 200:
        return _Framed("none", start, complete=True)
    named = [(name.strip().lower(), value) for name, value in headers]
    codings = _items(named, b"transfer-encoding")
    lengths = set(_items(named, b"content-length"))
    if codings and codings[-1] == "chunked":
        framed = _dechunk(raw, start, take)
        wrong = framed.wrong
        if lengths:
            wrong = wrong or "both Content-Length and Transfer-Encoding"
        if len(codings) > 1:
            wrong = wrong or f"transfer codings {', '.join(codings[:5])[:80]}"
        return msgspec.structs.replace(framed, wrong=wrong)
    if codings:
        take(start, len(raw))
        return _Framed("close", len(raw), "unknown transfer coding", complete=True)
    if not lengths:
        take(start, len(raw))
        return _Framed("close", len(raw), complete=True)
    length = lengths.pop()
    if lengths or not _DIGITS.fullmatch(length):
        take(start, len(raw))
        return _Framed("close", len(raw), "no one valid Content-Length")
    end = start + int(length)
    if end > len(raw):
        take(start, len(raw))
        wrong = f"cut off: {len(raw) - start} of {length} bytes"
        return _Framed("length", len(raw), wrong, cut=True)
    take(start, end)
    return _Framed("length", end, complete=True)


def _dechunk(raw: bytes, start: int, take: _Take) -> _Framed:
    """Where a chunked body ends; its pieces are taken on the way (RFC 9112 section 7.1)."""
    size = len(raw)

    def failed(wrong: str, *, cut: bool = False) -> _Framed:
        return _Framed("chunked", size, wrong, cut=cut)

    while True:
        line = _CHUNK.match(raw, start, start + MAX_CHUNK_LINE)
        if line is None:
            eol = raw.find(b"\n", start, start + MAX_CHUNK_LINE)
            if eol >= 0:
                return failed(f"bad chunk size {raw[start:eol][:20]!r}")
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
    while (eol := raw.find(b"\n", start)) >= 0:  # trailer fields, if any, and an empty line
        if raw[start:eol] in {b"", b"\r"}:
            return _Framed("chunked", eol + 1, complete=True)
        start = eol + 1
    return failed("cut off in the trailer", cut=True)


def _headers(lines: list[bytes]) -> tuple[tuple[tuple[bytes, bytes], ...], str | None]:
    headers: list[tuple[bytes, list[bytes]]] = []
    problem = None
    for line in lines:
        if sound := _FIELD.fullmatch(line):
            headers.append((sound[1], [sound[2].strip()]))
            continue
        if line[:1] in {b" ", b"\t"} and headers:
            headers[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(b":")
        what = "a control character in" if colon and _TOKEN.fullmatch(name) else "not"
        problem = problem or f"{what} a header field: {line[:60]!r}"
        if colon:
            headers.append((name, [value.strip()]))
    return tuple((name, b" ".join(parts)) for name, parts in headers), problem


def _items(named: list[tuple[bytes, bytes]], low: bytes) -> list[str]:
    """The members of a list field, lower-case; names are that already."""
    values = [value.decode("latin-1") for name, value in named if name == low]
    return [item.strip().lower() for value in values for item in value.split(",")]


def _spelled(sha1: bytes) -> str:
    return "sha1:" + base64.b32encode(sha1).decode()


def _pass_over(_start: int, _end: int) -> None:
    """Take no piece."""
