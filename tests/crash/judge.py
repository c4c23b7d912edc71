"""Whether an archive that went through a fault is what it would be without: nothing lost, twice or broken."""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import msgspec
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.directory.holdings import Archive
from eafarchive.work.verification.verify import Verification

CLOCKED = ("warc", "offset", "length", "record_id", "captured_at")
"""What a record says of its capture that two runs do not share."""


class Held(msgspec.Struct, frozen=True):
    """What an archive holds, without what differs from run to run."""

    articles: dict[str, int]
    """The URLs of whole answers at article addresses, how often each was captured."""
    others: frozenset[str]
    records: dict[str, str]
    urls: dict[str, tuple]
    counted: bool
    """Whether failures are counted: an audit begun again asks again who is gone."""


def acknowledged(root):
    """The record ids in the ledger of an archive nobody has mended yet, without touching it."""
    if not (root / "ledger.sqlite3").exists():
        return set()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ledger.sqlite3", "ledger.sqlite3-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(root / name, Path(folder, name))
        db = sqlite3.connect(Path(folder, "ledger.sqlite3"))
        try:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'captures'").fetchone():
                return set()
            return {record_id for (record_id,) in db.execute("SELECT record_id FROM captures")}
        finally:
            db.close()


def held(root, *, counted=True):
    """What the archive holds."""
    archive = Archive.open(root)
    ledger = archive.ledger()
    with contextlib.closing(ledger):
        rows = ledger.captures()
        query = "SELECT key, url, outcome, detail, lastmod, failures FROM urls"
        urls = {row[0]: tuple(row[1:]) for row in ledger._rows(query)}
    if not counted:
        urls = {key: row[:-1] for key, row in urls.items()}
    articles = Counter(
        row.target_uri
        for row in rows
        if (row.status, row.kind) == (200, "response") and "/20" in row.target_uri
    )
    others = frozenset(f"{row.status} {row.target_uri}" for row in rows)
    return Held(
        dict(articles), others, {p: said(root / "records" / p) for p in paths(root)}, urls, counted
    )


def paths(root):
    """Every record's file, below ``records/``."""
    folder = root / "records"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))


def said(path):
    """What a record's file says, but for clocks and places."""
    record = json.loads(path.read_bytes())
    for name in CLOCKED:
        del record["capture"][name]
    return json.dumps(record, sort_keys=True)


def faults(root, reader, before, promised):
    """Every way in which the archive is not as good as the undisturbed one; none is what we want."""
    archive = Archive.open(root)
    for finding in Verification(archive, reader).findings():
        if not (finding.severity == "warning" and ".torn-" in finding.where):
            yield f"verify: {finding}"
    yield from _readers(archive.warc_files())
    now = held(root, counted=before.counted)
    ledger = archive.ledger()
    with contextlib.closing(ledger):
        rows = {row.place.record_id: row for row in ledger.captures()}
    if lost := promised - rows.keys():
        yield f"lost: {len(lost)} acknowledged captures are not in the ledger any more"
    for record_id in promised & rows.keys():
        archive.capture_at(rows[record_id].place)
    for url in before.articles.keys() | now.articles.keys():
        if before.articles.get(url, 0) != now.articles.get(url, 0):
            yield f"{url}: captured {now.articles.get(url, 0)} times, not {before.articles.get(url, 0)}"
    if missing := before.others - now.others:
        yield f"never captured: {sorted(missing)}"
    for name in ("records", "urls"):
        mine, theirs = getattr(now, name), getattr(before, name)
        for key in sorted(mine.keys() | theirs.keys()):
            if mine.get(key) != theirs.get(key):
                yield f"{name}: {key}: {mine.get(key)!r:.300} instead of {theirs.get(key)!r:.300}"
    for path in root.rglob(".*"):
        yield f"left behind: {path.relative_to(root)}"


def _readers(files):
    """What gzip, warcio and FastWARC do not like, or count otherwise."""
    tested = subprocess.run(
        ["gzip", "-t", *files], capture_output=True, text=True, timeout=60, check=False
    )
    if files and tested.returncode:
        yield f"gzip: {tested.stderr.strip()}"
    for path in files:
        with path.open("rb") as file:
            ours = sum(isinstance(item, WarcRecord) for item in read_members(file))
        with path.open("rb") as file:
            theirs = sum(1 for record in ArchiveIterator(file) if record.raw_stream.read() or True)
        with path.open("rb") as file:
            records = FastIterator(file, parse_http=False, strict_mode=True)
            digests = [record.verify_block_digest() for record in records]
        if not (ours == theirs == len(digests) and all(digests)):
            yield f"{path.name}: {ours} records, warcio {theirs}, FastWARC {sum(digests)} of {len(digests)} sound"
