"""Which blocks of a page are the article's, and what the others around them are."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from eafarchive.extraction.byline import is_byline
from eafarchive.extraction.dates import parse_date
from eafarchive.extraction.notes import is_author_note, is_closing_note
from eafarchive.extraction.outline import HEADINGS, Block, Element, Image
from eafarchive.extraction.page import Page
from eafarchive.extraction.rules import Rules, is_all
from eafarchive.extraction.title import Title, folded

MAX_PIECE = 40
"""Characters of the longest block that may be a piece of a widget."""
PROSE = 60
"""Characters outside of links from which a block counts as prose."""
_OUTSIDE = frozenset(("nav", "aside", "footer", "form", "figcaption", "address", "dialog"))
_LEAVES = frozenset(("p", "li", "ul", "ol", "blockquote", "td", "th", "tr", "tbody", "table", "pre", "dd"))
_LISTS = frozenset(("ul", "ol", "menu"))
_COPYRIGHT = re.compile(r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:19|20)\d\d\b", re.IGNORECASE)


class Body(NamedTuple):
    """The article's blocks in order, and the texts found around them."""

    blocks: list[Block]
    summary: list[Block]
    byline: str | None
    author_note: list[str]
    notes: list[str]
    captions: list[Block]
    """Paragraphs that are captions."""
    minutes: int | None
    comments_open: bool | None
    copyright: str | None
    end: int
    """The number of blocks before comments, banners or other articles begin."""
    aside: frozenset[int]
    """Blocks in navigation and asides."""
    warnings: tuple[str, ...]


def find_body(page: Page, rules: Rules, title: Title, names: tuple[str, ...]) -> Body:
    """The article's blocks; none if the page has no prose."""
    blocks = page.outline.blocks
    finder = _Finder(page, rules, title, names)
    start = 0 if title.at is None else title.at + 1
    return finder.find(blocks, start)


