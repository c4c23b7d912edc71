"""Deriving every record of an archive again from its WARC files, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import msgspec

from eafarchive.archive.files import replace_file, writing
from eafarchive.archive.holdings import Archive, lock
from eafarchive.discovery.paths import record_path
from eafarchive.model import Capture, NotAnArticle, Place, Record
from eafarchive.work.ahead import Ahead
from eafarchive.work.drafts import Drafts
from eafarchive.work.reading import Reader

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
    """Pages that the parser did not come to the end of: their records stay as they are."""


def derive(reader: Reader, place: Place, capture: Capture) -> Derived:
    """What a capture gives; a page that is no article gives nothing, unless it is unread."""
    if not reader.is_article(capture.target_uri):
        return None
    found = reader.read(capture, place)
    return None if isinstance(found, NotAnArticle) and not found.is_unread else found


def rewrite_records(
    archive: Archive, reader: Reader, complain: Callable[[str], None], *, remove: bool = True
) -> Rewritten:
    """Make ``records/`` what the WARC files say; files that are right already are not touched.

    ``complain`` gets a line for each damaged place in a WARC file, and for each page that cannot be
    read. ``remove``: records of which no capture knows are removed, unless something is damaged or
    unread: a record may be all that is left.
    Raises `WriteError`, and `BusyError` while another run holds the archive.
    """
    result = Rewritten()
    with (
        lock(archive.root),
        Drafts(reader, keep_data=True) as drafts,
        Ahead[Derived](reader.at_once) as ahead,
    ):
        unread: set[str] = set()

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
                    complain(f"{name}@{damage.offset}: {damage.reason}")
        put(ahead.rest())
        folder = archive.root / "records"
        for path in drafts.paths():
            draft = drafts.get(path)
            assert draft is not None
            if path in unread:  # of a page captured several times this may not be the newest
                continue
            target = folder / path
            result.articles += 1
            result.warnings += draft.warnings > 0
            data = draft.data
            if not target.is_file() or target.read_bytes() != data:
                replace_file(target, data, archive.root)
                result.written += 1
        if remove and not (result.damaged or result.unread):
            for file in archive.record_files():
                if drafts.get(file.relative_to(folder).as_posix()) is None:
                    with writing(file):
                        file.unlink()
                    result.removed += 1
    return result
