"""Verification finds what was done to an archive, and names it."""

import contextlib
import hashlib
import json
import random
import shutil
import sqlite3

import pytest

from eafarchive.archive.captures.members import read_members
from eafarchive.archive.directory import roster
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.archive.disk.manifest import file_digest
from eafarchive.errors import BusyError, DamageError
from eafarchive.record import SOFTWARE
from eafarchive.work.records.ahead import Ahead
from eafarchive.work.records.drafts import Drafts
from eafarchive.work.verification import evidence, verify
from eafarchive.work.verification.scope import WHOLE, Scope
from eafarchive.work.verification.verify import Verification


def findings(bench):
    with bench.reader() as reader:
        return list(Verification(Archive.open(bench.archive), reader).findings())


def errors(bench):
    return {f.where.partition("@")[0] for f in findings(bench) if f.severity == "error"}


def warnings(bench):
    return {f.where for f in findings(bench) if f.severity == "warning"}


def unledgered(bench):
    """Every file but the ledger, where verification notes what it found sound, and its seal."""
    return {p: data for p, data in bench.tree().items() if not p.name.startswith("ledger")}


def a_record(bench):
    return min(bench.archive.glob("records/**/*.json"))


def a_warc(bench):
    (path,) = bench.archive.glob("warc/*.warc.gz")
    path.chmod(0o644)
    return path


def test_a_fresh_archive_is_clean_and_is_not_changed(crawled):
    before = unledgered(crawled)
    assert findings(crawled) == []
    assert findings(crawled) == []
    assert unledgered(crawled) == before


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.77, 0.999])
def test_a_flipped_bit_in_a_warc(crawled, share):
    path = a_warc(crawled)
    data = bytearray(path.read_bytes())
    data[int(len(data) * share)] ^= 0x10
    path.write_bytes(data)
    assert f"warc/{path.name}" in errors(crawled)


def test_a_warc_cut_short_at_a_record(crawled):
    path = a_warc(crawled)
    *_, (place, _) = Archive.open(crawled.archive).captures()
    with path.open("r+b") as file:
        file.truncate(place.offset)
    assert f"warc/{path.name}" in errors(crawled)


def test_a_missing_warc(crawled):
    path = a_warc(crawled)
    path.unlink()
    found = findings(crawled)
    assert {f.severity for f in found if f.where == f"warc/{path.name}"} == {"error"}
    assert all("copy" in f.action for f in found if f.where.startswith(("warc/", "records/")))
    assert any(f.where.startswith("records/") for f in found)


def test_an_edited_record(crawled):
    path = a_record(crawled)
    record = json.loads(path.read_bytes())
    path.write_text(json.dumps(record | {"title": "Another"}), "utf-8")
    assert errors(crawled) == {path.relative_to(crawled.archive).as_posix()}


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]", b'{"schema": "other/1"}'])
def test_a_record_that_is_none(crawled, data):
    path = a_record(crawled)
    path.write_bytes(data)
    assert errors(crawled) == {path.relative_to(crawled.archive).as_posix()}


def test_a_deleted_record(crawled):
    path = a_record(crawled)
    path.unlink()
    (finding,) = findings(crawled)
    assert (finding.severity, finding.what) == ("error", "is missing")
    assert finding.where == path.relative_to(crawled.archive).as_posix()


def test_a_record_that_an_interrupted_crawl_did_not_come_to(crawled):
    """As a kill between the ledger's and the record's writing leaves it."""
    path = a_record(crawled)
    data, where = path.read_bytes(), path.relative_to(crawled.archive).as_posix()
    (crawled.archive / "ledger.sqlite3.sha256").unlink()
    with contextlib.closing(sqlite3.connect(crawled.archive / "ledger.sqlite3")) as db:
        db.execute(
            "UPDATE captures SET harvested = 0 WHERE record_id = ?",
            (json.loads(data)["capture"]["record_id"],),
        )
        db.commit()
    for before in (None, data.replace(b'"title": "', b'"title": "An earlier ')):
        path.unlink(missing_ok=True)
        if before:
            path.write_bytes(before)
        (finding,) = (one for one in findings(crawled) if one.where == where)
        assert (finding.severity, finding.what) == (
            "warning",
            "is not written yet: a crawl was interrupted",
        )
    crawled.crawl()
    assert path.read_bytes() == data
    assert errors(crawled) == set()


