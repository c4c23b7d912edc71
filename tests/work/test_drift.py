"""Pages that stand in an article's place, and pages that no longer read as their profile says."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.config import load_profile
from eafarchive.demosite import Answer
from eafarchive.extraction import Page, extract
from eafarchive.model import Author, NotAnArticle
from eafarchive.record import decode_record
from eafarchive.work.held.status import status
from eafarchive.work.records import drift
from eafarchive.work.records.derive import rewrite_records
from eafarchive.work.records.drift import find_drift, standing_of
from eafarchive.work.records.stains import find_stains
from eafarchive.work.report.summary import Circumstances, Summary, exit_code
from eafarchive.work.verification.verify import Verification

HTML = ("Content-Type", "text/html; charset=utf-8")
EAF = load_profile("eastasiaforum")
URL = "https://eastasiaforum.org/2020/01/02/a-slug/"
FRONT = "The newest of everything that was written on this coast, week by week, for you. " * 3


def page(title, *paragraphs, head=""):
    words = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f"<!doctype html><title>{title}</title>{head}<h1>{title}</h1>{words}".encode()


STANDINGS_IN = {
    "challenge": page("Just a moment...", "Enable JavaScript and cookies to continue"),
    "challenge under the site's name": page("eastasiaforum.org", "Verify you are human by acting."),
    "firewall": page("Attention Required! | Cloudflare", "Sorry, you have been blocked", FRONT),
    "login": page("Log In ‹ East Asia Forum — WordPress", "Username or Email Address"),
    "wall": page("Trade by sea", "Please log in to continue reading."),
    "maintenance": page(
        "Maintenance", "Briefly unavailable for scheduled maintenance. Check back."
    ),
    "database": page("Database Error", "Error establishing a database connection"),
    "fatal": page("WordPress › Error", "There has been a critical error on this website."),
    "empty": b"",
    "nothing": b"<html><head></head><body></body></html>",
    "front page": page("East Asia Forum", FRONT, FRONT, head='<link rel=canonical href="/">'),
    "another article": page(
        "Else", FRONT, FRONT, head='<meta property="og:url" content="/2020/01/03/another/">'
    ),
    "not found": page("Page not found", FRONT, FRONT, FRONT, FRONT),
}


@pytest.mark.parametrize("name", STANDINGS_IN)
def test_what_stands_in_an_articles_place_is_known(name):
    found = extract(Page.from_html(STANDINGS_IN[name], URL), EAF)
    assert isinstance(found, NotAnArticle)
    assert found.is_blocked, found


def test_an_article_about_such_pages_is_one():
    words = "Please log in to continue reading, said the page, and nobody could say why it did. "
    html = page("Why the page was not found", *[words * 3] * 5, "Access denied", words)
    assert "Access denied" in extract(Page.from_html(html, URL), EAF).text


def later(**spent):
    return lambda: datetime.now(UTC) + timedelta(**spent)


def outcomes(bench):
    ledger = Archive.open(bench.archive).ledger()
    try:
        return {visit.url: visit for visit in ledger.troubled()}
    finally:
        ledger.close()


def same_bytes_from_the_warcs(bench):
    before = bench.records()
    with bench.reader() as reader:
        rewrite_records(Archive.open(bench.archive), reader, pytest.fail)
        assert bench.records() == before
        assert not [
            f
            for f in Verification(Archive.open(bench.archive), reader).findings()
            if f.severity == "error"
        ]


def test_blocked_pages_replace_nothing_and_are_asked_for_again(crawled, origin):
    before = crawled.records()
    pages = [article.path for article in origin.site.articles][:4]
    for path, name in zip(pages, ("challenge", "database", "empty", "front page"), strict=True):
        origin.says(path, 200, HTML, body=STANDINGS_IN[name])
    captures = len(list(Archive.open(crawled.archive).captures()))
    result = crawled.crawl(full=True)
    assert result.exit_code == 3
    # and the page that was blocked before is asked for, though its time has not come
    assert (result.summary.fetched, result.summary.articles, result.summary.warnings) == (6, 1, 5)
    assert len(list(Archive.open(crawled.archive).captures())) >= captures + 4
    assert crawled.records() == before
    for path in pages:
        visit = outcomes(crawled)[origin.url(path)]
        assert (visit.outcome, visit.failures) == ("blocked", 1)
        assert visit.detail
        assert visit.due_at > datetime.now(UTC)
        assert visit.captured_at is not None
    same_bytes_from_the_warcs(crawled)
    origin.script.answers.clear()
    result = crawled.crawl(clock=later(hours=1))
    assert result.summary.unchanged == 4
    assert not outcomes(crawled).keys() & {origin.url(path) for path in pages}


def shortened(site, path):
    """The article's page with most of its paragraphs gone."""

    def answer(target, headers):
        body = site.answer(target, {}).body.decode()
        paragraphs = re.findall(r"<p\b.*?</p>", body, re.DOTALL)
        for words in sorted(paragraphs, key=len)[1:]:
            body = body.replace(words, "")
        return Answer(200, "OK", (HTML,), body.replace("East Asia Forum</h1>", "").encode())

    return answer


