"""Runs that end too early, and the next one that completes them."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time

import pytest

from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.demosite import Answer
from eafarchive.errors import BusyError, WriteError
from eafarchive.work.fetching import journeys
from eafarchive.work.fetching.journeys import Driver
from eafarchive.work.records.shelf import Shelf
from eafarchive.work.records.visits import Visits
from eafarchive.work.verification.verify import Verification
from workbench import command, environment


class Gate:
    """Lets so many article pages out, then holds the next until it is opened."""

    def __init__(self, origin, free):
        self._origin = origin
        self._left = free
        self.reached = threading.Event()
        self.opened = threading.Event()
        origin.script.answers["*"] = self

    def __call__(self, target, headers):
        if target[1:5].isdigit():
            self._left -= 1
            if self._left < 0:
                self.reached.set()
                self.opened.wait(20)
        return self._origin.site.answer(target, headers)


@pytest.fixture
def gate(origin):
    gates = []

    def make(free):
        gates.append(Gate(origin, free))
        return gates[-1]

    yield make
    for each in gates:
        each.opened.set()


def findings(bench):
    with bench.reader() as reader:
        return list(Verification(Archive.open(bench.archive), reader).findings())


def complete(bench, origin):
    """The next run brings what is missing, and nothing twice."""
    origin.script.answers.clear()
    asked_before = set(captured(bench))
    origin.forget_requests()
    result = bench.crawl()
    assert result.exit_code in {0, 3}
    assert bench.by_path().keys() == origin.site.expected.keys()
    again = asked_before & {origin.url(t) for t in origin.requests if t[1:5].isdigit()}
    assert not again, "what was captured is not asked for again"
    assert [f for f in findings(bench) if f.severity == "error"] == []


def captured(bench):
    return [
        capture.target_uri
        for place, capture in Archive.open(bench.archive).captures()
        if not isinstance(place, str)  # a torn tail
    ]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_c12_a_signal_lets_the_answer_in_hand_land(bench, origin, gate, process, number, code):
    held = gate(2)
    running = process("crawl", "--config", bench.config, "--json")
    assert held.reached.wait(20)
    running.send_signal(number)
    time.sleep(0.3)
    held.opened.set()
    out, err = running.communicate(timeout=20)
    assert running.returncode == code
    assert b"Traceback" not in err
    assert b'"fetched":3' in out
    assert not list(bench.archive.glob("warc/*.open")), "closed in good order"
    ledger = Archive.open(bench.archive).ledger()
    assert ledger.last_run().exit_code == code
    ledger.close()
    assert [f for f in findings(bench) if f.severity == "error"] == []
    complete(bench, origin)


def test_a_hangup_that_is_ignored_stays_so(bench, origin, gate):
    held = gate(2)
    crawl = ["nohup", *command("crawl", "--config", bench.config, "-q")]
    pipe = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(crawl, env=environment(), **pipe) as running:
        assert held.reached.wait(20)
        running.send_signal(signal.SIGHUP)
        held.opened.set()
        running.communicate(timeout=30)
    assert running.returncode in {0, 3}
    assert bench.by_path().keys() == origin.site.expected.keys()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_leaves_no_half_written_output(tmp_path, process, number, code):
    out = tmp_path / "out.jsonl"
    running = process(
        "extract", "-", "-o", out, "--url", "https://x.example/2020/01/02/x/", stdin=subprocess.PIPE
    )
    beside = tmp_path / ".out.jsonl.new"
    for _ in range(400):
        if beside.exists():
            break
        time.sleep(0.05)
    assert beside.exists()
    running.send_signal(number)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, list(tmp_path.iterdir())) == (code, [])
    assert b"Traceback" not in err


def test_kill_9_in_the_middle(bench, origin, gate, process):
    held = gate(3)
    running = process("crawl", "--config", bench.config)
    assert held.reached.wait(20)
    running.kill()
    running.wait(20)
    held.opened.set()
    assert list(bench.archive.glob("warc/*.open"))
    complete(bench, origin)
    assert not list(bench.archive.glob("warc/*.open"))


def test_kill_9_at_any_moment(bench, origin, process):
    """The records that were promised by then are there, however the run ended."""
    for wait in (0.0, 0.06, 0.15):
        with contextlib.ExitStack() as stack:
            seen = threading.Event()

            def answer(target, headers, seen=seen):
                seen.set()
                return origin.site.answer(target, headers)

            origin.script.answers["*"] = answer
            running = process("crawl", "--config", bench.config, "--full")
            stack.callback(running.wait, 20)
            stack.callback(running.kill)
            assert seen.wait(20)
            time.sleep(wait)
    origin.script.answers.clear()
    bench.crawl()
    assert bench.by_path().keys() == origin.site.expected.keys()
    assert [f for f in findings(bench) if f.severity == "error"] == []


def lights_out(*_):
    raise WriteError("the lights went out")


def test_c14_a_crash_between_capture_and_record(bench, origin, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "put", lights_out)
        with pytest.raises(WriteError):
            bench.crawl()
    assert bench.records() == {}
    complete(bench, origin)


def test_c13_what_a_redirect_led_to_before_a_crash_is_not_asked_for_again(
    bench, origin, monkeypatch
):
    """Not though the second run is cut off as well, having marked all that it could."""
    target = "/2031/02/03/another-address/"
    old = origin.site.articles[0].path
    script = origin.script.answers
    script[old] = Answer(301, "Moved", (("Location", target),), b"")
    page = origin.site.articles[0].raw(origin.base_url)
    page = page.replace(old.strip("/").encode(), target.strip("/").encode())
    script[target] = Answer(200, "OK", (("Content-Type", "text/html"),), page)
    arrived = Visits.arrived

    def crash(visits, lead, arrival):
        return lights_out() if old in lead.url else arrived(visits, lead, arrival)

    with monkeypatch.context() as patched:
        patched.setattr(Visits, "arrived", crash)
        for _ in range(2):
            with pytest.raises(WriteError):
                bench.crawl()
    assert captured(bench).count(origin.url(old)) == 1
    origin.forget_requests()
    bench.crawl()
    assert not {old, target} & set(origin.requests)
    ledger = Archive.open(bench.archive).ledger()
    with contextlib.closing(ledger):
        asked = ledger.visit(origin.url(old).partition("//")[2].rstrip("/"))
    assert (asked.outcome, asked.detail) == ("redirected", origin.url(target))
    assert [f for f in findings(bench) if f.severity == "error"] == []


def test_a_cut_answer_kept_just_before_a_crash_is_asked_for_again(bench, origin, monkeypatch):
    path = origin.site.articles[0].path
    limit = bench.config.read_text("utf-8").replace("[crawl]", "[crawl]\nmax_wire_bytes = 1024")
    whole = bench.config.read_text("utf-8")
    bench.config.write_text(limit, "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Visits, "failed", lights_out)
        with pytest.raises(WriteError):
            bench.crawl(origin.url(path))
    bench.config.write_text(whole, "utf-8")
    bench.crawl()
    assert path in {p for p, r in bench.by_path().items() if r["capture"]["status"] == 200}


def test_a_bug_on_one_page_keeps_no_other_from_being_kept(bench, origin, monkeypatch, caplog):
    put = Shelf.put
    victim = origin.site.articles[1].path.strip("/")

    def fail(shelf, record):
        if victim in record.url:
            raise ZeroDivisionError
        return put(shelf, record)

    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "put", fail)
        assert bench.crawl().exit_code == 1
        assert len(bench.records()) == 4
        assert bench.crawl().exit_code == 1, "met again, and again no reason to stop"
    assert "bug" in caplog.text
    assert bench.crawl().exit_code in {0, 3}
    assert bench.by_path().keys() == origin.site.expected.keys()


def test_c05_the_second_of_two_runs_is_turned_away(bench, crawled, origin, process):
    origin.forget_requests()
    before = crawled.tree()
    with lock(crawled.archive), pytest.raises(BusyError):
        crawled.crawl()
    assert origin.requests == []
    assert crawled.tree() == before
    with lock(crawled.archive):
        running = process("crawl", "--config", crawled.config)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 75
    assert err.decode().count("\n") == 1
    assert str(crawled.archive) in err.decode()


def test_a_disk_that_is_full(bench, origin):
    """A limit on the size of files stands in for it: writes come back short, then fail."""

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))

    ended = subprocess.run(
        command("crawl", "--config", bench.config),
        env=environment(),
        preexec_fn=small_disk,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 73
    assert b"Traceback" not in ended.stderr
    assert b"cannot" in ended.stderr.splitlines()[-1]
    assert ended.stderr.splitlines()[-1].startswith(b"eafarchive: ")
    complete(bench, origin)


def test_an_archive_that_cannot_be_made(bench, origin, cli):
    (bench.folder / "file").write_bytes(b"")
    ran = cli("crawl", "--config", bench.config, "--archive", bench.folder / "file" / "archive")
    assert (ran.code, origin.requests) == (73, [])
    assert ran.err.count("\n") == 1
    assert cli("crawl", "--config", bench.config, "--archive", bench.folder / "file").code == 73
    assert cli("crawl", "--config", bench.config, "--archive", "/proc/no-archive").code == 73
    assert cli("crawl", "--config", bench.config, "--archive", "x" * 300).code == 73


def test_a_stop_while_sources_are_read(bench, origin):
    stop = threading.Event()

    def answer(target, headers):
        stop.set()
        return origin.site.answer(target, headers)

    origin.script.answers["/sitemap_index.xml"] = answer
    result = bench.crawl(stop=stop)
    assert (result.exit_code, result.summary.fetched) == (130, 0)
    complete(bench, origin)


def test_a_host_that_hangs_is_given_up_once_asked_to_stop(bench, origin, monkeypatch):
    monkeypatch.setattr(journeys, "GRACE", 0.3)
    stop, freed = threading.Event(), threading.Event()

    def hang(target, headers):
        stop.set()
        freed.wait(30)
        return Answer(200, "OK", (), b"")

    origin.script.answers["/sitemap_index.xml"] = hang
    try:
        result = bench.crawl(stop=stop)
        assert not freed.is_set(), "it did not wait for the answer"
    finally:
        freed.set()
    assert (result.exit_code, origin.requests) == (130, ["/robots.txt", "/sitemap_index.xml"])
    complete(bench, origin)


AMID_A_WAIT = """
import os, signal
from eafarchive.terminal import stoppable

with stoppable() as (stop, caught):
    with stop._cond:  # as for a moment in each wait
        os.kill(os.getpid(), signal.SIGTERM)
    print(stop.wait(60), caught)
"""


def test_a_signal_amid_a_wait_stops_the_run():
    ended = subprocess.run(
        [sys.executable, "-c", AMID_A_WAIT], capture_output=True, timeout=60, check=True
    )
    assert ended.stdout == b"True [143]\n"


def test_what_is_told_before_all_sources_are_read_says_so(crawled, cli, monkeypatch):
    """A dry run and `discover` that are told to end call what they have no whole."""
    words = ["--config", crawled.config]
    monkeypatch.setattr(Driver, "drive", lambda *_: os.kill(os.getpid(), signal.SIGINT) or iter(()))
    ran = cli("crawl", "--dry-run", "--json", *words)
    assert (ran.code, json.loads(ran.out)["is_cut_short"]) == (130, True)
    assert ran.err.startswith("exit 130: cut short before all sources were read")
    ran = cli("discover", *words)
    assert (ran.code, ran.err) == (130, "")
    assert ran.out.startswith("cut short: told to end before")
    assert "unlisted" not in ran.out
