"""Why a page is not the one asked for, as far as its title, its address and its few words tell."""

from __future__ import annotations

import re

from eafarchive.extraction.document.linked_data import is_article, text_of
from eafarchive.extraction.document.outline import PROSE
from eafarchive.extraction.document.page import Page, host_of
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.title import Title, folded
from eafarchive.extraction.lines.address import is_another, is_article_path, path_of
from eafarchive.model import Article, NotAnArticle
from eafarchive.permalinks import days_off, is_of_title
from eafarchive.phrases import is_all

_COMMENTS = re.compile(r"/comment-page-[0-9]{1,6}$")
"""WordPress's address of the comments on an article that do not stand on its page."""
FEW = 3
"""Paragraphs, at most, of a page that only refuses or tells of an error."""
_SHORT = 1200
"""Letters' worth of words in them, at most."""
_BRIEF = 250
"""Words, at most, of a notice whose title does not say that it is one."""
_NEAR = 3
"""Days that the date in an address may be off, at most: by zones, and for a post put off."""


def why_refused(page: Page, rules: Rules, title: Title, url: str) -> NotAnArticle | None:
    """The refusal of a page that calls itself ``url``; ``None`` where it may be an article."""
    profile = rules.profile
    if words := _refusing(page, rules, title):
        return _blocked(page, f"a page that refuses the visitor: {words[:80]}")
    if _COMMENTS.search(path_of(page.url)):
        return NotAnArticle(page.url, "a page of readers' comments on an article")
    if not (is_article_path(page.url, profile) or is_article_path(url, profile)):
        return NotAnArticle(page.url, "not an article's address by the profile's article_path")
    if is_another(page.url, url, profile):
        return _blocked(page, f"the page says it is another one: {url}")
    is_told = page.data or any(text_of(node, "articleBody") for node in page.nodes)
    is_bare = not any(block.text for block in page.outline.blocks)
    if is_bare and not (is_told and profile.trust_names):
        return _blocked(page, "the page is empty")
    return None if title.text else NotAnArticle(page.url, "the page has no title")


def _blocked(page: Page, reason: str) -> NotAnArticle:
    return NotAnArticle(page.url, reason, is_blocked=True)


def why_doubted(
    page: Page, rules: Rules, title: Title, found: Article | NotAnArticle
) -> NotAnArticle | None:
    """The refusal of a page that nothing but its address makes an article, or this one.

    A notice has neither author nor date, and its title says so, or is the
    host's name, or it is brief. That it is brief, or another article's by its date, is held against
    a page only if title and address have no word in common, and it names no such address either.
    """
    if isinstance(found, NotAnArticle):
        return _notice(page, title) if _is_notice(page, rules, title) else None
    path = path_of(page.url)
    is_strange = (
        rules.profile.article_path is not None
        and (page.canonical is None or path_of(page.canonical) != path)
        and is_of_title(path, title.text) is False
    )
    is_dated = found.published_at is not None and found.fields.get("published_at") != "url"
    if is_dated and is_strange and days_off(found.url_date, found.published_at) > _NEAR:
        return _blocked(page, f"the page is of another article: {title.text[:80]}")
    if found.authors or found.byline or is_dated or _is_told(page, title):
        return None
    if (is_strange and found.word_count <= _BRIEF) or _is_notice(page, rules, title):
        return _notice(page, title)
    return None


def _notice(page: Page, title: Title) -> NotAnArticle:
    return _blocked(page, f"a notice in an article's place: {title.text[:80]}")


def _is_notice(page: Page, rules: Rules, title: Title) -> bool:
    host = host_of(page.url)
    is_host = title.text.lower().removeprefix("www.") == host
    return is_host or any(is_all(rules.notices, words) for words in (title.text, page.title))


def _is_told(page: Page, title: Title) -> bool:
    """Whether metadata calls the page an article by this title, or one with a date."""
    kind, own = page.first_meta("og:type"), folded(title.text)
    if kind and kind[0] == "article" and page.first_meta("article:published_time"):
        return True
    said = (text_of(node, "headline") for node in page.nodes if is_article(node))
    return any(own == folded(words) for words in said if words)


def _is_named_so(page: Page, title: Title) -> bool:
    """Whether all words of the title are in the address, which a refusal's are not."""
    slug = folded(path_of(page.url).rpartition("/")[2])
    return set(folded(title.text).split()) <= set(slug.split())


def _refusing(page: Page, rules: Rules, title: Title) -> str | None:
    """The words that refuse: the title, or a block where there is hardly a paragraph."""
    is_told = _is_told(page, title)
    blocks = page.outline.blocks
    prose = [block.own for block in blocks if block.own >= PROSE]
    is_told = is_told or (sum(prose) > _SHORT and _is_named_so(page, title))
    for words in (title.text, page.title):
        if is_all(rules.refusals, words) and not is_told:
            return words
    if len(prose) > FEW or sum(prose) > _SHORT:
        return None
    # a link alone is a menu's: "Log in"
    shown = (block for block in blocks if block.own and not block.element.hidden)
    lines = (block.line for block in shown if not (is_told and block.at == title.at))
    return next((line for line in lines if is_all(rules.refusals, line)), None)
