"""The article's heading: which of a page's headings it is, by what metadata and place say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from eafarchive.extraction.document.inline import anchor_of
from eafarchive.extraction.document.linked_data import Node, is_article, text_of
from eafarchive.extraction.document.outline import Block, Element
from eafarchive.extraction.document.page import Page, host_of
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.document.tags import HEADINGS
from eafarchive.extraction.facts.headed import is_amid_text, is_signed, shares_title
from eafarchive.extraction.lines.dates import parse_date
from eafarchive.phrases import is_all

MAX_TITLE = 400
_SHORTEST = 12
_UNHEADED = 4
"""What it counts that a block that is no heading has the title's words."""
_UNTOLD = 2.5
"""The same, where the document's title alone says so: less than a first heading."""
_BY_TAG = {"h1": 3.0, "h2": 1.5, "h3": 0.5}
_MOST = 9.0
"""What a heading can have beside what its tag counts."""
_MOST_RUNS = 8
"""Elements of a heading among which a kicker ends."""
_METAS = ("og:title", "twitter:title", "citation_title", "dc.title", "parsely-title")
_BETWEEN = re.compile(r" (?:[|»«·•–—:]|::|-) | ?[|»«] ?|(?<=[\u3400-\u9fff])_(?=[\u3400-\u9fff])")
_BOUNDS = "|»«·•–—:-_"
"""One of these is in each such place."""
_POST = re.compile(
    r".{1,200}[»:|] Blog Archive [»:|]+ (?P<title>.{1,400})"
    r"|.{1,200}? » (?P<printed>.{1,400}) » Print",
    re.IGNORECASE,
)
"""The title of the document that holds one post, as the themes of WordPress 1.5 to 2.9 give it, and
that of a page that the plugin WP-Print makes.
"""
_BARS = tuple("|»«·•")
_FRONT = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.(?:html?|php))?|\./", re.IGNORECASE)
"""The address of a front page."""
_WORDS = re.compile(r"[^\W_]+")
_BLANKS = {ord(c): " " for c in map(chr, range(128)) if not c.isalnum()}


class Title(NamedTuple):
    """The title, where it stands, and what said so."""

    text: str
    at: int | None
    """The heading's place among the blocks; ``None`` if the page shows none."""
    rule: str


@lru_cache(maxsize=256)  # a page says its title in many places
def folded(text: str) -> str:
    """The text's letters and digits in lower case: what two spellings of a title share."""
    if text.isascii():
        return " ".join(text.lower().translate(_BLANKS).split())
    return " ".join(_WORDS.findall(text.casefold().replace("\u00ad", "")))


def find_title(page: Page, rules: Rules, before: int | None = None) -> Title:
    """The title as the page shows it, else as its metadata has it; empty if it has none.

    It is looked for ``before`` a block, where one is given.
    """
    named = page.first_meta("og:site_name", "application-name")
    site = named[0] if named else rules.profile.publisher
    told = _told(page)
    whole = folded(page.title)
    sites = {folded(name) for name in (site, rules.profile.publisher) if name}
    # Metadata may be of another article, one that this page leads on to.
    said = {text for one, _ in told for text in (one, _trimmed(one, sites))}
    exact = {one for text in said if (one := folded(text)) and (not whole or one in whole)}
    post = None if told else _POST.fullmatch(page.title)
    if post:
        exact = {folded(post[post.lastgroup or 0])}
    elif not told and len(own := folded(_bare(page.title, sites))) > _SHORTEST:
        exact = {own}
    best, best_score = None, 0.0
    # a block of other words needs the title's length, give or take marks that are no letters
    shortest = max(min(map(len, exact), default=MAX_TITLE), 13)
    longest = min(2 * max(map(len, exact), default=0) + 20, MAX_TITLE)
    initials = {one[0] for one in exact}
    names = " ".join((*sites, *(whole.replace(one, " ") for one in exact if one in whole)))
    for block in page.outline.blocks[:before]:
        text = block.text
        tag = block.element.tag
        if tag in HEADINGS:
            if not 0 < len(text) <= MAX_TITLE or _BY_TAG.get(tag, 0.0) + _MOST <= best_score:
                continue
        elif not shortest <= len(text) <= longest or _opens_otherwise(text, initials):
            continue
        if len(block.runs) > 1:
            text = _part_of(block, exact) or text
        score = _score(block, folded(text), exact, whole, sites, _UNHEADED if told else _UNTOLD)
        if (
            score > best_score
            and not _is_label(block, rules)
            and (tag in HEADINGS or best is None or not _says_again(block, page, rules))
        ):
            over = best and _headed_by(best, block, exact, names, page, rules)
            best, best_score = (over or block), score
    if best is not None:
        if part := _part_of(best, exact):
            return Title(part, best.at, best.element.tag)
        agreed = folded(best.text) in exact or (whole and folded(best.text) in whole)
        if rules.profile.told_title and (better := _agreed(best, told, whole, sites)):
            at = best.at if best.element.tag == "h1" else None
            return Title(better[0], at, better[1])
        if agreed or best.element.tag == "h1" or not told:
            return Title(best.text, best.at, best.element.tag)
    for text, rule in told:
        return Title(_trimmed(text, sites), None, rule)
    return Title(_trimmed(page.title, sites), None, "title")


def _part_of(block: Block, exact: set[str]) -> str | None:
    """The elements of a block that metadata calls the title, if a kicker stands before them in a
    heading, or a date after them.
    """
    runs = [run for run, _ in block.runs if isinstance(run, str) and run.strip()]
    if not 1 < len(runs) <= _MOST_RUNS or folded(block.text) in exact:
        return None
    for at in range(1, len(runs)):
        before, after = (" ".join("".join(part).split()) for part in (runs[:at], runs[at:]))
        if folded(after) in exact and block.element.tag in HEADINGS:
            return after
        if folded(before) in exact and parse_date(after) is not None:
            return before
    return None


