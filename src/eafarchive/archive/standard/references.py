"""What records say of each other: ids, exchanges, revisits (WARC/1.1 sections 5.2, 5.7, 6.7)."""

from __future__ import annotations

from collections.abc import Iterator

from eafarchive.archive.captures.members import WarcRecord
from eafarchive.archive.standard.conformance import Values
from eafarchive.archive.standard.roll import Register, Said

NOTHING = "revisits a record that is not there"
NO_TARGET = "refers to a record that is not there"
_CAPTURES = frozenset({"response", "revisit", "resource"})


def reference_faults(
    record: WarcRecord, values: Values, where: str, first: WarcRecord, register: Register
) -> Iterator[str]:
    """What is wrong with the record's id and with those it names; it is added to the register.

    ``values`` is what `values_of` makes of the record, ``first`` the first of its file.
    What a record refers to was written before it.
    """
    kind, own = values.get("warc-type", ""), record.record_id
    if kind == "warcinfo":
        if record is not first:
            yield "a second warcinfo in one file"
    elif _bare(values.get("warc-warcinfo-id")) != first.record_id:
        yield "does not refer to the file's warcinfo"
    if "warc-concurrent-to" in values:
        for name, value in record.fields:
            if name.lower() == "warc-concurrent-to":
                yield from _concurrent_faults(values, register.get(_bare(value)), value)
    if kind == "revisit" and values.get("warc-refers-to"):
        target = _bare(values["warc-refers-to"])
        yield from _revisit_faults(values, register.get(target), target)
    before = register.setdefault(own, _said(values, kind, where))
    if before.where != where:
        yield f"its id was given before, at {before.where}: {own}"


def _concurrent_faults(values: Values, target: Said | None, value: str) -> Iterator[str]:
    if target is None:
        yield f"{NO_TARGET}: {_bare(value)}"
        return
    if target.kind not in _CAPTURES:
        yield f"WARC-Concurrent-To names a {target.kind} record"
        return
    if target.date != values.get("warc-date"):
        yield "its WARC-Date is not that of its exchange"
    if target.target_uri != values.get("warc-target-uri"):
        yield "its WARC-Target-URI is not that of its exchange"


def _revisit_faults(values: Values, target: Said | None, target_id: str) -> Iterator[str]:
    if target is None:
        yield f"{NOTHING}: {target_id}"
        return
    if target.kind != "response":
        yield f"revisits a {target.kind} record, which is no full response"
        return
    for name, said in (("Target-URI", target.target_uri), ("Date", target.date)):
        if values.get(f"warc-refers-to-{name.lower()}") not in {said, None}:
            yield f"WARC-Refers-To-{name} is not the WARC-{name} of what it revisits"
    stated = values.get("warc-payload-digest")
    if stated is not None and stated != target.payload_digest:
        yield "its payload digest is not that of what it revisits"


def _said(values: Values, kind: str, where: str) -> Said:
    if kind not in _CAPTURES:
        return Said(where, kind)
    names = ("warc-target-uri", "warc-date", "warc-payload-digest")
    return Said(where, kind, *(values.get(name, "") for name in names))


def _bare(value: str | None) -> str:
    return (value or "").strip("<>")
