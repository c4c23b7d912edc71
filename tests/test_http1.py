"""Stored bytes read as HTTP/1.1: framing, headers, payloads, digests."""

import base64
import hashlib
import tracemalloc

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from eafarchive import http1

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

messages = st.lists(
    st.one_of(
        st.sampled_from(
            [
                HEAD,
                CHUNKED,
                b"HTTP/1.1 100 Continue\r\n\r\n",
                b"HTTP/1.1 204 No Content\r\n",
                b"\r\n",
                b"\n",
                b"\r",
                b"Content-Length: ",
                b"5",
                b"Transfer-Encoding: chunked",
                b"a: b",
                b" fold",
                b"5\r\nhello\r\n",
                b"5;x=y\nhello\n",
                b"0\r\n\r\n",
                b"0\r\nX: y\r\n\r\n",
                b":",
                b"\0",
                b"-1",
                b"f" * 15,
            ]
        ),
        st.binary(max_size=4),
    ),
    max_size=14,
).map(b"".join)


@given(messages)
@example(b"")
def test_any_bytes_are_read(raw):
    response = http1.parse(raw)
    assert 0 <= response.head_length <= response.end <= len(raw)
    assert response.excess == len(raw) - response.end
    assert response.complete or response.problem
    assert not (response.complete and response.cut)
    body = http1.payload(raw)
    assert len(body) <= len(raw)
    assert http1.payload_digest(raw) == http1.digest(body)
    interim, final = http1.split_interim(raw)
    assert interim + final == raw
    http1.header(response, "a")


@given(messages)
def test_what_is_cut_lacks_only_the_rest(raw):
    whole = http1.parse(raw)
    if whole.complete and whole.framing in {"length", "chunked"}:
        for end in range(whole.end):
            part = http1.parse(raw[:end])
            assert not part.complete
            assert part.cut


@given(messages)
@example(CHUNKED + b"5\r\nhello\r\n0\r\nX: y\r\n\r\nmore")
@example(CHUNKED + b"5\r\nhellomore")
@example(HEAD + b"Content-Length: 5\r\n\r\nhello, more")
@example(HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
@example(HEAD + b"Content-Length: x\r\n\r\n")
def test_what_comes_in_octet_by_octet_is_whole_or_wrong_where_the_whole_of_it_is(raw):
    start = http1.head_length(raw)
    assume(start is not None)
    incoming = http1.Incoming(raw[:start], start)
    for end in range(start, len(raw) + 1):
        part = http1.parse(raw[:end])
        is_whole = incoming.problem is None and incoming.is_whole(bytearray(raw[:end]))
        if incoming.problem is not None:
            assert part.problem
            return
        assert is_whole == (part.complete and part.framing != "close")
        assert part.cut or part.problem in {None, "both Content-Length and Transfer-Encoding"}
        if is_whole:
            return


def test_what_comes_in_is_looked_at_but_once():
    """Each of 30,000 chunks in a piece of its own: a second look at all before takes minutes."""
    incoming, raw = http1.Incoming(CHUNKED, len(CHUNKED)), bytearray(CHUNKED)
    for _ in range(30_000):
        raw += b"1\r\nx\r\n"
        assert not incoming.is_whole(raw)
    raw += b"0\r\n\r\n"
    assert incoming.is_whole(raw)


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=8), st.sampled_from([b"\r\n", b"\n"]))
def test_chunks_are_joined(chunks, eol):
    coded = b"".join(b"%X;x=y" % len(chunk) + eol + chunk + eol for chunk in chunks)
    raw = CHUNKED + coded + b"0" + eol + b"X-Trailer: 1" + eol + eol
    response = http1.parse(raw + b"next")
    assert (response.framing, response.complete) == ("chunked", True)
    assert (response.end, response.excess, response.problem) == (len(raw), 4, None)
    assert http1.payload(raw + b"next") == b"".join(chunks)


@pytest.mark.parametrize(
    ("raw", "framing", "complete", "body", "problem"),
    [
        (HEAD + b"Content-Length: 2\r\n\r\nhi", "length", True, b"hi", None),
        (HEAD + b"Content-Length: 2, 2\r\n\r\nhi", "length", True, b"hi", None),
        (HEAD + b"Content-Length: 3\r\n\r\nhi", "length", False, b"hi", "cut off: 2 of 3 bytes"),
        (HEAD + b"Content-Length: x\r\n\r\nhi", "close", False, b"hi", "no one valid"),
        (HEAD + b"Content-Length: 2, 3\r\n\r\nhi", "close", False, b"hi", "no one valid"),
        (HEAD + b"\r\nhi", "close", True, b"hi", None),
        (HEAD + b"Transfer-Encoding: gzip\r\n\r\nhi", "close", True, b"hi", "unknown transfer"),
        (CHUNKED + b"2\r\nhi\r\n", "chunked", False, b"hi", "cut off between chunks"),
        (CHUNKED + b"5\r\nhi", "chunked", False, b"hi", "cut off in a chunk"),
        (CHUNKED + b"0\r\nX: y", "chunked", False, b"", "cut off in the trailer"),
        (CHUNKED + b"zz\r\nhi", "chunked", False, b"", "bad chunk size b'zz"),
        (CHUNKED + b"-1\r\nhi", "chunked", False, b"", "bad chunk size"),
        (CHUNKED + b"0123456789abcdef0\r\nhi", "chunked", False, b"", "bad chunk size"),
        (CHUNKED + b"1\r\nhi\r\n", "chunked", False, b"h", "longer than its size"),
        (CHUNKED + b"1;" + b"x" * 20000, "chunked", False, b"", "without end"),
        (b"HTTP/1.1 204 No Content\r\n\r\nhi", "none", True, b"", None),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "none", True, b"", None),
        (HEAD + b"Content-Le", "none", False, b"", "cut off in the head"),
        (b"HTTP/1", "close", False, b"HTTP/1", "cut off in the status line"),
        (b"<html>", "close", False, b"<html>", "no HTTP status line"),
        (b"HTTP/1.1 20 X\r\n\r\n", "close", False, b"HTTP/1.1 20 X\r\n\r\n", "no HTTP status"),
    ],
)
def test_framing(raw, framing, complete, body, problem):
    response = http1.parse(raw)
    assert (response.framing, response.complete) == (framing, complete)
    assert http1.payload(raw) == body
    assert (response.problem is None) if problem is None else (problem in response.problem)


