"""Bylines: every shape with its authors, and what decides where shapes look alike."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bundled import build
from eafarchive import load_profile
from eafarchive.extraction.people.byline import is_byline, parse_byline
from eafarchive.extraction.people.witnesses import MAX_BYLINE, Evidence, Parsed, told_apart
from eafarchive.model import Author

PROFILE = load_profile("eastasiaforum")
SITE = build("http://127.0.0.1:8080/")
CASES = tomllib.loads((Path(__file__).parent / "bylines.toml").read_text("utf-8"))["case"]
SHOWN = {path: truth for path, truth in SITE.expected.items() if truth["byline"]}
PIECES = st.sampled_from(
    "Ann Roe ANU University of and Canberra Editors Dr Jr. van , ; ( ) – Author: By Professor the & 1".split()
)


def parse(byline: str | None, **evidence: object) -> Parsed:
    return parse_byline(byline, Evidence(**evidence), PROFILE.byline, PROFILE.notes)


def shown(authors: tuple[Author, ...]) -> str:
    return "; ".join(
        ("*" if author.kind == "group" else "")
        + author.name
        + (f"{{{author.role}}}" if author.role else "")
        + (f"[{'|'.join(author.affiliations)}]" if author.affiliations else "")
        for author in authors
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["byline"])
def test_shape(case):
    assert shown(parse(case["byline"], note=case.get("note")).authors) == case["authors"]


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("with_note", [True, False])
def test_bundled_site(path, with_note):
    truth = SHOWN[path]
    parsed = parse(truth["byline"], note=truth["author_note"] if with_note else None)
    wanted = [
        Author(a["name"], a["kind"], tuple(a["affiliations"]), a["role"]) for a in truth["authors"]
    ]
    assert shown(parsed.authors) == shown(tuple(wanted))
    assert parsed.rule.startswith("label:author")
    assert parsed.warnings == ()
    assert is_byline(truth["byline"], PROFILE.byline)


def test_paragraphs_of_the_bundled_site_are_no_bylines():
    for truth in SITE.expected.values():
        for block in truth["text"].split("\n\n"):
            assert not is_byline(block, PROFILE.byline), block


ALIKE = "Authors: Ann Roe, Straits Foo, Merrow Bar, and Bo Doe"


@pytest.mark.parametrize(
    ("evidence", "wanted"),
    [
        (
            {"note": "Ann Roe is Reader at Straits Foo, Merrow Bar, and Bo Doe."},
            "Ann Roe[Straits Foo|Merrow Bar|Bo Doe]",
        ),
        (
            {"ld_authors": tuple(Author(n) for n in ("Ann Roe", "Merrow Bar", "Bo Doe"))},
            "Ann Roe; Straits Foo; Merrow Bar; Bo Doe",
        ),
        (
            {"note": "Ann Roe is Reader at Straits Foo. Merrow Bar and Bo Doe are writers."},
            "Ann Roe[Straits Foo]; Merrow Bar; Bo Doe",
        ),
    ],
)
def test_other_evidence_decides_between_shapes_that_look_alike(evidence, wanted):
    assert shown(parse(ALIKE, **evidence).authors) == wanted


def test_links_and_linked_data_give_addresses():
    ld = (
        Author("Bo X. Doe", url="https://x.example/bo"),
        Author("Ann Roe", url="https://x.example/a"),
    )
    parsed = parse(
        "Authors: Dr Ann Roe and Bo X. Doe, ANU",
        ld_authors=ld,
        links=(("Ann Roe", "https://x.example/author/ann"),),
    )
    assert [(author.name, author.url) for author in parsed.authors] == [
        ("Ann Roe", "https://x.example/author/ann"),
        ("Bo X. Doe", "https://x.example/bo"),
    ]


def test_linked_data_that_names_one_author_of_several_does_not_win():
    parsed = parse("Authors: Ann Roe and Bo Doe, ANU", ld_authors=(Author("Ann Roe"),))
    assert shown(parsed.authors) == "Ann Roe[ANU]; Bo Doe[ANU]"
    assert parsed.warnings == ()


def test_witnesses_that_name_somebody_else_are_told():
    parsed = parse("Author: Ann Roe, ANU", ld_authors=(Author("Cy Poe"),))
    assert shown(parsed.authors) == "Ann Roe[ANU]"
    assert parsed.warnings == ("byline: does not name Cy Poe, whom linked data names",)


@pytest.mark.parametrize(
    ("evidence", "rule", "wanted"),
    [
        ({"ld_authors": (Author("Ann Roe", affiliations=("ANU",)),)}, "ld:author", "Ann Roe"),
        ({"ld_authors": (Author("Editorial Board"),)}, "ld:author", "*Editorial Board"),
        ({"ld_authors": (Author("Editorial Board, ANU"),)}, "ld:author", "*Editorial Board[ANU]"),
        (
            {
                "ld_authors": (Author("Ann Roe"),),
                "note": "Ann Roe is Professor at Merrow University. Bo Doe is Senior Lecturer there.",
            },
            "note",
            "Ann Roe; Bo Doe",
        ),
        ({"meta_authors": ("Ann Roe", "Bo Doe")}, "meta:author", "Ann Roe; Bo Doe"),
        ({"meta_authors": ("Ann Roe and Bo Doe, ANU",)}, "meta:author", "Ann Roe; Bo Doe"),
        ({"links": (("Ann Roe", "https://x.example/a"),)}, "link:author", "Ann Roe"),
        ({"note": "Ann Roe and Bo Doe are writers."}, "note", "Ann Roe; Bo Doe"),
        ({}, "none", ""),
        (
            {
                "note": "Cy Poe is a writer.",
                "meta_authors": ("Bo Doe",),
                "ld_authors": (Author("Ann Roe"),),
            },
            "ld:author",
            "Ann Roe",
        ),
    ],
)
def test_without_a_byline_names_come_from_the_most_trusted_witness(evidence, rule, wanted):
    parsed = parse(None, **evidence)
    assert (parsed.rule, shown(parsed.authors)) == (rule, wanted)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ann Roe and Bo Moe", ["Ann Roe", "Bo Moe"]),
        ("Ann Roe, Bo Moe & Cy Poe", ["Ann Roe", "Bo Moe", "Cy Poe"]),
        ("Ann Roe, Kettle University", ["Ann Roe"]),
        ("Roe, Moe", ["Roe, Moe"]),
        ("Kettle and Sons", ["Kettle and Sons"]),
        ("Institute for Kites and Tents", ["Institute for Kites and Tents"]),
        ("Ann Roe", ["Ann Roe"]),
    ],
)
def test_linked_data_that_names_several_in_one(name, wanted):
    apart = told_apart((Author(name),), PROFILE.byline)
    assert [author.name for author in apart] == wanted
    group = (Author(name, "group"),)
    assert told_apart(group, PROFILE.byline) == group


@pytest.mark.parametrize(
    "text",
    [
        "Ann Roe, ANU",
        "Author:",
        "Author: the person who wrote the letter was never found in any of the offices.",
        "By Monday the harbour was closed.",
        "Author: What the person meant by it was never asked.",
        "By: 2030, the port will be paid for.",
        "Authors: " + "Ann Roe, " * MAX_BYLINE,
    ],
)
def test_what_is_no_byline(text):
    assert not is_byline(text, load_profile("generic").byline)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=40).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_authors_that_stand_in_it(text):
    folded = " ".join(text.split())
    parsed = parse(text)
    is_byline(text, PROFILE.byline)
    for author in parsed.authors:
        assert author.name
        assert author.name in folded
        assert all(affiliation in folded for affiliation in author.affiliations)


@given(st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=60).map(" ".join))
@example("ANU (", "")
@settings(max_examples=200, deadline=None)
def test_a_place_or_an_institution_is_never_a_person(byline, note):
    for author in parse(byline, note=note).authors:
        if author.kind == "person":
            words = author.name.casefold().split()
            assert author.name not in {"Canberra", "ANU"}
            assert "university" not in words


@pytest.mark.parametrize("unit", ["A, ", " and ", "(( ", "Ann Roe is ", "x"])
def test_endless_bylines_and_notes_end(unit):
    endless = "Author: " + unit * (200_000 // len(unit))
    assert parse(endless, note=endless, meta_authors=(endless,)).warnings
