"""The ledger made again from the WARC files alone, to the same content."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import time
from datetime import UTC, datetime

import msgspec
import pytest

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.seal import check_seal
from eafarchive.archive.directory import recovery
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.demosite import Answer
from eafarchive.errors import BusyError, WriteError
from eafarchive.work.verification import rebuild as rebuilding
from eafarchive.work.verification.rebuild import rebuild
from workbench import Bench, Origin, agreed

STAMP = "2026-01-01T00:00:00+00:00"


@pytest.fixture(scope="module")
def lived_once(crawled_once, server, tmp_path_factory):
    """An archive after some nights: new, edited, unchanged, gone, moved, failing and cut off."""
    (folder, site), made = crawled_once(), tmp_path_factory.mktemp("lived")
    shutil.copytree(folder / "archive", made / "archive")
    origin = Origin(server, site.pages)
    bench = Bench(made, origin.base_url)
    edited, gone, moved, failing, kept = (article.path for article in site.articles[:5])
    new = "/2026/01/02/moved-here/"
    origin.site = site.edited(edited, "A thought more.", STAMP).without(gone)
    article = site.articles[2]
    page = article.raw(origin.base_url).replace(moved.strip("/").encode(), new.strip("/").encode())
    origin.script.answers[moved] = Answer(301, "Moved", (("Location", origin.url(new)),), b"")
    origin.script.answers[new] = Answer(200, "OK", (("Content-Type", "text/html"),), page)
    origin.script.answers[failing] = Answer(503, "Later", (), b"")
    origin.script.answers["/2020/01/01/never-there/"] = Answer(403, "No", (), b"")
    for path in (edited, gone, moved, failing, kept, "/2020/01/01/never-there/"):
        bench.crawl(origin.url(path))
    bench.crawl(audit=3)
    return made, dict(origin.script.answers), origin.site


@pytest.fixture
def lived(lived_once, origin, tmp_path):
    folder, answers, origin.site = lived_once
    origin.script.answers.update(answers)
    shutil.copytree(folder / "archive", tmp_path / "archive")
    return Bench(tmp_path, origin.base_url)


def table(bench, query):
    with contextlib.closing(sqlite3.connect(bench.archive / "ledger.sqlite3")) as db:
        return db.execute(query).fetchall()


def index(bench):
    """Every row of the index, in its order; whether it is derived from is no part of it."""
    columns = [name for _, name, *_ in table(bench, "PRAGMA table_info(captures)")]
    columns.remove("harvested")
    captures = table(bench, f"SELECT {', '.join(columns)} FROM captures ORDER BY rowid")
    return captures, table(bench, "SELECT * FROM files ORDER BY name")


def memory(bench):
    """What the captures tell of the articles' URLs: times to the day, they are the visit's."""
    columns = "outcome, detail, captured_at, date(gone_at), etag, last_modified, payload_digest"
    query = f"SELECT key, url, failures, {columns} FROM urls WHERE visited_at IS NOT NULL"
    with bench.reader() as reader:
        return {row[0]: row for row in table(bench, query) if reader.is_article(row[1])}


def again(bench):
    with bench.reader() as reader:
        return rebuild(Archive.open(bench.archive), reader, lambda: False)


def kept(bench):
    return [p for p in bench.archive.iterdir() if ".kept-" in p.name]


def lose(path):
    path.unlink()


def overwrite(path):
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(random.Random(1).randbytes(4096))


def fill(path):
    path.write_bytes(b"not a ledger" * 999)


@pytest.mark.parametrize("spoil", [None, lose, overwrite, fill])
def test_c08_every_row_comes_back_whatever_became_of_the_ledger(lived, spoil):
    before, remembered = index(lived), memory(lived)
    records = lived.records()
    assert {row[3] for row in remembered.values()} >= {"captured", "redirected", "gone"}
    if spoil:
        spoil(lived.archive / "ledger.sqlite3")
    found = (lived.archive / "ledger.sqlite3").exists() and (
        lived.archive / "ledger.sqlite3"
    ).read_bytes()
    made = again(lived)
    assert index(lived) == before
    assert memory(lived) == remembered
    assert made.captures == len(before[0])
    assert check_seal(lived.archive / "ledger.sqlite3") == "whole"
    assert [p.read_bytes() for p in kept(lived)] == ([found] if found else [])
    assert made.kept == (kept(lived)[0].name if found else None)
    assert lived.records() == records
    assert not [p for p in lived.archive.iterdir() if p.name.endswith((".new", "-wal", "-shm"))]
    again(lived)
    assert (index(lived), memory(lived)) == (before, remembered), "and again"


def test_the_next_crawl_does_not_ask_for_everything_again(lived, origin):
    lose(lived.archive / "ledger.sqlite3")
    again(lived)
    before = lived.records()
    held = {row[1] for row in memory(lived).values() if row[3] == "captured"}
    assert len(held) >= 3
    origin.forget_requests()
    lived.crawl(audit=0)
    asked = {origin.url(target) for target in origin.requests}
    assert not asked & held
    assert lived.records() == before


def test_past_the_damage_all_comes_back_and_only_what_is_lost_is_asked_for(crawled, origin):
    crawled.crawl(audit=9)
    (path, _) = Archive.open(crawled.archive).warc_files()
    before, _ = index(crawled)
    article = origin.site.articles[0]
    with contextlib.closing(Archive.open(crawled.archive).ledger()) as ledger:
        lost = next(r for r in ledger.captures() if r.target_uri == article.url(origin.base_url))
    data = bytearray(path.read_bytes())
    data[lost.place.offset + lost.place.length // 2] ^= 0x40
    path.chmod(0o644)
    path.write_bytes(data)
    made = again(crawled)
    assert made.is_damaged
    assert made.mended[0].endswith("it is damaged: run 'eafarchive verify'")
    after, _ = index(crawled)
    assert len(after) == len(before) - 1
    assert set(after) < set(before)
    origin.forget_requests()
    crawled.crawl(audit=0)
    asked = [target for target in origin.requests if target.startswith("/2")]
    assert asked == [article.path]


def test_records_that_an_interrupted_run_did_not_come_to_are_still_made(lived):
    records = lived.records()
    lost = max(lived.archive.glob("records/**/*.json"))
    lost.unlink()
    lose(lived.archive / "ledger.sqlite3")
    again(lived)
    unharvested = table(lived, "SELECT target_uri FROM captures WHERE harvested = 0")
    assert 0 < len(unharvested) < len(index(lived)[0]) / 3
    lived.crawl(audit=0)
    assert lived.records().keys() == records.keys()


def test_c09_an_older_ledger_is_of_no_matter(lived, origin):
    older = (lived.archive / "ledger.sqlite3").read_bytes()
    lived.crawl(origin.url(origin.site.articles[0].path))
    before, remembered = index(lived), memory(lived)
    (lived.archive / "ledger.sqlite3").write_bytes(older)
    again(lived)
    assert (index(lived), memory(lived)) == (before, remembered)


def test_a_log_left_behind_is_not_taken_for_the_new_ledgers(lived):
    before = index(lived)
    (lived.archive / "ledger.sqlite3-wal").write_bytes(random.Random(2).randbytes(5000))
    again(lived)
    assert index(lived) == before
    assert {p.name.partition("Z")[2] for p in kept(lived)} == {"", "-wal"}


def test_a_rebuild_that_fails_leaves_all_as_it_was(lived, monkeypatch):
    before = lived.tree()

    def full(*_):
        raise WriteError("disk full")

    for victim in ("_trouble", "_replace"):
        with monkeypatch.context() as patched:
            patched.setattr(rebuilding, victim, full)
            with pytest.raises(WriteError):
                again(lived)
        assert lived.tree() == before


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
@pytest.mark.parametrize("victim", ["index_whole", "_trouble"])
def test_a_rebuild_that_is_told_to_end_leaves_all_as_it_was(
    lived, cli, monkeypatch, number, code, victim
):
    before = lived.tree()
    room = rebuilding if victim == "_trouble" else recovery
    work, calls = getattr(room, victim), []

    def told(*given):
        if not calls:
            os.kill(os.getpid(), number)
        calls.append(given)
        return work(*given)

    monkeypatch.setattr(room, victim, told)
    ran = cli("rebuild", "--config", lived.config)
    assert (ran.code, ran.out, ran.err) == (code, "", "")
    assert len(calls) == 1, "and at once"
    assert lived.tree() == before


def test_a_rebuild_holds_the_lock(lived, cli):
    before = lived.tree()
    with lock(lived.archive):
        with pytest.raises(BusyError):
            again(lived)
        ran = cli("rebuild", "--config", lived.config, "--lock-timeout", "0.2")
        assert ran.code == 75
        assert ran.err.count("\n") == 1
    assert lived.tree() == before


def test_where_files_have_but_one_name(lived, monkeypatch):
    before = index(lived)

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(rebuilding.os, "link", refuse)
    again(lived)
    assert index(lived) == before
    assert len(kept(lived)) == 1


def test_the_command_tells_what_it_did(lived, cli):
    ran = cli("rebuild", "--config", lived.config)
    assert (ran.code, ran.err) == (0, "")
    assert f"{len(index(lived)[0])} captures in " in ran.out
    (copy,) = kept(lived)
    assert f"the ledger that was there is kept as {copy.name}\n" in ran.out
    lose(lived.archive / "ledger.sqlite3")
    made = msgspec.json.decode(cli("rebuild", "--config", lived.config, "--json").out)
    assert made["kept"] is None
    assert made["urls"] == len(table(lived, "SELECT 1 FROM urls"))
    ran = cli("rebuild", "--config", lived.config, "--archive", lived.folder / "none")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert datetime.now(UTC).strftime("%Y%m%dT") in copy.name


@pytest.fixture
def bereft(crawled, origin, cli):
    """A bench whose first of two WARC files is lost and given up; the file, and its bytes."""
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A thought more.", STAMP)
    crawled.crawl(full=True)
    lost, _ = Archive.open(crawled.archive).warc_files()
    data = lost.read_bytes()
    lost.unlink()
    for command in (("crawl",), ("crawl", "--audit", "1")):
        ran = cli(*command, "--config", crawled.config)
        assert (ran.code, ran.err.count("\n")) == (5, 1)
        assert f"{lost}: is missing; put it back from a copy" in ran.err
    ran = cli("rebuild", "-q", "--config", crawled.config)
    assert ran.code == 5
    assert f"warc/{lost.name}: is missing: given up as lost; put it back" in ran.out
    return crawled, lost, data


def manifests(bench):
    names = ("manifest-sha256.txt", "lost-sha256.txt")
    files = [bench.archive / name for name in names]
    return [file.read_text("utf-8") if file.exists() else None for file in files]


def test_c07_a_file_that_is_lost_for_good_is_given_up_and_all_goes_on(bereft, cli, origin):
    bench, lost, _ = bereft
    records = bench.records()
    manifest, given_up = manifests(bench)
    assert lost.name not in manifest
    assert lost.name in given_up
    ran = cli("verify", "--config", bench.config)
    told = ran.out.splitlines()
    assert ran.code == 0, ran.out
    assert all(line.startswith("warning: ") for line in told[:-1])
    assert f"warning: warc/{lost.name}: was given up as lost; put it back" in told[0]
    assert cli("verify", "--config", bench.config, "--sample", "1/1").code == 0
    again = cli("rebuild", "--config", bench.config)
    assert again.code == 0
    ran = cli("extract", "--config", bench.config)
    assert ran.code == 0
    assert bench.records().keys() == records.keys()
    ran = cli("crawl", "--config", bench.config)
    assert ran.code == 0
    assert f"warning: warc/{lost.name}: was given up as lost" in ran.err
    serials = [path.name[-13:] for path in Archive.open(bench.archive).warc_files()]
    assert serials == ["00001.warc.gz", "00002.warc.gz"]
    ran = cli("verify", "--config", bench.config)
    assert ran.code == 0, ran.out
    assert not [line for line in ran.out.splitlines() if line.startswith("warning: records/")]


def test_what_was_lost_and_is_held_again_is_counted_as_that(bereft, cli, origin):
    bench, _, _ = bereft
    edited, redressed, *others = (article.path for article in origin.site.articles)
    page = origin.site.resources[redressed]
    dressed = page.body.replace(b"</body>", b"<footer>Other chrome</footer></body>")
    origin.says(redressed, 200, ("Content-Type", page.content_type), body=dressed)
    told = msgspec.json.decode(cli("crawl", "--config", bench.config, "--json", "-q").out)
    assert (told["new"], told["changed"], told["chrome_only"]) == (0, 0, 1)
    assert told["unchanged"] >= len(others)
    assert told["held_again"] == len(others) + 1, edited
    ran = cli("crawl", "--config", bench.config, "--full")
    assert " unchanged; " in ran.out, "once"


@pytest.mark.parametrize("is_asked_again", [False, True])
def test_a_lost_file_that_turns_up_is_taken_in_again(bereft, cli, is_asked_again):
    bench, lost, data = bereft
    if is_asked_again:  # records point at what was captured since
        assert cli("crawl", "--config", bench.config).code == 0
    lost.write_bytes(data)
    ran = cli("crawl", "--config", bench.config)
    assert ran.code == 0
    assert f"warc/{lost.name}: was not in the ledger; " in ran.err
    manifest, given_up = manifests(bench)
    assert lost.name in manifest
    assert given_up is None
    ran = cli("verify", "--config", bench.config)
    assert ran.code == 0, ran.out
    (told,) = (line for line in ran.out.splitlines() if line.startswith("warning: "))
    assert "was kept by a repair" in told


def test_a_lost_file_that_comes_back_changed_is_damage(bereft, cli):
    bench, lost, data = bereft
    lost.write_bytes(data[:-500])
    ran = cli("crawl", "--config", bench.config)
    assert f"warc/{lost.name}: has changed since it was closed" in ran.err
    manifest, given_up = manifests(bench)
    assert (lost.name in manifest, lost.name in given_up) == (False, True)
    assert cli("verify", "--config", bench.config).code == 5


@pytest.mark.parametrize("is_measured", [True, False])
def test_c07_a_file_that_only_the_ledger_tells_of_is_given_up_too(
    crawled, origin, cli, monkeypatch, is_measured
):
    """WARC files and manifest are a week old, say, and the ledger is today's."""
    monkeypatch.delattr("tempfile.mkdtemp")  # no room is needed but the archive's own
    older, _ = manifests(crawled)
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A thought more.", STAMP)
    crawled.crawl(full=True)
    _, lost = Archive.open(crawled.archive).warc_files()
    name, data = f"warc/{lost.name}", lost.read_bytes()
    lost.unlink()
    (crawled.archive / "manifest-sha256.txt").write_text(older, "utf-8")
    with contextlib.closing(Ledger(crawled.archive / "ledger.sqlite3")) as ledger:
        noted = ledger.fixity.all()[name].measure
        if not is_measured:
            with contextlib.closing(sqlite3.connect(ledger.path)) as db, db:
                db.execute("UPDATE fixity SET sha256 = NULL")
    ran = cli("rebuild", "-q", "--config", crawled.config)
    unknown = ", and its SHA-256 is not known" * (not is_measured)
    assert ran.code == 5
    assert f"{name}: is missing: given up as lost{unknown}; put it back" in ran.out
    told = f"{noted.sha256}  {name}\n" if is_measured else None
    assert manifests(crawled) == [older, told]
    assert cli("crawl", "--audit", "1", "--config", crawled.config).code == 0
    if is_measured:
        serials = [path.name[-13:] for path in Archive.open(crawled.archive).warc_files()]
        assert serials == ["00000.warc.gz", "00002.warc.gz"]
        lost.write_bytes(data[:-500])
        ran = cli("crawl", "--config", crawled.config)
        assert f"{name}: has changed since it was closed" in ran.err


