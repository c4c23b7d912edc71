"""Who signed a page of no known site and when: above the title, below the body, in two blocks."""

from __future__ import annotations

import pytest
from test_any_metadata import at_title
from test_any_page import LINKS, PLAIN, page, read

DECK = (
    "<p>Six lamps on one pier, and nobody who says whose they are, or who pays for their oil.</p>"
)


def names(html: str) -> list[str]:
    return [author.name for author in read(html).authors]


@pytest.mark.parametrize(
    "day", ["Tuesday, March 5, 2024", "5. März 2024", "mardi 5 mars 2024", "05.03.2024"]
)
def test_a_date_that_is_a_heading_is_the_posts_below_it(day: str) -> None:
    html = page().replace("<h1>", f"<h2>{day}</h2><h1>")
    assert read(html).published_at == "2024-03-05"
    assert read(html.replace(day, f"{day}: the lamps burn")).published_at is None


def test_a_date_beside_an_accounts_name() -> None:
    assert read(at_title("mardi 5 mars 2024, par annroe")).published_at == "2024-03-05"
    assert read(at_title("mardi 5 mars 2024, dans le port")).published_at is None


def test_a_date_in_what_is_named_for_it() -> None:
    line = "Autor: annroe Juli 12, 2017 0 Kommentare im Hafen"
    assert read(at_title(f"<p class='post-meta'>{line}</p>")).published_at == "2017-07-12"
    assert read(at_title(f"<p class='k1'>{line}</p>")).published_at is None
    assert (
        read(at_title(f"<p class='meta'>The lamps of the pier burned on {line}.</p>")).published_at
        is None
    )


def test_a_date_below_the_deck() -> None:
    html = at_title(f"{DECK}<p>jeudi 7 mars 2024</p>")
    assert read(html).published_at == "2024-03-07"
    far = read(at_title(f"{DECK}{DECK}<p>jeudi 7 mars 2024</p>"))
    assert far.published_at is None


@pytest.mark.parametrize(
    ("after", "published"),
    [
        (
            "<p class='entry-meta'>Autor: ann | Artikel veröffentlicht am 05.03.2024</p>",
            "2024-03-05",
        ),
        ("<div class='article-date'>published: 5 March 2024 15:19</div>", "2024-03-05"),
        ("<p class='postmetadata'>This entry was posted on Tuesday, March 5th, 2024 at 12:00 am and is filed under Lamps.</p>", "2024-03-05"),
        ("<div class='post-footer'>Dieser Artikel wurde am 5. März 2024 um 14:48 von ann geschrieben.</div>", "2024-03-05"),
        (f"<p>Werbung:</p><ul>{LINKS}</ul><div class='post-footer'>Dieser Artikel wurde am 5. März 2024 geschrieben.</div>", "2024-03-05"),
        ("<div class='k1'>5 March 2024</div>", None),
        (f"<h3>More</h3><ul>{LINKS}</ul><p class='date'>5 March 2024</p>", None),
    ],
)  # fmt: skip
def test_a_date_right_below_the_body(after: str, published: str | None) -> None:
    html = page().replace("</article>", f"{after}</article>")
    found = read(html)
    assert (found.published_at, found.text) == (published, PLAIN)
    dated = html.replace("<html>", "<html><meta name='publish_date' content='2024-03-04'>")
    assert read(dated).published_at == "2024-03-04"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<div>By</div><div><a href='/x'>Ann Roe</a></div>", ["Ann Roe"]),
        ("<b>Author</b><p>Ann Roe and Bob Moe</p>", ["Ann Roe", "Bob Moe"]),
        ("<p>Autor:</p><p>Ann Roe</p>", ["Ann Roe"]),
        ("<p>By</p><p>the pier, at night</p>", []),
        ("<h3>Authors</h3><p>Write for us!</p>", []),
        ("<p>Par Ann Roe et Bob Moe</p>", ["Ann Roe", "Bob Moe"]),
        ("<p>von Ann Roe, 5.3.2024</p>", ["Ann Roe"]),
        ("<p>Por fin se apagan las luces</p>", []),
        ("<p>By Ann Roe @annroe on March 5, 2024 at 9:00a</p>", ["Ann Roe"]),
        ("<p>Posted by Roe at 12:53</p>", ["Roe"]),
        ("<p>By <a>Ann Roe</a> March 5 at 9:00 PM <a>Follow</a> <a>@annroe</a></p>", ["Ann Roe"]),
        ("<p>By Ann Roe<br>Harbour News Service<br>Updated: 5 March 2024</p>", ["Ann Roe"]),
        ("<p class='author'>责任编辑：王灯</p>", []),
        ("<p class='author'>王灯港口大学灯塔研究院长江分院执行院长</p>", []),
        ("<p class='author'>王灯 关注</p>", ["王灯"]),
        ("<p>By Ann Roe Tuesday, March 5, 2024</p>", ["Ann Roe"]),
        ("<a rel='author' href='/a'>View all posts by Ann Roe</a>", ["Ann Roe"]),
    ],
)
def test_who_signed(line: str, authors: list[str]) -> None:
    html = at_title(f"<div class='head'>{line}</div>")
    assert names(html) == authors


