"""The names that an author's element holds, or a line lists, without what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from eafarchive.extraction.document.inline import join_seamed
from eafarchive.extraction.document.page import Page, host_of
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.datelines import undated
from eafarchive.extraction.lines.byline_shape import without_site
from eafarchive.extraction.lines.date_words import TO_NAME
from eafarchive.extraction.lines.names import (
    Words,
    fold,
    is_group,
    is_name_shaped,
    without_trade,
    words_of,
)
from eafarchive.extraction.lines.signposts import AUTHORS
from eafarchive.extraction.people.reporters import is_sinic_name, names_on_line

_MAX_LINE = 120
_AGENCY = 5
"""Letters of the longest acronym that may follow a name; more in capitals are a surname."""
_NAME = "[itemprop~=name], [property~=name], [property~='schema:name']"
_CALLED = ".name, .fn, [class$=-name], [class$=_name]"
BY = re.compile(
    rf"(?:written |posted |reported |submitted )?(?:{TO_NAME})[: ]\s*(?:[–—-] )?"
    r"|(?:view |see |show )?all (?:posts|articles|stories|entries) (?:by|of|from)\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?<=\w) ?[(（][^()（）]{2,60}[)）]$")
"""An office in brackets after a name."""
_HELPED = re.compile(
    r",? (?:with (?:the )?(?:additional |further )?"
    r"(?:assistance|help|reporting|research|contributions?|files)\b(?: \S+){1,20}"
    r"|et al\b\.?|(?:and|&) (?:\w+ )?(?:others|colleagues)"
    r"|(?:and|&|und|mit|et|avec|y|con|e|com|en|met|og|och|med) (?:(?:news|wire|other) )?"
    r"(?:agenc(?:y|ies)|wires|agenturen|agences|agencias|agências|agenzie|persbureaus|byråer))$",
    re.IGNORECASE,
)
"""Who helped those that are named, at the end of a line."""
_OTHERS = frozenset("تصوير صورة ترجمة تحرير مراجعة إشراف المصدر צילום עריכה תרגום מקור".split())
"""What stands before the names of others than authors."""
_FEW = 3
_PHONE = re.compile(r"[+(]?\d[\d ()/-]{5,24}")
_PAIR = 2
_SEAM = "\x1f"
"""Stands between the texts of neighbouring elements."""
_LIST = re.compile(r" ?(?:[,&]|\b(?:and|und|et|y|e|i|og|och|en)\b) ")
_NO_NAMES = frozenset(
    "about all article articles author authors by comments contact contributors follow from latest"
    " more my news our posts profile read see share subscribe the us view website".split()
)


def unsigned(text: str) -> str:
    """The text without the word *by*, or the like, before it."""
    found = BY.match(text)
    return text[found.end() :] if found else text


def names_in(node: LexborNode, page: Page, rules: Rules) -> list[str]:
    """The names in an author's element."""
    inner = node.css_first(_NAME)
    if inner is None:
        called = node.css(_CALLED)
        inner = called[0] if len(called) == 1 else _bearer(node)
    text = inner.attributes.get("content")
    text = text or join_seamed(_names_among(inner.text(separator=_SEAM).split(_SEAM), rules))
    text = " ".join(text.split()).strip(" ,")
    words = words_of(rules.profile.byline)
    if reporters := names_on_line(text, words):
        return list(reporters)
    if len(text.rpartition(" ")[2]) > _AGENCY:
        text = text.removesuffix(".")
    text = _without_place(text)
    is_long = 3 < len(text) < _MAX_LINE or is_sinic_name(text, words)
    return names_listed(text, page, rules) if is_long else []


def _bearer(node: LexborNode) -> LexborNode:
    """The one term of a list that describes it; the one link to an author's page in an element
    where one other text follows, which goes on with no name: the house. Without such, the element.
    """
    if len(terms := node.css("dt")) == 1:
        return terms[0]
    links = node.css("a")
    if len(links) != 1 or not AUTHORS.search(links[0].attributes.get("href") or ""):
        return node
    pieces = [one.strip() for one in node.text(separator=_SEAM).split(_SEAM) if one.strip()]
    name, house = pieces if len(pieces) == _PAIR else ("", "")
    return links[0] if links[0].text().strip() == name and not _LIST.search(f" {house}") else node


