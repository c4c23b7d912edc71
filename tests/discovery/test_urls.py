import re
import time

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.discovery.urls import (
    MAX_URL,
    canonical_key,
    clean_url,
    host_of,
    is_article,
    resolve,
    url_days,
)
from eafarchive.extraction.lines.address import date_in
from eafarchive.profile import Profile

EAF = Profile(
    name="site",
    hosts=("eastasiaforum.org", "127.0.0.1:8080"),
    article_path=r"^/(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/(?P<slug>[^/]+)$",
)
ANY = Profile(name="any")
ARTICLE = "https://eastasiaforum.org/2016/06/02/some-slug/"

urls = st.one_of(
    st.text(max_size=60).map(lambda tail: f"http://a.example/{tail}"),
    st.text(max_size=60).map(lambda rest: f"https://{rest}"),
    st.text(alphabet="ab./%2eE?#&=:@\\[]é ", max_size=40).map(
        lambda rest: f"http://h.example{rest}"
    ),
    st.text(max_size=80),
)


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("HTTP://WWW.Example.ORG", "http://www.example.org/"),
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("https://user:secret@example.org/x", "https://example.org/x"),
        ("https://a@b@example.org/x", "https://example.org/x"),
        ("https://example.org:443/x", "https://example.org/x"),
        ("https://example.org:/x", "https://example.org/x"),
        ("https://example.org:080/x", "https://example.org:80/x"),
        ("http://127.0.0.1:8080/x#top", "http://127.0.0.1:8080/x"),
        ("http://example.org/a/./b/../c/%2e%2E/d", "http://example.org/a/d"),
        ("http://example.org/../../a/..", "http://example.org/"),
        ("http://example.org/<é>?q=ü|[1]", "http://example.org/%3C%C3%A9%3E?q=%C3%BC%7C%5B1%5D"),
        ("http://example.org/100%/%e6", "http://example.org/100%25/%e6"),
        ("http://example.org?x", "http://example.org/?x"),
        ("http://example.org./", "http://example.org/"),
        ("http://ex%61mple.org/", "http://example.org/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://BÜCHER。example/", "http://xn--bcher-kva.example/"),
        ("http://[2001:DB8:0:0::1]:81/", "http://[2001:db8::1]:81/"),
        ("http://example.org/caf\udce9", "http://example.org/caf%E9"),
        ("http://example.org//a//b", "http://example.org//a//b"),
        ("http://example.org/a\\b", "http://example.org/a%5Cb"),
    ],
)
def test_a_url_is_cleaned(url, cleaned):
    assert clean_url(url) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/a",
        "example.org/a",
        "//example.org/a",
        "http:/example.org",
        "http:example.org",
        "http:///a",
        "http://a..b/",
        "http://.a/",
        "http://-/" + "a" * MAX_URL,
        f"http://{'a' * 64}.org/",
        f"http://{'a.' * 130}org/",
        "http://xn--a/",
        "http://xn--zzzzzz99999.org/",
        "http://a b/",
        "http://a%20b/",
        "http://a%00b/",
        "http://a%ff/",
        "http://exa*mple.org/",
        "http://good.example\\@bad.example/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://example.org:-1/",
        "http://example.org:٨٠/",
        f"http://example.org:{'9' * 5000}/",
        "http://[::1/",
        "http://[::1%25eth0]/",
        "http://[1.2.3.4]/",
        "http://::1/",
        "http://example.org/a\r\nX-Evil: 1",
        "http://example.org/\x00",
        "http://example.org/\x85",
        "http://example.org/\ud800",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/",
        "data:text/html,x",
        "mailto:a@example.org",
    ],
)
def test_n24_s03_what_is_no_http_url_is_refused(url):
    assert clean_url(url) is None
    with pytest.raises(ValueError, match="not an absolute http"):
        canonical_key(url)


