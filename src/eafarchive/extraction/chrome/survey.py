"""What of a page is not its article: by element, by the words of a whole block, by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from eafarchive.extraction.chrome.boxes import Boxes
from eafarchive.extraction.chrome.forms import blocks_at_forms
from eafarchive.extraction.chrome.parts import GOES_ON
from eafarchive.extraction.chrome.promotions import blocks_of_promotions, pictures_beside
from eafarchive.extraction.chrome.replies import begins_replies, count_replies, heads_replies
from eafarchive.extraction.chrome.widgets import MAX_WIDGET, find_widgets
from eafarchive.extraction.document.hints import find_strange, is_alike
from eafarchive.extraction.document.kinds import ELSEWHERE, FOREIGN, PLAIN, kinds_of
from eafarchive.extraction.document.outline import PROSE, Block, Outline, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.biographies import end_of_notes, heads_notes
from eafarchive.extraction.lines.notes import is_closing_note
from eafarchive.extraction.lines.sentences import may_be_byline
from eafarchive.extraction.lines.signposts import (
    end_of_others,
    goes_on,
    heads_list,
    leads_among,
    links_follow,
)
from eafarchive.phrases import is_all

_MAX_BOX = 60
"""Elements around a heading, and blocks after it, that may belong to its box."""
_TITLES = frozenset(("h1", "h2"))
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_BELOW = 5
"""Blocks below a title among which its byline and date stand."""
_MAX_REPLY = 120
_SENTENCE = 36  # characters from which a stop ends prose: *One response to that was …*
_QUOTES = frozenset('“”"«»')
_SHORT_TITLE = 8
"""Characters; a shorter heading is a part's."""


