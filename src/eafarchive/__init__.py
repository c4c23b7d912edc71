"""Archive East Asia Forum: byte-exact WARC captures and clean JSON records.

    from eafarchive import Archive, Page, extract, load_profile

    for record in Archive.open("archive"):
        print(record.published_at, record.title, record.word_count)

    page = Page.from_html(html, "https://eastasiaforum.org/2024/01/02/a-slug/")
    article = extract(page, load_profile("eastasiaforum"))
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
