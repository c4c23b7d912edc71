"""A profile put to pages that are at hand: what it makes of each, and which of its rules idle."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from eafarchive.archive.captures.index import key_of
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.others.foreign import Resource, Revisit, read_foreign
from eafarchive.config import fallback_profiles, load_profile
from eafarchive.discovery.urls import clean_url
from eafarchive.errors import ConfigError
from eafarchive.model import Account, Article, Capture, Finding, NotAnArticle, Place
from eafarchive.profile import Profile, rules_of
from eafarchive.record import decode_record, format_instant
from eafarchive.work.pages.extract import WARCS, read_file
from eafarchive.work.pages.repeats import Revisits
from eafarchive.work.records.ahead import in_order
from eafarchive.work.records.reading import Reader

log = logging.getLogger(__name__)


FIELDS = (
    "title", "byline", "authors", "published_at", "modified_at", "url_date", "summary",
    "author_note", "notes", "reading_minutes", "language", "categories", "tags", "doi",
    "comments_open", "publisher", "copyright",
)  # fmt: skip
"""What an article may have, as far as one line can show it."""


class Checked(msgspec.Struct, frozen=True):
    """What the profile made of one page."""

    source: str
    """Where the page came from: a file, or a WARC file with offset and time of capture."""
    url: str
    profile: str
    profile_digest: str
    extends: str | None
    found: Article | NotAnArticle
    account: Account | None
    """``None`` where there was no page to read: an answer cut off, an image."""
    own: tuple[str, ...]
    """The rules that are the profile's own, not inherited or built in, by the keys' paths."""


class Idle(NamedTuple):
    """The rules that matched nothing on any page checked."""

    profile: str
    rules: tuple[str, ...]
    """Keys' paths, in the profile's order; inherited ones not among them."""


class Totals(NamedTuple):
    """What all pages checked come to."""

    pages: int
    articles: int
    lacking: dict[str, int]
    """Field → how many articles have none; those that all have are left out."""


def check(target: str | None, url: str | None, archive: Path, reader: Reader) -> Iterator[Checked]:
    """What the reader's profiles make of the pages that ``target`` means.

    ``target`` is the URL of an article in the archive (its newest capture), a saved page (at
    ``url``), a WARC file, or a record's file; ``None`` is every article of the archive. Nothing is
    asked of the network. Raises `ConfigError` for a target without a page.
    """
    if target is not None and target.startswith(("http://", "https://")):
        yield _checked(*_newest(Archive.open(archive), target), reader)
    elif target is None:
        pages = _newest_of_all(Archive.open(archive), reader)
        works = (partial(_checked, source, capture, reader) for source, capture in pages)
        yield from in_order(works, reader.at_once)
    elif target.endswith(".json"):
        yield _checked(*_evidence(Path(target), archive), reader)
    elif target.endswith(WARCS):
        yield from in_order(_in_warc(Path(target), reader), reader.at_once)
    else:
        saved, address = read_file(Path(target)), clean_url(url or "")
        if address is None:
            raise ConfigError(f"{target}: a saved page needs its address: --url https://…")
        yield _checked_page(target, saved, address, None, reader)


def idle_rules(checked: list[Checked]) -> list[Idle]:
    """The own rules of each profile that matched nothing on any of its pages."""
    by_profile: dict[str, list[Checked]] = {}
    for one in checked:
        if one.account is not None:
            by_profile.setdefault(one.profile, []).append(one)
    return [
        Idle(
            name,
            tuple(
                rule
                for rule in _unmatched(one.account for one in pages if one.account is not None)
                if rule in pages[0].own
            ),
        )
        for name, pages in by_profile.items()
    ]


def total(checked: list[Checked]) -> Totals:
    """How many pages are articles, and what those lack."""
    articles = [one.found for one in checked if isinstance(one.found, Article)]
    lacking = {name: sum(_is_absent(getattr(a, name)) for a in articles) for name in FIELDS}
    return Totals(len(checked), len(articles), {n: count for n, count in lacking.items() if count})


def _is_absent(value: object) -> bool:
    return value is None or value in ("", (), [])


def _checked(source: str, capture: Capture, reader: Reader) -> Checked:
    read = reader.examine(capture, is_explained=True)
    return _as_checked(source, capture.target_uri, read.found, read.profile, read.account)


def _checked_page(
    source: str, html: bytes, url: str, content_type: str | None, reader: Reader
) -> Checked:
    read = reader.read_page(html, url, content_type, is_explained=True)
    return _as_checked(source, url, read.found, read.profile, read.account)


def _as_checked(
    source: str, url: str, found: Article | NotAnArticle, profile: Profile, account: Account | None
) -> Checked:
    is_own = profile.digest not in {general.digest for general in fallback_profiles()}
    known = rules_of(load_profile(profile.extends)) if profile.extends else ()
    inherited = {(_group(rule.key), rule.pattern) for rule in known}
    own = (r.key for r in rules_of(profile) if (_group(r.key), r.pattern) not in inherited)
    return Checked(
        source,
        url,
        profile.name,
        profile.digest,
        profile.extends,
        found,
        account,
        tuple(own) if is_own else (),
    )


def _group(key: str) -> str:
    return key.rpartition("[")[0] or key


def _newest(archive: Archive, url: str) -> tuple[str, Capture]:
    cleaned = clean_url(url)
    if cleaned is None:
        raise ConfigError(f"{url[:300]}: not an http or https URL")
    with contextlib.closing(archive.ledger()) as ledger:
        good = (row for row in reversed(ledger.captures_of(key_of(cleaned))) if row.status == 200)
        shown = next(filter(None, map(ledger.response_of, good)), None)
    if shown is None:
        raise ConfigError(
            f"{url}: no whole capture of it in {archive.root}; 'eafarchive crawl {url}' makes one"
        )
    capture = archive.capture_at(shown.place)
    return _where(shown.place, capture), capture


def _newest_of_all(archive: Archive, reader: Reader) -> Iterator[tuple[str, Capture]]:
    """The newest good answer of each article's URL, in the order of first capture."""
    newest: dict[str, Place] = {}
    with contextlib.closing(archive.ledger()) as ledger:
        for row in ledger.captures():
            url = row.target_uri
            if row.status == 200 and reader.is_article(url):
                shown = ledger.response_of(row)
                if shown is not None:  # of a revisit, what it refers to
                    newest[reader.key(url)] = shown.place
    for place in newest.values():
        capture = archive.capture_at(place)
        yield _where(place, capture), capture


