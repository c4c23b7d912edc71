"""One record of ours against WARC/1.1 (ISO 28500:2017) and our own stricter policy.

Numbers in brackets are sections of the standard. What one record cannot say alone, ids and what
they refer to, is `eafarchive.archive.standard.references`' affair.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from eafarchive import http1
from eafarchive.archive.captures.members import WarcRecord
from eafarchive.archive.captures.warc import ACCEPTED, REVISIT, parse_warc_date
from eafarchive.model import TRUNCATIONS

Values = dict[str, str]
"""The values of a record's fields by lower-case name."""

IDENTICAL = f"{REVISIT}identical-payload-digest"
NOT_MODIFIED = f"{REVISIT}server-not-modified"

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
    ACCEPTED: frozenset({"response"}),
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


def values_of(record: WarcRecord) -> Values:
    """Lower-case field name → its first value."""
    values: Values = {}
    for name, value in record.fields:
        values.setdefault(name.lower(), value)
    return values


def record_faults(record: WarcRecord, values: Values) -> Iterator[str]:
    """What is wrong with the record by itself: fields, their syntax and place, digests, block.

    ``values`` is what `values_of` makes of it.
    """
    yield from _name_faults(values.get("warc-type", ""), tuple(name for name, _ in record.fields))
    yield from _value_faults(record, values)
    if values.get("warc-block-digest") != http1.digest(record.block):
        yield "its block is not the one digested"
    check = _BLOCKS.get(values.get("warc-type", ""))
    if check is not None:
        yield from check(record, values)


@lru_cache(64)  # three records of one exchange say the same
def uri_fault(uri: str) -> str | None:
    """Why the text is no absolute URI fit for ``WARC-Target-URI`` (5.14), or ``None``."""
    found = _URI.fullmatch(uri)
    if not found:
        return "not an absolute URI without fragment (RFC 3986)"
    if "@" in (found["authority"] or ""):
        return "has user information"
    if found["scheme"].lower() in {"http", "https"} and not found["authority"]:
        return "has no host"
    return None


