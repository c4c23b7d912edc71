"""Records as JSON: deterministic, valid by the shipped schema, and read back or refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from eafarchive.errors import DamageError
from eafarchive.model import (
    Article,
    Author,
    Capture,
    CaptureReference,
    Image,
    Link,
    Place,
    Record,
)
from eafarchive.profile import Profile
from eafarchive.record import (
    SOFTWARE,
    article_digest,
    decode_record,
    encode_line,
    encode_record,
    encode_schema,
    format_instant,
    json_schema,
    make_record,
    refer,
)

PROFILE = Profile(name="example", hosts=("example.org",), digest="sha256:" + "a" * 64)
CAPTURE = Capture(
    target_uri="https://example.org/2024/01/02/slug/",
    captured_at=datetime(2026, 11, 24, 3, 5, tzinfo=UTC),
    request=b"",
    response=b"",
)
PLACE = Place("warc/a.warc.gz", 7, 700, "urn:uuid:00000000-0000-4000-8000-000000000000")
DIGEST = "sha1:" + "A" * 32
ARTICLE = Article(
    url="https://example.org/2024/01/02/slug/",
    title="An invented title — with “quotes”",
    byline="Author: Ada Example",
    authors=(
        Author("Ada Example", affiliations=("Example University",)),
        Author("A Team", "group"),
    ),
    published_at="2024-01-02T00:00:00+11:00",
    modified_at="2024-01-03",
    url_date="2024-01-02",
    text="One.\n\nTwo.",
    html="<p>One.</p><p>Two.</p>",
    word_count=2,
    images=(Image("https://example.org/a.jpg"),),
    links=(Link("https://example.org/", "here"),),
    layout="2024",
    fields={"title": "ld:headline", "byline": "text"},
    warnings=("doubtful",),
)
VALIDATOR = Draft202012Validator(json_schema())


def reference(place: Place | None = PLACE) -> CaptureReference:
    return refer(CAPTURE, 200, DIGEST, place)


RECORD = make_record(ARTICLE, reference(), PROFILE)


def as_json(record: Record = RECORD) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(encode_record(record))
    return loaded


def test_a_record_is_the_article_its_evidence_and_how_it_was_made() -> None:
    data = as_json()
    assert data["schema"] == "eafarchive/article/1"
    assert data["key"] == "example.org/2024/01/02/slug"
    assert data["title"] == ARTICLE.title
    assert data["capture"] == {
        "warc": "warc/a.warc.gz",
        "offset": 7,
        "length": 700,
        "record_id": PLACE.record_id,
        "captured_at": "2026-11-24T03:05:00Z",
        "target_uri": CAPTURE.target_uri,
        "status": 200,
        "payload_digest": DIGEST,
    }
    assert data["extraction"] == {
        "software": SOFTWARE,
        "profile": "example",
        "profile_digest": PROFILE.digest,
        "layout": "2024",
        "fields": {"byline": "text", "title": "ld:headline"},
        "warnings": ["doubtful"],
    }


def test_every_field_is_always_there() -> None:
    bare = Article(url=ARTICLE.url, title="t", text="", html="", word_count=0)
    full, empty = as_json(), as_json(make_record(bare, reference(None), PROFILE))
    assert list(full) == list(empty)
    assert empty["byline"] is None
    assert empty["authors"] == empty["images"] == []
    assert list(full["authors"][0]) == ["name", "kind", "affiliations", "role", "url"]
    assert set(empty["capture"]) == set(full["capture"])
    VALIDATOR.validate(empty)


def test_a_page_from_no_warc_has_no_place_and_no_clock() -> None:
    about = as_json(make_record(ARTICLE, reference(None), PROFILE))["capture"]
    for field in ("warc", "offset", "length", "record_id", "captured_at"):
        assert about[field] is None


def test_a_place_without_a_record_id_is_null() -> None:
    nameless = msgspec.structs.replace(PLACE, record_id="")
    assert reference(nameless).record_id is None


def test_p17_the_same_article_gives_the_same_bytes() -> None:
    turned = dict(reversed(ARTICLE.fields.items()))
    again = make_record(msgspec.structs.replace(ARTICLE, fields=turned), reference(), PROFILE)
    assert encode_record(again) == encode_record(RECORD)


def test_a_file_is_indented_utf8_with_a_newline_at_the_end() -> None:
    data = encode_record(RECORD)
    assert data.endswith(b"}\n")
    assert data.startswith(b'{\n  "schema": "eafarchive/article/1",\n  "key": ')
    assert "“quotes”".encode() in data


def test_a_line_is_one_line_that_says_the_same() -> None:
    odd = msgspec.structs.replace(RECORD, text="a\nb\u2028c\r\n")
    line = encode_line(odd)
    assert line.count(b"\n") == 1
    assert json.loads(line) == as_json(odd)


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3), st.integers(0, 2**53))
def test_records_come_back_as_they_were(text: str, notes: list[str], count: int) -> None:
    record = msgspec.structs.replace(RECORD, text=text, notes=tuple(notes), word_count=count)
    for data in (encode_record(record), encode_line(record)):
        assert decode_record(data, "here") == record


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        b'{"schema": "eafarchive/article/2"}',
        b'{"x": ' + b"[" * 200_000,
        encode_record(RECORD)[:-20],
        encode_record(RECORD).replace(b'"word_count": 2', b'"word_count": "2"'),
        encode_record(RECORD).replace(b'"word_count": 2', b'"word_count": NaN'),
        encode_record(RECORD).replace(b'"kind": "group"', b'"kind": "crowd"'),
        encode_record(RECORD) * 2,
    ],
)
def test_p17_what_is_no_record_is_damage_that_names_the_file(data: bytes) -> None:
    with pytest.raises(DamageError) as caught:
        decode_record(data, "records/a.json")
    assert str(caught.value).startswith(
        "records/a.json: not a record of schema eafarchive/article/1"
    )
    assert "\n" not in str(caught.value)


def test_the_digest_is_of_what_the_article_says_alone() -> None:
    later = msgspec.structs.replace(CAPTURE, captured_at=datetime(2027, 1, 1, tzinfo=UTC))
    other = msgspec.structs.replace(PROFILE, digest="sha256:" + "b" * 64)
    same = make_record(ARTICLE, refer(later, 200, DIGEST, None), other)
    assert article_digest(same) == article_digest(RECORD)
    for change in ({"title": "x"}, {"text": "x"}, {"tags": ("x",)}, {"summary": ""}):
        edited = msgspec.structs.replace(ARTICLE, **change)
        assert article_digest(make_record(edited, reference(), PROFILE)) != article_digest(RECORD)


@settings(deadline=None)
@given(st.integers(0, 10**10), st.integers(-14 * 60, 14 * 60))
def test_instants_are_utc_and_come_back(seconds: int, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    moment = datetime(1970, 1, 2, tzinfo=zone) + timedelta(seconds=seconds)
    text = format_instant(moment)
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == moment


# The schema


def test_the_shipped_schema_is_the_types() -> None:
    """When this fails, a record's shape was changed: ``make schema``, and mind the schema's number."""
    shipped = resources.files("eafarchive").joinpath("schema/article-1.json").read_bytes()
    assert shipped == encode_schema()
    assert json.loads(shipped) == json_schema()
    Draft202012Validator.check_schema(json_schema())


def test_the_schema_takes_records_and_knows_every_field() -> None:
    VALIDATOR.validate(as_json())
    definition = json_schema()["$defs"]["Record"]
    assert definition["required"] == list(as_json())
    for each in json_schema()["$defs"].values():
        assert each["additionalProperties"] is False


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every object's every key."""
    if isinstance(value, list):
        return [found for i, item in enumerate(value) for found in paths(item, (*path, i))]
    if not isinstance(value, dict) or path == ("extraction", "fields"):
        return []
    return [
        found for key, item in value.items() for found in ((*path, key), *paths(item, (*path, key)))
    ]


