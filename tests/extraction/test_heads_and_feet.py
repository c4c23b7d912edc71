"""Heads and feet of the journal's articles: DOI, rights, terms, closed comments, banners."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, TOOLS, URL, page, paragraphs
from site_truth import read

from eafarchive.model import Article

DOI = "10.59425/eabc.1687341600"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (f"<p>DOI: {DOI}</p>", ""),
        (f"<p><a href='https://doi.org/{DOI}'>https://doi.org/{DOI}</a></p>", ""),
        ("", f"<h4>Cite this article</h4><p>Roe, A. Kites. https://doi.org/{DOI}.</p>"),
        ("", f"<p>How to cite: Roe, A. Kites. https://doi.org/{DOI}</p>"),
        (f"<p>Share <a href='https://doi.org/{DOI}'>DOI</a></p>", ""),
        ("", f"<ul><li><a href='https://doi.org/{DOI}'>Cite this article</a></li></ul>"),
    ],
)
def test_doi_over_the_article_or_in_its_citation(head, foot):
    article = page(f"<h1>{TITLE}</h1>{head}", foot=foot)
    assert (article.doi, article.text) == (DOI, TEXT)


def test_doi_that_the_text_cites_is_not_its_own():
    cited = f"The study of strings (doi:{DOI}) found otherwise, and nobody cited it for years."
    assert page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, cited])).doi is None
    linked = f"The <a href='https://doi.org/{DOI}'>study that all cite</a> found otherwise, once."
    assert page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, linked])).doi is None


@pytest.mark.parametrize(
    "line",
    [
        "© Copyright 2012 East Asia Forum",
        "East Asia Forum © 2013",
        "All content © 2012 East Asia Forum",
        "Copyright (c) 2010 East Asia Forum",
    ],
)
def test_copyright_in_any_order(line):
    assert page(f"<h1>{TITLE}</h1>", foot=f"<footer><p>{line}</p></footer>").copyright == line


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("Printed from Kites (https://k.example)<br>{0}", "{0}"),
        ("{0}<br>Printed from Kites, URL: https://k.example/2016/06/02/a/", "{0}"),
        ("{0}<br />All rights reserved.<br>Printed from Kites", "{0} All rights reserved."),
        ("Printed<br><br>{0}", "{0}"),
    ],
)
def test_copyright_is_read_line_by_line(lines, told):
    right = "Copyright ©2016 Kites Forum."
    foot = f"<footer><div>{lines.format(right)}</div></footer>"
    assert page(f"<h1>{TITLE}</h1>", foot=foot).copyright == told.format(right)


@pytest.mark.parametrize(
    "line",
    [
        "Comments are closed for this post.",
        "Comments Off",
        "Comments Off on Kites over the strait",
        "Commenting is closed.",
        "This post is closed for comments.",
    ],
)
def test_comments_are_closed_in_any_words(line):
    article = page(f"<h1>{TITLE}</h1><p>{line}</p>", paragraphs([*PROSE, BIO]))
    assert article.comments_open is False
    assert (article.text, article.author_note) == (TEXT, BIO)


@pytest.mark.parametrize(
    ("foot", "categories", "tags"),
    [
        ("<p>Tags: wind, strings</p>", (), ("wind", "strings")),
        ("<p>Filed under: Trade | Tagged: wind, rice</p>", ("Trade",), ("wind", "rice")),
        ("<p>Posted in Trade, Law | Comments Off</p>", ("Trade", "Law"), ()),
    ],
)
@pytest.mark.parametrize("within", [True, False])
def test_terms_in_words(foot, categories, tags, within):
    body = paragraphs(PROSE) + (foot if within else "")
    article = page(f"<h1>{TITLE}</h1>", body, foot="" if within else foot)
    assert (article.categories, article.tags) == (categories, tags)
    assert article.text == TEXT


@pytest.mark.parametrize("label", ["<strong>In Brief</strong><br>", "<b>In Brief:</b> "])
def test_label_that_opens_the_summary_s_paragraph(label):
    rest = paragraphs(PROSE[1:])
    article = page(f"<h1>{TITLE}</h1>", f"<p>{label}{PROSE[0]}</p>{TOOLS}{TOOLS}{rest}")
    assert (article.summary, article.text) == (PROSE[0], TEXT)


@pytest.mark.parametrize(
    "tools",
    [
        "<ul><li>A-</li><li>A</li><li>A+</li></ul>",
        "<p>Font size: A A A</p>",
        "<div><span>Share</span><ul><li>A</li><li>A</li><li>A</li></ul></div>",
    ],
)
def test_other_widgets_for_the_font(tools):
    rest = paragraphs(PROSE[1:])
    article = page(f"<h1>{TITLE}</h1>", f"<h4>In Brief</h4><p>{PROSE[0]}</p>{tools}{tools}{rest}")
    assert (article.summary, article.text) == (PROSE[0], TEXT)


def test_notes_that_are_lines_of_one_paragraph():
    series = "This article is part of an EAF special feature series on kites."
    article = page(
        f"<h1>{TITLE}</h1>", f"{paragraphs(PROSE)}<p><em>{BIO}</em><br><em>{series}</em></p>"
    )
    assert (article.author_note, article.notes, article.text) == (BIO, (series,), TEXT)


def test_note_on_the_article_over_its_text():
    series = "This article is part of an EAF special feature series on kites."
    article = page(f"<h1>{TITLE}</h1>", f"<div><p>{series}</p></div>{paragraphs([*PROSE, BIO])}")
    assert (article.author_note, article.notes, article.text) == (BIO, (series,), TEXT)


def test_body_in_sections_without_a_name():
    body = f"<section><h3>One</h3>{paragraphs(PROSE[:3])}</section>"
    body += f"<section><h3>Two</h3>{paragraphs(PROSE[3:])}</section><p>{BIO}</p>"
    article = page(f"<h1>{TITLE}</h1>", body)
    assert article.text == "\n\n".join(["One", *PROSE[:3], "Two", *PROSE[3:]])
    assert article.author_note == BIO


def test_page_that_a_table_lays_out():
    article = read(
        f"<table><tr><td colspan='2'><a href='/'>East Asia Forum</a></td></tr><tr><td><h2>{TITLE}</h2>"
        f"<p>Author: Ann Roe, ANU</p>{paragraphs([*PROSE, BIO])}</td><td><h3>Archives</h3>"
        f"<ul><li><a href='/2010/'>2010</a></li></ul></td></tr></table>",
        URL,
    )
    assert isinstance(article, Article)
    assert (article.title, article.text, article.author_note) == (TITLE, TEXT, BIO)


def test_banner_among_the_paragraphs_ends_nothing():
    box = "<div class='q3'><h3>Support Quality Analysis</h3><p>Donate now.</p></div>"
    article = page(f"<h1>{TITLE}</h1>", paragraphs(PROSE[:2]) + box + paragraphs([*PROSE[2:], BIO]))
    assert (article.text, article.author_note) == (TEXT, BIO)


def test_share_buttons_in_words_and_headings_over_nothing_hide_no_note():
    after = (
        "<p>Share this:</p><ul><li>Twitter</li><li>Facebook</li></ul><h3>Like this:</h3>"
        "<p>Like Loading...</p><h3>Related</h3>"
    )
    article = page(f"<h1>{TITLE}</h1>", paragraphs([*PROSE, BIO]) + after)
    assert (article.text, article.author_note) == (TEXT, BIO)


@pytest.mark.parametrize("tag", ["h5", "h6"])
def test_notes_that_are_set_as_headings(tag):
    series = "This article is part of an EAF special feature series on kites."
    end = f"<{tag}>{BIO}</{tag}><{tag}>{series}</{tag}>"
    article = page(f"<h1>{TITLE}</h1><p>Author: Ann Roe, Jakarta</p>", paragraphs(PROSE) + end)
    assert (article.author_note, article.notes, article.text) == (BIO, (series,), TEXT)


@pytest.mark.parametrize(
    ("footnotes", "written"),
    [
        ("<p>[1] Poe, Ships, 1990.</p><p>[2] Doe, Kites, 1991.</p>", "\n\n"),
        ("<hr><p>[1] Poe, Ships, 1990.</p><p>[2] Doe, Kites, 1991.</p>", "\n\n"),
        ("<ol><li>Poe, Ships, 1990.</li><li>Doe, Kites, 1991.</li></ol>", "\n"),
    ],
)
def test_several_notes_over_footnotes(footnotes, written):
    series = "This article is part of an EAF special feature series on kites."
    body = paragraphs([*PROSE, BIO, series]) + footnotes
    article = page(f"<h1>{TITLE}</h1><p>Author: Ann Roe, Jakarta</p>", body)
    assert (article.author_note, article.notes) == (BIO, (series,))
    assert article.text.startswith(
        f"{TEXT}\n\n[1] Poe" if "[" in footnotes else f"{TEXT}\n\n1. Poe"
    )
    assert article.text.count(written + ("[2]" if "[" in footnotes else "2.")) == 1


@pytest.mark.parametrize(
    ("listed", "categories"),
    [
        (("Trade", "Law"), ("Trade", "Law")),
        (("Law", "trade"), ("Law", "trade")),
        (("Law", "Sport"), ("Trade",)),
    ],
)
@pytest.mark.parametrize("tag", ["li", "span"])
def test_list_that_names_the_told_category_names_all(tag, listed, categories):
    items = "".join(f"<{tag}><a href='/category/{x}/'>{x}</a></{tag}> " for x in listed)
    items = f"<ul>{items}</ul>" if tag == "li" else f"<div>{items}</div>"
    section = "<meta property='article:section' content='Trade'>"
    other = "<div>See <a href='/category/trade/'>Trade</a></div>"
    article = page(f"{items}<h1>{TITLE}</h1>", paragraphs(PROSE) + other, meta=section)
    assert article.categories == categories


_CLOUD = "<div><a href='/tag/wind/'>wind</a> <a href='/tag/rice/'>rice</a></div>"
_RECENT = "<div><h2>Recent</h2><ul><li><a href='/2018/01/02/x/'>Boats</a></li></ul></div>"


@pytest.mark.parametrize(
    ("beside", "foot", "tags"),
    [
        ("", f"<div>{_CLOUD}{_RECENT}</div>", ()),
        ("", f"<div><h3>Letters</h3><p>Weekly</p>{_CLOUD}<h3>Years</h3><p>2018</p></div>", ()),
        ("", f"<div>{_CLOUD}</div><div>{_RECENT}</div>", ("wind", "rice")),
        ("", f"<div><h4>Tags</h4>{_CLOUD}</div>", ("wind", "rice")),
        ("", f"<div>{_CLOUD.replace('<div>', '<div>Tags: ')}{_RECENT}</div>", ("wind", "rice")),
        (_CLOUD, f"<div>{_RECENT}</div>", ("wind", "rice")),
        (f"{_CLOUD}{_RECENT}", "", ("wind", "rice")),
    ],
)
def test_cloud_of_tags_in_a_column_of_lists_is_the_site_s(beside, foot, tags):
    assert page(f"<h1>{TITLE}</h1>", paragraphs(PROSE) + beside, foot).tags == tags


SIX = ("wind", "rice", "salt", "string", "paper", "glue")


def listed(tags: tuple[str, ...] = SIX) -> str:
    return " ".join(f"<a href='/tag/{tag}/'>{tag}</a>" for tag in tags)


@pytest.mark.parametrize(
    ("below", "tags"),
    [
        (f"<div>{listed()}</div>", SIX),
        (f"<div>Tags: {listed()}</div>", SIX),
        (f"<div><h4>Tags</h4><div>{listed()}</div></div>", SIX),
        (f"<div><h4>Republish</h4><p>Ask the harbour master.</p></div><div>{listed()}</div>", SIX),
        (f"<ul><li>Tags</li><li>{listed().replace('> <', '></li><li><')}</li></ul>", SIX),
        (f"<div>{listed()}</div><div><h4>Popular</h4>{listed((*SIX, 'kites'))}</div>", SIX),
        (f"<div><h4>Popular tags</h4><div>{listed()}</div></div>", ()),
        (f"<div>Popular: {listed()}</div>", ()),
        (f"<div>{listed(tuple(map(str, range(1900, 1921))))}</div>", ()),
    ],
)
def test_more_tags_than_a_menu_has_are_the_article_s_in_a_list_of_their_own(below, tags):
    body = f"<div><h1>{TITLE}</h1>{paragraphs(PROSE)}{below}</div>"
    assert page(body=body).tags == tags


def test_category_over_a_heading_that_leads_elsewhere_is_another_s():
    tile = "<div><a rel='category tag' href='/category/sport/'>Sport</a></div><h3><a href='/2018/01/02/x/'>Boats over the strait</a></h3>"
    own = "<p><a rel='category tag' href='/category/trade/'>Trade</a></p>"
    article = page(f"{own}<h1>{TITLE}</h1>", foot=f"<div><div>{tile}</div></div>")
    assert article.categories == ("Trade",)


@pytest.mark.parametrize("tag", ["p", "div"])
def test_aside_about_other_articles_ends_nothing(tag):
    aside = "<aside><h4>Related articles</h4><ul><li><a href='/2018/01/02/x/'>Boats</a></li><li><a href='/2018/01/03/y/'>Ships</a></li></ul></aside>"
    lines = [f"<{tag}>{line}</{tag}>" for line in (*PROSE, BIO)]
    head = f"<h1>{TITLE}</h1><p>Author: Ann Roe, Jakarta</p>"
    before, after = "".join(lines[:3]), "".join(lines[3:])
    bodies = [f"{before}{aside}{after}", f"{''.join(lines[:5])}{aside}<div>{lines[5]}</div>"]
    if tag == "p":
        bodies += [f"<div>{before}</div><div>{aside}{after}</div>"]
        bodies += [f"<div>{before}{aside}</div><div>{after}</div>"]
    for body in bodies:
        article = page(head, body)
        assert (article.text, article.author_note) == (TEXT, BIO)


def test_aside_before_the_notes_hides_none():
    series = "This article is <a href='/s/'>part of a special feature series on kites</a>."
    aside = "<aside><h4>Related articles</h4><ul><li><a href='/2018/01/02/x/'>Boats</a></li><li><a href='/2018/01/03/y/'>Ships</a></li></ul></aside>"
    article = page(f"<h1>{TITLE}</h1>", f"{paragraphs(PROSE)}{aside}<p>{series}</p>")
    assert article.notes == ("This article is part of a special feature series on kites.",)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, 9 July 2018 in <a rel='category tag' href='/category/trade/'>Trade</a> | <a href='#respond'>2 comments</a>",
        "in <a rel='category tag' href='/category/trade/'>Trade</a> | <a href='#respond'>No comments</a>",
    ],
)
def test_line_under_the_title_about_date_and_terms(line):
    body = "".join(f"<div>{one}</div>" for one in (line, "Author: Ann Roe, Jakarta", *PROSE, BIO))
    article = page("", f"<h2>{TITLE}</h2>{body}")
    assert (article.text, article.categories) == (TEXT, ("Trade",))


@pytest.mark.parametrize("who", ["Editorial Board", "Editors", "EAF Editors"])
@pytest.mark.parametrize(
    "over",
    [
        "",
        "<div><h3>Support Quality Analysis</h3></div>",
        _RECENT.replace("Recent", "Related posts"),
    ],
)
@pytest.mark.parametrize("tag", ["div", "footer", "aside"])
def test_what_the_site_says_of_its_land_is_no_note_on_its_editors(who, over, tag):
    said = "The East Asia Forum office is based in Australia and EAF acknowledges the First Peoples of this land."
    meta = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Kites over the strait", "author": {"name": "East Asia Forum"}}</script>'
    note = (
        "The EAF Editorial Board is located in the Crawford School, Australian National University."
    )
    head = f"<h1>{TITLE}</h1><p>Author: {who}, East Asia Forum</p>"
    foot = f"{over}<{tag}><p>{said}</p></{tag}>"
    assert page(head, foot=foot, meta=meta).author_note is None
    noted = page(head, paragraphs([*PROSE, note]), foot, meta)
    assert (noted.text, noted.author_note) == (TEXT, note)


def test_what_the_site_says_of_itself_below_the_note_on_its_editors_is_none():
    note = "The EAF Editorial Board is located in the Crawford School, ANU."
    said = "<p>East Asia Forum is free to read because readers pay for it.</p>"
    about = f"<h4>About the author</h4><p>{note}</p>{said}<div><h3>Related</h3>{_RECENT}</div>"
    article = page(
        f"<h1>{TITLE}</h1><p>Author: Editorial Board, ANU</p>", paragraphs(PROSE) + about
    )
    assert (article.text, article.author_note) == (TEXT, note)
