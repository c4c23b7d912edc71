"""A WordPress REST route that is a site's only source: no post is missed for good."""

from datetime import timedelta

import pytest

from eafarchive.demosite import Answer
from gazette import BEGAN, ROUTE, Gazette
from workbench import Bench


@pytest.fixture
def site(server, tmp_path):
    """Makes the site and a bench that knows its route alone."""

    def make(count, **settings):
        server.site = Gazette(server.base_url, count)
        alone = {"rest": ROUTE, "sitemaps": (), "feeds": ()} | settings
        return server.site, Bench(tmp_path, server.base_url, **alone)

    return make


def pages(gazette):
    """Number of page and order of what was asked of the route."""
    asked = [target for target in gazette.targets() if target.startswith("/wp-json/")]
    return [target.partition("&page=")[2].partition("&_fields")[0] for target in asked]


def held(bench):
    return bench.crawl(limit=1).summary.discovered


def test_a_post_that_was_scheduled_is_found_once_it_is_published(site):
    """WordPress says of it that it was modified when it was: before others that are known."""
    gazette, bench = site(3)
    bench.crawl()
    gazette.modified[5] = BEGAN + timedelta(minutes=1)
    gazette.published[5] = BEGAN + timedelta(days=9)
    assert bench.crawl().summary.new == 1


def test_however_many_were_scheduled(site):
    gazette, bench = site(3)
    assert held(bench) == 3
    for n in range(5, 255):
        gazette.modified[n] = BEGAN + timedelta(seconds=n)
    pages(gazette)
    assert held(bench) == 253
    newest, modified = "orderby=date&order=desc", "orderby=modified&order=desc"
    asked = pages(gazette)
    assert asked[:3] == [f"{page}&{newest}" for page in (1, 2, 3)]
    assert asked[3].startswith(f"1&{modified}&modified_after=")
    assert held(bench) == 253
    assert pages(gazette)[0] == f"1&{newest}"
    assert len(pages(gazette)) == 0


@pytest.mark.parametrize("page_count", [True, False])
def test_an_audit_reads_all_of_it_page_by_page(site, page_count):
    """As what was imported is found, or published while nobody looked."""
    gazette, bench = site(200, audit=1)
    gazette.page_count = page_count
    assert held(bench) == 200
    for n in range(30):
        gazette.modified[1000 + n] = gazette.published[1000 + n] = BEGAN - timedelta(days=n)
    audited = []
    pages(gazette)
    for _ in range(5):
        bench.crawl(limit=1)
        audited += [page for page in pages(gazette) if page.endswith("date&order=asc")]
    assert [page[0] for page in audited] == ["1", "2", "3", "1", "2"]
    assert held(bench) == 230
    bench.crawl(limit=1, audit=0)
    assert not [page for page in pages(gazette) if page.endswith("asc")][1:], "unless unwished for"


@pytest.mark.parametrize("body", [b"<title>Request blocked</title>", b'{"code":"rest_odd"}'])
def test_a_400_in_other_words_is_no_end(site, caplog, body):
    """A firewall's, say: what could not be read is read in the next run."""
    gazette, bench = site(250)
    answer = gazette.answer
    gazette.answer = lambda target, headers: (
        Answer(400, "Bad Request", (), body) if "page=2&" in target else answer(target, headers)
    )
    result = bench.crawl(limit=1)
    assert (result.summary.discovered, result.exit_code) == (100, 3)
    assert "page=2" in caplog.text
    gazette.answer = answer
    assert held(bench) == 250


@pytest.mark.parametrize("count", [250, 201])
def test_posts_removed_meanwhile_hide_no_others(site, count):
    """Those that come next have moved up to a page that was read; or there is no next page."""
    gazette, bench = site(count)
    answer = gazette.answer

    def removing(target, headers):
        if "page=3&" in target and count - 1 in gazette.modified:
            del gazette.modified[count - 1]
        return answer(target, headers)

    gazette.answer = removing
    summary = bench.crawl(limit=1).summary
    assert (summary.discovered, summary.source_warnings) == (count, 0)
    assert [page.partition("&")[0] for page in pages(gazette)] == ["1", "2", "3", "2"]
