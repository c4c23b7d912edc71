"""Bylines whose label stands alone, over or beside a box of names and houses."""

from __future__ import annotations

import msgspec

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import Block, Element, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.dates import find_dates
from eafarchive.extraction.lines.looks import look_of
from eafarchive.extraction.lines.names import (
    Atom,
    fold,
    is_group,
    is_name_shaped,
    known_people,
    words_of,
)
from eafarchive.extraction.lines.signposts import hrefs_of, leads_away, leads_within
from eafarchive.extraction.people.byline import is_byline
from eafarchive.phrases import is_all

_MOST = 48
"""Blocks of a box of authors."""
_MAX_LINE = 150
_STOPS = (".", "!", "?", ":")
_TITLES = frozenset(("h1", "h2"))


def byline_after(block: Block, chrome: Chrome, rules: Rules) -> Block | None:
    """The blocks after one that is a byline's label and no more, as the byline that all make.

    They are the rest of the label's box, a line for each author; where it has none, the one block
    after it. What is taken for the byline is marked so in ``chrome``, but for its first block.
    """
    word, labels = block.text.casefold().rstrip(" :"), rules.profile.byline.labels
    colon = "" if word in labels else ":"
    is_heading = block.element.tag in HEADINGS
    if word + colon not in labels or leads_within(block):
        return None
    if is_heading and (rules.profile.trust_names or block.element.tag in _TITLES):
        return None
    blocks, both = chrome.outline.blocks, block.element
    if both.last == both.first + 1 and both.parent is not None:
        both = both.parent
    if rules.profile.trust_names and (both.first, both.last) == (block.at - 1, block.at + 1):
        above = blocks[block.at - 1]  # the label stands under the name, in a box of both
        if is_byline(line := f"{block.text}{colon} {above.line}", rules.profile.byline):
            chrome.widgets[block.at] = "byline.labels"
            return msgspec.structs.replace(above, text=line, line=line)
    names = next((one for one in blocks[block.at + 1 : block.at + 3] if one.text), None)
    if names is None or names.text[0].islower():
        return None
    if is_prose(names) and (names.text.endswith(_STOPS) or len(names.text) > _MAX_LINE):
        return None
    if _is_tool(names, chrome, rules):
        return None
    box = _box_around(block, names, chrome, rules)
    holder = names.element.parent
    while holder is not None and holder.first > block.at:
        holder = holder.parent
    is_own = holder is not None and holder.first == block.at and _ends(holder, box, chrome, rules)
    if is_heading and (not is_own or names.text.endswith(_STOPS)):
        return None
    shown = _without_more(box)
    cards = _cards_of(shown)
    lines = (
        [", ".join(one.line for one in card) for card in cards]
        if any(len(card) > 1 for card in cards)
        else _lines_of(shown, rules)
    )
    text = ("; " if cards else "\n").join(lines)
    label = f"{block.text.rstrip(' :')}{colon} "
    line = " ".join(one.line for one in shown)
    if line.endswith(("!", "?")) or not is_byline(label + line, rules.profile.byline):
        return None
    chrome.widgets |= dict.fromkeys([one.at for one in (block, *box[1:])], "byline.labels")
    return msgspec.structs.replace(names, text=label + text, line=label + line)


def _is_tool(block: Block, chrome: Chrome, rules: Rules) -> bool:
    """Whether it is of what readers do with a page: share it, print it, make its letters larger."""
    return (
        block.at in chrome.widgets
        or leads_away(block, rules)
        or is_all(rules.lead, block.line)
        or is_all(rules.tail, block.line)
    )


def _ends(holder: Element, box: list[Block], chrome: Chrome, rules: Rules) -> bool:
    """Whether nothing but tools follows the box in what holds it and the label."""
    rest = chrome.outline.blocks[box[-1].at + 1 : holder.last]
    return all(not one.text or _is_tool(one, chrome, rules) for one in rest)


def _box_around(label: Block, names: Block, chrome: Chrome, rules: Rules) -> list[Block]:
    """The blocks from the ``names`` on in the element that the label opens, or in the list that
    they begin; only those names if something else may be among the blocks, but for tools below.
    """
    element, opens = label.element, label
    while element.last == label.at + 1 and element.parent is not None:
        element = element.parent
    if names.element.tag == "li" and names.element.parent and element.first != label.at:
        element, opens = names.element.parent, names
    if element.first != opens.at or not 1 < element.last - names.at <= _MOST:
        return [names]
    box = [one for one in chrome.outline.blocks[names.at : element.last] if one.text]
    while len(box) > 1 and _is_tool(box[-1], chrome, rules):
        del box[-1]
    odd = any(
        len(one.text) > _MAX_LINE or one.text.endswith(_STOPS) or find_dates(one.line)
        for one in box
    )
    return [names] if odd else box


def _cards_of(box: list[Block]) -> list[list[Block]]:
    """The blocks of each author, where all stand in boxes beside each other: the name comes first.

    Nothing where not all of them do.
    """
    holder = box[0].element
    while holder.last <= box[-1].at and holder.parent is not None:
        holder = holder.parent
    cards: dict[int, list[Block]] = {}
    for block in box:
        card = block.element
        while card.parent is not None and card.parent is not holder:
            card = card.parent
        if card is block.element:
            return []
        cards.setdefault(card.at, []).append(block)
    return list(cards.values())


def _without_more(box: list[Block]) -> list[Block]:
    """The box without what leads to more of who bears a name: *@annroe*, or where the name led."""
    led: set[str] = set()
    kept: list[Block] = []
    for block in box:
        hrefs = hrefs_of(block)
        if not (hrefs and (block.text[0] == "@" or led.issuperset(hrefs))):
            kept.append(block)
        led.update(href for href in hrefs if len(href) > 1)
    return kept


def _lines_of(box: list[Block], rules: Rules) -> list[str]:
    """A line for each author of the box: a name, and its house after it or in the next block.

    Where some are links, those are the names.
    """
    words = words_of(rules.profile.byline)
    nobody = known_people((), None, words)
    is_linked = any(one.linked for one in box) and not all(one.linked for one in box)
    lines: list[str] = []
    for block in box:
        line = _parted(block, rules)
        look = look_of(Atom(line, 0, len(line), "first"), words, nobody, shouted=False)
        is_name = block.linked if is_linked else look.person > look.institution
        if is_name or line != block.line or not lines:
            lines.append(line)
        else:
            lines[-1] = f"{lines[-1]}, {line}"
    return lines


def _parted(block: Block, rules: Rules) -> str:
    """The block's text, with a comma after a name that has an element of its own in it."""
    runs = [(run, chain) for run, chain in block.runs if isinstance(run, str) and run.strip()]
    if len(runs) < 2 or runs[0][1] is None or runs[0][1] is runs[1][1]:
        return block.text
    name = " ".join(runs[0][0].split())
    rest = block.text[len(name) :].lstrip()
    words = words_of(rules.profile.byline)
    is_name = " " in name and is_name_shaped(name, words)
    is_whole = (is_name or is_group(fold(name), words)) and rest[:1].isalpha()
    return f"{name}, {rest}" if is_whole and not rest.startswith("and ") else block.text
