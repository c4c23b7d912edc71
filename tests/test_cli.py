"""The command line: results, messages of one line, exit codes; never a traceback."""

import json
import re

import pytest

from eafarchive.archive.directory.holdings import Archive
from eafarchive.record import SOFTWARE

SUMMARY = (
    "discovered",
    "fetched",
    "new",
    "changed",
    "chrome_only",
    "unchanged",
    "held_again",
    "gone",
    "moved",
    "audited",
    "refused",
    "failed",
    "articles",
    "warnings",
    "drifted",
    "drift",
    "blocked",
    "source_warnings",
    "put_off",
    "warc_bytes",
    "requests",
    "seconds",
)


def one_line(text, *words):
    assert text.count("\n") == 1, text
    assert text.startswith("eafarchive: ")
    for word in words:
        assert str(word) in text
    assert "Errno" not in text


def test_crawl_tells_in_json(bench, cli):
    ran = cli("crawl", "--config", bench.config, "--json", "-q")
    assert ran.code == 3
    summary = json.loads(ran.out)
    assert tuple(summary) == SUMMARY
    assert (summary["discovered"], summary["new"], summary["blocked"]) == (9, 5, 1)
    assert ran.err.startswith("exit 3: 1 failed; the first: http")
    assert ran.err.count("\n") == 1


def test_crawl_tells_in_words(bench, cli):
    ran = cli("crawl", "--config", bench.config)
    assert "9 discovered, 6 fetched: 5 new" in ran.out
    assert ", 0 drifted, 1 blocked, " in ran.out
    assert ran.out.endswith(f"-> {bench.archive}\n")
    *lines, last = ran.err.splitlines()
    assert all(line.startswith("warning: ") for line in lines)
    assert last.startswith("exit 3: ")
    assert "404" in ran.err
    assert "403" in ran.err


def test_verbose_has_a_line_for_every_url(bench, cli, origin):
    ran = cli("crawl", "--config", bench.config, "-v")
    for page in origin.site.pages:
        lines = [line for line in ran.err.splitlines() if line[:5] != "exit "]
        assert len([line for line in lines if f"{page.path}: " in line]) == 1
    with_warnings = int(re.search(r"(\d+) with warnings", ran.out)[1])
    told = [line for line in lines if re.search(r": (new|blocked|no article's URL): ", line)]
    assert len(told) == with_warnings


def test_dry_run_lists_urls(crawled, origin, cli):
    path = origin.site.articles[0].path
    origin.site = origin.site.edited(path, "Edited.", "2026-01-01T00:00:00+00:00")
    ran = cli("crawl", "--config", crawled.config, "--dry-run")
    assert ran == (0, origin.url(path) + "\n", "")
    told = json.loads(cli("crawl", "--config", crawled.config, "--dry-run", "--json").out)
    assert tuple(told) == (*SUMMARY, "urls", "is_cut_short")
    assert told["urls"] == [origin.url(path)]


@pytest.mark.parametrize("way", ["argument", "file", "stdin"])
def test_given_urls(bench, origin, cli, way):
    path, other = (article.path for article in origin.site.articles[:2])
    text = f"\ufeff# two of them\n\n  {origin.url(path)}  \r\n{origin.url(other)}\n"
    (bench.folder / "urls.txt").write_text(text, "utf-8")
    words = {
        "argument": [origin.url(path), origin.url(other)],
        "file": ["-i", bench.folder / "urls.txt"],
        "stdin": ["--input", "-"],
    }[way]
    ran = cli("crawl", "--config", bench.config, *words, stdin=text.encode())
    assert ran.code == 0, ran.err
    assert origin.requests == ["/robots.txt", path, other]
    assert bench.by_path().keys() == {path, other}


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "ftp://site.example/",
        "http://",
        "http://a..b/",
        "//site.example/",
        "http://[::1/",
    ],
)
def test_a_url_that_is_none(bench, cli, url):
    ran = cli("crawl", "--config", bench.config, url)
    assert ran.code == 2
    one_line(ran.err, url, "not an http or https URL")


