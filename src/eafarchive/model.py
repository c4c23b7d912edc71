"""The nouns. Frozen values without behaviour; everything else is functions over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

import msgspec

Truncation = Literal["length", "time", "disconnect", "unspecified"]
TRUNCATIONS: Mapping[str, Truncation] = {reason: reason for reason in get_args(Truncation)}
"""The values of ``WARC-Truncated`` (WARC/1.1 section 5.15)."""

CUT_OFF = "the page is cut off: it ends within an element that must have an end"
"""A record's warning."""


class Lead(msgspec.Struct, frozen=True):
    """A URL worth asking for, and where it was heard of."""

    url: str
    kind: Literal["page", "sitemap", "feed"] = "page"
    source: str | None = None
    """The URL of the sitemap or feed that named it; ``None`` where nobody knows of one."""
    lastmod: str | None = None
    """The modification time as the source spells it, if it gives one."""


class Capture(msgspec.Struct, frozen=True):
    """One HTTP exchange, byte for byte. Its bytes never change."""

    target_uri: str
    captured_at: datetime
    """When the request was begun, aware UTC."""
    request: bytes
    """The request head (and body) as sent."""
    response: bytes
    """The final response as received: head, then the body with its transfer and content codings."""
    ip: str | None = None
    """The peer's address, dotted quad or RFC 5952."""
    interim: bytes = b""
    """Interim (1xx) responses that came before the final one, as received."""
    truncated: Truncation | None = None
    problem: str | None = None
    """Why the exchange is not whole and well-framed, in one line; ``None`` when it is."""
    is_accepted: bool = False
    """Whether the archivist takes what it shows for the article, whatever stood there before."""


class NoAnswer(msgspec.Struct, frozen=True):
    """A request that brought no response byte at all."""

    target_uri: str
    at: datetime
    reason: Literal["address", "dns", "connect", "tls", "timeout", "disconnect", "url"]
    """``address``: the host resolves to an address we do not connect to."""
    detail: str
    """One line for people."""


class Place(msgspec.Struct, frozen=True):
    """Where a capture's response record lies."""

    warc: str
    """Path of the WARC file, relative to the archive where there is one."""
    offset: int
    """First byte of the record's gzip member (or of the record, uncompressed)."""
    length: int
    """Bytes of that member as stored."""
    record_id: str
    """``urn:uuid:…``"""


class Author(msgspec.Struct, frozen=True):
    """One person or group of a byline."""

    name: str
    kind: Literal["person", "group"] = "person"
    affiliations: tuple[str, ...] = ()
    role: str | None = None
    url: str | None = None


class Image(msgspec.Struct, frozen=True):
    """A picture of the article: the real file's URL once, never a placeholder."""

    url: str
    alt: str = ""
    caption: str | None = None
    credit: str | None = None


class Link(msgspec.Struct, frozen=True):
    """A hyperlink in the body, absolute."""

    url: str
    text: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says. Absent values are ``None``, absent lists empty."""

    url: str
    """The page's canonical URL if it is an article's on an allowed host, else the URL asked for."""
    title: str
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    author_note: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    url_date: str | None = None
    summary: str | None = None
    text: str
    html: str
    notes: tuple[str, ...] = ()
    word_count: int
    reading_minutes: int | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    doi: str | None = None
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    comments_open: bool | None = None
    publisher: str | None = None
    copyright: str | None = None
    layout: str | None = None
    """Name of the profile's layout that matched; ``None`` where none did."""
    fields: dict[str, str] = {}
    """Which rule gave each field, e.g. ``{"title": "ld:headline"}``."""
    warnings: tuple[str, ...] = ()
    """What is doubtful, one line each."""


UNDECODED = "characters could not be decoded"
MISLABELLED = "the HTTP header names another encoding than UTF-8, which all of the page is valid in"
"""Warnings on a record whose letters may be wrong; before the first stands their number."""


class NotAnArticle(msgspec.Struct, frozen=True):
    """A page that yields no record, and why."""

    url: str
    reason: str
    is_blocked: bool = False
    """Whether another page, or none, stands in the place of the one asked for: a challenge, a login
    wall, an error told with status 200, what cannot be decoded. The page itself may come another
    time."""
    is_unread: bool = False
    """Whether it was not read to its end, since the parser was stopped or extraction failed: that
    says nothing of the page, and nothing may be derived from it."""


Part = Literal["title", "byline", "summary", "text", "caption", "note", "author note", "out"]
"""What a block was taken for; ``out``: no part of the article."""


class Match(msgspec.Struct, frozen=True):
    """One rule put to the page."""

    rule: str
    """The key's path, as in ``layouts[0].texts[1]``."""
    pattern: str
    times: int
    text: str | None
    """What it matched first; ``None`` where it matched nothing."""


class Piece(msgspec.Struct, frozen=True):
    """One block of the page, and what became of it."""

    at: int
    tag: str
    part: Part
    why: str
    """The rule that says so, or a few words."""
    text: str


class Account(msgspec.Struct, frozen=True):
    """What one page made of one profile, and the profile of it."""

    matches: tuple[Match, ...]
    pieces: tuple[Piece, ...]


class CaptureReference(msgspec.Struct, frozen=True):
    """A record's pointer to its evidence."""

    warc: str | None
    offset: int | None
    length: int | None
    record_id: str | None
    captured_at: str | None
    target_uri: str
    status: int | None
    payload_digest: str


class Provenance(msgspec.Struct, frozen=True):
    """How an article was extracted."""

    software: str
    profile: str
    profile_digest: str
    layout: str | None
    fields: dict[str, str]
    warnings: tuple[str, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Article, evidence and provenance: the JSON (schema ``eafarchive/article/1``)."""

    schema: Literal["eafarchive/article/1"] = "eafarchive/article/1"
    key: str
    url: str
    title: str
    byline: str | None
    authors: tuple[Author, ...]
    author_note: str | None
    published_at: str | None
    modified_at: str | None
    url_date: str | None
    summary: str | None
    text: str
    html: str
    notes: tuple[str, ...]
    word_count: int
    reading_minutes: int | None
    language: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    doi: str | None
    images: tuple[Image, ...]
    links: tuple[Link, ...]
    comments_open: bool | None
    publisher: str | None
    copyright: str | None
    capture: CaptureReference
    extraction: Provenance


class Finding(msgspec.Struct, frozen=True):
    """One thing that verification has to report."""

    severity: Literal["error", "warning"]
    where: str
    """File, with ``@offset`` where that helps; relative to the archive."""
    what: str
    action: str
    """What to do about it."""
    repair: Literal["ledger", "manifest", "records"] | None = None
    """What ``verify --repair`` makes again to mend it; ``None``: nothing that it could."""
    because: str | None = None
    """The WARC file whose damage or absence it follows from, if that is told of by itself."""
