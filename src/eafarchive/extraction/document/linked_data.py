"""JSON-LD: the objects of a page, with their references resolved, and what they say."""

from __future__ import annotations

import html
import json
import re
from typing import Any, NamedTuple

Node = dict[str, Any]

MAX_NODES = 5000
"""Objects read of one page."""

_WRAPPING = re.compile(
    r"\A\s*(?:<!--|(?://|/\*)\s*<!\[CDATA\[(?:\s*\*/)?)"
    r"|(?:-->|(?:(?://|/\*)\s{0,9})?\]\]>(?:\s*\*/)?)\s*\Z"
)
_ARTICLE = re.compile(r"\w*Article|(?:Blog|LiveBlog|SocialMedia)Posting|Report")
_REFERRING = ("author", "creator", "publisher")


class Person(NamedTuple):
    """Whom linked data names as author or publisher."""

    name: str
    is_group: bool
    url: str | None


def read_nodes(scripts: list[str]) -> tuple[Node, ...]:
    """The JSON objects of the scripts, nested ones included, outer before inner.

    Where an author or publisher is only referred to by ``@id``, the object of that name stands in
    for the reference. A script that is not JSON is left out.
    """
    nodes: list[Node] = []
    for script in scripts:
        try:
            value = json.loads(_unwrapped(script), strict=False)
        except (ValueError, RecursionError):
            continue
        _collect(value, nodes)
    named: dict[str, Node] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            named.setdefault(name, node)
    for node in nodes:
        for key in _REFERRING:
            if key in node:
                node[key] = [_referent(one, named) for one in _listed(node[key])]
    return tuple(nodes)


def _unwrapped(script: str) -> str:
    """The script without what hides it from old browsers."""
    bare = script.strip()
    return bare if bare[:1] in {"{", "["} and bare[-1] in "}]" else _WRAPPING.sub("", script)


def _collect(value: object, nodes: list[Node]) -> None:
    pending = [value]
    while pending and len(nodes) < MAX_NODES:
        value = pending.pop()
        if isinstance(value, dict):
            nodes.append(value)
            pending.extend(reversed(value.values()))
        elif isinstance(value, list):
            pending.extend(reversed(value))


def _referent(value: object, named: dict[str, Node]) -> object:
    if isinstance(value, dict) and "name" not in value:
        return named.get(str(value.get("@id")), value)
    return value


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def is_article(node: Node) -> bool:
    """Whether the object's type is an article's (schema.org Article and what derives from it)."""
    return any(map(_ARTICLE.fullmatch, _types(node)))


def is_web_page(node: Node) -> bool:
    """Whether the object describes a page (schema.org WebPage)."""
    return "WebPage" in _types(node)


def _types(node: Node) -> list[str]:
    named = _listed(node.get("@type"))
    return [name.rpartition("/")[2] for name in named if isinstance(name, str)]


def addresses(node: Node) -> list[str]:
    """The URLs that the object claims as its own."""
    page = node.get("mainEntityOfPage")
    claimed = [node.get("url"), page, node.get("@id")]
    if isinstance(page, dict):
        claimed += [page.get("@id"), page.get("url")]
    return [url for url in claimed if isinstance(url, str) and url.startswith(("http", "/"))]


def text_of(node: Node, key: str) -> str | None:
    """A member as text, entities decoded once and white space folded; ``None`` if it has none."""
    for value in _listed(node.get(key)):
        if isinstance(value, str) and (folded := _folded(value)):
            return folded
    return None


def texts_of(node: Node, key: str) -> list[str]:
    """A member as a list of texts; one text with commas is several."""
    values = [value for value in _listed(node.get(key)) if isinstance(value, str)]
    if len(values) == 1:
        values = values[0].split(",")
    return [folded for value in values if (folded := _folded(value))]


def people_of(node: Node, key: str) -> list[Person]:
    """The persons and organisations that a member names."""
    people = []
    for value in _listed(node.get(key)):
        if isinstance(value, str) and (name := _folded(value)):
            people.append(Person(name, is_group=False, url=None))
        elif isinstance(value, dict):
            url = value.get("url")
            is_group = any("Organization" in name for name in _types(value))
            people += [
                Person(folded, is_group, url if isinstance(url, str) else None)
                for name in _listed(value.get("name"))
                if isinstance(name, str) and (folded := _folded(name))
            ]
    return people


def _folded(value: str) -> str:
    return " ".join(html.unescape(value).split())
