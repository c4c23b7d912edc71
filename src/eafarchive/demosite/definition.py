"""What an article is, whichever layout shows it: read from ``articles/*.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from eafarchive.demosite.prose import Block, Mark, Paragraph, Picture, blocks_text, read_block


@dataclass(frozen=True)
class Person:
    """An author (or group) as the byline means it."""

    name: str
    affiliations: tuple[str, ...] = ()
    role: str | None = None
    kind: Literal["person", "group"] = "person"
    url: str | None = None
    """Path of the author's page, where the byline links to it."""


@dataclass(frozen=True)
class Definition:
    """One invented article."""

    id: int
    slug: str
    title: str
    published: str
    """An instant with its zone, as in Canberra."""
    body: tuple[Block, ...]
    brief: tuple[str, ...] = ()
    url_day: str = ""
    """``YYYY/MM/DD`` of the URL; the day of ``published`` unless given."""
    modified: str | None = None
    byline: str | None = None
    authors: tuple[Person, ...] = ()
    note: tuple[str, ...] = ()
    """The closing biography, by paragraph."""
    note_names: tuple[str, ...] | None = None
    """Whom the note is about, where not all authors."""
    closing: tuple[str, ...] = ()
    """Closing notes, by paragraph."""
    closing_first: bool = False
    """Whether the closing notes stand before the biography."""
    picture: Picture | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    doi: str | None = None
    comments: tuple[tuple[str, str], ...] = ()
    """(name, text) of readers' comments; shown by the oldest layout only."""
    discussion: Literal["closed", "open", "unsaid"] = "closed"
    cases: tuple[int, ...] = ()
    """Numbers of the edge cases that the article stands for."""
    layouts: tuple[str, ...] = ("2024",)
    """The layouts it is shown in, one page each."""
    status: str = ""
    """Empty: an article. Else why it is none, or how it is kept back."""
    looks: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the look is bound to, by layout or ``all``."""

    @property
    def day(self) -> str:
        """The date in the address, ``YYYY/MM/DD``."""
        return self.url_day or self.published[:10].replace("-", "/")

    @property
    def instant(self) -> datetime:
        """When it was published, aware."""
        return datetime.fromisoformat(self.published)

    @property
    def lastmod(self) -> str:
        """When it was last changed, as the sitemap spells it."""
        return self.modified or self.published

    def blocks(self) -> tuple[Block, ...]:
        """The body of the first page, In Brief first."""
        return (*map(Paragraph, self.brief), *self.pages()[0])

    def pages(self) -> list[tuple[Block, ...]]:
        """The body after In Brief, cut at page breaks."""
        pages: list[list[Block]] = [[]]
        for block in self.body:
            if block == Mark("nextpage"):
                pages.append([])
            else:
                pages[-1].append(block)
        return [tuple(page) for page in pages]

    @property
    def minutes(self) -> int:
        """Reading time as the plugin counts it: 220 words a minute, rounded up."""
        return -(-len(blocks_text(self.blocks()).split()) // 220)


def _read(table: dict[str, Any]) -> Definition:
    values: dict[str, Any] = dict(table)
    values["body"] = tuple(read_block(block) for block in table.get("body", ()))
    values["authors"] = tuple(
        Person(**{**author, "affiliations": tuple(author.get("affiliations", ()))})
        for author in table.get("authors", ())
    )
    values["comments"] = tuple((name, text) for name, text in table.get("comments", ()))
    if "picture" in table:
        values["picture"] = Picture(**table["picture"])
    values["looks"] = values.pop("look", {})
    for key, value in values.items():
        if isinstance(value, list):
            values[key] = tuple(value)
    return Definition(**values)


@cache
def load_definitions() -> tuple[Definition, ...]:
    """All definitions, kept-back and spare ones included, by id."""
    folder = resources.files(__package__) / "articles"
    tables = [
        table
        for file in folder.iterdir()
        if file.name.endswith(".toml")
        for table in tomllib.loads(file.read_text(encoding="utf-8"))["article"]
    ]
    return tuple(sorted(map(_read, tables), key=lambda definition: definition.id))
