"""The pictures an article shows: the real file of each, once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.outline import PROSE, Block, Chain, Element, Image, Outline
from eafarchive.extraction.document.page import resolve
from eafarchive.extraction.document.render import nfc
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.address import date_in
from eafarchive.extraction.lines.signposts import leads_to_page, own_hosts, shares
from eafarchive.extraction.pictures.legends import AGENCIES, AGENCY_ALONE, MAX_CREDIT
from eafarchive.extraction.pictures.sources import (
    SETS,
    SOURCES,
    is_avatar,
    is_of_month,
    is_resized,
    picture_url,
    same_file,
)
from eafarchive.model import Image as Picture

_OF_SOFTWARE = re.compile(
    r"/wp-(?:content/(?:plugins|themes)|includes)/[^?#]*\.(?:png|gif|jpe?g|svg|webp)(?:$|[?#])"
    r"|//[a-z0-9]{1,8}\.(?:printfriendly|addtoany|addthis|sharethis)\.com/|//[a-z]\.creativecommons\.org/"
    r"|//s\.w\.org/images/core/emoji/",
    re.IGNORECASE,
)
"""What comes with WordPress, a plugin or a theme; a script there may give any picture. And where
those that share, print or license a page keep their buttons."""
_LICENCE = re.compile(r"//(?:www\.)?creativecommons\.org/licen[cs]es/")
_MAX_BESIDE = 4
"""Blocks of the largest element with a picture and what names itself its caption."""
_MAX_LINE = 500
"""Characters of a caption that nothing but its credit tells."""
_BOXED = frozenset(
    ("byline.labels", "chrome.banners", "chrome.boxes", "chrome.ends", "chrome.related")
)
"""Boxes among the paragraphs, and lines, whose pictures are none of the article's."""
_MAX_OVER = 3
"""Blocks over an article among which its picture stands with its caption."""
_AGENCY = re.compile(rf"(?:{AGENCIES})\b", re.IGNORECASE)
_BEFORE_CREDIT = frozenset('.!?’”"–—-0123456789')
"""What stands before one: a sentence's end, a dash, a year."""
_MAX_FIGURE = 40
"""Blocks of the largest figure in which a caption is looked for; captions outside of figures."""


class Shown(NamedTuple):
    """An article's pictures in order, and those that stand in each block."""

    pictures: tuple[Picture, ...]
    standing: dict[int, list[Picture]]


def show_pictures(
    chrome: Chrome,
    first: int,
    last: int,
    captions: list[Block],
    base: str,
    named: Iterable[str] = (),
    people: frozenset[str] = frozenset(),
) -> Shown:
    """The pictures of ``blocks[first:last]``, with their captions and credits.

    Of a file that metadata has ``named``, its address there is taken: a smaller copy is shown.

    A caption is the figure's own, else the nearest of ``captions`` that no other picture has. What
    stands over a heading that leads to another article is that one's; what stands in a byline, or
    has one of the ``people`` for its only description, is a portrait.
    """
    outline, rules = chrome.outline, chrome.rules
    hosts = own_hosts(rules)
    order: list[tuple[str, int, str, str]] = []
    seen: dict[str, int] = {}
    named = tuple(named)
    whole_files = {same_file(url): url for url in named if not is_resized(url)}
    first = _with_lead(chrome, first, base, set(map(same_file, named)))
    for block in outline.blocks[first:last]:
        if not block.text and is_teasers(outline.blocks[block.at : block.at + 3]):
            continue
        if chrome.widgets.get(block.at) in _BOXED:
            continue
        for run, chain in block.runs:
            if not isinstance(run, Image) or is_icon(run, chain):
                continue
            if (url := picture_url(run.attributes, base)) is None:
                continue
            alt = nfc(" ".join((run.attributes.get("alt") or "").split()))
            if alt in people:
                continue
            name = same_file(url)
            link = anchor_of(chain)
            href = (link.node.attributes.get("href") or "") if link else ""
            if leads_to_page(href, hosts) and (
                chrome.elsewhere[block.element.at] or _is_alone(outline.blocks[block.at : last])
            ):
                continue
            whole = resolve(base, href)
            if whole and same_file(whole) == name:
                url = whole  # a smaller copy is shown, the link leads to the file itself
            url = whole_files.get(name, url) if is_resized(url) else url
            if name not in seen:
                seen[name] = len(order)
                order.append((url, block.at, alt, name))
            elif not order[seen[name]][2]:
                order[seen[name]] = (*order[seen[name]][:2], alt, name)
    places = [at for _, at, _, _ in order]
    words = _caption_texts(outline, places, captions, rules)
    pictures = [
        Picture(url, alt, text, find_credit(text, rules))
        for (url, _, alt, _), text in zip(order, words, strict=True)
    ]
    standing: dict[int, list[Picture]] = {}
    for at, picture in zip(places, pictures, strict=True):
        standing.setdefault(at, []).append(picture)
    return Shown(tuple(pictures), standing)


def _with_lead(chrome: Chrome, first: int, base: str, named: set[str]) -> int:
    """The place of the picture right over the article that metadata names, or that has a caption,
    or was put up when the article was; ``first`` if there is none.
    """
    outline = chrome.outline
    day = date_in(base, chrome.rules.profile)
    for block in reversed(outline.blocks[max(first - _MAX_OVER, 0) : first]):
        for run, chain in block.runs:
            url = picture_url(run.attributes, base) if isinstance(run, Image) else None
            if url and (
                same_file(url) in named
                or _figure_caption(outline, block.at)
                or (day and anchor_of(chain) is None and is_of_month(url, day))
            ):
                return block.at
    return first