def test_a_list_that_holds_something_else(bench, cli):
    path = bench.folder / "urls.txt"
    path.write_text("http://127.0.0.1/\nnonsense\x1b[2J\n", "utf-8")
    ran = cli("crawl", "--config", bench.config, "-i", path)
    assert ran.code == 2
    one_line(ran.err, f"{path}:2: nonsense")
    assert "\x1b" not in ran.err
    path.write_text("# none\n", "utf-8")
    one_line(cli("crawl", "--config", bench.config, "-i", path).err, path, "no URL")
    path.write_bytes(b"\xff\xfe")
    one_line(cli("crawl", "--config", bench.config, "-i", path).err, path, "UTF-8")
    one_line(cli("crawl", "--config", bench.config, "-i", bench.folder).err, "directory")
    gone = cli("crawl", "--config", bench.config, "-i", bench.folder / "gone")
    assert gone.code == 2
    one_line(gone.err, "gone", "No such file")


def test_a_url_on_another_site(bench, cli, origin):
    ran = cli("crawl", "--config", bench.config, "https://elsewhere.example/2020/01/01/a/")
    assert (ran.code, origin.requests) == (2, [])
    one_line(ran.err, "elsewhere.example", "[[sites]]")


@pytest.mark.parametrize(
    "words",
    [
        ("crawl", "--bogus"),
        ("bogus",),
        ("crawl", "--limit", "0"),
        ("crawl", "--limit", "many"),
        ("crawl", "--config"),
        ("extract", "-o"),
        ("status", "too", "many"),
    ],
)
def test_usage_errors(cli, words):
    ran = cli(*words)
    assert ran.code == 2
    assert ran.out == ""
    one_line(ran.err, "(see ", "eafarchive", "--help)")


def test_the_version(cli):
    ran = cli("--version")
    assert (ran.code, ran.out) == (0, f"{SOFTWARE}\n")


def test_nothing_asked_shows_help(cli):
    for words in ((), ("profile",)):
        ran = cli(*words)
        assert ran.code == 2
        assert "Commands:" in ran.err


def test_a_date_that_is_none(bench, cli):
    for option in ("--since", "--until"):
        ran = cli("crawl", "--config", bench.config, option, "yesterday")
        assert ran.code == 2
        one_line(ran.err, "yesterday", "YYYY-MM-DD")


def test_dates_that_leave_no_day(bench, cli, origin):
    words = ("--since", "2024-02-02", "--until", "2024-02-01")
    ran = cli("crawl", "--config", bench.config, *words)
    assert ran.code == 2
    one_line(ran.err, "--since 2024-02-02", "--until 2024-02-01")
    assert origin.requests == []


def test_no_archive_yet(bench, cli):
    for verb in ("status", "verify", "extract"):
        ran = cli(verb, "--config", bench.config)
        assert ran.code == 2
        one_line(ran.err, bench.archive, "eafarchive crawl")
        long = cli(verb, "--config", bench.config, "--archive", "x" * 300)
        assert long.code in {2, 73}
        one_line(long.err, "x" * 100)
    assert not bench.archive.exists()


def test_status(bench, cli, origin):
    cli("crawl", "--config", bench.config)
    before = bench.tree()
    ran = cli("status", "--config", bench.config)
    assert ran.code == 0
    assert "articles  5" in ran.out
    assert "exit code 3" in ran.out
    now = json.loads(cli("status", "--config", bench.config, "--json").out)
    assert now["articles"] == 5
    assert now["captures"] == len(origin.requests)
    assert now["urls"] == {"captured": 5, "blocked": 1, "failed": 1, "refused": 2}
    assert {f["outcome"] for f in now["failing"]} == {"failed", "refused", "blocked"}
    assert now["last_run"]["exit_code"] == 3
    assert tuple(now["last_run"]["summary"]) == SUMMARY
    assert bench.tree() == before


def test_status_without_a_ledger(crawled, cli):
    (crawled.archive / "ledger.sqlite3").unlink()
    ran = cli("status", "--config", crawled.config)
    assert ran.code == 5
    one_line(ran.err, "ledger.sqlite3", "'eafarchive rebuild' makes it again")


