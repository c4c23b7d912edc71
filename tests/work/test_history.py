"""An article's versions, the words between them, and the article as it was."""

import contextlib
import itertools
import json
import os
import pty
import shutil
import subprocess

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.directory.holdings import Archive
from eafarchive.demosite import Answer
from eafarchive.errors import ConfigError
from eafarchive.model import Author, Image, Link
from eafarchive.record import decode_record
from eafarchive.work.held import words
from eafarchive.work.held.difference import differences, spelled
from eafarchive.work.held.history import history
from eafarchive.work.held.words import compare, count
from workbench import Bench, Origin, command, environment

STAMPS = ("2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00")


@pytest.fixture
def path(origin):
    return origin.site.articles[0].path


@pytest.fixture(scope="module")
def edited_once(crawled_once, server, tmp_path_factory):
    """An archive whose first article was captured as written, twice edited, and seen again."""
    (folder, site), made = crawled_once(), tmp_path_factory.mktemp("edited")
    shutil.copytree(folder / "archive", made / "archive")
    origin = Origin(server, site.pages)
    bench = Bench(made, origin.base_url)
    path = site.articles[0].path
    url = origin.url(path)
    bench.crawl(url)
    origin.site = origin.site.edited(path, "A second thought of moment.", STAMPS[0])
    bench.crawl(url)
    origin.site = origin.site.edited(path, "A third one as well.", STAMPS[1])
    bench.crawl(url)
    bench.crawl(url)
    return made, origin.site


@pytest.fixture
def edited(edited_once, origin, tmp_path):
    """A bench of one's own with that archive, and the site as it is by then."""
    folder, origin.site = edited_once
    shutil.copytree(folder / "archive", tmp_path / "archive")
    return Bench(tmp_path, origin.base_url)


def told(cli, bench, verb, *words_given):
    ran = cli(verb, "--config", bench.config, *words_given)
    assert ran.code == 0, ran.err
    return ran.out


def story(bench, url):
    with bench.reader() as reader:
        return history(Archive.open(bench.archive), reader, url)


def test_versions_are_listed_and_what_shows_them_again_is_counted(edited, origin, path, cli):
    found = json.loads(told(cli, edited, "history", origin.url(path), "--json"))
    assert [v["number"] for v in found["versions"]] == [1, 2, 3]
    assert [v["captures"] for v in found["versions"]] == [2, 1, 2]
    first, second, third = found["versions"]
    assert first["changed"] == []
    assert {"text", "modified_at"} <= set(second["changed"])
    assert (second["words_added"], second["words_removed"]) == (5, 0)
    assert third["words_added"] == 5
    times = [v[when] for v in found["versions"] for when in ("captured_at", "last_seen_at")]
    assert times == sorted(times)
    assert len({v["digest"] for v in found["versions"]}) == 3
    assert (found["state"], found["events"]) == ("held", [])
    lines = told(cli, edited, "history", origin.url(path)).splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("   1  20")
    assert "seen 2 times, last 20" in lines[1]
    assert "text (+5 -0 words)" in lines[2]
    newest = edited.by_path()[path]
    shown = json.loads(told(cli, edited, "show", origin.url(path), "--json"))
    assert shown == newest, "the last version is the record"
    assert third["digest"].startswith("sha256:")


def test_any_spelling_will_do(edited, origin, path, cli):
    key = origin.url(path).removeprefix("http://").rstrip("/")
    host, rest = key.split("/", 1)
    wanted = told(cli, edited, "history", key)
    for spelling in (
        f"http://{key}",
        f"http://{key}/?utm_source=feed&fbclid=1#more",
        f"http://USER@{host}/{rest.upper()}/",
        f"http://{host}//../{rest}/",
    ):
        assert told(cli, edited, "history", spelling) == wanted


def test_only_the_captures_of_the_article_are_read(edited, origin, path, monkeypatch):
    asked = []
    capture_at = Archive.capture_at

    def note(archive, place):
        asked.append(place)
        return capture_at(archive, place)

    monkeypatch.setattr(Archive, "capture_at", note)
    monkeypatch.setattr(Archive, "captures", None)
    story(edited, origin.url(path))
    assert len(asked) == 3, "and what repeats one is not read again"


