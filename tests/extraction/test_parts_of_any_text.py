"""Texts that a theme, an editor or a page's builder parts, and what stands beside them that is no part."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, read

from eafarchive.model import Article

HEAD = "<title>The lamps go out | Paper</title>"
TITLE = "<h1>The lamps go out</h1><p>By Ann Roe</p>"
PARTS = [f"<p>{line}</p>" for line in PROSE]
FIRST, SECOND = "".join(PARTS[:2]), "".join(PARTS[2:])
OTHER = (
    "Nobody at the ferry's office keeps the papers that the crew brought in from the islands, and"
    " so the list of them has been lent to the school, where it is read aloud."
)
PLEA = (
    "<p>Read our paper for a month, and send us what you think of the lamps, please, by post.</p>"
)
frames = pytest.mark.parametrize("frame", ["article", "div", "main"])


def built(inner: str, name: str = "s") -> str:
    """A section of a page's builder."""
    for one in ("inner", "text", "column", "row"):
        inner = f"<div class='{one}'>{inner}</div>"
    return f"<div class='{name}'>{inner}</div>"


@frames
@pytest.mark.parametrize("tag", ["div", "section"])
def test_a_first_part_in_a_box_in_a_box_of_another_class(frame: str, tag: str) -> None:
    parts = (
        f"<{tag} class='row a'><div>{FIRST}</div></{tag}>"
        f"<{tag} class='row b'><div>{SECOND}</div></{tag}>"
    )
    assert read(f"{HEAD}<{frame}>{TITLE}{parts}</{frame}>").text == PLAIN


def test_a_box_over_the_text_whose_words_are_links_or_under_a_heading_is_no_first_part() -> None:
    for inner in (
        "".join(f"<p><a href='/{n}/'>{OTHER}</a></p>" for n in "ab"),
        f"<h3>From the archive</h3><p>{OTHER}</p><p>{OTHER} Twice.</p>",
    ):
        over = f"<div class='row a'><div>{inner}</div></div>"
        found = read(
            f"{HEAD}<article>{TITLE}{over}<div class='row b'><div>{''.join(PARTS)}</div></div></article>"
        )
        assert found.text == PLAIN


@frames
def test_a_second_section_of_a_builder_follows_the_one_with_the_title(frame: str) -> None:
    picture = "<div class='s2'><div class='row'><img src='/a.jpg' width=900 height=500></div></div>"
    first = built(FIRST + PARTS[2]).replace("<div class='s'>", f"<div class='s'>{TITLE}")
    second = built("".join(PARTS[3:]), "s regular")
    assert read(f"{HEAD}<{frame}>{first}{picture}{second}</{frame}>").text == PLAIN


@pytest.mark.parametrize(
    "after",
    [
        built(f"<h3>About the paper</h3><p>{OTHER}</p><p>{OTHER} Twice.</p>"),
        built(f"<p>{OTHER}</p>"),
        f"<div class='s'><div class='row'><p>{OTHER}</p><p>{OTHER} Twice.</p></div></div>",
    ],
    ids=["under a heading", "one paragraph", "built otherwise"],
)
def test_another_section_below_is_no_part(after: str) -> None:
    first = built("".join(PARTS)).replace("<div class='s'>", f"<div class='s'>{TITLE}")
    assert read(f"{HEAD}<main>{first}{after}</main>").text == PLAIN


@pytest.mark.parametrize("over", ["", "<h3>At {n} o'clock</h3>"], ids=["bare", "headings"])
def test_a_text_made_of_articles_within_an_article(over: str) -> None:
    posts = "".join(
        f"<article>{over.format(n=n)}{part}</article>" for n, part in enumerate(PARTS, 1)
    )
    found = read(f"{HEAD}<main><article>{TITLE}<div class='feed'>{posts}</div></article></main>")
    assert isinstance(found, Article)
    lines = [line for line in found.text.split("\n\n") if "o'clock" not in line]
    assert "\n\n".join(lines) == PLAIN
    assert ("At 3 o'clock" in found.text) == bool(over)


