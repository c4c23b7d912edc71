"""Authors in boxes of their own under one label, and where links at a byline lead."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, TOOLS, page, paragraphs

STAFF = (
    '<script type="application/ld+json">{"@type": "Article", "headline": "Kites over the strait",'
    ' "author": {"@type": "Person", "name": "Cy Poe"}}</script>'
)
SHARES = "<ul><li><a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a></li></ul>"


def boxes(*cards: tuple[str, ...], label: str = "<h5>Author</h5>") -> str:
    return f"<div>{label}{''.join(f'<div>{paragraphs(list(card))}</div>' for card in cards)}</div>"


def named(article):
    return [(author.name, author.affiliations, author.role) for author in article.authors]


@pytest.mark.parametrize("around", ["{}", f"<div><div>{{}}</div>{SHARES}</div>"])
@pytest.mark.parametrize("meta", ["", STAFF])
@pytest.mark.parametrize(
    ("cards", "wanted"),
    [
        ([("Ann Roe", "Kettle Sinica")], [("Ann Roe", ("Kettle Sinica",), None)]),
        (
            [("Ann Roe", "Professor of Kites, Keio University")],
            [("Ann Roe", ("Keio University",), "Professor of Kites")],
        ),
        (
            [("Ann Roe", "Kettle House"), ("Bo Mei Doe", "ANU")],
            [("Ann Roe", ("Kettle House",), None), ("Bo Mei Doe", ("ANU",), None)],
        ),
        (
            [("Ann Roe", "Keio University"), ("Bo Mei Doe",)],
            [("Ann Roe", ("Keio University",), None), ("Bo Mei Doe", (), None)],
        ),
        ([("Tevita Mele",), ("Oyuki Hara",)], [("Tevita Mele", (), None), ("Oyuki Hara", (), None)]),
        ([("Ann Roe",), ("Keio University",)], [("Ann Roe", ("Keio University",), None)]),
    ],
)  # fmt: skip
def test_box_of_each_author_has_a_name_and_what_it_belongs_to(around, meta, cards, wanted):
    caption = "<p>Kites over a harbour in the strait, 4 May 2018 (Photo: Reuters/Bo Moe).</p>"
    article = page(f"<h1>{TITLE}</h1>{caption}{around.format(boxes(*cards))}", meta=meta)
    assert (named(article), article.text) == (wanted, TEXT)


@pytest.mark.parametrize("after", [SHARES, TOOLS, "<p>4 May 2018</p>", "<p>Share this</p>"])
@pytest.mark.parametrize("card", ["<p>Ann Roe</p><p>Keio University</p>", "<p>Ann Roe</p>"])
def test_other_things_in_the_box_are_no_author_s(card, after):
    shown = f"<div><h5>Author</h5><div>{card}</div>{after}</div>"
    article = page(f"<h1>{TITLE}</h1>{shown}", meta=STAFF)
    assert [name for name, _, _ in named(article)] in (["Ann Roe"], ["Cy Poe"])
    assert not {"Facebook", "A", "Share this"} & {
        house for _, houses, _ in named(article) for house in houses
    }


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/author/roe/'>More from this author</a>",
        "<a href='https://social.example/annroe'>@annroe</a>",
    ],
)
def test_line_below_a_name_that_leads_to_its_page_is_no_house(line):
    shown = boxes(("<a href='/author/roe/'>Ann Roe</a>", "Keio University", line))
    assert named(page(f"<h1>{TITLE}</h1>{shown}")) == [("Ann Roe", ("Keio University",), None)]
    house = "<a href='https://keio.example/'>Keio University</a>"
    shown = boxes(("<a href='/author/roe/'>Ann Roe</a>", house))
    assert named(page(f"<h1>{TITLE}</h1>{shown}")) == [("Ann Roe", ("Keio University",), None)]


def test_box_may_hold_many_authors():
    cards = [(f"{first} Roe", "Keio University") for first in "Ann Bea Bo Cy Dee Eva Flo".split()]
    assert named(page(f"<h1>{TITLE}</h1>{boxes(*cards)}")) == [
        (name, (house,), None) for name, house in cards
    ]


def test_editors_have_a_box_and_a_note():
    note = "The EAF Editorial Board is located in the Crawford School, The Australian National University."
    shown = boxes(("Editors", "East Asia Forum"))
    article = page(f"<h1>{TITLE}</h1>{shown}", paragraphs([*PROSE, note]), meta=STAFF)
    assert named(article) == [("Editors", ("East Asia Forum",), None)]
    assert (article.author_note, article.text) == (note, TEXT)


@pytest.mark.parametrize(
    "shown",
    [
        boxes(("Kites are late.",)),
        boxes(("Ann Roe", "Kites are late, and so is the wind.")),
        f"<div><h5>Author</h5>{TOOLS}</div>",
        "<h5>Author</h5><div><p>Kites Ahead</p></div><div><p>Winds Behind</p></div>",
        boxes(("Ann Roe", "4 May 2018"), label="<h2>Author</h2>"),
    ],
)
def test_label_over_other_things_signs_nothing(shown):
    article = page(f"<h1>{TITLE}</h1>{shown}", meta=STAFF)
    assert named(article) == [("Cy Poe", (), None)]


def test_names_in_boxes_have_their_links_though_one_alone_is_marked():
    cards = [
        ("<a rel='author' href='/author/roe/'>Ann Roe</a>", "Keio University"),
        ("<a href='/author/doe/'>Bo Mei Doe</a>", "Kettle House"),
    ]
    article = page(f"<h1>{TITLE}</h1>{boxes(*cards)}")
    assert [(author.name, author.url) for author in article.authors] == [
        ("Ann Roe", "https://www.eastasiaforum.org/author/roe/"),
        ("Bo Mei Doe", "https://www.eastasiaforum.org/author/doe/"),
    ]


def test_byline_below_the_text_has_its_link_and_no_other_s():
    byline = "<p>Author: <a href='/author/roe/'>Ann Roe</a>, Keio University</p>"
    foot = "<h3>Related Posts</h3><ul><li><a href='/author/moe/'>Bo Moe</a></li></ul>"
    article = page(f"<h1>{TITLE}</h1>", f"{paragraphs([*PROSE])}{byline}<p>{BIO}</p>{foot}")
    assert [(author.name, author.url) for author in article.authors] == [
        ("Ann Roe", "https://www.eastasiaforum.org/author/roe/")
    ]


@pytest.mark.parametrize("joint", [", and ", " and ", " & "])
def test_words_between_links_in_a_bold_byline_are_no_name(joint):
    line = (
        "<p><b>Authors: <a href='/author/roe/'>Ann Roe</a>, University of Wollongong"
        f"{joint}<a href='/author/doe/'>Bo Mei Doe</a>, RIETI</b></p>"
    )
    assert named(page(f"<h1>{TITLE}</h1>{line}")) == [
        ("Ann Roe", ("University of Wollongong",), None),
        ("Bo Mei Doe", ("RIETI",), None),
    ]


def test_a_bold_name_is_parted_from_its_house():
    line = "<p><b>Author: Ann Roe</b> Kettle Sinica</p>"
    assert named(page(f"<h1>{TITLE}</h1>{line}")) == [("Ann Roe", ("Kettle Sinica",), None)]


@pytest.mark.parametrize(
    ("first", "second", "is_byline"),
    [
        ("/category/human-rights/", "/category/governance/", False),
        ("/topics/human-rights/", "/tag/governance/", False),
        ("/human-rights/", "https://governance.example/", True),
    ],
)
def test_line_of_links_to_terms_over_the_title_is_no_byline(first, second, is_byline):
    line = f"<p><a href='{first}'>Ann Rights</a>, <a href='{second}'>Governance</a></p>"
    article = page(f"{line}<h1>{TITLE}</h1>")
    assert (article.byline is not None) == is_byline
    assert bool(article.authors) == is_byline


def test_what_an_article_is_filed_under_is_no_house():
    line = "<p><a href='/author/roe/'>Ann Roe</a>, <a href='/category/c/'>Governance</a></p>"
    article = page(f"{line}<h1>{TITLE}</h1>")
    assert (article.byline, named(article)) == (None, [("Ann Roe", (), None)])
