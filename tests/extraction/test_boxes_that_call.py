"""Pages of no known site: boxes, buttons and lines that call readers away, and what looks like them.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

BELOW = [
    "<div class='k1'><div>Also</div><p>The lamps are kept alight by forty readers every month.</p><a href='/t'>Támogatom</a></div>",
    "<div class='k1'><p>What stands here was found by <a href='https://trust.example'>the harbour’s rules</a></p><a href='/s'>More</a></div>",
    "<div class='k1'><h4>We go on</h4><p>Because you are with us.</p><button>Join</button></div>",
    "<p><i>Ebb and Flow are written by the keepers, with what the day brought in. </i><a href='/n'><i>Have it sent</i></a><i>.</i></p>",
    "<p><em>Mitä ajatuksia lamppu herätti? Voit keskustella aiheesta 30.5. klo 23:een saakka.</em></p>",
    "<div class='k1'><p>เกาะติดทุกโคมไฟจาก Line@ ได้ที่นี่</p></div>",
    "<p><em>The writer is a former dean of the school of lamps.</em></p><p><em>Published in The Pier, May 4th, 2021</em></p>",
    "<p>kbe@pier.example</p><p>제보는 카카오톡 okpier <저작권자(c) 부두뉴스, 무단 전재-재배포 금지> 2021/05/04 13:55 송고</p>",
    "<p>Copyright ⓒ 부두일보. All rights reserved. 무단 전재 및 재배포 금지.</p>",
    "<div>Sie können dem Redakteur <a href='/a'>Bo Mei</a> auf der Plattform X folgen.</div>",
    "<div><p>Join <a href='/t'>PP’s Telegram channel</a> and get the latest breaking news delivered to you.</p></div>",
    "<h3>More to Read</h3>",
    "<p><b>Seguir leyendo:</b></p><div><a href='/n/1'>El farero deja la lámpara</a></div>",
]  # fmt: skip
STANDS = [
    "</div><div class='story'><p>The lamps are kept alight by forty readers, who bring oil to the pier every month.</p><a href='/t'>A lamp</a>",  # a piece
    "<div class='k1'><p>The lamps are kept alight by <a href='/t'>forty readers</a></p></div>",
    "<div class='k1'><p>The lamps are kept alight. Nobody <a href='/t'>pays for it.</a></p></div>",
    "<h4>The lamps want oil</h4><p>A pier without lamps is no pier.</p><p><a href='/d'>Donate</a></p>",
    "<hr><h4>The lamps want oil</h4><p>A pier without lamps is no pier.</p><p><a href='/d'>Donate</a></p>",
    "<p>Ebb and Flow are written by the keepers. <a href='/n'>Have it sent</a>.</p>",
    "<p><i>Ebb and Flow are written by the keepers for <a href='/n'>the harbour</a>.</i></p>",
]


@pytest.mark.parametrize("end", BELOW)
def test_a_plea_below_the_words_is_told_by_its_box_its_button_or_its_words(end: str) -> None:
    found = read(page().replace("</div></article>", f"{end}</div></article>"))
    assert found.text == PLAIN


@pytest.mark.parametrize("end", STANDS)
def test_what_is_built_as_the_text_is_or_has_no_such_button_stays(end: str) -> None:
    found = read(page().replace("</div></article>", f"{end}</div></article>"))
    assert "lamps are kept" in found.text or "no pier" in found.text or "Ebb and" in found.text


@pytest.mark.parametrize(
    "among",
    [
        "<p class='k1'><a href='/c'>Leave a comment</a></p>",
        "<p class='k1'>Article réservé aux abonnés</p>",
        "<p><b>Dalszy ciąg materiału pod wideo</b></p>",
        "<div class='k1'><div>Follow Pier news</div><p>Follow <a href='/w'>Pier news</a> for the latest updates.</p></div>",
        "<div class='k1'><h3>Help us count lamps</h3><p>We’re trying to learn how the lamps are kept. If you keep one, we want to hear from you.</p><button>Get in touch</button></div>",
        "<section class='k1'><div><h3>The lamp book</h3><p>The keepers, the latest oil, and intriguing whispers percolating inside the harbour tower at night.</p><form><label>E-mail</label><input></form></div></section>",
        "<p><em>Follow the Lamp podcast on <a>Apple Podcasts</a>, <a>Spotify</a></em></p>",
        "<div class='k1'><div><a href='/n/1'><img src='/x.jpg'></a><h3><a href='/w'>World</a></h3><h3><a href='/n/1'>The bishop wrote openly about the lamp</a></h3></div></div>",
        "<k-box><div><h2>Ein Film</h2><p>Mit Ihrer Zustimmung wird hier ein externer Film der Firma geladen.</p><button>Video jetzt laden</button></div></k-box>",
    ],
)  # fmt: skip
def test_a_button_or_a_notice_among_the_words_is_none_of_them(among: str) -> None:
    assert read(page(among)).text == PLAIN


def test_a_headline_over_a_subheading_in_bold_and_what_leads_home_at_a_list_s_end() -> None:
    part = "<p><b>Who pays for the oil</b></p>"
    link = "<ul><li><a href='/n/1'>The ferry that nobody took to the island</a></li></ul>"
    assert read(page(link + part)).text == read(page(part)).text
    points = f"<ul><li>{PROSE[0]}</li>{{}}</ul>"
    home = "<li><b>Więcej o tym znajdziesz <a href='/'>na stronie głównej</a></b></li>"
    assert "Więcej" not in read(page(points.format(home))).text
    kept = home.replace("href='/'", "href='/lampy'")
    assert "Więcej" in read(page(points.format(kept))).text


LETTER = "<div class='k1'><h3>Get the Evening Lamp</h3><p>Sign up to receive the Evening Lamp in your inbox, daily.</p></div>"
HEARD = "<div class='k1'><h4>Heard on Morning Tide</h4><div><div>4-Minute Listen</div><ul><li><a href='/m'>Download</a></li><li><a href='/t'>Transcript</a></li></ul></div></div>"


@pytest.mark.parametrize("over", [LETTER, HEARD])
def test_a_box_over_the_words_where_no_author_is_known(over: str) -> None:
    assert read(page(first=over)).text == PLAIN
    own = "<div class='k1'><h3>Heard in the harbour</h3><p>It is night on the pier, and a lamp is out again.</p></div>"
    assert "It is night" in read(page(first=own)).text


def test_a_box_among_paragraphs_in_elements_of_their_own() -> None:
    lines = [f"<div class='k2'><p>{line}</p></div>" for line in PROSE]
    ask = "<div class='k3'><div><div>The lamp</div><p>What the keepers saw by night, and what they heard, sent to your inbox every day.</p><button>Sign up</button></div></div>"
    follow = "<div class='k4'><div>Follow Pier news</div><p>Follow <a href='/w'>Pier news</a> for the latest updates.</p></div>"
    html = "<title>The lamps go out</title><main><h1>The lamps go out</h1><div>{}</div></main>"
    body = "".join([*lines[:2], ask, *lines[2:4], follow, *lines[4:]])
    assert read(html.format(body)).text == PLAIN


def test_a_link_without_an_address_calls_and_an_anchor_does_not() -> None:
    call = "<p><i>Ebb and Flow are written by the keepers at night. <a{}>Have it sent</a></i></p>"
    assert (
        read(page().replace("</div></article>", f"{call.format('')}</div></article>")).text == PLAIN
    )
    kept = read(page().replace("</div></article>", f"{call.format(' name=e')}</div></article>"))
    assert "Ebb and Flow" in kept.text
