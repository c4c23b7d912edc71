"""Whether a capture makes a version or is held back: crawl, extract, rebuild and history agree."""

import contextlib
import gzip
import re
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.work.held.history import history
from eafarchive.work.records.derive import rewrite_records
from eafarchive.work.records.reading import ACCEPTED
from eafarchive.work.verification.rebuild import rebuild
from eafarchive.work.verification.verify import Verification

HTML = (("Content-Type", "text/html; charset=utf-8"),)
CHALLENGE = b"<!doctype html><title>Just a moment...</title><h1>Just a moment...</h1>"
SHELL = b"<!doctype html><title>Trade</title><body><p>Sorry, nothing to see.</p></body>"
STAMP = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def path(origin):
    return origin.site.articles[0].path


@pytest.fixture
def visited(crawled, origin, path):
    """Crawls the article as it is or as given, always a day later; gives its outcome's counts."""
    days = iter(range(1, 99))

    def visit(body=None, headers=HTML):
        origin.script.answers.clear()
        if body is not None:
            origin.script.answers[path] = Answer(200, "OK", headers, body)
        past = timedelta(days=next(days))
        return crawled.crawl(origin.url(path), clock=lambda: datetime.now(UTC) + past).summary

    return visit


GUTTED = (
    b"<!doctype html><title>Paying for harbours</title><h1>Paying for harbours</h1>"
    b"<p>Of all that was written here a single paragraph is left, and it says little enough of"
    b" the harbours and of those who were to pay for them in the end.</p>"
)


def redressed(origin, path):
    """The page in a theme that puts something else around the article."""
    body = origin.site.answer(path, {}).body
    return body.replace(b"</head>", b'<meta name="theme-color" content="#fff"></head>')


@pytest.fixture
def reader(crawled):
    with crawled.reader() as reader:
        yield reader


def story(bench, reader, url):
    return history(Archive.open(bench.archive), reader, url)


def told(found):
    return [getattr(item, "kind", "version") for item in found.timeline]


def agree(bench, reader, url):
    """Whether a rebuilt ledger says what the crawl's did, by the records and without them; its word.

    And whether the WARC files give the crawl's records, the newest version of the history.
    """

    def remembered():
        with contextlib.closing(archive.ledger()) as ledger:
            visit = ledger.visit(found.key)
        return (
            *(visit.outcome, visit.detail, visit.failures),
            *(visit.payload_digest, visit.captured_at),
        )

    archive, records = Archive.open(bench.archive), bench.records()
    found = story(bench, reader, url)
    assert found.versions[-1].record in list(archive)
    before = remembered()
    rebuild(archive, reader, lambda: False)
    assert remembered() == before
    shutil.rmtree(bench.archive / "records")
    rebuild(archive, reader, lambda: False)
    assert remembered() == before
    rewrite_records(archive, reader, pytest.fail)
    assert bench.records() == records
    return before[0]


def test_all_verbs_agree_on_a_block_a_drift_a_new_dress_and_an_edit(
    visited, crawled, reader, origin, path
):
    url = origin.url(path)
    for _ in range(2):  # the same page again is no good page either
        assert visited(CHALLENGE).articles == 0
    assert told(story(crawled, reader, url)) == ["version", "held back"]
    assert agree(crawled, reader, url) == "blocked"
    assert visited().unchanged == 1
    assert len(visited(GUTTED).drift) == 1
    assert len(visited(SHELL).drift) == 1
    assert agree(crawled, reader, url) == "drifted"
    assert visited(redressed(origin, path)).chrome_only == 1
    origin.site = origin.site.edited(path, "A second thought of moment.", STAMP)
    assert visited().changed == 1
    assert agree(crawled, reader, url) == "captured"
    found = story(crawled, reader, url)
    assert told(found) == ["version", "held back", "held back", "held back", "version"]
    assert [v.captures for v in found.versions] == [3, 1]
    blocked, gutted, shell = found.events
    assert blocked.captures == 2
    assert blocked.detail.startswith("blocked: a page that refuses")
    assert gutted.detail.startswith("drifted: layouts")
    assert shell.detail.startswith("drifted: text: no article any more")
    archive = Archive.open(crawled.archive)
    assert not [f for f in Verification(archive, reader).findings() if f.severity == "error"]


