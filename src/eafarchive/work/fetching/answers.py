"""What comes of asking for a URL: a whole answer, or trouble."""

from __future__ import annotations

from typing import Literal

import msgspec

from eafarchive import http1
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.discovery.urls import resolve
from eafarchive.model import Capture

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSALS = frozenset({401, 403, 451})
GONE = frozenset({404, 410})


def location_of(response: http1.Response) -> str:
    """The ``Location`` as browsers read it: its octets are those of a URL, UTF-8 included."""
    octets = (http1.header(response, "location") or "").encode("latin-1")
    return octets.decode("utf-8", "surrogateescape")


def led_to(capture: Capture, response: http1.Response | None = None) -> str | None:
    """The URL that a redirect led to, if it is one; ``response`` is the answer, if it was read."""
    return resolve(capture.target_uri, location_of(response or http1.parse(capture.response)))


class Arrival(msgspec.Struct, frozen=True):
    """A whole answer with status 200, after any redirects; or a 304, which stands for one."""

    capture: Capture
    response: http1.Response
    """What its response says."""
    payload_digest: str
    """The response's own."""
    row: CaptureRow | None
    """Where it is stored; ``None`` in a dry run."""
    is_unchanged: bool = False
    """Whether it says what was known: by a 304, or by the same payload."""


class Known(msgspec.Struct, frozen=True):
    """What is known of a URL's last whole answer."""

    url: str
    etag: str | None
    last_modified: str | None
    payload_digest: str | None

    @property
    def conditions(self) -> dict[str, str]:
        """The fields of a conditional request (RFC 9110 section 13.1)."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


class Trouble(msgspec.Struct, frozen=True):
    """Why a URL brought no good answer.

    ``robots``: robots.txt forbids it. ``refused``: the server said no, or the URL leads where we do
    not go. ``failed``: it may work another time. ``later``: its host was not asked at all.
    """

    kind: Literal["robots", "refused", "failed", "later"]
    url: str
    detail: str
    status: int | None = None
    """The final status, where there was one."""
    retry_after: float | None = None
    """Seconds the server asked for."""
    is_brief: bool = False
    """Whether the host is asked again once they are over."""
    is_unasked: bool = False
    """Whether no request was made for it."""
    answer: Capture | None = None
    """The whole answer that it is, with a status below 500; or one that we cut for its size."""

    @property
    def is_down(self) -> bool:
        """Whether there was no whole answer, or a server's error."""
        return self.kind == "failed" and (self.status is None or self.status >= 500)

    @property
    def is_broken(self) -> bool:
        """Whether a page was asked for that should be there, and did not come."""
        return self.kind == "failed" and not self.is_unasked and self.status not in GONE

    @property
    def is_rebuff(self) -> bool:
        """Whether the server said no, or nothing whole, and not we, to what lies elsewhere."""
        if self.kind == "failed":
            return not self.is_unasked and (self.is_down or self.status == 200)
        return self.kind == "refused" and self.status is not None

    @property
    def is_put_off(self) -> bool:
        """Whether the host is to be left alone for now, or has just asked to be."""
        rate_limited = self.status == 429 or (self.status == 503 and self.retry_after is not None)
        return self.kind == "later" or rate_limited
