"""The deck between title and body, told by metadata that says the same: a summary without label."""

from __future__ import annotations

from eafarchive.extraction.chrome import Chrome
from eafarchive.extraction.outline import Block
from eafarchive.extraction.page import Page
from eafarchive.extraction.title import Title, folded

_LEAST = 30
_MOST = 600
"""Characters of a deck."""


def find_deck(page: Page, chrome: Chrome, title: Title, body: list[Block]) -> Block | None:
    """The block after the title, outside the body, that the page's description repeats.

    A description may be cut: then it is what the deck begins with.
    """
    told = page.first_meta("og:description", "description", "twitter:description")
    if told is None or title.at is None or not body:
        return None
    said = folded(told[0])
    chosen = {block.at for block in body}
    for block in page.outline.blocks[title.at + 1 : body[-1].at]:
        if not _LEAST <= len(block.text) <= _MOST or block.at in chosen:
            continue
        text = folded(block.text)
        is_same = text == said or (len(said) > len(text) // 2 and text.startswith(said))
        place = block.element.at
        if is_same and text and not (chrome.strange[place] or chrome.outside[place]):
            return block
    return None
