"""Phrases sorted by what they open with say the same as the expressions put one after another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eafarchive.config import builtin_profiles, load_profile
from eafarchive.phrases import Phrases, is_all, needle, openings
from eafarchive.profile import rules_of

TRICKY = (
    "(?:the )?abc", r"\(?foo|bar", "[a-c]+x", "[^a-c]x", "(?!y)z", "(?<!q)z", "a{0,2}b", "a{,2}b",
    r"©|\d+ x", "ſhare", "K", r"(?P<minutes>\d{1,3})\s*min", "x*", "(?:a|)b", r"\Wx", r"\bx", ".x",
    "(?i:a)b", "(?:x(?#c)|y)z", "(x)?y", r"[]a]b", r"[^]a]b", r"\x41b",
    "a??b", "a*+b", "(?:a|b){0}c", "(?:(?:a?b?)c?|d)e", "[\\]x]y", "É", "(?:|a)b", ".*ſtop", ".{0,3}Kit", ".+ıf",
)  # fmt: skip
SHIPPED = tuple(
    dict.fromkeys(
        rule.pattern
        for name in builtin_profiles()
        for rule in rules_of(load_profile(name))
        if rule.kind == "block" and not rule.key.startswith("labels.reading")
    )
)
WHOLE = re.compile("|".join(f"(?:{one})" for one in SHIPPED), re.IGNORECASE)
PHRASES = Phrases(SHIPPED)


def matching(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:the )?abc", {"t", "a"}),
        (r"\(?foo|bar", {r"\(", "f", "b"}),
        ("[a-c]x", {"[a-c]"}),
        ("(?!y)z", {"z"}),
        ("ab(?:c|d)*(?:x|y)z|q", {"a", "q"}),
        (r"\d{1,3} x", {r"\d"}),
        ("(?-i:[A-Z])x", {"[A-Z]"}),
    ],
)
def test_openings_are_known(pattern: str, expected: set[str]) -> None:
    assert openings(pattern) == expected


@pytest.mark.parametrize("pattern", ["x*", "(?:a|)", "(?i:a)b", "(?:x(?#c)|y)z", r"\x41b"])
def test_in_doubt_it_is_anything(pattern: str) -> None:
    assert Phrases([pattern])["\t"] == Phrases([pattern])["日"] != ()


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r".{0,40}you hear.{0,9}", "you hear"),
        (r"(?:a|b)? writes? of\b", " write"),
        (r"(?:Much|Little) Ado", " ado"),
        ("x{2}yz", "yz"),
        ("a|b", ""),
        (r"\x41b", ""),
    ],
)
def test_words_of_each_match_are_known(pattern: str, expected: str) -> None:
    assert needle(pattern) == expected


def test_what_opens_with_anything_waits_for_its_words() -> None:
    fitting = Phrases(["stop", ".{1,9} heard here", "[^x]{1,9} seen"])["s"]
    assert [words for words, _ in fitting] == ["", " heard here", " seen"]


@given(st.sampled_from(TRICKY).flatmap(lambda p: st.tuples(st.just(p), matching(p))))
def test_every_match_of_tricky_expressions_opens_as_told(drawn: tuple[str, str]) -> None:
    assert_opens(*drawn)


@given(st.sampled_from(SHIPPED).flatmap(lambda p: st.tuples(st.just(p), matching(p))))
def test_every_match_of_shipped_expressions_opens_as_told(drawn: tuple[str, str]) -> None:
    assert_opens(*drawn)


@given(st.sampled_from(SHIPPED).flatmap(matching) | st.text(max_size=12))
def test_phrases_say_what_their_expressions_say(text: str) -> None:
    expected = len(text) <= 1000 and WHOLE.fullmatch(text.replace("\n", " ")) is not None
    assert is_all(PHRASES, text) == expected


def assert_opens(pattern: str, text: str) -> None:
    assert is_all(Phrases([pattern]), text) or len(text) > 1000 or "\n" in text
