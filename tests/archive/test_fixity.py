"""What is remembered of closed files, and the ledger's seal."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchanges import fill

from eafarchive.archive.books.fixity import Measure, Note
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.seal import check_seal, seal_of

NOW = datetime(2026, 11, 26, 3, 5, tzinfo=UTC)
LATER = datetime(2026, 12, 26, 3, 5, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path, 2)
    return tmp_path / "ledger.sqlite3"


def test_notes_are_kept_and_filled_in_but_a_measure_never_changes(path: Path) -> None:
    ledger = Ledger(path)
    ledger.fixity.note_measure("warc/a", Measure("0" * 64, 7))
    ledger.fixity.note_measure("warc/a", Measure("1" * 64, 8, 3, "first", "last"))
    ledger.fixity.note_check("warc/a", NOW, whole=True)
    ledger.fixity.note_check("warc/a", LATER, whole=False)
    ledger.close()
    ledger = Ledger(path, read_only=True)
    measure = Measure("0" * 64, 7, 3, "first", "last")
    assert ledger.fixity.all()["warc/a"] == Note(measure, NOW, LATER)
    ledger.close()


def test_the_file_longest_unverified(path: Path) -> None:
    ledger = Ledger(path)
    assert ledger.fixity.longest_unverified([]) is None
    assert ledger.fixity.longest_unverified(["warc/b", "warc/a"]) == ("warc/a", None)
    ledger.fixity.note_check("warc/a", NOW, whole=False)
    assert ledger.fixity.longest_unverified(["warc/a"]) == ("warc/a", None)
    ledger.fixity.note_check("warc/a", NOW, whole=True)
    assert ledger.fixity.longest_unverified(["warc/b", "warc/a"]) == ("warc/b", None)
    ledger.fixity.note_check("warc/b", LATER, whole=True)
    assert ledger.fixity.longest_unverified(["warc/b", "warc/a"]) == ("warc/a", NOW)
    ledger.close()


def test_a_ledger_without_notes_has_none(path: Path) -> None:
    ledger = Ledger(path, read_only=True)
    ledger._db.execute("PRAGMA query_only = 0")
    ledger._db.execute("DROP TABLE IF EXISTS fixity")
    assert ledger.fixity.all() == {}
    ledger.close()


def test_the_seal_is_on_while_nobody_writes(path: Path) -> None:
    assert check_seal(path) == "whole"
    told = subprocess.run(["sha256sum", "-c", seal_of(path).name], cwd=path.parent, check=False)
    assert told.returncode == 0
    Ledger(path, read_only=True).close()
    assert check_seal(path) == "whole"
    ledger = Ledger(path)
    assert check_seal(path) == "none"
    ledger.close()
    assert check_seal(path) == "whole"


def test_no_seal_while_a_log_is_to_be_folded_in(path: Path) -> None:
    writer = Ledger(path)
    reader = Ledger(path, read_only=True)
    reader.captures()
    writer.begin_run(NOW)
    writer.close()
    assert check_seal(path) == "none"
    reader.close()
    Ledger(path).close()
    assert check_seal(path) == "whole"


def test_c18_every_flipped_bit_in_a_ledger_breaks_the_seal(path: Path) -> None:
    content = path.read_bytes()
    for at in range(0, len(content), 997):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :])
        assert check_seal(path) == "broken"
    path.write_bytes(content[:-1])
    assert check_seal(path) == "broken"
    path.write_bytes(content)
    assert check_seal(path) == "whole"
