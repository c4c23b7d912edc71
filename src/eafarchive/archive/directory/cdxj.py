"""The index that replay tools ask: CDXJ, one line a capture.

A line is a SURT, a time of 14 digits, and a JSON object with the fields of pywb's indexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from eafarchive import http1
from eafarchive.archive.captures.gaps import Gap, read_on
from eafarchive.archive.captures.index import row_of
from eafarchive.archive.captures.members import Malformed, WarcRecord
from eafarchive.archive.captures.warc import parse_warc_date
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.disk.files import reading
from eafarchive.archive.standard.conformance import NOT_MODIFIED
from eafarchive.discovery.surt import sort_key

_MIME = re.compile(r"[\w.+-]+/[\w.+-]+")


class CdxLine(msgspec.Struct, frozen=True):
    """What the index says of a capture, spelled as it is there."""

    urlkey: str
    timestamp: str
    url: str
    mime: str
    """The media type that the server named, ``unk``, or ``warc/revisit``."""
    status: str
    digest: str
    """The payload's; SHA-1 without a label."""
    length: str
    offset: str
    filename: str
    """The WARC file's name, without its folder."""

    def encode(self) -> bytes:
        """The line, with its end."""
        told = {k: v for k, v in msgspec.structs.asdict(self).items() if k not in _LEADING}
        return f"{self.urlkey} {self.timestamp} ".encode() + msgspec.json.encode(told) + b"\n"


_LEADING = ("urlkey", "timestamp")


def cdx_lines(archive: Archive) -> Iterator[CdxLine | tuple[str, Malformed | Gap]]:
    """A line for each capture, in the order of writing; and what is damaged, with its file's name.

    Where the server said *not modified* the line leads to the response that was meant, at the time
    when that was said: pywb shows a 304 as it stands, which is an empty page. Memory grows by some
    hundred bytes a response. Raises `DamageError` for a file that cannot be read.
    """
    responses: dict[str, CdxLine] = {}
    for path in archive.warc_files():
        name = archive.name_of(path)
        with reading(path), path.open("rb") as file:
            for item in read_on(file):
                if not isinstance(item, WarcRecord):
                    yield name, item
                elif item.kind in {"response", "revisit"}:
                    try:
                        line = _line(item, name, responses)
                    except ValueError as error:
                        yield name, Malformed(item.offset, item.length, str(error))
                        continue
                    if item.kind == "response":
                        responses[item.record_id] = line
                    yield line


def _line(record: WarcRecord, warc: str, responses: dict[str, CdxLine]) -> CdxLine:
    row = row_of(record, warc)
    url, place = row.target_uri, row.place
    timestamp = parse_warc_date(row.captured_at).strftime("%Y%m%d%H%M%S")
    meant = responses.get(row.refers_to or "")
    if meant and record.get("WARC-Profile") == NOT_MODIFIED:
        return msgspec.structs.replace(meant, url=url, urlkey=sort_key(url), timestamp=timestamp)
    return CdxLine(
        urlkey=sort_key(url),
        timestamp=timestamp,
        url=url,
        mime="warc/revisit" if row.kind == "revisit" else _mime_of(record),
        status=str(row.status or "-"),
        digest=row.payload_digest.removeprefix("sha1:"),
        length=str(place.length),
        offset=str(place.offset),
        filename=warc.rpartition("/")[2],
    )


def _mime_of(record: WarcRecord) -> str:
    said = http1.header(http1.parse(record.block), "content-type") or ""
    named = _MIME.match(said.strip())
    return named[0] if named else "unk"