def test_a_record_of_nothing(crawled):
    path = a_record(crawled)
    twin = path.with_name("a-twin.json")
    shutil.copy(path, twin)
    assert errors(crawled) == {twin.relative_to(crawled.archive).as_posix()}


def test_a_record_by_a_past_release_is_no_damage_but_one_by_an_unknown_is(crawled, monkeypatch):
    path = a_record(crawled)
    where = path.relative_to(crawled.archive).as_posix()
    path.write_text(path.read_text("utf-8").replace(SOFTWARE, "eafarchive 0.0.7"), "utf-8")
    assert errors(crawled) == {where}
    monkeypatch.setattr(evidence, "PAST_RELEASES", {"eafarchive 0.0.7"})
    assert errors(crawled) == set()
    assert warnings(crawled) == {where}


def test_a_record_made_with_another_profile_is_no_damage_but_a_damaged_digest_is(crawled):
    path = a_record(crawled)
    where = path.relative_to(crawled.archive).as_posix()
    record = json.loads(path.read_bytes())
    digest = record["extraction"]["profile_digest"]
    other = "sha256:" + hashlib.sha256(b"another profile").hexdigest()
    text = path.read_text("utf-8")
    path.write_text(text.replace(digest, other), "utf-8")
    assert (errors(crawled), warnings(crawled)) == (set(), {where})
    flipped = digest[:-1] + chr(ord(digest[-1]) ^ 1)
    path.write_text(text.replace(digest, flipped), "utf-8")
    assert errors(crawled) == {where}


@pytest.mark.parametrize("scope", [WHOLE, Scope(part=(1, 1))])
def test_records_that_another_profile_made_are_told_of_in_one_finding(crawled, scope):
    """After an upgrade it is every one, and they are made again together."""
    for path in sorted((crawled.archive / "records").rglob("*.json")):
        digest = json.loads(path.read_bytes())["extraction"]["profile_digest"]
        other = "sha256:" + hashlib.sha256(b"another profile").hexdigest()
        path.write_text(path.read_text("utf-8").replace(digest, other), "utf-8")
    with crawled.reader() as reader:
        (found,) = Verification(Archive.open(crawled.archive), reader, scope=scope).findings()
    assert found.what == "was made with another profile; so are 4 more"
    assert (found.severity, found.repair) == ("warning", "records")


def test_c18_any_flipped_bit_of_a_record(crawled):
    archive = Archive.open(crawled.archive)
    path = a_record(crawled)
    data = path.read_bytes()
    chance = random.Random(18)
    with (
        crawled.reader() as reader,
        Drafts(reader, keep_data=False) as drafts,
        Ahead(reader.at_once) as ahead,
    ):
        records = evidence.Evidence(archive, evidence.Deriving(reader, ahead), drafts)
        (warc,) = archive.warc_files()
        with warc.open("rb") as file:
            for record in read_members(file):
                assert list(records.take(record, archive.name_of(warc))) == []
        assert list(records.end_file()) == []
        assert list(records.findings(())) == []
        for _ in range(200):
            at = chance.randrange(len(data))
            path.write_bytes(
                data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            )
            (found,) = records.findings(())
            assert found.severity == "error"
            assert found.where == path.relative_to(crawled.archive).as_posix()
        path.write_bytes(data[:-1])
        assert len(list(records.findings(()))) == 1


def test_strays_are_told(crawled):
    for name in ("notes.txt", "warc/readme", "records/.x.json.new", "warc/a.warc.gz.torn-9"):
        (crawled.archive / name).write_bytes(b"")
    (crawled.archive / "records" / "link.json").symlink_to("/dev/null")
    assert warnings(crawled) >= {
        "notes.txt",
        "warc/readme",
        "records/.x.json.new",
        "records/link.json",
        "warc/a.warc.gz.torn-9",
    }


