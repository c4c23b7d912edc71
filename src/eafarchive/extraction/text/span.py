"""Which candidates are the body's: the container's, what leads to it, and what goes on with it."""

from __future__ import annotations

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import PROSE, Block, Element, is_paragraph
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.lines.names import is_name_shaped, words_of
from eafarchive.extraction.lines.notes import is_note
from eafarchive.extraction.lines.sentences import is_told
from eafarchive.extraction.pictures.figures import MAX_CAPTION
from eafarchive.extraction.pictures.images import ends_in_credit, has_picture, is_teasers
from eafarchive.extraction.text.reach import pieces_of, reach_of
from eafarchive.extraction.text.summary import (
    below_button,
    is_summary,
    label_of,
    opens_with_label,
)
from eafarchive.phrases import is_all

NO_PROSE = "no prose, before the element that holds the body"
_LEAD = 400
"""Letters of paragraphs that are no deck."""
_STOPS = (".", "!", "?", "”", "’")


def choose_blocks(
    chrome: Chrome,
    rules: Rules,
    candidates: list[Block],
    container: Element,
    names: tuple[str, ...],
    out: dict[int, str],
) -> list[Block]:
    """The container's blocks, with the prose that leads to it and the notes that follow it; and
    the pictures between it and prose that goes on with it.
    """
    chosen: list[Block] = []
    pictures: list[Block] = []
    blocks, is_labelled = chrome.outline.blocks, False
    opened = below_button(chrome, candidates, rules)
    first, last = reach_of(container, chrome, candidates)
    begin, end = pieces_of(container, chrome, candidates)
    opening = _openings_of(candidates, begin)
    for number, block in enumerate(candidates):
        if block.at < begin:
            is_labelled |= block is opened or label_of((block,), rules) is not None
            is_labelled |= opens_with_label(block, rules)
            if (
                is_labelled
                or (not block.text and not is_teasers(candidates[number : number + 3]))
                or (first <= block.at and block.own >= PROSE and block.linked * 2 < len(block.text))
                or (len(block.text) < MAX_CAPTION and ends_in_credit(block.text, rules))
                or block.at in opening
            ):
                chosen.append(block)
            else:
                out[block.at] = NO_PROSE
        elif (
            block.at < end
            or (block.at == end and has_picture(block) and is_summary(chosen, rules))
            or is_note(block.line, rules.profile, names)
        ):
            chosen.append(block)
        elif block.at < last and _continues(chosen, block, rules, blocks[block.at - 1]):
            for picture in pictures:
                del out[picture.at]
            chosen += [*pictures, block]
            pictures = []
        else:
            out[block.at] = "after the element that holds the body"
            pictures += [block] if has_picture(block) and not block.text else []
            below = candidates[number + 1 : number + 2] if block.line.endswith(names) else []
            is_passed = any(is_note(one.line, rules.profile, names) for one in below)
            is_passed = is_passed or is_all(rules.tail, block.line)
            if block.element.tag in HEADINGS and block.text and not is_passed:
                break
    return chosen


def _openings_of(candidates: list[Block], begin: int) -> set[int]:
    """The paragraphs over the container that are longer than a deck, and so the text's; or such as
    are so together, right beside each other and the container, in elements that are alike.
    """
    over = [block for block in candidates if block.at < begin and _may_open(block)]
    found = {block.at for block in over if block.own >= _LEAD and not block.linked}
    row: list[Block] = []
    for block in reversed(over):
        holder, next_at = block.element.parent, row[-1].at if row else begin
        is_beside = holder is not None and holder.last > begin and block.at + 1 == next_at
        if not is_beside or (row and not is_alike(row[-1].element, block.element)):
            break
        row.append(block)
    if sum(block.own for block in row) >= _LEAD:
        found.update(block.at for block in row)
    return found


def _may_open(block: Block) -> bool:
    return is_paragraph(block) and block.text.endswith(_STOPS)


def _continues(chosen: list[Block], block: Block, rules: Rules, over: Block) -> bool:
    """Whether it is a paragraph of prose with few links, and not in one box with nothing but a
    name ``over`` it; or a sentence right below one of the text and beside it, in an element
    like its own.
    """
    before = chosen[-1] if chosen else block
    if is_paragraph(block):
        box = block.element.parent
        is_carded = box is not None and (box.first, box.last) == (over.at, block.at + 1)
        if not is_carded or before is over or not over.text:
            return True
        return not is_name_shaped(over.line, words_of(rules.profile.byline))
    one, other = before.element, block.element
    if before.at + 1 != block.at or one.tag != other.tag or before.own < PROSE:
        return False
    if block.linked or rules.pleas.search(block.line) or not block.text.endswith(_STOPS):
        return False
    is_beside = one.parent is other.parent and is_alike(one, other)
    return is_beside and (one.tag == "div" or (one.tag == "p" and is_told(block.line)))
