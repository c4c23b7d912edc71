"""Manners: whether and when a URL may be asked for (RFC 9309, RFC 9110 section 10.2.3)."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from eafarchive.discovery.urls import clean_url

PRODUCT = "eafarchive"
"""Our product token in robots.txt and in the User-Agent."""
MAX_ROBOTS_BYTES = 500 << 10
"""Octets of a robots.txt that are read (RFC 9309 section 2.5 asks for at least as many)."""
MAX_SITEMAPS = 1000
MAX_WAIT = 7 * 86400.0
"""Seconds of the longest wait anybody can ask of us."""
FIRST_WAIT = 300.0
"""Seconds to wait after nothing has failed before."""

_AGENT = re.compile(r"user(?:-|\s+)?agent(?:\s*:|\s)\s*(.*)", re.IGNORECASE)
_AGENT_LINE = "User-agent: "
_DELAY = re.compile(
    r"\s*crawl-delay\s*:\s*([0-9]+(?:\.[0-9]+)?)\s*(?:#.*)?$", re.IGNORECASE | re.ASCII
)
_TOKEN = re.compile(r"[a-z_-]+|\*(?!\S)")
_SECONDS = re.compile(r"[0-9]+", re.ASCII)


class Robots:
    """A host's robots.txt as it was answered: ``status`` and the first ``body`` octets say all.

    Made by `read_robots`; to keep one, keep those two.
    """

    def __init__(self, status: int | None, body: bytes, rules: Protego) -> None:
        self.status = status
        self.body = body
        self._rules = rules

    @property
    def is_reachable(self) -> bool:
        """Whether the host said anything about it: no answer and 5xx forbid everything."""
        return self.status is not None and 200 <= self.status < 500

    @property
    def crawl_delay(self) -> float | None:
        """Seconds the host wants between requests, at most `MAX_WAIT`; ``None`` if it is silent."""
        delay = self._rules.crawl_delay(PRODUCT)
        # releases of the parser differ in which words are numbers to them
        return min(delay, MAX_WAIT) if delay is not None and 0 <= delay < math.inf else None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The absolute URLs of its ``Sitemap`` lines, each once, at most `MAX_SITEMAPS`."""
        urls = dict.fromkeys(filter(None, map(clean_url, self._rules.sitemaps)))
        return tuple(urls)[:MAX_SITEMAPS]

    def allows(self, url: str) -> bool:
        """Whether we may ask for the clean URL."""
        return self.refusal(url) is None

    def refusal(self, url: str) -> str | None:
        """Why we may not ask for the clean URL; robots.txt itself we always may (section 2.2.2)."""
        if url.partition("://")[2].partition("/")[2] == "robots.txt":
            return None
        if not self.is_reachable:
            said = "no answer" if self.status is None else f"status {self.status}"
            return f"robots.txt could not be read ({said}), which disallows everything"
        return None if self._rules.can_fetch(url, PRODUCT) else "robots.txt disallows it"


def read_robots(status: int | None, body: bytes) -> Robots:
    """The rules in an answer to ``/robots.txt``, by RFC 9309 section 2.3.1.

    ``status`` is the final answer's, after at most five redirects, or ``None`` if there was none.
    2xx: the rules in ``body`` without its content coding; 3xx and 4xx: everything is allowed; 5xx
    and no answer: nothing is. A page that holds no rules, HTML say, allows everything.
    """
    kept = body[:MAX_ROBOTS_BYTES]
    if len(body) > MAX_ROBOTS_BYTES:
        # Half a rule is another rule.
        kept = kept[: max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1]
    has_rules = status is not None and 200 <= status < 300
    text = kept.decode("utf-8-sig", "replace") if has_rules else ""
    lines = _patiently(map(_for_us, text.splitlines()))
    return Robots(status, kept, Protego.parse("\n".join(lines)))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` field asks for, at most `MAX_WAIT`; ``None`` for junk.

    Both forms of RFC 9110 section 10.2.3: seconds, or an HTTP date, of which a past one asks for
    nothing. ``now`` is aware.
    """
    value = (value or "").strip(" \t")
    if _SECONDS.fullmatch(value):
        return min(float(value[:400]), MAX_WAIT)
    if not value or len(value) > 64:
        return None
    try:
        at = parsedate_to_datetime(value)
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(seconds, MAX_WAIT) if seconds >= 0 else None


def next_due(failures: int, now: datetime, retry_after: float | None, key: str) -> datetime:
    """When to ask again after ``failures`` failures in a row.

    Five minutes doubled for each failure, a tenth more at most by the key's digest (that a
    thousand failures of one minute do not come back in one minute), never sooner than
    ``retry_after`` seconds, at most `MAX_WAIT` from ``now``.
    """
    share = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[0] / 255
    seconds = FIRST_WAIT * 2 ** min(max(failures, 0), 12) * (1 + 0.1 * share)
    return now + timedelta(seconds=min(max(seconds, retry_after or 0.0), MAX_WAIT))


def is_public_host(url: str) -> bool:
    """Whether the URL's host is one on the open internet, by its spelling alone."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return last not in {"localhost", "test", "invalid", "example", "local", "internal"}


def _patiently(lines: Iterable[str]) -> Iterator[str]:
    """The lines; a ``Crawl-delay`` after a longer one of its group, of which the last would count,
    is left out. RFC 9309 knows of none.
    """
    longest = 0.0
    for line in lines:
        if line.startswith(_AGENT_LINE):
            longest = 0.0
        elif found := _DELAY.match(line):
            if float(found[1]) < longest:
                continue
            longest = float(found[1])
        yield line


def _for_us(line: str) -> str:
    """The line; one that names a user agent names ``*``, us, or ``other`` in its place.

    Tokens are compared whole, as section 2.2.1 says, and a group that names ten thousand others
    does not become ten thousand groups.
    """
    found = _AGENT.fullmatch(line.partition("#")[0].strip())
    if found is None:
        return line
    token = _TOKEN.match(found[1].lower())
    return f"{_AGENT_LINE}{token[0] if token and token[0] in {'*', PRODUCT} else 'other'}"
