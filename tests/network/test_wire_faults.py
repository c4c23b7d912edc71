"""Servers that break off, drip, flood or lie: what came is kept, and said to be what it is."""

import threading

import pytest

from eafarchive.model import Capture, NoAnswer
from wire import OK, Wire, fetcher, once, server_tls

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
TO_THE_END = HEAD + b"Connection: close\r\n\r\n"


@pytest.fixture(params=["plain", "tls"])
def tls(request):
    return server_tls() if request.param == "tls" else None


def fetched(act, tls=None, **settings):
    with Wire(act, tls) as wire, fetcher(**settings) as client:
        return client.fetch(wire.url())


def forever(head, piece, gone=None):
    """An act: the head, then the piece again and again, as long as anyone listens."""

    def act(peer):
        peer.request()
        peer.send(head)
        while not (gone and gone.wait(0.02)):
            peer.send(piece)

    return act


def ending(how, raw):
    def act(peer):
        peer.request()
        peer.send(raw)
        if raw and how == "reset":
            threading.Event().wait(0.1)  # a reset takes with it what was not yet read
        getattr(peer, how)()

    return act


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (HEAD + b"Content-Length: 90000\r\n\r\n", b"x"),
        (CHUNKED, b"1\r\nx\r\n"),
        (HEAD, b"X"),
        (HEAD, b"X: y\r\n"),
    ],
    ids=["n01_body", "n01_chunks", "n02_head", "n02_fields"],
)
def test_n01_n02_dripping_ends_at_the_deadline(head, piece, tls):
    got = fetched(forever(head, piece, threading.Event()), tls, timeout=5.0, total_timeout=0.3)
    assert got.truncated == "time"
    assert "not done after 0.3 s" in got.problem
    assert got.response.startswith(head)
    assert got.response[len(head) :].strip(piece) == b""


def test_n01_silence_ends_at_the_timeout():
    got = fetched(ending("gone", TO_THE_END + b"abc"), timeout=0.1)
    assert (got.response, got.truncated) == (TO_THE_END + b"abc", "time")
    assert "no byte for 0.1 s" in got.problem


def test_n02_silence_before_any_byte_is_no_answer():
    got = fetched(ending("gone", b""), timeout=0.1)
    assert (got.reason, got.detail) == ("timeout", "no byte for 0.1 s")


def test_n03_endless_interim_answers_end():
    hint = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    got = fetched(forever(b"", hint))
    assert (got.response, got.interim, got.truncated) == (hint * 10, b"", "length")


@pytest.mark.parametrize("count", [9, 10, 11])
def test_n03_interim_answers_up_to_the_limit(count):
    hint = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    got = fetched(once(hint * count + OK))
    if count <= 10:
        assert (got.interim, got.response, got.truncated) == (hint * count, OK, None)
    else:
        assert (got.response, got.truncated) == (hint * 10, "length")


@pytest.mark.parametrize(
    ("head", "piece"),
    [(TO_THE_END, b"x" * 8000), (CHUNKED, b"1f40\r\n" + b"x" * 8000 + b"\r\n")],
    ids=["close", "chunked"],
)
def test_n04_an_endless_body_ends_at_the_cap(head, piece, tls):
    got = fetched(forever(head, piece), tls, max_wire_bytes=100_000)
    assert (len(got.response), got.truncated) == (100_000, "length")


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_n04_an_answer_up_to_the_cap(over):
    raw = HEAD + b"Content-Length: 1000\r\n\r\n" + b"x" * 1000
    got = fetched(once(raw), max_wire_bytes=len(raw) - over)
    assert got.truncated == ("length" if over > 0 else None)
    assert got.response == raw[: len(raw) - max(over, 0)]


def test_n04_what_follows_a_whole_answer_does_not_make_it_cut():
    got = fetched(once(OK + b"x" * 500), max_wire_bytes=len(OK) + 10)
    assert (got.response, got.truncated) == (OK, None)
    assert "10 bytes after it, not kept" in got.problem


CUT = {
    "n12_short_body": HEAD + b"Content-Length: 9\r\n\r\nhi",
    "n12_mid_chunk": CHUNKED + b"5\r\nhe",
    "n12_between_chunks": CHUNKED + b"5\r\nhello\r\n",
    "n12_in_the_trailer": CHUNKED + b"0\r\nX: y",
    "n12_in_the_head": HEAD + b"Content-Le",
    "n12_in_the_status_line": b"HTTP/1.1 2",
}


