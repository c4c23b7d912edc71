"""``manifest-sha256.txt``: the digest of every closed WARC, in BagIt's format (RFC 8493 2.1.3)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from eafarchive.archive.files import reading, replace_file
from eafarchive.errors import DamageError

NAME = "manifest-sha256.txt"

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>.+)")


def read_manifest(root: Path) -> dict[str, str]:
    """Path relative to the archive → SHA-256 in lower-case hex; empty if there is no manifest.

    Raises `DamageError` for a line that is not of the format.
    """
    try:
        with reading(root / NAME):
            text = (root / NAME).read_text("utf-8") if (root / NAME).exists() else ""
    except UnicodeDecodeError:
        raise DamageError(f"{NAME}: is not UTF-8 text") from None
    entries: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise DamageError(f"{NAME}:{number}: not 'digest  path'")
        entries[found["path"]] = found["digest"]
    return entries


def add_to_manifest(root: Path, paths: list[Path]) -> dict[str, str]:
    """The manifest's entries, once it is rewritten, sorted, with the closed files' digests."""
    entries = read_manifest(root)
    for path in paths:
        entries[path.relative_to(root).as_posix()] = file_digest(path)
    lines = (f"{digest}  {path}\n" for path, digest in sorted(entries.items()))
    replace_file(root / NAME, "".join(lines).encode())
    return entries


def file_digest(path: Path) -> str:
    """The file's SHA-256 in lower-case hex."""
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
