"""Runs with an end: a time limit, and waiting for another run, but not for ever."""

import threading
import time

import pytest

from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.cli.options import read_duration
from eafarchive.errors import BusyError
from eafarchive.work.crawling.run import utc_now
from eafarchive.work.held.status import status


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("90s", 90),
        ("10m", 600),
        ("2h", 7200),
        ("1h30m", 5400),
        ("1d", 86400),
        ("0.5", 0.5),
    ],
)
def test_times_as_people_write_them(text, seconds):
    assert read_duration(text) == seconds


def hold_pages(origin, free):
    """Two events: an article beyond the first ones is asked for; it may be answered."""
    reached, opened, left = threading.Event(), threading.Event(), [free]

    def answer(target, headers):
        if target[1:5].isdigit():
            left[0] -= 1
            if left[0] < 0:
                reached.set()
                opened.wait(20)
        return origin.site.answer(target, headers)

    origin.script.answers["*"] = answer
    return reached, opened


def is_fresh(bench):
    """Whether a run finished that counts."""
    return status(Archive.open(bench.archive), utc_now()).last_success is not None


def test_a_run_ends_when_its_time_is_over_and_the_next_one_goes_on(bench, origin, monkeypatch):
    reached, opened = hold_pages(origin, 2)
    stop = threading.Event()
    threading.Thread(target=lambda: stop.wait(20) and opened.set(), daemon=True).start()
    with monkeypatch.context() as patched:
        # However slow the machine is: the time is over once the third page is asked for.
        patched.setattr(threading.Timer, "run", lambda timer: reached.wait(20) and timer.function())
        first = bench.crawl(time_limit=1.0, stop=stop)
    assert (first.exit_code, first.summary.fetched) == (75, 3), "what was in flight has landed"
    assert first.reason == "the time limit is over: what is left is for the next run"
    assert is_fresh(bench), "a first crawl of several such nights is alive"
    ledger = Archive.open(bench.archive).ledger()
    assert ledger.last_run().exit_code == 75
    ledger.close()
    assert not list(bench.archive.glob("warc/*.open"))
    held = bench.by_path().keys()
    origin.script.answers.clear()
    origin.forget_requests()
    second = bench.crawl(time_limit=3600.0)
    assert second.exit_code == 3, "as the site is made"
    assert bench.by_path().keys() == origin.site.expected.keys()
    assert not held & set(origin.requests), "nothing is asked for twice"


def test_the_time_may_be_over_before_the_first_page(bench, origin):
    stop = threading.Event()

    def answer(target, headers):
        stop.wait(20)
        return origin.site.answer(target, headers)

    origin.script.answers["*"] = answer
    first = bench.crawl(time_limit=0.2, stop=stop)
    assert (first.exit_code, first.summary.fetched) == (75, 0)
    assert not is_fresh(bench)
    origin.script.answers.clear()
    assert bench.crawl().exit_code == 3
    assert bench.by_path().keys() == origin.site.expected.keys()


def test_a_run_that_is_told_to_end_is_not_one_whose_time_is_over(bench, origin):
    _, opened = hold_pages(origin, 0)
    stop = threading.Event()
    threading.Timer(0.3, lambda: (stop.set(), opened.set())).start()
    assert bench.crawl(time_limit=3600.0, stop=stop).exit_code == 130


def test_a_dry_run_has_a_time_limit_too(bench, origin, cli):
    def answer(target, headers):
        time.sleep(0.5)
        return origin.site.answer(target, headers)

    origin.script.answers["*"] = answer
    ran = cli("crawl", "--config", bench.config, "--dry-run", "--time-limit", "0.2s")
    assert (ran.code, ran.out) == (75, "")


def test_a_second_run_waits_for_the_lock_as_long_as_it_is_told_to(crawled, cli):
    with lock(crawled.archive):
        with pytest.raises(BusyError):
            crawled.crawl(lock_timeout=0.3)
        ran = cli("crawl", "--config", crawled.config, "--lock-timeout", "0.2")
        assert ran.code == 75
        assert ran.err.count("\n") == 1
    taken, done = threading.Event(), threading.Event()

    def another_run():
        with lock(crawled.archive):
            taken.set()
            done.wait(20)

    threading.Thread(target=another_run, daemon=True).start()
    assert taken.wait(20)
    threading.Timer(0.4, done.set).start()
    assert crawled.crawl(lock_timeout=20).exit_code == 0


@pytest.fixture
def another_run(crawled):
    """Gives what begins a run of another that holds the archive, and ends when it is waited for."""

    def begin(seconds):
        taken, done = threading.Event(), threading.Event()

        def hold():
            with lock(crawled.archive):
                taken.set()
                done.wait(20)

        threading.Thread(target=hold, daemon=True).start()
        assert taken.wait(20)
        threading.Timer(seconds, done.set).start()

    return begin


@pytest.mark.parametrize("words", [("verify",), ("verify", "--repair"), ("extract",)])
def test_a_look_at_all_of_it_waits_for_a_run_as_long_as_it_is_told_to(
    words, crawled, cli, another_run
):
    said = (*words, "--config", crawled.config, "--lock-timeout")
    with lock(crawled.archive):
        ran = cli(*said, "0.2")
        assert (ran.code, ran.out) == (75, "")
        assert ran.err.count("\n") == 1
    another_run(0.4)
    assert cli(*said, "20").code == 0
    ledger = Archive.open(crawled.archive).ledger()
    (note,) = ledger.fixity.all().values()
    ledger.close()
    assert (note.verified_at is not None) == ("verify" in words), "and what it found is noted"


def test_an_index_for_replay_waits_for_a_run_as_long_as_it_is_told_to(crawled, cli, another_run):
    said = ("cdxj", "--config", crawled.config, "--lock-timeout")
    with lock(crawled.archive):
        ran = cli(*said, "0.2")
        assert (ran.code, ran.out, ran.err.count("\n")) == (75, "", 1)
    another_run(0.4)
    ran = cli(*said, "20")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") >= 5


def test_a_look_beside_another_look_waits_for_nobody(crawled, cli):
    with lock(crawled.archive, shared=True):
        ran = cli("verify", "--config", crawled.config, "--lock-timeout", "600")
    assert ran.code == 0


def test_a_run_that_waits_can_be_told_to_end(crawled, process, origin):
    with lock(crawled.archive):
        running = process("crawl", "--config", crawled.config, "--lock-timeout", "60", "-v")
        assert running.stderr.readline().startswith(b"info: "), "it says what it waits for"
        running.terminate()
        out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (143, b"", b"")
    assert origin.requests == []


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_a_look_that_waits_can_be_told_to_end(crawled, process, command):
    with lock(crawled.archive):
        running = process(command, "--config", crawled.config, "--lock-timeout", "60", "-v")
        assert running.stderr.readline().startswith(b"info: "), "it says what it waits for"
        running.terminate()
        out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (143, b"", b"")
