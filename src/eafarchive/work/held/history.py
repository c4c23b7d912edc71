"""An article's history: its versions, and when it moved or was gone, read from its captures alone.

Versions are told by the rule that the records are made by (see `drift`). A capture that shows the
same version again is counted, not listed; one that is held back is listed with the reason.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Literal

import msgspec

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow, key_of
from eafarchive.archive.directory.holdings import Archive
from eafarchive.discovery.freshness import instant_of
from eafarchive.discovery.urls import canonical_key, clean_url
from eafarchive.errors import ConfigError, DamageError
from eafarchive.model import NotAnArticle, Record
from eafarchive.record import article_digest
from eafarchive.work.fetching.answers import GONE, REDIRECTS, led_to
from eafarchive.work.held.difference import changed_fields
from eafarchive.work.records.drift import Verdict, judge, judge_astray, judge_refusal, standing_of
from eafarchive.work.records.reading import Reader
from eafarchive.work.records.visits import spelling

MAX_MOVES = 5


EventKind = Literal["gone", "moved", "failed", "no article", "held back", "unread"]


class Version(msgspec.Struct, kw_only=True):
    """One version of an article."""

    number: int
    """From 1, in the order of capture."""
    captured_at: str
    """Its first capture."""
    last_seen_at: str
    """The last capture that shows it."""
    captures: int
    digest: str
    """``sha256:`` of what the article says."""
    changed: tuple[str, ...]
    """The fields that differ from the version before."""
    record: Record


class Event(msgspec.Struct, kw_only=True):
    """Captures in a row that show no version of the article."""

    kind: EventKind
    """``held back``: a page that was blocked or drifted; the version before stays in force.
    ``unread``: the capture is damaged or not there, and may be one more version."""
    detail: str
    """The status, the address it moved to, or what is wrong with the page."""
    first_at: str
    last_at: str
    captures: int


class History(msgspec.Struct, kw_only=True):
    """What the archive holds of one article."""

    key: str
    state: Literal["held", "moved", "gone", "never held"]
    """By its last capture that tells; ``gone`` and ``moved`` articles are kept."""
    moved_to: str | None
    came_from: str | None
    """The key that was asked for, if that one only led here."""
    timeline: list[Version | Event]
    """In the order of capture."""
    damage: list[str] = []
    """Why captures could not be read; each cause once."""

    @property
    def versions(self) -> list[Version]:
        """The versions, the newest last."""
        return [item for item in self.timeline if isinstance(item, Version)]

    @property
    def events(self) -> list[Event]:
        """What was between and after them."""
        return [item for item in self.timeline if isinstance(item, Event)]

    def version(self, wanted: str | None) -> Version:
        """The version of that number or time, by default the newest.

        A date is its end, UTC. Raises `ConfigError`.
        """
        if not self.timeline:
            told = "its captures only lead to another spelling of its address"
            raise ConfigError(f"{self.key}: no version of it is held: {told}")
        if not self.versions:
            (*_, last) = self.events
            raise ConfigError(f"{self.key}: no version of it is held: {last.kind}, {last.detail}")
        if wanted is None:
            return self.versions[-1]
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < len("2026"):
            if not 1 <= int(wanted) <= len(self.versions):
                raise ConfigError(f"{self.key}: has no version {wanted}, but {len(self.versions)}")
            return self.versions[int(wanted) - 1]
        until = instant_of(wanted)
        if until is None:
            raise ConfigError(
                f"{wanted[:60]}: neither a version's number nor a time: write 2 or 2024-01-31 or"
                " 2024-01-31T09:00:00Z"
            )
        held = [v for v in self.versions if datetime.fromisoformat(v.captured_at) <= until]
        if not held:
            first = self.versions[0].captured_at
            raise ConfigError(f"{self.key}: was not held at {wanted}; its first capture is {first}")
        return held[-1]


def history(archive: Archive, reader: Reader, url: str) -> History:
    """The history of the article at ``url``, in any spelling, or of that key.

    If all that is held of it is that it moved, the history is that of where it went. Raises
    `ConfigError` if the archive holds no capture of it, `DamageError` if no version can be read.
    """
    clean = clean_url(url) or clean_url(f"https://{url}")
    if clean is None:
        raise ConfigError(f"{url[:300]}: neither a URL nor the key of an article")
    with contextlib.closing(archive.ledger()) as ledger:
        asked = key = canonical_key(clean)
        seen: set[str] = set()
        while True:
            rows = ledger.captures_of(key)
            if not rows:
                raise ConfigError(f"{url[:300]}: no capture of it in {archive.root}")
            seen.add(key)
            found = _Walk(archive, ledger, reader, key).along(rows)
            onward = canonical_key(found.moved_to) if found.moved_to else key
            if found.versions or onward in seen or len(seen) > MAX_MOVES:
                break
            if not ledger.captures_of(onward):
                break
            key = onward
    if found.damage and not found.versions:
        raise DamageError(found.damage[0])
    if key != asked:
        found.came_from = asked
    return found


class _Walk:
    """Goes along the captures of one article, in the order they were made."""

    def __init__(self, archive: Archive, ledger: Ledger, reader: Reader, key: str) -> None:
        self._archive = archive
        self._ledger = ledger
        self._reader = reader
        self._read: dict[str, tuple[str, Record] | NotAnArticle] = {}
        self._last: Version | Event | None = None
        self._spelling: tuple[str, str] | None = None
        """Of the address that the article was seen at last."""
        self._found = History(
            key=key, state="never held", moved_to=None, came_from=None, timeline=[]
        )

    def along(self, rows: list[CaptureRow]) -> History:
        """What the captures show."""
        for row in rows:
            try:
                self._take(row)
            except DamageError as error:
                self._note("unread", f"{row.place.warc}: is missing or damaged", row)
                if str(error) not in self._found.damage:
                    self._found.damage.append(str(error))
        return self._found

    def _take(self, row: CaptureRow) -> None:
        found = self._found
        if row.kind == "response" and row.status in REDIRECTS:
            self._redirected(row)
        elif row.status in GONE and self._spelling in {None, spelling(row.target_uri)}:
            if found.versions:
                found.state, found.moved_to = "gone", None
            self._note("gone", f"status {row.status}", row)
        elif row.kind == "revisit" or row.status == 200:
            self._page(row)
        else:
            self._note("failed", f"status {row.status}" if row.status else "no HTTP answer", row)

    def _redirected(self, row: CaptureRow) -> None:
        target = led_to(self._archive.capture_at(row.place))
        if target is None:
            self._note("failed", f"status {row.status}, which leads nowhere", row)
        elif canonical_key(target) == self._found.key or canonical_key(target) == row.key:
            if self._spelling == spelling(row.target_uri):
                self._spelling = spelling(target)
        elif self._is_astray(target):
            self._no_version(judge_astray(target), row)
        else:
            self._found.state, self._found.moved_to = "moved", target
            self._note("moved", target, row)

    def _is_astray(self, target: str) -> bool:
        """Whether a redirect to there ends at what is no article."""
        if self._reader.is_article(target):
            return False
        return not any(r.status in REDIRECTS for r in self._ledger.captures_of(key_of(target)))

    def _page(self, row: CaptureRow) -> None:
        shown = self._ledger.response_of(row)
        if shown is None:
            self._note("failed", "repeats a capture that is not held", row)
            return
        read, found = self._reading(shown), self._found
        last = found.versions[-1] if found.versions else None
        if isinstance(read, NotAnArticle):
            self._no_version(judge_refusal(read, is_held=bool(last)), row)
            return
        digest, record = read
        profile_of = self._reader.profile_of
        before = standing_of(last.record, profile_of(last.record)) if last else None
        verdict = judge(record, before, profile_of(record))
        if verdict.is_held_back:
            self._no_version(verdict, row)
            return
        found.state, found.moved_to = "held", None
        self._spelling = spelling(row.target_uri)
        if last and not verdict.makes_version:
            self._last = last
            last.captures += 1
            last.last_seen_at = row.captured_at
            return
        self._last = Version(
            number=len(found.versions) + 1,
            captured_at=row.captured_at,
            last_seen_at=row.captured_at,
            captures=1,
            digest=f"sha256:{digest}",
            changed=changed_fields(last.record, record) if last else (),
            record=record,
        )
        found.timeline.append(self._last)

    def _no_version(self, verdict: Verdict, row: CaptureRow) -> None:
        if self._found.versions:
            self._note("held back", f"{verdict.kind}: {verdict.detail}", row)
        else:
            self._note("no article", verdict.detail, row)

    def _reading(self, row: CaptureRow) -> tuple[str, Record] | NotAnArticle:
        """What a response says; read once, however often it is repeated."""
        known = self._read.get(row.place.record_id)
        if known is None:
            read = self._reader.read(self._archive.capture_at(row.place), row.place)
            known = read if isinstance(read, NotAnArticle) else (article_digest(read), read)
            self._read[row.place.record_id] = known
        return known

    def _note(self, kind: EventKind, detail: str, row: CaptureRow) -> None:
        last, at = self._last, row.captured_at
        if isinstance(last, Event) and (last.kind, last.detail) == (kind, detail):
            last.captures += 1
            last.last_at = at
            return
        self._last = Event(kind=kind, detail=detail, first_at=at, last_at=at, captures=1)
        self._found.timeline.append(self._last)
