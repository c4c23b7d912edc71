"""Reading a WordPress REST route page by page, as far back as there is news."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

import msgspec

from eafarchive import http1
from eafarchive.archive.books.memory import SourceState
from eafarchive.body import body_of
from eafarchive.discovery.freshness import moment_of
from eafarchive.discovery.rest import (
    MAX_PAGES,
    NEWEST_FIRST,
    OLDEST_FIRST,
    PER_PAGE,
    Posts,
    is_past_the_end,
    modified_after,
    page_url,
    read_count,
    read_posts,
    without_url,
)
from eafarchive.model import Lead
from eafarchive.record import format_instant
from eafarchive.work.fetching.answers import Trouble
from eafarchive.work.fetching.asking import Asker
from eafarchive.work.fetching.journeys import Journey

MAX_PAGE_BYTES = 8 << 20

Take = Callable[[Iterable[Lead]], int]
"""Notes the posts of a page; gives how many of them are articles."""
AreNews = Callable[[Iterable[Lead]], bool]
"""Whether there are articles among the posts of a page, and none of them was heard of before."""


class _Page(msgspec.Struct, frozen=True):
    posts: Posts
    total: int | None
    """How many posts there are on all pages, if the site says so."""
    is_last: bool


class _Sum(msgspec.Struct):
    newest: datetime | None
    leads: int = 0
    articles: int = 0
    dropped: int = 0
    endless: str | None = None
    """What is told of a route with more pages than are read."""


_End = Literal["past the end"]
_PAST: _End = "past the end"


class Route:
    """The route of one site, in one run."""

    def __init__(self, state: SourceState, asker: Asker, take: Take, are_news: AreNews) -> None:
        """``state`` is what is remembered of it."""
        self._state = state
        self._asker = asker
        self._take = take
        self._are_news = are_news

    def read(
        self, now: datetime, rules: str, *, full: bool, audit: bool
    ) -> Journey[Trouble | SourceState]:
        """What is to be remembered of the route, or why it could not be read to the end.

        Its posts are noted page by page.

        Only posts modified since it was read last are asked for, by the newest time that it gave
        itself, and no clock of ours; but a time that is yet to come is not believed. That time
        moves on only when the last page was read, so that a run that ends early misses nothing.
        What was read by other ``rules``, a digest, is read anew.

        A post that is published at the time it was scheduled for keeps the time of its last edit:
        so the newest posts are asked for, too; and, to ``audit``, the next page of all of them.
        """
        state, is_known = self._state, self._state.rules == rules and not full
        since = moment_of(state.read_lastmod) if state.read_lastmod and is_known else None
        if since is not None and (trouble := (yield from self._read_published())):
            return trouble
        found = yield from self._read_modified(since)
        if isinstance(found, Trouble):
            return found
        audited: int | Trouble | None = state.audited_page if since is not None else None
        if since is not None and audit:
            audited = yield from self._audit()
        if isinstance(audited, Trouble):
            return audited
        believed = min(found.newest, now) if found.newest else None
        return msgspec.structs.replace(
            state,
            read_at=now,
            read_lastmod=format_instant(believed) if believed else None,
            audited_page=audited,
            leads=state.leads if since else found.leads,
            articles=state.articles if since else found.articles,
            tried_at=None,
            problem=found.endless
            or without_url(found.dropped)
            or (state.problem if since else None),
            rules=rules,
        )

    def _read_modified(self, since: datetime | None) -> Journey[_Sum | Trouble]:
        """All posts, or those modified since then, with what they are in sum."""
        found, total = _Sum(since), None
        query = modified_after(since)
        for number in range(1, MAX_PAGES + 1):
            page = yield from self._page(number, query)
            if isinstance(page, Trouble):
                return page
            # Posts were removed meanwhile: as many have moved up, to pages that were read before.
            missed = 0
            if total is not None:
                missed = 1 if page == _PAST else max(0, total - (page.total or total))
            for before in range(max(1, number - -(-missed // PER_PAGE)), number):
                again = yield from self._page(before, query)
                if isinstance(again, Trouble):
                    return again
                if again != _PAST:
                    self._take(again.posts.leads)
            if page == _PAST:
                break
            posts, total = page.posts, page.total
            found.newest = max(filter(None, (found.newest, posts.newest)), default=None)
            found.leads += len(posts.leads)
            found.articles += self._take(posts.leads)
            found.dropped += posts.dropped
            if page.is_last or (since and posts.reaches(since)):
                break
        else:
            found.endless = f"has more than {MAX_PAGES:,} pages of posts: the others are left out"
        return found

    def _read_published(self) -> Journey[Trouble | None]:
        """The posts published last, back to one that was heard of; noted all or none."""
        leads: list[Lead] = []
        for number in range(1, MAX_PAGES + 1):
            page = yield from self._page(number, NEWEST_FIRST)
            if isinstance(page, Trouble):
                return page
            if page == _PAST:
                break
            leads += page.posts.leads
            if page.is_last or not self._are_news(page.posts.leads):
                break
        self._take(leads)
        return None

    def _audit(self) -> Journey[int | Trouble | None]:
        """The page of all posts that was read, the next in turn; ``None`` after the last."""
        number = 1 + (self._state.audited_page or 0)
        page = yield from self._page(number, OLDEST_FIRST)
        if isinstance(page, Trouble):
            return page
        if page == _PAST:
            return None
        self._take(page.posts.leads)
        return None if page.is_last else number

    def _page(self, number: int, query: str) -> Journey[_Page | Trouble | _End]:
        route = self._state.url
        found = yield from self._asker.follow(page_url(route, number, query), None)
        if isinstance(found, Trouble):
            body = body_of(found.answer, MAX_PAGE_BYTES, status=400) if found.answer else ""
            is_end = number > 1 and not isinstance(body, str) and is_past_the_end(body.data)
            return _PAST if is_end else found
        body = body_of(found.capture, MAX_PAGE_BYTES)
        if isinstance(body, str):
            return Trouble("failed", found.capture.target_uri, body, 200)
        posts = read_posts(body.data, route)
        if posts.problem and not posts.leads:
            return Trouble("failed", found.capture.target_uri, posts.problem, 200)
        count = len(posts.leads) + posts.dropped
        pages = read_count(http1.header(found.response, "x-wp-totalpages"))
        is_last = count < PER_PAGE if pages is None else number >= pages
        total = read_count(http1.header(found.response, "x-wp-total"))
        return _Page(posts, total, is_last or not count)
