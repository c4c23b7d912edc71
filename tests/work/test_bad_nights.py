"""A night on which other pages stand in place of most articles: what was new in it is not believed."""

from datetime import UTC, datetime, timedelta

import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.errors import WriteError
from eafarchive.work.crawling.night import Night
from eafarchive.work.records.visits import Visits
from gazette import Gazette
from workbench import Bench, agreed

HTML = (("Content-Type", "text/html"),)
COUNT = 12
EDITED, NEW = range(3, 9), (COUNT, COUNT + 1)


class Clouded(Gazette):
    """Shows in place of each article what ``shown`` makes of its page."""

    shown = None

    def answer(self, target, headers):
        made = super().answer(target, headers)
        if self.shown is None or not target.startswith("/2020/") or made.status == 404:
            return made
        n = int(target.rstrip("/").rpartition("post-")[2])
        body = self.shown(n, self.page(n))
        return Answer(200, "OK", HTML, body) if body is not None else made

    def page(self, n):
        """Pages that share no words, under titles of their addresses."""
        line = (
            f"lantern{n} and quay{n} were sold to boat{n} before the tide of year{n} had turned. "
        )
        body = "".join(f"<p>{line * 3}{k} of {n}.</p>" for k in range(9))
        body += f"<p>{self.words.get(n, '')}</p>"
        return dressed(n, body)


def dressed(n, body, title="Post"):
    return (
        f'<!doctype html><html lang="en"><head><title>{title} {n}</title></head><body>'
        f'<article><header><h1>{title} {n}</h1></header><section class="content">{body}'
        "</section></article></body></html>"
    ).encode()


TEASER = (
    "<p>lantern and quay were sold again before the tide, and this is all that we may tell.</p>"
)
FOR_SALE = (
    "<p>Whoever wants the rest of it has to take out a subscription for two coins a week.</p>"
)


def teaser(n, _page):
    return dressed(n, TEASER.replace("quay", f"quay{n}") + FOR_SALE)


def ticket(n, _page):
    """Words that nobody foresaw, and a number in them, in the dress of articles."""
    return dressed(n, TEASER + FOR_SALE + f"<p>Your ticket has the number {n * 7919}.</p>")


def tokens():
    made = iter(range(10**6, 10**7, 7))
    return lambda n, page: ticket(n, page).replace(b"coins", b"coins %d" % next(made))


@pytest.fixture
def site(server):
    server.site = Clouded(server.base_url, COUNT)
    return server.site


@pytest.fixture
def bench(tmp_path, site):
    made = Bench(tmp_path, site.base_url)
    assert made.crawl(clock=night(-1)).summary.new == COUNT
    return made


def night(n):
    return lambda: datetime.now(UTC) + timedelta(days=n)


def news(site, edited=EDITED):
    for n in (*edited, *NEW):
        site.touch(n, datetime.now(UTC))


@pytest.mark.parametrize("shown", [teaser, ticket, tokens()])
def test_n37_what_is_new_on_a_bad_night_is_not_believed(bench, site, caplog, shown):
    held = bench.records()
    news(site)
    site.shown = shown
    bad = bench.crawl(clock=night(0))
    assert bad.exit_code == 7
    assert (bad.summary.new, bad.summary.articles, bad.summary.blocked) == (0, 0, 2)
    named = {one.url: one.rules for one in bad.summary.drift}
    assert named.keys() == {site.url(n) for n in (*EDITED, *NEW)}
    assert named[site.url(COUNT)][0].startswith("not believed")
    assert f"post-{COUNT}/: blocked: not believed" in caplog.text
    assert bench.records() == held
    assert len(agreed(bench)) == COUNT
    again = bench.crawl(clock=night(1))
    assert (again.exit_code, again.summary.new, again.summary.fetched) == (7, 0, 8)
    assert bench.records() == held
    assert len(agreed(bench)) == COUNT
    site.shown = None
    good = bench.crawl(clock=night(2))
    assert (good.exit_code, good.summary.new) == (0, 2)
    assert all(f"year{n}" in bench.records()[name].decode() for n, name in names(bench))
    assert len(agreed(bench)) == COUNT + 2
    site.targets()
    assert bench.crawl(clock=night(3)).summary.fetched == 0


