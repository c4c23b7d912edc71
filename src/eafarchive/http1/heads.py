"""What the head of a response says: status, fields, and how the body is framed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

Framing = Literal["length", "chunked", "close", "none"]

MAX_HEAD = 1 << 20
"""Octets among which the end of a head is looked for."""
_USUAL_HEAD = 4096
"""Octets of a head worth keeping at hand."""
HEAD_END = re.compile(rb"\r?\n\r?\n")

_STATUS_LINE = re.compile(rb"HTTP/(\d(?:\.\d)?) ([1-9]\d\d)(?: ([^\r\n]*)|(?=[\r\n]|\Z))")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD = re.compile(rb"(%b):([^\x00-\x08\x0a-\x1f\x7f]*)" % _TOKEN.pattern)
_DIGITS = re.compile(r"[0-9]{1,18}")
_NO_BODY = frozenset({204, 304})


class Head(msgspec.Struct, frozen=True):
    """What the head says."""

    status: int
    version: str
    reason: str
    headers: tuple[tuple[bytes, bytes], ...]
    framing: Framing
    length: int
    """The body's, by ``Content-Length``; -1 where that field is there and invalid."""
    wrong: str | None
    """With a header field."""
    misframed: str | None
    """What is wrong with the framing."""
    unsure: bool
    """Whether that leaves in doubt where the body ends."""


def read_head(head: bytes) -> Head | None:
    """What the head says, which may be cut off; ``None`` if it is none of HTTP."""
    return _read_again(head) if len(head) <= _USUAL_HEAD else _read(head)


@lru_cache(maxsize=32)  # as an answer comes in, when it is there, and when it is kept
def _read_again(head: bytes) -> Head | None:
    return _read(head)


def _read(head: bytes) -> Head | None:
    first, *lines = head.replace(b"\r\n", b"\n").split(b"\n")
    line = _STATUS_LINE.fullmatch(first)
    if line is None:
        return None
    status = int(line[2])
    headers, wrong = _headers(lines)
    reason = (line[3] or b"").decode("latin-1")
    framing, length, misframed, unsure = _framing(status, headers)
    version = line[1].decode()
    return Head(status, version, reason, headers, framing, length, wrong, misframed, unsure)


def _framing(
    status: int, headers: tuple[tuple[bytes, bytes], ...]
) -> tuple[Framing, int, str | None, bool]:
    """How the body ends (RFC 9112 section 6.3), and what else `Head` says of that."""
    if status in _NO_BODY or status < 200:
        return "none", 0, None, False
    named = [(name.strip().lower(), value) for name, value in headers]
    codings = _items(named, b"transfer-encoding")
    lengths = set(_items(named, b"content-length"))
    if codings and codings[-1] == "chunked":
        several = f"transfer codings {', '.join(codings[:5])[:80]}" if len(codings) > 1 else None
        both = "both Content-Length and Transfer-Encoding" if lengths else None
        return "chunked", 0, both or several, several is not None
    if codings:
        return "close", 0, "unknown transfer coding", True
    if not lengths:
        return "close", 0, None, False
    length = lengths.pop()
    if lengths or not _DIGITS.fullmatch(length):
        return "close", -1, "no one valid Content-Length", True
    return "length", int(length), None, False


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


def head_length(raw: bytes) -> int | None:
    """Octets of the head, its empty line included; ``None`` while that has not come."""
    found = HEAD_END.search(raw, 0, MAX_HEAD)
    return found.end() if found else None


def split_interim(raw: bytes) -> tuple[bytes, bytes]:
    """The interim (1xx) responses at the start, and the rest; 101 is a final one here."""
    start = 0
    while (line := _STATUS_LINE.match(raw, start)) and line[2][:1] == b"1" and line[2] != b"101":
        found = HEAD_END.search(raw, start, start + MAX_HEAD)
        if not found:
            break
        start = found.end()
    return raw[:start], raw[start:]
