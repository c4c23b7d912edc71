"""Where a record lies: file names made of a key's harmless characters, and of its digest."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

_GOOD = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that are devices, not files, on Windows, with any extension."""
_DIGEST_LIKE = re.compile(r".*-[0-9a-f]{16}")
_OTHER = re.compile(r"[^a-z0-9]+")
_MAX_SEGMENT = 190
_MAX_PATH = 1000


@lru_cache(maxsize=256)  # a record is looked for, compared and written
def record_path(key: str) -> str:
    """The relative path of a key's record: ``<host>/<yyyy>/<mm>/<dd>/<slug>.json`` and the like.

    Every segment is ``[a-z0-9._-]`` and at most 200 octets, the whole at most 1000. The key's own
    segments are used as far as they are harmless; a key with any other segment ends in its first
    16 hexadecimal digits of SHA-256 instead, so that two keys never share a path, on a file system
    that folds case or normalises Unicode either. The colon before a port becomes ``_``.
    """
    host, *segments = key.split("/")
    folder = _host_folder(host)
    plain = "/".join((folder, *segments)) + ".json"
    if segments and len(plain) <= _MAX_PATH and all(map(_is_good, segments)):
        return plain
    kept: list[str] = []
    for segment in segments[:-1]:
        if not _is_good(segment):
            break
        kept.append(segment)
    last = _hashed(segments[-1] if segments else "index", key)
    path = "/".join((folder, *kept, last)) + ".json"
    return path if len(path) <= _MAX_PATH else f"{folder}/{last}.json"


def _is_good(segment: str) -> bool:
    """Whether the segment may stand in a path as it is: alone in meaning what it says."""
    return (
        len(segment) <= _MAX_SEGMENT
        and _GOOD.fullmatch(segment) is not None
        and not _RESERVED.fullmatch(segment)
        and not _DIGEST_LIKE.fullmatch(segment)
        # A directory called like a file of ours would stand in that file's way.
        and not segment.endswith(".json")
    )


def _host_folder(host: str) -> str:
    name, colon, port = host.partition(":")
    folder = f"{name}_{port}" if colon else name
    return folder if "_" not in name and _is_good(folder) else _hashed(host, host)


def _hashed(segment: str, key: str) -> str:
    stem = _OTHER.sub("-", segment.lower()[:_MAX_SEGMENT])[:100].strip("-") or "x"
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{stem}-{digest[:16]}"
