"""Bodies that a name, a deck over them or an element within the page's would take away whole."""

from __future__ import annotations

import pytest
from test_any_page import MORE, PROSE, read

DECK = (
    "The keepers of the harbour lamps have gone on strike for the third time in a year, and the"
    " mayor, who has promised them a new pier since the spring, will not say when the boats can"
    " come in again, nor who is to pay for those that could not."
)
BODY = "".join(f"<p>{line}</p>" for line in PROSE)
HEAD = "<html><head><title>The lamps go out | Paper</title></head><body>"


def text_of(inside: str) -> list[str]:
    """What is read of an article with a deck that is as long as some texts."""
    html = f"{HEAD}<article><h1>The lamps go out</h1><p>{DECK}</p>{inside}</article></body></html>"
    return read(html).text.split("\n\n")[-len(PROSE) :]


@pytest.mark.parametrize(
    "inside",
    [
        f"<div class='container-widget-content'>{BODY}</div>",
        f"<p>{DECK} {DECK}</p><div class='widget-text' itemprop='articleBody'>{BODY}</div>",
        f"<article class='wrapper'>{BODY}</article>",
        "".join(
            f"<article><time>1{n}:30</time><p>{line}</p></article>" for n, line in enumerate(PROSE)
        ),
    ],
    ids=["widget", "widget that is marked", "article within", "posts"],
)
def test_a_body_below_a_deck(inside: str) -> None:
    assert [line for line in text_of(inside) if ":30" not in line][-6:] == PROSE


def test_articles_within_that_are_not_the_text() -> None:
    first = "".join(f"<p>{line}</p>" for line in PROSE[:3])
    card = f"<article><p>{DECK}</p><p>{DECK}</p></article>"
    other = f"<article><h2>The ferry</h2>{MORE}{MORE}</article>"
    for inside in (f"{card}{BODY}", f"{BODY}{other}", f"{first}{card}{MORE}"):
        assert text_of(inside) == PROSE


