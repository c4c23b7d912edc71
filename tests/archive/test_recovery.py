"""What a crash leaves behind, and what the next run makes of it."""

from __future__ import annotations

import gzip
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from exchanges import ANSWERS, capture, files_of, fill, keeper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow, index_records
from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.captures.warc import Entry, exchange, new_record_id
from eafarchive.archive.captures.writer import OPEN
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.disk.manifest import file_digest, read_manifest
from eafarchive.errors import DamageError, WriteError
from workbench import warc_findings

RAW = ANSWERS["chunked gzip, extension, trailer"][0]


def crash(root: Path, count: int, first: int = 0) -> list[CaptureRow]:
    """A run that acknowledges captures and is gone before it closes anything."""
    run = keeper(root)
    rows = [run.append(capture(n, RAW), None) for n in range(first, first + count)]
    run.__exit__(KeyboardInterrupt)
    return rows


def unacknowledged(root: Path, number: int = 77) -> list[bytes]:
    """The members of an exchange that the file left open would have got next."""
    path = the_open_file(root)
    with path.open("rb") as file:
        info = next(read_members(file))
    assert isinstance(info, WarcRecord)
    members = exchange(
        Entry.of(capture(number, RAW), "https://e.org/"), info.record_id, new_record_id
    )
    return [member.data for member in members]


def the_open_file(root: Path) -> Path:
    (path,) = (root / "warc").glob(f"*{OPEN}")
    return path


def rows_of(root: Path) -> list[CaptureRow]:
    ledger = Archive(root).ledger()
    try:
        return ledger.captures()
    finally:
        ledger.close()


def check(root: Path) -> None:
    """Every file well-formed, closed, in the manifest, and indexed as it is."""
    archive = Archive.open(root)
    assert not list((root / "warc").glob(f"*{OPEN}"))
    seen = {}
    held = []
    for path in archive.warc_files():
        assert list(warc_findings(path, seen)) == []
        with path.open("rb") as file:
            held += index_records(file, archive.name_of(path))
    assert rows_of(root) == held
    closed = {archive.name_of(path): file_digest(path) for path in archive.warc_files()}
    assert read_manifest(root) == closed


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("crashed")
    fill(root, 2)
    crash(root, 2, first=2)
    return root


def copy_of(root: Path, to: Path) -> Path:
    shutil.copytree(root, to)
    return to


def recover_and_go_on(root: Path) -> list[str]:
    with keeper(root) as run:
        mended = run.mended
        run.append(capture(1000, RAW), None)
    check(root)
    return mended


def test_a_file_left_open_is_closed_and_said_so(crashed: Path, tmp_path: Path) -> None:
    root = copy_of(crashed, tmp_path / "a")
    before = the_open_file(root)
    content = before.read_bytes()
    rows = rows_of(root)
    name = f"warc/{before.name.removesuffix(OPEN)}"
    assert recover_and_go_on(root) == [
        f"{name}: closed after an interrupted run; 0 captures taken into the ledger",
        "manifest: 1 closed files added",
    ]
    assert (root / name).read_bytes() == content
    assert rows_of(root)[:-1] == rows
    with keeper(root) as run:
        assert run.mended == []


def test_c03_c04_any_prefix_of_an_exchange_is_cut_back_to_whole_records(
    crashed: Path, tmp_path: Path
) -> None:
    members = unacknowledged(crashed)
    tail = b"".join(members)
    ends = [sum(map(len, members[:n])) for n in range(len(members) + 1)]
    places = {
        *range(0, len(tail), 67),
        *ends,
        *(end + 1 for end in ends[:-1]),
        *(e - 1 for e in ends[1:]),
    }
    for number, cut in enumerate(sorted(places)):
        root = copy_of(crashed, tmp_path / str(number))
        path = the_open_file(root)
        acknowledged, length = rows_of(root), path.stat().st_size
        with path.open("ab") as file:
            file.write(tail[:cut])
        mended = recover_and_go_on(root)
        whole = max(end for end in ends if end <= cut)
        torn = path.with_name(f"{path.name.removesuffix(OPEN)}.torn-{length + whole}")
        if cut > whole:
            assert torn.read_bytes() == tail[whole:cut]
            assert (
                f"{cut - whole} bytes of an unfinished record cut off, kept as {torn.name}"
                in mended[0]
            )
        assert torn.exists() == (cut > whole)
        rows = rows_of(root)
        assert rows[: len(acknowledged)] == acknowledged
        # C13: the response that is whole is adopted, acknowledged or not
        assert len(rows) == len(acknowledged) + (cut >= ends[1]) + 1
        if cut >= ends[1]:
            assert rows[len(acknowledged)].place.offset == length
            assert rows[len(acknowledged)].end == length + whole


