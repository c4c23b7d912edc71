"""Records: an article, its evidence and its provenance, as deterministic JSON."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from eafarchive.discovery.copies import own_address
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
PAST_RELEASES: frozenset[str] = frozenset()
"""What `SOFTWARE` was in releases before this one, whose records archives may still hold."""

_HTTP_URL = {"pattern": "^https?://[^/]"}
_COUNT = {"minimum": 0}
_DATE_OR_INSTANT = {
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    "(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$"
}
_RULES: dict[str, dict[str, Any]] = {
    "Record.key": {"pattern": "^[^/]+(/|$)"},
    "Record.url": _HTTP_URL,
    "Record.title": {"minLength": 1},
    "Record.published_at": _DATE_OR_INSTANT,
    "Record.modified_at": _DATE_OR_INSTANT,
    "Record.url_date": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "Record.word_count": _COUNT,
    "Record.reading_minutes": _COUNT,
    "Author.name": {"minLength": 1},
    "CaptureReference.offset": _COUNT,
    "CaptureReference.length": {"minimum": 1},
    "CaptureReference.captured_at": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"},
    "CaptureReference.target_uri": _HTTP_URL,
    "CaptureReference.payload_digest": {"pattern": "^sha1:[A-Z2-7]{32}$"},
    "Provenance.profile_digest": {"pattern": "^sha256:[0-9a-f]{64}$"},
}
"""What the JSON Schema asks beyond the types. A pattern does not touch a null."""

_DESCRIPTIONS = {
    "Record.schema": "The name of this schema.",
    "Record.key": "Names the article: host without www, and path, with no slash at the end.",
    "Record.url": "The page's canonical URL if it is an article's on an allowed host,"
    " else the one captured.",
    "Record.title": "The headline, without the site's name.",
    "Record.byline": "The byline as the page shows it, label included.",
    "Record.authors": "Who wrote it, in the order of the byline.",
    "Record.author_note": "The closing note on the authors.",
    "Record.published_at": "A date, or an instant with its zone, as precise as the page gives it.",
    "Record.modified_at": "As published_at, of the last change that the page tells of.",
    "Record.url_date": "The date in the URL.",
    "Record.summary": "The summary above the text (In Brief); paragraphs parted by a blank line.",
    "Record.text": "The whole body, a labelled summary first and without its label, as plain text:"
    " blocks parted by one blank line, list items as lines, a table's cells parted by tabs.",
    "Record.html": "The same body as clean, semantic HTML.",
    "Record.notes": "Closing notes about the article, as where it appeared first.",
    "Record.word_count": "Words of text.",
    "Record.reading_minutes": "The time to read it that the page names.",
    "Record.language": "The language tag (BCP 47) that the page declares.",
    "Record.categories": "The names of the sections it is filed under.",
    "Record.tags": "The names of its tags.",
    "Record.doi": "The DOI, without a resolver's address.",
    "Record.images": "The article's pictures, in order.",
    "Record.links": "The links in the body, in order.",
    "Record.comments_open": "Whether readers may comment; null where the page does not say.",
    "Record.publisher": "Who publishes it.",
    "Record.copyright": "The line on rights.",
    "Record.capture": "The evidence: where the page lies as it came over the wire.",
    "Record.extraction": "How the record was made of it.",
    "Author.name": "The name as written, without role and affiliation.",
    "Author.kind": "Whether it is a person, or a group as an editorial board is.",
    "Author.affiliations": "Institutions that the page names with the author.",
    "Author.role": "The role that the byline gives, as visiting fellow or editor.",
    "Author.url": "The author's page.",
    "Image.url": "The real file's address, not a placeholder's.",
    "Image.alt": "The text that stands in for the picture.",
    "Image.caption": "The words under it, the credit among them.",
    "Image.credit": "Whose picture it is.",
    "Link.url": "Where it leads, absolute.",
    "Link.text": "The words that are linked.",
    "CaptureReference.warc": "Path of the WARC file, relative to the archive; its bare name in"
    " what extract prints of loose files; null for a saved page.",
    "CaptureReference.offset": "First byte of the record's gzip member, or of a plain record.",
    "CaptureReference.length": "Bytes of that member as stored.",
    "CaptureReference.record_id": "The WARC-Record-ID, without angle brackets.",
    "CaptureReference.captured_at": "The WARC-Date, UTC.",
    "CaptureReference.target_uri": "The address that was asked for.",
    "CaptureReference.status": "The status of the answer.",
    "CaptureReference.payload_digest": "SHA-1 of the body without its transfer coding, in Base32.",
    "Provenance.software": "Name and version of the program.",
    "Provenance.profile": "The profile used.",
    "Provenance.profile_digest": "SHA-256 of its rules.",
    "Provenance.layout": "The profile's layout that matched.",
    "Provenance.fields": "Field to the rule that gave it.",
    "Provenance.warnings": "What is doubtful, a line each.",
}
"""What the JSON Schema says of each field."""


def make_record(article: Article, reference: CaptureReference, profile: Profile) -> Record:
    """The record of an article that ``profile`` found in the capture referred to.

    Its key is its canonical URL's. Where the profile knows no article's path, nobody can tell a
    wrong one, as of another article: then the address asked for is the key, if its path is another.
    """
    said = {
        name: getattr(article, name)
        for name in Record.__struct_fields__
        if name in Article.__struct_fields__
    }
    address = own_address(reference.target_uri, profile)
    key, asked = canonical_key(article.url, profile), canonical_key(address, profile)
    is_of_path = key.partition("?")[0] == asked.partition("?")[0]
    return Record(
        key=key if is_of_path or profile.article_path else asked,
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
    said = capture.target_uri, status, payload_digest
    if place is None:
        return CaptureReference(None, None, None, None, None, *said)
    record_id = place.record_id or None  # records of ARC files have none
    moment = format_instant(capture.captured_at)
    return CaptureReference(place.warc, place.offset, place.length, record_id, moment, *said)


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
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamageError(f"{source}: not a record of schema {SCHEMA}: {error}") from None


def article_digest(record: Record) -> str:
    """A digest of what the article says, without its evidence and provenance.

    Two records with the same digest are the same version of the article.
    """
    said = msgspec.structs.asdict(record)
    del said["capture"], said["extraction"]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, generated from the type; every field is required."""
    schema = msgspec.json.schema(Record)
    for name, definition in schema["$defs"].items():
        properties = definition["properties"]
        definition["required"] = list(properties)
        definition["additionalProperties"] = False
        for field, rule in properties.items():
            rule.pop("default", None)
            rule["description"] = _DESCRIPTIONS[f"{name}.{field}"]
            rule.update(_RULES.get(f"{name}.{field}", {}))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}


def encode_schema() -> bytes:
    """The JSON Schema as a file's bytes: what ``schema/article-1.json`` holds."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=2) + b"\n"
