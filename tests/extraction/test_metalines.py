"""Bylines among what else a line at the title holds: dates, terms, counts, other labels."""

from __future__ import annotations

import pytest
from kites import PROSE, TEXT, TITLE, URL, page, paragraphs
from site_truth import read

from eafarchive.config import load_profile
from eafarchive.model import NotAnArticle

HEAD = f"<h1>{TITLE}</h1>"
ANN = "<a href='/author/ann-roe/' rel='author'>Ann Roe</a>"
BO = "<a href='/author/bo-moe/'>Bo Moe</a>"
TERM = "<a href='/category/trade/' rel='category tag'>Trade</a>"
DAY = "9 July 2018"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        (f"<span>Posted on</span> <a href='/x/'>{DAY}</a> <i>by </i>{ANN}", "by Ann Roe"),
        (f"<time>{DAY}</time> By <span>{ANN}</span>", "By Ann Roe"),
        (f"<span><span>Post author</span><svg></svg></span><span>By {ANN}</span>", "By Ann Roe"),
        (f"<span>Posted by</span>{ANN}<span>Posted in</span>{TERM}", "Posted by Ann Roe"),
        (f"by {ANN} | <span>{DAY}</span> | {TERM}", "by Ann Roe"),
        (f"By {ANN}<b>|</b><i>2018-07-09T09:00:00+10:00</i>{DAY}<b>|</b>{TERM}", "By Ann Roe"),
        (f"By {ANN} / {DAY} / {TERM}", "By Ann Roe"),
        (f"by {ANN} • {DAY} • 3 comments", "by Ann Roe"),
        (f"by {ANN} — {DAY}", "by Ann Roe"),
        (f"by {ANN}, on {DAY}", "by Ann Roe"),
        (f"By {ANN} in <a href='/category/trade/'>Trade</a>", "By Ann Roe"),
        (f"By {ANN} | <a href='#c'>Leave a comment</a>", "By Ann Roe"),
        (f"By {ANN} · 5 min read · 1,204 views", "By Ann Roe"),
        (f"5 min read · By {ANN}", "By Ann Roe"),
        (f"By {ANN} | 2 days ago | July 2018", "By Ann Roe"),
        (f"<b>By</b><i>{ANN}</i><i>{DAY}</i>", "By Ann Roe"),
        (f"Updated {DAY} by {ANN}", "by Ann Roe"),
        (f"Filed under {TERM} by {ANN}", "by Ann Roe"),
        (f"Posted in {TERM} on {DAY} at 10:30 am by {ANN}", "by Ann Roe"),
        (f"<span>Opinion</span><span>By {ANN}</span>", "By Ann Roe"),
        (f"Words by {ANN} | {DAY}", "Words by Ann Roe"),
        (f"Publié le 9 juillet 2018 par {ANN}", "par Ann Roe"),
        ("Veröffentlicht am 9. Juli 2018 von Ann Roe", "von Ann Roe"),
        (f"Posted on {DAY} by Ann Roe", "by Ann Roe"),
        (f"By Ann Roe | {DAY} | Trade", "By Ann Roe"),
        (f"{DAY} by <a rel='author' href='/author/roe/'>Roe</a>", "by Roe"),
        (f"<b>Photo</b> By {ANN}", None),
        ("Image by Ann Roe | 9 July 2018", None),
        (f"{DAY} by <a rel='author' href='/author/x/'>East Asia Forum</a>", None),
        (f"{DAY} by <a rel='author' href='/author/x/'>siteadmin</a>", None),
        (f"View all posts by {ANN}", None),
    ],
)
def test_byline_begins_and_ends_within_its_line(line, byline):
    article = page(f"{HEAD}<p>{line}</p>")
    assert (article.byline, article.text) == (byline, TEXT)
    if byline:
        (author,) = article.authors
        assert author.name == ("Ann Roe" if "Ann" in byline else "Roe")
        assert author.affiliations == ()
        assert article.published_at.startswith("2018-07-09")


