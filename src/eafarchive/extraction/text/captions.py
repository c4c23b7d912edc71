"""Which paragraphs of a body are a picture's caption."""

from __future__ import annotations

import re

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.inline import is_emphasised
from eafarchive.extraction.document.outline import BREAK, Block, Image, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.dates import parse_date
from eafarchive.extraction.lines.names import fold, words_of
from eafarchive.extraction.lines.notes import is_closing_note
from eafarchive.extraction.lines.sentences import is_told, sentences_of
from eafarchive.extraction.lines.signposts import goes_on
from eafarchive.extraction.people.frame import Frame
from eafarchive.extraction.pictures.figures import (
    CAPTIONED,
    MAX_CAPTION,
    MAX_SHORT,
    is_few_words,
    words_of_pictures,
)
from eafarchive.extraction.pictures.images import ends_in_credit
from eafarchive.extraction.pictures.legends import (
    AGENCIES,
    ends_in_photographer,
    is_below_break,
    is_centred_caption,
    is_named_caption,
    points_up,
)
from eafarchive.extraction.pictures.players import PLAYED, plays
from eafarchive.phrases import is_all

_OVER = "a few words at the picture over the article"
_ENDS = tuple(".!?…:;,。！？：；।؟۔॥»”’\"'」』)）")
_MARKED = re.compile(r"[.!?][’”]?\[?\d{1,3}\]?$")
"""A sentence's end with a footnote's mark after it."""
_LONGEST_MARK = 8
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
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPLESS = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
"""Thai, Lao and Khmer, which end sentences with a space."""


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
    for number, block in enumerate(chosen):
        # a byline between picture and words parts them
        is_parted = frame.byline is not None and picture_at < frame.byline.at < block.at
        is_label = is_all(rules.summary, block.line)
        is_labelled = is_labelled or is_label
        is_shown = is_at_picture or block.at in boxed or block.has_image
        if 0 < len(block.text) < MAX_CAPTION and (
            not has_prose or is_shown or block.at - 1 in chrome.widgets
        ):
            why = None
            if ends_in_credit(block.text, rules) and (
                is_shown or not _OF_DATA.search(block.text) or _AGENCY.search(block.text)
            ):
                why = "credits"
            elif block.at in boxed:
                why = "a few words in a picture's box"
            elif (is_at_picture or block.has_image) and is_named_caption(block, rules):
                why = "captions"
            elif is_shown and (ends_in_photographer(block.text) or points_up(block)):
                why = "credits"
            elif has_prose and block.has_image and is_below_break(block):
                why = "a few words under a picture, after a line break"
            elif is_at_picture and is_centred_caption(chosen[number - 1 : number + 2]):
                why = "a few words centred as the picture over them is"
            elif (
                not has_prose
                and (not is_labelled or (not is_label and _is_before_byline(block, frame)))
                and (block.has_image or (is_at_picture and not is_captioned))
                and not _is_on_article(block, rules, names)
                and (
                    _is_set_off(block, frame)
                    or (
                        _ends_in_place(block, rules)
                        and not (is_parted and is_told(block.line))
                        and not _tells_more(block, chosen[number + 1 :], chrome)
                    )
                    or (not is_parted and _is_no_sentence(chosen[number : number + 3]))
                )
            ):
                why = _OVER
            if why is not None:
                is_played = plays(block, rules)
                captions += [] if is_played else [block]
                out[block.at] = PLAYED if is_played else why
                is_captioned = is_captioned or why == "captions"
                is_at_picture = is_at_picture and why != "credits"
                continue
        kept.append(block)
        if block.has_image:
            picture_at, is_captioned = block.at, _has_caption(block, chrome)
        is_at_picture = block.has_image or (is_at_picture and not block.text)
        has_prose = has_prose or is_prose(block)
    return kept, captions


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
            out[block.at] = PLAYED if is_played else _OVER
        picture = block if block.has_image and not block.text else None
    return found


def _has_caption(picture: Block, chrome: Chrome) -> bool:
    """Whether the picture has its caption in an element for it."""
    following = chrome.outline.blocks[picture.at + 1 : picture.at + 2]
    return any(block.element.tag == "figcaption" for block in following)


def _is_on_article(block: Block, rules: Rules, names: tuple[str, ...]) -> bool:
    """Whether a few words are about the article: whom it is an interview with, or a note."""
    asked = _ASKED.search(block.line)
    if asked and any(name in asked["whom"] for name in names):
        return True
    return is_closing_note(block.line, rules.profile.notes) or _PART.match(block.line) is not None


def _is_no_sentence(blocks: list[Block]) -> bool:
    """Whether the first block's few words end without a stop, and the article's first follow."""
    block, *others = blocks
    following = next((other for other in others if other.text), None)
    return (
        len(block.text) <= MAX_SHORT
        and not ("\n" in block.text and ":" in block.text)  # a list of facts
        and not (block.linked or block.has_image or block.text.endswith(_ENDS))
        and not _STOPLESS.search(block.text)
        and not _MARKED.search(block.text[-_LONGEST_MARK:])
        and block.element.tag in CAPTIONED
        and following is not None
        and is_prose(following)
    )


def _ends_in_place(block: Block, rules: Rules) -> bool:
    """Whether a few words end in the place, the day or the year they show: *…, Dili, 4 March*."""
    if len(block.text) > MAX_SHORT or block.linked:
        return False
    before, comma, last = block.line.rstrip(" .").rpartition(", ")
    day = last if last[:1].isdigit() else " ".join(last.split()[-3:])
    places = words_of(rules.profile.byline).places
    is_day = parse_date(day) is not None or (
        bool(_YEAR.fullmatch(last)) and not is_told(block.line)
    )
    return bool(comma) and " " in before and (fold(last) in places or is_day)


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
