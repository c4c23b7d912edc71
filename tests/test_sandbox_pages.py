"""Pages that cost the parser more than they hold, one after another through one extractor."""

from pathlib import Path

import pytest

from eafarchive.model import Article, NotAnArticle
from eafarchive.profile import Profile
from eafarchive.sandbox import Extractor

SITE = Profile(name="site", hosts=("site.example",))
URL = "https://site.example/2016/06/02/invented/"
PARAGRAPH = b"<p>The invented council of Examplia met again, and again agreed to meet.</p>" * 8
ARTICLE = b"<!doctype html><title>Invented</title><h1>Invented</h1>" + PARAGRAPH
HEAVY = {
    "options": b"<select>" + b"<option>a" * 200_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">",
    "unclosed": b"<b><i><u><a href=x>" * 120_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_p03_a_heavy_page_costs_its_time_and_no_more(name):
    with Extractor((SITE,), seconds=1) as extractor:
        found = extractor.read(ARTICLE + HEAVY[name], URL, None, (SITE,)).found
        assert isinstance(found, Article | NotAnArticle)
        assert isinstance(extractor.read(ARTICLE, URL, None, (SITE,)).found, Article)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_p15_a_worker_does_not_grow(monkeypatch):
    with Extractor((SITE,), seconds=30) as extractor:

        def grown(pages):
            for _ in range(pages):
                assert isinstance(extractor.read(ARTICLE, URL, None, (SITE,)).found, Article)
            pids = Path("/proc/self/task")
            children = [
                child
                for task in pids.iterdir()
                for child in (task / "children").read_text().split()
            ]
            return sum(
                int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children
            )

        first = grown(200)
        assert first > 0
        assert grown(400) < first + 2000  # pages of four kibibytes
