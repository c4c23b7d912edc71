"""Lines among the paragraphs that are but another article's headline, with a link and no label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eafarchive.extraction.chrome.onward import leads_on, leads_to_own
from eafarchive.extraction.document.inline import anchor_of, is_bold
from eafarchive.extraction.document.outline import WIDE, Block, Element, is_prose
from eafarchive.extraction.document.tags import HEADINGS, LISTS
from eafarchive.extraction.lines.signposts import hrefs_of

BESIDE = "a card under a link"
HEADLINE = "a linked headline among the paragraphs"
_SHORTEST, _LONGEST = 20, 200
"""Letters' worth of a headline, and characters."""
_AVERAGE = 30
"""Characters of the average headline of a list."""
_IN_ITEMS = HEADINGS | frozenset(("li", "p", "div", "span"))
_LABEL = 32
"""Characters of a label before one, at most: *Go deeper:*."""
_FEWEST, _MOST, _LINES_OF_CARD = 2, 8, 2
"""Items of a list, at least and at most, and lines of a card: a headline, and when it was one."""
_EACH = 3
"""Paragraphs of prose for each of them, at least: more of them are the article."""
_STOPS = (".", "。", "।", ";", "؛")
_COLONS = (":", "：")
_LEADS = (*_COLONS, "—", "–", "→", "↓", "👇")
"""What ends a paragraph that leads to what stands under it."""
_CLOSING = " ]）】"
_HOUSE = re.compile(r"\((?:[\w-]{1,40}\.){1,3}[a-z]{2,6}\)", re.IGNORECASE)
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LINES = frozenset(("p", "div"))


def teasers_among(chosen: Sequence[Block], base: str) -> dict[int, str]:
    """Why those of the blocks that lead elsewhere without a label are no text, by their places.

    ``base`` is what the page's references are resolved against.
    """
    found = dict.fromkeys(_cards_among(chosen, base), BESIDE)
    return found | dict.fromkeys(_headlines_among(chosen, base), HEADLINE)


def _headlines_among(chosen: Sequence[Block], base: str) -> frozenset[int]:
    """The places of headlines: each a paragraph, or all of a list or table, between two paragraphs
    of prose; it leads to one page of the site's own.

    Headings are a writer's, and so is what a paragraph leads to, or another site's.
    """
    lines = [block for block in chosen if block.text]
    lists = _lists_of_headlines(lines, base)
    found = [
        block
        for before, block, after in zip(lines, lines[1:], lines[2:], strict=False)
        if block.linked
        and (
            (_stands_alone(block) and (_leads_home(block) or _is_headline(block)))
            or (_ends_list(block, before) and _leads_home(block))
        )
        and _is_paragraph(before)
        and (_is_paragraph(after) or after.element.tag in HEADINGS or is_bold(after))
        and not before.text.endswith(_LEADS)
        and leads_on(block, base)
    ]
    prose = sum(map(_is_paragraph, lines)) if found else 0
    return frozenset((*lists, *(block.at for block in found if len(found) * _EACH <= prose)))


def _lists_of_headlines(lines: Sequence[Block], base: str) -> Iterator[int]:
    """The items of lists of two such headlines or more, and of nothing else."""
    for number, block in enumerate(lines):
        holder = block.element.parent
        if block.own or block.element.tag != "li" or holder is None or holder.first != block.at:
            continue
        if holder.tag != "ul":
            continue  # numbered by who wrote it
        items = [one for one in lines[number : number + _MOST] if one.at < holder.last]
        around = (*lines[max(number - 1, 0) : number], *lines[number + len(items) :][:1])
        if (
            len(items) >= _FEWEST
            and len(around) > 1
            and all(map(_is_paragraph, around))
            and not around[0].text.endswith(_LEADS)
            and all(map(_is_headline, items))
            and all(_may_be_articles(href) for one in items for href in hrefs_of(one))
            and all(leads_on(one, base) for one in items)
        ):
            yield from (one.at for one in items)


def _may_be_articles(href: str) -> bool:
    """Whether an address has a number or many words in it; those of bodies and places have not."""
    return href.count("-") > _FEWEST or any(map(str.isdigit, href))


def _cards_among(chosen: Sequence[Block], base: str) -> frozenset[int]:
    """The places of the blocks of small cards between two paragraphs of prose, over each of which
    an empty link is put.
    """
    lines = [block for block in chosen if block.text]
    found: set[int] = set()
    for number, block in enumerate(lines):
        if number and len(block.text) <= _LONGEST and (card := _card_around(block, base)):
            near = lines[max(number - _MOST, 0) : number + 2 * _MOST]
            if _is_amid_prose(card, near):
                found.update(range(card.first, card.last))
    return frozenset(found)


