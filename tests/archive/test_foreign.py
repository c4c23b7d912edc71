"""WARC files from other hands: read as far as they go, and never a crash."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchanges import ANSWERS, all_captures, keeper
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.others import loose
from eafarchive.archive.others.foreign import Found, read_foreign, read_stream
from eafarchive.model import Capture, Finding, Place

BODY = b"<p>An invented page.</p>" * 2000


def by_warcio(version: str, *, compressed: bool) -> bytes:
    """A file as warcio's own users write it: warcinfo, pairs, and records of other kinds."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed, warc_version=version)

    def write(kind: str, uri: str, payload: bytes = b"", **more: object) -> None:
        # the length is given, or warcio would leave a temporary file open
        record = writer.create_warc_record(
            uri, kind, payload=io.BytesIO(payload), length=len(payload), **more
        )
        writer.write_record(record)

    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "another"}))
    for number in range(3):
        uri = f"https://example.org/{number}"
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "e.org")], is_http_request=True)
        about = {"WARC-Date": f"2020-01-0{number + 1}T02:03:04Z", "WARC-IP-Address": "192.0.2.9"}
        write("response", uri, BODY, http_headers=head, warc_headers_dict=about)
        write("request", uri, http_headers=asked)
        write("resource", uri, b"x")
    write("response", "dns:example.org", b"192.0.2.9", warc_content_type="text/dns")
    return out.getvalue()


def read(data: bytes, name: str = "x.warc.gz") -> list[Found]:
    return list(read_stream(io.BytesIO(data), name))


def captures(found: list[Found]) -> list[tuple[Place, Capture]]:
    return [item for item in found if isinstance(item, tuple)]


def faults(found: list[Found]) -> list[str]:
    return [f"{item.where}: {item.what}" for item in found if isinstance(item, Finding)]


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_warcios_files_of_both_versions_are_read(version: str, compressed: bool) -> None:
    data = by_warcio(version, compressed=compressed)
    found = read(data)
    assert faults(found) == []
    assert [c.target_uri[-1] for _, c in captures(found)] == ["0", "1", "2"]
    for number, (place, capture) in enumerate(captures(found)):
        assert capture.response.endswith(b"\r\n\r\n" + BODY)
        assert capture.captured_at == datetime(2020, 1, number + 1, 2, 3, 4, tzinfo=UTC)
        assert capture.ip == "192.0.2.9"
        assert place.record_id.startswith("urn:uuid:")
        stored = data[place.offset : place.offset + place.length]
        record = gzip.decompress(stored) if compressed else stored
        assert record.startswith(f"WARC/{version}\r\n".encode())
        assert capture.response in record
        again = read(stored)
        assert [c for _, c in captures(again)] == [capture]