def test_rebuild_says_by_its_exit_code_whether_all_could_be_read(crawled, cli):
    assert cli("rebuild", "--config", crawled.config).code == 0
    (path,) = crawled.archive.glob("warc/*.warc.gz")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.chmod(0o644)
    path.write_bytes(data)
    ran = cli("rebuild", "--config", crawled.config)
    assert ran.code == 5
    assert "it is damaged: run 'eafarchive verify'" in ran.out.splitlines()[0]
    assert json.loads(cli("rebuild", "--config", crawled.config, "--json").out)["is_damaged"]


def test_verify(crawled, cli):
    ran = cli("verify", "--config", crawled.config)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("ok: 0 errors, 0 warnings; 1 of 1 WARC files, ")
    min(crawled.archive.glob("records/**/*.json")).unlink()
    (crawled.archive / "stray\x1b]0;x\x07").write_bytes(b"")
    ran = cli("verify", "--config", crawled.config)
    assert ran.code == 5
    assert ran.out.splitlines()[-1].startswith("FAILED: 1 errors, 1 warnings; ")
    assert "\x1b" not in ran.out
    told = json.loads(cli("verify", "--config", crawled.config, "--json").out)
    assert (told["errors"], told["warnings"]) == (1, 1)
    assert {f["severity"] for f in told["findings"]} == {"error", "warning"}


def test_extract_the_archive(crawled, cli):
    records = crawled.records()
    ran = cli("extract", "--config", crawled.config)
    assert ran.code == 0
    assert ran.out.startswith(f"{len(records)} articles: 0 written")
    done = json.loads(cli("extract", "--config", crawled.config, "--json").out)
    assert (done["articles"], done["written"]) == (len(records), 0)


def test_extract_files(crawled, cli, tmp_path):
    out = tmp_path / "articles.jsonl"
    ran = cli("extract", "--config", crawled.config, crawled.archive / "warc")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert {line["key"] for line in lines} == {
        json.loads(data)["key"] for data in crawled.records().values()
    }
    assert "no article" in ran.err
    quiet = cli("extract", "-q", "--config", crawled.config, crawled.archive / "warc", "-o", out)
    assert quiet == (0, "", "")
    assert out.read_text("utf-8") == ran.out
    out.write_bytes(b"kept")
    junk = tmp_path / "junk.warc"
    junk.write_bytes(b"junk")
    ran = cli("extract", "--config", crawled.config, junk)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: junk.warc@")
    assert cli("extract", "--config", crawled.config, tmp_path / "none.warc").code == 2
    nowhere = cli("extract", "--config", crawled.config, junk, "-o", junk / "out")
    assert nowhere.code == 73
    one_line(nowhere.err, junk)
    for verb, *given in (("extract", junk), ("export",), ("cdxj",)):
        missing = cli(verb, "--config", crawled.config, *given, "-o", tmp_path / "no" / "out")
        assert (missing.code, (tmp_path / "no").exists()) == (2, False)
        one_line(missing.err, tmp_path / "no")


def test_extract_a_saved_page(crawled, origin, cli, tmp_path):
    article = origin.site.articles[0]
    page = tmp_path / "page.html"
    page.write_bytes(article.raw(origin.base_url))
    words = ("extract", "--config", crawled.config, page)
    ran = cli(*words, "--url", article.url(origin.base_url))
    assert ran.code == 0
    assert json.loads(ran.out)["title"] == origin.site.expected[article.path]["title"]
    ran = cli(*words)
    assert ran.code == 2
    one_line(ran.err, page, "--url")


def test_demo(cli, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    ran = cli("demo", "--archive", folder)
    assert ran.code == 0, ran.err
    assert "articles" in ran.out
    made = Archive.open(folder / "archive")
    assert len(made.record_files()) >= 24
    assert f"eafarchive verify --config {folder}/config.toml" in ran.out
    assert cli("verify", "--config", folder / "config.toml").code == 0
    before = set(made.warc_files())
    mine = (
        *("notes.txt", "archive/notes.txt", "archive/warc/notes.warc.gz", "config.toml.old"),
        *("archive/records/notes.json", "deep/down/notes.txt"),
    )
    for name in mine:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"mine")
    again = cli("demo", "--archive", folder, "--json")
    assert again.code == 0, again.err
    assert tuple(json.loads(again.out)) == SUMMARY
    assert {(folder / name).read_bytes() for name in mine} == {b"mine"}
    assert not before & set(made.warc_files())
    assert len(list((folder / "archive" / "records").iterdir())) == 2, "the old host's are gone"
    _refuses_what_was_changed_since(cli, folder)


