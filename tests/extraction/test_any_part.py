"""Parts of an article that look like something else, on pages of no known site."""

from __future__ import annotations

import pytest
from test_any_page import LINKS, PLAIN, PROSE, page, read

from eafarchive.model import Article

SEARCH = "<form><input name='q'></form>"
PARTS = [f"<p>{line}</p>" for line in PROSE]
HEAD = "<title>The lamps go out | Paper</title>"


def laid_out(body: str, after: str = "") -> str:
    return f"{HEAD}<body><article><h1>The lamps go out</h1>{body}</article>{after}"


def test_the_rest_behind_a_button_to_read_more_is_the_articles() -> None:
    rest = "".join(PARTS[2:])
    button = "<div class='read-more-link'><a href='#'>Read more</a></div>"
    html = (
        f"<div class='story'>{''.join(PARTS[:2])}</div>"
        f"<div class='read-more'>{button}<div class='read-more-content'>{rest}</div></div>"
    )
    assert read(laid_out(html)).text == PLAIN


def test_a_list_of_paragraphs_is_no_list_of_posts() -> None:
    items = "".join(f"<li>{line}</li>" for line in PROSE[:3])
    found = read(page(f"<ul class='postList'>{items}</ul>"))
    assert [line for line in found.text.split("\n") if line[:2] == "- "] == [
        f"- {line}" for line in PROSE[:3]
    ]


def test_a_list_of_posts_with_some_words_of_each_is_left_out() -> None:
    posts = "".join(
        f"<li><a href='/n/{at}'>The ferry, part {at}</a><p>{line.replace('lamps', 'ferries')}</p></li>"
        for at, line in enumerate(PROSE)
    )
    assert read(page(f"<ul class='post-list'>{posts}</ul>")).text == PLAIN
    assert read(page(after=f"<div class='related'><ul>{LINKS}</ul></div>")).text == PLAIN


@pytest.mark.parametrize("heading", ["Response", "Discussion"])
def test_a_heading_among_paragraphs_is_a_parts(heading: str) -> None:
    replies = "<ol><li><p>Ann says:</p><p>I saw it.</p><a href='#r'>Reply</a></li></ol>"
    comments = f"<section><h2>Comments</h2>{replies}</section>"
    html = "".join([*PARTS[:3], f"<h2>{heading}</h2>", *PARTS[3:]])
    text = "\n\n".join([*PROSE[:3], heading, *PROSE[3:]])
    assert read(laid_out(html, comments + SEARCH)).text == text


@pytest.mark.parametrize("heading", ["Response", "Discussion", "Comments", "2 Responses"])
def test_a_heading_over_what_readers_say_ends_the_article(heading: str) -> None:
    html = "".join([*PARTS, f"<h2>{heading}</h2>", *PARTS[:2], "<p><a href='#r'>Reply</a></p>"])
    assert read(laid_out(html) + SEARCH).text == PLAIN


def test_pieces_without_a_name_in_one_article_are_all_its_own() -> None:
    pieces = [PARTS[:4], ["<h2>What the keeper saw</h2>"], PARTS[4:]]
    html = "".join(f"<div>{''.join(piece)}</div>" for piece in pieces)
    text = "\n\n".join([*PROSE[:4], "What the keeper saw", *PROSE[4:]])
    assert read(laid_out(html)).text == text


def test_a_form_around_the_text_is_no_form_to_fill_in() -> None:
    form = f"<form><input name='x'>{''.join(PARTS)}</form>"
    assert read(f"{HEAD}<body><h1>The lamps go out</h1>{form}").text == PLAIN


@pytest.mark.parametrize("footer", ["<h5>Harbour Board</h5>", "<h2>Links</h2>"])
def test_a_heading_in_the_footer_is_no_title(footer: str) -> None:
    head = "<div>The lamps go out</div><div>5 March 2024</div>"
    html = (
        f"{HEAD}<body><div>{head}<div>{''.join(PARTS)}</div></div><div>{footer}<p>Pier 4</p></div>"
    )
    found = read(html)
    assert found.title == "The lamps go out"
    assert PLAIN in found.text
    assert "Pier" not in found.text


def test_a_template_that_no_script_has_filled_is_no_text() -> None:
    template = "<p>{{ story.state === 'published' ? story.teaser : 'is published very soon' }}</p>"
    assert read(page(template)).text == PLAIN


def test_a_parts_heading_that_shares_a_word_with_the_documents_title_is_no_title() -> None:
    html = page("<h2>Harbour</h2>").replace("<h1>The lamps go out</h1>", "<h1>A keeper speaks</h1>")
    html = html.replace("<title>The lamps go out | Paper", "<title>Night over a harbour | Paper")
    found = read(html)
    assert found.title == "A keeper speaks"
    assert found.text == "\n\n".join([*PROSE[:3], "Harbour", *PROSE[3:]])


def test_a_page_of_comments_is_no_article_whatever_it_calls_itself() -> None:
    html = page(head="<link rel='canonical' href='https://paper.example/2021/03/lamps/'>")
    assert read(html).text == PLAIN
    found = read(html, "https://paper.example/2021/03/lamps/comment-page-2/")
    assert (found.reason, found.is_blocked) == ("a page of readers' comments on an article", False)


@pytest.mark.parametrize(
    "line",
    [
        "1,204 views",
        "33 comments",
        "Views: 812",
        "12 people like this",
        "4 readers found this helpful.",
        "Last updated 5 hours ago",
        "Posted an hour ago",
    ],
)
def test_what_counts_is_not_the_article_s(line: str) -> None:
    words = [PROSE[0], f"{line}, and {PROSE[1]}", "The ferry came 5 hours ago.", PROSE[2]]
    shown = "".join(f"<p>{one}</p>" for one in (*words[:3], line, words[3], line))
    found = read(f"<title>Lamps</title><article><h1>Lamps</h1>{shown}</article>")
    assert isinstance(found, Article)
    assert found.text == "\n\n".join(words)