def test_our_own_files_are_read_like_any_others(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        rows = [run.append(subject, None) for subject in all_captures()]
    (path,) = Archive(tmp_path).warc_files()
    found = list(read_foreign(path))
    assert faults(found) == []
    assert [c.response for _, c in captures(found)] == [c.response for c in all_captures()]
    assert [c.truncated for _, c in captures(found)] == [c.truncated for c in all_captures()]
    for (place, _), row in zip(captures(found), rows, strict=True):
        assert (place.offset, place.length) == (row.place.offset, row.place.length)
        assert place.record_id == row.place.record_id
        assert place.warc == path.name


def test_a_wacz_is_read_through(tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/a.warc.gz", by_warcio("1.1", compressed=True))
        package.writestr("archive/b.warc", by_warcio("1.0", compressed=False))
        package.writestr("archive/../../evil.warc.gz.txt", b"")
    found = list(read_foreign(path))
    assert faults(found) == []
    names = [place.warc for place, _ in captures(found)]
    assert names == ["x.wacz/archive/a.warc.gz"] * 3 + ["x.wacz/archive/b.warc"] * 3


def test_a_damaged_wacz_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/a.warc", by_warcio("1.1", compressed=False))
    content = bytearray(path.read_bytes())
    for at in (60, 200, len(content) - 30):
        broken = content.copy()
        broken[at] ^= 0xFF
        path.write_bytes(broken)
        assert faults(list(read_foreign(path)))


ARC_HEAD = b"1 0 Somebody\nURL IP-address Archive-date Content-type Archive-length\n"
ARC = (
    b"filedesc://x.arc 0.0.0.0 20080102030405 text/plain %d\n" % len(ARC_HEAD)
    + ARC_HEAD
    + b"\nhttp://example.org/a 192.0.2.9 20080102030405 text/html %d\n" % len(ANSWERS["length"][0])
    + ANSWERS["length"][0]
    + b"\n"
)


@pytest.mark.parametrize("compressed", [True, False])
def test_an_arc_file_is_read(compressed: bool) -> None:
    first = ARC.index(b"http://")
    data = gzip.compress(ARC[:first]) + gzip.compress(ARC[first:]) if compressed else ARC
    found = read(data)
    assert faults(found) == []
    ((place, capture),) = captures(found)
    assert capture.target_uri == "http://example.org/a"
    assert capture.captured_at == datetime(2008, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (capture.response, capture.ip) == (ANSWERS["length"][0], "192.0.2.9")
    assert place.record_id == ""


def test_one_gzip_member_over_all_records_is_read_and_said_once() -> None:
    plain = by_warcio("1.1", compressed=False)
    found = read(gzip.compress(plain))
    (line,) = faults(found)
    assert "one gzip member holds many records" in line
    assert captures(found) == captures(read(plain))


@pytest.mark.parametrize("compressed", [True, False])
def test_a_cut_file_gives_what_is_whole_and_a_line(compressed: bool) -> None:
    data = by_warcio("1.1", compressed=compressed)
    whole = captures(read(data))
    ends = [place.offset + place.length for place, _ in whole]
    quiet = 0
    for cut in range(1, len(data), 53 if compressed else 1511):
        found = read(data[:cut])
        got = captures(found)
        assert [c for _, c in got] == [c for _, c in whole[: len(got)]]
        assert len(got) >= sum(end <= cut for end in ends)
        quiet += not faults(found)
    assert quiet <= 1  # a cut may fall between records


@pytest.mark.parametrize(
    "data",
    [
        b"garbage",
        b"\0" * 100,
        b"\x1f\x8b",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"garbage", mtime=0),
        b"PK\x03\x04 but no zip",
        b"WARC/1.1\r\nWARC-Type: response",
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx",
        b"WARC/1.1\r\nContent-Type: application/http\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\nHTTP\r\n\r\n",
    ],
)
def test_what_is_no_warc_is_one_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    (line,) = faults(list(read_foreign(path)))
    assert line.startswith("x.warc.gz")
    assert len(line) < 300
    assert line.isprintable()


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (line,) = faults(list(read_foreign(tmp_path)))
    assert line == f"{tmp_path}: cannot be read: Is a directory"
    none = tmp_path / "none.warc"
    (line,) = faults(list(read_foreign(none)))
    assert line == f"{none}: cannot be read: No such file or directory"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"2020-01-02T02:03:04Z", b"2020-31-02T02:03:04Z", "not a WARC-Date: '2020-31-02"),
        (b"2020-01-02T02:03:04Z", b"last week           ", "not a WARC-Date: 'last week'"),
    ],
)
def test_a_record_that_says_nonsense_does_not_hide_the_others(
    old: bytes, new: bytes, said: str
) -> None:
    data = by_warcio("1.1", compressed=False)
    assert len(old) == len(new)
    found = read(data.replace(old, new))
    assert all(said in line for line in faults(found))
    assert len(faults(found)) + len(captures(found)) == 3
    assert faults(found)


def test_a_response_too_large_to_be_a_page_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loose, "MAX_BLOCK", len(BODY) - 1)
    found = read(by_warcio("1.1", compressed=True))
    assert len(faults(found)) == 3
    assert "a response of over" in faults(found)[0]


def test_a_length_that_is_wrong_is_a_line() -> None:
    data = by_warcio("1.1", compressed=False)
    found = read(data.replace(b"Content-Length: 1\r\n", b"Content-Length: 0\r\n"))
    assert any("a record's Content-Length is wrong" in line for line in faults(found))
    assert captures(found)


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_no_damage_is_a_crash(chance: random.Random, compressed: bool) -> None:
    data = bytearray(DAMAGED[compressed])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at:]
            case 2:
                del data[at : at + 5]
            case _:
                data[at:at] = chance.randbytes(4)
    for item in read(bytes(data)):
        assert isinstance(item, Finding) or len(item) == 2


DAMAGED = {flag: by_warcio("1.1", compressed=flag) for flag in (True, False)}


@pytest.mark.parametrize("lost", range(1, 9))
def test_a_member_without_its_checksum_is_not_taken_as_whole(lost: int) -> None:
    data = by_warcio("1.1", compressed=True)
    place, _ = captures(read(data))[0]
    (line,) = faults(read(data[: place.offset + place.length - lost]))
    assert line == f"x.warc.gz@{place.offset}: the file ends inside a gzip member"
