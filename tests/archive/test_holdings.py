"""One archive directory: reading it, and the lock on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from exchanges import ANSWERS, all_captures, capture, files_of, fill, keeper, rewrite

from eafarchive.archive.captures.gaps import Gap
from eafarchive.archive.captures.members import Malformed
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.errors import BusyError, ConfigError, DamageError
from eafarchive.model import Capture, Place

FLOCK = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)"


def test_opening_what_is_no_archive_says_how_to_make_one(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", str(tmp_path)):
        with pytest.raises(ConfigError, match="no archive here; 'eafarchive crawl' makes one"):
            Archive.open(path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").touch()
    with pytest.raises(ConfigError, match="a: is a file; an archive is a folder"):
        Archive.open(tmp_path / "a")


def test_captures_come_back_as_they_were_but_for_the_request(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        rows = [run.append(subject, None) for subject in all_captures()]
    archive = Archive.open(tmp_path)
    read = dict(archive.captures())
    for row, subject in zip(rows, all_captures(), strict=True):
        kept = msgspec.structs.replace(subject, request=b"", interim=b"", problem=None)
        assert archive.capture_at(row.place) == kept == read[row.place]
    assert len(read) == len(rows)


def test_the_file_being_written_can_be_read(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        row = run.append(capture(1, ANSWERS["gzip"][0]), None)
        archive = Archive.open(tmp_path)
        assert archive.capture_at(row.place).response == ANSWERS["gzip"][0]
        assert [place for place, _ in archive.captures()] == [row.place]
        assert archive.name_of(archive.warc_files()[0]) == row.place.warc


def test_a_place_with_nothing_or_something_else_there_is_damage(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        rows = [run.append(capture(n, ANSWERS["gzip"][0]), None) for n in range(2)]
    archive = Archive.open(tmp_path)
    first, second = (row.place for row in rows)
    wrong: dict[str, Place] = {
        f"@{second.offset}: holds urn:uuid": msgspec.structs.replace(first, offset=second.offset),
        "@1: no record here: not a gzip member": msgspec.structs.replace(first, offset=1),
        "no record here: end of file": msgspec.structs.replace(first, offset=1 << 30),
        "is missing; put it back": msgspec.structs.replace(first, warc="warc/none.warc.gz"),
        "cannot be read: Is a directory": msgspec.structs.replace(first, warc="warc"),
    }
    for message, place in wrong.items():
        with pytest.raises(DamageError, match=message):
            archive.capture_at(place)


def test_damage_is_a_value_among_the_captures(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    (path,) = (tmp_path / "warc").iterdir()
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-30])
    *captures, (name, gap) = Archive.open(tmp_path).captures()
    assert len(captures) == 3
    assert name == f"warc/{path.name}"
    assert isinstance(gap, Gap)
    assert gap.reason.startswith("cut after")


def test_a_response_with_an_impossible_date_is_damage_not_a_crash(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    (path,) = (tmp_path / "warc").iterdir()
    rewrite(path, b"WARC-Date: 2026-11-24T", b"WARC-Date: 2026-13-24T")
    items = list(Archive.open(tmp_path).captures())
    assert len(items) == 2
    for name, damage in items:
        assert name == f"warc/{path.name}"
        assert isinstance(damage, Malformed)
        assert "month must be in 1..12" in damage.reason
    (tmp_path / "ledger.sqlite3").unlink()
    with keeper(tmp_path) as run:
        assert run.ledger.captures() == []
        assert "damaged: run 'eafarchive verify'" in run.mended[0]


def test_a_response_truncated_for_no_known_reason_is_damage(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        place = run.append(capture(1, b"HTTP/1.1 2", truncated="time"), None).place
    rewrite(tmp_path / place.warc, b"WARC-Truncated: time", b"WARC-Truncated: tide")
    ((_, damage),) = Archive.open(tmp_path).captures()
    assert isinstance(damage, Malformed)
    length = damage.length
    with pytest.raises(DamageError, match="tide"):
        Archive.open(tmp_path).capture_at(msgspec.structs.replace(place, length=length))


def test_a_folder_called_like_a_record_is_none(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    (tmp_path / "records" / "example.org" / "a.json").mkdir(parents=True)
    assert Archive.open(tmp_path).record_files() == []
    assert list(Archive.open(tmp_path)) == []


def test_a_file_that_is_no_record_is_damage_that_names_it(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    (tmp_path / "records" / "a.json").write_text("{}")
    with pytest.raises(DamageError, match=r"records/a\.json: not a record of schema"):
        list(Archive.open(tmp_path))


def test_c05_a_second_run_is_refused_and_touches_nothing(tmp_path: Path) -> None:
    with keeper(tmp_path) as run:
        run.append(capture(1, ANSWERS["gzip"][0]), None)
        before = files_of(tmp_path)
        with pytest.raises(
            BusyError, match="another run is using this archive; try later"
        ) as caught:
            keeper(tmp_path)
        assert caught.value.exit_code == 75
        assert files_of(tmp_path) == before
        run.append(capture(2, ANSWERS["gzip"][0]), None)
    assert len(list(Archive.open(tmp_path).captures())) == 2


def test_c05_the_lock_holds_against_other_processes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FLOCK, str(tmp_path)]
    with keeper(tmp_path):
        refused = subprocess.run(command, capture_output=True, timeout=60, check=False)
        assert b"BlockingIOError" in refused.stderr
    assert subprocess.run(command, timeout=60, check=False).returncode == 0


def test_readers_share_and_keep_a_writer_out(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    with lock(tmp_path, shared=True), lock(tmp_path, shared=True):
        with pytest.raises(BusyError):
            keeper(tmp_path)
        assert len(list(Archive.open(tmp_path).captures())) == 1
    with keeper(tmp_path), pytest.raises(BusyError), lock(tmp_path, shared=True):
        pass


def test_c06_a_child_that_lives_on_does_not_hold_the_lock(tmp_path: Path) -> None:
    with keeper(tmp_path):
        child = subprocess.Popen(
            [sys.executable, "-c", "print(flush=True); input()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            close_fds=False,
        )
    try:
        child.stdout.read(1)  # only now it is sure to have closed what it inherited
        with keeper(tmp_path):
            pass
        assert child.poll() is None
    finally:
        child.communicate(b"\n", timeout=60)


def test_a_run_that_could_not_start_lets_go_of_the_lock(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    manifest = tmp_path / "manifest-sha256.txt"
    good = manifest.read_bytes()
    manifest.write_text("nonsense\n")
    with pytest.raises(DamageError, match=r"manifest-sha256\.txt:1: not 'digest  path'"):
        keeper(tmp_path)
    manifest.write_bytes(good)
    with keeper(tmp_path):
        pass


def test_every_item_is_a_capture_or_damage(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    for place, subject in Archive.open(tmp_path).captures():
        assert isinstance(place, Place)
        assert isinstance(subject, Capture)
