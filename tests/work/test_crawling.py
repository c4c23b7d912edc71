"""Crawling the bundled site over real loopback: what is asked for, what is made of it."""

import gzip
import json
import shutil
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.work.crawling.plan import Wishes
from eafarchive.work.crawling.run import rehearse
from workbench import Bench, Origin

SOURCES = {
    "/robots.txt",
    "/sitemap_index.xml",
    "/post-sitemap.xml",
    "/post-sitemap2.xml.gz",
    "/feed/",
}


def articles_asked(origin):
    return [target for target in origin.requests if target not in SOURCES]


def captured_uris(bench):
    return [capture.target_uri for _, capture in Archive.open(bench.archive).captures()]


def test_the_whole_bundled_site(server, all_pages, tmp_path):
    origin = Origin(server, all_pages)
    bench = Bench(tmp_path, origin.base_url)
    result = bench.crawl()
    site, summary = origin.site, result.summary
    assert result.exit_code == 3, "the site is made with a 404 and a 403"
    assert summary.discovered == len(site.pages)
    assert summary.articles == summary.new == len(site.articles) >= 24
    assert summary.fetched == len(site.articles) + len(site.not_articles)
    assert summary.refused == len(site.held_back("forbidden")) + len(site.held_back("disallowed"))
    assert summary.failed == len(site.held_back("missing"))
    assert summary.changed == summary.unchanged == 0
    assert summary.requests == len(origin.requests)
    assert summary.warc_bytes == sum(p.stat().st_size for p in bench.archive.glob("warc/*"))
    made = bench.by_path()
    assert made.keys() == site.expected.keys()
    for path, expected in site.expected.items():
        record = made[path]
        assert {name: record[name] for name in expected} == expected, path


def test_first_crawl(bench, origin):
    result = bench.crawl()
    summary = result.summary
    assert result.exit_code == 3
    assert (summary.discovered, summary.fetched, summary.new) == (9, 6, 5)
    assert (summary.refused, summary.failed, summary.articles) == (2, 1, 5)
    assert summary.warnings >= 1
    assert set(origin.requests) == SOURCES | {
        page.path for page in origin.site.pages if page.definition.status != "disallowed"
    }
    assert len(origin.requests) == len(set(origin.requests)), "nothing is asked for twice"
    assert bench.by_path().keys() == origin.site.expected.keys()


def test_every_answer_is_captured_and_every_record_points_to_its_own(bench, origin):
    bench.crawl()
    archive = Archive.open(bench.archive)
    assert captured_uris(bench) == [origin.url(target) for target in origin.requests]
    for record in archive:
        at = record.capture
        (place, capture) = next(
            (p, c) for p, c in archive.captures() if p.record_id == at.record_id
        )
        assert (place.warc, place.offset, place.length) == (at.warc, at.offset, at.length)
        assert capture.target_uri == at.target_uri == record.url
        with (bench.archive / at.warc).open("rb") as file:
            file.seek(at.offset)
            member = gzip.decompress(file.read(at.length))
        assert member.startswith(b"WARC/1.1\r\n")
        assert at.record_id.encode() in member


def test_refused_and_failed_are_remembered(bench, origin):
    bench.crawl()
    ledger = Archive.open(bench.archive).ledger()
    try:
        troubled = {urlsplit(visit.url).path: visit for visit in ledger.troubled()}
    finally:
        ledger.close()
    (missing,), (forbidden,) = origin.site.held_back("missing"), origin.site.held_back("forbidden")
    (disallowed,), (challenge,) = (
        origin.site.held_back("disallowed"),
        origin.site.held_back("challenge"),
    )
    assert troubled.keys() == {missing, forbidden, disallowed, challenge}
    assert (troubled[challenge].outcome, troubled[challenge].failures) == ("blocked", 1)
    assert "refuses the visitor" in troubled[challenge].detail
    assert (troubled[missing].outcome, troubled[missing].failures) == ("failed", 1)
    assert (troubled[forbidden].outcome, troubled[forbidden].detail) == ("refused", "status 403")
    assert "robots.txt" in troubled[disallowed].detail
    assert troubled[disallowed].due_at is None


