"""How a page is dressed: the choices a theme and its plugins make, none of them the article's.

A look is drawn from the page's path, so that it is the same on every build, and may be bound by
the article's definition. Class names that nobody has seen on the real site differ from look to
look; one vocabulary says nothing and one has no classes at all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any

VOCABULARIES = ("hinted", "plausible", "opaque", "utility", "bare")

# What public material hints at, by layout; see the profile for the same names as witnesses.
_HINTED = {
    "2012": {
        "page": "hfeed",
        "article": "post hentry",
        "content": "entry",
        "date": "postdate",
        "terms": "postmetadata",
        "comments": "commentlist",
        "nocomments": "nocomments",
        "widget": "widget",
    },
    "2023": {
        "article": "full-post post",
        "content": "content",
        "teaser": "post front-post",
        "teaser-title": "info",
        "nocomments": "nocomments",
    },
    "2024": {
        "newsletter": "wrapper-subscribe-form",
        "anchor": "wrapper-anchor-subscribe",
        "popup": "pum-overlay",
        "reading": "span-reading-time rt-reading-time",
        "reading-prefix": "rt-label rt-prefix",
        "reading-time": "rt-time",
        "reading-postfix": "rt-label rt-postfix",
        "nocomments": "nocomments",
    },
}
_UTILITY = ("mt-4", "flex", "w-full", "text-lg", "px-6", "relative", "grid", "mb-8", "block")


@dataclass(frozen=True)
class Look:
    """One page's dress; every field is a choice between the named values."""

    layout: str
    seed: str
    vocabulary: str = "hinted"
    depth: int = 0
    """Extra wrappers around article and body."""
    order: str = "given"
    """Of attributes: given, reversed, sorted."""
    entities: str = "named"
    """named (as WordPress texturises) or literal."""
    wrapped: bool = False
    """Whether source lines are broken within paragraphs."""
    linked_data: str = "none"
    """graph, plain, array, related (another article beside it), other, broken, none."""
    single_author: bool = False
    """Whether linked data names the first author only."""
    opengraph: bool = True
    meta_author: bool = False
    canonical: bool = True
    language: str = "en-AU"
    time: str = "instant"
    """The ``<time>`` element's value: instant, date, naive, none."""
    dated: bool = True
    """Whether a date is shown."""
    zone: str = "utc"
    """Zone of linked data: utc, z, local."""
    byline: str = "body"
    """header, body, none."""
    caption: str = "figure"
    """The lead picture's caption: figure, or paragraph (the body's first)."""
    picture: str = "plain"
    """plain, cdn, lazy, lazysrcset, noscript, srcset, source."""
    terms: bool = True
    """Whether category and tag links are shown."""
    related_terms: bool = False
    doi: str = "meta"
    """meta, dc, link, text."""
    site_heading: bool = False
    """Whether the site's name is an h1 and the title an h2 (oldest layout)."""
    reading: bool = True
    label: str = "heading"
    """In Brief's element: heading, strong, div."""
    share: str = "second"
    """Which of the two font-size widgets carries Share: first, second, none."""
    printed_link: bool = True
    related: bool = True
    popup: bool = True
    copyright: bool = True
    charset: str = "utf-8"
    """Encoding of the bytes: utf-8, bom, meta (not said by HTTP), windows-1252."""

    def names(self, role: str) -> str:
        """The class attribute for a role; empty for none."""
        match self.vocabulary:
            case "hinted":
                return _HINTED[self.layout].get(role, role)
            case "plausible":
                return f"eaf-{role} {role.partition('-')[0]}-block"
            case "opaque":
                return "c" + hashlib.sha256(f"{self.seed}{role}".encode()).hexdigest()[:6]
            case "utility":
                at = hashlib.sha256(role.encode()).digest()[0]
                return f"{_UTILITY[at % 9]} {_UTILITY[(at // 9) % 9]}"
            case _:
                return ""


_CHOICES: dict[str, tuple[Any, ...]] = {
    "vocabulary": ("hinted", *VOCABULARIES),
    "depth": (0, 1, 2, 4),
    "order": ("given", "reversed", "sorted"),
    "entities": ("named", "literal"),
    "wrapped": (False, True),
    "linked_data": ("graph", "plain", "none", "graph", "array", "related"),
    "opengraph": (True, True, False),
    "meta_author": (False, True, False),
    "canonical": (True, True, True, False),
    "language": ("en-AU", "en-US", "en", ""),
    "time": ("instant", "date", "none"),
    "dated": (True, True, False),
    "zone": ("utc", "z", "local"),
    "caption": ("figure", "paragraph"),
    "picture": ("plain", "cdn", "lazy", "lazysrcset", "noscript", "srcset", "source"),
    "terms": (True, True, False),
    "doi": ("meta", "link", "text", "dc"),
    "reading": (True,),
    "label": ("heading", "strong", "div"),
    "share": ("second", "first", "none"),
    "printed_link": (True, False),
    "related": (True, True, False),
    "popup": (True, False),
    "copyright": (True, True, True, False),
}
_LAYOUT_CHOICES: dict[str, dict[str, tuple[Any, ...]]] = {
    "2012": {
        "linked_data": ("none", "none", "plain"),
        "picture": ("plain", "plain", "srcset"),
        "site_heading": (True, False),
        "byline": ("body", "body", "header"),
        "copyright": (True, False),
    },
    "2023": {
        "byline": ("body", "header", "body"),
        "picture": ("cdn", "lazy", "srcset", "noscript"),
    },
    "2024": {"byline": ("none", "none", "header"), "copyright": (True,), "caption": ("figure",)},
}


def look_for(path: str, layout: str, bound: dict[str, dict[str, Any]]) -> Look:
    """The look of the page at a path; ``bound`` holds fixed choices by layout or ``all``."""
    choices = _CHOICES | _LAYOUT_CHOICES[layout]
    drawn: dict[str, Any] = {}
    for name, options in choices.items():
        # one digest a field: a new field leaves the other choices of a page as they are
        digest = hashlib.sha256(f"{path}|{layout}|{name}".encode()).digest()
        drawn[name] = options[digest[0] % len(options)]
    drawn |= bound.get("all", {}) | bound.get(layout, {})
    if unknown := drawn.keys() - {field.name for field in fields(Look)}:
        raise ValueError(f"unknown look {sorted(unknown)} of {path}")
    return Look(layout=layout, seed=path, **drawn)
