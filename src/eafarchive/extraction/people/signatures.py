"""Who signed an article where no line says so: by markup, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import anchor_of, seamed
from eafarchive.extraction.document.outline import Attributes, Block, Chain
from eafarchive.extraction.document.page import Page, resolve
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.datelines import leads_to_date, undated
from eafarchive.extraction.lines.date_words import TO_NAME
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.names import fold, is_name_shaped, is_role, words_of
from eafarchive.extraction.lines.signposts import AUTHORS
from eafarchive.extraction.people.nameplates import BY, houses_of, names_in, names_listed
from eafarchive.extraction.people.witnesses import is_persons
from eafarchive.phrases import is_all, is_opened

_BEFORE, _AFTER = 6, 16
"""Blocks around the title among which its byline stands."""
_BELOW = 5
"""Blocks below a title among which a byline without any mark stands."""
_MAX_BESIDE = 30
"""Letters of words beside a link from which a line with a stop is a sentence."""
_AT_END = 16
"""Blocks before what ends an article among which its authors are shown, if not at the title."""
_MAX_LINE = 120
_MARKS = frozenset(("author", "schema:author"))
_CLASS = re.compile(
    r"byline|author|journalist|reporter|yazar|penulis"
    r"|(?<!\S)(?:auteur|autor(?:e|in)?|sign)(?!\S)",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"(?:[^\W\d_][\w’'/&-]{1,20} ){0,5}[^\W\d_]{0,12}(?:reporter|correspondent|editor|journalist"
    r"|columnist|redakteur(?:in)?|korrespondent(?:in)?|journaliste|periodista|jornalista)",
    re.IGNORECASE,
)
"""An office that those who write for the press have."""
_ELSEWHERE = re.compile(
    r"comment|discussion|related|side-?bar|widget|recommend|teaser|card|promo|popular|query|trending|reply|"
    r"latest|archive|list-?item"
)
_LATER_BY = re.compile(rf" (?:{TO_NAME}|كتبت?|بقلم) (?=\S)", re.IGNORECASE)
_MARK = "\x1f"
"""Stands for a name."""
_AND = "(?:&|and|und|et|y|e|i|og|och|en)"
_LISTED = re.compile(
    rf"(?:{_MARK} ?, ?){{0,9}}{_MARK},? {_AND} {_MARK}(?!,? ?[^\W\d])", re.IGNORECASE
)
_LINKED = re.compile(rf"{_MARK}(?: ?, ?{_MARK}){{1,9}}(?!,? ?[^\W\d])", re.IGNORECASE)
"""Names and nothing but what joins them: *Ann Roe, Bob Moe and Cy Poe*; commas alone join links."""


def marked_names(page: Page, chrome: Chrome, rules: Rules) -> tuple[tuple[str, str | None], ...]:
    """The names in the first element that its markup calls the author's, each with its address.

    Without one, those that lead from the title's neighbourhood to an author's page.
    """
    replies = _after(chrome) if chrome.end_rule == "chrome.comments" else frozenset()
    own = _around_title(chrome)
    for node, attributes in page.found:
        if not _is_signed(attributes):
            continue
        if (names := names_in(node, page, rules)) and not _is_elsewhere(node, replies, own):
            names += _beside(node, attributes, page, rules)
            link = node if node.tag == "a" else node.css_first("a")
            href = (link.attributes.get("href") if link is not None else None) or ""
            url = resolve(page.base, href) if len(names) == 1 and href else None
            return tuple((name, url) for name in names)
    return profile_links(page, chrome, rules)


def _beside(node: LexborNode, attributes: Attributes, page: Page, rules: Rules) -> list[str]:
    """The names in the elements after an author's that are marked as it is."""
    marks = [(key, attributes.get(key)) for key in ("class", "itemprop", "property", "rel")]
    found: list[str] = []
    other = node.next
    while other is not None:
        if other.is_element_node:
            told = other.attributes
            if other.tag != node.tag or any(told.get(key) != value for key, value in marks):
                break
            found += names_in(other, page, rules)
        other = other.next
    return found


