"""The picture over an article's text, and the few words that say what it shows."""

from __future__ import annotations

from typing import Final

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import Block, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.datelines import is_dateline
from eafarchive.extraction.lines.sentences import sentences_of
from eafarchive.extraction.people.frame import Frame
from eafarchive.extraction.pictures.figures import is_few_words
from eafarchive.extraction.pictures.images import has_picture
from eafarchive.extraction.pictures.legends import QUOTES
from eafarchive.extraction.pictures.players import PLAYED, plays

OVER: Final = "a few words at the picture over the article"
_NO_STOPS = ("?", "!", ":", "…")


def lead_captions(
    candidates: list[Block],
    chosen: list[Block],
    captions: list[Block],
    out: dict[int, str],
    rules: Rules,
) -> list[Block]:
    """The few words right after a picture over the article, before the ``chosen`` blocks.

    They stand in no body, and only say what the picture shows.
    """
    found: list[Block] = []
    begin = next((block.at for block in chosen if block.text), 0)
    known = {block.at for block in captions}
    picture: Block | None = None
    for block in candidates:
        if block.at >= begin:
            break
        is_known = block.at in known or out.get(block.at) == "notes.closing"
        is_at_picture = picture is not None or block.has_image
        if is_at_picture and not is_known and is_few_words(block, picture):
            is_played = plays(block, rules)
            found += [] if is_played else [block]
            out[block.at] = PLAYED if is_played else OVER
        picture = block if block.has_image and not block.text else None
    return found


def is_lead_bare(chosen: list[Block], frame: Frame, chrome: Chrome) -> bool:
    """Whether a picture without a caption stands between the title and the article's words."""
    blocks, byline_at = chrome.outline.blocks, frame.byline.at if frame.byline else -1
    first = next((block.at for block in chosen if block.text), chrome.start)
    over = [one for one in blocks[chrome.start : first] if has_picture(one)]
    return bool(over) and not any(
        (one.text and not is_dateline(one))
        or has_caption(one, chrome)
        or (one.at + 1 not in {byline_at, first} and is_few_words(blocks[one.at + 1]))
        for one in over
    )


def is_at_byline(blocks: list[Block], frame: Frame, chrome: Chrome) -> bool:
    """Whether the first block's few words stand right over or under the byline, in an element like
    its own, and the article's paragraphs beside them: no theme sets a deck so. What is in bold, is
    quoted or asks is no caption.
    """
    block, byline = blocks[0], frame.byline
    if byline is None or not is_few_words(block) or block.text.endswith(_NO_STOPS):
        return False
    first, last = sorted((block.at, byline.at))
    signed, between = chrome.outline.blocks[byline.at], chrome.outline.blocks[first + 1 : last]
    prose = next((below for below in blocks[1:] if is_prose(below)), signed)
    return (
        is_alike(block.element, signed.element)
        and block.element.parent is signed.element.parent is prose.element.parent
        and not any(one.text for one in between)
        and not block.text.startswith(QUOTES)
        and block.element.node.css_first("b, strong") is None
    )


def is_whole(blocks: list[Block]) -> bool:
    """Whether the first block is no sentence and a part of another, nor goes on in the next."""
    below = next((one for one in blocks[1:] if one.text), blocks[0])
    return len([*sentences_of(blocks[0].line)]) == 1 and not below.text[0].islower()


def has_caption(picture: Block, chrome: Chrome) -> bool:
    """Whether the picture has its caption in an element for it."""
    following = chrome.outline.blocks[picture.at + 1 : picture.at + 2]
    return any(block.element.tag == "figcaption" for block in following)
