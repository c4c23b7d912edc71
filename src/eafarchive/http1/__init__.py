"""HTTP/1.1 messages in stored bytes: framing, headers, payload, digests (RFC 9112, RFC 9110).

Reads whatever a server sent, whole or cut, and never raises: what is wrong stands in
`Response.problem`. Linear in the bytes, and of memory beyond them only what it gives back. `heads`
reads what stands before the body, `bodies` finds its end, `Incoming` while it still comes in.
"""

from __future__ import annotations

import base64
import hashlib
import io

import msgspec

from eafarchive.http1.bodies import Framed, Incoming, Take, frame, pass_over
from eafarchive.http1.heads import (
    HEAD_END,
    MAX_HEAD,
    Framing,
    head_length,
    read_head,
    split_interim,
)

__all__ = [
    "Incoming",
    "Response",
    "digest",
    "head_length",
    "header",
    "parse",
    "parse_and_digest",
    "parse_and_payload",
    "payload",
    "payload_digest",
    "split_interim",
]


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


def parse(raw: bytes) -> Response:
    """What the final response in ``raw`` to a GET request says."""
    return _read(raw, pass_over)


def header(response: Response, name: str) -> str | None:
    """The field's value, several lines of it joined with commas (RFC 9110 5.3), or ``None``."""
    low = name.lower().encode("ascii")
    values = [v.decode("latin-1") for n, v in response.headers if n.lower().strip() == low]
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


def _read(raw: bytes, take: Take) -> Response:
    found = HEAD_END.search(raw, 0, MAX_HEAD)
    head = read_head(raw[: found.start() if found else MAX_HEAD])
    if head is None:
        take(0, len(raw))
        cut = not found and b"\n" not in raw[:MAX_HEAD] and raw[:5] == b"HTTP/"[: len(raw)]
        problem = "cut off in the status line" if cut else "no HTTP status line"
        return Response(None, "", "", (), 0, "close", False, len(raw), 0, problem, cut)
    if found:
        framed = frame(raw, found.end(), head, take)
    elif len(raw) < MAX_HEAD:
        framed = Framed("none", len(raw), "cut off in the head", cut=True)
    else:
        framed = Framed("none", len(raw), f"a head of over {MAX_HEAD} bytes")
    return Response(
        status=head.status,
        version=head.version,
        reason=head.reason,
        headers=head.headers,
        head_length=found.end() if found else len(raw),
        framing=framed.framing,
        complete=framed.complete,
        end=framed.end,
        excess=len(raw) - framed.end,
        problem=framed.wrong or head.wrong,
        cut=framed.cut,
    )


def _spelled(sha1: bytes) -> str:
    return "sha1:" + base64.b32encode(sha1).decode()
