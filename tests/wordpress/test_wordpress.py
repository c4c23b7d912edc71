"""A real WordPress crawled: everything first, then what an editor does to it, one after another."""

import json
import subprocess
import sys
import time

import pytest
from posts import POSTS, post, posts

pytestmark = pytest.mark.timeout(600)

CONFIG = """
[crawl]
delay = 0.0
connections = 2
allow_private_addresses = true
audit = {audit}
[[sites]]
profile = "wordpress"
base_url = "{base_url}"
sitemaps = ["wp-sitemap.xml"]
feeds = ["feed/"]
rest = "wp-json/wp/v2/posts"
"""
AUDIT = 5
PAGES = 1
SOURCES = 12
"""Requests for robots.txt, the sitemap and its parts, the feed and REST: more is too many."""


class Desk:
    """The site, its posts as they were put in, and the archive beside it."""

    def __init__(self, site, folder):
        self.site = site
        self.folder = folder
        self.posted = site.insert(*posts(POSTS))
        text = CONFIG.format(audit=AUDIT, base_url=site.base_url)
        (folder / "config.toml").write_text(text)
        self.first = self.crawl()

    def run(self, *arguments):
        command = [sys.executable, "-m", "eafarchive", *arguments, "--json"]
        return subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=300
        )

    def crawl(self, *arguments):
        """The summary of a run that ended well and left a sound archive."""
        before = len(self.site.requests())
        done = self.run("crawl", *arguments)
        assert done.returncode in {0, 3}, done.stderr
        verified = self.run("verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        summary = json.loads(done.stdout) | {"exit_code": done.returncode}
        assert summary["requests"] == len(self.site.requests()) - before
        return summary

    def record(self, url):
        """The record of the article at the URL."""
        path = url.removeprefix("http://").strip("/").replace(":", "_")
        found = list((self.folder / "archive" / "records").glob(f"*/{path.partition('/')[2]}.json"))
        assert len(found) == 1, found
        return json.loads(found[0].read_text())


@pytest.fixture(scope="module")
def desk(site, tmp_path_factory):
    return Desk(site, tmp_path_factory.mktemp("wordpress"))


def counts(summary, *names):
    return {name: summary[name] for name in names}


def test_first_everything_posted_is_held_as_it_was_posted(desk):
    held = {"new": POSTS + PAGES, "articles": POSTS + PAGES, "failed": 0}
    assert counts(desk.first, "new", "articles", "failed") == held
    for number, held in enumerate(desk.posted[:POSTS]):
        given, text = post(number)
        record = desk.record(held["url"])
        assert record["url"] == held["url"]
        assert record["title"] == given["title"]
        assert record["text"] == text
        assert record["published_at"] == held["published"]
        assert [author["name"] for author in record["authors"]] == [given["author"]]
        assert record["categories"] == given["categories"]
        assert record["tags"] == given["tags"]


def test_a_locked_post_is_no_article_and_a_page_is_one(desk):
    locked, page = desk.posted[POSTS:]
    with pytest.raises(AssertionError):
        desk.record(locked["url"])
    assert desk.record(page["url"])["title"] == "About"


def test_then_nothing_is_new_and_next_to_nothing_is_asked_for(desk):
    summary = desk.crawl()
    assert counts(summary, "new", "changed", "failed") == {"new": 0, "changed": 0, "failed": 0}
    assert summary["requests"] <= SOURCES + AUDIT


def test_an_edit_is_seen(desk):
    held = desk.posted[17]
    content = post(17).given["content"] + "\n\n<p>A correction was made on Monday.</p>"
    desk.site.tell("edit", id=held["id"], changes={"post_content": content})
    summary = desk.crawl()
    assert counts(summary, "new", "changed") == {"new": 0, "changed": 1}
    assert desk.record(held["url"])["text"].endswith("\n\nA correction was made on Monday.")
    assert summary["requests"] <= SOURCES + AUDIT + 1


def test_a_new_post_is_seen(desk):
    (held,) = desk.site.insert(post(POSTS + 1).given)
    summary = desk.crawl()
    assert counts(summary, "new", "changed") == {"new": 1, "changed": 0}
    assert desk.record(held["url"])["text"] == post(POSTS + 1).text


def test_a_scheduled_post_is_seen_once_it_is_due_and_not_before(desk):
    given = post(POSTS + 2).given | {"date": "now + 1 day", "status": "future"}
    (held,) = desk.site.insert(given)
    assert held["status"] == "future"
    assert counts(desk.crawl(), "new", "failed") == {"new": 0, "failed": 0}
    desk.site.tell("due", id=held["id"])
    deadline = time.monotonic() + 60
    while desk.site.tell("look", id=held["id"])["status"] != "publish":
        assert time.monotonic() < deadline
        time.sleep(1)
        desk.site.get("wp-cron.php?doing_wp_cron")
    assert counts(desk.crawl(), "new", "changed") == {"new": 1, "changed": 0}
    url = desk.site.tell("look", id=held["id"])["url"]
    assert desk.record(url)["text"] == post(POSTS + 2).text


def test_a_deleted_post_is_found_gone_and_its_record_is_kept(desk):
    held = desk.posted[40]
    before = desk.record(held["url"])
    desk.site.tell("delete", id=held["id"])
    gone = sum(desk.crawl("--audit", "500")["gone"] for _ in range(2))
    assert gone == 1
    assert desk.record(held["url"]) == before


@pytest.mark.parametrize("theme", ["twentytwentyone", "twentytwentytwo", "twentytwentythree"])
def test_another_theme_changes_no_article(desk, theme):
    assert theme in desk.site.themes
    desk.site.tell("theme", name=theme)
    summary = desk.crawl("--full", "--limit", "40")
    assert counts(summary, "new", "changed") == {"new": 0, "changed": 0}
    assert summary["articles"] >= 35
