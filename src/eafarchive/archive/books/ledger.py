"""The ledger: what to do next, and where the captures lie. SQLite, one writer.

Two kinds of table. `captures` and `files` are an index of the WARC files and can be made again from
them. `urls`, `hosts` and `runs` are the crawl's memory: what was asked, with what outcome, and when
to ask again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec.structs import astuple

from eafarchive.archive.books.agenda import Agenda
from eafarchive.archive.books.database import connect, faults, put, rows, structs, transaction
from eafarchive.archive.books.fixity import FixityNotes
from eafarchive.archive.books.memory import TROUBLES, HostState, Run, Visit
from eafarchive.archive.books.seal import break_seal, put_seal
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.model import Place

FILE_NAME = "ledger.sqlite3"

T = TypeVar("T")
_RECORDS = "records"


class Ledger:
    """The SQLite file of one archive; every method is one transaction, unless `together`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open it, or make it. Raises `DamageError`, `ConfigError`, `WriteError`."""
        self.path = path
        self._is_sealed_at_end = not read_only and str(path) != ":memory:"
        if self._is_sealed_at_end:
            break_seal(path)
        self._db = connect(path, read_only=read_only)
        self.fixity = FixityNotes(self._db, path)
        self.agenda = Agenda(self._db, path)

    @classmethod
    def scratch(cls, path: Path) -> Ledger:
        """A copy in memory of the ledger at ``path``, or an empty one, for a dry run."""
        ledger = cls(Path(":memory:"))
        if path.exists():
            original = cls(path, read_only=True)
            with contextlib.closing(original), faults(path):
                original._db.backup(ledger._db)
        return ledger

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in, and what was written to is sealed."""
        self._db.close()
        if self._is_sealed_at_end:
            put_seal(self.path)

    # The index of captures

    def add_captures(self, rows: Iterable[CaptureRow], instead_of: str | None = None) -> None:
        """Acknowledge captures whose records are on the disk; one that is known stays.

        ``instead_of``: in place of all of that WARC file.
        """
        with self.together():
            self._db.execute("DELETE FROM captures WHERE warc = ?", (instead_of,))
            self._db.executemany(
                "INSERT OR IGNORE INTO captures (warc, offset, length, record_id, end, target_uri,"
                " captured_at, status, payload_digest, key, kind, refers_to)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((*astuple(row.place), *astuple(row)[1:]) for row in rows),
            )

    def captures(self, *, unharvested: bool = False, warc: str | None = None) -> list[CaptureRow]:
        """The index in the order of writing; all, of one file, or not yet derived from."""
        conditions = ["1", *["harvested = 0"] * unharvested, *["warc = ?"] * (warc is not None)]
        return self._captures(" AND ".join(conditions), *(() if warc is None else (warc,)))

    def count_captures(self) -> int:
        """How many captures the index has."""
        return int(self._rows("SELECT count(*) FROM captures")[0][0])

    def capture(self, record_id: str) -> CaptureRow | None:
        """The index line of one capture, or ``None``."""
        return next(iter(self._captures("record_id = ?", record_id)), None)

    def captures_of(self, key: str) -> list[CaptureRow]:
        """The captures of what has this canonical key, revisits too, in the order of capture."""
        return self._captures("key = ?", key)

    def newest_good(self, key: str) -> CaptureRow | None:
        """The stored response that the key's newest answer with status 200 is, or repeats."""
        newest = "rowid = (SELECT max(rowid) FROM captures WHERE key = ? AND status = 200)"
        rows = self._captures(newest, key)
        return self.response_of(rows[0]) if rows else None

    def response_of(self, row: CaptureRow) -> CaptureRow | None:
        """The line itself, or of a revisit that of the response it refers to, if that is known."""
        if row.kind == "response":
            return row
        rows = self._captures("record_id = ? AND kind = 'response'", row.refers_to)
        return rows[0] if rows else None

    def mark_harvested(self, record_id: str) -> None:
        """Remember that the record a capture gives, if any, is written."""
        with self.together():
            self._db.execute("UPDATE captures SET harvested = 1 WHERE record_id = ?", (record_id,))

    def committed(self) -> dict[str, int]:
        """WARC file → its bytes up to the end of the last acknowledged capture."""
        return dict(self._rows("SELECT warc, max(end) FROM captures GROUP BY warc"))

    def put_in_order(self, warcs: Sequence[str]) -> None:
        """Let the index have these files' captures in this order: some may have been put back."""
        names = msgspec.json.encode(warcs).decode()
        query = (
            "SELECT (SELECT rowid FROM captures WHERE warc = value ORDER BY offset LIMIT 1),"
            " (SELECT rowid FROM captures WHERE warc = value ORDER BY offset DESC LIMIT 1)"
            " FROM json_each(?) ORDER BY key"
        )
        held = [place for row in self._rows(query, names) for place in row if place is not None]
        if held == sorted(held):
            return
        with self.together():
            self._db.execute("CREATE TEMP TABLE turns (turn INTEGER, warc TEXT PRIMARY KEY)")
            self._db.executemany("INSERT INTO turns VALUES (?, ?)", enumerate(warcs))
            self._db.execute(
                "CREATE TEMP TABLE ordered AS SELECT captures.* FROM captures"
                " LEFT JOIN turns USING (warc)"
                " ORDER BY turn, CASE WHEN turn IS NULL THEN captures.rowid ELSE offset END"
            )
            self._db.execute("DELETE FROM captures")
            self._db.execute("INSERT INTO captures SELECT * FROM ordered ORDER BY rowid")
            self._db.execute("DROP TABLE ordered")
            self._db.execute("DROP TABLE turns")

    def add_file(self, name: str) -> None:
        """Remember that a closed WARC file is wholly indexed."""
        with self.together():
            self._db.execute("INSERT OR IGNORE INTO files (name) VALUES (?)", (name,))

    def files(self) -> set[str]:
        """The closed WARC files that are wholly indexed."""
        return {name for (name,) in self._rows("SELECT name FROM files")}

    # The crawl's memory

    def visit(self, key: str) -> Visit | None:
        """What is remembered of a URL, or ``None``."""
        found = self._structs(Visit, "SELECT * FROM urls WHERE key = ?", key)
        return found[0] if found else None

    def troubled(self) -> list[Visit]:
        """The URLs whose last visit failed or was refused, the longest due first."""
        query = f"SELECT * FROM urls WHERE outcome IN {TROUBLES} ORDER BY due_at, key"  # noqa: S608
        return self._structs(Visit, query)

    def visits_since(self, began: datetime) -> list[Visit]:
        """The URLs that were asked for since then."""
        query = "SELECT * FROM urls WHERE visited_at >= ? ORDER BY key"
        return self._structs(Visit, query, began.isoformat())

    def remember(self, visit: Visit) -> None:
        """Store what is remembered of a URL, in place of what was."""
        self._store("urls", visit)

    def host(self, host: str) -> HostState:
        """What is remembered of a host; nothing yet is a state too."""
        found = self._structs(HostState, "SELECT * FROM hosts WHERE host = ?", host)
        return found[0] if found else HostState(host=host)

    def hosts_left_alone(self, now: datetime, latest: datetime) -> list[HostState]:
        """The hosts that are not to be asked now; a time after ``latest`` is not believed."""
        query = "SELECT * FROM hosts WHERE due_at > ? AND due_at <= ? ORDER BY host"
        return self._structs(HostState, query, now.isoformat(), latest.isoformat())

    def remember_host(self, state: HostState) -> None:
        """Store what is remembered of a host."""
        self._store("hosts", state)

    def begin_run(self, at: datetime) -> int:
        """The number of a run that begins now."""
        with self.together():
            query = "INSERT INTO runs (started_at) VALUES (?)"
            return int(self._db.execute(query, (at.isoformat(),)).lastrowid or 0)

    def finish_run(
        self,
        run: int,
        at: datetime,
        exit_code: int,
        summary: dict[str, Any],
        records: int | None = None,
    ) -> None:
        """Note how a run ended, and how many records there were then, if they were counted."""
        if records is not None:
            summary = summary | {_RECORDS: records}
        with self.together():
            self._db.execute(
                "UPDATE runs SET finished_at = ?, exit_code = ?, summary = ? WHERE id = ?",
                (at.isoformat(), exit_code, msgspec.json.encode(summary).decode(), run),
            )

    def last_run(self) -> Run | None:
        """The newest run, or ``None`` if there was none."""
        query = (
            "SELECT started_at, finished_at, exit_code, summary FROM runs ORDER BY id DESC LIMIT 1"
        )
        for began, finished, code, summary in self._rows(query):
            counts = msgspec.json.decode(summary) if summary else None
            if counts:
                counts.pop(_RECORDS, None)  # which is no count of the run's
            return Run(began, finished, code, counts)
        return None

    def records_noted(self) -> int:
        """How many records there were after the last run that counted them; 0 if none did."""
        query = (
            f"SELECT json_extract(summary, '$.{_RECORDS}') AS noted FROM runs"  # noqa: S608 - our own word
            " WHERE noted IS NOT NULL ORDER BY id DESC LIMIT 1"
        )
        for (count,) in self._rows(query):
            return int(count)
        return 0

    def last_good_run(self, now: datetime) -> datetime | None:
        """When the last run ended that finished, a few URLs' troubles (exit code 3) apart.

        So did one that its own time limit ended, if it saw a page and no host was put off. A time
        that is yet to come was noted by a clock that was wrong, and is not believed.
        """
        query = (
            "SELECT finished_at FROM runs WHERE finished_at <= ? AND (exit_code IN (0, 3) OR"
            " exit_code = 75 AND json_extract(summary, '$.put_off') = 0"
            " AND json_extract(summary, '$.fetched') > 0) ORDER BY id DESC LIMIT 1"
        )
        for (finished,) in self._rows(query, now.isoformat()):
            return datetime.fromisoformat(finished)
        return None

    def last_fetch(self, now: datetime) -> datetime | None:
        """When a page was last seen: captured anew, or found to be what is held.

        Times are believed as for `last_good_run`. Of one that was refused or gone since, its last
        whole capture is all that is remembered.
        """
        when = (
            "CASE WHEN outcome IN ('captured', 'redirected') THEN visited_at ELSE captured_at END"
        )
        query = f"SELECT max({when}) FROM urls WHERE {when} <= ?"  # noqa: S608 - our own words
        for (seen,) in self._rows(query, now.isoformat()):
            return seen and datetime.fromisoformat(seen)
        return None

    def counts(self) -> dict[str, int]:
        """URLs by the outcome of their last visit."""
        return dict(self._rows("SELECT outcome, count(*) FROM urls GROUP BY outcome"))

    def _captures(self, condition: str, *values: Any) -> list[CaptureRow]:
        columns = "warc, offset, length, record_id, end, target_uri, captured_at, status"
        columns += ", payload_digest, key, kind, refers_to"
        query = f"SELECT {columns} FROM captures WHERE {condition} ORDER BY rowid"  # noqa: S608 - our own words
        rows = self._rows(query, *values)
        return [CaptureRow(Place(*row[:4]), *row[4:]) for row in rows]

    def together(self) -> contextlib.AbstractContextManager[None]:
        """A context in which all changes are one transaction: made together, or none of them."""
        return transaction(self._db, self.path)

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return rows(self._db, self.path, query, *values)

    def _structs(self, kind: type[T], query: str, *values: Any) -> list[T]:
        return structs(self._db, self.path, kind, query, *values)

    def _store(self, table: str, value: msgspec.Struct) -> None:
        with self.together():
            put(self._db, table, value)
