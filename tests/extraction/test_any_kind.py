"""Kinds of page that the world's press has: live blogs, interviews, walls, a second article below."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, SCRIPTS, read

HALVES = PROSE[:3], PROSE[3:]


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(body: str, after: str = "", language: str = "en") -> str:
    return (
        f"<html lang={language}><head><title>The lamps go out | Paper</title></head><body><main>"
        f"<article><h1>The lamps go out</h1>{body}</article></main>{after}</body></html>"
    )


def test_live_blog() -> None:
    posts = "".join(
        f"<div class='liveblog-post'><h3>1{n}:30 Lamp {n}</h3><time datetime='2024-03-05T1{n}:30:00Z'>"
        f"1{n}:30</time><p>{line}</p><p>A short remark.</p></div>"
        for n, line in enumerate(PROSE)
    )
    wanted = [PROSE[0]]
    for n, line in enumerate(PROSE):
        wanted += [f"1{n}:30 Lamp {n}", line, "A short remark."]
    assert read(page(f"<p>{PROSE[0]}</p>{posts}")).text == "\n\n".join(wanted)


def test_list_of_ten_things() -> None:
    items = "".join(
        f"<div class='item'><h2><span>{n}.</span> Lamp {n}</h2><img src='/{n}.jpg'><p>{line}</p></div>"
        for n, line in enumerate(PROSE, 1)
    )
    wanted = [PROSE[0]]
    for n, line in enumerate(PROSE, 1):
        wanted += [f"{n}. Lamp {n}", line]
    assert read(page(f"<p>{PROSE[0]}</p>{items}")).text == "\n\n".join(wanted)


@pytest.mark.parametrize(
    "mark", ["<p><b>Which lamp is lamp {n}?</b></p><p>No idea.</p>", "<dl><dt>Which lamp is lamp {n}?</dt><dd>No idea.</dd></dl>"]
)  # fmt: skip
def test_interview_in_short_lines_has_no_paragraph_and_is_read_whole(mark: str) -> None:
    asked = "".join(mark.format(n=n) for n in range(12))
    wanted = [line for n in range(12) for line in (f"Which lamp is lamp {n}?", "No idea.")]
    assert read(page(asked)).text == "\n\n".join(wanted)


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("<ul><li>Lamp 1: out</li><li>Lamp 2: out</li></ul>", "- Lamp 1: out\n- Lamp 2: out"),
        ("<table><tr><th>Lamp</th><th>State</th></tr><tr><td>1</td><td>out</td></tr></table>", "Lamp\tState\n1\tout"),
        ("<blockquote><p>“Nobody lit them.”</p></blockquote>", "“Nobody lit them.”"),
    ],
)  # fmt: skip
def test_article_that_ends_otherwise_than_in_prose(end: str, text: str) -> None:
    assert read(page(paragraphs(PROSE) + end)).text == f"{PLAIN}\n\n{text}"


AMONG = [
    "<p>►  <a href='/x'>The ferry that nobody took</a></p>",
    "<p>&gt;&gt; <a href='/x'>The ferry that nobody took</a></p>",
    "<p><a href='/x'>→ The ferry that nobody took</a></p>",
    "<p>Artikel wird unten fortgesetzt</p>",
    "<p>La suite après cette publicité</p>",
    "<p>Continua a leggere dopo la pubblicità</p>",
    "<p>ADVERTISEMENT - CONTINUE READING BELOW</p>",
    "<p>Sign up to our free newsletter to have the harbour news in your inbox each morning.</p>",
    "<p>Subscribe to The Paper’s free daily newsletter</p>",
    "<p>Melden Sie sich hier für unseren Newsletter an.</p>",
    "<p>Follow us on Facebook and Twitter for the latest news.</p>",
    "<p>Ikuti kami di Google News</p>",
    "<p>Join our WhatsApp channel</p>",
    (
        "<div class='box'><h3>Get our newsletter</h3><p>Sign up to our daily newsletter and have the"
        " news in your inbox.</p><p>By signing up you agree to our terms of use and our privacy policy.</p></div>"
    ),
    (
        "<blockquote class='instagram-media'><div><a href='/p'>View this post on Instagram</a></div>"
        "<p><a href='/p'>A post shared by Keeper (@keeper)</a></p></blockquote>"
    ),
]  # fmt: skip


@pytest.mark.parametrize("among", AMONG)
def test_plea_or_teaser_among_the_words(among: str) -> None:
    assert read(page(paragraphs(HALVES[0]) + among + paragraphs(HALVES[1]))).text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to newsletters sparingly, the keeper said, and to lamps not at all.",
        "Follow us, the lamps said on the pier, and the ferry did so without a word.",
        "Continue reading by candle, said the board, which had no other plan.",
        "Already a member of the board, she knew where the lamps were kept at night.",
    ],
)
def test_sentences_that_begin_as_pleas_do_stay(line: str) -> None:
    wanted = "\n\n".join([*HALVES[0], line, *HALVES[1]])
    assert read(page(paragraphs([*HALVES[0], line, *HALVES[1]]))).text == wanted


@pytest.mark.parametrize(
    "wall",
    [
        (
            "<h2>Continue reading with a subscription</h2><p>Subscribe now for full access to all articles"
            " and the archive of the Paper.</p><p>Already a subscriber? <a href='/l'>Log in</a></p>"
        ),
        (
            "<h3>Weiterlesen mit Paper Plus</h3><p>Testen Sie Paper Plus einen Monat lang kostenlos und lesen"
            " Sie alle Artikel ohne Werbung.</p>"
        ),
        "<p>Il vous reste 71 % de cet article à lire. La suite est réservée aux abonnés.</p>",
        "<p>この記事は有料会員限定です。</p><p>残り1234文字</p>",
    ],
)  # fmt: skip
def test_wall_ends_the_article(wall: str) -> None:
    assert read(page(f"{paragraphs(PROSE)}<div class='z'>{wall}</div>")).text == PLAIN


@pytest.mark.parametrize(
    "end",
    [
        "<p>ann.roe@paper.example</p>", "<p>Twitter: @annroe</p>", "<p>Sumber: Antara</p>", "<p>Quelle: dpa</p>",
        "<p>（責任編集：王）</p>", "<p>Do you have a story? Write to tips@paper.example</p>",
        "<p>© 2024 The Paper. All rights reserved.</p>", "<div class=tags><a href=/t>Lamps</a><a href=/u>Harbour</a></div>",
        "<h2>Most read</h2><ol><li><a href=/1>One</a></li><li><a href=/2>Two</a></li></ol>",
    ],
)  # fmt: skip
def test_what_stands_below_the_last_paragraph(end: str) -> None:
    assert read(page(paragraphs(PROSE) + end)).text == PLAIN


OTHER = paragraphs([line.replace("lamps", "ferries") for line in PROSE * 2])


@pytest.mark.parametrize(
    ("open_tag", "close_tag", "heading"),
    [
        ("<article>", "</article>", "<h1>The ferry is late</h1>"),
    ],
)  # fmt: skip
def test_second_article_that_is_loaded_below_is_not_read(
    open_tag: str, close_tag: str, heading: str
) -> None:
    title = (
        heading.split("</h1>", maxsplit=1)[0].replace("The ferry is late", "The lamps go out")
        + "</h1>"
    )
    title += "</header>" if heading.startswith("<header>") else ""
    html = (
        "<html><head><title>The lamps go out | Paper</title></head><body><main>"
        f"{open_tag}{title}{paragraphs(PROSE)}{close_tag}{open_tag}{heading}{OTHER}{close_tag}</main>"
    )
    found = read(html)
    assert (found.title, found.text) == ("The lamps go out", PLAIN)


def test_parts_of_one_article_in_sections_of_their_own_stay() -> None:
    parts = "".join(
        f"<section class='part'><h2>The part of {n}</h2><p>{line}</p></section>"
        for n, line in enumerate(PROSE)
    )
    found = read(page(f"<section class='part'><p>{PROSE[0]}</p></section>{parts}"))
    assert found.text.count("The part of") == len(PROSE)
    assert found.text.endswith(PROSE[-1])


@pytest.mark.parametrize(
    ("language", "teaser"),
    [
        ("ar", "اقرأ أيضا: <a href=/x>العبارة التي لم يركبها أحد إلى الجزيرة</a>"),
        ("he", "קראו גם: <a href=/x>המעבורת שאיש לא עלה עליה אל האי</a>"),
        ("ja", "関連記事：<a href=/x>誰も乗らなかった島への渡し船の話</a>"),
        ("ko", "관련기사: <a href=/x>아무도 타지 않은 섬으로 가는 나룻배</a>"),
    ],
)
def test_teaser_in_another_script(language: str, teaser: str) -> None:
    lines = [f"{line}{n}" for n, line in enumerate(SCRIPTS[language])]
    html = page(paragraphs([*lines[:3], teaser, *lines[3:]]), language=language)
    assert read(html).text == "\n\n".join(lines)


def test_element_that_a_profile_takes_for_the_body_and_that_holds_other_words_is_told_of() -> None:
    other = f"<div itemprop='articleBody'><p>{' '.join(PROSE)}</p></div>"
    found = read(page(f"<div class='x'>{paragraphs(PROSE * 2)}</div>", after=other))
    assert "body: the prose is not in div" in found.warnings
    assert read(page(f"<div itemprop='articleBody'>{paragraphs(PROSE)}</div>")).warnings == ()


def test_heading_among_the_words_that_says_the_title_again_stays() -> None:
    again = "<h2>The lamps go out</h2>"
    wanted = "\n\n".join([*HALVES[0], "The lamps go out", *HALVES[1]])
    assert read(page(paragraphs(HALVES[0]) + again + paragraphs(HALVES[1]))).text == wanted
    assert read(page(again + paragraphs(PROSE))).text == PLAIN
    assert read(page(paragraphs(PROSE) + again)).text == PLAIN