def of_another(origin):
    """The page of the site's last article, as one that may be the first's by its title."""
    body = origin.site.answer(origin.site.articles[-1].path, {}).body
    body = body.replace(b"Tariff by post", b"Harbours by post")
    return re.sub(rb"<[^<>]*(?:canonical|og:url)[^<>]*>", b"", body)


def test_another_article_s_page_at_an_address_that_is_held(visited, crawled, reader, origin, path):
    """As a cache shows it that mixes them up."""
    assert len(visited(of_another(origin)).drift) == 1
    (held_back,) = story(crawled, reader, origin.url(path)).events
    assert held_back.detail.startswith("drifted: page: another article's")
    assert agree(crawled, reader, origin.url(path)) == "drifted"
    assert visited().unchanged == 1


def test_an_article_rewritten_whole_is_held_back_until_the_archivist_accepts_it(
    visited, crawled, reader, origin, path, cli
):
    url = origin.url(path)
    for _ in range(2):
        (drift,) = visited(of_another(origin)).drift
        assert drift.rules[0].endswith("('crawl --accept URL' takes it for the article)")
    ran = cli("crawl", "--config", crawled.config, "--accept", url)
    assert (ran.code, ran.err) == (0, "")
    assert " 1 changed," in ran.out
    held = crawled.by_path()[path]
    assert held["title"].startswith("Harbours by post")
    assert held["extraction"]["warnings"][-1] == ACCEPTED
    assert agree(crawled, reader, url) == "captured", "by the WARC files alone"
    assert told(story(crawled, reader, url)) == ["version", "held back", "version"]
    assert visited(of_another(origin)).unchanged == 1
    assert crawled.crawl().summary.drift == []
    archive = Archive.open(crawled.archive)
    assert [f for f in Verification(archive, reader).findings() if f.severity == "error"] == []
    records = crawled.records()
    assert sum(ACCEPTED.encode() in record for record in records.values()) == 1
    (crawled.archive / "ledger.sqlite3").unlink()
    assert crawled.crawl().summary.changed == 0
    assert crawled.records() == records, "whoever looks at the captures of the past again"


def test_only_the_address_named_is_accepted_and_only_a_page_that_is_an_article(
    visited, crawled, reader, origin, path, cli
):
    ran = cli("crawl", "--config", crawled.config, "--accept")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "eafarchive: --accept: name the URLs that it is about\n"
    before = crawled.records()
    origin.says(path, 200, *HTML, body=CHALLENGE)
    assert cli("crawl", "--config", crawled.config, "--accept", origin.url(path)).code == 3
    other = origin.site.articles[1].path
    origin.says(path, 302, ("Location", other))
    origin.says(other, 200, *HTML, body=of_another(origin))
    ran = cli("crawl", "--config", crawled.config, "--accept", origin.url(path))
    assert f"{origin.url(other)}: drifted: " in ran.err
    assert crawled.records() == before


def test_another_article_s_page_that_came_first_gives_way(bench, reader, origin, path):
    shutil.rmtree(bench.archive)
    origin.says(path, 200, *HTML, body=of_another(origin))
    assert bench.crawl().summary.new == len(origin.site.articles)
    origin.script.answers.clear()
    assert bench.crawl(origin.url(path)).summary.changed == 1
    assert agree(bench, reader, origin.url(path)) == "captured"


@pytest.mark.parametrize(
    ("field", "outcome"),
    [
        (("Content-Type", "application/octet-stream"), "drifted"),
        (("Content-Encoding", "gzip"), "blocked"),
    ],
)
def test_the_same_bytes_under_a_false_head_are_held_back_and_read_again_under_the_right_one(
    visited, crawled, reader, origin, path, field, outcome
):
    """And were never a revisit of each other: who reads a revisit reads what it repeats."""
    body = origin.site.answer(path, {}).body
    assert visited(body).chrome_only == 1, "without its coding"
    for _ in range(2):
        assert visited(body, (field,)).unchanged == 0
    assert agree(crawled, reader, origin.url(path)) == outcome
    assert visited(body).unchanged == 1
    assert agree(crawled, reader, origin.url(path)) == "captured"


