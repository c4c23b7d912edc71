"""Content codings undone, with a cap that holds while decoding (RFC 9110 section 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotlicffi
import msgspec
import zstandard

_PIECE = 1 << 16
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

    One coding is undone (gzip in any number of members, deflate, br, zstd), never two: nobody sends
    them but to do harm. A payload that is cut, damaged, or followed by other octets gives what
    could be read, and a problem.
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
    pieces: list[bytes] = []
    size = 0
    problem = None
    try:
        for piece in decoder(payload):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                problem = f"over {limit} bytes once decoded"
                break
    except _Damaged as error:
        problem = str(error)
    return Decoded(b"".join(pieces)[:limit], problem)


def _gunzip(payload: bytes) -> Iterator[bytes]:
    """All members (RFC 1952 section 2.2)."""
    rest = payload
    while rest:
        if not rest.startswith(b"\x1f\x8b"):
            if rest is payload:
                raise _Damaged("not gzip")
            if rest.strip(b"\0"):
                raise _Damaged(f"{len(rest)} bytes after the gzip data")
            return
        rest = yield from _inflate(rest, zlib.MAX_WBITS | 16, "gzip")


def _inflate_either(payload: bytes) -> Iterator[bytes]:
    """Deflate as the standard says, in zlib's wrapping, or as some send it, without."""
    wrapped = len(payload) > 1 and payload[0] & 15 == 8 and (payload[0] << 8 | payload[1]) % 31 == 0
    rest = yield from _inflate(payload, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, "deflate")
    if rest:
        raise _Damaged(f"{len(rest)} bytes after the deflate data")


def _inflate(payload: bytes, window_bits: int, name: str) -> Iterator[bytes]:
    """The pieces of one stream; returns what follows it."""
    inflate = zlib.decompressobj(window_bits)
    view = memoryview(payload)
    feed: bytes | memoryview = b""
    while not inflate.eof:
        feed = inflate.unconsumed_tail
        if not feed:
            feed, view = view[:_PIECE], view[_PIECE:]
        if not feed:
            raise _Damaged(f"cut off inside the {name} data")
        try:
            yield inflate.decompress(feed, _PIECE)
        except zlib.error as error:
            raise _Damaged(f"damaged {name} data: {error}") from None
    return inflate.unused_data + bytes(view)


def _brotli(payload: bytes) -> Iterator[bytes]:
    decompressor = brotlicffi.Decompressor()
    feed = payload
    try:
        while not decompressor.is_finished():
            piece = decompressor.process(feed, output_buffer_limit=_PIECE)
            feed = b""
            yield piece
            if not piece and decompressor.can_accept_more_data():
                break
    except brotlicffi.error as error:
        raise _Damaged(f"damaged br data: {error}") from None
    if not decompressor.is_finished():
        raise _Damaged("cut off inside the br data")


def _zstd(payload: bytes) -> Iterator[bytes]:
    """All frames (RFC 8878 section 3.1); fed in pieces that cannot grow beyond some megabytes."""
    view = memoryview(payload)
    rest = b""
    try:
        while view or rest:
            frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
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
