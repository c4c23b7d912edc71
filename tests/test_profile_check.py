"""`profile check`, `list` and `show`: the account of an extraction, and the words for it."""

import json
import re

import msgspec
import pytest

from eafarchive.config import builtin_profiles, load_profile
from eafarchive.extraction import Page, examine, extract
from eafarchive.extraction.text.account import give_account
from eafarchive.profile import rules_of

PROSE = "The ferry left the quay at nine with forty people and a piano on board. " * 4
URL = "https://journal.example/2020/03/04/a-ferry/"
PAGE = f"""<!doctype html><title>A ferry</title>
<div><a href="/">Home</a></div><p>Letters from the coast</p><h1>A ferry</h1>
<div class="said"><p>By: Ann Roe, University of Elsewhere</p><p>At a glance</p>
<p>One ferry was late.</p></div>
<div class="words"><p>{PROSE}</p><p><img src="b.jpg"></p><p>(Photo: Bob Moe).</p><p>{PROSE}</p>
<p>Ann Roe is a lecturer at the University of Elsewhere.</p>
<p>This article was first published in the Coast Gazette.</p></div>
<h2>Keep the coast afloat</h2><p>{PROSE}</p>"""
OWN = r"""
extends = "generic"
name = "coast"
body = [".words", ".no-such-thing"]
[[layouts]]
name = "plain"
texts = ['letters from the coast']
selectors = [".said", ".unsaid"]
[labels]
summary = ['at a glance']
[chrome]
ends = ['keep the coast afloat', 'never seen']
"""


@pytest.fixture
def coast(tmp_path):
    (tmp_path / "coast.toml").write_text(OWN, "utf-8")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    return tmp_path


def test_every_block_is_accounted_for(coast):
    profile = load_profile("coast.toml", coast)
    page = Page.from_html(PAGE, URL)
    examination = examine(page, profile)
    account = give_account(page, profile, examination)
    assert examination.found == extract(page, profile)
    assert [p.at for p in account.pieces] == [b.at for b in page.outline.blocks if b.text]
    fates = {piece.text[:22]: (piece.part, piece.why) for piece in account.pieces}
    assert fates["Home"] == ("out", "before the title")
    assert fates["A ferry"] == ("title", "h1")
    assert fates["By: Ann Roe, Universit"] == ("byline", "byline.labels")
    assert fates["At a glance"] == ("out", "labels.summary[0]")
    assert fates["One ferry was late."][0] == "summary"
    assert fates["(Photo: Bob Moe)."] == ("caption", "credits[0]")
    assert fates["Ann Roe is a lecturer "][0] == "author note"
    assert fates["This article was first"] == ("note", "notes.closing[0]")
    assert fates["Keep the coast afloat"] == ("out", "chrome.ends[0]")
    last = account.pieces[-1]
    assert (last.part, last.why) == ("out", f"after chrome.ends, block {last.at - 1}")
    text = [p.text for p in account.pieces if p.part in {"summary", "text"}]
    assert [words[:100] for words in examination.found.text.split("\n\n")] == [
        words[:100] for words in text
    ]


def test_every_rule_is_put_to_the_page(coast):
    profile = load_profile("coast.toml", coast)
    page = Page.from_html(PAGE, URL)
    account = give_account(page, profile, examine(page, profile))
    assert [m.rule for m in account.matches] == [rule.key for rule in rules_of(profile)]
    found = {match.rule: match for match in account.matches}
    assert found["body[0]"].text.startswith("The ferry left")
    assert (found["body[1]"].times, found["body[1]"].text) == (0, None)
    assert found["layouts[0].texts[0]"].text == "Letters from the coast"
    assert found["layouts[0].selectors[0]"].times == 1
    assert found["byline.labels[2]"].text.startswith("By: Ann Roe")
    calls = msgspec.structs.replace(profile.chrome, calls=("ferry left",))
    account = give_account(
        page, msgspec.structs.replace(profile, chrome=calls), examine(page, profile)
    )
    assert next(m.times for m in account.matches if m.rule == "chrome.calls[0]") == 3


def test_a_saved_page_is_explained_on_one_page(coast, cli):
    page, profile = coast / "page.html", coast / "coast.toml"
    ran = cli("profile", "check", page, "--url", URL, "--profile", profile)
    assert (ran.code, ran.err) == (0, "")
    assert "profile  coast, extends generic" in ran.out
    assert "article, 1" in ran.out
    assert "layout plain" in ran.out
    idle = ran.out.partition("matched nothing")[2]
    for rule in ("body[1]", "layouts[0].selectors[1]", "chrome.ends[1]"):
        assert f"no  {rule}" in idle
    assert "chrome.refusals" not in idle  # inherited
    full = cli("profile", "check", page, "--url", URL, "--profile", profile, "--verbose")
    assert "chrome.refusals" in full.out
    told = json.loads(
        cli("profile", "check", page, "--url", URL, "--profile", profile, "--json").out
    )
    assert told["idle"] == {"coast": ["body[1]", "layouts[0].selectors[1]", "chrome.ends[1]"]}
    assert told["pages"][0]["found"]["layout"] == "plain"


