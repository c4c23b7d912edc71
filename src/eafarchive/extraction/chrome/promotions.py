"""Small boxes among an article's paragraphs that call readers away: an event, a gift, an app."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from eafarchive.extraction.chrome.parts import is_part
from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.outline import PROSE, Block, Element, Outline, outermost
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS, PHRASING
from eafarchive.extraction.lines.names import fold
from eafarchive.extraction.lines.notes import is_author_note, is_closing_note
from eafarchive.extraction.lines.signposts import (
    MAX_LABEL,
    hrefs_of,
    lead_out,
    leads_to_author,
    leads_to_page,
    own_hosts,
)
from eafarchive.phrases import is_all

_BOXES = frozenset(("div", "section", "aside", "article"))
_OF_TEXT = frozenset(
    "blockquote table td th figure figcaption pre dl dd dt details ol video".split()
)
"""What an article's own boxes hold."""
_FEWEST = 3
"""Paragraphs that make a text."""
_LINE = 20
"""Letters' worth of words of the shortest paragraph, as a note on an author is."""
_Flow = tuple[str, str, int]
_MOST_BLOCKS = 6
MOST_WORDS: Final = 220
"""Letters' worth of words of such a box, outside its links."""
_MOST_CALLING = 330
"""The same of one that says what it wants of readers."""
_HARDLY = 4
"""Times what stands outside of the links of such a line that stands within."""
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|epub|mp3|mp4)(?:$|[?#])", re.IGNORECASE)
"""The address of a file."""
_GIFTS = re.compile(
    r"/(?:(?:donat(?:e|ions?)|give)|(?:donat(?:e|ions?)|giv(?:e|ing)|gifts?|support)"
    r"-(?:us|now|our|to)[a-z-]{0,40})/?$",
    re.IGNORECASE,
)
"""The address of a page that asks for money; one on giving, or support, may be on anything."""
_STOPS = (".", "!", "?", "…", ":", "。", "！", "？", "—", "–")


def blocks_of_promotions(outline: Outline, rules: Rules, start: int, end: int) -> Iterator[int]:
    """The blocks between two places in small boxes with a call to go elsewhere.

    Such a box, but for a plea, is among paragraphs of prose, or a row as they fill; a link stands
    alone in it, or after a sentence of a few. A writer's holds more words, or a table, a quotation,
    a file or a note, or is one paragraph or heading, but links to no page that asks for gifts.
    """
    texts = _texts(outline, start, end)
    begin = min((first for first, _ in texts.values()), default=end)
    for element in outline.elements:
        if (
            start <= element.first < element.last <= end
            and element.last - element.first <= _MOST_BLOCKS
            and element.tag in _BOXES
            and (outer := element.parent) is not None
        ):
            row = element if element.tag == "section" or element.classes else outer
            flows = (_flow(outer), _flow(row), ("", "", outer.at))
            first, last = next(filter(None, map(texts.get, flows)), (end, start))
            over = outline.blocks[max(outer.first, element.first - _MOST_BLOCKS) : element.first]
            blocks = outline.blocks[element.first : element.last]
            is_below = first < element.first or any(map(_is_paragraph, over))
            if is_below and begin < element.first and element.last <= last:
                if _calls_away(blocks, element, rules) and not is_part(element, outline):
                    is_labelled = _leads_on(outline.blocks[element.first - 1], rules)
                    yield from range(element.first - is_labelled, element.last)
            elif _is_plea(blocks, element, rules):
                yield from range(element.first, element.last)


def _is_plea(blocks: list[Block], box: Element, rules: Rules) -> bool:
    """Whether a box asks for gifts by a link alone, below words that all speak to readers."""
    *lines, last = [block for block in blocks if block.text] or blocks[:1]
    told = [line for line in lines if line.element.tag not in HEADINGS]
    return (
        bool(told and not last.own)
        and asks_for_gifts(last, rules)
        and sum(line.own for line in told) <= _MOST_CALLING
        and all(rules.pleas.search(line.line) for line in told)
        and not has_note(lines, rules)
        and not any(_is_of_text(line, box) for line in lines)
    )


def _leads_on(label: Block, rules: Rules) -> bool:
    """Whether a few words say that other articles stand below them."""
    is_short = 0 < len(label.text) <= MAX_LABEL and not label.linked
    return is_short and is_all(rules.related, label.line)


def promotions_over(
    chosen: Sequence[Block], rules: Rules, names: tuple[str, ...], start: int
) -> Iterator[int]:
    """The blocks of such boxes over the first paragraph of a text, or right under its summary.

    The text is what was ``chosen`` from the block ``start`` on. One that names an author is a card;
    where no author is known, it has to say that it calls.
    """
    prose: list[int] | None = None
    is_under, end, begin, paragraphs = False, 0, start, 0
    for number, block in enumerate(chosen):
        is_summary = number > 0 and is_all(rules.summary, chosen[number - 1].line)
        if block.at < end or is_summary:
            continue
        box = _box_from(block, begin)
        begin = block.at + 1
        if box is not None:
            blocks = [one for one in chosen[number : number + _MOST_BLOCKS] if one.at < box.last]
            if (
                _calls_away(blocks, box, rules)
                and (names or _says_so(blocks, rules))
                and not any(_is_on(line.line, rules, names) for line in blocks)
            ):
                prose = prose or [one.at for one in chosen if _is_paragraph(one)]
                if sum(at >= box.last for at in prose) >= _FEWEST:
                    yield from range(box.first, box.last)
                    begin = end = box.last
                    continue
        if block.own >= PROSE:
            paragraphs += 1
            if not is_under or paragraphs > _FEWEST:
                return
        is_under = is_under or is_all(rules.summary, block.line)


def _is_paragraph(block: Block) -> bool:
    return block.element.tag == "p" and block.own >= PROSE


def _box_from(block: Block, begin: int) -> Element | None:
    """The largest of the small boxes around the block in which nothing stands before ``begin``."""
    box: Element | None = None
    element: Element | None = block.element
    while element and element.first >= begin and element.last - element.first <= _MOST_BLOCKS:
        box = element if element.tag in _BOXES else box
        element = element.parent
    return box


def _is_on(line: str, rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether a line names an author, or is a note on one."""
    folded = fold(line)
    return any(fold(name).rpartition(" ")[2] in folded for name in names) or is_author_note(
        line, names, rules.profile.notes, rules.profile.byline
    )


def pictures_beside(outline: Outline, widgets: Mapping[int, str]) -> list[int]:
    """The pictures that share a line, or a box without other words, with what is chrome wherever it
    stands: an advertisement's.
    """
    found = [at for at in widgets if outline.blocks[at].has_image]
    for at in widgets:
        box = outermost(outline.blocks[at].element).parent
        if box is not None and 1 < box.last - box.first <= _MOST_BLOCKS:
            inside = outline.blocks[box.first : box.last]
            if all(one.at in widgets for one in inside if one.text):
                found += [one.at for one in inside if one.has_image and one.at not in widgets]
    return found


def _texts(outline: Outline, start: int, end: int) -> dict[_Flow, tuple[int, int]]:
    """The places of the first and the last paragraph of each text with some prose; without tag and
    kind, of one whose paragraphs stand in elements of their own, too.
    """
    found: dict[_Flow, list[Block]] = {}
    for block in outline.blocks[start:end]:
        holder = block.element.parent
        if block.element.tag == "p" and holder is not None and block.own >= _LINE:
            found.setdefault(_flow(holder), []).append(block)
    texts: dict[_Flow, tuple[int, int]] = {}
    for flow, paragraphs in found.items():
        prose = [block for block in paragraphs if block.own >= PROSE]
        if len(prose) >= _FEWEST:  # a note may end it, and nothing shorter begins it
            texts[flow] = prose[0].at, paragraphs[-1].at
            if len({block.element.parent for block in prose}) * 2 > len(prose):
                texts["", "", flow[2]] = texts[flow]
    return texts


def _flow(outer: Element) -> _Flow:
    """What the paragraphs of one text have in common: the element right around them, or, where
    several alike stand in a row as a page builder's columns do, what holds those; wrappers around
    it and nothing else are one with it.
    """
    outer = outermost(outer)
    return outer.tag, outer.kind, -1 if outer.parent is None else outer.parent.at


def _calls_away(blocks: list[Block], box: Element, rules: Rules) -> bool:
    lines = [block for block in blocks if block.text]
    own = sum(line.own for line in lines)
    if not lines or own > _MOST_CALLING:
        return False
    is_said = _says_so(lines, rules)
    if len(lines) == 1 and asks_for_gifts(lines[0], rules):
        return not _is_of_text(lines[0], box)
    is_own = is_publishers(lines[0], rules)
    is_call = is_said or any(ends_in_call(line, files=is_own) for line in lines)
    if not is_call or (own > MOST_WORDS and not is_said):
        return False
    if (
        len(lines) == 1
        and not is_said
        and (
            lines[0].element.tag in PHRASING
            or (lines[0].own and any(block.has_image for block in blocks))  # a picture's credit
        )
    ):
        return False
    if is_all(rules.works, lines[0].line) and lead_out(lines[1:], own_hosts(rules)):
        return False
    return not has_note(lines, rules) and not any(
        is_all(rules.summary, line.line) or _is_of_text(line, box) for line in lines
    )


def _says_so(lines: Sequence[Block], rules: Rules) -> bool:
    """Whether a few lines say what they want of readers."""
    few = sum(len(line.text) for line in lines) <= 2 * _MOST_CALLING
    return (
        few and rules.calls.search(". ".join(line.line for line in lines if line.text)) is not None
    )


def has_note(lines: Sequence[Block], rules: Rules) -> bool:
    """Whether one of a box's lines is a note on the article, as a correction is, by itself or by
    the first, over it.
    """
    told = [line.line for line in lines if line.text]
    told += [": ".join(told[:2])] if len(told) > 1 and lines[0].element.tag in HEADINGS else []
    return any(is_closing_note(line, rules.profile.notes) for line in told)


def asks_for_gifts(line: Block, rules: Rules) -> bool:
    """Whether a paragraph's links all lead to a page of the site's own that does so."""
    if not line.linked or line.own > MOST_WORDS or line.element.tag not in {"p", "div"}:
        return False
    hosts = own_hosts(rules)
    return all(leads_to_page(href, hosts) and _GIFTS.search(href) for href in hrefs_of(line))


def is_publishers(heading: Block, rules: Rules) -> bool:
    """Whether a heading begins with the publisher's name, as what it offers is called."""
    name = (rules.profile.publisher or "").casefold()
    is_heading = heading.element.tag in HEADINGS and name
    return bool(is_heading) and heading.line.casefold().startswith(name)


def ends_in_call(block: Block, *, files: bool) -> bool:
    """Whether it is hardly more than links, or ends in one after a sentence, and is no heading.

    A link to an author calls nobody away; one to a file only under the publisher's own name
    (``files``).
    """
    if not block.linked or block.element.tag in HEADINGS or leads_to_author(block):
        return False
    last = next(
        (
            anchor_of(chain)
            for run, chain in reversed(block.runs)
            if isinstance(run, str) and any(map(str.isalnum, run))
        ),
        None,
    )
    if last is None:
        return False
    href = (last.node.attributes.get("href") or "").strip()
    if href[:1] == "#" or (not files and FILE.search(href)):
        return False
    if not href and not {"href", "name", "id"}.isdisjoint(last.node.attributes):
        return False  # what has no address calls a script, or is an address itself
    if block.own * _HARDLY <= block.linked:
        return True
    before = block.line.rpartition(" ".join(last.node.text().split()))[0]
    return before.rstrip().endswith(_STOPS)


def _is_of_text(block: Block, box: Element) -> bool:
    element = block.element
    while element is not box and element.parent is not None:
        if element.tag in _OF_TEXT:
            return True
        element = element.parent
    return False
