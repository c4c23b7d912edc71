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