def test_a_byline_in_what_is_named_for_it_is_the_pages() -> None:
    for line in ("Author: Ann Roe", "Written by Ann Roe"):
        found = read(at_title(f"<div class='post-meta byline'><p>{line}</p></div>"))
        assert (found.byline, [one.name for one in found.authors]) == (line, ["Ann Roe"])


def test_links_to_authors_of_neighbours_are_not_counted() -> None:
    links = "".join(f"<a rel='author' href='/by/{n}'>{n} Roe</a> " for n in ("Ann", "Bob", "Cyd"))
    assert names(at_title(links, head="<meta name='author' content='Ann Roe'>")) == ["Ann Roe"]


def test_a_byline_of_two_blocks_has_its_label() -> None:
    assert read(at_title("<div>By</div><div>Ann Roe</div>")).byline == "By Ann Roe"
    assert read(at_title("<div>Author</div><div>Ann Roe</div>")).byline == "Author: Ann Roe"


def test_an_account_gives_way_to_a_name_on_show() -> None:
    head = "<meta name='author' content='kroeber'>"
    assert names(at_title("Par Ann Roe", head=head)) == ["Ann Roe"]
    assert names(at_title("5 mars 2024", head=head)) == ["kroeber"]
    assert names(at_title("Par Ann Roe", head=head.replace("kroeber", "10436"))) == ["Ann Roe"]
    assert names(at_title("5 mars 2024", head=head.replace("kroeber", "10436"))) == []


def test_the_time_nearest_to_the_title_is_the_articles() -> None:
    above = "<ul><li><time datetime='2024-03-07'>7 March</time></li>"
    lines = "<li>A</li>" * 3
    html = page(before=f"{above}{lines}</ul>", first="<time datetime='2024-03-05'>Tuesday</time>")
    assert read(html).published_at == "2024-03-05"
    far = page(first=f"<ul>{lines * 3}</ul><time datetime='2024-03-04'>4 March</time>")
    assert read(far.replace("<h1>", f"{above}</ul><h1>")).published_at == "2024-03-07"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<div itemprop=author itemscope><b itemprop=name>Ann Roe</b></div><div itemprop=author itemscope><b itemprop=name>Bo Moe</b></div>", ["Ann Roe", "Bo Moe"]),
        ("<div class='topic-authors'><a href='/a'><span>Ann Roe</span><span>(Editor)</span></a></div>", ["Ann Roe"]),
        ("<div><div><h6>Ann Roe</h6><span>Penulis</span></div><div><h6>Bo Moe</h6><span>Editor</span></div></div>", ["Ann Roe"]),
        ("<div class='byline'><span class='name'>Ann Roe</span><a href='mailto:a@b.example'>Skicka e-post</a></div>", ["Ann Roe"]),
        ("<ul><li>황보민준 기자</li><li>승인 2024.01.05 10:00</li></ul>", ["황보민준"]),
        ("<div class='reporter'>باسل الشامي</div>", ["باسل الشامي"]),
        ("<div><img src='/a.jpg'><div><div>Ann Roe</div><div>Jan 5, 2024 · 5 min read</div></div></div>", ["Ann Roe"]),
        ("<p class='byline'>By ANN ROE Staff Writer</p>", ["ANN ROE"]),
        ("<div><div>The Harbour</div><p>It was dark on Jan 5, 2024, and nobody read.</p></div>", []),
        ("<div class='reports'>Ann Roe</div>", []),
        ("<div><div>World Politics</div><div>Jan 5, 2024</div></div>", []),
        ("<div><div>Reading time</div><div>Jan 5, 2024 · 5 min read</div></div>", []),
    ],
)  # fmt: skip
def test_who_signed_it_by_markup_and_place(line: str, found: list[str]) -> None:
    assert names(at_title(line)) == found


def test_a_name_in_bold_at_the_right_below_the_text_is_its_authors() -> None:
    signed = page().replace(
        "</article>", "<p style='text-align:right'><b>Ann Roe</b></p></article>"
    )
    assert (read(signed).text, names(signed)) == (PLAIN, ["Ann Roe"])
    plain = signed.replace(" style='text-align:right'", "")
    assert names(plain) == []


def test_who_has_written_for_a_site_is_no_site() -> None:
    line = "By <a rel='author' href='/a'>Ann Roe</a> For Paper.Example"
    assert names(at_title(f"<p class='author-section byline-plain'>{line}</p>")) == ["Ann Roe"]


def test_a_caption_above_the_date_is_no_paragraph() -> None:
    caption = "The keepers of the lamps on the pier, shortly before all of them went out for good."
    head = f"{DECK}<figure><img src='/a.jpg'><figcaption>{caption}</figcaption></figure>"
    assert read(at_title(f"{head}<div>Published 6 Sep 2019</div>")).published_at == "2019-09-06"


def test_the_term_of_an_authors_card_is_their_name() -> None:
    told = "<dl><dt>久遠 美里</dt><dd>経済部</dd><dd>専門・関心分野 港湾、農業</dd></dl>"
    card = f"<div class='reporter'><h3>この記事を書いた人</h3>{told}</div>"
    html = page().replace("</h1>", "</h1><div><a href='/sns/'>久遠 美里</a></div>")
    assert names(html.replace("</div></article>", f"</div></article>{card}")) == ["久遠 美里"]
