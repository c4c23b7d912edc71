"""Posts of social networks that a page embeds: the words stand there until a script shows the post.

What is asked of a page's markup is what the networks' own scripts need to find it: a quotation with
the post's address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.outline import Block, Element

_POST = re.compile(
    r"https?://(?:[a-z]{1,10}\.)?(?:"
    r"(?:twitter|x)\.com/[^/?#]{1,64}/status(?:es)?/\d|instagram\.com/(?:[^/?#]{1,64}/)?(?:p|reel|tv)/\w"
    r"|facebook\.com/(?:[^/?#]{1,100}/(?:posts|videos)/|permalink\.php|photo\.php|story\.php)\w?"
    r"|tiktok\.com/@[^/?#]{1,64}/video/\d|threads\.(?:net|com)/@[^/?#]{1,64}/post/\w"
    r"|bsky\.app/profile/[^/?#]{1,100}/post/\w|[^/?#\s]{1,100}/@[^/?#]{1,64}/\d{10})",
    re.IGNORECASE,
)
"""A post's address; the last is Mastodon's, on any host."""
_SIGNED = re.compile(r"\(@[\w.]{1,64}(?:@[\w.-]{1,100})?\)")
"""Who posted it, as the networks write it under a post."""
_DEEP: Final = 6
"""Elements between a quotation and its words."""


def embedded_posts(chosen: Sequence[Block]) -> dict[int, str]:
    """The addresses of the posts among the blocks of a text, by the place of each of their blocks.

    A quotation is one if its ``cite`` is a post's address, or if a line of it with the poster's
    handle has a link to the post.
    """
    found: dict[int, str] = {}
    for block in chosen:
        if block.at in found or (quotation := _quotation(block)) is None:
            continue
        if post := _cited(quotation) or _signed(block):
            found.update(dict.fromkeys(range(quotation.first, quotation.last), post))
    return found


def _quotation(block: Block) -> Element | None:
    element: Element | None = block.element
    for _ in range(_DEEP):
        if element is None or element.tag == "blockquote":
            return element
        element = element.parent
    return None


def _cited(quotation: Element) -> str | None:
    cite = quotation.node.attributes.get("cite") or ""
    return cite if _POST.match(cite) else None


def _signed(block: Block) -> str | None:
    if not block.linked or not _SIGNED.search(block.line):
        return None
    for _, chain in reversed(block.runs):
        if link := anchor_of(chain):
            href = link.node.attributes.get("href") or ""
            return href if _POST.match(href) else None
    return None