def test_second_crawl_asks_for_no_article(bench, origin):
    bench.crawl()
    before = bench.records()
    origin.forget_requests()
    result = bench.crawl()
    assert origin.requests == ["/sitemap_index.xml", "/feed/"], "and nothing below them"
    assert (result.summary.fetched, result.summary.refused) == (0, 1)
    assert bench.records() == before
    later = datetime.now(UTC) + timedelta(hours=25)
    origin.forget_requests()
    bench.crawl(clock=lambda: later)
    assert "/robots.txt" in origin.requests
    assert set(articles_asked(origin)) == {
        *origin.site.held_back("missing"),
        *origin.site.held_back("forbidden"),
        *origin.site.held_back("challenge"),
    }, "what failed is due again; nothing else"


def test_n32_an_edited_article_is_asked_for_once_more(crawled, origin):
    path = origin.site.articles[2].path
    before = crawled.records()
    origin.site = origin.site.edited(path, "A new closing thought.", "2026-01-01T00:00:00+00:00")
    result = crawled.crawl()
    assert articles_asked(origin) == [path]
    assert (result.summary.fetched, result.summary.changed, result.exit_code) == (1, 1, 0)
    after = crawled.records()
    assert after.keys() == before.keys()
    (moved,) = (name for name in after if after[name] != before[name])
    record = json.loads(after[moved])
    assert "A new closing thought." in record["text"]
    assert record["capture"]["warc"] != json.loads(before[moved])["capture"]["warc"]
    origin.forget_requests()
    assert crawled.crawl().summary.fetched == 0
    assert articles_asked(origin) == []


def test_n33_a_touched_article_that_says_the_same_keeps_its_record(crawled, origin):
    before = crawled.records()
    path = origin.site.articles[0].path
    moved = origin.site.edited(path, "Gone again.", "2026-01-01T00:00:00+00:00")
    unchanged = origin.site
    origin.site = moved
    origin.script.answers[path] = unchanged.answer
    result = crawled.crawl()
    assert articles_asked(origin) == [path]
    assert (result.summary.unchanged, result.summary.changed) == (1, 0)
    assert crawled.records() == before


def test_n32_a_removed_article_stays_in_the_archive(crawled, origin):
    before = crawled.records()
    gone = origin.site.articles[0].path
    origin.site = origin.site.without(gone)
    result = crawled.crawl()
    assert articles_asked(origin) == []
    assert result.exit_code == 0
    asked = crawled.crawl(origin.url(gone))
    assert (asked.summary.gone, asked.summary.failed, asked.exit_code) == (1, 0, 4)
    assert crawled.records() == before


def test_a_new_article_is_found(crawled, origin):
    held = {page.path for page in origin.site.pages}
    origin.site = origin.site.published()
    (new,) = {page.path for page in origin.site.pages} - held
    result = crawled.crawl()
    assert articles_asked(origin) == [new]
    assert (result.summary.new, result.exit_code) == (1, 0)
    assert new in crawled.by_path()


def test_limit_takes_some_now_and_the_rest_later(bench, origin):
    assert bench.crawl(limit=2).summary.fetched == 2
    assert len(articles_asked(origin)) == 2
    bench.crawl()
    asked = articles_asked(origin)
    assert len(asked) == len(set(asked)) == 8
    assert bench.by_path().keys() == origin.site.expected.keys()


def test_since_and_until_go_by_the_date_in_the_url(bench, origin):
    days = sorted(page.path[1:11].replace("/", "-") for page in origin.site.pages)
    since, until = days[2], days[5]
    bench.crawl(since=since, until=until)
    want = {p.path for p in origin.site.pages if since <= p.path[1:11].replace("/", "-") <= until}
    assert set(articles_asked(origin)) == want - set(origin.site.held_back("disallowed"))


def test_since_and_until_choose_among_given_urls_too(bench, origin, cli, tmp_path):
    paths = sorted(page.path for page in origin.site.articles)
    day = paths[-1][1:11].replace("/", "-")
    urls = tmp_path / "urls.txt"
    urls.write_text("".join(f"{origin.url(path)}\n" for path in paths), "utf-8")
    ran = cli("crawl", "-i", urls, "--since", day, "--config", bench.config)
    want = {path for path in paths if path[1:11].replace("/", "-") >= day}
    assert (ran.code, set(articles_asked(origin))) == (0, want)
    origin.forget_requests()
    ran = cli("crawl", "-i", urls, "--since", "2999-01-01", "--config", bench.config)
    assert (ran.code, articles_asked(origin)) == (0, []), ran.err


def test_an_audit_is_refused_beside_given_urls(bench, origin, cli):
    url = origin.url(origin.site.articles[0].path)
    ran = cli("crawl", url, "--audit", "3", "--config", bench.config)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--audit: URLs given by name are all that is asked for" in ran.err
    assert not bench.archive.exists()


