"""Boxes among a body's blocks that lead to other articles, or that say what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import Block, Element, child_around, outermost
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.signposts import MAX_LABEL, is_card
from eafarchive.phrases import is_all

TOLD = "chrome.boxes"
_GALLERY = "words of a box of pictures that counts them"
_COUNTER = re.compile(r"1 ?/ ?\d{1,3}")
_BOXES = frozenset("div section article aside details li".split())
_HEADLINE = 20
"""Characters of a headline, at least."""
_EXCERPT = 300
"""Characters of another article's excerpt, at most."""
_SCRAP = 40
"""Characters from which a scrap is no advertisement's label, which may stand under any heading."""
_LINES = 2
"""Blocks of a card: a headline, and its excerpt."""
_MOST = 8
"""Blocks of the body that a box may hold."""
_MANY = 60
"""Blocks, those left out by now among them, from which on a box is not looked into."""
_SHARE = 4
"""A box holds at most so small a part of the body's words."""
_DEPTH = 4
"""Elements around a line that may be its box."""
_STOPS = (".", "!", "?", "。", "।")


def without_asides(
    rules: Rules, kept: list[Block], dropped: Sequence[Block], out: dict[int, str]
) -> list[Block]:
    """The ``kept`` blocks that do not share a box with ``dropped`` ones as their label, excerpt or
    whatever the box says it holds; ``out`` is told of the others.
    """
    boxes = _Boxes(rules, kept, out)
    for block in dropped:
        if out[block.at] == TOLD:
            boxes.leave_told(block)
        elif _is_headline(block):
            boxes.leave_excerpt(block)
        elif (
            not block.linked and len(block.text) <= MAX_LABEL and is_all(rules.related, block.line)
        ):
            boxes.leave_below(block)
    counters = [block for block in dropped if _COUNTER.fullmatch(block.text)]
    if len(counters) == 1:
        boxes.leave_told(counters[0], _GALLERY, _EXCERPT)
    for block in kept:
        if len(block.text) > MAX_LABEL or block.linked:
            continue
        if block.element.tag != "li":
            boxes.leave_labelled(block)
        elif _opens_poll(block, rules):
            boxes.leave_told(block, "a poll")
    for block in dropped:
        if _is_headline(block) or (out[block.at] == "chrome.scraps" and len(block.text) > _SCRAP):
            boxes.leave_labels(block)
    return [block for block in kept if block.at not in boxes.gone] if boxes.gone else kept


def _opens_poll(item: Block, rules: Rules) -> bool:
    """Whether it is the first item of a list, each with a button of its own: *Vote*."""
    holder = item.element.parent
    if holder is None or holder.first != item.at or holder.last - item.at < _LINES:
        return False
    labels = [" ".join(one.text().split()) for one in item.element.node.css("button")]
    buttons = [label for label in labels if rules.votes.search(label)]
    count = len(holder.node.css("li > button")) if buttons else 0
    return count == holder.last - holder.first


def _is_headline(block: Block) -> bool:
    return not block.own and block.linked >= _HEADLINE


class _Boxes:
    """The body's blocks by the boxes they stand in."""

    def __init__(self, rules: Rules, kept: list[Block], out: dict[int, str]) -> None:
        self.gone: set[int] = set()
        self._rules = rules
        self._out = out
        self._kept = [block for block in kept if block.text]
        self._places = [block.at for block in self._kept]
        self._most = sum(len(block.text) for block in self._kept) // _SHARE

    def leave_told(self, line: Block, why: str = TOLD, most: int | None = None) -> None:
        """Leaves out what shares a box with a line that speaks for it all, if that has at most so
        many characters.
        """
        for box, inside in self._around(line):
            if inside and inside != [line]:
                few = most is None or sum(len(one.text) for one in inside) <= most
                if few and not self._is_one_of_many(box):
                    self._leave(inside, why)
                return

    def leave_excerpt(self, headline: Block) -> None:
        """Leaves out the few words below a headline, where the box is a card or has a label."""
        for box, inside in self._around(headline):
            if not inside:
                continue
            below = [block for block in inside if block.at > headline.at]
            above = inside[: len(inside) - len(below)]
            is_labelled = bool(above) and is_all(self._rules.related, above[0].line)
            is_of_card = is_card(headline) and headline.element.tag in HEADINGS
            is_bare = bool(below) and below[0].element.parent is headline.element is box
            is_of_card = is_of_card or (is_bare and not self._is_one_of_many(box))
            if (
                len(below) == 1
                and len(below[0].text) <= _EXCERPT
                and (is_labelled or (is_of_card and all(map(_is_label, above))))
                and box.last - box.first <= _MOST
            ):
                self._leave(inside, "below a headline that leads elsewhere")
            return

    def leave_labelled(self, label: Block) -> None:
        """Leaves out a label over other articles with its box, where that leads to some."""
        if label.at in self.gone:
            return
        for _, inside in self._around(label):
            others = [block for block in inside if block is not label]
            if not others:
                continue
            if (
                inside[0] is label
                and any(map(_is_headline, others))
                and sum(len(block.text) for block in others) <= 2 * _EXCERPT
                and is_all(self._rules.related, label.line)
            ):
                self._leave(inside, "chrome.related")
            return

    def leave_below(self, label: Block) -> None:
        """Leaves out the headline, or the excerpt under one, of a box that opens with a label that
        is no text itself.
        """
        for box, inside in self._around(label):
            if box.first < label.at:
                return
            if inside:
                is_led = any(map(_is_headline, inside)) or box.last - box.first > len(inside) + 1
                few = len(inside) <= _LINES and sum(len(one.text) for one in inside) <= _EXCERPT
                if is_led and few and not self._is_one_of_many(box):
                    self._leave(inside, "chrome.related")
                return

    def leave_labels(self, block: Block) -> None:
        """Leaves out the few words that have no more than this block and its like to stand over."""
        for _, inside in self._around(block):
            if not all(map(_is_label, inside)):
                return
            self._leave(inside, "a label over nothing")

    def _around(self, block: Block) -> Iterator[tuple[Element, list[Block]]]:
        """The boxes around a block from the inside, each with what it holds of the body."""
        box: Element | None = block.element
        for _ in range(_DEPTH):
            while box is not None and box.tag not in _BOXES:
                box = box.parent
            if box is None:
                return
            begin, end = (bisect_left(self._places, at) for at in (box.first, box.last))
            if end - begin > _MANY:
                return
            inside = [one for one in self._kept[begin:end] if one.at not in self.gone]
            if len(inside) > _MOST or sum(len(one.text) for one in inside) > self._most:
                return
            yield box, inside
            box = box.parent

    def _is_one_of_many(self, box: Element) -> bool:
        """Whether what stands before or after the box is one like it, with words of the body."""
        box = outermost(box)
        before, after = (bisect_left(self._places, at) for at in (box.first, box.last))
        for block in (*self._kept[max(before - 1, 0) : before], *self._kept[after : after + 1]):
            if is_alike(box, child_around(block, box.parent)):
                return True
        return False

    def _leave(self, blocks: list[Block], why: str) -> None:
        for block in blocks:
            self.gone.add(block.at)
            self._out[block.at] = why


def _is_label(block: Block) -> bool:
    return len(block.text) <= MAX_LABEL and not block.text.endswith(_STOPS)
