"""What WordPress itself marks an article's parts with, in core's blocks and its stock themes.

Block themes since 2022 put author, date and terms below the body, where prose alone would take them
for another article's. Their classes are those of core's blocks (`core/post-author`,
`core/post-author-name`, `core/post-date`, `core/post-terms`) and of the template tags that every
classic theme of core's has (twentyten to twentytwentyone).
"""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from eafarchive.extraction.document.page import Page, resolve, words_of

_AUTHOR = (
    ".wp-block-post-author__name, .wp-block-post-author-name,"
    " .entry-footer .byline a[rel~=author], .entry-meta .author.vcard a"
)
_TIME = (
    ".wp-block-post-date time[datetime], .entry-footer time.published[datetime],"
    " .entry-meta time.entry-date[datetime]"
)
_CATEGORY = ".taxonomy-category a[rel~=tag], .cat-links a[rel~=category]"
_TAG = ".taxonomy-post_tag a[rel~=tag], .tags-links a[rel~=tag]"
_FILED = frozenset(("tag", "category"))
_SIGNED = (
    frozenset(("wp-block-post-author__name",)),
    frozenset(("wp-block-post-author-name",)),
    frozenset(("byline", "author")),
    frozenset(("author", "vcard")),
)
"""Classes and ``rel`` values without one or some of which nothing is so marked: on most pages."""
_ELSEWHERE = frozenset(
    "wp-block-query wp-block-post-template wp-block-latest-posts widget comments-area comment"
    " comment-list post-navigation".split()
)
"""Classes of what holds other articles, or what readers say."""


class Marks(NamedTuple):
    """An article's parts as marked; empty where nothing is."""

    published: str | None = None
    modified: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def read_marks(page: Page) -> Marks:
    """The marks of the page's own article; none for a page on which several have them."""
    outline = page.outline
    has_times = outline.times or outline.changes or outline.updates
    times = _own(page, _TIME) if has_times else []
    terms = not _FILED.isdisjoint(page.names)
    categories, tags = (_own(page, _CATEGORY), _own(page, _TAG)) if terms else ([], [])
    moments = dict.fromkeys(node.attributes.get("datetime") for node in times)
    published = next(iter(moments)) if len(moments) == 1 else None
    return Marks(
        published=published or _moment_of(page, "published"),
        modified=_moment_of(page, "updated"),
        categories=tuple(dict.fromkeys(map(words_of, categories))),
        tags=tuple(dict.fromkeys(map(words_of, tags))),
    )


def _moment_of(page: Page, name: str) -> str | None:
    """The one moment that the page's abbreviations of that class give, as hAtom has it."""
    moments = {
        attributes.get("title")
        for node, attributes in (page.found if name in page.names else ())
        if node.tag == "abbr" and name in (attributes.get("class") or "").split()
    }
    return next(iter(moments)) if len(moments) == 1 else None


def marked_authors(page: Page) -> tuple[tuple[str, str | None], ...]:
    """The names of the page's own authors, with the address of each one's page."""
    names: dict[str, str | None] = {}
    for node in _own(page, _AUTHOR) if any(one <= page.names for one in _SIGNED) else ():
        link = node if node.tag == "a" else node.css_first("a")
        href = (link.attributes.get("href") if link is not None else None) or ""
        names.setdefault(words_of(node), resolve(page.base, href))
    return tuple((name, url) for name, url in names.items() if name)


def _own(page: Page, selector: str) -> list[LexborNode]:
    return [node for node in page.tree.css(selector) if not _is_elsewhere(node)]


def _is_elsewhere(node: LexborNode) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if not _ELSEWHERE.isdisjoint((above.attributes.get("class") or "").split()):
            return True
        above = above.parent
    return False