def _evidence(path: Path, archive: Path) -> tuple[str, Capture]:
    """The capture that the record in a file points to, in its own archive if it lies in one."""
    record = decode_record(read_file(path), str(path))
    reference = record.capture
    if reference.warc is None or reference.offset is None or reference.length is None:
        raise ConfigError(f"{path}: was made from a saved page; check that page")
    roots = [up.parent for up in path.absolute().parents if up.name == "records"]
    root = next((root for root in roots if (root / "warc").is_dir()), archive)
    place = Place(reference.warc, reference.offset, reference.length, reference.record_id or "")
    capture = Archive.open(root).capture_at(place)
    return f"{_where(place, capture)}, recorded by {record.extraction.profile}", capture


def _in_warc(path: Path, reader: Reader) -> Iterator[Callable[[], Checked]]:
    faults = [f"{path}: holds no page at an article's URL"]
    count = 0
    revisits = Revisits()
    late: list[Revisit] = []
    for found in read_foreign(path):
        if isinstance(found, Finding):
            faults.append(f"{found.where}: {found.what}; {found.action}")
        elif isinstance(found, tuple) and reader.is_article(found[1].target_uri):
            count += 1
            revisits.note(path, *found)
            yield partial(_checked, _where(*found), found[1], reader)
        elif isinstance(found, Resource) and reader.is_article(found.target_uri):
            count += 1
            page = found.data, found.target_uri, found.content_type
            yield partial(_checked_page, _where(found.place, found), *page, reader)
        elif isinstance(found, Revisit) and reader.is_article(found.target_uri):
            late.append(found)
    for revisit in late:
        if seen := revisits.find(revisit):
            count += 1
            yield partial(_checked, _where(revisit.place, seen), seen, reader)
    if not count:
        raise ConfigError(faults[-1])
    for fault in faults[1:]:
        log.warning("%s", fault)


def _where(place: Place, kept: Capture | Resource) -> str:
    return f"{place.warc}@{place.offset}, captured {format_instant(kept.captured_at)}"


def _unmatched(accounts: Iterable[Account]) -> tuple[str, ...]:
    """The keys of the rules that matched nothing on any of the pages, in the profile's order."""
    times: dict[str, int] = {}
    for account in accounts:
        for match in account.matches:
            times[match.rule] = times.get(match.rule, 0) + match.times
    return tuple(rule for rule, count in times.items() if not count)
