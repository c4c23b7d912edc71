"""A site that wants us to go away: it is noticed, told, and not asked for page after page."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer, serve
from eafarchive.work.crawling.welcome import PATIENCE
from eafarchive.work.held.status import status
from eafarchive.work.records.visits import Visits
from gazette import Gazette
from workbench import Bench, agreed

COUNT = 2 * PATIENCE + 10
HTML = (("Content-Type", "text/html"),)
FORBIDDEN = Answer(403, "Forbidden", HTML, b"<h1>Forbidden</h1>")
BROKEN = Answer(500, "Internal Server Error", HTML, b"<h1>Error</h1>")
CHALLENGE = Answer(200, "OK", HTML, b"<title>Just a moment...</title><h1>Just a moment...</h1>")


class Closed(Gazette):
    """Answers so for every page, once so many were given."""

    said = None
    after = 0

    def answer(self, target, headers):
        made = super().answer(target, headers)
        if self.said is None or not target.startswith("/2020/"):
            return made
        self.after -= 1
        if self.after >= 0:
            return made
        nonce = b"<!-- %d -->" % self.after
        return replace(self.said, body=self.said.body + nonce)


@pytest.fixture
def site(server):
    server.site = Closed(server.base_url, COUNT)
    return server.site


@pytest.fixture
def bench(tmp_path, site):
    return Bench(tmp_path, site.base_url)


def pages(site):
    return [target for target in site.targets() if target.startswith("/2020/")]


@pytest.mark.parametrize(
    ("said", "after", "code"),
    [(FORBIDDEN, 0, 4), (FORBIDDEN, 5, 3), (CHALLENGE, 0, 4), (BROKEN, 0, 4), (BROKEN, 5, 3)],
)
def test_a_site_that_refuses_every_page_is_left_alone(bench, site, caplog, said, after, code):
    site.said, site.after = said, after
    result = bench.crawl()
    assert result.exit_code == code
    asked = len(pages(site))
    assert PATIENCE <= asked - after <= PATIENCE + 10, "pages are read while others are asked for"
    (row,) = re.findall(
        r"(\d+) pages in a row were refused, failed, blocked or drifted", caplog.text
    )
    assert PATIENCE <= int(row) <= asked - after
    site.said = None
    later = datetime.now(UTC) + timedelta(days=1)
    assert bench.crawl(clock=lambda: later).summary.new == COUNT - after, "the next run goes on"


BACK_SOON = b"".join(
    b"<p>Our gardeners are busy with the hedges of this place, which have grown over the path in the"
    b" summer, and nobody can come in until they have been cut; part %d of the hedge is next.</p>"
    % n
    for n in range(9)
)


def hedges(_target):
    return b"<!doctype html><title>Hedges</title><h1>Hedges</h1>" + BACK_SOON


def behind_hedges(target):
    """The hedges under the head of the article that was asked for."""
    slug = target.rstrip("/").rpartition("/")[2]
    head = f"<h1>The lantern of {slug}</h1><p>By Ilse Garrow</p><time>2 May 2020</time>"
    return f"<!doctype html><title>The lantern of {slug}</title>{head}".encode() + BACK_SOON


def numbered(target):
    body = hedges(target).replace(b"Hedges", b"Garden hedges")
    return body + f"<p>You asked for {target} at {datetime.now(UTC)}</p>".encode()


def hedged_about(target):
    """The same in the article's own dress."""
    head = "<header><h1>Post {}</h1></header>".format(target.rstrip("/").rpartition("-")[2])
    body = f'<article>{head}<section class="content">'.encode() + BACK_SOON
    return b"<!doctype html><title>Post</title>" + body + b"</section></article>"


class Hedged(Gazette):
    """Shows a notice in words that nobody foresaw in place of some articles."""

    notice = staticmethod(hedges)
    shut = frozenset()

    def path(self, n):
        return super().path(n).replace("post-", "lanterns-of-the-harbour-post-")

    def answer(self, target, headers):
        made = super().answer(target, headers)
        n = target.rstrip("/").rpartition("post-")[2]
        if target.startswith("/2020/") and int(n) in self.shut:
            return Answer(200, "OK", HTML, self.notice(target))
        return made


@pytest.fixture
def hedged(server):
    server.site = Hedged(server.base_url, COUNT)
    return server.site


@pytest.fixture
def garden(tmp_path, hedged):
    return Bench(tmp_path, hedged.base_url)


def tomorrow():
    return datetime.now(UTC) + timedelta(days=1)


@pytest.mark.parametrize("notice", [hedges, behind_hedges, hedged_about, numbered])
def test_the_same_words_at_many_addresses_are_no_articles(garden, hedged, caplog, notice):
    hedged.notice, hedged.shut = notice, set(range(5, 25))
    result = garden.crawl()
    told = result.summary
    assert (result.exit_code, told.new, told.articles, told.blocked) == (
        3,
        COUNT - 20,
        COUNT - 20,
        20,
    )
    assert told.drift == []
    assert "post-7/: blocked: the same words stand at other addresses" in caplog.text
    assert len(agreed(garden)) == COUNT - 20
    hedged.shut = set(range(5, 8))
    again = garden.crawl(clock=tomorrow)
    assert (again.summary.new, again.summary.blocked) == (17, 3), "they are due, and told again"
    hedged.shut = ()
    last = garden.crawl(clock=lambda: tomorrow() + timedelta(days=1))
    assert (last.exit_code, last.summary.new) == (0, 3)
    assert len(agreed(garden)) == COUNT