@pytest.mark.parametrize("name", ["{}-backup", "eafarchive-20260102030405-00007"])
def test_a_copy_of_a_warc_in_its_folder_is_a_stray(crawled, cli, name):
    path = a_warc(crawled)
    stray = path.with_name(name.format(path.name.removesuffix(".warc.gz")) + ".warc.gz")
    shutil.copy(path, stray)
    ran = cli("crawl", "--config", crawled.config)
    assert ran.code == 0
    assert f"warning: warc/{stray.name}: " in ran.err
    records = crawled.records()
    for words in (("verify",), ("verify", "--repair"), ("extract",), ("rebuild",), ("verify",)):
        ran = cli(*words, "--config", crawled.config)
        assert ran.code == 0, ran.out
        assert f"warc/{stray.name}: " in ran.out or words == ("extract",)
    assert crawled.records() == records
    stray.unlink()
    assert cli("crawl", "--config", crawled.config).err == ""
    assert not [f for f in findings(crawled) if "was kept by" not in f.what]


def test_a_file_that_is_not_listed_is_read_once_for_each_change(crawled, monkeypatch):
    path = a_warc(crawled)
    copy = path.with_name("eafarchive-20260102030405-00007.warc.gz")
    shutil.copy(path, copy)
    asked = []

    def note(given):
        asked.append(given)
        return file_digest(given)

    monkeypatch.setattr(roster, "file_digest", note)
    archive = Archive.open(crawled.archive)
    for _ in range(2):
        assert copy not in archive.warc_files()
        assert [stray.name for stray in archive.strays()] == [f"warc/{copy.name}"]
    assert asked == [copy]
    copy.chmod(0o644)
    copy.write_bytes(path.read_bytes()[:-1])
    assert copy in archive.warc_files()


