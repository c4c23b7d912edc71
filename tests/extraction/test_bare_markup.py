"""The journal in markup of its own: hardly a tag or name in common with any theme."""

from __future__ import annotations

import json
from typing import Any

import pytest
from site_truth import read

from eafarchive.model import Article

URL = "https://www.eastasiaforum.org/2019/05/03/tents/"
TITLE = "Small islands meet again"
PROSE = [
    f"The committee of small islands met for the {n} time in a tent near the {place}, where nobody"
    " had thought to bring the minutes of the last meeting, and so it began again."
    for n, place in zip(
        ("first", "second", "third", "fourth", "fifth"),
        ("jetty", "market", "school", "mill", "chapel"),
        strict=True,
    )
]
HALF = "It then turned to the question of boats, which"
NOTE = "Sheila A Smoe is Senior Fellow at the Council on Tents, Washington DC."
CLOSING = (
    "This article appeared in the most recent edition of East Asia Forum Quarterly, ‘Islands at"
    " sea’, Vol 3, No 2."
)
_TOOLS = (
    "<div class='reader-tools'><ul class='txt'><li><a href='#s'>A</a></li><li><a href='#m'>A</a></li>"
    "<li><a href='#l'>A</a></li></ul><div class='shr'><a href='#'>Share</a></div></div>"
)
_COUNTRY = (
    "The East Asia Forum office is based in Australia and EAF acknowledges the First Peoples of this"
    " land — in Canberra the Ngunnawal and Ngambri people — and recognises their continuous"
    " connection to culture, community and Country."
)
RICH = (
    "<h3>What was decided</h3><ul><li>more tents</li><li>fewer minutes</li></ul><p>A</p><blockquote>"
    "<p>“We shall Support Quality Analysis,” said the chair, “but not yet in this country.”</p>"
    "</blockquote><table><tr><th>Isle</th><th>Tents</th></tr><tr><td>North</td><td>3</td></tr></table>"
    "<ol><li>first</li><li>second</li></ol><p>Tonga is the largest economy in the tent.<sup>1</sup></p>"
)
RICH_TEXT = [
    "What was decided",
    "- more tents\n- fewer minutes",
    "A",
    "“We shall Support Quality Analysis,” said the chair, “but not yet in this country.”",
    "Isle\tTents\nNorth\t3",
    "1. first\n2. second",
    "Tonga is the largest economy in the tent.1",
]


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page_2024(
    body: str, *, brief: list[str], note: str = NOTE, byline: str = "", who: object = None
) -> str:
    data = {
        "@graph": [
            {"@type": "WebPage", "@id": URL},
            {
                "@type": "Article",
                "headline": TITLE,
                "author": who,
                "mainEntityOfPage": {"@id": URL},
            },
        ]
    }
    return (
        f"<!doctype html><html lang='en-AU'><head><title>{TITLE} - East Asia Forum</title>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body class='coral'>"
        "<a href='#main'>Skip to content</a><div id='top'><p class='strap'>Peer reviewed analysis"
        " from world leading experts</p><ul><li><a href='/economics/'>Economics</a></li></ul></div>"
        f"<div id='main'><div class='col'><div class='intro'><h1>{TITLE}</h1><div class='pub'><span>"
        "Published: 3 May 2019</span> <em>Reading Time: 5 mins</em></div>"
        f"{f'<p>{byline}</p>' if byline else ''}</div><div class='box'><h4>In Brief</h4>"
        f"{paragraphs(brief)}</div>{_TOOLS * 2}<div class='textbody'>{body}<p><em>{note}</em></p></div>"
        "<p class='closed'>Comments are closed.</p></div><div class='give'><h2>Support Quality"
        " Analysis</h2><p>The Forum is run by volunteers and your gift keeps every page of it free"
        f" for all who read.</p><a href='/donate'>Donate</a></div><div><p>{_COUNTRY}</p></div>"
        "<div>Article printed from East Asia Forum (<a href='https://www.eastasiaforum.org'>"
        "https://www.eastasiaforum.org</a>)</div><footer><p>Copyright ©2024 East Asia Forum. All"
        " rights reserved.</p></footer></div></body></html>"
    )


def page_before(inner: str, after: str) -> str:
    return (
        f"<!doctype html><html><head><title>{TITLE} | East Asia Forum</title></head><body><table><tr>"
        "<td class='mast'><a href='/'>East Asia Forum</a></td></tr></table><div class='two'><main>"
        f"<div class='wrap'><h1>{TITLE}</h1><div class='d'>3 May 2019</div><div class='e'><div"
        " class='pic'><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src="
        "'https://sp-ao.shortpixel.ai/client/q_lossy/https://www.eastasiaforum.org/wp-content/uploads/"
        "2019/05/tent.jpg' alt='A tent'></div><p>Delegates wait before a tent in Port Vila, 1 May 2019"
        f" (Photo: AAP).</p>{inner}</div></div>{after}</main><div class='rgt'><h3>Most Read</h3><ul>"
        "<li><a href='/2019/01/01/x/'>Why tents fall down</a></li></ul></div></div><div>Copyright"
        " ©2023 East Asia Forum. All rights reserved.</div></body></html>"
    )


