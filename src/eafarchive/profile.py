"""A site's rules as data: what a profile TOML may say, and nothing that acts on it.

Every pattern is a regular expression, matched without regard to case. A *whole-block* pattern has
to match all of a block's text, with white space folded; a phrase inside a sentence never matches.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, SelectolaxError


class BylineRules(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """Words that tell a byline's parts apart; lower-case unless said otherwise."""

    labels: tuple[str, ...] = ()
    """What a byline begins with, e.g. ``author:``; one that ends in a letter needs a name next."""
    plural_labels: tuple[str, ...] = ()
    """Those of them that announce several authors."""
    institutions: tuple[str, ...] = ()
    """Words that only an institution's name has, and that can stand for it."""
    units: tuple[str, ...] = ()
    """Those of them that are a part of another: *School of Law, Example University* is one."""
    subjects: tuple[str, ...] = ()
    """Words of institutions' names that do not make one alone: *Peace and Conflict Studies*."""
    places: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Words for an office, one of which stands in every role."""
    accounts: tuple[str, ...] = ()
    """Names that software gives to who posts, and nobody bears."""
    groups: tuple[str, ...] = ()
    """Names of groups that write, alone or after their house's name: *EAF Editors*."""
    particles: tuple[str, ...] = ()
    """Lower-case words inside a person's name."""
    titles: tuple[str, ...] = ()
    """Words before a name that are no part of it."""
    styles: tuple[str, ...] = ()
    """Words before a name that are part of it, and that come and go: *Sir*."""
    suffixes: tuple[str, ...] = ()
    """Words after a name that are part of it."""
    honours: tuple[str, ...] = ()
    """Degrees and orders after a name, no part of it."""
    given: tuple[str, ...] = ()
    """Common first names; a name without one is a name all the same."""
    mononym_ends: tuple[str, ...] = ()
    """How names end that are borne alone: ``anto``, as in *Suryanto*."""
    mononym_stops: tuple[str, ...] = ()
    """Words that end so and are no such names: *Taranto*."""