def test_what_is_in_a_damaged_warc_is_to_be_kept_says_a_part_too(crawled, cli):
    path = a_warc(crawled)
    held = json.loads(a_record(crawled).read_bytes())["capture"]
    data = bytearray(path.read_bytes())
    data[held["offset"] + held["length"] // 2] ^= 0x10
    path.write_bytes(data)
    assert cli("rebuild", "--config", crawled.config).code == 5
    where = a_record(crawled).relative_to(crawled.archive).as_posix()
    for words in ((), ("--sample", "100%"), ("--since", "1s")):
        ran = cli("verify", "-v", "--config", crawled.config, *words)
        (told,) = (line for line in ran.out.splitlines() if where in line)
        assert told.endswith("; keep it, and put the WARC file back from a copy")


def break_middle(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def cut_at_a_record(path):
    with path.open("r+b") as file:
        *_, last = [item for item in read_members(file) if item.kind == "response"]
        file.truncate(last.offset)


def replace_member(path):
    """Whole members, of which one is gone and another of its length stands in its place."""
    with path.open("rb") as file:
        at = [item.offset for item in read_members(file) if item.kind == "response"]
    data = path.read_bytes()
    path.write_bytes(data[: at[2]] + data[at[3] :])


@pytest.mark.parametrize("harm", ["unlink", break_middle, cut_at_a_record, replace_member])
def test_c18_c07_what_follows_from_one_file_is_one_line_and_all_of_it_in_json(
    crawled, origin, cli, harm
):
    origin.site = origin.site.edited(origin.site.articles[0].path, "More.", "2026-01-01T00:00:00Z")
    crawled.crawl(full=True)  # a second file, whose revisits lead into the first
    first, second = Archive.open(crawled.archive).warc_files()
    first.chmod(0o644)
    first.unlink() if harm == "unlink" else harm(first)
    given = ("--config", crawled.config)
    told = json.loads(cli("verify", "--json", *given).out)
    name = f"warc/{first.name}"
    following = [f for f in told["findings"] if f["because"] == name]
    assert len(following) == told["errors"] - 1
    assert any(f["where"].startswith(f"warc/{second.name}@") for f in following) or harm not in {
        "unlink",
        replace_member,
    }
    ran = cli("verify", *given)
    cause, rest, total = ran.out.splitlines()
    assert cause.startswith(f"error: {name}")
    assert rest.startswith(f"error: {name}: {len(following)} more findings follow from that: ")
    assert rest.endswith("; put that file back from a copy; 'verify -v' and --json list them")
    assert total.startswith(f"FAILED: {told['errors']} errors, 0 warnings")
    assert len(cli("verify", "-v", *given).out.splitlines()) == told["errors"] + 1
    rescued = crawled.folder / "rescued"
    rescued.mkdir()
    cli("verify", "--salvage", rescued, *given)
    assert not (rescued / second.name).exists(), "nothing is wrong with it"


def test_a_file_that_is_no_record_is_to_be_moved_away(crawled):
    (crawled.archive / "records" / "notes.json").write_bytes(b'{"mine": true}')
    (found,) = findings(crawled)
    assert (found.where, found.action) == ("records/notes.json", "move it away")


def test_an_edited_manifest(crawled):
    path = crawled.archive / "manifest-sha256.txt"
    text = path.read_text("utf-8")
    path.write_text(("0" if text[0] != "0" else "1") + text[1:], "utf-8")
    assert errors(crawled) == {f"warc/{a_warc(crawled).name}"}
    for junk in (b"junk\n", b"\xff\n"):
        path.write_bytes(junk)
        assert errors(crawled) == {"manifest-sha256.txt"}
    path.unlink()
    assert warnings(crawled) == {f"warc/{a_warc(crawled).name}"}


@pytest.mark.parametrize(
    "edit",
    [
        "DELETE FROM captures WHERE rowid = 3",
        "UPDATE captures SET offset = offset + 1 WHERE rowid = 3",
        "UPDATE captures SET status = 404 WHERE rowid = 3",
        "UPDATE captures SET payload_digest = 'sha1:A' WHERE rowid = 3",
        "UPDATE captures SET warc = 'warc/gone.warc.gz' WHERE rowid = 3",
        "UPDATE captures SET key = 'another' WHERE rowid = 3",
    ],
)
def test_an_edited_ledger(crawled, edit):
    with sqlite3.connect(crawled.archive / "ledger.sqlite3") as db:
        db.execute(edit)
    db.close()
    found = errors(crawled)
    assert found > {"ledger.sqlite3"}
    assert all(name.startswith("warc/") for name in found - {"ledger.sqlite3"})


def test_a_missing_or_broken_ledger(crawled):
    path = crawled.archive / "ledger.sqlite3"
    path.write_bytes(b"no database" * 1000)
    (found,) = (f for f in findings(crawled) if f.severity == "error")
    assert (found.where, found.what) == (
        "ledger.sqlite3",
        "the ledger is damaged (file is not a database)",
    )
    assert found.action == "'eafarchive rebuild', or --repair, makes it again, and keeps it beside"
    path.unlink()
    (found,) = findings(crawled)
    assert (found.severity, found.where, found.what) == ("error", "ledger.sqlite3", "is missing")
    assert found.action == "the next crawl, 'eafarchive rebuild' or --repair makes it again"
    crawled.crawl()
    assert findings(crawled) == []


def test_what_extract_mends(crawled, cli):
    first, second, *_ = sorted(crawled.archive.glob("records/**/*.json"))
    first.unlink()
    second.write_bytes(b"{}")
    assert cli("extract", "--config", crawled.config).code == 0
    assert findings(crawled) == []


def test_not_while_a_run_writes(crawled):
    with lock(crawled.archive), pytest.raises(BusyError):
        findings(crawled)
    with lock(crawled.archive, shared=True):
        assert findings(crawled) == []


def test_a_warc_file_that_cannot_be_read_is_named_once(crawled, monkeypatch):
    def fail(path):
        raise DamageError(f"{path}: cannot be read: Input/output error")

    monkeypatch.setattr(verify, "file_digest", fail)
    (warc,) = Archive.open(crawled.archive).warc_files()
    (found,) = (one for one in findings(crawled) if "Input" in one.what)
    assert (found.where, found.what) == (
        f"warc/{warc.name}",
        "cannot be read: Input/output error",
    )
