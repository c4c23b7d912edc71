"""The account of one extraction: which rule of the profile matched what, and why each block is
in or out. Nothing is decided here; it is read off what `examine` found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from eafarchive.extraction import Examination
from eafarchive.extraction.document.kinds import KIND_OF
from eafarchive.extraction.document.outline import Block, Element
from eafarchive.extraction.document.page import Page, words_of
from eafarchive.extraction.lines.address import path_of
from eafarchive.model import Account, Article, Match, Part, Piece
from eafarchive.phrases import MAX_CHROME
from eafarchive.profile import Profile, Rule, rules_of

MAX_SHOWN = 200
"""Characters of a block's or a match's text that an account holds."""


def give_account(page: Page, profile: Profile, examination: Examination) -> Account:
    """The account of an examination of the page by the profile."""
    ground = _Ground(
        lines=[b.line for b in page.outline.blocks if 0 < len(b.text) <= MAX_CHROME],
        hints=[element.hint for element in page.outline.elements],
        page=page,
    )
    told = _Told(profile, examination)
    return Account(
        matches=tuple(_match(rule, ground) for rule in rules_of(profile)),
        pieces=tuple(told.piece(block) for block in page.outline.blocks if block.text),
    )


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once for all pages: a profile's rules are more than `re` remembers."""
    return re.compile(pattern, re.IGNORECASE)


class _Ground(NamedTuple):
    lines: list[str]
    hints: list[str]
    page: Page


def _match(rule: Rule, ground: _Ground) -> Match:
    found = _all_matches(rule, ground)
    text = " ".join(found[0].split())[:MAX_SHOWN] if found else None
    return Match(rule.key, rule.pattern, len(found), text)


def _all_matches(rule: Rule, ground: _Ground) -> list[str]:
    match rule.kind:
        case "selector":
            return [words_of(node) for node in ground.page.tree.css(rule.pattern)]
        case "label":
            return [line for line in ground.lines if line.casefold().startswith(rule.pattern)]
    pattern = _compiled(rule.pattern)
    match rule.kind:
        case "block":
            return [line for line in ground.lines if pattern.fullmatch(line)]
        case "opening":
            return [line for line in ground.lines if pattern.match(line)]
        case "part":
            return [line for line in ground.lines if pattern.search(line)]
        case "hint":
            return [hint for hint in ground.hints if pattern.search(hint)]
        case _:
            path = path_of(ground.page.url)
            return [path] if pattern.fullmatch(path) else []


class _Told:
    """What an examination says of each block."""

    def __init__(self, profile: Profile, examination: Examination) -> None:
        self._rules: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for rule in rules_of(profile):
            if rule.kind in {"block", "opening", "part"}:
                group, _, _ = rule.key.rpartition("[")
                one = rule.key, _compiled(rule.pattern)
                self._rules.setdefault(group, []).append(one)
        self._hints = [
            (rule.key, _compiled(rule.pattern))
            for rule in rules_of(profile)
            if rule.key.startswith(("chrome.drop", "chrome.onward"))
        ]
        self._seen = examination
        body = examination.body
        self._text = {b.at for b in body.blocks} if body else set[int]()
        self._summary = {b.at for b in body.summary} if body else set[int]()
        self._captions = {b.at for b in body.captions} if body else set[int]()

    def piece(self, block: Block) -> Piece:
        """What became of the block."""
        part, why = self._fate(block)
        return Piece(block.at, block.element.tag, part, why, block.line[:MAX_SHOWN])

    def _fate(self, block: Block) -> tuple[Part, str]:
        seen, at = self._seen, block.at
        if at == seen.title.at:
            return "title", seen.title.rule
        chrome, frame, body = seen.chrome, seen.frame, seen.body
        if chrome is None or frame is None or body is None:
            return "out", "the page is no article"
        if frame.byline is not None and at == frame.byline.at:
            return "byline", "byline.labels"
        if at in self._summary:
            in_body = at in self._text
            return "summary", "under the label" if in_body else "told by the description"
        if at in self._text:
            in_article = isinstance(seen.found, Article)
            return ("text", "prose") if in_article else ("out", "too little prose")
        why = body.out.get(at)
        if at in self._captions:
            return "caption", self._named(why or "credits", block)
        if why == "notes.closing":
            return "note", self._named(why, block)
        if why == "a note on an author":
            return "author note", why
        if why == "chrome.drop":
            return "out", self._dropped(block)
        if why is not None:
            return "out", self._named(why, block)
        if at in chrome.widgets:
            return "out", self._named(chrome.widgets[at], block)
        if at < chrome.start:
            return "out", "before the title"
        if chrome.outside[block.element.at]:
            return "out", _outside(block.element)
        if at >= chrome.end:
            last = f"{chrome.end_rule or 'end'}, block {chrome.end}"
            return "out", (
                self._named(chrome.end_rule or "", block) if at == chrome.end else f"after {last}"
            )
        return "out", "after the body"

    def _dropped(self, block: Block) -> str:
        """The rule that drops an element around the block, and that element."""
        element: Element | None = block.element
        while element is not None:
            for key, pattern in self._hints:
                if pattern.search(element.hint):
                    return f"{key}: {_shown(element)}"
            element = element.parent
        return "another article's, by its element"

    def _named(self, group: str, block: Block) -> str:
        """The key of the group's rule that matches the block; the group where none does alone."""
        groups = ("chrome.ends", "chrome.closed") if group == "chrome.ends" else (group,)
        rules = [one for name in groups for one in self._rules.get(name, ())]
        whole = (key for key, pattern in rules if pattern.fullmatch(block.line))
        part = (key for key, pattern in rules if pattern.search(block.line))
        return next(whole, None) or next(part, None) or _GROUPS.get(group, group)


_GROUPS = {
    "chrome.anywhere": "chrome.anywhere, with its neighbours",
    "chrome.tail": "a date, a link or nothing, where nothing but chrome follows",
}
"""What a block is out for that no rule of the group matches by itself."""


def _outside(element: Element) -> str:
    """The element that makes what is in it no article's."""
    up: Element | None = element
    while up is not None:
        if up.hidden and (up.parent is None or not up.parent.hidden):
            return f"hidden: {_shown(up)}"
        if up.tag in KIND_OF:
            return f"in {_shown(up)}"
        up = up.parent
    return "outside"


def _shown(element: Element) -> str:
    names = element.node.attributes
    ident = f"#{names['id']}" if names.get("id") else ""
    classes = "".join(f".{name}" for name in (names.get("class") or "").split()[:3])
    return f"<{element.tag}>{ident}{classes}"[:80]
