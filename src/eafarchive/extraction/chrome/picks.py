"""Boxes among a body's paragraphs that list other articles, under any heading, or are but one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import PROSE, Block, Element, child_around
from eafarchive.extraction.document.page import host_of
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS, LISTS
from eafarchive.extraction.lines.address import is_article_path
from eafarchive.extraction.lines.signposts import hrefs_of, opens_with_link, own_hosts
from eafarchive.phrases import is_all

_FEWEST, _MOST = 3, 20
"""Items of such a list."""
_NAME = 60
"""Letters' worth of what follows a headline: its author, its date."""
_BOXES = frozenset(("div", "section", "aside"))


def picks_among(chosen: Sequence[Block], rules: Rules) -> frozenset[int]:
    """The blocks of such boxes: a heading and a list of links to articles, and nothing else.

    Lists that a writer makes stand among the paragraphs, in no box of their own, or in one like
    those around them; or say that they are works and notes.
    """
    found: set[int] = set()
    hosts = own_hosts(rules)
    for number, block in enumerate(chosen if hosts else ()):
        is_of_works = is_all(rules.works, block.line) and not is_all(rules.readings, block.line)
        if block.element.tag not in HEADINGS or is_of_works:
            continue
        box = _box_of(block)
        inside = chosen[number : number + _MOST + 2]
        if box is None or inside[-1].at < box.last - 1:
            continue
        items = [one for one in inside[1:] if one.at < box.last]
        if (
            _FEWEST <= len(items) <= _MOST
            and all(_leads_to_article(one, hosts, rules) for one in items)
            and not _is_part(box, chosen, number, number + len(items))
        ):
            found.update(range(box.first, box.last))
    return frozenset(found)


def labels_alone(chosen: Sequence[Block], rules: Rules) -> frozenset[int]:
    """The labels of other articles that begin a box of which nothing else is left."""
    return frozenset(
        block.at
        for block, following in pairwise(chosen)
        if block.element.tag in HEADINGS
        and is_all(rules.related, block.line)
        and (held := _box_of(block)) is not None
        and following.at >= held.last
    )


def _box_of(heading: Block) -> Element | None:
    """The smallest box that begins with the heading, and has more in it."""
    box = heading.element.parent
    while box is not None and box.first == heading.at and box.last == heading.at + 1:
        box = box.parent
    return box if box is not None and box.first == heading.at and box.tag in _BOXES else None


def _leads_to_article(item: Block, hosts: Sequence[str], rules: Rules) -> bool:
    """Whether it is a list's item: links to articles, the first at its beginning, and few words."""
    holder = item.element
    if holder.tag != "li" or holder.parent is None or holder.parent.tag not in LISTS:
        return False
    if item.own >= _NAME or not opens_with_link(item):
        return False
    return all(_is_article(href, hosts, rules) for href in hrefs_of(item))


def _is_article(href: str, hosts: Sequence[str], rules: Rules) -> bool:
    try:
        is_article = is_article_path(href, rules.profile)
    except ValueError:
        return False
    return is_article and host_of(href) in ("", *hosts)


def _is_part(box: Element, chosen: Sequence[Block], first: int, last: int) -> bool:
    """Whether a paragraph before the box or after it stands in one like it."""
    for one in (*chosen[max(first - 1, 0) : first], *chosen[last + 1 : last + 2]):
        beside = child_around(one, box.parent)
        if beside is not one.element and is_alike(beside, box) and one.own >= PROSE:
            return True
    return False
