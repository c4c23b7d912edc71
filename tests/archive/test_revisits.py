"""Answers that say nothing new: kept as revisits, each of a stored response; W11 to W14."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from exchanges import ANSWERS, BEGAN, GZIPPED, capture, chunked, keeper, replace_bytes
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.directory.holdings import Archive
from eafarchive.model import Capture
from workbench import warc_findings

NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\neTag: "x"\r\nX-Odd:  caf\xe9\r\n\r\n'
CONDITIONAL = b'GET / HTTP/1.1\r\nHost: example.org\r\nIf-None-Match: "x"\r\n\r\n'
PAGE = ANSWERS["chunked"][0]
OTHER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother"


def at(minutes: int, response: bytes = PAGE, **changes: object) -> Capture:
    """The same URL again, so many minutes later."""
    return capture(1, response, captured_at=BEGAN + timedelta(minutes=minutes), **changes)


def store(root: Path, *captures: Capture) -> list[CaptureRow]:
    with keeper(root) as run:
        return [run.append(each, None) for each in captures]


def records(root: Path) -> list[WarcRecord]:
    found = []
    for path in Archive(root).warc_files():
        with path.open("rb") as file:
            found += [item for item in read_members(file) if isinstance(item, WarcRecord)]
    return found


def revisits(root: Path) -> list[WarcRecord]:
    return [record for record in records(root) if record.kind == "revisit"]


def check_reference(record: WarcRecord, to: CaptureRow) -> None:
    assert record.get("WARC-Refers-To") == f"<{to.place.record_id}>"
    assert record.get("WARC-Refers-To-Target-URI") == to.target_uri
    assert record.get("WARC-Refers-To-Date") == to.captured_at
    assert record.get("WARC-Payload-Digest") == to.payload_digest
    assert record.get("WARC-IP-Address") == "192.0.2.7"
    assert record.get("Content-Type") == "application/http; msgtype=response"


def test_w11_the_same_payload_again(tmp_path: Path) -> None:
    other_framing = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nAge: 7\r\n\r\n"
    again = at(1, other_framing + chunked(ANSWERS["chunked"][1], 99))
    first, second = store(tmp_path, at(0), again)
    (revisit,) = revisits(tmp_path)
    check_reference(revisit, first)
    profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit.get("WARC-Profile") == profile
    assert revisit.get("WARC-Truncated") == "length"
    assert revisit.block == other_framing, "the whole head, as it came"
    assert (second.kind, second.refers_to, second.status) == (
        "revisit",
        first.place.record_id,
        200,
    )


def test_w12_not_modified(tmp_path: Path) -> None:
    first, second = store(tmp_path, at(0), at(1, NOT_MODIFIED, request=CONDITIONAL))
    (revisit,) = revisits(tmp_path)
    check_reference(revisit, first)
    profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit.get("WARC-Profile") == profile
    assert revisit.get("WARC-Truncated") is None, "all of it is there"
    assert revisit.block == NOT_MODIFIED
    assert (second.kind, second.status) == ("revisit", 304)
    *_, request = records(tmp_path)
    assert (request.kind, request.block) == ("request", CONDITIONAL)
    assert request.get("WARC-Concurrent-To") == f"<{revisit.record_id}>"


def test_w12_a_304_that_nobody_asked_for_is_a_response(tmp_path: Path) -> None:
    """So is one for what was never stored."""
    store(tmp_path, at(0, NOT_MODIFIED, request=CONDITIONAL), at(1), at(2, NOT_MODIFIED))
    assert revisits(tmp_path) == []


def test_w13_a_revisit_refers_to_no_revisit(tmp_path: Path) -> None:
    later = [at(n, NOT_MODIFIED, request=CONDITIONAL) for n in (2, 3)]
    first, *others = store(tmp_path, at(0), at(1), *later, at(4))
    assert {row.refers_to for row in others} == {first.place.record_id}
    (again,) = store(tmp_path, at(5))
    assert again.refers_to == first.place.record_id, "in another file, too"


def test_what_comes_back_is_stored_whole(tmp_path: Path) -> None:
    """The newest stored response is what the site says now, whoever passes over revisits."""
    rows = store(tmp_path, at(0), at(1, OTHER), at(2), at(3))
    assert [row.kind for row in rows] == ["response", "response", "response", "revisit"]
    assert rows[3].refers_to == rows[2].place.record_id


@pytest.mark.parametrize(
    "changes",
    [
        {"truncated": "disconnect"},
        {"problem": "both Content-Length and Transfer-Encoding"},
        {"target_uri": "http://example.org/2024/01/02/slug-1/"},
    ],
)
def test_what_is_not_the_same_is_stored_whole(tmp_path: Path, changes: dict[str, object]) -> None:
    rows = store(tmp_path, at(0), msgspec.structs.replace(at(1), **changes))
    assert [row.kind for row in rows] == ["response", "response"]


@pytest.mark.parametrize(
    "field", [b"Content-Type: text/html; charset=utf-16", b"Content-Encoding: gzip"]
)
def test_what_is_to_be_read_another_way_is_stored_whole(tmp_path: Path, field: bytes) -> None:
    """And so is what is to be read as before, once it is; in whatever spelling, it is the same."""
    head, _, body = OTHER.partition(b"\r\n\r\n")
    plain = b"\r\n".join((head, b"Content-Type: text/html; charset=UTF-8", b"", body))
    again = plain.replace(b"; charset=UTF-8", b";charset=utf-8")
    misread = b"\r\n".join((head, field, b"", body))
    answers = (plain, again, misread, misread, plain, again)
    rows = store(tmp_path, *(at(n, answer) for n, answer in enumerate(answers)))
    assert [row.kind for row in rows] == ["response", "revisit"] * 3
    assert rows[5].refers_to == rows[4].place.record_id


def test_nothing_refers_to_a_response_that_was_cut_off(tmp_path: Path) -> None:
    cut = at(0, truncated="disconnect")
    rows = store(tmp_path, cut, at(1, NOT_MODIFIED, request=CONDITIONAL), at(2), at(3))
    assert [row.kind for row in rows] == ["response", "response", "response", "revisit"]
    assert rows[3].refers_to == rows[2].place.record_id


def test_nothing_refers_to_a_response_that_is_damaged(tmp_path: Path) -> None:
    store(tmp_path, at(0))
    (path,) = Archive(tmp_path).warc_files()
    content = path.read_bytes()
    replace_bytes(path, content[:-900] + bytes(900))
    (row,) = store(tmp_path, at(1))
    assert row.kind == "response", "what was lost is stored again"


def test_an_answer_other_than_200_is_stored_whole(tmp_path: Path) -> None:
    rows = store(tmp_path, *(at(n, ANSWERS["404"][0]) for n in range(2)))
    empty = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    rows += store(tmp_path, *(at(n, empty) for n in range(2, 4)))
    assert {row.kind for row in rows} == {"response"}


def test_w14_the_fields_stand_where_they_may(tmp_path: Path) -> None:
    store(tmp_path, at(0), at(1), at(2, NOT_MODIFIED, request=CONDITIONAL))
    for record in records(tmp_path):
        names = {name for name, _ in record.fields}
        refers = {name for name in names if name.startswith(("WARC-Refers-To", "WARC-Profile"))}
        assert len(refers) == (4 if record.kind == "revisit" else 0)
    for path in Archive(tmp_path).warc_files():
        assert list(warc_findings(path, {})) == []


def test_the_index_made_again_is_the_same(tmp_path: Path) -> None:
    rows = store(tmp_path, at(0), at(1), at(2, NOT_MODIFIED, request=CONDITIONAL), at(3, OTHER))
    for path in tmp_path.glob("ledger*"):
        path.unlink()
    with keeper(tmp_path) as run:
        assert run.ledger.captures() == rows
        assert run.ledger.captures_of("example.org/2024/01/02/slug-1") == rows


def test_readers_of_captures_pass_over_revisits(tmp_path: Path) -> None:
    store(tmp_path, at(0), at(1), at(2, OTHER))
    found = list(Archive(tmp_path).captures())
    assert [capture.response for _, capture in found if isinstance(capture, Capture)] == [
        PAGE,
        OTHER,
    ]


def test_w26_other_readers_read_them(tmp_path: Path) -> None:
    gzipped = at(9, ANSWERS["gzip"][0])
    rows = store(
        tmp_path, gzipped, at(10, ANSWERS["gzip"][0]), at(11, NOT_MODIFIED, request=CONDITIONAL)
    )
    assert [row.kind for row in rows] == ["response", "revisit", "revisit"]
    (path,) = Archive(tmp_path).warc_files()
    kinds = ["warcinfo", "response", "request", "revisit", "request", "revisit", "request"]
    with path.open("rb") as file:
        assert [record.rec_type for record in WarcioIterator(file)] == kinds
    with path.open("rb") as file:
        iterator = ArchiveIterator(file, parse_http=False, strict_mode=True)
        seen = [(str(record.record_type), record.verify_block_digest()) for record in iterator]
    assert seen == [(kind, True) for kind in kinds]
    with path.open("rb") as file:
        file.seek(rows[0].place.offset)
        assert GZIPPED in gzip.decompress(file.read(rows[0].place.length))
