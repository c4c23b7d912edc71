"""A damaged WARC file read on past its damage: whole members wherever they lie, and the gaps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from eafarchive.archive.captures.members import Malformed, Torn, WarcRecord, read_members
from eafarchive.archive.captures.seeking import find_member
from eafarchive.archive.disk.files import reading, replacing, writing
from eafarchive.errors import WriteError

_OPENINGS = (b"WARC/1.",)


class Gap(msgspec.Struct, frozen=True):
    """Bytes that are no whole gzip member, and why."""

    offset: int
    length: int
    reason: str


class Salvaged(msgspec.Struct, frozen=True):
    """What `salvage` copied out of a file, and what it could not."""

    copy: Path
    records: int
    bytes: int
    gaps: tuple[Gap | Malformed, ...]


def read_on(file: BinaryIO) -> Iterator[WarcRecord | Malformed | Gap]:
    """The records of the file in order; after a `Gap`, from the next member that begins one.

    Linear in the file: each byte is looked at once as a possible beginning.
    """
    size = file.seek(0, os.SEEK_END)
    offset = 0
    while offset < size:
        torn = None
        for item in read_members(file, offset):
            if isinstance(item, Torn):
                torn = item
            else:
                yield item
        if torn is None:
            return
        begins = find_member(file, torn.offset + 1, _OPENINGS)
        offset = size if begins is None else begins
        yield Gap(torn.offset, offset - torn.offset, torn.reason)


def salvage(path: Path, folder: Path) -> Salvaged:
    """Copy every whole record of the file, as stored, to a file of its name in ``folder``.

    The original is only read, and the copy is whole or not there. Raises `DamageError` if the file
    cannot be read, and `WriteError`, also if there is a file of that name.
    """
    copy = folder / path.name.removesuffix(".open")
    if os.path.lexists(copy):
        raise WriteError(f"{copy}: File exists; move it away, or name another folder")
    gaps: list[Gap | Malformed] = []
    records = copied = 0
    with replacing(copy) as out, reading(path), path.open("rb") as file, path.open("rb") as raw:
        for item in read_on(file):
            if not isinstance(item, WarcRecord):
                gaps.append(item)
                continue
            raw.seek(item.offset)
            data = raw.read(item.length)
            with writing(copy):
                out.write(data)
            records, copied = records + 1, copied + item.length
    return Salvaged(copy, records, copied, tuple(gaps))