def profile_links(
    page: Page, chrome: Chrome, rules: Rules, *, is_signed: bool = False
) -> tuple[tuple[str, str | None], ...]:
    """The names that lead from the title's neighbourhood to an author's page.

    Without one, if no byline says it (``is_signed``), those that do so from what follows the text,
    where class names are not trusted, and else those that a line at the title names.
    """
    found = _leading(_at_title(chrome), page, chrome, rules)
    if found or is_signed:
        return tuple(found.items())
    if not rules.profile.trust_names:
        begin = max(chrome.end - _AT_END, chrome.start)
        found = _leading(chrome.outline.blocks[begin : chrome.end], page, chrome, rules)
    return tuple(found.items()) or tuple((name, None) for name in _on_a_line(page, chrome, rules))


def linked_names(
    page: Page, chrome: Chrome, rules: Rules, byline: Block | None
) -> tuple[tuple[str, str | None], ...]:
    """What leads from the byline and the title's neighbourhood to an author's page, name or not."""
    blocks = [*_at_title(chrome), byline] if byline else _at_title(chrome)
    return tuple(
        (" ".join(anchor.node.text().split()), resolve(page.base, href))
        for anchor, href in _leads(blocks, chrome, rules)
    )


def are_listed(names: Sequence[str], chrome: Chrome, rules: Rules) -> bool:
    """Whether a line at the title is a list of these persons: *by Ann Roe and Bob Moe*."""
    words = words_of(rules.profile.byline)
    if not all(is_persons(name, words) and not is_role(name, words) for name in names):
        return False
    for block in _at_title(chrome):
        if chrome.elsewhere[block.element.at] or not all(name in block.line for name in names):
            continue
        line = undated(block.line)
        for name in names:
            line = line.replace(name, _MARK, 1)
        anchors = ((run, anchor_of(chain)) for run, chain in block.runs if isinstance(run, str))
        linked = {" ".join(run.split()) for run, anchor in anchors if anchor is not None}
        found = _LISTED.search(line) or (linked.issuperset(names) and _LINKED.search(line))
        if found and found[0].count(_MARK) == len(names):
            return True
    return False


def _at_title(chrome: Chrome) -> list[Block]:
    end = min(chrome.start + _AFTER, max(chrome.end, chrome.start))
    return chrome.outline.blocks[max(chrome.start - _BEFORE, 0) : end]


def _is_sentence(block: Block, rules: Rules) -> bool:
    """Whether the block is a sentence, and no byline's label opens it."""
    if block.text[:_MAX_BESIDE].lower().startswith(rules.profile.byline.labels):
        return False
    return block.own >= _MAX_BESIDE and block.text.endswith((".", "!", "?"))


def _leading(
    blocks: list[Block], page: Page, chrome: Chrome, rules: Rules
) -> dict[str, str | None]:
    """The names in the blocks that lead to an author's page."""
    return {
        name: resolve(page.base, href)
        for anchor, href in _leads(blocks, chrome, rules)
        for name in names_in(anchor.node, page, rules)
    }


def _leads(blocks: list[Block], chrome: Chrome, rules: Rules) -> Iterator[tuple[Chain, str]]:
    """The links in the blocks to authors' pages, and where each leads."""
    for block in blocks:
        # a note that has a link names others, too
        if not block.linked or chrome.elsewhere[block.element.at] or _is_sentence(block, rules):
            continue
        for _, chain in block.runs:
            if (anchor := anchor_of(chain)) is None:
                continue
            href = anchor.node.attributes.get("href") or ""
            if AUTHORS.search(href):
                yield anchor, href


def _on_a_line(page: Page, chrome: Chrome, rules: Rules) -> list[str]:
    """The names on the first line at the title that opens as bylines of the language do."""
    for block in chrome.outline.blocks[max(chrome.start - 2, 0) : chrome.start + _BELOW]:
        is_short = len(block.text) < _MAX_LINE and not chrome.elsewhere[block.element.at]
        line = seamed(block).replace("\n", " ") if is_short else ""
        if (signed := _signature_in(line)) and (names := names_listed(signed, page, rules)):
            return names
        name, bar, house = line.partition(" / ")
        if bar and fold(house) in houses_of(page, words_of(rules.profile.byline)):
            return names_listed(name, page, rules)
    return _on_a_card(page, chrome, rules)


