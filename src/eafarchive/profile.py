"""A site's rules as data: what a profile TOML may say, and nothing that acts on it."""

from __future__ import annotations

from typing import Any

import msgspec


class BylineRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell a byline's parts apart; lower-case unless said otherwise."""

    labels: tuple[str, ...] = ()
    """What a byline begins with, e.g. ``author:``; one that ends in a letter needs a name after it."""
    plural_labels: tuple[str, ...] = ()
    """Those of them that announce several authors."""
    institutions: tuple[str, ...] = ()
    """Words that only an institution's name has, and that can stand for it."""
    subjects: tuple[str, ...] = ()
    """Words of institutions' names that do not make one alone: *Peace and Conflict Studies*."""
    places: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """First words of a role."""
    groups: tuple[str, ...] = ()
    """Names of groups that write."""
    particles: tuple[str, ...] = ()
    """Lower-case words inside a person's name."""
    titles: tuple[str, ...] = ()
    """Words before a name that are no part of it."""
    suffixes: tuple[str, ...] = ()
    """Words after a name that are part of it."""


class NoteRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the paragraphs after a body are told from it."""

    verbs: tuple[str, ...] = ()
    """What follows the name in an author note."""
    callings: tuple[str, ...] = ()
    """Words that say what somebody does for a living."""
    closing: tuple[str, ...] = ()
    """Regular expressions that the beginning of a closing note matches."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules for one site or family of sites."""

    name: str
    hosts: tuple[str, ...] = ()
    """Host names (with port where not the default) the rules hold for, without ``www.``;
    empty: any host."""
    article_path: str | None = None
    """Regular expression that the whole canonical path of an article matches, with the named
    groups ``year``, ``month``, ``day``, ``slug`` where the path has them; ``None``: any path."""
    byline: BylineRules = BylineRules()
    notes: NoteRules = NoteRules()
    digest: str = ""
    """``sha256:`` of the TOML file's bytes; set by the loader, never in the file."""


def inherit(parent: Profile, data: dict[str, Any]) -> dict[str, Any]:
    """A profile's TOML data laid over its parent's: tables key by key, everything else replaced."""
    return _overlaid(msgspec.to_builtins(parent), data)


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, dict) and isinstance(value, dict)
        merged[key] = _overlaid(under, value) if both else value
    return merged
