"""The strict check finds every kind of damage (faults C18, C19), and none where there is none."""

from __future__ import annotations

import gzip
import io
import random
from pathlib import Path

import pytest
from exchanges import ANSWERS, all_captures, capture, fill, keeper, replace_bytes, rewrite

from eafarchive.archive.holdings import Archive
from eafarchive.archive.inspection import check_warc
from eafarchive.archive.manifest import file_digest, read_manifest
from eafarchive.archive.members import read_members
from eafarchive.archive.roll import Said
from eafarchive.model import Finding


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    with keeper(tmp_path) as run:
        for subject in all_captures():
            run.append(subject, "https://example.org/sitemap.xml")
    (path,) = Archive(tmp_path).warc_files()
    return path


def check(path: Path) -> list[Finding]:
    return list(check_warc(path, f"warc/{path.name}", {}))


def test_nothing_is_found_where_nothing_is_wrong(warc: Path) -> None:
    assert check(warc) == []


def test_c18_every_flipped_bit_that_changes_what_is_said_is_found_and_placed(warc: Path) -> None:
    content = warc.read_bytes()
    with warc.open("rb") as file:
        offsets = [item.offset for item in read_members(file)]
    chance = random.Random(18)
    harmless = 0
    for _ in range(200):
        bit = chance.randrange(len(content) * 8)
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        replace_bytes(warc, bytes(flipped))
        assert file_digest(warc) != read_manifest(warc.parent.parent)[f"warc/{warc.name}"]
        findings = check(warc)
        if not findings:  # a bit of a gzip header that says nothing: time, flags, system
            assert gzip.decompress(flipped) == gzip.decompress(content)
            harmless += 1
            continue
        hit = max(offset for offset in offsets if offset <= bit // 8)
        assert findings[0].where == f"warc/{warc.name}@{hit}"
        assert findings[0].severity == "error"
    assert harmless < 20


def test_c19_every_truncation_but_at_a_boundary_is_found_and_those_change_the_digest(
    warc: Path,
) -> None:
    content = warc.read_bytes()
    with warc.open("rb") as file:
        offsets = {item.offset for item in read_members(file)}
    listed = read_manifest(warc.parent.parent)[f"warc/{warc.name}"]
    for cut in sorted({*range(0, len(content), 211), *offsets}):
        replace_bytes(warc, content[:cut])
        assert bool(check(warc)) == (cut == 0 or cut not in offsets)
        assert file_digest(warc) != listed


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            b"WARC-Date: 2026-11-24T03:05:02.1",
            b"WARC-Date: 2026-11-24x03:05:02.1",
            "WARC-Date: not a WARC-Date",
        ),
        (b"WARC-Type: metadata\r\n", b"", "WARC-Type is '', and we never write one"),
        (b"WARC-Type: request", b"WARC-Type: request\r\nWARC-Type: request", "WARC-Type stands 2"),
        (
            b"WARC-Record-ID: <urn:uuid:",
            b"WARC-Record-ID: <urn:isbn:",
            "WARC-Record-ID: not <urn:uuid:…>",
        ),
        (b"GET /2024", b"GET /2025", "its block is not the one digested"),
        (
            b"WARC-Payload-Digest: sha1:",
            b"WARC-Payload-Digest: sha2:",
            "its payload is not the one",
        ),
        (
            b"WARC-Target-URI: https://example.org/2024/01/02/slug-1/\r\n",
            b"",
            "WARC-Target-URI is missing",
        ),
        (
            b"WARC-Warcinfo-ID: <urn",
            b"WARC-Warcinfo-ID: <uxn",
            "does not refer to the file's warcinfo",
        ),
        (
            b"WARC-Concurrent-To: <urn",
            b"WARC-Concurrent-To: <uxn",
            "refers to a record that is not there",
        ),
        (
            b"WARC-Truncated: disconnect\r\n",
            b"",
            "not a whole HTTP answer, and not marked truncated",
        ),
        (b"WARC-Type: warcinfo", b"WARC-Type: metainfo", "does not begin with warcinfo"),
        (b"WARC-Filename: eaf", b"WARC-Filename: xaf", "was renamed: WARC-Filename is another"),
    ],
)
def test_each_rule_is_checked(warc: Path, old: bytes, new: bytes, what: str) -> None:
    rewrite(warc, old, new)
    findings = check(warc)
    assert any(finding.what.startswith(what) for finding in findings), findings
    assert all(finding.severity == "error" and finding.action for finding in findings)


def test_an_id_given_twice_in_one_archive_is_found(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    fill(tmp_path, 1, first=1)
    one, two = Archive(tmp_path).warc_files()
    replace_bytes(two, one.read_bytes())
    seen: dict[str, Said] = {}
    assert list(check_warc(one, one.name, seen)) == []
    findings = list(check_warc(two, two.name, seen))
    assert sum(f.what.startswith("its id was given before") for f in findings) == 3
    assert findings[-1].what == "was renamed: WARC-Filename is another"


def test_a_member_removed_from_the_middle_is_found(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        rows = [run.append(capture(n, ANSWERS["404"][0]), None) for n in range(2)]
    (path,) = Archive(tmp_path).warc_files()
    content = path.read_bytes()
    gone = rows[0].place
    replace_bytes(path, content[: gone.offset] + content[gone.offset + gone.length :])
    assert [f.what for f in check(path)] == [
        f"refers to a record that is not there: {gone.record_id}"
    ]


def test_a_file_that_was_renamed_is_found(warc: Path) -> None:
    other = warc.rename(warc.with_name("mine.warc.gz"))
    assert [f.what for f in check(other)] == ["was renamed: WARC-Filename is another"]


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"plain text"])
def test_w18_what_holds_no_record_is_found(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    assert check(path)[-1].what == "holds no record"


def test_w18_one_member_for_all_records_is_refused(warc: Path) -> None:
    replace_bytes(warc, gzip.compress(gzip.decompress(warc.read_bytes())))
    (first, last) = check(warc)
    assert first.what.startswith("block of")
    assert last.what == "holds no record"


def test_w18_bytes_between_members_are_found(warc: Path) -> None:
    content = warc.read_bytes()
    with io.BytesIO(content) as file:
        second = [item.offset for item in read_members(file)][1]
    replace_bytes(warc, content[:second] + b"\0" + content[second:])
    assert [f.where for f in check(warc)] == [f"warc/{warc.name}@{second}"]
