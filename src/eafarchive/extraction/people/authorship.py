"""Who signed an article, by all that speaks of it: byline, links, markup, metadata, closing note.

The byline's names help to tell the note, and the note's names to read the byline: so the byline is
read twice, before the text is found and after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eafarchive.extraction.chrome.survey import Chrome
from eafarchive.extraction.document.linked_data import Node
from eafarchive.extraction.document.outline import Block
from eafarchive.extraction.document.page import Page
from eafarchive.extraction.document.rules import Rules
from eafarchive.extraction.facts.datelines import undated
from eafarchive.extraction.facts.marks import marked_authors
from eafarchive.extraction.facts.metadata import (
    MarkedLink,
    authors_in,
    marked_links,
    meta_authors,
    poster,
)
from eafarchive.extraction.lines.names import Words, fold, is_group, words_of
from eafarchive.extraction.lines.notes import names_in_note
from eafarchive.extraction.people.byline import lone_names, parse_byline
from eafarchive.extraction.people.cards import find_cards, with_cards
from eafarchive.extraction.people.frame import Frame
from eafarchive.extraction.people.nameplates import unsigned
from eafarchive.extraction.people.reporters import (
    names_in_text,
    names_on_line,
    reporters_below,
    reporters_over,
)
from eafarchive.extraction.people.signatures import (
    are_listed,
    linked_names,
    marked_names,
    profile_links,
)
from eafarchive.extraction.people.unlabelled import find_name, find_unlabelled
from eafarchive.extraction.people.witnesses import Evidence, Parsed, is_account, told_apart
from eafarchive.profile import Profile

_MOST = 50
"""Names that are looked for in notes: a page that lists authors has many, an article few."""
_SHOUTED = re.compile(
    r"\b(?:[A-Z][A-Z.'’-]{1,30} ){1,3}[A-Z][A-Z'’-]{1,30} "
    r"(?=[A-Z][a-z]{1,30}(?: [A-Za-z][a-z]{1,30}){0,4}$)"
)
_GOES_ON = re.compile(r"[,;&]$| [a-z]{1,6}$")
"""What stands before another name: *Ann Roe, ANU, and*."""
_MARKS = frozenset(("a", "strong", "b"))


class Authorship:
    """What a page says of its article's authors."""

    def __init__(
        self, page: Page, chrome: Chrome, rules: Rules, node: Node | None, frame: Frame
    ) -> None:
        """All but what the note on the authors says; ``node`` is the article's linked data."""
        profile = rules.profile
        self._page, self._chrome, self._rules = page, chrome, rules
        self._told = told_apart(authors_in(node, page.base, profile.byline), profile.byline)
        self._metas = meta_authors(page, profile.byline)
        signed = None if frame.byline else self._signed()
        # where names are trusted, who is named by metadata, too, is parted better there
        names = (*(author.name for author in self._told), *self._metas)
        is_told = signed and profile.trust_names and any(name in signed.line for name in names)
        self.frame = frame if is_told or not signed else frame._replace(byline=signed)
        """The page's frame, with a byline that no label opens, where there is one."""
        byline = self.frame.byline
        line = byline or signed
        self.byline = line.line if line else None
        """The byline as it stands, in one line."""
        self._signature = undated(_parted(byline, words_of(profile.byline))) if byline else None
        if signed and self._signature:
            self._signature = _in_english(self._signature, profile.byline.labels)
        within = page.outline.blocks[chrome.start : chrome.end]
        self._lone = lone_names(self._signature, within, profile.byline, profile.notes)
        lone = Evidence(meta_authors=self._lone)
        named = self._parsed(lone).authors if self._signature else ()
        # A house that posts for others says nothing of whom the note is about.
        self._is_house = not named and all(
            author.name == profile.publisher
            or author.kind == "group"
            or is_account(author.name)
            or self._is_group(author.name)
            for author in self._told
        )
        self.links = marked_links(page, chrome)
        """The links with a ``rel`` about the article."""
        # where class names may be trusted, markup tells of the authors
        self._has_cards = not (byline or profile.trust_names)
        self._linked = _linked(self.links, profile)
        if not (self._linked or profile.trust_names):
            self._linked = profile_links(page, chrome, rules, is_signed=byline is not None)
        linked = tuple(name for name, _ in self._linked)
        names = () if self._is_house else tuple(one.name for one in (*named, *self._told))
        self.names = tuple(dict.fromkeys((*names, *linked)))[:_MOST]
        """Whom a note may be about."""
        shown = (*linked, *(one.name for one in self._told), *self._metas)
        self._cards = find_cards(chrome, rules, shown) if self._has_cards else ()
        if self._has_cards and not self._cards:
            told = {author.name for author in self._told if author.kind == "person"}
            if named_by := find_name(chrome, told):
                self.frame = self.frame._replace(byline=named_by)
                self.byline = named_by.line
        self._reporters: tuple[str, ...] = ()
        if profile.trust_names and not byline:
            words = words_of(profile.byline)
            if signed := reporters_over(chrome, words):
                self.frame = self.frame._replace(byline=signed)
            if signed := signed or reporters_below(chrome, words):
                self.byline = self.byline or signed.line
                self._reporters = names_on_line(signed.line, words)
        carded = tuple(card.name for card in self._cards if card.kind == "person")
        self.names = self.names or carded

    def read(self, note: str | None, text: Sequence[Block]) -> Parsed:
        """The authors, now that the note on them and the ``text`` are known."""
        profile = self._rules.profile
        metas = self._metas or (() if note else poster(self._page, profile.byline))
        is_told = not (note or self._cards) or not self._is_posted(note or "")
        links = self._linked or marked_authors(self._page)
        if not links and profile.trust_names and not self._signature:
            told = self._reporters or names_in_text(text, words_of(profile.byline))
            links = tuple((name, None) for name in told)
            links = links or marked_names(self._page, self._chrome, self._rules)
        parsed = self._parsed(
            Evidence(
                note=note,
                ld_authors=self._told if is_told else (),
                links=links,
                addresses=linked_names(self._page, self._chrome, self._rules, self.frame.byline),
                is_linked_whole=not profile.trust_names or self._are_listed(links),
                meta_authors=(*metas, *self._lone),
            )
        )
        if not self._has_cards:
            return parsed
        unplaced = (one.name for one in parsed.authors if not one.affiliations)
        cards = (*self._cards, *find_cards(self._chrome, self._rules, unplaced))
        return Parsed(with_cards(parsed.authors, cards), parsed.rule, parsed.warnings)

    def _signed(self) -> Block | None:
        """A byline without a label, if there is one."""
        names = (*(author.name for author in self._told), *self._metas)
        return find_unlabelled(self._chrome, self._rules, names)

    def _parsed(self, evidence: Evidence) -> Parsed:
        profile = self._rules.profile
        return parse_byline(self._signature, evidence, profile.byline, profile.notes)

    def _are_listed(self, links: tuple[tuple[str, str | None], ...]) -> bool:
        """Whether the page lists all of these, of whom metadata may name one."""
        names = [name for name, _ in links]
        return len(names) > 1 and are_listed(names, self._chrome, self._rules)

    def _is_group(self, name: str) -> bool:
        return is_group(fold(name), words_of(self._rules.profile.byline))

    def _is_posted(self, note: str) -> bool:
        """Whether a house has posted it: then the note says for whom; of editors, metadata may say
        as much.
        """
        profile = self._rules.profile
        return self._is_house and (
            bool(self._cards)
            or all(author.name == profile.publisher for author in self._told)
            or not all(map(self._is_group, names_in_note(note, profile.notes, profile.byline)))
        )


