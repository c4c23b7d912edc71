"""What a site says of itself, of its sections and of today, which is not the article's.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

from typing import Any

from test_calls_and_columns import EAF, NOTE, PARAGRAPHS, URL

from eafarchive import Page, extract

BYLINE = "<div>Author: Ann Roe, Example University</div>"
DATED = "<div class='d1'>3 May 2018</div>"


def read(*, over: str = "", byline: str = BYLINE, below: str = "", last: str = "") -> Any:
    text = "".join([*PARAGRAPHS[:7], last])
    return extract(
        Page.from_html(
            f"<html><head><title>The weir</title></head><body><div class='k1'><div class='k2'>{over}"
            f"<h1>The weir</h1>{byline}{DATED}<div class='k3'>{text}</div></div>{below}</div></body>"
            "</html>",
            URL,
        ),
        EAF,
    )


def test_today_over_a_title_is_not_when_the_article_appeared() -> None:
    today = "<div><time datetime='2024-06-07'>Friday 7 June 2024</time></div>"
    found = read(over=today)
    assert (found.published_at, found.fields["published_at"]) == ("2018-05-03", "text")


def test_of_two_dates_at_a_title_that_of_its_address_is_right() -> None:
    dates = "<p><time datetime='2024-06-07'>7 June</time></p><p><time datetime='2018-05-03T09:00:00+10:00'>3 May</time></p>"
    assert read(byline=BYLINE + dates).published_at == "2018-05-03T09:00:00+10:00"


def test_a_box_about_the_site_is_no_note_on_an_author() -> None:
    site = (
        "<div class='s1'><div><h3>About us</h3><p>East Asia Forum is a platform for analysis and"
        " research on rivers and policy.</p><a href='/about/'>More</a></div><div><p>Receive our"
        " digest.</p><form action='/s'><input type='email'><input type='submit'></form></div></div>"
    )
    for byline in (BYLINE, ""):
        found = read(byline=byline, below=site)
        assert found.author_note is None
    assert read(below=site, last=f"<p>{NOTE}</p>").author_note == NOTE


def test_a_menu_names_no_category() -> None:
    section = "<li><a href='/category/rivers/'>Rivers</a></li>"
    menu = f"<div><ul><li><a href='/'>Home</a></li><li><a href='/about/'>About</a></li>{section}</ul></div>"
    assert read(below=menu).categories == ()
    own = f"<div><ul>{section}<li><a href='#comments'>3 comments</a></li></ul></div>"
    assert read(below=own).categories == ("Rivers",)
