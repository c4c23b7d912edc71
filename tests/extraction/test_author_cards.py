"""The journal with cards of authors, bare links, odd ends, and copies of its pages."""

from __future__ import annotations

import pytest
from kites import NOTE, PROSE, TEXT, TITLE, TOOLS, URL, card, page, paragraphs

from eafarchive.extraction.document.page import unwrapped


@pytest.mark.parametrize(
    ("house", "role", "affiliations"),
    [
        ("<p>ANU</p>", None, ("ANU",)),
        ("<p>Sciences Po, Paris</p>", None, ("Sciences Po, Paris",)),
        ("<p>Academia Sinica</p>", None, ("Academia Sinica",)),
        ("<p>Editor</p><p>East Asia Forum</p>", "Editor", ("East Asia Forum",)),
        (", Port Moresby", None, ("Port Moresby",)),
        ("", None, ()),
        (" is a poet at ANU.", None, ()),
    ],
)
def test_card_says_where_its_author_belongs(house, role, affiliations):
    shown = card("Ann Roe", house) + card("Suharno", "<p>UI</p>")
    article = page(f"<h1>{TITLE}</h1>{shown}<p>9 July 2018</p><p>Reading Time: 2 mins</p>")
    first, second = article.authors
    assert (first.name, first.role, first.affiliations) == ("Ann Roe", role, affiliations)
    assert (second.name, second.affiliations) == ("Suharno", ("UI",))
    assert first.url == "https://www.eastasiaforum.org/author/A/"
    assert article.text == TEXT


@pytest.mark.parametrize(
    "shown",
    [
        "<div><a href='/author/a/'>Ann Roe</a><span>Keio University</span></div>",
        "<div><div><p>Ann Roe</p><p>Keio University</p></div></div>",
        "<p>Ann Roe, Keio University</p>",
        "<p>By Ann Roe, Keio University</p>",
    ],
)
def test_card_of_whom_only_the_note_tells(shown):
    note = "Ann Roe is a lecturer in kites at Keio University."
    article = page(f"<h1>{TITLE}</h1>{shown}", paragraphs([*PROSE, note]))
    assert [(one.name, one.affiliations) for one in article.authors] == [
        ("Ann Roe", ("Keio University",))
    ]
    assert (article.text, article.author_note) == (TEXT, note)


def test_picture_of_an_author_is_none_of_the_article_s():
    face = "<img class='avatar avatar-60 photo' src='/face.jpg' alt='' width='60' height='60'>"
    assert page(f"<h1>{TITLE}</h1><div>{face}<p>Author: Ann Roe, ANU</p></div>").images == ()


def test_whom_cards_name_the_note_is_about():
    article = page(
        f"<h1>{TITLE}</h1>{card('Suharno', '<p>UI</p>')}", paragraphs([*PROSE, NOTE, NOTE])
    )
    assert article.author_note == f"{NOTE}\n\n{NOTE}"
    assert article.text == TEXT


def test_cards_outweigh_an_account_that_posts_for_all():
    data = f'{{"@type":"Article","headline":"{TITLE}","author":{{"@type":"Person","name":"EAF editors"}}}}'
    article = page(
        f"<h1>{TITLE}</h1>{card('Ann Roe', '<p>Yangon</p>')}",
        meta=f"<script type='application/ld+json'>{data}</script>",
    )
    assert [(one.name, one.affiliations) for one in article.authors] == [("Ann Roe", ("Yangon",))]


@pytest.mark.parametrize(
    ("before", "beside", "foot", "categories", "tags"),
    [
        ("<div><a href='/category/energy-resources/'>Energy &amp; Resources</a></div>", "", "",
         ("Energy & Resources",), ()),
        ("", "", ("<div><h5>Topics</h5><a href='/category/law/'>Law</a><a href='/category/x/y/'>Y"
         "</a></div><p>Tags <a href='/tag/wind/'>Wind</a></p>"), ("Law", "Y"), ("Wind",)),
        ("", "", "<p>Filed under: Politics, Trade</p>", ("Politics", "Trade"), ()),
        ("", ("<p>Posted By <u>EAF editors</u> On 9 July 2018 @ 12:00 am In <u>Law, Trade</u> | "
         "<u>Comments Disabled</u></p>"), "", ("Law", "Trade"), ()),
        ("", "", "".join(f"<li><a href='/category/{n}/'>{n}</a></li>" for n in "abcdefg"), (), ()),
        ("", "", "<nav><a href='/category/law/'>Law</a></nav>", (), ()),
        ("", "", "", (), ()),
    ],
)  # fmt: skip
def test_terms(before, beside, foot, categories, tags):
    article = page(f"{before}<h1>{TITLE}</h1>{beside}", foot=foot)
    assert (article.categories, article.tags) == (categories, tags)
    assert article.text == TEXT


