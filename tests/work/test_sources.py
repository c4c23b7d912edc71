"""Sources asked only for news: what a run costs, what it finds, and whom it does not believe."""

import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from eafarchive.archive.books.agenda import Agenda
from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.demosite.resource import Resource
from eafarchive.discovery import rest
from eafarchive.errors import WriteError
from eafarchive.work.fetching import discover, posts
from eafarchive.work.held.status import status
from gazette import BEGAN, ROUTE, Gazette
from workbench import Bench

REST = {"rest": ROUTE, "sitemaps": (), "feeds": ()}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def gazette(server):
    return make(server, 12)


def make(server, count):
    server.site = Gazette(server.base_url, count)
    return server.site


@pytest.fixture
def press(tmp_path, gazette):
    return Bench(tmp_path, gazette.base_url)


@contextlib.contextmanager
def agenda(bench):
    ledger = Archive.open(bench.archive).ledger()
    try:
        yield ledger.agenda
    finally:
        ledger.close()


def visits(bench):
    with contextlib.closing(Archive.open(bench.archive).ledger()) as ledger:
        return [ledger.visit(key) for key, _ in ledger.agenda.held()]


def hold_all(bench):
    """As if every article that is known had been captured, without doing it."""
    from eafarchive.archive.books.ledger import Ledger  # noqa: PLC0415

    ledger = Ledger(bench.archive / "ledger.sqlite3")
    ledger._db.execute(
        "UPDATE urls SET outcome = 'captured', due = 0, visited_at = ?, captured_at = ?",
        (NOW.isoformat(), NOW.isoformat()),
    )
    ledger.close()


def test_thousands_of_articles_and_nothing_new(server, tmp_path):
    gazette = make(server, 5_000)
    bench = Bench(tmp_path, gazette.base_url, audit=5, rest=ROUTE)
    assert bench.crawl(limit=1).summary.discovered == 5_000
    hold_all(bench)
    gazette.targets()
    bench.crawl()
    asked = gazette.targets()
    pages = [target for target in asked if target.startswith("/2020/")]
    assert len(pages) == 5
    assert len(asked) - len(pages) <= 10
    later = bench.crawl(audit=0)
    asked = gazette.targets()
    assert asked[:2] == ["/sitemap_index.xml", "/feed/"]
    assert len(asked) == 4, "and the REST route"
    assert "orderby=date&order=desc" in asked[2]
    assert "modified_after" in asked[3]
    assert (later.summary.discovered, later.summary.fetched) == (5_000, 0)


def test_only_the_sitemap_that_moved_is_read(server, tmp_path):
    gazette = make(server, 3_000)
    bench = Bench(tmp_path, gazette.base_url)
    bench.crawl(limit=1)
    hold_all(bench)
    gazette.touch(1_500, NOW)
    gazette.targets()
    assert bench.crawl().summary.fetched == 1
    assert gazette.targets() == [
        "/sitemap_index.xml",
        "/feed/",
        "/post-sitemap1.xml",
        gazette.path(1_500),
    ]


@pytest.mark.parametrize("rest", [False, True])
def test_what_a_mended_profile_takes_for_articles_is_found_in_unmoved_sources(
    tmp_path, gazette, rest
):
    """And so is what another base_url or release does: sources are read anew then, once."""
    press = Bench(tmp_path, gazette.base_url, **(REST if rest else {}))
    config = press.config.read_text(encoding="utf-8")
    press.config.write_text(config.replace('"eastasiaforum"', '"own.toml"'), encoding="utf-8")
    profile = press.config.with_name("own.toml")
    too_narrow = 'extends = "wordpress"\nname = "own"\narticle_path = "^/2020/01/(0[1-4]|28)/.+$"\n'
    profile.write_text(too_narrow, encoding="utf-8")
    assert press.crawl().summary.discovered == 4
    profile.write_text(too_narrow.replace("[1-4]|28", "[1-9]|1[0-9]"), encoding="utf-8")
    assert press.crawl().summary.new == 8
    gazette.targets()
    press.crawl()
    assert len(gazette.targets()) == 2, "nothing is news any more"


def test_sitemaps_without_lastmod_are_each_asked_whether_they_changed(server, tmp_path):
    gazette = make(server, 2_500)
    gazette.child_lastmod = False
    bench = Bench(tmp_path, gazette.base_url)
    bench.crawl(limit=1)
    hold_all(bench)
    gazette.targets()
    assert bench.crawl().summary.fetched == 0
    children = [(t, h) for t, h in gazette.asked if t.startswith("/post-sitemap")]
    assert len(children) == 3
    assert all("if-none-match" in headers for _, headers in children)
    gazette.touch(2_499, NOW)
    gazette.targets()
    assert bench.crawl().summary.fetched == 1
    assert gazette.targets()[-1] == gazette.path(2_499)


def test_what_was_discovered_and_not_visited_is_visited_though_no_source_has_news(press, gazette):
    assert press.crawl(limit=3).summary.fetched == 3
    now = status(Archive.open(press.archive), NOW)
    assert (now.due, now.urls["pending"]) == (9, 9)
    gazette.targets()
    assert press.crawl(limit=4).summary.fetched == 4
    assert gazette.targets()[:2] == ["/sitemap_index.xml", "/feed/"], "no sitemap is read again"
    result = press.crawl()
    assert (result.summary.new, len(press.records())) == (5, 12)


