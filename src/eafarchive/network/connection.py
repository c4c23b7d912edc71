"""One connection to a server: every byte that crosses it is added to the exchange it serves."""

from __future__ import annotations

import select
import socket
import ssl
import time
from ipaddress import ip_address
from typing import NamedTuple

from eafarchive.network.addresses import Resolve, UnreachableError, addresses_of
from eafarchive.network.exchange import CutError, Exchange

IDLE_SECONDS = 30.0
"""How long a connection is kept that nobody uses."""
_PIECE = 1 << 16


class Origin(NamedTuple):
    """Where a connection leads (RFC 9110 section 4.3.1)."""

    scheme: str
    host: str
    port: int


class Connection:
    """A connection; for one thread at a time."""

    def __init__(self, origin: Origin, sock: socket.socket, peer: str) -> None:
        """``peer`` is the address that the socket is connected to."""
        self.origin = origin
        self._socket = sock
        self._peer = peer
        self._used_at: float | None = None

    def carry(self, exchange: Exchange, request: bytes) -> None:
        """Send the request and take in its answer, both recorded; raises `CutError`."""
        exchange.on_used_connection = self._used_at is not None
        exchange.peer = self._peer
        exchange.attach(self._socket)
        self._send(exchange, request)
        self._receive(exchange)
        self._used_at = time.monotonic()

    def may_be_used(self) -> bool:
        """Whether it was used a short while ago, and nothing has come since."""
        since = time.monotonic() - (self._used_at or 0.0)
        return since < IDLE_SECONDS and not _is_readable(self._socket)

    def close(self) -> None:
        """Close it."""
        self._socket.close()

    def _send(self, exchange: Exchange, request: bytes) -> None:
        unsent = memoryview(request)
        while unsent:
            self._socket.settimeout(exchange.seconds_left())
            try:
                sent = self._socket.send(unsent)
            except TimeoutError:
                raise exchange.timed_out() from None
            except OSError:
                return  # an answer may have come before all was sent
            exchange.request += unsent[:sent]
            unsent = unsent[sent:]

    def _receive(self, exchange: Exchange) -> None:
        while True:
            self._socket.settimeout(exchange.seconds_left())
            try:
                data = self._socket.recv(_PIECE)
            except TimeoutError:
                raise exchange.timed_out() from None
            except ssl.SSLEOFError:
                # Anyone on the way can cut a TLS connection so (RFC 9112 section 9.8).
                exchange.seconds_left()
                broken = "the TLS connection was not closed but broken"
                raise CutError("disconnect", broken) from None
            except OSError as error:
                exchange.seconds_left()
                raise CutError("disconnect", error.strerror or str(error)) from None
            if not data:
                exchange.ended()
                return
            if exchange.received(data):
                return


class Connector:
    """Opens connections, to judged addresses only."""

    def __init__(self, resolve: Resolve, context: ssl.SSLContext, *, allow_private: bool) -> None:
        """``resolve`` has `socket.getaddrinfo`'s signature."""
        context.set_alpn_protocols(["http/1.1"])
        self._resolve = resolve
        self._context = context
        self._allow_private = allow_private

    def connect(self, origin: Origin, exchange: Exchange) -> Connection:
        """A connection to the first of the host's addresses that takes it.

        Raises `UnreachableError` and `CutError`.
        """
        found = addresses_of(
            origin.host,
            origin.port,
            exchange.seconds_left(),
            self._resolve,
            exchange.looked_up,
            allow_private=self._allow_private,
        )
        problem = ""
        for tried, address in enumerate(found):
            seconds = exchange.seconds_left(among=len(found) - tried)  # a silent one takes its own
            try:
                sock = _connected(address, origin.port, seconds, exchange)
            except TimeoutError:
                problem = f"{address} port {origin.port}: no answer"
            except OSError as error:
                problem = f"{address} port {origin.port}: {error.strerror or error}"
            else:
                if origin.scheme == "https":
                    sock = self._secured(sock, origin.host, exchange)
                return Connection(origin, sock, str(ip_address(address)))
        exchange.seconds_left()
        raise UnreachableError("connect", problem)

    def _secured(self, sock: socket.socket, host: str, exchange: Exchange) -> ssl.SSLSocket:
        """The socket under TLS."""
        secured: socket.socket = sock
        try:
            sock.settimeout(exchange.seconds_left())
            secured = self._context.wrap_socket(
                sock,
                server_hostname=host,
                do_handshake_on_connect=False,
                suppress_ragged_eofs=False,
            )
            exchange.attach(secured)
            secured.do_handshake()
        except TimeoutError:
            secured.close()
            exchange.seconds_left()
            raise UnreachableError("timeout", "the TLS handshake took too long") from None
        except OSError as error:
            secured.close()
            exchange.seconds_left()
            raise UnreachableError("tls", str(error)) from None
        except CutError:
            secured.close()
            raise
        return secured


def _connected(address: str, port: int, seconds: float, exchange: Exchange) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        exchange.attach(sock)
        sock.settimeout(seconds)
        sock.connect((address, port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        exchange.attach(sock)  # once more: what is not connected cannot be shut
    except (OSError, CutError):
        sock.close()
        raise
    return sock


def _is_readable(sock: socket.socket) -> bool:
    if sock.fileno() < 0 or (isinstance(sock, ssl.SSLSocket) and sock.pending()):
        return True
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
