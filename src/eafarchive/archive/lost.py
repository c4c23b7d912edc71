"""WARC files that the archive knows of and that are not there."""

from __future__ import annotations

from pathlib import Path

from eafarchive.archive.ledger import Ledger
from eafarchive.archive.manifest import read_manifest
from eafarchive.archive.writer import OPEN


def missing_files(root: Path, ledger: Ledger | None) -> list[str]:
    """The WARC files that manifest or ledger tell of and that are not there, sorted.

    By their paths below the archive. Raises `DamageError` if one of the two cannot be read.
    """
    known = set(read_manifest(root))
    if ledger:
        known |= ledger.files() | ledger.committed().keys()
    return sorted(name for name in known if not is_there(root, name))


def is_there(root: Path, name: str) -> bool:
    """Whether there is a WARC file of that name, closed or being written."""
    return (root / name).exists() or (root / f"{name}{OPEN}").exists()
