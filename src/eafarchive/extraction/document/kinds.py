"""How far each element of a page is from being prose, by what it is and what it stands in."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from eafarchive.extraction.document.outline import PROSE, Element, Outline, is_paragraph, is_prose
from eafarchive.extraction.document.rules import Rules
from eafarchive.phrases import is_all

_SEVERAL = 3
_SHOWN = 2
"""Times what a page hides at a text's end that it shows of it, at most."""
_ATTRIBUTIONS = frozenset(("footer", "figcaption"))
PLAIN, APART, FOREIGN, ELSEWHERE = range(4)
KIND_OF = {
    "figcaption": APART,
    "address": APART,
    "footer": FOREIGN,
    "form": FOREIGN,
    "dialog": FOREIGN,
    "nav": ELSEWHERE,
    "aside": ELSEWHERE,
}


def kinds_of(outline: Outline, rules: Rules, title_at: int | None) -> list[int]:
    """By element: how far it is from being prose; what holds the title is plain, an aside that a
    summary's label opens, what says whose words a quotation is, a form with most of the page's
    prose, as content management systems put around a text, and the rest of a text that a button
    unfolds.
    """
    at = -1 if title_at is None else title_at
    kinds: list[int] = []
    most = _with_most(outline)
    unfolded = _unfolded(outline) if rules.profile.trust_names else ()
    for element in outline.elements:
        is_hidden = element.hidden and element.at not in unfolded
        kind = ELSEWHERE if is_hidden else KIND_OF.get(element.tag, PLAIN)
        if kind and (
            element.first <= at < element.last
            or element is most
            or (element.tag == "aside" and _is_summary(element, outline, rules))
            or (element.tag in _ATTRIBUTIONS and _says_who(element, outline))
        ):
            kind = PLAIN
        parent = element.parent
        if parent is not None and kinds[parent.at] > kind:
            kind = kinds[parent.at]
        kinds.append(kind)
    return kinds


def _says_who(element: Element, outline: Outline) -> bool:
    """Whether it says whose words a quotation is: in its footer, or the caption of its figure."""
    parent = element.parent
    if element.hidden or parent is None:
        return False
    if element.tag == "footer":
        return parent.tag == "blockquote"
    return parent.tag == "figure" and outline.elements[parent.at + 1].tag == "blockquote"


def _is_summary(aside: Element, outline: Outline, rules: Rules) -> bool:
    """Whether the first words in it are the label of the article's summary."""
    blocks = map(outline.blocks.__getitem__, range(aside.first, aside.last))
    words = (block.line for block in blocks if block.text)
    return not aside.hidden and is_all(rules.summary, next(words, ""))


def _with_most(outline: Outline) -> Element | None:
    """The form that has more of the page's prose than all else, in several paragraphs."""
    forms = [one for one in outline.elements if one.tag == "form" and not one.hidden]
    if not any(form.last - form.first >= _SEVERAL for form in forms):
        return None
    places = [block.at for block in outline.blocks if block.own >= PROSE]
    sums = [0, *accumulate(outline.blocks[at].own for at in places)]
    for form in forms:
        first, last = (bisect_left(places, at) for at in (form.first, form.last))
        if last - first >= _SEVERAL and (sums[last] - sums[first]) * 2 > sums[-1]:
            return form
    return None


def _unfolded(outline: Outline) -> set[int]:
    """The places of the elements in which a text goes on that the page hides the rest of."""
    tops = [one for one in outline.elements if one.hidden and one.parent and not one.parent.hidden]
    rests = [one for one in tops if _ends_text(one, outline)]
    if not rests:
        return set()
    shown = {block.text for block in outline.blocks if is_prose(block) and not block.element.hidden}
    return {
        at
        for one in rests
        if not any(block.text in shown for block in outline.blocks[one.first : one.last])
        for at in range(one.at, one.end)
    }


def _ends_text(rest: Element, outline: Outline) -> bool:
    """Whether a hidden element goes on with the paragraphs right above and beside it, to their end:
    in several more, a good part of the text. A pop-up opens with a heading, or has a field.
    """
    blocks, holder = outline.blocks, rest.parent
    over = blocks[rest.first - 1] if rest.first else None
    own = [block for block in blocks[rest.first : rest.last] if block.text]
    if holder is None or over is None or over.element.parent is not holder or not own:
        return False
    paragraphs = [block.own for block in own if is_paragraph(block)]
    if len(paragraphs) < _SEVERAL or len(paragraphs) * 4 < len(own) * 3:
        return False
    if not (is_paragraph(over) and is_paragraph(own[0])) or over.element.hidden:
        return False
    if any(is_prose(block) for block in blocks[rest.last : holder.last]):
        return False
    if any(rest.first <= at <= rest.last for at, _ in outline.fields):
        return False
    shown = (block.own for block in blocks[holder.first : rest.first] if is_prose(block))
    return sum(paragraphs) * _SHOWN >= sum(shown)