def test_what_a_killed_rebuild_was_to_give_up_is_not_forgotten(crawled, origin, monkeypatch):
    older, _ = manifests(crawled)
    origin.site = origin.site.edited(origin.site.articles[0].path, "A thought more.", STAMP)
    crawled.crawl(full=True)
    _, lost = Archive.open(crawled.archive).warc_files()
    lost.unlink()
    (crawled.archive / "manifest-sha256.txt").write_text(older, "utf-8")
    replace = rebuilding._replace

    def replaced_and_killed(*paths):
        replace(*paths)
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "_replace", replaced_and_killed)
    with pytest.raises(KeyboardInterrupt):
        again(crawled)
    assert lost.name in manifests(crawled)[1]


def test_c09_a_backup_is_crawled_on_and_what_was_newer_than_it_turns_up(
    crawled, origin, tmp_path, cli
):
    """Serials are used twice then; no record becomes an older version, and history is in order."""

    def edit(words):
        time.sleep(1.1)  # files are named by the second
        origin.site = origin.site.edited(path, words, STAMP)
        crawled.crawl(url)

    path = origin.site.articles[0].path
    url = origin.url(path)
    shutil.copytree(crawled.archive, tmp_path / "backup")
    edit("A second thought.")
    edit("A third one.")
    _, *newer = Archive.open(crawled.archive).warc_files()
    crawled.archive.rename(tmp_path / "broken")
    (tmp_path / "backup").rename(crawled.archive)
    edit("A fourth one.")
    records = crawled.records()
    for file in newer:
        shutil.copy(tmp_path / "broken" / "warc" / file.name, file)
    assert len({file.name[-13:] for file in Archive.open(crawled.archive).warc_files()}) == 3
    assert crawled.crawl(audit=0).exit_code == 0
    assert crawled.records() == records
    before, remembered = index(crawled), memory(crawled)
    told = msgspec.json.decode(cli("history", url, "--json", "--config", crawled.config).out)
    times = [version["captured_at"] for version in told["versions"]]
    assert (len(times), times) == (4, sorted(times))
    assert "A fourth one." in cli("show", url, "--config", crawled.config).out
    assert agreed(crawled)
    assert (index(crawled), memory(crawled)) == (before, remembered)


