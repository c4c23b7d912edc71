"""The pictures an article shows: the real file of each, once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eafarchive.extraction.outline import Attributes, Block, Element, Image
from eafarchive.extraction.page import Page, resolve
from eafarchive.extraction.render import ancestors, normal
from eafarchive.extraction.rules import Rules
from eafarchive.model import Image as Picture

_WRAPPED = re.compile(r"https?://[^/]+/(?:client|cdn-cgi/image|resize|fit-in)?/?[^?#]{0,200}?(https?://[^?#\s]+\.(?:jpe?g|png|gif|webp|avif)[^\s]*)", re.IGNORECASE)
_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5})?(?:-c-(?:default|center|top))?(?:-scaled)?(\.[a-z]{3,4})?(?:\.webp)?$", re.IGNORECASE)
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file", "src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")


def picture_url(attributes: Attributes, base: str) -> str | None:
    """The largest real file that an image names, its wrapper taken off."""
    best: tuple[float, str] | None = None
    for name in _SETS:
        for part in (attributes.get(name) or "").split(", "):
            words = part.strip().rstrip(",").split()
            if not words or words[0].startswith("data:"):
                continue
            try:
                size = float(words[1].rstrip("wx")) if len(words) > 1 else 1.0
            except ValueError:
                size = 1.0
            if best is None or size > best[0]:
                best = (size, words[0])
    candidates = [best[1]] if best else []
    candidates += [value for name in _SOURCES if (value := attributes.get(name)) and not value.startswith("data:")]
    for candidate in candidates:
        url = resolve(base, candidate)
        if url:
            inner = _WRAPPED.match(url)
            return inner[1] if inner else url
    return None


def same_file(url: str) -> str:
    """What two sizes of one file share."""
    stem = url.partition("?")[0].lower()
    return _SIZE.sub("", stem).rstrip("-")


def credit_of(caption: str | None, rules: Rules) -> str | None:
    """Who made the picture, by the caption."""
    for pattern in rules.credits:
        if caption and (found := pattern.search(caption)):
            return " ".join(found["credit"].split()).rstrip(" .;,") or None
    return None


def pictures(
    page: Page, rules: Rules, first: int, last: int, captions: Sequence[Block], outside: set[int]
) -> tuple[tuple[Picture, ...], dict[int, list[tuple[str, str]]]]:
    """The pictures among blocks ``first`` to ``last``, and by block what to show of them."""
    found: dict[str, Picture] = {}
    by_block: dict[int, list[tuple[str, str]]] = {}
    where: dict[str, int] = {}
    for block in page.outline.blocks[first:last]:
        for run, _ in block.runs:
            if not isinstance(run, Image) or block.at in outside:
                continue
            url = picture_url(run.attributes, page.base)
            if url is None:
                continue
            name = same_file(url)
            alt = normal(" ".join((run.attributes.get("alt") or "").split()))
            if name in found:
                if alt and not found[name].alt:
                    found[name] = Picture(found[name].url, alt, found[name].caption, found[name].credit)
                continue
            caption = _figcaption(block, page)
            found[name] = Picture(url, alt, caption, credit_of(caption, rules))
            where[name] = block.at
            by_block.setdefault(block.at, []).append((url, alt))
    for block in captions:
        text = normal(" ".join(block.text.split()))
        bare = [name for name, picture in found.items() if picture.caption is None]
        before = [name for name in bare if where[name] <= block.at]
        if bare:
            name = before[-1] if before else bare[0]
            picture = found[name]
            found[name] = Picture(picture.url, picture.alt, text, credit_of(text, rules))
    return tuple(found.values()), by_block


def _figcaption(block: Block, page: Page) -> str | None:
    figure: Element | None = next((e for e in ancestors(block) if e.tag == "figure"), None)
    if figure is None:
        return None
    texts = [
        " ".join(b.text.split())
        for b in page.outline.blocks[figure.first : figure.last]
        if b.text and any(e.tag == "figcaption" for e in ancestors(b))
    ]
    return normal(" ".join(texts)) or None
