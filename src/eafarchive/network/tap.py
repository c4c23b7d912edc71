"""Seeing every byte: a recording backend for httpcore, and a transport for httpx over it.

The backend knows which `Exchange` a thread is in, adds every byte that crosses a connection to it,
and ends it when it grows over a limit. httpx and httpcore drive; what they make of the bytes is not
what is kept.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from typing import Any

import httpcore
import httpx
import msgspec

from eafarchive import http1
from eafarchive.model import Truncation
from eafarchive.network.addresses import Resolve, UnreachableError, addresses_of

MAX_HEAD = 64 << 10
MAX_FIELDS = 200
MAX_INTERIM = 10


class CutError(Exception):
    """The exchange was ended by us; what came before is kept."""

    def __init__(self, kind: Truncation, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Limits(msgspec.Struct, frozen=True):
    """What one exchange may take: seconds without a byte, seconds in all, bytes of the answer."""

    timeout: float
    total_timeout: float
    max_wire_bytes: int


class Exchange:
    """What crossed the wire for one request."""

    def __init__(self, limits: Limits) -> None:
        """The clock starts now."""
        self._limits = limits
        self._deadline = time.monotonic() + limits.total_timeout
        self._head_read = False
        self.request = bytearray()
        self.response = bytearray()
        self.peer: str | None = None
        self.closed_by_peer = False
        self.on_used_connection = False
        """Whether the connection carried another exchange before."""
        self.stream: httpcore.NetworkStream | None = None

    def seconds_left(self, timeout: float | None = None) -> float:
        """How long the next operation may take; raises `CutError` if no time is left."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise CutError("time", f"not done after {self._limits.total_timeout:g} s")
        return min(left, self._limits.timeout if timeout is None else timeout)

    def received(self, data: bytes) -> None:
        """Add bytes of the answer; raises `CutError` when they are too many."""
        room = self._limits.max_wire_bytes - len(self.response)
        self.response += data[:room]
        if len(data) > room:
            raise CutError("length", f"over {self._limits.max_wire_bytes} bytes")
        if not self._head_read:
            self._look_at_head()

    def _look_at_head(self) -> None:
        interim, final = http1.split_interim(bytes(self.response[: MAX_HEAD * 2]))
        if interim.count(b"HTTP/1.") > MAX_INTERIM:
            raise CutError("length", f"over {MAX_INTERIM} interim responses")
        length = http1.head_length(final)
        self._head_read = length is not None
        if (length or len(self.response)) > MAX_HEAD:
            raise CutError("length", f"a head of over {MAX_HEAD} bytes")
        if final.count(b"\n", 0, length or MAX_HEAD) > MAX_FIELDS + 2:
            raise CutError("length", f"over {MAX_FIELDS} header fields")

    @property
    def ended_exactly(self) -> bool:
        """Whether the answer ended where its framing says, so that another may follow."""
        _, final = http1.split_interim(bytes(self.response))
        answer = http1.parse(final)
        sound = answer.complete and not answer.excess and answer.problem is None
        return sound and answer.framing != "close"


class TapStream(httpcore.NetworkStream):
    """A connection whose bytes are added to the exchange of the thread that uses it."""

    def __init__(self, inner: httpcore.NetworkStream, backend: TapBackend, peer: str) -> None:
        """``peer`` is the address connected to."""
        self._inner = inner
        self._backend = backend
        self._peer = peer
        self._last: Exchange | None = None
        self._reusable: bool | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The bytes received, recorded."""
        exchange = self._backend.exchange
        data = self._inner.read(max_bytes, exchange.seconds_left(timeout))
        exchange.closed_by_peer = not data
        exchange.received(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes, recorded."""
        exchange = self._backend.exchange
        if exchange is not self._last:
            exchange.on_used_connection = self._last is not None
            exchange.peer, exchange.stream = self._peer, self._inner
            self._last, self._reusable = exchange, None
        exchange.request += buffer
        self._inner.write(buffer, exchange.seconds_left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection under TLS. Raises `UnreachableError`."""
        seconds = self._backend.exchange.seconds_left(timeout)
        try:
            secured = self._inner.start_tls(ssl_context, server_hostname, seconds)
        except httpcore.ConnectTimeout:
            raise UnreachableError("timeout", "the TLS handshake took too long") from None
        except httpcore.ConnectError as error:
            raise UnreachableError("tls", str(error)) from None
        return TapStream(secured, self._backend, self._peer)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the connection.

        It drops an idle one that is ``is_readable``. So is, for that purpose, every connection
        whose last answer did not end exactly where its framing says: what follows could be taken
        for the answer to another request.
        """
        if info == "is_readable" and self._last is not None:
            if self._reusable is None:
                self._reusable = self._last.ended_exactly
            if not self._reusable:
                return True
        return self._inner.get_extra_info(info)


class TapBackend(httpcore.NetworkBackend):
    """Connects to judged addresses only, and hands out recording streams."""

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        """``resolve`` has `socket.getaddrinfo`'s signature."""
        self._resolve = resolve
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()
        self._local = threading.local()

    @property
    def exchange(self) -> Exchange:
        """The exchange this thread is in."""
        current: Exchange = self._local.exchange
        return current

    @contextmanager
    def recording(self, exchange: Exchange) -> Iterator[None]:
        """A context in which this thread's traffic belongs to ``exchange``."""
        self._local.exchange = exchange
        try:
            yield
        finally:
            del self._local.exchange

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A recording connection to the first of the host's addresses that takes it.

        Raises `UnreachableError`.
        """
        left = self.exchange.seconds_left
        found = addresses_of(
            host, port, left(timeout), self._resolve, allow_private=self._allow_private
        )
        problem = ""
        for address in found:
            try:
                inner = self._inner.connect_tcp(
                    address, port, left(timeout), local_address, socket_options
                )
            except httpcore.ConnectTimeout:
                problem = f"{address} port {port}: no answer"
            except httpcore.ConnectError as error:
                problem = f"{address} port {port}: {error}"
            else:
                return TapStream(inner, self, address)
        raise UnreachableError("connect", problem)


class TapTransport(httpx.BaseTransport):
    """httpx's transport over a pool of recorded connections; HTTP/1.1 only, no proxies."""

    def __init__(self, backend: TapBackend, ssl_context: ssl.SSLContext, connections: int) -> None:
        """At most ``connections`` at once."""
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30.0,
            http1=True,
            http2=False,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def shut(stream: httpcore.NetworkStream) -> None:
    """Shut a connection under the thread that reads from it."""
    with suppress(OSError):
        stream.get_extra_info("socket").shutdown(SHUT_RDWR)