def test_n33_full_asks_for_everything_again(crawled, origin):
    before = crawled.records()
    result = crawled.crawl(full=True)
    assert set(articles_asked(origin)) == {
        *(page.path for page in origin.site.articles),
        *origin.site.held_back("challenge"),
    }, "what is in trouble, too, though its time has not come"
    assert result.summary.unchanged == len(origin.site.articles)
    assert crawled.records() == before


def test_dry_run_writes_nothing(bench, crawled, origin):
    path = origin.site.articles[1].path
    origin.site = origin.site.edited(path, "Edited.", "2026-01-01T00:00:00+00:00")
    before = crawled.tree()
    result = rehearse(crawled.settings, Wishes(), threading.Event())
    assert [lead.url for lead in result.leads] == [origin.url(path)]
    assert articles_asked(origin) == []
    assert crawled.tree() == before
    bench.archive.rename(bench.archive.with_name("away"))
    assert len(rehearse(bench.settings, Wishes(), threading.Event()).leads) == len(
        origin.site.pages
    )
    assert not bench.archive.exists()


def test_given_urls_are_captured_due_or_not(crawled, origin):
    path = origin.site.articles[0].path
    twice = (origin.url(path), origin.url(path.rstrip("/")))
    result = crawled.crawl(*twice)
    assert origin.requests == [path], "one article, however it is spelled"
    assert (result.summary.discovered, result.summary.unchanged) == (1, 1)
    origin.forget_requests()
    crawled.crawl()
    assert articles_asked(origin) == []


def test_n22_each_hop_of_a_redirect_is_captured(bench, origin):
    article = origin.site.articles[0]
    short = origin.url(f"/?p={article.definition.id}")
    result = bench.crawl(short)
    assert origin.requests == ["/robots.txt", f"/?p={article.definition.id}", article.path]
    assert captured_uris(bench)[1:] == [short, origin.url(article.path)]
    assert result.summary.new == 1
    bench.crawl(origin.url(article.path.rstrip("/")))
    assert captured_uris(bench)[3:] == [
        origin.url(article.path.rstrip("/")),
    ], "and a revisit of the article"
    origin.forget_requests()
    assert bench.crawl().summary.new == len(origin.site.articles) - 1
    assert article.path not in origin.requests, "got by way of the short address"


def test_s01_a_redirect_off_the_site_is_not_followed(bench, origin):
    path = origin.site.articles[0].path
    origin.says(path, 302, ("Location", "http://127.0.0.1:9/elsewhere"))
    result = bench.crawl(origin.url(path))
    assert (result.summary.refused, result.exit_code) == (1, 4)
    assert captured_uris(bench)[-1] == origin.url(path)


def test_n22_redirects_in_a_circle_end(bench, origin):
    path = origin.site.articles[0].path
    origin.says(path, 302, ("Location", path))
    result = bench.crawl(origin.url(path))
    assert (result.summary.failed, result.exit_code) == (1, 4)
    assert origin.requests.count(path) == 1
    origin.script.answers["*"] = lambda target, _: _hop(target)
    assert bench.crawl(origin.url("/2020/01/01/a/")).summary.failed == 1
    assert sum("/2020/" in target for target in origin.requests) <= 6


def _hop(target):
    return Answer(302, "Found", (("Location", f"{target}x/"),), b"")


def test_eight_connections_ask_for_robots_txt_once(origin, tmp_path):
    (tmp_path / "eight").mkdir()
    bench = Bench(tmp_path / "eight", origin.base_url, crawl="connections = 8")
    urls = [origin.url(article.path) for article in origin.site.articles]
    assert bench.crawl(*urls).summary.requests == len(urls) + 1
    assert origin.requests.count("/robots.txt") == 1


def test_eight_connections_make_the_same_records(bench, origin, tmp_path):
    (tmp_path / "eight").mkdir()
    eight = Bench(tmp_path / "eight", origin.base_url, crawl="connections = 8")
    results = bench.crawl(), eight.crawl()
    counts = [
        (s.discovered, s.fetched, s.new, s.refused, s.failed, s.requests)
        for s in (result.summary for result in results)
    ]
    assert counts[0] == counts[1]
    said = []
    for each in (bench, eight):
        records = each.by_path()
        for record in records.values():
            record.pop("capture")
        said.append(records)
    assert said[0] == said[1]


