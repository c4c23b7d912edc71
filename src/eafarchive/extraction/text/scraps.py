"""Bits among a body's blocks that are not its words: labels, teasers, credits, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eafarchive.extraction.chrome.asides import TOLD, without_asides
from eafarchive.extraction.chrome.onward import headings_of_parts, led_onward
from eafarchive.extraction.chrome.picks import labels_alone, picks_among
from eafarchive.extraction.chrome.pullquotes import quotes_again
from eafarchive.extraction.chrome.teasers import teaser_lists, teasers_among
from eafarchive.extraction.document.hints import is_subheading
from eafarchive.extraction.document.inline import is_bold, is_emphasised, unlinked
from eafarchive.extraction.document.outline import PROSE, Block, Element, outermost
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import CELLS, HEADINGS
from eafarchive.extraction.lines.sentences import is_headed, is_told
from eafarchive.extraction.lines.signposts import (
    MAX_LABEL,
    contents_among,
    is_card,
    is_idle,
    leads_away,
    leads_out,
    own_hosts,
)
from eafarchive.extraction.lines.verses import subheads_among, verses_among
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.phrases import is_all

_WORDY = HEADINGS | frozenset(
    "p li blockquote td th dd dt pre caption summary footer figcaption".split()
)
_ENDS = tuple(".!?…:;。！？：；।؟۔॥։»”’\"'」』)）")
_SOURCE = re.compile(r"\W{0,2}(?:(?:data )?sources?\b|notes?:)", re.IGNORECASE)
_STOPS = (".", "!", "?", "…")
_DASHES = ("-", "–", "—")
LED = ("a list of links to other pages", "a heading that leads elsewhere")
"""Why what leads away is no text; nor is a label right over it."""
_SHARED = "links that share the page, or lead about it"
_FEW_WORDS = "a few words in no paragraph"
_FURNITURE = frozenset(("chrome.scraps", "chrome.teasers", _SHARED, _FEW_WORDS))
SCRAPS = _FURNITURE | {*LED}
"""Why a line among or below the paragraphs is no text."""
_MAX = 400
_MAX_HEAD = 30
"""Characters of a label over what is no text."""
_MOST_ITEMS = 12
"""Items of a list under a paragraph that may be a vote's result."""
_MOST_SUMMARY = 3
"""Blocks of a labelled summary."""
_LEAST = 20
"""Letters of one that has no stop at its end."""
_SPACES = 3
"""Spaces in a sentence over a list of links."""
_BOXES = frozenset(("div", "center", "section"))
_LINES = frozenset(("p", "div"))


def without_scraps(
    rules: Rules, chosen: list[Block], out: dict[int, str], menus: Sequence[int], base: str
) -> list[Block]:
    """The blocks that are the body's words; ``out`` is told of the others.

    ``menus`` are the places of lists of links that make no blocks, ``base`` is what references are
    resolved against.
    """
    in_paragraphs = _in_paragraphs(chosen)
    lists = teaser_lists(chosen)
    told = _told(chosen, rules, menus, base)
    parts = headings_of_parts(chosen, base)
    verses = verses_among(chosen) | subheads_among(chosen)
    kept: list[Block] = []
    dropped: list[Block] = []
    for number, block in enumerate(chosen):
        why = _why(block, rules, lists, in_paragraphs=in_paragraphs) if block.text else None
        if why == _FEW_WORDS and (
            (is_bold(block) and _is_amid_paragraphs(chosen, number, rules))
            or block.at in verses
            or _runs_on(block, chosen[number + 1 : number + 2])
            or _is_in_summary(block, kept, rules)
        ):
            why = None
        is_part = why == LED[1] and block.at in parts
        if is_part or _is_own(block, why, kept, lists, rules):
            why = None
        elif why is None and not block.own and out.get(block.at - 1) == _SHARED and is_idle(block):
            why = _SHARED
        why = told.get(block.at, why)
        if kept and _is_over_nothing(kept[-1], block):
            out[kept.pop().at] = _FEW_WORDS
        if why is None:
            kept.append(block)
            continue
        out[block.at] = why
        dropped.append(block)
        if kept and (
            (why in LED and _is_label(kept[-1], rules))
            or (why in _FURNITURE and _is_over(kept[-1], block, rules))
        ):
            out[kept.pop().at] = why
    if kept and _is_over_nothing(kept[-1], None):
        out[kept.pop().at] = _FEW_WORDS
    return without_asides(rules, kept, dropped, out)


