"""The few words that stand with a player among the paragraphs, or with what stands for one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import (
    Block,
    Element,
    Outline,
    child_around,
    is_prose,
)
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS, MEDIA
from eafarchive.extraction.pictures.figures import CAPTIONED, MAX_CAPTION, MAX_SHORT
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.extraction.pictures.legends import is_named_caption
from eafarchive.phrases import is_all

PLAYED = "a few words at a player"
_BOXES = frozenset(("div", "section", "figure", "center"))
_MOST_BLOCKS = 4
_MOST_WITHIN = 8
"""Elements of a box that may name themselves a player."""
_MOST_LINES = 2
"""Blocks of words beside a player's own line: what is played, and its caption."""
_NEAR = 2
"""Blocks before and after them among which the text's prose stands."""
_SHARE = 5
"""What the body is at least, by such words; else the article is made of players."""
_STOPS = (".", "!", "?", "…", "。")
_TOLD = ("data-component", "data-qa", "data-testid", "data-type")
"""Where pages that scripts write name their parts."""
_PLAYERS = ",".join(sorted(MEDIA))
_BARE = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d|loading\W{0,3}", re.IGNORECASE)
"""How long a player plays, as a time of day is written, or that it loads."""
_LINE = re.compile(rf"(?:{_BARE.pattern})(?: ?[-–—|] ?source: .{{1,40}})?", re.IGNORECASE)
"""The same, and whose that is."""
_NEEDS = re.compile(r"\b(?:java ?script|html5|player)\b", re.IGNORECASE)
"""What stands in a player's own notice."""


def words_of_players(outline: Outline, chosen: list[Block], rules: Rules) -> frozenset[int]:
    """The places of the blocks of a body that only say what a player plays.

    Their box holds a player, or is named after one, and hardly a line; the text stands around it.
    """
    words = [block for block in chosen if block.text]
    places = [block.at for block in words]
    spans = [
        span
        for box in _small_boxes(outline, words)
        if (span := (bisect_left(places, box.first), bisect_left(places, box.last)))
        and span[0] < span[1] < len(words)
        and not any(_is_alike_beside(box, one) for one in words[max(span[0] - 1, 0) : span[0]])
        and not _is_alike_beside(box, words[span[1]])
        and _are_played(box, words[slice(*span)], outline, rules)
    ]
    played = {at for span in spans for at in range(*span)}
    prose = [at for at, block in enumerate(words) if at not in played and is_prose(block)]
    found = {
        at
        for begin, end in spans
        if bisect_left(prose, end) < bisect_left(prose, end + _NEAR)
        and (not bisect_left(prose, begin) or prose[bisect_left(prose, begin) - 1] >= begin - _NEAR)
        for at in range(begin, end)
    }
    found |= {at - 1 for at in found if at and at - 1 not in found and _is_over(words[at - 1])}
    if sum(len(words[at].text) for at in found) * _SHARE > sum(len(one.text) for one in words):
        return frozenset()
    return frozenset(places[at] for at in found)


def plays(block: Block, rules: Rules) -> bool:
    """Whether its words stand in one box with what is heard: *Listen to this article*.

    What ends in a credit is a picture's caption.
    """
    is_heard = block.element.node.css_first("audio") is not None
    return is_heard and not ends_in_credit(block.text, rules)


def _is_over(block: Block) -> bool:
    """Whether it is a heading that leads to what stands under it."""
    return block.element.tag in HEADINGS and block.text.endswith((":", "："))


def _small_boxes(outline: Outline, words: list[Block]) -> Iterator[Element]:
    """The boxes of a few blocks that stand among the words."""
    for element in outline.elements if words else ():
        if (
            words[0].at <= element.first < element.last <= words[-1].at
            and element.last - element.first <= _MOST_BLOCKS
            and element.tag in _BOXES
        ):
            yield element


def _are_played(box: Element, inside: list[Block], outline: Outline, rules: Rules) -> bool:
    """Whether the words in the box are a caption: by a player in it, its name, or how long that
    plays, over no sentence.
    """
    within = outline.blocks[box.first : box.last]
    lines = {
        block.at: not _BARE.fullmatch(block.text)
        for block in within
        if _LINE.fullmatch(block.text[:MAX_SHORT]) or _is_notice(block, rules)
    }
    said = [block for block in inside if block.at not in lines]
    headings = sum(block.element.tag in HEADINGS for block in said)
    is_titled = headings == 1 and said[0].element.tag in HEADINGS
    is_figure = box.tag == "figure"
    if len(said) == 1 and said[0].element.node.attributes.get("itemprop") == "caption":
        return True
    if len(said) > (_MOST_LINES if lines or is_titled or is_figure else 1):
        return False
    if not all(_is_few_words(block, rules) and _stands_plainly(block, box) for block in said):
        return False
    if rules.profile.trust_names and any(lines.values()) and _are_titled(within, said, box):
        return True
    if rules.profile.trust_names and _is_named(box, outline, rules):
        return headings < len(said) or box.last - box.first == 1
    if headings or (len(said) > 1 and not is_figure):
        return False
    return bool(said) and _holds_player(box, said[0], outline)


def _are_titled(within: list[Block], said: list[Block], box: Element) -> bool:
    """Whether no more than a title is said in a box with a player's own line, which is no list."""
    if len(within) < _MOST_LINES or len(said) > 1:
        return False
    is_plain = all(_stands_plainly(one, box) for one in within if one.text)
    return is_plain and not any(
        one.text.endswith(_STOPS) or one.element.tag in HEADINGS for one in said
    )


def _is_notice(block: Block, rules: Rules) -> bool:
    """Whether a player says what it needs."""
    return _NEEDS.search(block.line) is not None and is_all(rules.scraps, block.line)


def _is_few_words(block: Block, rules: Rules) -> bool:
    if block.element.tag not in CAPTIONED | HEADINGS or block.linked * 2 > len(block.text):
        return False
    if len(block.text) <= MAX_SHORT:
        return True
    is_caption = is_named_caption(block, rules) or ends_in_credit(block.text, rules)
    return len(block.text) < MAX_CAPTION and is_caption


def _stands_plainly(block: Block, box: Element) -> bool:
    """Whether only boxes are around it in the box: no quotation, list or table."""
    element = block.element
    while element is not box and element.parent is not None:
        if element.tag not in CAPTIONED | HEADINGS | _BOXES:
            return False
        element = element.parent
    return True


def _is_named(box: Element, outline: Outline, rules: Rules) -> bool:
    """Whether the box, or an element in it, is named after a player."""
    within = outline.elements[box.at : min(box.end, box.at + _MOST_WITHIN)]
    return any(rules.players.search(_names(one)) for one in within)


def _names(element: Element) -> str:
    attributes = element.node.attributes
    return " ".join((element.hint, *(attributes.get(name) or "" for name in _TOLD)))


def _holds_player(box: Element, words: Block, outline: Outline) -> bool:
    """Whether a player stands in the box, over the words."""
    near = bisect_left(outline.media, box.first) < bisect_right(outline.media, words.at)
    return near and box.node.css_first(_PLAYERS) is not None


def _is_alike_beside(box: Element, block: Block) -> bool:
    """Whether the block stands in a sibling like the box, or like what is wrapped around that."""
    one: Element | None = box
    while one is not None and (one.first, one.last) == (box.first, box.last):
        if is_alike(one, child_around(block, one.parent)):
            return True
        one = one.parent
    return False