@pytest.mark.parametrize("count", [1, 2])
def test_what_may_be_a_notice_is_looked_at_again_in_the_next_run(garden, hedged, count):
    hedged.notice = lambda target: hedges(target).replace(b"Hedges", b"Garden hedges")
    hedged.shut = set(range(count))
    assert garden.crawl().summary.new == COUNT
    hedged.shut = ()
    assert garden.crawl(clock=tomorrow).summary.changed == count
    pages(hedged)
    garden.crawl(clock=lambda: tomorrow() + timedelta(days=1))
    assert pages(hedged) == []


def test_words_of_a_notice_put_no_version_in_force(garden, hedged):
    """Of an article that is held, the record before comes back."""
    garden.crawl()
    held = garden.records()
    hedged.notice, hedged.shut = hedged_about, set(range(9))
    for n in hedged.shut:
        hedged.touch(n, datetime.now(UTC))
    told = garden.crawl(clock=tomorrow).summary
    assert (told.changed, told.blocked) == (0, 9)
    assert garden.records() == held
    assert len(agreed(garden)) == COUNT


def test_what_was_taken_back_stays_so_whatever_ends_the_run(garden, hedged, monkeypatch):
    hedged.shut = set(range(9))
    with monkeypatch.context() as cut:
        cut.setattr(Visits, "taken_back", lambda *_, **__: 1 / 0)
        assert garden.crawl().exit_code == 1, "a bug, say"
    hedged.shut = ()
    assert garden.crawl(clock=tomorrow).exit_code == 0
    assert len(agreed(garden)) == COUNT


def test_what_the_archivist_takes_for_an_article_is_one(garden, hedged):
    hedged.shut = set(range(9))
    garden.crawl()
    assert garden.crawl(hedged.url(3), accept=True).summary.new == 1
    assert "lanterns-of-the-harbour-post-3.json" in agreed(garden)


def test_one_article_at_many_addresses_is_one_at_each(garden, hedged):
    page = b"<title>Post and lanterns</title><h1>Post and lanterns</h1><p>By Ilse Garrow</p>"
    hedged.notice, hedged.shut = (lambda _: page + BACK_SOON), set(range(9))
    assert garden.crawl().summary.new == COUNT


def test_two_addresses_of_one_page_are_no_drift_of_the_profile(bench, site):
    said = Answer(200, "OK", HTML, b"<title>Hedges</title><h1>Hedges</h1>" + BACK_SOON)
    answer = site.answer
    same = {site.path(1), site.path(2)}
    site.answer = lambda target, headers: said if target in same else answer(target, headers)
    result = bench.crawl()
    assert (result.exit_code, result.summary.drifted, result.summary.new) == (0, 1, COUNT)


def test_a_site_whose_pages_all_drift_is_left_alone(garden, hedged, caplog):
    garden.crawl()
    pages(hedged)
    hedged.notice, hedged.shut = (lambda t: hedges(t) + t.encode()), set(range(COUNT))
    assert garden.crawl(full=True, clock=tomorrow).exit_code == 7
    assert PATIENCE <= len(pages(hedged)) <= PATIENCE + 10
    assert "blocked or drifted: the rest is left for now" in caplog.text


def test_pages_that_have_gone_to_another_host_are_no_refusals(bench, site):
    away = (("Location", "http://127.0.0.1:9/elsewhere/"),)
    site.said = Answer(301, "Moved", away, b"")
    result = bench.crawl()
    assert (len(pages(site)), result.summary.refused) == (COUNT, COUNT)


def test_another_site_is_asked_all_the_same(bench, site):
    site.said = FORBIDDEN
    with serve(lambda base_url: Gazette(base_url, 12)) as other:
        with bench.config.open("a", encoding="utf-8") as config:
            config.write(f'[[sites]]\nprofile = "wordpress"\nbase_url = "{other.base_url}"\n')
        result = bench.crawl()
    assert (result.exit_code, result.summary.new) == (3, 12)
    assert len(pages(site)) < COUNT


def test_what_is_given_is_asked_for_all_the_same(bench, site):
    site.said = FORBIDDEN
    result = bench.crawl(*(site.url(n) for n in range(PATIENCE + 5)))
    assert len(pages(site)) == PATIENCE + 5
    assert result.exit_code == 4


def test_a_page_that_came_begins_the_count_anew(bench, site):
    answer, site.said = site.answer, FORBIDDEN

    def now_and_then(target, headers):
        site.after = 1 if len(site.asked) % (PATIENCE - 5) == 0 else 0
        return answer(target, headers)

    site.answer = now_and_then
    result = bench.crawl()
    assert len(pages(site)) == COUNT
    assert (result.exit_code, result.summary.refused > COUNT - 5) == (3, True), (
        "and a page or two came"
    )


