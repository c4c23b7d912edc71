"""Which files in ``warc/`` are the archive's, and which are strays that it has no use for.

Its own are those that the manifest lists, and those named as we name them, of another machine too.
A copy under a name of its own (a backup, what a sync left) is none: in the index it would stand for
the original. Nor is one under a name of ours, if it holds what another file is listed with.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from functools import lru_cache
from heapq import heappop, heappush
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from eafarchive.archive.captures.writer import OPEN, is_ours, serial_of
from eafarchive.archive.directory.lost import read_lost
from eafarchive.archive.disk.manifest import file_digest, read_manifest
from eafarchive.errors import DamageError
from eafarchive.model import CaptureReference, Place


class Stray(NamedTuple):
    """A WARC file that is not the archive's."""

    name: str
    """Its path below the archive."""
    what: str
    action: str


class Roster(NamedTuple):
    """The WARC files in an archive's folder."""

    own: list[Path]
    """In the order they were begun; those being written included."""
    strays: list[Stray]


def call_roll(root: Path) -> Roster:
    """The archive's WARC files, told from strays. Reads the files that the manifest lacks."""
    folder = root / "warc"
    listed: dict[str, str] = {}
    with contextlib.suppress(DamageError):  # told of where they are read for what they say
        listed |= read_lost(root)
    with contextlib.suppress(DamageError):
        listed |= read_manifest(root)
    bearers = {digest: name for name, digest in listed.items()}
    own: list[Path] = []
    strays: list[Stray] = []
    for path in sorted((*folder.glob("*.warc.gz"), *folder.glob(f"*.warc.gz{OPEN}"))):
        name = path.relative_to(root).as_posix()
        if name in listed:
            own.append(path)
        elif not is_ours(path):
            strays.append(Stray(name, "is not named as we name files", "move it away"))
        elif twin := _twin(path, bearers):
            is_renamed = not (root / twin).exists()
            action = f"rename it to {twin}" if is_renamed else "move it away"
            strays.append(Stray(name, f"holds the same bytes as {twin}", action))
        else:
            own.append(path)
    return Roster(in_order(own), strays)


def in_order(paths: Iterable[Path]) -> list[Path]:
    """WARC files in the order they were begun: by their serials, whatever the clock said.

    Where several have one serial, an archive was restored, and crawled on, before newer files of it
    turned up. Then the first by the time in its name keeps its place, and each of the others comes
    after all that began before it, up to the first that began later.
    """
    order: list[Path] = []
    waiting: list[tuple[str, Path]] = []
    by_serial = sorted(paths, key=lambda path: (serial_of(path), path.name))
    for serial, same in groupby(by_serial, serial_of):
        for number, path in enumerate(same):
            if number and serial >= 0:
                heappush(waiting, (path.name, path))
                continue
            while waiting and waiting[0][0] < path.name:
                order.append(heappop(waiting)[1])
            order.append(path)
    return order + [path for _, path in sorted(waiting)]


def is_before(root: Path, one: CaptureReference | Place, other: CaptureReference | Place) -> bool:
    """Whether one capture was written before the other; their clocks may say otherwise."""
    if one.warc is None or other.warc is None:
        return False
    if one.warc == other.warc:
        return (one.offset or 0) < (other.offset or 0)
    then, now = root / one.warc, root / other.warc
    if (serial_of(then) <= serial_of(now)) == (then.name < now.name):
        return then.name < now.name
    there = (root / "warc").glob("*.warc.gz*")
    names = {path.name.removesuffix(OPEN) for path in there if is_ours(path)}
    order = in_order({then, now, *(root / "warc" / name for name in names)})
    return order.index(then) < order.index(now)


def _twin(path: Path, bearers: dict[str, str]) -> str | None:
    """The file listed with these bytes, if any."""
    if not bearers or path.name.endswith(OPEN) or not path.is_file() or path.is_symlink():
        return None
    state = path.stat()
    try:
        return bearers.get(_digest(path, state.st_size, state.st_mtime_ns))
    except DamageError:  # told of where it is read
        return None


@lru_cache(maxsize=64)  # the roll is called several times a run
def _digest(path: Path, _size: int, _mtime: int) -> str:
    return file_digest(path)
