"""Metrics for Prometheus, and the heartbeat: what an unattended run is watched by."""

import contextlib
import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

import exposition
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.errors import WriteError
from eafarchive.work.held.status import status
from eafarchive.work.records.shelf import Shelf
from eafarchive.work.report.metrics import Sample, encode_metrics, metering
from eafarchive.work.report.summary import Summary

OUTCOMES = {"new", "changed", "chrome-only", "unchanged", "failed", "refused", "gone"}


@pytest.fixture
def prom(tmp_path):
    return tmp_path / "collector" / "eafarchive.prom"


def read(path):
    """Name without its prefix → value; of the URLs, outcome → value."""
    found = exposition.read(path.read_bytes())
    assert all(name.startswith("eafarchive_") for name in found)
    urls = found.pop("eafarchive_last_run_urls")
    plain = {}
    for name, ((labels, value),) in found.items():
        assert labels.keys() == {"archive"}
        plain[name.removeprefix("eafarchive_")] = value
    return plain, {labels["outcome"]: value for labels, value in urls}


def test_a_folder_at_its_path_is_found_out_before_anything_is_asked_for(bench, cli, origin, prom):
    prom.mkdir(parents=True)
    ran = cli("crawl", "--config", bench.config, "--metrics-file", prom)
    assert (ran.code, ran.err) == (73, f"eafarchive: {prom}: cannot write: Is a directory\n")
    assert not bench.archive.exists()
    assert origin.requests == []


def test_what_is_measured(bench, cli, prom):
    began = datetime.now(UTC).timestamp()
    ran = cli("crawl", "--config", bench.config, "--json", "-q", "--metrics-file", prom)
    summary = json.loads(ran.out)
    metrics, urls = read(prom)
    assert urls.keys() == OUTCOMES
    assert {name: urls[name] for name in ("new", "failed", "refused", "unchanged")} == {
        name: summary[name] for name in ("new", "failed", "refused", "unchanged")
    }
    assert metrics["last_run_exit_code"] == ran.code == 3
    assert metrics["last_run_requests"] == summary["requests"]
    assert metrics["last_run_warc_bytes"] == metrics["warc_bytes"] == summary["warc_bytes"]
    assert (metrics["articles"], metrics["warc_files"], metrics["last_run_drift"]) == (5, 1, 0)
    assert metrics["last_run_duration_seconds"] >= summary["seconds"]
    assert (
        began <= metrics["last_success_timestamp_seconds"] <= metrics["last_run_timestamp_seconds"]
    )
    assert 0 <= metrics["oldest_unverified_warc_age_seconds"] < 60
    assert [path.name for path in prom.parent.iterdir()] == [prom.name]


def test_pages_that_drift_are_counted_whatever_the_exit_code(crawled, cli, prom, origin):
    shell = b"<!doctype html><title>Trade</title><body><p>Sorry, nothing to see.</p></body>"
    pages = [article.path for article in origin.site.articles][:2]
    for path in pages:
        origin.says(path, 200, ("Content-Type", "text/html"), body=shell)
    words = ("crawl", "--config", crawled.config, "--json", "-q", "--metrics-file", prom)
    ran = cli(*words, *map(origin.url, pages))
    assert (ran.code, json.loads(ran.out)["drifted"]) == (3, 2), "given, and in vain: no drift yet"
    assert read(prom)[0]["last_run_drift"] == 2


def test_a_source_that_broke_is_counted_where_no_exit_code_tells(crawled, cli, prom, origin):
    words = ("crawl", "--config", crawled.config, "-q", "--metrics-file", prom)
    for said in (500, 404):
        origin.says("/feed/", said)
        assert cli(*words).code == 0
        assert read(prom)[0]["last_run_source_warnings"] == 1
    del origin.script.answers["/feed/"]
    assert cli(*words).code == 0
    assert read(prom)[0]["last_run_source_warnings"] == 0