def test_what_robots_txt_forbids_now_is_not_said_to_be_due(crawled, origin, cli):
    """Nor is it: the audit comes by, and takes it up again where the rules allow it again."""
    text = (("Content-Type", "text/plain"),)
    origin.says("/robots.txt", 200, *text, body=b"User-agent: *\nDisallow: /\n")
    later = datetime.now(UTC) + timedelta(days=2)
    assert crawled.crawl(audit=9, clock=lambda: later).exit_code == 6
    told = cli("status", "--config", crawled.config).out
    assert told.count("robots.txt disallows it, 0x, again in an audit") == 5
    assert told.count("again next run") == 1, "the page that was never held"
    now = datetime.now(UTC)
    assert status(Archive.open(crawled.archive), now, timedelta(days=1)).stale == ()
    stale = status(Archive.open(crawled.archive), later, timedelta(days=1)).stale
    assert [said.partition(" since ")[0] for said in stale] == [
        "no run finished",
        "no page was fetched",
    ]


ROBOTS = "/robots.txt"


def robots(site, answer):
    """From now on robots.txt is answered so; ``None``: as it was."""
    if answer is None:
        del site.answer
    else:
        whole = site.answer
        site.answer = lambda target, headers: answer if target == ROBOTS else whole(target, headers)


def test_n29_a_robots_txt_that_comes_to_forbid_all_articles_is_told(bench, site):
    """Though it leaves the sources: nothing new can be seen any more."""
    bench.crawl(limit=5)
    later = datetime.now(UTC) + timedelta(days=2)
    robots(site, Answer(200, "OK", HTML[:0], b"User-agent: *\nDisallow: /2020/\n"))
    for wishes in ({"audit": 2}, {"full": True}):
        result = bench.crawl(clock=lambda: later, **wishes)
        assert (result.exit_code, result.summary.source_warnings) == (6, 0)
        assert result.reason.startswith("robots.txt forbids all")


@pytest.mark.parametrize("leads_away", [False, True])
def test_n29_an_edit_told_while_robots_txt_forbids_its_page_is_seen_once_it_allows_it(
    bench, site, leads_away
):
    """Or while the page leads to where robots.txt forbids to go."""
    bench.crawl()
    site.touch(3, datetime.now(UTC) + timedelta(days=1))
    site.words[3] = "Corrected since. "
    forbidden = "/login/" if leads_away else "/2020/"
    site.said = Answer(302, "Found", (("Location", "/login/"),), b"") if leads_away else None
    robots(site, Answer(200, "OK", (), f"User-agent: *\nDisallow: {forbidden}\n".encode()))
    for day in (1, 3):
        now = datetime.now(UTC) + timedelta(days=day)
        told = bench.crawl(clock=lambda now=now: now).summary
        assert (told.refused, told.changed) == (1, 0)
    assert [one.is_due for one in status(Archive.open(bench.archive), now).failing] == [True]
    robots(site, None)
    site.said = None
    now += timedelta(days=2)
    told = bench.crawl(clock=lambda: now).summary
    assert (told.changed, told.articles) == (1, 1), "what nobody told of is for the audit"


def test_n29_a_robots_txt_that_is_down_puts_nothing_off(bench, site):
    """What was not asked for has not failed: it is due as soon as robots.txt can be read again."""
    bench.crawl(limit=5)
    robots(site, Answer(500, "Error", (), b""))
    for day in range(2, 9):
        now = datetime.now(UTC) + timedelta(days=day)
        result = bench.crawl(clock=lambda now=now: now)
        assert (result.exit_code, result.summary.failed) == (4, COUNT - 5)
        assert status(Archive.open(bench.archive), now).urls == {
            "captured": 5,
            "pending": COUNT - 5,
        }
    robots(site, None)
    now += timedelta(days=1)
    assert bench.crawl(clock=lambda: now).summary.new == COUNT - 5


@pytest.mark.parametrize("is_told", [True, False])
def test_n32_articles_removed_in_bulk_are_no_site_that_is_broken(bench, site, is_told):
    """Where the sitemap tells of it; else so many addresses, and no page seen, are hardly removed."""
    bench.crawl()
    removed, answer = set(range(COUNT - 30, COUNT - 5)), site.answer
    site.answer = lambda target, headers: (
        Answer(404, "Not Found", HTML, b"")
        if target in {site.path(n) for n in removed}
        else answer(target, headers)
    )
    site.unlisted = removed if is_told else set()
    for n in removed if not is_told else {COUNT - 1}:
        site.touch(n, datetime.now(UTC) + timedelta(days=1))
    bench.crawl(limit=1)
    result = bench.crawl(audit=12 if is_told else 0)
    assert (result.summary.gone >= 11, result.summary.fetched) == (True, 0)
    assert result.exit_code == (0 if is_told else 4)
