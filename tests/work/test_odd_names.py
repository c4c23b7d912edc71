"""Files and folders whose names are no UTF-8, as old disks have them: no verb falls over one."""

import json
import os
import shutil

import pytest

ODD = os.fsdecode(b"caf\xe9")


@pytest.fixture
def odd(crawled):
    """An archive at such a path, with such files where they are looked for."""
    archive = crawled.archive.rename(crawled.folder / ODD)
    warc = next((archive / "warc").glob("*.gz"))
    shutil.copy(warc, archive / "warc" / f"{ODD}.warc.gz")
    shutil.copy(warc, crawled.folder / f"{ODD}.warc.gz")
    (archive / "records" / f"{ODD}.json").write_text('{"schema":"eafarchive/article/1"}')
    return archive


def test_every_verb_tells_of_them(odd, crawled, cli):
    given = ("--config", crawled.config, "--archive", odd, "--json")
    told = json.loads(cli("status", *given).out)
    assert os.fsencode(told["archive"]) == os.fsencode(odd), "the exact path"
    found = json.loads(cli("verify", *given).out)["findings"]
    assert sum(ODD in one["where"] for one in found) == 2
    assert json.loads(cli("config", *given).out)["archive"]["path"] == str(odd)
    for verb in ("crawl", "rebuild", "extract"):
        ran = cli(verb, *given)
        json.loads(ran.out)
        assert "Traceback" not in ran.err
        assert ran.code in {0, 5}


def test_a_record_names_the_file_it_is_from_in_escapes(odd, crawled, cli):
    ran = cli("extract", crawled.folder / f"{ODD}.warc.gz", "--config", crawled.config)
    assert {json.loads(line)["capture"]["warc"] for line in ran.out.splitlines()} == {
        "caf\\udce9.warc.gz"
    }
    assert cli("verify", crawled.folder / f"{ODD}.warc.gz", "--json").code == 0
