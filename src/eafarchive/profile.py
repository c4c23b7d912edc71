"""A site's rules as data: what a profile TOML may say, and nothing that acts on it."""

from __future__ import annotations

import msgspec


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules for one site or family of sites."""

    name: str
    hosts: tuple[str, ...] = ()
    """Host names (with port where not the default) the rules hold for, without ``www.``;
    empty: any host."""
    article_path: str | None = None
    """Regular expression that the whole canonical path of an article matches, with the named
    groups ``year``, ``month``, ``day``, ``slug`` where the path has them; ``None``: any path."""
    digest: str = ""
    """``sha256:`` of the TOML file's bytes; set by the loader, never in the file."""
