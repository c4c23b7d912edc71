"""Digests as WARC files write them: several algorithms, two alphabets (WARC/1.1 section 5.8)."""

from __future__ import annotations

import base64
import hashlib

_KNOWN = frozenset(("md5", "sha1", "sha256", "sha512"))


def hasher_like(stated: str) -> hashlib._Hash | None:
    """A new hasher of the algorithm that a stated digest names; ``None`` for one not known."""
    name = stated.partition(":")[0].strip().lower().replace("-", "")
    return hashlib.new(name, usedforsecurity=False) if name in _KNOWN else None


def spelled_like(hasher: hashlib._Hash, stated: str) -> str:
    """The hasher's digest with the label, and in the alphabet, of a stated one."""
    label, _, value = stated.partition(":")
    if len(value.strip()) == 2 * hasher.digest_size:
        written = hasher.hexdigest()
    else:
        written = base64.b32encode(hasher.digest()).decode().rstrip("=")
    return f"{label.strip()}:{written}"


def digest_like(data: bytes, stated: str) -> str | None:
    """The digest of the data as a stated one is spelled; ``None`` for an algorithm not known."""
    hasher = hasher_like(stated)
    if hasher is None:
        return None
    hasher.update(data)
    return spelled_like(hasher, stated)


def is_same_digest(one: str, other: str) -> bool:
    """Whether two spellings mean the same digest."""
    return plain_digest(one) == plain_digest(other)


def plain_digest(digest: str) -> str:
    """The digest in the one spelling by which it is known."""
    return digest.replace(" ", "").lower().rstrip("=")
