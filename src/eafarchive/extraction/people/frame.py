"""What a page says about its article beside the text: byline, reading time, comments, rights."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from eafarchive.extraction.chrome.around import is_in_card, leads_to_another
from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import spaced
from eafarchive.extraction.document.outline import BREAK, Block, Outline
from eafarchive.extraction.document.page import Page
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.lines.names import fold, is_group, words_of
from eafarchive.extraction.people.byline import is_byline, may_hold_label
from eafarchive.extraction.people.labelled import byline_after
from eafarchive.extraction.people.metaline import bylines_in, names_of
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.phrases import is_all

_BEFORE = 6
"""Blocks before the title in which its frame may begin."""
_AFTER = 8
_SHORT = 80
"""Characters of the longest block that says how long reading takes, or that nobody may comment."""
_MAX_LINE = 300
_MAX_BYLINE = 600
_MAX_LABEL = 40
_SENTENCE = 4
"""Spaces in a sentence below a byline."""
_STOPS = tuple(".!?”’…")
_DIGIT = re.compile(r"\d")
_LOG_IN = ("You must be logged in to post a comment", "You must be logged in to leave a ")
"""WordPress's own words, in place of a form that those who are see."""
_COPYRIGHT = re.compile(
    r"(?:copyright\s*(?:(?:©|\(c\))\s*)?"
    r"|(?:[\w’'&-]+ ){0,5}(?:©|\(c\))\s*(?:copyright\s*)?)(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_MAX_COPYRIGHT = 200
_RESERVED = re.compile(r"\n(all rights reserved\b.{0,40})$", re.IGNORECASE | re.MULTILINE)


class Frame(NamedTuple):
    """What stands around an article's text."""

    byline: Block | None
    minutes: int | None
    comments_open: bool | None
    copyright: str | None


def read_frame(page: Page, chrome: Chrome, rules: Rules) -> Frame:
    """The frame of the article whose title stands before ``chrome.start``."""
    outline = page.outline
    short = [one for one in outline.blocks if one.own and len(one.text) < _SHORT]
    return Frame(
        byline=_find_byline(outline, chrome, rules),
        minutes=_find_minutes(short, chrome, rules),
        comments_open=_are_comments_open(short, outline, rules),
        copyright=_find_copyright(outline),
    )


def find_layout(page: Page, rules: Rules) -> str | None:
    """The first layout that one of its witnesses speaks for: a text, else a selector."""
    if not rules.layouts:
        return None
    # one look at each line: hardly any is of the layouts' texts
    lines = [one.text for one in page.outline.blocks if one.text and is_all(rules.themes, one.text)]
    selectors = ", ".join(one for layout, _ in rules.layouts for one in layout.selectors)
    is_any = bool(selectors) and page.tree.css_first(selectors) is not None
    for layout, texts in rules.layouts:
        if any(is_all(texts, line) for line in lines):
            return layout.name
        if is_any and any(page.tree.css_first(one) is not None for one in layout.selectors):
            return layout.name
    return None


def _find_byline(outline: Outline, chrome: Chrome, rules: Rules) -> Block | None:
    # One word without a colon says too little: "By" begins sentences, too.
    phrases = tuple(label for label in rules.profile.byline.labels if " " in label)
    first, last = max(chrome.start - _BEFORE, 0), _end_of_head(chrome)
    head = [
        block
        for block in outline.blocks[first:last]
        if 0 < len(block.text) < _MAX_LINE and not chrome.foreign[block.element.at]
    ]
    poster: Block | None = None
    for block in outline.blocks[first : chrome.end]:
        if poster is not None and block.at >= last:
            break
        opening = block.text[:_MAX_LABEL]
        has_colon = ":" in opening[:12]
        if not has_colon and block.at >= last:
            continue
        if "\n" in block.text and block.at < last and has_colon:
            line = _first_line(block, rules)
            if line is not None and is_byline(line.text, rules.profile.byline):
                return line
        if (
            (has_colon or opening.casefold().startswith(phrases))
            and len(block.text) < _MAX_BYLINE
            and not chrome.foreign[block.element.at]
            and may_hold_label(block.text, rules.profile.byline)
            and is_byline((part := names_of(block, rules)).text, rules.profile.byline)
            and not _is_anothers(block, chrome)
        ):
            if has_colon:
                return _with_others(part, block.at, chrome, rules)
            poster = poster or part  # who posted it need not have written it
    if poster is not None and not _is_house(poster, rules):
        return poster
    for block in head:
        if (inner := _beside(block, rules)) is not None:
            return inner
        if len(block.text) <= _MAX_LABEL and len(block.runs) == 1:
            signed = byline_after(block, chrome, rules)
            if signed is not None:
                return signed
    return poster


def _beside(block: Block, rules: Rules) -> Block | None:
    """The byline after a date, terms or the like in the block, with its label."""
    may_be = ":" in block.text and may_hold_label(block.text, rules.profile.byline)
    for part in bylines_in(block, rules) if may_be else ():
        if ":" in part.text[:12] and is_byline(part.text, rules.profile.byline):
            return part
    return None


def _is_house(poster: Block, rules: Rules) -> bool:
    """Whether the line says that editors posted it: who wrote it may stand beside a caption."""
    words = words_of(rules.profile.byline)
    return is_group(fold(poster.line.partition(" by ")[2]), words)


def _end_of_head(chrome: Chrome) -> int:
    """The place up to which a byline is looked for, widgets not counted."""
    at, left = chrome.start, _AFTER
    while left and at < len(chrome.outline.blocks):
        left -= at not in chrome.widgets
        at += 1
    return at


def _with_others(part: Block, at: int, chrome: Chrome, rules: Rules) -> Block:
    """The byline, together with that of a second author in the block after it; where the text
    begins with the same again, the fuller one.
    """
    blocks = chrome.outline.blocks
    following = next((one.at for one in blocks[at + 1 : at + 3] if one.text), None)
    for block in blocks[at + 1 : chrome.end]:
        if (
            ":" not in block.text[:12]
            or len(block.text) > _MAX_LINE
            or chrome.foreign[block.element.at]
            or not is_byline((other := names_of(block, rules)).text, rules.profile.byline)
        ):
            continue
        told, more = (one.text.partition(":")[2].strip() for one in (part, other))
        if told.startswith(more) or more.startswith(told):
            chrome.widgets[other.at] = chrome.widgets[at] = "byline.labels"
            return part if len(told) >= len(more) else other
        if other.at == following:
            chrome.widgets[other.at] = "byline.labels"
            line = f"{part.line} {other.line}"
            return msgspec.structs.replace(part, text=f"{part.text}\n{more}", line=line)
    return part


def _first_line(block: Block, rules: Rules) -> Block | None:
    """The block up to its first line break, where a paragraph of prose follows, or a caption."""
    text, _, rest = block.text.partition("\n")
    is_prose = rest.count(" ") >= _SENTENCE and rest[-1] in _STOPS
    if len(text) > _MAX_LINE or not (is_prose or ends_in_credit(rest, rules)):
        return None
    at = next((at for at, (run, _) in enumerate(block.runs) if run == BREAK), 0)
    return block.part(block.runs[:at], text)


def below_byline(byline: Block, block: Block, rules: Rules) -> Block | None:
    """The paragraph that follows the byline in its ``block`` after a line break, if one does."""
    if "\n" not in block.text or _first_line(block, rules) is None or "\n" in byline.text:
        return None
    text = block.text.partition("\n")[2]
    if not block.text.startswith(f"{byline.text}\n"):
        return None
    return block.part(block.runs[len(byline.runs) + 1 :], text)


def _is_anothers(block: Block, chrome: Chrome) -> bool:
    """Whether it stands in another article, or right under a heading that leads to one."""
    if chrome.is_in_another(block) or is_in_card(block, chrome):
        return True
    over = chrome.outline.blocks[max(block.at - 2, 0) : block.at]
    above = next((one for one in reversed(over) if one.text), None)
    if above is None or above.at == chrome.start - 1:
        return False
    return leads_to_another(above, block, chrome)


def _find_minutes(short: list[Block], chrome: Chrome, rules: Rules) -> int | None:
    """The reading time: a block of its own anywhere, or beside other words at the title."""
    blocks, start = chrome.outline.blocks, chrome.start
    for block in short:
        if is_all(rules.reading, block.line):
            for pattern in rules.minutes:
                if found := pattern.fullmatch(block.line):
                    return int(found["minutes"])
    near = blocks[max(start - _BEFORE, 0) : start + _AFTER]
    for over, block in zip((None, *near), near, strict=False):
        if len(block.text) < _MAX_BYLINE and _DIGIT.search(block.text):
            # the number may stand beside its label, as in a list of terms and values
            label = over.line if over and over.element.tag == "dt" else ""
            line = f"{label} {spaced(block)}"
            for pattern in rules.minutes:
                if found := pattern.search(line):
                    return int(found["minutes"])
    return None


def _are_comments_open(short: list[Block], outline: Outline, rules: Rules) -> bool | None:
    if any(is_all(rules.closed, block.line) for block in short):
        return False
    if any(node.tag == "textarea" for _, node in outline.fields):
        return True
    return True if any(block.text.startswith(_LOG_IN) for block in outline.blocks) else None


def _names_rights(line: str) -> bool:
    """Whether one of the words is in the line with which each that says whose a page is begins."""
    return "©" in line or "copyright" in (folded := line.lower()) or "(c)" in folded


def _find_copyright(outline: Outline) -> str | None:
    """The last line that begins with whose the page is, with one that only reserves all rights."""
    for block in reversed(outline.blocks):
        lines = [block.text]
        if "\n" in block.text:
            lines = _RESERVED.sub(r" \1", block.text).split("\n")
        for line in reversed(lines):
            if len(line) < _MAX_COPYRIGHT and _names_rights(line) and _COPYRIGHT.match(line):
                return line
    return None
