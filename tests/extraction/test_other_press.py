"""The same kinds of page in markup that nothing was written for: hundreds of dresses, all exact."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from press_page import Press
from press_pieces import BARE, EMPTY, LOCKED, PIECES, Piece
from press_truth import CHOICES, truth
from site_truth import read, site_profile, told

from eafarchive.model import Article, NotAnArticle

DRESSES = st.fixed_dictionaries({name: st.sampled_from(kinds) for name, kinds in CHOICES.items()})


def drawn(seed: int) -> dict[str, str]:
    random = Random(seed)
    return {name: random.choice(kinds) for name, kinds in CHOICES.items()}


def faults(piece: Piece, dress: dict[str, str]) -> dict[str, Any]:
    """Field → (found, true) where they are not the same."""
    press = Press(piece, dress)
    article = read(press.page(), press.url)
    if not isinstance(article, Article):
        return {"reason": article.reason}
    found = told(article, site_profile())
    for author in found["authors"]:
        del author["url"]
    wrong = {
        name: (found[name], value)
        for name, value in truth(piece, dress).items()
        if found[name] != value
    }
    # without its class names nothing gives the middle layout away
    layouts = {dress["layout"], None} if dress["layout"] == "2023" else {dress["layout"]}
    return wrong if article.layout in layouts else {"layout": article.layout, **wrong}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
def test_drawn_dress_is_read_exactly(piece: Piece, seed: int) -> None:
    dress = drawn(seed)
    assert faults(piece, dress) == {}, dress


@given(piece=st.sampled_from(PIECES), dress=DRESSES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_dress_is_read_exactly(piece: Piece, dress: dict[str, str]) -> None:
    assert faults(piece, dress) == {}


@given(piece=st.sampled_from((BARE, EMPTY, LOCKED)), dress=DRESSES)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_page_without_an_article_stays_without_one(piece: Piece, dress: dict[str, str]) -> None:
    press = Press(piece, dress)
    found = read(press.page(), press.url)
    assert isinstance(found, NotAnArticle), getattr(found, "text", "")


@given(piece=st.sampled_from(PIECES), dress=DRESSES)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_form_to_sign_in_takes_nothing_away(piece: Piece, dress: dict[str, str]) -> None:
    press = Press(piece, dress)
    form = "<form><input name='log'><input type='password' name='pwd'></form>"
    plain, signed = press.page(), Press(piece, dress).page().replace("<body>", f"<body>{form}")
    assert read(signed, press.url) == read(plain, press.url)
