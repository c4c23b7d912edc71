"""Boxes that stand among the journal's paragraphs and name themselves by their words alone."""

from __future__ import annotations

import pytest
from site_truth import BASE, read

from eafarchive.model import Article

URL = f"{BASE}2015/06/07/a-ferry-is-counted/"
LINES = [
    f"The {nth} ferry of the season was counted by hand at {place}, since the register had been"
    " lent to the school, and the count was sent to the ministry by the slow post in the autumn."
    for nth, place in zip(
        ("first", "second", "third", "fourth", "fifth", "sixth"),
        ("the pier", "the mill", "the inlet", "the chapel", "the ford", "the weir"),
        strict=True,
    )
]
TEXT = "\n\n".join(LINES)


def article(among: str, lines: list[str] = LINES) -> Article:
    before, after = ("".join(f"<p>{line}</p>" for line in part) for part in (lines[:2], lines[2:]))
    found = read(
        "<title>A ferry is counted | East Asia Forum</title><div class='zq'><h1>A ferry is counted</h1>"
        f"<p>Author: Ann Roe, University of Oxfjord</p><div class='k7'>{before}{among}{after}</div></div>"
        "<div class='k9'><p>Copyright ©2015 East Asia Forum. All rights reserved.</p></div>",
        URL,
    )
    assert isinstance(found, Article)
    return found


BOXES = [
    (
        "<div class='x1'><h4>Subscribe to our newsletter</h4><p>Get the week’s analysis in your"
        " inbox.</p><form><input name='e'><button>Sign up</button></form></div>"
    ),
    (
        "<div class='x1'><h3>Related articles</h3><ul><li><a href='/2015/01/02/x/'>What a reed costs"
        "</a></li><li><a href='/2015/01/03/y/'>Why the mill stood still</a></li></ul></div>"
    ),
]


@pytest.mark.parametrize("box", BOXES, ids=["newsletter", "related"])
@pytest.mark.parametrize("after", [1, 4])
def test_a_box_among_the_paragraphs_does_not_end_the_article(box: str, after: int) -> None:
    found = article(box, LINES[: 2 + after])
    assert found.text == "\n\n".join(LINES[: 2 + after])


@pytest.mark.parametrize("box", BOXES, ids=["newsletter", "related"])
def test_a_box_over_the_last_notes_hides_none(box: str) -> None:
    note = "Ann Roe is a Research Fellow in the School of Reeds, University of Oxfjord."
    found = article(box, [*LINES[:2], note])
    assert (found.text, found.author_note) == ("\n\n".join(LINES[:2]), note)


@pytest.mark.parametrize(
    "among",
    [
        (
            "<div><ul><li><a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a></li><li><a"
            " href='https://x.com/intent/post?u=x'>X</a></li><li><a href='mailto:?subject=x'>Email"
            "</a></li></ul></div>"
        ),
        "<p><a href='https://wa.me/?text=x'>WhatsApp</a> | <a href='javascript:print()'>Print</a></p>",
        (
            "<div><p>Contents</p><ul><li><a href='#a'>1 The register</a></li><li><a href='#b'>2 The"
            " count</a></li></ul></div>"
        ),
    ],
    ids=["share", "print", "contents"],
)
def test_what_shares_the_page_or_leads_about_it_is_no_text(among: str) -> None:
    assert article(among).text == TEXT


