"""What among the words only leads about the page, or shares it: lists of its parts, buttons."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from eafarchive.extraction.document.inline import anchor_of, unlinked
from eafarchive.extraction.document.outline import PROSE, Block, Element
from eafarchive.extraction.document.page import host_of
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS, LISTS
from eafarchive.phrases import is_all

_SHORTEST_LABEL = 8
"""Characters of a link to another part of the page; a note's mark is shorter."""
MAX_LABEL = 60
"""Characters of a line over a list."""
_LONGEST_LABEL = 24
"""Characters of what stands in a line before its links: *Tagged with:*, and the commas."""
_PAGE = re.compile(r"(?:https?://(?:www\.)?(?P<host>[^/?#]+))?/[a-z0-9-]+/?", re.IGNORECASE)
_PARAGRAPH = 100
"""Letters' worth of words of a paragraph that no list has."""
_EXCERPT = 60
"""Letters' worth of words of another article's excerpt."""
_SHARE = re.compile(
    r"(?:facebook\.com/(?:sharer|share\.php|dialog/)|//(?:www\.)?(?:twitter|x)\.com/(?:share|intent/)"
    r"|linkedin\.com/(?:sharearticle|sharing/)|reddit\.com/submit|pinterest\.[a-z.]+/pin/create"
    r"|tumblr\.com/(?:share|widgets/share)|(?:t|telegram)\.me/share|wa\.me/\?|whatsapp\.com/send"
    r"|addtoany\.com/(?:share|add_to)|addthis\.com/bookmark|shareaholic\.com/share"
    r"|plus\.google\.com/share|service\.weibo\.com/share|digg\.com/submit|stumbleupon\.com/submit"
    r"|del(?:icio\.us|icious\.com)/(?:post|save)|^whatsapp:|^mailto:\?|^javascript:(?:window\.)?print"
    r"|/(?:print|email|emailpopup)/?$|[?&](?:print|share)=[a-z0-9-]+(?:&nb=1)?$)",
    re.IGNORECASE,
)
_SHARING = (
    "shar", "print", "email", "submit", "mailto:?", "whatsapp", "wa.me/?", "/intent/", "dialog/",
    "/pin/", "addtoany", "addthis", "icio",
)  # fmt: skip
"""One of these is in each such address: told fast."""
AUTHORS = re.compile(
    r"/(?:authors?|autore?s?|auteurs?|autoren|contributors?|journalists?|staff|writers?|penulis)/\w",
    re.IGNORECASE,
)
"""The address of an author's page."""
_TOGGLE = re.compile(r"\W?(?:hide|show|toggle|close|open)\W?", re.IGNORECASE)
_OF_LINKS = frozenset(("p", "div"))
_TERM = re.compile(r"/(?:categor(?:y|ies)|tags?|topics?)/[^/?#]+/?$", re.IGNORECASE)
_BACK, _ON = frozenset("«‹←"), frozenset("»›→")
_BESIDE = frozenset(("prev", "next", "previous"))
"""The ``rel`` of a link to the post before or after."""
_MOST_OVER = 2
"""Blocks over a list of a page's parts: its label, and the button that opens it."""


def leads_away(block: Block, rules: Rules) -> bool:
    """Whether the block is nothing but links to what shares, mails or prints the page, with its
    label as it may be; or to the pages before and after it, or those of its own tags.

    Or to another part of it, as *Back to the contents* is, outside lists, which notes stand in.
    """
    if not block.linked or block.own > max(block.linked, _LONGEST_LABEL):
        return False
    if block.element.tag != "li" and len(block.text) >= _SHORTEST_LABEL and leads_within(block):
        return True
    label = " ".join(unlinked(block).split())
    if any(map(str.isalnum, label)) and (
        len(label) > _LONGEST_LABEL or not is_all(rules.tail, label)
    ):
        return False
    return all(map(shares, hrefs_of(block))) or (
        block.element.tag in _OF_LINKS and _is_of_pages(block, has_label=label[:1].isalnum())
    )


