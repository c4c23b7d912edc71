"""The order of WARC files, and of what is captured in them, where clocks jump and serials meet."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eafarchive.archive.directory.roster import in_order, is_before
from eafarchive.model import Place


def name(serial: int, day: int) -> str:
    return f"eafarchive-202611{day:02}030000-{serial:05}.warc.gz"


@pytest.mark.parametrize(
    "files",
    [
        [(0, 3), (1, 20), (2, 4), (3, 5)],  # the clock was wrong, and was put back
        [(0, 1), (1, 2), (2, 3), (1, 4), (3, 5)],  # a backup of day 1 was crawled on on day 4
        [(0, 1), (1, 2), (1, 4), (2, 5)],  # and for longer than what turned up
        [(0, 1), (1, 2), (2, 3), (1, 4), (2, 5), (3, 6)],
        [(0, 1), (1, 2), (1, 3), (2, 4), (2, 5)],  # two machines at a time
        [(0, 1), (1, 2), (1, 4), (1, 6), (2, 7), (3, 3)],  # and then the clock is put back
    ],
)
def test_serials_order_files_and_times_those_of_one_serial(
    tmp_path: Path, files: list[tuple[int, int]]
) -> None:
    (tmp_path / "warc").mkdir()
    right = [tmp_path / "warc" / name(*file) for file in files]
    mixed = random.Random(1).sample(right, len(right))
    assert in_order(mixed) == right
    for path in right[1:]:
        path.touch()
    right[-1].rename(f"{right[-1]}.open")
    (tmp_path / "warc" / f"{name(1, 9)}.torn-7").touch()
    places = [Place(f"warc/{path.name}", 0, 9, "urn:uuid:0") for path in right]
    for n, one in enumerate(places):
        told = [is_before(tmp_path, one, other) for other in places]
        assert told == [n < m for m in range(len(places))], one


def test_files_of_other_names_come_first() -> None:
    others = [Path("warc/a.warc.gz"), Path("warc/z.warc.gz")]
    ours = [Path("warc") / name(*file) for file in ((0, 1), (1, 2))]
    assert in_order([*ours, *others]) == [*others, *ours]
