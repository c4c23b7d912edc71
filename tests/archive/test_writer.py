"""WARC files as they come about: names, rotation, closing, and nothing ever overwritten."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from exchanges import ANSWERS, BEGAN, OPERATOR, all_captures, capture, fill, keeper

from eafarchive.archive.captures import writer as module
from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.captures.writer import WarcWriter, finish, serial_of
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.disk.manifest import read_manifest
from eafarchive.errors import WriteError
from workbench import warc_findings

NAME = re.compile(r"eafarchive-[0-9]{14}-[0-9]{5}\.warc\.gz")


def records_of(path: Path) -> list[WarcRecord]:
    with path.open("rb") as file:
        items = list(read_members(file))
    assert all(isinstance(item, WarcRecord) for item in items)
    return items  # type: ignore[return-value]


def a_writer(folder: Path) -> WarcWriter:
    return WarcWriter(folder, OPERATOR, 1 << 20, on_close=lambda _: None)


def test_w16_a_file_is_open_while_written_and_closed_under_its_final_name(tmp_path: Path) -> None:
    folder = tmp_path / "warc"
    with keeper(tmp_path) as run:
        assert list(folder.iterdir()) == []
        row = run.append(capture(1, ANSWERS["gzip"][0]), None)
        (during,) = folder.iterdir()
        assert NAME.fullmatch(during.name.removesuffix(".open"))
        assert during.name.endswith(".open")
        assert during.stat().st_size == row.end == run.warc_bytes
        run.append(capture(2, ANSWERS["gzip"][0]), None)
        assert list(folder.iterdir()) == [during]
    (final,) = folder.iterdir()
    assert final.name == during.name.removesuffix(".open") == Path(row.place.warc).name
    assert stat.S_IMODE(final.stat().st_mode) == 0o444
    assert records_of(final)[0].get("WARC-Filename") == final.name


def test_a_run_without_a_capture_leaves_no_file(tmp_path: Path) -> None:
    with keeper(tmp_path):
        pass
    assert list((tmp_path / "warc").iterdir()) == []


def test_w18_members_are_records(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        rows = [run.append(subject, None) for subject in all_captures()]
    (path,) = Archive(tmp_path).warc_files()
    records = records_of(path)
    assert [record.offset for record in records if record.kind == "response"] == [
        row.place.offset for row in rows
    ]
    assert sum(record.length for record in records) == path.stat().st_size == rows[-1].end


def test_w17_files_rotate_between_exchanges(tmp_path: Path) -> None:
    limit = 3000
    with keeper(tmp_path, limit) as run:
        rows = [run.append(capture(n, ANSWERS["chunked"][0]), None) for n in range(12)]
    files = Archive(tmp_path).warc_files()
    assert len(files) > 2
    assert [serial_of(path) for path in files] == list(range(len(files)))
    for path in files[:-1]:
        last = max(row.place.offset for row in rows if row.place.warc.endswith(path.name))
        assert path.stat().st_size >= limit > last
    assert list(read_manifest(tmp_path)) == sorted(f"warc/{path.name}" for path in files)
    seen = {}
    findings = [f for path in files for f in warc_findings(path, seen)]
    assert findings == []  # among them: ids unique over all files, a warcinfo first in each
    assert [c.target_uri for _, c in Archive(tmp_path).captures()] == [r.target_uri for r in rows]


def test_w16_serials_go_on_over_runs_and_do_not_follow_the_clock(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    fill(tmp_path, 1, first=1)
    first, second = Archive(tmp_path).warc_files()
    assert (serial_of(first), serial_of(second)) == (0, 1)
    ahead = second.with_name(second.name.replace("eafarchive-2", "eafarchive-9"))
    second.rename(ahead)  # as if the clock had been far ahead
    (tmp_path / "manifest-sha256.txt").unlink()
    (tmp_path / "ledger.sqlite3").unlink()
    fill(tmp_path, 1, first=2)
    files = Archive(tmp_path).warc_files()
    assert [serial_of(path) for path in files] == [0, 1, 2]
    assert files[1] == ahead


@pytest.mark.parametrize(
    ("name", "serial"),
    [
        ("eafarchive-20260101000000-00012.warc.gz", 12),
        ("eafarchive-20260101000000-00012.warc.gz.open", 12),
        ("eafarchive-20260101000000-00012.warc.gz.torn-700", 12),
        ("eafarchive-20260101000000-123456.warc.gz", 123456),
        ("other-20260101000000.warc.gz", -1),
        ("eafarchive.warc.gz", -1),
    ],
)
def test_serials_are_read_from_our_own_names_only(name: str, serial: int) -> None:
    assert serial_of(Path(name)) == serial


def test_w16_a_file_that_is_there_is_never_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    precious = tmp_path / f"eafarchive-{BEGAN:%Y%m%d%H%M%S}-00000.warc.gz.open"
    precious.write_bytes(b"precious")
    monkeypatch.setattr(module, "serial_of", lambda _: -1)  # as if another host wrote it just now
    with pytest.raises(WriteError, match="exists"):
        a_writer(tmp_path)._begin(BEGAN)
    assert precious.read_bytes() == b"precious"


def test_a_planted_symlink_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = tmp_path / "victim"
    link = tmp_path / f"eafarchive-{BEGAN:%Y%m%d%H%M%S}-00000.warc.gz.open"
    link.symlink_to(victim)
    monkeypatch.setattr(module, "serial_of", lambda _: -1)
    with pytest.raises(WriteError):
        a_writer(tmp_path)._begin(BEGAN)
    assert not victim.exists()


def test_c16_closing_never_overwrites(tmp_path: Path) -> None:
    still_open, final = tmp_path / "a.warc.gz.open", tmp_path / "a.warc.gz"
    still_open.write_bytes(b"new")
    final.write_bytes(b"old")
    with pytest.raises(WriteError, match=r"a\.warc\.gz: exists already; move"):
        finish(still_open)
    assert (still_open.read_bytes(), final.read_bytes()) == (b"new", b"old")


def test_what_is_written_is_on_the_disk_before_it_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with keeper(tmp_path) as run:
        for number in range(3):
            row = run.append(capture(number, ANSWERS["length"][0]), None)
            assert synced[-1] == row.end
            assert run.ledger.captures()[-1] == row


def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:100]))
    fill(tmp_path, 2)
    (path,) = Archive(tmp_path).warc_files()
    assert list(warc_findings(path, {})) == []
    assert len(records_of(path)) == 5
