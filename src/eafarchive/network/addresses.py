"""Which addresses we connect to: public unicast ones, unless the owner says otherwise."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable
from typing import Any, Literal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[..., list[tuple[Any, ...]]]

_EMBEDDING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""Ranges that carry an IPv4 address inside: NAT64, 6to4, Teredo, IPv4-compatible."""
_SITE_LOCAL = ipaddress.IPv6Network("fec0::/10")


class UnreachableError(Exception):
    """No connection was made; ``reason`` as in `eafarchive.model.NoAnswer`, the text for people."""

    def __init__(
        self, reason: Literal["address", "dns", "connect", "tls", "timeout"], detail: str
    ) -> None:
        super().__init__(detail)
        self.reason = reason


def is_public(address: Address) -> bool:
    """Whether the address is one on the open internet that a server may have.

    Stricter than ``is_global``, which lets multicast, NAT64, 6to4 and site-local pass.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _SITE_LOCAL or any(address in net for net in _EMBEDDING):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def addresses_of(
    host: str, port: int, seconds: float, resolve: Resolve, *, allow_private: bool
) -> list[str]:
    """The addresses to try for a host, in the resolver's order.

    All of them must be public: what is judged here is what is connected to, whatever the name
    resolves to a moment later. Raises `UnreachableError`.
    """
    found: list[Address] = []
    for *_, sockaddr in _bounded(host, port, seconds, resolve):
        address = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
        if address not in found:
            found.append(address)
    if not allow_private:
        for address in found:
            if not is_public(address):
                detail = f"{host} is at {address}, which is not a public address"
                raise UnreachableError("address", f"{detail} (crawl.allow_private_addresses)")
    if not found:
        raise UnreachableError("dns", f"{host} has no address")
    return [str(address) for address in found]


def _bounded(host: str, port: int, seconds: float, resolve: Resolve) -> list[tuple[Any, ...]]:
    """The resolver's answer, waited for no longer than ``seconds``: it has no timeout of its own."""
    answer: queue.SimpleQueue[list[tuple[Any, ...]] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        got = answer.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise UnreachableError("timeout", f"looking up {host} took too long") from None
    if isinstance(got, Exception):
        detail = got.strerror if isinstance(got, OSError) and got.strerror else str(got)
        raise UnreachableError("dns", f"{host}: {detail}")
    return got
