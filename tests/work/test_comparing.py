"""Two copies of an archive are told apart file by file."""

import json
import shutil

import pytest


@pytest.fixture
def copied(crawled, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(crawled.archive, copy)
    return copy


def compare(bench, cli, copy, *words):
    return cli("compare", "--config", bench.config, copy, *words)


def test_o09_equal_copies_whatever_their_ledgers_remember(crawled, copied, cli):
    assert cli("verify", "--config", crawled.config).code == 0
    ran = compare(crawled, cli, copied)
    assert (ran.code, ran.out) == (0, "ok: 0 differences\n")


def test_o09_what_differs_is_missing_or_extra_is_listed(crawled, copied, cli):
    first, second, *_ = sorted(copied.glob("records/**/*.json"))
    first.unlink()
    data = second.read_bytes()
    second.write_bytes(data[:9] + bytes([data[9] ^ 1]) + data[10:])
    (warc,) = copied.glob("warc/*.warc.gz")
    extra = warc.with_name("eafarchive-20300101000000-00009.warc.gz")
    extra.write_bytes(b"")
    warc.chmod(0o644)
    with warc.open("r+b") as file:
        file.truncate(warc.stat().st_size - 1)
    ran = compare(crawled, cli, copied)
    assert ran.code == 5
    told = [line.partition(";")[0] for line in ran.out.splitlines()]
    assert told == [
        f"{first.relative_to(copied)}: is missing in the copy",
        f"{second.relative_to(copied)}: differs in the copy",
        f"warc/{warc.name}: differs in the copy",
        f"warc/{extra.name}: is in the copy only",
        "FAILED: 4 differences",
    ]
    told = json.loads(compare(crawled, cli, copied, "--json").out)
    assert told["differences"] == len(told["findings"]) == 4


def test_no_copy_there(crawled, cli, tmp_path):
    ran = compare(crawled, cli, tmp_path / "nowhere")
    assert ran.code == 2
    assert "nowhere: holds no copy of an archive; name the directory of one" in ran.err


def test_an_archive_is_no_copy_of_itself(crawled, tmp_path, cli):
    link = tmp_path / "link"
    link.symlink_to(crawled.archive)
    for same in (crawled.archive, link):
        ran = compare(crawled, cli, same)
        told = f"eafarchive: {same}: is the archive itself; name its copy\n"
        assert (ran.code, ran.out, ran.err) == (2, "", told)
