"""Elements nested without end, made as flat as browsers keep them.

At each start of a block the parser looks through all open elements for a paragraph to end (WHATWG
HTML, "have an element in button scope"): a hundred thousand in one another cost it the square of
that. Browsers stop nesting at 512; what is dropped here are tags, never text.
"""

from __future__ import annotations

import re

DEEPEST = 512
"""Blocks in one another; deeper ones are taken for their text."""
_MANY = 20_000
"""Tags of a page that may be too deep; smaller ones are not looked through."""
_SHORTEST = len("<ul>")
_STEP, _SAMPLE = 8192, 512
"""One sample of the text in each step tells about how many tags there are."""
_TAG = re.compile(
    r"<(?P<end>/?)(?:div|ul|ol|dl|dir|menu|section|article|blockquote|center|fieldset|details|summary"
    r"|main|header|footer|nav|aside|figure|figcaption|address|hgroup|dialog|search|form|table|pre|listing)"
    r"(?=[\s/>])[^>]{0,5000}>",
    re.IGNORECASE,
)


def _may_be_deep(text: str) -> bool:
    """Whether there are tags enough; a page made to look as if not is stopped by the limits."""
    if len(text) < _MANY * _SHORTEST:
        return False
    samples = (text[at : at + _SAMPLE] for at in range(0, len(text), _STEP))
    seen = sum(sample.count("<") for sample in samples)
    return seen * _STEP >= _MANY * _SAMPLE // 2 and text.count("<") >= _MANY


def flattened(text: str) -> str:
    """The document with no block deeper than `DEEPEST`; nearly always the same object."""
    if not _may_be_deep(text):
        return text
    kept: list[str] = []
    last = depth = dropped = 0
    for tag in _TAG.finditer(text):
        if not tag["end"]:
            if depth < DEEPEST:
                depth += 1
                continue
            dropped += 1
        elif dropped:
            dropped -= 1
        else:
            depth = max(depth - 1, 0)
            continue
        kept.append(text[last : tag.start()])
        last = tag.end()
    return "".join([*kept, text[last:]]) if kept else text