@given(urls)
def test_a_clean_url_is_clean_and_another_client_sends_it_as_it_is(url):
    cleaned = clean_url(url)
    if cleaned is not None:
        assert clean_url(cleaned) == cleaned
        assert re.fullmatch(r"https?://[^/?#@\s]+/[!-~]*", cleaned)
        assert not set(cleaned) & set('<>"\\^`{}|#')
        assert str(httpx.URL(cleaned)) == cleaned
        assert canonical_key(cleaned) == canonical_key(url)


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("https://other.example/x", "https://other.example/x"),
        ("//other.example/x", "https://other.example/x"),
        ("/x", "https://example.org/x"),
        ("x", "https://example.org/a/x"),
        ("../x", "https://example.org/x"),
        ("../../../x", "https://example.org/x"),
        ("?y", "https://example.org/a/b?y"),
        ("#top", "https://example.org/a/b?q"),
        ("x:y", None),
        ("./x:y", "https://example.org/a/x:y"),
        ("/a b", "https://example.org/a%20b"),
        ("\\\\other.example/", "https://example.org/a/%5C%5Cother.example/"),
        ("", None),
        ("javascript:alert(1)", None),
        ("http://example.org:99999/", None),
        ("/a\r\nSet-Cookie: b", None),
    ],
)
def test_a_reference_is_resolved(reference, url):
    assert resolve("https://example.org/a/b?q", reference) == url


def test_nothing_is_resolved_against_what_is_no_url():
    assert resolve("about:blank", "/x") is None


@given(st.text(max_size=40))
def test_what_a_reference_means_is_clean(reference):
    url = resolve("https://example.org/a/b?q", reference)
    assert url is None or clean_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        "http://www.eastasiaforum.org/2016/06/02/some-slug",
        "HTTPS://EastAsiaForum.org:443/2016/06/02/Some-Slug//#comments",
        "https://eastasiaforum.org/2016/06/02/some-slug/?utm_source=a&UTM_medium=b&fbclid=c",
        "https://eastasiaforum.org/2016/06/02/some-slug?replytocom=12&&amp",
        "https://eastasiaforum.org/2016/06/02/%73ome%2Dslug/",
        "https://eastasiaforum.org/x/../2016/06/02/some-slug/",
        "https://me:secret@eastasiaforum.org./2016/06/02/some-slug/",
    ],
)
def test_one_article_has_one_key(url):
    assert canonical_key(url) == "eastasiaforum.org/2016/06/02/some-slug"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.org/", "example.org"),
        ("https://example.org/?p=12&utm_id=1", "example.org/?p=12"),
        ("https://example.org/a/?b=2&a=1", "example.org/a?b=2&a=1"),
        ("http://127.0.0.1:8080/2016/06/02/slug/", "127.0.0.1:8080/2016/06/02/slug"),
        ("http://example.org:443/", "example.org:443"),
        ("https://www.example/", "www.example"),
        ("https://www.www.site.example/a", "www.www.site.example/a"),
        ("https://example.org/About/Us", "example.org/About/Us"),
        ("https://example.org/2016/06/02/%e6%97%a5-A", "example.org/2016/06/02/%E6%97%A5-a"),
        ("https://example.org/%7Ea/%2f", "example.org/~a/%2F"),
    ],
)
def test_keys_keep_what_tells_things_apart(url, key):
    assert canonical_key(url) == key