def test_byline_of_several_ends_before_the_date():
    article = page(f"{HEAD}<p>{DAY} | by {ANN} and {BO} | {TERM}</p>")
    assert article.byline == "by Ann Roe and Bo Moe"
    assert [author.url[-12:] for author in article.authors] == [
        "hor/ann-roe/",
        "thor/bo-moe/",
    ]
    assert article.categories == ("Trade",)


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Author: Ann Roe, ANU | {DAY}</p>",
        f"<p>Author: Ann Roe, ANU<br>{DAY}<br>{TERM}</p>",
        f"<p><span>Author: Ann Roe, ANU</span><span>{DAY}</span></p>",
        f"<p>Author: Ann Roe, ANU, {DAY}</p>",
        f"<p>Author: Ann Roe, ANU | July 2018 | {DAY}</p>",
        "<p>Author: Ann Roe, ANU | Editor: Bo Moe, Keio University</p>",
        f"<p>{DAY} — Author: Ann Roe, ANU / 3 comments</p>",
        f"<p>Posted: {DAY} | Author: Ann Roe, ANU | Filed under: {TERM} |</p>",
        f"<p><b>Author: Ann Roe, ANU</b><i>{DAY}</i></p><p>Author: Ann Roe, ANU<br>{DAY}</p>",
    ],
)
@pytest.mark.parametrize("over", ["", f"<div>Author: Ann Roe, ANU<br>{DAY}</div>"])
def test_labelled_byline_has_no_date(line, over):
    article = page(f"{over}{HEAD}{line}")
    assert (article.byline, article.text) == ("Author: Ann Roe, ANU", TEXT)
    assert [(one.name, one.affiliations) for one in article.authors] == [("Ann Roe", ("ANU",))]


@pytest.mark.parametrize(
    "line", [f"{DAY} | Ann Roe, Keio University", f"Ann Roe, Keio University · {DAY}"]
)
def test_line_that_reads_like_a_byline_has_no_date(line):
    assert page(f"{HEAD}<p>{line}</p>").byline == "Ann Roe, Keio University"


def test_line_below_the_text_may_hold_a_byline():
    line = f"<div>By {ANN}<b>|</b><i>{DAY}</i><b>|</b>{TERM}</div>"
    article = page(HEAD, body=paragraphs(PROSE) + line)
    assert (article.byline, article.text, article.categories) == ("By Ann Roe", TEXT, ("Trade",))


def test_byline_of_a_card_below_a_short_article_is_not_the_articles():
    card = f"<h4><a href='/2018/01/01/x/'>Another</a></h4><p>{DAY} by {ANN}</p>"
    article = page(HEAD, foot=f"<div><h3>Related articles</h3><div>{card}</div></div>")
    assert (article.byline, article.authors) == (None, ())


CARD = (
    "<div><h3><a href='/2018/01/0{n}/x/'>Ropes of {n}</a></h3><p>Few ropes last.</p><p>3 May 2017</p>"
    "<p>Author: {name}, Leiden University</p></div>"
)
LATEST = (
    "<section><h2>Latest</h2>"
    + "".join(CARD.format(n=n, name=name) for n, name in enumerate(("Cy Poe", "Di Fox"), 1))
    + "</section>"
)


@pytest.mark.parametrize(
    ("line", "byline", "names"),
    [
        (f"{DAY} | Author: Ann Roe, ANU", "Author: Ann Roe, ANU", ["Ann Roe"]),
        (DAY, None, []),
    ],
)
def test_labelled_byline_of_a_card_further_down_is_not_the_articles(line, byline, names):
    html = f"<title>{TITLE}</title><main>{HEAD}<div>{line}</div>{paragraphs(PROSE)}</main>{LATEST}"
    article = read(html, URL)
    assert (article.byline, article.text) == (byline, TEXT)
    assert [one.name for one in article.authors] == names


def test_labelled_byline_at_the_end_of_the_text_is_the_articles_under_a_linked_heading():
    series = "<h2><a href='/series/ropes/'>Ropes and kites</a></h2>"
    text = f"<div>{series}{paragraphs(PROSE[:3])}<p>Author: Ann Roe, ANU</p></div>"
    html = f"<title>{TITLE}</title><main>{HEAD}<div>{DAY}</div>{text}</main>{LATEST}"
    assert read(html, URL).byline == "Author: Ann Roe, ANU"


@pytest.mark.parametrize(
    ("href", "heading"),
    [
        ("/people/ann-roe/", "Ann Roe"),
        ("/author/ann-roe/", "On the author"),
        ("#ropes", "Last ropes"),
        ("https://ropes.example/", "The book"),
    ],
)
@pytest.mark.parametrize("label", ["By", "Author:"])
def test_byline_under_a_heading_that_leads_to_no_other_article_is_the_articles(
    href, heading, label
):
    line = f"{label} Ann Roe, Leiden University"
    box = f"<div><h3><a href='{href}'>{heading}</a></h3><p>{line}</p></div>"
    body = f"<main>{HEAD}<div>{paragraphs(PROSE)}{box}</div></main>"
    article = read(f"<title>{TITLE}</title>{body}", URL, load_profile("eastasiaforum"))
    assert article.byline == line


