"""The categories and tags that an article is filed under, by what says it most surely.

Marks and relations come first, then data; what only stands in a link's address, or in a line of
words, counts where the article's head and foot are, and nowhere in its text.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from eafarchive.extraction.chrome.around import below_related, filing_among
from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import anchor_of, unlinked
from eafarchive.extraction.document.linked_data import Node, texts_of
from eafarchive.extraction.document.outline import Attributes, Block, Element
from eafarchive.extraction.document.page import Page, words_of
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.marks import Marks
from eafarchive.extraction.facts.metadata import MarkedLink, is_of_widget
from eafarchive.extraction.lines.signposts import hrefs_of, links_follow

_BEFORE, _AFTER = 8, 16
"""Blocks before the title, and after the text, among which its head and foot stand."""
_MAX_LINE = 300
_MOST, _MOST_LISTED = 5, 20
"""Terms that one article is filed under by links alone, as a menu has more; and by a list of tags
of its own.
"""
_CATEGORY = re.compile(
    r"/(?:categor(?:y|ies)|topics?|sections?)/[^/?#]+(?:/[^/?#]+)?/?$", re.IGNORECASE
)
_TAG = re.compile(r"/tags?/[^/?#]+/?$", re.IGNORECASE)
_TERM = re.compile(rf"{_CATEGORY.pattern}|{_TAG.pattern}", re.IGNORECASE)
"""The addresses of WordPress's archives, whose bases a site may rename."""
_LONE = re.compile(r"(?:(?:https?:)?//[^/?#]*|/)/*([^/?#]*)/?", re.IGNORECASE)
"""The address of a front page, or of one right below it."""
_FEWEST_LONE = 2
_FILED = re.compile(
    r"(?:(?:filed under|posted in):?|(?:categor(?:y|ies)|topics?) ?:) (.{2,120})", re.IGNORECASE
)
_TAGGED = re.compile(r"(?:(?:tags?|keywords) ?:|tagged(?: with| as)?:?) (.{2,160})", re.IGNORECASE)
_LABEL = re.compile(r"\W*(?:(?:tags?|topics?|keywords|tagged(?: with| as)?)\b\W*)?", re.IGNORECASE)
"""What stands beside the links of such a list: its label, or nothing."""
_ALL = re.compile(
    r"(?:all |browse )?(?:categories|topics|sections|archives|regions)", re.IGNORECASE
)
_BARS = re.compile(r" ?[|·•] ?")
_PRINTED = re.compile(r"posted by .{1,80} on .{4,60} in (.{2,120}?) ?\| .{0,60}", re.IGNORECASE)
"""The line under the title of a page that the plugin WP-Print makes."""

Terms = tuple[str, ...]
_Link = tuple[LexborNode, Attributes]


class Around(NamedTuple):
    """The blocks of an article's head, those of its foot, and the place of the first past the
    element that holds title and text.
    """

    head: list[Block]
    foot: list[Block]
    past: int


def find_terms(
    page: Page, node: Node | None, marked: list[MarkedLink], marks: Marks, around: Around
) -> tuple[Terms, Terms]:
    """The article's categories and its tags, each once, in page order."""
    categories = list(marks.categories)
    categories = categories or [link.text for link in marked if "category" in link.rel]
    tags = list(marks.tags)
    if not (marks.tags or marks.categories):  # a block theme links both with the same ``rel``
        tags = [link.text for link in marked if "tag" in link.rel and "category" not in link.rel]
    if not categories:
        told = texts_of(node, "articleSection") if node else []
        categories = _listed_with(told or page.meta.get("article:section", []), around.head)
    if not tags and node:
        tags = texts_of(node, "keywords")
    tags = tags or page.meta.get("article:tag", [])
    blocks = [*around.head, *around.foot]
    links = [] if categories and tags else _links_to_terms(blocks, _under_headings(blocks))
    categories = categories or _by_address(_CATEGORY, links)
    categories = categories or _by_line((_FILED, _PRINTED), blocks)
    tags = tags or _by_address(_TAG, links)
    if links and not tags:
        listed = _links_to_terms(_list_of_tags(around), frozenset())
        tags = _by_address(_TAG, listed, _MOST_LISTED)
    tags = tags or _by_line((_TAGGED,), blocks)
    return tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(tags))


def blocks_around(chrome: Chrome, first: int, body: list[Block]) -> Around:
    """The blocks around an article's ``body``, those of its head from ``first`` on."""
    blocks, start = chrome.outline.blocks, chrome.start
    if not body or not start:
        return Around([], [], 0)
    # a page that is not parted has its menu before the title
    first = max(first, start - 1 - _BEFORE) if first else start
    head = blocks[first : max(start, body[0].at)]
    last = min(body[-1].at + 1 + _AFTER, chrome.end)
    foot = blocks[body[-1].at + 1 : last]
    past = filing_among(blocks[last : chrome.end], start)
    column = blocks[start - 1].element
    while column.last <= body[-1].at and column.parent is not None:
        column = column.parent
    boxes: dict[int, bool] = {}

    def own(blocks: list[Block]) -> list[Block]:
        inside = (block for block in blocks if not chrome.elsewhere[block.element.at])
        every = chrome.outline.blocks
        return [block for block in inside if not _is_beside(block, column, every, boxes)]

    return Around(own(head), own([*foot, *past, *below_related(chrome)]), column.last)


