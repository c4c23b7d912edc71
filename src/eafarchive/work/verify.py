"""Verification: every claim the archive makes about itself, checked against its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eafarchive.archive.holdings import Archive, lock
from eafarchive.archive.index import CaptureRow, index_records
from eafarchive.archive.ledger import Ledger
from eafarchive.archive.manifest import NAME as MANIFEST
from eafarchive.archive.manifest import file_digest, read_manifest
from eafarchive.archive.strict import check_warc
from eafarchive.archive.writer import OPEN
from eafarchive.errors import DamageError
from eafarchive.model import Finding
from eafarchive.record import SOFTWARE, decode_record
from eafarchive.work.derive import derive_records
from eafarchive.work.reading import Reader

_LEDGER = "ledger.sqlite3"
_OWN = {"warc", "records", MANIFEST, *(_LEDGER + end for end in ("", "-wal", "-shm", ".sha256"))}
_REDO = "run 'eafarchive extract'"


def verify(archive: Archive, reader: Reader) -> Iterator[Finding]:
    """What is wrong with the archive: WARC files, manifest, ledger, records, strays.

    Raises `BusyError` while a run is writing to it.
    """
    with lock(archive.root, shared=True):
        seen: dict[str, str] = {}
        for path in archive.warc_files():
            yield from check_warc(path, archive.name_of(path), seen)
            if path.name.endswith(OPEN):
                yield Finding(
                    "warning", archive.name_of(path), "was not closed", "the next crawl closes it"
                )
        yield from _check_manifest(archive)
        yield from _check_ledger(archive)
        yield from _check_records(archive, reader)
        yield from _check_strays(archive)


def _check_manifest(archive: Archive) -> Iterator[Finding]:
    try:
        listed = read_manifest(archive.root)
    except DamageError as error:
        yield Finding("error", MANIFEST, str(error), "put it back from a copy")
        return
    closed = {archive.name_of(p): p for p in archive.warc_files() if not p.name.endswith(OPEN)}
    for name, digest in listed.items():
        if name not in closed:
            yield Finding(
                "error", name, "is in the manifest but missing", "put it back from a copy"
            )
        elif file_digest(closed[name]) != digest:
            yield Finding(
                "error", name, "its SHA-256 is not the manifest's", "put it back from a copy"
            )
    for name in sorted(closed.keys() - listed.keys()):
        yield Finding("warning", name, "is not in the manifest", "the next crawl adds it")


def _check_ledger(archive: Archive) -> Iterator[Finding]:
    name = archive.ledger_path.name
    if not archive.ledger_path.exists():
        yield Finding("error", name, "is missing", "the next crawl makes it again")
        return
    try:
        ledger = archive.ledger()
    except DamageError as error:
        yield Finding("error", name, str(error), "the next crawl makes it again")
        return
    try:
        yield from _compare_index(archive, ledger)
    finally:
        ledger.close()


def _compare_index(archive: Archive, ledger: Ledger) -> Iterator[Finding]:
    unread = {row.place.warc for row in ledger.captures()}
    for path in archive.warc_files():
        warc = archive.name_of(path)
        unread.discard(warc)
        noted = {row.place: row for row in ledger.captures(warc=warc)}
        with path.open("rb") as file:
            for item in index_records(file, warc):
                if isinstance(item, CaptureRow) and noted.pop(item.place, None) != item:
                    yield Finding(
                        "error",
                        f"{warc}@{item.place.offset}",
                        "the ledger says otherwise, or nothing, of this capture",
                        "move the ledger away; the next crawl makes it again",
                    )
        for place in noted:
            yield Finding(
                "error",
                f"{warc}@{place.offset}",
                f"the ledger's capture {place.record_id} is not here",
                "put the WARC file back from a copy",
            )
    for warc in sorted(unread):
        yield Finding("error", warc, "is in the ledger but missing", "put it back from a copy")


def _check_records(archive: Archive, reader: Reader) -> Iterator[Finding]:
    folder = archive.root / "records"
    held = derive_records(archive, reader, lambda _: None)  # damage was reported above
    for file in archive.record_files():
        path = file.relative_to(folder).as_posix()
        derived = held.pop(path, None)
        where = f"records/{path}"
        if derived is None:
            yield Finding("error", where, "no capture gives this record", _REDO)
            continue
        data = file.read_bytes()
        if data == derived.data:
            continue
        try:
            made_by = decode_record(data, where).extraction
        except DamageError as error:
            yield Finding("error", where, str(error), _REDO)
            continue
        now = decode_record(derived.data, where).extraction
        if (made_by.software, made_by.profile_digest) != (now.software, now.profile_digest):
            what = f"was extracted by {made_by.software} or another profile, this is {SOFTWARE}"
            yield Finding("warning", where, what, _REDO)
        else:
            yield Finding("error", where, "is not what its capture gives", _REDO)
    for path in sorted(held):
        yield Finding("error", f"records/{path}", "is missing", _REDO)


def _check_strays(archive: Archive) -> Iterator[Finding]:
    for path in sorted(archive.root.iterdir()):
        if path.name not in _OWN and not path.name.startswith("ledger.sqlite3.version-"):
            yield _stray(path, archive.root)
    for path in sorted((archive.root / "warc").iterdir()):
        if ".warc.gz.torn-" in path.name:
            where = path.relative_to(archive.root).as_posix()
            yield Finding(
                "warning",
                where,
                "was cut off after a crash",
                "keep it, or delete it once looked at",
            )
        elif not path.name.endswith((".warc.gz", f".warc.gz{OPEN}")):
            yield _stray(path, archive.root)
    for path in sorted((archive.root / "records").rglob("*")):
        if path.is_symlink() or (path.is_file() and path.suffix != ".json"):
            yield _stray(path, archive.root)


def _stray(path: Path, root: Path) -> Finding:
    where = path.relative_to(root).as_posix()
    return Finding("warning", where, "belongs to nothing in this archive", "move it away")