def is_icon(image: Image, chain: Chain | None) -> bool:
    """Whether it is a person's avatar, a licence's badge, or a button that shares or prints the
    page, or comes with the software.
    """
    attributes, link = image.attributes, anchor_of(chain)
    files = [value for name in (*SOURCES, *SETS) if (value := attributes.get(name))]
    if is_avatar(attributes) or (files and all(map(_OF_SOFTWARE.search, files))):
        return True  # but not what stands in for a picture that is loaded late
    href = (link.node.attributes.get("href") or "") if link is not None else ""
    return shares(href) or _LICENCE.search(href) is not None


def _is_alone(blocks: list[Block]) -> bool:
    """Whether no few words, as a caption is, stand with the picture in the first block or below."""
    words = next((block for block in blocks[:_MAX_OVER] if block.text), None)
    return words is None or words.own >= PROSE or words.element.tag in HEADINGS


def has_picture(block: Block) -> bool:
    """Whether a picture stands in it that is no icon."""
    runs = block.runs if block.has_image else ()
    return any(isinstance(run, Image) and not is_icon(run, chain) for run, chain in runs)


def is_teasers(blocks: list[Block]) -> bool:
    """Whether the first block, a picture, is linked, and over a heading that leads elsewhere, or
    over words of which most lead where it does.
    """
    below = next((block for block in blocks if block.text), None)
    if below is None or below.linked * 2 < len(below.text):
        return False
    anchors = [anchor_of(chain) for run, chain in blocks[0].runs if isinstance(run, Image)]
    if below.element.tag in HEADINGS and not below.own:
        return any(anchors)
    leads = {one.node.attributes.get("href") for one in anchors if one} - {None, "", "#"}
    told = (anchor_of(chain) for run, chain in below.runs if leads and isinstance(run, str))
    return any(one and one.node.attributes.get("href") in leads for one in told)


def find_credit(caption: str | None, rules: Rules) -> str | None:
    """Who made the picture, by its caption: ``AAP`` of ``(Photo: AAP)``."""
    for pattern in rules.credits:
        if caption and (found := pattern.search(caption)):
            return " ".join(found["credit"].split()).rstrip(" .;,") or None
    alone = AGENCY_ALONE.search(caption[-MAX_CREDIT:]) if caption else None
    return alone["credit"] if alone else None


def ends_in_credit(text: str, rules: Rules) -> bool:
    """Whether the text ends in a credit as captions do: in brackets, or after a sentence."""
    if ")" not in text[-3:] and "]" not in text[-3:]:
        end = text[-MAX_CREDIT:]
        return (":" in end or "©" in end) and any(
            len(end) - found.end() <= 1
            and (
                not found.start()
                or end[: found.start()].rstrip()[-1:] in _BEFORE_CREDIT
                or _AGENCY.match(found["credit"]) is not None
            )
            for pattern in rules.credits[1:]
            for found in pattern.finditer(end)
        )
    return any(
        len(text) - found.end() <= 2
        for pattern in rules.credits[:1]
        for found in pattern.finditer(text)
    )


def _caption_texts(
    outline: Outline, places: list[int], captions: list[Block], rules: Rules
) -> list[str | None]:
    """The caption of the picture at each place."""
    own = {
        at: _figure_caption(outline, at)
        or _named_caption(outline, at, rules)
        or _credited_line(outline, at, rules)
        for at in set(places)
    }
    words = [own[at] for at in places]
    free = [number for number, text in enumerate(words) if text is None]
    for block in captions[:_MAX_FIGURE]:
        if not free:
            break
        if nfc(block.line) in words:
            continue  # its own picture's
        before = [number for number in free if places[number] <= block.at]
        number = before[-1] if before else free[0]
        words[number] = nfc(block.line)
        free.remove(number)
    return words


def _figure_caption(outline: Outline, at: int) -> str | None:
    """The caption of the innermost figure around the block that has one."""
    element: Element | None = outline.blocks[at].element
    while element is not None and element.last - element.first <= _MAX_FIGURE:
        if element.tag == "figure":
            inside = outline.blocks[element.first : element.last]
            words = [b.line for b in inside if b.text and _is_caption(b, element.at)]
            if words:
                return nfc(" ".join(words))
        element = element.parent
    return None


def _named_caption(outline: Outline, at: int, rules: Rules) -> str | None:
    """The words of the last element beside a picture, or around it, that names itself a caption."""
    holder: Element | None = outline.blocks[at].element
    last: Element | None = None
    while holder is not None and holder.last - holder.first <= _MAX_BESIDE:
        below = holder.at + 1
        while below < holder.end:
            element = outline.elements[below]
            if (
                element.first < element.last
                and (last is None or last.at < below)
                and rules.captions.search(element.hint)
            ):
                last = element
            below = element.end
        holder = holder.parent
    if last is None:
        return None
    inside = outline.blocks[last.first : last.last]
    return nfc(" ".join(block.line for block in inside if block.text))


def _credited_line(outline: Outline, at: int, rules: Rules) -> str | None:
    """The line right after a picture, if it ends in a credit; over a title no body has it."""
    if outline.blocks[at].text or at + 1 >= len(outline.blocks):
        return None
    line = outline.blocks[at + 1].line
    return nfc(line) if len(line) < _MAX_LINE and ends_in_credit(line, rules) else None


def _is_caption(block: Block, figure_at: int) -> bool:
    """Whether it stands in a ``figcaption`` of that figure, and not of one within it."""
    element = block.element
    wanted = "figcaption"
    while element.at > figure_at and element.parent is not None:
        wanted = "figure" if element.tag == wanted else wanted
        element = element.parent
        if element.tag == "figure":
            break
    return wanted == "figure" and element.at == figure_at
