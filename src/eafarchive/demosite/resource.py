"""One thing the site can answer with, and the conditions it is answered under."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    304: "Not Modified",
    403: "Forbidden",
    404: "Not Found",
}
_COMPRESSIBLE = ("text/", "application/xml", "application/rss+xml")


@dataclass(frozen=True)
class Answer:
    """A response as the site means it: before any transfer coding."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Resource:
    """A representation, or a redirect where ``location`` is set."""

    body: bytes
    content_type: str = "text/html; charset=UTF-8"
    status: int = 200
    lastmod: str | None = None
    """ISO 8601, as in the sitemap."""
    location: str | None = None

    @property
    def etag(self) -> str:
        """The entity tag, drawn from the bytes."""
        # weak: the same for the gzip'd and the plain representation (RFC 9110 section 8.8.1)
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:16]}"'


def respond(resource: Resource, headers: Mapping[str, str]) -> Answer:
    """The answer to a request for a resource, conditions and content coding considered."""
    given = {name.lower(): value for name, value in headers.items()}
    fields: list[tuple[str, str]] = []
    status, body = resource.status, resource.body
    if resource.location:
        fields.append(("Location", resource.location))
    if status == 200:
        fields.append(("ETag", resource.etag))
        if resource.lastmod:
            changed = format_datetime(_instant(resource.lastmod), usegmt=True)
            fields.append(("Last-Modified", changed))
        if _unchanged(resource, given):
            return Answer(304, _REASONS[304], tuple(fields), b"")
    fields.append(("Content-Type", resource.content_type))
    if resource.content_type.startswith(_COMPRESSIBLE):
        fields.append(("Vary", "Accept-Encoding"))
        if _takes_gzip(given.get("accept-encoding", "")):
            fields.append(("Content-Encoding", "gzip"))
            body = gzip.compress(body, mtime=0)
    return Answer(status, _REASONS[status], tuple(fields), body)


def _instant(lastmod: str) -> datetime:
    moment = datetime.fromisoformat(lastmod)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _unchanged(resource: Resource, given: Mapping[str, str]) -> bool:
    """Whether the client's copy is the one we have; an ETag outranks a date (RFC 9110 13.2.2)."""
    if (tags := given.get("if-none-match")) is not None:
        return tags.strip() == "*" or resource.etag in {tag.strip() for tag in tags.split(",")}
    since = given.get("if-modified-since")
    if since is None or resource.lastmod is None:
        return False
    try:
        return _instant(resource.lastmod) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # no date, or one without a zone: the condition is ignored
        return False


def _takes_gzip(accepted: str) -> bool:
    for offer in accepted.lower().split(","):
        coding, _, weight = offer.partition(";")
        if coding.strip() in {"gzip", "x-gzip"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
