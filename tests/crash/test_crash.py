"""A few points of the crash harness (C01, C02, C03); ``make crash`` tries them all."""

import contextlib
import random

from harness import harness
from judge import faults
from power import Disk, Inode

from eafarchive.archive.directory.holdings import Archive


def some(harness, count, *beginnings):
    points = [point for point in harness.points() if point.startswith(beginnings)]
    assert len(points) > 20 * count
    return random.Random(11).sample(points, count)


def held_out(harness, points):
    return {
        point: wrong
        for point in points
        if (wrong := list(harness.attempt(point, harness.site.folder / "archive")))
    }


def test_c01_a_run_that_is_killed_costs_nothing(tried):
    assert held_out(tried, some(tried, 2, "kill@", "after:")) == {}


def test_c02_a_call_that_fails_is_one_clear_error_and_costs_nothing(tried):
    assert held_out(tried, some(tried, 2, "EIO", "ENOSPC", "EDQUOT", "EROFS")) == {}


def test_c03_a_power_cut_costs_nothing(tried):
    assert held_out(tried, some(tried, 2, "power:")) == {}


def test_c01_c02_c03_a_later_crawl_that_writes_revisits():
    with harness("second") as later:
        archive = Archive.open(later.site.folder / "whole")
        assert len(archive.warc_files()) >= 3
        ledger = archive.ledger()
        with contextlib.closing(ledger):
            assert any(row.kind == "revisit" for row in ledger.captures())
        for kinds in (("kill@",), ("power:",)):
            assert held_out(later, some(later, 1, *kinds)) == {}


def test_the_harness_sees_what_is_wrong(tried):
    """An archive that lost a synced file, a record or a mark is not taken for a sound one."""
    root = tried.site.folder / "archive"
    assert list(tried.attempt("power:200:0", root)) == []
    lost = {"urn:uuid:00000000-0000-4000-8000-000000000000"}
    assert any("lost" in line for line in faults(root, tried.reader, tried.before, lost))
    next((root / "records").rglob("*.json")).unlink()
    assert any("is missing" in line for line in faults(root, tried.reader, tried.before, set()))


def test_the_disk_keeps_what_was_synced_and_only_that():
    disk = Disk()
    for op in (
        ("mkdir", ".", "", 0, b""),
        ("create", "a", "", 0, b""),
        ("write", "a", "", 0, b"first"),
        ("sync", "a", "", 0, b""),
        ("write", "a", "", 5, b"second"),
    ):
        disk.play(op)
    node = disk.names["a"]
    assert isinstance(node, Inode)
    found = {node.found(random.Random(n)) for n in range(200)}
    assert all(state.startswith(b"first") for state in found)
    assert {b"first", b"firstsecond", b"first\0\0\0\0\0\0"} <= found
    assert "a" not in disk.kept, "its name is not synced"
    disk.play(("sync", ".", "", 0, b""))
    assert disk.kept["a"] is node
