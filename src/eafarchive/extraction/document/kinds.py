"""How far each element of a page is from being prose, by what it is and what it stands in."""

from __future__ import annotations

from bisect import bisect_left

from eafarchive.extraction.document.outline import PROSE, Element, Outline
from eafarchive.extraction.document.rules import Rules
from eafarchive.phrases import is_all

_SEVERAL = 3
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
    summary's label opens, what says whose words a quotation is, and a form with most of the page's
    paragraphs, as content management systems put around a text.
    """
    at = -1 if title_at is None else title_at
    kinds: list[int] = []
    most = _with_most(outline)
    for element in outline.elements:
        kind = ELSEWHERE if element.hidden else KIND_OF.get(element.tag, PLAIN)
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
    """The form that has more paragraphs of prose than all else, and several."""
    forms = [one for one in outline.elements if one.tag == "form" and not one.hidden]
    if not any(form.last - form.first >= _SEVERAL for form in forms):
        return None
    places = [block.at for block in outline.blocks if block.own >= PROSE]
    for form in forms:
        within = bisect_left(places, form.last) - bisect_left(places, form.first)
        if within >= _SEVERAL and within * 2 > len(places):
            return form
    return None
