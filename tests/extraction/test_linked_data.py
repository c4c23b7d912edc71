"""JSON-LD as plugins write it, and as they should not."""

from __future__ import annotations

import json

import pytest

from eafarchive.extraction.document.linked_data import (
    MAX_NODES,
    Person,
    addresses,
    is_article,
    people_of,
    read_nodes,
    text_of,
    texts_of,
)


def nodes(value: object):
    return read_nodes([json.dumps(value)])


def test_graph_references_are_resolved() -> None:
    found = nodes(
        {
            "@graph": [
                {
                    "@type": "Article",
                    "author": [{"@id": "#a"}, {"@id": "#b"}],
                    "publisher": {"@id": "#o"},
                },
                {
                    "@type": "Person",
                    "@id": "#a",
                    "name": "Ann Example",
                    "url": "https://x.example/a",
                },
                {"@type": "Person", "@id": "#b", "name": "Bo Example"},
                {"@type": ["Organization", "Place"], "@id": "#o", "name": "The Forum"},
            ]
        }
    )
    article = next(node for node in found if is_article(node))
    assert people_of(article, "author") == [
        Person("Ann Example", is_group=False, url="https://x.example/a"),
        Person("Bo Example", is_group=False, url=None),
    ]
    assert people_of(article, "publisher") == [Person("The Forum", is_group=True, url=None)]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Example", ["Ann Example"]),
        ({"name": "Ann &amp; Co"}, ["Ann & Co"]),
        ({"name": ["Ann", "Bo"]}, ["Ann", "Bo"]),
        ([{"name": "Ann"}, "Bo", 7, None, {"name": ""}], ["Ann", "Bo"]),
        ({"@id": "#nowhere"}, []),
        (None, []),
    ],
)
def test_authors_in_many_spellings(author: object, names: list[str]) -> None:
    [article] = [n for n in nodes({"@type": "NewsArticle", "author": author}) if is_article(n)]
    assert [person.name for person in people_of(article, "author")] == names


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("Article", True),
        ("NewsArticle", True),
        ("https://schema.org/BlogPosting", True),
        (["WebPage", "OpinionNewsArticle"], True),
        ("WebPage", False),
        ("ArticleList", False),
        (None, False),
        (3, False),
    ],
)
def test_article_types(kind: object, answer: bool) -> None:
    assert is_article({"@type": kind}) is answer


def test_script_that_is_no_json_is_left_out_and_the_others_read() -> None:
    found = read_nodes(['{"a": "x", ,}', '{"@type": "Article"}', "", "[" * 100_000])
    assert [is_article(node) for node in found] == [True]


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"a": 1} -->',
        '//<![CDATA[\n{"a": 1}\n//]]>',
        '/*<![CDATA[*/{"a": 1}/*]]>*/',
        '{"a":\n1}',
    ],
)
def test_wrapped_script_is_read(script: str) -> None:
    assert read_nodes([script]) == ({"a": 1},)


def test_raw_line_breaks_in_strings_are_taken() -> None:
    assert text_of(read_nodes(['{"headline": "one\n two"}'])[0], "headline") == "one two"


def test_reading_stops_at_a_bound() -> None:
    assert len(nodes([{}] * (MAX_NODES + 10))) == MAX_NODES


def test_keywords_as_text_or_list() -> None:
    assert texts_of({"keywords": "one, two,, three "}, "keywords") == ["one", "two", "three"]
    assert texts_of({"keywords": ["one", "two, three"]}, "keywords") == ["one", "two, three"]
    assert texts_of({}, "keywords") == []


def test_addresses_are_the_urls_that_the_object_claims() -> None:
    node = {
        "@id": "https://x.example/a#article",
        "url": "https://x.example/a",
        "mainEntityOfPage": {"@id": "https://x.example/b"},
    }
    assert set(addresses(node)) >= {"https://x.example/a", "https://x.example/b"}
    assert addresses({"url": 3, "mainEntityOfPage": None, "@id": "#x"}) == []
