"""Which answers say nothing new, and what they repeat (WARC/1.1 section 6.7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from eafarchive import http1
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow, key_of
from eafarchive.archive.captures.warc import Entry, Revisit
from eafarchive.model import Capture, Place

_NOTHING = http1.digest(b"")
_CONDITION = re.compile(rb"\r\nIf-(?:None-Match|Modified-Since):", re.IGNORECASE)
_READ_BY = ("content-type", "content-encoding")
"""What a head says of how its payload is to be read: under another one it is another page."""


def revisit_of(
    entry: Entry, ledger: Ledger, stored: Callable[[Place], Capture | None]
) -> Revisit | None:
    """What the answer repeats, or ``None`` if it is to be stored whole.

    ``stored`` gives a response that is still there, sound and not cut off. The answer repeats
    the newest good answer of the same key, and no older one: so the newest *response* stored of an
    article is always what the site says now, whether revisits are looked at or not. Who reads the
    payload that is repeated reads it by the head it was stored with. What was accepted as the
    article is stored whole: a revisit makes no record.
    """
    capture, response = entry.capture, entry.response
    if capture.truncated or capture.problem or capture.is_accepted:
        return None
    if response.status not in {200, 304} or not response.complete:
        return None
    newest = ledger.newest_good(key_of(capture.target_uri))
    if newest is None or newest.target_uri != capture.target_uri:
        return None
    if response.status == 304:
        if not _CONDITION.search(capture.request.partition(b"\r\n\r\n")[0]):
            return None  # nobody asked for that
        return _repeating("server-not-modified", newest) if stored(newest.place) else None
    if entry.payload_digest != newest.payload_digest or entry.payload_digest == _NOTHING:
        return None
    before = stored(newest.place)
    if before is None or not _are_read_alike(response, http1.parse(before.response)):
        return None
    return _repeating("identical-payload-digest", newest)


def _are_read_alike(one: http1.Response, other: http1.Response) -> bool:
    return all(_spelled(one, name) == _spelled(other, name) for name in _READ_BY)


def _spelled(response: http1.Response, name: str) -> str:
    return "".join((http1.header(response, name) or "").lower().split())


def _repeating(
    profile: Literal["server-not-modified", "identical-payload-digest"], row: CaptureRow
) -> Revisit:
    return Revisit(
        profile, row.place.record_id, row.target_uri, row.captured_at, row.payload_digest
    )