def told(html: str) -> dict[str, Any]:
    found = read(html, URL)
    assert isinstance(found, Article), found
    return {
        "text": found.text.split("\n\n"),
        "summary": found.summary,
        "authors": [(a.name, a.kind, a.affiliations) for a in found.authors],
        "note": found.author_note,
        "notes": found.notes,
        "images": [image.url.rpartition("/")[2] for image in found.images],
    }


def truth(**given: Any) -> dict[str, Any]:
    none = {"summary": PROSE[0], "note": NOTE, "notes": (), "images": []}
    return {"text": PROSE, **none, **given}


SMOE = ("Sheila A Smoe", "person", ())


@pytest.mark.parametrize(
    "who",
    [
        None,
        {"@type": "Person", "name": "admin"},
        {"@type": "Person", "name": "East Asia Forum"},
        {"@type": "Organization", "name": "East Asia Forum"},
    ],
)
def test_the_note_tells_the_author_that_nobody_else_tells(who: object) -> None:
    html = page_2024(paragraphs(PROSE[1:]), brief=PROSE[:1], who=who)
    assert told(html) == truth(authors=[SMOE])


def test_two_authors_a_brief_that_breaks_off_and_a_closing_note() -> None:
    note = "Clive Moe is a Lecturer at the University of Woolwich. Bec Poe is a Fellow at La Tour University."
    html = page_2024(
        paragraphs([*PROSE[1:], CLOSING]),
        brief=[PROSE[0], HALF],
        note=note,
        byline="Authors: Clive Moe, University of Woolwich, and Bec Poe, La Tour University",
    )
    assert told(html) == truth(
        text=[PROSE[0], HALF, *PROSE[1:]],
        summary=f"{PROSE[0]}\n\n{HALF}",
        authors=[
            ("Clive Moe", "person", ("University of Woolwich",)),
            ("Bec Poe", "person", ("La Tour University",)),
        ],
        note=note,
        notes=(CLOSING,),
    )


def test_headings_lists_quotes_and_tables_stay_in_their_order() -> None:
    html = page_2024(paragraphs(PROSE[1:]) + RICH, brief=PROSE[:1], byline="Author: Sheila A Smoe")
    assert told(html) == truth(text=[*PROSE, *RICH_TEXT], authors=[SMOE])


def test_a_tables_caption_is_in_the_html_alone() -> None:
    table = RICH.replace("<table>", "<table><caption>Table 1. <b>Tents</b> by isle</caption>")
    html = page_2024(paragraphs(PROSE[1:]) + table, brief=PROSE[:1], byline="Author: Sheila A Smoe")
    assert told(html) == truth(text=[*PROSE, *RICH_TEXT], authors=[SMOE])
    article = read(html, URL)
    assert isinstance(article, Article)
    caption = "<table><caption>Table 1. <strong>Tents</strong> by isle</caption><thead>"
    assert caption in article.html


@pytest.mark.parametrize(
    ("byline", "author", "note"),
    [
        (
            "Author: Editorial Board, ANU",
            ("Editorial Board", "group", ("ANU",)),
            (
                "The EAF Editorial Board is located in the Crawford School of Public Policy, The"
                " Australian National University."
            ),
        ),
        (
            "Author: Peter Drys, Editor, East Asia Forum",
            ("Peter Drys", "person", ("East Asia Forum",)),
            "Peter Drys is Editor of the East Asia Forum.",
        ),
    ],
)
def test_older_pages_with_readers_comments(byline: str, author: object, note: str) -> None:
    replies = "".join(
        f"<li><b>Reader {n}</b> says: <div>May 4, 2019 at 1:0{n} pm</div><p>I was in that tent for"
        " the whole of the meeting and saw nothing of the kind at all, sirs.</p></li>"
        for n in range(3)
    )
    after = f"<h3>3 responses to “{TITLE}”</h3><ol>{replies}</ol><p>Comments are closed.</p>"
    html = page_before(f"<p>{byline}</p>{paragraphs([*PROSE, note])}", after)
    assert told(html) == truth(summary=None, authors=[author], note=note, images=["tent.jpg"])


@pytest.mark.parametrize(
    ("after", "is_open"),
    [
        ("<h3>Leave a Reply</h3><p>You must be <a href='/in'>logged in</a> to post a comment.</p>", True),
        ("<p>You must be logged in to post a comment.</p><p>Comments are closed.</p>", False),
        ("<p>You must be in the tent to comment.</p>", None),
    ],
)  # fmt: skip
def test_comments_of_those_who_are_logged_in(after: str, *, is_open: bool | None) -> None:
    article = read(page_before(paragraphs(PROSE), after), URL)
    assert isinstance(article, Article)
    assert article.comments_open is is_open
