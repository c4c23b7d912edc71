"""Reading a WordPress REST route page by page, as far back as there is news."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from eafarchive import http1
from eafarchive.archive.memory import SourceState
from eafarchive.body import body_of
from eafarchive.discovery.freshness import moment_of
from eafarchive.discovery.rest import (
    MAX_PAGES,
    PER_PAGE,
    page_url,
    read_count,
    read_posts,
    without_url,
)
from eafarchive.model import Lead
from eafarchive.record import format_instant
from eafarchive.work.answers import Trouble
from eafarchive.work.asking import Asker
from eafarchive.work.journeys import Journey

MAX_PAGE_BYTES = 8 << 20

Take = Callable[[Iterable[Lead]], int]
"""Notes the posts of a page; gives how many of them are articles."""


def read_route(
    state: SourceState, asker: Asker, take: Take, now: datetime, rules: str, *, full: bool
) -> Journey[Trouble | SourceState]:
    """What is to be remembered of the route, or why it could not be read to the end.

    Its posts are noted page by page.

    Only posts modified since it was read last are asked for, by the newest time that it gave
    itself, and no clock of ours; but a time that is yet to come is not believed. That time moves on
    only when the last page was read, so that a run that ends early misses nothing. What was read by
    other ``rules``, a digest, is read anew.
    """
    is_known = state.rules == rules and not full
    since = moment_of(state.read_lastmod) if state.read_lastmod and is_known else None
    newest, count, articles, dropped = since, 0, 0, 0
    endless = None
    for page in range(1, MAX_PAGES + 1):
        found = yield from asker.follow(page_url(state.url, page, since), None)
        if isinstance(found, Trouble):
            if found.status == 400 and page > 1:  # WordPress's word for a page past the last
                break
            return found
        body = body_of(found.capture, MAX_PAGE_BYTES)
        if isinstance(body, str):
            return Trouble("failed", found.capture.target_uri, body, 200)
        posts = read_posts(body.data, state.url)
        if posts.problem and not posts.leads:
            return Trouble("failed", found.capture.target_uri, posts.problem, 200)
        count += len(posts.leads)
        dropped += posts.dropped
        newest = max(filter(None, (newest, posts.newest)), default=None)
        articles += take(posts.leads)
        pages = read_count(http1.header(found.response, "x-wp-totalpages"))
        is_last = page >= pages if pages is not None else len(posts.leads) < PER_PAGE
        if is_last or not posts.leads or (since and posts.reaches(since)):
            break
    else:
        endless = f"has more than {MAX_PAGES:,} pages of posts: the others are left out"
    believed = min(newest, now) if newest else None
    return msgspec.structs.replace(
        state,
        read_at=now,
        read_lastmod=format_instant(believed) if believed else None,
        leads=state.leads if since else count,
        articles=state.articles if since else articles,
        tried_at=None,
        problem=endless or without_url(dropped) or (state.problem if since else None),
        rules=rules,
    )
