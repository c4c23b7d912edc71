"""The bundled site as tests want it: what is true of its pages, and the same site later on."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from bundled_truth import truth
from eafarchive import demosite
from eafarchive.demosite import DemoArticle, DemoSite
from eafarchive.demosite import site as bundled
from eafarchive.demosite.look import look_for
from eafarchive.demosite.prose import Mark, Paragraph
from eafarchive.demosite.site import all_pages

_NO_ARTICLE = {
    "password": "password-protected",
    "empty": "no body",
    "podcast": "an audio player without prose",
    "challenge": "a challenge page",
    "borrowed": "the page of another article",
}


class Site(DemoSite):
    """The site, frozen as it is: a change makes another site."""

    @cached_property
    def expected(self) -> dict[str, dict[str, Any]]:
        """The truth about each article, by path."""
        return {article.path: truth(article, self.base_url) for article in self.articles}

    @property
    def not_articles(self) -> dict[str, str]:
        """Article addresses answered with 200 that yield no record, and why."""
        return {
            page.path: _NO_ARTICLE[page.definition.status]
            for page in self.pages
            if page.definition.status in _NO_ARTICLE
        }

    def held_back(self, status: str) -> tuple[str, ...]:
        """Sitemap paths that are ``missing`` (404), ``forbidden`` (403) or ``disallowed``."""
        return tuple(page.path for page in self.pages if page.definition.status == status)

    def edited(self, path: str, paragraph: str, lastmod: str) -> Site:
        """The same site with a paragraph more in one article, modified at ``lastmod``."""
        definition = self._page(path).definition
        end = definition.body.index(Mark("nextpage")) if len(definition.pages()) > 1 else None
        at = len(definition.body) if end is None else end
        body = (*definition.body[:at], Paragraph(paragraph), *definition.body[at:])
        changed = replace(definition, body=body, modified=lastmod)
        return self._replacing(path, replace(self._page(path), definition=changed))

    def relaid(self, path: str, layout: str) -> Site:
        """The same site with one article shown in another layout: the same address, later."""
        page = self._page(path)
        look = look_for(path, layout, page.definition.looks)
        return self._replacing(path, replace(page, layout=layout, look=look))

    def without(self, path: str) -> Site:
        """The same site without one article: 404, and in no sitemap, feed or list."""
        gone = self._page(path)
        return assemble(self.base_url, tuple(page for page in self.pages if page is not gone))

    def published(self) -> Site:
        """The same site with the spare article published."""
        spare = [page for page in all_pages() if page.definition.status == "spare"]
        public = (replace(p, definition=replace(p.definition, status="")) for p in spare)
        return assemble(self.base_url, (*self.pages, *public))

    def _page(self, path: str) -> DemoArticle:
        for page in self.pages:
            if page.path == path:
                return page
        raise KeyError(path)

    def _replacing(self, path: str, new: DemoArticle) -> Site:
        pages = tuple(new if page.path == path else page for page in self.pages)
        return assemble(self.base_url, pages)


def build(base_url: str = "http://127.0.0.1:8080/") -> Site:
    """The site as it stands at a base URL."""
    return _made(demosite.build(base_url))


def assemble(base_url: str, pages: tuple[DemoArticle, ...]) -> Site:
    """The site made of these pages."""
    return _made(bundled.assemble(base_url, pages))


def _made(site: DemoSite) -> Site:
    return Site(site.base_url, site.pages, site.resources, site.redirects)
