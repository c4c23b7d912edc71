"""Servers that break off, drip, flood or lie: what came is kept, and said to be what it is."""

import itertools
import os
import random
import threading
import tracemalloc
from collections import Counter

import pytest
from wire import OK, Wire, again, fetcher, once, server_tls

from eafarchive.model import Capture, NoAnswer

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
    got = fetched(
        forever(head, piece, threading.Event()), tls, timeout=5.0, total_timeout=0.3
    )
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
    sent = threading.Event()

    def act(peer):
        peer.request()
        peer.send(raw)
        if how == "reset":
            sent.wait(0.05)  # a reset takes with it what was not yet read
        getattr(peer, how)()

    got = fetched(act, tls)
    assert (got.response, got.truncated) == (raw, "disconnect")
    assert got.problem


def test_n17_a_body_to_the_end_of_the_stream_is_whole(tls):
    got = fetched(ending("finish", TO_THE_END + b"abc"), tls)
    assert (got.response, got.truncated, got.problem) == (TO_THE_END + b"abc", None, None)


@pytest.mark.parametrize(("how", "secure"), [("reset", False), ("reset", True), ("tear", True)])
def test_n17_a_body_to_the_end_of_a_broken_stream_is_cut(how, secure):
    def act(peer):
        peer.request()
        peer.send(TO_THE_END + b"abc")
        threading.Event().wait(0.05)
        getattr(peer, how)()

    got = fetched(act, server_tls() if secure else None)
    assert (got.response, got.truncated) == (TO_THE_END + b"abc", "disconnect")
    assert got.problem


def test_n13_bytes_beyond_the_length_are_noticed_and_the_connection_closed():
    with Wire(again(OK + b"+more", OK)) as wire, fetcher() as client:
        first, second = client.fetch(wire.url("/1")), client.fetch(wire.url("/2"))
    assert (first.response, first.truncated) == (OK, None)
    assert first.problem == "5 bytes after it, not kept"
    assert (second.response, wire.connections) == (OK + b"+more"[:0], 2) or second.problem


EVIL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"


@pytest.mark.parametrize("together", [True, False], ids=["at_once", "later"])
def test_n14_a_queued_answer_is_nobodys(together, tls):
    sent = threading.Event()

    def act(peer):
        target = peer.request().split()[1]
        if target == b"/attack":
            if together:
                peer.send(OK + EVIL)
            else:
                peer.send(OK, EVIL)
            sent.set()
            peer.gone()
        else:
            peer.send(OK)
            peer.finish()

    with Wire(act, tls) as wire, fetcher() as client:
        first = client.fetch(wire.url("/attack"))
        assert sent.wait(5)
        threading.Event().wait(0.05)
        second = client.fetch(wire.url("/next"))
    assert first.response == second.response == OK
    assert (second.problem, wire.connections) == (None, 2)


@pytest.mark.parametrize(
    "raw",
    [
        TO_THE_END[:-2] + b"X: y\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    ],
    ids=["connection_close", "no_content_with_body", "n16_two_framings"],
)
def test_n14_only_an_exact_end_keeps_the_connection(raw):
    with Wire(again(raw)) as wire, fetcher() as client:
        client.fetch(wire.url("/1"))
        client.fetch(wire.url("/2"))
    assert wire.connections == 2


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
    ("raw", "kept"),
    [
        (b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", 46),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc", 48),
    ],
)
def test_n21_the_body_of_an_answer_without_one_is_not_kept(raw, kept):
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


def stale(peer):
    """Answers one request on each connection, and hangs up on the second."""
    peer.request()
    peer.send(OK)
    if peer.number == 1:
        peer.request()
        return
    peer.gone()


def test_a_kept_connection_closed_at_the_wrong_time_is_tried_afresh(tls):
    with Wire(stale, tls) as wire, fetcher() as client:
        got = [client.fetch(wire.url(f"/{n}")) for n in range(2)]
    assert [one.response for one in got] == [OK, OK]
    assert [head.split()[1] for head in wire.requests] == [b"/0", b"/1", b"/1"]


def test_a_fresh_connection_is_not_tried_again():
    with Wire(lambda peer: peer.request()) as wire, fetcher() as client:
        assert client.fetch(wire.url()).reason == "disconnect"
    assert wire.connections == 1


def test_a_second_try_is_the_last():
    def act(peer):
        peer.request()
        if peer.number <= 3:
            peer.send(OK)
            barrier.wait(5)
            peer.request()

    barrier = threading.Barrier(3)
    with Wire(act) as wire, fetcher(connections=3) as client:
        threads = [threading.Thread(target=client.fetch, args=(wire.url(),)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wire.connections == 3
        got = client.fetch(wire.url("/late"))
    # Once on a kept connection, once on a new one, although two more were kept.
    assert got.reason == "disconnect"
    assert [head.split()[1] for head in wire.requests].count(b"/late") == 2
    assert wire.connections == 4


def test_a_silent_kept_connection_is_not_tried_again():
    def act(peer):
        peer.request()
        peer.send(OK)
        peer.request()
        peer.gone()

    with Wire(act) as wire, fetcher(timeout=0.2) as client:
        client.fetch(wire.url("/1"))
        got = client.fetch(wire.url("/2"))
    assert got.reason == "timeout"
    assert wire.connections == 1


def faulty(seed):
    luck = random.Random(seed)
    faults = [
        lambda peer: None,
        lambda peer: peer.reset(),
        lambda peer: peer.send(HEAD + b"Content-Length: 9\r\n\r\nhi"),
        lambda peer: peer.send(CHUNKED + b"zz\r\n"),
        lambda peer: peer.send(b"\0\1junk"),
        lambda peer: peer.send(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"),
        lambda peer: peer.send(OK + OK),
        lambda peer: peer.send(TO_THE_END + b"x"),
    ]

    def act(peer):
        while peer.request():
            fault = luck.choice([None, *faults])
            if fault:
                fault(peer)
                return
            peer.send(OK)

    return act


def test_n35_five_hundred_faulty_requests_leave_nothing_behind():
    kinds = Counter()
    with Wire(faulty(35)) as wire, fetcher(connections=4) as client:

        def work(count):
            for _ in range(count):
                got = client.fetch(wire.url())
                kinds[getattr(got, "reason", None) or got.truncated or "whole"] += 1

        work(20)
        threads = [threading.Thread(target=work, args=(120,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert client.fetch(wire.url()) is not None
        kept = len(client._client._transport._pool.connections)
        waiting = len(client._client._transport._pool._requests)
    assert kinds.total() == 500
    assert set(kinds) <= {"whole", "disconnect", "unspecified"}
    assert min(kinds.values()) > 20
    assert (kept <= 4, waiting) == (True, 0)


def test_n35_descriptors_and_memory_do_not_grow():
    def state():
        return len(os.listdir("/proc/self/fd")), tracemalloc.get_traced_memory()[0]

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("no /proc here")
    big = HEAD + b"Content-Length: 400000\r\n\r\n" + b"x" * 400_000
    acts = itertools.cycle([again(big), once(OK + OK), once(CHUNKED + b"zz"), again(big)])
    tracemalloc.start()
    try:
        with fetcher() as client:
            before = state()
            for act in itertools.islice(acts, 40):
                with Wire(act) as wire:
                    client.fetch(wire.url())
                    client.close_idle() if hasattr(client, "close_idle") else None
            after = state()
    finally:
        tracemalloc.stop()
    assert after[0] - before[0] <= 2
    assert after[1] - before[1] < 400_000
