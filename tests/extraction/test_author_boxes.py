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


def test_label_in_a_box_with_other_things_signs_the_next_block_only():
    head = f"<div><h1>{TITLE}</h1><span>Author</span><p>Ann Roe</p><p>4 May 2018</p></div>"
    article = page(head, paragraphs([*PROSE, BIO]))
    assert named(article) == [("Ann Roe", ())]
    assert article.text == TEXT
