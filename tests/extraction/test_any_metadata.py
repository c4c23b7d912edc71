"""Dates and authors of pages of no known site: in other languages, shown or marked, never guessed."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, page, read

from eafarchive.extraction.facts.datelines import dates_on, undated
from eafarchive.extraction.lines.months import MONTHS


def at_title(line: str, *, language: str = "", head: str = "") -> str:
    html = page(head=head).replace("</h1>", f"</h1><div>{line}</div>")
    return html.replace("<html>", f"<html lang='{language}'>") if language else html


SHOWN = [
    "5. März 2024", "Dienstag, 5. März 2024, 14:30 Uhr", "mardi 5 mars 2024", "Publié le 5 mars 2024 à 14h30",
    "5 de marzo de 2024", "martes, 5 de marzo de 2024", "martedì 5 marzo 2024", "5 de março de 2024",
    "terça-feira, 5 de março de 2024", "dinsdag 5 maart 2024", "den 5 mars 2024", "5. marts 2024",
    "5. maaliskuuta 2024", "5 marca 2024", "wtorek, 5 marca 2024", "5. března 2024", "2024. március 5.",
    "5 martie 2024", "5 марта 2024, 14:30", "5 березня 2024", "5 март 2024", "5 Μαρτίου 2024", "5 Mart 2024",
    "Selasa, 5 Maret 2024 10:30 WIB", "5 Mac 2024", "5 tháng 3, 2024", "ngày 5 tháng 3 năm 2024",
    "2024年3月5日", "2024年3月5日(火) 14時30分", "2024년 3월 5일", "입력 2024.03.05 14:30", "5 مارس 2024",
    "5 במרץ 2024", "5 मार्च 2024", "Published 11:34 PM EST Mar 5, 2024", "Fri 6:45 PM, Mar 5, 2024 |",
    "Example Press March 5, 2024, 9:02 AM", "Ann Roe·5 марта 2024", "By Ann Roe and Bob Moe on Tuesday, March 5th, 2024 at 11:08 a.m.",
    "2024-03-05 10:00 来源：港口报", "5 March 2024 • 1:16pm",
]  # fmt: skip


@pytest.mark.parametrize("line", SHOWN)
def test_date_on_show_is_read(line: str) -> None:
    found = read(at_title(line))
    assert (found.published_at, found.fields["published_at"]) == ("2024-03-05", "text")
    assert found.text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "What the harbour lost on 5 March 2024",
        "The lamps seen from the pier on Tuesday, March 5, 2024. (Ann Roe/Press)",
        "2024年3月5日、港の灯が消えた。",
        "5. listopada 2024",  # November in Polish, October in Croatian
        "March 2024",
        "31 February 2024",
    ],
)
def test_date_in_a_sentence_or_in_doubt_is_none(line: str) -> None:
    assert read(at_title(line)).published_at is None


@pytest.mark.parametrize(
    ("line", "language", "published"),
    [
        ("05.03.2024", "de", "2024-03-05"),
        ("05/03/2024 à 14:30", "fr-FR", "2024-03-05"),
        ("5-3-2024", "nl", "2024-03-05"),
        ("Thứ Ba, 5/3/2024, 10:30", "vi", "2024-03-05"),
        ("05/03/2024", "en", None),
        ("05/03/2024", "es-PR", None),
        ("05/03/2024", "", None),
        ("25/03/2024", "en-US", "2024-03-25"),
    ],
)
def test_order_of_day_and_month_is_the_languages_or_unknown(
    line: str, language: str, published: str | None
) -> None:
    assert read(at_title(line, language=language)).published_at == published


def test_date_of_a_change_is_not_that_of_publication() -> None:
    both = read(at_title("Published 5 March 2024, updated 6 March 2024"))
    assert (both.published_at, both.modified_at) == ("2024-03-05", "2024-03-06")
    only = read(at_title("Mis à jour le 6 mars 2024"))
    assert (only.published_at, only.modified_at) == (None, "2024-03-06")


STAMP = "<time class='entry-date updated' datetime='2024-03-0{0}T09:00:00+10:00'>{1}</time>"


@pytest.mark.parametrize(
    ("line", "day", "published", "modified"),
    [
        (STAMP.format(5, "March 5, 2024"), "05", "2024-03-05T09:00:00+10:00", None),
        (STAMP.format(9, "March 9, 2024"), "05", "2024-03-09", "2024-03-09T09:00:00+10:00"),
        (
            f"5 March 2024 {STAMP.format(5, '5 March 2024')}",
            "05",
            "2024-03-05",
            "2024-03-05T09:00:00+10:00",
        ),
        (
            f"Last updated: {STAMP.format(5, '5 March 2024')}",
            "05",
            "2024-03-05",
            "2024-03-05T09:00:00+10:00",
        ),
        (STAMP.format(5, ""), "05", "2024-03-05", "2024-03-05T09:00:00+10:00"),
    ],
)
def test_only_stamp_is_of_publication_though_its_class_says_updated(
    line: str, day: str, published: str, modified: str | None
) -> None:
    html = at_title(f"<span>{line}</span>")
    found = read(html, f"https://paper.example/2024/03/{day}/lamps/")
    assert (found.published_at, found.modified_at) == (published, modified)


def test_a_stamp_of_another_day_than_a_line_at_the_title_is_of_the_last_change() -> None:
    html = at_title(f"<p>1 March 2024</p><p>{STAMP.format(5, '5 March 2024')}</p>")
    found = read(html, "https://paper.example/lamps/")
    assert (found.published_at, found.modified_at) == ("2024-03-01", "2024-03-05T09:00:00+10:00")


@pytest.mark.parametrize(
    "path", ["/2024/03/05/lamps", "/news/2024/mar/05/lamps/", "/story/2024-03-05/lamps"]
)
def test_date_in_any_usual_address(path: str) -> None:
    found = read(page(), f"https://paper.example{path}")
    assert (found.published_at, found.url_date) == ("2024-03-05", "2024-03-05")


def test_no_name_of_a_month_means_two() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    assert "lip" not in MONTHS
    assert "lis" not in MONTHS


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("Written by Ann Roe, MS, RD on March 5, 2024", "Written by Ann Roe, MS, RD"),
        ("by Paper Weekly 0 Comments", "by Paper Weekly"),
        ("Ann Roe", "Ann Roe"),
        ("5 March 2024", "5 March 2024"),
    ],
)
def test_byline_without_its_date(line: str, bare: str) -> None:
    assert undated(line) == bare


def test_line_of_several_parts_gives_each_date_once() -> None:
    line = "Publié le 05/03/2024 à 14:30 - Mis à jour le 06/03/2024 à 10:00"
    assert [(one.value[:10], one.is_change) for one in dates_on(line)] == [
        ("05/03/2024", False),
        ("06/03/2024", True),
    ]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("by Ann Roe", ["Ann Roe"]),
        ("Autor: Ann Roe", ["Ann Roe"]),
        ("Текст: Анна Роева·5 марта 2024", ["Анна Роева"]),
        ("作者：王小明", ["王小明"]),
        ("<span class='article-author-name'>Ann Roe</span>", ["Ann Roe"]),
        ("<span class='byline'>Von Ann Roe und Bob Moe am 5. März 2024</span>", ["Ann Roe", "Bob Moe"]),
        ("<div class='author'>Ann Roe Associated Press</div>", ["Ann Roe"]),
        ("<a rel='author' href='/ann'>by Ann Roe</a>", ["Ann Roe"]),
        ("<span itemprop='author'><a href='/ann'><b itemprop='name'>Ann Roe</b></a></span>", ["Ann Roe"]),
        ("<a rel='author' href='/a'>admin</a>", []),
        ("<div class='author-links'>Follow Us</div>", []),
        ("<div class='byline'>New Delhi</div>", []),
    ],
)  # fmt: skip
def test_author_on_show_or_marked(line: str, authors: list[str]) -> None:
    found = read(at_title(line))
    assert [author.name for author in found.authors] == authors
    assert found.text == PLAIN


def test_shown_byline_wins_over_metadata_that_names_another() -> None:
    head = "<meta name='author' content='Eve Editor'>"
    found = read(at_title("By Ann Roe", head=head))
    assert [author.name for author in found.authors] == ["Ann Roe"]


def test_an_author_elsewhere_on_the_page_is_not_the_articles() -> None:
    for name in ("related", "comments", "sidebar"):
        html = page(after=f"<div class='{name}'><span class='author'>Bob Moe</span></div>")
        assert read(html).authors == ()


NAMED = "<span itemprop='name'>Ann Roe</span>"


@pytest.mark.parametrize(
    "marked",
    [
        f"<div itemprop='author' itemscope>{NAMED}</div><time itemprop='datePublished' datetime='2021-03-04'>4 Mar</time>",
        "<div itemprop='author'><meta itemprop='name' content='Ann Roe'></div><meta itemprop='datePublished' content='2021-03-04'>",
        "<span itemprop='author'>Ann Roe</span> <span itemprop='datePublished' content='2021-03-04'>today</span>",
        "<b property='author' typeof='Person'><i property='name'>Ann Roe</i></b><time property='datePublished' datetime='2021-03-04'>4 Mar</time>",
        "<b property='schema:author'>Ann Roe</b> <span property='schema:datePublished' content='2021-03-04'>today</span>",
    ],
)  # fmt: skip
def test_microdata_and_rdfa(marked: str) -> None:
    html = at_title(marked).replace("<div class='story'", "<div itemprop='articleBody'")
    found = read(html)
    assert [author.name for author in found.authors] == ["Ann Roe"]
    assert (found.published_at, found.text) == ("2021-03-04", PLAIN)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<meta name='citation_author' content='Roe, Ann'><meta name='citation_author' content='Moe, Bob'>", ["Ann Roe", "Bob Moe"]),
        ("<meta name='DC.creator' content='Roe, Ann'>", ["Ann Roe"]),
        ("<meta name='byl' content='By Ann Roe'>", ["Ann Roe"]),
        ("<meta name='sailthru.author' content='Ann Roe'>", ["Ann Roe"]),
        ("<meta property='article:author' content='https://social.example/ann'>", []),
        ("""<meta name='parsely-page' content='{"author": "Ann Roe", "title": "x"}'>""", ["Ann Roe"]),
        ("<meta name='parsely-page' content='{'>", []),
    ],
)  # fmt: skip
def test_authors_by_any_usual_name(head: str, authors: list[str]) -> None:
    assert [author.name for author in read(page(head=head)).authors] == authors


def test_linked_data_about_the_section_that_the_page_lies_in_is_its_own() -> None:
    node = (
        '{"@type": "NewsArticle", "headline": "The lamps go out", "author": {"name": "Ann Roe"},'
        ' "mainEntityOfPage": "https://paper.example/2021/%s"}'
    )
    for place, authors in (("03/", ["Ann Roe"]), ("04/other", [])):
        data = f"<script type='application/ld+json'>{node % place}</script>"
        found = read(
            page(head=data + '<script type=\'application/ld+json\'>{"@type": "Article"}</script>')
        )
        assert [author.name for author in found.authors] == authors


def test_link_to_an_authors_page_beside_the_title() -> None:
    found = read(at_title("<ul><li><a href='/author/ann'>Ann Roe</a></li><li>Published</li></ul>"))
    assert [(one.name, one.url) for one in found.authors] == [
        ("Ann Roe", "https://paper.example/author/ann")
    ]
    assert read(at_title("<a href='/authors/'>About Us</a>")).authors == ()


DECK = "Six lamps on one pier, and nobody who says whose they are, or who pays."


@pytest.mark.parametrize(
    ("described", "summary"),
    [
        (DECK, DECK),
        (DECK[:50] + "…", DECK),
        ("Another sentence altogether, about the same lamps.", None),
        (PLAIN.partition("\n\n")[0], None),
    ],
)
def test_a_deck_that_the_description_repeats_is_the_summary(
    described: str, summary: str | None
) -> None:
    head = f'<meta name="description" content="{described}">'
    html = page(head=head).replace("</h1>", f"</h1><h2 class='x'>{DECK}</h2>")
    found = read(html)
    assert found.summary == summary
    assert found.fields.get("summary") == ("meta:description" if summary else None)
    assert found.text == PLAIN
