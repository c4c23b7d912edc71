"""Which connections are kept for another request, and that nothing else is."""

import random
import threading
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from wire import OK, Wire, again, fetcher, server_tls

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
FILES = Path("/proc/self/fd")
TO_THE_END = HEAD + b"Connection: close\r\n\r\n"


@pytest.fixture(params=["plain", "tls"])
def tls(request):
    return server_tls() if request.param == "tls" else None


def test_n13_bytes_beyond_the_length_are_noticed_and_the_connection_closed():
    with Wire(again(OK + b"+more")) as wire, fetcher() as client:
        first, second = client.fetch(wire.url("/1")), client.fetch(wire.url("/2"))
    assert (first.response, first.truncated) == (OK, None)
    assert first.problem == "5 bytes after it, not kept"
    assert (second.response, wire.connections) == (OK, 2)


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
    assert client.resent == 1


def test_a_fresh_connection_is_not_tried_again():
    with Wire(lambda peer: peer.request()) as wire, fetcher() as client:
        assert client.fetch(wire.url()).reason == "disconnect"
    assert (wire.connections, client.resent) == (1, 0)


def test_a_second_try_is_the_last():
    def act(peer):
        peer.request()
        if peer.number <= 3:
            barrier.wait(5)
            peer.send(OK)
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
        kept = len(client._client._transport._idle)
        busy = client._client._transport._busy
    assert kinds.total() == 500
    assert set(kinds) <= {"whole", "disconnect", "unspecified"}
    assert min(kinds.values()) > 20
    assert (kept <= 4, busy) == (True, 0)


@pytest.mark.skipif(not FILES.is_dir(), reason="no /proc here")
def test_n35_descriptors_and_memory_do_not_grow():
    big = HEAD + b"Content-Length: 400000\r\n\r\n" + b"x" * 400_000

    def held():
        return len(list(FILES.iterdir())), tracemalloc.get_traced_memory()[0]

    with Wire(again(big)) as wire, fetcher() as client:
        client.fetch(wire.url())
        tracemalloc.start()
        try:
            descriptors, memory = held()
            for _ in range(50):
                assert client.fetch(wire.url()).truncated is None
            now = held()
        finally:
            tracemalloc.stop()
        assert wire.connections == 1
    assert now[0] == descriptors
    # Neither the captures nor, on the kept connection, the last answer.
    assert now[1] - memory < 200_000
