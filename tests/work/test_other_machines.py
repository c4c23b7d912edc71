"""WARC files of another machine, put into ``warc/``: taken in, and the archive's from then on."""

from datetime import UTC, datetime

import pytest

from eafarchive.archive.captures import writer
from eafarchive.archive.directory.holdings import Archive
from eafarchive.work.verification.bookkeeping import manifest_findings
from workbench import Bench


class Then(datetime):
    """A clock of long ago."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2020, 1, 2, 3, 4, 5, tzinfo=tz or UTC)


@pytest.fixture
def taken_in(crawled, origin, tmp_path, monkeypatch):
    """The file, once a crawl has taken it in: both archives count theirs from the same number."""
    (tmp_path / "away").mkdir()
    away = Bench(tmp_path / "away", origin.base_url)
    with monkeypatch.context() as patched:
        patched.setattr(writer, "datetime", Then)
        away.crawl(origin.url(origin.site.articles[1].path))
    (path,) = Archive.open(away.archive).warc_files()
    path.rename(crawled.archive / "warc" / path.name)
    assert crawled.crawl().exit_code == 0
    return crawled.archive / "warc" / path.name


def test_it_is_sound_whatever_its_number(taken_in, crawled, cli):
    own = Archive.open(crawled.archive).warc_files()
    assert [path.name[-13:] for path in own].count("00000.warc.gz") == 2
    for verb in ("verify", "rebuild", "verify", "crawl"):
        ran = cli(verb, "--config", crawled.config)
        assert ran.code == 0, ran.out + ran.err


def test_its_name_is_no_other_files(taken_in, crawled):
    taken_in.with_name(f"{taken_in.name}.open").write_bytes(b"")
    found = list(manifest_findings(Archive.open(crawled.archive)))
    assert {one.what for one in found} == {"is there twice, closed and being written"}