def test_n16_both_framings_are_read_as_chunks_and_flagged():
    raw = HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    response = http1.parse(raw)
    assert http1.payload(raw) == b"abc"
    assert response.problem == "both Content-Length and Transfer-Encoding"


def test_w04_headers_stay_as_spelled():
    response = http1.parse(
        HEAD + b"sErVeR:odd\r\nX-Empty:\r\nX-Twice: 1\r\nX-Name:\tcaf\xe9 \r\nx-twice: 2\r\n"
        b"X-Fold: one\r\n\t two\r\n\r\n"
    )
    assert response.headers == (
        (b"sErVeR", b"odd"),
        (b"X-Empty", b""),
        (b"X-Twice", b"1"),
        (b"X-Name", b"caf\xe9"),
        (b"x-twice", b"2"),
        (b"X-Fold", b"one two"),
    )
    assert http1.header(response, "x-Twice") == "1, 2"
    assert http1.header(response, "X-Name") == "caf\xe9"
    assert http1.header(response, "X-Empty") == ""
    assert http1.header(response, "X-None") is None
    assert response.problem is None


@pytest.mark.parametrize(
    "line", [b"Xab", b"X : y", b"X[1]: y", b": y", b"X: a\rb", b"X: a\0b", b"X: \x7f", b" X: y"]
)
def test_n19_ill_formed_fields_are_flagged(line):
    response = http1.parse(HEAD + line + b"\r\nContent-Length: 2\r\n\r\nhi")
    assert response.problem
    assert response.complete


@pytest.mark.parametrize(
    ("line", "version", "status", "reason"),
    [
        (b"HTTP/1.1 200 OK", "1.1", 200, "OK"),
        (b"HTTP/1.0 404 Not  Found ", "1.0", 404, "Not  Found "),
        (b"HTTP/1.1 600", "1.1", 600, ""),
        (b"HTTP/1.1 999 ", "1.1", 999, ""),
        (b"HTTP/1.1 200 caf\xe9", "1.1", 200, "caf\xe9"),
        (b"HTTP/2 200 OK", "2", 200, "OK"),
    ],
)
def test_n20_status_lines(line, version, status, reason):
    response = http1.parse(line + b"\r\n\r\n")
    assert (response.version, response.status, response.reason) == (version, status, reason)


@pytest.mark.parametrize("line", [b"HTTP/1.1 1000 X", b"HTTP/1.1 099 X", b"http/1.1 200 OK", b"\n"])
def test_n20_what_is_no_status_line(line):
    assert http1.parse(line + b"\r\n\r\n").status is None


@pytest.mark.parametrize("eol", [b"\r\n", b"\n"])
def test_interim_answers_are_split_off(eol):
    interim = b"HTTP/1.1 100 Continue" + eol * 2 + b"HTTP/1.1 103 X" + eol + b"a: b" + eol * 2
    final = b"HTTP/1.1 200 OK" + eol * 2 + b"HTTP/1.1 100 Continue" + eol * 2
    assert http1.split_interim(interim + final) == (interim, final)
    switching = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"
    assert http1.split_interim(switching) == (b"", switching)
    assert http1.split_interim(interim + b"HTTP/1.1 100 C") == (interim, b"HTTP/1.1 100 C")


def test_head_length():
    assert http1.head_length(HEAD + b"\r\nhi\r\n\r\n") == len(HEAD) + 2
    assert http1.head_length(HEAD + b"a: b\r\n") is None


def test_w08_digests_are_sha1_in_base32():
    expected = "sha1:" + base64.b32encode(hashlib.sha1(b"abc").digest()).decode()
    assert http1.digest(b"abc") == expected
    assert http1.payload_digest(CHUNKED + b"1\r\na\r\n2\r\nbc\r\n0\r\n\r\n") == expected


def test_n18_a_head_without_end_is_not_taken_apart():
    raw = HEAD + b"a\n" * (1 << 20)
    tracemalloc.start()
    response = http1.parse(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (response.complete, response.cut) == (False, False)
    assert peak < 100 << 20


def test_many_small_chunks_take_no_memory():
    raw = CHUNKED + b"1\r\nx\r\n" * 50_000 + b"0\r\n\r\n"
    tracemalloc.start()
    assert http1.parse(raw).complete
    assert http1.payload_digest(raw) == http1.digest(b"x" * 50_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000
