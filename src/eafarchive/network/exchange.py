"""What crosses the wire for one request, and the limits to it."""

from __future__ import annotations

import queue
import socket
import time
from contextlib import suppress
from functools import cached_property

import msgspec

from eafarchive import http1
from eafarchive.model import Truncation
from eafarchive.network.addresses import Found

MAX_HEAD = 64 << 10
MAX_FIELDS = 200
MAX_INTERIM = 10
SWITCHING = 101
"""The status of a final answer after which another protocol is spoken."""


class CutError(Exception):
    """The exchange ended before its end; what came before is kept."""

    def __init__(self, kind: Truncation, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Limits(msgspec.Struct, frozen=True):
    """What one exchange may take: seconds without a byte, seconds in all, bytes of the answer."""

    timeout: float
    total_timeout: float
    max_wire_bytes: int


class Answer(msgspec.Struct, frozen=True):
    """The bytes that came, taken apart."""

    interim: bytes
    final: bytes
    said: http1.Response

    @property
    def leaves_open(self) -> bool:
        """Whether another answer may follow on the connection.

        Only after one that ends exactly where its framing says: what follows another could be taken
        for the answer to another request. And only where it is not to be closed (RFC 9112 9.3).
        """
        said = self.said
        sound = said.complete and not said.excess and said.problem is None
        options = (http1.header(said, "connection") or "").lower().split(",")
        persists = said.version == "1.1" and "close" not in map(str.strip, options)
        return sound and said.framing != "close" and said.status != SWITCHING and persists


class Exchange:
    """One request on one connection; ended by a limit, or by `stop` from another thread."""

    def __init__(self, limits: Limits, deadline: float, *, afresh: bool = False) -> None:
        """``deadline`` by the monotonic clock; ``afresh``: on a connection that was not used."""
        self.afresh = afresh
        self.request = bytearray()
        self.response = bytearray()
        self.peer: str | None = None
        self.closed_by_peer = False
        self.on_used_connection = False
        """Whether the connection carried another exchange before."""
        self.looked_up: queue.SimpleQueue[Found] = queue.SimpleQueue()
        """Where the resolver's answer comes in; `stop` can put something there too."""
        self._limits = limits
        self._deadline = deadline
        self._socket: socket.socket | None = None
        self._stopped = False
        self._incoming: http1.Incoming | None = None
        """The final answer, once its head is there."""
        self._head_start = 0
        self._line_start = 0
        self._scanned = 0
        self._lines = 0
        self._interims = 0

    @cached_property
    def answer(self) -> Answer:
        """What came, once the exchange has ended."""
        interim, final = http1.split_interim(bytes(self.response))
        return Answer(interim, final, http1.parse(final))

    def seconds_left(self, among: int = 1) -> float:
        """How long the next operation may take; raises `CutError` if it may not begin.

        ``among``: so many like it share the time, itself counted.
        """
        if self._stopped:
            raise CutError("unspecified", "stopped")
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise CutError("time", f"not done after {self._limits.total_timeout:g} s")
        return min(left / among, self._limits.timeout)

    def timed_out(self) -> CutError:
        """Why the last operation took too long; raises `CutError` if time or patience is up."""
        self.seconds_left()
        return CutError("time", f"no byte for {self._limits.timeout:g} s")

    def attach(self, sock: socket.socket) -> None:
        """From now on the exchange is on this socket; raises `CutError` if it was stopped."""
        self._socket = sock
        self.seconds_left()  # after the line above: `stop` does the two in the other order

    def stop(self) -> None:
        """End the exchange, from any thread or a signal handler: takes no lock."""
        self._stopped = True
        self.looked_up.put(CutError("unspecified", "stopped"))
        sock = self._socket
        if sock is not None:
            with suppress(OSError):
                # Not SSLSocket's own: that takes the TLS layer from under the thread that reads.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def received(self, data: bytes) -> bool:
        """Add bytes of the answer; whether it is whole by its own framing now.

        Raises `CutError` when they are too many, or leave nobody a way to tell where it ends.
        """
        room = self._limits.max_wire_bytes - len(self.response)
        self.response += data[:room]
        if self._incoming is None:
            self._look_at_head()
        incoming = self._incoming
        if incoming is not None:
            if incoming.problem is None and incoming.is_whole(self.response):
                return True
            if incoming.problem is not None:
                raise CutError("unspecified", incoming.problem)
        if len(data) > room:
            raise CutError("length", f"over {self._limits.max_wire_bytes} bytes (max_wire_bytes)")
        return False

    def ended(self) -> None:
        """Note that the peer sends no more; raises `CutError` if that is not how it ends."""
        self.seconds_left()  # shut by `stop`, if not by the peer
        self.closed_by_peer = True
        if self._incoming is None or self._incoming.framing != "close":
            raise CutError("disconnect", "closed before the end of an answer")

    def _look_at_head(self) -> None:
        """Count lines, each byte once; a head over a limit is kept up to the limit."""
        while (eol := self.response.find(b"\n", self._scanned)) >= 0:
            line = self.response[self._line_start : eol].removesuffix(b"\r")
            if eol + 1 - self._head_start > MAX_HEAD:
                break
            if line and self._lines > MAX_FIELDS:
                self._cut(self._line_start, f"over {MAX_FIELDS} header fields")
            self._lines += 1
            self._line_start = self._scanned = eol + 1
            if not line:
                self._end_head(eol + 1)
                if self._incoming is not None:
                    return
        self._scanned = len(self.response)
        if self._scanned - self._head_start > MAX_HEAD:
            self._cut(self._head_start + MAX_HEAD, f"a head of over {MAX_HEAD} bytes")

    def _end_head(self, end: int) -> None:
        head = bytes(self.response[self._head_start : end])
        interim, _ = http1.split_interim(head)
        if not interim:
            self._incoming = http1.Incoming(head, end)
            return
        self._interims += 1
        if self._interims > MAX_INTERIM:
            self._cut(self._head_start, f"over {MAX_INTERIM} interim responses")
        self._head_start, self._lines = end, 0

    def _cut(self, end: int, detail: str) -> None:
        del self.response[end:]
        raise CutError("length", detail)