def _on_a_card(page: Page, chrome: Chrome, rules: Rules) -> list[str]:
    """The name at the title between a portrait and a date or a reading time, in a box of theirs; or
    over an office of the press, in one.
    """
    blocks = chrome.outline.blocks[chrome.start : chrome.start + _BELOW]
    for block, other in pairwise(blocks) if rules.profile.trust_names else ():
        box = block.element.parent
        if not 4 < len(block.text) < _MAX_BESIDE or box is None or block.element.tag in HEADINGS:
            continue
        if other.element.parent is not box or box.last != other.at + 1:
            continue
        if box.first == block.at and " " in block.text and _PRESS.fullmatch(other.line):
            return names_listed(block.line, page, rules)
        dates = find_dates(other.line[:_MAX_LINE])
        is_dated = bool(dates) and not dates[0][0]
        is_dated = is_dated or is_opened(rules.reading, other.line)
        is_label = is_all(rules.lead, block.line)
        whole = box if box.first < block.at else box.parent
        has_picture = whole is not None and (whole.first, whole.last) == (block.at - 1, box.last)
        has_picture = has_picture and chrome.outline.blocks[block.at - 1].has_image
        if is_dated and has_picture and not is_label and " " in block.text:
            return names_listed(block.line, page, rules)
    return []


def _signature_in(line: str) -> str | None:
    """What a line says from *by* on, where nothing but a date stands before it."""
    if BY.match(line):
        return line
    found = _LATER_BY.search(line)
    words = line[: found.start()] if found else ""
    dates = find_dates(words)
    for start, end in reversed(dates):
        words = f"{words[:start]} {words[end:]}"
    return (
        line[found.end() :] if found and dates and all(map(leads_to_date, words.split())) else None
    )


def is_marked(block: Block, name: str, rules: Rules) -> bool:
    """Whether the block is a name that its element says is an author's, or the one around it."""
    if not rules.profile.trust_names or not is_name_shaped(name, words_of(rules.profile.byline)):
        return False
    holders = (block.element, block.element.parent)
    return any(one is not None and _is_signed(one.node.attributes) for one in holders)


def _is_signed(attributes: Attributes) -> bool:
    """Whether the element says that it names an author."""
    if (classes := attributes.get("class")) and _CLASS.search(classes):
        return True
    if "byline" in (attributes.get("data-testid") or ""):
        return True
    for name in ("itemprop", "property", "rel"):
        if (mark := attributes.get(name)) and not _MARKS.isdisjoint(mark.split()):
            return True
    return False


def _after(chrome: Chrome) -> frozenset[int]:
    """The identities of the block-level elements after what ends the article."""
    elements, end = chrome.outline.elements, chrome.end
    return frozenset(one.node.mem_id for one in elements if one.first >= end)


def _around_title(chrome: Chrome) -> frozenset[int]:
    """The identities of the block-level elements that hold title and text, however named."""
    found: set[int] = set()
    element = chrome.outline.blocks[chrome.start - 1].element if chrome.start else None
    while element is not None:
        if chrome.sums[element.last] - chrome.sums[element.first]:
            found.add(element.node.mem_id)
        element = element.parent
    return frozenset(found)


def _is_elsewhere(node: LexborNode, replies: frozenset[int], own: frozenset[int]) -> bool:
    """Whether the element is in one about other pages, or of readers, as all ``replies`` are.

    What holds the article, ``own``, is not meant.
    """
    if replies and node.mem_id in replies:
        return True
    above: LexborNode | None = node.parent
    while above is not None and above.tag != "body":
        if above.tag in {"aside", "nav"} or above.mem_id in replies:
            return True
        names = f"{above.attributes.get('class') or ''} {above.id or ''}".lower()
        if above.mem_id not in own and _ELSEWHERE.search(names):
            return True
        above = above.parent
    return False
