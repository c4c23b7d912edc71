"""Which paragraphs of a body are a picture's caption."""

from __future__ import annotations

import re

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.inline import is_emphasised
from eafarchive.extraction.document.outline import BREAK, Block, Image, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.notes import is_closing_note
from eafarchive.extraction.lines.sentences import is_told, sentences_of
from eafarchive.extraction.lines.signposts import goes_on
from eafarchive.extraction.people.frame import Frame
from eafarchive.extraction.pictures.figures import (
    MAX_CAPTION,
    MAX_SHORT,
    words_of_pictures,
)
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.extraction.pictures.legends import (
    AGENCIES,
    ends_in_agency,
    ends_in_day,
    ends_in_photographer,
    ends_in_place,
    is_below_break,
    is_centred_caption,
    is_named_caption,
    is_no_sentence,
    points_up,
)
from eafarchive.extraction.pictures.players import PLAYED, plays
from eafarchive.extraction.text.lead import OVER, has_caption, is_at_byline, is_lead_bare, is_whole
from eafarchive.phrases import is_all

_NEAR = 3
"""Blocks from it on among which the article's first stands."""
_OF_DATA = re.compile(r"[(\[](?:(?:data )?sources?|quelle)\b", re.IGNORECASE)
"""Where figures come from, and a picture as it may be."""
_PART = re.compile(
    r"this (?:article|essay|piece|post|is) (?:is )?the (?:\w{1,12} (?:part|instal{1,2}ment)"
    r"|\w{1,12} (?:article|essay|piece|post) (?:in|of) )",
    re.IGNORECASE,
)
"""How a line begins that says which part of a series the article is."""
_ASKED = re.compile(
    r"\b(?:(?:spoke|speaks|talked|talks|sat down|sits down) (?:to|with)|interview(?:s|ed)) "
    r"(?P<whom>.+)"
)
_AGENCY = re.compile(
    rf"[(\[](?:sources?|quelle): ?[^()\[\]]{{0,40}}\b(?:{AGENCIES})\b", re.IGNORECASE
)
"""Where pictures come from, and no figures."""
_AFTER_STOP = re.compile(r"[.!?][’”]? [(\[][^()\[\]]{1,60}[)\]]\W?$")
"""A credit that is no part of the sentence before it."""


def without_captions(
    chrome: Chrome,
    rules: Rules,
    chosen: list[Block],
    frame: Frame,
    names: tuple[str, ...],
    out: dict[int, str],
) -> tuple[list[Block], list[Block]]:
    """The blocks that are no captions, and those that are: before any prose, or at a picture.

    ``names`` are the authors as far as known.
    """
    kept: list[Block] = []
    captions: list[Block] = []
    boxed = words_of_pictures(chosen)
    has_prose = is_at_picture = is_captioned = is_labelled = False
    picture_at = -1
    is_below_picture = is_lead_bare(chosen, frame, chrome)
    for number, block in enumerate(chosen):
        # a byline between picture and words parts them
        is_parted = frame.byline is not None and picture_at < frame.byline.at < block.at
        is_label = is_all(rules.summary, block.line)
        is_labelled = is_labelled or is_label
        is_shown = is_at_picture or block.at in boxed or block.has_image
        near = chosen[number : number + _NEAR]
        is_signed = not has_prose and is_at_byline(near, frame, chrome)
        is_lead = is_signed and is_below_picture and not (is_shown or is_labelled or captions)
        is_lead = is_lead and not any(one.text for one in kept)
        if 0 < len(block.text) < MAX_CAPTION and (
            not has_prose or is_shown or block.at - 1 in chrome.widgets
        ):
            why = None
            if ends_in_credit(block.text, rules) and (
                is_shown
                or not _OF_DATA.search(block.text)
                or _AGENCY.search(block.text)
                or (is_lead and _is_of_no_data(block.text))
            ):
                why = "credits"
            elif block.at in boxed:
                why = "a few words in a picture's box"
            elif (is_at_picture or block.has_image) and is_named_caption(block, rules):
                why = "captions"
            elif is_shown and (
                ends_in_photographer(block.text) or ends_in_agency(block.text) or points_up(block)
            ):
                why = "credits"
            elif has_prose and block.has_image and is_below_break(block):
                why = "a few words under a picture, after a line break"
            elif is_at_picture and is_centred_caption(chosen[number - 1 : number + 2]):
                why = "a few words centred as the picture over them is"
            elif (
                is_at_picture
                and not is_captioned
                and ends_in_day(block)
                and not _tells_more(block, chosen[number + 1 :], chrome)
            ):
                why = "a few words at a picture, and when it was taken"
            elif (
                not has_prose
                and (not is_labelled or (not is_label and _is_before_byline(block, frame)))
                and (block.has_image or (is_at_picture and not is_captioned) or is_lead)
                and not _is_on_article(block, rules, names)
                and (
                    (_is_before_byline(block, frame) if is_lead else _is_set_off(block, frame))
                    or (
                        ends_in_place(block, rules)
                        and not (is_parted and is_told(block.line))
                        and not _tells_more(block, chosen[number + 1 :], chrome)
                    )
                    or ((not is_parted or (is_signed and is_whole(near))) and is_no_sentence(near))
                )
            ):
                why = OVER
            if why is not None:
                is_played = plays(block, rules)
                captions += [] if is_played else [block]
                out[block.at] = PLAYED if is_played else why
                is_captioned = is_captioned or why == "captions"
                is_at_picture = is_at_picture and why != "credits"
                continue
        kept.append(block)
        if block.has_image:
            picture_at, is_captioned = block.at, has_caption(block, chrome)
        is_at_picture = block.has_image or (is_at_picture and not block.text)
        has_prose = has_prose or is_prose(block)
    return kept, captions


def _is_on_article(block: Block, rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether a few words are about the article: whom it is an interview with, or a note."""
    asked = _ASKED.search(block.line)
    if asked and any(name in asked["whom"] for name in names):
        return True
    return is_closing_note(block.line, rules.profile.notes) or _PART.match(block.line) is not None


def _tells_more(block: Block, below: list[Block], chrome: Chrome) -> bool:
    """Whether it is told in two sentences; or in one, as the paragraphs below it are built, on a
    page whose pictures have captions in elements for them.
    """
    told = sum(is_told(" ".join(sentence)) for sentence in sentences_of(block.line))
    if told != 1:
        return told > 1
    element, following = block.element, next((one for one in below if one.text), block)
    is_paragraph = element.parent is not None and goes_on(following, element.parent)
    return (
        is_paragraph
        and is_alike(element, following.element)
        and any(one.element.tag == "figcaption" for one in chrome.outline.blocks[chrome.start :])
    )


def _is_of_no_data(text: str) -> bool:
    """Whether a source is named after a sentence in which nothing is counted."""
    return _AFTER_STOP.search(text) is not None and not any(map(str.isdigit, text))


def _is_before_byline(block: Block, frame: Frame) -> bool:
    return frame.byline is not None and block.at < frame.byline.at


def _is_set_off(block: Block, frame: Frame) -> bool:
    """Whether a few words at the first picture are set off from the text, and so are its caption.

    The byline follows, or they are all emphasised, or a line break parts them from the picture.
    """
    if len(block.text) > MAX_SHORT or block.linked or block.element.tag in HEADINGS:
        return False
    if _is_before_byline(block, frame):
        return True
    if is_emphasised(block):
        return True
    runs = [run for run, _ in block.runs if not isinstance(run, str) or run.strip() or run == BREAK]
    return len(runs) > 2 and isinstance(runs[0], Image) and runs[1] == BREAK