@pytest.mark.parametrize("how", ["finish", "tear", "reset"])
@pytest.mark.parametrize("raw", CUT.values(), ids=CUT.keys())
def test_n12_a_cut_answer_is_kept(raw, how, tls):
    got = fetched(ending(how, raw), tls)
    assert (got.response, got.truncated) == (raw, "disconnect")
    assert got.problem.startswith("cut off") or how == "reset" or tls


def test_n17_a_body_to_the_end_of_the_stream_is_whole(tls):
    got = fetched(ending("finish", TO_THE_END + b"abc"), tls)
    assert (got.response, got.truncated, got.problem) == (TO_THE_END + b"abc", None, None)


@pytest.mark.parametrize(("how", "secure"), [("reset", False), ("reset", True), ("tear", True)])
def test_n17_a_body_to_the_end_of_a_broken_stream_is_cut(how, secure):
    got = fetched(ending(how, TO_THE_END + b"abc"), server_tls() if secure else None)
    assert (got.response, got.truncated) == (TO_THE_END + b"abc", "disconnect")
    assert got.problem


MALFORMED = {
    "n15_size": CHUNKED + b"zz\r\nhi\r\n0\r\n\r\n",
    "n15_negative": CHUNKED + b"-2\r\nhi\r\n0\r\n\r\n",
    "n15_17_digits": CHUNKED + b"0123456789abcdef0\r\nhi\r\n0\r\n\r\n",
    "n15_footer": CHUNKED + b"2\r\nhiXX0\r\n\r\n",
    "n16_two_lengths": HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi",
    "n16_signed_length": HEAD + b"Content-Length: +2\r\n\r\nhi",
    "n16_two_codings": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    "n19_carriage_return": HEAD + b"X: a\rb\r\nContent-Length: 2\r\n\r\nhi",
    "n19_nul": HEAD + b"X: a\0b\r\nContent-Length: 2\r\n\r\nhi",
    "n19_no_colon": HEAD + b"Xab\r\nContent-Length: 2\r\n\r\nhi",
    "n19_space_before_colon": HEAD + b"X : y\r\nContent-Length: 2\r\n\r\nhi",
    "n19_brackets": HEAD + b"X[1]: y\r\nContent-Length: 2\r\n\r\nhi",
    "n20_status_20": b"HTTP/1.1 20 What\r\nContent-Length: 2\r\n\r\nhi",
    "n20_http_0_9": b"<html>hi",
    "n20_http_0_9_lines": b"<html>\r\n\r\nhi",
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_n15_n16_n19_n20_the_malformed_is_kept_and_flagged(raw, tls):
    got = fetched(once(raw), tls)
    assert (got.response, got.truncated) == (raw, "unspecified")
    assert got.problem


def test_n16_both_framings_are_flagged():
    raw = HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
    got = fetched(once(raw))
    assert (got.response, got.problem) == (raw, "both Content-Length and Transfer-Encoding")


def test_n18_an_endless_head_ends():
    for piece in (b"x" * 1000, b"X: " + b"y" * 1000 + b"\r\n"):
        got = fetched(forever(HEAD + b"Y:", piece))
        assert (len(got.response), got.truncated) == (64 << 10, "length")


@pytest.mark.parametrize("count", [199, 200, 201, 10_000])
def test_n18_fields_up_to_the_limit(count):
    raw = HEAD + b"Content-Length: 2\r\n" + b"a: b\r\n" * (count - 1) + b"\r\nhi"
    got = fetched(once(raw))
    assert got.truncated == (None if count <= 200 else "length")
    kept = raw if count <= 200 else raw[: raw.index(b"a: b") + 199 * 6]
    assert got.response == kept


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_n18_a_head_up_to_the_limit(over):
    lead = HEAD + b"Content-Length: 2\r\nX: "
    head = lead + b"y" * ((64 << 10) + over - len(lead) - 4) + b"\r\n\r\n"
    got = fetched(once(head + b"hi"))
    assert got.truncated == ("length" if over > 0 else None)
    assert got.response == (head[: 64 << 10] if over > 0 else head + b"hi")


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
def test_n21_the_body_of_an_answer_without_one_is_not_kept(raw):
    got = fetched(once(raw))
    assert got.response == raw[: raw.index(b"\r\n\r\n") + 4]
    assert got.truncated is None
    assert got.problem == "3 bytes after it, not kept"


def test_n21_switching_protocols_does_no_harm():
    raw = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"
    got = fetched(once(raw + b"junk"))
    assert isinstance(got, Capture)
    assert got.response == raw
    assert got.problem


def test_closing_without_a_byte_is_no_answer(tls):
    for how in ("finish", "reset"):
        got = fetched(ending(how, b""), tls)
        assert (type(got), got.reason) == (NoAnswer, "disconnect")
