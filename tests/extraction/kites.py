"""A page of the bundled site's journal by a fourth hand, made of its parts, and what it says."""

from __future__ import annotations

from site_truth import read

from eafarchive.model import Article

URL = "https://www.eastasiaforum.org/2018/07/09/kites/"
TITLE = "Kites over the strait"
PROSE = [
    f"The {n} kite went up before dawn from the roof of the customs house, and the harbour master,"
    " who had promised to forbid it, held the string until the wind dropped at noon."
    for n in ("first", "second", "third", "fourth", "fifth")
]
TEXT = "\n\n".join(PROSE)
BIO = "Ann Roe is a lecturer at the Institute of Kites, Jakarta."
NOTE = "Suharno is a Senior Researcher at the Institute of Kites, Jakarta."
TOOLS = "<ul><li>A</li><li>A</li><li>A</li></ul>"


def page(head: str = "", body: str = "", foot: str = "", meta: str = "") -> Article:
    html = (
        f"<!doctype html><html lang='en'><head><title>{TITLE} | East Asia Forum</title>{meta}</head>"
        "<body><div id='top'><ul><li><a href='/category/politics/'>Politics</a></li>"
        "<li><a href='/category/trade/'>Trade</a></li></ul></div>"
        f"<main><div class='q1'>{head}</div><div class='q2'>{body or paragraphs(PROSE)}</div></main>"
        f"{foot}<p>Comments are closed.</p></body></html>"
    )
    article = read(html, URL)
    assert isinstance(article, Article)
    return article


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def card(name: str, house: str) -> str:
    return f"<div><a rel='author' href='/author/{name[0]}/'>{name}</a>{house}</div>"
