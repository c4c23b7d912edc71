"""What the site answers, and how it changes."""

from __future__ import annotations

import gzip
import html
import re
import struct
import tomllib
import zlib
from importlib import resources
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from bundled import build
from eafarchive.demosite.pictures import picture

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def header(answer, name):
    return dict(answer.headers).get(name)


def target(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def sitemap(site, path: str) -> dict[str, str]:
    body = site.answer(path).body
    root = ET.fromstring(gzip.decompress(body) if path.endswith(".gz") else body)
    return {target(entry.findtext(LOC)): entry.findtext(LASTMOD) for entry in root}


def listed(site) -> dict[str, str]:
    return {
        path: lastmod
        for part in sitemap(site, "/sitemap_index.xml")
        for path, lastmod in sitemap(site, part).items()
    }


def test_two_builds_are_equal():
    first, second = build(), build()
    assert first == second
    assert first.expected == second.expected
    assert all(
        first.answer(path, {"Accept-Encoding": "gzip"})
        == second.answer(path, {"Accept-Encoding": "gzip"})
        for path in first.resources
    )


def test_another_address_changes_nothing_but_the_address(site):
    other = build("http://127.0.0.1:9/")
    for article, again in zip(site.articles, other.articles, strict=True):
        html = article.html(site.base_url)
        assert again.html(other.base_url) == html.replace("127.0.0.1:8080", "127.0.0.1:9")


def test_the_index_names_two_sitemaps_one_of_them_packed(site):
    parts = sitemap(site, "/sitemap_index.xml")
    assert len(parts) == 2
    assert [path.endswith(".xml.gz") for path in parts] == [False, True]
    assert all(parts.values())


def test_every_sitemap_url_answers_as_declared(site):
    entries = listed(site)
    kept = {"missing": 404, "forbidden": 403}
    declared = {path: code for why, code in kept.items() for path in site.held_back(why)}
    assert sorted(declared.values()) == [403, 404]
    for path in entries:
        assert site.answer(path).status == declared.get(path, 200), path
    articles = {article.path for article in site.articles}
    others = {*site.not_articles, *declared, *site.held_back("disallowed"), "/", "/submissions/"}
    assert set(entries) == articles | others


def test_robots_closes_one_listed_article_and_asks_for_no_delay(site):
    text = site.answer("/robots.txt").body.decode()
    [closed] = site.held_back("disallowed")
    assert f"Disallow: {closed}\n" in text
    assert closed in listed(site)
    assert f"Sitemap: {site.base_url}sitemap_index.xml" in text
    assert "Crawl-delay" not in text


def test_numbered_address_and_missing_slash_redirect_for_good(site):
    for article in site.articles:
        for asked in (f"/?p={article.definition.id}", article.path.rstrip("/")):
            answer = site.answer(asked)
            assert answer.status == 301
            assert header(answer, "Location") == article.url(site.base_url)
    assert site.answer("/?p=31337").status == 404
    assert header(site.answer("/submissions?utm_source=x"), "Location").endswith("/?utm_source=x")
    assert site.answer(site.articles[0].path + "?utm_source=x").status == 200


def test_feed_lists_the_newest_articles(site):
    root = ET.fromstring(site.answer("/feed/").body)
    paths = [target(item.findtext("link")) for item in root.iter("item")]
    assert len(paths) == 10
    assert set(paths) <= {article.path for article in site.articles}
    assert root.find("channel/item/pubDate").text


def test_listings_reach_every_article(site):
    seen, ahead = set(), ["/"]
    while ahead:
        page = site.answer(ahead.pop()).body.decode()
        seen |= set(re.findall(r'href="http://127\.0\.0\.1:8080(/\d{4}/\d\d/\d\d/[\w-]+/)"', page))
        ahead += re.findall(r'href="http://127\.0\.0\.1:8080(/page/\d+/)">Older posts', page)
    assert seen == {article.path for article in site.articles}


def test_every_link_within_the_site_leads_somewhere(site):
    places = {
        html.unescape(found.decode())
        for resource in site.resources.values()
        if resource.content_type.startswith("text/html") and resource.status == 200
        for found in re.findall(rb'href="(?:http://127\.0\.0\.1:8080)?(/[^"]*)"', resource.body)
    }
    assert len(places) > 100
    assert {place for place in places if site.answer(place).status != 200} == set()


def test_pages_that_are_no_article_say_why(site):
    for path in site.not_articles:
        assert site.answer(path).status == 200
    assert len(set(site.not_articles.values())) == 5
    assert not set(site.not_articles) & set(site.expected)
    [borrowed] = [path for path, why in site.not_articles.items() if "another" in why]
    canonical = f'href="{site.articles[0].url(site.base_url)}" rel="canonical"'
    alike = f'rel="canonical" href="{site.articles[0].url(site.base_url)}"'
    body = site.answer(borrowed).body.decode()
    assert canonical in body or alike in body


def test_an_article_in_pieces_has_a_second_page(site):
    pieces = [article for article in site.articles if len(article.definition.pages()) == 2]
    assert pieces
    for article in pieces:
        second = site.answer(f"{article.path}2/").body.decode()
        assert article.definition.note[0] in second
        assert site.expected[article.path]["author_note"] is None


def test_encodings_differ_and_the_bytes_are_in_them(site):
    kinds = {article.look.charset for article in site.articles}
    assert kinds == {"utf-8", "bom", "meta", "windows-1252"}
    for article in site.articles:
        encoding = {"bom": "utf-8-sig", "windows-1252": "cp1252"}.get(article.look.charset, "utf-8")
        text = site.answer(article.path).body.decode(encoding)
        if encoding != "cp1252":
            assert text == article.html(site.base_url)
        else:
            assert 'charset="utf-8"' not in text


@pytest.mark.parametrize("index", range(0, 54, 9))
def test_editing_changes_one_article_and_its_date_alone(site, index):
    path = site.articles[index].path
    later = "2026-11-20T07:00:00+00:00"
    changed = site.edited(path, "One paragraph more, and a *late* one.", later)
    before, after = site.expected, changed.expected
    text = "One paragraph more, and a late one."
    assert after[path]["text"] == f"{before[path]['text']}\n\n{text}"
    assert after[path]["word_count"] == before[path]["word_count"] + 7
    assert {p for p in after if after[p] != before[p]} == {path}
    dates, then = listed(site), listed(changed)
    assert then[path] == later
    assert {p for p in then if then[p] != dates[p]} == {path, "/"}
    assert site.answer(path).body != changed.answer(path).body
    assert header(changed.answer(path), "Last-Modified") == "Fri, 20 Nov 2026 07:00:00 GMT"


def test_without_an_article_nothing_leads_to_it(site):
    path = site.articles[4].path
    less = site.without(path)
    assert less.answer(path).status == 404
    assert path not in listed(less)
    assert path not in less.expected
    assert less.answer(f"/?p={site.articles[4].definition.id}").status == 404
    with pytest.raises(KeyError):
        less.without(path)


def test_publishing_adds_the_spare_article(site):
    more = site.published()
    [path] = set(more.expected) - set(site.expected)
    assert path in listed(more)
    assert site.answer(path).status == 404
    assert more.answer(path).status == 200


@pytest.mark.parametrize("layout", ["2012", "2023", "2024"])
def test_a_new_theme_keeps_the_address_and_the_words(site, layout):
    for article in site.articles[::4]:
        again = site.relaid(article.path, layout)
        before, after = site.expected[article.path], again.expected[article.path]
        kept = ("key", "url", "title", "text", "notes", "author_note", "url_date", "word_count")
        assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
        if article.layout != layout:
            assert again.answer(article.path).body != site.answer(article.path).body


def test_pictures_are_what_their_names_say(site):
    urls = {image["url"] for truth in site.expected.values() for image in truth["images"]}
    assert {url.rpartition(".")[2] for url in urls} == {"jpg", "png", "webp"}
    for url in urls:
        answer = site.answer(target(url))
        assert answer.status == 200
        assert header(answer, "Content-Type").startswith("image/")
    assert site.answer("/wp-content/uploads/nothing.exe").status == 404


def test_png_checksums_and_the_other_signatures_hold():
    png = picture("/x.png")
    at, kinds = 8, []
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length)[0] == zlib.crc32(kind + data)
        kinds.append(kind)
        at += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    jpeg, webp = picture("/x.jpg"), picture("/x.webp")
    assert jpeg.startswith(b"\xff\xd8\xff\xe0")
    assert jpeg.endswith(b"\xff\xd9")
    assert webp[:4] + webp[8:16] == b"RIFFWEBPVP8L"
    assert struct.unpack_from("<I", webp, 4)[0] == len(webp) - 8
    assert picture("/y.jpg") != jpeg


def test_definitions_say_that_they_are_synthetic():
    folder = resources.files("eafarchive.demosite") / "articles"
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# SYNTHETIC")
        assert tomllib.loads(text)["article"]
