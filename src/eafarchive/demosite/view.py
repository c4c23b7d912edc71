"""What a renderer is given: an article, its layout, its path and its look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eafarchive.demosite.definition import Definition
    from eafarchive.demosite.look import Look

SITE_NAME = "East Asia Forum"
NOTICE = "Synthetic page bundled with eafarchive. All text, names and institutions are invented."


@dataclass(frozen=True)
class Teaser:
    """Another article, as lists and linked data speak of it."""

    path: str
    title: str
    excerpt: str
    published: str
    author: str
    category: str


@dataclass(frozen=True)
class View:
    """One page of the site that shows an article."""

    definition: Definition
    layout: str
    path: str
    look: Look
    related: tuple[Teaser, ...] = ()

    @property
    def byline(self) -> str | None:
        """The byline as the page shows it, if it does."""
        return None if self.look.byline == "none" else self.definition.byline

    @property
    def caption_paragraph(self) -> bool:
        """Whether the lead picture's caption is the body's first paragraph.

        Only a caption with a credit can be told from prose there.
        """
        picture = self.definition.picture
        return self.look.caption == "paragraph" and bool(picture and picture.credit)

    def spelled(self, instant: str, zone: str) -> str:
        """An instant in a zone's spelling: utc ``+00:00``, z ``Z``, else as it is."""
        if zone == "local":
            return instant
        written = datetime.fromisoformat(instant).astimezone(UTC).isoformat()
        return written.replace("+00:00", "Z") if zone == "z" else written

    @property
    def time_value(self) -> str:
        """The ``<time>`` element's datetime."""
        published = self.definition.published
        return {"date": published[:10], "naive": published[:19]}.get(self.look.time, published)
