"""The ledger: what is remembered comes back, and a file that is none is said to be none."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from eafarchive.archive.books.database import LOGS
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.memory import HostState, SourceState, Visit
from eafarchive.archive.books.tables import VERSION
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.errors import ConfigError, DamageError, WriteError
from eafarchive.model import Place

NOW = datetime(2026, 11, 24, 3, 5, 0, 1, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with contextlib.closing(Ledger(tmp_path / "ledger.sqlite3")) as opened:
        yield opened


def row(number: int, warc: str = "warc/a.warc.gz") -> CaptureRow:
    place = Place(warc, number * 100, 90, f"urn:uuid:{number}")
    uri = f"https://e.org/{number}"
    return CaptureRow(place, number * 100 + 99, uri, "2026-…", 200, "sha1:X", f"e.org/{number}")


def test_s15_the_file_is_for_its_owner_only(ledger: Ledger) -> None:
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600


def test_captures_come_back_in_the_order_of_writing(ledger: Ledger) -> None:
    rows = [row(3), row(1), row(2, "warc/b.warc.gz"), msgspec.structs.replace(row(4), status=None)]
    ledger.add_captures([rows[0]])
    ledger.add_captures(rows[1:])
    assert ledger.captures() == rows
    assert ledger.captures(warc="warc/b.warc.gz") == [rows[2]]
    assert ledger.committed() == {"warc/a.warc.gz": 499, "warc/b.warc.gz": 299}


def test_a_capture_that_is_known_stays_as_it_is(ledger: Ledger) -> None:
    ledger.add_captures([row(1)])
    ledger.mark_harvested("urn:uuid:1")
    ledger.add_captures([msgspec.structs.replace(row(1), status=404), row(2)])
    assert ledger.captures() == [row(1), row(2)]
    assert ledger.captures(unharvested=True) == [row(2)]


def test_the_captures_of_one_key_come_in_the_order_of_capture(ledger: Ledger) -> None:
    late, early, other = row(1), row(2), row(3)
    late = msgspec.structs.replace(late, key="e.org/a", captured_at="2036-01-01T00:00:00.000000Z")
    again = msgspec.structs.replace(
        early, key="e.org/a", kind="revisit", refers_to="urn:uuid:1", status=304
    )
    ledger.add_captures([late, other, again])
    assert ledger.captures_of("e.org/a") == [late, again], "not the clock's, which was put back"
    assert ledger.captures_of("e.org/none") == []


def test_closed_files_are_remembered_once(ledger: Ledger) -> None:
    ledger.add_file("warc/a.warc.gz")
    ledger.add_file("warc/a.warc.gz")
    assert ledger.files() == {"warc/a.warc.gz"}


def test_visits_and_hosts_come_back_whole(ledger: Ledger) -> None:
    visit = Visit(
        key="e.org/a'; DROP TABLE urls; --",
        url="https://e.org/a",
        outcome="failed",
        visited_at=NOW,
        detail="status 503",
        lastmod="yesterday",
        captured_at=NOW - timedelta(days=1),
        failures=3,
        due_at=NOW + timedelta(hours=1),
    )
    source = SourceState(url="https://e.org/s.xml", kind="sitemap", read_at=NOW, leads=7)
    ledger.agenda.remember_source(source)
    state = HostState(
        host="e.org", robots_status=200, robots_body=b"\0\xff", robots_at=NOW, failures=1
    )
    ledger.remember(visit)
    ledger.remember_host(state)
    ledger.close()
    again = Ledger(ledger.path)
    assert again.visit(visit.key) == visit
    assert again.host("e.org") == state
    assert again.agenda.source(source.url) == source
    assert again.agenda.source("other") is None
    assert again.visit("other") is None
    assert again.host("other") == HostState(host="other")
    again.remember(msgspec.structs.replace(visit, outcome="captured", due_at=None))
    assert again.counts() == {"captured": 1}
    again.close()


def test_troubled_urls_come_the_longest_due_first(ledger: Ledger) -> None:
    def visit(key: str, outcome: str, due: datetime | None) -> None:
        ledger.remember(Visit(key=key, url=key, outcome=outcome, visited_at=NOW, due_at=due))

    visit("late", "failed", NOW + timedelta(hours=2))
    visit("soon", "refused", NOW + timedelta(hours=1))
    visit("now", "failed", None)
    visit("fine", "captured", None)
    assert [visit.key for visit in ledger.troubled()] == ["now", "soon", "late"]


def test_the_last_run_is_remembered_also_while_it_runs(ledger: Ledger) -> None:
    assert ledger.last_run() is None
    first = ledger.begin_run(NOW)
    ledger.finish_run(first, NOW, 3, {"fetched": 7})
    done = ledger.last_run()
    assert done is not None
    assert (done.exit_code, done.summary) == (3, {"fetched": 7})
    ledger.begin_run(NOW)
    running = ledger.last_run()
    assert running is not None
    assert (running.finished_at, running.exit_code, running.summary) == (None, None, None)


def test_a_change_is_made_whole_or_not_at_all(ledger: Ledger) -> None:
    def rows() -> object:
        yield row(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ledger.add_captures(rows())  # type: ignore[arg-type]
    assert ledger.captures() == []
    ledger.add_captures([row(2)])
    assert ledger.captures() == [row(2)]


def test_a_dry_run_works_on_a_copy(ledger: Ledger) -> None:
    ledger.add_captures([row(1)])
    with contextlib.closing(Ledger.scratch(ledger.path)) as scratch:
        scratch.add_captures([row(2)])
        assert scratch.captures() == [row(1), row(2)]
    assert ledger.captures() == [row(1)]
    with contextlib.closing(Ledger.scratch(ledger.path.with_name("none"))) as nothing:
        assert nothing.captures() == []
    assert not ledger.path.with_name("none").exists()


@pytest.mark.parametrize("name", ["a b", "50%25?#x", "ü'\"", "-", "&mode=rw"])
def test_any_folder_name_will_do(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    path = folder / "ledger.sqlite3"
    with_one = Ledger(path)
    with_one.add_captures([row(1)])
    with_one.close()
    reader = Ledger(path, read_only=True)
    assert reader.captures() == [row(1)]
    with pytest.raises(WriteError, match="readonly"):
        reader.add_captures([row(2)])
    reader.close()
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_o06_a_newer_programs_ledger_is_refused(ledger: Ledger) -> None:
    ledger.close()
    with sqlite3.connect(ledger.path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    for read_only in (True, False):
        with pytest.raises(ConfigError, match="written by a newer eafarchive"):
            Ledger(ledger.path, read_only=read_only)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(DamageError, match="is missing; 'eafarchive rebuild' makes it again"):
        Ledger(tmp_path / "none", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty or no ledger"), (b"text" * 2000, "file is not a database")],
)
def test_a_file_that_is_no_ledger_is_said_to_be_none(
    content: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(content)
    with pytest.raises(DamageError, match=message):
        Ledger(path, read_only=True)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"")
    ledger = Ledger(path)
    assert ledger.captures() == []
    ledger.close()


def test_somebody_elses_database_is_said_to_be_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    ledger = Ledger(path, read_only=True)
    with pytest.raises(DamageError, match=r"is no ledger of ours \(no such table: captures\)"):
        ledger.captures()
    ledger.close()


def test_an_impossible_value_is_damage(ledger: Ledger) -> None:
    ledger.remember(Visit(key="k", url="u", outcome="failed", visited_at=NOW))
    ledger._db.execute("UPDATE urls SET visited_at = 'never'")
    with pytest.raises(DamageError, match=r"damaged .*visited_at"):
        ledger.visit("k")


def test_a_folder_in_the_ledgers_place_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").mkdir()
    with pytest.raises(WriteError, match="is no regular file; move it away"):
        Ledger(tmp_path / "ledger.sqlite3")


def test_c23_a_reader_and_a_writer_are_in_nobodys_way(ledger: Ledger) -> None:
    ledger.add_captures([row(1)])
    reader = Ledger(ledger.path, read_only=True)
    assert reader.captures() == [row(1)]
    ledger.add_captures([row(2)])
    assert reader.captures() == [row(1), row(2)]
    reader.close()


def test_c02_a_ledger_that_gets_no_log_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says nothing when it cannot change over to its write-ahead log; it stays as it was."""
    real = sqlite3.connect

    class Stubborn(sqlite3.Connection):
        def execute(self, query: str, *values: object) -> sqlite3.Cursor:
            return super().execute(query.replace("= WAL", "= DELETE"), *values)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, factory=Stubborn, **k))
    with pytest.raises(WriteError, match="cannot keep a write-ahead log here"):
        Ledger(tmp_path / "ledger.sqlite3")


def test_a_ledger_is_read_on_a_full_disk(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add_captures([row(1)])
    ledger.close()
    full = os.statvfs_result((4096, 4096, 9, 0, 0, 9, 9, 9, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    reader = Ledger(ledger.path, read_only=True)
    assert reader.captures() == [row(1)]
    made = [path.name for path in ledger.path.parent.iterdir() if path.name.endswith(LOGS)]
    assert made == [], "nothing can be made there"
    reader.close()
