"""One record of ours against WARC/1.1 (ISO 28500:2017) and our own stricter policy.

Numbers in brackets are sections of the standard. What one record cannot say alone, ids and what
they refer to, is `eafarchive.archive.references`' affair.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Iterator

from eafarchive import http1
from eafarchive.archive.members import WarcRecord
from eafarchive.archive.warc import parse_warc_date

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_REQUIRED = ("warc-type", "warc-record-id", "warc-date", "content-length", "warc-block-digest")
"""On every record: four by the standard (5.1), block digests by our policy (5.8)."""

_ANY = frozenset({"warcinfo", "response", "request", "metadata", "revisit", "resource"})
_NOT_INFO = _ANY - {"warcinfo"}
_WITH_PAYLOAD = frozenset({"response", "request", "revisit", "resource"})
_REVISIT = frozenset({"revisit"})
_PLACEMENT: dict[str, frozenset[str]] = {
    "WARC-Type": _ANY,
    "WARC-Record-ID": _ANY,
    "WARC-Date": _ANY,
    "Content-Length": _ANY,
    "Content-Type": _ANY,
    "WARC-Block-Digest": _ANY,
    "WARC-Truncated": _ANY,
    "WARC-Concurrent-To": _NOT_INFO,
    "WARC-Payload-Digest": _WITH_PAYLOAD,
    "WARC-IP-Address": _NOT_INFO,
    "WARC-Refers-To": frozenset({"metadata", "revisit"}),
    "WARC-Refers-To-Target-URI": _REVISIT,
    "WARC-Refers-To-Date": _REVISIT,
    "WARC-Target-URI": _NOT_INFO,
    "WARC-Warcinfo-ID": _NOT_INFO,
    "WARC-Filename": frozenset({"warcinfo"}),
    "WARC-Profile": _REVISIT,
    "WARC-Identified-Payload-Type": _WITH_PAYLOAD,
}
"""Named field → the types of record that may have it (5). We write no other."""
_SPELLED = {name.lower(): name for name in _PLACEMENT}
_TARGETED = frozenset({"response", "request", "revisit", "resource"})
_CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "metadata": "application/warc-fields",
    "response": "application/http;msgtype=response",
    "revisit": "application/http;msgtype=response",
    "request": "application/http;msgtype=request",
}
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_ID = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}>")
_DIGEST = re.compile(r"sha1:[A-Z2-7]{32}")
_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):"
    r"(?://(?P<authority>(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\[[0-9A-Fa-f:.]+\])*+))?"
    r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*+"
    r"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
"""An absolute URI without a fragment (RFC 3986 sections 3 and 4.3)."""
_REQUEST_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\.[01]\r\n")
_WARC_FIELD = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00-\x08\x0a-\x1f\x7f]*")


def record_faults(record: WarcRecord) -> Iterator[str]:
    """What is wrong with the record by itself: fields, their syntax and place, digests, block."""
    yield from _field_faults(record)
    yield from _value_faults(record)
    if record.get("WARC-Block-Digest") != http1.digest(record.block):
        yield "its block is not the one digested"
    check = _BLOCKS.get(record.kind)
    if check is not None:
        yield from check(record)


def uri_fault(uri: str) -> str | None:
    """Why the text is no absolute URI fit for ``WARC-Target-URI`` (5.11), or ``None``."""
    found = _URI.fullmatch(uri)
    if not found:
        return "not an absolute URI without fragment (RFC 3986)"
    if "@" in (found["authority"] or ""):
        return "has user information"
    if found["scheme"].lower() in {"http", "https"} and not found["authority"]:
        return "has no host"
    return None


def _field_faults(record: WarcRecord) -> Iterator[str]:
    for name, value in record.fields:
        if not _NAME.fullmatch(name):
            yield f"folded, or not a field name: {name[:40]!r}"
        if _CONTROL.search(value):
            yield f"a control character in {name[:40]}"
    counts = Counter(name.lower() for name, _ in record.fields)
    kind = record.kind
    for name in _REQUIRED:
        if name not in counts:
            yield f"{_SPELLED[name]} is missing"
    for name, count in counts.items():
        if count > 1 and name != "warc-concurrent-to":  # the only one that may (4)
            yield f"{_SPELLED.get(name, name)} stands {count} times"
        if name.startswith("warc-segment"):
            yield "is a segment, and we never write one"
        elif name not in _SPELLED:
            yield f"{name[:40]!r} is no field that we write"
        elif kind in _ANY and kind not in _PLACEMENT[_SPELLED[name]]:
            yield f"{_SPELLED[name]} may not stand on a {kind} record"
    if kind not in _ANY:
        yield f"WARC-Type is {kind[:40]!r}, and we never write one"
    if kind in _TARGETED and "warc-target-uri" not in counts:
        yield "WARC-Target-URI is missing"


def _value_faults(record: WarcRecord) -> Iterator[str]:
    for name, value in record.fields:
        fault = None
        match name.lower():
            case "warc-record-id" | "warc-warcinfo-id" | "warc-concurrent-to" | "warc-refers-to":
                fault = None if _ID.fullmatch(value) else "not <urn:uuid:…>"
            case "warc-date" | "warc-refers-to-date":
                try:
                    parse_warc_date(value)
                except ValueError as error:
                    fault = str(error)
            case "warc-target-uri" | "warc-refers-to-target-uri":
                fault = uri_fault(value)
            case "warc-block-digest" | "warc-payload-digest":
                fault = None if _DIGEST.fullmatch(value) else "not sha1: and 32 base32 digits"
            case "warc-ip-address":
                fault = _address_fault(value)
            case "warc-truncated":
                fault = None if value in _TRUNCATIONS else "not a reason of section 5.13"
        if fault:
            yield f"{name}: {fault}: {value[:80]!r}"
    expected = _CONTENT_TYPES.get(record.kind)
    kind = (record.get("Content-Type") or "").replace(" ", "").lower()
    if expected and kind != expected:
        yield f"Content-Type is not {expected}: {kind[:60]!r}"


def _address_fault(value: str) -> str | None:
    try:
        spelled = str(ipaddress.ip_address(value))
    except ValueError:
        return "not an IP address"
    return None if spelled == value else f"not spelled as {spelled} (RFC 5952)"


def _warcinfo_faults(record: WarcRecord) -> Iterator[str]:
    yield from _warc_field_faults(record)
    names = {line.partition(b":")[0].lower() for line in record.block.split(b"\r\n")}
    for name in (b"software", b"format", b"conformsto"):
        if name not in names:
            yield f"says nothing of its {name.decode()}"


def _metadata_faults(record: WarcRecord) -> Iterator[str]:
    yield from _warc_field_faults(record)
    if not (record.get("WARC-Concurrent-To") or record.get("WARC-Refers-To")):
        yield "says not what it is about: no WARC-Concurrent-To, no WARC-Refers-To"


def _warc_field_faults(record: WarcRecord) -> Iterator[str]:
    lines = record.block.split(b"\r\n")
    if lines.pop() or not all(map(_WARC_FIELD.fullmatch, lines)):
        yield "its block is no application/warc-fields"
    else:
        try:
            record.block.decode()
        except UnicodeDecodeError:
            yield "its block is not UTF-8"


def _request_faults(record: WarcRecord) -> Iterator[str]:
    line = _REQUEST_LINE.match(record.block)
    if not line or http1.head_length(record.block) is None:
        yield f"its block is no HTTP request: {record.block[:40]!r}"
    if not record.get("WARC-Concurrent-To"):
        yield "says not to which response it belongs: no WARC-Concurrent-To"
    stated = record.get("WARC-Payload-Digest")
    if stated and stated != http1.digest(record.block[http1.head_length(record.block) or 0 :]):
        yield "its payload is not the one digested"


def _response_faults(record: WarcRecord) -> Iterator[str]:
    said, digest = http1.parse_and_digest(record.block)
    stated, truncated = record.get("WARC-Payload-Digest"), record.get("WARC-Truncated")
    if stated is None:
        yield "WARC-Payload-Digest is missing"
    elif stated != digest:
        yield "its payload is not the one digested"
    if not truncated:
        if said.status is None or not said.complete:
            reason = said.problem or "cut off"
            yield f"not a whole HTTP answer, and not marked truncated: {reason}"
        elif said.excess:
            yield f"{said.excess} bytes after the end of the HTTP answer"
    elif (
        truncated != "unspecified"
        and said.complete
        and said.framing != "close"
        and (said.status or 0) >= 200  # of nothing but interim answers, the final one is cut off
        and not said.excess
    ):
        yield f"marked truncated: {truncated}, but it is a whole HTTP answer"


def _revisit_faults(record: WarcRecord) -> Iterator[str]:
    profile = record.get("WARC-Profile")
    said = http1.parse(record.block)
    if said.status is None or http1.head_length(record.block) != len(record.block):
        yield "its block is not the head of an HTTP answer"
    for name in ("WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"):
        if record.get(name) is None:
            yield f"{name} is missing"
    if profile == IDENTICAL:
        if record.get("WARC-Payload-Digest") is None:
            yield "WARC-Payload-Digest is missing"
        if record.get("WARC-Truncated") != "length":  # 6.7.2: "shall"
            yield "its payload is left out, but it is not marked truncated: length"
    elif profile == NOT_MODIFIED:
        if said.status != 304:
            yield f"its profile is server-not-modified, but the status is {said.status}"
    else:
        yield f"WARC-Profile is none of WARC/1.1: {(profile or '')[:80]!r}"


_BLOCKS: dict[str, Callable[[WarcRecord], Iterator[str]]] = {
    "warcinfo": _warcinfo_faults,
    "metadata": _metadata_faults,
    "request": _request_faults,
    "response": _response_faults,
    "revisit": _revisit_faults,
}