def test_articles_that_are_none_any_more_are_drift(bench, origin):
    for page in origin.site.articles:
        origin.says(page.path, 200, ("Content-Type", "text/html"), body=b"<p>Words.</p>")
    assert bench.crawl().exit_code == 7


def test_pages_asked_for_that_are_no_articles_by_their_url_are_no_drift(bench, origin):
    urls = [origin.url(path) for path in ("/", "/submissions/", "/donate/", "/subscribe/")]
    result = bench.crawl(*urls)
    assert (result.exit_code, result.summary.fetched, result.summary.articles) == (0, 4, 0)
    assert bench.records() == {}


def test_an_address_spelled_as_the_server_does_not_know_it_makes_no_article_gone(crawled, origin):
    path = origin.site.articles[0].path
    other = path.upper()
    origin.says(other, 404)
    result = crawled.crawl(origin.url(other))
    assert (result.summary.gone, result.summary.failed, result.exit_code) == (0, 1, 4)
    ledger = Archive.open(crawled.archive).ledger()
    assert ledger.visit(f"{origin.base_url.split('/')[2]}{path.rstrip('/')}").outcome == "captured"
    ledger.close()
    assert crawled.crawl(origin.url(path)).exit_code == 0


def test_a_crawl_says_that_the_records_are_gone_until_they_are_made_again(crawled, cli):
    records = crawled.records()
    crawled.crawl()
    shutil.rmtree(crawled.archive / "records")
    line = "warning: records: {} are there, after the last run it was 5; 'eafarchive extract' makes"
    for audit, held in (("1", 0), ("0", 1)):
        ran = cli("crawl", "--config", crawled.config, "--audit", audit)
        assert ran.code == 0
        assert line.format(held) in ran.err
    assert cli("extract", "--config", crawled.config).code == 0
    assert crawled.records() == records
    assert cli("crawl", "--config", crawled.config).err == ""


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_stands_where_a_record_belongs_keeps_no_other_from_being_written(
    bench, origin, cli, what
):
    """It is told of each night, with exit code 3, until it is moved away; then nothing is lost."""
    path = origin.site.articles[0].path
    host = origin.base_url.removeprefix("http://").strip("/").replace(":", "_")
    record = bench.archive / "records" / host / f"{path.strip('/')}.json"
    if what == "folder":
        obstacle = record
        obstacle.mkdir(parents=True)
        told = f"{record}: is a folder where a record belongs; move it away"
    else:
        obstacle = record.parents[1]
        obstacle.parent.mkdir(parents=True)
        obstacle.touch()
        told = f"{obstacle}: is a file where a folder of records belongs; move it away"
    ours = [page.path for page in origin.site.articles if page.path.startswith(path[:6])]
    only = ours if what == "file" else [path]
    for audit in (0, 5):
        ran = cli("crawl", "--config", bench.config, "--audit", audit)
        assert (ran.code, "Traceback" in ran.err) == (3, False)
        assert ran.err.count(f": unwritten: {told}") == len(only), "once for each"
        assert bench.by_path().keys() == {a.path for a in origin.site.articles} - set(only)
    assert cli("status", "--config", bench.config).code == 0
    ran = cli("extract", "--config", bench.config)
    assert (ran.code, ran.err) == (3, f"error: {told}\n" * len(only))
    assert cli("rebuild", "--config", bench.config).code == 0
    obstacle.rmdir() if what == "folder" else obstacle.unlink()
    ran = cli("crawl", "--config", bench.config)
    assert (ran.code, "unwritten" in ran.err) == (3, False), "3: what is forbidden stays so"
    assert bench.by_path().keys() == {a.path for a in origin.site.articles}
    ledger = Archive.open(bench.archive).ledger()
    waiting = {row.target_uri for row in ledger.captures(unharvested=True)}
    ledger.close()
    assert not waiting & {origin.url(article.path) for article in origin.site.articles}


def test_a_folder_in_place_of_a_record_that_was_there_is_told(crawled, origin, cli):
    path = origin.site.articles[0].path
    name = next(n for n in crawled.records() if n.endswith(path.rstrip("/") + ".json"))
    record = crawled.archive / "records" / name
    record.unlink()
    record.mkdir()
    for _ in range(2):
        ran = cli("crawl", "--config", crawled.config, origin.url(path))
        assert ran.code == 3
        assert "Traceback" not in ran.err
        assert f"{record}: is a folder where a record belongs; move it away" in ran.err
    record.rmdir()
    assert cli("crawl", "--config", crawled.config).code == 0
    assert record.is_file()