REMEDY = "put it back from a copy; if there is none, 'eafarchive rebuild' gives it up as lost"


@pytest.mark.parametrize(
    ("words", "code", "level"),
    [
        (("status",), 0, "warning"),
        (("discover",), 0, "warning"),
        (("crawl", "--dry-run"), 0, "warning"),
        (("cdxj",), 5, "error"),
        (("export",), 5, "error"),
    ],
)
@pytest.mark.parametrize("forget", ["manifest-sha256.txt", "ledger.sqlite3"])
def test_c07_who_only_looks_is_told_of_a_missing_file_in_one_line(
    crawled, cli, words, code, level, forget
):
    """By what is left of manifest and ledger; what there is is given all the same."""
    whole = cli(*words, "--config", crawled.config)
    if words != ("status",):
        (crawled.archive / forget).unlink()
    (lost,) = Archive.open(crawled.archive).warc_files()
    lost.unlink()
    ran = cli(*words, "--config", crawled.config)
    assert (ran.code, ran.err) == (code, f"{level}: {lost}: is missing; {REMEDY}\n")
    if words == ("export",):
        assert ran.out == whole.out
    if words == ("status",):
        assert f"missing   1 WARC files; the first: warc/{lost.name}\n" in ran.out
        told = cli("status", "--config", crawled.config, "--json")
        assert (told.code, msgspec.json.decode(told.out)["missing"]) == (0, [f"warc/{lost.name}"])


