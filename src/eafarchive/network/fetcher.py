"""One request, one `Capture`: never a redirect, a cookie, a proxy or an exception."""

from __future__ import annotations

import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import httpx

from eafarchive.discovery.urls import clean_url
from eafarchive.model import Capture, NoAnswer, Truncation
from eafarchive.network.addresses import Resolve, UnreachableError
from eafarchive.network.connection import Connector
from eafarchive.network.exchange import CutError, Exchange, Limits
from eafarchive.network.transport import TapTransport

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPT_ENCODING = "gzip"
"""The one coding that every reader of WARC files undoes. Others are kept and undone if sent."""

_UNSENDABLE = re.compile(r"\A[\t ]|[^\t -~\x80-\xff]|[\t ]\Z")

# httpx logs whole URLs at INFO, and what stands in a query is nobody's business.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Fetcher:
    """Fetches URLs; safe for as many threads as it has connections."""

    def __init__(
        self,
        *,
        user_agent: str,
        timeout: float,
        total_timeout: float,
        max_wire_bytes: int,
        allow_private_addresses: bool,
        connections: int = 1,
        ssl_context: ssl.SSLContext | None = None,
        resolve: Resolve = socket.getaddrinfo,
        ca_file: Path | None = None,
    ) -> None:
        """Seconds without a byte, seconds in all (name look-up included), bytes of one answer.

        ``ca_file`` holds certificates to trust beside the usual ones.
        """
        self._limits = Limits(timeout, total_timeout, max_wire_bytes)
        context = ssl_context or httpx.create_ssl_context(trust_env=False)
        if ca_file is not None:
            context.load_verify_locations(ca_file)
        connector = Connector(resolve, context, allow_private=allow_private_addresses)
        self._client = _Client(
            transport=TapTransport(connector, connections),
            headers={
                "User-Agent": user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
            },
            timeout=httpx.Timeout(timeout, pool=total_timeout),
            follow_redirects=False,
            trust_env=False,
        )
        self.resent = 0
        """Requests sent once more, on a new connection: one that was kept was closed meanwhile."""
        self._counting = threading.Lock()
        self._in_flight: set[Exchange] = set()
        self._aborted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def abort(self) -> None:
        """End every request in flight, from any thread or a signal handler; no later one is sent.

        Takes no lock: `fetch` notes an exchange, then looks at the flag; this is the other way
        round.
        """
        self._aborted = True
        for exchange in self._in_flight.copy():
            exchange.stop()

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Capture | NoAnswer:
        """What came back for a GET of ``url``: a capture if it was a byte or more.

        A cut or ill-framed answer is a capture with ``truncated`` or ``problem`` set. A header
        whose value no request may hold (RFC 9110 section 5.5) is left out.
        """
        began = datetime.now(UTC)
        deadline = time.monotonic() + self._limits.total_timeout
        target = clean_url(url)
        if target is None:
            return NoAnswer(_without_user(url), began, "url", "not an http or https URL")
        sent = {
            name.encode("ascii"): value.encode("latin-1")
            for name, value in (headers or {}).items()
            if not _UNSENDABLE.search(value)
        }
        origin, path = _taken_apart(target)
        try:
            request = httpx.Request(
                "GET", _parsed(origin), headers=[*self._client.headers.raw, *sent.items()]
            )
        except httpx.InvalidURL as error:
            return NoAnswer(target, began, "url", str(error))
        exchange = Exchange(self._limits, deadline)
        ending = self._send(request, path, exchange)
        stale = exchange.on_used_connection and not exchange.response
        if stale and isinstance(ending, CutError) and ending.kind == "disconnect":
            # The server closed the kept connection just before it was used again.
            with self._counting:
                self.resent += 1
            exchange = Exchange(self._limits, deadline, afresh=True)
            ending = self._send(request, path, exchange)
        if not exchange.response:
            return _no_answer(target, began, ending)
        return _capture(target, began, exchange, ending)

    def _send(
        self, request: httpx.Request, target: bytes, exchange: Exchange
    ) -> CutError | UnreachableError | None:
        """Let httpx do the request; why it ended early, if it did."""
        self._in_flight.add(exchange)
        if self._aborted:
            exchange.stop()
        request.extensions = {"target": target, "exchange": exchange}
        try:
            self._client.send(request)
        except (CutError, UnreachableError) as error:
            return error
        finally:
            request.extensions = {}  # httpx's response is a cycle, and would hold the bytes
            self._in_flight.discard(exchange)
        return None


class _NoCookies(httpx.Cookies):
    """No cookie, ever: even looking for some took a tenth of a request's time."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Take none."""


class _Client(httpx.Client):
    cookies = _NoCookies()  # type: ignore[override]  # none is ever set


@lru_cache(maxsize=64)
def _parsed(origin: str) -> httpx.URL:
    """The origin as httpx parses it, which takes a while; raises `httpx.InvalidURL`."""
    return httpx.URL(origin)


def _taken_apart(url: str) -> tuple[str, bytes]:
    """A clean URL's origin, and the rest as it is spelled: httpx would spell some otherwise."""
    scheme, _, host, path = url.split("/", 3)
    return f"{scheme}//{host}/", b"/" + path.encode("ascii")


def _without_user(url: str) -> str:
    """A URL that is none, without what may be a password in it."""
    scheme, colons, rest = url.partition("://")
    return scheme + colons + rest.rpartition("@")[2] if colons else url.rpartition("@")[2]


def _no_answer(url: str, began: datetime, ending: CutError | UnreachableError | None) -> NoAnswer:
    if isinstance(ending, UnreachableError):
        return NoAnswer(url, began, ending.reason, str(ending))
    reason: Literal["timeout", "disconnect"] = "disconnect"
    if ending is not None and ending.kind == "time":
        reason = "timeout"
    return NoAnswer(url, began, reason, str(ending or "closed without an answer"))


def _capture(
    url: str, began: datetime, exchange: Exchange, ending: CutError | UnreachableError | None
) -> Capture:
    interim, final, said = exchange.answer.interim, exchange.answer.final, exchange.answer.said
    truncated: Truncation | None = None
    problem = said.problem
    if not final:
        # Nothing but interim responses is what there is of the answer.
        interim, final = b"", interim
        problem = "no final response"
    elif said.excess:
        problem = "; ".join(filter(None, (problem, f"{said.excess} bytes after it, not kept")))
        final = final[: said.end]
    # Whole by its own framing: whatever came after it, or went wrong then, is not of it.
    settled = said.complete and said.framing != "close"
    if isinstance(ending, CutError) and (ending.kind == "unspecified" or not settled):
        truncated = ending.kind
        if not (exchange.closed_by_peer and problem):
            problem = str(ending)
    elif not said.complete:
        truncated = "disconnect"
    if truncated == "disconnect" and not (said.complete or said.cut):
        truncated, problem = "unspecified", said.problem
    return Capture(
        target_uri=url,
        captured_at=began,
        request=bytes(exchange.request),
        response=final,
        ip=exchange.peer,
        interim=interim,
        truncated=truncated,
        problem=problem,
    )
