"""What leads on to other articles among the paragraphs: links under a label, links in a box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from eafarchive.extraction.chrome.promotions import FILE
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.inline import unlinked
from eafarchive.extraction.document.outline import (
    BREAK,
    PROSE,
    Block,
    Element,
    child_around,
)
from eafarchive.extraction.document.page import host_of, resolve
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import CELLS, HEADINGS
from eafarchive.extraction.lines.signposts import (
    AUTHORS,
    MAX_LABEL,
    goes_on,
    hrefs_of,
    is_card,
    leads_out,
    leads_within,
)
from eafarchive.phrases import is_all

LABELLED = "chrome.related"
BOXED = "a box that leads to another page"
LINES = "lines that lead to other pages, and no other words"
TRANSLATED = "links to the article in other languages"
_HEADLINE = 20
"""Characters of a headline, at least."""
_EXCERPT = 300
"""Characters of another article's excerpt, at most."""
_LINE = 20
"""Letters of the paragraph before a box, at least."""
_MOST = 4
"""Blocks of such a box."""
_SHARE = 4
"""Such boxes hold at most so small a part of the words: more of them are the article."""
_LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy"
    " id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si"
    " sk sl sq sr sv sw ta te tet tg th tk tl tr ug uk ur uz vi zh zu"
).replace(" ", "|")
_TRANSLATION = re.compile(rf"(?:/|/?[?&]lang=)(?:{_LANGUAGES})(?:-[a-z]{{2,4}})?/?", re.IGNORECASE)
"""What the address of an article in another language adds to its own: a code of ISO 639, which
countries' codes are not."""
_MOST_OVER = 40
"""Letters of the words before such links."""
_MOST_WORDS = 4
"""Words there without a colon, as in *Read this article in*: more are a note on the article."""
_DASHES = frozenset("-–—•·»›►▶")
_CAPITALS = re.compile(r"[^\W\d_]{3,20}(?: [^\W\d_]{2,20}){0,2} ?[–—|:-]")
_LINES = frozenset(("p", "td", "th"))
_STOPS = (".", "。", "।", ":")


def led_onward(chosen: Sequence[Block], rules: Rules, base: str) -> dict[int, str]:
    """Why those of the blocks that lead on to other articles are no text, by their places.

    ``base`` is what the page's references are resolved against.
    """
    found: dict[int, str] = {}
    excerpts: dict[int, str] = {}
    for number, block in enumerate(chosen):
        if block.linked and _leads_to_translations(block, base):
            found[block.at] = TRANSLATED
        elif block.linked and (_is_list(block, base) or _is_under_capitals(block, base)):
            is_amid = _is_amid(chosen[max(number - 1, 0) : number + 2])
            if is_amid and not chosen[number - 1].text.endswith(":"):
                found[block.at] = LINES
        if block.own or len(block.text) < 2 or block.at in found:
            continue
        if number and _is_label(label := chosen[number - 1], block, rules):
            for one in chosen[number - 1 :]:
                if one.at >= block.at and not _is_headline(one, label.element.parent):
                    break
                found[one.at] = LABELLED
        elif (block.element.tag in HEADINGS or block.element.tag in _LINES) and (
            box := _box_around(block, chosen, number)
        ):
            near = chosen[max(number - _MOST, 0) : number + _MOST]
            inside = [one for one in near if box.first <= one.at < box.last]
            lines = [one for one in inside if one.text]
            if leads_on(block, base) and _is_of_one(block, lines, box):
                (found if len(lines) == 1 else excerpts).update(
                    dict.fromkeys((one.at for one in inside), BOXED)
                )
    if not excerpts:
        return found
    words = sum(len(one.text) for one in chosen)
    if sum(len(one.text) for one in chosen if one.at in excerpts) * _SHARE <= words:
        found |= excerpts
    return found


def headings_of_parts(chosen: Sequence[Block], base: str) -> frozenset[int]:
    """The places of linked headings right over paragraphs beside them that head these: they lead to
    other sites, or within the page, or there are several alike.
    """
    found: dict[tuple[str, str], list[Block]] = {}
    for heading, following in pairwise(chosen):
        element, holder = heading.element, heading.element.parent
        is_linked = element.tag in HEADINGS and heading.linked > 0 and not heading.own
        if is_linked and holder is not None and goes_on(following, holder) and not is_card(heading):
            found.setdefault((element.tag, element.kind), []).append(heading)
    return frozenset(
        heading.at
        for alike in found.values()
        for heading in alike
        if len(alike) > 1 or leads_within(heading) or leads_out(heading, (host_of(base),))
    )


def _is_label(label: Block, block: Block, rules: Rules) -> bool:
    """Whether a headline stands right under words that lead on to such: *Read more:*."""
    return (
        label.at + 1 == block.at
        and 0 < len(label.text) <= MAX_LABEL
        and not label.linked
        and label.element.tag == "p"
        and _is_headline(block, label.element.parent)
        and is_all(rules.related, label.line)
    )


