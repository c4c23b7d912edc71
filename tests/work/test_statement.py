"""What makes a new version of an article, and what does not."""

import msgspec
import pytest

from eafarchive.archive.holdings import Archive
from eafarchive.model import Author, Image
from eafarchive.work.statement import says_the_same, statement


@pytest.fixture
def record(crawled):
    return next(iter(Archive.open(crawled.archive)))


def same(record, layout=None, **changes):
    made = msgspec.structs.replace(record.extraction, layout=layout or record.extraction.layout)
    changed = msgspec.structs.replace(record, extraction=made, **changes)
    return says_the_same(statement(record), statement(changed))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"text": "Other words."},
        {"published_at": "1999-01-01"},
        {"published_at": "1999-01-01T00:00:00+00:00"},
        {"authors": (Author("Somebody Else"),)},
        {"notes": ("A note.",)},
        {"doi": "10.1/other"},
        {"images": (Image("https://e.org/a.jpg", caption="Another caption"),)},
    ],
)
def test_other_words_make_a_version_in_any_layout(record, changes):
    record = msgspec.structs.replace(
        record, notes=("One.",), doi="10.1/one", images=(Image("https://e.org/a.jpg", caption="A"),)
    )
    assert not same(record, **changes)
    assert not same(record, layout="another", **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"copyright": "© 2031"},
        {"reading_minutes": 99},
        {"comments_open": True},
        {"html": "<p>Other markup</p>"},
        {"url": "http://e.org/"},
    ],
)
def test_what_stands_around_an_article_makes_none(record, changes):
    assert same(record, **changes)
    assert same(record, layout="another", **changes)


@pytest.mark.parametrize(
    "changes", [{"tags": ("new",)}, {"byline": "By nobody"}, {"summary": None}, {"doi": "10.1/x"}]
)
def test_metadata_that_only_one_layout_shows_make_a_version_in_that_layout_only(record, changes):
    record = msgspec.structs.replace(record, tags=(), summary="Said.", doi=None)
    assert not same(record, **changes)
    assert same(record, layout="another", **changes)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2016-06-02T00:00:00+10:00", "2016-06-01T14:00:00Z", True),
        ("2016-06-02", "2016-06-01T14:00:00Z", True),
        ("2016-06-02", "2016-06-05T14:00:00Z", False),
        ("2016-06-02", "2016-06-03", False),
    ],
)
def test_dates_are_compared_as_precisely_as_both_are(record, one, other, agree):
    record = msgspec.structs.replace(record, published_at=one)
    assert same(record, layout="another", published_at=other) is agree
