"""One request, one `Capture`: never a redirect, a cookie, a proxy or an exception."""

from __future__ import annotations

import http.cookiejar
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Self

import httpcore
import httpx

from eafarchive import http1
from eafarchive.discovery.urls import clean_url
from eafarchive.model import Capture, NoAnswer
from eafarchive.network.addresses import Resolve, UnreachableError
from eafarchive.network.tap import CutError, Exchange, Limits, TapBackend, TapTransport, shut

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPT_ENCODING = "gzip"
"""The one coding that every reader of WARC files undoes. Others are kept and undone if sent."""


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
    ) -> None:
        """Seconds without a byte, seconds in all (name look-up included), bytes of one answer."""
        self._limits = Limits(timeout, total_timeout, max_wire_bytes)
        self._backend = TapBackend(resolve, allow_private=allow_private_addresses)
        context = ssl_context or httpx.create_ssl_context(trust_env=False)
        nobody = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
        self._client = httpx.Client(
            transport=TapTransport(self._backend, context, connections),
            headers={
                "User-Agent": user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
            },
            cookies=http.cookiejar.CookieJar(policy=nobody),
            timeout=httpx.Timeout(timeout, pool=total_timeout),
            follow_redirects=False,
            trust_env=False,
        )
        self._lock = threading.Lock()
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
        """End every request in flight, from any thread; later ones are not sent."""
        with self._lock:
            self._aborted = True
            for exchange in self._in_flight:
                if exchange.stream:
                    shut(exchange.stream)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Capture | NoAnswer:
        """What came back for a GET of ``url``: a capture if it was a byte or more.

        A cut or ill-framed answer is a capture with ``truncated`` or ``problem`` set.
        """
        began = datetime.now(UTC)
        target = clean_url(url)
        if target is None:
            return NoAnswer(url, began, "url", "not an http or https URL")
        while True:
            exchange = Exchange(self._limits)
            with self._lock:
                if self._aborted:
                    return NoAnswer(target, began, "disconnect", "stopped")
                self._in_flight.add(exchange)
            try:
                ending = self._run(target, headers or {}, exchange)
            finally:
                with self._lock:
                    self._in_flight.discard(exchange)
            # A kept connection may have been closed by the server just before it was used again.
            if exchange.response or not exchange.on_used_connection or self._aborted:
                break
        if not exchange.response:
            reason, detail = ("disconnect", "closed without an answer")
            if isinstance(ending, UnreachableError):
                reason, detail = ending.reason, str(ending)
            elif isinstance(ending, CutError):
                reason, detail = ("timeout" if ending.kind == "time" else "disconnect"), str(ending)
            return NoAnswer(target, began, reason, detail)  # type: ignore[arg-type]  # one of the literals
        return _capture(target, began, exchange, ending)

    def _run(
        self, url: str, headers: Mapping[str, str], exchange: Exchange
    ) -> CutError | UnreachableError | None:
        """Let httpx do the request; why it ended early, if it did."""
        origin = url.split("/", 3)
        extensions = {"target": f"/{origin[3]}".encode()} if len(origin) > 3 else {}
        try:
            with (
                self._backend.recording(exchange),
                self._client.stream("GET", url, headers=headers, extensions=extensions) as response,
            ):
                for _ in response.iter_raw():
                    pass
        except (CutError, UnreachableError) as error:
            return error
        except httpcore.TimeoutException:
            return CutError("time", f"no byte for {self._limits.timeout:g} s")
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            broken = isinstance(error, httpcore.NetworkError) or exchange.closed_by_peer
            return CutError("disconnect" if broken else "unspecified", str(error) or "disconnected")
        return None


def _capture(
    url: str, began: datetime, exchange: Exchange, ending: CutError | UnreachableError | None
) -> Capture:
    interim, final = http1.split_interim(bytes(exchange.response))
    answer = http1.parse(final)
    problem = str(ending) if ending else answer.problem
    truncated = ending.kind if isinstance(ending, CutError) else None
    if answer.complete and answer.framing != "close":
        # Whole by its own framing: whatever came after it, or went wrong then, is not of it.
        truncated = None
        problem = answer.problem
        if answer.excess:
            problem = f"{answer.excess} bytes after the end of the answer, not kept"
    elif truncated is None and not answer.complete:
        truncated = "disconnect" if exchange.closed_by_peer else "unspecified"
    return Capture(
        target_uri=url,
        captured_at=began,
        request=bytes(exchange.request),
        response=final[: answer.end] if answer.excess else final,
        ip=str(ipaddress.ip_address(exchange.peer)) if exchange.peer else None,
        interim=interim,
        truncated=truncated,
        problem=problem,
    )
