"""Articles that change, silently or not, vanish, come back, move, or only put on another dress."""

import itertools
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from eafarchive.archive.books.agenda import Agenda
from eafarchive.archive.directory.holdings import Archive, Keeper
from eafarchive.demosite import Answer
from eafarchive.errors import WriteError
from eafarchive.work.held.status import status as status_of
from eafarchive.work.records.shelf import Shelf
from eafarchive.work.records.visits import Visits
from eafarchive.work.verification.rebuild import rebuild
from eafarchive.work.verification.verify import Verification
from workbench import Bench

NOW = datetime.now(UTC)
LASTMOD = "2026-01-01T00:00:00+00:00"


def rows(bench):
    ledger = Archive.open(bench.archive).ledger()
    try:
        return ledger.captures()
    finally:
        ledger.close()


def visit(bench, origin, path):
    ledger = Archive.open(bench.archive).ledger()
    try:
        return ledger.visit(origin.base_url.split("/")[2] + path.rstrip("/"))
    finally:
        ledger.close()


def pages_asked(origin):
    return [target for target in origin.requests if target[1:5].isdigit()]


def check_sound(bench):
    with bench.reader() as reader:
        findings = list(Verification(Archive.open(bench.archive), reader).findings())
    assert [finding for finding in findings if finding.severity == "error"] == []


def silently(origin, path, paragraph="A silent change."):
    """The article changes, and neither its time nor any sitemap says so."""
    old, new = origin.site, origin.site.edited(path, paragraph, LASTMOD)
    origin.script.answers[path] = new.answer
    return old


def test_a_page_that_was_only_touched_is_answered_by_304(crawled, origin):
    """The sitemap says it moved, the server that it did not: one request, and a revisit."""
    path = origin.site.articles[0].path
    before, old = crawled.records(), origin.site
    origin.site = origin.site.edited(path, "Taken back.", LASTMOD)
    origin.script.answers[path] = old.answer
    summary = crawled.crawl().summary
    assert (summary.fetched, summary.unchanged, summary.changed) == (1, 1, 0)
    last = rows(crawled)[-1]
    assert (last.kind, last.status, last.target_uri) == ("revisit", 304, origin.url(path))
    assert crawled.records() == before
    origin.forget_requests()
    crawled.crawl()
    assert pages_asked(origin) == [], "the time that lied is known now"
    check_sound(crawled)


