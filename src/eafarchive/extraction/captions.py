"""Which paragraphs of a body are a picture's caption."""

from __future__ import annotations

from eafarchive.extraction.chrome import Chrome
from eafarchive.extraction.frame import Frame
from eafarchive.extraction.images import ends_in_credit
from eafarchive.extraction.outline import BREAK, Block, Image
from eafarchive.extraction.phrases import is_all
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.tags import HEADINGS

MAX_CAPTION = 500
_MAX_SHORT = 160
"""Characters of a caption without a credit."""
_EMPHASIS = frozenset(("em", "i"))


def without_captions(
    chrome: Chrome, rules: Rules, chosen: list[Block], frame: Frame, out: dict[int, str]
) -> tuple[list[Block], list[Block]]:
    """The blocks that are no captions, and those that are: before any prose, or at a picture."""
    kept: list[Block] = []
    captions: list[Block] = []
    has_prose = is_at_picture = is_labelled = False
    for block in chosen:
        is_labelled = is_labelled or is_all(rules.summary, block.line)
        if 0 < len(block.text) < MAX_CAPTION and (
            not has_prose or is_at_picture or block.has_image
        ):
            why = None
            if ends_in_credit(block.text, rules):
                why = "credits"
            elif is_at_picture and rules.captions.search(block.element.hint):
                why = "captions"
            elif (
                not (has_prose or is_labelled)
                and (is_at_picture or block.has_image)
                and _is_set_off(block, frame)
            ):
                why = "a few words at the picture over the article"
            if why is not None:
                captions.append(block)
                out[block.at] = why
                continue
        kept.append(block)
        is_at_picture = block.has_image or (is_at_picture and not block.text)
        has_prose = has_prose or chrome.is_prose(block)
    return kept, captions


def _is_set_off(block: Block, frame: Frame) -> bool:
    """Whether a few words at the first picture are set off from the text, and so are its caption.

    The byline follows, or they are all emphasised, or a line break parts them from the picture.
    """
    if len(block.text) > _MAX_SHORT or block.linked or block.element.tag in HEADINGS:
        return False
    if frame.byline is not None and block.at < frame.byline.at:
        return True
    words = [chain for run, chain in block.runs if isinstance(run, str) and run.strip()]
    if all(chain is not None and chain.tag in _EMPHASIS for chain in words):
        return True
    runs = [run for run, _ in block.runs if not isinstance(run, str) or run.strip() or run == BREAK]
    return len(runs) > 2 and isinstance(runs[0], Image) and runs[1] == BREAK
