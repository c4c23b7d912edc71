"""Dates at a title in links and elements of their own, and names over an e-mail's address.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, page, read


def under(line: str) -> str:
    return page().replace("</h1>", f"</h1>{line}", 1)


@pytest.mark.parametrize(
    ("line", "day", "changed"),
    [
        ("<div><time><a href='/node/77'>05 March 2024 08:15</a></time></div>", "05", None),
        (
            "<div><time>Updated 06 March 2024</time><time>05 March 2024 08:15</time></div>",
            "05",
            "06",
        ),
        (
            "<div><span>05 March 2024</span><span>Updated 06 March 2024</span></div>",
            "05",
            "06",
        ),
    ],
)
def test_dates_in_elements_of_their_own_are_told_apart(
    line: str, day: str, changed: str | None
) -> None:
    found = read(under(line))
    assert (found.published_at or "")[:10] == f"2024-03-{day}"
    assert (found.modified_at or "")[:10] == (f"2024-03-{changed}" if changed else "")
    assert found.text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='/n'>The ferry of 5 March 2024 has no captain</a></p>",
        "<h4><a href='/n'>5 March 2024</a></h4>",
        "<p><span>The lamps of 5 March 2024</span><b>have gone out again by now</b></p>",
        "<p>The quake of <a href='/q'>11 March 2011</a> killed more than any other.</p>",
        "<figure><figcaption>Harbour<em>11 March 2011</em></figcaption></figure>",
        "<p><a href='/q'>18 August 1931</a></p>",
    ],
)
def test_a_date_among_other_words_dates_nothing(line: str) -> None:
    assert read(under(line)).fields.get("published_at") != "text"


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li><span itemprop='author'>By Ann Roe<br>aroe@paper.example</span></li></ul>",
        "<p>By Ann Roe aroe@paper.example</p>",
        "<p>By Ann Roe &lt;aroe@paper.example&gt;</p>",
    ],
)
def test_an_address_beside_a_name_is_none_of_it(line: str) -> None:
    assert [author.name for author in read(under(line)).authors] == ["Ann Roe"]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Roe with assistance from Bob Moe",
        "By Ann Roe, with additional reporting by Bob Moe",
        "By Ann Roe et al.",
        "By Ann Roe and two others",
    ],
)
def test_who_helped_is_no_part_of_a_name(line: str) -> None:
    assert [author.name for author in read(under(f"<p>{line}</p>")).authors] == ["Ann Roe"]


@pytest.mark.parametrize(
    "line", ["5 March 2016", "Jakarta, 5 March 2016", "Published: 5 March 2016"]
)
def test_a_date_alone_is_the_articles_below_the_first_paragraph(line: str) -> None:
    first, paragraph, rest = page().partition("</p>")
    found = read(f"{first}{paragraph}<p>{line}</p>{rest}")
    assert (found.published_at or "")[:10] == "2016-03-05"


def in_language(language: str, line: str) -> str | None:
    html = under(f"<p>{line}</p>").replace("<html>", f"<html lang={language}>", 1)
    return read(html).published_at


@pytest.mark.parametrize(
    ("language", "line", "wanted"),
    [
        ("de", "13.12.24, 10:22 Uhr", "2024-12-13"),
        ("de", "03.12.24 | 10:22 Uhr", "2024-12-03"),
        ("de", "13.12.24", "2024-12-13"),
        ("de", "Fr, 13.12.24", "2024-12-13"),
        ("de", "Veröffentlicht am 13.12.24", "2024-12-13"),
        ("de", "Von Ann Roe | 13.12.24, 10:22 Uhr", "2024-12-13"),
        ("de", "Az. 03.04.05</p><p>12. Mai 2024", "2024-05-12"),
        ("de", "03.04.05</p><p>12. Mai 2024", "2024-05-12"),
        ("de", "Drucksache 19.12.11 | 3. Mai 2024", "2024-05-03"),
        ("de", "3. Mai 2024 | Drucksache 19.12.11", "2024-05-03"),
        ("ne", "2024-05-12", "2024-05-12"),
        ("he", "13.12.24 | 10:22", "2024-12-13"),
        ("es", "03/12/2024 a las 10:22h.", "2024-12-03"),
        ("pt", "13.dez.2024 às 23h15", "2024-12-13"),
        ("vi", "Thứ sáu, 13/12/2024, 10:22 (GMT+7)", "2024-12-13T10:22:00+07:00"),
        ("fi", "3.12.2024 klo 10.22", "2024-12-03"),
        ("ar", "الجمعة ١٣ ديسمبر ٢٠٢٤ - ١٠:٢٢", "2024-12-13"),
        ("hi", "१३ दिसंबर २०२४", "2024-12-13"),
        ("th", "13 ธันวาคม 2567 10:22 น.", "2024-12-13"),
        ("th", "13 ธ.ค. 2567", "2024-12-13"),
        ("it", "13 dicembre 2024 10:22 (modifica il 14 dicembre 2024 10:27)", "2024-12-13"),
    ],
)
def test_a_line_dates_the_article_as_its_language_writes_dates(
    language: str, line: str, wanted: str
) -> None:
    assert in_language(language, line) == wanted


def test_a_short_year_after_the_label_of_a_change_is_the_changes() -> None:
    html = under("<p>Aktualisiert: 12.05.24</p>").replace("<html>", "<html lang=de>", 1)
    assert read(html).modified_at == "2024-05-12"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "03.12.24, 10:22"),  # the year may be first, or the month
        ("ko", "24.12.13 10:22"),
        ("en", "03/12/2024 a las 10:22h."),
        ("de", "Version 10.5.24"),
        ("de", "Fassung 1.13.12.24"),
        *(
            ("de", f"{words} 12.05.24")
            for words in ("Drucksache", "Az.", "Tel.", "Nr.", "©", "Version", "Foto: Bob Moe,")
        ),
        ("de", "10.11.12 Uhr"),
        ("ne", "२०७३-०५-१२"),
        ("ne", "2073-05-12"),
        ("ne", "२०४५-०५-१२"),
        ("de", "13.12.68, 10:22 Uhr"),  # of no century in particular
        ("hr", "5.listopada.2024"),  # November in Polish, October in Croatian
        ("ar", "١٢/٦/١٤٤٦"),  # of another calendar
        ("th", "13/12/2567"),
    ],
)
def test_a_line_in_doubt_dates_nothing(language: str, line: str) -> None:
    assert in_language(language, line) is None