def names(bench):
    return [(n, next(f for f in bench.records() if f.endswith(f"post-{n}.json"))) for n in NEW]


def test_what_was_an_article_on_a_bad_night_is_one_once_it_is_seen_again(bench, site):
    """The same payload, of which the first capture is the evidence."""
    news(site)
    site.shown = lambda n, page: None if n in NEW else teaser(n, page)
    assert bench.crawl(clock=night(0)).summary.new == 0
    site.shown = None
    good = bench.crawl(clock=night(1))
    assert (good.exit_code, good.summary.new) == (0, 2)
    assert len(agreed(bench)) == COUNT + 2
    assert (bench.archive / "notices-sha256.txt").read_text() == ""


def test_a_version_of_a_bad_night_is_taken_back_to_the_one_before(bench, site):
    held = bench.records()
    site.words[10] = "Nine more lanterns were found in the hold, it is said in the harbour."
    news(site, [*EDITED, 10])
    site.shown = lambda n, page: None if n == 10 else teaser(n, page)
    bad = bench.crawl(clock=night(0))
    assert (bad.summary.changed, bad.summary.blocked) == (0, 3)
    assert bench.records() == held
    site.shown = None
    assert bench.crawl(clock=night(1)).summary.changed == 1
    assert len(agreed(bench)) == COUNT + 2


def test_words_that_stand_in_place_of_articles_are_none_elsewhere(bench, site):
    """Though most articles are well."""
    news(site, range(10))
    site.shown = lambda n, _page: dressed("", TEASER + FOR_SALE * 4) if n in {1, 2, COUNT} else None
    assert bench.crawl(clock=night(0)).summary.new == 1
    site.shown = None
    assert bench.crawl(clock=night(1)).summary.new == 1
    assert len(agreed(bench)) == COUNT + 2


