"""A server that sends scripted bytes, plain or under TLS, and remembers what it was sent."""

import contextlib
import functools
import socket
import ssl
import struct
import threading

import trustme

from eafarchive.network.fetcher import Fetcher

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
PATIENCE = 10.0
"""Seconds after which a server gives up on its client: no test may hang."""


class Peer:
    """The server's end of one connection; ``number`` counts them from 1."""

    def __init__(self, sock, number, requests):
        self.sock = sock
        self.number = number
        self._requests = requests

    def request(self):
        """The next request head, or what came of it before the client hung up."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            data = self.sock.recv(1)
            if not data:
                return head
            head += data
        self._requests.append(head)
        return head

    def send(self, *pieces):
        for piece in pieces:
            self.sock.sendall(piece)

    def gone(self):
        """Wait until the client hangs up."""
        with contextlib.suppress(OSError):
            while self.sock.recv(65536):
                pass

    def finish(self):
        """End the bytes in an orderly way, and wait for the client to hang up."""
        if isinstance(self.sock, ssl.SSLSocket):
            # The client may have hung up already, without the alert.
            with contextlib.suppress(OSError):
                self.sock = self.sock.unwrap()
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
        self.gone()

    def tear(self):
        """End the TCP stream in an orderly way, without TLS's closing alert."""
        socket.socket.shutdown(self.sock, socket.SHUT_WR)
        with contextlib.suppress(OSError):
            while socket.socket.recv(self.sock, 65536):
                pass

    def reset(self):
        """Break the TCP connection."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


class Wire:
    """The listening end. ``act(peer)`` plays each connection, in a thread of its own."""

    def __init__(self, act, tls=None):
        self.requests = []
        self.failures = []
        self.connections = 0
        self._act = act
        self._tls = tls
        self._threads = []
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listening.getsockname()[1]
        self.scheme = "https" if tls else "http"
        self._accepting = threading.Thread(target=self._accept)

    def url(self, path="/x", host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    def __enter__(self):
        self._accepting.start()
        return self

    def __exit__(self, *_):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listening.close()
        for thread in self._threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _accept(self):
        while True:
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._play, args=(sock, self.connections))
            self._threads.append(thread)
            thread.start()

    def _play(self, sock, number):
        sock.settimeout(PATIENCE)
        peer = Peer(sock, number, self.requests)
        try:
            if self._tls:
                peer.sock = self._tls.wrap_socket(sock, server_side=True)
            self._act(peer)
        except OSError:
            pass  # the client hung up first: what it made of that is what tests look at
        except BaseException as error:  # noqa: BLE001 - raised again at the end of the test
            self.failures.append(error)
        finally:
            peer.sock.close()
            sock.close()


def once(*pieces):
    """An act: one request, these bytes, the end of the stream."""

    def act(peer):
        peer.request()
        peer.send(*pieces)
        peer.finish()

    return act


def again(*answers):
    """An act: one request after another; the last of the answers for all that follow."""

    def act(peer):
        left = list(answers)
        while peer.request():
            peer.send(left.pop(0) if len(left) > 1 else left[0])

    return act


@functools.cache
def authority():
    return trustme.CA()


def server_tls(*names):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(*(names or ("127.0.0.1", "a.test"))).configure_cert(context)
    return context


def client_tls():
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def fetcher(**more):
    settings = {
        "user_agent": "tester",
        "timeout": 5.0,
        "total_timeout": 8.0,
        "max_wire_bytes": 1 << 20,
        "allow_private_addresses": True,
        "ssl_context": client_tls(),
    }
    return Fetcher(**(settings | more))


def at_loopback(_host, port, **_):
    """A resolver for which every name is this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
