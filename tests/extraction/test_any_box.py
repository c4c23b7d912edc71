"""Pages of no known site: labels, pleas and boxes among the paragraphs that lead elsewhere, in many languages."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

HEADLINE = "The ferry that nobody took to the island"
EXCERPT = (
    "It left the pier in winter with nobody on board, and came back in spring with two captains."
)
CARD = f"<div><a href='/n'><img src='/f.jpg'><h3>{HEADLINE}</h3></a><p>{EXCERPT}</p></div>"
LED = f"<a href='/n'>{HEADLINE}</a>"


@pytest.mark.parametrize(
    "label",
    [
        "Read more from the Paper", "Mehr Nachrichten aus Hafenstadt", "Passend dazu", "Hintergrund",
        "Relire", "Lire plus", "Mirá también", "Leé también", "Lea aquí", "Guarda anche", "Zie ook", "Se også",
        "Læs mere", "Lue lisää", "Katso myös", "Czytaj również", "Przeczytaj także", "Polecamy", "Související",
        "Olvassa el", "İlgili Haber", "Bunu da okuyun", "Ранее по теме", "Читати також", "За темою",
        "Διαβάστε περισσότερα", "【関連】", "相关新闻", "관련 기사", "اقرأ أيضًا", "اقرأ أيضاً", "شاهد أيضا", "ראו גם",
        "עוד בנושא", "इसे भी पढ़ें", "Simak juga", "Вижте още", "Vezane vijesti", "ข่าวที่เกี่ยวข้อง",
    ],
)  # fmt: skip
def test_a_label_with_a_headline_leads_elsewhere_and_without_a_link_does_not(label: str) -> None:
    for led in (f"<b>{label}:</b> {LED}", f"<a href='/n'>{label}: {HEADLINE}</a>"):
        assert read(page(f"<p>{led}</p>")).text == PLAIN
    assert f"{label}: {HEADLINE}" in read(page(f"<p>{label}: {HEADLINE}</p>")).text


@pytest.mark.parametrize(
    "line",
    [
        "The Harbour Briefing newsletter tells you of every lamp before it is day. Sign up here.",
        "While you’re here: every Tuesday our editors count the lamps. Sign up here for the newsletter.",
        "Unser Newsletter am Morgen: alle Lampen direkt in Ihr Postfach",
        "Recevez chaque matin notre lettre d’information avec toutes les lampes du port",
        "Reciba cada mañana nuestro boletín con todas las lámparas del puerto",
        "Receba todas as manhãs a nossa newsletter com as luzes do porto",
        "Ontvang elke ochtend onze nieuwsbrief met alle lampen van de haven",
        "Få vores nyhedsbrev med havnens lamper. Ved tilmelding accepterer du vores betingelser.",
        "Zapisz się na poranny newsletter z latarniami portu",
        "Подпишитесь на рассылку о фонарях гавани",
        "Her sabah limanın lambalarını anlatan bültene abone olun",
        "毎朝、港の灯りをお届けするニュースレターに登録",
        "订阅我们的早间通讯，每天获取港口的灯火",
        "An dieser Stelle finden Sie Inhalte von Drittanbietern, die erst mit Ihrer Einwilligung erscheinen.",
        "To play this audio please enable JavaScript, and find a browser with lamps",
        "Pour afficher ce contenu, vous devez accepter les cookies du port.",
        "Video: the pier at night, when all the lamps are out",
        "To report an error, write to the keeper of the lamps.",
        "Нашли опечатку? Выделите её и нажмите Ctrl+Enter",
        "18+ | Spiele mit Verantwortung. Es gelten die Regeln des Hafens.",
        "Tekst loopt door onder de foto",
        "[Publicidad]",
        "Rubriklistenbild: © Ann Roe/dpa",
        "(Borítókép: Roe Anna / MTI)",
        "Tonton juga video: lampu pelabuhan padam",
        "Mit dem täglichen Update bleibst du über die Lampen im Hafen im Bild.",
        "ΔΙΑΦΗΜΙΣΗ",
    ],
)  # fmt: skip
def test_lines_that_speak_for_the_newsroom(line: str) -> None:
    assert read(page(f"<div class='x7'><p>{line}</p></div>")).text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "The harbour's newsletter told nobody of the lamps, and the keeper said so at length.",
        "Readers who receive the newsletter every morning were the first to know that it was dark.",
        "Recevoir une lettre chaque matin ne suffit pas, dit le gardien.",
        "Your support is what the keeper asked the council for on Monday.",
        "To watch this content is no pleasure for a keeper of lamps.",
        "Eighteen of the lamps, 18+ by another count, went out.",
    ],
)
def test_sentences_about_such_things_stay(line: str) -> None:
    assert line in read(page(f"<p>{line}</p>")).text


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='zz'>{CARD}</div>",
        f"<div class='zz'><h3>Explained</h3>{CARD}{CARD}</div>",
        f"<div class='zz'><p>Leia mais</p><a href='/n'>{HEADLINE}</a><p>{EXCERPT}</p></div>",
        f"<div class='zz'><p><b>See also...</b></p><p><b>{LED}</b></p><p>{EXCERPT} <a href='/n'>All of it</a></p></div>",
        f"<div class='zz'><div>Also read</div>{LED}</div>",
        f"<div class='zz'><span>LÆS OGSÅ:</span><a href='/n'><h4>{HEADLINE}</h4></a></div>",
    ],
)
def test_a_box_that_leads_elsewhere_goes_with_its_label_and_excerpt(box: str) -> None:
    assert read(page(box)).text == PLAIN


def test_a_linked_heading_over_the_articles_own_words_takes_none_away() -> None:
    """The link that a writer puts within a heading makes no card of what follows."""
    own = f"<div class='zz'><h3>{LED}</h3><p>{EXCERPT}</p></div>"
    assert EXCERPT in read(page(own)).text
    labelled = f"<div class='zz'><p>Background</p><p>{PROSE[0]} {EXCERPT}</p></div>"
    assert "Background" in read(page(labelled)).text


@pytest.mark.parametrize(
    "box",
    [
        "<section><h4>Newsletter</h4><p>“Lamps”</p><p>Recevez chaque matin notre lettre d’information du port</p></section>",
        f"<div><h2>We have a small favour to ask</h2><p>{EXCERPT}</p><p>Support us from just £1.</p></div>",
        f"<div><p>Quick read</p><p>Summary is AI-generated, newsroom-reviewed</p><ul><li>{EXCERPT}</li></ul></div>",
        "<div><h4>Poll</h4><p>Should the lamps be lit?</p><ul><li>Yes 61 %</li><li>No 39 %</li></ul></div>",
        f"<div>Komentarze (17)<p>{EXCERPT}</p></div>",
        f"<div><div>{HEADLINE}</div><div>3 months ago</div><div>Duration 2:01</div><p>{EXCERPT}</p></div>",
    ],
    ids=["newsletter", "plea", "summary", "poll", "comments", "video"],
)
def test_a_box_is_what_a_line_in_it_says(box: str) -> None:
    assert read(page(box)).text == PLAIN


def test_such_a_line_among_paragraphs_takes_none_of_them_away() -> None:
    plea = "<p>Your support helps us to count the lamps of the harbour.</p>"
    assert read(page(plea)).text == PLAIN
    pieces = "".join(f"<div class='piece'><p>{EXCERPT} {n}</p></div>" for n in "ab")
    own = f"{pieces}<div class='piece'><p>{EXCERPT} c</p>{plea}</div>{pieces}"
    assert read(page(own)).text.count(EXCERPT) == 5
    kept = "<div class='zz'><h3>What the keeper saw</h3><div>Anzeige</div></div>"
    assert "What the keeper saw" in read(page(kept)).text


@pytest.mark.parametrize(
    "inside",
    [
        f"<p><img src='/f.jpg'></p><p>{EXCERPT} /홍길동 기자</p>",
        f"<div class='vjs-video-container'><span>{HEADLINE}</span></div>",
        f"<div class='content-video'><p>{EXCERPT}</p></div>",
        f"<span class='custom-caption'><img src='/f.jpg'><span class='ie-custom-caption'>{EXCERPT}</span></span>",
        f"<div><span><img src='/f.jpg'></span><span class='imgCaption'>{EXCERPT}</span><span>(צילום: X)</span></div>",
        "<p><img src='/f.jpg'></p><p>灯塔在夜里。新华社记者 李灯 摄</p>",
        f"<div><img src='/f.jpg'><span>{EXCERPT} (foto: Ann Roe).</span></div>",
    ],
    ids=["reporter", "video", "video's text", "caption", "caption with credit", "whose picture", "credit"],
)  # fmt: skip
def test_what_belongs_to_a_picture_or_a_player(inside: str) -> None:
    assert read(page(inside)).text == PLAIN


@pytest.mark.parametrize(
    "inside",
    [
        f"<div><img src='/f.jpg'><span class='lead'>{PROSE[0]} {EXCERPT}</span></div>",
        f"<div><a href='/big.jpg'><img src='/f.jpg'><span>{HEADLINE}</span></a> {PROSE[0]} {EXCERPT}</div>",
        f"<h3 class='edTag'>{EXCERPT}</h3>",
        f"<div class='video-container'><blockquote class='twitter-tweet'><p>{EXCERPT}</p></blockquote></div>",
        f"<section><h2>Votos em branco</h2><p>{EXCERPT}</p></section>",
        f"<div class='widget widget--type-quotation'><blockquote>{PROSE[1]} {EXCERPT}</blockquote></div>",
    ],
    ids=["words at a picture", "picture in the text", "heading", "message", "votes", "quotation"],
)
def test_what_only_looks_like_that_stays(inside: str) -> None:
    assert EXCERPT in read(page(inside)).text


@pytest.mark.parametrize(
    "end",
    ["dpa/roe", "RND/dpa", "/ritzau/", "(ann/roe)", "(Ann Roe, APA, 7.6.2021)", "Kilde: Ritzau", "Πηγή: Reuters"],
)  # fmt: skip
def test_whose_report_it_is_ends_no_text_and_stays_among_paragraphs(end: str) -> None:
    assert read(page().replace("</div></article>", f"<p>{end}</p></div></article>")).text == PLAIN
    if "/" in end:
        assert end in read(page(f"<p>{end}</p>")).text
