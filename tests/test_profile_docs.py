"""docs/profiles.md: followed word for word, and complete."""

import re
import shlex
import shutil
from pathlib import Path

import msgspec
import pytest

from eafarchive.config import load_profile
from eafarchive.profile import BylineRules, Chrome, Labels, Layout, NoteRules, Profile

DOCS = Path(__file__).parents[1] / "docs"
TEXT = (DOCS / "profiles.md").read_text("utf-8")
TABLES = {
    "layouts": Layout,
    "labels": Labels,
    "chrome": Chrome,
    "byline": BylineRules,
    "notes": NoteRules,
}


def code(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_every_key_is_explained_and_none_that_is_not():
    plain = {field.name for field in msgspec.structs.fields(Profile)} - {"digest"}
    keys = plain - (TABLES.keys() - {"layouts"})
    for table, kind in TABLES.items():
        keys |= {f"{table}.{field.name}" for field in msgspec.structs.fields(kind)}
    rows = re.findall(
        r"^\| `([a-z_.]+)` \| (.+) \|$", TEXT.partition("## Every key")[2], re.MULTILINE
    )
    assert sorted(key for key, _ in rows) == sorted(keys)
    assert all(len(told) > 10 for _, told in rows)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(DOCS / "example", tmp_path / "example")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_way_to_a_profile_leads_there(folder, cli):
    checks = [
        shlex.split(lines.replace("\\\n", ""))[1:] for lines in code("sh") if "example/" in lines
    ]
    before = cli(*checks[0])
    assert before.code == 0, before.err
    for said in ("13 text", "no layout", "byline                                   -"):
        assert said in before.out
    begun, seen, site = code("toml")
    (folder / "estuary.toml").write_text(begun + seen, "utf-8")
    after = cli(*checks[1])
    assert after.code == 0, after.err
    assert "layout mudflat" in after.out
    assert "no rules of the profile that matched nothing" in after.out
    assert "no warnings" in after.out
    for said in (
        "byline          label",
        "«Words: Orla Tidewell, Institute of Sandbanks»",
        "summary         label",
        "reading_minutes                          «3»",
        "7 summary     p          «A harbour board bought a dredger by mistake",
        "8 text        p          «In the spring of 2019",
        "13 -           div        «This review is paid for by its readers.",
    ):
        assert said in after.out, said
    (folder / "config.toml").write_text(site, "utf-8")
    assert cli("profile", "check", *checks[1][2:3], "--url", checks[1][-1]).code == 0


LIKE_THE_PAGE = """<title>Ice</title><header>Notes from the ice</header><h1>Ice</h1>
<div class="x-standfirst"><b>In short</b><p>It was cold.</p></div>
<div>An essay by Ann Roe</div><div>%s</div>"""


def test_a_dropped_summary_and_a_wordy_label_are_mended_as_the_page_says(folder, cli):
    prose = "".join(
        f"<p>{number}. Nobody who went up there in that winter came down again in it.</p>"
        for number in range(20)
    )
    (folder / "page.html").write_text(LIKE_THE_PAGE % prose, "utf-8")
    rules = 'extends = "wordpress"\nname = "ice"\n[labels]\nsummary = ["in short"]\n'
    check = (
        "profile",
        "check",
        "page.html",
        "--url",
        "https://ice.example/a/",
        "--profile",
        "ice.toml",
    )
    (folder / "ice.toml").write_text(rules, "utf-8")
    before = cli(*check).out
    assert re.search(r"- +b?.*«In short»  chrome\.drop\[\d+\]: <div>\.x-standfirst", before)
    mended = rules + '[byline]\nlabels = ["an essay by"]\n[chrome]\nkeep = ["x-standfirst"]\n'
    (folder / "ice.toml").write_text(mended, "utf-8")
    after = cli(*check).out
    assert re.search(r"summary +label +«It was cold\.»", after)
    assert re.search(r"authors +label:an essay by +«Ann Roe»", after)


def test_the_mistake_is_told_as_the_page_says(folder, cli):
    told = re.search(r"`(estuary\.toml: .+?)`", TEXT)[1]
    (folder / "estuary.toml").write_text('name = "x"\n[chrome]\nends = ["("]', "utf-8")
    ran = cli("profile", "show", "estuary.toml")
    assert (ran.code, told in ran.err) == (2, True)


def test_the_built_in_profiles_are_named():
    for name in ("generic", "wordpress", "eastasiaforum"):
        assert f"`{name}`" in TEXT
        assert load_profile(name).name == name
