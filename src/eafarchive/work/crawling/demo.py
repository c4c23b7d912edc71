"""The demonstration: the bundled site served on loopback and crawled like any other."""

from __future__ import annotations

import contextlib
import shlex
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.archive.disk.files import replace_file, writing
from eafarchive.config import load_settings
from eafarchive.demosite import build, serve
from eafarchive.discovery.paths import record_path
from eafarchive.discovery.urls import host_of
from eafarchive.errors import ConfigError, DamageError, ExitCode
from eafarchive.record import decode_record
from eafarchive.work.crawling.plan import Wishes
from eafarchive.work.crawling.run import Result, crawl
from eafarchive.work.report.deadline import Progress
from eafarchive.work.verification.bookkeeping import is_own

_MARK = "# Written by 'eafarchive demo'"

_CONFIG = """{mark}: the bundled synthetic site, served on this machine.
# 'eafarchive demo' makes it and archive/ again; other files here stay.

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
    def exit_code(self) -> ExitCode:
        """`DONE` if the crawl met just the troubles that the site is made with."""
        expected = self.result.exit_code == ExitCode.SOME_FAILED and self.result.summary.articles
        return ExitCode.DONE if expected else self.result.exit_code


@contextmanager
def demonstrate(folder: Path, stop: threading.Event, progress: Progress) -> Iterator[Demonstration]:
    """What crawling the bundled site into ``folder`` made; it is served until the context ends.

    What an earlier demonstration made there goes, and nothing else. Raises `ConfigError` if the
    folder exists and is not from one, or not as one left it.
    """
    config = folder / "config.toml"
    if not folder.is_dir() or any(folder.iterdir()):  # an empty one is as good as none
        _clear(folder, config)
    with serve(build) as server:
        text = _CONFIG.format(mark=_MARK, base_url=server.base_url)
        replace_file(config, text.encode())
        result = crawl(load_settings(config), Wishes(), stop, progress)
        yield Demonstration(folder, server.base_url, result)


def _clear(folder: Path, config: Path) -> None:
    """Remove what an earlier demonstration made: its archive, file by file."""
    if not folder.exists():
        return
    base_url = _base_url(config)
    archive = folder / "archive"
    if base_url is None:
        raise ConfigError(f"{folder}: exists and is no demo's; name another with --archive")
    if archive.is_symlink():
        raise ConfigError(f"{archive}: is a symbolic link; name another folder with --archive")
    if not archive.exists():
        return
    if not (archive / "warc").is_dir():
        raise ConfigError(f"{archive}: is no demo's archive; name another folder with --archive")
    host = record_path(host_of(base_url)).partition("/")[0]
    records = Archive(archive).record_files()
    made = [file for file in records if _is_record(file)]
    for file in made:
        if file.relative_to(archive / "records").parts[0] != host:
            raise ConfigError(f"{file}: is of another site; name another folder with --archive")
    with lock(archive), writing(archive):
        for file in (*(p for p in sorted(archive.rglob("*")) if is_own(p, archive)), *made):
            file.unlink()
        for path in sorted(archive.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                with contextlib.suppress(OSError):  # what is not ours stays, and its folder
                    path.rmdir()


def _base_url(config: Path) -> str | None:
    """The address that an earlier demonstration served at; ``None`` if the file is not its own."""
    try:
        text = config.read_text("utf-8")
        told = tomllib.loads(text)
        base_url = told["sites"][0]["base_url"]
        as_made = tomllib.loads(_CONFIG.format(mark=_MARK, base_url=base_url))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    is_made = text.startswith(_MARK) and told == as_made
    return base_url if is_made and isinstance(base_url, str) else None


def _is_record(file: Path) -> bool:
    try:
        decode_record(file.read_bytes(), str(file))
    except DamageError:
        return False
    return True


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
