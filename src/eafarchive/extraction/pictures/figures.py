"""Which words belong to a picture by where they stand: in its figure, or alone in a box with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from eafarchive.extraction.document.outline import PROSE, Block, Element
from eafarchive.extraction.document.tags import CELLS

MAX_CAPTION: Final = 500
MAX_SHORT: Final = 160
"""Characters of a caption without a credit."""
CAPTIONED: Final = frozenset(("p", "div", "span", "small", "center"))
"""What a caption stands in, if not in an element of its own."""
_FEWEST = 3
"""Spaces in a caption over the body; fewer words are a name or a label."""
_SHARE = 5
"""What the body is at least, by the words in its pictures' boxes."""
_OWNED = re.compile(r"\([^()/]{2,40}/[^()/]{2,40}\)\W?$")
"""Who took a picture, and for whom, at a caption's end."""
_LEAST = 20
"""Letters' worth of words of a caption in a line with its picture."""
_MAX_NAMED = 80
"""Characters of a line beside a caption that says whose picture it is."""
_COUNTER = re.compile(r"[^\W\d_]{2,12} \d{1,3} (?:of|/|von|sur|de|di|van|av|z|из) \d{1,3}")
"""Which of several pictures is shown: *Item 1 of 3*."""
_CELLS = 2
"""Those of a table that holds a picture and its caption."""
_MAX_FIGURE = 8
"""Blocks of a figure with a picture in it."""


def words_of_pictures(chosen: list[Block]) -> frozenset[int]:
    """The places of those blocks of a body that belong to a picture by where they stand.

    The few words that share an element with it, and with nothing else of the body, are none where
    so much of the body stands so that the article is made of pictures.
    """
    chosen = [block for block in chosen if not _COUNTER.fullmatch(block.text)]
    in_divs = _is_in_paragraphs(chosen)
    found: list[Block] = []
    for number, block in enumerate(chosen):
        if not block.text and block.has_image:
            words = _in_box(chosen, number, MAX_CAPTION if in_divs else MAX_SHORT)
            if words is not None:
                found.append(words)
        elif in_divs and block.element.tag == "div" and _is_under_picture(block):
            found.append(block)
    whole = sum(len(block.text) for block in chosen)
    if sum(len(block.text) for block in found) * _SHARE > whole:
        found = []
    return frozenset(block.at for block in (*found, *_in_figures(chosen)))


def is_few_words(block: Block, picture: Block | None = None) -> bool:
    """Whether it may be a caption: in an element as those have, or the cell beside its picture."""
    return (
        0 < len(block.text) <= MAX_SHORT
        and block.text.count(" ") >= _FEWEST
        and not block.linked
        and (block.element.tag in CAPTIONED or _is_next_cell(picture, block))
    )


def _is_next_cell(picture: Block | None, block: Block) -> bool:
    """Whether a block is the cell after the picture's in a table of these two."""
    if picture is None or block.element.tag not in CELLS or picture.element.tag not in CELLS:
        return False
    box = picture.element
    while box.last <= block.at and box.parent is not None:
        box = box.parent
    return (box.first, box.last) == (picture.at, block.at + 1)


def _is_in_paragraphs(chosen: list[Block]) -> bool:
    """Whether the body's prose stands in paragraphs, so that a longer ``div`` is none of it."""
    prose = [block for block in chosen if block.own >= PROSE]
    return sum(block.element.tag == "p" for block in prose) * 2 > len(prose)


def _in_box(chosen: list[Block], number: int, most_in_div: int) -> Block | None:
    """The words that follow a picture in its box."""
    following = next((block for block in chosen[number + 1 : number + 3] if block.text), None)
    if following is None or not (
        following.element.tag in CAPTIONED | CELLS or _is_alone_in_list(following, chosen[number])
    ):
        return None
    most = most_in_div if following.element.tag == "div" else MAX_SHORT
    if len(following.text) > (MAX_CAPTION if _OWNED.search(following.text) else most):
        return None
    if following.linked * 2 > len(following.text):
        return None
    box = chosen[number].element
    while box.last <= following.at and box.parent is not None:
        box = box.parent
    if following.element.tag in CELLS and box.last - box.first > _CELLS:
        return None
    others = (*chosen[max(number - 1, 0) : number], *chosen[number + 1 : number + 5])
    alone = all(
        other is following
        or not box.first <= other.at < box.last
        or (len(other.text) <= _MAX_NAMED and other.element.tag == "div")
        for other in others
    )
    return following if alone and box.last < chosen[-1].at else None


def _is_under_picture(block: Block) -> bool:
    """Whether it is a picture and a few words under it, in an inline element of their own."""
    if block.own < _LEAST or len(block.text) > MAX_SHORT or block.linked:
        return False
    children = list(block.element.node.iter())
    if [one.tag for one in children] not in (["img", "span"], ["span", "span"]):
        return False
    picture, words = children
    is_picture = picture.tag == "img" or picture.css_first("img") is not None
    is_whole = " ".join(words.text().split()) == block.line
    return is_picture and is_whole and not words.css("b, strong, img")


def _is_alone_in_list(block: Block, picture: Block) -> bool:
    """Whether it is all of a list of terms, or all but the picture, as some set a caption."""
    holder = block.element.parent
    if holder is None or holder.tag != "dl" or holder.last != block.at + 1:
        return False
    return holder.first in {block.at, picture.at}


def _in_figures(chosen: list[Block]) -> list[Block]:
    """The words that stand in a ``figure`` with a picture, and in no element of their own there."""
    found: list[Block] = []
    pictures: list[int] | None = None
    for block in chosen:
        figure = _figure_around(block) if 0 < len(block.text) < MAX_CAPTION else None
        if figure is not None and figure.last - figure.first <= _MAX_FIGURE:
            if pictures is None:
                pictures = [one.at for one in chosen if one.has_image]
            if bisect_left(pictures, figure.first) < bisect_left(pictures, figure.last):
                found.append(block)
    return found


def _figure_around(block: Block) -> Element | None:
    """The figure that the block stands in, with boxes between them at most."""
    element: Element | None = block.element
    while element is not None and element.tag in CAPTIONED:
        element = element.parent
    return element if element is not None and element.tag == "figure" else None