def _without_place(text: str) -> str:
    """The name after a place and a colon, in Arabic or Hebrew: *عمّان: هالة منصور*."""
    place, _, name = text.partition(":")
    is_place = "\u0590" <= text[:1] <= "\u08ff" and place not in _OTHERS and " " in name.strip()
    return name.strip() if is_place and place.count(" ") < _FEW else text


def _names_among(pieces: list[str], rules: Rules) -> Iterator[str]:
    """The texts of an author's element, without a label, a telephone or an address; a comma stands
    for an office after each name of several.
    """
    labels, roles = rules.profile.byline.labels, words_of(rules.profile.byline).roles
    several = sum(fold(piece.strip()) in roles for piece in pieces) > 1
    for number, piece in enumerate(pieces):
        word = piece.strip()
        is_label = not number and f"{word.casefold().rstrip(' :')}:" in labels
        is_office = number > 0 and _is_office(word, rules)
        is_reach = _PHONE.fullmatch(word) or ("@" in word and " " not in word)
        if is_label or is_office or is_reach:
            continue
        yield ", " if several and fold(word) in roles else piece


def _is_office(text: str, rules: Rules) -> bool:
    """Whether it is an office in more than a word, as no name is written: *Science editor*."""
    last = text.rpartition(" ")[2]
    is_last = last.islower() and fold(last) in words_of(rules.profile.byline).roles
    return is_last and " " in text and text[0].isupper()


def names_listed(line: str, page: Page, rules: Rules) -> list[str]:
    """The names that a line lists; none if one of them may be something else."""
    told = unsigned(line)
    if told != line:
        told = told.partition(" — ")[0]  # By Ann Roe, Example Press — London
    text = _ROLE.sub("", without_trade(_HELPED.sub("", without_site(undated(told)))))
    words = words_of(rules.profile.byline)
    names = [name for name in _LIST.split(text) if name]
    if len(names) > 1 and _is_house(names[-1], page):
        del names[-1]
    name, bar, house = names[0].partition(" | ") if len(names) == 1 else ("", "", "")
    names = [name] if bar and _is_called_as(house, page) else names
    if names:
        names[-1] = _without_house(names[-1], page, words)
    for name in names:
        folded = fold(name)
        if is_group(folded, words) and len(folded.split()) < 4:
            continue
        parts = folded.split()
        if (
            not is_name_shaped(name, words)
            or not (1 < len(parts) < 6 or not name[0].isascii())
            or not _NO_NAMES.isdisjoint(parts)
            or folded in words.places
            or folded in rules.profile.byline.accounts
        ):
            return []
    return names


def _is_house(name: str, page: Page) -> bool:
    """Whether the last of several parts is an acronym, has a number, or is the site's name."""
    is_acronym = name.isupper() and len(name) <= _AGENCY and name.isalpha()
    return is_acronym or any(map(str.isdigit, name)) or fold(name) == _site_of(page)


def _is_called_as(house: str, page: Page) -> bool:
    """Whether the house's name opens with a word of the site's, or of its address."""
    first = fold(house).partition(" ")[0]
    return len(first) > _FEW and first in {*_site_of(page).split(), *host_of(page.url).split(".")}


def houses_of(page: Page, words: Words) -> frozenset[str]:
    """The folded names of agencies and other groups, and the site's."""
    return words.groups | {_site_of(page)}


def _site_of(page: Page) -> str:
    named = page.first_meta("og:site_name")
    return fold(named[0]) if named else ""


def _without_house(name: str, page: Page, words: Words) -> str:
    """The name without its agency's or site's after it: *Ann Roe Associated Press*."""
    houses = houses_of(page, words)
    parts = name.split()
    for at in range(2, len(parts)):
        is_role = at == 2 == len(parts) - 1 and fold(parts[at]) in words.roles
        is_role = is_role and parts[at][-1] != "s"
        is_agency = all(part.isupper() and len(part) <= _AGENCY for part in parts[at:])
        is_agency = is_agency and fold(parts[at]) not in words.suffixes  # Ann Roe III
        if is_role or (is_agency and not parts[0].isupper()):
            return " ".join(parts[:at])
        if fold(" ".join(parts[at:])) in houses:
            return " ".join(parts[:at])
    return name