def test_drift_is_told_and_holds_the_good_records(crawled, origin):
    before = crawled.records()
    for article in origin.site.articles:
        origin.script.answers[article.path] = shortened(origin.site, article.path)
    result = crawled.crawl(full=True)
    assert result.exit_code == 7
    assert {one.url for one in result.summary.drift} == {
        origin.url(article.path) for article in origin.site.articles
    }
    for one in result.summary.drift:
        assert any(re.match(r"text|required|layouts", rule) for rule in one.rules), one
    assert (result.summary.changed, result.summary.warnings >= 5) == (0, True)
    again = crawled.crawl(full=True)
    assert (again.exit_code, again.summary.drifted) == (7, 5), "though their time has not come"
    assert crawled.crawl().summary.fetched == 0, "it has come in no other run"
    assert crawled.records() == before
    assert {visit.outcome for visit in outcomes(crawled).values()} == {"drifted", "blocked"}
    same_bytes_from_the_warcs(crawled)
    origin.script.answers.clear()
    result = crawled.crawl(clock=later(hours=1))
    assert (result.exit_code, result.summary.unchanged, result.summary.drift) == (0, 5, [])


def test_status_knows_what_was_made_of_a_page_that_was_held_back(crawled, origin, monkeypatch):
    path = origin.site.articles[0].path
    body = origin.site.answer(path, {}).body.decode().replace("</p>", f" {COUNTRY}</p>")
    origin.says(path, 200, HTML, body=body.encode())
    assert crawled.crawl(full=True).summary.drifted == 1

    def told():
        held = status(Archive.open(crawled.archive), datetime.now(UTC)).failing
        return next(one.detail for one in held if one.url == origin.url(path))

    assert told().startswith("chrome")
    with monkeypatch.context() as mended:  # as a profile does that was adapted to the page
        mended.setattr(drift, "find_drift", lambda *_: ())
        with crawled.reader() as reader:
            assert rewrite_records(Archive.open(crawled.archive), reader, pytest.fail).written
    assert told() == "its record was made since, by 'eafarchive extract'"
    origin.says(path, 301, ("Location", "/"))
    origin.says("/", 200, HTML, body=b"<!doctype html><title>Home</title><h1>Home</h1>")
    assert crawled.crawl(origin.url(path)).summary.blocked == 1
    assert told().startswith("leads to what is no article"), "of which nothing was made"


@pytest.fixture(scope="module")
def record(crawled_once):
    folder, _ = crawled_once()
    found = [
        decode_record(path.read_bytes(), str(path)) for path in (folder / "archive").rglob("*.json")
    ]
    return next(r for r in found if r.extraction.layout and r.authors and r.word_count > 60)


def but(record, **said):
    layout = said.pop("layout", record.extraction.layout)
    made = msgspec.structs.replace(record.extraction, layout=layout)
    return msgspec.structs.replace(record, extraction=made, **said)


COUNTRY = (
    "The East Asia Forum office is based in Australia and EAF acknowledges the invented people of"
    " an invented land."
)


