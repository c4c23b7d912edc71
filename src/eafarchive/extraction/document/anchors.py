"""Hyperlinks without an end tag: told by what the parser makes of them, ended in the source.

A parser opens such a link again in each block that follows, up to the next link (WHATWG HTML,
"reconstruct the active formatting elements"), so that all paragraphs of a text look linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.outline import PROSE, Block, Chain, Outline

_NEAR = 8
"""Blocks before a link among which the one before it stands."""
_MOST = 4
"""Links of a page that are looked for in its source."""
_PLAIN = re.compile(r"[\w/:.?=#%+~-]*", re.ASCII)
_LONGEST = 160
"""Characters of a link's words; one with more has lost its end tag at once."""
_TAG = re.compile(
    r"<(?:(?P<raw>!--|(?:script|style|textarea)(?=[\s/>]))|(?P<link>a)(?=[\s/>])[^>]{0,5000}>?"
    r"|(?P<end>/)a(?=[\s/>])|(?P<close>/?)(?P<block>p|h[1-6]|[uod]l|li|d[dt]|div|section|article"
    r"|blockquote|center|main|header|footer|nav|aside|figure|figcaption|address|form|table|t[hdr])"
    r"(?=[\s/>]))",
    re.IGNORECASE,
)
_RAW = {
    "!--": re.compile("-->"),
    "script": re.compile("</script", re.IGNORECASE),
    "style": re.compile("</style", re.IGNORECASE),
    "textarea": re.compile("</textarea", re.IGNORECASE),
}
"""What has no tags in it, by how it begins: how it ends."""
_CELLS = frozenset(("p", "td", "th"))
_ENDED = {
    "li": frozenset(("p", "li")),
    "dd": frozenset(("p", "dd", "dt")),
    "dt": frozenset(("p", "dd", "dt")),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _CELLS | {"tr"},
}
"""Elements that begin, with those that this ends; each block ends a paragraph."""
_PARAGRAPH = frozenset(("p",))
_HREF = re.compile(r"\shref\s*=", re.IGNORECASE)
_SHOWN = re.compile(r">\s*+[^\s<]|<img\b", re.IGNORECASE)
"""Words, or a picture."""
_MARKUP = re.compile("<[^<>]*+>")


def are_reopened(outline: Outline, page: LexborHTMLParser, text: str) -> bool:
    """Whether a link is over several paragraphs, or several are that ``text`` has no tags for."""
    left, last = _MOST, None
    for block in outline.blocks:
        if block.linked and (block.element.tag == "p" or len(block.text) >= PROSE):
            anchor = _covering(block)
            if anchor is None:
                continue
            if anchor is last:
                return True
            last = anchor
            if _is_repeated(anchor, block, outline.blocks):
                if _is_copied(anchor.node, page, text):
                    return True
                left -= 1
                if not left:
                    break
    return False


def _covering(block: Block) -> Chain | None:
    """The link that all words of the block stand in, or all up to the next link."""
    anchor = anchor_of(block.runs[0][1])
    other = anchor
    for run, chain in block.runs if anchor is not None else ():
        if chain is not None or not isinstance(run, str) or not run.isspace():
            other = anchor_of(chain)
            if other is not anchor:
                break
    return None if other is None else anchor


def _is_repeated(anchor: Chain, block: Block, blocks: list[Block]) -> bool:
    """Whether the link before has the same attributes, and so has the one before that, or one over
    the block before or after, or the next stands in the block.
    """
    before = _links_before(anchor, blocks[max(block.at - _NEAR, 0) : block.at])
    one = next(before, None)
    told = anchor.node.attributes
    if one is None or one.attributes != told:
        return False
    if anchor_of(block.runs[-1][1]) is not anchor:
        return True
    beside = [*blocks[max(block.at - 1, 0) : block.at], *blocks[block.at + 1 : block.at + _NEAR]]
    over = (anchor_of(other.runs[0][1]) for other in beside if other.text)
    if any(other is not None and other.node.attributes == told for other in islice(over, 2)):
        return True
    other = next(before, None)
    return other is not None and other.attributes == told


def _links_before(anchor: Chain, blocks: list[Block]) -> Iterator[LexborNode]:
    """The links in a few ``blocks`` before that one, the last first, else one right before it."""
    last, found = anchor, False
    for block in reversed(blocks):
        for _, chain in reversed(block.runs):
            other = anchor_of(chain)
            if other is not None and other is not last:
                last, found = other, True
                yield other.node
    before = None if found else anchor.node.prev
    while before is not None and before.tag == "-text":
        before = before.prev
    if before is not None:
        yield from reversed(before.css("a"))


def _is_copied(node: LexborNode, page: LexborHTMLParser, text: str) -> bool:
    """Whether the page has more links to that address than its source."""
    address = _PLAIN.match(node.attributes.get("href") or "")
    if address is None or not address[0]:
        return True
    written = sum(text.count(f"href={mark}{address[0]}") for mark in ("", '"', "'"))
    return len(page.css(f'[href^="{address[0]}"]')) > written


class _Open(msgspec.Struct):
    """A link that no tag has ended yet."""

    begin: int
    """Where its words begin."""
    depth: int
    """The number of blocks around it."""
    last: int | None
    """Where its first block of words ends, or the next link begins, as far as seen."""


def with_ends(text: str) -> str:
    """The document with an end tag for each link that has none when the element around it ends.

    It stands where the first block with words of the link ends; at once where they are too many, or
    where the element is no link. The same object if nothing is missing.
    """
    ends: list[int] = []
    blocks: list[str] = []
    count: dict[str, int] = {}
    links: list[_Open] = []
    at = seen = 0
    while (tag := _TAG.search(text, at)) is not None:
        begin, at = tag.start(), tag.end()
        if raw := tag["raw"]:
            end = _RAW[raw.lower()].search(text, at)
            if end is None:
                break
            at = end.end()
            continue
        if tag["end"]:
            if links:
                links.pop()
            continue
        if links and links[-1].last is None and (tag["link"] or _SHOWN.search(text, seen, begin)):
            links[-1].last = begin
        seen = begin
        if tag["link"]:
            seen = at - 1
            is_link = _HREF.search(tag[0]) is not None
            links.append(_Open(at, len(blocks), None if is_link else at))
            continue
        name = tag["block"].lower()
        if tag["close"]:
            while count.get(name):
                inner = blocks.pop()
                count[inner] -= 1
                if inner == name:
                    break
        else:
            while blocks and blocks[-1] in _ENDED.get(name, _PARAGRAPH):
                count[blocks.pop()] -= 1
        while links and links[-1].depth > len(blocks):
            ends.append(_end_of(links.pop(), begin, text))
        if not tag["close"]:
            blocks.append(name)
            count[name] = count.get(name, 0) + 1
    ends += [_end_of(link, at, text) for link in links]
    return _ended(text, sorted(ends)) if ends else text


def _end_of(link: _Open, at: int, text: str) -> int:
    """Where the end tag of a link is to stand that has none up to there."""
    end = at if link.last is None else link.last
    words = _MARKUP.sub("", text[link.begin : end])
    return end if len(words) <= _LONGEST else link.begin


def _ended(text: str, ends: list[int]) -> str:
    places = [0, *ends, len(text)]
    return "</a>".join(text[begin:end] for begin, end in pairwise(places))
