"""Small cuts at a good WARC file: one thing wrong, and all else as it was."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from eafarchive import http1
from eafarchive.archive.captures.members import WarcRecord, read_members

END = b"\r\n\r\n"


def spans(content: bytes) -> list[tuple[str, int, int]]:
    """The type, the offset and the length of each record of a good file."""
    found = list(read_members(io.BytesIO(content)))
    assert all(isinstance(record, WarcRecord) for record in found)
    return [(record.kind, record.offset, record.length) for record in found]


def unpack(member: bytes) -> bytes:
    return zlib.decompress(member, zlib.MAX_WBITS | 16)


def pack(record: bytes, like: bytes) -> bytes:
    """The record as a gzip member whose header is that of another one."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = deflate.compress(record) + deflate.flush()
    return like[:10] + body + struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)


def nth(content: bytes, kind: str, number: int = 0) -> tuple[int, int]:
    """The offset and the length of the n-th record of a type, counted from 0."""
    return [(at, length) for name, at, length in spans(content) if name == kind][number]


def on_record(
    kind: str, change: Callable[[bytes], bytes], number: int = 0
) -> Callable[[bytes], bytes]:
    """What changes one record of a file, header and block and end, within its gzip member."""

    def cut(content: bytes) -> bytes:
        at, length = nth(content, kind, number)
        member = content[at : at + length]
        changed = change(unpack(member))
        assert changed != unpack(member)
        return content[:at] + pack(changed, member) + content[at + length :]

    return cut


def on_member(
    kind: str, change: Callable[[bytes], bytes], number: int = 0
) -> Callable[[bytes], bytes]:
    """What changes the stored bytes of one record's gzip member."""

    def cut(content: bytes) -> bytes:
        at, length = nth(content, kind, number)
        return content[:at] + change(content[at : at + length]) + content[at + length :]

    return cut


def put(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """What puts one piece of text in place of another, which is there once."""

    def change(record: bytes) -> bytes:
        assert old in record
        return record.replace(old, new, 1)

    return change


def without(name: bytes) -> Callable[[bytes], bytes]:
    """What takes a named field away."""
    return with_field(name, None)


def with_field(name: bytes, value: bytes | None) -> Callable[[bytes], bytes]:
    """What gives a named field another value, or takes it away, or adds it at the end."""

    def change(record: bytes) -> bytes:
        head, _, rest = record.partition(END)
        lines = head.split(b"\r\n")
        kept = [line for line in lines if not line.lower().startswith(name.lower() + b":")]
        if value is not None:
            kept.append(name + b": " + value)
        return b"\r\n".join(kept) + END + rest

    return change


def with_block(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """What changes a record's block and makes its length and block digest true again."""

    def changed(record: bytes) -> bytes:
        head, _, rest = record.partition(END)
        block = change(rest[: -len(END)])
        record = head + END + block + END
        record = with_field(b"Content-Length", b"%d" % len(block))(record)
        return with_field(b"WARC-Block-Digest", http1.digest(block).encode())(record)

    return changed


def flip(content: bytes, at: int, bit: int = 0) -> bytes:
    """The bytes with one bit the other way."""
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
