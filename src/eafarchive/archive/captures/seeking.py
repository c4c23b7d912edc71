"""Looking through a file for what a record begins with, each octet once."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO

_CHUNK = 1 << 16
_MEMBER = b"\x1f\x8b\x08"
_TRIAL = 1 << 10
"""Octets inflated to see what a gzip member begins with; a record's version line is among them."""


def find_member(file: IO[bytes], start: int, begins: tuple[bytes, ...]) -> int | None:
    """The offset of the next gzip member from ``start`` on whose content begins so."""
    for at in occurrences(file, start, _MEMBER):
        file.seek(at)
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            content = inflate.decompress(file.read(_TRIAL), 64)
        except zlib.error:
            continue
        if content.startswith(begins):
            return at
    return None


def occurrences(file: IO[bytes], start: int, sought: bytes) -> Iterator[int]:
    """The offsets from ``start`` on where these octets stand in the file, gzip'd or not."""
    held, held_at = b"", start
    while True:
        file.seek(held_at + len(held))
        data = file.read(_CHUNK)
        if not data:
            return
        held += data
        at = held.find(sought)
        while at >= 0:
            yield held_at + at
            at = held.find(sought, at + 1)
        kept = held[len(held) - len(sought) + 1 :]
        held_at += len(held) - len(kept)
        held = kept
