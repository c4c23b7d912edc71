"""Pages of no known site: what a player plays, and boxes of the article's own that look like it.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

from eafarchive import Article, Page, extract, load_profile

LINE = "The keepers of the lamps wait for the last ferry of the winter."
SONGS = [f"The {n} song is about a ferry that left without a captain at all." for n in (1, 2, 3)]
FRAME = "<iframe src='https://player.example/1'></iframe>"


@pytest.mark.parametrize(
    "box",
    [
        f"<div data-component='Video'><h3>The pier at night</h3><span>Loading...</span><p>{LINE}</p></div>",
        f"<div data-qa='VideoEmbed'><div>01:58</div><p>The pier at night</p><p>{LINE}</p></div>",
        f"<div class='video'><p>{LINE} Video / Oxfjord Paper</p></div>",
        f"<div class='k'>{FRAME}<span class='k'>{LINE}</span></div>",
        f"<div class='k'><div>{FRAME}</div><p>{LINE}</p></div>",
        "<div class='embed-video'><h4>The pier at night</h4></div>",
        f"<h3>Watch this:</h3><div class='video'><h3>The pier at night</h3><div>{LINE}</div></div>",
        f"<div class='mediaEmbed'><div><button>WATCH</button></div><div class='k'><span>{LINE}</span></div></div>",
        f"<div class='k'><div><div>{LINE[:-1]}</div><div>02:11 - Source: <a href='/p'>PAPER</a></div></div></div>",
        f"<div class='k'><div></div><div itemprop='caption'>{LINE}</div></div>",
        f"<div class='k'><p>{LINE[:-1]}</p><p>To view this video please enable JavaScript, or upgrade to a browser that plays it.</p></div>",
        f"<div class='k'><figure><div><span>Please use Chrome browser for a more accessible video player</span></div><span>2:14</span><figcaption>{LINE}</figcaption></figure></div>",
        f"<div class='k'><div class='x-video__box'></div><p><span>{LINE}</span></p></div>",
    ],
)  # fmt: skip
def test_what_a_player_plays_is_no_text(box: str) -> None:
    found = read(page(box))
    assert found.text == PLAIN
    assert LINE not in {image.caption for image in found.images}
    assert read(page(first=box)).text == PLAIN


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='video'><p>{PROSE[0]}{PROSE[1]}</p></div>",  # a paragraph
        f"<div class='k'>{FRAME}<p>{LINE}</p><p>{LINE}</p></div>",
        f"<div class='k'>{FRAME}<h3>{LINE}</h3></div>",
        f"<div class='k'><p>{LINE}</p>{FRAME}</div>",
        f"<div class='player'><p>{LINE}</p></div>",
        f"<div class='k'><div>10:30</div><p>{LINE}</p></div>",
        f"<div class='k'><div>10:30</div><h4>{LINE[:-1]}</h4><p>{LINE}</p></div>",
        f"<div class='k'><p>{LINE[:-1]}</p><p>What the player needs is JavaScript, they say.</p></div>",
        f"<div class='video'><ul><li>{LINE}</li></ul></div>",
        f"<div class='video'><blockquote><p>{LINE}</p></blockquote></div>",
    ],
)
def test_a_box_of_the_articles_own_stays(box: str) -> None:
    assert LINE[:-1] in read(page(box)).text or PROSE[1] in read(page(box)).text


def test_a_list_of_what_is_to_be_seen_is_the_text() -> None:
    items = "".join(
        f"<h3>{n}. The pier</h3><div class='video'>{FRAME}<p>{line}</p></div>"
        for n, line in enumerate(SONGS)
    )
    assert all(line in read(page(items)).text for line in SONGS)


@pytest.mark.parametrize("time", ["10:30", "23:05"])
def test_a_line_of_a_day_beside_others_is_the_text(time: str) -> None:
    entry = "<div class='entry'><div class='k'><div>{}</div><p>{}</p>{}</div></div>"
    first = entry.format(time, LINE, "<div class='video'></div>")
    found = read(page("".join((entry.format("9:15", PROSE[0], ""), first, MORE))))
    assert LINE in found.text


MORE = f"<div class='entry'><div class='k'><div>11:00</div><p>{PROSE[1].upper()}</p></div></div>"


def test_paragraphs_in_boxes_of_one_name_are_the_text() -> None:
    part = "<div class='part'>{}<p>{}</p></div>"
    parts = "".join(part.format(FRAME if n == 2 else "", line) for n, line in enumerate(PROSE))
    short = part.format(FRAME, LINE)
    html = f"<title>The lamps go out</title><article><h1>The lamps go out</h1>{parts}{short}{parts.upper()}"
    assert LINE in read(html).text
    assert PLAIN in read(html).text


def test_a_player_that_loads_in_pages_of_wordpress() -> None:
    box = (
        f"<div data-x='1' class='video'><h3>The pier</h3><span>Loading...</span><p>{LINE}</p></div>"
    )
    found = extract(Page.from_html(page(box), "https://paper.example/1"), load_profile("wordpress"))
    assert isinstance(found, Article)
    assert found.text == PLAIN


@pytest.mark.parametrize("name", ["wordpress", "eastasiaforum"])
def test_a_caption_of_a_frame_in_every_profile(name: str) -> None:
    html = page(f"<div class='k'>{FRAME}<p>{LINE}</p></div>")
    url = "https://eastasiaforum.org/2021/03/04/the-lamps-go-out/"
    found = extract(Page.from_html(html, url), load_profile(name))
    assert isinstance(found, Article)
    assert found.text == PLAIN


CENTRE = "style='text-align: center'"
PICTURE = f"<p {CENTRE}><img src='/pier.jpg'></p>"


def test_a_line_centred_under_a_centred_picture_is_its_caption() -> None:
    found = read(page(f"{PICTURE}<p {CENTRE} class='k'>{LINE}</p>"))
    assert found.text == PLAIN
    assert found.images[0].caption == LINE


@pytest.mark.parametrize(
    "among",
    [
        f"{PICTURE}<p>{LINE}</p>",
        f"{PICTURE}<p {CENTRE}><b>{LINE}</b></p>",
        f"{PICTURE}<p {CENTRE}>“{LINE}”</p>",
        f"{PICTURE}<p {CENTRE}>{LINE}</p><p {CENTRE}>And then nobody came to the pier.</p>",
        f"<p>{PROSE[0]}</p><p {CENTRE}>{LINE}</p>",
    ],
)
def test_a_line_under_a_picture_that_is_the_text(among: str) -> None:
    assert LINE in read(page(among)).text


def test_words_under_a_picture_in_a_table_of_the_two_are_its_caption() -> None:
    def table(rows: str) -> str:
        cell = "<tr><td><img src='/pier.jpg' width='300'></td></tr>"
        return page(f"<table align='right'>{cell}{rows}</table>")

    found = read(table(f"<tr><td>{LINE}</td></tr>"))
    assert (found.text, found.images[0].caption) == (PLAIN, LINE)
    assert read(table(f"<tr><td>{LINE} Foto: Archivo</td></tr>")).text == PLAIN
    assert LINE in read(table(f"<tr><td>{LINE}</td></tr><tr><td>Lamps: 40</td></tr>")).text


def test_where_a_picture_that_is_not_in_the_page_is_from() -> None:
    box = "<div><div><p>{} (Quelle: {})</p></div></div>"
    assert read(page(first=box.format(LINE, "Ann Roe/imago images"))).text == PLAIN
    assert LINE in read(page(first=box.format(LINE, "Bund der Leuchtfeuer"))).text


@pytest.mark.parametrize(
    "picture",
    [
        "<p><img src='/b.jpg'><br>The pier at night</p>",
        "<p><img src='/b.jpg'></p><p><b>▲The pier at night, by a reader</b></p>",
    ],
)
def test_a_few_words_under_a_picture_are_its_caption(picture: str) -> None:
    found = read(page(picture))
    assert found.text == PLAIN
    own = picture.replace("night", "night was what she had come to see.").replace("▲", "")
    assert "what she had come to see." in read(page(own)).text
    rise = picture.replace("▲The pier at night, by a reader", "↑ 5 per cent more came at night")
    assert "▲" not in picture or "↑ 5 per cent" in read(page(rise)).text
