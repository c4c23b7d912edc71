"""The index of captures: one line a response or revisit record.

Made while writing, or from the WARC again, to the same content.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Literal, TypeVar

import msgspec

from eafarchive import http1
from eafarchive.archive.captures.gaps import Gap, read_on
from eafarchive.archive.captures.members import Malformed, Torn, WarcRecord, read_members
from eafarchive.archive.captures.warc import ACCEPTED, parse_warc_date, warc_date
from eafarchive.discovery.urls import canonical_key, clean_url
from eafarchive.model import TRUNCATIONS, Capture, Place

_Damage = TypeVar("_Damage", Torn, Gap)


class CaptureRow(msgspec.Struct, frozen=True):
    """The index's line on one capture."""

    place: Place
    end: int
    """First byte after the last record of the exchange."""
    target_uri: str
    captured_at: str
    status: int | None
    """The HTTP status; of a revisit, the one that was answered then: 304, or 200 once more."""
    payload_digest: str
    """Of a revisit, that of the response it refers to."""
    key: str
    """The canonical key of the target URI, whatever a profile would make of it."""
    kind: Literal["response", "revisit"] = "response"
    refers_to: str | None = None
    """The id of the response that a revisit refers to."""


def key_of(target_uri: str) -> str:
    """The key under which a URI's captures are listed; what is no URL is its own."""
    return canonical_key(target_uri) if clean_url(target_uri) else target_uri


class Indexer:
    """Makes the index lines of one WARC file of ours from its records, taken in order.

    The records that follow a response or revisit up to the next one belong to its exchange.
    """

    def __init__(self, warc: str) -> None:
        """``warc`` is the file's final path below the archive."""
        self._warc = warc
        self._row: CaptureRow | None = None

    def take(self, record: WarcRecord) -> Iterator[CaptureRow | Malformed]:
        """The line that this record shows to be whole, if any; and the record, if it is no good."""
        if record.kind in {"response", "revisit"}:
            yield from self.end()
            try:
                self._row = row_of(record, self._warc)
            except ValueError as error:
                yield Malformed(record.offset, record.length, str(error))
        elif self._row:
            self._row = msgspec.structs.replace(self._row, end=record.offset + record.length)

    def end(self) -> Iterator[CaptureRow]:
        """The line under way, if any: nothing more belongs to it."""
        if self._row:
            yield self._row
        self._row = None


def index_records(
    file: BinaryIO, warc: str, offset: int = 0
) -> Iterator[CaptureRow | Malformed | Torn]:
    """The index lines of the captures in a WARC file of ours, and what is no record.

    ``warc`` is the file's final path below the archive. A `Torn` is the last item if there is one.
    """
    return _index(read_members(file, offset), warc)


def index_whole(file: BinaryIO, warc: str) -> Iterator[CaptureRow | Malformed | Gap]:
    """As `index_records`; after damage it goes on with the next record that is whole."""
    return _index(read_on(file), warc)


def _index(
    items: Iterator[WarcRecord | Malformed | _Damage], warc: str
) -> Iterator[CaptureRow | Malformed | _Damage]:
    indexer = Indexer(warc)
    for item in items:
        if isinstance(item, WarcRecord):
            yield from indexer.take(item)
        else:
            yield from indexer.end()
            yield item
    yield from indexer.end()


def capture_of(record: WarcRecord) -> Capture:
    """The capture in a response record; its request is not read back. Raises `ValueError`."""
    truncated = record.get("WARC-Truncated")
    if truncated and truncated not in TRUNCATIONS:
        raise ValueError(f"WARC-Truncated gives no reason of section 5.15: {truncated[:40]!r}")
    return Capture(
        target_uri=record.get("WARC-Target-URI") or "",
        captured_at=parse_warc_date(record.get("WARC-Date") or ""),
        request=b"",
        response=record.block,
        ip=record.get("WARC-IP-Address"),
        truncated=TRUNCATIONS[truncated] if truncated else None,
        is_accepted=record.get(ACCEPTED) is not None,
    )


def row_of(record: WarcRecord, warc: str) -> CaptureRow:
    """The line on a response or revisit; raises `ValueError` if it says no time of ours."""
    target_uri = record.get("WARC-Target-URI") or ""
    refers_to = (record.get("WARC-Refers-To") or "").strip("<>")
    is_revisit = record.kind == "revisit"
    return CaptureRow(
        place=Place(warc, record.offset, record.length, record.record_id),
        end=record.offset + record.length,
        target_uri=target_uri,
        captured_at=warc_date(parse_warc_date(record.get("WARC-Date") or "")),
        status=http1.parse(record.block).status,
        payload_digest=record.get("WARC-Payload-Digest") or http1.payload_digest(record.block),
        key=key_of(target_uri),
        kind="revisit" if is_revisit else "response",
        refers_to=(refers_to or None) if is_revisit else None,
    )