@pytest.mark.parametrize("words", [("history",), ("show",), ("diff",), ("profile", "check")])
def test_c07_who_asks_for_what_lies_in_a_missing_file_is_told_what_to_do(
    crawled, origin, cli, words
):
    (lost,) = Archive.open(crawled.archive).warc_files()
    lost.unlink()
    url = origin.url(origin.site.articles[0].path)
    ran = cli(*words, url, "--config", crawled.config)
    assert (ran.code, ran.out, ran.err) == (5, "", f"eafarchive: {lost}: is missing; {REMEDY}\n")


def test_c07_versions_in_other_files_are_shown_and_those_that_cannot_be_are_named(
    crawled, origin, cli
):
    path = origin.site.articles[0].path
    for words in ("A thought more.", "And another."):
        origin.site = origin.site.edited(path, words, STAMP)
        crawled.crawl(full=True)
    first, second, _ = Archive.open(crawled.archive).warc_files()
    first.rename(crawled.folder / "elsewhere")
    told = f"error: {first}: is missing; {REMEDY}\n"
    options = [origin.url(path), "--config", crawled.config]
    ran = cli("history", *options)
    assert (ran.code, ran.err) == (5, told)
    assert f"unread: warc/{first.name}: is missing or damaged" in ran.out
    assert ran.out.count("sha256:") == 2
    ran = cli("diff", *options)
    assert (ran.code, ran.err) == (5, told)
    assert "{+And another.+}" in ran.out
    ran = cli("show", *options)
    assert (ran.code, ran.err) == (5, told)
    assert "And another." in ran.out
    second.rename(crawled.folder / "elsewhere too")
    ran = cli("history", "--json", *options)
    assert (ran.code, ran.err.count("\n")) == (5, 2), "a line for each file"
    kinds = [event["kind"] for event in msgspec.json.decode(ran.out)["events"]]
    assert kinds == ["unread", "unread"]


def test_c07_of_what_was_given_up_only_a_crawl_tells(bereft, cli):
    bench, _, _ = bereft
    for words in (("status",), ("discover",), ("crawl", "--dry-run"), ("cdxj",), ("export",)):
        ran = cli(*words, "--config", bench.config)
        assert (ran.code, ran.err) == (0, "")


def test_a_missing_file_is_not_given_up_by_a_repair(crawled, cli):
    crawled.crawl(full=True)
    lost, _ = Archive.open(crawled.archive).warc_files()
    lost.unlink()
    lose(crawled.archive / "ledger.sqlite3")
    before = manifests(crawled)
    ran = cli("verify", "--config", crawled.config, "--repair")
    assert ran.code == 5
    assert manifests(crawled) == before
    assert cli("crawl", "--config", crawled.config).code == 5