def test_limited_runs_go_round_a_site_that_calls_all_its_pages_new_each_night(crawled, origin):
    old = origin.site
    paths = [article.path for article in old.articles]
    asked = []
    for night in range(3):
        for path in paths:
            origin.site = origin.site.edited(path, "Stamped.", f"2026-01-0{night + 1}T00:00:00Z")
            origin.script.answers[path] = old.answer
        origin.forget_requests()
        crawled.crawl(limit=len(paths) // 3 + 1, audit=0)
        asked.append(set(pages_asked(origin)))
    assert set.union(*asked) == set(paths)


def test_the_same_payload_again_is_a_revisit(crawled, origin):
    before = crawled.records()
    summary = crawled.crawl(full=True).summary
    assert summary.unchanged == len(origin.site.articles)
    again = [row for row in rows(crawled) if row.kind == "revisit" and row.status == 200]
    assert {row.target_uri for row in again} >= {origin.url(a.path) for a in origin.site.articles}
    assert crawled.records() == before
    check_sound(crawled)


def test_n33_validators_that_always_change(crawled, origin):
    path = origin.site.articles[0].path
    old = origin.site
    origin.site = origin.site.edited(path, "Taken back.", LASTMOD)

    def restless(target, headers):
        whole = old.answer(target, {"Accept-Encoding": "gzip"})
        return Answer(
            200, "OK", (("ETag", f'"{len(origin.requests)}"'), *whole.headers), whole.body
        )

    origin.script.answers[path] = restless
    assert crawled.crawl().summary.unchanged == 1
    assert (rows(crawled)[-1].kind, rows(crawled)[-1].status) == ("revisit", 200)


def test_n33_validators_that_never_change_hide_nothing_for_ever(crawled, origin):
    """A page's server swears that nothing changed; the audit does not ask it that."""
    path = origin.site.articles[0].path
    changed = silently(origin, path).edited(path, "A silent change.", LASTMOD)
    tag = dict(origin.site.answer(path, {}).headers)["ETag"]

    def frozen(target, headers):
        if headers.get("If-None-Match") == tag:
            return Answer(304, "Not Modified", (("ETag", tag),), b"")
        whole = changed.answer(target, {})
        return Answer(200, "OK", (*whole.headers, ("ETag", tag)), whole.body)

    origin.script.answers[path] = frozen
    assert crawled.crawl(audit=0).summary.changed == 0
    assert crawled.crawl(audit=9).summary.changed == 1
    assert "A silent change." in crawled.by_path()[path]["text"]


def test_n32_the_audit_finds_a_silent_edit_in_a_bounded_number_of_runs(crawled, origin):
    path = origin.site.articles[3].path
    silently(origin, path)
    changed = audited = 0
    seen = set()
    for run in range(1, 4):
        origin.forget_requests()
        summary = crawled.crawl(audit=2, clock=lambda n=run: NOW + timedelta(days=n)).summary
        changed += summary.changed
        audited += summary.audited
        seen |= set(pages_asked(origin))
    assert (changed, audited) == (1, 6)
    assert seen == {page.path for page in origin.site.pages}, (
        "five articles and a page that is none"
    )
    check_sound(crawled)


def test_the_audit_is_in_the_configuration(crawled, origin, tmp_path):
    text = crawled.config.read_text("utf-8")
    crawled.config.write_text(text.replace("audit = 0", "audit = 4"), "utf-8")
    assert crawled.crawl().summary.audited == 4
    assert crawled.crawl(since="1990-01-01", until="1990-12-31").summary.audited == 0
    crawled.config.write_text(text.replace("audit = 0", ""), "utf-8")
    held = len(origin.site.articles)
    assert crawled.crawl().summary.audited == held, "twenty at most, unless said otherwise"


def test_a_page_in_another_dress_is_no_new_version(crawled, origin):
    """The article's words are the same, each page's bytes are others."""
    before, old = crawled.records(), origin.site
    noise = b"<footer><p>Copyright 2031 and a new donation banner</p></footer></body>"

    def dressed(target, headers):
        whole = old.answer(target, {})
        return Answer(200, "OK", whole.headers, whole.body.replace(b"</body>", noise))

    for page in origin.site.articles:
        origin.script.answers[page.path] = dressed
    summary = crawled.crawl(audit=9).summary
    articles = len(origin.site.articles)
    assert (summary.chrome_only, summary.changed, summary.articles) == (articles, 0, articles)
    assert crawled.records() == before
    check_sound(crawled)


@pytest.mark.parametrize("layout", ["2012", "2023", "2024"])
def test_a_site_in_another_layout_is_no_new_version(crawled, origin, layout):
    """Each layout shows other metadata; the words are the same."""
    before = crawled.records()
    for article in origin.site.articles:
        origin.site = origin.site.relaid(article.path, layout)
    summary = crawled.crawl(audit=9).summary
    articles = len(origin.site.articles)
    assert (summary.changed, summary.new, summary.articles) == (0, 0, articles)
    assert summary.chrome_only >= articles - 2
    assert crawled.records() == before
    check_sound(crawled)
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A word more.", LASTMOD)
    later = datetime.now(UTC) + timedelta(days=1)
    assert crawled.crawl(clock=lambda: later).summary.changed == 1


@pytest.mark.parametrize("status", [404, 410])
def test_n32_an_article_that_is_gone_is_kept_and_marked(crawled, origin, status):
    path = origin.site.articles[0].path
    before = crawled.records()
    origin.says(path, status)
    result = crawled.crawl(audit=9)
    assert (result.summary.gone, result.summary.failed, result.exit_code) == (1, 0, 0)
    now = status_of(Archive.open(crawled.archive), datetime.now(UTC))
    assert (now.urls["gone"], now.due) == (1, 0)
    assert {one.outcome for one in now.failing} == {"blocked"}, "the bundled challenge page"
    gone = visit(crawled, origin, path)
    assert (gone.outcome, gone.detail) == ("gone", f"status {status}")
    assert gone.gone_at is not None
    assert crawled.records() == before
    origin.forget_requests()
    assert crawled.crawl().summary.gone == 0
    assert path not in origin.requests
    at, asked = NOW, 0
    for _ in range(6):  # it is asked for twice more, then only by the audit
        at += timedelta(days=1)
        asked += crawled.crawl(clock=lambda now=at: now).summary.gone
    assert asked == 2
    assert visit(crawled, origin, path).gone_at == gone.gone_at
    check_sound(crawled)


def test_an_article_that_comes_back_is_held_again(crawled, origin):
    path = origin.site.articles[0].path
    origin.says(path, 404)
    crawled.crawl(audit=9)
    del origin.script.answers[path]
    summary = crawled.crawl(clock=lambda: datetime.now(UTC) + timedelta(days=1)).summary
    assert (summary.unchanged, summary.articles, summary.gone) == (1, 1, 0)
    back = visit(crawled, origin, path)
    assert (back.outcome, back.gone_at, back.due) == ("captured", None, 0)


def test_a_missing_page_that_was_never_held_is_a_failure(bench, origin):
    result = bench.crawl()
    assert (result.summary.failed, result.summary.gone, result.exit_code) == (1, 0, 3)


NO_ARTICLE = b"<!doctype html><title>Harbours</title><h1>Harbours</h1><main></main>"


def test_an_article_whose_first_page_holds_none_is_asked_for_again(bench, origin):
    """As where the database was away when it was published: no sitemap moves when it is back."""
    path = origin.site.articles[0].path
    origin.says(path, 200, ("Content-Type", "text/html"), body=NO_ARTICLE)
    bench.crawl()
    awaited = visit(bench, origin, path)
    assert (awaited.outcome, awaited.due, awaited.captured_at) == ("not an article", 1, None)
    with bench.reader() as reader:
        rebuild(Archive.open(bench.archive), reader, lambda: False)
    assert visit(bench, origin, path).due == 1, "by the captures alone"
    del origin.script.answers[path]
    assert bench.crawl(clock=lambda: NOW + timedelta(days=1)).summary.new == 1
    assert path in bench.by_path()


def test_pages_that_hold_no_article_for_good_are_asked_for_a_while_and_then_by_the_audit(
    bench, origin, caplog
):
    paths = [article.path for article in origin.site.articles[:3]]
    for path in paths:
        origin.says(path, 200, ("Content-Type", "text/html"), body=NO_ARTICLE)
    bench.crawl()
    for night in range(1, 30):
        caplog.clear()
        origin.forget_requests()
        result = bench.crawl(clock=lambda now=NOW + timedelta(days=2 * night): now)
        assert result.exit_code in {0, 3}, "nothing has drifted since the first night"
        assert not any(path in caplog.text for path in paths), "and nothing of it is news"
        if not set(paths) & set(pages_asked(origin)):
            break
    assert 9 <= night < 25
    assert {visit(bench, origin, path).outcome for path in paths} == {"captured"}
    bench.crawl(audit=20, clock=lambda: NOW + timedelta(days=90))
    assert set(paths) <= set(pages_asked(origin))
    assert {visit(bench, origin, path).outcome for path in paths} == {"captured"}


def test_n32_an_article_that_moved_is_followed_and_noted(crawled, origin, caplog):
    old, new = origin.site.articles[0].path, "/2031/02/03/another-address/"
    there = origin.site.answer(old, {})
    origin.says(old, 301, ("Location", new))
    origin.says(new, 200, *there.headers, body=there.body.replace(old.encode(), new.encode()))
    result = crawled.crawl(audit=9)
    assert (result.summary.moved, result.summary.failed, result.exit_code) == (1, 0, 0)
    assert f"{old}: moved: " in caplog.text
    moved = visit(crawled, origin, old)
    assert (moved.outcome, moved.detail) == ("redirected", origin.url(new))
    assert visit(crawled, origin, new).outcome == "captured"
    assert old in crawled.by_path(), "what was held is kept"
    assert crawled.crawl(audit=9).summary.moved == 0, "it is noted once"
    check_sound(crawled)


@pytest.mark.parametrize("days", [1, -400])
@pytest.mark.parametrize("wishes", [{"audit": 9}, {"full": True}])
def test_an_article_that_another_led_to_is_not_asked_for_again(crawled, origin, wishes, days):
    """When its own turn comes in the same run; whatever the clock says."""
    old, new = (article.path for article in origin.site.articles[:2])
    origin.says(old, 301, ("Location", origin.url(new)))
    origin.forget_requests()
    result = crawled.crawl(clock=lambda: datetime.now(UTC) + timedelta(days=days), **wishes)
    assert result.summary.moved == 1
    asked = pages_asked(origin)
    assert asked.count(new) == 1
    assert {article.path for article in origin.site.articles} <= set(asked), "and all others are"


def test_a_challenge_in_place_of_an_article_changes_nothing(crawled, origin):
    path = origin.site.articles[0].path
    before = crawled.records()
    challenge = next(p.path for p in origin.site.pages if p.definition.status == "challenge")
    whole = origin.site
    origin.script.answers[path] = lambda _target, headers: whole.answer(challenge, headers)
    crawled.crawl(audit=9)
    assert crawled.records() == before
    del origin.script.answers[path]
    later = datetime.now(UTC) + timedelta(days=1)
    crawled.crawl(audit=9, clock=lambda: later)
    assert crawled.records() == before
    check_sound(crawled)


def test_n32_an_article_put_back_to_what_it_was_is_a_version_again(crawled, origin):
    """Its third capture is stored whole, so that the WARC files alone tell which is the newest."""
    path = origin.site.articles[0].path
    first = crawled.by_path()[path]["text"]
    silently(origin, path)
    assert crawled.crawl(audit=9).summary.changed == 1
    del origin.script.answers[path]
    later = datetime.now(UTC) + timedelta(days=1)
    assert crawled.crawl(audit=9, clock=lambda: later).summary.changed == 1
    assert crawled.by_path()[path]["text"] == first
    check_sound(crawled)


def test_a_record_that_was_lost_is_made_again_from_what_a_revisit_repeats(crawled, origin):
    path = origin.site.articles[0].path
    before = crawled.records()
    lost = next(n for n in before if n.endswith(path.rstrip("/") + ".json"))
    (crawled.archive / "records" / lost).unlink()
    crawled.crawl(origin.url(path))
    assert crawled.records() == before
    check_sound(crawled)


def test_a_crash_after_a_revisit_was_stored_is_caught_up_with(crawled, origin, monkeypatch):
    def crash(*_):
        raise WriteError("the lights went out")

    with monkeypatch.context() as patched:
        patched.setattr(Visits, "arrived", crash)
        with pytest.raises(WriteError):
            crawled.crawl(full=True)
    assert crawled.crawl().exit_code == 0
    assert crawled.crawl().summary.requests == 2
    check_sound(crawled)


def test_a_ledger_made_again_from_the_warcs_knows_what_is_held(crawled, origin):
    crawled.crawl(full=True)
    noted = rows(crawled)
    for path in crawled.archive.glob("ledger*"):
        path.unlink()
    origin.forget_requests()
    then = datetime.now(UTC)
    summary = crawled.crawl(clock=lambda: then + timedelta(minutes=2)).summary
    assert rows(crawled)[: len(noted)] == noted
    assert visit(crawled, origin, origin.site.articles[0].path).visited_at < then
    assert pages_asked(origin) == []
    assert summary.fetched == 0


def test_sites_do_not_touch_each_others_urls(crawled, origin, tmp_path):
    """What another site's sources left due is not asked for when that site is configured no more."""
    origin.site = origin.site.published()
    crawled.crawl(limit=1)
    ledger = Archive.open(crawled.archive).ledger()
    ledger.close()
    other = Bench(tmp_path, origin.base_url.replace("127.0.0.1", "localhost"))
    summary = other.crawl(limit=1).summary
    assert (summary.refused, summary.failed) == (0, 0)


STEPS = [
    (Keeper, "append_all"),
    (Agenda, "take_reading"),
    (Agenda, "remember_source"),
    (Shelf, "put"),
    (Visits, "arrived"),
    (Visits, "failed"),
]


def final_state(bench):
    """What a run leaves behind, without times and places."""
    ledger = Archive.open(bench.archive).ledger()
    urls = (
        "SELECT key, outcome, due, lastmod, payload_digest, gone_at IS NULL FROM urls ORDER BY key"
    )
    sources = "SELECT url, lastmod, read_lastmod, leads, payload_digest FROM sources ORDER BY url"
    try:
        left = [ledger._db.execute(query).fetchall() for query in (urls, sources)]
        left.append(sorted({(row.target_uri, row.payload_digest) for row in ledger.captures()}))
    finally:
        ledger.close()
    said = bench.by_path()
    for record in said.values():
        del record["capture"]
    return [*left, said]


def changed_site(site):
    """One article edited, one new, one gone."""
    first, second = site.articles[0].path, site.articles[1].path
    return site.edited(first, "Edited.", LASTMOD).without(second).published()


@pytest.fixture
def undisturbed(crawled, origin, tmp_path):
    (tmp_path / "undisturbed").mkdir()
    other = Bench(tmp_path / "undisturbed", origin.base_url)
    shutil.copytree(crawled.archive, other.archive)
    whole = origin.site
    origin.site = changed_site(whole)
    other.crawl(audit=9)
    other.crawl()
    return final_state(other)


@pytest.mark.parametrize("steps", [1, 3, 6, 10, 15])
def test_a_run_killed_at_any_step_ends_like_an_undisturbed_one(
    crawled, undisturbed, monkeypatch, steps
):
    calls = itertools.count(1)

    def dying(step):
        def call(*arguments, **named):
            if next(calls) >= steps:
                raise WriteError("the lights went out")
            return step(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for kind, name in STEPS:
            patched.setattr(kind, name, dying(getattr(kind, name)))
        with pytest.raises(WriteError):
            crawled.crawl(audit=9)
    crawled.crawl(audit=9)
    crawled.crawl()
    assert final_state(crawled) == undisturbed
    check_sound(crawled)
