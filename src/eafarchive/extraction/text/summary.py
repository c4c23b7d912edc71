"""The summary that an article opens with, by its label: where it begins, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.hints import is_alike
from eafarchive.extraction.document.outline import (
    BREAK,
    Block,
    Element,
    child_around,
    is_prose,
    outermost,
)
from eafarchive.extraction.document.rules import Rules
from eafarchive.phrases import is_all

_MOST_SUMMARY = 3
"""Blocks of a labelled summary."""
_MAX_LINE = 200
"""Characters of a line at the title that may have the label at its end."""
_MAX_MORE = 150
"""Characters of what may go on below the paragraph that the label opens: longer is the article."""
_UNMARKED = "the end of In Brief is not marked: its first paragraph is taken"
_TOOLS = frozenset(("chrome.anywhere", "chrome.lead"))


def label_of(blocks: Iterable[Block], rules: Rules) -> Block | None:
    """The first block that is the summary's label, or a short line whose last element is."""
    for block in blocks if rules.profile.labels.summary else ():
        if is_all(rules.summary, block.line):
            return block
        if len(block.runs) > 1 and len(block.text) < _MAX_LINE:
            words = (run for run, _ in reversed(block.runs) if isinstance(run, str))
            last = next((run for run in words if not run.isspace()), "")
            if is_all(rules.summary, last.strip()):
                return block
    return None


def is_summary(chosen: list[Block], rules: Rules) -> bool:
    """Whether the blocks are a summary under its label, and no more."""
    return len(chosen) <= 1 + _MOST_SUMMARY and label_of(chosen[:1], rules) is not None


def unlabelled(
    chosen: list[Block], rules: Rules, below: Block | None
) -> tuple[list[Block], Block | None, bool]:
    """The blocks, their label, and whether that opened a paragraph, which is without it now; so
    does a label that is a button, with the paragraph ``below``.
    """
    label = label_of(chosen, rules)
    first = chosen[:_MOST_SUMMARY] if label is None and rules.profile.labels.summary else []
    for number, block in enumerate(first):
        opened = block if block is below else _without_label(block, rules)
        if opened is not None:
            return [*chosen[:number], opened, *chosen[number + 1 :]], opened, True
    return chosen, label, False


def below_button(chrome: Chrome, candidates: list[Block], rules: Rules) -> Block | None:
    """The paragraph right below a button that is the label, as where that shows and hides it."""
    for at, _, label in chrome.outline.buttons:
        if at >= chrome.start and is_all(rules.summary, label):
            return next((one for one in candidates if one.at >= at and one.text), None)
    return None


def opens_with_label(block: Block, rules: Rules) -> bool:
    """Whether the paragraph begins with the label in an element of its own."""
    return bool(rules.profile.labels.summary) and _without_label(block, rules) is not None


def _without_label(block: Block, rules: Rules) -> Block | None:
    """The paragraph without the label in an element of its own that it begins with."""
    words = block.runs[0][0] if len(block.runs) > 1 else None
    if not isinstance(words, str) or not is_all(rules.summary, words.strip()):
        return None
    runs = block.runs[1:]
    broken = runs[0][0] == BREAK
    while runs and isinstance(runs[0][0], str) and runs[0][0].isspace():
        del runs[0]
    text = block.text[len(words.strip()) :].strip()
    begins = text[:1].isupper() or text[:1] in "‘“\"'" or broken or words.strip().endswith(":")
    if not text or not begins or text[0] in ",.;":
        return None
    return block.part(runs, text)


def below_summary(chrome: Chrome, candidates: list[Block], container: Element) -> list[Block]:
    """What follows the summary's box and a widget, if that box is all the container holds.

    No body is so short. Nothing where no prose follows.
    """
    box = summary_holding(chrome, candidates, container)
    if box is None:
        return []
    rest = [b for b in candidates if b.at >= box]
    first = next((b.at for b in rest if is_prose(b)), 0)
    return rest if any(box <= at <= first for at in _tools(chrome)) else []


def summary_holding(chrome: Chrome, candidates: list[Block], container: Element) -> int | None:
    """Where the summary's box ends, if that is all the container holds; else ``None``."""
    below = below_button(chrome, candidates, chrome.rules)
    label = below or label_of(candidates, chrome.rules)
    after = [b for b in candidates if label and b.text and (b is below or b.at > label.at)]
    box = _box_of(label, after, opens=below is not None) if label and after else None
    return box.last if box is not None and container.last <= box.last else None


