"""A ledger that an older program made: brought up to date whole, or left as it was."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from eafarchive.archive.books import database, tables
from eafarchive.archive.books.database import backup_path
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.memory import SourceState, Visit
from eafarchive.errors import DamageError, WriteError

VERSION_1 = """
CREATE TABLE files (name TEXT PRIMARY KEY) STRICT;
CREATE TABLE captures (
    record_id TEXT PRIMARY KEY, warc TEXT NOT NULL, offset INTEGER NOT NULL,
    length INTEGER NOT NULL, end INTEGER NOT NULL, target_uri TEXT NOT NULL,
    captured_at TEXT NOT NULL, status INTEGER, payload_digest TEXT NOT NULL,
    harvested INTEGER NOT NULL DEFAULT 0, UNIQUE (warc, offset)
) STRICT;
CREATE INDEX captures_by_uri ON captures (target_uri, captured_at);
CREATE TABLE urls (
    key TEXT PRIMARY KEY, url TEXT NOT NULL, outcome TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '', lastmod TEXT, visited_at TEXT NOT NULL, captured_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0, due_at TEXT
) STRICT;
CREATE TABLE hosts (
    host TEXT PRIMARY KEY, robots_status INTEGER, robots_body BLOB, robots_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0, due_at TEXT
) STRICT;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, exit_code INTEGER,
    summary TEXT
) STRICT;
INSERT INTO files VALUES ('warc/a.warc.gz');
INSERT INTO captures VALUES ('urn:uuid:2', 'warc/a.warc.gz', 50, 40, 99,
    'https://www.e.org/2024/01/02/Slug/?utm_source=x', '2026-11-24T03:05:00.000000Z', 200, 'sha1:B', 1);
INSERT INTO captures VALUES ('urn:uuid:1', 'warc/a.warc.gz', 99, 40, 190,
    'no URL', '2026-11-24T03:06:00.000000Z', NULL, 'sha1:A', 0);
INSERT INTO urls VALUES ('e.org/2024/01/02/slug', 'https://e.org/2024/01/02/slug/', 'captured', '',
    '2026-11-01', '2026-11-24T03:05:00+00:00', '2026-11-24T03:05:00+00:00', 0, NULL);
INSERT INTO urls VALUES ('e.org/b', 'https://e.org/b', 'failed', 'status 500', NULL,
    '2026-11-24T03:05:00+00:00', NULL, 2, '2026-11-24T04:05:00+00:00');
INSERT INTO hosts VALUES ('e.org', 200, x'00ff', '2026-11-24T03:05:00+00:00', 0, NULL);
INSERT INTO runs VALUES (1, '2026-11-24T03:05:00+00:00', NULL, NULL, NULL);
PRAGMA user_version = 1;
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(VERSION_1)
    return path


