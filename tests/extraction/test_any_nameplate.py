"""Pages of no known site: names with labels, dates, offices and houses beside them.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_metadata import at_title
from test_any_page import PLAIN, PROSE, page, read
from test_any_signature import names


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<div><span>By <a href='/a'>Ann Roe</a></span><span>Publish Date: 05/03/2024</span><span>Updated: 06/03/2024 09:30 (IST)</span></div>", ["Ann Roe"]),
        ("<div><span>Autor: <a href='/a'>Ann Roe</a></span><span>Data publicării: <time>05.03.2024 10:00</time></span></div>", ["Ann Roe"]),
        ("<p>Por Ann Roe, Bo Moe, G9 PX — Porto Novo</p>", ["Ann Roe", "Bo Moe"]),
        ("<p>Por Ann Roe e Bo Moe — Porto Novo</p>", ["Ann Roe", "Bo Moe"]),
        ("<div>Soumis par Ann Roe le 05/03/2024 - 10:00</div>", ["Ann Roe"]),
        ("<div>5 marca 2024 | Autor: Ann Roe | <a href='#k'>Komentarze (7)</a></div>", ["Ann Roe"]),
        ("<div>5 marca 2024 | Autor: Ann Roe | Port</div>", ["Ann Roe"]),
        ("<div>5 marca 2024 | Autor: <a href='/a'>Ann Roe</a></div>", ["Ann Roe"]),
        ("<div><span>5 مارس 2024 10:00 ص</span><span> كتب كريم العطار</span></div>", ["كريم العطار"]),
        ("<div>كتب الأطفال الجديدة</div>", []),
        ("<div>Port | Sport | Authors: how they live</div>", []),
        ("<div>Ann Roe / <b>Oxfjord Paper</b></div>", ["Ann Roe"]),
        ("<div>Port News / <b>Sport</b></div>", []),
        ("<div class='x-authors'><div>Авторы</div><div><span>Дарья Белова</span>, <span>Ольга Кравец</span></div></div>", ["Дарья Белова", "Ольга Кравец"]),
        ("<div class='x-byline'><a href='mailto:ann@paper.example'>Ann Roe</a><br>010-000 00 00</div>", ["Ann Roe"]),
        ("<ul class='x-authors'><li><span>Ann Roe</span><span>Reporter</span></li><li><span>Bo Moe</span><span>Editor</span></li></ul>", ["Ann Roe", "Bo Moe"]),
    ],
)  # fmt: skip
def test_names_and_what_stands_beside_them(line: str, found: list[str]) -> None:
    site = "<meta property='og:site_name' content='Oxfjord Paper'>"
    html = at_title(line).replace("<head>", f"<head>{site}")
    assert names(html) == found


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("정도윤 기자", "정도윤"),
        ("정도윤기자", "정도윤"),
        ("취재기자", "취재기자"),
        ("王小明 记者", "王小明"),
    ],
)
def test_a_reporters_trade_is_no_part_of_the_name(told: str, name: str) -> None:
    assert names(page(head=f"<meta name='author' content='{told}'>")) == [name]


def test_what_holds_the_article_may_be_called_a_widget() -> None:
    author = "<span class='vcard'>Publicado por <span itemprop='author'><a href='/p'><span itemprop='name'>Ann Roe</span></a></span></span>"
    html = page().replace("</article>", f"<div>{author}</div></article>")
    assert names(html.replace("<article>", "<article class='widget blog'>")) == ["Ann Roe"]
    other = f"<div class='widget'>{author.replace('Publicado por', '')}</div>"
    assert names(page(after=other)) == []


def test_a_name_before_an_agency_below_the_text_signs_it() -> None:
    def found(line: str) -> tuple[list[str], str]:
        html = page().replace("</div></article>", f"<p>{line}</p></div></article>")
        return names(html), read(html).text

    assert found("Ann Roe/afp") == (["Ann Roe"], PLAIN)
    for line in ("The lamps and/or piers", "They had it both ways: Ann and/or Bo."):
        assert found(line) == ([], f"{PLAIN}\n\n{line}")


def test_a_sentence_with_a_label_in_it_is_no_byline() -> None:
    line = "Submitted by the keepers of the lamps on Monday, the plan was never read by anybody."
    found = read(page(first=f"<p>{line}</p>"))
    assert found.text == "\n\n".join([line, *PROSE])
    assert not found.authors


@pytest.mark.parametrize(
    "line",
    [
        "<div class='authored-by'><span>Ann Roe | Paper News</span></div>",
        (
            "<div class='authorModule'><a class='authorModule__name' href='/authors/x'>Ann Roe</a>"
            "<span class='authorModule__house'>Le Phare</span></div>"
        ),
        "<div class='author'><a href='/authors/x'>Ann Roe</a><span>Le Phare</span></div>",
        "<p>By Ann Roe and agencies</p>",
        "<p>Von Ann Roe und Agenturen</p>",
        (
            "<div><div><h6>Ann Roe</h6><p>Penulis</p></div><div><h6>Bob Moe</h6><p>Editor</p></div>"
            "</div>"
        ),
        (
            "<div data-testid='byline-new'><div><span>Ann Roe</span><div><span>Political"
            " correspondent</span></div></div></div>"
        ),
        "<div><p>Ann Roe</p><p>Politics editor</p></div>",
    ],
)
def test_a_house_or_an_office_beside_a_name_is_none_of_it(line: str) -> None:
    found = read(page().replace("</h1>", f"</h1>{line}", 1))
    assert [author.name for author in found.authors] == ["Ann Roe"]
    assert found.text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "<div class='authored-by'><span>Ann Roe | Bob Moe</span></div>",  # two, or one and a house
        "<div><p>Ann Roe</p><p>Harbour minister</p></div>",  # whom the article is about
        "<div><p>Photo by Ann Roe</p><p>Reporter</p></div>",
        "<p>By the harbour and agencies</p>",
    ],
)
def test_who_wrote_is_not_guessed_from_what_stands_beside(line: str) -> None:
    assert not read(page().replace("</h1>", f"</h1>{line}", 1)).authors


def test_a_link_with_another_name_after_it_is_not_the_only_author() -> None:
    line = "<div class='author'><a href='/authors/x'>Ann Roe</a> <span>and Bob Moe</span></div>"
    found = read(page().replace("</h1>", f"</h1>{line}", 1))
    assert [author.name for author in found.authors] == ["Ann Roe", "Bob Moe"]


def test_an_element_called_a_signature_under_the_text_names_the_author() -> None:
    html = page().replace(
        "</div></article>", "<p class='sign'><em>Ann Roe</em></p></div></article>"
    )
    assert [author.name for author in read(html).authors] == ["Ann Roe"]
