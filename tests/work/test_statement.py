"""What makes a new version of an article, and what does not."""

import msgspec
import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.model import Author, Image, Link
from eafarchive.work.records.statement import says_the_same, statement


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
    "changes",
    [
        {"doi": None},
        {"notes": ()},
        {"author_note": None},
        {"links": ()},
        {"links": (Link("https://e.org/b", "a"),)},
    ],
)
def test_what_an_article_says_itself_makes_a_version_in_one_layout(record, changes):
    links = (Link("https://e.org/a", "a"),)
    record = msgspec.structs.replace(
        record, doi="10.1/x", notes=("A note.",), author_note="Ann is one.", links=links
    )
    assert not same(record, **changes)
    assert same(record, layout="another", **changes)


SHOWN = {
    "tags": (("one",), ()),
    "categories": (("one",), ()),
    "summary": ("Said.", None),
    "language": ("en", None),
    "published_at": ("2016-06-02", None),
    "modified_at": ("2016-06-02", None),
    "authors": ((Author("Ann Roe", affiliations=("A House",)),), ()),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_theme_leaves_out_is_no_change_and_what_it_shows_otherwise_is(record, name):
    shown, absent = SHOWN[name]
    record = msgspec.structs.replace(record, **{name: shown})
    assert same(record, **{name: absent})
    other = {"authors": (Author("Ann Roe", affiliations=("Another",)),), "language": "de"}.get(
        name, "2019-01-01" if name.endswith("_at") else ("two",)
    )
    assert not same(record, **{name: other})


def test_a_byline_tells_only_where_no_author_is_read_from_it(record):
    signed = msgspec.structs.replace(record, byline="Author: Ann Roe", authors=(Author("Ann Roe"),))
    assert same(signed, byline="By Ann Roe")
    unread = msgspec.structs.replace(record, byline="By the lamp", authors=())
    assert not same(unread, byline="By the door")


def test_where_an_authors_page_is_makes_no_version(record):
    record = msgspec.structs.replace(
        record, authors=(Author("Ann Roe", url="https://e.org/author/a"),)
    )
    assert same(record, authors=(Author("Ann Roe"),))
    assert same(record, authors=(Author("Ann Roe", url="https://e.org/people/a"),))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("http://e.org/a/", "https://www.e.org/a", True),
        ("https://e.org/cdn-cgi/l/email-protection#0a1b2c", "https://e.org/cdn-cgi/l/email-protection#ff00", True),
        ("https://e.org/a?_wpnonce=12ab", "https://e.org/a?_wpnonce=34cd", True),
        ("https://e.org/a?p=1&_wpnonce=12ab", "https://e.org/a?_wpnonce=34cd&p=1", True),
        ("https://e.org/?p=1", "https://e.org/?p=2", False),
        ("https://e.org/a", "https://e.net/a", False),
        ("mailto:a@e.org", "mailto:b@e.org", False),
    ],
)  # fmt: skip
def test_a_link_is_where_it_leads_whatever_the_answer_adds_to_it(record, one, other, is_same):
    record = msgspec.structs.replace(record, links=(Link(one, "there"),))
    assert same(record, links=(Link(other, "there"),)) is is_same


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