def _headed_by(
    over: Block, block: Block, exact: set[str], site: str, page: Page, rules: Rules
) -> Block | None:
    """The first heading ``over`` it, if the block repeats metadata's title between its paragraphs:
    the heading has words of that, too, which are not the ``site``'s.
    """
    blocks, labels = page.outline.blocks, rules.profile.byline.labels
    if over.element.tag != "h1" or block.element.tag == "h1":
        return None
    if is_signed(block, blocks, labels) or not is_amid_text(block, blocks):
        return None
    is_one, host = is_signed(over, blocks, labels), host_of(page.url)
    is_title = shares_title(folded(over.text), exact, site, host, is_signed=is_one)
    return over if is_title else None


def _says_again(line: Block, page: Page, rules: Rules) -> bool:
    """Whether a line of the title's words stands in the text, with no byline or date below it."""
    blocks = page.outline.blocks
    return is_amid_text(line, blocks) and not is_signed(line, blocks, rules.profile.byline.labels)


def _opens_otherwise(text: str, initials: set[str]) -> bool:
    """Whether the text's first letter is seen at once, and is none of these."""
    if text[0].isascii() and text[0].isalnum():
        return text[0].lower() not in initials
    first = _WORDS.search(text[:20].casefold())
    return first is not None and first[0][0] not in initials


def _agreed(
    best: Block, told: list[tuple[str, str]], whole: str, sites: set[str]
) -> tuple[str, str] | None:
    """The title that metadata gives, with its rule, where two of its witnesses agree on another
    one than the page shows.
    """
    shown = folded(best.text)
    for text, rule in told[:1]:
        bare = _trimmed(text, sites)
        own = folded(bare)
        others = sum(folded(_trimmed(other, sites)) == own for other, _ in told[1:])
        is_part = shown in own and best.element.tag == "h1"
        if is_part or any(folded(one) == shown for one, _ in told):
            return None
        if len(own) > _SHORTEST and (others or own in whole):
            return bare, rule
    return None


def _told(page: Page) -> list[tuple[str, str]]:
    """The titles that metadata gives, best first, each with its rule."""
    told = [(text, f"ld:{key}") for text, key in _headlines(page.nodes)]
    for name in _METAS:
        told += [(text, f"meta:{name}") for text in page.meta.get(name, ())[:1]]
    told.sort(key=lambda pair: pair[1].startswith("ld:"))
    return told


def _headlines(nodes: tuple[Node, ...]) -> list[tuple[str, str]]:
    return [
        (text, "headline")
        for node in nodes
        if is_article(node) and (text := text_of(node, "headline"))
    ]


def _is_label(block: Block, rules: Rules) -> bool:
    """Whether it is a heading over comments or over other articles."""
    return is_all(rules.related, block.text) or is_all(rules.comments, block.text)


def _score(
    block: Block, text: str, exact: set[str], whole: str, sites: set[str], unheaded: float
) -> float:
    tag = block.element.tag
    if not text or text in sites:
        return 0.0
    if not block.own and _leads_home(block):
        return 0.0  # the site's name, over each of its pages
    score = _BY_TAG.get(tag, 0.0)
    if text in exact:
        score += 6 if tag in HEADINGS else unheaded
    elif tag not in HEADINGS:
        return 0.0
    elif any(len(text) > 10 and (text in one or one in text) for one in exact if len(one) > 10):
        score += 3
    if whole.startswith(text):
        score += 3
    elif len(text) > (5 if tag == "h1" else _SHORTEST) and text in whole:
        score += 2
    is_told = text in exact or (len(text) > _SHORTEST and text in whole)
    if tag != "h1" and block.linked * 10 > len(block.text) * 9 and not is_told:
        score -= 2  # leads to another page; a title, in old themes, to its own
    if block.element.hidden:
        score -= 3  # as one for print is, or for readers of screens
    element: Element | None = block.element
    while element is not None:
        if element.tag in ("nav", "footer", "aside", "form"):
            score -= 3
            break
        element = element.parent
    return score


def _leads_home(block: Block) -> bool:
    """Whether all of the block's words link to a front page."""
    words = (chain for run, chain in block.runs if isinstance(run, str) and run.strip())
    anchors = [anchor_of(chain) for chain in words]
    hrefs = [one.node.attributes.get("href") or "#" for one in anchors if one is not None]
    return bool(hrefs) and all(_FRONT.fullmatch(href.strip()) for href in hrefs)


def _bare(title: str, sites: set[str]) -> str:
    """A document's title without the site's name before or after it, and what is beyond that."""
    mark = _BETWEEN.search(title)
    if mark and folded(title[: mark.start()]) in sites:
        return title[mark.end() :].partition(mark[0])[0]  # a dash may stand in it
    return _trimmed(title, sites)


def _trimmed(title: str, sites: set[str]) -> str:
    """A document's title without the site's name; empty where nothing stands before that."""
    may_part = any(mark in title for mark in _BOUNDS)
    parts = [part for part in _BETWEEN.split(title) if part] if may_part else ()
    if len(parts) < 2:
        return "" if title.strip().startswith(_BARS) else title.strip()
    if folded(parts[-1]) in sites or (not sites and len(parts[-1]) < len(parts[0])):
        return title[: title.rindex(parts[-1])].rstrip(" |»«·•–—:-_")
    if folded(parts[0]) in sites:
        return title[title.index(parts[0]) + len(parts[0]) :].lstrip(" |»«·•–—:-_")
    return max(parts, key=len) if not sites else title.strip()
