import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.discovery import leads as module
from eafarchive.discovery.leads import Leads, read_leads
from eafarchive.model import Lead

SITE = "https://site.example"
MAP = f"{SITE}/sitemap.xml"
FEED = f"{SITE}/feed/"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def page(path, lastmod=None, source=MAP):
    return Lead(url=SITE + path, source=source, lastmod=lastmod)


def urlset(*locations):
    urls = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    return f"<urlset {XMLNS}>{urls}</urlset>".encode()


def test_a_sitemap_index_names_sitemaps():
    body = f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="a.xsl"?>
<sitemapindex {XMLNS}>
 <sitemap><loc> {SITE}/post-1.xml </loc><lastmod>2016-06-02T10:00:00+00:00</lastmod></sitemap>
 <sitemap><loc>{SITE}/post-2.xml.gz</loc></sitemap>
 <url><loc>{SITE}/no-sitemap</loc></url>
</sitemapindex>""".encode()
    found = read_leads(body, MAP)
    one = Lead(f"{SITE}/post-1.xml", "sitemap", MAP, "2016-06-02T10:00:00+00:00")
    assert found == Leads((one, Lead(f"{SITE}/post-2.xml.gz", "sitemap", MAP)))


def test_a_url_set_names_pages_and_pictures_are_none():
    body = f"""