@lru_cache(64)  # nearly all records of one type have the same fields
def _name_faults(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    faults = [f"folded, or not a field name: {n[:40]!r}" for n in names if not _NAME.fullmatch(n)]
    counts = Counter(name.lower() for name in names)
    faults += (f"{_SPELLED[name]} is missing" for name in _REQUIRED if name not in counts)
    for name, count in counts.items():
        if count > 1 and name != "warc-concurrent-to":  # the only one that may (4)
            faults.append(f"{_SPELLED.get(name, name)} stands {count} times")
        if name.startswith("warc-segment"):
            faults.append("is a segment, and we never write one")
        elif name not in _SPELLED:
            faults.append(f"{name[:40]!r} is no field that we write")
        elif kind in _ANY and kind not in _PLACEMENT[_SPELLED[name]]:
            faults.append(f"{_SPELLED[name]} may not stand on a {kind} record")
    if kind not in _ANY:
        faults.append(f"WARC-Type is {kind[:40]!r}, and we never write one")
    if kind in _TARGETED and "warc-target-uri" not in counts:
        faults.append("WARC-Target-URI is missing")
    return tuple(faults)


def _value_faults(record: WarcRecord, values: Values) -> Iterator[str]:
    for name, value in record.fields:
        if _CONTROL.search(value):
            yield f"a control character in {name[:40]}"
        check = _VALUES.get(name.lower())
        fault = check and check(value)
        if fault:
            yield f"{name}: {fault}: {value[:80]!r}"
    expected = _CONTENT_TYPES.get(values.get("warc-type", ""))
    kind = values.get("content-type", "").replace(" ", "").lower()
    if expected and kind != expected:
        yield f"Content-Type is not {expected}: {kind[:60]!r}"


def _id_fault(value: str) -> str | None:
    return None if _ID.fullmatch(value) else "not <urn:uuid:…>"


@lru_cache(64)
def _date_fault(value: str) -> str | None:
    try:
        parse_warc_date(value)
    except ValueError as error:
        return str(error)
    return None


def _digest_fault(value: str) -> str | None:
    return None if _DIGEST.fullmatch(value) else "not sha1: and 32 base32 digits"


@lru_cache(64)
def _address_fault(value: str) -> str | None:
    try:
        spelled = str(ipaddress.ip_address(value))
    except ValueError:
        return "not an IP address"
    return None if spelled == value else f"not spelled as {spelled} (RFC 5952)"


def _truncation_fault(value: str) -> str | None:
    return None if value in TRUNCATIONS else "not a reason of section 5.15"


_VALUES: dict[str, Callable[[str], str | None]] = {
    "warc-record-id": _id_fault,
    "warc-warcinfo-id": _id_fault,
    "warc-concurrent-to": _id_fault,
    "warc-refers-to": _id_fault,
    "warc-date": _date_fault,
    "warc-refers-to-date": _date_fault,
    "warc-target-uri": uri_fault,
    "warc-refers-to-target-uri": uri_fault,
    "warc-block-digest": _digest_fault,
    "warc-payload-digest": _digest_fault,
    "warc-ip-address": _address_fault,
    "warc-truncated": _truncation_fault,
    ACCEPTED.lower(): lambda value: None if value == "yes" else "is not yes",
}
"""Named field, lower-case → what is wrong with a value of it."""


def _warcinfo_faults(record: WarcRecord, _values: Values) -> Iterator[str]:
    yield from _warc_field_faults(record.block)
    names = {line.partition(b":")[0].lower() for line in record.block.split(b"\r\n")}
    for name in (b"software", b"format", b"conformsto"):
        if name not in names:
            yield f"says nothing of its {name.decode()}"


def _metadata_faults(record: WarcRecord, values: Values) -> Iterator[str]:
    yield from _warc_field_faults(record.block)
    if not (values.get("warc-concurrent-to") or values.get("warc-refers-to")):
        yield "says not what it is about: no WARC-Concurrent-To, no WARC-Refers-To"


def _warc_field_faults(block: bytes) -> Iterator[str]:
    lines = block.split(b"\r\n")
    if lines.pop() or not all(map(_WARC_FIELD.fullmatch, lines)):
        yield "its block is no application/warc-fields"
    else:
        try:
            block.decode()
        except UnicodeDecodeError:
            yield "its block is not UTF-8"


def _request_faults(record: WarcRecord, values: Values) -> Iterator[str]:
    line = _REQUEST_LINE.match(record.block)
    if not line or http1.head_length(record.block) is None:
        yield f"its block is no HTTP request: {record.block[:40]!r}"
    if not values.get("warc-concurrent-to"):
        yield "says not to which response it belongs: no WARC-Concurrent-To"
    stated = values.get("warc-payload-digest")
    if stated and stated != http1.digest(record.block[http1.head_length(record.block) or 0 :]):
        yield "its payload is not the one digested"


def _response_faults(record: WarcRecord, values: Values) -> Iterator[str]:
    said, digest = http1.parse_and_digest(record.block)
    stated, truncated = values.get("warc-payload-digest"), values.get("warc-truncated")
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


def _revisit_faults(record: WarcRecord, values: Values) -> Iterator[str]:
    profile = values.get("warc-profile")
    said = http1.parse(record.block)
    if said.status is None or http1.head_length(record.block) != len(record.block):
        yield "its block is not the head of an HTTP answer"
    for name in ("WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"):
        if values.get(name.lower()) is None:
            yield f"{name} is missing"
    if profile == IDENTICAL:
        if values.get("warc-payload-digest") is None:
            yield "WARC-Payload-Digest is missing"
        if values.get("warc-truncated") != "length":  # 6.7.2: "shall"
            yield "its payload is left out, but it is not marked truncated: length"
    elif profile == NOT_MODIFIED:
        if said.status != 304:
            yield f"its profile is server-not-modified, but the status is {said.status}"
    else:
        yield f"WARC-Profile is none of WARC/1.1: {(profile or '')[:80]!r}"


_BLOCKS: dict[str, Callable[[WarcRecord, Values], Iterator[str]]] = {
    "warcinfo": _warcinfo_faults,
    "metadata": _metadata_faults,
    "request": _request_faults,
    "response": _response_faults,
    "revisit": _revisit_faults,
}
