"""Chrome that follows a body's last words: links, dates, buttons, what speaks to readers."""

from __future__ import annotations

import re
from collections.abc import Collection

from selectolax.lexbor import LexborNode

from eafarchive.extraction.chrome.parts import GOES_ON
from eafarchive.extraction.chrome.promotions import (
    MOST_WORDS,
    asks_for_gifts,
    ends_in_call,
    has_note,
    is_publishers,
)
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.inline import anchor_of, is_emphasised
from eafarchive.extraction.document.outline import PROSE, Block, Element, Image, child_around
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.datelines import is_dateline
from eafarchive.extraction.lines.dates import parse_date
from eafarchive.extraction.lines.footnotes import FOOTNOTE
from eafarchive.extraction.lines.lists import Lists
from eafarchive.extraction.lines.notes import is_closing_note, is_note
from eafarchive.extraction.lines.sentences import is_around_link
from eafarchive.extraction.pictures.images import is_icon
from eafarchive.phrases import is_all

MAX_PLEA = 300
"""Characters of what speaks to readers after a note."""
_MOST_PLEAS = 3
_MOST_BOXED = 6
"""Blocks of a box below the notes."""
_BOXES = frozenset(("div", "section", "aside"))
STOPS = tuple(".!?…:,;”’\"'")
_MAX_DATE = 60
"""Characters of a line that says when an article appeared, and no more."""
_MARK = 4
"""Characters of a footnote's mark, *[12]*."""
_MOST_AROUND = 12
"""Elements around a line that may be the box that it shares with a button."""
_BUTTON = 40
"""Characters of a button."""
_FEWEST = 3
"""Paragraphs that make a text."""
_ABOVE = 40
"""Blocks over a box among which these stand."""
_INITIALS = re.compile("[a-z]{2,4}(?:/[a-z]{2,4}){0,2}")
"""Whose report it is, in small letters and no more: *mcc*."""
_ITEMS = frozenset(("li", "dd", "td", "blockquote"))
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)(?:$|[?#])")


def is_trailer(block: Block, rules: Rules, lists: Lists) -> bool:
    """Whether the block is chrome, where nothing but chrome and notes follows; or stars, a line."""
    if lists.is_of_works(block, rules):
        return False
    if block.linked * 10 >= len(block.text) * 9 and len(block.text) < 200:
        return True
    if not (rules.profile.trust_names or any(map(str.isalnum, block.text))):
        return True
    if rules.profile.trust_names and _is_call_in_italics(block):
        return True
    if is_appeal(block, rules) or is_all(rules.tail, block.line):
        return True
    if len(block.text) < _MAX_DATE and (_is_date(block) or is_all(rules.related, block.line)):
        return True
    if block.element.tag == "p" and _INITIALS.fullmatch(block.text):
        holder = block.element.parent
        return rules.profile.trust_names and (holder is None or holder.tag not in _ITEMS)
    if block.linked <= min(_MARK, block.own // 2):
        return False
    is_of_links, is_wordy = lists.around(block)
    if is_of_links or block.own >= 20 or is_wordy or FOOTNOTE.match(block.line):
        return is_of_links
    return rules.profile.trust_names or not is_around_link(block)


def is_appeal(block: Block, rules: Rules) -> bool:
    """Whether a paragraph asks for gifts, alone in a box, or in italics that speak to readers."""
    if not asks_for_gifts(block, rules):
        return False
    box = block.element.parent
    is_boxed = box is not None and box.tag in _BOXES and box.last - box.first == 1
    return is_boxed or (is_emphasised(block) and rules.pleas.search(block.line) is not None)


def asks_readers(kept: list[Block], rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether a few words speak to readers, or are no sentence, right after a note, where no
    article goes on.
    """
    last = kept[-1]
    if rules.profile.trust_names or len(last.text) > MAX_PLEA:
        return False
    is_label = len(last.text) < _MAX_DATE and not last.text.endswith(STOPS)
    if not (is_label or rules.pleas.search(last.line)):
        return False
    before = [block for block in kept[-1 - _MOST_PLEAS : -1] if block.text]
    if not names:
        return any(is_closing_note(block.line, rules.profile.notes) for block in before)
    return any(is_note(block.line, rules.profile, names) for block in before)


def box_below_notes(
    kept: list[Block], rules: Rules, lists: Lists, names: tuple[str, ...], out: dict[int, str]
) -> int | None:
    """The number of the heading over the last few words, where a note is what stands over it, or
    where it says that they are about the publisher. A box of the publisher's own, some words of
    which are left ``out``, as the link that it is for, needs no note.

    What the box notes on the article stays. With a few paragraphs below it, the note is the
    text's, and so is the heading.
    """
    lines = 1
    for number in range(0 if rules.profile.trust_names else len(kept) - 1, 0, -1):
        block = kept[number]
        lines += 1
        if block.element.tag in HEADINGS:
            above = (one for one in reversed(kept[:number]) if one.text)
            over = next((one for one in above if not is_trailer(one, rules, lists)), None)
            is_noted = over is not None and is_note(over.line, rules.profile, names)
            is_boxed = over is not None and _heads_box(block, over, out)
            is_noted |= is_about_site(block, rules) or (is_boxed and is_publishers(block, rules))
            if sum(below.own for below in kept[number:] if below.own >= PROSE) >= GOES_ON:
                return None
            if is_noted:
                is_text = is_all(rules.works, block.line) or has_note(kept[number:], rules)
                return None if is_text else number
            return None
        if len(block.text) > MAX_PLEA or lines == _MOST_BOXED:
            return None
    return None


def box_over_button(kept: list[Block], rules: Rules, names: tuple[str, ...]) -> int | None:
    """The number of the first of the last few words that share a small box with the button of a
    plea at its end, or with a link if they are no sentence.
    """
    last = kept[-1]
    box = last.element.parent
    for _ in range(_MOST_AROUND):
        if box is None or box.tag not in _BOXES or box.last - box.first > _MOST_BOXED:
            break
        label = _last_button(box.node)
        is_plea = is_all(rules.buttons, label) or (
            last.own < PROSE and not last.text.endswith(STOPS) and last.element.tag not in HEADINGS
        )
        if label and is_plea and not last.text.endswith(label):
            begin = next((n for n in range(len(kept), 0, -1) if kept[n - 1].at < box.first), 0)
            return begin if _is_little(kept, begin, rules, names, box) else None
        box = box.parent
    return None


def _is_call_in_italics(block: Block) -> bool:
    is_short = 0 < block.own <= MOST_WORDS
    return is_short and is_emphasised(block) and ends_in_call(block, files=False)


def _last_button(node: LexborNode) -> str:
    """What a button, or a link, at an element's end says in few words."""
    found = node.css("a, button")
    label = " ".join(found[-1].text().split()) if found else ""
    is_last = len(label) <= _BUTTON and " ".join(node.text().split()).endswith(label)
    return label if is_last else ""


def _is_little(
    kept: list[Block], begin: int, rules: Rules, names: tuple[str, ...], box: Element
) -> bool:
    """Whether the blocks from that number on are a paragraph or two below a text, no note is among
    them, and the ``box`` that they stand in is unlike what holds the text.
    """
    inside = [block for block in kept[begin:] if block.text]
    text = [block for block in kept[max(begin - _ABOVE, 0) : begin] if block.own >= PROSE]
    if len(text) < _FEWEST or sum(one.own for one in inside) > MOST_WORDS:
        return False
    if is_alike(child_around(text[-1], box.parent), box):
        return False
    return not (
        is_all(rules.works, inside[0].line)
        or has_note(inside, rules)
        or any(is_note(one.line, rules.profile, names) for one in inside)
    )


def _heads_box(heading: Block, over: Block, out: Collection[int]) -> bool:
    """Whether it is the first words of a small box below the block over it, and some words of the
    box are left ``out``, as a link that stands alone is.
    """
    box = heading.element.parent
    if box is None or box.tag not in _BOXES or box.last - box.first > _MOST_BOXED:
        return False
    return over.at < box.first and any(at in out for at in range(heading.at + 1, box.last))


def is_about_site(heading: Block, rules: Rules) -> bool:
    """Whether it stands over a box about the publisher, in no element of the text's."""
    name, box = rules.profile.publisher or "", heading.element.parent
    words = heading.line.casefold().removeprefix("about ").removeprefix("the ")
    return (
        len(name) > 0 and words == name.casefold() and box is not None and box.first == heading.at
    )


def is_button(block: Block) -> bool:
    """Whether its pictures are buttons: in links with a query, as those that share have, in a list;
    or beside linked words that lead to no picture.
    """
    if not (block.text or block.element.tag == "li"):
        return False
    for run, chain in block.runs:
        if isinstance(run, Image) and not is_icon(run, chain):
            link = anchor_of(chain)
            href = (link.node.attributes.get("href") or "").lower() if link else ""
            if not href or _PICTURE.search(href) or not (block.text or "?" in href):
                return False
    return True


def _is_date(block: Block) -> bool:
    return parse_date(block.line) is not None or is_dateline(block)
