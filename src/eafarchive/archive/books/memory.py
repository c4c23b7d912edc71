"""What the ledger remembers of URLs, sources, hosts and runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

SourceKind = Literal["sitemap", "feed", "rest"]

TROUBLES = "('failed', 'refused', 'blocked', 'drifted', 'not an article')"
"""The outcomes of visits that brought no good page, for a query."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a URL: how the last visit ended and when the next may be."""

    key: str
    url: str
    source: str | None = None
    """Where it was found."""
    outcome: Literal[
        "pending",
        "captured",
        "redirected",
        "gone",
        "refused",
        "failed",
        "blocked",
        "drifted",
        "not an article",
    ]
    """``pending``: heard of, not asked for yet. ``gone``: held, and answered 404 or 410 since.
    ``blocked``: another page stood in its place. ``not an article``: a page that may be its own,
    and is none. ``drifted``: its page no longer reads as its profile says, and its record is an
    earlier capture's."""
    detail: str = ""
    visited_at: datetime | None = None
    captured_at: datetime | None = None
    """When the last whole capture was made."""
    gone_at: datetime | None = None
    failures: int = 0
    due: Literal[0, 1] = 0
    """Whether it is to be asked for, at ``due_at`` if that is given: new, moved, or in trouble."""
    due_at: datetime | None = None
    lastmod: str | None = None
    """Its modification as a sitemap spelled it last; ``updated``: a feed; ``modified``: REST."""
    updated: str | None = None
    modified: str | None = None
    etag: str | None = None
    """Validators and payload of the last whole answer."""
    last_modified: str | None = None
    payload_digest: str | None = None
    listed_in: str | None = None
    """The sitemap that named it last."""
    unlisted_at: datetime | None = None
    """When that sitemap was read and did not name it any more; ``None``: it does, or none did."""


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a sitemap, a feed or a REST route."""

    url: str
    kind: SourceKind
    parent: str | None = None
    """The sitemap index that names it."""
    lastmod: str | None = None
    """As its parent gives it now."""
    read_lastmod: str | None = None
    """As its parent gave it when it was read whole; of a REST route, the newest time read."""
    read_at: datetime | None = None
    """When it was last read whole; ``None``: never."""
    leads: int = 0
    """How many URLs it named then."""
    etag: str | None = None
    """Validators and payload of that answer."""
    last_modified: str | None = None
    payload_digest: str | None = None
    answered_by: str | None = None
    """Whose they are, where the source redirects."""
    rules: str | None = None
    """Digest of the rules by which it was read then."""
    articles: int | None = None
    """How many articles it named then; ``None``: it names sitemaps."""
    problem: str | None = None
    """What was wrong with it last, in one line."""
    tried_at: datetime | None = None
    """When it was last asked for in vain."""
    audited_page: int | None = None
    """Of a REST route, the page of all posts that was audited last; ``None``: the last one was."""


class HostState(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a host: its robots.txt, and when it may be asked again."""

    host: str
    robots_status: int | None = None
    robots_body: bytes = b""
    robots_at: datetime | None = None
    failures: int = 0
    due_at: datetime | None = None


class Run(msgspec.Struct, frozen=True):
    """One crawl run as remembered; ``exit_code`` is ``None`` while it runs or if it was killed."""

    started_at: str
    finished_at: str | None
    exit_code: int | None
    summary: dict[str, Any] | None