@pytest.mark.parametrize("step", [0, 2])
def test_a_crash_between_any_two_sources_loses_nothing(press, gazette, monkeypatch, step):
    take, calls = Agenda.take_reading, []

    def crash(*arguments, **named):
        calls.append(arguments)
        if len(calls) > step:
            raise WriteError("the lights went out")
        take(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Agenda, "take_reading", crash)
        with pytest.raises(WriteError):
            press.crawl()
    assert press.crawl().exit_code == 0
    assert len(press.records()) == 12
    gazette.targets()
    press.crawl()
    assert gazette.targets() == ["/sitemap_index.xml", "/feed/"]


def test_a_stop_before_any_visit_loses_nothing(press, gazette, monkeypatch):
    from eafarchive.work.crawling.crawl import Crawl  # noqa: PLC0415

    def crash(*_):
        raise WriteError("the lights went out")

    with monkeypatch.context() as patched:
        patched.setattr(Crawl, "run", crash)
        with pytest.raises(WriteError):
            press.crawl()
    gazette.targets()
    press.crawl()
    asked = gazette.targets()
    assert "/post-sitemap0.xml" not in asked, "it was read, and what it named is due"
    assert len(press.records()) == 12


@pytest.mark.parametrize("status", [404, 200])
def test_n30_a_sitemap_that_vanishes_or_empties_deletes_nothing(
    press, gazette, status, monkeypatch, caplog
):
    press.crawl()
    before = press.records()
    from eafarchive.demosite.resource import Resource  # noqa: PLC0415

    whole = Gazette._resource

    def broken(site, path):
        if path == "/sitemap_index.xml":
            return Resource(b"<sitemapindex></sitemapindex>", "application/xml", status=status)
        return whole(site, path)

    monkeypatch.setattr(
        "eafarchive.demosite.resource._REASONS", {200: "", 304: "", 404: "", 500: ""}
    )
    monkeypatch.setattr(Gazette, "_resource", broken)
    result = press.crawl()
    assert (result.exit_code, result.summary.source_warnings) == (0, 1)
    assert result.summary.discovered == 12
    assert press.records() == before
    assert "sitemap_index.xml" in caplog.text
    monkeypatch.setattr(Gazette, "_resource", whole)
    assert press.crawl().summary.source_warnings == 0


def instead(gazette, monkeypatch, **by_path):
    """These paths are answered otherwise from now on."""
    whole = Gazette._resource

    def other(site, path):
        made = by_path.get(path.strip("/").replace(".xml", "").replace("-", "_"))
        return made or whole(site, path)

    monkeypatch.setattr(Gazette, "_resource", other)


@pytest.mark.parametrize("to", ["home", "nowhere"])
def test_a_site_that_leads_everything_to_its_home_page_has_no_source(
    press, gazette, caplog, to, cli
):
    home = Answer(
        200, "OK", (("Content-Type", "text/html"),), b"<!doctype html><title>Home</title>"
    )

    def answer(target, _headers):
        if target == "/home/":
            return home
        return Answer(302, "Found", (("Location", f"/{to}/"),), b"")

    gazette.answer = answer
    result = press.crawl()
    assert (result.exit_code, result.summary.articles) == (4, 0)
    assert result.summary.source_warnings == 2
    for name in ("sitemap_index.xml", "feed/"):
        assert caplog.text.count(f"{name}: failed: ") == 1
    found = cli("discover", "--config", press.config)
    assert found.code == 4
    assert "no source could be read" in found.out


def test_one_source_by_two_names_is_read_once(tmp_path, gazette):
    answer = gazette.answer
    gazette.answer = lambda target, headers: (
        Answer(301, "Moved", (("Location", "/sitemap_index.xml"),), b"")
        if target == "/wp-sitemap.xml"
        else answer(target, headers)
    )
    press = Bench(tmp_path, gazette.base_url, sitemaps=("sitemap_index.xml", "wp-sitemap.xml"))
    result = press.crawl()
    assert (result.exit_code, result.summary.source_warnings, result.summary.new) == (0, 0, 12)


def test_a_sitemap_that_an_index_names_and_that_is_missing_is_a_warning_each_night(
    server, tmp_path, caplog, monkeypatch
):
    gazette = make(server, 1_002)
    instead(gazette, monkeypatch, post_sitemap0=Resource(b"none", status=404))
    press = Bench(tmp_path, gazette.base_url)
    for _ in range(2):
        caplog.clear()
        result = press.crawl(limit=1)
        assert (result.exit_code, result.summary.source_warnings) == (0, 1)
        assert "post-sitemap0.xml: failed: status 404" in caplog.text
        assert [r.levelname for r in caplog.records] == ["WARNING"]


def test_only_the_usual_places_may_be_missing(tmp_path, gazette, caplog):
    usual = Bench(tmp_path, gazette.base_url, sitemaps=("sitemap_index.xml", "wp-sitemap.xml"))
    assert usual.crawl(limit=1).summary.source_warnings == 0
    assert not caplog.records
    usual = Bench(tmp_path, gazette.base_url, sitemaps=("sitemap_index.xml", "typo.xml"))
    for _ in range(2):
        assert usual.crawl(limit=1).summary.source_warnings == 1
    assert caplog.text.count("typo.xml: failed: status 404") == 2


@pytest.mark.parametrize(
    "body", [b"<sitemapindex><sitem", b"<sitemapindex></sitemapindex>", b"<html><p>Hello", b""]
)
def test_an_index_that_is_broken_on_the_first_night_is_counted(
    press, gazette, monkeypatch, caplog, body
):
    instead(gazette, monkeypatch, sitemap_index=Resource(body, "application/xml"))
    result = press.crawl()
    assert (result.exit_code, result.summary.source_warnings) == (0, 1)
    assert "sitemap_index.xml: failed: " in caplog.text


