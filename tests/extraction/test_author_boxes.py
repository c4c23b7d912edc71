"""Authors in boxes at the title: a label alone, names and houses in elements of their own."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, page, paragraphs

TWO = [("Ann Roe", ("Kettle Bank",)), ("Bo Mei Doe", ("Merrow University",))]


def named(article):
    return [(author.name, author.affiliations) for author in article.authors]


@pytest.mark.parametrize(
    "box",
    [
        (
            "<dl><dt>Authors</dt><dd><b>Ann Roe</b> <i>Kettle Bank</i></dd>"
            "<dd><b>Bo Mei Doe</b> <i>Merrow University</i></dd></dl>"
        ),
        (
            "<div><span>Authors</span><p><a href='/author/roe/'>Ann Roe</a></p><p>Kettle Bank</p>"
            "<p><a href='/author/doe/'>Bo Mei Doe</a></p><p>Merrow University</p></div>"
        ),
        (
            "<div><p>Authors:</p><p>Ann Roe</p><p>Kettle Bank</p><p>Bo Mei Doe</p>"
            "<p>Merrow University</p></div>"
        ),
        "<ul><li>Authors</li><li>Ann Roe, Kettle Bank</li><li>Bo Mei Doe, Merrow University</li></ul>",
    ],
)
def test_box_under_a_label_is_a_line_for_each_author(box):
    article = page(f"<h1>{TITLE}</h1>{box}<p>4 May 2018</p>")
    assert named(article) == TWO
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("box", "name", "houses"),
    [
        ("<dl><dt>Author</dt><dd><b>Ann Roe</b> <i>Davao</i></dd></dl>", "Ann Roe", ("Davao",)),
        (
            "<div><span>Author</span><p><a href='/author/e/'>Editors</a></p><p>East Asia Forum</p></div>",
            "Editors",
            ("East Asia Forum",),
        ),
        (
            "<div><a href='/author/roe/'>Ann Roe</a><span>The Kettle Review</span></div>",
            "Ann Roe",
            ("The Kettle Review",),
        ),
        (
            "<div><a href='/author/roe/'>Ann Roe</a><span>RSIS, Kettle Sinica</span></div>",
            "Ann Roe",
            ("RSIS", "Kettle Sinica"),
        ),
    ],
)
def test_box_of_one(box, name, houses):
    article = page(f"<h1>{TITLE}</h1>{box}")
    assert named(article) == [(name, houses)]
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("box", "wanted"),
    [
        ("<div><h5>Author</h5><p>Ann Roe</p><p>Kettle Bank</p></div>", [("Ann Roe", ("Kettle Bank",))]),
        ("<div><h5>Author</h5><p>Ann Roe</p></div>", [("Ann Roe", ())]),
        ("<h5>Author</h5><p>Kites Ahead</p>", []),
        ("<div><h5>Author</h5><p>Kites are late.</p></div>", []),
    ],
)  # fmt: skip
def test_label_that_is_a_heading_signs_its_own_box_alone(box, wanted):
    assert named(page(f"<h1>{TITLE}</h1>{box}")) == wanted


@pytest.mark.parametrize(
    ("label", "name", "wanted"),
    [
        ("Written by", "Ann Roe", ["Ann Roe"]),
        ("Est. reading time", "4 minutes", []),
        ("Written by", "admin", []),
    ],
)
def test_who_posted_it_is_its_author_where_nothing_else_tells_one(label, name, wanted):
    meta = f"<meta name='twitter:label1' content='{label}'><meta name='twitter:data1' content='{name}'>"
    assert [one.name for one in page(f"<h1>{TITLE}</h1>", meta=meta).authors] == wanted
    noted = page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, BIO.replace("Ann", "Bo")]), meta=meta)
    assert [one.name for one in noted.authors] == ["Bo Roe"]


def test_label_in_a_box_with_other_things_signs_the_next_block_only():
    head = f"<div><h1>{TITLE}</h1><span>Author</span><p>Ann Roe</p><p>4 May 2018</p></div>"
    article = page(head, paragraphs([*PROSE, BIO]))
    assert named(article) == [("Ann Roe", ())]
    assert article.text == TEXT


def test_long_lines_at_the_title_hide_no_card():
    dates = "<div><span>25 April 2020</span><span>Updated: 18 November 2020</span><span>Reading time: 2 minutes</span></div>"
    houses = "Fudan University, Kettle University, Merrow University, Sunway University"
    card = f"<div><a href='/author/roe/'>Ann Roe</a><span>{houses}</span></div>"
    article = page(f"<h1>{TITLE}</h1>{dates}{card}")
    assert named(article) == [("Ann Roe", tuple(houses.split(", ")))]
    box = f"<dl><dt>Author</dt><dd><b>Ann Roe</b> <i>{houses}</i></dd></dl>"
    article = page(f"<h1>{TITLE}</h1>{box}")
    assert named(article) == [("Ann Roe", tuple(houses.split(", ")))]


@pytest.mark.parametrize("face", ["alt=''", "alt='Ann Roe'"])
def test_portrait_is_no_picture_of_the_article(face):
    file = "/wp-content/uploads/2018/07/{}.jpg"
    face = f"<img src='{file.format('face-150x150')}' {face}>"
    lead = f"<figure><img src='{file.format('kite')}' alt='A kite'></figure>"
    card = f"<div>{face}<a href='/author/roe/'>Ann Roe</a><span>Keio University</span></div>"
    article = page(f"<h1>{TITLE}</h1>{card}{lead}", paragraphs([*PROSE, BIO]))
    assert [picture.alt for picture in article.images] == ["A kite"]
    assert article.author_note == BIO


def test_note_that_also_says_when_it_appeared_is_a_note_beside_a_form():
    form = "<aside><p>Subscribe to our weekly digest.</p><form><input type='email'></form></aside>"
    note = "First published in the Kettle Review on 4 May 2015."
    article = page(f"<h1>{TITLE}</h1>", f"{paragraphs(PROSE)}{form}<p>{note}</p>")
    assert article.notes == (note,)


def test_title_in_no_heading_is_found_by_data_with_the_site_s_name():
    brand = "<div><a href='/'>East Asia Forum</a> <span>Analysis of kites, winds, strings and all who hold them in the region</span></div>"
    meta = f"<meta property='og:title' content='{TITLE} | East Asia Forum'>"
    article = page("", f"{brand}<div>{TITLE}</div>{paragraphs(PROSE)}", meta=meta)
    assert (article.title, article.text) == (TITLE, TEXT)


def test_names_that_a_note_shortens_stay_as_the_title_has_them():
    two = [("Ann B Roe", "RSIS"), ("Bo Moe", "Keio University")]
    cards = "".join(f"<div><a href='/author/x/'>{n}</a><span>{h}</span></div>" for n, h in two)
    data = '{"@type": "Article", "headline": "%s", "author": {"@type": "Person", "name": "%s"}}'
    meta = f"<script type='application/ld+json'>{data % (TITLE, 'Ann B Roe')}</script>"
    note = "Ann Roe is a lecturer at Keio University. Bo Moe is a lecturer at Keio University."
    article = page(f"<h1>{TITLE}</h1>{cards}", paragraphs([*PROSE, note]), meta=meta)
    assert named(article) == [(name, (house,)) for name, house in two]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("<dt>Date</dt><dd>9 July 2018</dd>", ""),
        ("<dt>Kite</dt><dd>What flies over the strait.</dd>", "Kite\n"),
    ],
)
def test_the_label_of_a_date_in_a_list_of_terms_goes_with_it(rows, kept):
    article = page(
        f"<h1>{TITLE}</h1>",
        f"<dl><dt>Author:</dt><dd>Ann Roe, ANU</dd>{rows}</dl>{paragraphs(PROSE)}",
    )
    assert article.text.endswith(TEXT)
    assert article.text.startswith(kept or TEXT)
