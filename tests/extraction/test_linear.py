"""The work of extraction grows with the page, whatever it is made of, and no faster.

Work is counted in calls, which are the same on every machine, and not in time.
"""

from __future__ import annotations

import sys
import time

import pytest

from eafarchive import Page, extract, load_profile

URL = "https://paper.example/2016/06/02/invented/"
PROSE = "<p>The keeper of the harbour lamps said again that nobody had lit them, and left, {0}.</p>"
FEW, MANY = 200, 800
KINDS = {
    "links with words in a list": (
        "<ul>",
        "<li><a href=/{0}>lamp {0} lit</a> and left</li>",
        "</ul>",
    ),
    "links without an end": ("", f"<h3><a href=/l>Lamp {{0}} is lit</h3>{PROSE}", ""),
    "links in a list": ("<ul>", "<li><a href=/{0}>lamp {0}</a></li>", "</ul>"),
    "lists in a list": ("<ul>", "<li>lamp<ul><li><a href=/{0}>lit</a></li></ul></li>", "</ul>"),
    "terms": ("<dl>", "<dt>lamp {0}</dt><dd>its light</dd>", "</dl>"),
    "rows": ("<table>", "<tr><td><a href=/{0}>lamp</a></td><td>7</td></tr>", "</table>"),
    "pictures with words": ("", "<div><img src=/{0}.jpg><p>A lamp, {0}</p></div>", ""),
    "pictures in named spans": ("", "<span class=x><div><img src=/{0}.jpg></div></span> lit", ""),
    "figures": ("", "<figure><img src=/{0}.jpg><figcaption>A lamp</figcaption></figure>", ""),
    "headings that count": ("", "<h2>999 lamps</h2><p>3 May 2016, 10:45</p>", ""),
    "headings": ("", "<h2>Lamp {0}</h2>", ""),
    "bylines": ("", "<p>Author: Ann Roe{0}, University of Somewhere</p>", ""),
    "notes": ("", "<p>Ann Roe is a professor of law at the University of Somewhere, {0}.</p>", ""),
    "cards": ("", "<div class=author-card><span>Ann Roe</span><span>Paper {0}</span></div>", ""),
    "links to authors": ("", "<p><a rel=author href=/author/ann{0}>Ann Roe{0}</a></p>", ""),
    "bylines without a label": ("", "<p>Ann Roe, University of Somewhere {0}</p>", ""),
    "forms": ("", "<div><p>Lamps by post, {0}</p><form><input type=email></form></div>", ""),
    "boxes about others": ("", "<h3>Related articles</h3><a href=/{0}>Lamp {0} is lit</a>", ""),
    "banners": ("", "<p>Support Quality Analysis</p>", PROSE * 5),
    "boxes with a label": (
        "<div>",
        f"{PROSE}<div><h4>Lamps by post</h4><a href=/d>Give</a></div>",
        "</div>",
    ),
    "banners between parts": (
        "",
        f"<div class=part>{PROSE}</div><div><p>Support Quality Analysis</p></div>",
        "",
    ),
    "articles": ("", f"<article><h2>Lamp {{0}} is lit</h2><p>By Ann Roe</p>{PROSE}</article>", ""),
    "chrome by name": ("", f"<div class=related-posts>{PROSE}</div>", ""),
    "answers": ("", "<p>Ann {0} says:</p><p>So they did.</p>", ""),
    "line breaks": ("<p>", "lamp {0}<br><br>", "</p>"),
    "short lines": ("", "<p>Lamp {0}</p>", ""),
    "boxes of a line": ("", "<div><p>The lamp {0} was lit again, and left</p></div>", PROSE),
    "skipped boxes": (
        "",
        f"<div><a href=#s{{0}}>Skip the lamp</a><p>Lamp</p><p id=s{{0}}>End</p></div>{PROSE}",
        "",
    ),
    "cards under empty links": (
        "",
        f"<div><a href=/l{{0}}></a><div>The lamp of the pier {{0}}</div><div>3 May</div></div>{PROSE}",
        "",
    ),
    "headlines": ("", f"<p><a href=/l{{0}}>The lamp of the pier is lit again</a></p>{PROSE}", ""),
    "spans that are boxes": ("", "<span><div><img src=/{0}.jpg></div><em>Lamp</em></span> lit", ""),
    "marks": ("<p>", "<b>lamp</b> <i>{0}</i> ", "</p>"),
}


def calls(html: str, profile: str) -> int:
    """The functions called, Python's own and generators' steps among them."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    page, rules = html.encode(), load_profile(profile)
    extract(Page.from_html(page, URL), rules)  # patterns are compiled
    sys.setprofile(note)
    try:
        extract(Page.from_html(page, URL), rules)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("profile", ["generic", "eastasiaforum"])
@pytest.mark.parametrize("kind", KINDS)
def test_work_is_linear(kind: str, profile: str) -> None:
    before, piece, after = KINDS[kind]
    few, many = (
        calls(
            "<title>Invented lamps of old</title><article><h1>Invented lamps of old</h1>"
            f"{''.join(map(PROSE.format, range(9)))}"
            f"{before}{''.join(map(piece.format, range(number)))}{after}</article>",
            profile,
        )
        for number in (FEW, MANY)
    )
    assert many < few * MANY / FEW * 1.5


NESTED = {"boxes": "<div><h2>Lamp</h2>", "lists": "<ul><li><p>Lamp</p>"}


def lines(html: str) -> int:
    """The lines run through: a loop that calls nothing is seen, too."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return note

    page, rules, outer = Page.from_html(html, URL), load_profile("eastasiaforum"), sys.gettrace()
    extract(page, rules)
    sys.settrace(note)
    try:
        extract(page, rules)
    finally:
        sys.settrace(outer)
    return count


@pytest.mark.parametrize("kind", NESTED)
def test_work_is_linear_in_the_depth(kind: str) -> None:
    few, many = (
        lines(
            "<title>Invented lamps of old</title><article><h1>Invented lamps of old</h1>"
            f"{''.join(map(PROSE.format, range(9)))}{NESTED[kind] * number}</article>"
        )
        for number in (100, 400)
    )
    assert many < few * 4 * 1.5


def test_work_is_linear_in_the_marks_of_a_byline() -> None:
    byline = f"<p>Author: Ann Roe{'<b> </b>' * 60_000}, University of Somewhere</p>"
    page = Page.from_html(f"<h1>Invented lamps</h1>{byline}{PROSE * 5}", URL)
    begun = time.process_time()
    extract(page, load_profile("eastasiaforum"))
    assert time.process_time() - begun < 15  # the square of it takes a minute
