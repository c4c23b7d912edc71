"""Writing files so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from eafarchive.errors import DamageError, WriteError

OWNER = "run this as the archive's owner"


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """A context in which a failed system call becomes a `WriteError` that names ``path``."""
    try:
        yield
    except OSError as error:
        raise WriteError(f"{path}: cannot write: {error.strerror or error}") from error


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """A context in which a failed system call becomes a `DamageError` that names ``path``."""
    try:
        yield
    except PermissionError as error:
        raise DamageError(f"{path}: cannot be read: permission denied; {OWNER}") from error
    except OSError as error:
        raise DamageError(f"{path}: cannot be read: {error.strerror or error}") from error


def replace_file(path: Path, data: bytes, within: Path | None = None) -> None:
    """Make ``data`` the content of ``path``, as `replacing` does."""
    with replacing(path, within) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path, within: Path | None = None) -> Iterator[BinaryIO]:
    """A new file written beside ``path``, which is synced and renamed over it at the end.

    The name beside is fixed, and never followed if it is a symlink: a crash leaves at most one such
    file, which the next write replaces. ``within`` as for `make_directory`. Raises `WriteError`,
    also where ``path`` is, or leads to, a directory, device or pipe; ``path`` is then as it was.
    """
    if not path.name:  # as of . and /
        raise WriteError(f"{path}: cannot write: Is a directory")
    beside = path.with_name(f".{path.name[:200]}.new")
    make_directory(path.parent, within)
    with writing(path):
        mode = _mode(path, follow=True)
        if mode and not stat.S_ISREG(mode):
            what = "Is a directory" if stat.S_ISDIR(mode) else "not a regular file"
            raise WriteError(f"{path}: cannot write: {what}")
    try:
        with writing(path):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            try:
                descriptor = os.open(beside, flags, 0o644)
            except FileExistsError:
                beside.unlink()
                descriptor = os.open(beside, flags, 0o644)
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(descriptor)
            beside.rename(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def make_directory(path: Path, within: Path | None = None) -> None:
    """Make the directory and its parents, if they are not there; raises `WriteError`.

    Between ``within``, which is trusted, and ``path`` no symbolic link is followed. A directory
    made outlives a power cut.
    """
    missing: list[Path] = []
    is_made, is_trusted = False, within is None
    with writing(path):
        for folder in itertools.chain((path,), path.parents):
            is_trusted = is_trusted or folder == within
            mode = _mode(folder, follow=is_trusted)
            is_made = is_made or (folder is path and stat.S_ISDIR(mode))
            if not mode:
                missing.append(folder)
            elif is_trusted:
                break
            elif stat.S_ISLNK(mode):
                refuse_link(folder)
        if not is_made:
            path.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        sync_directory(folder.parent)


def sync_directory(path: Path) -> None:
    """Make renames and new names in the directory durable; raises `WriteError`."""
    with writing(path):
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode(path: Path, *, follow: bool) -> int:
    """The mode of what is at the path; zero if nothing is."""
    try:
        return path.stat(follow_symlinks=follow).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def refuse_link(path: Path) -> None:
    """Raise `WriteError` if the path is a symbolic link: nothing is written through one."""
    if path.is_symlink():
        raise WriteError(f"{path}: is a symbolic link, which is not followed; move it away")


def refuse_irregular(path: Path) -> None:
    """Raise `WriteError` if there is something at the path that is no regular file."""
    refuse_link(path)
    with writing(path), contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise WriteError(f"{path}: is no regular file; move it away")
