"""A generated journal of any size: Yoast-like sitemaps, a feed, a WordPress REST route.

Everything is made when it is asked for, from one list of posts, so that thousands cost nothing.
"""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from eafarchive.demosite import Answer
from eafarchive.demosite.resource import Resource, respond

PER_SITEMAP = 1000
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
ROUTE = "wp-json/wp/v2/posts"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SENTENCE = (
    "The {n}th shipment of invented lanterns left the harbour before anybody had counted it. "
)


class Gazette:
    """The site; change ``modified`` and ``words`` of a post, by number, as its editors would."""

    def __init__(self, base_url, count):
        self.base_url = base_url
        self.modified = {n: BEGAN + timedelta(hours=n) for n in range(count)}
        self.published = {}
        """When posts came out that were scheduled; the others did when they were modified."""
        self.words = {}
        self.unlisted = set()
        self.child_lastmod = True
        self.rest = True
        self.page_count = True
        self.filters = True
        self.frozen_etag = None
        """Where set: every validator says this, and every condition on it holds."""
        self.asked = []

    def path(self, n):
        return f"/2020/{1 + n // 28 % 12:02}/{1 + n % 28:02}/post-{n}/"

    def url(self, n):
        return self.base_url + self.path(n)[1:]

    def touch(self, n, at):
        """Note a modification, which makes a new post of one that is not there yet."""
        self.modified[n] = at

    def answer(self, target, headers):
        given = {name.lower(): value for name, value in headers.items()}
        self.asked.append((target, given))
        if self.frozen_etag and given.get("if-none-match") == self.frozen_etag:
            return Answer(304, "Not Modified", (("ETag", self.frozen_etag),), b"")
        parts = urlsplit(target)
        if parts.path == "/" + ROUTE:
            return self._posts(parse_qs(parts.query))
        made = respond(self._resource(parts.path), headers)
        if self.frozen_etag:
            kept = tuple(h for h in made.headers if h[0] not in {"ETag", "Last-Modified"})
            return Answer(made.status, made.reason, (("ETag", self.frozen_etag), *kept), made.body)
        return made

    def targets(self):
        """What was asked for since the last look."""
        asked, self.asked = [target for target, _ in self.asked], []
        return asked

    def _resource(self, path):
        if path == "/robots.txt":
            return Resource(b"User-agent: *\nDisallow: /wp-admin/\n", "text/plain")
        if path == "/sitemap_index.xml":
            entries = [
                (f"post-sitemap{k}.xml", self._newest(k) if self.child_lastmod else None)
                for k in range(self._sitemaps())
            ]
            return self._xml("sitemapindex", "sitemap", entries)
        if path.startswith("/post-sitemap"):
            listed = self._part(int(path[13:-4]))
            entries = [(self.path(n)[1:], self.modified[n]) for n in listed]
            return self._xml("urlset", "url", entries)
        if path == "/feed/":
            return self._feed()
        n = path.rstrip("/").rpartition("post-")[2]
        if n.isdecimal() and int(n) in self.modified and self.path(int(n)) == path:
            return Resource(self.page(int(n)), lastmod=self.modified[int(n)].isoformat())
        return Resource(b"<title>nothing here</title>", status=404)

    def page(self, n):
        words = self.words.get(n, "") + "".join(_SENTENCE.format(n=n + k) for k in range(9))
        return (
            f'<!doctype html><html lang="en"><head><title>Post {n}</title></head><body>'
            f'<article><header><h1>Post {n}</h1></header><section class="content">'
            f"<p>{words}</p><p>{words[::-1]}</p></section></article></body></html>"
        ).encode()

    def _sitemaps(self):
        return max(self.modified) // PER_SITEMAP + 1

    def _part(self, k):
        numbers = range(k * PER_SITEMAP, (k + 1) * PER_SITEMAP)
        return [n for n in numbers if n in self.modified and n not in self.unlisted]

    def _newest(self, k):
        return max(self.modified[n] for n in self._part(k))

    def _xml(self, root, name, entries):
        lines = "".join(
            f"<{name}><loc>{self.base_url}{path}</loc>"
            + (f"<lastmod>{moment.isoformat()}</lastmod>" if moment else "")
            + f"</{name}>\n"
            for path, moment in entries
        )
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = f'{_XML}<{root} xmlns="{namespace}">\n{lines}</{root}>\n'
        return Resource(body.encode(), "application/xml")

    def _feed(self):
        newest = sorted(self.modified, key=self.modified.__getitem__)[-10:]
        items = "".join(f"<item><link>{self.url(n)}</link></item>" for n in newest)
        body = f'{_XML}<rss version="2.0"><channel>{items}</channel></rss>'
        return Resource(body.encode(), "application/rss+xml")

    def _posts(self, query):
        if not self.rest:
            body = json.dumps({"code": "rest_forbidden", "data": {"status": 401}}).encode()
            return Answer(401, "Unauthorized", (("Content-Type", "application/json"),), body)
        assert query["_fields"] == ["link,modified_gmt"]
        moments = self.modified
        if query["orderby"] == ["date"]:
            moments = {n: self.published.get(n, BEGAN + timedelta(hours=n)) for n in moments}
        posts = sorted(moments, key=moments.__getitem__, reverse=query["order"] == ["desc"])
        if "modified_after" in query and self.filters:
            after = datetime.fromisoformat(query["modified_after"][0])
            posts = [n for n in posts if self.modified[n] > after]
        page, size = int(query["page"][0]), int(query["per_page"][0])
        pages = -(-len(posts) // size)
        headers = [("Content-Type", "application/json; charset=UTF-8")]
        if page > max(pages, 1):
            body = json.dumps({"code": "rest_post_invalid_page_number"}).encode()
            return Answer(400, "Bad Request", tuple(headers), body)
        if self.page_count:
            headers += [("X-WP-Total", str(len(posts))), ("X-WP-TotalPages", str(pages))]
        listed = [
            {"link": self.url(n), "modified_gmt": f"{self.modified[n]:%Y-%m-%dT%H:%M:%S}"}
            for n in posts[(page - 1) * size : page * size]
        ]
        return Answer(200, "OK", tuple(headers), json.dumps(listed).encode())
