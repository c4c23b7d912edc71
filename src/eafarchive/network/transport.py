"""httpx's transport over recorded connections, which are kept for the next request.

httpcore's own pool looks at every connection each time that a request begins or ends, and copies
what it hands on; that took as long as all the rest of a request.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator

import httpcore
import httpx

from eafarchive.network.tap import TapBackend

IDLE_SECONDS = 30.0
"""How long a connection is kept that nobody uses."""


class TapTransport(httpx.BaseTransport):
    """HTTP/1.1 over kept connections, no proxies; for any number of threads."""

    def __init__(self, backend: TapBackend, ssl_context: ssl.SSLContext, connections: int) -> None:
        """At most ``connections`` are open at once; who needs one more waits."""
        self._backend = backend
        self._ssl_context = ssl_context
        self._most = connections
        self._busy = 0
        self._idle: list[httpcore.HTTPConnection] = []
        """The one used last is the last."""
        self._changed = threading.Condition()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body still to be read.

        Its headers are left out: httpx would look for a redirect, a cookie and a content coding in
        them, and raise where one is ill-formed. Raises `httpcore.PoolTimeout`.
        """
        url, said = request.url, request.extensions
        where = httpcore.URL(
            scheme=url.raw_scheme,
            host=url.raw_host,
            port=url.port,
            target=said.get("target", url.raw_path),
        )
        asked = httpcore.Request(request.method, where, headers=request.headers.raw)
        connection = self._take(where.origin, said["timeout"]["pool"])
        try:
            answer = connection.handle_request(asked)
        except BaseException:
            self._give_back(connection)
            raise
        body = _Body(answer, self._backend, connection, self._give_back)
        return httpx.Response(answer.status, stream=body)

    def close(self) -> None:
        """Close all connections that are not in use."""
        with self._changed:
            while self._idle:
                self._idle.pop().close()

    def _give_back(self, connection: httpcore.HTTPConnection) -> None:
        """Keep the connection if another request may follow on it, or close it."""
        is_good = connection.is_idle() and not connection.has_expired()
        if not is_good:
            connection.close()
        with self._changed:
            self._busy -= 1
            self._idle += [connection] * is_good
            self._changed.notify()

    def _take(self, origin: httpcore.Origin, seconds: float) -> httpcore.HTTPConnection:
        """A kept connection to the origin, or a new one, in the place of another if need be."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._busy < self._most, seconds):
                raise httpcore.PoolTimeout
            self._busy += 1
            for connection in reversed(self._idle):
                if connection.can_handle_request(origin):
                    self._idle.remove(connection)
                    if not connection.has_expired():
                        return connection
                    connection.close()
            if self._busy + len(self._idle) > self._most:
                self._idle.pop(0).close()
        return httpcore.HTTPConnection(
            origin, self._ssl_context, IDLE_SECONDS, network_backend=self._backend
        )


class _Body(httpx.SyncByteStream):
    def __init__(
        self,
        answer: httpcore.Response,
        backend: TapBackend,
        connection: httpcore.HTTPConnection,
        give_back: Callable[[httpcore.HTTPConnection], None],
    ) -> None:
        # Not the exchange: httpx's response is a cycle, and would hold its bytes for a while.
        self._answer = answer
        self._backend = backend
        self._connection = connection
        self._give_back = give_back

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._backend.exchange.is_over = True  # before the connection is looked at
        self._answer.close()
        self._give_back(self._connection)
