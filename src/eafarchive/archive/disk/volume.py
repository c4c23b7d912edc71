"""The file system that an archive lies on: whether its locks hold, what is free, who may write."""

from __future__ import annotations

import fcntl
import os
import re
import stat
from pathlib import Path

from eafarchive.archive.disk.files import writing
from eafarchive.errors import ConfigError, WriteError

GIB = 1 << 30
_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"nfs4?|cifs|smb3?|smbfs|ncpfs|afs|fuse\.(sshfs|davfs2?|rclone|s3fs|gcsfuse|.*smb.*)"
)
"""Types whose locks, or whose shared memory that SQLite's log needs, fail between machines."""


def check_volume(root: Path, *, allow_network: bool) -> list[str]:
    """What should be known of the place, a line each, once it is fit for an archive.

    Call it with the archive's lock held. Raises `ConfigError` for a network file system, unless it
    is allowed, and for one whose locks keep nobody out.
    """
    kind = file_system(root)
    concerns = []
    if _NETWORK.fullmatch(kind):
        if not allow_network:
            raise ConfigError(
                f"{root}: lies on a network file system ({kind}), where locks and SQLite's log are"
                " not to be relied on; use a local disk, or set $.archive.allow_network_filesystem"
            )
        concerns.append(f"{root}: lies on a network file system ({kind}), as allowed")
    if not _locks_hold(root):
        raise ConfigError(f"{root}: this file system's locks keep nobody out; use a local disk")
    mode = root.stat().st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        concerns.append(
            f"{root}: others may write here (mode {stat.S_IMODE(mode):04o}); 'chmod go-w' keeps the"
            " archive yours"
        )
    return concerns


def file_system(path: Path) -> str:
    """The type of the file system that holds ``path``, as the kernel calls it; empty if unknown."""
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    where = path.resolve()
    found: tuple[int, str] = (0, "")
    for line in lines:
        mount, _, device = line.partition(" - ")
        # The fifth field is the mount point; white space and backslashes in it are octal escapes.
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mount.split(" ")[4])
        if where.is_relative_to(point) and len(point) >= found[0]:  # the last one covers the others
            found = len(point), device.split(" ", 1)[0]
    return found[1]


def check_room(root: Path, needed: int, min_free: int | None) -> None:
    """Raise `WriteError` if writing ``needed`` bytes would leave less free than must stay.

    ``min_free`` in bytes; ``None``: 2 GiB or 5 % of the file system, whichever is less; 0: nothing
    is checked.
    """
    if min_free == 0:
        return
    with writing(root):
        held = os.statvfs(root)
    floor = min(2 * GIB, held.f_blocks * held.f_frsize // 20) if min_free is None else min_free
    free = held.f_bavail * held.f_frsize
    if free - needed < floor:
        raise WriteError(
            f"{root}: {free:,} bytes are free; to write {needed:,} more would leave less than the"
            f" {floor:,} that must stay free ($.archive.min_free_bytes); make room, the next crawl"
            " goes on from here"
        )


def _locks_hold(root: Path) -> bool:
    """Whether a second lock on the directory, which is locked already, is refused."""
    with writing(root):
        second = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(second)