def test_n30_a_sitemap_that_shrinks_is_told_once_and_deletes_nothing(press, gazette, caplog):
    press.crawl()
    gazette.unlisted = {1, 2}
    gazette.touch(11, NOW)
    result = press.crawl()
    assert (result.summary.source_warnings, result.exit_code) == (1, 0)
    assert "names 10 URLs, 12 before" in caplog.text
    assert (result.summary.discovered, len(press.records())) == (12, 12)
    assert press.crawl().summary.source_warnings == 0


def test_n30_one_url_less_is_no_sitemap_that_shrinks(server, tmp_path):
    """As the last of many is a short one, or a small site removes an article."""
    gazette = make(server, 3)
    press = Bench(tmp_path, gazette.base_url)
    press.crawl()
    for unlisted, warnings in (({0}, 0), ({0, 1}, 0), (set(), 0), ({0, 1}, 1)):
        gazette.unlisted = unlisted
        gazette.touch(2, NOW + timedelta(days=len(unlisted) + 9 * warnings))
        assert press.crawl(full=True).summary.source_warnings == warnings


def test_n32_what_a_sitemap_has_ceased_to_name_is_looked_at_first(press, gazette):
    """In the same run, within the audit; once, unless it is named again and dropped again."""
    press.crawl()
    gazette.targets()
    answer, gazette.answer = gazette.answer, lambda t, h: missing(t) or answer(t, h)
    gone = {gazette.path(7)}

    def missing(target):
        return Answer(404, "Not Found", (), b"") if target in gone else None

    gazette.unlisted = {7}
    gazette.touch(11, NOW)
    result = press.crawl(audit=1)
    assert (result.summary.gone, result.summary.audited, result.summary.fetched) == (1, 1, 1)
    gazette.unlisted = {7, 6}
    gazette.touch(11, NOW + timedelta(hours=1))
    press.crawl(audit=0)
    assert gazette.path(6) not in gazette.targets(), "nobody wished for an audit"
    press.crawl(audit=1)
    assert gazette.targets()[-1] == gazette.path(6), "it is still remembered"
    press.crawl(audit=2)
    assert gazette.path(6) not in gazette.targets(), "and it was there"
    gazette.unlisted = {7, 5}
    gazette.touch(11, NOW + timedelta(hours=2))
    press.crawl(audit=0)
    gazette.unlisted = {7}
    gazette.touch(11, NOW + timedelta(hours=3))
    gazette.targets()
    press.crawl(audit=1)
    assert gazette.path(5) not in gazette.targets(), "it is named again"
    gazette.unlisted = {7, 3}
    result = press.crawl(full=True)
    assert gazette.path(3) in gazette.targets(), "held, and no source names it"
    assert (result.summary.articles, result.summary.audited) == (11, 0)
    gone.clear()
    gazette.unlisted = set(range(12))
    gazette.targets()
    press.crawl(full=True)
    assert gazette.path(7) in gazette.targets(), "gone, not due for long, and named by nobody"


def test_n32_what_was_gone_and_is_named_again_is_asked_for_at_once(press, gazette):
    """With the lastmod that it had, as from a backup; what was there all the time is not."""
    press.crawl()
    when = {n: gazette.modified.pop(n) for n in (5, 7)}
    gazette.touch(11, NOW)
    assert press.crawl(audit=2).summary.gone == 2
    gazette.unlisted = {3}
    for day in range(1, 9):
        gazette.touch(11, NOW + timedelta(days=9 * day))
        press.crawl(audit=0, clock=lambda day=day: NOW + timedelta(days=9 * day + 1))
    gazette.unlisted = set()
    gazette.modified |= when
    gazette.touch(11, NOW + timedelta(days=90))
    gazette.targets()
    press.crawl(audit=0, clock=lambda: NOW + timedelta(days=91))
    pages = {target for target in gazette.targets() if target.startswith("/2020/")}
    assert pages == {gazette.path(n) for n in (5, 7, 11)}
    assert {visit.outcome for visit in visits(press)} == {"captured"}


def test_n30_a_refusing_host_is_left_alone_though_no_source_names_its_pages(server, tmp_path, cli):
    """Nor does the ledger know one any more: yet none of the pages was given by name."""
    gazette = make(server, 27)
    press = Bench(tmp_path, gazette.base_url)
    press.crawl()
    assert cli("rebuild", "--config", press.config).code == 0
    gazette.unlisted = set(range(27))
    answer = gazette.answer
    gazette.answer = lambda target, headers: (
        Answer(403, "No", (), b"") if target.startswith("/2020/") else answer(target, headers)
    )
    result = press.crawl(full=True)
    assert result.summary.refused == 25
    with agenda(press) as known:
        assert known.count_due(NOW + timedelta(days=9999), NOW + timedelta(days=9999)) == 25


