"""Lines among the paragraphs that are labels, links and captions, and what is left of lists.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import LINKS, PLAIN, PROSE, page, read

FERRY = "<a href='/story/1'>The ferry that nobody took to the island</a>"
LAMPS = "<a href='/story/2'>The lamps that nobody lit in the harbour</a>"
PHOTO = "<img src='/a.jpg' width=600 height=400>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<p><strong>- {FERRY}</strong><br><strong>- {LAMPS}</strong></p>",
        f"<p class='q'><span>PODCAST -</span> {FERRY}</p>",
        f"<table><tr><td><p>Čtěte také</p>{FERRY}</td></tr></table>",
        (
            "<div data-testid='gallery'><div><img src='/a.jpg'></div><span>Item 1 of 3</span>"
            "<p>The old pier seen from the northern shore on Monday evening.</p></div>"
        ),
        f"<div class='q'><a href='/p'>{PHOTO}</a><span>週一傍晚的舊碼頭。（攝影/蔡依庭）</span></div>",
        (
            "<div data-testid='newsletter-signup'><strong>Meld je aan</strong><p>Elke ochtend het"
            " belangrijkste nieuws in je mailbox.</p></div>"
        ),
        "<p><strong>Haberin Devamı</strong></p>",
    ],
)
def test_lines_that_lead_elsewhere_or_say_what_is_shown_are_left_out(inside: str) -> None:
    assert read(page(inside)).text == PLAIN


def test_a_label_does_not_outlive_its_list() -> None:
    cards = "".join(f"<article><h4>{one}</h4></article>" for one in (FERRY, LAMPS))
    parts = [f"<div class='q'><p>{line}</p></div>" for line in PROSE]
    box = f"<section><header><h3>Mehr zum Thema</h3></header>{cards}</section><h3>The keeper</h3>"
    html = page().replace(page().partition("<div class='story'>")[2].partition("</article>")[0], (
        f"{''.join(parts[:3])}{box}{''.join(parts[3:])}</div>"
    ))  # fmt: skip
    found = read(html).text
    assert "Mehr zum Thema" not in found
    assert "The keeper" in found
    assert all(line in found for line in PROSE)


def test_where_a_picture_is_from_is_no_last_line_of_the_text() -> None:
    end = "<p><em>Sursa foto: Oana Rusu / Calde</em></p></div></article>"
    assert read(page().replace("</div></article>", end)).text == PLAIN


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f"<p>- {FERRY}, as she put it<br>- {LAMPS}, as he did</p>", "as he did"),
        (f"<p>The board has published three papers on it:</p><p>- {FERRY}<br>- {LAMPS}</p>", "lit"),
        (f"<p>NATO - {FERRY[:-4]} is what they call it now.</a></p>", "what they call it"),
        (f"<p>Podcast - {FERRY}</p>", "nobody took"),
        ("<table><tr><td><p>Čtěte také</p>12 lamps</td></tr></table>", "12 lamps"),
        ("<p>Haberin devamı was all that the lamp's last line said.</p>", "was all that"),
        ("<p>___</p><p>The keeper went home.</p>", "went home"),
        ("<p>Siga o dinheiro no Instagram, disse ela, e verá quem paga.</p>", "quem paga"),
        ("<p>The pier, by night.（攝影/蔡依庭）</p>", "by night"),
        (
            (
                f"<div><div>{PHOTO}</div><span>Item 1 of 3</span><p>{PROSE[0]}</p><p>The keeper said no"
                " more of it, and went.</p></div>"
            ),
            "said no more of it",
        ),
        (
            (
                "<section><h3>Mehr zum Thema</h3><p>Es gibt dazu nichts als die Lampe, sagt er.</p>"
                "</section>"
            ),
            "Mehr zum Thema",
        ),
    ],
)
def test_what_only_looks_like_them_stays(inside: str, words: str) -> None:
    assert words in read(page(inside)).text


def test_a_box_marked_as_a_newsletter_that_holds_the_article_is_no_chrome() -> None:
    html = page().replace(
        "<div class='story'>", "<div class='story' data-testid='newsletter-story'>"
    )
    assert read(html).text == PLAIN


def test_a_list_of_others_in_no_box_keeps_no_label_either() -> None:
    assert read(page(f"<section><h2>Mehr zum Thema</h2><ul>{LINKS}</ul></section>")).text == PLAIN


@pytest.mark.parametrize(
    "inside",
    [
        "<div class='fakta-boks'><h3>Om fergekaia</h3><ul><li>Åpnet i 1953</li></ul></div>",
        "<div class='encadre'><h3>Repères</h3><p>Le bac a été lancé en 1938, puis oublié.</p></div>",
        "<p style='text-align:center'><b>Siga o Correio no <a href='/i'>Instagram</a></b></p>",
    ],
)
def test_boxes_of_facts_and_calls_to_follow_are_left_out(inside: str) -> None:
    assert read(page(inside)).text == PLAIN


@pytest.mark.parametrize(
    "end",
    [
        "<p>Support HarbourNews journalism. Make a contribution today.</p>",
        "<p>Dziękujemy, że to czytasz. Obserwuj nas w Wiadomościach Google.</p>",
        "<h4>Follow topics and authors</h4><p>from this story to see more.</p><ul><li>News</li></ul>",
        "<h3>Tu suscripción se está usando en otro dispositivo</h3><p>¿Quieres añadir a otro?</p>",
        "<p><a href='/c'>Únete a nuestro canal y entérate de las noticias del día</a></p><p>mcc</p>",
    ],
)
def test_what_speaks_to_readers_at_the_end_is_left_out(end: str) -> None:
    assert read(page().replace("</div></article>", f"{end}</div></article>")).text == PLAIN


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (
            "<p>Support local journalism. Make a list of what it costs, and of who pays.</p>",
            "a list",
        ),
        ("<p>It takes three things:</p><ul><li><p>salt</p></li><li><p>oil</p></li></ul>", "oil"),
        ("<p>Follow topics and authors of the report, she said.</p>", "she said"),
        ("<p>Tu suscripción se está usando en otro dispositivo, decía la carta.</p>", "la carta"),
    ],
)
def test_sentences_that_open_as_such_calls_do_stay(end: str, words: str) -> None:
    html = page().replace("</div></article>", f"{end}</div></article>")
    assert words in read(html).text
