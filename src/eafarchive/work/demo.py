"""The demonstration: the bundled site served on loopback and crawled like any other."""

from __future__ import annotations

import shlex
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from eafarchive.archive.files import replace_file, writing
from eafarchive.archive.holdings import Archive
from eafarchive.config import load_settings
from eafarchive.demosite import build, serve
from eafarchive.errors import ConfigError
from eafarchive.work.crawl import Progress
from eafarchive.work.plan import Wishes
from eafarchive.work.run import Result, crawl

_MARK = "# Written by 'eafarchive demo'"

_CONFIG = """{mark}: the bundled synthetic site, served on this machine.
# 'eafarchive demo' deletes this folder and makes it again.

[archive]
path = "archive"

[crawl]
delay = 0.0
allow_private_addresses = true

[[sites]]
profile = "eastasiaforum"
base_url = "{base_url}"
sitemaps = ["sitemap_index.xml"]
feeds = ["feed/"]
"""


class Demonstration(msgspec.Struct, frozen=True):
    """What was made, from where."""

    folder: Path
    base_url: str
    result: Result

    @property
    def exit_code(self) -> int:
        """0 if the crawl met just the troubles that the site is made with."""
        expected = self.result.exit_code == 3 and self.result.summary.articles
        return 0 if expected else self.result.exit_code


@contextmanager
def demonstrate(folder: Path, stop: threading.Event, progress: Progress) -> Iterator[Demonstration]:
    """What crawling the bundled site into ``folder`` made; it is served until the context ends.

    Raises `ConfigError` if the folder exists and is not from an earlier demonstration.
    """
    config = folder / "config.toml"
    if folder.is_dir() and not any(folder.iterdir()):
        pass  # as good as none
    elif folder.exists():
        if not (config.is_file() and config.read_text("utf-8").startswith(_MARK)):
            raise ConfigError(f"{folder}: exists and is no demo's; name another with --archive")
        with writing(folder):
            shutil.rmtree(folder)
    with serve(build) as server:
        text = _CONFIG.format(mark=_MARK, base_url=server.base_url)
        replace_file(config, text.encode())
        result = crawl(load_settings(config), Wishes(), stop, progress)
        yield Demonstration(folder, server.base_url, result)


def tell(shown: Demonstration, program: str = "eafarchive") -> str:
    """The demonstration in words: what was asked, what was made, where it lies, what to try.

    ``program`` is how it can be run again from here.
    """
    summary, folder = shown.result.summary, shown.folder
    archive = Archive.open(folder / "archive")
    warcs = [path.name for path in archive.warc_files()]
    record = next(iter(archive), None)
    no_article = summary.fetched - summary.articles
    other = f"{no_article} no article, {summary.refused} refused, {summary.failed} failed"
    lines = [
        f"Crawled the bundled synthetic site at {shown.base_url}",
        f"  asked     {summary.requests} requests in {summary.seconds:.1f} s",
        f"  found     {summary.discovered} article URLs",
        f"  got       {summary.articles} articles",
        f"  met       {other} (the site is made that way)",
        "",
        f"Made {folder}/",
        f"  archive/warc/{warcs[0] if warcs else ''}   {summary.warc_bytes:,} bytes, all of it",
        f"  archive/records/   {summary.articles} JSON records, one an article",
        "  archive/ledger.sqlite3, archive/manifest-sha256.txt, config.toml",
    ]
    if record is not None:
        names = ", ".join(author.name for author in record.authors) or "nobody named"
        path = archive.record_files()[0].relative_to(folder)
        lines += [
            "",
            f"One of them, {path}:",
            f"  {record.title}",
            f"  {names}; {record.published_at}; {record.word_count} words",
            f"  {' '.join(record.text.split()[:24])} …",
            f"  evidence: {record.capture.warc} at byte {record.capture.offset}",
        ]
    config, warc = (shlex.quote(str(folder / it)) for it in ("config.toml", "archive/warc"))
    lines += [
        "",
        "Try next:",
        f"  {program} verify --config {config}",
        f"  {program} status --config {config}",
        f"  {program} extract --config {config} {warc} | head -1",
    ]
    return "\n".join(lines)
