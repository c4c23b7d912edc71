"""What plugins and browsers put among an article's words, and what is like it and is the writer's."""

from __future__ import annotations

import re

import pytest
from weirs import BYLINE, LINES, NOTE, TITLE, article, paragraphs

from eafarchive.model import Article


def within(among: str, before: int = 3) -> Article:
    parts = f"{paragraphs(LINES[:before])}{among}{paragraphs(LINES[before:])}"
    return article(f"<main>{TITLE}<div>{BYLINE}{parts}<p>{NOTE}</p></div></main>")


def with_(words: str) -> str:
    return "\n\n".join((*LINES[:3], *([words] if words else []), *LINES[3:]))


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        ("<span class='sr'> (opens in a new tab)</span>", ""),
        ("<span> (Opens in new window)</span>", ""),
        (" opens in another way", " opens in another way"),
        (" (opens in May)", " (opens in May)"),
    ],
)
def test_what_a_link_says_of_its_window_is_no_text(hint: str, words: str) -> None:
    link = f"<p>See the <a href='https://mill.example/'>survey of the mills{hint}</a> of 2011.</p>"
    found = within(link)
    assert found.text == with_(f"See the survey of the mills{words} of 2011.")
    assert [one.text for one in found.links] == [f"survey of the mills{words}"]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Votes<a href='#votes' aria-hidden='true'>#</a>", "Votes"),
        ("<a href='#votes'>¶</a> Votes", "Votes"),
        ("Votes in C#", "Votes in C#"),
        ("Votes in C<a href='/sharp/'>#</a>", "Votes in C#"),
    ],
)
def test_the_sign_of_a_headings_link_to_itself_is_no_text(heading: str, words: str) -> None:
    assert within(f"<h2 id='votes'>{heading}</h2>").text == with_(words)


OTHER = "<a href='/2011/01/02/reeds/'{0}>A reed is cut</a>"
SHARED = (
    "<ul><li><a href='https://twitter.com/share?u=x'>Twitter</a></li>"
    "<li><a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a></li></ul>"
)
PARTS = "<ul><li><a href='#a'>The mill</a></li><li><a href='#b'>The ford</a></li></ul>"
FURNITURE = {
    "player": (
        "<p>Podcast: <a href='/e.mp3'>Play in new window</a> | <a href='/e.mp3'>Download</a></p>"
    ),
    "named player": (
        "<p>Podcast (weirs): <a href='/e.mp3'>Play in new window</a> | <a href='/e.mp3'>Download</a>"
        " (Duration: 3:20 — 2.1MB)</p>"
    ),
    "subscribe": (
        "<p>Subscribe: <a href='https://p.example/1'>Apple Podcasts</a> | <a href='/f/'>RSS</a></p>"
    ),
    "digest": "<p><a href='/subscribe/'>Subscribe to the weekly digest</a></p>",
    "share": f"<h3>Share this:</h3>{SHARED}",
    "share in a line": (
        "<p>Share this: <a href='https://twitter.com/share?u=x'>Twitter</a>"
        " <a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a></p>"
    ),
    "like": "<div><h3>Like this:</h3><span>Like</span> <span>Loading...</span></div>",
    "print": (
        "<p><a href='?print=1'>Print this article</a> | <a href='/a.pdf'>PDF</a>"
        " | <a href='mailto:?subject=a'>Email</a></p>"
    ),
    "tags": (
        "<p>Tagged with: <a rel='tag' href='/tag/weirs/'>weirs</a>,"
        " <a rel='tag' href='/tag/mills/'>mills</a></p>"
    ),
    "beside": (
        f"<div>« {OTHER.format(' rel=prev')} <a rel='next' href='/2011/03/04/f/'>A ford</a> »</div>"
    ),
    "popular": (
        f"<div><h3>Most popular</h3><ol><li>{OTHER.format('')}</li>"
        "<li><a href='/2011/03/04/f/'>A ford is dug</a></li></ol></div>"
    ),
    "subscribe by one": "<p>Subscribe: <a href='/f/'>RSS</a></p>",
    "follow": "<p>Follow us: <a href='https://twitter.com/weirs'>Twitter</a></p>",
    "share in two lines": (
        "<p>Share this</p><p><a href='https://twitter.com/share?u=x'>Twitter</a>"
        " <a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a></p>"
    ),
    "share and more": (
        "<h3>Share this:</h3><ul><li><a href='?share=x&amp;nb=1'>Share on X (Opens in new window) X"
        "</a></li><li><a href='#'>More</a></li></ul>"
    ),
    "like in two": "<h3>Like this:</h3><div>Like</div><div>Loading...</div>",
    "like at first": "<h3>Like this:</h3><p>Be the first to like this post.</p>",
    "beside by arrows": (
        "<p><a href='/2011/03/04/f/'>← A ford is dug</a> | <a href='/2011/03/05/g/'>A gate →</a></p>"
    ),
    "categories": (
        "<p>Posted in <a href='/category/weirs/'>Weirs</a>, <a href='/category/a/'>Mills</a></p>"
    ),
    "vote": (
        "<div><p>Poll: should a weir pay?</p><form><input type='radio'> Yes <input type='radio'> No"
        "<button>Vote</button></form></div>"
    ),
    "contents of an address": (
        "<div><p>Contents</p><ul><li><a href='/2012/03/04/w/#a'>The mill</a></li>"
        "<li><a href='/2012/03/04/w/#b'>The ford</a></li></ul></div>"
    ),
    "contents": f"<div><p>Table of Contents</p><nav>{PARTS}</nav></div>",
    "contents that hide": f"<div><p>Contents [<a href='#'>hide</a>]</p>{PARTS}</div>",
    "contents with a button": (
        "<div><div><p>Table of Contents</p><span><a href='#'>Toggle</a></span></div>"
        f"<nav>{PARTS}</nav></div>"
    ),
    "contents in details": f"<details><summary>What is here</summary><nav>{PARTS}</nav></details>",
}