def _parted(byline: Block, words: Words) -> str:
    """The byline's text, a comma after each name that is marked and which its house follows, and
    after one in capitals before an office that is not.
    """
    text = byline.text
    for run, chain in byline.runs:
        if isinstance(run, str) and chain is not None and chain.tag in _MARKS:
            if " " not in (name := " ".join(run.split())) or _GOES_ON.search(name):
                continue
            before, _, rest = text.partition(name)
            if rest[:1] == " " and rest[1:2].isupper():
                text = f"{before}{name},{rest}"
    shouted = _SHOUTED.search(text)
    if shouted and fold(text.rpartition(" ")[2]) in words.roles:
        return f"{text[: shouted.end() - 1]}, {text[shouted.end() :]}"
    return text


def _in_english(byline: str, labels: tuple[str, ...]) -> str:
    """The byline with *by* before it for the word of another language: *von Ann Roe*."""
    told = unsigned(byline)
    is_told = told != byline and " " in told.partition(",")[0]
    return f"by {told}" if is_told and not byline.casefold().startswith(labels) else byline


def _linked(links: list[MarkedLink], profile: Profile) -> tuple[tuple[str, str | None], ...]:
    """The names that links to an author's page have; an account's is none."""
    return tuple(
        (unsigned(link.text), link.url)
        for link in links
        if "author" in link.rel and link.text.lower() not in profile.byline.accounts
    )