def with_summary(
    chrome: Chrome,
    label: Block | None,
    chosen: list[Block],
    out: dict[int, str],
    *,
    opens: bool = False,
) -> tuple[list[Block], list[Block], tuple[str, ...]]:
    """The labelled summary's blocks, and all blocks without the label and the words before it.

    It ends with its box, at a widget, a button, a rule or WordPress's "more" mark, but is no half
    of an article; where the label ``opens`` its paragraph, only short ones below belong to it,
    unless a widget follows, or a box ends that is unlike what follows.
    """
    if label is None or (not opens and _heads_a_part(chrome, label, chosen)):
        return [], chosen, ()
    begin = label.at + (not opens)
    after = [b for b in chosen if b.at >= begin and b.text]
    kept = [b for b in chosen if b.at >= begin or (b.at < label.at and not b.text)]
    out |= dict.fromkeys((b.at for b in chosen if b.at < label.at and b.text), "before the summary")
    if not opens:
        out[label.at] = "labels.summary"
    warnings: tuple[str, ...] = ()
    far = after[_MOST_SUMMARY].at if len(after) > _MOST_SUMMARY else chrome.end
    lines = (b.at for b in chosen if b.element.tag == "hr")
    marks = (*_tools(chrome), chrome.outline.more or 0, *lines)
    ends = [at for at in marks if begin < at <= far]
    around = _box_of(label, after, opens=opens) if after else None
    if around is not None:
        ends.append(around.last)
    if after and not ends and (box := _begin_of_rest(label, after)) is not None:
        ends.append(box)
    if after and not ends:
        ends.append(after[0].at + 1)
        warnings = (_UNMARKED,)
    limit = min(ends, default=0)
    summary = [b for b in after if b.at < limit]
    is_marked = limit in _tools(chrome) or (around is not None and not _is_a_part(around, after))
    if opens and not is_marked and any(len(b.text) > _MAX_MORE for b in summary[1:]):
        return summary[:1], kept, (_UNMARKED,)
    return summary, kept, warnings


def _heads_a_part(chrome: Chrome, label: Block, chosen: list[Block]) -> bool:
    """Whether the article has begun before the label: paragraphs, or one where no widget stands."""
    before = sum(block.at < label.at and is_prose(block) for block in chosen)
    return before > 1 or (before == 1 and not _tools(chrome))


def _tools(chrome: Chrome) -> list[int]:
    """The places of widgets and buttons."""
    widgets = (at for at, group in chrome.widgets.items() if group in _TOOLS)
    return [*widgets, *chrome.outline.sizers]


def _is_a_part(box: Element, after: list[Block]) -> bool:
    """Whether what follows a box is one alike, as sections of an article are."""
    below = next((block for block in after if block.at >= box.last), None)
    return below is not None and is_alike(child_around(below, box.parent), box)


def _box_of(label: Block, after: list[Block], *, opens: bool = False) -> Element | None:
    """The element that holds the label and the few blocks that it names; a paragraph that ``opens``
    with it has a box where one is around it.
    """
    inner = label.element
    is_alone = opens and inner is outermost(inner) and inner.last == label.at + 1
    element = inner.parent if is_alone else inner
    while element is not None and element.last <= after[0].at:
        element = element.parent
    if element is None:
        return None
    within = sum(b.at < element.last for b in after)
    return element if within <= _MOST_SUMMARY and within < len(after) else None


def _begin_of_rest(label: Block, after: list[Block]) -> int | None:
    """Where the element begins that holds the rest, if the label's few blocks stand beside it."""
    inner = label.element
    is_bare = inner.last > label.at + 1
    holder = inner if is_bare else outermost(inner).parent
    if holder is None or after[0].at >= holder.last:
        return None
    beside = list(takewhile(lambda block: block.element.parent is holder, after))
    if not 0 < len(beside) <= _MOST_SUMMARY or len(beside) == len(after):
        return None
    first = after[len(beside)]
    box = child_around(first, holder)
    within = sum(box.first <= block.at < box.last for block in after)
    return box.first if box.parent is holder and 1 < within == len(after) - len(beside) else None