@pytest.mark.parametrize("flaw", ["</urlset>", "</loc>"])
def test_n30_of_a_broken_sitemap_nothing_is_taken_for_left_out(press, gazette, flaw):
    press.crawl()
    listing, broken = gazette._xml, []

    def half(root, name, entries):
        made = listing(root, name, entries)
        if root == "sitemapindex":
            return made
        broken.append(made)
        body = made.body[: len(made.body) // 2] + flaw.encode()
        return Resource(body, "application/xml")

    gazette._xml = half
    gazette.touch(11, NOW)
    press.crawl(audit=0)
    with agenda(press) as known:
        (unlisted,) = known._db.execute("SELECT count(unlisted_at) FROM urls").fetchone()
    assert (bool(broken), unlisted) == (True, 0)


def test_n31_a_sitemap_that_names_itself_is_read_once(press, gazette, monkeypatch):
    whole = Gazette._sitemaps
    listing = Gazette._xml

    def cycle(site, root, name, entries):
        if root == "sitemapindex":
            entries = [*entries, ("sitemap_index.xml", NOW), ("post-sitemap0.xml", NOW)]
        return listing(site, root, name, entries)

    monkeypatch.setattr(Gazette, "_xml", cycle)
    assert whole(gazette) == 1
    press.crawl()
    asked = gazette.targets()
    assert asked.count("/sitemap_index.xml") == asked.count("/post-sitemap0.xml") == 1
    assert len(press.records()) == 12


def test_n33_a_sitemap_whose_validators_never_change_is_read_all_the_same(press, gazette):
    """One source is not believed in each run: so news is found within as many runs as there are."""
    gazette.frozen_etag = '"always"'
    press.crawl()
    assert len(press.records()) == 12
    gazette.touch(12, NOW)
    found = 0
    for _ in range(3):
        found += press.crawl(audit=1).summary.new
    assert found == 1


def test_times_spelled_differently_by_two_sources_are_no_news(tmp_path, gazette):
    """The sitemap's times are half an hour off from those of the REST route."""
    bench = Bench(tmp_path, gazette.base_url, rest=ROUTE)
    original = Gazette._posts

    def off(site, query):
        site.modified = {n: at + timedelta(minutes=30) for n, at in site.modified.items()}
        try:
            return original(site, query)
        finally:
            site.modified = {n: at - timedelta(minutes=30) for n, at in site.modified.items()}

    gazette._posts = lambda query: off(gazette, query)
    assert bench.crawl().summary.new == 12
    for n in range(3):
        gazette.touch(0, NOW + timedelta(days=n))
        summary = bench.crawl(clock=lambda n=n: NOW + timedelta(days=n, hours=1)).summary
        assert summary.fetched == 1


def test_c17_a_clock_ten_years_ahead_and_back_again(press, gazette):
    """C17: what is known of sources is compared with what they say, not with the clock."""
    ahead = NOW + timedelta(days=3650)
    assert press.crawl(clock=lambda: ahead).summary.new == 12
    gazette.touch(3, NOW)
    gazette.touch(12, NOW)
    summary = press.crawl(clock=lambda: NOW).summary
    assert (summary.fetched, summary.new) == (2, 1)
    back = NOW - timedelta(days=2)
    gazette.touch(4, NOW + timedelta(hours=1))
    assert press.crawl(clock=lambda: back).summary.fetched == 1
    assert press.crawl(clock=lambda: back).summary.fetched == 0


def test_full_reads_and_asks_for_everything_without_conditions(press, gazette):
    press.crawl()
    gazette.targets()
    summary = press.crawl(full=True).summary
    assert (summary.fetched, summary.unchanged) == (12, 12)
    assert not any("if-none-match" in headers for _, headers in gazette.asked)
    assert len(gazette.targets()) == 3 + 12
    press.crawl()
    assert gazette.targets() == ["/sitemap_index.xml", "/feed/"]


def test_a_full_run_cut_short_is_gone_on_with(press, gazette):
    press.crawl()
    press.crawl(full=True, limit=5)
    assert press.crawl().summary.fetched == 7


# What is named, and what it names


def listing(*urls, lastmod="2020-01-01"):
    entries = "".join(f"<url><loc>{u}</loc><lastmod>{lastmod}</lastmod></url>" for u in urls)
    return Resource(f"<urlset>{entries}</urlset>".encode(), "application/xml")


def test_a_sitemap_that_its_index_ceased_to_name_is_not_audited(server, tmp_path, monkeypatch):
    gazette = make(server, 1_002)
    press = Bench(tmp_path, gazette.base_url)
    press.crawl(limit=1)
    hold_all(press)
    monkeypatch.setattr(gazette, "_newest", lambda k: NOW)
    monkeypatch.setattr(gazette, "_sitemaps", lambda: 1)
    instead(gazette, monkeypatch, post_sitemap1=Resource(b"none", status=404))
    gazette.targets()
    warnings = [press.crawl(audit=1).summary.source_warnings for _ in range(4)]
    assert warnings == [1, 0, 0, 0], "the index has shrunk"
    asked = gazette.targets()
    assert "/post-sitemap1.xml" not in asked
    assert asked.count("/post-sitemap0.xml") > 1, "the others are, in turn"


def test_a_sitemap_that_vanished_keeps_no_other_from_being_audited(server, tmp_path, monkeypatch):
    gazette = make(server, 2_002)
    press = Bench(tmp_path, gazette.base_url, feeds=())
    press.crawl(limit=1)
    hold_all(press)
    instead(gazette, monkeypatch, post_sitemap0=Resource(b"none", status=404))
    gazette.targets()
    warnings = [press.crawl(audit=1).summary.source_warnings for _ in range(5)]
    assert warnings[-3:] == [1, 1, 1], "it is told each night since it was found"
    assert {"/post-sitemap1.xml", "/post-sitemap2.xml"} <= set(gazette.targets())


def test_what_the_configuration_names_no_more_is_not_asked_for(tmp_path, gazette):
    press = Bench(tmp_path, gazette.base_url)
    press.crawl()
    config = press.config.read_text(encoding="utf-8").replace('["feed/"]', "[]")
    press.config.write_text(config, encoding="utf-8")
    gazette.targets()
    for _ in range(3):
        press.crawl(audit=1)
    assert "/feed/" not in gazette.targets()


def test_a_flawed_sitemap_is_told_of_each_night_until_it_is_mended(press, gazette, caplog):
    whole = gazette._xml

    def cut(root, name, entries):
        made = whole(root, name, entries)
        return made if root == "sitemapindex" else Resource(made.body[:-20], "application/xml")

    gazette._xml = cut
    for _ in range(3):
        caplog.clear()
        assert press.crawl().summary.source_warnings == 1
        assert "post-sitemap0.xml: broken XML" in caplog.text
    gazette._xml = whole
    assert [press.crawl().summary.source_warnings for _ in range(2)] == [0, 0]


def test_a_sitemap_cut_under_its_true_validators_is_whole_again_in_the_next_run(
    press, gazette, caplog
):
    """Its index names it with the same time, and a 304 would confirm what was never read."""
    gazette.frozen_etag = '"true"'
    whole = gazette.answer

    def cut(target, headers):
        made = whole(target, headers if "sitemap0" not in target else {})
        if not target.endswith("post-sitemap0.xml"):
            return made
        body = made.body[: made.body.rindex(b"<url>") + 12]
        return Answer(made.status, made.reason, made.headers, body)

    gazette.answer = cut
    press.crawl(clock=lambda: NOW)
    assert "post-sitemap0.xml: broken XML" in caplog.text
    gazette.answer = whole
    caplog.clear()
    result = press.crawl(clock=lambda: NOW + timedelta(days=1))
    assert (result.summary.source_warnings, caplog.text) == (0, "")
    with agenda(press) as known:
        source = known.source(gazette.base_url + "post-sitemap0.xml")
    assert (source.problem, source.articles) == (None, 12)


def test_posts_without_a_usable_address_are_told_of_each_night(tmp_path, gazette, caplog):
    bench = Bench(tmp_path, gazette.base_url, **REST)
    whole = gazette.url
    gazette.url = lambda n: "about:blank" if n < 3 else whole(n)
    for _ in range(2):
        caplog.clear()
        assert bench.crawl().summary.source_warnings == 1
        assert f"{ROUTE}: 3 entries without a usable URL left out" in caplog.text
    gazette.url = whole
    assert bench.crawl(full=True).summary.source_warnings == 0
    assert bench.crawl().summary.source_warnings == 0


@pytest.mark.parametrize("first", [True, False])
def test_sitemaps_that_name_another_sites_articles_are_a_warning(
    press, gazette, monkeypatch, caplog, first
):
    """The site has moved, or ``base_url`` or the profile is wrong; its feed is as it was."""
    if not first:
        press.crawl()
    moved = [gazette.url(n).replace("127.0.0.1", "e.org") for n in range(3)]
    instead(gazette, monkeypatch, sitemap_index=listing(*moved))
    for _ in range(2):
        caplog.clear()
        result = press.crawl()
        assert (result.exit_code, result.summary.source_warnings) == (0, 1)
        assert "sitemap_index.xml: names 3 URLs, none an article of 127.0.0.1" in caplog.text


def test_a_sitemap_of_as_many_urls_that_are_no_articles_any_more_has_shrunk(
    tmp_path, gazette, monkeypatch, caplog
):
    press = Bench(tmp_path, gazette.base_url, sitemaps=("sitemap_index.xml", "all.xml"))
    urls = [gazette.url(n) for n in range(9)]
    with monkeypatch.context() as patched:
        instead(gazette, patched, all=listing(*urls))
        press.crawl()
    moved = [urls[0], *(url.replace("127.0.0.1", "e.org") for url in urls[1:])]
    instead(gazette, monkeypatch, all=listing(*moved))
    assert [press.crawl().summary.source_warnings for _ in range(2)] == [1, 0]
    assert "all.xml: names 1 articles, 9 before" in caplog.text


def test_pages_that_are_no_articles_are_no_news_beside_a_sitemap_of_articles(
    tmp_path, gazette, monkeypatch, caplog
):
    instead(gazette, monkeypatch, pages=listing(gazette.base_url + "about/"))
    press = Bench(tmp_path, gazette.base_url, sitemaps=("sitemap_index.xml", "pages.xml"))
    assert press.crawl().summary.source_warnings == 0


def robots(*lines):
    return Resource("\n".join(lines).encode(), "text/plain")


@pytest.fixture
def named(tmp_path, gazette, monkeypatch):
    """A site whose sitemap robots.txt alone names; crawled once. Gives a crawl ``days`` later."""
    base = f"Sitemap: {gazette.base_url}"
    answers = {"robots.txt": robots(f"{base}all.xml")}
    answers["all.xml"] = listing(*map(gazette.url, range(5)))
    answers["other.xml"] = listing(*map(gazette.url, range(9)))
    whole = Gazette._resource
    monkeypatch.setattr(
        Gazette, "_resource", lambda site, path: answers.get(path[1:]) or whole(site, path)
    )
    bench = Bench(tmp_path, gazette.base_url, sitemaps=(), feeds=())

    def crawl(days, said, **asked):
        answers["robots.txt"] = said
        return bench.crawl(clock=lambda: NOW + timedelta(days=days), **asked)

    assert crawl(0, robots(f"{base}all.xml")).summary.new == 5
    answers["all.xml"] = listing(*map(gazette.url, range(7)))
    return crawl


@pytest.mark.parametrize("status", [200, 404])
def test_a_sitemap_that_robots_txt_ceased_to_name_is_a_warning_and_read(named, caplog, status):
    for days, new in ((2, 2), (4, 0)):
        caplog.clear()
        result = named(days, Resource(b"User-agent: *", "text/plain", status=status))
        summary = result.summary
        assert (result.exit_code, summary.source_warnings, summary.new) == (0, 1, new)
        assert "all.xml: robots.txt names it no more" in caplog.text


def test_once_where_it_names_another_one(named, gazette):
    said = robots(f"Sitemap: {gazette.base_url}other.xml")
    assert [named(days, said).summary.source_warnings for days in (2, 4)] == [1, 0]
    gazette.targets()
    assert named(6, said, audit=1).summary.source_warnings == 0
    assert "/all.xml" not in gazette.targets()


SHUT = [
    (Resource(b"none", status=500), 4),
    (Resource(b"User-agent: *\nDisallow: /", "text/plain"), 6),
]


@pytest.mark.parametrize(("said", "code"), [*SHUT, (Resource(b"User-agent: *"), 4)])
def test_a_site_of_which_nothing_names_a_source_is_told(tmp_path, gazette, said, code):
    bench = Bench(tmp_path, gazette.base_url, sitemaps=(), feeds=())
    original = gazette._resource
    gazette._resource = lambda path: said if path == "/robots.txt" else original(path)
    result = bench.crawl()
    assert (result.exit_code, result.summary.source_warnings) == (code, 1)
    assert gazette.base_url in result.reason


@pytest.mark.parametrize(("said", "code"), SHUT)
def test_a_robots_txt_that_shuts_the_source_it_named_is_told(named, said, code):
    result = named(2, said)
    assert result.exit_code == code
    assert result.summary.source_warnings > 0
    assert "all.xml" in result.reason


def test_sitemaps_that_give_a_url_other_times_are_each_compared_with_themselves(
    tmp_path, gazette, monkeypatch
):
    whole = Gazette._resource
    left_out = set()

    def both(site, path):
        if path != "/wp-sitemap.xml":
            return whole(site, path)
        entries = [
            (site.path(n)[1:], at + timedelta(minutes=30))
            for n, at in site.modified.items()
            if n not in left_out
        ]
        return site._xml("urlset", "url", entries)

    monkeypatch.setattr(Gazette, "_resource", both)
    press = Bench(tmp_path, gazette.base_url, sitemaps=("sitemap_index.xml", "wp-sitemap.xml"))
    assert press.crawl().summary.new == 12
    for n in (12, 13):
        gazette.touch(n, NOW + timedelta(hours=n))
        assert press.crawl().summary.fetched == 1
    gazette.unlisted = {3}  # the other one names it still
    gazette.touch(13, NOW + timedelta(days=2))
    assert press.crawl().summary.fetched == 1
    with agenda(press) as known:
        (unlisted,) = known._db.execute("SELECT count(unlisted_at) FROM urls").fetchone()
    assert unlisted == 0
    gazette.targets()
    gazette.touch(3, NOW + timedelta(days=3))
    assert press.crawl().summary.fetched == 1
    assert gazette.path(3) in gazette.targets()
    left_out.add(3)
    gazette.touch(13, NOW + timedelta(days=4))
    press.crawl()
    with agenda(press) as known:
        (unlisted,) = known._db.execute("SELECT count(unlisted_at) FROM urls").fetchone()
    assert unlisted == 1, "now nobody does"


@pytest.mark.parametrize("sitemaps", [("old.xml",), ("sitemap_index.xml", "old.xml")])
def test_a_source_that_redirects_is_asked_conditionally_where_it_leads(tmp_path, gazette, sitemaps):
    answer = gazette.answer
    gazette.answer = lambda target, headers: (
        Answer(301, "Moved", (("Location", "/sitemap_index.xml"),), b"")
        if target == "/old.xml"
        else answer(target, headers)
    )
    press = Bench(tmp_path, gazette.base_url, sitemaps=sitemaps, feeds=())
    assert press.crawl().summary.new == 12
    gazette.targets()
    gazette.touch(12, NOW)
    press.crawl()
    gazette.asked = []
    assert press.crawl().summary.source_warnings == 0
    assert [target for target, _ in gazette.asked] == ["/sitemap_index.xml"] * len(sitemaps)
    assert all("if-none-match" in headers for _, headers in gazette.asked)


def test_full_asks_for_no_page_twice_however_many_are_under_way(tmp_path, gazette):
    press = Bench(tmp_path, gazette.base_url, crawl="connections = 4")
    press.crawl()
    gazette.targets()
    assert press.crawl(full=True).summary.fetched == 12
    pages = [target for target in gazette.targets() if target.startswith("/2020/")]
    assert len(pages) == len(set(pages)) == 12


def test_n25_sitemaps_that_do_not_answer_starve_nothing_else(press, gazette, monkeypatch, caplog):
    """Four in a row end the reading, not the run; those that failed come last in the next one."""
    monkeypatch.setattr("gazette.PER_SITEMAP", 1)
    press.crawl(limit=1)
    hold_all(press)
    down, answer = {f"/post-sitemap{k}.xml" for k in range(6)}, gazette.answer

    def partly(target, headers):
        made = answer(target, headers)
        return Answer(503, "Busy", (), b"") if target in down else made

    gazette.answer = partly
    for n in (*range(6), 11):
        gazette.touch(n, NOW)
    result = press.crawl(audit=2)
    assert (result.exit_code, result.summary.audited, result.summary.put_off) == (0, 2, 0)
    assert [line for line in caplog.text.splitlines() if "waits for the next run" in line]
    gazette.touch(12, NOW)
    gazette.asked.clear()
    result = press.crawl()
    assert (result.exit_code, result.summary.new) == (0, 2)
    asked = [target for target, _ in gazette.asked if target.startswith("/post-sitemap")]
    assert asked == [f"/post-sitemap{k}.xml" for k in (4, 5, 11, 12, 0, 1, 2, 3)]


def test_w12_a_304_never_repeats_the_challenge_that_stood_in_a_sitemaps_place(press, gazette):
    """Its validators confirm what was read, and the newest stored is what a revisit refers to."""
    challenge = Answer(200, "OK", (("Content-Type", "text/html"),), b"<title>Just a moment</title>")
    press.crawl()
    with pytest.MonkeyPatch.context() as patched:
        asked = gazette.answer
        patched.setattr(
            gazette, "answer", lambda t, h: challenge if "sitemap" in t else asked(t, h)
        )
        assert press.crawl().summary.source_warnings == 1
    for _ in range(2):
        assert press.crawl().summary.source_warnings == 0
    with contextlib.closing(Archive.open(press.archive).ledger()) as ledger:
        rows = [row for row in ledger.captures() if row.target_uri.endswith("index.xml")]
    assert [row.kind for row in rows] == ["response", "response", "response", "revisit"]
    assert (rows[3].status, rows[3].refers_to) == (304, rows[2].place.record_id)
    assert rows[2].payload_digest == rows[0].payload_digest


# The REST route


def rest_bench(tmp_path, gazette, **settings):
    return Bench(tmp_path, gazette.base_url, **REST, **settings)


def rest_asked(gazette):
    return [target for target in gazette.targets() if target.startswith("/wp-json/")]


@pytest.mark.parametrize("page_count", [True, False])
def test_posts_are_read_page_by_page_then_only_the_modified(server, tmp_path, page_count):
    gazette = make(server, 200)
    gazette.page_count = page_count
    bench = rest_bench(tmp_path, gazette)
    summary = bench.crawl(limit=1).summary
    assert (summary.discovered, summary.failed) == (200, 0)
    assert len(rest_asked(gazette)) == (2 if page_count else 3), "the 400 past the end is the end"
    hold_all(bench)
    gazette.touch(7, NOW)
    gazette.touch(200, NOW + timedelta(seconds=1))
    summary = bench.crawl().summary
    assert (summary.fetched, summary.new, summary.source_warnings) == (2, 2, 0)
    _, asked = rest_asked(gazette)
    assert f"modified_after={BEGAN + timedelta(hours=199, seconds=-1):%Y-%m-%dT%H:%M:%S}Z" in asked


def test_a_route_that_does_not_know_modified_after(server, tmp_path):
    """Before WordPress 5.7: the pages are read until they reach back to what is known."""
    gazette = make(server, 350)
    gazette.filters = False
    bench = rest_bench(tmp_path, gazette)
    bench.crawl(limit=1)
    hold_all(bench)
    gazette.touch(7, NOW)
    rest_asked(gazette)
    assert bench.crawl().summary.fetched == 1
    assert len(rest_asked(gazette)) == 2


@pytest.mark.parametrize("year", [1, 9999])
def test_n30_posts_of_no_year_that_can_be_are_read(tmp_path, gazette, year):
    gazette.modified = dict.fromkeys(gazette.modified, datetime(year, 1, 1, tzinfo=UTC))
    bench = rest_bench(tmp_path, gazette)
    assert [bench.crawl().summary.articles for _ in range(2)] == [12, 0]
    gazette.touch(7, datetime.now(UTC) + timedelta(minutes=1))
    assert bench.crawl().summary.unchanged == 1


def test_a_route_that_ends_early_is_read_from_where_it_was_whole(server, tmp_path):
    gazette = make(server, 250)
    bench = rest_bench(tmp_path, gazette)
    original = gazette._posts
    gazette._posts = lambda query: (
        original(query) if query["page"] != ["3"] else original({**query, "page": ["99"]})
    )
    whole = Gazette.answer

    def answer(target, headers):
        made = whole(gazette, target, headers)
        return type(made)(503, "", made.headers, b"") if "page=3&" in target else made

    gazette.answer = answer
    summary = bench.crawl(limit=1).summary
    assert summary.discovered == 200, "what was read is noted"
    del gazette.answer
    gazette._posts = original
    rest_asked(gazette)
    assert bench.crawl(limit=1).summary.discovered == 250
    assert "modified_after" not in "".join(rest_asked(gazette))


def test_a_post_dated_in_the_future_hides_no_later_one(tmp_path, gazette):
    gazette.touch(3, NOW + timedelta(days=4000))
    bench = rest_bench(tmp_path, gazette)
    bench.crawl(clock=lambda: NOW)
    gazette.touch(5, NOW + timedelta(hours=1))
    assert bench.crawl(clock=lambda: NOW + timedelta(hours=2)).summary.fetched == 1


def test_a_route_that_is_off_is_a_warning_while_a_sitemap_works(tmp_path, gazette, caplog):
    gazette.rest = False
    bench = Bench(tmp_path, gazette.base_url, rest=ROUTE)
    result = bench.crawl()
    assert (result.exit_code, result.summary.new, result.summary.failed) == (0, 12, 0)
    assert f"{ROUTE}" in caplog.text
    alone = rest_bench(tmp_path, gazette)
    assert alone.crawl().exit_code == 4


@pytest.mark.parametrize("audit", [0, 2])
def test_a_site_of_which_every_source_is_lost_is_told_whatever_the_audit_sees(
    press, gazette, monkeypatch, audit
):
    """Its sitemaps and feeds have other addresses now, say: all that is new would be missed."""
    press.crawl()
    asked = Gazette._resource
    monkeypatch.setattr(
        Gazette,
        "_resource",
        lambda site, path: asked(site, path if path[1:5] == "2020" else "/nothing"),
    )
    result = press.crawl(audit=audit)
    assert (result.exit_code, result.summary.fetched) == (4, audit)


def test_a_site_that_is_down_is_a_failure_while_another_works(press, gazette):
    with press.config.open("a", encoding="utf-8") as config:
        config.write('[[sites]]\nprofile = "wordpress"\nbase_url = "http://127.0.0.1:9/"\n')
    result = press.crawl()
    assert (result.exit_code, result.summary.new) == (3, 12)


def test_every_answer_of_a_source_is_captured(tmp_path, gazette):
    bench = Bench(tmp_path, gazette.base_url, rest=ROUTE)
    bench.crawl(limit=1)
    bench.crawl(limit=1)
    ledger = Archive.open(bench.archive).ledger()
    rows = ledger.captures()
    ledger.close()
    assert len(rows) == len(gazette.asked)
    again = [row for row in rows if row.kind == "revisit"]
    assert [row.target_uri.rpartition("/")[2] for row in again][:1] == ["sitemap_index.xml"]
    assert {row.status for row in again} <= {200, 304}


# What each source knows


def test_discover_lists_what_each_source_misses(tmp_path, gazette, cli):
    bench = Bench(tmp_path, gazette.base_url, rest=ROUTE)
    gazette.unlisted = {4}
    bench.crawl()
    del gazette.modified[7]
    gazette.touch(12, NOW)
    before = bench.tree()
    gazette.targets()
    ran = cli("discover", "--config", bench.config, "--json")
    assert not [target for target in gazette.targets() if target.startswith("/2020/")]
    found = json.loads(ran.out)
    sources = {source["url"].removeprefix(gazette.base_url): source for source in found["sources"]}
    sitemap, feed, rest = (sources[name] for name in ("sitemap_index.xml", "feed/", ROUTE))
    assert [sitemap["knows"], feed["knows"], rest["knows"]] == [11, 10, 12]
    assert sitemap["misses"] == [gazette.url(4)]
    assert len(feed["misses"]) == 2
    assert (rest["misses"], rest["kind"]) == ([], "rest")
    assert (found["articles"], found["held"], found["unlisted"]) == (12, 11, [gazette.url(7)])
    assert ran.code == 0
    assert bench.tree() == before, "nothing is written"
    told = cli("discover", "--config", bench.config, "-v")
    assert f"  misses {gazette.url(4)}" in told.out
    assert f"  unlisted {gazette.url(7)}" in told.out


def test_discover_counts_pages_without_a_record_as_lacking(tmp_path, gazette, cli):
    bench = Bench(tmp_path, gazette.base_url)
    bench.crawl()
    told = cli("discover", "--config", bench.config).out
    held = len(bench.records())
    assert f"the archive holds {held}, lacks 0" in told
    next((bench.archive / "records").rglob("*.json")).unlink()
    told = cli("discover", "--config", bench.config).out
    assert f"the archive holds {held - 1}, lacks 1" in told


def test_discover_names_what_could_not_be_read(tmp_path, gazette, cli):
    gazette.rest = False
    bench = Bench(tmp_path, gazette.base_url, rest=ROUTE, sitemaps=("no.xml", "sitemap_index.xml"))
    ran = cli("discover", "--config", bench.config)
    assert ran.code == 0
    unread = [line for line in ran.out.splitlines() if line.startswith("unread")]
    assert [("no.xml" in line, ROUTE in line) for line in unread] == [(True, False), (False, True)]
    assert not bench.archive.exists()


@pytest.mark.parametrize("most", ["sources", "steps", "pages"])
def test_what_is_too_much_is_left_out_with_a_warning(tmp_path, gazette, monkeypatch, caplog, most):
    monkeypatch.setattr("gazette.PER_SITEMAP", 3)  # so that there are four
    press = Bench(tmp_path, gazette.base_url, **(REST if most == "pages" else {}))
    whole = press.crawl(limit=1).summary
    assert (whole.discovered, whole.source_warnings) == (12, 0)
    (tmp_path / "few").mkdir()
    few = Bench(tmp_path / "few", gazette.base_url, **(REST if most == "pages" else {}))
    for place, name, value in {
        "sources": [(discover, "MAX_SOURCES", 2)],
        "steps": [(discover, "MAX_DEPTH", 0)],
        "pages": [(posts, "MAX_PAGES", 2), (rest, "PER_PAGE", 5), (posts, "PER_PAGE", 5)],
    }[most]:
        monkeypatch.setattr(place, name, value)
    result = few.crawl(limit=1)
    assert result.summary.source_warnings == 1
    assert result.summary.discovered < 12
    assert "left out" in caplog.text
