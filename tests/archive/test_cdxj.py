"""The index for replay tools: what it lists, where its lines lead, what it says of damage."""

import json

import pytest

from eafarchive import http1
from eafarchive.archive.directory.holdings import Archive, lock


@pytest.fixture
def seen_again(crawled, origin):
    """An archive in which one article was confirmed by a 304, and the others by their bytes."""
    path = origin.site.articles[0].path
    crawled.crawl(full=True)
    old = origin.site
    origin.site = old.edited(path, "Taken back.", "2026-01-01T00:00:00+00:00")
    origin.script.answers[path] = old.answer
    crawled.crawl()
    return crawled


def listed(ran):
    for line in ran.out.splitlines():
        key, timestamp, told = line.split(" ", 2)
        yield json.loads(told) | {"urlkey": key, "timestamp": timestamp}


def captures(bench):
    ledger = Archive.open(bench.archive).ledger()
    try:
        return ledger.captures()
    finally:
        ledger.close()


def test_every_capture_has_its_line_and_the_lines_are_sorted(seen_again, cli):
    ran = cli("cdxj", "--config", seen_again.config)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.encode().splitlines()
    assert lines == sorted(lines)
    expected = sorted(
        (row.target_uri, "".join(filter(str.isdigit, row.captured_at))[:14])
        for row in captures(seen_again)
    )
    assert sorted((one["url"], one["timestamp"]) for one in listed(ran)) == expected


def test_each_line_leads_to_what_was_seen(seen_again, cli):
    archive = Archive.open(seen_again.archive)
    rows = {(row.place.warc, row.place.offset): row for row in captures(seen_again)}
    assert {row.status for row in rows.values() if row.kind == "revisit"} == {200, 304}
    kinds = set()
    for one in listed(cli("cdxj", "--config", seen_again.config)):
        row = rows[f"warc/{one['filename']}", int(one["offset"])]
        kinds.add((row.kind, one["mime"].partition(";")[0]))
        assert row.status != 304
        assert (one["status"], one["length"]) == (str(row.status), str(row.place.length))
        assert f"sha1:{one['digest']}" == row.payload_digest
        assert row.target_uri == one["url"]
        if row.kind == "response":
            capture = archive.capture_at(row.place)
            named = http1.header(http1.parse(capture.response), "content-type")
            assert named.startswith(one["mime"])
    assert ("revisit", "warc/revisit") in kinds
    assert ("response", "text/html") in kinds


def test_where_nothing_was_modified_the_line_leads_to_the_page_that_was_meant(seen_again, cli):
    lines = list(listed(cli("cdxj", "--config", seen_again.config)))
    rows = captures(seen_again)
    confirmed = [row for row in rows if row.status == 304]
    repeated = sum(row.kind == "revisit" for row in rows) - len(confirmed)
    assert sum(one["mime"] == "warc/revisit" for one in lines) == repeated
    assert any(row.target_uri.endswith("/") for row in confirmed), "an article, not sources alone"
    for row in confirmed:
        moment = "".join(filter(str.isdigit, row.captured_at))[:14]
        at = [o for o in lines if (o["url"], o["timestamp"]) == (row.target_uri, moment)]
        ledger = Archive.open(seen_again.archive).ledger()
        meant = ledger.response_of(row)
        ledger.close()
        assert str(meant.place.offset) in {one["offset"] for one in at}


def test_as_json_and_into_a_file(crawled, cli, tmp_path):
    out = tmp_path / "index.cdxj"
    ran = cli("cdxj", "--config", crawled.config)
    assert cli("cdxj", "--config", crawled.config, "-o", out) == (0, "", "")
    assert out.read_text("utf-8") == ran.out
    told = cli("cdxj", "--config", crawled.config, "--json").out
    assert cli("cdxj", "--config", crawled.config, "--json", "-o", out) == (0, "", "")
    assert out.read_text("utf-8") == told
    assert json.loads(cli("cdxj", "--config", crawled.config, "--json").out) == [
        {name: one[name] for name in ("urlkey", "timestamp", *one)} for one in listed(ran)
    ]


def test_no_warc_file_is_overwritten(crawled, cli):
    (warc,) = crawled.archive.glob("warc/*.warc.gz")
    before = warc.read_bytes()
    ran = cli("cdxj", "--config", crawled.config, "-o", warc)
    assert (ran.code, ran.out) == (2, "")
    assert warc.read_bytes() == before


def test_what_is_damaged_is_named_and_the_rest_is_listed(crawled, cli):
    whole = cli("cdxj", "--config", crawled.config).out.splitlines()
    (warc,) = crawled.archive.glob("warc/*.warc.gz")
    row = captures(crawled)[2]
    data = bytearray(warc.read_bytes())
    data[row.place.offset + 40] ^= 0xFF
    warc.write_bytes(data)
    ran = cli("cdxj", "--config", crawled.config)
    assert ran.code == 5
    assert f"error: {row.place.warc}@{row.place.offset}: " in ran.err
    assert len(ran.out.splitlines()) == len(whole) - 1
    assert set(ran.out.splitlines()) < set(whole)


def test_not_while_another_run_writes(crawled, cli):
    with lock(crawled.archive):
        assert cli("cdxj", "--config", crawled.config).code == 75
