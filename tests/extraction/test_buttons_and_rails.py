"""Lines over buttons that share the page, items like them, and what a box says of the site."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, page, paragraphs

HEAD = f"<h1>{TITLE}</h1><p>Author: Ann Roe, ANU</p>"


def among(box: str) -> str:
    return f"{paragraphs(PROSE[:3])}{box}{paragraphs(PROSE[3:])}<p>{BIO}</p>"


BUTTONS = "".join(
    f"<li><a href='{href}?url=x'><img src='/i/{n}.png' alt='{n}'></a></li>"
    for n, href in enumerate(("http://digg.com/submit", "http://del.icio.us/post"))
)


@pytest.mark.parametrize("is_over", [True, False], ids=["over", "among"])
def test_a_line_over_buttons_that_share(is_over: bool) -> None:
    box = f"<div><span><strong>Share and Enjoy:</strong></span><ul>{BUTTONS}</ul></div>"
    assert page(HEAD, box + paragraphs(PROSE) if is_over else among(box)).text == TEXT


@pytest.mark.parametrize(
    "line", ["<p>The kite is in the drawing below:</p>", "<h3>Share and endure</h3>"]
)
def test_a_line_of_the_text_over_buttons_that_share_stays(line: str) -> None:
    said = line[line.index(">") + 1 : line.rindex("<")]
    assert said in page(HEAD, among(f"{line}<ul>{BUTTONS}</ul>")).text


FORM = (
    "<div><h4>Subscribe to East Asia Forum</h4><form action='/s'><input type='email'></form></div>"
)


@pytest.mark.parametrize("words", ["Share", "Print", "Save this page"])
def test_an_item_of_the_articles_own_list_stays_below_a_form(words: str) -> None:
    own = f"{FORM}<ul><li>{words}</li><li>sell</li><li>hold</li></ul>"
    assert f"- {words}\n- sell\n- hold" in page(HEAD, among(own)).text


def test_a_menu_below_a_form_is_none_of_the_text() -> None:
    menu = f"{FORM}<ul><li>Share</li><li>Print</li></ul>"
    assert page(HEAD, among(menu)).text == TEXT


ABOUT = "East Asia Forum provides a platform for analysis, research and comment on the region."
RAIL = f"<div><div><h3>About East Asia Forum</h3><div><p>{ABOUT}</p></div></div></div>"


def test_a_box_about_the_site_between_the_text_and_the_note() -> None:
    body = f"<div><div><div>{paragraphs(PROSE)}</div></div>{RAIL}</div><div><p>{BIO}</p></div>"
    article = page(HEAD, body)
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_a_part_of_the_text_about_the_site_stays() -> None:
    body = f"{paragraphs(PROSE)}<h3>About East Asia Forum</h3><p>{ABOUT}</p><p>{BIO}</p>"
    article = page(HEAD, f"<div>{body}</div>")
    assert article.text == f"{TEXT}\n\nAbout East Asia Forum\n\n{ABOUT}"


SIZES = f"<ul>{'<li>A</li>' * 3}</ul>" * 2
BUTTON = "<button type='button'>In Brief</button>"


@pytest.mark.parametrize(
    ("box", "number"),
    [
        ("{}{}", 1),
        ("<div>{}{}</div>", 1),
        ("<div>{}{}</div>", 2),
        ("<div>{}<div>{}</div></div>", 2),
    ],
)
def test_a_label_that_is_a_button_opens_a_summary(box: str, number: int) -> None:
    brief = box.format(BUTTON, paragraphs(PROSE[:number]))
    found = page(HEAD + brief + SIZES, paragraphs(PROSE[number:]))
    assert (found.summary, found.text) == ("\n\n".join(PROSE[:number]), TEXT)


@pytest.mark.parametrize("button", [BUTTON.replace("In Brief", "Share"), ""])
def test_no_other_button_opens_one(button: str) -> None:
    found = page(HEAD, f"{button}<p>{PROSE[0]}</p>{SIZES}{paragraphs(PROSE[1:])}")
    assert (found.summary, found.text) == (None, TEXT)