def _told(chosen: list[Block], rules: Rules, menus: Sequence[int], base: str) -> dict[int, str]:
    """Why those of the blocks that other rooms know are no text, by their places."""
    return {
        **dict.fromkeys(labels_alone(chosen, rules), "a label alone in a box"),
        **dict.fromkeys(picks_among(chosen, rules), "a box that lists articles of the site"),
        **dict.fromkeys(contents_among(chosen, menus, rules), "a list of the page's parts"),
        **dict.fromkeys(quotes_again(chosen, rules), "a sentence of the text again"),
        **(teasers_among(chosen, base) if rules.profile.trust_names else {}),
        **led_onward(chosen, rules, base),
    }


def tells_source(blocks: list[Block]) -> bool:
    """Whether the last of the blocks says where a table's data come from, right under it."""
    if len(blocks) < 2 or _SOURCE.match(blocks[-1].text) is None:
        return False
    return blocks[-2].element.tag in CELLS


def _is_own(
    block: Block, why: str | None, kept: list[Block], lists: frozenset[int], rules: Rules
) -> bool:
    """Whether what looks like chrome belongs to what stands over it: a table, a sentence."""
    if why == "chrome.scraps":
        return tells_source([*kept[-1:], block]) or _is_sentence(block.line)
    if why == TOLD:
        return _is_item_beside(block, kept)
    hosts = own_hosts(rules)
    is_out = why == LED[0] and bool(hosts) and leads_out(block, hosts)
    return is_out and _is_announced(block, kept, lists, rules)


def _is_sentence(line: str) -> bool:
    """Whether a sentence opens as a credit does: what *Source:* stands over begins with a name."""
    label, _, told = line.partition(": ")
    return label.isalpha() and told[:1].islower() and is_told(told)


def _is_item_beside(block: Block, kept: list[Block]) -> bool:
    """Whether it is an item of a list right beside paragraphs of prose: what a vote came to."""
    holder = block.element.parent
    if block.element.tag != "li" or holder is None:
        return False
    return any(
        over.own >= PROSE and over.element.tag == "p" and over.element.parent is holder.parent
        for over in kept[-_MOST_ITEMS:]
    )


def _is_announced(block: Block, kept: list[Block], lists: frozenset[int], rules: Rules) -> bool:
    """Whether a sentence right over the list of links says what they are, and ends in a colon; or
    they are works under their label.
    """
    over = kept[-1] if kept else None
    if over is None or over.at != block.at - 1:
        return False
    if over.element.tag == "p":
        return over.text.endswith(":") and over.text.count(" ") >= _SPACES and not over.linked
    return over.element.at in lists or is_all(rules.works, over.line)


def _in_paragraphs(chosen: list[Block]) -> bool:
    """Whether the prose stands in paragraphs; else anything may be one."""
    mass = {True: 0, False: 0}
    for block in chosen:
        if block.own >= PROSE:
            mass[block.element.tag in _WORDY] += block.own
    return mass[True] > 4 * mass[False]


