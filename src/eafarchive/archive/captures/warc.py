"""Captures as WARC/1.1 records (ISO 28500:2017), one gzip member a record.

Blocks and digests are ours: the block is what crossed the wire, the payload digest covers the body
without its transfer coding (iipc/warc-specifications issue 22). warcio writes their heads.
"""

from __future__ import annotations

import re
import struct
import uuid
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Literal, Self

import msgspec
from warcio.statusandheaders import StatusAndHeaders

from eafarchive import http1
from eafarchive.model import Capture

CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
"""What the URIs of revisit profiles begin with (sections 6.7.2 and 6.7.3)."""

ACCEPTED = "Eafarchive-Accepted"
"""Named field of a response: a person said that it is the article, whatever stood there before.

An extension field (section 4). Of all that is known of a capture, this no other capture tells.
"""

NewId = Callable[[], str]

_END = b"\r\n\r\n"
_LEAST_BITS = 9
"""zlib's smallest window, as the logarithm of its size."""
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_CODED = re.compile(rb"\ncontent-encoding:[ \t]*(?!identity)[^\s]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z")


class Member(msgspec.Struct, frozen=True):
    """One WARC record as a whole gzip member, ready to append."""

    kind: str
    record_id: str
    data: bytes


class Revisit(msgspec.Struct, frozen=True):
    """The stored response that an answer repeats; never a revisit itself."""

    profile: Literal["server-not-modified", "identical-payload-digest"]
    """The server said so by a 304, or it sent the same payload again."""
    refers_to: str
    """The response's record id, target URI, ``WARC-Date`` and payload digest."""
    target_uri: str
    captured_at: str
    payload_digest: str


class Entry(msgspec.Struct, frozen=True):
    """A capture to be stored, and what is to be known of it for that; `of` takes it apart, once."""

    capture: Capture
    via: str | None
    """The URL where this one was found, or ``given``."""
    response: http1.Response
    payload_digest: str
    revisit: Revisit | None = None
    """What it repeats."""

    @classmethod
    def of(cls, capture: Capture, via: str | None) -> Self:
        """The entry of a capture that repeats nothing."""
        return cls(capture, via, *http1.parse_and_digest(capture.response))


class Operator(msgspec.Struct, frozen=True):
    """What a ``warcinfo`` record says of the run: no command line, no secrets."""

    software: str
    user_agent: str
    contact: str
    config_digest: str


def new_record_id() -> str:
    """A fresh ``urn:uuid:…``, unique over all archives (WARC/1.1 section 5.2)."""
    return f"urn:uuid:{uuid.uuid4()}"