@pytest.mark.parametrize("before", [0, 3])
@pytest.mark.parametrize("box", FURNITURE)
def test_what_a_plugin_puts_among_the_words_is_no_text(box: str, before: int) -> None:
    found = within(FURNITURE[box], before)
    assert (found.text, found.author_note) == (with_(""), NOTE)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<details><summary>Method</summary><p>We counted weirs for a year.</p></details>", ""),
        ("<h3>Like this:</h3><p>A mill may be let like this, and no miller minds.</p>", ""),
        ("<p>Contents</p><p>The chest held barley, salt and nothing else at all.</p>", ""),
        ("<h3>Most popular</h3><p>The council paid the masons in barley and in salt.</p>", ""),
        ("<p>Subscribe to the view that a weir pays, and the mill looks cheap.</p>", ""),
        ("<p>Loading the barley took a day.</p>", ""),
        ("<p>Share this: the miller has a debt.</p>", ""),
        ("<p>Play in new windows of time, as the masons call it.</p>", ""),
        ("<p>Tagged with <a href='https://mill.example/'>a mark of the guild</a>.</p>", ""),
        (
            f"<p>The last word is in {OTHER.format(' rel=prev')}, and nobody minds that much.</p>",
            "The last word is in A reed is cut, and nobody minds that much.",
        ),
        ("<p>Follow us: the masons will be at the ford.</p>", ""),
        ("<p><a href='https://mill.example/'>« The mill is let and the ford is dug »</a></p>", ""),
        ("<p>Categories: <a href='https://mill.example/4'>barley</a> and salt.</p>", ""),
        (
            (
                "<p>Both are told of:</p><ul><li><a href='/w/#a'>Mill</a></li>"
                "<li><a href='/v/#b'>Ford</a></li></ul>"
            ),
            "Both are told of:\n\n- Mill\n- Ford",
        ),
        ("<ul><li><a href='#'>More</a></li><li>Less</li></ul>", "- More\n- Less"),
        ("<p>Print, radio and e-mail: the council used them all.</p>", ""),
    ],
)
def test_what_is_like_it_and_is_the_writers_stays(markup: str, words: str) -> None:
    lines = re.findall(r"<(?:p|h3|summary)>(.*?)</(?:p|h3|summary)>", markup)
    plain = [re.sub(r"<.*?>", "", line) for line in lines]
    assert within(markup).text == with_(words or "\n\n".join(plain))