<urlset {XMLNS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url><image:image><image:loc>{SITE}/a.jpg</image:loc></image:image>
  <loc><![CDATA[{SITE}/a/?x=1&y=2]]></loc><lastmod>2016-06-02</lastmod><priority>1</priority></url>
 <url><loc>https://other.example/b&amp;c</loc><lastmod> </lastmod></url>
</urlset>""".encode()
    found = read_leads(body, MAP)
    other = Lead(url="https://other.example/b&c", source=MAP)
    assert found == Leads((page("/a/?x=1&y=2", "2016-06-02"), other))


@pytest.mark.parametrize(
    "body",
    [
        f"<sm:urlset xmlns:sm='x'><sm:url><sm:loc>{SITE}/a</sm:loc></sm:url></sm:urlset>",
        f"<sm:urlset><sm:url><sm:loc>{SITE}/a</sm:loc></sm:url></sm:urlset>",
        f"\r\n \ufeff<urlset><url><loc>{SITE}/a</loc></url></urlset>",
        f"\ufeff\n<?xml version='1.0'?><urlset><url><loc>{SITE}/a</loc></url></urlset>",
        f"<?xml version='1.0' encoding='foo'?><urlset><url><loc>{SITE}/a</loc></url></urlset>",
        f"<?xml version='1.0' encoding='unicode_escape'?><urlset><url><loc>{SITE}/a</loc></url></urlset>",
        f"<?xml version='1.0' encoding='windows-1252'?><urlset><url><loc>{SITE}/a</loc></url></urlset>",
    ],
)
def test_namespaces_and_first_lines_are_taken_as_they_come(body):
    assert read_leads(body.encode(), MAP) == Leads((page("/a"),))


def test_utf_16_is_read():
    text = f"<?xml version='1.0' encoding='UTF-16'?><urlset><url><loc>{SITE}/é</loc></url></urlset>"
    assert read_leads(text.encode("utf-16"), MAP) == Leads((page("/%C3%A9"),))


def test_rss_names_pages_without_their_publication_time():
    body = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
 <title>T</title><link>{SITE}/</link><atom:link href="{FEED}" rel="self"/>
 <item><title>A</title><link>{SITE}/a/</link><guid isPermaLink="false">{SITE}/?p=1</guid>
  <pubDate>Thu, 02 Jun 2016 00:00:00 +0000</pubDate></item>
 <item><atom:link href="{SITE}/amp" rel="amphtml"/><atom:updated>2016-06-03T00:00:00Z</atom:updated>
  <guid>{SITE}/b/</guid></item>
 <item><guid isPermaLink="false">{SITE}/?p=3</guid></item>
 <item><atom:link href="{SITE}/c/"/></item>
</channel></rss>""".encode()
    found = read_leads(body, FEED)
    assert found.leads == (
        page("/a/", source=FEED),
        page("/b/", "2016-06-03T00:00:00Z", FEED),
        page("/c/", source=FEED),
    )
    assert found.problem == "1 entries without a usable URL left out"


def test_atom_names_pages_and_its_references_may_be_relative():
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="{SITE}/"/><updated>x</updated>
 <entry><link rel="self" href="/self"/><link rel="alternate" href="/a/"/><id>tag:1</id>
  <source><link href="https://other.example/"/><updated>never</updated></source>
  <updated>2016-06-02T10:00:00Z</updated><published>2015-01-01T00:00:00Z</published></entry>
 <entry><link href="b"/><content type="xhtml"><div><link href="/no"/></div></content></entry>
</feed>""".encode()
    found = read_leads(body, FEED)
    assert found == Leads(
        (page("/a/", "2016-06-02T10:00:00Z", FEED), page("/feed/b", source=FEED)),
    )


def test_atom_references_are_relative_to_their_xml_base():
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{SITE}/2016/">
 <entry><link href="06/a/"/></entry>
 <entry xml:base="/2017/"><link xml:base="05/" href="b/"/></entry>
 <entry><title xml:base="/x/">t</title><link href="c/"/></entry></feed>""".encode()
    found = read_leads(body, FEED)
    assert [lead.url for lead in found.leads] == [
        f"{SITE}/{path}" for path in ("2016/06/a/", "2017/05/b/", "2016/c/")
    ]


def test_a_leads_url_has_no_tracking_parameters():
    links = ("/a/?utm_source=rss&amp;utm_medium=feed", "/?p=7&amp;fbclid=x&amp;q=a%26b", "/b/")
    items = "".join(f"<item><link>{SITE}{link}</link></item>" for link in links)
    found = read_leads(f"<rss><channel>{items}</channel></rss>".encode(), FEED)
    assert [lead.url for lead in found.leads] == [
        f"{SITE}{path}" for path in ("/a/", "/?p=7&q=a%26b", "/b/")
    ]


def test_rdf_names_pages():
    body = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><link>{SITE}/</link></channel>
 <item rdf:about="{SITE}/a"><title>A</title><link>{SITE}/a</link></item></rdf:RDF>""".encode()
    assert read_leads(body, FEED) == Leads((page("/a", source=FEED),))


@pytest.mark.parametrize(
    ("url", "content_type"),
    [(MAP, "Text/Plain; charset=utf-8"), (f"{SITE}/urls.txt", None), (MAP, None)],
)
def test_a_list_of_urls_has_one_a_line(url, content_type):
    body = f"{SITE}/a\r\n\r\n  {SITE}/é \nnot a URL\n".encode()
    found = read_leads(body, url, content_type=content_type)
    assert [lead.url for lead in found.leads] == [f"{SITE}/a", f"{SITE}/%C3%A9"]
    assert found.problem == "1 entries without a usable URL left out"


def test_a_gzipped_file_is_read_once_decompressed():
    packed = gzip.compress(urlset(f"{SITE}/a"))
    assert read_leads(packed, MAP) == Leads((page("/a"),))
    assert read_leads(gzip.compress(packed), f"{MAP}.gz").problem == "compressed twice: not read"
    lines = gzip.compress(f"{SITE}/a".encode())
    assert read_leads(lines, f"{SITE}/urls.txt.gz").leads == (
        Lead(url=f"{SITE}/a", source=f"{SITE}/urls.txt.gz"),
    )


def test_a_cut_gzip_file_is_read_as_far_as_it_goes():
    packed = gzip.compress(urlset(*(f"{SITE}/{n * n * 7919}" for n in range(2000))))
    found = read_leads(packed[: len(packed) // 2], MAP)
    assert 100 < len(found.leads) < 2000
    assert found.problem


@pytest.mark.parametrize("packed", [True, False])
def test_s09_a_bomb_is_cut_at_the_limit(packed, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 100_000)
    body = urlset(f"{SITE}/a")[:-9] + b" " * 10_000_000
    found = read_leads(gzip.compress(body) if packed else body, MAP)
    assert found.leads == (page("/a"),)
    assert found.problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "broken XML: no element found: line 1, column 0"),
        (b"<urlset/>", "names no URL"),
        (b"<rss><channel/></rss>", "names no URL"),
        (b"<opml><url><loc>https://a.example/</loc></url></opml>", "the root element 'opml'"),
        (b"<!DOCTYPE html><html><p>Moved</html>", "an HTML page, not a sitemap or feed"),
        (b"\n<HTML lang=en><p>Moved", "an HTML page, not a sitemap or feed"),
        (b'<?xml version="1.0"?><html xmlns="x"/>', "the root element 'html'"),
        (b'{"code":"rest_no_route"}', "broken XML"),
        (b"\x89PNG\r\n\x1a\n", "broken XML"),
        (b"\x1f\x8bnot gzip", ""),
    ],
)
def test_what_is_no_list_is_a_problem(body, problem):
    found = read_leads(body, MAP)
    assert found.leads == ()
    assert found.problem.startswith(problem)
    assert "\n" not in found.problem


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE urlset [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE urlset [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE urlset SYSTEM "http://127.0.0.1:1/a.dtd">',
        '<!DOCTYPE urlset [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>',
        "<!DOCTYPE urlset>",
    ],
)
def test_s08_any_document_type_is_refused(doctype):
    body = f'<?xml version="1.0"?>{doctype}<urlset><url><loc>{SITE}/&a9;</loc></url></urlset>'
    assert read_leads(body.encode(), MAP) == Leads((), "declares a document type: refused")


@pytest.mark.parametrize(
    "broken",
    [
        b"</loc>",
        b"&nbsp;",
        b"<url><loc>https://site.example/c",
        b"\xff\xfe",
        b"<!DOCTYPE a>",
        b"\0",
    ],
)
def test_of_broken_xml_stays_what_stood_before(broken):
    body = urlset(f"{SITE}/a", f"{SITE}/b").replace(b"</urlset>", broken)
    found = read_leads(body, MAP)
    assert found.leads == (page("/a"), page("/b"))
    assert found.problem.startswith("broken XML")


def test_s03_what_is_no_absolute_url_is_counted():
    found = read_leads(urlset("/a", "javascript:x", "", "http://a..b/", f"{SITE}/a"), MAP)
    assert found == Leads((page("/a"),), "4 entries without a usable URL left out")


def test_n31_s11_at_most_so_many_urls_are_read():
    found = read_leads(urlset(*(f"{SITE}/{n}" for n in range(50_001))), MAP)
    assert (len(found.leads), found.problem) == (50_000, "more than 50000 URLs: the rest left out")
    lines = "".join(f"{SITE}/{n}\n" for n in range(60_000)).encode()
    found = read_leads(lines, MAP)
    assert (len(found.leads), found.problem) == (50_000, "more than 50000 URLs: the rest left out")
    exact = read_leads(urlset(*(f"{SITE}/{n}" for n in range(50_000))), MAP)
    assert (len(exact.leads), exact.problem) == (50_000, None)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<urlset>" + b"<a>" * 1_000_000, "elements nested deeper than 64"),
        (b"<urlset>" + b"<a/>" * 1_100_000, "more than 1000000 elements"),
        (b"<urlset " + b" ".join(b'a%d=""' % n for n in range(300)) + b"/>", "more than 200 attr"),
        (b'<urlset a="' + b"x" * (16 << 20) + b'"/>', "a tag of more than 1048576 bytes"),
        (b"<urlset><!--" + b"x" * (16 << 20) + b"--></urlset>", "a tag of more than 1048576 bytes"),
    ],
)
def test_s11_a_hostile_file_is_left_early(body, problem):
    assert read_leads(body, MAP).problem.startswith(problem)


def test_s10_a_long_text_is_no_tag():
    body = urlset(f"{SITE}/a").replace(b"<loc>", b"<loc>" + b" " * (3 << 20))
    assert read_leads(body, MAP) == Leads((page("/a"),))


@pytest.mark.parametrize("lastmod", ["x" * 65, "2016\n06", "\u202e2016"])
def test_a_strange_modification_time_is_none(lastmod):
    body = f"<urlset><url><loc>{SITE}/a</loc><lastmod>{lastmod}</lastmod></url></urlset>"
    assert read_leads(body.encode(), MAP).leads == (page("/a"),)


PIECES = ["<urlset>", "<rss>", "<feed>", "<url>", "</url>", "<loc>", "</loc>", "<item>", "</item>"]
PIECES += [
    "<link>",
    "</link>",
    "<link href='/a'/>",
    f"{SITE}/a",
    "<entry>",
    "</entry>",
    "&amp;",
    "&x;",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=9), max_size=30).map("".join))
def test_any_markup_is_read_without_a_crash(text):
    found = read_leads(text.encode(), MAP)
    assert found.leads or found.problem


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_crash(body):
    found = read_leads(body, MAP)
    assert found.leads or found.problem
