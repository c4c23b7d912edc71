from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.discovery.manners import (
    MAX_ROBOTS_BYTES,
    MAX_SITEMAPS,
    MAX_WAIT,
    next_due,
    read_robots,
    retry_after,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = "https://site.example"
ARTICLE = f"{SITE}/2016/06/02/some-slug/"
CLOSED = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        *((status, False) for status in (200, 204, 500, 503, 599, 600, None)),
        *((status, True) for status in (301, 308, 401, 403, 404, 410, 429)),
    ],
)
def test_n29_the_status_decides_first(status, allowed):
    assert read_robots(status, CLOSED).allows(ARTICLE) is allowed


@pytest.mark.parametrize("status", [404, 500, None])
def test_n29_only_an_answer_of_success_has_rules(status):
    robots = read_robots(
        status, b"Sitemap: https://site.example/s.xml\nUser-agent: *\nCrawl-delay: 9"
    )
    assert robots.sitemaps == ()
    assert robots.crawl_delay is None


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /2016/", "/2016/06/02/a/", False),
        ("User-agent: *\nDisallow: /2016/\nAllow: /2016/06/", "/2016/06/02/a/", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /*?replytocom", "/a/?replytocom=1", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9/", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9/", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: EAFarchive/1.0\nDisallow: /", "/a", False),
        ("User-agent: eafarchive\nAllow: /\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: eafarchive\nDisallow: /b", "/a", True),
        ("User-agent: a\nUser-agent: eafarchive\nUser-agent: b\nDisallow: /", "/a", False),
        (
            "User-agent: eafarchive\nDisallow: /a\n\nUser-agent: eafarchive\nDisallow: /b",
            "/b",
            False,
        ),
        (
            "User-agent: eafarchive\nDisallow: /a\n\nUser-agent: eafarchive\nDisallow: /b",
            "/a",
            False,
        ),
        ("User-agent: eaf\nDisallow: /", "/a", True),
        ("User-agent: myeafarchive\nDisallow: /", "/a", True),
        ("User-agent: *bot\nDisallow: /", "/a", True),
        ("User-agent: * # all of you\nDisallow: /", "/a", False),
        ("  USERAGENT :*\n disallow :/", "/a", False),
        ("user   agent *\rdisallow: /", "/a", False),
        ("Disallow: /", "/a", True),
        ("<!DOCTYPE html><html><body>User-agent: *<br>Disallow: /</body></html>", "/a", True),
        ("", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("\x00\x01\n\ufffd:::\nUser-agent: *\nDisallow: /", "/a", False),
    ],
)
def test_rules_are_read_as_the_rfc_says(rules, path, allowed):
    assert read_robots(200, rules.encode()).allows(SITE + path) is allowed


def test_latin_1_does_not_stop_the_reading():
    robots = read_robots(200, b"# caf\xe9\nUser-agent: *\nDisallow: /a\n")
    assert not robots.allows(f"{SITE}/a")


def test_n29_the_first_500_kib_are_read_and_no_half_rule():
    filler = b"# filler filler filler filler\n"
    head = b"User-agent: *\nDisallow: /a\n"
    body = head + filler * ((MAX_ROBOTS_BYTES - len(head)) // len(filler))
    body += b"Allow: /" + b"x" * 100 + b"\nDisallow: /b\n" + filler * 300_000
    robots = read_robots(200, body)
    assert len(robots.body) <= MAX_ROBOTS_BYTES
    assert robots.body.endswith(b"\n")
    assert not robots.allows(f"{SITE}/a")
    assert robots.allows(f"{SITE}/b")
    again = read_robots(robots.status, robots.body)
    assert (again.body, again.sitemaps) == (robots.body, robots.sitemaps)


def test_ten_thousand_agents_make_one_group():
    agents = b"".join(b"User-agent: bot%d\n" % n for n in range(10_000))
    rules = b"".join(b"Disallow: /%d\n" % n for n in range(10_000))
    robots = read_robots(200, agents + b"User-agent: *\n" + rules)
    assert not robots.allows(f"{SITE}/9999")
    assert robots.allows(f"{SITE}/x")


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Crawl-delay: 0", 0.0),
        ("Crawl-delay: 10\nDisallow: /x\ncrawl-delay: 2.5 # or so\nCrawl-delay: 9", 10.0),
        ("Crawl-delay: 2\nCrawl-delay: 10", 10.0),
        ("Crawl-delay: 2\n\nUser-agent: other\nCrawl-delay: 10", 2.0),
        ("crawl-delay:10", 10.0),
        ("Crawl-delay: -1", None),
        ("Crawl-delay: soon", None),
        ("Crawl-delay: nan", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: 1e300", MAX_WAIT),
        ("Disallow: /x", None),
    ],
)
def test_the_crawl_delay_is_a_sane_number(line, delay):
    assert read_robots(200, f"User-agent: *\n{line}\n".encode()).crawl_delay == delay


def test_sitemap_lines_stand_outside_groups():
    lines = (
        "Sitemap: https://site.example/a.xml\nUser-agent: x\nDisallow: /\n"
        "sitemap: https://site.example/b.xml\nSitemap: https://site.example/a.xml\n"
        "Sitemap: /relative.xml\nSitemap: file:///etc/passwd\n"
    )
    urls = ("https://site.example/a.xml", "https://site.example/b.xml")
    assert read_robots(200, lines.encode()).sitemaps == urls


def test_only_so_many_sitemaps_are_named():
    lines = b"".join(b"Sitemap: https://site.example/%d.xml\n" % n for n in range(2000))
    assert len(read_robots(200, lines).sitemaps) == MAX_SITEMAPS


@given(st.binary(max_size=300))
def test_any_bytes_are_a_robots_txt(body):
    robots = read_robots(200, body)
    assert isinstance(robots.allows(ARTICLE), bool)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("١٢", None),
        ("100000000000", MAX_WAIT),
        ("9" * 10_000, MAX_WAIT),
        ("soon", None),
        ("120, 240", None),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60.0),
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60.0),
        ("Sun Mar  1 12:01:00 2026", 60.0),
        ("Sun, 01 Mar 2026 11:59:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_WAIT),
        ("Sun, 99 Mar 2026 12:01:00 GMT", None),
        ("Sun, 01 Mar 2026 12:01:00 +9999", None),
        ("Sun, 01 Mar 0000 12:01:00 GMT", None),
    ],
)
def test_n28_retry_after_is_seconds_or_nothing(value, seconds):
    assert retry_after(value, NOW) == seconds


@given(
    st.text(max_size=80) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,9} .{0,20}")
)
def test_n28_no_retry_after_is_too_strange(value):
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= MAX_WAIT


def test_n28_the_wait_doubles_up_to_a_week():
    waits = [(next_due(n, NOW, None, "key") - NOW).total_seconds() for n in range(40)]
    assert 300 <= waits[0] <= 330
    assert all(after >= 1.99 * before for before, after in pairwise(waits[:11]))
    assert waits == sorted(waits)
    assert waits[-1] == MAX_WAIT


def test_the_wait_is_never_shorter_than_asked_for():
    assert next_due(0, NOW, 4000.0, "key") == NOW + timedelta(seconds=4000)
    assert next_due(0, NOW, 1e12, "key") == NOW + timedelta(days=7)
    assert next_due(3, NOW, 1.0, "key") == next_due(3, NOW, None, "key")


def test_the_wait_depends_on_the_key_alone():
    dues = {next_due(2, NOW, None, f"host/{n}") for n in range(100)}
    assert len(dues) > 50
    assert next_due(2, NOW, None, "host/1") == next_due(2, NOW, None, "host/1")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, "robots.txt disallows it"),
        (503, "robots.txt could not be read (status 503), which disallows everything"),
        (None, "robots.txt could not be read (no answer), which disallows everything"),
    ],
)
def test_a_refusal_says_why(status, reason):
    assert read_robots(status, CLOSED).refusal(ARTICLE) == reason