class NoteRules(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """How the paragraphs after a body are told from it."""

    verbs: tuple[str, ...] = ()
    """What follows the name in an author note."""
    callings: tuple[str, ...] = ()
    """Words that say what somebody does for a living."""
    pieces: tuple[str, ...] = ()
    """What an article may be called, as in *this essay*: regular expressions."""
    closing: tuple[str, ...] = ()
    """Regular expressions that the beginning of a closing note matches; ``{piece}`` in one stands
    for any of the ``pieces``."""
    thanks: tuple[str, ...] = ()
    """Regular expressions that the beginning of a line of thanks under a note matches."""


class Layout(
    msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, kw_only=True
):
    """One of a site's themes, and what gives it away: any one of these is enough."""

    name: str
    texts: tuple[str, ...] = ()
    """Whole-block patterns that no other theme's pages have."""
    selectors: tuple[str, ...] = ()
    """CSS selectors that match something on its pages only."""


class Labels(
    msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, kw_only=True
):
    """Words by which a page names its parts."""

    summary: tuple[str, ...] = ()
    """Whole-block patterns of the heading over the summary."""
    reading: tuple[str, ...] = ()
    """Whole-block patterns of the reading time, with the group ``minutes``."""
    contents: tuple[str, ...] = ()
    """Whole-block patterns of the label over a list of the article's own parts."""
    works: tuple[str, ...] = ()
    """Whole-block patterns of the label over references and footnotes: *References*."""
    readings: tuple[str, ...] = ()
    """The same over works to read, which a site has over its own articles, too."""


class Chrome(
    msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, kw_only=True
):
    """What is not the article's, by place. All are whole-block patterns unless said otherwise."""

    anywhere: tuple[str, ...] = ()
    """Never the article's words, wherever it stands."""
    lead: tuple[str, ...] = ()
    """Chrome where it stands before the article's first prose."""
    tail: tuple[str, ...] = ()
    """Chrome where nothing but chrome follows."""
    ends: tuple[str, ...] = ()
    """After it nothing is the article's."""
    closed: tuple[str, ...] = ()
    """Says that there will be no more comments; an end, too."""
    banners: tuple[str, ...] = ()
    """An end where it stands after prose."""
    comments: tuple[str, ...] = ()
    """Headings over readers' comments."""
    replies: tuple[str, ...] = ()
    """Blocks that only readers' comments have."""
    related: tuple[str, ...] = ()
    """Headings over lists of other articles."""
    scraps: tuple[str, ...] = ()
    """Lines among paragraphs that are none of the article's: a credit, a plea to follow."""
    boxes: tuple[str, ...] = ()
    """Lines that say of the box they stand in that nothing in it is the article's: a poll's votes,
    a plea for money, a machine's summary. A box with much of the text is not believed."""
    buttons: tuple[str, ...] = ()
    """Labels of buttons under a few words in a box that ask readers for consent, an address or
    money: *Subscribe*, *Accept*."""
    calls: tuple[str, ...] = ()
    """What a small box among paragraphs says to readers; searched for, each from a sentence's
    beginning: *Sign up for our newsletter*."""
    asking: tuple[str, ...] = ()
    """Searched for in the prose over such a button: what it is about, *cookies*, *newsletter*."""
    votes: tuple[str, ...] = ()
    """Searched for in a button that each item of a list has: *Vote*."""
    pleas: tuple[str, ...] = ()
    """Searched for among whole words of a line at an article's end: what speaks to readers."""
    teasers: tuple[str, ...] = ()
    """Lines among paragraphs that lead elsewhere; heard where much of the line is a link."""
    refusals: tuple[str, ...] = ()
    """Titles of pages that refuse or check the visitor or tell of an error, and blocks of pages
    with hardly a paragraph that do."""
    notices: tuple[str, ...] = ()
    """More such titles; blocks of articles may say the same."""
    drop: tuple[str, ...] = ()
    """Patterns searched for in class and id: elements that are hardly ever the article's. They
    never remove an element that holds most of the page's prose."""
    onward: tuple[str, ...] = ()
    """Patterns as in ``drop``: elements that lead on to other articles. One that holds paragraphs
    and hardly a link is not believed."""
    keep: tuple[str, ...] = ()
    """Patterns searched for in class and id that overrule ``drop`` and ``onward``."""


class Profile(
    msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, kw_only=True
):
    """The rules for one site or family of sites."""

    name: str
    extends: str | None = None
    """The built-in profile whose rules these add to."""
    hosts: tuple[str, ...] = ()
    """Host names (with port where not the default) the rules hold for, without ``www.``;
    empty: any host."""
    when: tuple[str, ...] = ()
    """CSS selectors; a page that one of them matches is of this profile's kind. Pages of hosts for
    which no profile holds are read by the first built-in profile that matches, else by
    ``generic``."""
    article_path: str | None = None
    """Regular expression that the whole canonical path of an article matches, with the named
    groups ``year``, ``month``, ``day``, ``slug`` where the path has them; ``None``: any path."""
    publisher: str | None = None
    """The publisher of pages that name none, and a heading that is no article's title."""
    body: tuple[str, ...] = ()
    """CSS selectors of the element that holds the body, best first: a witness that is heard where
    nearly all the prose stands in it, and alone where there are lines but no paragraphs."""
    told_title: bool = False
    """Whether metadata has the last word on the title where the page shows another one."""
    trust_names: bool = True
    """Whether ``chrome.drop`` and ``chrome.onward`` are heard; false for a site whose class names
    nobody has seen."""
    embedded_words: bool = True
    """Whether the words of an embedded post of a social network are the article's."""
    credits: tuple[str, ...] = ()
    """Patterns of a picture's credit in its caption, with the group ``credit``."""
    required: tuple[Literal["byline", "authors", "published_at", "summary"], ...] = ()
    """What an article does not lose: a later version of one without it is held back as drift."""
    captions: tuple[str, ...] = ()
    """Patterns searched for in class and id: what holds the caption of the picture beside it."""
    players: tuple[str, ...] = ()
    """Patterns searched for in names: what holds a player, or stands for one, with its caption."""
    layouts: tuple[Layout, ...] = ()
    labels: Labels = Labels()
    chrome: Chrome = Chrome()
    byline: BylineRules = BylineRules()
    notes: NoteRules = NoteRules()
    digest: str = ""
    """``sha256:`` of all rules in force, inherited ones included; set by the loader."""


RuleKind = Literal["block", "opening", "part", "label", "hint", "path", "selector"]
"""``block``: all of a block's text; ``opening``: its beginning; ``part``: any of a line;
``label``: a byline's beginning, no expression; ``hint``: any of class and id; ``path``: all of the
URL's path; ``selector``: CSS."""


_HINTS = frozenset(("drop", "onward", "keep"))
_PARTS = frozenset(("asking", "calls", "pleas", "votes"))
"""What is searched for, of the patterns of chrome."""


class Rule(NamedTuple):
    """One pattern of a profile, and what it is put to."""

    key: str
    """Where it stands, as in ``chrome.lead[2]``."""
    pattern: str
    kind: RuleKind


def rules_of(profile: Profile) -> Iterator[Rule]:
    """The profile's rules, in the order of the keys; word lists are none."""
    yield from _numbered("when", profile.when, "selector")
    if profile.article_path is not None:
        yield Rule("article_path", profile.article_path, "path")
    yield from _numbered("body", profile.body, "selector")
    yield from _numbered("credits", profile.credits, "part")
    yield from _numbered("captions", profile.captions, "hint")
    yield from _numbered("players", profile.players, "hint")
    for number, layout in enumerate(profile.layouts):
        yield from _numbered(f"layouts[{number}].texts", layout.texts, "block")
        yield from _numbered(f"layouts[{number}].selectors", layout.selectors, "selector")
    for key, patterns in msgspec.structs.asdict(profile.labels).items():
        yield from _numbered(f"labels.{key}", patterns, "block")
    for key, patterns in msgspec.structs.asdict(profile.chrome).items():
        kind: RuleKind = "hint" if key in _HINTS else "part" if key in _PARTS else "block"
        yield from _numbered(f"chrome.{key}", patterns, kind)
    yield from _numbered("byline.labels", profile.byline.labels, "label")
    yield from _numbered("notes.closing", profile.notes.closing, "opening")
    yield from _numbered("notes.thanks", profile.notes.thanks, "opening")


def _numbered(
    key: str,
    patterns: tuple[str, ...],
    kind: RuleKind,
) -> Iterator[Rule]:
    for number, pattern in enumerate(patterns):
        yield Rule(f"{key}[{number}]", pattern, kind)


def spelled_out(rules: NoteRules) -> NoteRules:
    """The rules with each ``{piece}`` replaced by what it stands for."""
    piece = f"(?:{'|'.join(rules.pieces)})"
    closing = tuple(pattern.replace("{piece}", piece) for pattern in rules.closing)
    return msgspec.structs.replace(rules, closing=closing)


def inherit(parent: Profile, data: dict[str, Any]) -> dict[str, Any]:
    """A profile's TOML data laid over its parent's.

    Tables go key by key, a list adds to the parent's, coming first, and anything else replaces it.
    """
    return _overlaid(msgspec.to_builtins(parent), data)


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = below | above
    for key, under in below.items():
        over = above.get(key)
        if isinstance(under, dict) and isinstance(over, dict):
            merged[key] = _overlaid(under, over)
        elif isinstance(under, list | tuple) and isinstance(over, list):
            merged[key] = [*over, *(item for item in under if item not in over)]
    return merged


def is_selector(text: str) -> bool:
    """Whether a page can be asked for it as a CSS selector."""
    try:
        LexborHTMLParser("").css_first(text)
    except SelectolaxError:
        return False
    return True
