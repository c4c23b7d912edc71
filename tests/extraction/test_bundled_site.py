"""Every page of the bundled site, every field, whatever its classes and ids are called."""

from __future__ import annotations

import pickle
import re
from html import unescape

import pytest
from site_truth import (
    BASE,
    differences,
    read,
    site,
    with_shuffled_names,
    without_names,
)

from bundled_truth import truth
from eafarchive.model import Article, NotAnArticle

PATHS = tuple(site().expected)
PAGES = {article.path: article for article in site().articles}
_HTML_TAG = re.compile(r"</?([a-z][a-z0-9]*)([^>]*)>")
_ALLOWED = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "figure",
        "img",
        "figcaption",
        "a",
        "em",
        "strong",
        "code",
        "sub",
        "sup",
        "br",
        "q",
        "cite",
        "abbr",
        "hr",
    ]
)
_ATTRIBUTES = re.compile(r'(?: (?:href|src|alt|title|start|colspan|rowspan|datetime)="[^"<>]*")*')


def extracted(path: str) -> Article:
    page = PAGES[path]
    article = read(page.raw(BASE), page.url(BASE), page.content_type)
    assert isinstance(article, Article)
    return article


def test_the_site_has_articles_in_every_layout() -> None:
    assert len(PATHS) >= 24
    assert {page.layout for page in PAGES.values()} == {"2012", "2023", "2024"}


@pytest.mark.parametrize("path", PATHS)
def test_page_as_served_is_exact(path: str) -> None:
    page = PAGES[path]
    article = read(page.raw(BASE), page.url(BASE), page.content_type)
    assert differences(article, site().expected[path]) == {}


@pytest.mark.parametrize("path", PATHS)
def test_page_without_classes_and_ids_is_exact(path: str) -> None:
    page = PAGES[path]
    article = read(without_names(page.html(BASE)), page.url(BASE))
    assert differences(article, site().expected[path]) == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("path", PATHS)
def test_page_with_shuffled_classes_and_ids_is_exact(path: str, seed: int) -> None:
    page = PAGES[path]
    article = read(with_shuffled_names(page.html(BASE), seed), page.url(BASE))
    assert differences(article, site().expected[path]) == {}


@pytest.mark.parametrize("path", PATHS)
def test_layout_is_the_pages_own(path: str) -> None:
    assert extracted(path).layout == PAGES[path].layout


@pytest.mark.parametrize("path", PATHS)
def test_html_is_clean_and_says_what_the_text_says(path: str) -> None:
    article = extracted(path)
    for name, attributes in _HTML_TAG.findall(article.html):
        assert name in _ALLOWED
        assert _ATTRIBUTES.fullmatch(attributes.removesuffix(" /")), attributes
    words = re.sub(r"<figure>.*?</figure>|<[^>]*>", "", article.html)
    marks = re.compile(r"^ *(?:-|\d+\.) ", re.MULTILINE)
    assert "".join(unescape(words).split()) == "".join(marks.sub("", article.text).split())


@pytest.mark.parametrize("path", PATHS)
def test_every_field_names_its_rule_and_the_result_pickles(path: str) -> None:
    article = extracted(path)
    for name in ("title", "text", "authors", "published_at", "byline", "summary"):
        if getattr(article, name):
            assert article.fields.get(name), name
    assert pickle.loads(pickle.dumps(article)) == article
    assert extracted(path) == article


@pytest.mark.parametrize("path", tuple(site().not_articles))
def test_page_that_is_no_article_yields_a_reason_whatever_its_names(path: str) -> None:
    html = site().answer(path).body.decode()
    for dressed in (html, without_names(html), with_shuffled_names(html, 1)):
        found = read(dressed, BASE.rstrip("/") + path)
        assert isinstance(found, NotAnArticle)
        assert found.reason


@pytest.mark.parametrize("path", ["/", "/category/trade/", "/submissions/", "/nowhere/"])
def test_listing_is_no_article(path: str) -> None:
    answer = site().answer(path)
    assert isinstance(read(answer.body, BASE.rstrip("/") + path), NotAnArticle)


@pytest.mark.parametrize("path", PATHS)
def test_another_layout_of_the_same_article_has_the_same_words(path: str) -> None:
    one = extracted(path)
    for layout in ("2012", "2023", "2024"):
        relaid = site().relaid(path, layout)
        page = next(p for p in relaid.pages if p.path == path)
        other = read(page.raw(BASE), page.url(BASE), page.content_type)
        assert differences(other, truth(page, BASE)) == {}
        shuffled = read(with_shuffled_names(page.html(BASE), 4), page.url(BASE))
        assert differences(shuffled, truth(page, BASE)) == {}
        assert isinstance(other, Article)
        assert (other.title, other.text, other.author_note, other.notes) == (
            one.title,
            one.text,
            one.author_note,
            one.notes,
        )
