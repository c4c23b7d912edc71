"""The truth about a page, told from its definition and look, never read from its HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from eafarchive.demosite.chrome import copyright_line
from eafarchive.demosite.pen import UPLOADS, shown_file
from eafarchive.demosite.prose import (
    Block,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Table,
    blocks_text,
    plain,
    spans,
)
from eafarchive.demosite.view import SITE_NAME, View


def truth(view: View, base: str) -> dict[str, Any]:
    """Every field of the record but html, capture, extraction and schema, as in its JSON."""
    definition, look = view.definition, view.look
    url = urljoin(base, view.path)
    blocks = definition.blocks()
    text = blocks_text(blocks)
    has_terms = look.terms or _has_own_data(view) or look.opengraph
    whole = len(definition.pages()) == 1  # note and closing notes stand on the last page
    return {
        "key": f"{urlsplit(url).netloc}{urlsplit(url).path.rstrip('/')}",
        "url": url,
        "title": plain(definition.title),
        "byline": plain(view.byline) if view.byline else None,
        "authors": _authors(view, base, whole),
        "author_note": "\n\n".join(map(plain, definition.note)) or None if whole else None,
        "published_at": _published(view),
        "modified_at": _modified(view),
        "url_date": definition.day.replace("/", "-"),
        "summary": "\n\n".join(map(plain, definition.brief)) or None
        if view.layout == "2024"
        else None,
        "text": text,
        "notes": list(map(plain, definition.closing)) if whole else [],
        "word_count": len(text.split()),
        "reading_minutes": definition.minutes if view.layout == "2024" and look.reading else None,
        "language": look.language or ("en-GB" if look.opengraph else None),
        "categories": list(definition.categories) if has_terms else [],
        "tags": list(definition.tags) if has_terms else [],
        "doi": definition.doi,
        "images": _images(view, base),
        "links": _links(blocks, base),
        "comments_open": {"closed": False, "open": True, "unsaid": None}[definition.discussion],
        "publisher": SITE_NAME,
        "copyright": copyright_line(view),
    }


def _authors(view: View, base: str, whole: bool) -> list[dict[str, Any]]:
    definition = view.definition
    if view.byline:
        return [
            {
                "name": author.name,
                "kind": author.kind,
                "affiliations": list(author.affiliations),
                "role": author.role,
                "url": urljoin(base, author.url) if author.url else None,
            }
            for author in definition.authors
        ]
    authors: list[dict[str, Any]] = [
        {
            "name": author.name,
            "kind": author.kind,
            "affiliations": [],
            "role": None,
            "url": urljoin(base, author.url) if author.url and _has_own_data(view) else None,
        }
        for author in definition.authors
    ]
    if _has_own_data(view) and authors:
        return authors[:1] if view.look.single_author else authors
    if view.look.meta_author and authors:
        return authors
    if not whole or not definition.note:
        return []
    names = definition.note_names
    if names is None:
        names = tuple(author.name for author in definition.authors)
    return [
        {"name": name, "kind": "person", "affiliations": [], "role": None, "url": None}
        for name in names
    ]


def _has_own_data(view: View) -> bool:
    """Whether linked data can be read and speaks of this article."""
    return view.look.linked_data in {"graph", "plain", "array", "related"}


def _published(view: View) -> str:
    published = view.definition.published
    if _has_own_data(view):
        return view.spelled(published, view.look.zone)
    if view.look.opengraph:
        return view.spelled(published, "utc")
    if view.look.dated and view.look.time == "instant":
        return published
    if view.look.dated:
        return published[:10]
    return view.definition.day.replace("/", "-")


def _modified(view: View) -> str | None:
    modified = view.definition.modified
    if modified and _has_own_data(view):
        return view.spelled(modified, view.look.zone)
    if modified and view.look.opengraph:
        return view.spelled(modified, "utc")
    return None


def _images(view: View, base: str) -> list[dict[str, Any]]:
    definition = view.definition
    shown = [definition.picture] if definition.picture else []
    shown += [block.picture for block in definition.pages()[0] if isinstance(block, Figure)]
    once: dict[str, Picture] = {}
    for picture in shown:
        once.setdefault(picture.file, picture)
    return [
        {
            "url": urljoin(base, UPLOADS + shown_file(picture, view.look)),
            "alt": picture.alt,
            "caption": plain(picture.caption) if picture.caption else None,
            "credit": picture.credit,
        }
        for picture in once.values()
    ]


def _links(blocks: Iterable[Block], base: str) -> list[dict[str, str]]:
    """The hyperlinks in the words of blocks, absolute; fragments alone are left out."""
    return [
        {"url": urljoin(base, span.href), "text": plain(span.text)}
        for block in blocks
        for source in _sources(block)
        for span in spans(source)
        if span.kind == "a" and not span.href.startswith("#")
    ]


def _sources(block: Block) -> Iterator[str]:
    """Every marked-up string of a block's words, in order."""
    match block:
        case Paragraph(text) | Heading(_, text):
            yield text
        case Listing(_, items):
            for item in items:
                yield item.text
                if item.inner:
                    yield from _sources(item.inner)
        case Quote(paragraphs):
            yield from paragraphs
        case Table(rows):
            for row in rows:
                yield from row
        case _:
            return