def test_comments_in_articles_that_are_longer_than_the_article() -> None:
    said = "".join(f"<article><p>Reader {n}</p>{MORE}</article>" for n in range(4))
    assert PROSE[3] not in text_of(f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>{said}")


def test_comments_that_are_longer_than_the_article() -> None:
    said = "".join(f"<div class='comment-item'>{MORE}</div>" for _ in range(4))
    html = f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p><div class='comments'>{said}</div>"
    assert text_of(html) == [DECK, *PROSE[:2]]


def test_paragraphs_in_boxes_of_their_own_above_the_rest() -> None:
    first, rest = (
        "".join(f"<div><p>{line}</p></div>" for line in some) for some in (PROSE[:2], PROSE[2:])
    )
    html = f"<div class='first'><div>{first}</div></div><div class='rest'>{rest}{rest}</div>"
    text = read(f"{HEAD}<main><h1>The lamps go out</h1>{html}</main></body></html>").text
    assert text.split("\n\n")[: len(PROSE)] == PROSE


@pytest.mark.parametrize(
    "told", ["said the keepers have already sold it", "argues that there are no lamps left"]
)
def test_what_an_expert_said_over_a_note_on_the_author(told: str) -> None:
    last = f"Ida Holm, an economist at Pier College, {told}. “Nobody is there,” she said."
    note = "Ann Roe is a research fellow at the Harbour Institute."
    end = f"<p>{last}</p></div><div><h3>About the author</h3><p><b>Ann Roe</b>{note[7:]}</p></div>"
    found = read(
        f"{HEAD}<article><h1>The lamps go out</h1><div>{BODY}{end}</article></body></html>"
    )
    assert (found.text.split("\n\n"), found.author_note) == ([*PROSE, last], note)


@pytest.mark.parametrize(
    "head",
    [
        "<section><div class='top'>{h1}<p class='lead'>{deck}</p></div><div>By Ann Roe</div>{body}",
        (
            "<section>{h1}</section><section><div class='d'><p>{deck}</p></div></section><section><div>"
            "05 May 2020 04:09PM<span>(Updated: 06 May 2020 05:44PM)</span></div></section>"
            "<div class='text'>{body}</div>"
        ),
    ],
    ids=["title's box", "section"],
)
def test_a_deck_that_the_page_describes_itself_by_is_its_summary(head: str) -> None:
    told = f"<meta name='description' content='{DECK}'></head>"
    html = head.format(h1="<h1>The lamps go out</h1>", deck=DECK, body=BODY)
    found = read(f"{HEAD.replace('</head>', told)}<article>{html}</article></body></html>")
    assert (found.summary, found.text.split("\n\n")) == (DECK, PROSE)


def test_a_first_paragraph_that_the_page_describes_itself_by_is_its_own() -> None:
    head = HEAD.replace("</head>", f"<meta name='description' content='{PROSE[0]}'></head>")
    rest = BODY.partition("</p>")[2]
    for first in (
        f"<p>{PROSE[0]}</p><img src='/a.jpg'>{rest}",
        f"<p class='first'>{PROSE[0]}</p>{rest}",
        f"<p class='has-drop-cap'>{PROSE[0]}</p><figure><img src='/a.jpg'></figure>{rest}",
        f"<p class='p1'>{PROSE[0]}</p><p><img src='/a.jpg'></p>{rest.replace('<p>', '<p class=p2>')}",
        f"<div><p>{PROSE[0]}</p></div><div>By Ann Roe</div><div>{rest}</div>",
    ):
        html = f"{head}<article><h1>The lamps go out</h1>{first}</article></body></html>"
        text = read(html).text
        assert text.replace("By Ann Roe\n\n", "").split("\n\n") == PROSE


def test_a_post_that_waits_for_consent_among_paragraphs_in_boxes() -> None:
    asks = (
        "<div><div><p>This article contains content provided by Gull. We ask for your permission"
        " before anything is loaded, as they may be using cookies.</p><button>Accept and continue"
        "</button></div></div>"
    )
    lines = [f"<div><div><p>{line}</p></div></div>" for line in PROSE]
    html = "".join([*lines[:3], asks, *lines[3:]])
    found = read(f"{HEAD}<article><h1>The lamps go out</h1>{html}</article></body></html>")
    assert found.text.split("\n\n") == PROSE


@pytest.mark.parametrize(
    "head",
    [
        (
            "<div><ul><li><span>Published</span><time datetime='2021-05-04'>4 May 2021</time></li>"
            "<li><a href='#c'>Comments</a></li></ul><div><h2>About sharing</h2></div></div>"
        ),
        "<div><ul><li><a href='/t'>Fishing</a></li><li><a href='/u'>Ports</a></li></ul></div>",
        "<div><img src='/ann.jpg'><ul><li><p>Ann Roe</p><p>Ports editor</p></li></ul></div>",
        "<section aria-labelledby='byline'><b>Of this text</b><ul><li>Ann Roe</li></ul></section>",
        (
            "<div class='ai'><p>This is AI generated summarization, which may have errors. For context, see the"
            " full article.</p><p>Keepers went on strike, and the mayor will not say for how long.</p></div>"
        ),
    ],
    ids=["list of a date", "terms", "card", "labelled", "summary by a machine"],
)
def test_what_stands_over_the_first_words(head: str) -> None:
    told = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Roe"}}'
    data = f"<script type='application/ld+json'>{told}</script></head>"
    html = f"<article><h1>The lamps go out</h1>{head}<div>{BODY}</div></article></body></html>"
    assert read(f"{HEAD.replace('</head>', data)}{html}").text.split("\n\n") == PROSE


@pytest.mark.parametrize(
    "head", ["<ul><li>Two lamps</li><li>One keeper</li></ul>", "<h2>How the lamps went</h2>"]
)
def test_words_over_the_first_paragraph(head: str) -> None:
    html = f"<article><h1>The lamps go out</h1><div>4 May 2021</div>{head}{BODY}</article>"
    text = read(f"{HEAD}{html}</body></html>").text.split("\n\n")
    assert len(text) == len(PROSE) + 1
