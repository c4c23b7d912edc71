"""Pages that the parser does not come to the end of: nothing is derived from them, nothing lost."""

import json

import pytest

from eafarchive.model import NotAnArticle
from eafarchive.work.crawling.run import utc_now
from eafarchive.work.records.reading import Reader

WHY = "parser stopped: 20 s"


@pytest.fixture
def unread(monkeypatch):
    """Has the parser stop at the page with this path, for this reason, until it is undone."""
    read = Reader.read

    def begin(path, why=WHY, when=lambda _capture: True):
        def stops(self, capture, *words):
            if capture.target_uri.endswith(path) and when(capture):
                return NotAnArticle(capture.target_uri, why, is_unread=True)
            return read(self, capture, *words)

        monkeypatch.setattr(Reader, "read", stops)

    return begin


def test_extract_keeps_the_record_and_says_so(crawled, origin, cli, unread):
    records, path = crawled.records(), origin.site.articles[0].path
    unread(path)
    ran = cli("extract", "--config", crawled.config)
    assert ran.code == 3
    assert ran.out == "4 articles: 0 written, 0 removed\n"
    told = f"error: {origin.url(path)}: not read: {WHY}; its record stays as it is\n"
    assert ran.err == told
    assert crawled.records() == records
    assert json.loads(cli("extract", "--config", crawled.config, "--json").out)["unread"] == 1


def test_no_older_version_takes_the_newest_one_s_place(crawled, origin, cli, unread):
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A second thought.", "2026-01-01T00:00:00+00:00")
    began = utc_now()
    assert crawled.crawl().summary.changed == 1
    records = crawled.records()
    unread(path, when=lambda capture: capture.captured_at >= began)
    assert cli("extract", "--config", crawled.config).code == 3
    assert crawled.records() == records
    ran = cli("verify", "--config", crawled.config)
    assert ran.code == 0
    assert f"was not compared: {WHY}: {origin.url(path)}; verify once more" in ran.out


@pytest.mark.parametrize("words", [(), ("--sample", "1/1"), ("--repair",)])
def test_verify_warns_and_finds_no_fault(crawled, origin, cli, unread, words):
    records, path = crawled.records(), origin.site.articles[0].path
    unread(path)
    ran = cli("verify", "--config", crawled.config, *words)
    assert ran.code == 0, ran.out
    assert ran.out.count("was not compared") == 1
    assert ", 1 warnings" in ran.out
    assert crawled.records() == records


def test_a_new_page_is_a_failure_and_is_asked_for_again(bench, origin, unread, monkeypatch):
    path = origin.site.articles[0].path
    unread(path)
    result = bench.crawl()
    assert (result.exit_code, result.summary.new, result.summary.failed) == (3, 4, 2)
    monkeypatch.undo()
    result = bench.crawl(origin.url(path))
    assert (result.exit_code, result.summary.new) == (0, 1)
    assert path in bench.by_path()


def test_a_held_article_stays_and_nothing_has_drifted(crawled, origin, unread):
    records, path = crawled.records(), origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A second thought.", "2026-01-01T00:00:00+00:00")
    unread(path)
    result = crawled.crawl()
    assert (result.exit_code, result.summary.failed, result.summary.drifted) == (3, 1, 0)
    assert crawled.records() == records


def test_a_fault_of_ours_is_a_bug(crawled, origin, unread):
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A second thought.", "2026-01-01T00:00:00+00:00")
    unread(path, "extraction failed: KeyError: 'x' (names.py:1)")
    assert crawled.crawl().exit_code == 1


def test_of_loose_files_it_is_exit_code_3(crawled, origin, cli, unread):
    path = origin.site.articles[0].path
    (warc,) = crawled.archive.glob("warc/*.warc.gz")
    unread(path)
    ran = cli("extract", "--config", crawled.config, warc)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 4
    assert f"warning: {origin.url(path)}: not read: {WHY}\n" in ran.err
