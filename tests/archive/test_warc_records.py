"""Records as WARC/1.1 demands them; W01 and so on are the cases of the fault matrix."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b32encode
from datetime import UTC, datetime, timedelta, timezone

import exchanges
import pytest
from exchanges import ANSWERS, BEGAN, CUT_ANSWERS, OPERATOR, capture
from hypothesis import given, settings
from hypothesis import strategies as st

from eafarchive.archive.captures.warc import (
    CONFORMS_TO,
    Entry,
    exchange,
    new_record_id,
    parse_warc_date,
    warc_date,
    warcinfo,
)
from eafarchive.discovery.urls import clean_url
from eafarchive.model import Capture

INFO = "urn:uuid:00000000-0000-4000-8000-000000000000"
EVERY = {**ANSWERS, **CUT_ANSWERS}
Raw = tuple[list[tuple[str, str]], bytes]


def taken_apart(data: bytes) -> Raw:
    """The named fields and the block of one member, read by the letter of the standard."""
    content = gzip.decompress(data)
    head, gap, rest = content.partition(b"\r\n\r\n")
    assert gap
    assert head.startswith(b"WARC/1.1\r\n")
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    fields = []
    for line in head.decode("utf-8").split("\r\n")[1:]:
        assert line[0] not in " \t", "folded"
        name, colon, value = line.partition(": ")
        assert colon
        fields.append((name, value))
    length = int(dict(fields)["Content-Length"])
    assert rest[length:] == b"\r\n\r\n"
    return fields, rest[:length]


def records(given_capture: Capture, via: str | None = None) -> dict[str, Raw]:
    members = exchange(Entry.of(given_capture, via), INFO, new_record_id)
    return {member.kind: taken_apart(member.data) for member in members}


def base32_sha1(data: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(data).digest()).decode()


@pytest.mark.parametrize("number", range(len(exchanges.all_captures())))
def test_w01_every_record_is_framed_and_has_the_mandatory_fields_once(number: int) -> None:
    subject = exchanges.all_captures()[number]
    members = exchange(Entry.of(subject, "https://example.org/sitemap.xml"), INFO, new_record_id)
    members.append(warcinfo(OPERATOR, "x.warc.gz", BEGAN, INFO))
    for member in members:
        names = [name for name, _ in taken_apart(member.data)[0]]
        assert len(names) == len(set(names))
        assert {"WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"} <= set(names)


def test_w02_record_ids_are_bracketed_uuids_and_never_given_twice() -> None:
    ids = [
        dict(fields)["WARC-Record-ID"]
        for subject in exchanges.all_captures()
        for fields, _ in records(subject, "https://example.org/").values()
    ]
    assert len(set(ids)) == len(ids)
    assert all(
        re.fullmatch(r"<urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>", i) for i in ids
    )


@settings(deadline=None)
@given(
    st.integers(631152000_000000, 7258118400_000000),
    st.integers(-14 * 60, 14 * 60),
)
def test_w03_dates_are_utc_and_come_back(microseconds: int, minutes: int) -> None:
    epoch = datetime(1970, 1, 1, tzinfo=timezone(timedelta(minutes=minutes)))
    aware = epoch + timedelta(microseconds=microseconds)
    text = warc_date(aware)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", text)
    assert parse_warc_date(text) == aware


def test_w03_all_records_of_one_exchange_have_its_date() -> None:
    subject = capture(1, ANSWERS["length"][0], captured_at=BEGAN)
    dates = {dict(f)["WARC-Date"] for f, _ in records(subject, "https://example.org/").values()}
    assert dates == {"2026-11-24T03:05:00.123456Z"}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-01-11T23:24:25Z", datetime(2016, 1, 11, 23, 24, 25, tzinfo=UTC)),
        ("2016-01-11T23:24:25.4Z", datetime(2016, 1, 11, 23, 24, 25, 400000, tzinfo=UTC)),
        ("2016-01-11T23:24:25.412030999Z", datetime(2016, 1, 11, 23, 24, 25, 412030, tzinfo=UTC)),
    ],
)
def test_w03_fractions_of_one_to_nine_digits_are_read(text: str, moment: datetime) -> None:
    assert parse_warc_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2016",
        "2016-02-30T00:00:00Z",
        "2016-01-11T23:24:25",
        "2016-01-11T23:24:25+01:00",
        "2016-01-11T23:24:25+01:00Z",
        "2016-01-11T23:24:25.Z",
        "2016-01-11T23:24:25.1234567890Z",
        "2016-01-11T23:24:25.\u0661Z",
        "2016-W02-1T23:24:25Z",
        "2016-01-11T25:24:25Z",
        "2016-01-11T23:24:25Z\n",
    ],
)
def test_w03_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_warc_date(text)


@pytest.mark.parametrize("name", EVERY)
def test_w04_w07_the_response_block_is_what_was_received(name: str) -> None:
    raw, _ = EVERY[name]
    fields, block = records(capture(1, raw))["response"]
    assert block == raw
    assert dict(fields)["Content-Type"] == "application/http; msgtype=response"
    assert dict(fields)["WARC-Block-Digest"] == base32_sha1(raw)


def test_w05_the_request_block_is_what_was_sent_and_points_to_the_response() -> None:
    sent = b"GET /\xff HTTP/1.1\r\nhOST:example.org\r\nX: a\r\nX: b\r\n\r\n"
    written = records(capture(1, ANSWERS["length"][0], request=sent), "https://example.org/")
    fields, block = written["request"]
    assert block == sent
    assert dict(fields)["Content-Type"] == "application/http; msgtype=request"
    response_id = dict(written["response"][0])["WARC-Record-ID"]
    assert dict(fields)["WARC-Concurrent-To"] == response_id
    assert dict(written["metadata"][0])["WARC-Concurrent-To"] == response_id
    assert "WARC-Concurrent-To" not in dict(written["response"][0])


@pytest.mark.parametrize("name", EVERY)
def test_w06_w07_the_payload_digest_is_without_transfer_and_with_content_coding(name: str) -> None:
    raw, payload = EVERY[name]
    fields = dict(records(capture(1, raw))["response"][0])
    assert fields["WARC-Payload-Digest"] == base32_sha1(payload)


def test_w08_w09_digests_are_spelled_one_way_and_stand_where_they_may() -> None:
    for subject in exchanges.all_captures():
        for kind, (fields, block) in records(subject, "https://example.org/").items():
            digests = [value for name, value in fields if name.endswith("-Digest")]
            assert all(re.fullmatch(r"sha1:[A-Z2-7]{32}", digest) for digest in digests)
            assert dict(fields)["WARC-Block-Digest"] == base32_sha1(block)
            assert ("WARC-Payload-Digest" in dict(fields)) == (kind == "response")
    fields, block = taken_apart(warcinfo(OPERATOR, "x.warc.gz", BEGAN, INFO).data)
    assert "WARC-Payload-Digest" not in dict(fields)
    assert b"digest-policy: sha1, upper-case base32" in block


@pytest.mark.parametrize("kind", ["length", "time", "disconnect", "unspecified"])
@pytest.mark.parametrize("name", CUT_ANSWERS)
def test_w10_a_cut_answer_says_so_and_holds_what_came(kind: str, name: str) -> None:
    raw, payload = CUT_ANSWERS[name]
    fields, block = records(capture(1, raw, truncated=kind))["response"]
    assert dict(fields)["WARC-Truncated"] == kind
    assert dict(fields)["Content-Length"] == str(len(raw))
    assert block == raw
    assert dict(fields)["WARC-Payload-Digest"] == base32_sha1(payload)


def test_w10_a_whole_answer_is_not_called_truncated() -> None:
    for fields, _ in records(capture(1, ANSWERS["length"][0])).values():
        assert "WARC-Truncated" not in dict(fields)


ALLOWED = {
    "warcinfo": {"WARC-Filename"},
    "response": {
        *("WARC-Target-URI", "WARC-Warcinfo-ID", "WARC-IP-Address", "WARC-Payload-Digest"),
        "WARC-Truncated",
    },
    "request": {"WARC-Target-URI", "WARC-Warcinfo-ID", "WARC-IP-Address", "WARC-Concurrent-To"},
    "metadata": {"WARC-Target-URI", "WARC-Warcinfo-ID", "WARC-Concurrent-To"},
}
EVERYWHERE = {
    *("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length", "Content-Type"),
    "WARC-Block-Digest",
}


def test_w14_no_field_stands_on_a_record_that_may_not_have_it() -> None:
    written = [r for c in exchanges.all_captures() for r in records(c, "https://e.org/").values()]
    written.append(taken_apart(warcinfo(OPERATOR, "x.warc.gz", BEGAN, INFO).data))
    met = set()
    for fields, _ in written:
        kind = dict(fields)["WARC-Type"]
        met.add(kind)
        assert set(dict(fields)) <= ALLOWED[kind] | EVERYWHERE
    assert met == set(ALLOWED)


def test_w15_warcinfo_tells_who_how_and_under_which_rules() -> None:
    fields, block = taken_apart(warcinfo(OPERATOR, "final.warc.gz", BEGAN, INFO).data)
    assert dict(fields)["WARC-Filename"] == "final.warc.gz"
    assert dict(fields)["Content-Type"] == "application/warc-fields"
    said = dict(line.split(": ", 1) for line in block.decode().split("\r\n") if line)
    assert block.endswith(b"\r\n")
    assert said.pop("digest-policy")
    assert said == {
        "software": "eafarchive 0.1.0",
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "robots": "obey, RFC 9309",
        "http-header-user-agent": OPERATOR.user_agent,
        "operator": OPERATOR.contact,
        "configuration-digest": OPERATOR.config_digest,
    }


def test_w15_every_other_record_refers_to_the_warcinfo() -> None:
    for fields, _ in records(capture(1, ANSWERS["404"][0]), "https://example.org/").values():
        assert dict(fields)["WARC-Warcinfo-ID"] == f"<{INFO}>"


def test_w19_metadata_tells_where_the_url_was_found_and_what_went_wrong() -> None:
    subject = exchanges.all_captures()[-2]
    _, block = records(subject, "https://example.org/sitemap.xml")["metadata"]
    assert block == b"via: https://example.org/sitemap.xml\r\nproblem: the peer went away\r\n"


def test_w19_interim_answers_are_kept_readable_in_metadata() -> None:
    subject = exchanges.all_captures()[-1]
    _, block = records(subject)["metadata"]
    (line,) = block.splitlines()
    escaped = line.removeprefix(b"interim-responses: ")
    assert escaped.decode("unicode_escape").encode("latin-1") == subject.interim


def test_w19_no_metadata_without_anything_to_tell() -> None:
    assert set(records(capture(1, ANSWERS["404"][0]), None)) == {"response", "request"}


@pytest.mark.parametrize("ip", ["192.0.2.1", "2001:db8::1", None])
def test_w20_the_address_is_on_both_halves_of_the_exchange(ip: str | None) -> None:
    written = records(capture(1, ANSWERS["404"][0], ip=ip))
    for kind in ("response", "request"):
        assert dict(written[kind][0]).get("WARC-IP-Address") == ip


@settings(deadline=None)
@given(
    st.text(max_size=40),
    st.sampled_from(
        ["https://example.org/", "http://user:word@example.org", "HTTP://EXAMPLE.org/é#"]
    ),
)
def test_w21_a_clean_url_is_a_target_uri_as_it_stands(tail: str, start: str) -> None:
    url = clean_url(start + tail)
    if url is None:
        return
    fields, _ = records(capture(1, ANSWERS["404"][0], target_uri=url))["response"]
    written = dict(fields)["WARC-Target-URI"]
    assert written == url
    assert re.fullmatch(r"https?://[^\s<>\"{}|\\^`#@]+(?:[/?][!-~]*)?", written)
    assert not set(written) & set(' <>"{}|\\^`#')


CONTROLS = ["\r\n", "\r", "\n", "\0", "\x1b", "\x7f", "\t"]


@pytest.mark.parametrize("control", CONTROLS)
def test_w22_control_characters_in_a_field_are_refused(control: str) -> None:
    evil = f"https://example.org/{control}WARC-Truncated: length"
    with pytest.raises(ValueError, match="control character in WARC-Target-URI"):
        records(capture(1, b"", target_uri=evil))
    with pytest.raises(ValueError, match="control character in WARC-Filename"):
        warcinfo(OPERATOR, f"x{control}.warc.gz", BEGAN, INFO)


@pytest.mark.parametrize(
    "control", ["\r\n", "\r", "\n", "\0", "\x1b[2J", "\x85", "\u2028", "\ud800"]
)
def test_w22_control_characters_in_values_of_warc_fields_become_spaces(control: str) -> None:
    evil = capture(1, b"", problem=f"reset{control}{control}via: https://evil.example/")
    _, block = records(evil, f"https://example.org/{control}x: y")["metadata"]
    assert [line.split(b":")[0] for line in block.splitlines()] == [b"via", b"problem"]
    assert len(block.decode().splitlines()) == 2
    assert not any(byte < 32 for byte in block.replace(b"\r\n", b""))
