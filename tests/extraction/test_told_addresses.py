"""What a page calls itself, and when it is not believed."""

import pytest

from eafarchive.config import load_profile
from eafarchive.extraction import Page, extract
from eafarchive.model import Article, NotAnArticle

EAF = load_profile("eastasiaforum")
HOST = "https://eastasiaforum.org"
URL = f"{HOST}/2016/06/02/lamps-go-out/"
PROSE = "The lamps along the coast went out one after another, and nobody lit them again. " * 4


def read(head: str, url: str = URL) -> Article | NotAnArticle:
    html = f"<!doctype html><title>Lamps go out</title>{head}<h1>Lamps go out</h1>"
    html += f"<p>Author: Mira Tanaka, Lakeside University</p>{f'<p>{PROSE}</p>' * 5}"
    return extract(Page.from_html(html.encode(), url), EAF)


def canonical(path: str) -> str:
    return f"<link rel=canonical href='{HOST}{path}'>"


@pytest.mark.parametrize(
    "path", ["/category/economics/", "/2016/06/02/", "/?p=1234", "/2016/06/02/lamps-go-out/amp/"]
)
def test_a_listing_s_address_is_no_article_s(path: str) -> None:
    found = read(canonical(path))
    assert isinstance(found, Article)
    assert (found.url, found.url_date) == (URL, "2016-06-02")
    warning = f"the page says that it is {HOST}{path}, which is no article's address"
    assert warning in found.warnings


def test_the_other_witness_is_heard_then() -> None:
    named = f"<meta property=og:url content='{HOST}/2016/06/02/Lamps-Go-Out'>"
    found = read(canonical("/category/economics/") + named)
    assert isinstance(found, Article)
    assert found.url == f"{HOST}/2016/06/02/Lamps-Go-Out"


def test_a_canonical_address_is_believed() -> None:
    named = canonical("/2016/06/02/lamps-go-out/")
    for url in (f"{HOST}/?p=1234", f"{HOST}/2016/06/02/lamps-go-out/?share=x", f"{URL}#top"):
        found = read(named, url)
        assert isinstance(found, Article)
        assert (found.url, found.warnings) == (URL, ())


@pytest.mark.parametrize("path", ["/", "", "/2016/06/03/ferries/"])
def test_a_page_that_says_it_is_another_is_none(path: str) -> None:
    found = read(canonical(path))
    assert isinstance(found, NotAnArticle)
    assert found.is_blocked
