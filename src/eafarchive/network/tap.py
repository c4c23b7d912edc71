"""Seeing every byte: a recording backend for httpcore.

The backend knows which `Exchange` a thread is in, adds every byte that crosses a connection to it,
and ends it when it grows over a limit. httpx and httpcore drive; what they make of the bytes is not
what is kept.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from eafarchive.network.addresses import Resolve, UnreachableError, addresses_of
from eafarchive.network.exchange import CutError, Exchange


class TapStream(httpcore.NetworkStream):
    """A connection whose bytes are added to the exchange of the thread that uses it."""

    def __init__(self, sock: socket.socket, backend: TapBackend, peer: str) -> None:
        """``peer`` is the address connected to."""
        self._socket = sock
        self._backend = backend
        self._peer = peer
        self._last: Exchange | None = None
        """The exchange on the connection; ``None`` once it is known how it ended."""
        self._is_used = False
        self._is_reusable = True

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """The bytes received, recorded. The exchange knows the timeout."""
        exchange = self._backend.exchange
        self._socket.settimeout(exchange.seconds_left())
        try:
            data = self._socket.recv(max_bytes)
        except TimeoutError:
            raise exchange.timed_out() from None
        except ssl.SSLEOFError:
            # Anyone on the way can cut a TLS connection so (RFC 9112 section 9.8).
            exchange.seconds_left()
            raise CutError("disconnect", "the TLS connection was not closed but broken") from None
        except OSError as error:
            exchange.seconds_left()
            raise CutError("disconnect", error.strerror or str(error)) from None
        if data:
            exchange.received(data)
        else:
            exchange.seconds_left()  # shut by `Exchange.stop`, if not by the peer
            exchange.closed_by_peer = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send the bytes, recorded. The exchange knows the timeout."""
        exchange = self._backend.exchange
        if exchange is not self._last:
            exchange.on_used_connection = self._is_used
            exchange.peer = self._peer
            exchange.attach(self._socket)
            self._last, self._is_used = exchange, True
        while buffer:
            self._socket.settimeout(exchange.seconds_left())
            try:
                sent = self._socket.send(buffer)
            except TimeoutError:
                raise exchange.timed_out() from None
            except OSError as error:
                # After this one httpcore looks for an answer that came before all was sent.
                raise httpcore.WriteError(str(error)) from None
            exchange.request += buffer[:sent]
            buffer = buffer[sent:]

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """The same connection under TLS. Raises `UnreachableError`."""
        exchange = self._backend.exchange
        sock = self._socket
        try:
            sock.settimeout(exchange.seconds_left())
            sock = ssl_context.wrap_socket(
                sock,
                server_hostname=server_hostname,
                do_handshake_on_connect=False,
                suppress_ragged_eofs=False,
            )
            exchange.attach(sock)
            sock.do_handshake()
        except TimeoutError:
            sock.close()
            exchange.seconds_left()
            raise UnreachableError("timeout", "the TLS handshake took too long") from None
        except OSError as error:
            sock.close()
            exchange.seconds_left()
            raise UnreachableError("tls", str(error)) from None
        except CutError:
            sock.close()
            raise
        return TapStream(sock, self._backend, self._peer)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the connection.

        It drops an idle one that is ``is_readable``. So is, for that purpose, every connection
        whose last answer did not end exactly where its framing says: what follows could be taken
        for the answer to another request.
        """
        return self._is_to_be_dropped() if info == "is_readable" else None

    def _is_to_be_dropped(self) -> bool:
        last = self._last
        if last is not None:
            if not last.is_over:
                return False  # another thread has begun to use it since it was found idle
            self._is_reusable = last.answer.ends_exactly
            self._last = None  # or its bytes would live as long as the connection
        return not self._is_reusable or self._backend.wants_fresh or _is_readable(self._socket)


def _is_readable(sock: socket.socket) -> bool:
    if sock.fileno() < 0 or (isinstance(sock, ssl.SSLSocket) and sock.pending()):
        return True
    poll = select.poll()  # leaves the timeout alone, which another thread may have just set
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


class TapBackend(httpcore.NetworkBackend):
    """Connects to judged addresses only, and hands out recording streams."""

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        """``resolve`` has `socket.getaddrinfo`'s signature."""
        self._resolve = resolve
        self._allow_private = allow_private
        self._local = threading.local()

    @property
    def exchange(self) -> Exchange:
        """The exchange this thread is in."""
        current: Exchange = self._local.exchange
        return current

    @property
    def wants_fresh(self) -> bool:
        """Whether this thread wants a connection that was not used."""
        current: Exchange | None = getattr(self._local, "exchange", None)
        return current is not None and current.afresh and not current.is_over

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
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """A recording connection to the first of the host's addresses that takes it.

        Raises `UnreachableError`.
        """
        exchange = self.exchange
        found = addresses_of(
            host,
            port,
            exchange.seconds_left(),
            self._resolve,
            exchange.looked_up,
            allow_private=self._allow_private,
        )
        problem = ""
        for address in found:
            try:
                return TapStream(_connected(address, port, exchange), self, address)
            except TimeoutError:
                problem = f"{address} port {port}: no answer"
            except OSError as error:
                problem = f"{address} port {port}: {error.strerror or error}"
            exchange.seconds_left()
        raise UnreachableError("connect", problem)


def _connected(address: str, port: int, exchange: Exchange) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        exchange.attach(sock)
        sock.settimeout(exchange.seconds_left())
        sock.connect((address, port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        exchange.attach(sock)  # once more: what is not connected cannot be shut
    except (OSError, CutError):
        sock.close()
        raise
    return sock