def test_an_article_first_seen_under_a_false_head_becomes_one_under_the_right_one(
    bench, origin, path
):
    body = origin.site.answer(path, {}).body
    origin.says(path, 200, ("Content-Encoding", "gzip"), body=body)
    assert bench.crawl(origin.url(path)).summary.blocked == 1
    origin.says(path, 200, *HTML, body=body)
    assert bench.crawl(origin.url(path)).summary.new == 1


def test_what_repeats_a_page_that_was_held_back_is_held_back(
    visited, crawled, reader, origin, path
):
    assert visited(CHALLENGE).unchanged == 0
    origin.says(path, 503)
    crawled.crawl(origin.url(path))
    assert visited(CHALLENGE).unchanged == 0
    stored = [capture.target_uri for _, capture in Archive.open(crawled.archive).captures()]
    assert stored.count(origin.url(path)) == 3, "the article, the challenge, the error"
    assert agree(crawled, reader, origin.url(path)) == "blocked"


def test_a_redirect_to_what_is_no_article_is_no_move(crawled, bench, reader, origin, path):
    """To the login page, of a site made private; to the home page, by a plugin that hides 404s."""
    url, login = origin.url(path), "/wp-login.php?redirect_to=%2F"
    origin.says(path, 302, ("Location", login))
    origin.says(login, 200, *HTML, body=b"<title>Log In</title><form><input name=pwd></form>")
    summary = crawled.crawl(url).summary
    assert (summary.moved, summary.warnings, summary.fetched, summary.articles) == (0, 1, 1, 0)
    assert told(story(crawled, reader, url)) == ["version", "held back"]
    assert agree(crawled, reader, url) == "blocked"
    del origin.script.answers[path]
    later = datetime.now(UTC) + timedelta(days=1)
    assert crawled.crawl(audit=0, clock=lambda: later).summary.unchanged == 1, "it was due"
    assert agree(crawled, reader, url) == "captured"


def test_a_page_that_leads_to_the_home_page_for_good_is_left_to_the_audit(
    crawled, reader, origin, path
):
    """As many sites do with what they have removed: asked for twice more, as after a 404."""
    origin.says(path, 301, ("Location", "/"))
    origin.says("/", 200, *HTML, body=b"<title>Home</title><h1>Home</h1>")
    for day in (1, 2, 3):
        later = datetime.now(UTC) + timedelta(days=day)
        crawled.crawl(audit=9 if day == 1 else 0, clock=partial(lambda at: at, later))
    assert agree(crawled, reader, origin.url(path)) == "blocked"
    asked = origin.requests.count(path)
    later = datetime.now(UTC) + timedelta(days=99)
    crawled.crawl(audit=0, clock=lambda: later)
    assert origin.requests.count(path) == asked == 3
    del origin.script.answers[path]
    crawled.crawl(audit=9, clock=lambda: later)
    assert agree(crawled, reader, origin.url(path)) == "captured"


def test_a_site_that_leads_everybody_to_its_login_page_was_not_crawled(bench, origin):
    for article in origin.site.articles:
        origin.says(article.path, 302, ("Location", "/wp-login.php"))
    origin.says("/wp-login.php", 200, *HTML, body=b"<title>Log In</title><form></form>")
    assert bench.crawl().exit_code == 4
    origin.script.answers.clear()
    later = datetime.now(UTC) + timedelta(days=1)
    assert bench.crawl(clock=lambda: later).summary.new == len(origin.site.articles)


def test_a_body_that_cannot_be_decoded_is_asked_for_again(
    visited, crawled, bench, reader, origin, path
):
    whole = gzip.compress(origin.site.answer(path, {}).body)
    cut = (*HTML, ("Content-Encoding", "gzip"))
    origin.says(path, 200, *cut, body=whole[: len(whole) // 2])
    assert crawled.crawl(origin.url(path)).summary.drift == [], "it says nothing of the profile"
    assert agree(crawled, reader, origin.url(path)) == "blocked"
    shutil.rmtree(crawled.archive)
    for article in origin.site.articles:
        origin.says(article.path, 200, *cut, body=whole[: len(whole) // 2])
    assert bench.crawl().summary.new == 0
    origin.script.answers.clear()
    later = datetime.now(UTC) + timedelta(days=1)
    assert bench.crawl(clock=lambda: later).summary.new == len(origin.site.articles)