def _is_of_pages(block: Block, *, has_label: bool) -> bool:
    """Whether a line's links lead to the posts beside this one, or to those of its terms."""
    leads: dict[int, tuple[str, str]] = {}
    for run, chain in block.runs:
        link = anchor_of(chain) if isinstance(run, str) else None
        if link is not None and link.node.mem_id not in leads:
            named = link.node.attributes
            leads[link.node.mem_id] = (named.get("rel") or "").lower(), named.get("href") or ""
    if has_label:
        return all("tag" in rel.split() or _TERM.search(href) for rel, href in leads.values())
    is_between = block.line[0] in _BACK and block.line[-1] in _ON and len(leads) > 1
    return is_between or all(rel in _BESIDE for rel, _ in leads.values())


@lru_cache(maxsize=512)  # a picture's link is asked about for the text, and for the pictures
def shares(href: str) -> bool:
    """Whether a link leads to what shares, mails or prints a page."""
    folded = href.lower()
    return any(one in folded for one in _SHARING) and _SHARE.search(href.strip()) is not None


def leads_to_author(block: Block) -> bool:
    """Whether all links of the block lead to authors' pages."""
    hrefs = hrefs_of(block)
    return bool(hrefs) and all(map(AUTHORS.search, hrefs))


def leads_out(block: Block, hosts: Collection[str]) -> bool:
    """Whether all links of the block lead to other sites than that of the ``hosts``."""
    return all((host := host_of(href)) and host not in hosts for href in hrefs_of(block))


def lead_out(lines: Sequence[Block], hosts: Collection[str]) -> bool:
    """Whether all lines do, as works do that a writer names; ``hosts`` are the site's, if known."""
    return len(hosts) > 0 and all(leads_out(line, hosts) for line in lines)


def leads_within(block: Block) -> bool:
    """Whether all words of the block lead to another part of the page."""
    return not block.own and all(len(href) > 1 and href[0] == "#" for href in hrefs_of(block))


def is_idle(block: Block) -> bool:
    """Whether all words of the block are a button's: a link that leads nowhere."""
    return not block.own and all(href in {"", "#"} for href in hrefs_of(block))


def contents_among(chosen: Sequence[Block], menus: Sequence[int], rules: Rules) -> frozenset[int]:
    """The blocks that list the page's own parts, with the label over them.

    Such a list holds two items or more, each a link to a fragment and nothing else; a label or
    another list's item that stands alone is none. A fragment of an address needs the label. Or it
    is one of the ``menus``, which are no blocks.
    """
    lists: dict[int, list[Block]] = {}
    known: dict[int, Element | None] = {}
    for block in chosen:
        if block.text and (outer := _list_around(block, known)) is not None:
            lists.setdefault(outer.at, []).append(block)
    found: set[int] = set()
    begins: dict[int, list[Block]] = {}
    for blocks in lists.values():
        if len(blocks) == 1 or any(block.own for block in blocks):
            continue
        leads = [href.partition("#") for block in blocks for href in hrefs_of(block)]
        pages = {page for page, _, _ in leads}
        if all(sign for _, sign, _ in leads) and len(pages) == 1:
            begins[blocks[0].at] = blocks
            found.update(block.at for block in blocks if "" in pages)
    if chosen:
        begins |= {at: [] for at in menus if chosen[0].at < at <= chosen[-1].at}
    by_place = {block.at: block for block in chosen} if begins else {}
    for begin, blocks in begins.items():
        for over in range(begin - 1, begin - 1 - _MOST_OVER, -1):
            label = by_place.get(over)
            if label is not None and is_all(rules.contents, label.line):
                found.update(range(over, begin), (block.at for block in blocks))
            if label is None or not _TOGGLE.fullmatch(label.line):
                break
    return frozenset(found)


def is_card(block: Block) -> bool:
    """Whether a link to another page is put around the block as a whole, as on cards of articles.

    The link of a heading, as writers make it, stands within.
    """
    hrefs = hrefs_of(block)
    is_led = bool(hrefs) and all(href and href[0] != "#" for href in hrefs)
    return is_led and block.element.node.css_first("a") is None


def leads_to_page(href: str, hosts: Collection[str]) -> bool:
    """Whether a link leads to a page of the site's own that is no article: ``/quarterly/``.

    ``hosts`` are the site's, without ``www.``; none where nobody knows what an article's path is.
    """
    found = _PAGE.fullmatch(href.strip())
    return found is not None and (found["host"] or next(iter(hosts), "")).lower() in hosts


