"""What the last run left behind, mended before the next one writes.

Every ``.open`` file is scanned from its last acknowledged byte: whole records that the ledger does
not know are adopted, a torn tail is cut off and kept beside as ``….torn-<offset>``, and the file is
closed. Closed files that the ledger does not know (an older one was put back, or none) are indexed.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from eafarchive.archive.books.fixity import Note
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow, index_records, index_whole
from eafarchive.archive.captures.members import CHUNK, Torn
from eafarchive.archive.captures.writer import OPEN, finish
from eafarchive.archive.directory.lost import read_lost, take_back
from eafarchive.archive.directory.roster import call_roll
from eafarchive.archive.disk.files import (
    reading,
    refuse_irregular,
    replacing,
    sync_directory,
    writing,
)
from eafarchive.archive.disk.manifest import add_to_manifest, file_digest, read_manifest
from eafarchive.errors import DamageError


class Mended(NamedTuple):
    """One line on what was done, and whether a WARC file turned out to be damaged or changed."""

    line: str
    is_damaged: bool = False


def recover(root: Path, ledger: Ledger, stop: threading.Event | None = None) -> list[Mended]:
    """What was mended; empty after a clean end. ``stop`` ends it early: before the next file.

    Needs the archive's lock. Raises `DamageError`, before anything is changed, when a file holds
    less than was acknowledged; `WriteError` when the disk refuses.
    """
    committed = ledger.committed()
    own = call_roll(root).own
    left_open = [path for path in own if path.name.endswith(OPEN)]
    for path in own:
        refuse_irregular(path)
        size, needed = path.stat().st_size, committed.get(_name(path, root), 0)
        if size < needed:
            raise DamageError(
                f"{path}: holds {size} bytes, {needed} were acknowledged; put the file back from"
                " a copy"
            )
    stop = stop or threading.Event()
    mended = [
        # They were written before: the index keeps that order.
        *_index_unknown([p for p in own if p not in left_open], root, ledger, stop),
        *(
            line
            for path in left_open
            if not stop.is_set()
            for line in _mend(path, root, ledger, committed.get(_name(path, root), 0))
        ),
        *(() if stop.is_set() else _complete_manifest(root, ledger)),
    ]
    ledger.put_in_order([_name(path, root) for path in own])
    return mended


def _mend(path: Path, root: Path, ledger: Ledger, committed: int) -> Iterator[Mended]:
    name = _name(path, root)
    rows: list[CaptureRow] = []
    tail: Torn | None = None
    with reading(path), path.open("rb") as file:
        for item in index_records(file, name, committed):
            if isinstance(item, CaptureRow):
                rows.append(item)
            elif isinstance(item, Torn):
                tail = item
            else:
                raise DamageError(f"{path}@{item.offset}: {item.reason}; move the file away")
    if tail:
        yield Mended(_cut(path, tail))
    if path.stat().st_size == 0:
        with writing(path):
            path.unlink()
        sync_directory(path.parent)
        return
    ledger.add_captures(rows)
    finish(path)
    ledger.add_file(name)
    line = f"{name}: closed after an interrupted run; {len(rows)} captures taken into the ledger"
    yield Mended(line)


def _cut(path: Path, tail: Torn) -> str:
    kept = path.with_name(f"{path.name.removesuffix(OPEN)}.torn-{tail.offset}")
    with writing(path), path.open("r+b") as file:
        file.seek(tail.offset)
        with replacing(kept) as beside:
            shutil.copyfileobj(file, beside, CHUNK)
        sync_directory(path.parent)
        length = file.tell() - tail.offset
        file.truncate(tail.offset)
        os.fsync(file.fileno())
    return f"{path.name}: {length} bytes of an unfinished record cut off, kept as {kept.name}"


def _index_unknown(
    closed: list[Path], root: Path, ledger: Ledger, stop: threading.Event
) -> Iterator[Mended]:
    known = ledger.files()
    for path in closed:
        name = _name(path, root)
        if stop.is_set():
            return
        if name in known:
            continue
        with reading(path), path.open("rb") as file:
            items = list(index_whole(file, name))
        rows = [item for item in items if isinstance(item, CaptureRow)]
        ledger.add_captures(rows)
        ledger.add_file(name)
        line = f"{name}: was not in the ledger; {len(rows)} captures taken in"
        is_damaged = len(rows) < len(items)
        line += "; it is damaged: run 'eafarchive verify'" if is_damaged else ""
        yield Mended(line, is_damaged)


def _complete_manifest(root: Path, ledger: Ledger) -> Iterator[Mended]:
    """Closed files that were never listed are; never one that has changed since it was closed."""
    listed, lost, notes = read_manifest(root), read_lost(root), ledger.fixity.all()
    missing = []
    for path in call_roll(root).own:
        name = _name(path, root)
        if name in listed:
            continue
        noted = notes.get(name, Note()).measure
        told = lost.get(name) or (noted.sha256 if noted else None)
        if told and told != file_digest(path):
            line = f"{name}: has changed since it was closed; run 'eafarchive verify'"
            yield Mended(line, is_damaged=True)
        else:
            missing.append(path)
    if missing:
        take_back(root, add_to_manifest(root, missing))
        yield Mended(f"manifest: {len(missing)} closed files added")


def _name(path: Path, root: Path) -> str:
    """The path below the archive that the file has once it is closed."""
    return path.relative_to(root).as_posix().removesuffix(OPEN)