def _is_list(block: Block, base: str) -> bool:
    """Whether each of several lines is a dash and a headline that leads to an article of the site,
    and there are no other words.
    """
    if "\n" not in block.text:
        return False
    runs = [run if isinstance(run, str) else "" for run, _ in block.runs]
    lines = [line.strip() for line in "".join(runs).split(BREAK) if line.strip()]
    hrefs = hrefs_of(block)
    return (
        1 < len(lines) == len(hrefs) == len(set(hrefs))
        and all(line[0] in _DASHES and len(line) >= _HEADLINE for line in lines)
        and not any(map(str.isalnum, unlinked(block)))
        and all(leads_to_own(href, base) for href in hrefs)
    )


def _is_under_capitals(block: Block, base: str) -> bool:
    """Whether it is a headline that leads to an article of the site, after a label in capitals and
    a dash: *PODCAST – The night ferry*.
    """
    if block.text[1:2].islower() or block.text.endswith(_STOPS):
        return False
    label = " ".join(unlinked(block).split())
    return (
        bool(_CAPITALS.fullmatch(label))
        and label.isupper()
        and " ".join(block.text.split()).startswith(label)
        and len(block.text) - len(label) > _HEADLINE
        and leads_on(block, base)
    )


def _is_headline(block: Block, holder: Element | None) -> bool:
    """Whether it is a paragraph of one link in that element, or the bare link in a table's cell,
    and a headline long.
    """
    element = block.element
    return (
        (element.parent is holder if element.tag == "p" else element is holder)
        and (element.tag == "p" or element.tag in CELLS)
        and not block.own
        and len(block.text) >= _HEADLINE
        and len(set(hrefs_of(block))) == 1
    )


def _box_around(block: Block, chosen: Sequence[Block], number: int) -> Element | None:
    """The small box around the block that stands right between paragraphs, or over a subheading of
    theirs, and is not like what they stand in.
    """
    before = next((one for one in reversed(chosen[max(number - 2, 0) : number]) if one.text), None)
    if before is None or before.element.tag != "p" or before.own < _LINE:
        return None
    box = block.element
    while box.parent is not None and box.parent.first > before.at:
        box = box.parent
        if box.last - box.first > _MOST:
            return None
    following = chosen[number : number + _MOST + 2]
    after = next((one for one in following if one.at >= box.last and one.text), None)
    if box is block.element or box.parent is None or after is None or after.linked * 2 > after.own:
        return None
    is_on = after.element.tag in HEADINGS or (after.element.tag == "p" and after.own >= PROSE)
    around = (child_around(one, box.parent) for one in (before, after))
    return None if not is_on or any(is_alike(one, box) for one in around) else box


def _is_amid(blocks: Sequence[Block]) -> bool:
    """Whether the second of three paragraphs side by side stands between two of prose."""
    holder = blocks[0].element.parent
    return len(blocks) == 3 and all(
        block.element.tag == "p"
        and block.element.parent is holder
        and (at == 1 or block.own >= PROSE)
        for at, block in enumerate(blocks)
    )


def _is_of_one(block: Block, lines: list[Block], box: Element) -> bool:
    """Whether what a box holds is a headline, or a linked heading with a picture, or with an
    excerpt, each in a box of its own, as cards are made: a writer sets a paragraph beside it. Over
    the heading at a picture what it is filed under may be another.
    """
    if block.element.tag not in HEADINGS:
        is_long = len(block.text) >= _HEADLINE and not block.text.endswith(_STOPS)
        return len(lines) == 1 and is_long
    if len(lines) == 1:
        return box.last - box.first > 1
    if len(lines) != 2 or lines[0] is not block:
        return False
    if lines[1].linked:
        is_heading = lines[1].element.tag in HEADINGS and not lines[1].own
        return is_heading and box.last - box.first > 2
    return len(lines[1].text) <= _EXCERPT and lines[1].element.parent is not block.element.parent


def _leads_to_translations(block: Block, base: str) -> bool:
    """Whether a few words, no sentence and no note, stand before links to the page in other
    languages alone. A heading is over its own part; a list's item has no words before them.
    """
    if block.element.tag in HEADINGS or (block.element.tag == "li" and block.own):
        return False
    if block.own > _MOST_OVER or block.text.endswith(_STOPS):
        return False
    words = unlinked(block).split()
    if len(words) > _MOST_WORDS and not words[-1].endswith((":", "：")):
        return False
    page = base.partition("#")[0].rstrip("/")
    leads = [resolve(base, href) or "" for href in hrefs_of(block)]
    return all(
        lead.startswith(page) and _TRANSLATION.fullmatch(lead[len(page) :]) for lead in leads
    )


def leads_on(block: Block, base: str) -> bool:
    """Whether all its words lead to one page of the site's own, and no author's."""
    hrefs = set(hrefs_of(block))
    return leads_to_own(hrefs.pop() if len(hrefs) == 1 else "#", base)


def leads_to_own(href: str, base: str) -> bool:
    """Whether a reference is to a page of the site's own, and no author's."""
    if href[:1] in {"", "#"} or FILE.search(href) or AUTHORS.search(href):
        return False
    return host_of(resolve(base, href) or "") == host_of(base)