def _list_of_tags(around: Around) -> list[Block]:
    """The first list or line of links to tags, and nothing else, under its label or no heading, in
    the foot where title and text stand.
    """
    over = None
    foot = [block for block in around.foot if block.at < around.past]
    for _, group in groupby(foot, _list_of):
        items = list(group)
        terms = [block for block in items if block.linked]
        is_bare = all(_LABEL.fullmatch("".join(unlinked(block))) for block in items)
        if is_bare and terms and all(map(_leads_to_tags, terms)):
            is_own = over is None or _LABEL.fullmatch(over.line) or _is_closed(over, items[0])
            return terms if is_own else []
        if items[-1].text and (items[-1].element.tag in HEADINGS or is_bare):
            over = items[-1]
    return []


def _is_closed(heading: Block, block: Block) -> bool:
    """Whether the box of a heading over other words ends before the block."""
    holder = heading.element.parent
    return holder is not None and heading.at + 1 < holder.last <= block.at


def _is_beside(block: Block, column: Element, blocks: list[Block], boxes: dict[int, bool]) -> bool:
    """Whether terms without a label stand past the ``column`` of title and text, in a box with
    headings over something else, as ``boxes`` says of those seen before.
    """
    if block.at < column.last:
        return False
    box = block.element
    while box.parent is not None and box.parent.first >= column.last:
        box = box.parent
    if box.at not in boxes:
        boxes[box.at] = _heads_others(box, blocks)
    return boxes[box.at] and leads_to_terms(block)


def _heads_others(box: Element, blocks: list[Block]) -> bool:
    """Whether headings in it are over something else than terms: several, or one over links."""
    heads = [one for one in blocks[box.first : box.last] if one.element.tag in HEADINGS]
    heads = [one for one in heads if not leads_to_terms(blocks[min(one.at + 1, box.last - 1)])]
    return len(heads) > 1 or any(links_follow(one, blocks) for one in heads)


def _listed_with(told: list[str], head: list[Block]) -> list[str]:
    """The categories that one list, or one line, links to, where those told are among them."""
    if not told:
        return told
    listed, wanted = _under_headings(head), set(map(str.casefold, told))
    for _, blocks in groupby(head, _list_of):
        items = list(blocks)
        terms = _by_address(_CATEGORY, _links_to_terms(items, listed))
        if (
            len(terms) > len(told)
            and wanted <= set(map(str.casefold, terms))
            and (len(items) == 1 or all(map(leads_to_terms, items)))
        ):
            return terms
    return told


def _list_of(block: Block) -> int:
    """The place of the list whose item it is, else of the block's own element."""
    element = block.element
    return element.parent.at if element.tag == "li" and element.parent is not None else element.at


def _by_address(address: re.Pattern[str], links: list[_Link], most: int = _MOST) -> list[str]:
    """The terms that those of the links lead to that have such an ``address``, if no more than the
    ``most``.
    """
    found = [
        node
        for node, attributes in links
        if address.search(attributes.get("href") or "") and not is_of_widget(attributes)
    ]
    return list(map(words_of, found)) if len(found) <= most else []


def _links_to_terms(around: list[Block], listed: frozenset[int]) -> list[_Link]:
    """The links ``around`` that lead to terms; none of those ``listed`` under a heading."""
    found: dict[int, _Link] = {}
    menus: dict[int, bool] = {}
    for block in around:
        for _, chain in block.runs if block.linked and not _is_sentence(block) else ():
            mark = anchor_of(chain)
            if mark is None or mark.node.mem_id in found:
                continue
            attributes = mark.node.attributes
            if _TERM.search(attributes.get("href") or "") is None:
                continue
            if block.element.tag == "li" and (block.at in listed or _is_in_menu(block, menus)):
                break
            found[mark.node.mem_id] = mark.node, attributes
    return list(found.values())


def _is_in_menu(item: Block, menus: dict[int, bool]) -> bool:
    """Whether other items of its list lead to the front page and to a site's lone pages; ``menus``
    says it of lists seen before.

    The way to a page has the first of these, and no more.
    """
    holder = item.element.parent
    if holder is None:
        return False
    if holder.at not in menus:
        hrefs = (link.attributes.get("href") or "" for link in holder.node.css("a"))
        lone = {match[1] for match in map(_LONE.fullmatch, hrefs) if match}
        menus[holder.at] = len(lone) >= _FEWEST_LONE
    return menus[holder.at]


def _under_headings(around: list[Block]) -> frozenset[int]:
    """The blocks under a heading *Categories*, as a site's list of all of them is."""
    found: set[int] = set()
    is_under = False
    for block in around:
        if block.element.tag in HEADINGS:
            is_under = _ALL.fullmatch(block.line) is not None
        elif is_under:
            found.add(block.at)
    return frozenset(found)


def leads_to_terms(block: Block) -> bool:
    """Whether all its words are links to categories and tags."""
    are_all = not any(map(str.isalnum, unlinked(block)))
    return are_all and all(_TAG.search(one) or _CATEGORY.search(one) for one in hrefs_of(block))


def _leads_to_tags(block: Block) -> bool:
    """Whether its links lead to tags, whatever stands before them: *Topics:*."""
    return bool(hrefs := hrefs_of(block)) and all(map(_TAG.search, hrefs))


def _is_sentence(block: Block) -> bool:
    """Whether links stand in words that go on to a stop, as in a closing note."""
    return block.text.endswith((".", "!", "?")) and block.linked * 2 < len(block.text)


def _by_line(lines: tuple[re.Pattern[str], ...], around: list[Block]) -> list[str]:
    for block in around:
        if len(block.text) >= _MAX_LINE or (_TAGGED not in lines and _leads_to_tags(block)):
            continue
        has_bar = any(bar in block.line for bar in "|·•")
        for line in (*(_BARS.split(block.line) if has_bar else ()), block.line):
            for pattern in lines:
                if told := pattern.fullmatch(line):
                    return [term for term in map(str.strip, told[1].split(",")) if term]
    return []
