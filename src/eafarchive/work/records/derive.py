"""Deriving every record of an archive again from its WARC files, and nothing else."""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Container, Iterable
from functools import partial
from pathlib import Path

import msgspec

from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.archive.directory.lost import GIVEN_UP, is_there, missing_files, read_lost
from eafarchive.archive.directory.roster import is_before
from eafarchive.archive.disk.files import replace_file, writing
from eafarchive.discovery.paths import record_path
from eafarchive.errors import DamageError
from eafarchive.model import Capture, NotAnArticle, Place, Record
from eafarchive.record import decode_record
from eafarchive.work.records.ahead import Ahead
from eafarchive.work.records.drafts import Drafts
from eafarchive.work.records.reading import Reader
from eafarchive.work.records.shelf import obstacle_at
from eafarchive.work.report.summary import DRIFT_PAGES, DRIFT_SHARE

log = logging.getLogger(__name__)

_NAMED = 10
"""So many of the files removed are named, at most."""

Derived = Record | NotAnArticle | None
"""What a capture gives: a record; why its page could not be read; nothing, which is no article."""


class Rewritten(msgspec.Struct):
    """What `rewrite_records` did, in numbers."""

    articles: int = 0
    written: int = 0
    removed: int = 0
    """Records of which the WARC files know nothing."""
    warnings: int = 0
    damaged: int = 0
    unread: int = 0
    """Pages that the parser did not come to the end of: their records stay as they are; and those
    in place of whose record something else stands."""
    missing: int = 0
    """WARC files that the archive knows of and that are not there."""
    kept: int = 0
    """Records that stay because what they were made from is damaged or not there."""

    @property
    def has_drifted(self) -> bool:
        """Whether so many pages ceased to be articles that somebody must mend the profile."""
        share = DRIFT_SHARE * (self.articles + self.removed)
        return self.removed >= DRIFT_PAGES and self.removed > share


def derive(reader: Reader, place: Place, capture: Capture) -> Derived:
    """What a capture gives; a page that is no article gives nothing, unless it is unread."""
    if not reader.is_article(capture.target_uri):
        return None
    found = reader.read(capture, place)
    return None if isinstance(found, NotAnArticle) and not found.is_unread else found


def rewrite_records(
    archive: Archive,
    reader: Reader,
    complain: Callable[[str], None],
    *,
    remove: bool = True,
    try_again: Callable[[], bool] = lambda: False,
) -> Rewritten:
    """Make ``records/`` what the WARC files say; files that are right already are not touched.

    ``complain`` gets a line for each damaged place in a WARC file, for each one that is missing,
    and for each page that cannot be read. ``remove``: records of which no capture knows are
    removed, unless something is damaged, missing or unread: a record may be all that is left.
    ``try_again`` as for `lock`. Raises `WriteError`, and `BusyError` while another run holds the
    archive.
    """
    result = Rewritten()
    with (
        lock(archive.root, try_again=try_again),
        Drafts(reader, keep_data=True) as drafts,
        Ahead[Derived](reader.at_once) as ahead,
    ):
        unread: set[str] = set()
        evidence = _Evidence(archive, complain)
        result.damaged += not evidence.is_complete

        def put(found: Iterable[Derived]) -> None:
            for one in found:
                if isinstance(one, Record):
                    drafts.put(one)
                elif one is not None:
                    complain(f"{one.url}: not read: {one.reason}; its record stays as it is")
                    unread.add(record_path(reader.key(one.url)))
                    result.unread += 1

        for item in archive.captures():
            match item:
                case (Place() as place, Capture() as capture):
                    put(ahead.ask(partial(derive, reader, place, capture)))
                case (str() as name, damage):
                    result.damaged += 1
                    evidence.damaged.add(name)
                    complain(f"{name}@{damage.offset}: {damage.reason}")
        put(ahead.rest())
        folder = archive.root / "records"
        for path in drafts.paths():
            draft = drafts.get(path)
            assert draft is not None
            if path in unread:  # of a page captured several times this may not be the newest
                continue
            target = folder / path
            if not target.is_file() and (obstacle := obstacle_at(target)):
                complain(obstacle)
                result.unread += 1
                continue
            result.articles += 1
            result.warnings += draft.warnings > 0
            data = draft.data
            held = target.read_bytes() if target.is_file() else b""
            if held == data or evidence.is_outlived(held, data):
                continue
            replace_file(target, data, archive.root)
            result.written += 1
        if remove:
            _remove(archive, drafts, evidence, result)
        evidence.tell()
        result.missing, result.kept = len(evidence.missing), evidence.kept.total()
    return result


