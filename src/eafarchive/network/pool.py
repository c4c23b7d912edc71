"""Connections kept for another request to the same origin."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from eafarchive.network.connection import Connection, Connector
from eafarchive.network.exchange import Exchange

KEPT = 30.0
"""Seconds that an idle connection is kept."""
_PAUSE = 0.1


class Origin(NamedTuple):
    """What a connection leads to."""

    scheme: str
    host: str
    port: int


class Pool:
    """At most so many connections at a time, in use or kept; safe for threads."""

    def __init__(self, connector: Connector, connections: int) -> None:
        """At most ``connections`` exchanges at a time; others wait."""
        self._connector = connector
        self._room = threading.Semaphore(connections)
        self._most = connections
        self._lock = threading.Lock()
        self._idle: list[tuple[Origin, Connection]] = []
        """The one that was used last is at the end."""

    def __len__(self) -> int:
        """How many connections are kept."""
        return len(self._idle)

    @contextmanager
    def connection(self, origin: Origin, exchange: Exchange) -> Iterator[Connection]:
        """A connection to the origin, for one exchange.

        It is kept if the answer ended exactly where its framing says: what follows could be taken
        for the answer to another request. Raises `UnreachableError` and `CutError`.
        """
        while not self._room.acquire(timeout=min(_PAUSE, exchange.seconds_left())):
            pass
        try:
            connection = None if exchange.afresh else self._take(origin)
            if connection is None:
                connection = self._connector.connect(*origin, exchange)
            is_kept = False
            try:
                yield connection
                is_kept = exchange.is_complete and exchange.answer.ends_exactly
            finally:
                if is_kept:
                    self._keep(origin, connection)
                else:
                    connection.close()
        finally:
            self._room.release()

    def close(self) -> None:
        """Close the connections that are kept."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _take(self, origin: Origin) -> Connection | None:
        """A kept connection that is still good; those that are not are closed."""
        oldest = time.monotonic() - KEPT
        dropped: list[Connection] = []
        found = None
        with self._lock:
            for at in range(len(self._idle) - 1, -1, -1):
                leads_to, connection = self._idle[at]
                is_good = connection.idle_since > oldest and connection.is_quiet()
                if not is_good:
                    dropped.append(connection)
                    del self._idle[at]
                elif leads_to == origin:
                    found = connection
                    del self._idle[at]
                    break
        for connection in dropped:
            connection.close()
        return found

    def _keep(self, origin: Origin, connection: Connection) -> None:
        with self._lock:
            self._idle.append((origin, connection))
            over = self._idle[: -self._most]
            del self._idle[: -self._most]
        for _, old in over:
            old.close()
