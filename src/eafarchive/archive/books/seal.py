"""The ledger's seal: its SHA-256, in a file beside it, from one orderly close to the next opening.

SQLite sees a flipped bit only where it breaks a page's structure. The seal sees it anywhere. It is
in the format of ``sha256sum``: ``sha256sum -c ledger.sqlite3.sha256``.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Literal

from eafarchive.archive.books.database import REMEDY
from eafarchive.archive.disk.files import OWNER, reading, replace_file, sync_directory, writing
from eafarchive.archive.disk.manifest import file_digest
from eafarchive.errors import DamageError, WriteError

SealState = Literal["whole", "broken", "none"]


def seal_of(path: Path) -> Path:
    """Where the seal of the ledger at ``path`` lies."""
    return path.with_name(f"{path.name}.sha256")


def break_seal(path: Path) -> None:
    """Take the seal off, durably, before the ledger is written to; raises `WriteError`."""
    seal = seal_of(path)
    with writing(seal), contextlib.suppress(FileNotFoundError):
        seal.unlink()
        sync_directory(path.parent)


def put_seal(path: Path) -> None:
    """Seal a ledger that was closed; raises `WriteError`, and `DamageError` if it is unreadable.

    Nothing is sealed while its write-ahead log is still there: another connection reads, and will
    fold it in.
    """
    if path.exists() and not path.with_name(f"{path.name}-wal").exists():
        replace_file(seal_of(path), f"{file_digest(path)}  {path.name}\n".encode())


def check_seal(path: Path) -> SealState:
    """Whether the ledger's bytes are those sealed.

    Raises `DamageError` if they are unreadable, `WriteError` if only others may read them.
    """
    seal = seal_of(path)
    if not (seal.exists() and path.exists()):
        return "none"
    for file in (path, seal):
        if not os.access(file, os.R_OK):
            raise WriteError(f"{file}: cannot use the ledger: permission denied; {OWNER}")
    with reading(seal):
        said = seal.read_bytes()
    return "whole" if said == f"{file_digest(path)}  {path.name}\n".encode() else "broken"


def refuse_broken(path: Path) -> None:
    """Raise `DamageError` if the ledger's bytes were changed since a run sealed them."""
    if check_seal(path) == "broken":
        raise DamageError(
            f"{path}: its bytes are not those sealed at the end of the last run; put it and its"
            f" seal ({seal_of(path).name}) back from a copy, or {REMEDY}"
        )
