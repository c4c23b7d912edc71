"""`verify --repair` mends what can be made again, touches no WARC file, accepts no new digest."""

import json
import sqlite3
from contextlib import closing

import pytest

from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.directory.holdings import Archive


def warcs(bench):
    return {p.name: p.read_bytes() for p in (bench.archive / "warc").iterdir()}


def repair(bench, cli, *words):
    return cli("verify", "--config", bench.config, "--repair", *words)


def is_clean(bench, cli):
    ran = cli("verify", "--config", bench.config)
    return ran.code == 0


def edit(bench, statement):
    with sqlite3.connect(bench.archive / "ledger.sqlite3") as db:
        db.execute(statement)
    db.close()


def record_ids(bench):
    with closing(Archive.open(bench.archive).ledger()) as ledger:
        return [row.place.record_id for row in ledger.captures()]


def test_records_are_made_again(crawled, cli):
    before = crawled.records()
    first, second, *_ = sorted(crawled.archive.glob("records/**/*.json"))
    first.unlink()
    second.write_bytes(b"{}")
    ran = repair(crawled, cli)
    assert ran.code == 0
    assert "records: 2 of 5 written again" in ran.out
    where = second.relative_to(crawled.archive).as_posix()
    assert f"error: {where}: not a record of schema" in ran.out
    assert ran.out.splitlines()[-1].startswith("ok: 0 errors, 0 warnings, 2 mended")
    assert crawled.records() == before
    assert is_clean(crawled, cli)


def test_what_stands_in_a_records_place_is_told_and_not_mended(crawled, cli):
    file = min(crawled.archive.glob("records/**/*.json"))
    file.unlink()
    file.mkdir()
    where = file.relative_to(crawled.archive).as_posix()
    for words in ((), ("--repair",)):
        ran = cli("verify", "--config", crawled.config, *words)
        assert ran.code == 5
        assert f"error: {where}: is a folder where a record belongs; move it away" in ran.out
        assert " 1 errors, 0 warnings;" in ran.out.splitlines()[-1]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM captures WHERE rowid = 3",
        "UPDATE captures SET length = 7 WHERE rowid = 3",
        "UPDATE captures SET status = 500, end = 9 WHERE rowid = 3",
    ],
)
def test_the_index_is_made_again_and_the_old_ledger_kept(statement, crawled, cli):
    held = warcs(crawled)
    edit(crawled, statement)
    found = (crawled.archive / "ledger.sqlite3").read_bytes()
    ran = repair(crawled, cli, "--json")
    told = json.loads(ran.out)
    assert told["mended"] >= 2, told
    (kept,) = crawled.archive.glob("ledger.sqlite3.kept-*")
    assert kept.read_bytes() == found
    assert warcs(crawled) == held
    kept.unlink()
    assert is_clean(crawled, cli)


def test_what_is_indexed_again_keeps_its_place_in_the_index(crawled, origin, cli):
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A second thought.", "2026-01-01T00:00:00+00:00")
    crawled.crawl(origin.url(path))
    before = record_ids(crawled)
    edit(crawled, "UPDATE captures SET length = 7 WHERE rowid = 3")
    assert repair(crawled, cli).code == 0
    assert record_ids(crawled) == before


@pytest.mark.parametrize("damage", [b"", b"no database" * 1000, None])
def test_a_ledger_beyond_use_is_made_again(damage, crawled, cli):
    path = crawled.archive / "ledger.sqlite3"
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    assert repair(crawled, cli).code == 0
    for kept in crawled.archive.glob("ledger.sqlite3.kept-*"):
        assert kept.read_bytes() == damage
        kept.unlink()
    assert is_clean(crawled, cli)


def test_a_file_never_listed_is_but_not_one_that_changed(crawled, cli):
    manifest = crawled.archive / "manifest-sha256.txt"
    listed = manifest.read_bytes()
    manifest.unlink()
    assert repair(crawled, cli).code == 0
    assert manifest.read_bytes() == listed
    manifest.unlink()
    (path,) = Archive.open(crawled.archive).warc_files()
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(4)
        file.write(b"\x01")
    ran = repair(crawled, cli)
    assert ran.code == 5
    assert "its SHA-256 is not the one noted in the ledger" in ran.out
    assert "has changed since it was closed" in ran.out
    assert not manifest.exists()


def test_what_the_ledger_says_of_a_lost_file_is_not_forgotten(crawled, cli):
    (path,) = Archive.open(crawled.archive).warc_files()
    path.unlink()
    assert repair(crawled, cli).code == 5
    ledger = Archive.open(crawled.archive).ledger()
    assert ledger.captures(warc=f"warc/{path.name}")
    ledger.close()


def test_a_wrong_digest_is_not_mended(crawled, cli):
    manifest = crawled.archive / "manifest-sha256.txt"
    text = manifest.read_text("utf-8")
    manifest.write_text(("0" if text[0] != "0" else "1") + text[1:], "utf-8")
    changed = manifest.read_bytes()
    assert repair(crawled, cli).code == 5
    assert manifest.read_bytes() == changed


def test_what_damage_to_a_file_makes_of_its_index_is_not_mended(crawled, cli):
    (path,) = Archive.open(crawled.archive).warc_files()
    with path.open("rb") as file:
        members = [item for item in read_members(file) if isinstance(item, WarcRecord)]
    request = next(member for member in members if member.kind == "request")
    data = bytearray(path.read_bytes())
    data[request.offset + request.length // 2] ^= 0x40
    path.chmod(0o644)
    path.write_bytes(data)
    ran = repair(crawled, cli, "-v")
    assert ran.code == 5
    assert "the ledger says otherwise: end; put it back from a copy" in ran.out
    assert "mended" not in ran.out
    assert not list(crawled.archive.glob("ledger.sqlite3.kept-*"))


def test_what_nobody_owns_is_left_where_it_is(crawled, cli):
    twin = crawled.archive / "records" / "a-twin.json"
    twin.write_bytes(min(crawled.archive.glob("records/*/**/*.json")).read_bytes())
    (crawled.archive / "notes.txt").write_bytes(b"mine")
    assert repair(crawled, cli).code == 5
    assert twin.exists()
    assert (crawled.archive / "notes.txt").read_bytes() == b"mine"


def test_c20_salvage_from_the_command_line(crawled, cli, tmp_path):
    held = warcs(crawled)
    (path,) = Archive.open(crawled.archive).warc_files()
    places = [place for place, _ in Archive.open(crawled.archive).captures()]
    data = bytearray(path.read_bytes())
    data[places[2].offset + places[2].length // 2] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(data)
    rescued = tmp_path / "rescued"
    ran = cli("verify", "--config", crawled.config, "--salvage", rescued)
    assert ran.code == 5
    assert f"@{places[2].offset}: {places[2].length:,} bytes left out" in ran.out
    assert path.read_bytes() == data
    (copy,) = rescued.iterdir()
    whole = held[path.name]
    at, length = places[2].offset, places[2].length
    assert copy.read_bytes() == whole[:at] + whole[at + length :]
    again = cli("verify", "--config", crawled.config, "--salvage", rescued)
    assert again.code == 73  # nothing is overwritten
    inside = crawled.archive / "warc" / "x"
    assert cli("verify", "--config", crawled.config, "--salvage", inside).code == 2