def test_a_warc_that_nobody_verified_grows_old(crawled, prom):
    (path,) = Archive.open(crawled.archive).warc_files()
    now = datetime.now(UTC) + timedelta(days=40)
    with metering(prom, crawled.archive, lambda: now):
        pass
    age = read(prom)[0]["oldest_unverified_warc_age_seconds"]
    assert age == pytest.approx(now.timestamp() - path.stat().st_mtime, abs=0.01)
    with contextlib.closing(Ledger(crawled.archive / "ledger.sqlite3")) as ledger:
        ledger.fixity.note_check(f"warc/{path.name}", now - timedelta(days=2), whole=True)
    with metering(prom, crawled.archive, lambda: now):
        pass
    age = read(prom)[0]["oldest_unverified_warc_age_seconds"]
    assert age == pytest.approx(timedelta(days=2).total_seconds(), abs=1)


def test_a_run_that_fails_is_measured_too(crawled, cli, prom, origin, monkeypatch):
    words = ("crawl", "--config", crawled.config, "--metrics-file", prom)
    cli(*words)
    before, _ = read(prom)

    def full(*_):
        raise WriteError("disk full")

    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A thought more.", "2026-01-01T00:00:00+00:00")
    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "put", full)
        assert cli(*words, "--full").code == 73
    after, _ = read(prom)
    assert after["last_run_exit_code"] == 73
    assert after["last_run_requests"] > 0, "what was done by then counts"
    assert after["last_success_timestamp_seconds"] == before["last_success_timestamp_seconds"]


def test_c05_a_run_that_only_meets_the_lock_leaves_the_metrics_as_they_are(
    crawled, cli, prom, process
):
    words = ("crawl", "--config", crawled.config, "--metrics-file", prom)
    with lock(crawled.archive):
        assert cli(*words).code == 75
        assert list(prom.parent.iterdir()) == [], "of a run that was not, nothing is told"
    assert cli(*words).code == 0
    before = prom.read_bytes()
    with lock(crawled.archive):
        assert cli(*words).code == 75
        assert prom.read_bytes() == before
        waiting = process(*words, "--lock-timeout", "60", "-v")
        assert b"another run is using the archive" in waiting.stderr.readline()
        waiting.terminate()
        assert waiting.wait(30) == 143
    assert prom.read_bytes() == before
    assert cli(*words).code == 0
    assert prom.read_bytes() != before


def test_a_bug_and_a_damaged_ledger_are_measured(crawled, cli, prom):
    with (
        pytest.raises(ZeroDivisionError),
        metering(prom, crawled.archive, lambda: datetime.now(UTC)),
    ):
        _ = 1 / 0
    assert read(prom)[0]["last_run_exit_code"] == 1
    (crawled.archive / "ledger.sqlite3").write_bytes(b"not a ledger" * 1000)
    assert cli("crawl", "--config", crawled.config, "--metrics-file", prom).code == 5
    metrics, _ = read(prom)
    assert metrics["last_run_exit_code"] == 5
    assert metrics["last_success_timestamp_seconds"] == 0, "nothing known is no success"
    assert metrics["articles"] == 5


def test_metrics_of_an_archive_that_could_not_be_made(bench, cli, prom):
    (bench.folder / "file").write_bytes(b"")
    words = ("crawl", "--config", bench.config, "--archive", bench.folder / "file" / "archive")
    assert cli(*words, "--metrics-file", prom).code == 73
    metrics, _ = read(prom)
    assert (metrics["last_run_exit_code"], metrics["articles"]) == (73, 0)


@pytest.mark.parametrize("where", ["file/x.prom", "/proc/x.prom"])
def test_metrics_that_cannot_be_written_stop_the_run_before_it_asks(bench, origin, cli, where):
    (bench.folder / "file").write_bytes(b"")
    ran = cli("crawl", "--config", bench.config, "--metrics-file", bench.folder / where)
    assert (ran.code, origin.requests) == (73, [])
    assert ran.err.count("\n") == 1
    assert not bench.archive.exists()


def test_a_dry_run_measures_nothing(crawled, cli, prom):
    assert cli("crawl", "--config", crawled.config, "--dry-run", "--metrics-file", prom).code == 0
    assert not prom.exists()


