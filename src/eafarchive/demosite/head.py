"""A page's head: title, canonical link, meta, OpenGraph and linked data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from eafarchive.demosite.pen import Pen, attribute_text, shown_file
from eafarchive.demosite.prose import plain
from eafarchive.demosite.view import SITE_NAME, Teaser, View

if TYPE_CHECKING:
    from collections.abc import Iterator


def head(view: View, pen: Pen) -> str:
    """The ``head`` element of an article's page."""
    return pen.tag("head", "\n", "\n".join(_elements(view, pen)), "\n")


def _elements(view: View, pen: Pen) -> Iterator[str]:
    look, definition = view.look, view.definition
    title = plain(definition.title)
    if look.charset in {"meta", "utf-8"}:
        yield '<meta charset="utf-8" />'
    separator = {"2012": "»", "2023": "|", "2024": "-"}[view.layout]
    yield pen.tag("title", pen.text(f"{title} {separator} {SITE_NAME}"))
    yield _meta(pen, "viewport", "width=device-width, initial-scale=1")
    if look.canonical:
        yield pen.tag("link", attributes={"rel": "canonical", "href": pen.url(view.path)})
    if look.meta_author:
        for author in definition.authors:
            yield _meta(pen, "author", author.name)
    if definition.doi and look.doi in {"meta", "dc"}:
        if look.doi == "meta":
            yield _meta(pen, "citation_doi", definition.doi)
        else:
            yield _meta(pen, "dc.identifier", f"doi:{definition.doi}")
    if look.opengraph:
        yield from _opengraph(view, pen)
    if look.linked_data != "none":
        yield _linked_data(view, pen)
    yield '<script>document.documentElement.className += " js";</script>'
    yield "<style>.print { display: none } body { font-family: serif }</style>"


def _meta(pen: Pen, name: str, content: str, key: str = "name") -> str:
    return pen.tag("meta", attributes={key: name, "content": content})


def _opengraph(view: View, pen: Pen) -> Iterator[str]:
    definition = view.definition
    pairs = [
        ("og:locale", (view.look.language or "en-GB").replace("-", "_")),
        ("og:type", "article"),
        ("og:title", attribute_text(definition.title)),
        ("og:description", excerpt(view)),
        ("og:url", pen.url(view.path)),
        ("og:site_name", SITE_NAME),
        ("article:published_time", view.spelled(definition.published, "utc")),
    ]
    if definition.modified:
        pairs.append(("article:modified_time", view.spelled(definition.modified, "utc")))
        pairs.append(("og:updated_time", view.spelled(definition.modified, "utc")))
    pairs += [("article:section", name) for name in definition.categories]
    pairs += [("article:tag", name) for name in definition.tags]
    picture = definition.picture
    image = shown_file(picture, view.look) if picture else "site/card.png"
    pairs.append(("og:image", pen.upload(image)))
    for name, content in pairs:
        yield _meta(pen, name, content, "property")


def excerpt(view: View) -> str:
    """The article's first words."""
    words = next(filter(None, map(_words, view.definition.blocks())), "").split()
    return " ".join(words[:30]) + " …" if words else ""


def _words(block: object) -> str:
    return attribute_text(getattr(block, "text", ""))


def _linked_data(view: View, pen: Pen) -> str:
    kind = view.look.linked_data
    attributes = {"type": "application/ld+json"}
    if kind == "graph":
        text = json.dumps(_graph(view, pen), ensure_ascii=False)
        return pen.tag("script", text, role="yoast-schema-graph", attributes=attributes)
    own = _article(view, pen)
    if kind == "broken":
        # a template that forgot to escape: cut inside a string, and a stray comma
        text = json.dumps(own, ensure_ascii=False)[:-30] + '", ,}'
    elif kind == "other":
        text = json.dumps(_teaser(view.related[0], pen), ensure_ascii=True)
    elif kind == "related":
        text = json.dumps([_teaser(view.related[0], pen), own], ensure_ascii=False)
    elif kind == "array":
        website = {"@context": "https://schema.org", "@type": "WebSite", "name": SITE_NAME}
        text = json.dumps([website, own | {"@type": "BlogPosting"}], ensure_ascii=True)
    else:
        text = json.dumps(own, ensure_ascii=True, indent=1)
    return pen.tag("script", "\n", text, "\n", attributes=attributes)


def _authors(view: View, pen: Pen) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = []
    for author in view.definition.authors:
        kind = "Organization" if author.kind == "group" else "Person"
        person: dict[str, Any] = {"@type": kind, "name": author.name}
        if author.url:
            person["url"] = pen.url(author.url)
        people.append(person)
    return people[:1] if view.look.single_author else people


def _article(view: View, pen: Pen) -> dict[str, Any]:
    definition = view.definition
    url = pen.url(view.path)
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": plain(definition.title),
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "datePublished": view.spelled(definition.published, view.look.zone),
        "publisher": {"@type": "Organization", "name": SITE_NAME},
    }
    if definition.modified:
        article["dateModified"] = view.spelled(definition.modified, view.look.zone)
    if authors := _authors(view, pen):
        article["author"] = authors if len(authors) > 1 else authors[0]
    if definition.categories:
        article["articleSection"] = list(definition.categories)
    if definition.tags:
        article["keywords"] = list(definition.tags)
    if definition.picture:
        article["image"] = pen.upload(shown_file(definition.picture, view.look))
    return article


def _graph(view: View, pen: Pen) -> dict[str, Any]:
    """Linked data as a search plugin writes it: nodes that refer to each other by ``@id``."""
    url = pen.url(view.path)
    article = _article(view, pen)
    del article["@context"]
    people = _authors(view, pen)
    for person in people:
        slug = "-".join(person["name"].lower().split())
        person["@id"] = pen.url(f"/#/schema/person/{slug}")
    references = [{"@id": person["@id"]} for person in people]
    organisation = {"@type": "Organization", "@id": pen.url("/#organization"), "name": SITE_NAME}
    article |= {
        "@type": "Article",
        "@id": f"{url}#article",
        "isPartOf": {"@id": url},
        "mainEntityOfPage": {"@id": url},
        "publisher": {"@id": organisation["@id"]},
    }
    if references:
        article["author"] = references if len(references) > 1 else references[0]
    crumbs = [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": pen.url("/")},
        {"@type": "ListItem", "position": 2, "name": plain(view.definition.title)},
    ]
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": f"{plain(view.definition.title)} - {SITE_NAME}",
        "isPartOf": {"@id": pen.url("/#website")},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
    }
    website = {"@type": "WebSite", "@id": pen.url("/#website"), "name": SITE_NAME}
    breadcrumb = {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumb",
        "itemListElement": crumbs,
    }
    return {
        "@context": "https://schema.org",
        "@graph": [article, page, breadcrumb, website, organisation, *people],
    }


def _teaser(teaser: Teaser, pen: Pen) -> dict[str, Any]:
    """Linked data about another article, as a related-posts plugin writes it."""
    url = pen.url(teaser.path)
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": teaser.title,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": teaser.published,
        "author": {"@type": "Person", "name": teaser.author},
        "publisher": {"@type": "Organization", "name": SITE_NAME},
        "description": teaser.excerpt,
    }
