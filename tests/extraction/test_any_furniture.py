"""AMP pages, articles in several pages and pictures that are loaded late, on pages of no known site."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, URL, page, read


def test_amp_page() -> None:
    prose = [f"<p>{line}</p>" for line in PROSE]
    found = read(
        "<!doctype html><html amp lang=en><head><title>The lamps go out | Paper</title>"
        f"<link rel=canonical href='{URL}'></head><body><amp-auto-ads type=x></amp-auto-ads>"
        "<main><article><h1>The lamps go out</h1>"
        "<amp-img src='/a.jpg' alt=lamp width=600 height=400><noscript><img src='/a.jpg' alt=lamp>"
        f"</noscript></amp-img>{''.join(prose[:3])}<amp-ad width=300 height=250><div>ad</div></amp-ad>"
        "<figure><amp-img src='/b.jpg' srcset='/b.jpg 600w, /b-big.jpg 1200w' alt=pier></amp-img>"
        f"<figcaption>The pier</figcaption></figure>{''.join(prose[3:])}"
        "<amp-list src=x><template type='amp-mustache'><p>{{title}} is a story that is read all day"
        " long by everybody, and never forgotten.</p></template></amp-list></article></main>"
        "<amp-sidebar><ul><li><a href=/x>x</a></li></ul></amp-sidebar></body></html>",
        "https://paper.example/amp/lamps",
    )
    assert (found.text, found.url) == (PLAIN, URL)
    assert [(one.url.rpartition("/")[2], one.caption) for one in found.images] == [
        ("a.jpg", None),
        ("b-big.jpg", "The pier"),
    ]


@pytest.mark.parametrize(
    ("mark", "place"),
    [
        ("<p>Pages: <span>1</span> <a href='{0}/2/'>2</a> <a href='{0}/3/'>3</a></p>", "{0}/2/"),
        ("<div class='page-links'>Seiten: 1 <a href='{0}/2'>2</a></div>", "{0}/2"),
        ("<p><b>1</b> <a href='?page=2'>2</a> <a href='?page=2'>»</a></p>", "{0}?page=2"),
        ("<div><a href='{0}/page/2/'>Next page</a></div>", "{0}/page/2/"),
        ("<div><a href='{0}_2.html'>weiter</a></div>", "{0}_2.html"),
    ],
)
def test_article_in_pieces_says_so_and_its_numbers_are_no_text(mark: str, place: str) -> None:
    html = page().replace("</div></article>", f"{mark.format(URL)}</div></article>")
    found = read(html)
    assert found.text == PLAIN
    assert found.warnings == (f"the article has other pages: {place.format(URL)}",)


def test_link_in_the_head_says_that_there_are_more_pages() -> None:
    found = read(page(head="<link rel=next href='/2021/03/lamps/2'>"))
    assert found.warnings == (f"the article has other pages: {URL}/2",)
    found = read(page(head="<link rel='prev' href='/2021/03/lamps/'>"), f"{URL}/2/")
    assert found.warnings == ("the article has other pages: https://paper.example/2021/03/lamps/",)


@pytest.mark.parametrize(
    "mark",
    [
        "<a rel='next' href='/2021/03/another'>The next post</a>",
        "<a rel='prev' href='/2021/03/lamps-2'>Another post of the same name</a>",
        "<a href='/2021/03/lamps/comment-page-2/'>Older comments</a>",
        "<a href='/2021/03/lamps/#2'>2</a>",
        "<a href='https://other.example/2021/03/lamps/2'>2</a>",
    ],
)
def test_other_posts_are_no_pieces(mark: str) -> None:
    assert read(page(after=mark)).warnings == ()


@pytest.mark.parametrize(
    "image",
    [
        "<img src='data:image/gif;base64,AA' data-src='/r.jpg'>",
        "<img src='/blank.gif' data-src='/r.jpg'>",
        "<img src='data:,' data-lazy-src='/r.jpg'>",
        "<img src='data:,' data-hi-res-src='/r.jpg'>",
        "<img src='/placeholder-16x9.png' data-url='/r.jpg?w=900'>",
        "<img src='/1x1.png' width=1 height=1 data-original='/r.jpg'>",
        "<img src='/small.jpg' srcset='/small.jpg 400w, /r.jpg 800w'>",
        "<img src='/spacer.gif' data-srcset='/r.jpg 2x'>",
        "<noscript><img src='/r.jpg'></noscript>",
        "<img src='data:,' data-src='/r.jpg'><noscript><img src='/r.jpg'></noscript>",
        "<picture><source srcset='/r.webp 800w'><img src='/r.jpg'></picture>",
    ],
)
def test_picture_that_is_loaded_late(image: str) -> None:
    figure = f"<figure>{image}<figcaption>A lamp</figcaption></figure>"
    found = read(page(figure))
    assert found.text == PLAIN
    [picture] = found.images
    assert picture.url.partition("?")[0] == "https://paper.example/r.jpg"
    assert picture.caption == "A lamp"


def test_what_an_attribute_says_beside_a_real_file_is_not_the_picture() -> None:
    [picture] = read(page("<img src='/r.jpg' data-thumb='/tiny.jpg'>")).images
    assert picture.url == "https://paper.example/r.jpg"