def dump(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        return [str(version), *db.iterdump()]


def layout(path: Path) -> set[str]:
    """What tables and indexes there are, but for comments."""
    made = [line for line in dump(path) if line.startswith("CREATE")]
    return {"".join(re.sub("--.*", "", line).split()) for line in made}


def check(ledger: Ledger) -> None:
    """All that version 1 held is there, as today's has it."""
    first, second = ledger.captures()
    assert (first.place.record_id, second.place.record_id) == ("urn:uuid:2", "urn:uuid:1")
    assert (first.kind, first.refers_to, first.end) == ("response", None, 99)
    assert ledger.captures_of("e.org/2024/01/02/slug") == [first]
    assert ledger.captures_of("no URL") == ledger.captures(unharvested=True) == [second]
    held, failed = ledger.visit("e.org/2024/01/02/slug"), ledger.visit("e.org/b")
    assert held is not None
    assert failed is not None
    assert (held.outcome, held.lastmod, held.due) == ("captured", "2026-11-01", 0)
    assert held.captured_at == datetime(2026, 11, 24, 3, 5, tzinfo=UTC)
    assert (failed.failures, failed.due) == (2, 1), "it is to be asked for again"
    assert ledger.host("e.org").robots_body == b"\0\xff"
    assert ledger.files() == {"warc/a.warc.gz"}
    assert ledger.last_run() is not None


def test_an_older_ledger_is_brought_up_to_date_and_kept_beside(old: Path) -> None:
    before = dump(old)
    for _ in range(2):
        with contextlib.closing(Ledger(old)) as ledger:
            check(ledger)
    kept = backup_path(old, 1)
    assert dump(kept) == before
    assert kept.stat().st_mode & 0o777 == 0o600
    fresh = old.with_name("fresh.sqlite3")
    Ledger(fresh).close()
    assert layout(old) == layout(fresh), "as if it had been made today"
    assert [p for p in old.parent.iterdir() if ".version-" in p.name] == [kept]


_UNNUMBERED = "ALTER TABLE sources DROP COLUMN audited_page;"
"""What version 4 had not."""
_UNREAD = (
    _UNNUMBERED
    + "DROP TABLE overlaps;"
    + "".join(
        f"ALTER TABLE sources DROP COLUMN {name};"
        for name in ("answered_by", "rules", "articles", "problem", "tried_at")
    )
)
"""What version 3 had not."""


@pytest.mark.parametrize("version", [3, 4])
def test_a_ledger_that_kept_the_page_audited_among_the_times(tmp_path: Path, version: int) -> None:
    path = tmp_path / "ledger.sqlite3"
    route = SourceState(url="https://e.org/posts", kind="rest", read_lastmod="2026-01-01T00:00:00Z")
    sitemap = SourceState(url="https://e.org/s.xml", kind="sitemap", lastmod="2026")
    with contextlib.closing(Ledger(path)) as ledger:
        ledger.agenda.remember_source(route)
        ledger.agenda.remember_source(sitemap)
    before = layout(path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(
            "UPDATE sources SET lastmod = '7' WHERE kind = 'rest';"
            + (_UNREAD if version == 3 else _UNNUMBERED)
            + f"PRAGMA user_version = {version};"
        )
    with contextlib.closing(Ledger(path)) as ledger:
        assert ledger.agenda.source(route.url) == replace(route, audited_page=7)
        assert ledger.agenda.source(sitemap.url) == sitemap
    assert layout(path) == before
    assert backup_path(path, version).is_file()


def test_a_ledger_that_did_not_know_by_what_rules_a_source_was_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    state = SourceState(url="https://e.org/s.xml", kind="sitemap", leads=7)
    with contextlib.closing(Ledger(path)) as ledger:
        ledger.agenda.remember_source(state)
    before = layout(path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(_UNREAD + "PRAGMA user_version = 3;")
    with contextlib.closing(Ledger(path)) as ledger:
        assert ledger.agenda.source(state.url) == state
    assert layout(path) == before
    assert backup_path(path, 3).is_file()


def test_a_ledger_that_did_not_know_which_sitemap_names_a_url(tmp_path: Path) -> None:
    path, fresh = tmp_path / "ledger.sqlite3", tmp_path / "fresh.sqlite3"
    for made in (path, fresh):
        with contextlib.closing(Ledger(made)) as ledger:
            ledger.remember(Visit(key="e.org/a", url="https://e.org/a", outcome="captured"))
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(
            "DROP INDEX urls_by_sitemap; ALTER TABLE urls DROP COLUMN listed_in;"
            "ALTER TABLE urls DROP COLUMN unlisted_at; PRAGMA user_version = 2;" + _UNREAD
        )
    with contextlib.closing(Ledger(path)) as ledger:
        visit = ledger.visit("e.org/a")
    assert visit is not None
    assert (visit.outcome, visit.listed_in, visit.unlisted_at) == ("captured", None, None)
    assert layout(path) == layout(fresh)
    assert backup_path(path, 2).is_file()


def test_reading_an_older_ledger_changes_no_file(old: Path) -> None:
    before = old.read_bytes()
    with contextlib.closing(Ledger(old, read_only=True)) as ledger:
        check(ledger)
    with contextlib.closing(Ledger.scratch(old)) as ledger:
        check(ledger)
    assert [(p, p.read_bytes()) for p in old.parent.iterdir()] == [(old, before)]


@pytest.mark.parametrize("step", [0, 2, 9, 11])
def test_o05_an_interrupted_upgrade_leaves_the_old_ledger(
    old: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(old)
    scripts = tables._SET_ASIDE + tables._INDEX + tables._MEMORY + tables._TAKE_OVER
    statements = scripts.split(";\n")
    broken = [*statements[:step], "SELECT no_such_thing()"]
    with monkeypatch.context() as patched:
        patched.setattr(tables, "_SET_ASIDE", ";\n".join(broken) + ";\n")
        with pytest.raises(DamageError, match="no such function"):
            Ledger(old)
    assert dump(old) == before
    with contextlib.closing(Ledger(old)) as ledger:
        check(ledger)
    assert dump(backup_path(old, 1)) == before


def test_o05_without_a_copy_there_is_no_upgrade(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)

    def full(*_: object) -> None:
        raise WriteError("disk full")

    monkeypatch.setattr(database, "_back_up", full)
    with pytest.raises(WriteError):
        Ledger(old)
    assert dump(old) == before
