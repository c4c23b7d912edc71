"""Our own files read member by member, and what is not one."""

from __future__ import annotations

import gzip
import io

import pytest
from exchanges import BEGAN, OPERATOR, all_captures
from hypothesis import given, settings
from hypothesis import strategies as st

from eafarchive.archive.captures import members as module
from eafarchive.archive.captures.index import index_records
from eafarchive.archive.captures.members import Malformed, Torn, WarcRecord, read_members
from eafarchive.archive.captures.warc import Entry, exchange, new_record_id, warcinfo

ID = "urn:uuid:00000000-0000-4000-8000-000000000000"
MEMBERS = [
    warcinfo(OPERATOR, "x.warc.gz", BEGAN, ID).data,
    *(m.data for c in all_captures() for m in exchange(Entry.of(c, None), ID, new_record_id)),
]
WHOLE = b"WARC/1.1\r\nWARC-Type: x\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"


@settings(deadline=None)
@given(st.lists(st.sampled_from(MEMBERS), max_size=6), st.integers(1, 5000))
def test_members_are_found_wherever_reads_end(chosen: list[bytes], step: int) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or -1, step))

    items = list(read_members(Slow(b"".join(chosen))))
    assert all(isinstance(item, WarcRecord) for item in items)
    assert [item.length for item in items if isinstance(item, WarcRecord)] == [*map(len, chosen)]
    assert [item.offset for item in items] == [
        sum(map(len, chosen[:n])) for n in range(len(chosen))
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from(MEMBERS), max_size=3), st.binary(min_size=1, max_size=80))
def test_whatever_follows_the_members_is_one_torn_item(chosen: list[bytes], tail: bytes) -> None:
    *records, torn = read_members(io.BytesIO(b"".join(chosen) + tail))
    assert len(records) == len(chosen)
    assert isinstance(torn, Torn)
    assert torn.offset == sum(map(len, chosen))


@pytest.mark.parametrize("at", [1, 10, 100, -1])
def test_a_cut_member_is_torn(at: int) -> None:
    cut = at % len(MEMBERS[1])
    *_, torn = read_members(io.BytesIO(MEMBERS[0] + MEMBERS[1][:cut]))
    assert torn == Torn(len(MEMBERS[0]), f"cut after {cut} bytes of a gzip member")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no end of the record header"),
        (WHOLE.replace(b"WARC/1.1", b"WARC/1.0"), "does not begin with WARC/1.1"),
        (WHOLE.replace(b": x", b""), "not a named field"),
        (WHOLE.replace(b": x", b": \xff"), "field is not UTF-8"),
        (WHOLE.replace(b"WARC-Type", b"WARC-T\xc3\xa9"), "field is not UTF-8"),
        (WHOLE.replace(b"Content-Length: 3\r\n", b"X: 3\r\n"), "no valid Content-Length"),
        (WHOLE.replace(b": 3", b": -3"), "no valid Content-Length"),
        (WHOLE.replace(b": 3", ": ٣".encode()), "no valid Content-Length"),
        (WHOLE.replace(b": 3", b": 4"), "block of 3 bytes and its end, Content-Length 4"),
        (WHOLE.replace(b": 3", b": 2"), "block of 3 bytes and its end, Content-Length 2"),
        (WHOLE[:-2], "block of"),
        (WHOLE + b"\r\n", "block of"),
        (WHOLE + WHOLE, "block of"),
    ],
)
def test_a_whole_member_that_is_no_record_is_malformed(content: bytes, reason: str) -> None:
    data = gzip.compress(content, mtime=0)
    first, last = read_members(io.BytesIO(data + MEMBERS[1]))
    assert isinstance(first, Malformed)
    assert first.reason.startswith(reason)
    assert (first.offset, first.length) == (0, len(data))
    assert isinstance(last, WarcRecord)


def test_the_sound_one_is_a_record() -> None:
    (record,) = read_members(io.BytesIO(gzip.compress(WHOLE)))
    assert isinstance(record, WarcRecord)
    assert (record.kind, record.block, record.get("content-LENGTH")) == ("x", b"abc", "3")
    assert record.record_id == ""


@pytest.mark.parametrize("chunk", [1, 7, 1 << 20])
def test_the_size_of_reads_makes_no_difference(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = list(read_members(io.BytesIO(b"".join(MEMBERS))))
    monkeypatch.setattr(module, "CHUNK", chunk)
    assert list(read_members(io.BytesIO(b"".join(MEMBERS)))) == expected


def test_an_index_line_ends_where_its_exchange_does() -> None:
    rows = list(index_records(io.BytesIO(b"".join(MEMBERS)), "warc/x.warc.gz"))
    assert len(rows) == len(all_captures())
    ends = [row.end for row in rows]  # type: ignore[union-attr]
    starts = [row.place.offset for row in rows]  # type: ignore[union-attr]
    assert ends[:-1] == starts[1:]
    assert ends[-1] == sum(map(len, MEMBERS))
