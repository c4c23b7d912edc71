"""The log file for machines: one JSON object a line, whatever a page or a disk comes up with."""

import contextlib
import json
import logging
import re

import pytest

from eafarchive.archive.books.ledger import Ledger
from eafarchive.demosite import Answer
from eafarchive.errors import WriteError
from eafarchive.work.crawling.crawl import Crawl
from eafarchive.work.report.journal import journal, told

log = logging.getLogger("eafarchive.test")


def events(path):
    data = path.read_bytes()
    assert data.endswith(b"\n")
    assert all(byte == 10 or 32 <= byte < 127 for byte in data)
    return [json.loads(line) for line in data.splitlines()]


def test_a_run_tells_what_it_did(bench, origin, cli):
    path = bench.folder / "log" / "crawl.jsonl"
    assert cli("crawl", "--config", bench.config, "--log-file", path).code == 3
    told_events = events(path)
    assert [e["event"] for e in (told_events[0], told_events[-1])] == ["run-begin", "run-end"]
    visits = {e["url"]: e for e in told_events if e["event"] == "visit"}
    assert visits.keys() == {origin.url(page.path) for page in origin.site.pages}
    assert sum(e["outcome"] == "new" for e in visits.values()) == 5
    failed = next(e for e in visits.values() if e["outcome"] == "failed")
    assert (failed["level"], failed["detail"]) == ("warning", "status 404")
    assert told_events[-1]["exit_code"] == 3
    assert told_events[-1]["summary"]["new"] == 5
    assert all(e["time"].endswith("Z") and e["message"] for e in told_events)
    assert [e["time"] for e in told_events] == sorted(e["time"] for e in told_events)
    cli("crawl", "--config", bench.config, "-q", "--log-file", path)
    assert events(path)[: len(told_events)] == told_events, "appended"
    assert len(events(path)) >= len(told_events) + 2, "-q is about stderr"


def test_s18_one_event_a_line_whatever_it_says(tmp_path, monkeypatch):
    # pytest would keep the line, and could not send it between processes
    monkeypatch.setattr(logging.getLogger("eafarchive"), "propagate", False)
    path = tmp_path / "log"
    nasty = 'a\nb\r\x1b[2J\x85\u2028\u202e\x7f\ud800 \U0001f600 \\ " %s'
    with journal(path):
        log.warning("%s", nasty, extra=told("visit", url=nasty))
        log.info("hello")
        log.debug("not told")
    first, second = events(path)
    assert (first["message"], first["url"], first["event"]) == (nasty, nasty, "visit")
    assert (second["event"], second["level"], second["message"]) == ("message", "info", "hello")
    log.warning("after the end")
    assert len(events(path)) == 2


def test_a_hostile_reason_stays_one_event(bench, origin, cli):
    path = bench.folder / "log"
    target = origin.site.articles[0].path
    origin.script.answers[target] = Answer(
        302, "Found", (("Location", "http://[\u009b]/\t{}"),), b""
    )
    cli("crawl", "--config", bench.config, origin.url(target), "--log-file", path)
    (visit,) = (e for e in events(path) if e["event"] == "visit")
    assert "no URL" in visit["detail"]


@pytest.mark.parametrize("way", ["renamed", "removed"])
def test_logrotate_needs_no_signal(tmp_path, way):
    path, old = tmp_path / "log", tmp_path / "log.1"
    with journal(path):
        log.info("first")
        path.rename(old) if way == "renamed" else path.unlink()
        log.info("second")
    assert [e["message"] for e in events(path)] == ["second"]
    assert old.exists() == (way == "renamed")


@pytest.mark.parametrize("where", ["file/log", "", "/proc/no-log"])
def test_a_log_that_cannot_be_written_stops_the_run_before_it_asks(bench, origin, cli, where):
    (bench.folder / "file").write_bytes(b"")
    ran = cli("crawl", "--config", bench.config, "--log-file", bench.folder / where)
    assert (ran.code, origin.requests) == (73, [])
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("eafarchive: ")
    assert not bench.archive.exists()


def test_a_disk_that_fills_up_loses_log_lines_but_no_capture(bench, origin, cli):
    ran = cli("crawl", "--config", bench.config, "--log-file", "/dev/full", "-q")
    assert ran.code == 73
    assert "lines of the log could not be written: No space left on device" in ran.err
    assert "5 new" in ran.out
    assert bench.by_path().keys() == origin.site.expected.keys()
    assert "Traceback" not in ran.err


def test_what_the_log_lost_is_told_alike_by_all(bench, cli):
    words = ("crawl", "--config", bench.config, "-q", "--metrics-file", bench.folder / "m.prom")
    assert cli(*words, "--log-file", "/dev/full").code == 73
    metrics = (bench.folder / "m.prom").read_text("utf-8")
    told = re.search(r"^eafarchive_last_run_exit_code\{.*\} (\d+)$", metrics, re.MULTILINE)
    assert told is not None
    assert told[1] == "73"
    now = json.loads(cli("status", "--config", bench.config, "--json").out)
    assert (now["last_run"]["exit_code"], now["last_success"]) == (73, None)
    assert cli(*words).code == 0, "the next one is no worse for it"


def test_a_log_that_can_no_longer_be_opened_loses_lines_too(tmp_path):
    path = tmp_path / "folder" / "log"
    kept = journal(path)
    kept.__enter__()
    log.info("first")
    path.parent.rename(tmp_path / "away")
    log.info("second")
    with pytest.raises(WriteError, match="1 lines of the log"):
        kept.__exit__(None, None, None)


def test_what_ends_a_run_is_its_last_line(bench, tmp_path):
    path = tmp_path / "log"
    with pytest.raises(WriteError), journal(path):
        raise WriteError("disk\nfull")
    (last,) = events(path)
    assert (last["event"], last["exit_code"], last["level"]) == ("run-failed", 73, "error")
    assert last["message"] == "disk\nfull"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ZeroDivisionError("by zero"), 1),
        (OSError(36, "File name too long"), 73),
        (KeyboardInterrupt(), 130),
        (SystemExit(143), 143),
    ],
)
def test_whatever_ends_a_run_is_its_last_line(bench, origin, tmp_path, monkeypatch, error, code):
    def fail(*_):
        raise error

    monkeypatch.setattr(Crawl, "run", fail)
    path = tmp_path / "log"
    with pytest.raises(type(error)), journal(path):
        bench.crawl()
    (last,) = (e for e in events(path) if "exit_code" in e)
    assert last == events(path)[-1]
    assert (last["event"], last["exit_code"]) == ("run-failed", code)
    assert last["message"] == ("interrupted" if code > 128 else str(error))
    assert ("test_journal.py" in last.get("traceback", "")) == (code == 1)
    with contextlib.closing(Ledger(bench.archive / "ledger.sqlite3")) as ledger:
        assert ledger.last_run().exit_code == code


def test_a_bug_is_told_with_its_place(tmp_path):
    path = tmp_path / "log"
    with journal(path):
        try:
            _ = 1 / 0
        except ZeroDivisionError:
            log.exception("bug")
    (event,) = events(path)
    assert event["traceback"].splitlines()[-1] == "ZeroDivisionError: division by zero"
