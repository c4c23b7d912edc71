"""Records against the captures they point to: derived again, and compared byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import capture_of
from eafarchive.archive.captures.members import WarcRecord
from eafarchive.archive.directory.holdings import Archive
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import Finding, Place, Record
from eafarchive.record import PAST_RELEASES, SOFTWARE, decode_record, encode_record
from eafarchive.work.records.ahead import Ahead
from eafarchive.work.records.derive import Derived, derive
from eafarchive.work.records.drafts import Drafts
from eafarchive.work.records.reading import Reader
from eafarchive.work.records.shelf import obstacle_at
from eafarchive.work.verification.absence import Absence, Gathered

_EXTRACT = "run 'eafarchive extract'"
_KEEP = "keep it, and put the WARC file back from a copy"
_REDO = f"{_EXTRACT}, or verify with --repair"
_ANOTHERS = "is not what its capture gives"


class Deriving:
    """Derives the records of a file's captures, in order, as many at once as can be read."""

    def __init__(self, reader: Reader, ahead: Ahead[Derived]) -> None:
        """Nothing is begun."""
        self._reader = reader
        self._ahead = ahead
        self.unread: dict[str, Finding] = {}
        """Where the records lie of which nothing can be said, since a page could not be read."""

    def begin(self, record: WarcRecord, warc: str) -> Iterator[Record]:
        """Begin with a sound WARC record, if it is a response; what earlier ones gave."""
        if record.kind != "response":
            return iter(())
        try:
            capture = capture_of(record)
        except ValueError:
            return iter(())  # reported where the record's fields are checked
        place = Place(warc, record.offset, record.length, record.record_id)
        return self._records(self._ahead.ask(partial(derive, self._reader, place, capture)))

    def rest(self) -> Iterator[Record]:
        """What all that were begun give."""
        return self._records(self._ahead.rest())

    def _records(self, found: Iterable[Derived]) -> Iterator[Record]:
        for one in found:
            if isinstance(one, Record):
                yield one
            elif one is not None:
                path = record_path(self._reader.key(one.url))
                what = f"was not compared: {one.reason}: {one.url}"
                self.unread[path] = Finding("warning", f"records/{path}", what, "verify once more")


class Evidence:
    """Takes the captures of a whole pass, and then says what is wrong with each record."""

    def __init__(
        self,
        archive: Archive,
        deriving: Deriving,
        drafts: Drafts,
        awaited: Collection[str] = (),
        absence: Absence | None = None,
    ) -> None:
        """``drafts`` takes what the captures give; ``awaited`` as `awaited_records` gives them."""
        self._archive = archive
        self._awaited = awaited
        self._deriving = deriving
        self._drafts = drafts
        self._absence = absence or Absence(archive)
        self._outdated = Gathered()

    def take(self, record: WarcRecord, warc: str) -> Iterator[Finding]:
        """Take what a WARC record gives; nothing is found before the last."""
        self._put(self._deriving.begin(record, warc))
        return iter(())

    def end_file(self) -> Iterator[Finding]:
        """Take what the file's last records give."""
        self._put(self._deriving.rest())
        return iter(())

    def _put(self, records: Iterable[Record]) -> None:
        for record in records:
            self._drafts.put(record)

    def findings(self, damaged: Collection[str]) -> Iterator[Finding]:
        """What is wrong with the records: missing, of nothing, not what their captures give.

        ``damaged`` are the WARC files that what a record came from may have been lost in.
        """
        folder = self._archive.root / "records"
        unread = self._deriving.unread
        yield from unread.values()
        for path in self._drafts.paths():
            if path not in unread and not (folder / path).is_file():
                yield _missing(folder, path, self._awaited)
        for file in self._archive.record_files():
            path = file.relative_to(folder).as_posix()
            if path in unread:
                continue
            where = f"records/{path}"
            draft, data = self._drafts.get(path), file.read_bytes()
            if draft and hashlib.sha256(data).hexdigest() == draft.sha256:
                continue
            if absent := self._absent(data, where, is_given=draft is not None):
                yield from self._outdated.sift(absent)
            elif draft is None:
                found = Finding("error", where, "no capture gives this record", _EXTRACT)
                yield _uncaptured(data, where, found, damaged)
            else:
                found = _difference(data, where, draft.profile_digest)
                if found.what == _ANOTHERS and path in self._awaited:
                    found = _late(where)
                elif found.what == _ANOTHERS:
                    found = _uncaptured(data, where, found, damaged)
                yield from self._outdated.sift(found)
        yield from self._outdated.findings()

    def _absent(self, data: bytes, where: str, *, is_given: bool) -> Finding | None:
        try:
            record = decode_record(data, where)
        except DamageError:
            return None
        return self._absence.of_record(record, where, is_given=is_given)


