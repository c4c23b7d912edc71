"""Disks that fail at the worst moment (fault C02): nothing acknowledged is lost, nothing hidden."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exchanges import ANSWERS, capture, keeper

from eafarchive.archive.captures.index import CaptureRow, index_records
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.disk.manifest import file_digest, read_manifest
from eafarchive.errors import EafarchiveError, WriteError
from workbench import warc_findings

ROTATE = 2500
CALLS = ("fsync", "write", "open", "rename", "chmod")


class Disk:
    """Lets one kind of system call fail at its k-th use, and counts the uses."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, fail_at: int, code: int) -> None:
        self.calls = 0
        real: Callable[..., Any] = getattr(os, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls != fail_at:
                return real(*arguments, **named)
            if name == "write":  # a full disk takes a part
                real(arguments[0], arguments[1][: len(arguments[1]) // 2])
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, name, call)


def work(root: Path, acknowledged: list[CaptureRow]) -> None:
    with keeper(root, ROTATE) as run:
        for number in range(6):
            acknowledged.append(run.append(capture(number, ANSWERS["chunked"][0]), None))


def sound(root: Path, acknowledged: list[CaptureRow]) -> None:
    """The invariants of the fault matrix: I1, I2, I3."""
    archive = Archive.open(root)
    ledger = archive.ledger()
    rows = ledger.captures()
    ledger.close()
    assert {row.place for row in acknowledged} <= {row.place for row in rows}
    held = []
    seen = {}
    for path in archive.warc_files():
        assert list(warc_findings(path, seen)) == []
        with path.open("rb") as file:
            held += index_records(file, archive.name_of(path))
    assert sorted(rows, key=lambda row: row.place.record_id) == sorted(
        held,
        key=lambda row: row.place.record_id,  # type: ignore[union-attr]
    )
    for row in acknowledged:
        assert archive.capture_at(row.place).response == ANSWERS["chunked"][0]
    closed = {archive.name_of(path): file_digest(path) for path in archive.warc_files()}
    assert read_manifest(root) == closed


def uses(name: str, root: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, name, 0, 0)
        work(root, [])
    sound(root, [])
    return disk.calls


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("name", CALLS)
def test_c02_each_call_that_fails_is_one_clear_error_and_costs_nothing(
    name: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = uses(name, tmp_path / "whole")
    assert calls > 2
    for k in range(1, calls + 1):
        root = tmp_path / str(k)
        acknowledged: list[CaptureRow] = []
        with monkeypatch.context() as patch:
            Disk(patch, name, k, code)
            with pytest.raises(WriteError) as caught:
                work(root, acknowledged)
        assert str(root.parent) in str(caught.value)
        assert "\n" not in str(caught.value)
        with keeper(root) as run:
            acknowledged.append(run.append(capture(99, ANSWERS["chunked"][0]), None))
        sound(root, acknowledged)


def test_c02_a_file_whose_sync_failed_is_not_written_to_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeper(tmp_path) as run:
        first = run.append(capture(0, ANSWERS["chunked"][0]), None)
        (broken,) = (tmp_path / "warc").iterdir()
        with monkeypatch.context() as patch:
            Disk(patch, "fsync", 1, errno.EIO)
            with pytest.raises(WriteError, match="Input/output error"):
                run.append(capture(1, ANSWERS["chunked"][0]), None)
        assert broken.stat().st_size == first.end
        second = run.append(capture(1, ANSWERS["chunked"][0]), None)
        assert second.place.warc != first.place.warc
        assert broken.stat().st_size == first.end
    with keeper(tmp_path):
        pass
    sound(tmp_path, [first, second])


def work_until_the_ledger_is_full(root: Path, acknowledged: list[CaptureRow]) -> None:
    with keeper(root) as run:
        (pages,) = run.ledger._db.execute("PRAGMA page_count").fetchone()
        run.ledger._db.execute(f"PRAGMA max_page_count = {pages}")
        for number in range(1000):
            acknowledged.append(run.append(capture(number, ANSWERS["chunked"][0]), None))


def test_c02_what_cannot_be_cut_back_either_is_cut_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged: list[CaptureRow] = []
    with monkeypatch.context() as patch:
        Disk(patch, "write", 4, errno.EIO)
        Disk(patch, "ftruncate", 1, errno.EIO)
        with pytest.raises(WriteError):
            work(tmp_path, acknowledged)
    with keeper(tmp_path) as run:
        assert any("bytes of an unfinished record cut off" in line for line in run.mended)
    assert len(acknowledged) == 2
    sound(tmp_path, acknowledged)


def test_c02_a_ledger_that_is_full_leaves_a_capture_to_be_adopted(tmp_path: Path) -> None:
    acknowledged: list[CaptureRow] = []
    with pytest.raises(WriteError, match=r"ledger\.sqlite3: cannot use the ledger: .*full"):
        work_until_the_ledger_is_full(tmp_path, acknowledged)
    assert acknowledged
    with keeper(tmp_path) as run:
        assert len(run.ledger.captures()) == len(acknowledged) + 1
        assert any("1 captures taken into the ledger" in line for line in run.mended)
    sound(tmp_path, acknowledged)


def test_c10_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """The kernel refuses bytes beyond a file size; what was acknowledged before is all there."""
    script = f"""
import os, resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from exchanges import capture, keeper
from eafarchive.errors import WriteError
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with keeper(Path({str(tmp_path)!r})) as run:
        for number in range(100):
            body = os.urandom(30_000)
            raw = b"HTTP/1.1 200 OK\\r\\nContent-Length: 30000\\r\\n\\r\\n" + body
            print(run.append(capture(number, raw), None).place.record_id)
except WriteError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 73, done.stderr
    assert done.stderr.strip().endswith("cannot write: File too large")
    ids = done.stdout.split()
    assert 5 < len(ids) < 20
    with keeper(tmp_path) as run:
        assert [row.place.record_id for row in run.ledger.captures()] == ids
    for path in Archive(tmp_path).warc_files():
        assert list(warc_findings(path, {})) == []


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EafarchiveError, match="file/archive/warc: cannot write") as caught:
        keeper(tmp_path / "file" / "archive")
    assert caught.value.exit_code == 73
