"""Where the articles are: a site's sitemaps and feeds, read to the end."""

from __future__ import annotations

import logging
from collections import deque

import msgspec

from eafarchive.config import Site
from eafarchive.discovery.leads import read_leads
from eafarchive.discovery.urls import canonical_key, host_of, is_article
from eafarchive.model import Lead
from eafarchive.work.asking import Asker, Trouble
from eafarchive.work.journal import told
from eafarchive.work.journeys import Journey
from eafarchive.work.reading import body_of

MAX_SOURCES = 5_000
MAX_DEPTH = 3
MAX_SOURCE_BYTES = 50 << 20

log = logging.getLogger(__name__)


class Found(msgspec.Struct, frozen=True):
    """What a site's sources named."""

    leads: dict[str, Lead]
    """Article leads by canonical key; the first source that gives a ``lastmod`` wins."""
    sources: int
    """How many sitemaps and feeds could be read."""
    troubles: tuple[Trouble, ...]
    """Why the others could not."""


def discover(site: Site, asker: Asker) -> Journey[Found]:
    """Every article that the site's sitemaps and feeds name; stored as captures like all else."""
    rules = yield from asker.robots(site.base_url)
    queue: deque[tuple[str, str | None, int]] = deque(
        (url, None, 0) for url in (*rules.sitemaps, *site.sitemaps, *site.feeds)
    )
    seen: set[str] = set()
    leads: dict[str, Lead] = {}
    troubles: list[Trouble] = []
    sources = 0
    while queue:
        url, via, depth = queue.popleft()
        if url in seen or len(seen) >= MAX_SOURCES:
            continue
        seen.add(url)
        found = yield from _read_source(url, via, asker)
        if isinstance(found, Trouble):
            troubles.append(found)
            continue
        sources += 1
        for lead in found:
            if lead.kind == "sitemap":
                if depth < MAX_DEPTH:
                    queue.append((lead.url, url, depth + 1))
            elif host_of(lead.url) == host_of(site.base_url) and is_article(lead.url, site.profile):
                key = canonical_key(lead.url, site.profile)
                known = leads.get(key)
                if known is None or (known.lastmod is None and lead.lastmod is not None):
                    leads[key] = lead
    return Found(leads, sources, tuple(troubles))


def _read_source(url: str, via: str | None, asker: Asker) -> Journey[tuple[Lead, ...] | Trouble]:
    found = yield from asker.follow(url, via)
    if isinstance(found, Trouble):
        return found
    body = body_of(found.capture, MAX_SOURCE_BYTES)
    if isinstance(body, str):
        return Trouble("failed", url, body, 200)
    read = read_leads(body.data, found.capture.target_uri, content_type=body.content_type)
    if read.problem:
        if not read.leads:
            return Trouble("failed", url, read.problem, 200)
        flaw = told("source", url=url, outcome="flawed", detail=read.problem)
        log.warning("%s: %s", url, read.problem, extra=flaw)
    return read.leads
