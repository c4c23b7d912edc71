"""The library as a caller's type checker sees it: checked by mypy, never run."""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

from eafarchive import (
    Archive,
    Article,
    Author,
    EafarchiveError,
    Image,
    Link,
    NotAnArticle,
    Page,
    Profile,
    Record,
    extract,
    load_profile,
)
from eafarchive.errors import ExitCode


def titles(folder: Path | str) -> Iterator[tuple[str, str | None, int]]:
    archive = Archive.open(folder)
    assert_type(archive, Archive)
    assert_type(archive.warc_files(), list[Path])
    for record in archive:
        assert_type(record, Record)
        assert_type(record.capture.offset, int | None)
        assert_type(record.extraction.fields, dict[str, str])
        yield record.title, record.published_at, record.word_count


def read(html: bytes, url: str) -> tuple[str, ...]:
    profile = load_profile("eastasiaforum")
    assert_type(profile, Profile)
    page = Page.from_html(html, url=url)
    assert_type(page, Page)
    assert_type(Page.from_html(html, url, "text/html; charset=utf-8"), Page)
    try:
        found = extract(page, profile)
    except EafarchiveError as error:
        assert_type(error.exit_code, ExitCode)
        raise
    assert_type(found, Article | NotAnArticle)
    if isinstance(found, NotAnArticle):
        return (found.reason,)
    assert_type(found.authors, tuple[Author, ...])
    assert_type(found.images, tuple[Image, ...])
    assert_type(found.links, tuple[Link, ...])
    return tuple(author.name for author in found.authors)
