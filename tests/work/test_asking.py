"""Manners kept: robots.txt, rate limits, backing off, hosts that cannot be reached."""

import contextlib
import gzip
import itertools
import random
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.memory import HostState
from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.discovery.freshness import has_moved
from eafarchive.model import Capture
from eafarchive.work.crawling.run import utc_now
from eafarchive.work.fetching.answers import Arrival, Trouble
from eafarchive.work.fetching.asking import HOST_PATIENCE, Asker
from eafarchive.work.fetching.journeys import Ask
from eafarchive.work.fetching.pace import Pace
from eafarchive.work.fetching.robots import answered
from eafarchive.work.report.summary import Circumstances, Summary, exit_code
from workbench import Bench, agreed, configuration

RULES = b"User-agent: *\nDisallow: /\n"

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def host_state(bench, origin):
    ledger = Archive.open(bench.archive).ledger()
    try:
        return ledger.host(origin.base_url.split("/")[2])
    finally:
        ledger.close()


def test_robots_that_forbid_all(bench, origin):
    origin.says("/robots.txt", 200, body=b"User-agent: *\nDisallow: /\n")
    result = bench.crawl()
    assert result.exit_code == 6
    assert origin.requests == ["/robots.txt"]
    given = bench.crawl(origin.url(origin.site.articles[0].path))
    assert (given.exit_code, given.summary.refused, given.summary.requests) == (6, 1, 0)


def test_robots_for_us_alone(bench, origin):
    body = b"User-agent: *\nDisallow: /\n\nUser-agent: eafarchive\nDisallow: /feed/\n"
    origin.says("/robots.txt", 200, body=body)
    assert bench.crawl().summary.new == 6, "what is closed to others only is open to us"
    assert "/feed/" not in origin.requests


@pytest.mark.parametrize("status", [500, 503])
def test_n29_robots_with_a_servers_error_forbid_all_for_now(bench, origin, status):
    origin.says("/robots.txt", status)
    result = bench.crawl()
    assert result.exit_code == 4
    assert origin.requests == ["/robots.txt"]
    origin.script.answers.clear()
    assert bench.crawl().summary.new == 5, "asked for again at the next run"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_n29_robots_that_are_not_there_allow_all(bench, origin, status):
    origin.says("/robots.txt", status)
    (disallowed,) = origin.site.held_back("disallowed")
    bench.crawl()
    assert disallowed in origin.requests


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ((("Content-Encoding", "gzip"),), RULES, 4),
        ((("Content-Encoding", "gzip"),), gzip.compress(RULES)[:-9], 4),
        ((), RULES + b"#" * (2 << 20), 6),
        ((("Content-Encoding", "gzip"),), gzip.compress(RULES + b"#" * (2 << 20)), 6),
    ],
    ids=["false gzip", "cut gzip", "long", "long gzip"],
)
def test_robots_that_are_not_whole_allow_nothing(bench, origin, headers, body, code):
    origin.says("/robots.txt", 200, *headers, body=body)
    path = origin.site.articles[0].path
    assert bench.crawl(origin.url(path)).exit_code == code
    assert set(origin.requests) == {"/robots.txt"}


@pytest.mark.parametrize("wrapped", [bytes, gzip.compress])
def test_n29_of_robots_that_we_cut_for_their_size_the_beginning_is_heeded(
    tmp_path, origin, caplog, wrapped
):
    """RFC 9309 section 2.5 asks for 500 KiB at least; less than that is no answer."""
    bench = Bench(tmp_path, origin.base_url, crawl="max_wire_bytes = 1000000")
    body = b"User-agent: *\nDisallow: /feed/\n" + random.Random(1).randbytes(1 << 20).hex().encode()
    headers = [("Content-Encoding", "gzip")] * (wrapped is not bytes)
    origin.says("/robots.txt", 200, *headers, body=wrapped(body))
    assert bench.crawl().summary.new == 6
    assert "/feed/" not in origin.requests
    assert "its first 512000 bytes are heeded" in caplog.text
    assert agreed(bench)
    (tmp_path / "less").mkdir()
    less = Bench(tmp_path / "less", origin.base_url, crawl="max_wire_bytes = 200000")
    assert less.crawl().exit_code == 4


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (Trouble("failed", "https://h.example/robots.txt", "cut off", 200), None),
        (Trouble("failed", "https://h.example/robots.txt", "no answer"), None),
        (Trouble("failed", "https://h.example/robots.txt", "status 503", 503), 503),
        (Trouble("refused", "https://h.example/robots.txt", "status 403", 403), 404),
    ],
)
def test_what_a_trouble_with_robots_is_remembered_as(trouble, status):
    assert answered(HostState(host="h.example"), trouble, NOW).robots_status == status


