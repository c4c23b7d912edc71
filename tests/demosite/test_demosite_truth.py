"""The truth is whole, is in the page, and is what the definition says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from urllib.parse import urlsplit

import msgspec
import pytest
from page_words import fold, page_words

from bundled import build
from eafarchive.demosite.view import NOTICE
from eafarchive.model import Author, Image, Link, Record

SITE = build("http://127.0.0.1:8080/")
ARTICLES = pytest.mark.parametrize("article", SITE.articles, ids=lambda a: a.path)
ELSEWHERE = {"schema", "html", "capture", "extraction"}


def words_of(article) -> str:
    return page_words(article.html(SITE.base_url))


@ARTICLES
def test_every_field_of_a_record_is_there_and_typed(article):
    truth = SITE.expected[article.path]
    fields = {field.name: field for field in msgspec.structs.fields(Record)}
    assert set(truth) == set(fields) - ELSEWHERE
    for name, value in truth.items():
        # JSON lists and objects decode to the record's own types, nothing missing or unknown
        msgspec.convert(value, fields[name].type, strict=True)
    for kind, name in ((Author, "authors"), (Image, "images"), (Link, "links")):
        keys = {field.name for field in msgspec.structs.fields(kind)}
        assert all(set(entry) == keys for entry in truth[name])
    assert json.loads(json.dumps(truth)) == truth


@ARTICLES
def test_each_block_of_the_text_stands_in_the_page_in_order(article):
    truth = SITE.expected[article.path]
    words = words_of(article)
    at = 0
    for line in truth["text"].replace("\t", "\n").split("\n"):
        wanted = fold(re.sub(r"^\s*(?:-|\d+\.) ", "", line))
        found = words.find(wanted, at)
        assert found >= 0, wanted
        at = found + len(wanted)


@ARTICLES
def test_title_byline_notes_and_copyright_stand_in_the_page(article):
    truth = SITE.expected[article.path]
    words = words_of(article)
    visible = [truth["title"], truth["byline"], truth["author_note"], truth["copyright"]]
    visible += [*truth["notes"], *(image["caption"] for image in truth["images"])]
    for text in filter(None, visible):
        for part in text.split("\n\n"):
            assert fold(part) in words


@ARTICLES
def test_note_notes_byline_and_captions_are_not_in_the_text(article):
    truth = SITE.expected[article.path]
    apart = [truth["byline"], *(truth["author_note"] or "").split("\n\n"), *truth["notes"]]
    apart += [image["caption"] for image in truth["images"]]
    for text in filter(None, apart):
        assert text not in truth["text"]


@ARTICLES
def test_derived_numbers_and_addresses_agree(article):
    truth = SITE.expected[article.path]
    url = urlsplit(truth["url"])
    assert truth["word_count"] == len(truth["text"].split())
    assert truth["key"] == (url.netloc + url.path).rstrip("/")
    assert truth["url_date"] == "-".join(url.path.split("/")[1:4])
    assert truth["url"] == article.url(SITE.base_url)
    assert "\u00a0" not in truth["text"]
    assert truth["summary"] is None or truth["text"].startswith(truth["summary"])
    credited = [image for image in truth["images"] if image["credit"]]
    assert all(image["credit"] in image["caption"] for image in credited)


@ARTICLES
def test_authors_are_named_by_what_the_page_shows(article):
    truth = SITE.expected[article.path]
    page = fold(article.html(SITE.base_url))
    for author in truth["authors"]:
        shown = truth["byline"] or page
        assert author["name"] in shown or json.dumps(author["name"])[1:-1] in shown
        for affiliation in author["affiliations"]:
            assert affiliation in truth["byline"]


@ARTICLES
def test_linked_data_that_names_one_of_several_never_decides(article):
    # a page that shows no byline would otherwise have lost an author for good
    if article.look.single_author and len(article.definition.authors) > 1:
        assert article.byline


@ARTICLES
def test_each_page_says_that_it_is_synthetic(article):
    assert f"<!-- {NOTICE} -->" in article.html(SITE.base_url)[:400]


def test_the_whole_site_says_so_too():
    for resource in SITE.resources.values():
        if resource.content_type.startswith(("text/html", "application/rss", "application/xml")):
            assert NOTICE.encode() in resource.body


def test_every_edge_case_is_claimed_in_two_layouts():
    layouts = defaultdict(set)
    for page in SITE.pages:
        for case in page.definition.cases:
            layouts[case].add(page.layout)
    assert set(layouts) == set(range(1, 21))
    assert all(len(found) >= 2 for found in layouts.values())


def test_there_are_enough_articles_in_every_layout():
    counts = defaultdict(int)
    for article in SITE.articles:
        counts[article.layout] += 1
    assert len({article.definition.slug for article in SITE.articles}) >= 24
    assert set(counts) == {"2012", "2023", "2024"}
    assert min(counts.values()) >= 12


def test_looks_differ_within_each_layout():
    for layout in ("2012", "2023", "2024"):
        looks = [a.look for a in SITE.articles if a.layout == layout]
        assert len({look.vocabulary for look in looks}) >= 4
        assert {look.order for look in looks} == {"given", "reversed", "sorted"}
        for name in ("linked_data", "opengraph", "time", "depth", "entities", "terms", "byline"):
            assert len({getattr(look, name) for look in looks}) >= 2, name


def test_the_newest_layout_keeps_the_order_that_was_seen():
    for article in SITE.articles:
        if article.layout != "2024":
            continue
        truth = SITE.expected[article.path]
        words = words_of(article)
        wanted = ["Peer reviewed analysis from world leading experts", truth["title"]]
        if article.look.reading:
            wanted.append(f"Reading Time: {truth['reading_minutes']} min")
        if truth["summary"]:
            wanted += ["In Brief", *truth["summary"].split("\n\n")]
        wanted += ["A A A", "A A A", truth["author_note"] or "", "Support Quality Analysis"]
        wanted += ["The East Asia Forum office is based in Australia and EAF acknowledges"]
        wanted += ["recognises their continuous connection to culture, community and Country."]
        wanted += ["Article printed from East Asia Forum (", "Copyright ©2024 East Asia Forum."]
        at = 0
        for text in wanted:
            for part in text.split("\n\n"):
                assert words.find(fold(part), at) >= 0, (article.path, part)
                at = words.find(fold(part), at) + len(fold(part))


def test_numbers_of_posts_are_not_shared():
    ids = [page.definition.id for page in SITE.pages]
    assert len(ids) == len(set(ids))
    assert len({page.path for page in SITE.pages}) == len(SITE.pages)


@ARTICLES
def test_inline_marks_never_leak(article):
    # a mark that was not understood would stand in the truth as typed
    assert not re.search(r"\]\(|\*\w|\w\*|[`^]", SITE.expected[article.path]["text"])


@ARTICLES
def test_linked_data_is_what_the_look_says(article):
    html = article.html(SITE.base_url)
    scripts = re.findall(r'<script[^>]*ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    own = article.url(SITE.base_url)
    match article.look.linked_data:
        case "none":
            assert scripts == []
        case "broken":
            with pytest.raises(json.JSONDecodeError):
                json.loads(scripts[0])
        case "other":
            other = json.loads(scripts[0])
            assert other["url"] != own
            assert other["headline"] != SITE.expected[article.path]["title"]
        case kind:
            data = json.loads(scripts[0])
            nodes = (
                data["@graph"] if kind == "graph" else data if isinstance(data, list) else [data]
            )
            [mine] = [node for node in nodes if node.get("headline") and node.get("url") == own]
            assert mine["headline"] == SITE.expected[article.path]["title"]
            assert mine["datePublished"] == SITE.expected[article.path]["published_at"]
            named = {node["@id"]: node for node in nodes if "@id" in node}
            authors = mine.get("author", [])
            for author in authors if isinstance(authors, list) else [authors]:
                assert named.get(author.get("@id"), author)["name"]
