"""WordPress's REST API as a source: how to ask it for posts, and what an answer names.

The posts are asked for a hundred a page, with nothing but their address and the time of their
modification (developer.wordpress.org/rest-api/reference/posts).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from eafarchive.discovery.freshness import moment_of
from eafarchive.discovery.urls import clean_url
from eafarchive.model import Lead

PER_PAGE = 100
MAX_PAGES = 5_000

NEWEST_FIRST = "orderby=date&order=desc"
OLDEST_FIRST = "orderby=date&order=asc"
"""By when they were published: so each stays on its page when others come."""

_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)


class Posts(msgspec.Struct, frozen=True):
    """What a page of posts named, and in one line why it named none."""

    leads: tuple[Lead, ...]
    problem: str | None = None
    dropped: int = 0
    """Entries without a usable URL."""

    @property
    def newest(self) -> datetime | None:
        """When the post modified last was."""
        return max(self._moments(), default=None)

    def reaches(self, earlier: datetime) -> bool:
        """Whether the page goes back beyond a time, in order: so no later page is of interest."""
        moments = self._moments()
        is_in_order = moments == sorted(moments, reverse=True)
        return bool(moments) and is_in_order and moments[-1] < earlier

    def _moments(self) -> list[datetime]:
        found = (moment_of(lead.lastmod) for lead in self.leads if lead.lastmod)
        return [moment for moment in found if moment]


def modified_after(since: datetime | None) -> str:
    """The query for posts, newest modification first, those after ``since`` if that is given.

    WordPress looks for later ones only, to the second: the second before is asked for as well.
    """
    query = "orderby=modified&order=desc"
    if since is None:
        return query
    after = since.astimezone(UTC) - timedelta(seconds=1)
    return f"{query}&modified_after={after:%Y-%m-%dT%H:%M:%S}Z"


def page_url(route: str, page: int, query: str) -> str:
    """The URL of a page of the posts that are asked for."""
    query = f"per_page={PER_PAGE}&page={page}&{query}&_fields=link,modified_gmt"
    return f"{route}{'&' if '?' in route else '?'}{query}"


def is_past_the_end(body: bytes) -> bool:
    """Whether an error with status 400 says that there are fewer pages."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("code") == "rest_post_invalid_page_number"


def read_posts(body: bytes, route: str) -> Posts:
    """The posts named by an answer of the route; ``modified_gmt`` is their ``lastmod``, with ``Z``.

    Entries without a usable address are counted.
    """
    try:
        listed = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Posts((), "the answer is not JSON")
    if not isinstance(listed, list):
        return Posts((), f"no list of posts{_code(listed)}")
    leads = tuple(filter(None, (_lead(post, route) for post in listed[: 10 * PER_PAGE])))
    dropped = len(listed) - len(leads)
    return Posts(leads, None if leads else without_url(dropped), dropped)


def without_url(dropped: int) -> str | None:
    """What is told of so many entries; ``None`` if there are none."""
    return f"{dropped} entries without a usable URL left out" if dropped else None


def read_count(value: str | None) -> int | None:
    """The number in ``X-WP-TotalPages`` and its like; ``None`` for none or junk."""
    return int(value) if value is not None and _COUNT.fullmatch(value.strip()) else None


def _lead(post: Any, route: str) -> Lead | None:
    if not isinstance(post, dict):
        return None
    link, modified = post.get("link"), post.get("modified_gmt")
    url = clean_url(link) if isinstance(link, str) else None
    if url is None:
        return None
    spelled = isinstance(modified, str) and moment_of(modified) is not None
    return Lead(url, source=route, lastmod=f"{modified}Z" if spelled else None)


def _code(answer: Any) -> str:
    code = answer.get("code") if isinstance(answer, dict) else None
    return f" but the error {code[:60]!r}" if isinstance(code, str) else ""