@pytest.mark.parametrize(
    "beside",
    [
        "<time>9 July 2018</time>",
        "<time>9 July 2018</time><span>Reading Time: 2 mins</span>",
        "<span><span>Reading Time: </span><span>2</span> <span>mins</span></span>",
        " | <a href='#comments'>3 comments</a>",
    ],
)
def test_byline_ends_where_something_else_stands_beside_it(beside):
    article = page(f"<h1>{TITLE}</h1><div><span>Author: Ann Roe, ANU</span> {beside}</div>")
    assert article.byline == "Author: Ann Roe, ANU"
    assert article.authors[0].affiliations == ("ANU",)
    assert article.text == TEXT


@pytest.mark.parametrize(
    "brief",
    [
        "<div><span>9 July 2018</span> <span>In Brief</span></div>{0}{1}" + TOOLS * 2 + "{2}{3}{4}",
        "<div><span>Author: Ann Roe, ANU</span> <span>In Brief</span></div>{0}{1}"
        + TOOLS
        + "{2}{3}{4}",
        "<h4>In Brief</h4>{0}{1}<div><button>A</button><button>A</button></div>{2}{3}{4}",
        "<div class='intro'><h4>In Brief</h4>{0}{1}</div>" + TOOLS + "<div>{2}{3}{4}</div>",
        "<h4>In Brief</h4>{0}{1}<div>{2}{3}{4}</div>",
        "<div><b>In Brief</b></div>{0}{1}<section><div>{2}{3}{4}</div></section>",
    ],
)
def test_summary_by_label_beside_a_date_and_buttons_after_it(brief):
    article = page(f"<h1>{TITLE}</h1>", brief.format(*(f"<p>{line}</p>" for line in PROSE)))
    assert article.summary == "\n\n".join(PROSE[:2])
    assert article.text == TEXT


def test_short_rest_after_a_summary_in_a_box_is_the_body():
    rest = "<p>Essays may have 700 words, and must not have been published anywhere else.</p>"
    tail = "<ul><li>Send a kite</li><li>Send a string</li></ul><p>Put your questions to <a href='/s/'>us</a>.</p>"
    article = page(
        f"<h1>{TITLE}</h1>",
        f"<div class='intro'><h4>In Brief</h4><p>{PROSE[0]}</p></div>{TOOLS}<div>{rest}{tail}</div>",
    )
    assert article.text.endswith("- Send a kite\n- Send a string\n\nPut your questions to us.")


@pytest.mark.parametrize(
    "last",
    [
        "Correction: An earlier version of this article gave the date as 20 May.",
        "Editors’ note: The string was replaced on 4 May.",
        "Acknowledgement: The author thanks the wind.",
        "This article has been corrected.",
    ],
)
def test_what_closes_the_article_is_a_note(last):
    first = "A version of this article first appeared in The Kite."
    article = page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, first, last]))
    assert article.notes == (first, last)
    assert article.text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "One response to the calm was to sell the kites, and two responses to that were strings.",
        "No comment was the ministry’s only comment on the matter of the string.",
    ],
)
def test_sentence_that_opens_as_comments_do_ends_nothing(line):
    replies = "<h3>One response to “Kites”</h3><ol><li><cite>Jo</cite> says: <p>Higher.</p>Reply</li></ol>"
    article = page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE[:2], line, *PROSE[2:]]), replies)
    assert article.text == "\n\n".join([*PROSE[:2], line, *PROSE[2:]])


