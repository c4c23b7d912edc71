"""Records derived again: from the archive, from loose files, from saved pages."""

import io
import json
import shutil
import zipfile

import msgspec
import pytest

from eafarchive.archive.captures.members import WarcRecord, read_members
from eafarchive.archive.directory.holdings import Archive, lock
from eafarchive.errors import BusyError, ConfigError
from eafarchive.model import NotAnArticle
from eafarchive.record import encode_record
from eafarchive.work.pages.extract import expand, extract_files
from eafarchive.work.records.derive import rewrite_records


def rewrite(bench):
    complaints = []
    with bench.reader() as reader:
        done = rewrite_records(Archive.open(bench.archive), reader, complaints.append)
    return done, complaints


def extract_all(bench, *patterns, url=None, stdin=b""):
    faults = []
    with bench.reader() as reader:
        paths = expand(tuple(map(str, patterns)))
        made = list(extract_files(paths, url, io.BytesIO(stdin), reader, faults.append))
    return made, faults


def warc_of(bench):
    (path,) = bench.archive.glob("warc/*.warc.gz")
    return path


def test_what_is_right_already_is_not_touched(crawled):
    before = {p: p.stat().st_mtime_ns for p in crawled.archive.rglob("*.json")}
    done, _ = rewrite(crawled)
    assert (done.articles, done.written, done.removed) == (len(before), 0, 0)
    assert {p: p.stat().st_mtime_ns for p in crawled.archive.rglob("*.json")} == before


def test_p18_all_records_are_made_again_byte_for_byte(crawled, origin):
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "A second version.", "2026-01-01T00:00:00+00:00")
    crawled.crawl()
    records = crawled.records()
    shutil.rmtree(crawled.archive / "records")
    done, _ = rewrite(crawled)
    assert done.written == len(records)
    assert crawled.records() == records
    name = min(records)
    file = crawled.archive / "records" / name
    file.write_bytes(b"{}")
    file.with_name("nothing-gives-this.json").write_bytes(records[max(records)])
    done, _ = rewrite(crawled)
    assert (done.written, done.removed) == (1, 1)
    assert crawled.records() == records


def test_what_is_removed_is_named_and_what_is_no_record_is_left_alone(crawled, cli):
    file = max((crawled.archive / "records").rglob("*.json"))
    twin, notes = file.with_name("a-twin.json"), file.with_name("notes.json")
    twin.write_bytes(file.read_bytes())
    notes.write_bytes(b'{"title": "Not mine to remove"}')
    assert "articles  6\n" in cli("status", "--config", crawled.config).out
    ran = cli("extract", "--config", crawled.config)
    assert ran.code == 0
    named = [path.relative_to(crawled.archive).as_posix() for path in (twin, notes)]
    assert ran.err == (
        f"warning: {named[1]}: is no record of ours, and is left alone; move it away\n"
        f"warning: {named[0]}: no capture gives this record: removed\n"
    )
    assert (twin.exists(), notes.exists()) == (False, True)


def test_records_that_a_new_profile_knows_nothing_of_are_drift(crawled, cli):
    profile, before = crawled.folder / "own.toml", crawled.records()
    profile.write_text(
        'name = "own"\nextends = "eastasiaforum"\narticle_path = "/none/"\n', "utf-8"
    )
    config = crawled.config.read_text("utf-8")
    crawled.config.write_text(config.replace('"eastasiaforum"', f'"{profile}"'), "utf-8")
    ran = cli("extract", "--config", crawled.config)
    assert (ran.code, ran.out) == (7, "0 articles: 0 written, 5 removed\n")
    assert ran.err.splitlines()[-1] == (
        "error: 5 records removed: by the profiles in force their pages are no articles;"
        " eafarchive profile check says why"
    )
    crawled.config.write_text(config, "utf-8")
    assert cli("extract", "--config", crawled.config).code == 0
    assert crawled.records() == before


@pytest.fixture
def two_nights(crawled, origin):
    """An archive of two WARC files; the second holds all of the articles again, one of them new."""
    path, first = origin.site.articles[0].path, origin.site
    origin.site = first.edited(path, "A second version.", "2026-01-01T00:00:00+00:00")
    assert crawled.crawl(full=True).summary.changed == 1
    return crawled


def forget_ledger(bench):
    (bench.archive / "ledger.sqlite3").unlink()


def forget_all(bench):
    forget_ledger(bench)
    (bench.archive / "manifest-sha256.txt").unlink()


def forget_manifest(bench):
    (bench.archive / "manifest-sha256.txt").unlink()