def test_a_profiles_own_article_paths_are_lower_case():
    profile = Profile(name="other", article_path=r"/story/[a-z-]+")
    assert canonical_key("https://example.org/Story/One", profile) == "example.org/story/one"
    assert canonical_key("https://example.org/Story/1", profile) == "example.org/Story/1"
    assert is_article("https://example.org/Story/One", profile)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (ARTICLE, "eastasiaforum.org"),
        ("http://www.Example.org:80/", "example.org"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_the_host_is_named_with_its_port(url, host):
    assert host_of(url) == host


def test_an_article_is_told_by_its_path():
    assert is_article(ARTICLE, EAF)
    assert is_article("http://127.0.0.1:8080/2016/06/02/some-slug?utm_source=x", EAF)
    assert is_article("https://WWW.eastasiaforum.org/2016/06/02/SOME-slug", EAF)


@pytest.mark.parametrize(
    "url",
    [
        "not a url",
        "https://eastasiaforum.org/",
        "https://eaf-web-dev.xyz/2016/06/02/some-slug/",
        "https://eastasiaforum.org.evil.example/2016/06/02/some-slug/",
        "https://eastasiaforum.org:8443/2016/06/02/some-slug/",
        "https://eastasiaforum.org/2016/06/",
        "https://eastasiaforum.org/2016/06/02/",
        "https://eastasiaforum.org/2016/06/02/feed/",
        "https://eastasiaforum.org/2016/06/02/some-slug/feed/",
        "https://eastasiaforum.org/2016/06/02/some-slug/?feed=rss2",
        "https://eastasiaforum.org/2016/06/02/some-slug/amp/",
        "https://eastasiaforum.org/2016/06/02/some-slug/comment-page-2/",
        "https://eastasiaforum.org/2016/06/02/some-slug/attachment/picture/",
        "https://eastasiaforum.org/category/economics/",
        "https://eastasiaforum.org/wp-content/uploads/2016/06/a.jpg",
    ],
)
def test_what_is_no_article_is_told_by_its_path(url):
    assert not is_article(url, EAF)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://example.org/news/some-story.html", True),
        ("https://example.org/2016/06/02/story", True),
        ("https://example.org/2016/06/", False),
        ("https://example.org/tag/trade", False),
        ("https://example.org/news/feed", False),
        ("https://example.org/sitemap.xml", False),
        ("https://example.org/picture.JPG", False),
        ("https://example.org/wp-json/wp/v2/posts", False),
    ],
)
def test_a_profile_without_a_pattern_takes_what_looks_like_a_page(url, answer):
    assert is_article(url, ANY) is answer


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (ARTICLE, "2016-06-02"),
        ("https://eastasiaforum.org/2016/13/45/some-slug/", None),
        ("https://eastasiaforum.org/about/", None),
        ("nothing", None),
    ],
)
def test_the_date_in_a_path_exists(url, day):
    days = (day, day) if day else None
    assert url_days(url, EAF.article_path) == days
    assert url_days(url, ANY.article_path) == days


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/news/2019/11/19/slug", "2019-11-19"),
        ("/world/2019/Nov/19/slug/", "2019-11-19"),
        ("/story/2019-11-19-slug", "2019-11-19"),
        ("/2019/11/9/slug", "2019-11-09"),
        ("/2019/nox/19/slug", None),
        ("/2019/02/29/slug", None),
    ],
)
def test_the_crawl_dates_an_address_as_the_record_does(path, day):
    url = f"https://own.example{path}"
    assert date_in(url, ANY) == day
    assert url_days(url, ANY.article_path) == ((day, day) if day else None)


@pytest.mark.parametrize(
    ("path", "days"),
    [
        ("/2016/02/a-kite", ("2016-02-01", "2016-02-29")),
        ("/2016/a-kite", ("2016-01-01", "2016-12-31")),
        ("/2016/13/a-kite", None),
        ("/a-kite", None),
    ],
)
def test_an_address_without_a_day_may_mean_several(path, days):
    pattern = r"/(?:(?P<year>\d{4})/(?:(?P<month>\d{2})/)?)?(?P<slug>[^/]+)"
    profile = Profile(name="own", hosts=("own.example",), article_path=pattern)
    assert url_days(f"https://own.example{path}/", profile.article_path) == days


@pytest.mark.parametrize("slug", ["a-kite", "19-ways"])
def test_an_address_of_a_month_is_of_its_days_under_any_profile(slug):
    url = f"https://own.example/2019/11/{slug}/"
    assert url_days(url, ANY.article_path) == ("2019-11-01", "2019-11-30")
    assert date_in(url, ANY) is None


def test_the_worst_urls_take_no_time():
    started = time.process_time()
    for part in ("%", "/", "../", "%2e/", ".", "@", ":", "[", "&utm_", "xn--", "é", "a.", "%41"):
        for where in ("http://example.org/{}", "http://{}/", "http://example.org/2016/06/02/{}"):
            url = where.format(part * ((MAX_URL - 40) // len(part)))
            assert clean_url(url) is None or canonical_key(url)
            is_article(url, ANY)
            url_days(url, EAF.article_path)
    assert time.process_time() - started < 5
