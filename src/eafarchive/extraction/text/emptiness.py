"""Why a page's few words are no article's."""

from __future__ import annotations

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.outline import Block, Outline, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.datelines import is_dateline
from eafarchive.phrases import is_all

MIN_WORDS = 20
"""Fewer are no article, wherever they stand."""
_SIGNED = 12
"""Nor are fewer where a note on its author follows a paragraph of prose."""
FEW = 60
"""So few are none under another heading than the title: a sidebar's words, a banner's."""
FEW_BESIDE = 150
"""So few are none where a request for a password stands in the article's place; nor a player,
unless class names can be trusted to tell what is around it."""

FEW_TEASERS = 400
"""More are an article that goes through others, if every paragraph follows a linked line."""


def why_empty(
    outline: Outline,
    chrome: Chrome,
    rules: Rules,
    byline: Block | None,
    blocks: list[Block],
    words: int,
    *,
    is_noted: bool = False,
) -> str | None:
    """The reason why the ``words`` words of the blocks are no article, or ``None`` if they are.

    ``is_noted`` says that a note on its author follows them.
    """
    if words >= FEW_BESIDE:
        few = words < FEW_TEASERS and not rules.profile.trust_names
        return "no article text on the page" if few and _are_teasers(chrome, blocks) else None
    first = next((block.at for block in blocks if is_prose(block)), len(outline.blocks))
    asks = any(node.attributes.get("name") == "post_password" for _, node in outline.fields)
    plays = any(
        chrome.start <= at <= first
        and not any(_reads_aloud(one, rules) for one in outline.blocks[max(at - 1, 0) : at + 1])
        for at in outline.media
    )
    head = outline.blocks[chrome.start : first]
    between = [block for block in head if block.at not in chrome.widgets]
    title = outline.blocks[chrome.start - 1].line if chrome.start else ""
    strays = any(
        block.element.tag in HEADINGS
        and block.line != title
        and (byline is None or block.at != byline.at)
        and not (chrome.strange[block.element.at] or chrome.outside[block.element.at])
        and not any(is_all(known, block.line) for known in (rules.summary, rules.lead, rules.tail))
        for block in between
    )
    if asks:
        return "password-protected"
    if _are_teasers(chrome, blocks):
        return "a player without prose" if plays else "no article text on the page"
    beside = plays and strays and not rules.profile.trust_names
    is_noted = is_noted and any(map(is_prose, blocks))
    if words < (_SIGNED if is_noted else MIN_WORDS) or (words < FEW and strays) or beside:
        return "a player without prose" if plays else "no article text on the page"
    return None


def _reads_aloud(label: Block, rules: Rules) -> bool:
    """Whether the line over a player, or around it, says that it has the article itself."""
    return "article" in label.line.casefold() and is_all(rules.lead, label.line)


def _are_teasers(chrome: Chrome, blocks: list[Block]) -> bool:
    """Whether each paragraph stands under a line that leads to another page, and perhaps a date, or
    in a box whose heading leads there.
    """
    under = [block for block in blocks if block.text and block.element.tag not in HEADINGS]
    above = {_over(chrome, block) for block in under if not is_dateline(block)}
    return len(above) > 1 and None not in above  # a button stands between paragraphs, too


def _over(chrome: Chrome, block: Block) -> str | None:
    """The line over a paragraph that leads to another page, and is no button."""
    box = block.element.parent
    head = block if box is None else chrome.outline.blocks[box.first]
    if (
        chrome.start <= head.at
        and head.element.tag in HEADINGS
        and head.linked * 2 > len(head.text)
    ):
        return head.line
    for line in reversed(chrome.outline.blocks[max(block.at - 2, 0) : block.at]):
        if line.at in chrome.widgets:
            break
        if line.linked * 2 > len(line.text) > 0:
            return line.line
        if not is_dateline(line):
            break
    return None
