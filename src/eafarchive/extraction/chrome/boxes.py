"""Boxes that stand over or among an article's paragraphs, and where each ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from eafarchive.extraction.chrome.parts import (
    GOES_ON,
    goes_on_in,
    is_in_a_piece,
    is_part,
    is_sentence,
    with_lists,
)
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import (
    PROSE,
    Block,
    Element,
    Outline,
    child_around,
    is_prose,
)
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.notes import is_closing_note
from eafarchive.extraction.lines.sentences import is_told
from eafarchive.extraction.lines.signposts import goes_on, is_mostly_link
from eafarchive.phrases import is_all

_LONG = 150
"""Characters of a line that is a paragraph, and heads nothing."""
_MAX_BOX = 60
"""Elements around a heading, and blocks after it, that may belong to its box."""


class Boxes:
    """Tells where a box ends that begins with a line."""

    def __init__(self, outline: Outline, rules: Rules, start: int, sums: Sequence[int]) -> None:
        """``start`` is the number of blocks up to the title's, ``sums`` the characters of prose
        before each block.
        """
        self._outline = outline
        self._rules = rules
        self._start = start
        self._sums = sums
        self._paragraphs: dict[int, tuple[int, int]] = {}
        """By element: the places of the first and the last paragraph right in it."""

    def end_of(self, heading: Block) -> int | None:
        """Where a box about other articles ends; ``None`` if the article ends with it.

        The box is the largest element around its heading that begins with it, or, without one,
        is the links below it, or runs to the next paragraph beside the heading, or to the next part
        of the text.
        """
        box = self._around(heading)
        if box.parent is None:
            return None
        end = box.last
        if box is not heading.element:
            if self._stands_among(box, box.parent):
                return end
        elif (piece := self._next_piece(box, box.parent)) is not None:
            return piece.first
        elif (below := self._end_of_links(heading)) is not None:
            return below
        else:
            end = self._end_of_lines(heading)
            if is_part(box.parent, self._outline):
                return end
        return end if self._sums[box.parent.last] - self._sums[end] >= GOES_ON else None

    def end_among(self, line: Block) -> int | None:
        """Where a box ends that begins as what ends an article does, among its paragraphs; ``None``
        if it is the end.

        Without an element around it, such a box is a paragraph, or has a link before the text goes
        on.
        """
        box = self._banner_around(line)
        if box.parent is None:
            return None
        if box is not line.element or line.own >= _LONG:
            if self._stands_among(box, box.parent):
                return box.last
            return box.last if self._is_mostly_below(line, box.last) else None
        if (piece := self._next_piece(box, box.parent)) is not None:
            return piece.first
        end = self._end_of_lines(line)
        leads_on = any(block.linked for block in self._outline.blocks[line.at : end])
        follows = self._sums[box.parent.last] - self._sums[end]
        if leads_on and follows >= GOES_ON:
            return end
        end = self._end_of_short(box.last)
        return end if self._is_mostly_below(line, end) else None

    def end_above(self, line: Block) -> int | None:
        """Where a box ends that begins as what ends an article does, and stands over its text;
        ``None`` if no text follows.
        """
        box = self._banner_around(line)
        end = self._end_of_short(box.last) if box is line.element else box.last
        return end if self._is_mostly_below(line, end) else None

    def end_of_wall(self, line: Block) -> int | None:
        """Where a line ends that says who may read on, right between paragraphs of a text that goes
        on; its own place, where it is a sentence of the text's; ``None`` if the article ends there.
        """
        holder, is_sentence = line.element.parent, is_told(line.line) and not line.linked
        if holder is None or not (is_sentence or "? " in line.line):
            return None
        follows = self._outline.blocks[line.at + 1 : line.at + 2]
        before, here, after = (self._sums[at] for at in (holder.first, line.at, holder.last))
        is_amid = here > before and any(goes_on(block, holder) for block in follows)
        end = line.at if is_sentence else line.at + 1
        return end if is_amid and after - here >= GOES_ON else None

    def _end_of_short(self, end: int) -> int:
        """The place of the next paragraph or byline, wherever it stands, if it is near."""
        blocks, labels = self._outline.blocks, self._rules.profile.byline.labels
        most = min(len(blocks), end + _MAX_BOX)
        while end < most and not (
            blocks[end].own >= PROSE or blocks[end].text.casefold().startswith(labels)
        ):
            end += 1
        return end

    def _is_mostly_below(self, line: Block, end: int) -> bool:
        """Whether more of the prose that is with the title stands below the box than above it."""
        holder = line.element
        while holder.parent is not None and holder.first >= self._start:
            holder = holder.parent
        last = holder.last if holder.first < self._start else len(self._outline.blocks)
        return self._text[last] - self._text[end] > self._text[line.at]

    @cached_property
    def _text(self) -> list[int]:
        """As ``sums``, but for paragraphs that end an article themselves."""
        masses = (
            0 if after > before and is_all(self._rules.ends, block.line) else after - before
            for block, (before, after) in zip(
                self._outline.blocks, pairwise(self._sums), strict=True
            )
        )
        return list(accumulate(masses, initial=0))

    def _banner_around(self, line: Block) -> Element:
        """The largest element around the line that begins with it, and that is no part of the text:
        no paragraph stands in it beside what begins with the line.
        """
        box, blocks, sums = line.element, self._outline.blocks, self._sums
        while box.parent is not None and box.parent.first == line.at:
            up = box.parent
            beside = (goes_on(block, up) for block in blocks[box.last : up.last][:_MAX_BOX])
            if sums[up.last] - sums[line.at] >= GOES_ON or (
                box is not line.element and any(beside)
            ):
                break
            box = up
        return box

    def _around(self, heading: Block) -> Element:
        """The largest element around the heading, below the title, that no prose precedes in it.

        One that begins with a box of its own, and goes on in paragraphs beside it, is the text.
        """
        box, sums = heading.element, self._sums
        for _ in range(_MAX_BOX):
            up = box.parent
            if up is None or up.first < self._start or sums[up.first] < sums[heading.at]:
                break
            is_within = box is not heading.element and self._goes_on_beside(box, up)
            if is_within or is_part(up, self._outline):
                break
            box = up
        return box

    def _goes_on_beside(self, box: Element, up: Element) -> bool:
        """Whether much prose stands below the box in what holds it, the first of it beside it."""
        if self._sums[up.last] - self._sums[box.last] < GOES_ON:
            return False
        following = self._outline.blocks[box.last : up.last][:1]
        return any(goes_on(block, up) for block in following)

    def _end_of_lines(self, heading: Block) -> int:
        """The place of the next paragraph beside the heading, if it is near."""
        end, holder = heading.element.last, heading.element.parent
        assert holder is not None
        most = min(holder.last, end + _MAX_BOX)
        while end < most and not goes_on(self._outline.blocks[end], holder):
            end += 1
        return end

    def _end_of_links(self, heading: Block) -> int | None:
        """Where the links right below a heading end, if a paragraph like one before the heading
        follows, as both stand beside it, or a subheading and then such a paragraph.

        It may be short below a list, which holds its links' excerpts; or a list of the text's may
        stand over it.
        """
        blocks, holder = self._outline.blocks, heading.element.parent
        assert holder is not None
        first = at = heading.at + 1
        while at < holder.last and is_mostly_link(blocks[at]):
            at += 1
        end = at
        if at < holder.last and self._is_subheading(blocks[at], holder):
            at += 1
        if not first < at < holder.last:
            return None
        after, before = blocks[at], blocks[max(holder.first, first - _MAX_BOX) : heading.at]
        is_below_list = end == at and blocks[at - 1].element.tag == "li"
        is_beside = holder in {after.element, after.element.parent}
        is_short = is_below_list and is_beside and is_sentence(after)
        if not (is_short or self._is_paragraph_of(after, holder)):
            is_item = after.element.tag == "li" and not after.linked
            return end if is_item and self._is_among_paragraphs(heading.at, end, holder) else None
        is_one = any(
            self._is_paragraph_of(block, holder) and is_alike(block.element, after.element)
            for block in before
        )
        return end if is_one else None

    def _is_subheading(self, block: Block, holder: Element) -> bool:
        rules = self._rules
        if block.element.tag not in HEADINGS or block.element.parent is not holder or block.linked:
            return False
        return not any(is_all(one, block.line) for one in (rules.related, rules.tail, rules.ends))

    def _stands_among(self, box: Element, parent: Element) -> bool:
        """Whether the article goes on after the box, by what stands beside it."""
        return (
            self._is_among_paragraphs(box.first, box.last, parent)
            or self._next_piece(box, parent) is not None
            or is_in_a_piece(parent, self._outline, self._sums)
            or is_part(parent, self._outline)
        )

    def _is_among_paragraphs(self, begin: int, end: int, parent: Element) -> bool:
        """Whether a list or prose stands before a box, and prose after it, as its siblings."""
        if parent.at not in self._paragraphs:
            within = self._outline.blocks[parent.first : parent.last]
            places = [one.at for one in within if self._is_paragraph_of(one, parent)]
            self._paragraphs[parent.at] = with_lists(within, places, parent)
        first, last = self._paragraphs[parent.at]
        if last < end < parent.last and first < begin:  # a sentence may be all that follows
            one, other = self._outline.blocks[last], self._outline.blocks[end]
            is_beside = other.element.parent is one.element.parent and is_sentence(other)
            return is_beside and is_alike(one.element, other.element)
        return first < begin <= end <= last

    def _is_paragraph_of(self, block: Block, parent: Element) -> bool:
        if parent not in {block.element.parent, block.element}:  # it, or a line between breaks
            return False
        if is_closing_note(block.line, self._rules.profile.notes):
            return True
        is_text = is_prose(block) and block.linked * 2 < len(block.text)
        # the last line of a print view is an address
        return is_text and "://" not in block.text and not is_all(self._rules.ends, block.line)

    def _next_piece(self, box: Element, parent: Element) -> Element | None:
        """The sibling that holds the prose right after the box, where one like it holds that right
        before. Below a heading, it is much.
        """
        blocks = self._outline.blocks
        begin = max(parent.first, box.first - _MAX_BOX)
        end = min(parent.last, box.last + _MAX_BOX)
        before = (one for one in reversed(blocks[begin : box.first]) if is_prose(one))
        after = (one for one in blocks[box.last : end] if goes_on_in(one, parent, self._outline))
        below = next((one for one in blocks[box.last : end] if not is_mostly_link(one)), None)
        short = below if below and is_sentence(below) else None
        last, first = next(before, None), next(after, short)
        if last is None or first is None or is_all(self._rules.ends, first.line):
            return None
        one, other = (child_around(block, parent) for block in (last, first))
        if one is last.element or not is_alike(one, other):
            return None
        is_headed = blocks[other.first].element.tag in HEADINGS
        if is_headed and self._sums[other.last] - self._sums[other.first] < GOES_ON:
            return None
        leads_on = any(
            block.linked and (not block.own or block.element.tag in HEADINGS)
            for block in blocks[other.first : first.at]
        )
        return None if leads_on else other
