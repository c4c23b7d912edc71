"""`Fetcher.abort`: whatever a fetch waits for, it ends at once, and says that it was stopped."""

import signal
import socket
import threading

import pytest

from wire import OK, Wire, at_loopback, fetcher, server_tls

HEAD = b"HTTP/1.1 200 OK\r\n"
LONG = {"timeout": 60.0, "total_timeout": 60.0}
SOON = 10.0
"""Seconds a stopped fetch is waited for: far fewer than it would take if it were not."""


class Fetching:
    """A fetch in a thread of its own."""

    def __init__(self, client, url):
        self._got = []
        self._thread = threading.Thread(
            target=lambda: self._got.append(client.fetch(url)), daemon=True
        )
        self._thread.start()

    def result(self):
        self._thread.join(SOON)
        assert self._got, "still waiting"
        return self._got[0]


class Stage:
    """Tells the test that the server has come to where it says no more."""

    def __init__(self, raw):
        self.raw = raw
        self.reached = threading.Event()

    def __call__(self, peer):
        peer.request()
        peer.send(self.raw)
        self.reached.set()
        peer.gone()


@pytest.fixture(params=["plain", "tls"])
def tls(request):
    return server_tls() if request.param == "tls" else None


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"\r\nabc",
        HEAD + b"Content-Length: 9\r\n\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        HEAD + b"Cont",
    ],
    ids=["close", "length", "chunked", "head"],
)
def test_abort_in_the_midst_of_an_answer_keeps_it_and_calls_it_cut(raw, tls):
    act = Stage(raw)
    with Wire(act, tls) as wire, fetcher(**LONG) as client:
        fetching = Fetching(client, wire.url())
        assert act.reached.wait(SOON)
        threading.Event().wait(0.1)  # what was sent is to arrive
        client.abort()
        got = fetching.result()
    assert (got.response, got.truncated, got.problem) == (raw, "unspecified", "stopped")


def test_abort_before_a_byte_is_no_answer(tls):
    act = Stage(b"")
    with Wire(act, tls) as wire, fetcher(**LONG) as client:
        fetching = Fetching(client, wire.url())
        assert act.reached.wait(SOON)
        client.abort()
        got = fetching.result()
    assert (got.reason, got.detail) == ("disconnect", "stopped")


def test_after_abort_nothing_is_sent():
    with Wire(Stage(OK)) as wire, fetcher(**LONG) as client:
        client.abort()
        got = client.fetch(wire.url())
    assert (got.reason, got.detail) == ("disconnect", "stopped")
    assert (wire.connections, wire.requests) == (0, [])


def test_n25_abort_while_a_name_is_looked_up():
    asked, enough = threading.Event(), threading.Event()

    def resolve(_host, _port, **_):
        asked.set()
        enough.wait(SOON)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    with fetcher(resolve=resolve, **LONG) as client:
        fetching = Fetching(client, "http://a.test/")
        assert asked.wait(SOON)
        client.abort()
        assert fetching.result().detail == "stopped"
    enough.set()


def test_abort_during_the_tls_handshake():
    with socket.create_server(("127.0.0.1", 0)) as mute, fetcher(**LONG) as client:
        fetching = Fetching(client, f"https://127.0.0.1:{mute.getsockname()[1]}/")
        sock, _ = mute.accept()
        with sock:
            sock.recv(1)  # it has said hello
            client.abort()
            assert fetching.result().detail == "stopped"


def test_abort_while_connecting():
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for sock in (first, second):
            sock.setblocking(False)
            sock.connect_ex(full.getsockname())
        with fetcher(**LONG) as client:
            fetching = Fetching(client, f"http://127.0.0.1:{full.getsockname()[1]}/")
            threading.Event().wait(0.2)
            client.abort()
            assert fetching.result().detail == "stopped"


def test_abort_of_all_in_flight_and_of_those_that_wait_for_a_connection():
    act = Stage(HEAD + b"\r\nabc")
    with Wire(act) as wire, fetcher(connections=1, **LONG) as client:
        first = Fetching(client, wire.url("/1"))
        assert act.reached.wait(SOON)
        second = Fetching(client, wire.url("/2"))
        threading.Event().wait(0.1)
        client.abort()
        assert first.result().truncated == "unspecified"
        assert second.result().detail == "stopped"


def test_abort_from_a_signal_handler():
    act = Stage(HEAD + b"\r\nabc")
    with Wire(act) as wire, fetcher(**LONG) as client:
        before = signal.signal(signal.SIGUSR1, lambda *_: client.abort())

        def interrupt():
            act.reached.wait(SOON)
            threading.Event().wait(0.1)
            signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)

        thread = threading.Thread(target=interrupt)
        thread.start()
        try:
            got = client.fetch(wire.url())
        finally:
            thread.join()
            signal.signal(signal.SIGUSR1, before)
    assert (got.response, got.truncated, got.problem) == (act.raw, "unspecified", "stopped")


def test_a_whole_answer_stays_whole():
    with Wire(Stage(OK)) as wire, fetcher(**LONG, resolve=at_loopback) as client:
        got = client.fetch(wire.url())
        client.abort()
    assert (got.response, got.truncated, got.problem) == (OK, None, None)
