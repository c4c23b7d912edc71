"""Which files in ``warc/`` are the archive's, and which are strays that it has no use for.

Its own are those that the manifest lists, and those named as we name them, of another machine too.
A copy under a name of its own (a backup, what a sync left) is none: in the index it would stand for
the original. Nor is one under a name of ours, if it holds what another file is listed with.
"""

from __future__ import annotations

import contextlib
from functools import lru_cache
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
    own.sort(key=lambda path: (serial_of(path), path.name))
    return Roster(own, strays)


def is_before(one: CaptureReference | Place, other: CaptureReference) -> bool:
    """Whether one capture was written before the other; their clocks may say otherwise."""
    if one.warc is None or other.warc is None:
        return False
    files = [Path(one.warc), Path(other.warc)]
    then, now = ((serial_of(path), path.name) for path in files)
    return (then, one.offset or 0) < (now, other.offset or 0)


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
