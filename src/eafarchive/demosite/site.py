"""The whole site: what it answers to every request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from eafarchive.demosite import listings, sitemaps
from eafarchive.demosite.article import DemoArticle, pages_of, with_related
from eafarchive.demosite.definition import load_definitions
from eafarchive.demosite.pen import UPLOADS
from eafarchive.demosite.pictures import TYPES, picture
from eafarchive.demosite.resource import Answer, Resource, respond

if TYPE_CHECKING:
    from collections.abc import Mapping

_UPLOAD = re.compile(re.escape(UPLOADS) + r"[\w/-]{1,200}\.(png|jpg|webp)", re.ASCII)


@dataclass(frozen=True)
class DemoSite:
    """The site at one base URL. Frozen: a change makes another site."""

    base_url: str
    pages: tuple[DemoArticle, ...]
    """Every article-shaped address in the sitemap, whatever is behind it, by id."""
    resources: Mapping[str, Resource] = field(repr=False)
    redirects: Mapping[str, str] = field(repr=False)

    @property
    def articles(self) -> tuple[DemoArticle, ...]:
        """The articles that a polite visitor can have."""
        return tuple(page for page in self.pages if not page.definition.status)

    def answer(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET for a request target (path with query)."""
        return respond(self._resource(target), headers or {})

    def _resource(self, target: str) -> Resource:
        parts = urlsplit(target)
        path = parts.path or "/"
        if path == "/" and (ids := parse_qs(parts.query).get("p")):
            place = self.redirects.get(ids[0])
            return _redirect(self.base_url, place) if place else self.resources["404"]
        if found := self.resources.get(path):
            return found
        if upload := _UPLOAD.fullmatch(path):
            return Resource(picture(path), TYPES[upload[1]])
        for nearly in (path + "/", path.lower(), path.lower() + "/"):
            if nearly in self.resources:
                query = f"?{parts.query}" if parts.query else ""
                return _redirect(self.base_url, nearly + query)
        return self.resources["404"]


def build(base_url: str = "http://127.0.0.1:8080/") -> DemoSite:
    """The site as it stands at a base URL; the same for the same URL, always."""
    pages = tuple(page for page in all_pages() if page.definition.status != "spare")
    return assemble(base_url if base_url.endswith("/") else base_url + "/", pages)


def all_pages() -> tuple[DemoArticle, ...]:
    """Every page, the spare one included."""
    return with_related(
        tuple(page for definition in load_definitions() for page in pages_of(definition))
    )


def assemble(base_url: str, pages: tuple[DemoArticle, ...]) -> DemoSite:
    """The site made of these pages."""
    articles = tuple(page for page in pages if not page.definition.status)
    disallowed = [page.path for page in pages if page.definition.status == "disallowed"]
    resources = {
        "404": listings.refusal(base_url, 404),
        "/robots.txt": sitemaps.robots(base_url, disallowed),
        "/feed/": sitemaps.feed(base_url, articles),
    }
    entries = [sitemaps.Entry(page.path, page.definition.lastmod) for page in pages]
    resources |= sitemaps.sitemaps(base_url, entries)
    resources |= listings.listings(base_url, articles)
    redirects: dict[str, str] = {}
    for page in pages:
        found = _article_resources(base_url, page, articles)
        resources |= found
        if found:
            redirects[str(page.definition.id)] = page.path
    return DemoSite(base_url, pages, resources, redirects)


def _article_resources(
    base_url: str, page: DemoArticle, articles: tuple[DemoArticle, ...]
) -> dict[str, Resource]:
    status, lastmod = page.definition.status, page.definition.lastmod
    match status:
        case "missing":
            return {}
        case "forbidden":
            return {page.path: listings.refusal(base_url, 403)}
        case "challenge":
            return {page.path: listings.challenge()}
        case "borrowed":
            other = articles[0]
            body = other.raw(base_url)
            return {page.path: Resource(body, other.content_type, lastmod=lastmod)}
    found = {
        page.path: Resource(page.raw(base_url), page.content_type, lastmod=lastmod),
        f"{page.path}feed/": sitemaps.feed(base_url, (page,)),
    }
    if page.definition.comments:
        found[f"{page.path}comment-page-1/"] = found[page.path]
    for number in range(2, len(page.definition.pages()) + 1):
        body = page.raw(base_url, number)
        found[f"{page.path}{number}/"] = Resource(body, page.content_type, lastmod=lastmod)
    return found


def _redirect(base_url: str, place: str) -> Resource:
    return Resource(b"", status=301, location=urljoin(base_url, place))
