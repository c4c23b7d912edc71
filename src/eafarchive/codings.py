"""Content codings undone, with a cap that holds while decoding (RFC 9110 section 8.4)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Generator, Iterator

import brotlicffi
import msgspec
import zstandard

_PIECE = 1 << 16
_FIRST_PIECE = 1 << 8
_ZSTD_PIECE = 256
"""Octets fed at once: a block of three gives at most 128 KiB (RFC 8878 section 3.1.1.2)."""
_ZSTD_WINDOW = 1 << 23
"""Octets of the largest window a sender may ask us to keep (RFC 9659)."""


class Decoded(msgspec.Struct, frozen=True):
    """A payload without its content coding; ``problem`` says why it is not whole."""

    data: bytes
    problem: str | None = None


class _Damaged(Exception):  # noqa: N818 - what was decoded before is kept
    """The payload is not what its coding says; the text says how."""


def decode(payload: bytes, content_encoding: str | None, limit: int) -> Decoded:
    """The payload without its content coding, at most ``limit`` octets of it.

    One coding is undone (gzip in any number of members, deflate, br, zstd); several on top of each
    other are refused: they only serve to harm the reader. A payload that is cut, damaged, or
    followed by other octets gives what could be read, and a problem.
    """
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    codings = [name for name in names if name not in {"", "identity"}]
    if not codings:
        over = len(payload) > limit
        return Decoded(payload[:limit], f"over {limit} bytes" if over else None)
    if len(codings) > 1:
        return Decoded(b"", f"{len(codings)} content codings on top of each other")
    decoder = _DECODERS.get(codings[0])
    if decoder is None:
        return Decoded(b"", f"unknown content coding {codings[0][:40]!r}")
    if not payload:
        return Decoded(b"")
    data = io.BytesIO()
    problem = None
    try:
        for piece in decoder(payload):
            data.write(piece)
            if data.tell() > limit:
                data.truncate(limit)
                problem = f"over {limit} bytes once decoded"
                break
    except _Damaged as error:
        problem = str(error)
    return Decoded(data.getvalue(), problem)


def _gunzip(payload: bytes) -> Iterator[bytes]:
    """All members (RFC 1952 section 2.2), and zeros to fill up with."""
    start = 0
    while start < len(payload):
        if not payload.startswith(b"\x1f\x8b", start):
            if start == 0:
                raise _Damaged("not gzip")
            if payload.count(0, start) < len(payload) - start:
                raise _Damaged(f"{len(payload) - start} bytes after the gzip data")
            return
        start = yield from _inflate(payload, start, zlib.MAX_WBITS | 16, "gzip")


def _inflate_either(payload: bytes) -> Iterator[bytes]:
    """Deflate as the standard says, in zlib's wrapping, or as some send it, without."""
    wrapped = len(payload) > 1 and payload[0] & 15 == 8 and (payload[0] << 8 | payload[1]) % 31 == 0
    end = yield from _inflate(payload, 0, zlib.MAX_WBITS * (1 if wrapped else -1), "deflate")
    if end < len(payload):
        raise _Damaged(f"{len(payload) - end} bytes after the deflate data")


def _inflate(
    payload: bytes, start: int, window_bits: int, name: str
) -> Generator[bytes, None, int]:
    """The pieces of the stream that begins at ``start``; returns where it ends."""
    inflate = zlib.decompressobj(window_bits)
    view = memoryview(payload)
    # What is fed beyond the end is copied: little at first, as a hostile payload may be of members
    # of twenty octets each.
    step = _FIRST_PIECE
    while not inflate.eof:
        feed: bytes | memoryview = inflate.unconsumed_tail
        if not feed:
            feed = view[start : start + step]
            start += len(feed)
            step = min(2 * step, _PIECE)
        if not feed:
            raise _Damaged(f"cut off inside the {name} data")
        before = inflate.copy()
        try:
            piece = inflate.decompress(feed, _PIECE)
        except zlib.error as error:
            yield from _until_damage(before, feed)
            raise _Damaged(f"damaged {name} data: {error}") from None
        yield piece
    return start - len(inflate.unused_data)


def _until_damage(inflate: zlib._Decompress, feed: bytes | memoryview) -> Iterator[bytes]:
    """What can be read of a feed that is damaged further on."""
    for at in range(len(feed)):
        try:
            yield inflate.decompress(feed[at : at + 1])
        except zlib.error:
            return


def _brotli(payload: bytes) -> Iterator[bytes]:
    """The one stream (RFC 7932), which nothing may follow."""
    decompressor = brotlicffi.Decompressor()
    start = given = 0
    try:
        for start in range(0, len(payload), _PIECE):
            for piece in _unbrotli(decompressor, payload[start : start + _PIECE], _PIECE):
                given += len(piece)
                yield piece
    except brotlicffi.error:  # and what that call had made is gone
        yield from _brotli_again(payload, start, given)
    if not decompressor.is_finished():
        raise _Damaged("cut off inside the br data")


def _brotli_again(payload: bytes, start: int, given: int) -> Iterator[bytes]:
    """What a stream holds beyond ``given`` octets, where the feed at ``start`` is not all of it.

    That feed is taken octet by octet, up to the stream's end or the damage. Raises `_Damaged`.
    """
    decompressor = brotlicffi.Decompressor()
    feeds = [payload[at : min(at + _PIECE, start)] for at in range(0, start, _PIECE)]
    feeds += [payload[at : at + 1] for at in range(start, len(payload))]
    left = len(payload)
    try:
        for feed in feeds:
            for piece in _unbrotli(decompressor, feed, _FIRST_PIECE if len(feed) == 1 else _PIECE):
                yield piece[given:]
                given = max(0, given - len(piece))
            left -= len(feed)
            if decompressor.is_finished():
                break
    except brotlicffi.error as error:
        raise _Damaged(f"damaged br data: {_text(error)}") from None
    raise _Damaged(f"{left} bytes after the br data")


def _unbrotli(stream: brotlicffi.Decompressor, feed: bytes, most: int) -> Iterator[bytes]:
    """What a feed makes, in pieces of at most ``most`` octets."""
    yield stream.process(feed, output_buffer_limit=most)
    while not stream.can_accept_more_data():
        yield stream.process(b"", output_buffer_limit=most)


def _text(error: Exception) -> str:
    """The error's text, which the library gives as bytes at times."""
    said = error.args[0] if error.args else ""
    return said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)


def _zstd(payload: bytes) -> Iterator[bytes]:
    """All frames (RFC 8878 section 3.1); fed in pieces that cannot grow beyond some megabytes."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    view = memoryview(payload)
    rest = b""
    try:
        while view or rest:
            frame = decompressor.decompressobj()
            while not frame.eof:
                feed: bytes | memoryview = rest
                if not feed:
                    feed, view = view[:_ZSTD_PIECE], view[_ZSTD_PIECE:]
                if not feed:
                    raise _Damaged("cut off inside the zstd data")
                rest = b""
                yield frame.decompress(feed)
            rest = frame.unused_data
    except zstandard.ZstdError as error:
        raise _Damaged(f"damaged zstd data: {error}") from None


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate_either,
    "br": _brotli,
    "zstd": _zstd,
}