class _Evidence:
    """What has become of the WARC files that records came from."""

    def __init__(self, archive: Archive, complain: Callable[[str], None]) -> None:
        self._root = archive.root
        self._complain = complain
        self.damaged: set[str] = set()
        self.missing: set[str] = set()
        self._lost: Container[str] = ()
        self.is_complete = True
        """Whether all WARC files are known that there should be."""
        self.kept: Counter[str] = Counter()
        """WARC file → the records that stay for its sake."""
        try:
            self._lost = read_lost(archive.root)
            with contextlib.ExitStack() as stack:
                ledger = None
                with contextlib.suppress(DamageError):  # the manifest does without
                    ledger = stack.enter_context(contextlib.closing(archive.ledger()))
                self.missing = set(missing_files(archive.root, ledger))
        except DamageError as error:
            complain(f"{error}; no record is removed")
            self.is_complete = False

    def is_outlived(self, held: bytes, made: bytes) -> bool:
        """Whether the record held is of a capture that is not there, and the one made of another:
        an older one, or a newer one that made no version while all was there.
        """
        try:
            record = decode_record(held, "")
        except DamageError:
            return False
        now = decode_record(made, "").capture
        is_newer = not is_before(self._root, now, record.capture)
        if is_newer and (now == record.capture or record.capture.warc in self._lost):
            return False
        return self.is_last(record)

    def is_last(self, record: Record) -> bool:
        """Whether the record stays, for what it was made from is damaged or not there."""
        warc = record.capture.warc
        if warc is None:
            return False
        if not is_there(self._root, warc):
            self.missing |= {warc} if warc not in self._lost else set()
        elif warc not in self.damaged:
            return False
        self.kept[warc] += 1
        return True

    def tell(self) -> None:
        """A complaint for each WARC file that is not there, and a line for each given up."""
        for name in sorted(self.missing | self.kept.keys()):
            stay = f"; {self.kept[name]} records that came from it stay" if self.kept[name] else ""
            if name in self.missing:
                self._complain(f"{name}: is missing{stay}; put it back from a copy")
            elif name not in self.damaged:
                log.warning("%s: %s%s", name, GIVEN_UP, stay)


def _remove(archive: Archive, drafts: Drafts, evidence: _Evidence, result: Rewritten) -> None:
    """Remove the records that no capture gives, if it is sure that none gave them."""
    folder = archive.root / "records"
    removable: list[Path] = []
    for file in archive.record_files():
        if drafts.get(file.relative_to(folder).as_posix()) is not None:
            continue
        try:
            record = decode_record(file.read_bytes(), str(file))
        except DamageError:
            where = file.relative_to(archive.root).as_posix()
            log.warning("%s: is no record of ours, and is left alone; move it away", where)
            continue
        if not evidence.is_last(record):
            removable.append(file)
    if result.damaged or result.unread or evidence.missing:
        return
    for file in removable:
        with writing(file):
            file.unlink()
        result.removed += 1
        if result.removed <= _NAMED:
            where = file.relative_to(archive.root).as_posix()
            log.warning("%s: no capture gives this record: removed", where)
    if result.removed > _NAMED:
        log.warning("records: %d more that no capture gives: removed", result.removed - _NAMED)
