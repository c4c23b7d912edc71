"""Every article of the crawled bundled site, replayed by pywb: the same bytes as were served."""

import contextlib
import gzip
import os
import re
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bundled import build
from eafarchive.archive.directory.holdings import Archive
from eafarchive.work.crawling.demo import demonstrate
from workbench import Bench, Origin, command, environment, some

PYTHON = Path(os.environ["REPLAY_PYTHON"]).absolute()


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def pywb(folder, warcs, index=None):
    """The address of a collection of the files, with an index of its own or the one given."""
    manager = PYTHON.with_name("wb-manager")
    subprocess.run([manager, "init", "eaf"], cwd=folder, check=True, capture_output=True)
    subprocess.run([manager, "add", "eaf", *warcs], cwd=folder, check=True, capture_output=True)
    if index is not None:
        (folder / "collections/eaf/indexes/index.cdxj").write_bytes(index)
    port = free_port()
    command = [PYTHON.with_name("wayback"), "-b", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/eaf"
    finally:
        server.terminate()
        server.wait(10)


def fetch(url):
    try:
        with urlopen(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=20) as answer:
            data = answer.read()
            if answer.headers.get("Content-Encoding") == "gzip":
                data = gzip.decompress(data)
            return answer.status, data
    except HTTPError as error:
        return error.code, error.read()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with demonstrate(folder / "demo", threading.Event(), lambda _done, _of: None) as shown:
        return shown.base_url, sorted((folder / "demo" / "archive" / "warc").glob("*.warc.gz"))


def test_every_article_replays(archive, tmp_path):
    base_url, warcs = archive
    site = build(base_url)
    with pywb(tmp_path, warcs) as replay:
        index = (tmp_path / "collections/eaf/indexes/index.cdxj").read_text("utf-8").splitlines()
        assert len(index) > len(site.articles)
        for article in site.articles:
            status, data = fetch(f"{replay}/2026id_/{article.url(base_url)}")
            assert (status, data) == (200, article.raw(base_url)), article.path
        missing = base_url + site.held_back("missing")[0].lstrip("/")
        assert fetch(f"{replay}/2026id_/{missing}")[0] == 404


def test_pages_are_shown_with_their_title(archive, tmp_path):
    base_url, warcs = archive
    article = build(base_url).articles[0]
    with pywb(tmp_path, warcs) as replay:
        status, data = fetch(f"{replay}/2026mp_/{article.url(base_url)}")
        assert status == 200
        assert b"<h1" in data


@pytest.fixture
def revisited(server, all_pages, tmp_path):
    """An archive in which every page was seen three times: first, the same again, not modified."""
    origin = Origin(server, some(all_pages))
    bench = Bench(tmp_path, origin.base_url)
    bench.crawl()
    time.sleep(1.1)  # replay tells captures apart by the second
    bench.crawl(full=True)
    time.sleep(1.1)
    old, touched = origin.site, origin.site
    for article in old.articles:
        touched = touched.edited(article.path, "Taken back.", "2026-01-01T00:00:00+00:00")
        origin.script.answers[article.path] = old.answer
    origin.site = touched
    bench.crawl()
    return bench, old


def test_w26_every_revisit_shows_the_original(revisited, tmp_path):
    bench, site = revisited
    ledger = Archive.open(bench.archive).ledger()
    rows = ledger.captures()
    ledger.close()
    truth = {article.url(site.base_url): article.raw(site.base_url) for article in site.articles}
    again = [row for row in rows if row.kind == "revisit" and row.target_uri in truth]
    assert sorted({row.status for row in again}) == [200, 304]
    assert len(again) == 2 * len(truth)
    folder = tmp_path / "pywb"
    folder.mkdir()
    ran = subprocess.run(
        command("cdxj", "--config", bench.config),
        capture_output=True,
        check=True,
        env=environment(),
    )
    with pywb(folder, sorted(bench.archive.glob("warc/*.warc.gz")), ran.stdout) as replay:
        for row in again:
            moment = re.sub("[^0-9]", "", row.captured_at)[:14]
            status, data = fetch(f"{replay}/{moment}id_/{row.target_uri}")
            assert (status, data) == (200, truth[row.target_uri]), (row.status, row.target_uri)
            assert fetch(f"{replay}/2100id_/{row.target_uri}") == (200, truth[row.target_uri])


def test_our_index_has_the_keys_that_pywb_looks_for(archive, tmp_path):
    _, warcs = archive
    (root,) = {path.parent.parent for path in warcs}
    ran = subprocess.run(
        command("cdxj", "--archive", root), capture_output=True, check=True, env=environment()
    )
    with pywb(tmp_path, warcs):
        theirs = (tmp_path / "collections/eaf/indexes/index.cdxj").read_bytes().splitlines()
    keys = {line.split(b" ")[0] for line in ran.stdout.splitlines()}
    assert {line.split(b" ")[0] for line in theirs} <= keys


def test_the_live_site_is_gone(archive):
    """So what was replayed came from the WARC files."""
    base_url, _ = archive
    with pytest.raises(OSError, match="refused"):
        urlopen(base_url, timeout=5)
