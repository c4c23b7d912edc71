"""Which of the dates on a page its article was published at, and which it was changed at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eafarchive.extraction.chrome.around import begin_of_head
from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.linked_data import Node, addresses, is_web_page, text_of
from eafarchive.extraction.document.outline import Block
from eafarchive.extraction.document.page import Page
from eafarchive.extraction.facts.datelines import Dateline, is_dateline
from eafarchive.extraction.facts.metadata import find_language
from eafarchive.extraction.lines.address import date_in, path_of
from eafarchive.extraction.lines.dates import (
    Candidate,
    Chosen,
    choose_date,
    find_dates,
    is_same_day,
    parse_date,
)
from eafarchive.extraction.lines.months import is_day_first
from eafarchive.profile import Profile

_NEAR = range(-6, 6)
"""How far from the title a date stands that is the article's; the nearest is."""
_BELOW = 5
"""Blocks after the text among which it does."""
_PUBLISHED = tuple(
    "article:published_time og:published_time og:article:published_time datepublished"
    " article:published parsely-pub-date sailthru.date citation_publication_date"
    " citation_online_date citation_date prism.publicationdate dc.date.issued dc.date.created"
    " dcterms.created dcterms.issued dcterms.available dc.date dcterms.date pubdate publishdate"
    " dc:date dc:date.issued dcterms:created publish_date"
    " publish-date publication_date publicationdate originalpublicationdate article_date_original"
    " published article.published datecreated cxenseparse:recs:publishtime"
    " shareaholic:article_published_time"
    " article:create_at bt:pubdate release_date og:release_date date".split()
)
_MODIFIED = tuple(
    "article:modified_time og:updated_time og:article:modified_time datemodified article:modified"
    " shareaholic:article_modified_time dcterms.modified dc.date.modified lastmod last-modified"
    " revised".split()
)
_SHOWN = frozenset(("text", "time"))
_FAR = re.compile(r"(?<![0-9])20[5-9][0-9](?![0-9])|२०[५-९][०-९]")
_FAR_OR_DEVANAGARI = re.compile(f"{_FAR.pattern}|[०-९]")


def choose_published(
    page: Page,
    node: Node | None,
    chrome: Chrome,
    profile: Profile,
    marked: str | None,
    lines: list[Dateline],
    last: int | None = None,
) -> Chosen:
    """The publication date, by the most trusted of all that tell one; one may be ``marked``.

    A ``time`` element tells it that stands at the title or right after the text's ``last`` block;
    one of another day than the URL's, as today's, does not where another date is the URL's. One
    that only its class takes for the last change's does where nothing else tells a time.
    """
    found = _told(page, node, "datePublished", _PUBLISHED)
    start = chrome.start
    times = [one for one in page.outline.times if not start or not _is_elsewhere(one[0], chrome)]
    if start:
        times = sorted(times, key=lambda one: abs(one[0] - start))
        head = begin_of_head(chrome)
        within = [one for one in times if one[0] >= head]
        times = within if within or lines else times  # over the article others stand
    near = [value for at, value in times if not start or at - start in _NEAR]
    if last is not None:
        near += [value for at, value in times if _is_below(at, last, chrome)]
    shown = [line.value for line in lines if not line.is_change][:1]
    day = date_in(page.url, profile)
    if not (found or marked or near):
        near = _lone_update(page, chrome, [day, *(line.value for line in lines)])
    if day and near:
        agreeing = [value for value in near if is_same_day(value, day)]
        is_shown = any(is_same_day(value, day) for value in shown)
        near = agreeing if agreeing or is_shown else near
    found += [Candidate("time", value) for value in (marked, *near) if value][:1]
    found += [Candidate("text", value) for value in shown]
    if day:
        found.append(Candidate("url", day))
    return _choose(page, found)


def _choose(page: Page, found: list[Candidate]) -> Chosen:
    """What is chosen of the candidates, but for days on show of another calendar: Nepal's has years
    that ours has not reached yet, and Devanagari digits.
    """
    language = find_language(page)
    is_nepali = (language or "").lower().replace("_", "-").partition("-")[0] == "ne"
    other = _FAR_OR_DEVANAGARI if is_nepali else _FAR
    ours = [one for one in found if one.rule not in _SHOWN or not other.search(one.value)]
    return choose_date(tuple(ours), day_first=is_day_first(language))


def _lone_update(page: Page, chrome: Chrome, told: list[str | None]) -> list[str]:
    """What the one element that is of the last change by its class only says, where the only date
    shown beside the title stands in it, and each other date ``told``, as the URL's, is the same.
    """
    start, updates = chrome.start, page.outline.updates
    near = [(at, value) for at, value in updates if start and at - start in _NEAR]
    held = [_holder_of(at, chrome) for at, _ in near]
    values = list(dict.fromkeys(value for _, value in near))
    if len(values) != 1 or held[0] is None:
        return []
    line = held[0].text
    shown = [line[begin:end] for begin, end in find_dates(line)]
    is_told = len(shown) == 1 and all(is_same_day(values[0], one) for one in (*told, *shown) if one)
    return values if is_told else []


def _is_elsewhere(at: int, chrome: Chrome) -> bool:
    """Whether what a ``time`` element stands in leads to other pages."""
    holder = _holder_of(at, chrome)
    return holder is not None and chrome.elsewhere[holder.element.at]


def _holder_of(at: int, chrome: Chrome) -> Block | None:
    """The block of a ``time`` element: one right after a block is counted before that one's end."""
    near = chrome.outline.blocks[at : at + 2]
    return next((block for block in near if find_dates(block.text)), near[0] if near else None)


def _is_below(at: int, last: int, chrome: Chrome) -> bool:
    """Whether a ``time`` element stands on a line of its own right after the text."""
    if not last <= at < min(last + _BELOW, chrome.end):
        return False
    holder = _holder_of(at, chrome)
    return holder is not None and holder.at > last and is_dateline(holder)


def choose_modified(
    page: Page,
    node: Node | None,
    chrome: Chrome,
    marked: str | None,
    lines: list[Dateline],
    published: Chosen,
) -> Chosen:
    """The date of the last change; one may be ``marked``, or stand at the title.

    None is what a ``time`` element says of when it was ``published``.
    """
    found = _told(page, node, "dateModified", _MODIFIED)
    stamps = (*page.outline.changes, *page.outline.updates)
    near = [value for at, value in stamps if at - chrome.start in _NEAR]
    if published.rule == "time":
        near = [value for value in near if parse_date(value) != published.value]
    found += [Candidate("time", value) for value in (marked, *near) if value][:1]
    found += [Candidate("text", line.value) for line in lines if line.is_change][:1]
    return _choose(page, found)


def _told(page: Page, node: Node | None, key: str, names: tuple[str, ...]) -> list[Candidate]:
    value = text_of(node, key) if node else None
    value = value or next((text_of(one, key) for one in _page_nodes(page)), None)
    found = [Candidate(f"ld:{key}", value)] if value else []
    for name in names:
        found += [Candidate(f"meta:{name}", content) for content in page.meta.get(name, ())[:1]]
    return found


def _page_nodes(page: Page) -> Iterator[Node]:
    """What linked data says of this page itself, as Yoast's does where it knows no article."""
    path = path_of(page.url)
    for node in page.nodes:
        if is_web_page(node) and path and path in map(path_of, addresses(node)):
            yield node
