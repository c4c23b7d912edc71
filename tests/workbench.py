"""What the tests of the verbs stand on: a scripted site, a folder to work in, the command line."""

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from bundled import assemble
from eafarchive.archive.directory.holdings import Archive
from eafarchive.archive.standard.inspection import Inspection
from eafarchive.config import load_settings
from eafarchive.demosite import Answer
from eafarchive.model import Finding
from eafarchive.work.crawling.plan import Wishes
from eafarchive.work.crawling.run import crawl, reading, utc_now
from eafarchive.work.records.derive import rewrite_records
from eafarchive.work.verification.rebuild import rebuild
from eafarchive.work.verification.scope import WHOLE
from eafarchive.work.verification.verify import Verification

SRC = Path(__file__).parents[1] / "src"


class Script:
    """A site of which single answers are replaced: by an `Answer`, or by what makes one."""

    def __init__(self, site):
        self.site = site
        self.answers = {}

    def answer(self, target, headers):
        made = self.answers.get(target, self.answers.get("*"))
        if made is None:
            return self.site.answer(target, headers)
        return made if isinstance(made, Answer) else made(target, headers)


class Origin:
    """One test's view of the server: a small site of its own, and the requests since it began."""

    def __init__(self, server, pages):
        self._server = server
        self._begin = len(server.requests)
        self.base_url = server.base_url
        self.script = server.site = Script(assemble(server.base_url, pages))

    @property
    def site(self):
        return self.script.site

    @site.setter
    def site(self, site):
        self.script.site = site

    @property
    def requests(self):
        return [target for _, target in self._server.requests[self._begin :]]

    def forget_requests(self):
        self._begin = len(self._server.requests)

    def url(self, path):
        return self.base_url + path.removeprefix("/")

    def says(self, path, status, *headers, body=b""):
        """From now on this is the answer; ``*`` for every path."""
        self.script.answers[path] = Answer(status, "Said so", headers, body)


def configuration(
    base_url, crawl="", sitemaps=("sitemap_index.xml",), feeds=("feed/",), audit=0, rest=None
):
    return (
        f"[crawl]\ndelay = 0.0\nallow_private_addresses = true\naudit = {audit}\n{crawl}\n"
        f'[[sites]]\nprofile = "eastasiaforum"\nbase_url = "{base_url}"\n'
        f"sitemaps = {json.dumps(sitemaps)}\nfeeds = {json.dumps(feeds)}\n"
        + (f'rest = "{rest}"\n' if rest else "")
    )


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Bench:
    """A folder with a config.toml and an archive, and the verbs over it."""

    def __init__(self, folder, base_url, **settings):
        self.folder = folder
        self.archive = folder / "archive"
        self.config = folder / "config.toml"
        self.config.write_text(configuration(base_url, **settings), "utf-8")

    @property
    def settings(self):
        return load_settings(self.config)

    def crawl(self, *urls, clock=utc_now, stop=None, progress=lambda _done, _of: None, **wishes):
        stop = stop or threading.Event()
        return crawl(self.settings, Wishes(urls, **wishes), stop, progress, clock)

    @contextlib.contextmanager
    def reader(self):
        with reading(self.settings) as reader:
            yield reader

    def records(self):
        """Path below ``records/`` → the record's bytes."""
        folder = self.archive / "records"
        files = (p for p in folder.rglob("*.json") if p.is_file())
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}

    def by_path(self):
        """Path of the article's URL → its record, decoded."""
        found = map(json.loads, self.records().values())
        return {"/" + r["key"].partition("/")[2] + "/": r for r in found}

    def tree(self):
        """Every file below the archive, with its bytes."""
        return {p: p.read_bytes() for p in self.archive.rglob("*") if p.is_file()}


def some(pages, *statuses):
    """Five articles, and the first page of each of the statuses."""
    articles = [page for page in pages if not page.definition.status][:5]
    others = (next(p for p in pages if p.definition.status == status) for status in statuses)
    return (*articles, *others)


def warc_findings(path, register, name=None):
    """What is wrong with a WARC file of ours; ``register`` knows the records met so far."""
    inspection = Inspection(path, name or path.name, register)
    return (item for item in inspection if isinstance(item, Finding))


def command(*words):
    return [sys.executable, "-m", "eafarchive", *map(str, words)]


def environment(**more):
    paths = os.pathsep.join([str(SRC), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PATH": os.environ["PATH"], "PYTHONPATH": paths, **more}


def agreed(bench):
    """The records, if all verbs come to the same, and a rebuilt ledger to what was remembered."""

    def remembered():
        with contextlib.closing(archive.ledger()) as ledger:
            return {(one.url, one.outcome, one.failures) for one in ledger.troubled()}

    archive, before = Archive.open(bench.archive), bench.records()
    with bench.reader() as reader:
        found = Verification(archive, reader, WHOLE).findings()
        assert [one for one in found if one.severity == "error"] == []
        known = remembered()
        rewrite_records(archive, reader, pytest.fail)
        assert bench.records() == before
        rebuild(archive, reader, lambda: False)
    assert remembered() == known
    return {path.rpartition("/")[2] for path in before}
