"""What metadata, linked data and marked links say about an article."""

from __future__ import annotations

import re
from typing import NamedTuple

from eafarchive.extraction.chrome.around import begin_of_head, below_related
from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.linked_data import (
    Node,
    addresses,
    is_article,
    people_of,
    text_of,
)
from eafarchive.extraction.document.outline import Attributes, Block
from eafarchive.extraction.document.page import Page, resolve, words_of
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.title import folded
from eafarchive.extraction.lines.address import path_of
from eafarchive.model import Author
from eafarchive.profile import BylineRules, Profile

_BEFORE = 8
"""Blocks before the title in which its frame may begin."""
_RELATIONS = frozenset(("author", "category", "tag"))
_ALL_TERMS = re.compile(
    r"[0-9]{1,6} (?:topics?|items?)\b|view all posts filed under ", re.IGNORECASE
)
"""The titles of links in a cloud of tags and in a list of categories."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
"""A language tag (BCP 47), as far as pages have them."""
_AUTHORS = tuple(
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator"
    " citation_author byl article:author_name og:author dcsext.author"
    " shareaholic:article_author_name rbauthors cxenseparse:author creator".split()
)


_INVERTED = frozenset(("citation_author", "dc.creator", "dcterms.creator"))
"""Elements that libraries read: the family name may stand first."""
_INVERTED_NAME = re.compile(r"\A([^\W\d][\w’' -]{1,30}), ([^\W\d][\w.’' -]{0,30})\Z")


class MarkedLink(NamedTuple):
    """A hyperlink that says what it means."""

    rel: tuple[str, ...]
    text: str
    url: str


def own_node(page: Page, title: str, url: str, *, lone: bool = False) -> Node | None:
    """The linked data of this article; that of another one, which pages carry too, is not.

    With ``lone``, the only article that the page describes is believed to be its own if it claims
    no other address, whatever its headline.
    """
    path, own_title = path_of(url), folded(title)
    nodes = [node for node in page.nodes if is_article(node)]
    for node in nodes:
        if path in map(path_of, addresses(node)):
            return node
    for node in nodes:
        claimed = {
            one for one in map(path_of, addresses(node)) if not f"{path}/".startswith(f"{one}/")
        }
        if not claimed and folded(text_of(node, "headline") or "") == own_title:
            return node
    if lone and len(nodes) == 1 and not set(map(path_of, addresses(nodes[0]))) - {"", path}:
        return nodes[0]
    return None


def meta_authors(page: Page, rules: BylineRules) -> tuple[str, ...]:
    """Whom meta elements name as authors; addresses, numbers and accounts are no names."""
    for name in _AUTHORS:
        named = [
            one
            for one in page.meta.get(name, ())
            if "://" not in one
            and "@" not in one
            and any(map(str.isalpha, one))
            and one.lower() not in rules.accounts
        ]
        if named:
            if name in _INVERTED:
                named = [_INVERTED_NAME.sub(r"\2 \1", one) for one in named]
            return tuple(dict.fromkeys(named))
    return ()


def poster(page: Page, rules: BylineRules) -> tuple[str, ...]:
    """Whom the page says to have written it where it is shared on Twitter: who posted it, maybe."""
    for number in "12":
        label = page.meta.get(f"twitter:label{number}", ("",))[0].casefold()
        named = page.meta.get(f"twitter:data{number}", ("",))[0]
        if label in rules.labels and named.lower() not in rules.accounts:
            return (named,) if "://" not in named and any(map(str.isalpha, named)) else ()
    return ()


def authors_in(node: Node | None, base: str, rules: BylineRules) -> tuple[Author, ...]:
    """The authors that linked data names; an account such as *admin* is none."""
    people = people_of(node, "author") if node else []
    return tuple(
        Author(
            person.name.partition(" | ")[0],
            "group" if person.is_group else "person",
            url=resolve(base, person.url) if person.url else None,
        )
        for person in people
        if person.name.lower() not in rules.accounts
    )


def marked_links(page: Page, chrome: Chrome) -> list[MarkedLink]:
    """The links with a ``rel`` about this article, not about others that the page leads on to."""
    related = {
        node.mem_id
        for node, attributes in page.found
        if (rel := attributes.get("rel")) and not _RELATIONS.isdisjoint(rel.lower().split())
    }
    found: list[MarkedLink] = []
    if not related:
        return found
    within = page.outline.blocks[
        max(chrome.start - 1 - _BEFORE, begin_of_head(chrome)) : chrome.end
    ]
    for block in (*within, *below_related(chrome)):
        if (
            not block.linked
            or chrome.elsewhere[block.element.at]
            or _is_over_another(block, chrome)
        ):
            continue
        last = None
        for _, chain in block.runs:
            mark = anchor_of(chain)
            if mark is None or mark is last or mark.node.mem_id not in related:
                continue
            last = mark
            relations = tuple((mark.node.attributes.get("rel") or "").lower().split())
            is_own = _RELATIONS.intersection(relations) and not is_of_widget(mark.node.attributes)
            text = words_of(mark.node) if is_own else ""
            url = resolve(page.base, mark.node.attributes.get("href") or "") if text else None
            if url is not None:
                found.append(MarkedLink(relations, text, url))
    return found


def _is_over_another(block: Block, chrome: Chrome) -> bool:
    """Whether the next words are a heading that leads elsewhere, as in another article's card."""
    following = chrome.outline.blocks[block.at + 1 : block.at + 3]
    words = next((one for one in following if one.text), None)
    if words is None or words.at == chrome.start - 1:
        return False
    return words.element.tag in HEADINGS and not words.own


def is_of_widget(attributes: Attributes) -> bool:
    """Whether a link is one of WordPress's lists and clouds of all the terms that a site has."""
    title, style = attributes.get("title") or "", attributes.get("style") or ""
    return "font-size" in style or _ALL_TERMS.match(title) is not None


def find_publisher(page: Page, node: Node | None, profile: Profile) -> str | None:
    """Who published it, by linked data, OpenGraph or the profile."""
    for person in people_of(node, "publisher") if node else ():
        return person.name
    named = page.first_meta("og:site_name")
    return named[0] if named else profile.publisher


def find_language(page: Page) -> str | None:
    """The language as the page has it, else as OpenGraph's locale or linked data does."""
    if page.language:
        return page.language
    if named := page.first_meta("og:locale"):
        return named[0].replace("_", "-")
    told = (text_of(node, "inLanguage") for node in page.nodes)
    return next((tag for tag in told if tag and _LANGUAGE.fullmatch(tag)), None)