def test_labels_and_help_are_escaped():
    labels = (("archive", 'C:\\new "x"\nline é'),)
    data = encode_metrics((("a_seconds", "One\\two\nthree.", (Sample(0.5),)),), labels)
    assert exposition.read(data) == {"eafarchive_a_seconds": [(dict(labels), 0.5)]}
    assert b"# HELP eafarchive_a_seconds One\\\\two\\nthree.\n" in data
    encode_metrics((("a", "Surrogates.", (Sample(1),)),), (("archive", "\udcff"),))


def test_o02_exit_0_night_after_night_and_no_page_seen_is_stale(crawled, cli):
    ran = cli("status", "--config", crawled.config, "--max-age", "1")
    assert ran.code == 0
    assert "STALE" not in ran.out
    ledger = Ledger(crawled.archive / "ledger.sqlite3")
    now = datetime.now(UTC) + timedelta(days=9)
    run = ledger.begin_run(now)
    ledger.finish_run(run, now, 0, {"fetched": 0})
    ledger.close()
    archive = Archive.open(crawled.archive)
    assert status(archive, now, timedelta(days=10)).stale == ()
    (why,) = status(archive, now, timedelta(days=8)).stale
    assert why.startswith("no page was fetched since 20")
    assert why.endswith("Z, 9.0 days ago")


def test_runs_that_fail_night_after_night_are_stale(crawled):
    archive = Archive.open(crawled.archive)
    now = datetime.now(UTC) + timedelta(days=3)
    assert len(status(archive, now, timedelta(days=2)).stale) == 2
    for code, said, stale in (
        (75, {}, 2),
        (75, {"put_off": 0, "fetched": 0, "drift": [{"url": '"fetched":1,'}]}, 2),
        (75, {"put_off": 1, "fetched": 5}, 2),
        (7, {}, 2),
        (3, {}, 1),
        (4, {}, 1),
    ):
        ledger = Ledger(crawled.archive / "ledger.sqlite3")
        counts = msgspec.structs.asdict(Summary()) | said if said else said
        ledger.finish_run(ledger.begin_run(now), now, code, counts)
        ledger.close()
        assert len(status(archive, now, timedelta(days=2)).stale) == stale, code


def test_an_archive_that_never_got_a_page_is_stale(bench, origin, cli):
    origin.says("*", 503)
    assert cli("crawl", "--config", bench.config, "-q").code == 4
    ran = cli("status", "--config", bench.config, "--max-age", "2.5")
    assert ran.code == 4
    assert "STALE     no run finished yet\nSTALE     no page was fetched yet\n" in ran.out
    told = json.loads(cli("status", "--config", bench.config, "--max-age", "2.5", "--json").out)
    assert told["stale"] == ["no run finished yet", "no page was fetched yet"]
    assert (told["last_success"], told["last_fetch"]) == (None, None)
    assert cli("status", "--config", bench.config).code == 0


def test_a_clock_that_was_wrong_once_does_not_still_the_heartbeat(bench):
    now = datetime.now(UTC)
    bench.crawl(clock=lambda: now + timedelta(days=500))
    told = status(Archive.open(bench.archive), now, timedelta(days=3))
    assert (told.last_success, told.last_fetch) == (None, None)
    assert told.stale == ("no run finished yet", "no page was fetched yet")
    bench.crawl(full=True, clock=lambda: now)
    later = now + timedelta(days=4)
    told = status(Archive.open(bench.archive), later, timedelta(days=3))
    assert [why.partition(" since ")[0] for why in told.stale] == [
        "no run finished",
        "no page was fetched",
    ]


def test_the_first_cause_is_told_though_the_metrics_fail_as_well(tmp_path):
    """As where all of it is on one disk."""
    folder = tmp_path / "metrics"
    folder.mkdir()
    run = metering(folder / "m.prom", tmp_path / "archive", lambda: datetime.now(UTC))
    run.__enter__()
    folder.rename(tmp_path / "away")
    (tmp_path / "metrics").write_bytes(b"")
    first = WriteError("the archive's disk is full")
    assert run.__exit__(WriteError, first, None) is False, "it goes on up, and no other does"
