"""The deck between title and body, told by metadata that says the same: a summary without label.

Or one that opens the body, where it is no paragraph as those below it are.
"""

from __future__ import annotations

from itertools import islice, takewhile

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import PROSE, Block, Element, is_paragraph, is_prose
from eafarchive.extraction.document.page import Page
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.datelines import is_dateline
from eafarchive.extraction.facts.title import Title, folded
from eafarchive.extraction.text.body import Body
from eafarchive.extraction.text.opening import DATED
from eafarchive.extraction.text.span import NO_PROSE

DECK = "deck"
"""What says that the words of a heading, or of a title's header, are one."""
_LEAST = 30
_MOST = 600
"""Characters of a deck."""
_FEWEST = 3
"""Paragraphs that follow a deck within the body."""
_STOPS = (".", "。", "।")


def with_deck(page: Page, chrome: Chrome, title: Title, body: Body) -> Body:
    """The body with its deck for a summary, if the page has one and no other summary."""
    if body.summary or not body.blocks:
        return body
    told = page.first_meta("og:description", "description", "twitter:description")
    said = folded(told[0]) if told else ""
    if (deck := _opening_deck(said, chrome, body.blocks)) is not None:
        body.out[deck.at] = "meta:description" if _is_same(folded(deck.text), said) else DECK
        over = takewhile(lambda block: block is deck or block.own < PROSE, body.blocks)
        dated = [block for block in over if block is not deck and is_dateline(block)]
        body.out.update(dict.fromkeys((block.at for block in dated), DATED))
        rest = [block for block in body.blocks if block is not deck and block not in dated]
        return body._replace(summary=[deck], blocks=rest)
    deck = _find_deck(said, chrome, title, body.blocks)
    own = None if deck else _in_header(chrome) or _right_below(chrome, body.out)
    if own is not None and own.at in body.out:
        deck = own
        body.out[deck.at] = DECK
    return body._replace(summary=[deck] if deck else [])


def _opening_deck(said: str, chrome: Chrome, body: list[Block]) -> Block | None:
    """The first words of a body in paragraphs, if they stand in none like those, and are what is
    ``said`` of it; or a heading that is a sentence.
    """
    said_first = (block for block in body if block.text and not is_dateline(block))
    lines = list(islice(said_first, _FEWEST + 1))
    prose = [block for block in lines[1:] if block.own >= PROSE and block.element.tag == "p"]
    if len(prose) < _FEWEST or not _LEAST <= max(lines[0].own, len(lines[0].text)) <= _MOST:
        return None
    first, holder = lines[0], lines[0].element.parent
    if HEADINGS & {first.element.tag, holder.tag if holder and first.element.tag == "div" else ""}:
        return first if first.text.endswith(_STOPS) and not first.linked else None
    if not _is_same(folded(first.text), said):
        return None
    return first if first.element.tag == "div" or _is_apart(first, prose, chrome) else None


def _is_apart(first: Block, prose: list[Block], chrome: Chrome) -> bool:
    """Whether a paragraph stands with the title in what holds it, and those below it elsewhere; or
    in a box unlike theirs, with a date between. A picture or a class may part any paragraph.
    """
    holder, around = first.element.parent, prose[0].element.parent
    if holder is None or around is None or prose[0].at == first.at + 1:
        return False
    if holder.last > prose[0].at or prose[1].at >= around.last:
        return False
    between = chrome.outline.blocks[first.at + 1 : prose[0].at]
    is_dated = not is_alike(holder, around) and any(map(is_dateline, between))
    return holder.first < chrome.start or is_dated


def _in_header(chrome: Chrome) -> Block | None:
    """The one paragraph's worth of words below the title in the ``header`` element around it."""
    blocks, start = chrome.outline.blocks, chrome.start
    element: Element | None = blocks[start - 1].element if start else None
    while element is not None and element.tag != "header":
        element = element.parent
    within = blocks[start : element.last] if element is not None else []
    prose = [block for block in within if is_prose(block)]
    return prose[0] if len(prose) == 1 and not prose[0].linked else None


def _right_below(chrome: Chrome, out: dict[int, str]) -> Block | None:
    """The paragraph right below the title, if it is a sentence and has no place in the body."""
    block = chrome.outline.blocks[chrome.start]
    is_sentence = is_paragraph(block) and not block.linked and block.text.endswith(_STOPS)
    return block if chrome.start and is_sentence and out.get(block.at) == NO_PROSE else None


def _is_same(text: str, said: str) -> bool:
    """Whether a description says what a deck does; it may be cut."""
    return bool(text) and (text == said or (len(said) > len(text) // 2 and text.startswith(said)))


def _find_deck(said: str, chrome: Chrome, title: Title, body: list[Block]) -> Block | None:
    """The block after the title, outside the body, that the page's description repeats.

    A description may be cut: then it is what the deck begins with.
    """
    if not said or title.at is None:
        return None
    chosen = {block.at for block in body}
    for block in chrome.outline.blocks[title.at + 1 : body[-1].at]:
        if not _LEAST <= len(block.text) <= _MOST or block.at in chosen:
            continue
        place = block.element.at
        is_out = chrome.strange[place] or chrome.outside[place]
        if not is_out and _is_same(folded(block.text), said):
            return block
    return None