def _refuses_what_was_changed_since(cli, folder):
    config = folder / "config.toml"
    text = config.read_text("utf-8")

    def is_refused():
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        ran = cli("demo", "--archive", folder)
        assert ran.code == 2
        one_line(ran.err, folder, "--archive")
        return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before

    config.write_text(text.replace("127.0.0.1", "site.example") + "rest = 'x'\n", "utf-8")
    assert is_refused(), "made its user's own"
    config.write_text(text, "utf-8")
    record = next((folder / "archive" / "records").rglob("*/*.json"))
    other = folder / "archive" / "records" / "site.example" / "a.json"
    other.parent.mkdir()
    other.write_bytes(record.read_bytes())
    assert is_refused(), "holds another site's"
    other.unlink()
    (folder / "archive").rename(folder / "moved")
    (folder / "archive").symlink_to(folder / "moved")
    assert is_refused(), "leads elsewhere"


def test_demo_keeps_its_hands_off_other_folders(cli, tmp_path):
    for name in ("mine.txt", "config.toml"):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_text("[archive]\n", "utf-8")
        ran = cli("demo", "--archive", folder)
        assert ran.code == 2
        one_line(ran.err, folder, "--archive")
        assert (folder / name).read_text("utf-8") == "[archive]\n"
    assert cli("demo", "--archive", tmp_path / "mine" / "mine.txt").code == 2


@pytest.mark.parametrize("time", ["", "soon", "0", "-5", "5x", "1.2.3s", "m", "1e3", "999999d"])
def test_a_time_limit_that_is_none(bench, cli, origin, time):
    ran = cli("crawl", "--config", bench.config, f"--time-limit={time}")
    assert (ran.code, origin.requests) == (2, [])
    one_line(ran.err, f"{time}: not a time", "10m")


@pytest.mark.parametrize(
    "words",
    [
        ("crawl", "--metrics-file", ""),
        ("crawl", "--log-file", ""),
        ("crawl", "-i", ""),
        ("status", "--archive", ""),
        ("status", "--config", ""),
        ("extract", "page.html", "-o", ""),
        ("cdxj", "-o", ""),
        ("verify", "--salvage", ""),
        ("demo", "--archive", ""),
    ],
)
def test_an_empty_name_is_not_the_working_directory(cli, words):
    ran = cli(*words)
    assert (ran.code, ran.out) == (2, "")
    one_line(ran.err, words[-2], "is empty")


@pytest.mark.parametrize("folder", [".", "/", ".."])
def test_output_into_a_folder_is_one_clear_line(crawled, cli, folder):
    warc = next((crawled.archive / "warc").glob("*.warc.gz"))
    for words in (
        ("crawl", "--config", crawled.config, "--metrics-file", folder),
        ("crawl", "--config", crawled.config, "--log-file", folder),
        ("extract", "--config", crawled.config, warc, "-o", folder),
    ):
        ran = cli(*words)
        assert (ran.code, ran.out) == (73, ""), words
        one_line(ran.err, folder, "Is a directory")


def test_an_output_for_the_archives_own_records_names_export(crawled, cli, tmp_path):
    before = crawled.tree()
    out = tmp_path / "all.jsonl"
    ran = cli("extract", "--config", crawled.config, "-o", out)
    assert (ran.code, ran.out) == (2, "")
    one_line(ran.err, f"eafarchive export -o {out}")
    ran = cli("extract", "--config", crawled.config, "--url", "https://a.example/")
    assert (ran.code, ran.out) == (2, "")
    one_line(ran.err, "--url")
    assert (crawled.tree(), out.exists()) == (before, False)


