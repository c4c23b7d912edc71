"""Words at a picture that are named its caption, or end in who took it."""

from __future__ import annotations

import re

from eafarchive.extraction.outline import Block
from eafarchive.extraction.rules import Rules

_TAKEN_BY = re.compile(
    r"(?:[ /|=\u3000（(][^ /|=\u3000。（(]{0,16} ?(?:摄|攝|撮影|供图|供圖)"
    r"|[/|=] ?[^ /|=。（(]{2,16} ?(?:기자|제공))[)）。]?$"
)
_LONGEST = 24
"""Characters of a photographer's name and trade."""
_INLINE = "span[class], em[class], small[class], i[class]"


def ends_in_photographer(text: str) -> bool:
    """Whether the text ends in who took a picture, as Chinese, Japanese and Korean captions do."""
    return _TAKEN_BY.search(text[-_LONGEST:]) is not None


def is_named_caption(block: Block, rules: Rules) -> bool:
    """Whether its element is named a picture's caption, or an inline one with most of its words."""
    if rules.captions.search(block.element.hint):
        return True
    for node in block.element.node.css(_INLINE):
        if rules.captions.search(node.attributes.get("class") or ""):
            words = " ".join(node.text().split())
            if words in block.line and len(words) * 3 >= len(block.line) * 2:
                return True
    return False
