"""``manifest-sha256.txt``: the digest of every closed WARC, in BagIt's format (RFC 8493 2.1.3)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from eafarchive.archive.disk.files import reading, replace_file
from eafarchive.errors import DamageError

NAME = "manifest-sha256.txt"

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>.+)")


def read_manifest(root: Path, name: str = NAME) -> dict[str, str]:
    """Path relative to the archive → SHA-256 in lower-case hex; empty if there is no manifest.

    ``name`` is that of another list in the format. Raises `DamageError` for a line that is not.
    """
    try:
        with reading(root / name):
            text = (root / name).read_text("utf-8") if (root / name).exists() else ""
    except UnicodeDecodeError:
        raise DamageError(f"{name}: is not UTF-8 text") from None
    entries: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise DamageError(f"{name}:{number}: not 'digest  path'")
        entries[found["path"]] = found["digest"]
    return entries


def add_to_manifest(root: Path, paths: list[Path]) -> dict[str, str]:
    """The manifest's entries, once it is rewritten, sorted, with the closed files' digests."""
    entries = read_manifest(root)
    for path in paths:
        entries[path.relative_to(root).as_posix()] = file_digest(path)
    write_manifest(root, entries)
    return entries


def write_manifest(root: Path, entries: dict[str, str], name: str = NAME) -> None:
    """Replace the manifest, or another list in its format; raises `WriteError`."""
    lines = (f"{digest}  {path}\n" for path, digest in sorted(entries.items()))
    replace_file(root / name, "".join(lines).encode())


def file_digest(path: Path) -> str:
    """The file's SHA-256 in lower-case hex."""
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
