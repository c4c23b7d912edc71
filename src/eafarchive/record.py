"""Records: an article, its evidence and its provenance, as deterministic JSON."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from eafarchive.discovery.urls import canonical_key
from eafarchive.errors import DamageError
from eafarchive.model import (
    Article,
    Capture,
    CaptureReference,
    Place,
    Provenance,
    Record,
)
from eafarchive.profile import Profile
from eafarchive.version import __version__

SCHEMA = "eafarchive/article/1"
SOFTWARE = f"eafarchive {__version__}"


def make_record(article: Article, reference: CaptureReference, profile: Profile) -> Record:
    """The record of an article that ``profile`` found in the capture referred to."""
    said = {
        name: getattr(article, name)
        for name in Record.__struct_fields__
        if name in Article.__struct_fields__
    }
    return Record(
        key=canonical_key(article.url, profile),
        **said,
        capture=reference,
        extraction=Provenance(
            software=SOFTWARE,
            profile=profile.name,
            profile_digest=profile.digest,
            layout=article.layout,
            fields=dict(sorted(article.fields.items())),
            warnings=article.warnings,
        ),
    )


def refer(
    capture: Capture, status: int | None, payload_digest: str, place: Place | None
) -> CaptureReference:
    """The pointer to a capture at a place; no place for a page that came from no WARC file."""
    moment = capture.captured_at.astimezone(UTC)
    return CaptureReference(
        warc=place.warc if place else None,
        offset=place.offset if place else None,
        length=place.length if place else None,
        record_id=place.record_id if place else None,
        captured_at=format_instant(moment) if place else None,
        target_uri=capture.target_uri,
        status=status,
        payload_digest=payload_digest,
    )


def format_instant(moment: datetime) -> str:
    """The instant in UTC as ``2026-11-24T03:05:00.123456Z``; no fraction where there is none."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def encode_record(record: Record) -> bytes:
    """The record as indented UTF-8 JSON, newline included: a file's bytes in ``records/``."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def encode_line(record: Record) -> bytes:
    """The record as one line of JSON Lines, newline included."""
    return msgspec.json.encode(record) + b"\n"


def decode_record(data: bytes, source: str) -> Record:
    """The record in ``data``; raises `DamageError` that names ``source`` if it is none."""
    try:
        return msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamageError(f"{source}: not a record of schema {SCHEMA}: {error}") from None


def article_digest(record: Record) -> str:
    """A digest of what the article says, without its evidence and provenance.

    Two records with the same digest are the same version of the article.
    """
    said = msgspec.structs.asdict(record)
    del said["capture"], said["extraction"]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, generated from the type."""
    schema = msgspec.json.schema(Record)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **schema,
    }
