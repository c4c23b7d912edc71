"""What records say of each other: ids, exchanges, revisits (WARC/1.1 sections 5.2, 5.7, 6.7)."""

from __future__ import annotations

from collections.abc import Iterator

from eafarchive.archive.members import WarcRecord
from eafarchive.archive.roll import Register, Said

_CAPTURES = frozenset({"response", "revisit", "resource"})


def reference_faults(
    record: WarcRecord, where: str, first: WarcRecord, register: Register
) -> Iterator[str]:
    """What is wrong with the record's id and with those it names; it is added to the register.

    ``first`` is the first record of its file. What a record refers to was written before it.
    """
    before = register.get(record.record_id)
    is_new = before is None or before.where == where
    if before and not is_new:
        yield f"its id was given before, at {before.where}: {record.record_id}"
    if record is not first and record.kind == "warcinfo":
        yield "a second warcinfo in one file"
    if record.kind != "warcinfo" and _bare(record.get("WARC-Warcinfo-ID")) != first.record_id:
        yield "does not refer to the file's warcinfo"
    for name, value in record.fields:
        if name.lower() == "warc-concurrent-to":
            yield from _concurrent_faults(record, register.get(_bare(value)), value)
    if record.kind == "revisit" and record.get("WARC-Refers-To"):
        target = _bare(record.get("WARC-Refers-To"))
        yield from _revisit_faults(record, register.get(target), target)
    if is_new:
        register[record.record_id] = _said(record, where)


def _concurrent_faults(record: WarcRecord, target: Said | None, value: str) -> Iterator[str]:
    if target is None:
        yield f"refers to a record that is not there: {_bare(value)}"
        return
    if target.kind not in _CAPTURES:
        yield f"WARC-Concurrent-To names a {target.kind} record"
        return
    if target.date != record.get("WARC-Date"):
        yield "its WARC-Date is not that of its exchange"
    if target.target_uri != record.get("WARC-Target-URI"):
        yield "its WARC-Target-URI is not that of its exchange"


def _revisit_faults(record: WarcRecord, target: Said | None, target_id: str) -> Iterator[str]:
    if target is None:
        yield f"revisits a record that is not there: {target_id}"
        return
    if target.kind != "response":
        yield f"revisits a {target.kind} record, which is no full response"
        return
    for name, said in (("Target-URI", target.target_uri), ("Date", target.date)):
        if record.get(f"WARC-Refers-To-{name}") not in {said, None}:
            yield f"WARC-Refers-To-{name} is not the WARC-{name} of what it revisits"
    stated = record.get("WARC-Payload-Digest")
    if stated is not None and stated != target.payload_digest:
        yield "its payload digest is not that of what it revisits"


def _said(record: WarcRecord, where: str) -> Said:
    if record.kind not in _CAPTURES:
        return Said(where, record.kind)
    return Said(
        where,
        record.kind,
        record.get("WARC-Target-URI") or "",
        record.get("WARC-Date") or "",
        record.get("WARC-Payload-Digest") or "",
    )


def _bare(value: str | None) -> str:
    return (value or "").strip("<>")