@pytest.mark.parametrize("path", paths(as_json()), ids=lambda path: ".".join(map(str, path)))
def test_the_schema_misses_a_field_and_refuses_a_wrong_type(path: tuple[Any, ...]) -> None:
    for wrong in ("absent", {"neither": "text, nor number"}):
        data = as_json()
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        if wrong == "absent":
            del holder[path[-1]]
        else:
            holder[path[-1]] = [wrong]
        assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("more", 1),
        ("capture.more", 1),
        ("schema", "eafarchive/article/2"),
        ("key", ""),
        ("key", "/no/host"),
        ("url", "ftp://example.org/"),
        ("title", ""),
        ("published_at", "2 January 2024"),
        ("published_at", "2024-01-02T00:00:00"),
        ("modified_at", "2024"),
        ("url_date", "2024-01-02T00:00:00Z"),
        ("word_count", -1),
        ("word_count", 1.5),
        ("reading_minutes", -1),
        ("comments_open", "yes"),
        (
            "authors",
            [{"name": "", "kind": "person", "affiliations": [], "role": None, "url": None}],
        ),
        ("capture.offset", -1),
        ("capture.length", 0),
        ("capture.captured_at", "2026-11-24T03:05:00+00:00"),
        ("capture.payload_digest", "md5:0"),
        ("capture.target_uri", "/relative"),
        ("extraction.profile_digest", ""),
        ("extraction.fields", {"title": 1}),
    ],
)
def test_the_schema_refuses_impossible_values(path: str, value: Any) -> None:
    data = as_json()
    holder = data
    *steps, last = path.split(".")
    for step in steps:
        holder = holder[step]
    holder[last] = value
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    "value", [None, "2024-01-02", "2024-01-02T09:00Z", "2024-01-02T09:00:00.5+10:00"]
)
def test_the_schema_takes_dates_as_precise_as_a_page_gives_them(value: str | None) -> None:
    VALIDATOR.validate({**as_json(), "published_at": value})


def test_every_field_is_described_in_the_schema():
    for name, definition in json_schema()["$defs"].items():
        for field, rule in definition["properties"].items():
            assert rule["description"].endswith("."), f"{name}.{field}"
