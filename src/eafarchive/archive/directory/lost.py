"""WARC files that the archive knows of and that are not there: missing, or given up as lost.

A file that is missing stops every crawl: what is written would refer to what is not there. One that
cannot be had again is given up: its line goes from the manifest to ``lost-sha256.txt``, in the same
format, and comes back with the file.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from eafarchive.archive.books.ledger import FILE_NAME, Ledger
from eafarchive.archive.captures.writer import OPEN
from eafarchive.archive.disk.files import sync_directory, writing
from eafarchive.archive.disk.manifest import read_manifest, write_manifest
from eafarchive.errors import DamageError, EafarchiveError

LOST = "lost-sha256.txt"
REMEDY = "put it back from a copy; if there is none, 'eafarchive rebuild' gives it up as lost"

GIVEN_UP = "was given up as lost"
ONCE_FOUND = "put it back if a copy turns up"


def missing_files(root: Path, ledger: Ledger | None) -> list[str]:
    """The WARC files that manifest or ledger tell of and that are not there, sorted.

    By their paths below the archive. Raises `DamageError` if one of the two cannot be read.
    """
    known = set(read_manifest(root))
    if ledger:
        known |= ledger.files() | ledger.committed().keys()
    return sorted(name for name in known if not is_there(root, name))


def missing_now(root: Path) -> list[str]:
    """As `missing_files`, for who only looks: what cannot be read tells, and raises, nothing."""
    with contextlib.ExitStack() as stack, contextlib.suppress(DamageError):
        ledger = None
        with contextlib.suppress(EafarchiveError):  # the manifest does without
            ledger = Ledger(root / FILE_NAME, read_only=True)
            stack.callback(ledger.close)
        return missing_files(root, ledger)
    return []


def is_there(root: Path, name: str) -> bool:
    """Whether there is a WARC file of that name, closed or being written."""
    return (root / f"{name}{OPEN}").exists() or (root / name).exists()  # it may be closed just now


def refuse_missing(root: Path, ledger: Ledger) -> None:
    """Raise `DamageError` that names a WARC file that is not there, if any is."""
    if missing := missing_files(root, ledger):
        raise DamageError(missing_line(root, missing))


def missing_line(root: Path, names: Sequence[str]) -> str:
    """What is told of WARC files that are not there, one or more, and what to do."""
    more = f", and {len(names) - 1} more are" * (len(names) > 1)
    return f"{root / names[0]}: is missing{more}; {REMEDY}"


def read_lost(root: Path) -> dict[str, str]:
    """The files given up: path below the archive → SHA-256. Raises `DamageError`."""
    return read_manifest(root, LOST)


def noted_files(path: Path, beside: Path) -> dict[str, str]:
    """The WARC files that the ledger at ``path`` tells of, and their SHA-256, empty if not known.

    A copy is read, which is left ``beside``, so that the ledger stays as it is, and its log; one
    that cannot be read tells of none.
    """
    told: dict[str, str] = {}
    with contextlib.suppress(EafarchiveError, OSError):
        shutil.copy(path, beside)
        with contextlib.suppress(FileNotFoundError):
            shutil.copy(f"{path}-wal", f"{beside}-wal")
        with contextlib.closing(Ledger(beside, read_only=True)) as ledger:
            told = dict.fromkeys(ledger.files() | ledger.committed().keys(), "")
            notes = ledger.fixity.all().items()
            told |= {name: note.measure.sha256 for name, note in notes if note.measure}
    return told


def give_up(root: Path, noted: dict[str, str]) -> dict[str, str]:
    """The files not there that the manifest tells of, or ``noted`` does, with what is left of them.

    They are given up now, each under its SHA-256, if that is known. Raises `WriteError`.
    """
    listed, lost = read_manifest(root), read_lost(root)
    told = noted | listed
    gone = {name: told[name] for name in sorted(told) if not is_there(root, name)}
    known = {name: digest for name, digest in gone.items() if digest}
    if known:
        write_manifest(root, known | lost | {n: listed[n] for n in gone if n in listed}, LOST)
        write_manifest(root, {n: digest for n, digest in listed.items() if n not in gone})
    return gone


def take_back(root: Path, names: Collection[str]) -> None:
    """Strike files off the list of those given up, once the manifest has them again."""
    lost = read_lost(root)
    left = {name: digest for name, digest in lost.items() if name not in names}
    if left:
        write_manifest(root, left, LOST)
    elif lost:
        with writing(root / LOST):
            (root / LOST).unlink()
        sync_directory(root)