TAILS: dict[str, Callable[[bytes], bytes]] = {
    "zeros": lambda tail: bytes(len(tail)),
    "half, then zeros": lambda tail: tail[: len(tail) // 2] + bytes(4096),
    "one byte": lambda tail: tail[:1],
    "garbage": lambda tail: random.Random(1).randbytes(len(tail)),
    "a gzip head": lambda _: b"\x1f\x8b\x08\x00",
    "a flipped bit": lambda tail: tail[:200] + bytes([tail[200] ^ 4]) + tail[201:],
    "a page of zeros in the middle": lambda tail: tail[:100] + bytes(64) + tail[164:],
    "a bad checksum": lambda tail: tail[:-5] + bytes([tail[-5] ^ 1]) + tail[-4:],
}


@pytest.mark.parametrize("kind", TAILS)
def test_c03_what_power_loss_makes_of_a_tail(kind: str, crashed: Path, tmp_path: Path) -> None:
    root = copy_of(crashed, tmp_path / "a")
    path, acknowledged = the_open_file(root), rows_of(root)
    tail = TAILS[kind](unacknowledged(crashed)[0])
    with path.open("ab") as file:
        file.write(tail)
    recover_and_go_on(root)
    (torn,) = (root / "warc").glob("*.torn-*")
    assert torn.read_bytes() == tail
    assert rows_of(root)[:-1] == acknowledged


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(tail=st.binary(min_size=1, max_size=300))
def test_c03_any_tail_at_all(
    tail: bytes, crashed: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = copy_of(crashed, tmp_path_factory.mktemp("any") / "a")
    acknowledged = rows_of(root)
    with the_open_file(root).open("ab") as file:
        file.write(tail)
    recover_and_go_on(root)
    assert rows_of(root)[:-1] == acknowledged


@pytest.mark.parametrize("content", [b"", bytes(600), b"\x1f\x8b\x08"])
def test_c03_a_file_without_one_whole_record_is_dropped(content: bytes, tmp_path: Path) -> None:
    fill(tmp_path, 1)
    path = tmp_path / "warc" / "eafarchive-20990101000000-00001.warc.gz.open"
    path.write_bytes(content)
    recover_and_go_on(tmp_path)
    assert not path.exists()
    assert len(rows_of(tmp_path)) == 2
    torn = [p.read_bytes() for p in (tmp_path / "warc").glob("*.torn-0")]
    assert torn == ([content] if content else [])


def test_c13_captures_written_but_not_acknowledged_are_adopted_in_order(
    crashed: Path, tmp_path: Path
) -> None:
    root = copy_of(crashed, tmp_path / "a")
    with the_open_file(root).open("ab") as file:
        for number in (70, 71, 72):
            file.write(b"".join(unacknowledged(crashed, number)))
    mended = recover_and_go_on(root)
    assert "3 captures taken into the ledger" in mended[0]
    assert [row.target_uri[-3:-1] for row in rows_of(root)[4:7]] == ["70", "71", "72"]
    assert rows_of(root)[4].place in {
        row.place for row in unharvested(root)
    }  # so that their records are still to be made


def test_what_is_adopted_comes_before_what_began_later_and_was_put_back(
    crashed: Path, tmp_path: Path
) -> None:
    root, other = copy_of(crashed, tmp_path / "a"), copy_of(crashed, tmp_path / "b")
    recover_and_go_on(other)
    for path in (other / "warc").glob("*-00002.warc.gz"):
        shutil.copy(path, root / "warc")
    with the_open_file(root).open("ab") as file:
        file.write(b"".join(unacknowledged(crashed)))
    recover_and_go_on(root)
    assert [row.target_uri[-3:-1] for row in rows_of(root)[4:6]] == ["77", "00"]


def unharvested(root: Path) -> list[CaptureRow]:
    ledger = Archive(root).ledger()
    try:
        return ledger.captures(unharvested=True)
    finally:
        ledger.close()


@pytest.mark.parametrize("which", ["open", "closed"])
def test_c07_a_file_shorter_than_acknowledged_stops_everything(
    which: str, crashed: Path, tmp_path: Path
) -> None:
    root = copy_of(crashed, tmp_path / "a")
    pattern = f"*{OPEN}" if which == "open" else "*.warc.gz"
    (path,) = (root / "warc").glob(pattern)
    needed = max(r.end for r in rows_of(root) if path.name.startswith(Path(r.place.warc).name))
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.truncate(needed - 1)
    before = files_of(root)
    with pytest.raises(DamageError) as caught:
        keeper(root)
    assert caught.value.exit_code == 5
    assert str(caught.value) == (
        f"{path}: holds {needed - 1} bytes, {needed} were acknowledged; put the file back from a copy"
    )
    assert files_of(root) == before


@pytest.mark.parametrize("which", ["open", "closed"])
@pytest.mark.parametrize("forgotten", ["", "manifest-sha256.txt", "ledger.sqlite3"])
def test_c07_a_file_that_is_missing_stops_everything(
    which: str, forgotten: str, crashed: Path, tmp_path: Path
) -> None:
    root = copy_of(crashed, tmp_path / "a")
    pattern = f"*{OPEN}" if which == "open" else "*.warc.gz"
    (path,) = (root / "warc").glob(pattern)
    path.unlink()
    if forgotten:
        (root / forgotten).unlink()
    if which == "open" and forgotten == "ledger.sqlite3":
        with keeper(root):  # nobody knows of the file
            return
    before = files_of(root)
    with pytest.raises(DamageError) as caught:
        keeper(root)
    assert caught.value.exit_code == 5
    assert str(caught.value) == (
        f"{root}/warc/{path.name.removesuffix(OPEN)}: is missing; put it back from a copy;"
        " if there is none, 'eafarchive rebuild' gives it up as lost"
    )
    assert files_of(root) == before


STRAYS: dict[str, Callable[[bytes], bytes]] = {
    "{stem}-backup.warc.gz": bytes,
    "{stem} (1).warc.gz": lambda data: data[:-9],
    "{stem}.sync-conflict-20260101-000000-ABCDEFG.warc.gz": bytes,
    "copy of {stem}.warc.gz.open": bytes,
    "random.warc.gz": lambda data: random.Random(4).randbytes(len(data)),
    "eafarchive-20260102030405-00007.warc.gz": bytes,
}


@pytest.mark.parametrize("name", STRAYS)
def test_a_stray_is_told_of_and_left_alone(name: str, tmp_path: Path) -> None:
    fill(tmp_path, 2)
    (path,) = (tmp_path / "warc").iterdir()
    stray = path.with_name(name.format(stem=path.name.removesuffix(".warc.gz")))
    stray.write_bytes(STRAYS[name](path.read_bytes()))
    archive = Archive(tmp_path)
    before, rows = files_of(tmp_path), rows_of(tmp_path)
    with keeper(tmp_path) as run:
        assert run.mended == []
        (concern,) = run.concerns
    assert concern.startswith(f"warc/{stray.name}: ")
    assert concern.endswith(": not read; move it away")
    assert (files_of(tmp_path), rows_of(tmp_path)) == (before, rows)
    assert archive.warc_files() == [path]
    assert len(list(archive.captures())) == 2
    assert [one.name for one in archive.strays()] == [f"warc/{stray.name}"]
    stray.unlink()
    with keeper(tmp_path) as run:
        assert (run.mended, run.concerns) == ([], [])


def test_a_file_that_was_renamed_is_told_of_with_its_name(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    (path,) = (tmp_path / "warc").iterdir()
    path.rename(path.with_name("eafarchive-20200101000000-00000.warc.gz"))
    (stray,) = Archive(tmp_path).strays()
    assert stray.action == f"rename it to warc/{path.name}"
    with pytest.raises(DamageError, match=f"{path.name}: is missing"):
        keeper(tmp_path)


def test_files_of_ours_that_were_put_there_are_taken_in(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    fill(here, 2)
    fill(there, 2, first=2)
    fill(there, 2, first=4)
    (_, path) = sorted((there / "warc").iterdir(), key=lambda one: one.name[-9:])
    shutil.copy(path, here / "warc")
    with keeper(here) as run:
        assert run.concerns == []
        assert len(run.mended) == 2
        run.append(capture(9, RAW), None)
    check_as_a_set(here)
    assert len(rows_of(here)) == 5
    assert len(read_manifest(here)) == 3


def test_c08_a_lost_ledger_is_made_again_the_same(crashed: Path, tmp_path: Path) -> None:
    root = copy_of(crashed, tmp_path / "a")
    rows = rows_of(root)
    for path in root.glob("ledger.sqlite3*"):
        path.unlink()
    with keeper(root) as run:
        assert sum("captures taken in" in line for line in run.mended) == 2
    assert sorted(rows_of(root), key=lambda row: row.place.warc) == rows
    fill(root, 1, first=50)
    check_as_a_set(root)


def check_as_a_set(root: Path) -> None:
    archive = Archive.open(root)
    held = set()
    for path in archive.warc_files():
        with path.open("rb") as file:
            held |= {row.place for row in index_records(file, archive.name_of(path))}  # type: ignore[union-attr]
    assert {row.place for row in rows_of(root)} == held


def test_c08_a_ledger_whose_log_was_left_behind(crashed: Path, tmp_path: Path) -> None:
    root = copy_of(crashed, tmp_path / "a")
    rows = rows_of(root)
    (root / "ledger.sqlite3").unlink()
    (root / "ledger.sqlite3-wal").write_bytes(random.Random(2).randbytes(5000))
    with keeper(root):
        pass
    assert {row.place for row in rows_of(root)} == {row.place for row in rows}


@pytest.mark.parametrize("page", [0, 1, 3, 6])
def test_c08_a_damaged_ledger_is_refused(page: int, crashed: Path, tmp_path: Path) -> None:
    root = copy_of(crashed, tmp_path / "a")
    ledger = root / "ledger.sqlite3"
    with ledger.open("r+b") as file:
        file.seek(page * 4096 + (100 if page == 0 else 0))
        file.write(random.Random(3).randbytes(3996))
    before = files_of(root)
    for opened in (lambda: keeper(root), Archive(root).ledger):
        with pytest.raises(DamageError, match=r"ledger\.sqlite3: .*eafarchive rebuild") as caught:
            opened()
        assert "\n" not in str(caught.value)
    assert files_of(root) == before
    ledger.unlink()
    with keeper(root) as run:
        assert len(run.ledger.captures()) == 4


def test_c09_an_older_ledger_learns_what_it_does_not_know(tmp_path: Path) -> None:
    root = tmp_path / "a"
    fill(root, 2)
    older = (root / "ledger.sqlite3").read_bytes()
    fill(root, 2, first=2)
    crash(root, 2, first=4)
    rows = rows_of(root)
    for path in root.glob("ledger.sqlite3*"):
        path.unlink()
    (root / "ledger.sqlite3").write_bytes(older)
    with keeper(root) as run:
        assert len(run.mended) == 3
    assert {row.place: row for row in rows_of(root)} == {row.place: row for row in rows}
    check_as_a_set(root)


def test_c15_renamed_but_neither_in_the_manifest_nor_in_the_ledger(
    crashed: Path, tmp_path: Path
) -> None:
    root = copy_of(crashed, tmp_path / "a")
    path = the_open_file(root)
    path.rename(path.with_name(path.name.removesuffix(OPEN)))
    recover_and_go_on(root)


def test_c15_a_lost_manifest_is_made_again(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    before = files_of(tmp_path)
    (tmp_path / "manifest-sha256.txt").unlink()
    with keeper(tmp_path) as run:
        assert run.mended == ["manifest: 1 closed files added"]
    assert files_of(tmp_path) == before


def test_a_closed_file_with_damage_is_taken_in_as_far_as_it_goes_and_said_so(
    tmp_path: Path,
) -> None:
    fill(tmp_path, 3)
    (path,) = (tmp_path / "warc").iterdir()
    path.chmod(0o644)
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    (tmp_path / "ledger.sqlite3").unlink()
    with keeper(tmp_path) as run:
        assert len(run.ledger.captures()) == 3
        assert run.mended[0].endswith("3 captures taken in; it is damaged: run 'eafarchive verify'")
    assert path.read_bytes() == content[:-20]


def test_a_whole_member_that_is_no_record_is_left_to_people(crashed: Path, tmp_path: Path) -> None:
    root = copy_of(crashed, tmp_path / "a")
    with the_open_file(root).open("ab") as file:
        file.write(gzip.compress(b"not a record"))
    before = files_of(root)
    with pytest.raises(DamageError, match=r"\.open@\d+: no end of the record header; move"):
        keeper(root)
    assert files_of(root) == before


def test_c21_recovery_starts_at_the_last_acknowledged_byte(crashed: Path, tmp_path: Path) -> None:
    """What was acknowledged is not read again (C21): damage there is for ``verify`` to find."""
    root = copy_of(crashed, tmp_path / "a")
    path = the_open_file(root)
    with path.open("r+b") as file:
        file.seek(700)
        file.write(b"\0\0\0\0")
    rows = rows_of(root)
    with keeper(root) as run:
        assert "0 captures taken" in run.mended[0]
    assert rows_of(root) == rows
    ledger = Ledger(root / "ledger.sqlite3", read_only=True)
    assert ledger.committed()[rows[-1].place.warc] == rows[-1].end
    ledger.close()


def test_c16_a_file_left_open_never_replaces_one_that_is_closed(
    crashed: Path, tmp_path: Path
) -> None:
    root = copy_of(crashed, tmp_path / "a")
    path = the_open_file(root)
    taken = path.with_name(path.name.removesuffix(OPEN))
    taken.write_bytes(path.read_bytes())
    before = files_of(root)
    with pytest.raises(WriteError, match="exists already; move one of it and"):
        keeper(root)
    assert {name: files_of(root)[name] for name in before} == before
