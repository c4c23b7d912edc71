"""One rule for what an article's path is, in the crawl and on the page; and what key a record has."""

import msgspec
import pytest

from eafarchive import Article, Page, extract, load_profile
from eafarchive.discovery.urls import is_article
from eafarchive.extraction.document.render import nfc
from eafarchive.extraction.lines.address import is_article_path
from eafarchive.model import CaptureReference
from eafarchive.permalinks import match_article, plain_path
from eafarchive.record import make_record

PROSE = "<p>The kite stood on the pier and nobody knew who had left it there, or why it stood.</p>"
BODY = f"<article><h1>Kites over the strait</h1>{PROSE * 8}</article>"
WORDPRESS = load_profile("wordpress")


def essays(pattern):
    return msgspec.structs.replace(WORDPRESS, hosts=("h.example",), article_path=pattern)


@pytest.mark.parametrize(
    ("pattern", "path", "is_one"),
    [
        ("/essays/[a-z0-9~-]+", "/essays/kites%2Dover/", True),
        ("/essays/[a-z0-9~-]+", "/essays/%7Eann-kites", True),
        ("/essays/[a-z0-9~-]+", "/Essays/Kites/", True),
        ("/Essays/[A-Za-z0-9-]+", "/Essays/Kites/", True),
        ("/Essays/[A-Za-z0-9-]+", "/essays/kites/", False),
        ("/essays/[^/]+", "/essays/%e4%bd%a0/", True),
        ("/essays/[a-z]+", "/essays/kites/more/", False),
    ],
)
def test_crawl_and_page_agree_on_what_an_article_is(pattern, path, is_one):
    profile, url = essays(pattern), f"https://h.example{path}"
    assert is_article(url, profile) is is_article_path(url, profile) is is_one
    assert (match_article(plain_path(path), pattern) is not None) is is_one
    assert isinstance(extract(Page.from_html(BODY, url), profile), Article) is is_one


def record_of(asked, canonical, profile):
    html = f"<head><link rel=canonical href='{canonical}'></head>{BODY}"
    article = extract(Page.from_html(html, asked), profile)
    reference = CaptureReference(None, None, None, None, None, asked, None, "sha1:X")
    return make_record(article, reference, profile)


@pytest.mark.parametrize(
    ("asked", "canonical", "key"),
    [
        ("https://h.example/b/", "https://h.example/a/", "h.example/b"),
        ("https://h.example/b/?page=2", "https://h.example/b/", "h.example/b"),
        ("http://www.h.example/b/", "https://h.example/b", "h.example/b"),
    ],
)
def test_where_any_path_is_an_article_s_no_record_takes_another_s_place(asked, canonical, key):
    profile = msgspec.structs.replace(WORDPRESS, hosts=("h.example",))
    record = record_of(asked, canonical, profile)
    assert (record.key, record.url.rstrip("/")) == (key, canonical.rstrip("/"))


def test_controls_of_terminals_are_no_words():
    assert nfc("a\x9b31mb\u00adc\u0301") == "a31mbć"