def test_what_was_not_believed_stays_so_whatever_ends_the_run(bench, site, monkeypatch):
    news(site)
    site.shown = teaser
    with monkeypatch.context() as cut:
        cut.setattr(Visits, "taken_back", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bench.crawl(clock=night(0))
    site.shown = None
    assert bench.crawl(clock=night(1)).exit_code == 0
    assert len(agreed(bench)) == COUNT + 2


@pytest.mark.parametrize("error", [ZeroDivisionError, WriteError("the disk is full")])
def test_a_bad_night_that_comes_to_no_end_is_not_believed_either(bench, site, monkeypatch, error):
    """Though the next night, which goes on with what is left, is a good one."""
    news(site)
    site.shown = teaser

    def end(*_):
        raise error

    with monkeypatch.context() as cut:
        cut.setattr(Night, "end", end)
        with pytest.raises((ZeroDivisionError, WriteError)):
            bench.crawl(clock=night(0))
    assert len(bench.records()) == COUNT + 2
    site.shown = None
    good = bench.crawl(clock=night(1))
    assert (good.exit_code, good.summary.new, good.summary.changed) == (0, 2, 0)
    assert all(f"year{n}" in bench.records()[name].decode() for n, name in names(bench))
    assert len(agreed(bench)) == COUNT + 2


def test_what_stands_instead_of_articles_for_good_holds_nothing_new_back(bench, site):
    """A night is bad for a few nights; then it is what the site shows."""
    site.shown = lambda n, page: teaser(n, page) if n in {3, 4, 5} else None
    for n in (3, 4, 5, COUNT):
        site.touch(n, datetime.now(UTC))
    new = [bench.crawl(clock=night(n)).summary.new for n in range(30)]
    assert sum(new) == 1
    assert 1 in new[:12]
    site.touch(COUNT + 1, datetime.now(UTC) + timedelta(days=30))
    assert bench.crawl(clock=night(31)).summary.new == 1
    assert len(agreed(bench)) == COUNT + 2


def test_what_the_archivist_accepts_on_a_bad_night_is_an_article(bench, site):
    news(site)
    site.shown = teaser
    urls = [site.url(n) for n in (*EDITED, COUNT)]
    bench.crawl(*urls[:-1], clock=night(0))
    assert bench.crawl(urls[-1], accept=True, clock=night(0)).summary.new == 1
    assert len(agreed(bench)) == COUNT + 1


def edited(site):
    for n in EDITED:
        site.words[n] = f"An editor of the harbour came by and added line {n} of the lanterns."


def themed(site):
    site.shown = lambda _n, page: page.replace(b"<article>", b"<div class=dress><article>")


def two_drift(site):
    site.shown = lambda n, page: teaser(n, page) if n in {3, 4} else None


@pytest.mark.parametrize("night_of", [edited, themed, two_drift, lambda _: None])
def test_other_nights_are_believed(bench, site, night_of):
    news(site)
    night_of(site)
    result = bench.crawl(clock=night(0))
    assert (result.summary.new, result.summary.blocked) == (2, 0)
    assert result.summary.changed == (len(EDITED) if night_of is edited else 0)
    assert not (bench.archive / "notices-sha256.txt").exists()
    assert len(agreed(bench)) == COUNT + 2


def test_a_first_crawl_is_believed(tmp_path, site):
    site.shown = teaser
    bench = Bench(tmp_path, site.base_url)
    assert bench.crawl().summary.new == COUNT
    assert len(list(Archive.open(bench.archive).captures())) >= COUNT


def cut(_n, page):
    return page[: len(page) * 6 // 10]


def test_n38_a_page_that_is_cut_off_is_no_version(bench, site, caplog):
    """Though its length is right, or none is told."""
    held = bench.records()
    news(site)
    site.shown = cut
    bad = bench.crawl(clock=night(0))
    assert bad.exit_code == 7
    assert (bad.summary.new, bad.summary.changed, bad.summary.blocked) == (0, 0, 2)
    assert {one.url for one in bad.summary.drift} == {site.url(n) for n in EDITED}
    assert f"post-{COUNT}/: blocked: page: cut off before its end" in caplog.text
    assert bench.records() == held
    assert len(agreed(bench)) == COUNT
    site.shown = None
    good = bench.crawl(clock=night(1))
    assert (good.exit_code, good.summary.new, good.summary.unchanged) == (0, 2, len(EDITED))
    assert len(agreed(bench)) == COUNT + 2


def test_a_page_that_is_cut_off_whenever_it_is_seen_is_all_there_is(bench, site):
    news(site, ())
    site.shown = lambda n, page: cut(n, page) if n == COUNT else None
    told = [bench.crawl(clock=night(n)).summary.new for n in range(5)]
    assert told == [1, 0, 0, 1, 0], "of the other new one, and after three visits"
    assert len(agreed(bench)) == COUNT + 2


def test_a_page_of_a_first_crawl_that_is_cut_off_is_asked_for_again(tmp_path, site):
    site.shown = lambda n, page: cut(n, page) if n < 2 else None
    bench = Bench(tmp_path, site.base_url)
    assert bench.crawl(clock=night(0)).summary.warnings == 2
    site.shown = None
    assert bench.crawl(clock=night(1)).summary.changed == 2
    site.targets()
    assert bench.crawl(clock=night(2)).summary.fetched == 0
    assert len(agreed(bench)) == COUNT


@pytest.mark.parametrize("ends", [b"", b"</section></article>", b"</article>"])
def test_pages_of_a_site_that_writes_no_ends_are_whole(tmp_path, site, ends):
    site.shown = lambda _n, page: page.partition(b"</section>")[0].replace(b"</p>", b"") + ends
    bench = Bench(tmp_path, site.base_url)
    bench.crawl(clock=night(-2))
    bench.crawl(clock=night(-1))
    edited(site)
    news(site)
    result = bench.crawl(clock=night(0))
    assert (result.exit_code, result.summary.drifted, result.summary.blocked) == (0, 0, 0)
    assert (result.summary.changed, result.summary.new) == (len(EDITED), 2)
    assert len(agreed(bench)) == COUNT + 2


def unended(site):
    """A theme that leaves out what may be left out."""
    site.shown = lambda _n, page: page.replace(b"</body></html>", b"").replace(b"</p>", b"")
    edited(site)


def test_a_theme_that_leaves_out_what_it_may_cuts_nothing_off(bench, site):
    news(site)
    unended(site)
    result = bench.crawl(clock=night(0))
    assert (result.exit_code, result.summary.changed, result.summary.new) == (0, len(EDITED), 2)