def test_www_is_an_authority_of_its_own_and_robots_may_lie_elsewhere():
    with (
        contextlib.closing(Ledger(Path(":memory:"))) as ledger,
        contextlib.closing(Ledger(Path(":memory:"))) as other,
    ):
        asker = Asker(frozenset({"h.example"}), ledger, Pace(0), utc_now)
        web = {"https://www.h.example/robots.txt": (b"200 OK", b"", RULES)}
        assert isinstance(asked(asker, "https://h.example/x", web)[1], Arrival)
        order, found = asked(asker, "https://www.h.example/x", web)
        assert (order, found.kind) == (["https://www.h.example/robots.txt"], "robots")
        moved = {"https://h.example/robots.txt": (b"301 M", b"https://c.example/robots.txt", b"")}
        moved["https://c.example/robots.txt"] = web["https://www.h.example/robots.txt"]
        asker = Asker(frozenset({"h.example"}), other, Pace(0), utc_now)
        assert asked(asker, "https://h.example/x", moved)[1].kind == "robots"
        assert asked(asker, "https://c.example/x", moved)[1].kind == "refused"


def asked(asker, url, web):
    """What the asker asks for, in order, and what comes of it, if the web answers so."""
    journey, order, answer = asker.follow(url, None), [], None
    while True:
        try:
            wanted = journey.send(answer)
        except StopIteration as end:
            return order, end.value
        answer = None
        if isinstance(wanted, Ask):
            order.append(wanted.url)
            status, location, body = web.get(wanted.url, (b"200 OK", b"", b"User-agent: *\n"))
            head = b"HTTP/1.1 %s\r\nLocation: %s\r\n" % (status, location)
            said = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
            answer = Capture(wanted.url, utc_now(), b"GET / HTTP/1.1\r\n\r\n", said)


def test_long_pauses_that_a_host_asks_for_are_told(bench, origin, caplog):
    origin.says("/robots.txt", 200, body=b"User-agent: *\nCrawl-delay: 86400\nDisallow: /\n")
    bench.crawl()
    assert "robots.txt asks for 86400 s between requests" in caplog.text


def test_robots_is_followed_over_redirects(bench, origin):
    origin.says("/robots.txt", 301, ("Location", "/rules.txt"))
    origin.says("/rules.txt", 200, body=b"User-agent: *\nDisallow: /\n")
    assert bench.crawl().exit_code == 6


@pytest.mark.parametrize("asked", ["600", "Tue, 24 Nov 2026 12:10:00 GMT"])
def test_n28_a_rate_limit_ends_the_run_and_is_heeded_by_the_next(bench, origin, asked, caplog):
    path = origin.site.articles[1].path
    origin.says(path, 429, ("Retry-After", asked))
    result = bench.crawl(clock=lambda: NOW)
    assert result.exit_code == 75
    assert result.summary.failed == 1
    assert result.reason.endswith(f"; the first: {origin.url(path)}: status 429")
    assert origin.requests[-1] == path, "nothing more is asked of a host that said no more"
    due = host_state(bench, origin).due_at
    assert NOW + timedelta(seconds=600) <= due <= NOW + timedelta(days=7)
    origin.script.answers.clear()
    origin.forget_requests()
    early = bench.crawl(clock=lambda: due - timedelta(seconds=1))
    assert (early.exit_code, origin.requests) == (75, [])
    source = origin.url("/sitemap_index.xml")
    assert f"; the first: {source}: " in early.reason
    told = [line.getMessage() for line in caplog.records if "left alone" in line.getMessage()]
    assert len(told) == 2, "a line a run, whatever the number of URLs"
    later = bench.crawl(clock=lambda: due)
    assert later.exit_code == 3
    assert len(bench.records()) == 5
    assert host_state(bench, origin).due_at is None


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("connections", [1, 4])
def test_a_short_wait_is_made_within_the_run(bench, origin, status, connections):
    config = configuration(origin.base_url, crawl=f"connections = {connections}")
    bench.config.write_text(config, "utf-8")
    path = origin.site.articles[1].path
    said = Answer(status, "Not now", (("Retry-After", "1"),), b"")

    def once(target, headers):
        return said if origin.requests.count(path) < 2 else origin.site.answer(target, headers)

    origin.script.answers[path] = once
    result = bench.crawl()
    assert origin.requests.count(path) == 2
    assert (result.exit_code, result.summary.new) == (3, 5), "3: one page is forbidden, one missing"
    assert host_state(bench, origin).failures == 0


def test_who_asks_for_a_short_wait_again_and_again_is_left_alone(bench, origin):
    for page in origin.site.pages:
        origin.says(page.path, 429, ("Retry-After", "0"))
    result = bench.crawl()
    assert (result.exit_code, result.summary.new) == (75, 0)
    articles = [target for target in origin.requests if target.startswith("/2")]
    assert len(articles) == HOST_PATIENCE
    assert host_state(bench, origin).due_at is not None