@pytest.mark.parametrize(
    ("among", "text"),
    [
        ("<p><a href='mailto:ann@ox.example'>Ann Roe</a></p>", "Ann Roe"),
        ("<ul><li><a href='/a/'>A</a></li><li><a href='/b/'>B</a></li></ul>", "- A\n- B"),
        ("<ol><li>See <a href='#n'>1</a>.</li><li><a href='#m'>2</a></li></ol>", "1. See 1.\n2. 2"),
        ("<blockquote>The register had been lent to the school.</blockquote>",) * 2,
    ],
    ids=["a letter", "links elsewhere", "notes", "a quotation from it"],
)
def test_what_is_like_them_stays(among: str, text: str) -> None:
    words = text.partition(">")[2].rpartition("<")[0] or text
    assert article(among).text == "\n\n".join([*LINES[:2], words, *LINES[2:]])


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Keepers at the weir, Sandholm, 4 May 2015", None),
        ("Keepers at the weir [Photo: J. Noe].", "J. Noe"),
        ("Keepers at the weir (Photo: Noe/AAP).", "Noe/AAP"),
    ],
)
@pytest.mark.parametrize("other", ["", "<p><img src='/wp-content/uploads/mill.jpg' alt=''></p>"])
def test_the_caption_that_wordpress_itself_sets(
    caption: str, credit: str | None, other: str
) -> None:
    found = article(
        f"{other}<div class='wp-caption alignright'><a href='/x/'><img src='/wp-content/uploads/weir.jpg'"
        f" alt=''></a><p class='wp-caption-text'>{caption}</p></div>"
    )
    assert found.text == TEXT
    assert (found.images[-1].caption, found.images[-1].credit) == (caption, credit)
    assert [image.caption for image in found.images[:-1]] == [None] * bool(other)


LEAD = "<p><img src='/wp-content/uploads/ford.jpg' alt=''></p>"
SHORT = "Ferrymen at the ford, 6 June 2015."
PLAIN = "The ferrymen had waited at the ford since June."


@pytest.mark.parametrize(
    ("head", "caption", "text"),
    [
        (f"{LEAD}<p>{SHORT}</p><p>Author: Ann Roe, ANU</p>", SHORT, []),
        (f"<p>Author: Ann Roe, ANU</p>{LEAD}<p><em>{SHORT}</em></p>", SHORT, []),
        (f"{LEAD[:-4]}<br>{SHORT}</p>", SHORT, []),
        (f"{LEAD}<p>{SHORT}</p>", SHORT, []),  # set off by the day that it ends in
        (f"<p>{LEAD[3:-4]}{SHORT}</p>", SHORT, []),
        (f"{LEAD}<p>{PLAIN}</p>", None, [PLAIN]),
        (f"<p>{LEAD[3:-4]}{PLAIN}</p>", None, [PLAIN]),
        (f"{LEAD}<p><em>{LINES[5]}</em></p>", None, [LINES[5]]),
        (f"<p>{SHORT}</p><p>Author: Ann Roe, ANU</p>", None, [SHORT]),
        (f"{LEAD}<p>In Brief</p><p>{SHORT}</p><p>Author: Ann Roe, ANU</p>", None, [SHORT]),
        (f"{LEAD}<h3>In the reeds</h3><p>Author: Ann Roe, ANU</p>", None, ["In the reeds"]),
    ],
)
def test_a_caption_without_a_credit_is_one_where_it_is_set_off(
    head: str, caption: str | None, text: list[str]
) -> None:
    words = "".join(f"<p>{line}</p>" for line in LINES[:4])
    found = read(f"<title>A ford</title><h1>A ford</h1><div>{head}{words}</div>", URL)
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == [*text, *LINES[:4]]
    assert [image.caption for image in found.images] == [caption] * len(found.images)


@pytest.mark.parametrize("box", BOXES, ids=["newsletter", "related"])
def test_a_box_at_the_end_of_one_of_the_bodys_pieces(box: str) -> None:
    pieces = "".join(
        f"<div class='piece'>{''.join(f'<p>{line}</p>' for line in part)}{between}</div>"
        for part, between in ((LINES[:2], ""), (LINES[2:5], box), (LINES[5:], ""))
    )
    found = read(f"<title>A ford</title><div><h1>A ford</h1>{pieces}</div>", URL)
    assert isinstance(found, Article)
    assert found.text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<p>7 June 2015 <a href='/category/law/'>Law</a>, <a href='/category/trade/'>Trade</a></p>",
        "<p><time>June 7, 2015</time> <a href='#respond'>Leave a Comment</a></p>",
        "<div>June 7th, 2015 | Filed under: <a href='/category/law/'>Law</a></div>",
    ],
)
def test_a_line_of_date_and_links_at_the_title_is_no_text(line: str) -> None:
    pieces = "".join(f"<div class='piece'><p>{words}</p></div>" for words in LINES)
    about = "<div><img src='/a.jpg'><h4>About the author</h4><p>Ann Roe counts ferries.</p></div>"
    note = "<p>Ann Roe is a Research Fellow in the School of Reeds, University of Oxfjord.</p>"
    found = read(f"<title>A ford</title><h1>A ford</h1>{line}{pieces}{note}{about}", URL)
    assert isinstance(found, Article)
    assert found.text == TEXT
    assert found.author_note == note[3:-4]