@pytest.mark.parametrize("verb", ["extract", "verify"])
def test_an_empty_path_is_not_all_that_lies_here(crawled, cli, monkeypatch, verb):
    monkeypatch.chdir(crawled.archive)
    ran = cli(verb, "--config", crawled.config, "")
    assert (ran.code, ran.out) == (2, "")
    one_line(ran.err, "empty name")


def test_export(crawled, cli, tmp_path):
    out = tmp_path / "all.jsonl"
    held = [json.loads(data) for _, data in sorted(crawled.records().items())]
    ran = cli("export", "--config", crawled.config)
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line) for line in ran.out.splitlines()] == held
    assert cli("export", "--config", crawled.config, "--json") == ran
    assert cli("export", "--config", crawled.config, "-o", out) == (0, "", "")
    assert cli("export", "--config", crawled.config, "-o", "-") == ran
    assert out.read_text("utf-8") == ran.out
    broken = next((crawled.archive / "records").rglob("*.json"))
    refused = cli("export", "--config", crawled.config, "-o", broken)
    assert refused.code == 2
    broken.write_bytes(b"junk")
    ran = cli("export", "--config", crawled.config)
    assert (ran.code, len(ran.out.splitlines())) == (5, len(held) - 1)
    assert ran.err.startswith(f"error: {broken}: not a record")


def test_the_mail_of_a_night_says_why(crawled, origin, cli):
    words = ("crawl", "--config", crawled.config, "-q", "--full")
    paths = [article.path for article in origin.site.articles]
    for path in (*paths, *origin.site.held_back("challenge")):
        origin.says(path, 403)
    ran = cli(*words)
    assert ran.code == 4
    assert ran.err.startswith(f"exit 4: 6 refused; the first: {origin.base_url}")
    assert "status 403" in ran.err
    lost = b"<!doctype html><title>T</title><h1>Another skin</h1><p>Few words are left of it.</p>"
    for path in paths:
        origin.says(path, 200, ("Content-Type", "text/html"), body=lost)
    ran = cli(*words, "--json")
    assert ran.code == 7
    drifted = json.loads(ran.out)["drifted"]
    assert ran.err.startswith(f"exit 7: {drifted} pages no longer read as their profile says; ")
    assert ran.err.endswith("; see 'eafarchive profile check'\n")
    assert ran.err.count("\n") == 1
    origin.says("/robots.txt", 200, body=b"User-agent: *\nDisallow: /\n")
    ran = cli(*words, "--archive", crawled.folder / "new")
    assert ran.code == 6
    assert ran.err.startswith("exit 6: robots.txt forbids all")


@pytest.mark.parametrize(
    ("answer", "code"),
    [((404,), 4), ((200, b""), 3), ((200, b"<!doctype html><h1>Few</h1><p>words.</p>"), 3)],
)
def test_a_url_given_that_brings_no_record_is_no_success(crawled, origin, cli, answer, code):
    path = origin.site.articles[0].path
    status, *body = answer
    origin.says(path, status, ("Content-Type", "text/html"), body=b"".join(body))
    ran = cli("crawl", "--config", crawled.config, "-q", origin.url(path))
    assert ran.code == code
    assert ran.err.startswith(f"exit {code}: ")
    assert origin.url(path) in ran.err
    assert cli("crawl", "--config", crawled.config, "-q").code == 0, "it is one page of many"


def test_status_tells_of_a_host_that_is_left_alone(bench, cli, origin):
    path = origin.site.articles[0].path
    origin.says(path, 429, ("Retry-After", "7200"))
    assert cli("crawl", "--config", bench.config, "-q").code == 75
    told = json.loads(cli("status", "--config", bench.config, "--json").out)
    (host,) = told["left_alone"]
    assert host in origin.base_url
    assert (told["due"], told["waiting"] > 0) == (0, True)
    shown = cli("status", "--config", bench.config).out
    until = told["left_alone"][host]
    assert (
        f"waiting   {told['waiting']} for hosts that asked to be left alone: {host} until {until}"
        in shown
    )
    assert "due       0 in the next run" in shown