OTHER = {"title": "Another", "text": "Other words.\n\nAnd others still."}


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({}, []),
        ({"title": "Another", "summary": "Other words"}, []),
        ({"layout": "2099"}, []),
        ({**OTHER, "authors": (Author("Else"),)}, ["page"]),
        ({**OTHER, "published_at": "1999-01-01"}, ["page"]),
        ({**OTHER, "published_at": None, "layout": "2099"}, ["required"]),
        ({**OTHER, "text": "Other words.", "published_at": "not long ago"}, ["page"]),
        ({"layout": None}, ["layouts"]),
        ({"authors": ()}, ["required"]),
        ({"published_at": None}, ["required"]),
        ({"text": "Few words.", "word_count": 2}, ["text"]),
        ({"text": f"One.\n\n{COUNTRY}"}, ["chrome"]),
        ({"text": f"One. {COUNTRY} Two."}, ["chrome"]),
        ({"text": "One.\n\nSupport quality analysis\n\nTwo."}, ["chrome"]),
        ({"text": "He said: Support quality analysis. Comments are closed."}, []),
    ],
)
def test_what_speaks_against_a_record(record, said, rules):
    found = find_drift(standing_of(but(record, **said), EAF), standing_of(record, EAF), EAF)
    assert [re.match(r"\w+", rule)[0] for rule in found] == rules


def test_what_the_record_before_lacked_is_no_drift(record):
    stained = standing_of(but(record, text=f"One.\n\n{COUNTRY}", authors=(), layout=None), EAF)
    assert find_drift(stained, stained, EAF) == ()
    assert find_drift(standing_of(record, EAF), stained, EAF) == ()
    assert [rule for rule, _ in find_stains(COUNTRY, EAF)] == ["chrome.ends[1]"]


@pytest.mark.parametrize(
    ("gone", "refused", "fetched", "code"),
    [(9, 0, 0, 0), (10, 0, 0, 4), (8, 2, 0, 4), (0, 2, 0, 3), (0, 3, 0, 4), (20, 0, 1, 0)],
)
def test_a_site_that_shows_none_of_its_pages_was_not_fetched(gone, refused, fetched, code):
    summary = Summary(gone=gone, refused=refused, fetched=fetched)
    assert exit_code(summary, Circumstances(sources_read=3)) == code


def fail(origin, status, count=None):
    """Let so many articles fail from now on, on a site that has nothing else; how many do.

    A redirect leads to itself.
    """
    for page in origin.site.pages:
        origin.site = origin.site.without(page.path) if page.definition.status else origin.site
    articles = origin.site.articles[:count]
    for article in articles:
        origin.says(article.path, status, ("Location", origin.url(article.path)))
    return len(articles)


@pytest.mark.parametrize("status", [301, 400, 500])
def test_pages_that_all_failed_were_not_fetched_whichever_way_they_did(bench, origin, status):
    count = fail(origin, status)
    result = bench.crawl()
    assert result.summary.failed == count > 2
    assert (result.summary.fetched, result.exit_code) == (0, 4)


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_few_pages_that_are_left_over_are_some_that_failed(bench, origin, status):
    fail(origin, status, 2)
    assert bench.crawl().exit_code == 3
    result = bench.crawl(clock=lambda: datetime.now(UTC) + timedelta(days=3))
    assert (result.summary.failed, result.summary.fetched, result.exit_code) == (2, 0, 3)


@pytest.mark.parametrize(
    ("articles", "drifted", "code"),
    [(100, 2, 0), (100, 3, 7), (150, 3, 0), (200, 5, 7), (1000, 20, 0), (1000, 21, 7)],
)
def test_how_many_pages_are_the_profiles_drift(articles, drifted, code):
    summary = Summary(fetched=articles, articles=articles - drifted, drifted=drifted)
    assert exit_code(summary, Circumstances(held_back=drifted)) == code


@pytest.mark.parametrize("name", EAF.required)
def test_what_every_article_must_have_is_missed_though_its_words_are_the_same(crawled, name):
    record = decode_record(next(iter(crawled.records().values())), "it")
    bare = msgspec.structs.replace(
        record, **{name: () if name == "authors" else None, "byline": None}
    )
    unthemed = msgspec.structs.replace(
        bare, extraction=msgspec.structs.replace(bare.extraction, layout=None)
    )
    told = find_drift(standing_of(unthemed, EAF), standing_of(record, EAF), EAF)
    assert f"required: {name} is gone" in told