def _is_amid_prose(box: Element, near: Sequence[Block]) -> bool:
    """Whether prose stands right before the box and right after it."""
    before = [one for one in near if one.at < box.first][-1:]
    after = [one for one in near if one.at >= box.last][:1]
    return len(before) == len(after) == 1 and all(map(_is_paragraph, (*before, *after)))


def _card_around(block: Block, base: str) -> Element | None:
    """The box of a few lines without a sentence or link, where a link is put over them."""
    box, element = None, block.element.parent
    while element and element.first == block.at and element.last - element.first <= _LINES_OF_CARD:
        box, element = element, element.parent
    if box is None or box.last - box.first < _LINES_OF_CARD or block.linked:
        return None
    if len(block.text) < _SHORTEST or block.text.endswith((*_STOPS, *_COLONS, "?", "!")):
        return None
    links = [one for one in box.node.css("a[href]") if one.css_first("img") is None]
    hrefs = {(one.attributes.get("href") or "").strip() for one in links if not one.text().strip()}
    return box if len(hrefs) == len(links) == 1 and leads_to_own(hrefs.pop(), base) else None


def teaser_lists(chosen: list[Block]) -> frozenset[int]:
    """The items of lists that hold headlines only: two or more, all linked, none a short label."""
    items: dict[int, list[Block]] = {}
    known: dict[int, Element | None] = {}
    for block in chosen:
        if block.text and (around := _list_of(block, known)) is not None:
            items.setdefault(around.at, []).append(block)
    return frozenset(
        block.element.at
        for blocks in items.values()
        if len(blocks) > 1
        and all(block.own == 0 for block in blocks)
        and sum(len(block.text) for block in blocks) >= _AVERAGE * len(blocks)
        for block in blocks
    )


def _is_paragraph(block: Block) -> bool:
    return is_prose(block) and block.linked < block.own


def _stands_alone(block: Block) -> bool:
    """Whether it is a paragraph, or the one item of a list, or the one cell of a table."""
    if block.element.tag in _LINES:
        return True
    holder: Element | None = block.element
    while holder is not None and holder.last - holder.first == 1:
        if holder.tag in LISTS:  # a heading is a list's as it is a text's
            return block.element.tag not in HEADINGS
        if holder.tag == "table":
            return True
        holder = holder.parent
    return False


def _ends_list(block: Block, before: Block) -> bool:
    """Whether it is the last item of a list, and the item before it leads nowhere."""
    holder = block.element.parent
    is_last = holder is not None and holder.tag in LISTS and holder.last == block.at + 1
    return is_last and before.element.parent is holder and not before.linked


def _leads_home(block: Block) -> bool:
    """Whether all it links to is the site's front page, in a list of its own or a whole line."""
    is_line = not block.own or block.element.tag == "li"
    return is_line and set(hrefs_of(block)) == {"/"} and len(block.text) <= _LONGEST


def _is_headline(block: Block) -> bool:
    """Whether a link is all of its words, but for brackets and arrows, for a host in brackets, and
    for a label in bold that ends in a colon.
    """
    label, headline = "", ""
    for run, chain in block.runs:
        if not isinstance(run, str) or run.isspace():
            continue
        if anchor_of(chain):
            headline += run
        elif (not any(map(str.isalnum, run)) and "(" not in run) or (
            headline and _HOUSE.fullmatch(run.strip())
        ):
            continue
        elif headline or label or chain is None or chain.tag != "strong":
            return False
        else:
            label = run.strip()
    if label and (len(label) > _LABEL or not label.endswith(_COLONS)):
        return False
    headline = " ".join(headline.split()).rstrip(_CLOSING)
    worth = len(headline) + (WIDE - 1) * len(_IDEOGRAPHS.findall(headline))
    return (
        worth >= _SHORTEST
        and len(headline) <= _LONGEST
        and not block.text.endswith((*_STOPS, *_COLONS))
    )


def _list_of(block: Block, known: dict[int, Element | None]) -> Element | None:
    """The list whose item the block is, or stands in; ``known`` are those of elements seen."""
    path: list[Element] = []
    element: Element | None = block.element
    while element is not None and element.at not in known and element.tag in _IN_ITEMS:
        path.append(element)
        element = element.parent
    found = None
    if element is not None:
        found = known.get(element.at, element if element.tag in LISTS else None)
    known.update((inner.at, found) for inner in path)
    return found
