"""Every article of the crawled bundled site, replayed by pywb: the same bytes as were served."""

import contextlib
import gzip
import os
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from eafarchive.demosite import build
from eafarchive.work.demo import demonstrate

PYTHON = Path(os.environ["REPLAY_PYTHON"]).absolute()


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def pywb(folder, warcs):
    manager = PYTHON.with_name("wb-manager")
    subprocess.run([manager, "init", "eaf"], cwd=folder, check=True, capture_output=True)
    subprocess.run([manager, "add", "eaf", *warcs], cwd=folder, check=True, capture_output=True)
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


def test_the_live_site_is_gone(archive):
    """So what was replayed came from the WARC files."""
    base_url, _ = archive
    with pytest.raises(OSError, match="refused"):
        urlopen(base_url, timeout=5)
