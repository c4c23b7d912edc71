"""Why a page is not the one asked for, as far as its title, its address and its few words tell."""

from __future__ import annotations

import re

from eafarchive.extraction.address import is_another, is_article_path, path_of
from eafarchive.extraction.linked_data import text_of
from eafarchive.extraction.outline import PROSE
from eafarchive.extraction.page import Page
from eafarchive.extraction.rules import Rules
from eafarchive.extraction.title import Title
from eafarchive.model import NotAnArticle
from eafarchive.phrases import is_all

_COMMENTS = re.compile(r"/comment-page-[0-9]{1,6}$")
"""WordPress's address of the comments on an article that do not stand on its page."""
FEW = 3
"""Paragraphs, at most, of a page that only refuses or tells of an error."""


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


def _refusing(page: Page, rules: Rules, title: Title) -> str | None:
    """The words that refuse: the title, or a block where there is hardly a paragraph."""
    for words in (title.text, page.title):
        if is_all(rules.refusals, words):
            return words
    blocks = page.outline.blocks
    if sum(block.own >= PROSE for block in blocks) > FEW:
        return None
    # a link alone is a menu's: "Log in"
    shown = (block for block in blocks if block.own and not block.element.hidden)
    return next((block.line for block in shown if is_all(rules.refusals, block.line)), None)