def test_what_the_archive_holds_is_explained_without_the_network(crawled, origin, cli):
    path = min(crawled.by_path())
    origin.forget_requests()
    common = ("--config", crawled.config)
    by_url = cli("profile", "check", origin.url(path), *common)
    assert by_url.code == 0, by_url.err
    assert f"{origin.url(path)}\n" in by_url.out
    assert "profile  eastasiaforum, extends generic" in by_url.out
    record = next(p for p in crawled.archive.rglob("*.json") if path.strip("/") in str(p))
    by_record = cli("profile", "check", record, *common)
    assert by_record.out.replace(", recorded by eastasiaforum", "") == by_url.out
    every = cli("profile", "check", *common)
    warc = next((crawled.archive / "warc").glob("*.warc.gz"))
    in_warc = cli("profile", "check", warc, *common)
    for ran in (every, in_warc):
        assert ran.code == 0, ran.err
        assert len([line for line in ran.out.splitlines() if ": article, " in line]) == 5
        assert len([line for line in ran.out.splitlines() if ": no article: " in line]) == 1
        assert "profile eastasiaforum: matched nothing on any page:" in ran.out
        assert ran.out.splitlines()[-1].startswith("together 6 pages, 5 articles; ")
    told = json.loads(cli("profile", "check", "--config", crawled.config, "--json").out)
    without = {
        name: sum(page["found"].get(name, "no article") in (None, "", []) for page in told["pages"])
        for name in ("authors", "published_at", "doi", "tags", "title")
    }
    assert (told["totals"]["pages"], told["totals"]["articles"]) == (6, 5)
    for name, count in without.items():
        assert told["totals"]["lacking"].get(name, 0) == count, name
    assert origin.requests == []


def test_what_a_revisit_shows_again_is_explained(crawled, origin, cli):
    first = next((crawled.archive / "warc").glob("*.warc.gz"))
    common = ("--config", crawled.config)
    path = min(crawled.by_path())
    before = cli("profile", "check", origin.url(path), *common)
    crawled.crawl(full=True)  # the same bytes, so a revisit of each
    again = cli("profile", "check", origin.url(path), *common)
    assert (again.code, again.out) == (0, before.out)
    second = next(one for one in (crawled.archive / "warc").glob("*.warc.gz") if one != first)
    both = crawled.archive.parent / "both.warc.gz"
    both.write_bytes(second.read_bytes() + first.read_bytes())
    in_warc = cli("profile", "check", both, *common)
    assert in_warc.code == 0, in_warc.err
    assert len([line for line in in_warc.out.splitlines() if ": article, " in line]) == 10


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("https://nowhere.example/2020/01/02/x/",), "no whole capture"),
        (("page.html",), "--url"),
        (("gone.html", "--url", URL), "gone.html"),
        (("gone.warc.gz",), "gone.warc.gz"),
        (("page.html", "--url", URL, "--profile", "nope"), "nope"),
        (("page.html", "--url", URL, "--profile", "broken.toml"), "$.chrome.lead[0]"),
        (("page.html", "--url", URL, "--profile", "unknown.toml"), "`lede`"),
    ],
)
def test_what_cannot_be_checked_is_told_in_one_line(crawled, coast, cli, monkeypatch, words, told):
    monkeypatch.chdir(coast)
    (coast / "broken.toml").write_text('name = "b"\n[chrome]\nlead = ["("]', "utf-8")
    (coast / "unknown.toml").write_text('name = "b"\n[chrome]\nlede = ["x"]', "utf-8")
    ran = cli("profile", "check", *words, "--config", crawled.config)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert told in ran.err


def test_profiles_are_listed_and_shown_as_they_are_in_force(tmp_path, cli):
    assert cli("profile", "list").out.split() == list(builtin_profiles())
    assert json.loads(cli("profile", "list", "--json").out) == list(builtin_profiles())
    for name in builtin_profiles():
        (tmp_path / "shown.toml").write_text(cli("profile", "show", name).out, "utf-8")
        shown = load_profile("shown.toml", tmp_path)
        loaded = msgspec.structs.replace(load_profile(name), extends=None)
        assert shown == loaded
        assert json.loads(cli("profile", "show", name, "--json").out)["digest"] == shown.digest
    ran = cli("profile", "show", "nope")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("verb", ["check", "list", "show"])
def test_the_help_has_examples(cli, verb):
    ran = cli("profile", verb, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert "--json" in ran.out


def test_damage_in_a_file_that_is_checked_is_told(crawled, cli):
    warc = next((crawled.archive / "warc").glob("*.warc.gz"))
    cut = crawled.archive.parent / "cut.warc.gz"
    cut.write_bytes(warc.read_bytes()[:-200])
    ran = cli("profile", "check", cut, "--config", crawled.config)
    assert ran.code == 0
    assert ": article, " in ran.out
    assert "cut.warc.gz@" in ran.err


def test_a_rule_is_shown_in_valid_toml_whatever_it_holds(tmp_path, cli):
    rules = ["it's \U0001f4f0", "a \\ and \" it's", "it's \u202e\x7f\t", "it's ő"]
    ends = ", ".join(map(basic, rules))
    text = f"extends = 'generic'\nname = 'odd'\n[chrome]\nends = [{ends}]\n"
    (tmp_path / "odd.toml").write_text(text, "utf-8")
    shown = cli("profile", "show", tmp_path / "odd.toml")
    assert shown.code == 0
    (tmp_path / "shown.toml").write_text(shown.out, "utf-8")
    again = load_profile("shown.toml", tmp_path)
    assert again.chrome.ends == load_profile("odd.toml", tmp_path).chrome.ends
    assert set(map(re.compile, again.chrome.ends)) >= set(map(re.compile, rules))


def basic(text):
    """The string as TOML can spell any."""
    return '"' + "".join(f"\\U{ord(c):08X}" for c in text) + '"'


def test_a_profiles_rules_are_compiled_once_for_all_pages():
    from eafarchive.extraction.text.account import _compiled  # noqa: PLC0415

    profile = load_profile("eastasiaforum")
    page = Page.from_html(PAGE, URL)
    examination = examine(page, profile)
    give_account(page, profile, examination)
    misses = _compiled.cache_info().misses
    give_account(page, profile, examination)
    assert _compiled.cache_info().misses == misses
