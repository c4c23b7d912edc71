"""Verification in slices: by age, by part, by share, by digest alone; stopped and gone on with."""

import json
import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest

from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.work.verification.scope import WHOLE, Scope, chosen_files
from eafarchive.work.verification.verify import Verification

NOW = datetime(2026, 11, 26, 3, 5, tzinfo=UTC)


@pytest.fixture
def several(crawled):
    """An archive of three WARC files."""
    crawled.crawl(full=True)
    crawled.crawl(full=True)
    assert len(Archive.open(crawled.archive).warc_files()) == 3
    return crawled


def run(bench, scope=WHOLE, *, clock=lambda: NOW, **more):
    with bench.reader() as reader:
        pass_ = Verification(Archive.open(bench.archive), reader, scope, clock=clock, **more)
        return pass_, list(pass_.findings())


def notes(bench):
    ledger = Archive.open(bench.archive).ledger()
    try:
        return ledger.fixity.all()
    finally:
        ledger.close()


def names(bench):
    archive = Archive.open(bench.archive)
    return [archive.name_of(path) for path in archive.warc_files()]


def test_a_whole_pass_notes_every_file(several):
    pass_, found = run(several)
    assert found == []
    assert (pass_.files_done, pass_.files, pass_.is_stopped) == (3, 3, False)
    assert [notes(several)[name].verified_at for name in names(several)] == [NOW] * 3


def test_w25_bytes_count_and_ends_are_noted_when_a_file_is_closed(several):
    for name, note in notes(several).items():
        assert note.measure.bytes == (several.archive / name).stat().st_size
        assert note.measure.records > 1
        assert note.measure.first_id.startswith("urn:uuid:")
        assert note.measure.last_id.startswith("urn:uuid:")
        assert note.verified_at is None
    before = notes(several)
    run(several)
    assert {n: note.measure for n, note in notes(several).items()} == {
        n: note.measure for n, note in before.items()
    }


def test_o03_parts_rotate_over_all_files(several):
    looked_at = []
    for k in (1, 2, 3):
        pass_, found = run(several, Scope(part=(k, 3)))
        assert found == []
        looked_at.append(pass_.files_done)
    assert looked_at == [1, 1, 1]
    assert all(note.verified_at == NOW for note in notes(several).values())


def test_o03_a_share_takes_what_waits_longest_until_all_is_read(several):
    days = [NOW + timedelta(days=n) for n in range(4)]
    seen = set()
    for day in days:
        pass_, found = run(several, Scope(share=0.3), clock=lambda day=day: day)
        assert found == []
        assert 1 <= pass_.files_done < 3
        seen |= {name for name, note in notes(several).items() if note.verified_at}
    assert seen == set(names(several))


def test_since_passes_over_what_was_verified(several):
    run(several, Scope(part=(1, 3)))
    pass_, found = run(several, Scope(since=NOW))
    assert (pass_.files, found) == (2, [])
    pass_, _ = run(several, Scope(since=NOW + timedelta(seconds=1)))
    assert pass_.files == 3


def test_a_damaged_file_is_not_noted_and_stays_due(several):
    name = names(several)[1]
    path = several.archive / name
    path.chmod(0o644)
    data = path.read_bytes()
    path.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    pass_, found = run(several)
    assert any(f.severity == "error" and f.where.startswith(name) for f in found)
    assert pass_.damaged == {name}
    assert notes(several)[name].verified_at is None
    pass_, found = run(several, Scope(since=NOW))
    assert (pass_.files, pass_.damaged) == (1, {name})


def test_fixity_alone_finds_a_flipped_bit_without_inflating(several, monkeypatch):
    monkeypatch.setattr("zlib.decompressobj", None)
    pass_, found = run(several, Scope(fixity_only=True))
    assert (pass_.files_done, found) == (3, [])
    assert all((n.verified_at, n.hashed_at) == (None, NOW) for n in notes(several).values())
    name = names(several)[2]
    path = several.archive / name
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[9] ^= 0x80
    path.write_bytes(data)
    _, found = run(several, Scope(fixity_only=True))
    assert {f.where for f in found} == {name}


def test_a_stopped_pass_is_gone_on_with(several):
    stop = threading.Event()
    pass_, found = run(several, stop=stop, progress=lambda *_: stop.set())
    assert (pass_.files_done, pass_.files, pass_.is_stopped) == (1, 3, True)
    assert found == []
    pass_, found = run(several, Scope(since=NOW))
    assert (pass_.files, found) == (2, [])


def test_a_slice_finds_what_is_wrong_with_its_records(crawled):
    first, second, third, *_ = sorted(crawled.archive.glob("records/**/*.json"))
    first.unlink()
    record = json.loads(second.read_bytes())
    second.write_text(json.dumps(record | {"title": "Another"}), "utf-8")
    twin = third.with_name("a-twin.json")
    twin.write_bytes(third.read_bytes())
    _, found = run(crawled, Scope(part=(1, 1)))
    assert {f.where for f in found} == {
        p.relative_to(crawled.archive).as_posix() for p in (first, second, twin)
    }


def test_open_files_are_left_to_a_whole_pass(several):
    name = names(several)[2]
    (several.archive / name).rename(several.archive / f"{name}.open")
    archive = Archive.open(several.archive)
    assert len(chosen_files(archive, {}, WHOLE)) == 3
    assert len(chosen_files(archive, {}, Scope(share=1.0))) == 2


def test_beside_a_reader_the_archive_is_verified_without_notes(several):
    with lock(several.archive, shared=True):
        assert run(several)[1] == []
    assert all(note.verified_at is None for note in notes(several).values())


@pytest.mark.parametrize(
    "words",
    [
        *(("--since", text) for text in ("yesterday", "12x", "3d3")),
        *(("--sample", text) for text in ("4/3", "0/3", "0%", "101%", "x")),
    ],
)
def test_what_is_no_slice_is_refused(words, crawled, cli):
    ran = cli("verify", "--config", crawled.config, *words)
    assert ran.code == 2
    assert words[1] in ran.err


def test_the_command_line_in_slices(several, cli):
    ran = cli("verify", "--config", several.config, "--sample", "2/3")
    assert ran.out.startswith("ok: 0 errors, 0 warnings; 1 of 1 WARC files")
    ran = cli("verify", "--config", several.config, "--since", "30d", "--json")
    told = json.loads(ran.out)
    assert (told["files"], told["stopped"], told["findings"]) == (2, False, [])
    ran = cli("verify", "--config", several.config, "--fixity", "--since", "2026-01-01")
    assert "; 0 of 0 WARC files, 0 bytes" in ran.out


def test_ctrl_c_ends_in_good_order(several, cli, monkeypatch):
    def interrupt(self, *_, **__):
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Verification, "_tell", interrupt)
    ran = cli("verify", "--config", several.config)
    assert ran.code == 130
    *_, told, advice = ran.out.splitlines()
    assert told.startswith("stopped: 0 errors, 0 warnings; 0 of 3 WARC files")
    assert advice.startswith("go on with: eafarchive verify --since 20")
    assert cli("verify", "--config", several.config, "--json").code == 130
    monkeypatch.undo()
    assert cli("verify", "--config", several.config).code == 0
