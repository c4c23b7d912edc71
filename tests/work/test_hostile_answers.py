"""Hostile answers through the whole crawl, and what people then see (cases N22, N31, S05, S07, S16–S18)."""

import json

import pytest

EVIL = "\x1b]8;;http://x\x07Red \x1b[31m\x9b31m\x08\x7f \u202eback\u2066 [/bold] [link=x] \u2028end"
PARAGRAPH = "<p>The invented harbour was counted twice on Monday, and nobody could say why.</p>"
PATH = "/2016/06/02/hostile/"


def evil_page(origin):
    html = f"<!doctype html><meta charset=utf-8><title>{EVIL}</title><h1>{EVIL}</h1>{PARAGRAPH * 8}"
    origin.says(PATH, 200, ("Content-Type", "text/html; charset=utf-8"), body=html.encode())
    return origin.url(PATH)


def is_plain(text):
    return all(line.replace("\t", "").isprintable() for line in text.split("\n"))


def test_s16_s17_s18_nothing_a_page_says_reaches_the_terminal_raw(origin, bench, cli):
    url = evil_page(origin)
    origin.says("/2016/06/02/reason/", 500, ("X-\x1b", "\x1b[31m"))
    there = ("--config", bench.config)
    ran = cli("crawl", url, origin.url("/2016/06/02/reason/"), "-v", *there)
    assert is_plain(ran.out), ran.out
    assert is_plain(ran.err), ran.err
    (warc,) = bench.archive.glob("warc/*.warc.gz")
    for words in (["status"], ["verify", "-v"], ["show", url], ["history", url], ["extract"]):
        ran = cli(*words, *there)
        assert is_plain(ran.out), words
        assert is_plain(ran.err), words
    ran = cli("extract", warc, *there)
    (line,) = ran.out.splitlines()
    assert not set(line) & {"\x1b", "\x07", "\x08", "\r"}
    assert "[/bold]" in json.loads(line)["title"]
    assert is_plain(ran.err)


def test_s05_s07_secrets_in_urls_are_in_no_log_line(origin, bench, cli):
    url = origin.url("/2016/06/02/none/?token=s3cret").replace("://", "://user:pa55@")
    ran = cli("crawl", url, "-v", "--config", bench.config)
    assert "pa55" not in ran.out + ran.err
    assert "s3cret" not in ran.out + ran.err
    for file in bench.archive.rglob("*"):
        assert not file.is_file() or b"pa55" not in file.read_bytes()


@pytest.mark.parametrize("hops", [4, 5, 6, 25])
def test_n22_five_redirects_are_followed(hops, origin, bench):
    for n in range(hops):
        origin.says(f"/2016/06/02/{n}/", 302, ("Location", f"/2016/06/02/{n + 1}/"))
    origin.says(f"/2016/06/02/{hops}/", 404)
    origin.forget_requests()
    bench.crawl(origin.url("/2016/06/02/0/"))
    asked = [target for target in origin.requests if target.startswith("/2016/")]
    assert asked == [f"/2016/06/02/{n}/" for n in range(min(hops, 5) + 1)]


def test_n31_sitemaps_in_a_circle_and_of_others_are_asked_for_once(origin, bench):
    def index(*urls):
        entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
        return f"<sitemapindex>{entries}</sitemapindex>".encode()

    here, other = origin.url("/sitemap_index.xml"), origin.url("/b.xml")
    far = "https://far.example/2016/06/02/slug/"
    origin.says("/sitemap_index.xml", 200, body=index(here, other, "https://far.example/s.xml"))
    origin.says("/b.xml", 200, body=index(here, other) + b"")
    origin.says(
        "/feed/",
        200,
        body=f"<rss><channel><item><link>{far}</link></item></channel></rss>".encode(),
    )
    origin.forget_requests()
    bench.crawl()
    assert sorted(origin.requests) == ["/b.xml", "/feed/", "/robots.txt", "/sitemap_index.xml"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/x", "http://[::1]/x", "http://0x7f000001/", "http://2130706433/",
        "http://169.254.169.254/latest/", "file:///etc/passwd", "gopher://x/", "data:text/html,x",
        "javascript:1", "ftp://site.example/", "http://a..b/", f"http://{'a' * 64}.example/",
        "http://xn--zzzzzz/", "http://x:99999/", "//user:pa55@127.0.0.1:1/", "", "\x01",
    ],
)  # fmt: skip
def test_s01_s03_n23_n24_no_redirect_leads_off_the_site(target, origin, bench):
    origin.says("/2016/06/02/away/", 302, ("Location", target))
    result = bench.crawl(origin.url("/2016/06/02/away/"))
    assert result.exit_code in {3, 4}
    assert result.summary.requests == 2  # robots.txt and the page