PICTURE = "<img src='/k.jpg' alt='' width='400' height='300'>"
MARCH = "Kite makers march past the customs house in Dili, Timor-Leste"


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        (f"{MARCH} (Photo by Ann Lee/Getty Images).", "Ann Lee/Getty Images"),
        (f"{MARCH} (Photo credit: AP).", "AP"),
        (f"{MARCH}. Photo: AAP", "AAP"),
        (f"{MARCH} [Reuters]", "Reuters"),
        (f"{MARCH}.", None),
        (f"{MARCH}, 4 March 2011.", None),
    ],
)
@pytest.mark.parametrize("place", ["head", "body", "line"])
def test_caption_over_the_article(caption, credit, place):
    over = f"<p>{PICTURE}</p><p>{caption}</p>"
    if place == "line":
        over = f"<p>{PICTURE}<br>{caption}</p>"
    byline = "<p>Author: Ann Roe, ANU</p>"
    if place == "body":
        article = page(f"<h1>{TITLE}</h1>", f"{byline}{over}{paragraphs(PROSE)}")
    else:
        article = page(f"<h1>{TITLE}</h1>{byline}{over}")
    (image,) = article.images
    assert (image.caption, image.credit) == (caption, credit)
    assert article.text == TEXT


def test_first_sentence_under_a_picture_stays():
    first = "All eyes were on Beijing."
    article = page(f"<h1>{TITLE}</h1>", f"<p>{PICTURE}</p>{paragraphs([first, *PROSE])}")
    assert article.text == f"{first}\n\n{TEXT}"


@pytest.mark.parametrize("together", [True, False])
def test_author_of_one_name_is_told_by_the_note(together):
    notes = ["Ann Roe is a lecturer at ANU.", "Suharno is a planner at Bappenas, Jakarta."]
    said = [" ".join(notes)] if together else notes
    byline = "<p>Authors: Ann Roe, Suharno and Bo Doe, ANU</p>"
    article = page(f"<h1>{TITLE}</h1>{byline}", paragraphs([*PROSE, *said]))
    assert [author.name for author in article.authors] == ["Ann Roe", "Suharno", "Bo Doe"]
    assert article.author_note == "\n\n".join(said)
    assert article.text == TEXT


def test_author_of_one_name_is_told_by_where_the_note_says_that_they_work():
    notes = ["Ann Roe teaches kites at Oxfjord University. Suharno works at Example College."]
    byline = (
        "Authors: Ann Roe, Oxfjord University, Bo Doe, Reed Institute, and Suharno, Example College"
    )
    article = page(f"<h1>{TITLE}</h1><p>{byline}</p>", paragraphs([*PROSE, *notes]))
    assert [(one.name, one.affiliations) for one in article.authors] == [
        ("Ann Roe", ("Oxfjord University",)),
        ("Bo Doe", ("Reed Institute",)),
        ("Suharno", ("Example College",)),
    ]


@pytest.mark.parametrize(
    "last",
    [
        "Bappenas is the smallest house at the strait, and it has no kite of its own.",
        "Bappenas works with Example University, which has no kite of its own.",
    ],
)
def test_house_of_one_name_is_none(last):
    byline = "<p>Author: Ann Roe, Bappenas</p>"
    article = page(f"<h1>{TITLE}</h1>{byline}", paragraphs([*PROSE, last]))
    assert [(one.name, one.affiliations) for one in article.authors] == [("Ann Roe", ("Bappenas",))]
    assert article.text == f"{TEXT}\n\n{last}"


WAYBACK = "/web/20150412093015"


def test_copy_by_the_wayback_machine_has_the_article_s_own_addresses():
    body = paragraphs(PROSE) + (
        f"<p>See <a href='{WAYBACK}/https://www.example.org/a?b=1#c'>kites</a> and"
        f" <a href='https://web.archive.org{WAYBACK}/http://web.archive.org/web/2001/http://old.example/'>old"
        f" ones</a>.</p><p><img alt='' src='//web.archive.org{WAYBACK}im_/https://www.example.org/k.jpg'></p>"
        + paragraphs(PROSE[:1])
    )
    article = page(f"<h1>{TITLE}</h1>", body, meta=f"<base href='{URL}'>")
    assert [link.url for link in article.links] == [
        "https://www.example.org/a?b=1#c",
        "http://web.archive.org/web/2001/http://old.example/",
    ]
    assert [image.url for image in article.images] == ["https://www.example.org/k.jpg"]


def test_archive_that_an_article_cites_stays():
    cited = "<a href='https://web.archive.org/web/2001/http://old.example/'>old</a>"
    assert unwrapped(cited) is cited
