"""The machine at fault under a real crawl: full and frozen disks, wrong clocks, no memory, orphans."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from judge import faults

from eafarchive.archive.captures.writer import serial_of
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.demosite import Answer
from eafarchive.work.verification.verify import Verification
from workbench import configuration


@contextlib.contextmanager
def small_disk(folder, options):
    """A file system of its own, for root; others see the same faults through the shim and limits."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only root may mount; the shim fails the same calls in test_c02_…")
    try:
        yield lambda changed: subprocess.run(
            ["mount", "-o", f"remount,{changed}", folder], check=True
        )
    finally:
        subprocess.run(["umount", folder], check=True)


@contextlib.contextmanager
def configured(site, archive="", crawl="warc_max_bytes = 16_000"):
    """The site's runs with other settings, for a while."""
    before = site.config.read_text("utf-8")
    site.config.write_text(
        f"[archive]\n{archive}\n" + configuration(site.server.base_url, crawl), "utf-8"
    )
    try:
        yield
    finally:
        site.config.write_text(before, "utf-8")


def refused(ended, why):
    assert ended.code == 73, ended
    assert "Traceback" not in ended.err
    assert why in ended.err.splitlines()[-1]


def whole(tried, root):
    """The next run makes the archive what it would have been."""
    ended = tried.site.run(root)
    assert ended.code in {0, 3}, ended
    assert list(faults(root, tried.reader, tried.before, set())) == []


@pytest.mark.parametrize("size", [150, 300])
def test_c10_a_small_disk_that_is_full(tried, tmp_path, size):
    with (
        small_disk(tmp_path / "disk", f"size={size}k") as change,
        configured(tried.site, "min_free_bytes = 0"),
    ):
        root = tmp_path / "disk" / "archive"
        refused(tried.site.run(root), "cannot")
        refused(tried.site.run(root), "cannot")
        change("size=5m")
        whole(tried, root)


def test_c10_a_small_disk_whose_floor_is_kept(tried, tmp_path):
    with small_disk(tmp_path / "disk", "size=5m") as change:
        root = tmp_path / "disk" / "archive"
        assert tried.site.run(root, kind="any", at=60, action=-1).is_killed
        held = os.statvfs(root)
        floor = held.f_bavail * held.f_frsize - (1 << 20) - 20_000
        with configured(tried.site, f"min_free_bytes = {floor}"):
            for _ in range(2):
                refused(tried.site.run(root), "must stay free ($.archive.min_free_bytes)")
                assert not list(root.glob("warc/*.open"))
            ledger = Archive(root).ledger()
            with contextlib.closing(ledger):
                assert ledger.last_run().exit_code == 73
            change("size=20m")
            whole(tried, root)


def test_c11_no_inode_is_left(tried, tmp_path):
    with small_disk(tmp_path / "disk", "size=20m,nr_inodes=14") as change:
        root = tmp_path / "disk" / "archive"
        refused(tried.site.run(root), "No space left on device")
        change("nr_inodes=1000")
        whole(tried, root)


def test_c11_a_disk_remounted_read_only(tried, tmp_path):
    with small_disk(tmp_path / "disk", "size=5m") as change:
        root = tmp_path / "disk" / "archive"
        tried.site.run(root, kind="any", at=150, action=-1)
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        change("ro")
        refused(tried.site.run(root), "Read-only file system")
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
        change("rw")
        whole(tried, root)


def test_c17_a_clock_that_jumps(tried, tmp_path):
    root = tmp_path / "archive"
    day, year = 86_400, 365 * 86_400
    held = 0
    for shift in (0, -day, 10 * year):
        ended = tried.site.run(root, "--full", shift=shift)
        assert ended.code in {0, 3}, ended
        assert ended.seconds < 60, "it waits for no clock"
        ledger = Archive(root).ledger()
        with contextlib.closing(ledger):
            rows = ledger.captures()
        assert len(rows) > held
        held = len(rows)
    files = Archive(root).warc_files()
    assert [serial_of(path) for path in files] == list(range(len(files)))
    assert len({path.name.partition("-")[2][:14] for path in files}) > 2
    found = Verification(Archive(root), tried.reader).findings()
    assert [finding for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize("mebibytes", [1, 6, 36])
def test_c22_memory_runs_out(tried, tmp_path, mebibytes):
    root = tmp_path / "archive"
    tried.site.run(root, memory=mebibytes << 20)
    whole(tried, root)


def test_c06_the_parser_of_a_killed_run_holds_no_lock(tried, tmp_path, process):
    """It is at work when its parent dies, and for a while after."""
    root = tmp_path / "archive"
    site = tried.site.server.site
    path = next(iter(tried.before.articles)).removeprefix(tried.site.server.base_url)

    asked = threading.Event()

    class Deep:
        def answer(self, target, headers):
            if path not in target:
                return site.answer(target, headers)
            asked.set()
            page = b"<!doctype html><title>Deep</title><article>" + b"<div>" * 100_000
            return Answer(200, "OK", (("Content-Type", "text/html"),), page)

    tried.site.server.site = Deep()
    try:
        words = ("crawl", "--config", tried.site.config, "--archive", root)
        running = process(*words, tried.site.server.base_url + path)
        assert asked.wait(60)
        while not list(root.glob("warc/*")):
            time.sleep(0.01)
        time.sleep(0.3)
        running.kill()
        running.wait(60)
        with lock(root):
            pass
    finally:
        tried.site.server.site = site


def test_c12_a_machine_that_sleeps(tried, tmp_path, process):
    """Stopped for longer than a request may take, the run goes on or tries again: it does not hang."""
    root = tmp_path / "archive"
    with configured(tried.site, crawl="total_timeout = 1.0\nwarc_max_bytes = 16_000"):
        running = process("crawl", "--config", tried.site.config, "--archive", root)
        while running.poll() is None and not list(root.glob("warc/*")):
            time.sleep(0.01)
        running.send_signal(signal.SIGSTOP)
        time.sleep(2)
        running.send_signal(signal.SIGCONT)
        _, err = running.communicate(timeout=60)
        assert b"Traceback" not in err
        assert running.returncode == 3
    whole(tried, root)


def test_c23_a_reader_that_stays_for_hours(tried, tmp_path):
    root = tmp_path / "archive"
    tried.site.run(root, kind="any", at=250, action=-1)
    assert (root / "ledger.sqlite3-wal").stat().st_size
    (root / "ledger.sqlite3-shm").unlink()
    reader = sqlite3.connect(f"file:{root}/ledger.sqlite3?mode=ro", uri=True)
    with contextlib.closing(reader):
        assert reader.execute("SELECT count(*) FROM captures").fetchone()[0]
        for _ in range(2):
            assert tried.site.run(root, "--full").code in {0, 3}
            assert reader.execute("SELECT count(*) FROM captures").fetchone()[0]
            size = (root / "ledger.sqlite3-wal").stat().st_size
            assert size <= 1000 * 4096 * 1.5, "SQLite folds its log in every 1,000 pages"