@pytest.mark.parametrize("forget", [None, forget_ledger, forget_manifest, forget_all])
@pytest.mark.parametrize("which", [(0,), (1,), (0, 1)])
def test_c07_a_missing_warc_costs_no_record(two_nights, cli, forget, which):
    """Not even one that an older capture gives otherwise."""
    records = two_nights.records()
    lost = [Archive.open(two_nights.archive).warc_files()[number] for number in which]
    for path in lost:
        path.unlink()
    if forget:
        forget(two_nights)
    ran = cli("extract", "--config", two_nights.config)
    assert two_nights.records() == records
    assert ran.code == 5
    assert ", 0 removed" in ran.out
    told = ran.err.splitlines()
    assert len(told) == len(which)
    for path, line in zip(lost, told, strict=True):
        assert line.startswith(f"error: warc/{path.name}: is missing")
        assert line.endswith("; put it back from a copy")


def test_c07_nor_one_that_a_newer_capture_in_another_dress_gives_otherwise(crawled, origin, cli):
    (first,) = crawled.archive.glob("warc/*.warc.gz")
    records = crawled.records()
    for page in origin.site.articles:
        raw = page.raw(origin.base_url).replace(b"</body>", b"<p>Copyright (c) 2040.</p></body>")
        plain = [line for line in raw.splitlines(keepends=True) if b"article:tag" not in line]
        origin.says(page.path, 200, ("Content-Type", "text/html"), body=b"".join(plain))
    summary = crawled.crawl(full=True).summary
    assert (summary.changed, crawled.records()) == (0, records)
    first.rename(first.with_suffix(".away"))
    assert cli("extract", "--config", crawled.config).code == 5
    assert crawled.records() == records
    first.with_suffix(".away").rename(first)
    assert cli("extract", "--config", crawled.config).code == 0
    assert crawled.records() == records


def test_a_manifest_that_cannot_be_read_costs_no_record(crawled, cli):
    records = crawled.records()
    (crawled.archive / "manifest-sha256.txt").write_bytes(b"nonsense\n")
    for path in Archive.open(crawled.archive).warc_files():
        path.unlink()
    ran = cli("extract", "--config", crawled.config)
    assert (ran.code, crawled.records()) == (5, records)
    assert "manifest-sha256.txt:1: not 'digest  path'; no record is removed" in ran.err


def test_a_third_version_that_says_what_the_first_said(crawled, origin):
    path, first = origin.site.articles[0].path, origin.site
    origin.site = first.edited(path, "A second thought.", "2026-01-01T00:00:00+00:00")
    assert crawled.crawl().summary.changed == 1
    origin.site = first
    assert crawled.crawl().summary.changed == 1
    records = crawled.records()
    shutil.rmtree(crawled.archive / "records")
    rewrite(crawled)
    assert crawled.records() == records


def test_an_address_for_what_has_its_own_is_refused(crawled, cli):
    (warc,) = Archive.open(crawled.archive).warc_files()
    ran = cli("extract", "--config", crawled.config, warc, "--url", "https://site.example/a/")
    told = f"eafarchive: --url: is the address of a saved page, and {warc} has its own\n"
    assert (ran.code, ran.out, ran.err) == (2, "", told)