@pytest.mark.parametrize(("status", "code"), [(429, 75), (503, 75), (500, 4), (404, 4)])
def test_one_given_url(bench, origin, status, code):
    path = origin.site.articles[0].path
    origin.says(path, status, *([("Retry-After", "60")] if status == 503 else []))
    assert bench.crawl(origin.url(path)).exit_code == code


def test_the_only_source_being_rate_limited_is_no_failure(bench, origin):
    bench.config.write_text(configuration(origin.base_url, feeds=()), "utf-8")
    origin.says("/robots.txt", 404)
    origin.says("/sitemap_index.xml", 429)
    assert bench.crawl().exit_code == 75


def test_a_servers_error_is_tried_again_ever_later(bench, origin):
    path = origin.site.articles[0].path
    origin.says(path, 500)
    at, waits = NOW, []
    for count in range(1, 5):
        origin.forget_requests()
        result = bench.crawl(clock=lambda now=at: now)
        assert origin.requests.count(path) == 1, count
        assert result.exit_code == 3
        ledger = Archive.open(bench.archive).ledger()
        (visit,) = (v for v in ledger.troubled() if path in v.url)
        ledger.close()
        assert visit.failures == count
        waits.append((visit.due_at - at).total_seconds())
        at = visit.due_at
        origin.forget_requests()
        bench.crawl(clock=lambda now=at - timedelta(seconds=1): now)
        assert path not in origin.requests
    assert all(1.5 < after / before < 2.5 for before, after in itertools.pairwise(waits))
    origin.script.answers.clear()
    assert bench.crawl(clock=lambda: at).summary.new == 1
    assert len(bench.records()) == 5


def test_a_host_that_keeps_failing_is_left_alone(bench, origin):
    for page in origin.site.pages:
        origin.says(page.path, 503)
    result = bench.crawl()
    assert result.exit_code == 75
    assert result.summary.failed == 5
    assert host_state(bench, origin).due_at is not None
    assert bench.crawl().summary.audited == 0, "what was not asked for was not audited"


def test_errors_of_pages_and_sources_keep_nobody_from_the_others(crawled, origin):
    children = [f"/broken-{n}.xml" for n in range(HOST_PATIENCE + 1)]
    places = "".join(f"<sitemap><loc>{origin.url(path)}</loc></sitemap>" for path in children)
    index = f"<sitemapindex>{places}</sitemapindex>".encode()
    origin.says("/sitemap_index.xml", 200, ("Content-Type", "text/xml"), body=index)
    for path in children:
        origin.says(path, 500)
    pages = [article.path for article in origin.site.articles]
    for path in pages[1:]:
        origin.says(path, 500)
    origin.forget_requests()
    result = crawled.crawl(full=True)
    assert result.exit_code == 3
    assert {*children, *pages} <= set(origin.requests)
    assert result.summary.unchanged == 1
    assert host_state(crawled, origin).due_at is None


def test_a_source_that_is_down_is_a_failure_if_no_other_works(crawled, origin):
    origin.says("/sitemap_index.xml", 500)
    result = crawled.crawl()
    assert (result.exit_code, result.summary.source_warnings) == (0, 1), "the feed still works"
    origin.says("/feed/", 500)
    result = crawled.crawl()
    assert (result.exit_code, result.summary.source_warnings) == (4, 2)


def test_a_site_none_of_whose_sources_was_ever_read_is_a_warning(bench, origin):
    for path in ("/robots.txt", "/sitemap_index.xml", "/feed/"):
        origin.says(path, 500 if path != "/robots.txt" else 404)
    result = bench.crawl()
    assert (result.exit_code, result.summary.source_warnings) == (4, 2)


def test_n30_sources_that_vanish_delete_nothing(crawled, origin):
    before = crawled.records()
    origin.says("/sitemap_index.xml", 404)
    origin.says("/feed/", 404)
    assert crawled.crawl().exit_code == 4
    assert crawled.records() == before


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def test_an_unreachable_host(tmp_path, caplog):
    bench = Bench(tmp_path, f"http://127.0.0.1:{free_port()}/")
    result = bench.crawl()
    assert result.exit_code == 4
    assert result.summary.requests == 1
    assert "refused" in caplog.text, "the log tells why"


def test_private_addresses_are_refused_unless_allowed(bench, origin, caplog):
    text = bench.config.read_text("utf-8").replace("allow_private_addresses = true", "")
    bench.config.write_text(text.replace("[crawl]", '[crawl]\ncontact = "a@example.org"'), "utf-8")
    assert bench.crawl().exit_code == 4
    assert origin.requests == []
    assert "crawl.allow_private_addresses" in caplog.text


