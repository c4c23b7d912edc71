"""Captures of every shape, made by hand, and archives written with them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotlicffi

from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.captures.warc import Operator
from eafarchive.archive.directory.holdings import Keeper
from eafarchive.model import Capture

OPERATOR = Operator(
    software="eafarchive 0.1.0",
    user_agent="eafarchive/0.1.0 (+archivist@example.org)",
    contact="archivist@example.org",
    config_digest="sha256:" + "0" * 64,
)
BEGAN = datetime(2026, 11, 24, 3, 5, 0, 123456, tzinfo=UTC)
PAGE = "<!doctype html><title>Übung</title><p>An invented page.</p>".encode() * 40
GZIPPED = gzip.compress(PAGE, mtime=0)
BROTLI = brotlicffi.compress(PAGE)


def chunked(body: bytes, size: int, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    framed = (b"%x%s\r\n%b\r\n" % (len(part), extension, part) for part in parts)
    return b"".join(framed) + b"0\r\n" + trailer + b"\r\n"


# The whole answer as received, and its payload: the body without transfer coding.
ANSWERS: dict[str, tuple[bytes, bytes]] = {
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE), PAGE),
    "gzip": (
        b"HTTP/1.1 200 OK\r\ncontent-encoding:gzip\r\ncontent-length:%d\r\n\r\n%b"
        % (len(GZIPPED), GZIPPED),
        GZIPPED,
    ),
    "chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(PAGE, 700),
        PAGE,
    ),
    "chunked gzip, extension, trailer": (
        b"HTTP/1.1 200 OK\r\nTRANSFER-encoding: Chunked\r\nContent-Encoding: gzip\r\n\r\n"
        + chunked(GZIPPED, 50, b' ;name="a;b"', b"X-Checked: yes\r\n"),
        GZIPPED,
    ),
    "chunked br": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br\r\n\r\n"
        + chunked(BROTLI, 9),
        BROTLI,
    ),
    "odd head": (
        (
            b"HTTP/1.1 200 \r\nX-cAsE:tight\r\nX-Twice: a\r\nX-Twice:  b \r\n"
            b'Content-Disposition: inline; filename="caf\xe9 \xff.html"\r\n'
            b"X-Folded: one\r\n\ttwo\r\nEmpty:\r\nContent-Length: 3\r\n\r\na\x00\n"
        ),
        b"a\x00\n",
    ),
    "until close": (b"HTTP/1.0 200 OK\nServer: old\n\nto the end\r\n\r\n", b"to the end\r\n\r\n"),
    "no body": (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    "looks like WARC": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n\r\n\r\nWARC/1.1\r\n\x1f\x8b\x08\0\r\n\r\n",
        b"\r\n\r\nWARC/1.1\r\n\x1f\x8b\x08\0\r\n\r\n",
    ),
    "404": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", b"none"),
}
CUT_ANSWERS: dict[str, tuple[bytes, bytes]] = {
    "in the body": (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", b"half"),
    "in a chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf", b"half"),
    "in the head": (b"HTTP/1.1 200 OK\r\nContent-Len", b""),
}


def capture(number: int, response: bytes, **changes: object) -> Capture:
    fields: dict[str, object] = {
        "target_uri": f"https://example.org/2024/01/02/slug-{number}/",
        "captured_at": BEGAN + timedelta(seconds=number),
        "request": b"GET /2024/01/02/slug-%d/ HTTP/1.1\r\nHost: example.org\r\n\r\n" % number,
        "response": response,
        "ip": "192.0.2.7",
    }
    return Capture(**{**fields, **changes})  # type: ignore[arg-type]


def all_captures() -> list[Capture]:
    whole = [capture(i, raw) for i, (raw, _) in enumerate(ANSWERS.values())]
    cut = [
        capture(
            100 + i, raw, truncated="disconnect", problem="the peer went\naway", ip="2001:db8::7"
        )
        for i, (raw, _) in enumerate(CUT_ANSWERS.values())
    ]
    interim = capture(
        200, ANSWERS["length"][0], interim=b"HTTP/1.1 103 Early Hints\r\nLink: \xe9\r\n\r\n"
    )
    return [*whole, *cut, interim]


def keeper(root: Path, max_bytes: int = 1 << 30) -> Keeper:
    return Keeper(root, OPERATOR, max_bytes)


def fill(root: Path, count: int, first: int = 0) -> None:
    """Append captures to the archive in a run that ends well."""
    with keeper(root) as run:
        for number in range(first, first + count):
            run.append(capture(number, ANSWERS["chunked"][0]), None)


def files_of(root: Path) -> dict[str, bytes]:
    """Every file below a directory and its bytes, but the ledger's."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith("ledger")
    }


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Change what a closed WARC file says, each member whole and well-formed again."""
    content = path.read_bytes()
    with path.open("rb") as file:
        spans = [(m.offset, m.length) for m in read_members(file) if isinstance(m, WarcRecord)]
    members = [gzip.decompress(content[at : at + length]) for at, length in spans]
    assert any(old in member for member in members)
    replace_bytes(path, b"".join(gzip.compress(m.replace(old, new), mtime=0) for m in members))


def replace_bytes(path: Path, content: bytes) -> None:
    """Put other bytes in place of a file that is read-only."""
    path.unlink()
    path.write_bytes(content)
