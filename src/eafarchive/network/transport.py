"""httpx's transport over recorded connections, which are kept for the next request.

httpx's own, httpcore, parses each answer, looks at every connection each time that a request begins
or ends, and copies what it hands on: that took as long as all the rest of a request. Here the bytes
go to the `Exchange`, and `http1`, which reads what is stored, also tells where an answer ends.
"""

from __future__ import annotations

import threading

import httpx

from eafarchive.discovery.urls import DEFAULT_PORTS
from eafarchive.network.connection import Connection, Connector, Origin
from eafarchive.network.exchange import CutError, Exchange


class TapTransport(httpx.BaseTransport):
    """HTTP/1.1 over kept connections, no proxies; for any number of threads."""

    def __init__(self, connector: Connector, connections: int) -> None:
        """At most ``connections`` are open at once; who needs one more waits."""
        self._connector = connector
        self._most = connections
        self._busy = 0
        self._idle: list[Connection] = []
        """The one used last is the last."""
        self._changed = threading.Condition()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The status of the answer, which is in the request's ``exchange``, and no more of it.

        httpx would look for a redirect, a cookie and a content coding, and raise where one is
        ill-formed. Raises `CutError` and `UnreachableError`.
        """
        exchange: Exchange = request.extensions["exchange"]
        url = request.url
        host = url.raw_host.decode("ascii")
        origin = Origin(url.scheme, host, url.port or DEFAULT_PORTS[url.scheme])
        connection = self._take(origin, exchange, request.extensions["timeout"]["pool"])
        is_good = False
        try:
            if connection is None:
                connection = self._connector.connect(origin, exchange)
            connection.carry(exchange, _spelled(request))
            is_good = exchange.answer.leaves_open
        finally:
            self._give_back(connection, is_good=is_good)
        status = exchange.answer.said.status
        assert status is not None  # or it would have been cut
        return httpx.Response(status)

    def close(self) -> None:
        """Close all connections that are not in use."""
        with self._changed:
            while self._idle:
                self._idle.pop().close()

    def _give_back(self, connection: Connection | None, *, is_good: bool) -> None:
        """Keep the connection if another request may follow on it, or close it."""
        if connection is not None and not is_good:
            connection.close()
        with self._changed:
            self._busy -= 1
            if connection is not None and is_good:
                self._idle.append(connection)
            self._changed.notify()

    def _take(self, origin: Origin, exchange: Exchange, seconds: float) -> Connection | None:
        """A kept connection to the origin; or ``None``, and leave to open one more."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._busy < self._most, seconds):
                raise CutError("time", "no connection was free")
            self._busy += 1
            for connection in reversed(self._idle):
                if connection.origin == origin and not exchange.afresh:
                    self._idle.remove(connection)
                    if connection.may_be_used():
                        return connection
                    connection.close()
            if self._busy + len(self._idle) > self._most:
                self._idle.pop(0).close()
        return None


def _spelled(request: httpx.Request) -> bytes:
    """The request as it is sent (RFC 9112 section 3)."""
    line = b"%b %b HTTP/1.1\r\n" % (request.method.encode("ascii"), request.extensions["target"])
    return b"".join((line, *(b"%b: %b\r\n" % field for field in request.headers.raw), b"\r\n"))
