"""Sitemaps, the feed and robots.txt, as WordPress and its usual plugins write them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from eafarchive.demosite.resource import Resource
from eafarchive.demosite.view import NOTICE, SITE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eafarchive.demosite.article import DemoArticle

_XML = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOTICE} -->\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class Entry:
    """A line of a sitemap."""

    path: str
    lastmod: str


def sitemaps(base: str, entries: Sequence[Entry]) -> dict[str, Resource]:
    """The sitemap index and its two sub-sitemaps, the second gzip'd, by path."""
    half = len(entries) // 2
    latest = max(entries, key=lambda entry: datetime.fromisoformat(entry.lastmod)).lastmod
    static = [Entry("/", latest), Entry("/submissions/", "2020-02-03T00:00:00+00:00")]
    parts = {
        "/post-sitemap.xml": [*static, *entries[:half]],
        "/post-sitemap2.xml.gz": list(entries[half:]),
    }
    found: dict[str, Resource] = {}
    index = []
    for path, part in parts.items():
        newest = max(part, key=lambda entry: datetime.fromisoformat(entry.lastmod)).lastmod
        index.append(Entry(path, newest))
        body = _listing(base, "urlset", "url", part)
        if path.endswith(".gz"):
            packed = gzip.compress(body, mtime=0)
            found[path] = Resource(packed, "application/gzip", lastmod=newest)
        else:
            found[path] = Resource(body, "application/xml; charset=UTF-8", lastmod=newest)
    body = _listing(base, "sitemapindex", "sitemap", index)
    found["/sitemap_index.xml"] = Resource(body, "application/xml; charset=UTF-8", lastmod=latest)
    return found


def _listing(base: str, root: str, name: str, entries: Iterable[Entry]) -> bytes:
    lines = [
        f"<{name}><loc>{escape(urljoin(base, entry.path))}</loc>"
        f"<lastmod>{entry.lastmod}</lastmod></{name}>"
        for entry in entries
    ]
    return f"{_XML}<{root} {_NAMESPACE}>\n{chr(10).join(lines)}\n</{root}>\n".encode()


def feed(base: str, articles: Sequence[DemoArticle], *, count: int = 10) -> Resource:
    """The RSS 2.0 feed of the newest articles."""
    newest = sorted(articles, key=lambda article: article.definition.instant, reverse=True)[:count]
    items = "\n".join(_item(base, article) for article in newest)
    body = (
        f'{_XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{SITE_NAME}</title>\n<link>{escape(base)}</link>\n"
        f"<description>Invented articles</description>\n<language>en-AU</language>\n"
        f"{items}\n</channel>\n</rss>\n"
    )
    lastmod = max((article.definition.lastmod for article in newest), key=datetime.fromisoformat)
    return Resource(body.encode(), "application/rss+xml; charset=UTF-8", lastmod=lastmod)


def _item(base: str, article: DemoArticle) -> str:
    definition, teaser = article.definition, article.teaser()
    creators = "".join(f"<dc:creator>{escape(a.name)}</dc:creator>" for a in definition.authors)
    categories = "".join(f"<category>{escape(c)}</category>" for c in definition.categories)
    return (
        f"<item><title>{escape(teaser.title)}</title><link>{article.url(base)}</link>"
        f"{creators}<pubDate>{format_datetime(definition.instant)}</pubDate>{categories}"
        f'<guid isPermaLink="false">{escape(base)}?p={definition.id}</guid>'
        f"<description>{escape(teaser.excerpt)}</description></item>"
    )


def robots(base: str, disallowed: Iterable[str]) -> Resource:
    """robots.txt: a few paths closed, one of them an article; no ``Crawl-delay``."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/wp-admin/", "/search/", *disallowed))
    text = f"# {NOTICE}\nUser-agent: *\n{closed}\nSitemap: {urljoin(base, '/sitemap_index.xml')}\n"
    return Resource(text.encode(), "text/plain; charset=UTF-8")