def _why(block: Block, rules: Rules, lists: frozenset[int], *, in_paragraphs: bool) -> str | None:
    """The group of rules, or the words, that say why the block is none of the body's."""
    if len(block.text) > _MAX or is_all(rules.summary, block.line):
        return None
    if block.element.tag not in CELLS and is_all(rules.scraps, block.line):  # *300 shares*
        return TOLD if is_all(rules.boxes, block.line) else "chrome.scraps"
    is_linked = block.linked * 5 >= len(block.text) * 2
    is_set_off = is_linked or (block.linked and is_emphasised(block) and not is_headed(block.line))
    if is_set_off and is_all(rules.teasers, block.line):
        return "chrome.teasers"
    if is_linked and block.own and is_all(rules.related, " ".join(unlinked(block).split())):
        return "chrome.related"
    wordy = block.element.tag in _WORDY or _is_in_a_cell(block.element)
    if not wordy and ends_in_credit(block.text, rules):
        return "credits"
    if in_paragraphs and not wordy and block.own < PROSE and not block.text.endswith(_ENDS):
        return None if _is_heading(block) else _FEW_WORDS
    if block.own == 0 and block.element.tag in _LINES and _is_button(block, rules):
        return "chrome.scraps"
    if leads_away(block, rules):
        return _SHARED
    if block.own == 0 and block.element.at in lists:
        return LED[0]
    if block.own == 0 and (block.element.tag in {"h4", "h5", "h6"} or is_card(block)):
        return LED[1]
    if block.own == 0 and len(block.text) > 25 and block.text.isupper():
        return "a link in capitals"
    return None


def _is_button(block: Block, rules: Rules) -> bool:
    """Whether a link asks for a reply, an address or money, and says nothing else."""
    return is_all(rules.comments, block.line) or is_all(rules.buttons, block.line)


def _is_in_a_cell(element: Element) -> bool:
    """Whether it is a box in a table's cell, which may hold a word alone."""
    holder: Element | None = element
    while holder is not None and holder.tag in _BOXES:
        holder = holder.parent
    return holder is not None and holder.tag in CELLS


def _is_over(label: Block, block: Block, rules: Rules) -> bool:
    """Whether a few words right over what is no text are the label of it: *Share this:*."""
    return (
        label.at == block.at - 1
        and len(label.text) <= _MAX_HEAD
        and (is_all(rules.lead, label.line) or is_all(rules.tail, label.line))
    )


def _is_in_summary(block: Block, kept: list[Block], rules: Rules) -> bool:
    """Whether it stands under the summary's label, in what holds that: its end may be cut off."""
    if block.own < _LEAST:
        return False
    labels = (one for one in kept[-_MOST_SUMMARY:] if is_all(rules.summary, one.line))
    return any(
        block.at <= label.at + _MOST_SUMMARY and block.at < label.element.parent.last
        for label in labels
        if label.element.parent is not None
    )


def _is_over_nothing(summary: Block, following: Block | None) -> bool:
    """Whether it is the ``summary`` of ``details`` of which no other word is the body's."""
    if summary.element.tag != "summary":
        return False
    holder = summary.element.parent
    return following is None or holder is None or following.at >= holder.last


def _is_label(block: Block, rules: Rules) -> bool:
    """Whether a few words stand over what follows them: *More:*; or are set in bold over it."""
    if block.element.tag in HEADINGS:
        is_short = len(block.text) <= _MAX_HEAD
        return is_short and (block.text.endswith(":") or is_all(rules.works, block.line))
    is_line = len(block.text) <= MAX_LABEL and not block.text.endswith(_STOPS)
    return is_line and is_bold(block)


def _is_heading(block: Block) -> bool:
    """Whether a line in no paragraph is called a subheading, or set in bold among paragraphs."""
    if is_subheading(block.element):
        return True
    return block.element.last > block.element.first + 2 and is_bold(block)


def _is_amid_paragraphs(chosen: list[Block], number: int, rules: Rules) -> bool:
    """Whether the words stand right between two paragraphs, beside them, the second of prose."""
    if not 0 < number < len(chosen) - 1:
        return False
    before, block, after = chosen[number - 1 : number + 2]
    holder = outermost(block.element).parent
    return (
        after.own >= PROSE
        and not block.linked
        and not is_all(rules.related, block.line)
        and before.at + 1 == block.at == after.at - 1
        and all(one.element.tag == "p" and one.element.parent is holder for one in (before, after))
    )


def _runs_on(block: Block, following: list[Block]) -> bool:
    """Whether bare words with a dash at their end stand right before a paragraph, which goes on
    with them: *Oxfjord —*.
    """
    return not block.linked and any(
        block.at + 1 == after.at
        and after.own >= PROSE
        and after.element.tag == "p"
        and after.element.parent is block.element
        and block.text.endswith(_DASHES)
        for after in following
    )
