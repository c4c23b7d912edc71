"""Two copies of one archive, told apart by the digests of their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.disk.manifest import NAME as MANIFEST
from eafarchive.archive.disk.manifest import file_digest
from eafarchive.errors import ConfigError
from eafarchive.model import Finding
from eafarchive.work.records.notices import NOTICES


def compare(archive: Archive, copy: Archive) -> Iterator[Finding]:
    """What differs between an archive and a copy of it: WARC files, records, manifest, by path.

    Every file is hashed as it lies there; no digest is taken from a manifest. The ledgers are not
    compared: each remembers when its own copy was verified. Raises `DamageError` for a file that
    cannot be read, `ConfigError` if the copy is the archive itself.
    """
    if archive.root.samefile(copy.root):
        raise ConfigError(f"{copy.root}: is the archive itself; name its copy")
    here, there = _files(archive), _files(copy)
    for name in sorted(here.keys() | there.keys()):
        if name not in there:
            yield Finding("error", name, "is missing in the copy", "copy it there")
        elif name not in here:
            yield Finding(
                "error", name, "is in the copy only", "copy it back, or see why it is gone"
            )
        elif _differ(here[name], there[name]):
            action = "verify both, and replace the one that is damaged or older"
            yield Finding("error", name, "differs in the copy", action)


def _files(archive: Archive) -> dict[str, Path]:
    """Path below the archive → file, but for the ledger and its company."""
    lists = (archive.root / name for name in (MANIFEST, NOTICES))
    files = [*archive.warc_files(), *archive.record_files(), *filter(Path.is_file, lists)]
    return {path.relative_to(archive.root).as_posix(): path for path in files}


def _differ(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return True
    return file_digest(one) != file_digest(other)
