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
Found = list[tuple[Any, ...]] | Exception
"""What a resolver answers, or why it does not."""

# The special-purpose registries of RFC 6890, as of 2024. Not ``is_global``: it takes multicast,
# NAT64, 6to4 and site-local addresses for global ones, and differs between versions of Python.
_NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)


class UnreachableError(Exception):
    """No connection was made; ``reason`` as in `eafarchive.model.NoAnswer`, the text for people."""

    def __init__(
        self, reason: Literal["address", "dns", "connect", "tls", "timeout"], detail: str
    ) -> None:
        super().__init__(detail)
        self.reason = reason


def is_public(address: Address) -> bool:
    """Whether the address is one on the open internet that a server may have.

    No IPv6 address that has an IPv4 one inside (mapped, 6to4, Teredo, NAT64) is.
    """
    if isinstance(address, ipaddress.IPv6Address):
        return address in _UNICAST_6 and not any(address in net for net in _NOT_PUBLIC_6)
    return not any(address in net for net in _NOT_PUBLIC_4)


def addresses_of(
    host: str,
    port: int,
    seconds: float,
    resolve: Resolve,
    answer: queue.SimpleQueue[Found],
    *,
    allow_private: bool,
) -> list[str]:
    """The addresses to try for a host, in the resolver's order.

    All of them must be public: what is judged here is what is connected to, whatever the name
    resolves to a moment later. ``answer`` is where the resolver's answer comes in; an exception put
    there ends the wait, and is raised. Raises `UnreachableError`.
    """
    found: list[Address] = []
    for *_, sockaddr in _bounded(host, port, seconds, resolve, answer):
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


def _bounded(
    host: str, port: int, seconds: float, resolve: Resolve, answer: queue.SimpleQueue[Found]
) -> list[tuple[Any, ...]]:
    """The resolver's answer, waited for ``seconds`` at most: it has no timeout of its own."""

    def ask() -> None:
        try:
            answer.put(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError, OverflowError) as error:  # as getaddrinfo documents, and does
            said = error.strerror if isinstance(error, OSError) else None
            answer.put(UnreachableError("dns", f"{host}: {said or error}"))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        found = answer.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise UnreachableError("timeout", f"looking up {host} took too long") from None
    if isinstance(found, Exception):
        raise found
    return found
