"""Archive East Asia Forum: byte-exact WARC captures and clean JSON records.

The library's front door: `Archive.open` reads an archive's records; `extract` gives the article on
a `Page` by the rules of a `Profile`, which `load_profile` reads.
"""

from eafarchive.archive.holdings import Archive
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