def test_a_sentence_with_a_date_at_the_title_stays() -> None:
    line = "On 7 June 2015 <a href='/x/'>the ford</a> was shut."
    found = read(
        f"<title>A ford</title><h1>A ford</h1><p>{line}</p><p>{LINES[0]} {LINES[1]}</p>", URL
    )
    assert isinstance(found, Article)
    assert found.text.startswith("On 7 June 2015 the ford was shut.\n\n")


@pytest.mark.parametrize("box", BOXES, ids=["newsletter", "related"])
def test_a_box_at_the_end_of_a_first_piece_of_another_class(box: str) -> None:
    first, rest = ("".join(f"<p>{line}</p>" for line in part) for part in (LINES[:2], LINES[2:]))
    linked = rest.replace("the school", "<a href='/school/'>the school</a>")
    for following in (rest, linked):
        pieces = f"<div class='a1'>{first}{box}</div><div class='b2'>{following}</div>"
        found = read(f"<title>A ford</title><div><h1>A ford</h1>{pieces}</div>", URL)
        assert isinstance(found, Article)
        assert found.text == TEXT


@pytest.mark.parametrize("box", BOXES, ids=["newsletter", "related"])
def test_what_follows_a_box_and_does_not_begin_with_prose_is_no_piece(box: str) -> None:
    after = f"<h2><a href='/x/'>Another ford</a></h2><p>{' '.join(LINES[3:])}</p>"
    whole = "".join(f"<p>{line}</p>" for line in LINES)
    pieces = f"<div class='a1'>{whole}{box}</div><div class='b2'>{after}</div>"
    found = read(f"<title>A ford</title><div><h1>A ford</h1>{pieces}</div>", URL)
    assert isinstance(found, Article)
    assert found.text == TEXT


NOTE = "Ann Roe is a Research Fellow in the School of Reeds, University of Oxfjord."


@pytest.mark.parametrize(
    ("about", "note"),
    [
        (f"<h4>About the author</h4><p>{NOTE}</p>", NOTE),
        (f"<h4>About the author</h4><div><img src='/a.jpg'><p>{NOTE}</p></div><p>{LINES[0]}</p>", NOTE),
        (f"<h4>About the author</h4><p>{LINES[0]}</p>", None),
    ],
)  # fmt: skip
def test_a_note_under_its_heading_below_the_body(about: str, note: str | None) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    found = read(f"<title>A ford</title><h1>A ford</h1><div>{body}</div>{about}", URL)
    assert isinstance(found, Article)
    assert (found.text, found.author_note) == (TEXT, note)
    assert [author.name for author in found.authors] == (["Ann Roe"] if note else [])


def test_how_to_cite_it_is_none_of_an_article() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    cited = "<details><summary>Cite this article</summary><p>Roe, A. (2015) ‘A ford’, East Asia Forum, 7 June, at the fifth bridge.</p></details>"
    found = read(f"<title>A ford</title><h1>A ford</h1><div>{body}</div>{cited}", URL)
    assert isinstance(found, Article)
    assert found.text == TEXT


def test_a_byline_without_a_colon_is_the_first_line_under_the_title_or_the_last() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    line = "<p>By Ann Roe, University of Oxfjord</p>"
    found = read(f"<title>A ford</title><h1>A ford</h1>{line}<div>{body}</div>", URL)
    assert isinstance(found, Article)
    assert found.text == TEXT
    assert [(one.name, one.affiliations) for one in found.authors] == [
        ("Ann Roe", ("University of Oxfjord",))
    ]
    later = read(f"<title>A ford</title><h1>A ford</h1><div>{body}{line}</div>", URL)
    assert isinstance(later, Article)
    assert (later.text, later.authors) == (TEXT, found.authors)
