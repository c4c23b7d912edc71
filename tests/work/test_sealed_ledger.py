"""A ledger whose bytes changed between two runs is not gone on with, and never sealed anew."""

import os
import random
import shutil
import sqlite3

import pytest

from eafarchive.archive.books.seal import check_seal, seal_of
from eafarchive.errors import DamageError
from workbench import Bench


@pytest.fixture
def path(crawled):
    return crawled.archive / "ledger.sqlite3"


def rot(path):
    """Overwrite what SQLite's own check does not look at: the end of a page's free space."""
    content = bytearray(path.read_bytes())
    at = content.find(bytes(400), 8192) + 50
    content[at : at + 300] = random.Random(at).randbytes(300)
    path.write_bytes(content)


def test_c18_a_crawl_refuses_a_ledger_whose_seal_is_false(crawled, path, cli):
    rot(path)
    before = crawled.tree()
    for verb in ("crawl", "crawl", "verify"):
        ran = cli(verb, "--config", crawled.config)
        assert (ran.code, crawled.tree() == before) == (5, True), (verb, ran)
    ran = cli("crawl", "--config", crawled.config, "-q")
    (line,) = ran.err.splitlines()
    assert line.startswith(f"eafarchive: {path}: its bytes are not those sealed at the end of the")
    assert "'eafarchive rebuild' makes it again" in line
    assert crawled.tree() == before, "nothing was changed, the seal least of all"
    assert cli("rebuild", "--config", crawled.config).code == 0
    assert cli("crawl", "--config", crawled.config).code == 0
    assert check_seal(path) == "whole"


def test_a_false_seal_is_mended_by_repair_too(crawled, path, cli):
    rot(path)
    cli("verify", "--repair", "--config", crawled.config)
    assert cli("crawl", "--config", crawled.config).code == 0


def test_a_run_that_was_killed_left_no_seal_and_the_next_goes_on(crawled, path):
    seal_of(path).unlink()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE runs SET exit_code = 3")
    db.close()
    assert crawled.crawl().exit_code == 0
    assert check_seal(path) == "whole"


def test_an_archive_that_was_copied_or_touched_goes_on(crawled, path, origin, tmp_path):
    os.utime(path, (1, 1))
    assert crawled.crawl().exit_code == 0
    (tmp_path / "copy").mkdir()
    copy = Bench(tmp_path / "copy", origin.base_url)
    shutil.copytree(crawled.archive, copy.archive)
    assert copy.crawl().exit_code == 0


def test_a_backup_that_is_restored_with_its_seal_goes_on(crawled, path, origin):
    older = {file: file.read_bytes() for file in (path, seal_of(path))}
    origin.says(origin.site.articles[0].path, 404)
    crawled.crawl(full=True)
    newer = seal_of(path).read_bytes()
    for file, content in older.items():
        file.write_bytes(content)
    assert crawled.crawl().exit_code in {0, 3}
    path.write_bytes(older[path])
    seal_of(path).write_bytes(newer)
    with pytest.raises(DamageError, match="put it and its seal"):
        crawled.crawl()
    seal_of(path).unlink()
    assert crawled.crawl().exit_code in {0, 3}


@pytest.mark.parametrize("closed", ["ledger.sqlite3", "ledger.sqlite3.sha256"])
@pytest.mark.parametrize("verb", ["crawl", "verify"])
def test_a_ledger_that_only_others_may_read_is_not_said_to_be_damaged(
    crawled, cli, monkeypatch, verb, closed
):
    may = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: may(path, mode) and not str(path).endswith(closed)
    )
    ran = cli(verb, "--config", crawled.config)
    assert (ran.code, ran.err.count("\n")) == (73, 1)
    assert f"{closed}: cannot use the ledger: permission denied; run this as the" in ran.err


def test_who_only_reads_leaves_the_seal_true(crawled, path, cli):
    for verb in ("status", "verify", "export"):
        cli(verb, "--config", crawled.config)
        assert check_seal(path) == "whole"
    assert crawled.crawl().exit_code == 0
