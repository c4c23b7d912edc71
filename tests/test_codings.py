"""Content codings undone: whole, cut, damaged, stacked and bombs."""

import gzip
import os
import random
import tracemalloc
import zlib

import brotlicffi
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.codings import decode

LIMIT = 1 << 20


def raw_deflate(data):
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush()


ENCODERS = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "x-gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "deflate ": raw_deflate,
    "br": brotlicffi.compress,
    "zstd": zstandard.compress,
}
TEXT = b"".join(b"%d bottles of ink on the wall\n" % n for n in range(3000))
NOISE = random.Random(11).randbytes(200_000)
coded = pytest.mark.parametrize(("name", "encode"), ENCODERS.items(), ids=list(ENCODERS))


@coded
@pytest.mark.parametrize("data", [b"", b"x", TEXT, os.urandom(200_000)], ids=len)
def test_w07_what_was_coded_comes_back(name, encode, data):
    assert decode(encode(data), name, LIMIT) == decode(data, None, LIMIT)
    assert decode(encode(data), name, LIMIT).data == data


@pytest.mark.parametrize("name", [None, "", "identity", " Identity , ", ",,"])
def test_no_coding_leaves_the_payload(name):
    assert decode(TEXT, name, LIMIT).data == TEXT
    cut = decode(TEXT, name, 10)
    assert (cut.data, cut.problem) == (TEXT[:10], "over 10 bytes")


@coded
def test_an_empty_payload_is_empty(name, encode):
    assert decode(b"", name, LIMIT) == decode(b"", None, LIMIT)


@coded
def test_n05_the_cap_is_exact(name, encode):
    payload = encode(TEXT)
    for limit in (len(TEXT), len(TEXT) + 1):
        assert decode(payload, name, limit).problem is None
    over = decode(payload, name, len(TEXT) - 1)
    assert over.data == TEXT[:-1]
    assert over.problem == f"over {len(TEXT) - 1} bytes once decoded"


@coded
def test_n05_n08_bombs_end_at_the_cap_in_bounded_memory(name, encode):
    payload = encode(bytes(64 << 20))
    tracemalloc.start()
    got = decode(payload, name, LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(got.data), got.problem) == (LIMIT, f"over {LIMIT} bytes once decoded")
    assert peak < 24 << 20


def test_n08_a_window_too_large_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    compress = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    got = decode(compress.compress(TEXT) + compress.flush(), "zstd", LIMIT)
    assert got.problem.startswith("damaged zstd data")


@pytest.mark.parametrize("name", ["gzip, gzip", "br,gzip", ",".join(["gzip"] * 300)])
def test_n06_n07_stacked_codings_are_not_undone(name):
    got = decode(gzip.compress(gzip.compress(bytes(1 << 20))), name, LIMIT)
    assert got.data == b""
    assert "content codings on top of each other" in got.problem


@pytest.mark.parametrize("name", ["compress", "é", "gzip2", "g" * 500])
def test_an_unknown_coding_is_named(name):
    got = decode(b"x", name, LIMIT)
    assert got.data == b""
    assert got.problem == f"unknown content coding {name[:40]!r}"


@coded
def test_n09_a_cut_payload_gives_what_there_is(name, encode):
    payload = encode(TEXT)
    got = decode(payload[: len(payload) // 2], name, LIMIT)
    assert TEXT.startswith(got.data)
    assert got.problem.startswith("cut off inside the")
    assert decode(payload[:-1], name, LIMIT).problem.startswith("cut off inside the")


def test_n10_all_members_are_read():
    members = [gzip.compress(part) for part in (b"one ", b"", TEXT, b"two")]
    assert decode(b"".join(members), "gzip", LIMIT).data == b"one " + TEXT + b"two"
    assert decode(b"".join(members) + bytes(700), "gzip", LIMIT).problem is None
    frames = [zstandard.compress(part) for part in (b"one ", TEXT)]
    skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    got = decode(frames[0] + skippable + frames[1], "zstd", LIMIT)
    assert (got.data, got.problem) == (b"one " + TEXT, None)


def test_n10_tiny_members_are_read_in_linear_work():
    # Not by the clock: what follows a member is copied, and that is what has to stay small.
    payload = gzip.compress(b"") * 40_000
    peaks = []
    for _ in range(3):  # what else the process does meanwhile is counted, too
        tracemalloc.start()
        assert decode(payload, "gzip", LIMIT) == decode(b"", "gzip", LIMIT)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert min(peaks) < 200_000


@coded
@pytest.mark.parametrize("rest", [b"junk", b"\x1f\x8b" * 40_000], ids=len)
@pytest.mark.parametrize("data", [b"", TEXT, NOISE], ids=len)
def test_n11_what_follows_is_flagged_and_takes_nothing_along(name, encode, data, rest):
    got = decode(encode(data) + rest, name, LIMIT)
    assert got.data == data
    assert got.problem


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_n11_what_follows_at_the_very_beginning_of_a_feed(beyond):
    """Octets are fed by 65,536."""
    frame = len(brotlicffi.compress(NOISE[:65_000])) - 65_000
    data = NOISE[: 65_536 - frame + beyond]
    payload = brotlicffi.compress(data)
    assert len(payload) == 65_536 + beyond
    got = decode(payload + b"and more", "br", LIMIT)
    assert (got.data, got.problem) == (data, "8 bytes after the br data")
    assert decode(payload + b"and more", "br", 1000).data == data[:1000]


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_n11_what_stands_before_the_damage_is_read(name):
    payload = bytearray(ENCODERS[name](NOISE))
    payload[150_000:150_400] = bytes(400)
    got = decode(bytes(payload), name, LIMIT)
    assert NOISE.startswith(got.data[:130_000])


def test_n11_a_bad_checksum_loses_nothing():
    for data in (b"hello", TEXT):
        payload = gzip.compress(data)
        got = decode(payload[:-8] + b"\1\2\3\4" + payload[-4:], "gzip", LIMIT)
        assert got.data == data
        assert "incorrect data check" in got.problem


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_n11_what_is_not_coded_at_all_is_flagged(name):
    got = decode(b"<!doctype html><p>plain</p>", name, LIMIT)
    assert got.problem


@coded
@given(data=st.binary(max_size=60), at=st.integers(0, 80), byte=st.integers(0, 255))
def test_damage_never_raises(name, encode, data, at, byte):
    payload = encode(data)
    decode(payload[:at] + bytes([byte]) + payload[at + 1 :], name, 1000)
    decode(payload[:at], name, 1000)
    decode(data, name, 1000)