def test_the_words_that_changed(edited, origin, path, cli):
    out = told(cli, edited, "diff", origin.url(path))
    assert "from version 2," in out
    assert "to   version 3," in out
    assert "\x1b" not in out
    assert "\ntext\n  {+A third one as well.+}\n" in out, "what is the same is left out"
    both = told(cli, edited, "diff", origin.url(path), "--from", "1")
    assert "second thought" in both
    assert "third one" in both
    back = told(cli, edited, "diff", origin.url(path), "--from", "3", "--to", "1")
    assert "[-" in back
    assert "{+A third" not in back
    same = told(cli, edited, "diff", origin.url(path), "--from", "2", "--to", "2")
    assert same.endswith("\nnothing differs\n")
    found = json.loads(told(cli, edited, "diff", origin.url(path), "--json"))
    text = next(c for c in found["changes"] if c["field"] == "text")
    assert "".join(w for kind, w in text["words"] if kind != "+") == text["before"]
    assert "".join(w for kind, w in text["words"] if kind != "-") == text["after"]
    assert (found["from"]["number"], found["to"]["number"]) == (2, 3)


def test_colours_on_a_terminal(edited, origin, path):
    for more, colour in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
        controller, terminal = pty.openpty()
        subprocess.run(
            command("diff", "--config", edited.config, origin.url(path)),
            env=environment(**more),
            stdout=terminal,
            timeout=60,
            check=True,
        )
        os.close(terminal)
        seen = os.read(controller, 1 << 16)
        os.close(controller)
        assert (b"\x1b[32m{+" in seen) == colour


def test_the_article_as_it_was(edited, origin, path, cli):
    url = origin.url(path)
    first, second, third = story(edited, url).versions
    assert "third one" in told(cli, edited, "show", url)
    then = told(cli, edited, "show", url, "--at", "1")
    assert "thought of moment" not in then
    assert then.splitlines()[0] == first.record.title
    assert "version 1 of 3" in then
    assert first.record.text in then
    for time, version in (
        (first.last_seen_at, first),
        (second.captured_at, second),
        (third.captured_at[:10], third),
        ("2999-01-01T00:00:00+09:00", third),
        ("9999-12-31", third),
    ):
        shown = json.loads(told(cli, edited, "show", url, "--at", time, "--json"))
        assert shown["text"] == version.record.text, time


