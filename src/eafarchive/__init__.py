"""Archive East Asia Forum: byte-exact WARC captures and clean JSON records.

The library's front door: `Archive.open` reads an archive's records; `extract` gives the article on
a `Page` by the rules of a `Profile`, which `load_profile` reads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eafarchive.archive.directory.holdings import Archive
    from eafarchive.config import load_profile
    from eafarchive.errors import EafarchiveError
    from eafarchive.extraction import Page, extract
    from eafarchive.model import (
        Article,
        Author,
        Capture,
        Finding,
        Image,
        Lead,
        Link,
        NotAnArticle,
        Place,
        Record,
    )
    from eafarchive.profile import Profile
    from eafarchive.version import __version__

__all__ = [
    "Archive",
    "Article",
    "Author",
    "Capture",
    "EafarchiveError",
    "Finding",
    "Image",
    "Lead",
    "Link",
    "NotAnArticle",
    "Page",
    "Place",
    "Profile",
    "Record",
    "__version__",
    "extract",
    "load_profile",
]

_ROOMS = {
    "Archive": "archive.directory.holdings",
    "EafarchiveError": "errors",
    "Page": "extraction",
    "Profile": "profile",
    "__version__": "version",
    "extract": "extraction",
    "load_profile": "config",
}
"""Where what is not of `model` comes from; imported when it is asked for, since every worker that
parses pages, and every command, passes this door and needs little of what is behind it."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_ROOMS.get(name, 'model')}"), name)
    globals()[name] = found
    return found
