"""Persons in the byline of a paper whose metadata names itself, or one of two."""

from __future__ import annotations

import json

import pytest
from test_any_page import page, read


def names(html: str) -> list[str]:
    return [author.name for author in read(html).authors]


def data(*people: tuple[str, str]) -> str:
    node = {
        "@type": "NewsArticle",
        "headline": "The lamps go out",
        "author": [{"@type": kind, "name": name} for kind, name in people],
    }
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def signed(line: str, *people: tuple[str, str]) -> list[str]:
    return names(page(head=data(*people)).replace("</h1>", f"</h1>{line}"))


PAPER = ("Organization", "The Paper")


def test_a_paper_in_linked_data_gives_way_to_a_person_in_the_byline() -> None:
    card = "<section class='article-author'><div class='article-author__name'>{}</div></section>"
    assert signed(card.format("Katrin Vogelsang"), PAPER) == ["Katrin Vogelsang"]
    assert signed("<span class='auteur'>Maëlle Kerduon.</span>", PAPER) == ["Maëlle Kerduon"]
    assert signed(card.format("The Paper"), PAPER) == ["The Paper"]
    assert signed(card.format("The Paper Staff"), PAPER) == ["The Paper"]
    assert signed(card.format("Harbour University"), PAPER) == ["The Paper"]
    assert signed(card.format("Katrin Vogelsang"), ("Person", "Ann Roe")) == ["Ann Roe"]


@pytest.mark.parametrize(
    "desk",
    [
        "Web Desk", "La Rédaction", "Redacción Deportes", "Agence Lumen", "新华社", "编辑部", "人民网",
        "온라인뉴스팀", "デジタル編集部", "朝日新聞", "高雄", "وكالات", "कार्यालय संवाददाता",
    ],
)  # fmt: skip
def test_a_desk_is_nobody_before_whom_the_paper_gives_way(desk: str) -> None:
    assert signed(f"<div class='author'>{desk}</div>", PAPER) == ["The Paper"]
    link = f"<div class='byline'><a rel='author' href='/author/x'>{desk}</a></div>"
    assert signed(link, PAPER) == ["The Paper"]


def test_a_paper_keeps_its_article() -> None:
    assert signed("", PAPER) == ["The Paper"]


@pytest.mark.parametrize(
    "line",
    [
        "by <a href='/a/1'>Ann Roe</a> and <a href='/a/2'>Bob Moe</a>",
        "<a href='/a/1'>Ann Roe</a>, <a href='/a/2'>Bob Moe</a>",
        "von Ann Roe und Bob Moe",
        "By Ann Roe and Bob Moe | 5 March 2024",
    ],
)
def test_a_byline_with_more_than_metadata_names_is_believed(line: str) -> None:
    assert signed(f"<div class='byline'>{line}</div>", ("Person", "Ann Roe")) == [
        "Ann Roe",
        "Bob Moe",
    ]


@pytest.mark.parametrize("line", ["By Ann Roe, Port Lumen", "By Ann Roe and Harbour University"])
def test_nobody_is_added_to_metadata_who_is_no_fellow(line: str) -> None:
    assert signed(f"<div class='byline'>{line}</div>", ("Person", "Ann Roe")) == ["Ann Roe"]