@pytest.mark.parametrize(
    "at", ["0", "4", "2001-01-01", "1969-12-31", "yesterday", "2026-02-30", "-1"]
)
def test_a_version_that_is_not_there(edited, origin, path, cli, at):
    ran = cli("show", "--config", edited.config, origin.url(path), f"--at={at}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert at in ran.err
    assert ("was not held at" in ran.err) == (at in {"2001-01-01", "1969-12-31"})


@pytest.mark.parametrize("end", ["--from", "--to"])
def test_an_empty_version_is_none(edited, origin, path, cli, end):
    ran = cli("diff", "--config", edited.config, origin.url(path), end, "")
    assert (ran.code, ran.out) == (2, "")
    assert "neither a version's number nor a time" in ran.err


@pytest.mark.parametrize("verb", ["history", "diff", "show"])
def test_what_is_not_held_is_said_in_one_line(crawled, cli, verb):
    for url in ("https://elsewhere.example/2020/01/01/a/", "elsewhere.example/a", "no url\x1b[2J"):
        ran = cli(verb, "--config", crawled.config, url)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert "\x1b" not in ran.err
    (crawled.archive / "ledger.sqlite3").unlink()
    ran = cli(verb, "--config", crawled.config, "https://elsewhere.example/")
    assert (ran.code, ran.err.count("\n")) == (5, 1)


def test_an_article_that_is_gone_is_kept_and_shown_as_gone(edited, origin, path, cli):
    url = origin.url(path)
    origin.site = origin.site.without(path)
    for _ in range(2):
        edited.crawl(url)
    found = json.loads(told(cli, edited, "history", url, "--json"))
    assert found["state"] == "gone"
    assert len(found["versions"]) == 3
    (event,) = found["events"]
    assert (event["kind"], event["detail"]) == ("gone", "status 404")
    out = told(cli, edited, "history", url)
    since = f": gone, status 404 since {event['first_at']}"
    assert since in out.splitlines()[0]
    origin.says(path, 500)
    edited.crawl(url)
    assert since in told(cli, edited, "history", url).splitlines()[0], "not since it failed"
    assert "third one" in told(cli, edited, "show", url)


def test_a_spelling_that_the_server_does_not_know_is_no_removal(crawled, origin, path):
    """The site answers 404 without the slash at the end, or with a query of anybody's."""
    url = origin.url(path)
    for spelling in (path.rstrip("/"), f"{path}?utm_source=feed"):
        origin.says(spelling, 404)
        result = crawled.crawl(origin.url(spelling))
        assert (result.exit_code, result.summary.gone, result.summary.failed) == (4, 0, 1)
    with contextlib.closing(Ledger(crawled.archive / "ledger.sqlite3")) as ledger:
        assert ledger.visit(story(crawled, url).key).outcome == "captured"
    found = story(crawled, url)
    assert (found.state, [event.kind for event in found.events]) == ("held", ["failed"])
    origin.says(path, 301, ("Location", path.rstrip("/")))
    origin.says(path.rstrip("/"), 404)
    assert crawled.crawl(url).summary.gone == 1, "it is gone where its own address leads there"
    assert story(crawled, url).state == "gone"


def test_an_article_that_only_leads_to_its_other_spelling_has_no_version(crawled, origin, cli):
    path = "/2024/01/02/elsewhere/"
    secure = origin.url(path).replace("http:", "https:")
    origin.script.answers[path] = Answer(301, "Moved", (("Location", secure),), b"")
    crawled.crawl(origin.url(path))
    assert story(crawled, origin.url(path)).timeline == []
    for verb in ("show", "diff"):
        ran = cli(verb, "--config", crawled.config, origin.url(path))
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert "only lead to another spelling" in ran.err


def test_an_article_that_comes_back_is_held_again(crawled, origin, path):
    url, site = origin.url(path), origin.site
    origin.site = site.without(path)
    crawled.crawl(url)
    origin.site = site
    crawled.crawl(url)
    found = story(crawled, url)
    assert found.state == "held"
    assert [e.kind for e in found.events] == ["gone"]
    assert [v.captures for v in found.versions] == [2]


def test_an_article_that_moved_is_shown_as_moved(crawled, origin, path, cli):
    new = "/2026/01/02/moved-here/"
    article = origin.site.articles[0]
    origin.script.answers[path] = Answer(301, "Moved", (("Location", origin.url(new)),), b"")
    page = article.raw(origin.base_url).replace(path.strip("/").encode(), new.strip("/").encode())
    origin.script.answers[new] = Answer(200, "OK", (("Content-Type", "text/html"),), page)
    crawled.crawl(origin.url(path))
    found = json.loads(told(cli, crawled, "history", origin.url(path), "--json"))
    assert (found["state"], found["moved_to"]) == ("moved", origin.url(new))
    assert len(found["versions"]) == 1
    assert f": moved to {origin.url(new)}" in told(cli, crawled, "show", origin.url(path))
    there = story(crawled, origin.url(new))
    assert (there.state, len(there.versions), there.came_from) == ("held", 1, None)
    origin.says(path, 410)
    crawled.crawl(origin.url(path))
    found = json.loads(told(cli, crawled, "history", origin.url(path), "--json"))
    assert (found["state"], found["moved_to"]) == ("gone", None)


def test_what_only_ever_led_elsewhere_is_followed(crawled, origin, path):
    old = "/2020/01/01/old-address/"
    origin.script.answers[old] = Answer(301, "Moved", (("Location", origin.url(path)),), b"")
    crawled.crawl(origin.url(old))
    found = story(crawled, origin.url(old))
    assert found.key == story(crawled, origin.url(path)).key
    assert found.came_from == origin.url(old).removeprefix("http://").rstrip("/")
    circle = "/2020/01/01/circle/"
    for one, other in ((old, circle), (circle, old)):
        origin.script.answers[one] = Answer(302, "Found", (("Location", origin.url(other)),), b"")
    crawled.crawl(origin.url(circle))
    with pytest.raises(ConfigError, match="no version of it is held: moved"):
        story(crawled, origin.url(circle)).version(None)


def test_pages_that_are_no_version(crawled, origin, cli):
    (challenge,) = (p for p in origin.site.pages if p.definition.status == "challenge")
    found = story(crawled, origin.url(challenge.path))
    assert (found.versions, found.state) == ([], "never held")
    assert found.events[0].kind == "no article"
    ran = cli("show", "--config", crawled.config, origin.url(challenge.path))
    assert ran.code == 2
    assert "no version of it is held: no article, a page that refuses" in ran.err


def test_revisits_count_for_the_response_they_refer_to(edited, origin, path):
    url = origin.url(path)
    with contextlib.closing(Ledger(edited.archive / "ledger.sqlite3")) as ledger:
        rows = ledger.captures_of(story(edited, url).key)
        first, *_, last = (row for row in rows if row.kind == "response")

        def revisit(of, number, status):
            place = msgspec.structs.replace(of.place, offset=10**6 + number, record_id=f"r{number}")
            return msgspec.structs.replace(
                of,
                place=place,
                kind="revisit",
                refers_to=of.place.record_id,
                status=status,
                captured_at=f"2036-01-0{number}T00:00:00.000000Z",
            )

        ledger.add_captures([revisit(last, 1, 304), revisit(first, 2, 200), revisit(first, 3, 304)])
        ledger.add_captures([msgspec.structs.replace(revisit(last, 4, 304), refers_to="nobody")])
    found = story(edited, url)
    assert [v.captures for v in found.versions] == [2, 1, 3, 2]
    assert found.versions[2].last_seen_at.startswith("2036-01-01")
    assert found.versions[3].digest == found.versions[0].digest, "what was before is back"
    assert found.versions[3].record == found.versions[0].record
    assert [e.detail for e in found.events] == ["repeats a capture that is not held"]


TEXTS = st.text(alphabet="ab \n\t.é", max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_pieces_make_up_both_texts(before, after):
    pieces = compare(before, after)
    assert "".join(t for k, t in pieces if k != "+") == before
    assert "".join(t for k, t in pieces if k != "-") == after
    assert all(text for _, text in pieces)
    assert not any(a[0] == b[0] for a, b in itertools.pairwise(pieces))
    if before == after:
        assert count(pieces) == (0, 0)


def test_words_not_letters_and_not_lines():
    pieces = compare("The old tax fell.\nNo more.", "The new tax fell.\nNo more.")
    assert pieces == [("=", "The "), ("-", "old"), ("+", "new"), ("=", " tax fell.\nNo more.")]
    assert compare("The old tax fell.", "The new rate fell.") == [
        *(("=", "The "), ("-", "old tax"), ("+", "new rate"), ("=", " fell.")),
    ]


def test_a_huge_text_is_not_compared_word_by_word(monkeypatch):
    monkeypatch.setattr(words, "_LIMIT", 100)
    before, after = "x " + "a b " * 50 + "y", "x " + "c d " * 50 + "y"
    assert [kind for kind, _ in compare(before, after)] == ["=", "-", "+", "="]


def test_a_small_edit_of_a_text_that_says_the_same_over_and_over_is_small():
    before = "The ferry leaves at noon and comes back at four. " * 600
    after = before.replace("noon", "one", 1)
    after = after[:15000] + "Nobody waits. " + after[15000:20000] + after[20040:]
    pieces = compare(before, after)
    assert sum(count(pieces)) < 30
    assert "".join(t for k, t in pieces if k != "+") == before
    assert "".join(t for k, t in pieces if k != "-") == after


@given(before=TEXTS, after=TEXTS)
def test_pieces_of_what_is_too_much_alike_make_up_both_texts(before, after):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(words, "_EQUAL", -1)
        test_pieces_make_up_both_texts.hypothesis.inner_test(before, after)


def test_fields_as_people_read_them():
    value = (Author("A B", affiliations=("U",), role="Editor"), Author("C"))
    assert spelled(value) == "A B (Editor, U)\nC"
    assert spelled((Link("u", "t"), Image("i", "alt", None, "by C"))) == "t <u>\ni | alt | by C"
    assert [spelled(v) for v in (None, True, 7, "x")] == ["", "yes", "7", "x"]


def test_words_that_are_equal_again_and_again_are_compared_in_bounded_time(monkeypatch):
    """What comparing costs is counted: how often it asks where else a word stands."""
    pairs = []

    class Counting(words.SequenceMatcher):
        def find_longest_match(self, *stretch):
            pairs.append(sum(len(self.b2j.get(one, ())) for one in self.a[slice(*stretch[:2])]))
            return super().find_longest_match(*stretch)

    monkeypatch.setattr(words, "SequenceMatcher", Counting)
    before = "z " + " ".join(["a"] * 1000 + ["x"])
    after = "y " + " ".join((["a"] * 3 + ["b"]) * 250)
    pieces = compare(before, after)
    assert "".join(text for kind, text in pieces if kind in "=-") == before
    assert "".join(text for kind, text in pieces if kind in "=+") == after
    assert sum(pairs) < 10_000_000
    pairs.clear()
    compare("z " + "a " * 250 + "x", "y " + "a a a b " * 62)
    assert 0 < sum(pairs) < 10_000_000


def test_an_article_of_one_version_is_compared_with_nothing(crawled, origin, cli):
    url = origin.url(origin.site.articles[0].path)
    shown = told(cli, crawled, "diff", url)
    assert "version 1, captured 20" in shown
    assert shown.endswith(": the article has no other\n")
    assert "differs" not in shown
    assert json.loads(told(cli, crawled, "diff", url, "--json"))["changes"] == []


def test_no_change_is_told_by_its_fields_name_alone(crawled):
    record = decode_record(next(iter(crawled.records().values())), "x")
    author = msgspec.structs.replace(record.authors[0], affiliations=("A", "B"), url=None)
    for change in ({"url": "https://a.example/"}, {"kind": "group"}, {"affiliations": ("A, B",)}):
        before, after = (
            msgspec.structs.replace(record, authors=(one,))
            for one in (author, msgspec.structs.replace(author, **change))
        )
        (found,) = differences(before, after)
        assert {kind for kind, _ in found.words} > {"="}, change
