"""One connection to a server, and the exchanges it carries, one after another."""

from __future__ import annotations

import select
import socket
import ssl
import time

from eafarchive.network.addresses import Resolve, UnreachableError, addresses_of
from eafarchive.network.ending import CutError
from eafarchive.network.exchange import Exchange

_PIECE = 1 << 16


class Connection:
    """A connected socket, plain or under TLS; for one thread at a time."""

    def __init__(self, sock: socket.socket, peer: str) -> None:
        """``peer`` is the address connected to."""
        self._socket = sock
        self._peer = peer
        self._is_used = False
        self.idle_since = time.monotonic()
        """When the last exchange ended, by the monotonic clock."""

    def carry(self, exchange: Exchange, request: bytes) -> None:
        """Send the request and take in the answer, every octet recorded. Raises `CutError`."""
        exchange.on_used_connection = self._is_used
        exchange.peer = self._peer
        self._is_used = True
        exchange.attach(self._socket)
        self._send(exchange, request)
        while not exchange.is_complete:
            data = self._receive(exchange)
            if not data:
                exchange.ended()
                break
            exchange.received(data)
        self.idle_since = time.monotonic()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def is_quiet(self) -> bool:
        """Whether it is open, and nothing has come that nobody asked for."""
        sock = self._socket
        if sock.fileno() < 0 or (isinstance(sock, ssl.SSLSocket) and sock.pending()):
            return False
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return not poll.poll(0)

    def _send(self, exchange: Exchange, request: bytes) -> None:
        while request:
            self._socket.settimeout(exchange.seconds_left())
            try:
                sent = self._socket.send(request)
            except TimeoutError:
                raise exchange.timed_out() from None
            except OSError:
                return  # there may be an answer, that came before all was sent
            exchange.request += request[:sent]
            request = request[sent:]

    def _receive(self, exchange: Exchange) -> bytes:
        self._socket.settimeout(exchange.seconds_left())
        try:
            return self._socket.recv(_PIECE)
        except TimeoutError:
            raise exchange.timed_out() from None
        except ssl.SSLEOFError:
            # Anyone on the way can cut a TLS connection so (RFC 9112 section 9.8).
            exchange.seconds_left()
            raise CutError("disconnect", "the TLS connection was not closed but broken") from None
        except OSError as error:
            exchange.seconds_left()
            raise CutError("disconnect", error.strerror or str(error)) from None


class Connector:
    """Makes connections, to judged addresses only."""

    def __init__(self, resolve: Resolve, context: ssl.SSLContext, *, allow_private: bool) -> None:
        """``resolve`` has `socket.getaddrinfo`'s signature."""
        self._resolve = resolve
        self._context = context
        self._allow_private = allow_private
        context.set_alpn_protocols(["http/1.1"])

    def connect(self, scheme: str, host: str, port: int, exchange: Exchange) -> Connection:
        """A connection to the first of the host's addresses that takes it.

        Raises `UnreachableError` and `CutError`.
        """
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
                sock = _connected(address, port, exchange)
            except TimeoutError:
                problem = f"{address} port {port}: no answer"
            except OSError as error:
                problem = f"{address} port {port}: {error.strerror or error}"
            else:
                if scheme == "https":
                    sock = self._under_tls(sock, host, exchange)
                return Connection(sock, address)
            exchange.seconds_left()
        raise UnreachableError("connect", problem)

    def _under_tls(self, sock: socket.socket, host: str, exchange: Exchange) -> socket.socket:
        try:
            sock.settimeout(exchange.seconds_left())
            sock = self._context.wrap_socket(
                sock,
                server_hostname=host,
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
        return sock


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