def own_hosts(rules: Rules) -> tuple[str, ...]:
    """The site's hosts, where its profile says what an article's path is."""
    return rules.profile.hosts if rules.profile.article_path is not None else ()


def _list_around(block: Block, known: dict[int, Element | None]) -> Element | None:
    """The outermost list around the block; ``known`` are those of elements seen before."""
    path: list[Element] = []
    element: Element | None = block.element
    while element is not None and element.at not in known:
        path.append(element)
        element = element.parent
    found = None if element is None else known[element.at]
    for inner in reversed(path):
        found = found or (inner if inner.tag in LISTS else None)
        known[inner.at] = found
    return found


def leads_among(block: Block, blocks: list[Block]) -> bool:
    """Whether a line only leads elsewhere, and the next words are a paragraph beside it."""
    if block.own or not block.linked:
        return False
    following = next((one for one in blocks[block.at + 1 : block.at + 3] if one.text), None)
    return (
        following is not None
        and following.own >= PROSE
        and following.element.tag == block.element.tag == "p"
        and following.element.parent is block.element.parent
    )


def hrefs_of(block: Block) -> list[str]:
    """Where the block's links lead, each run's."""
    anchors = [anchor_of(chain) for run, chain in block.runs if isinstance(run, str)]
    return [(one.node.attributes.get("href") or "").strip() for one in anchors if one is not None]


def are_buttons(block: Block) -> bool:
    """Whether it is pictures, and each a link to what shares the page."""
    if block.text:
        return False
    links = [anchor_of(chain) for _, chain in block.runs]
    return all(one is not None and shares(one.node.attributes.get("href") or "") for one in links)


def end_of_others(heading: Block, blocks: Sequence[Block]) -> int:
    """Where the box ends that begins with a heading over other articles; the heading's place if
    nothing is such a box.

    In it are as many lines that lead away as paragraphs, at least: each has its excerpt at most.
    """
    box = heading.element.parent
    if box is None or box.first != heading.at:
        return heading.at
    inside = blocks[heading.at + 1 : box.last]
    leading = sum(
        block.linked * 5 >= len(block.text) * 4 or opens_with_link(block)
        for block in inside
        if block.text
    )
    excerpts = sum(block.own >= _EXCERPT for block in inside)
    return box.last if leading >= excerpts else heading.at


def goes_on(block: Block, holder: Element) -> bool:
    """Whether it is a paragraph of prose, right in that element, or a line of it between breaks."""
    is_told = block.linked * 5 < len(block.text) and block.element.tag not in HEADINGS
    return is_told and block.own >= PROSE and holder in {block.element.parent, block.element}


def heads_list(label: Block, blocks: Sequence[Block]) -> bool:
    """Whether a few words, in a paragraph as it may be, stand over a list."""
    if len(label.text) > MAX_LABEL or label.element.tag == "li":
        return False
    return any(block.element.tag == "li" for block in blocks[label.at + 1 : label.at + 2])


def links_follow(heading: Block, blocks: Sequence[Block]) -> bool:
    """Whether what a heading stands over leads elsewhere."""
    following = [b for b in blocks[heading.at + 1 : heading.at + 4] if b.text]
    first = following[0] if following else heading
    if first.element.tag == "p" and first.own > _PARAGRAPH and not first.linked:
        return False  # it is over the text's own
    is_with_excerpts = len(following) > 1 and all(map(opens_with_link, following[:2]))
    return is_with_excerpts or any(map(is_mostly_link, following[:2]))


def is_mostly_link(block: Block) -> bool:
    """Whether it leads elsewhere: a link, or a list's item of one with its author or date."""
    is_link = 0 < len(block.text) * 4 <= block.linked * 5
    return is_link or (block.own < block.linked and opens_with_link(block))


def opens_with_link(block: Block) -> bool:
    """Whether a list's item begins with a link, as a headline over its excerpt is."""
    first = next((chain for run, chain in block.runs if isinstance(run, str) and run.strip()), None)
    return block.element.tag == "li" and anchor_of(first) is not None
