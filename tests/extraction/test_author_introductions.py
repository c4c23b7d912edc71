"""Notes on authors where no byline names them, beside the text, and over it."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, URL, page, paragraphs

from eafarchive import Page, extract, load_profile

HEAD = f"<h1>{TITLE}</h1>"
SIGNED = f"{HEAD}<p>Author: Ann Roe, Kettle Bank</p>"


def names(article):
    return [author.name for author in article.authors]


@pytest.mark.parametrize(
    ("head", "before", "last"),
    [
        (HEAD, "Mr Moe paid.", "Bo Moe was Secretary of the Kite Board from 2003 to 2009."),
        (SIGNED, "So be it.", "Bo Moe was Secretary of the Kite Board from 2003 to 2009."),
        (HEAD, "So be it.", "Bo Moe is the president of Kettle."),
        (HEAD, "So be it.", "Bo Moe is a lawyer who will not pay for a kite."),
        (HEAD, "So be it.", "Bo Moe was Secretary of the Board: ‘We sold kites’, he said."),
        (HEAD, "So be it.", "Suharno was Secretary of the Kite Board from 2003 to 2009."),
        (HEAD, "Suharno paid.", "Suharno is Fellow at UNSW."),
        (SIGNED, "So be it.", "Suharno is Fellow at UNSW."),
        (HEAD, "So be it.", "Kites are members of the family at every Institute of Kites."),
        (HEAD, "So be it.", "Kettle is a partner of the Institute of Kites."),
        (HEAD, "So be it.", "Jakarta is a partner of the Institute of Kites."),
    ],
)
def test_who_is_known_to_the_text_is_of_it(head, before, last):
    article = page(head, paragraphs([*PROSE, before, last]))
    assert article.author_note is None
    assert article.text == f"{TEXT}\n\n{before}\n\n{last}"


def test_a_last_paragraph_about_whom_the_text_names_is_no_note_where_nobody_is_signed():
    note = "Bo Moe is a former keeper of the kites at the Kettle Institute."
    before = "Nobody had ever asked Bo Moe for a kite, and nobody will."
    article = page(HEAD, paragraphs([*PROSE, before, note]))
    assert (article.author_note, article.authors) == (None, ())
    assert article.text == f"{TEXT}\n\n{before}\n\n{note}"
    before = "Nobody had ever asked Professor Moe for a kite, and nobody will."
    article = page(HEAD, paragraphs([*PROSE, before, note]))
    assert article.author_note == note, "somebody else may bear the name"
    over = "Bo Moe looks back on a winter of kites."
    for lines in ([*PROSE], [over, *PROSE]):
        article = page(HEAD, paragraphs([*lines, note]))
        assert (article.author_note, names(article)) == (note, ["Bo Moe"])
    signed = page(
        f"{HEAD}<p>Author: Bo Moe, Kettle Institute</p>", paragraphs([*PROSE, before, note])
    )
    assert signed.author_note == note


@pytest.mark.parametrize("tag", ["aside", "address"])
@pytest.mark.parametrize(
    ("line", "is_note"),
    [
        (BIO, True),
        (BIO.replace("Ann", "Cy"), False),
        ("Ann Roe on the price of kites", False),
        ("Ann Roe is late again with the Institute of Kites.", False),
    ],
)
def test_note_on_a_known_author_in_an_aside(tag, line, is_note):
    article = page(SIGNED, f"{paragraphs(PROSE)}<{tag}><p>{line}</p></{tag}>")
    assert article.author_note == (line if is_note else None)
    assert article.text == TEXT


def test_text_under_a_heading_about_an_author_stays():
    article = page(SIGNED, f"<div><h4>About the author</h4>{paragraphs(PROSE)}</div>")
    assert article.text.endswith(TEXT)


@pytest.mark.parametrize("line", ["———", "* * *", "____"])
def test_line_between_text_and_note_is_no_text(line):
    article = page(SIGNED, paragraphs([*PROSE, line, BIO]))
    assert (article.text, article.author_note) == (TEXT, BIO)
    parted = page(SIGNED, paragraphs([*PROSE, line, "And the kites came down.", BIO]))
    assert parted.text == f"{TEXT}\n\n{line}\n\nAnd the kites came down."


@pytest.mark.parametrize(
    "notes",
    [
        ["Professor Suharno is head of the Kettle School of Kites, Keio University."],
        ["Suharno is a fellow at the University of Hawai‘i, and a former adviser to the Ministry."],
        ["Suharno is Associate Professor of Kites at the Kettle Institute, Sydney."],
        ["Suharno teaches economics at Keio University."],
        ["Suharno is an independent analyst based in Chiang Mai."],
        ["Suharno is Fellow at UNSW."],
        ["Bo Moe is Fellow at ANU.", "Suharno is Fellow at UNSW."],
        ["Suharno is a lecturer at ANU. Lestari is a fellow at UNSW."],
        [BIO, "Suharno is Associate Professor of Kites at the Kettle Institute, Sydney."],
        [
            (
                "Suharno is a Research Fellow at the University of Hawai‘i. Ann Roe is a PhD candidate at"
                " the Kettle Institute. Bo Moe is a lecturer at Keio University."
            )
        ],
    ],
)
def test_who_is_told_of_may_have_one_name(notes):
    article = page(HEAD, paragraphs([*PROSE, *notes]))
    assert (article.author_note, article.text) == ("\n\n".join(notes), TEXT)
    assert "Suharno" in names(article)


@pytest.mark.parametrize(
    "line",
    [
        "Toyota is an associate member of the Kite Council.",
        "Keidanren directs the Institute of Kites.",
        "Professor Suharno is right about the School of Kites.",
    ],
)
def test_what_a_firm_is_and_what_somebody_thinks_is_no_note(line):
    article = page(HEAD, paragraphs([*PROSE, line]))
    assert (article.author_note, article.text) == (None, f"{TEXT}\n\n{line}")


def test_who_speaks_in_an_interview_is_told_of_below():
    talk = [f"{who}: {line}" for who, line in zip(("EAF", "Roe") * 2, PROSE, strict=False)]
    article = page(HEAD, paragraphs([*talk, PROSE[4], BIO]))
    assert (article.author_note, names(article)) == (BIO, ["Ann Roe"])


@pytest.mark.parametrize("heading", ["Ann Roe", "About Ann Roe", '<a href="/by/ann/">Ann Roe</a>'])
@pytest.mark.parametrize("profile", ["wordpress", "eastasiaforum"])
def test_a_box_past_the_text_that_is_headed_by_the_author_holds_a_note(heading, profile):
    note = "Ann Roe is a senior fellow at the Institute of Kites, Kettle University."
    body = "".join(f"<p>{one}</p>" for one in PROSE)
    html = (
        f'<title>{TITLE}</title><main><h1>{TITLE}</h1><p>By <a rel="author" href="/by/ann/">Ann'
        f' Roe</a></p><div class="q">{body}</div><div class="z"><h4>{heading}</h4><p>{note}</p>'
        "</div></main>"
    )
    article = extract(Page.from_html(html, URL), load_profile(profile))
    assert (article.author_note, article.text) == (note, TEXT)


@pytest.mark.parametrize("profile", ["wordpress", "eastasiaforum"])
def test_a_long_paragraph_in_a_box_of_its_own_over_the_text_is_of_it(profile):
    lead = " ".join(
        ["Nobody knew how many kites the town had sold, or to whom it had sold them."] * 7
    )
    body = "".join(f"<p>{one}</p>" for one in PROSE)
    for first, is_text in ((lead, True), (lead[:150], False)):
        html = (
            f'<title>{TITLE}</title><article><h1>{TITLE}</h1><p>By Ann Roe</p><div class="b">'
            f'<p>{first}</p></div><div class="q">{body}</div></article>'
        )
        article = extract(Page.from_html(html, URL), load_profile(profile))
        assert article.text == (f"{first}\n\n{TEXT}" if is_text else TEXT)