def test_a_cut_answer_is_kept_but_is_no_article(bench, origin):
    path = origin.site.articles[0].path
    whole = origin.site.answer(path, {}).body
    limit = f"max_wire_bytes = {max(1024, len(whole) // 2)}"
    bench.config.write_text(configuration(origin.base_url, crawl=limit), "utf-8")
    origin.says(path, 200, ("Content-Type", "text/html; charset=UTF-8"), body=whole)
    result = bench.crawl(origin.url(path))
    assert (result.summary.failed, result.exit_code, bench.records()) == (1, 4, {})
    *_, (_, capture) = Archive.open(bench.archive).captures()
    assert capture.truncated == "length"


@pytest.mark.parametrize(
    ("lastmod", "before", "captured_at", "moved"),
    [
        (None, None, NOW, False),
        (None, "2020-01-01", NOW, False),
        ("2026-11-24T11:00:00Z", None, NOW, False),
        ("2026-11-24T13:00:00Z", None, NOW, True),
        ("2026-11-24", None, NOW, True),
        ("2026-11-23", None, NOW, False),
        ("2026-11-23", None, None, True),
        ("junk", None, NOW, True),
        ("junk", "junk", NOW, False),
        ("2026-11-24T11:00:00Z", "2026-11-24T22:00:00+11:00", NOW, False),
        ("2020-01-01T00:00:00Z", "2026-11-24T22:00:00+11:00", NOW, True),
        ("2020-01-01", None, NOW + timedelta(days=3650), True),
    ],
)
def test_what_has_moved(lastmod, before, captured_at, moved):
    assert has_moved(lastmod, before, captured_at, NOW + HOUR) is moved


def test_a_clock_that_was_ten_years_ahead_keeps_nobody_waiting(bench, origin):
    path = origin.site.articles[0].path
    origin.says(path, 429)
    assert bench.crawl(clock=lambda: NOW + timedelta(days=3650)).exit_code == 75
    origin.script.answers.clear()
    assert bench.crawl(clock=lambda: NOW).exit_code == 3
    assert len(bench.records()) == 5
    back = NOW - timedelta(days=1)
    assert bench.crawl(clock=lambda: back).exit_code == 0


@pytest.mark.parametrize(
    ("summary", "circumstances", "code"),
    [
        ({}, {}, 0),
        ({}, {"sources_read": 1}, 0),
        ({"fetched": 2, "articles": 2}, {}, 0),
        ({"fetched": 2, "articles": 2, "failed": 1}, {}, 3),
        ({"fetched": 2, "articles": 2, "refused": 1}, {}, 3),
        ({"fetched": 2, "articles": 2, "refused": 1}, {"forbidden_by_robots": 1}, 0),
        ({"failed": 2}, {}, 4),
        ({"refused": 1}, {}, 4),
        ({}, {"sources_failed": 2}, 4),
        ({"refused": 2}, {"forbidden_by_robots": 2}, 6),
        ({}, {"sources_forbidden": 2}, 6),
        ({}, {"sources_forbidden": 1, "sources_failed": 1}, 4),
        ({"refused": 1}, {"forbidden_by_robots": 1, "sources_read": 1}, 0),
        ({"fetched": 3}, {"misfits": 3}, 7),
        ({"fetched": 3}, {"misfits": 2}, 0),
        ({"fetched": 9, "articles": 1}, {"misfits": 8}, 0),
        ({"fetched": 45, "articles": 20}, {"misfits": 25}, 7),
        ({"fetched": 55, "articles": 30}, {"misfits": 25}, 0),
        ({"fetched": 2, "articles": 2, "failed": 1, "put_off": 1}, {}, 75),
        ({"fetched": 2, "articles": 2, "put_off": 1}, {"bugs": 1}, 1),
        ({"fetched": 2, "articles": 2, "audited": 2}, {"sources_failed": 1}, 4),
        ({"fetched": 3, "articles": 3, "audited": 2}, {"sources_failed": 1, "sites_unread": 1}, 3),
        ({"fetched": 2, "articles": 2, "audited": 3, "failed": 1}, {}, 3),
        ({"fetched": 2, "articles": 2}, {"sites_unread": 1}, 3),
        ({"failed": 3}, {"sources_read": 1}, 3),
        ({"failed": 3}, {"sources_read": 1, "broken": 3}, 4),
        ({"failed": 9}, {"sources_read": 1}, 3),
        ({"failed": 10}, {"sources_read": 1}, 4),
        ({"failed": 6, "gone": 4}, {"sources_read": 1}, 4),
        ({"failed": 6, "gone": 4}, {"sources_read": 1, "removed": 1}, 3),
        ({"failed": 99, "fetched": 1, "articles": 1}, {"sources_read": 1, "broken": 99}, 3),
    ],
)
def test_exit_codes(summary, circumstances, code):
    assert exit_code(Summary(**summary), Circumstances(**circumstances)) == code
