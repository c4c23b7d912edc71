"""The site on loopback: a real HTTP/1.1 server for the demo and the tests."""

from __future__ import annotations

import socket
import sys
import threading
import zlib
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from eafarchive.demosite.site import DemoSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eafarchive.demosite.resource import Answer

_CHUNK = 1000
_IDLE_SECONDS = 10.0


def is_chunked(target: str) -> bool:
    """Whether the page at a target goes out with chunked transfer coding: about half do."""
    return zlib.crc32(urlsplit(target).path.encode()) % 2 == 1


class DemoServer:
    """A running server; ``site`` may be replaced while it runs."""

    def __init__(self, site: DemoSite | Callable[[str], DemoSite], port: int = 0) -> None:
        self._requests: list[tuple[str, str]] = []
        self._lock = threading.Lock()
        self._http = _Listener(("127.0.0.1", port), _handler(self))
        self.base_url = f"http://127.0.0.1:{self._http.server_port}/"
        self.site = site if isinstance(site, DemoSite) else site(self.base_url)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def requests(self) -> list[tuple[str, str]]:
        """(method, target) of every request so far, in order."""
        with self._lock:
            return list(self._requests)

    def note(self, method: str, target: str) -> None:
        """Remember a request."""
        with self._lock:
            self._requests.append((method, target))

    def close(self) -> None:
        """Stop answering; every connection is shut."""
        self._http.shutdown()
        self._thread.join()
        self._http.end_connections()
        self._http.server_close()


@contextmanager
def serve(site: DemoSite | Callable[[str], DemoSite], port: int = 0) -> Iterator[DemoServer]:
    """A server on 127.0.0.1 for the length of a ``with`` block.

    ``site`` is a site, or makes one of the base URL once the port is known (``build`` does);
    port 0 takes a free one. Raises ``OSError`` if the port cannot be had.
    """
    server = DemoServer(site, port)
    try:
        yield server
    finally:
        server.close()


class _Listener(ThreadingHTTPServer):
    """Threads that are waited for at the end, so that no socket outlives the server."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Count the connection as open before its thread starts."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Count the connection as closed before it is."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing for a peer that went away; the stock report for a bug of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def end_connections(self) -> None:
        """Let every connection finish its answer and read no further request."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # the peer was first
                    connection.shutdown(socket.SHUT_RD)


def _handler(server: DemoServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "eafarchive-demosite"
        sys_version = ""
        timeout = _IDLE_SECONDS
        # head and body leave together: apart, they wait for each other's acknowledgement
        wbufsize = 1 << 16
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve(with_body=True)

        def do_HEAD(self) -> None:
            self._serve(with_body=False)

        def log_message(self, *_: object) -> None:
            """Nothing: the demo's output is its own."""

        def _serve(self, *, with_body: bool) -> None:
            server.note(self.command, self.path)
            answer = server.site.answer(self.path, dict(self.headers))
            self.send_response(answer.status, answer.reason)
            for name, value in answer.headers:
                self.send_header(name, value)
            body = self._framed(answer)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def _framed(self, answer: Answer) -> bytes:
            if answer.status == 304:
                return b""
            if answer.status == 200 and self._speaks_1_1() and is_chunked(self.path):
                self.send_header("Transfer-Encoding", "chunked")
                return _chunks(answer.body)
            self.send_header("Content-Length", str(len(answer.body)))
            return answer.body

        def _speaks_1_1(self) -> bool:
            return self.request_version == "HTTP/1.1"

    return Handler


def _chunks(body: bytes) -> bytes:
    """A body in chunked transfer coding (RFC 9112 section 7.1)."""
    parts = [body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
