"""Journeys driven: how many at once, how fast, and how they end."""

import concurrent.futures.thread
import contextlib
import queue
import threading
import types
from datetime import UTC, datetime

import pytest

from eafarchive.archive.captures.warc import Entry
from eafarchive.demosite import Answer
from eafarchive.model import Capture, NoAnswer
from eafarchive.work.fetching import journeys
from eafarchive.work.fetching.journeys import Ask, Driver, Keep, Means, Read
from eafarchive.work.fetching.pace import Pace

URLS = [f"http://site.example/{n}" for n in range(20)]


class Wire:
    """A fetching function that counts how many it is asked for at once."""

    def __init__(self):
        self.now = self.most = 0
        self.asked = []
        self.aborted = False
        self._lock = threading.Lock()
        self.meet = None

    def __call__(self, url, headers):
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.asked.append(url)
        if self.meet:
            self.meet.wait(10)
        with self._lock:
            self.now -= 1
        return NoAnswer(url, datetime.now(UTC), "connect", "nobody there")

    def abort(self):
        self.aborted = True


def driver(wire, connections=1, delay=0.0, stop=None, **means):
    means.setdefault("keep", None)
    given = Means(fetch=wire, abort=wire.abort, connections=connections, **means)
    return Driver(given, Pace(delay), stop or threading.Event())


def journey(*urls):
    answers = []
    for url in urls:
        answers.append((yield Ask(url)).target_uri)
    return answers


def test_outcomes_come_as_journeys_end():
    wire = Wire()
    driving = driver(wire)
    assert list(driving.drive(journey(url) for url in URLS)) == [[url] for url in URLS]
    assert wire.asked == URLS
    assert wire.most == 1
    assert driving.requests == len(URLS)
    assert not wire.aborted


def test_journeys_that_ask_nothing_and_journeys_that_ask_twice():
    wire = Wire()
    outcomes = list(driver(wire, 2).drive([journey(), journey(*URLS[:2]), journey()]))
    assert sorted(outcomes) == [[], [], URLS[:2]]


def test_so_many_at_once_and_no_more():
    wire = Wire()
    wire.meet = threading.Barrier(4)
    assert len(list(driver(wire, 4).drive(journey(url) for url in URLS))) == len(URLS)
    assert wire.most == 4


def test_after_a_stop_no_request_begins_and_what_flies_lands():
    wire, stop = Wire(), threading.Event()
    landed = []
    for outcome in driver(wire, 1, stop=stop).drive(journey(url) for url in URLS):
        landed.append(outcome)
        if len(landed) == 3:
            stop.set()
    assert landed == [[url] for url in URLS[:3]]
    assert wire.asked == URLS[:3]


def test_a_fault_ends_all_and_every_journey_is_closed():
    closed = []

    def watched(url):
        try:
            yield Ask(url)
        finally:
            closed.append(url)

    def faulty(url):
        yield Ask(url)
        raise ZeroDivisionError

    wire = Wire()
    with pytest.raises(ZeroDivisionError):
        list(driver(wire, 3).drive([faulty(URLS[0]), watched(URLS[1]), watched(URLS[2])]))
    assert sorted(closed) == URLS[1:3]


def kept_and_read(url):
    yield Ask(url)
    capture = Capture(url, datetime.now(UTC), b"", b"")
    row = yield Keep(Entry.of(capture, None))
    return (row, (yield Read(capture, None, None)))


