"""How often each host may be asked."""

from __future__ import annotations

import time


class Pace:
    """When each host may be asked next: a delay after the end of its last answer (monotonic)."""

    def __init__(self, delay: float) -> None:
        """``delay`` in seconds, for hosts whose robots.txt asks for no longer one."""
        self._delay = delay
        self._delays: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._held: dict[str, float] = {}

    def ask_longer(self, host: str, delay: float) -> None:
        """Heed a host's ``Crawl-delay``, the longest of its origins', where it is longer."""
        self._delays[host] = max(self._delay, self._delays.get(host, 0.0), delay)

    def hold(self, host: str, seconds: float) -> bool:
        """Ask nothing of the host for so long; whether it was not held already."""
        now = time.monotonic()
        is_first = self._held.get(host, 0.0) <= now
        self._held[host] = max(self._held.get(host, 0.0), now + seconds)
        return is_first

    def wait_for(self, host: str) -> float:
        """Seconds until the host may be asked."""
        free_at = self._held.get(host, 0.0)
        if host in self._last:
            free_at = max(free_at, self._last[host] + self._delays.get(host, self._delay))
        return max(0.0, free_at - time.monotonic())

    def note(self, host: str) -> None:
        """Note that a request to the host begins or an answer from it ended now."""
        self._last[host] = time.monotonic()