@pytest.mark.parametrize(
    "line", [f"{DAY} | Reviewed by: Cy Poe, ANU", "Ropes | Author: Cy Poe | Twine Press 2015"]
)
def test_label_in_a_line_at_the_title_goes_before_none_that_opens_one(line):
    body = f"{HEAD}<p>{line}</p><div>{paragraphs(PROSE * 2)}<p>Author: Ann Roe, ANU</p></div>"
    article = read(f"<title>{TITLE}</title><main>{body}</main>", URL)
    assert article.byline == "Author: Ann Roe, ANU"


def test_group_that_is_linked_wins_over_the_sites_account():
    meta = "<meta name='author' content='East Asia Forum'>"
    line = f"by <a rel='author' href='/author/e/'>The Editors</a> | {DAY} | {TERM}"
    (author,) = page(f"{HEAD}<p>{line}</p>", meta=meta).authors
    assert (author.name, author.kind, author.affiliations) == ("The Editors", "group", ())


def test_any_blog_may_have_its_byline_in_such_a_line():
    text = paragraphs(PROSE)
    html = (
        f"<html><body><article><h1>{TITLE}</h1><p>{DAY} by {ANN}</p>{text}</article></body></html>"
    )
    article = read(html, "https://blog.example/2018/07/kites/", profile=load_profile("wordpress"))
    assert (article.byline, article.authors[0].name) == ("by Ann Roe", "Ann Roe")


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Ann Roe, Bo Moe, Suharno", ["Ann Roe", "Bo Moe", "Suharno"]),
        ("Ann Roe, Suharno and Bo Moe", ["Ann Roe", "Suharno", "Bo Moe"]),
        ("Ann Roe, Bo Moe and Suharno", ["Ann Roe", "Bo Moe", "Suharno"]),
        ("Suharno, Widyastuti", ["Suharno", "Widyastuti"]),
        ("Ann Roe, Bo Moe, ANU", ["Ann Roe", "Bo Moe"]),
        ("Ann Roe, Bo Moe, Canberra", ["Ann Roe", "Bo Moe"]),
        ("Ann Roe, Kendari", ["Ann Roe"]),
    ],
)
def test_metadata_may_list_who_has_one_name(listed, names):
    article = page(HEAD, meta=f"<meta name='author' content='{listed}'>")
    assert [author.name for author in article.authors] == names


@pytest.mark.parametrize("name", ["Jose Ma. Roe III", "Suharno", "Ann Roe"])
def test_link_in_or_below_a_byline_is_its_authors(name):
    link = f"<a href='/author/x/'>{name}</a>"
    for line in (f"<p>by</p><div>{link}</div>", f"<p>Author: {link}, ANU</p>"):
        (author,) = page(HEAD + line).authors
        assert (author.name, author.url) == (name, "https://www.eastasiaforum.org/author/x/")


def test_a_linked_house_with_a_number_in_its_name_is_no_count():
    line = "Authors: Ann Roe, <a href='/n'>21 Research</a> and Bo Moe, Example University"
    article = page(f"{HEAD}<p>{line}</p>")
    assert [author.name for author in article.authors] == ["Ann Roe", "Bo Moe"]
    assert article.byline.startswith("Authors: Ann Roe, 21 Research")


@pytest.mark.parametrize(
    ("name", "label"),
    [("eastasiaforum", "Authors: "), ("eastasiaforum", ""), ("wordpress", "Authors: ")],
)
def test_a_count_of_comments_below_a_long_byline_ends_no_article(name, label):
    houses = "(Institute of Weirs and Ferries) and Bo Moe (University of the Nine Ferries)"
    line = f"<ul><li>{label}Ann Roe {houses}</li><li>{DAY}</li><li>No Comments</li></ul>"
    body = f"{HEAD}{line}<div>{paragraphs(PROSE)}</div><p>Comments are closed.</p>"
    assert read(f"<article>{body}</article>", URL, profile=load_profile(name)).text == TEXT


def test_comments_on_the_title_below_a_long_byline_are_no_text():
    house = "Institute of Weirs and Ferries, University of the Nine Ferries"
    said = "<li><a href='/x'>Cy</a><p>{}</p><a href='#r'>Reply</a></li>"
    replies = f"<h2>2 responses to “{TITLE}”</h2><ol>{said.format(PROSE[0]) * 2}</ol>"
    player = "<iframe src='https://www.youtube.com/embed/kite'></iframe>"
    line = f"<p>Author: Ann Roe ({house})</p><p>{DAY}</p>"
    found = read(f"<body><article>{HEAD}{line}{player}</article><div>{replies}</div></body>", URL)
    assert isinstance(found, NotAnArticle)