@pytest.mark.parametrize(
    "card",
    [
        "<h3><a href='/{n}/'>The lamp of pier {n}</a></h3><p>{words}</p>",
        "<a href='/{n}/'></a><h3>The lamp of pier {n}</h3><p>{words}</p>",
        "<h3>Lamp {n}</h3><p>{words}</p><p><a href='/{n}/'>Go on</a></p>",
    ],
)
@pytest.mark.parametrize("is_over", [True, False])
def test_cards_of_others_within_an_article_are_no_parts(card: str, is_over: bool) -> None:
    cards = "".join(
        f"<article>{card.format(n=n, words=f'{OTHER} {n}.')}</article>" for n in range(3)
    )
    body = f"<div class='q'>{''.join(PARTS)}</div>"
    inner = f"<div>{cards}</div>{body}" if is_over else f"{body}<div>{cards}</div>"
    assert read(f"{HEAD}<article>{TITLE}{inner}</article>").text == PLAIN


def test_replies_in_articles_below_a_text_are_no_parts() -> None:
    replies = "".join(
        f"<article><b>Bo {n}</b><p>{OTHER} {n}.</p><a href='#r'>Reply</a></article>"
        for n in range(4)
    )
    found = read(f"{HEAD}<article>{TITLE}<div>{FIRST}</div><div>{replies}</div></article>")
    assert found.text == "\n\n".join(PROSE[:2])


def test_a_form_around_the_paragraphs_over_cards_of_others() -> None:
    cards = "".join(
        f"<article><a href='/{n}/'><h3>Lamp {n}</h3></a><p>{OTHER[:90]}.</p></article>"
        for n in range(7)
    )
    form = f"<form action='/x' method='post'><div>{''.join(PARTS)}</div></form>"
    found = read(f"{HEAD}<main><article>{TITLE}{form}</article><section>{cards}</section></main>")
    assert found.text == PLAIN


def test_a_form_of_a_few_questions_below_the_paragraphs_is_no_part() -> None:
    form = f"<form action='/x' method='post'><p>{OTHER}</p>{PLEA}<p>{OTHER[:80]}?</p></form>"
    assert read(f"{HEAD}<article>{TITLE}<div>{''.join(PARTS)}</div>{form}</article>").text == PLAIN


HIDING = pytest.mark.parametrize("hiding", ["hidden", "style='display: none'"])


@HIDING
def test_the_rest_of_a_text_that_a_button_unfolds(hiding: str) -> None:
    rest = f"<div class='more' {hiding}>{SECOND}</div><button>Read more</button>"
    assert read(f"{HEAD}<article>{TITLE}<div>{FIRST}{rest}</div></article>").text == PLAIN


MORE = [f"<p>{OTHER} {n}.</p>" for n in ("Once", "Twice", "Thrice", "Often")]


@HIDING
@pytest.mark.parametrize(
    "inner",
    [
        "<h3>Our letter</h3>" + "".join(MORE),
        "".join(MORE) + "<form><input type='email'></form>",
        "".join(PARTS),
        "".join(MORE[:2]),
        "".join(f"<p><a href='/{n}/'>{OTHER}</a></p>" for n in "abcd"),
    ],
    ids=["a pop-up", "a field", "a copy for print", "a few words", "a menu"],
)
def test_what_else_a_page_hides_below_the_paragraphs_is_no_rest(inner: str, hiding: str) -> None:
    box = f"<div class='more' {hiding}>{inner}</div>"
    body = f"<div>{''.join(PARTS)}{box}</div>"
    assert read(f"{HEAD}<article>{TITLE}{body}</article>").text == PLAIN


@HIDING
def test_what_a_page_hides_among_the_paragraphs_or_beside_them_is_no_rest(hiding: str) -> None:
    box = f"<div class='more' {hiding}>{''.join(MORE)}</div>"
    among, beside = f"<div>{FIRST}{box}{SECOND}</div>", f"<div>{FIRST}{SECOND}</div>{box}"
    for body in (among, beside):
        assert read(f"{HEAD}<article>{TITLE}{body}</article>").text == PLAIN