class SlicedEvidence:
    """As `Evidence`, for a part of the files: each capture with the record that points to it.

    What cannot be seen from a part, whether a record is the newest version, is left to a whole
    pass.
    """

    def __init__(self, archive: Archive, deriving: Deriving, awaited: Collection[str] = ()) -> None:
        """Nothing is kept; ``awaited`` as `awaited_records` gives them."""
        self._archive = archive
        self._awaited = awaited
        self._deriving = deriving
        self._outdated = Gathered()

    def take(self, record: WarcRecord, warc: str) -> Iterator[Finding]:
        """What is wrong with the record files of the articles that were read by now."""
        for derived in self._deriving.begin(record, warc):
            yield from self._compare(derived)

    def end_file(self) -> Iterator[Finding]:
        """What is wrong with those of the file's last articles."""
        for derived in self._deriving.rest():
            yield from self._compare(derived)

    def _compare(self, derived: Record) -> Iterator[Finding]:
        path = record_path(derived.key)
        folder = self._archive.root / "records"
        file, where = folder / path, f"records/{path}"
        if not file.is_file():
            yield _missing(folder, path, self._awaited)
            return
        data = file.read_bytes()
        try:
            held = decode_record(data, where)
        except DamageError as error:
            yield _unreadable(where, error)
            return
        if held.capture.record_id == derived.capture.record_id and data != encode_record(derived):
            found = _difference(data, where, derived.extraction.profile_digest)
            yield from self._outdated.sift(found)

    def findings(
        self, ledger: Ledger | None, warcs: frozenset[str], damaged: Collection[str]
    ) -> Iterator[Finding]:
        """Records that point into these files, but to no capture, or lie in the wrong place."""
        yield from self._deriving.unread.values()
        yield from self._outdated.findings()
        folder = self._archive.root / "records"
        for file in self._archive.record_files():
            path = file.relative_to(folder).as_posix()
            where = f"records/{path}"
            data = file.read_bytes()
            try:
                held = decode_record(data, where)
            except DamageError as error:
                yield _unreadable(where, error)
                continue
            if held.capture.warc not in warcs:
                continue
            row = ledger.capture(held.capture.record_id or "") if ledger else None
            pointer = Place(
                held.capture.warc,
                *(held.capture.offset or 0, held.capture.length or 0),
                held.capture.record_id or "",
            )
            if record_path(held.key) != path:
                yield Finding("error", where, f"is the record of {held.key}", _EXTRACT)
            elif ledger and (row is None or row.place != pointer):
                found = Finding("error", where, "points to no capture", _EXTRACT)
                yield _uncaptured(data, where, found, damaged)


def awaited_records(ledger: Ledger, reader: Reader) -> frozenset[str]:
    """Where the records lie that a crawl was interrupted before: the next one writes them."""
    rows = ledger.captures(unharvested=True)
    return frozenset(record_path(reader.key(row.target_uri)) for row in rows)


def _uncaptured(data: bytes, where: str, found: Finding, damaged: Collection[str]) -> Finding:
    """The finding, or what is told of a record in its place that came from a damaged file."""
    try:
        warc = decode_record(data, where).capture.warc
    except DamageError:
        return Finding("error", where, "is no record of ours", "move it away")
    return replace(found, action=_KEEP, repair=None, because=warc) if warc in damaged else found


def _missing(folder: Path, path: str, awaited: Collection[str]) -> Finding:
    where = f"records/{path}"
    if obstacle := obstacle_at(folder / path):
        said, _, action = obstacle.rpartition("; ")
        return Finding("error", where, said.rpartition(": ")[2], action)
    return (
        _late(where) if path in awaited else Finding("error", where, "is missing", _REDO, "records")
    )


def _late(where: str) -> Finding:
    what = "is not written yet: a crawl was interrupted"
    return Finding("warning", where, what, f"the next crawl does it; or {_REDO}", "records")


def _unreadable(where: str, error: DamageError) -> Finding:
    return Finding("error", where, str(error).removeprefix(f"{where}: "), _REDO, "records")


def _difference(data: bytes, where: str, profile_digest: str) -> Finding:
    try:
        made = decode_record(data, where).extraction
    except DamageError as error:
        return _unreadable(where, error)
    if made.software in PAST_RELEASES:
        return Finding(
            "warning", where, f"was made by {made.software}, this is {SOFTWARE}", _REDO, "records"
        )
    if made.software != SOFTWARE:
        what = f"says it was made by {made.software[:40]!r}, which this program does not know"
        return Finding("error", where, what, f"upgrade, or {_REDO}", "records")
    if _is_another(made.profile_digest, profile_digest):
        return Finding("warning", where, "was made with another profile", _REDO, "records")
    return Finding("error", where, _ANOTHERS, _REDO, "records")


def _is_another(digest: str, now: str) -> bool:
    """Whether two digests are of different things; those of one, damaged, differ in one place."""
    return len(digest) != len(now) or sum(a != b for a, b in zip(digest, now, strict=True)) > 8