def test_what_arrives_together_is_kept_together_and_sent_its_own_row():
    wire, batches, contexts = Wire(), [], []
    wire.meet = threading.Barrier(5)

    @contextlib.contextmanager
    def together():
        contexts.append("begin")
        yield
        contexts.append("end")

    def keep(wanted):
        assert contexts[-1] == "begin"
        batches.append([one.entry.capture.target_uri for one in wanted])
        return [f"row of {url}" for url in batches[-1]]

    def read(capture, place, digest):
        return f"read {capture.target_uri}"

    driving = driver(wire, 5, keep=keep, read=read, readers=2, together=together)
    urls = URLS[:5]
    outcomes = list(driving.drive(kept_and_read(url) for url in urls))
    assert sorted(outcomes) == sorted((f"row of {url}", f"read {url}") for url in urls)
    assert sorted(url for batch in batches for url in batch) == sorted(urls)
    assert contexts == ["begin", "end"] * (len(contexts) // 2)


def test_pages_are_read_side_by_side_and_taken_in_the_order_they_were_kept():
    kept, slow = [], threading.Event()

    def keep(wanted):
        kept.extend(one.entry.capture.target_uri for one in wanted)
        return [None] * len(wanted)

    def read(capture, place, digest):
        if capture.target_uri == kept[0]:
            assert slow.wait(10)  # set by the page after it: both are read at once
        else:
            slow.set()
        return capture.target_uri

    driving = driver(Wire(), 4, keep=keep, read=read, readers=2)
    assert [url for _, url in driving.drive(kept_and_read(url) for url in URLS)] == kept


def test_a_bug_in_reading_is_the_journeys_own():
    def guarded(url):
        try:
            yield from kept_and_read(url)
        except ZeroDivisionError:
            return "caught"

    def read(capture, place, digest):
        raise ZeroDivisionError

    driving = driver(Wire(), 2, keep=lambda wanted: [None] * len(wanted), read=read)
    assert list(driving.drive(guarded(url) for url in URLS[:3])) == ["caught"] * 3


def test_a_page_that_takes_too_long_does_not_hold_up_a_stop(monkeypatch):
    monkeypatch.setattr(journeys, "GRACE", 0.2)
    stop, let_go = threading.Event(), threading.Event()

    def read(capture, place, digest):
        stop.set()
        assert let_go.wait(20)

    driving = driver(Wire(), 1, stop=stop, keep=lambda wanted: [None] * len(wanted), read=read)
    assert list(driving.drive(kept_and_read(url) for url in URLS)) == []
    let_go.set()


def test_a_host_is_given_its_delay_from_the_end_of_its_last_answer():
    pace = Pace(1000.0)
    assert pace.wait_for("a.example") == 0
    pace.note("a.example")
    assert 900 < pace.wait_for("a.example") <= 1000
    assert pace.wait_for("b.example") == 0


def test_a_crawl_delay_counts_where_it_is_longer():
    pace = Pace(1000.0)
    pace.ask_longer("a.example", 5.0)
    pace.ask_longer("b.example", 5000.0)
    pace.ask_longer("b.example", 2000.0)  # as the robots.txt of its www. does
    for host in ("a.example", "b.example"):
        pace.note(host)
    assert 900 < pace.wait_for("a.example") <= 1000
    assert 4900 < pace.wait_for("b.example") <= 5000


def test_a_crawl_delay_counts_from_the_answer_that_told_it():
    pace = Pace(0.0)
    pace.note("a.example")
    pace.ask_longer("a.example", 1000.0)
    assert 900 < pace.wait_for("a.example") <= 1000


def test_a_robots_txt_with_a_crawl_delay_is_heeded(bench, origin):
    stop = threading.Event()
    timer = threading.Timer(0.5, stop.set)

    def robots(_target, _headers):
        timer.start()  # half a second in which nothing more may be asked for
        return Answer(200, "OK", (), b"User-agent: *\nCrawl-delay: 3600\n")

    origin.script.answers["/robots.txt"] = robots
    try:
        result = bench.crawl(stop=stop)
    finally:
        timer.cancel()
        timer.join()
    assert (result.exit_code, origin.requests) == (130, ["/robots.txt"])


def test_an_answer_of_which_nobody_tells_is_seen(monkeypatch):
    """Where memory runs out, what a future is to call may fail, and is not called again."""

    class Deaf(queue.SimpleQueue):
        def put(self, item):
            """Lose it."""

    deaf = types.SimpleNamespace(SimpleQueue=Deaf, Empty=queue.Empty)
    monkeypatch.setattr(journeys, "queue", deaf)  # the pools have queues of their own
    assert list(driver(Wire()).drive([journey(URLS[0])])) == [[URLS[0]]]


def test_a_thread_that_ends_for_want_of_memory_is_not_waited_for(monkeypatch):
    def fail(item):
        raise MemoryError

    monkeypatch.setattr(concurrent.futures.thread._WorkItem, "run", fail)
    with pytest.raises(MemoryError):
        list(driver(Wire()).drive([journey(URLS[0])]))


def test_a_request_that_was_sent_once_more_is_counted():
    wire = Wire()
    driving = driver(wire, resent=lambda: 2)
    assert len(list(driving.drive([journey(URLS[0])]))) == 1
    assert driving.requests == 3


def test_no_thread_is_started_once_journeys_go_on():
    """One that has no memory when it starts would be waited for without end."""
    before, seen = set(threading.enumerate()), []

    def watched(*urls):
        seen.append(set(threading.enumerate()) - before)
        return (yield from journey(*urls))

    driving = driver(Wire(), connections=3, readers=2)
    list(driving.drive(watched(url) for url in URLS))
    assert {len(threads) for threads in seen} == {5}
