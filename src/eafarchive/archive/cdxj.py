"""The index that replay tools ask: CDXJ, one line a capture.

A line is a SURT, a time of 14 digits, and a JSON object with the fields of pywb's indexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from eafarchive import http1
from eafarchive.archive.conformance import NOT_MODIFIED
from eafarchive.archive.files import reading
from eafarchive.archive.gaps import Gap, read_on
from eafarchive.archive.holdings import Archive
from eafarchive.archive.members import Malformed, WarcRecord
from eafarchive.archive.warc import parse_warc_date
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
    url = record.get("WARC-Target-URI") or ""
    moment = parse_warc_date(record.get("WARC-Date") or "")
    timestamp = moment.strftime("%Y%m%d%H%M%S")
    meant = responses.get((record.get("WARC-Refers-To") or "").strip("<>"))
    if meant and record.get("WARC-Profile") == NOT_MODIFIED:
        return msgspec.structs.replace(meant, url=url, urlkey=sort_key(url), timestamp=timestamp)
    answer = http1.parse(record.block)
    named = _MIME.match((http1.header(answer, "content-type") or "").strip())
    digest = record.get("WARC-Payload-Digest") or http1.payload_digest(record.block)
    return CdxLine(
        urlkey=sort_key(url),
        timestamp=timestamp,
        url=url,
        mime="warc/revisit" if record.kind == "revisit" else named[0] if named else "unk",
        status=str(answer.status or "-"),
        digest=digest.removeprefix("sha1:"),
        length=str(record.length),
        offset=str(record.offset),
        filename=warc.rpartition("/")[2],
    )