class Chrome:
    """A page's blocks that are not its article's, each kind by itself."""

    def __init__(self, outline: Outline, rules: Rules, title_at: int | None) -> None:
        self.outline = outline
        self.rules = rules
        self.start = 0 if title_at is None else title_at + 1
        """The number of blocks up to the title's."""
        kinds = kinds_of(outline, rules, title_at)
        self.elsewhere = [kind == ELSEWHERE for kind in kinds]
        """By element: in navigation or an aside, or hidden: what leads on to other pages."""
        self.foreign = [kind >= FOREIGN for kind in kinds]
        """By element: in navigation, an aside, a footer or a form, or hidden."""
        self.outside = [kind > PLAIN for kind in kinds]
        """By element: foreign, or a caption or address."""
        self.strange = find_strange(outline, rules, self.outside, title_at)
        """By element: in one that calls itself chrome."""
        self.widgets: dict[int, str] = {}
        """Blocks that are chrome wherever they stand, each with the group of rules that says so."""
        self.end, self.end_rule = self._find_end()
        """The number of blocks before comments, banners or other articles begin, and the group of
        rules that says so; ``None`` where nothing ends the article."""
        self._leave_pictures()
        self._find_widgets()

    def is_in_another(self, block: Block) -> bool:
        """Whether it stands in another article's element; not told where names are trusted."""
        return self.strange[block.element.at] and not self.rules.profile.trust_names

    def is_reading_time(self, block: Block) -> bool:
        """Whether the block says how long the article takes to read, and nothing else."""
        return len(block.text) < 80 and is_all(self.rules.reading, block.line)

    def _leave_pictures(self) -> None:
        """Ends the article before the pictures that stand in the box of what ends it."""
        blocks, at = self.outline.blocks, self.end
        holder = blocks[at].element.parent if at < len(blocks) else None
        while holder is not None and at > max(holder.first, self.start) and not blocks[at - 1].text:
            at -= 1
        if holder is not None and at == holder.first:
            self.end = at

    def _find_widgets(self) -> None:
        at_forms = blocks_at_forms(self.outline, self.rules, self.start, self.end)
        self.widgets |= dict.fromkeys(at_forms, "chrome.banners")
        promoted = blocks_of_promotions(self.outline, self.rules, self.start, self.end)
        self.widgets = dict.fromkeys(promoted, "chrome.boxes") | self.widgets
        out = [one or other for one, other in zip(self.outside, self.strange, strict=True)]
        within = self.outline.blocks[self.start : self.end]
        find_widgets(within, out, self.rules, self.outline.sizers, self.widgets)
        shown = pictures_beside(self.outline, self.widgets)
        self.widgets |= dict.fromkeys(shown, "chrome.boxes")

    def _find_end(self) -> tuple[int, str | None]:
        blocks, rules = self.outline.blocks, self.rules
        has_prose, told = False, len(blocks)
        for block in blocks[self.start :]:
            is_end = is_all(rules.ends, block.line)
            if not (has_prose or is_end or self.outside[block.element.at]) and block.own >= PROSE:
                has_prose = not may_be_byline(block, rules.profile)
            if not block.text or (not block.own and block.element.tag == "li"):
                continue
            if self.widgets.get(block.at) == "chrome.ends":
                continue  # in a box that is none
            if has_prose and block.element.tag in _TITLES and self._begins_another(block):
                return block.at, "another article"
            is_heading = block.element.tag in HEADINGS
            if leads_among(block, blocks) and any(
                is_all(one, block.line) for one in (rules.ends, rules.comments, rules.banners)
            ):
                self.widgets[block.at] = "chrome.ends"
                continue
            if is_end and (has_prose or not is_all(rules.closed, block.line)):
                found = self._boxes.end_among if has_prose else self._boxes.end_above
                if (end := found(block)) is None:
                    return block.at, "chrome.ends"
                self.widgets |= dict.fromkeys(range(block.at, end), "chrome.ends")
                continue
            if len(block.text) > 400 or (
                self.strange[block.element.at] and not (is_heading and self._is_alone(block))
            ):
                continue
            if is_heading and self._heads_replies(block, has_prose=has_prose):
                return block.at, "chrome.comments"
            if not has_prose:
                heads = is_heading or heads_list(block, blocks)
                if heads and links_follow(block, blocks) and is_all(rules.related, block.line):
                    others = range(block.at, end_of_others(block, blocks))
                    self.widgets |= dict.fromkeys(others, "chrome.related")
                continue
            if len(block.text) < _MAX_REPLY and begins_replies(block, self.outline, rules):
                return block.at, "chrome.comments"
            if block.at >= told and self._ends_below_notes(block):
                return block.at, "chrome.banners"
            if is_all(rules.banners, block.line) or (
                is_heading and heads_notes(block, blocks, rules)
            ):
                end = None if rules.profile.trust_names else end_of_notes(block, blocks, rules)
                told = told if end is None else end
                if end is None:
                    end = (self._boxes.end_of if is_heading else self._boxes.end_of_wall)(block)
                if end is None:
                    return block.at, "chrome.banners"
                self.widgets |= dict.fromkeys(range(block.at, end), "chrome.banners")
                continue
            is_sentence = block.text[-1] == "." and len(block.text) > _SENTENCE
            if (
                not is_sentence
                and is_all(rules.comments, self._untitled(block.line))
                and ((is_heading and self._has_form(block)) or block.at < self._last_reply)
                and not self._is_amid_text(block)
            ):
                return block.at, "chrome.comments"
            if (is_heading or heads_list(block, blocks)) and (
                links_follow(block, blocks) and is_all(rules.related, block.line)
            ):
                if self.elsewhere[block.element.at]:
                    continue  # an aside may stand anywhere
                if (end := self._boxes.end_of(block)) is None:
                    return block.at, "chrome.related"
                self.widgets |= dict.fromkeys(range(block.at, end), "chrome.related")
        return len(blocks), None

    def _is_alone(self, heading: Block) -> bool:
        """Whether a heading that calls itself chrome stands in nothing that does."""
        holder = heading.element.parent
        return holder is not None and not self.strange[holder.at]

    def _heads_replies(self, heading: Block, *, has_prose: bool) -> bool:
        """Whether readers' comments follow; where it counts one, more than a date says so, and
        where no prose precedes, words of one or the title in it.
        """
        if number := count_replies(heading, self.outline):
            return number > 1 or heading.at < self._last_reply
        if has_prose:
            return False
        line = self._untitled(heading.line)
        is_on_title = line != heading.line and is_all(self.rules.comments, line)
        return is_on_title or heads_replies(heading, self.outline, self.rules)

    def _untitled(self, line: str) -> str:
        """The line with empty quotation marks for the title: *One response to A lease*."""
        title = self.outline.blocks[self.start - 1].line if self.start else ""
        return line.replace(title, "“”") if len(title) >= _SHORT_TITLE else line

    def _counts(self, heading: Block) -> bool:
        """Whether a heading says how many comments there are, or on what: *2 comments*."""
        return heading.text[0].isdigit() or not _QUOTES.isdisjoint(self._untitled(heading.line))

    def _has_form(self, heading: Block) -> bool:
        """Whether a field for more than a line of words stands below the heading."""
        fields = reversed(self.outline.fields)
        return any(at > heading.at and node.tag == "textarea" for at, node in fields)

    def _is_amid_text(self, line: Block) -> bool:
        """Whether paragraphs stand around a line, as *Discussion* or *No reply came.*, the next one
        right in what holds them, and nothing there is a reader's but for their end.
        """
        if line.element.tag in HEADINGS and self._counts(line):
            return False
        holder, at, sums = line.element.parent, line.at, self.sums
        while holder is not None and sums[at] == sums[holder.first]:
            holder = holder.parent
        if holder is None or holder.first <= self._last_said < holder.last:
            return False
        following = self.outline.blocks[at + 1 : holder.last][:_MAX_BOX]
        first = next((block for block in following if sums[block.at + 1] > sums[block.at]), None)
        return first is not None and goes_on(first, holder)

    def _ends_below_notes(self, block: Block) -> bool:
        """Whether prose below a note on an author is too little to be the article's."""
        return (
            is_prose(block)
            and not is_all(self.rules.tail, block.line)
            and not is_closing_note(block.line, self.rules.profile.notes)
            and self.sums[-1] - self.sums[block.at] < GOES_ON
        )

    def _begins_another(self, heading: Block) -> bool:
        """Whether the heading stands in another article's element as the title does in its own.

        Two such elements are siblings and alike, each with its prose, and the other one is an
        ``article`` or signed or dated.
        """
        if not self.start or len(heading.text) < _SHORT_TITLE:
            return False
        own, other = self.outline.blocks[self.start - 1].element, heading.element
        if not is_alike(own, other):
            return False
        for _ in range(_MAX_BOX):
            if own.parent is other.parent or own.parent is None or other.parent is None:
                break
            own, other = own.parent, other.parent
        if other is heading.element or own.parent is not other.parent or not is_alike(own, other):
            return False
        sums = self.sums
        has_prose = sums[own.last] > sums[self.start] and sums[other.last] > sums[heading.at]
        return has_prose and (other.tag == "article" or self._is_signed(heading))

    def _is_signed(self, heading: Block) -> bool:
        """Whether an author or a date stands right below the heading."""
        labels, last = self.rules.profile.byline.labels, heading.at + _BELOW
        # a time element right after the heading is counted before the heading's end is seen
        if any(heading.at <= at <= last for at, _ in self.outline.times):
            return True
        return any(
            0 < len(block.text) < MAX_WIDGET
            and (_YEAR.search(block.text) or block.text.lower().startswith(labels))
            for block in self.outline.blocks[heading.at + 1 : last]
        )

    @cached_property
    def _last_reply(self) -> int:
        """The place of the last block that only readers' comments have; -1 if there is none."""
        return next(self._replies(), -1)

    @cached_property
    def _last_said(self) -> int:
        """The same of those that do not say that there will be no more of them."""
        blocks, closed = self.outline.blocks, self.rules.closed
        return next((at for at in self._replies() if not is_all(closed, blocks[at].line)), -1)

    def _replies(self) -> Iterator[int]:
        """The places of the blocks that only readers' comments have, the last first."""
        for block in reversed(self.outline.blocks):
            if 0 < len(block.text) < _MAX_REPLY and is_all(self.rules.replies, block.line):
                yield block.at

    @cached_property
    def sums(self) -> list[int]:
        """Characters of prose in paragraphs before each block, from the title on.

        Boxes count for paragraphs where most of the prose stands right in them.
        """
        own = {"p": [0] * len(self.outline.blocks), "div": [0] * len(self.outline.blocks)}
        for block in self.outline.blocks[self.start :]:
            place = block.element.at
            if block.element.tag in own and is_prose(block):
                is_in = not (self.outside[place] or self.strange[place])
                own[block.element.tag][block.at] = block.own if is_in else 0
        boxed = map(sum, zip(*own.values(), strict=True))
        return list(accumulate(boxed if sum(own["div"]) > sum(own["p"]) else own["p"], initial=0))

    @cached_property
    def _boxes(self) -> Boxes:
        return Boxes(self.outline, self.rules, self.start, self.sums)