def warc_date(moment: datetime) -> str:
    """The moment as ``WARC-Date``: UTC with microseconds (section 5.4)."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def parse_warc_date(text: str) -> datetime:
    """The aware UTC moment a ``WARC-Date`` names, to the second or finer; raises `ValueError`.

    Section 5.4 allows one to nine digits of a fraction; those beyond microseconds are cut off.
    """
    if not _DATE.fullmatch(text):
        raise ValueError(f"not a WARC-Date: {text[:40]!r}")
    stem, dot, fraction = text[:-1].partition(".")
    parsed = datetime.fromisoformat(stem + dot + fraction[:6].ljust(6, "0") * bool(dot))
    return parsed.replace(tzinfo=UTC)


def warcinfo(operator: Operator, filename: str, at: datetime, record_id: str) -> Member:
    """The member that opens a file (section 6.2)."""
    fields = {
        "software": operator.software,
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "robots": "obey, RFC 9309",
        "http-header-user-agent": operator.user_agent,
        "operator": operator.contact or "not given",
        "digest-policy": "sha1, upper-case base32; payload digests without transfer coding",
        "configuration-digest": operator.config_digest,
    }
    headers = [("WARC-Date", warc_date(at)), ("WARC-Filename", filename)]
    return _member("warcinfo", record_id, headers, "application/warc-fields", _warc_fields(fields))


def exchange(entry: Entry, warcinfo_id: str, new_id: NewId) -> list[Member]:
    """The members of one exchange: response or revisit, request, metadata.

    The answer comes first and is the one the others point to (``WARC-Concurrent-To``), so that
    every whole prefix of the file is consistent. Metadata carries ``via``, the URL where this one
    was found, if it was not ``given``; why the exchange ended early; and interim (1xx) responses,
    which are no part of the response.
    """
    capture, via = entry.capture, entry.via
    answer_id = new_id()
    shared = [
        ("WARC-Target-URI", capture.target_uri),
        ("WARC-Date", warc_date(capture.captured_at)),
        ("WARC-Warcinfo-ID", f"<{warcinfo_id}>"),
    ]
    peer = [("WARC-IP-Address", capture.ip)] if capture.ip else []
    concurrent = [*shared, *peer, ("WARC-Concurrent-To", f"<{answer_id}>")]
    members = [
        _answer(entry, answer_id, [*shared, *peer]),
        _member(
            "request", new_id(), concurrent, "application/http; msgtype=request", capture.request
        ),
    ]
    about = {"via": via, "problem": capture.problem}
    about["interim-responses"] = capture.interim.decode("latin-1").encode("unicode_escape").decode()
    block = _warc_fields({name: value for name, value in about.items() if value})
    if block:
        metadata = [*shared, ("WARC-Concurrent-To", f"<{answer_id}>")]
        members.append(_member("metadata", new_id(), metadata, "application/warc-fields", block))
    return members


def _answer(entry: Entry, record_id: str, shared: list[tuple[str, str]]) -> Member:
    """The response as it came; or of one that repeats another, its head and what it repeats.

    A 304 has no body, so that all of it is there; the payload that came once more is left out,
    which is a truncation by length (section 6.7.2).
    """
    capture, revisit = entry.capture, entry.revisit
    content_type = "application/http; msgtype=response"
    if revisit is None:
        headers = [*shared, ("WARC-Payload-Digest", entry.payload_digest)]
        if capture.is_accepted:
            headers.append((ACCEPTED, "yes"))
        if capture.truncated:
            headers.append(("WARC-Truncated", capture.truncated))
        return _member("response", record_id, headers, content_type, capture.response)
    headers = [
        *shared,
        ("WARC-Profile", REVISIT + revisit.profile),
        ("WARC-Refers-To", f"<{revisit.refers_to}>"),
        ("WARC-Refers-To-Target-URI", revisit.target_uri),
        ("WARC-Refers-To-Date", revisit.captured_at),
        ("WARC-Payload-Digest", revisit.payload_digest),
    ]
    if revisit.profile == "identical-payload-digest":
        headers.append(("WARC-Truncated", "length"))
    head = capture.response[: entry.response.head_length]
    return _member("revisit", record_id, headers, content_type, head)


def _member(
    kind: str, record_id: str, headers: Iterable[tuple[str, str]], content_type: str, block: bytes
) -> Member:
    named = [("WARC-Type", kind), ("WARC-Record-ID", f"<{record_id}>"), *headers]
    named.append(("WARC-Block-Digest", http1.digest(block)))
    named.append(("Content-Type", content_type))
    if _CONTROL.search("".join([value for _, value in named])):
        name, value = next(one for one in named if _CONTROL.search(one[1]))
        raise ValueError(f"control character in {name}: {value!r}")
    named.append(("Content-Length", str(len(block))))
    head = StatusAndHeaders("", named, protocol="WARC/1.1").to_bytes()
    record = b"".join((head, block, _END))
    return Member(kind, record_id, _gzipped(record, _coded_from(block), len(block)))


def _gzipped(record: bytes, coded_from: int | None, block_length: int) -> bytes:
    """The record as one gzip member (RFC 1952) without name and time.

    A body that has a content coding is stored within it, not deflated once more: that would take
    most of the time that writing takes, and gain next to nothing.
    """
    if coded_from is None:
        deflate = _deflater(len(record))
        pieces = [deflate.compress(record), deflate.flush()]
    else:
        start = len(record) - len(_END) - block_length + coded_from
        deflate, store = _deflater(start), zlib.compressobj(0, wbits=-_LEAST_BITS)
        pieces = [deflate.compress(record[:start]), deflate.flush(zlib.Z_FULL_FLUSH)]
        pieces += [store.compress(memoryview(record)[start:]), store.flush()]
    trailer = struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)
    return b"".join((_GZIP_HEAD, *pieces, trailer))


def _deflater(size: int) -> zlib._Compress:
    """A compressor whose window is as large as the data: a larger one only takes time to clear.

    Of the usual size it is 256 KiB, which costs ten times what deflating a head does.
    """
    bits = min(max(size.bit_length(), _LEAST_BITS), zlib.MAX_WBITS)
    return zlib.compressobj(wbits=-bits, memLevel=bits - 7)


def _coded_from(block: bytes) -> int | None:
    """Where the body of an HTTP message begins that has a content coding, or ``None``."""
    end = http1.head_length(block) if block.startswith(b"HTTP/") else None
    return end if end is not None and _CODED.search(block, 0, end) else None


def _warc_fields(fields: dict[str, str]) -> bytes:
    """An ``application/warc-fields`` block; what is not printable in a value becomes a space."""
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items()).encode()


def _one_line(value: str) -> str:
    if not value.isprintable():
        value = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(value.split())
