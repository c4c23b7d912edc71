"""A server that names a false encoding for a night: what it said before is not unlearned."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.model import MISLABELLED
from eafarchive.work.held.history import history
from eafarchive.work.records.derive import rewrite_records
from eafarchive.work.verification.rebuild import rebuild

WORDS = "She said \u201cit\u2019s late\u201d \u2013 and Zo\u00eb left the harbour."
GARBLED = WORDS.encode().decode("cp1252", "replace")[:20]
UTF_8, LATIN = "text/html; charset=UTF-8", "text/html; charset=iso-8859-1"


@pytest.fixture
def article(origin):
    return origin.site.articles[0]


@pytest.fixture
def night(bench, origin, article):
    """Crawls the article under a header, a day later each time; gives the result."""
    days = iter(range(1, 99))

    def crawl(content_type, more="", encoding="utf-8", **wishes):
        page = article.raw(origin.base_url).decode()
        page = page.replace("<p>", f"<p>{WORDS} {more} ", 1) if "<p>" in page else page
        body = page.encode(encoding)
        headers = (("Content-Type", content_type),)
        origin.script.answers[article.path] = Answer(200, "OK", headers, body)
        past = timedelta(days=next(days))
        clock = lambda: datetime.now(UTC) + past  # noqa: E731
        return bench.crawl(origin.url(article.path), clock=clock, **wishes)

    return crawl


def visit(bench, article):
    with contextlib.closing(Archive.open(bench.archive).ledger()) as ledger:
        return ledger.visit(bench.by_path()[article.path]["key"])


def said(bench, article):
    """The record's text and warnings, once all verbs agree on it."""
    archive, records = Archive.open(bench.archive), bench.records()
    with bench.reader() as reader:
        found = history(archive, reader, next(iter(archive)).url)
        assert found.versions[-1].record in list(archive)
        with contextlib.closing(archive.ledger()) as ledger:
            before = ledger.visit(found.key)
        rebuild(archive, reader, lambda: False)
        with contextlib.closing(archive.ledger()) as ledger:
            after = ledger.visit(found.key)
        rewrite_records(archive, reader, pytest.fail)
    assert bench.records() == records
    assert (before.outcome, before.payload_digest) == (after.outcome, after.payload_digest)
    record = bench.by_path()[article.path]
    return record["text"], record["extraction"]["warnings"]


@pytest.mark.parametrize("first", [UTF_8, "text/html"])
def test_the_same_payload_is_the_same_article_whatever_its_header_says(
    night, bench, article, first
):
    assert night(first).summary.new == 1
    held = bench.records()
    for header in (LATIN, "text/html; charset=koi8-r", first):
        counts = night(header).summary
        assert (counts.unchanged, counts.changed) == (1, 0)
        assert bench.records() == held
    text, warnings = said(bench, article)
    assert WORDS in text
    assert MISLABELLED not in warnings


def test_an_edit_under_a_false_header_is_held_back_until_the_header_is_right(night, bench, article):
    night(UTF_8)
    result = night(LATIN, "Edited.")
    assert (result.summary.drifted, result.summary.changed) == (1, 0)
    assert MISLABELLED in result.summary.drift[0].rules[0]
    assert WORDS in said(bench, article)[0]
    assert night(UTF_8, "Edited.").summary.changed == 1
    assert f"{WORDS} Edited." in said(bench, article)[0]


def test_an_article_first_seen_under_a_false_header_says_so_and_is_mended(night, bench, article):
    result = night(LATIN)
    assert (result.summary.new, result.summary.warnings) == (1, 1)
    assert visit(bench, article).due, "in the next run"
    text, warnings = said(bench, article)
    assert GARBLED in text
    assert MISLABELLED in warnings
    assert night(LATIN, "Edited.").summary.changed == 1
    assert night(UTF_8, "Edited.").summary.changed == 1
    text, warnings = said(bench, article)
    assert f"{WORDS} Edited." in text
    assert MISLABELLED not in warnings


def test_letters_that_could_not_be_decoded_are_mended_by_a_right_header(night, bench, article):
    assert night(UTF_8, encoding="cp1252").summary.new == 1
    assert night(LATIN, encoding="cp1252").summary.changed == 1
    assert night(UTF_8, encoding="cp1252").summary.unchanged == 1
    assert WORDS in said(bench, article)[0]


def test_what_the_archivist_accepts_is_read_as_its_header_says(night, bench, article):
    night(UTF_8)
    assert night(LATIN, accept=True).summary.changed == 1
    assert GARBLED in said(bench, article)[0]
