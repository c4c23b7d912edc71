"""An article of the site as a page: its address and its HTML."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from eafarchive.demosite import render_2012, render_2023, render_2024
from eafarchive.demosite.head import excerpt
from eafarchive.demosite.look import look_for
from eafarchive.demosite.pen import Pen
from eafarchive.demosite.prose import plain
from eafarchive.demosite.view import Teaser, View

if TYPE_CHECKING:
    from eafarchive.demosite.definition import Definition

_RENDERERS = {
    "2012": render_2012.render,
    "2023": render_2023.render,
    "2024": render_2024.render,
}


@dataclass(frozen=True)
class DemoArticle(View):
    """An article in one layout."""

    def url(self, base: str) -> str:
        """The article's canonical address on the site at ``base``."""
        return urljoin(base, self.path)

    def html(self, base: str, page: int = 1) -> str:
        """The page as text; ``page`` counts the pieces of an article cut into several."""
        return _RENDERERS[self.layout](self, Pen(self.look, base), page)

    def raw(self, base: str, page: int = 1) -> bytes:
        """The page as bytes, in its own encoding; what that lacks is written as references."""
        text = self.html(base, page)
        match self.look.charset:
            case "windows-1252":
                return text.encode("cp1252", "xmlcharrefreplace")
            case "bom":
                return codecs.BOM_UTF8 + text.encode()
            case _:
                return text.encode()

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` the page is served with; it does not always say the encoding."""
        match self.look.charset:
            case "windows-1252":
                return "text/html; charset=iso-8859-1"
            case "utf-8":
                return "text/html; charset=UTF-8"
            case _:
                return "text/html"

    def teaser(self) -> Teaser:
        """The article as other pages speak of it."""
        definition = self.definition
        return Teaser(
            path=self.path,
            title=plain(definition.title),
            excerpt=excerpt(self),
            published=definition.published,
            author=definition.authors[0].name if definition.authors else "Editors",
            category=definition.categories[0] if definition.categories else "Society",
        )


def pages_of(definition: Definition) -> tuple[DemoArticle, ...]:
    """One page for each layout the article is shown in.

    Later ones get a number after their slug, as WordPress numbers posts of one name.
    """
    made = []
    for number, layout in enumerate(definition.layouts, start=1):
        slug = definition.slug if number == 1 else f"{definition.slug}-{number}"
        path = f"/{definition.day}/{slug}/"
        numbered = replace(definition, id=definition.id + number - 1)
        look = look_for(path, layout, definition.looks)
        made.append(DemoArticle(numbered, layout, path, look))
    return tuple(made)


def with_related(articles: tuple[DemoArticle, ...]) -> tuple[DemoArticle, ...]:
    """The same articles, each knowing two others."""
    teasers = [article.teaser() for article in articles if not article.definition.status]
    count = len(teasers)
    return tuple(
        # seven apart: another article, not the same one in another layout
        replace(article, related=(teasers[(at + 7) % count], teasers[(at + 16) % count]))
        for at, article in enumerate(articles)
    )