def test_an_address_that_is_none_is_told_before_the_page_is_read(bench, cli, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(b"<h1>Invented</h1>")
    ran = cli("extract", "--config", bench.config, page, "--url", "harbours")
    told = "eafarchive: --url harbours: not a web address: write https://…\n"
    assert (ran.code, ran.out, ran.err) == (2, "", told)


def test_the_ledger_is_not_needed(crawled):
    records = crawled.records()
    crawled.archive.joinpath("ledger.sqlite3").unlink()
    shutil.rmtree(crawled.archive / "records")
    rewrite(crawled)
    assert crawled.records() == records


def test_a_damaged_warc_costs_no_record(crawled):
    records = crawled.records()
    path = warc_of(crawled)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.chmod(0o644)
    path.write_bytes(data)
    done, complaints = rewrite(crawled)
    assert done.damaged == len(complaints) >= 1
    assert path.name in complaints[0]
    assert done.removed == 0
    assert crawled.records() == records


def test_past_the_damage_every_record_is_made_again(crawled):
    records = crawled.records()
    path = warc_of(crawled)
    with path.open("rb") as file:
        members = [item for item in read_members(file) if isinstance(item, WarcRecord)]
    first = next(member for member in members if member.kind == "request")
    data = bytearray(path.read_bytes())
    data[first.offset + first.length // 2] ^= 0x40
    path.chmod(0o644)
    path.write_bytes(data)
    shutil.rmtree(crawled.archive / "records")
    done, complaints = rewrite(crawled)
    assert done.damaged == len(complaints) == 1
    assert complaints[0].startswith(f"warc/{path.name}@{first.offset}: ")
    assert crawled.records() == records


def test_not_while_another_run_writes(crawled):
    with lock(crawled.archive), pytest.raises(BusyError):
        rewrite(crawled)


def test_loose_files_give_the_same_articles(crawled, origin, tmp_path):
    held = {r["key"]: r for r in map(json.loads, crawled.records().values())}
    warc = warc_of(crawled)
    wacz = tmp_path / "all.wacz"
    with zipfile.ZipFile(wacz, "w") as package:
        package.write(warc, f"archive/{warc.name}")
    for given in ([warc], [warc.parent], [warc.parent / "*.gz"], [wacz], ["-"]):
        stdin = warc.read_bytes() if given == ["-"] else b""
        made, faults = extract_all(crawled, *given, stdin=stdin)
        assert faults == []
        articles = [json.loads(encode_record(m)) for m in made if not isinstance(m, NotAnArticle)]
        assert len(made) == len(origin.site.pages)
        for record in articles:
            record["capture"]["warc"] = held[record["key"]]["capture"]["warc"]
        assert {r["key"]: r for r in articles} == held


def test_extracting_twice_gives_the_same_bytes(crawled):
    first, _ = extract_all(crawled, warc_of(crawled))
    again, _ = extract_all(crawled, warc_of(crawled), warc_of(crawled))
    assert again == first + first


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page", "-"])
def test_a_saved_page(crawled, origin, tmp_path, name):
    article = origin.site.articles[0]
    html, url = article.raw(origin.base_url), article.url(origin.base_url)
    (tmp_path / "page").mkdir()
    path = tmp_path / "page" / name
    path.write_bytes(html)
    given = "-" if name == "-" else path
    (record,), faults = extract_all(crawled, given, url=url, stdin=html)
    held = crawled.by_path()[article.path]
    assert faults == []
    assert (record.title, record.text, record.url) == (held["title"], held["text"], url)
    assert record.capture.warc is None
    assert record.capture.captured_at is None


def test_a_web_archives_copy_is_read_as_the_article_at_its_own_address(crawled, origin, tmp_path):
    page = tmp_path / "saved.html"
    article = origin.site.articles[0]
    page.write_bytes(article.raw(origin.base_url))
    own = article.url(origin.base_url)
    copy = f"https://archive.example/web/20250304050607/{own}"
    (plain,), _ = extract_all(crawled, page, url=own)
    (found,), faults = extract_all(crawled, page, url=copy)
    assert faults == []
    assert found.capture.target_uri == copy
    assert msgspec.structs.replace(found, capture=plain.capture) == plain


def test_a_saved_page_needs_its_address(crawled, tmp_path):
    (tmp_path / "page.html").write_bytes(b"<h1>A</h1>")
    for url in (None, "", "no url", "ftp://site.example/"):
        with pytest.raises(ConfigError, match=r"page\.html: .*--url"):
            extract_all(crawled, tmp_path / "page.html", url=url)


def test_names_without_a_file(crawled, tmp_path):
    (tmp_path / "empty").mkdir()
    for pattern in (tmp_path / "nope.warc.gz", tmp_path / "*.warc", tmp_path / "empty"):
        with pytest.raises(ConfigError, match=r"no such file|holds no WARC"):
            extract_all(crawled, pattern)


def test_what_is_no_warc_is_a_fault_and_the_rest_is_read(crawled, tmp_path, origin):
    junk = tmp_path / "junk.warc.gz"
    junk.write_bytes(b"\x1f\x8bjunk")
    cut = tmp_path / "cut.warc.gz"
    whole = warc_of(crawled).read_bytes()
    cut.write_bytes(whole[: len(whole) - 100])
    made, faults = extract_all(crawled, junk, cut, warc_of(crawled))
    assert {fault.where.partition("@")[0] for fault in faults} == {junk.name, cut.name}
    assert len(made) >= len(origin.site.pages)


def test_extract_never_writes_over_what_it_reads_nor_over_any_warc_file(crawled, cli, tmp_path):
    (warc,) = (crawled.archive / "warc").iterdir()
    held = warc.read_bytes()
    link = tmp_path / "articles.jsonl"
    link.symlink_to(warc)
    other = tmp_path / "other.warc"
    other.write_bytes(b"evidence")
    for out in (warc, link, other):
        ran = cli("extract", "--config", crawled.config, warc, "-o", out)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"eafarchive: {out}: would be overwritten; name another file with -o\n"
    assert (warc.read_bytes(), other.read_bytes()) == (held, b"evidence")


@pytest.mark.parametrize("command", ["extract", "cdxj", "export"])
@pytest.mark.parametrize("name", ["x.warc.gz", "x.warc.gz.open", "x.wacz", "x.arc"])
def test_nothing_that_is_derived_is_named_like_a_warc_file(crawled, cli, command, name):
    out = crawled.archive / "warc" / name
    given = [warc_of(crawled)] if command == "extract" else []
    ran = cli(command, "--config", crawled.config, *given, "-o", out)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"eafarchive: {out}: is a WARC file's name; name another file with -o\n"
    assert not out.exists()
