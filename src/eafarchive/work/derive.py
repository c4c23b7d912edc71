"""Deriving every record of an archive again from its WARC files, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import msgspec

from eafarchive.archive.files import replace_file, writing
from eafarchive.archive.holdings import Archive, lock
from eafarchive.discovery.paths import record_path
from eafarchive.model import Capture, NotAnArticle, Place
from eafarchive.record import article_digest, encode_record
from eafarchive.work.reading import Reader


class Derived(msgspec.Struct, frozen=True):
    """The newest version of one article: what its file must hold, kept small."""

    digest: str
    deflated: bytes
    warnings: int

    @property
    def data(self) -> bytes:
        """The bytes of the record's file."""
        return zlib.decompress(self.deflated)


class Rewritten(msgspec.Struct):
    """What `rewrite_records` did, in numbers."""

    articles: int = 0
    written: int = 0
    removed: int = 0
    """Records of which the WARC files know nothing."""
    warnings: int = 0
    damaged: int = 0


def derive_records(
    archive: Archive, reader: Reader, complain: Callable[[str], None]
) -> dict[str, Derived]:
    """Path below ``records/`` → what must lie there, from the captures in the order they were made.

    ``complain`` gets a line for each damaged place in a WARC file.
    """
    held: dict[str, Derived] = {}
    for item in archive.captures():
        match item:
            case (Place() as place, Capture() as capture):
                if not reader.is_article(capture.target_uri):
                    continue
                record = reader.read(capture, place)
                if isinstance(record, NotAnArticle):
                    continue
                path, digest = record_path(record.key), article_digest(record)
                if path not in held or held[path].digest != digest:
                    data = zlib.compress(encode_record(record), 1)
                    held[path] = Derived(digest, data, len(record.extraction.warnings))
            case (str() as name, damage):
                complain(f"{name}@{damage.offset}: {damage.reason}")
    return held


def rewrite_records(archive: Archive, reader: Reader, complain: Callable[[str], None]) -> Rewritten:
    """Make ``records/`` what the WARC files say; files that are right already are not touched.

    Raises `WriteError`, and `BusyError` while another run holds the archive.
    """
    result = Rewritten()

    def note(line: str) -> None:
        result.damaged += 1
        complain(line)

    with lock(archive.root):
        folder = archive.root / "records"
        held = derive_records(archive, reader, note)
        for path, derived in held.items():
            target = folder / path
            result.articles += 1
            result.warnings += derived.warnings > 0
            if not target.is_file() or target.read_bytes() != derived.data:
                replace_file(target, derived.data)
                result.written += 1
        if not result.damaged:  # a record may be all that is left of a damaged capture
            for file in archive.record_files():
                if file.relative_to(folder).as_posix() not in held:
                    with writing(file):
                        file.unlink()
                    result.removed += 1
    return result