class _Finder:
    def __init__(self, page: Page, rules: Rules, title: Title, names: tuple[str, ...]) -> None:
        self.page, self.rules, self.title, self.names = page, rules, title, names
        self.elements = page.outline.elements
        self.outside = self._mark_outside()
        self.widget = self._mark_widgets()
        self.title_text = folded(title.text)

    def find(self, blocks: list[Block], start: int) -> Body:
        minutes = self._minutes(blocks, start)
        byline = self._byline(blocks, start)
        end = self._hard_end(blocks, start)
        inside = self._candidates(blocks[start:end], byline)
        container = self._container(inside)
        captions: list[Block] = []
        chosen = self._span(inside, container)
        chosen = self._without_captions(chosen, captions)
        chosen, notes, about = self._without_tail(chosen)
        summary, chosen, warnings = self._summary(chosen, blocks, start, end, byline)
        return Body(
            blocks=chosen,
            summary=summary,
            byline=byline,
            author_note=about,
            notes=notes,
            captions=captions,
            minutes=minutes,
            comments_open=self._comments_open(blocks),
            copyright=self._copyright(blocks),
            end=end,
            aside=frozenset(b.at for b in blocks if self._is_aside(b)),
            warnings=warnings,
        )

    def _mark_outside(self) -> list[bool]:
        marks: list[bool] = []
        for element in self.elements:
            up = element.parent is not None and marks[element.parent.at]
            marks.append(up or element.hidden or element.tag in _OUTSIDE)
        return marks

    def _is_aside(self, block: Block) -> bool:
        element: Element | None = block.element
        while element is not None and element.tag not in {"nav", "aside"}:
            element = element.parent
        return element is not None

    def _mark_widgets(self) -> set[int]:
        """Blocks of small elements whose whole text is chrome wherever it stands."""
        found: set[int] = set()
        blocks = self.page.outline.blocks
        for element in self.elements:
            count = element.last - element.first
            if 1 < count <= 10:
                texts = [b.text for b in blocks[element.first : element.last] if b.text]
                if len(texts) > 1 and sum(map(len, texts)) < 60 and is_all(self.rules.anywhere, " ".join(texts)):
                    found.update(range(element.first, element.last))
        for block in blocks:
            if block.at not in found and 0 < len(block.text) <= MAX_PIECE:
                found.update(self._pieces(blocks, block.at))
        for at in sorted(found):
            for near in (at - 1, at + 1):
                if 0 <= near < len(blocks) and near not in found:
                    text = blocks[near].text
                    if len(text) < 30 and is_all(self.rules.lead, text):
                        found.add(near)
        return found

    def _pieces(self, blocks: list[Block], at: int) -> range:
        """The longest run of tiny blocks from ``at`` on that is chrome, taken together."""
        words: list[str] = []
        best = at
        for block in blocks[at : at + 10]:
            if len(block.text) > 40 or (words and len(block.text) > MAX_PIECE):
                break
            words.append(" ".join(block.text.split()))
            line = " ".join(filter(None, words))
            if (len(words) > 1 or block.element.tag != "p") and is_all(self.rules.anywhere, line):
                best = block.at + 1
        return range(at, best)

    def _minutes(self, blocks: list[Block], start: int) -> int | None:
        whole = [b.text for b in blocks if len(b.text) < 80]
        head = [b.text for b in blocks[max(0, start - 6) : start + 8] if len(b.text) < 120]
        for texts, is_alone in ((whole, True), (head, False)):
            for text in texts:
                line = text.replace("\n", " ")
                for pattern in self.rules.reading:
                    if found := pattern.fullmatch(line) if is_alone else pattern.search(line):
                        return int(found["minutes"])
        return None

    def _is_reading(self, text: str) -> bool:
        return len(text) < 80 and any(p.fullmatch(text.replace("\n", " ")) for p in self.rules.reading)

    def _byline(self, blocks: list[Block], start: int) -> str | None:
        for block in blocks:
            if block.at >= start - 6 and len(block.text) < 600 and not self.outside[block.element.at]:
                if is_byline(block.text, self.rules.profile.byline) and ":" in block.text[:12]:
                    return " ".join(block.text.split())
        return None

    def _hard_end(self, blocks: list[Block], start: int) -> int:
        """Where comments, banners, the print footer or related articles begin after some prose."""
        prose = 0
        replies = [b.at for b in blocks if len(b.text) < 120 and is_all(self.rules.replies, b.text)]
        for block in blocks[start:]:
            text = block.text
            own = len(text) - block.linked
            if own >= PROSE and not self.outside[block.element.at]:
                prose += 1
            if len(text) > 1000 or not text:
                continue
            heading = block.element.tag in HEADINGS
            if is_all(self.rules.banners, text) or self._is_hard_tail(text):
                return block.at
            if not prose:
                continue
            if is_all(self.rules.comments, text) and (
                any(at > block.at for at in replies[-1:]) or heading and self.page.outline.fields
            ):
                return block.at
            if heading and is_all(self.rules.related, text) and self._links_follow(blocks, block.at):
                return block.at
        return len(blocks)

    def _is_hard_tail(self, text: str) -> bool:
        low = text.casefold()
        if len(text) < 60 and low.startswith(("comments are closed", "comments have been")):
            return is_all(self.rules.tail, text)
        site = low.startswith(("the east asia forum office", "article printed from", "copyright", "©", "(c)"))
        return site and is_all(self.rules.tail, text)

    def _links_follow(self, blocks: list[Block], at: int) -> bool:
        following = [b for b in blocks[at + 1 : at + 4] if b.text]
        return any(b.linked >= 0.8 * len(b.text) for b in following[:2])

    def _candidates(self, blocks: list[Block], byline: str | None) -> list[Block]:
        """What may be the article's; chrome of its head only as long as there was no prose."""
        kept: list[Block] = []
        in_head = True
        for block in blocks:
            if not self._is_candidate(block, byline):
                continue
            if in_head and len(block.text) < 200 and is_all(self.rules.lead, block.text):
                continue
            in_head = in_head and len(block.text) - block.linked < PROSE
            kept.append(block)
        return kept

    def _is_candidate(self, block: Block, byline: str | None) -> bool:
        if self.outside[block.element.at] or block.at in self.widget:
            return False
        text = " ".join(block.text.split())
        if not text:
            return any(isinstance(run, Image) for run, _ in block.runs)
        if text == byline or self._is_reading(text):
            return False
        return folded(text) != self.title_text

    def _container(self, inside: list[Block]) -> Element | None:
        """The deepest element that holds most of the prose around the title."""
        sums = [0] * (len(self.page.outline.blocks) + 1)
        for block in inside:
            own = len(block.text) - block.linked
            if own >= PROSE and block.element.tag not in HEADINGS:
                sums[block.at + 1] = own
        sums = list(accumulate(sums))
        first, last = self._around_title(sums)
        total = sums[last] - sums[first]
        best = None
        for element in self.elements:
            if element.tag in _LEAVES or not first <= element.first <= element.last <= last:
                continue
            weight = sums[element.last] - sums[element.first]
            if weight and weight * 2 >= total:
                best = element
        return best

    def _around_title(self, sums: list[int]) -> tuple[int, int]:
        """The blocks of the smallest element that holds the title and a good part of the prose."""
        blocks = self.page.outline.blocks
        element = None if self.title.at is None else blocks[self.title.at].element
        while element is not None:
            if (sums[element.last] - sums[element.first]) * 5 >= sums[-1] * 2:
                return element.first, element.last
            element = element.parent
        return 0, len(blocks)

    def _span(self, inside: list[Block], container: Element | None) -> list[Block]:
        if container is None:
            return []
        chosen: list[Block] = []
        prose_in = [b.at for b in inside if container.first <= b.at < container.last]
        last = prose_in[-1] if prose_in else container.last
        label = False
        stopped = False
        for block in inside:
            text = block.text
            own = len(text) - block.linked
            if block.at < container.first:
                if is_all(self.rules.summary, text):
                    label = True
                is_caption = len(text) < 500 and self._ends_in_credit(text)
                if label or is_caption or (own >= PROSE and block.linked < 0.5 * len(text)) or not text:
                    chosen.append(block)
            elif block.at <= last:
                chosen.append(block)
            elif not stopped:
                profile = self.rules.profile
                if (
                    is_closing_note(text, profile.notes)
                    or is_author_note(text, self.names, profile.notes, profile.byline)
                    or (own >= PROSE and block.linked < 0.3 * len(text) and block.element.tag == "p")
                ):
                    chosen.append(block)
                elif text and not is_all(self.rules.tail, text) and block.element.tag in HEADINGS:
                    stopped = True
        return chosen

    def _without_captions(self, chosen: list[Block], captions: list[Block]) -> list[Block]:
        """The blocks without paragraphs that caption a picture."""
        kept: list[Block] = []
        seen_prose = False
        near_image = False
        for block in chosen:
            text = block.text
            has_image = any(isinstance(run, Image) for run, _ in block.runs)
            if text and len(text) < 500 and self._ends_in_credit(text) and (not seen_prose or near_image or has_image):
                captions.append(block)
                continue
            kept.append(block)
            near_image = has_image or (near_image and not text)
            if text and len(text) - block.linked >= PROSE:
                seen_prose = True
        return kept

    def _ends_in_credit(self, text: str) -> bool:
        for pattern in self.rules.credits[:1]:
            found = None
            for found in pattern.finditer(text):
                pass
            if found and len(text) - found.end() <= 2:
                return True
        return False

    def _without_tail(self, chosen: list[Block]) -> tuple[list[Block], list[str], list[str]]:
        notes: list[str] = []
        about: list[str] = []
        profile = self.rules.profile
        kept = list(chosen)
        while kept:
            block = kept[-1]
            text = block.text
            if not text:
                if about or notes or any(isinstance(r, Image) for r, _ in block.runs) is False:
                    kept.pop()
                    continue
                break
            line = " ".join(text.split())
            own = len(text) - block.linked
            if is_closing_note(line, profile.notes):
                notes.insert(0, line)
            elif is_author_note(line, self.names, profile.notes, profile.byline):
                about.insert(0, line)
            elif is_all(self.rules.tail, line) or (parse_date(line) and len(line) < 40):
                pass
            elif own < 20 and block.linked and not _in_item(block, kept):
                pass
            elif _is_link_list(block, kept):
                pass
            else:
                break
            kept.pop()
        while kept and kept[-1].element.tag in HEADINGS:
            kept.pop()
        return kept, notes, about

    def _summary(
        self, chosen: list[Block], blocks: list[Block], start: int, end: int, byline: str | None
    ) -> tuple[list[Block], list[Block], tuple[str, ...]]:
        label = next((b for b in chosen if is_all(self.rules.summary, b.text)), None)
        if label is None:
            return [], chosen, ()
        after = [b for b in chosen if b.at > label.at and b.text]
        before = [b for b in chosen if b.at < label.at and not b.text]
        widget = next((at for at in sorted(self.widget) if at > label.at), None)
        limit = widget if widget is not None and widget < end else None
        warnings: tuple[str, ...] = ()
        if limit is None:
            element: Element | None = label.element
            while element is not None and not any(element.first <= b.at < element.last for b in after):
                element = element.parent
            within = [b for b in after if element is not None and b.at < element.last]
            if element is not None and 0 < len(within) <= 3 and len(within) < len(after):
                limit = element.last
            elif after:
                limit = after[0].at + 1
                warnings = ("the end of In Brief is not marked; its first paragraph is taken",)
        summary = [b for b in after if limit is not None and b.at < limit]
        body = [b for b in chosen if b.at > label.at or b in before]
        return summary, body, warnings

    def _comments_open(self, blocks: list[Block]) -> bool | None:
        for block in blocks:
            if len(block.text) < 60 and block.text.casefold().startswith("comments are closed"):
                return False
        for _, node in self.page.outline.fields:
            if node.tag == "textarea":
                return True
        return None

    def _copyright(self, blocks: list[Block]) -> str | None:
        for block in reversed(blocks):
            text = " ".join(block.text.split())
            if len(text) < 200 and _COPYRIGHT.match(text):
                return text
        return None


def _in_item(block: Block, kept: list[Block]) -> bool:
    """Whether it is an item of a list that has other words, too."""
    element: Element | None = block.element
    while element is not None and element.tag not in _LISTS:
        element = element.parent
    if element is None:
        return False
    return any(element.first <= b.at < element.last and len(b.text) - b.linked >= 20 for b in kept)


def _is_link_list(block: Block, kept: list[Block]) -> bool:
    return bool(block.linked) and block.linked >= 0.9 * len(block.text) and len(block.text) < 200
