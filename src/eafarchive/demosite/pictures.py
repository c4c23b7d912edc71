"""Tiny valid images, made in code: one pixel each, its colour drawn from the file's name."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}

# Baseline JPEG, 8 × 8 grey: quantisation and Huffman tables of one entry where one is enough.
_JPEG_HEAD = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000"
    "ffdb004300" + "01" * 64 + "ffc0000b080008000801011100"
    "ffc40014000100000000000000000000000000000000"
    "ffc40014100100000000000000000000000000000000"
    "ffda0008010100003f00"
)
# Lossless WebP, 1 × 1: signature, size, then one simple Huffman code a channel.
_WEBP = bytes.fromhex("2f00000010071011118888fe07")


def picture(name: str) -> bytes:
    """The bytes of an image file, of the type that its extension says."""
    digest = sha256(name.encode()).digest()
    match name.rpartition(".")[2]:
        case "jpg":
            return _jpeg(digest)
        case "webp":
            return _webp()
        case _:
            return _png(digest)


def _png(digest: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0" + digest[:3])
    chunks = ((b"IHDR", header), (b"IDAT", pixel), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _jpeg(digest: bytes) -> bytes:
    # the comment segment makes files differ; the scan is one code for each table, padded with ones
    comment = b"\xff\xfe\x00\x0a" + digest[:8].hex()[:8].encode()
    return _JPEG_HEAD[:20] + comment + _JPEG_HEAD[20:] + b"\x3f\xff\xd9"


def _webp() -> bytes:
    payload = _WEBP + b"\0" * (len(_WEBP) % 2)
    chunk = b"VP8L" + struct.pack("<I", len(_WEBP)) + payload
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk
