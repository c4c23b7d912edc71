"""Lists of other articles under any heading, and lists that are the article's."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, TOOLS, URL, page, paragraphs
from site_truth import read

from eafarchive.model import NotAnArticle

HEAD = f"<h1>{TITLE}</h1><p>Author: Ann Roe, ANU</p>"
TITLES = ("The limits of twine", "Can anyone afford paper?", "A truce over knots", "Whose wind?")


def links(start: str = "/2019/01/1", after: str = "") -> str:
    items = (f"<li><a href='{start}{n}/o/'>{t}</a>{after}</li>" for n, t in enumerate(TITLES))
    return f"<ol>{''.join(items)}</ol>"


def among(box: str, wrapped: str = "{}") -> str:
    parts = [wrapped.format(paragraphs(PROSE[:3])), box, wrapped.format(paragraphs(PROSE[3:]))]
    return f"{''.join(parts)}<p>{BIO}</p>"


@pytest.mark.parametrize("heading", ["Editors’ picks", "From the archive", "Held by the wind"])
@pytest.mark.parametrize("after", ["", "<br><span>Bo Moe</span>"], ids=["bare", "signed"])
@pytest.mark.parametrize("start", ["/2019/01/1", "https://www.eastasiaforum.org/2019/01/1"])
def test_a_box_of_links_to_articles_is_none_of_the_text(
    heading: str, after: str, start: str
) -> None:
    article = page(HEAD, among(f"<div><h3>{heading}</h3>{links(start, after)}</div>"))
    assert (article.text, article.links) == (TEXT, ())


def test_such_a_box_beside_paragraphs_that_are_boxes() -> None:
    lines = [f"<div>{line}</div>" for line in PROSE]
    body = f"{''.join(lines[:3])}<div><h3>From the archive</h3>{links()}</div>{''.join(lines[3:])}"
    assert page(HEAD, body).text == TEXT


@pytest.mark.parametrize(
    "box",
    [
        f"<h3>What we wrote of kites</h3>{links()}",
        f"<div><h3>References</h3>{links()}</div>",
        f"<div><h3>Four laws</h3>{links('https://laws.example/2019/01/1')}</div>",
        f"<div><h3>Four laws</h3>{links(after=', which the harbour reads ' * 4)}</div>",
        f"<div><h3>Four laws</h3>{links('/laws/')}</div>",
        f"<div><h3>Four laws</h3><p>All are old.</p>{links()}</div>",
    ],
    ids=["no box", "works", "elsewhere", "words", "pages", "a line"],
)
def test_a_writers_list_of_links_stays(box: str) -> None:
    assert page(HEAD, among(box)).text.count(TITLES[0]) == 1


def test_a_writers_list_stays_in_a_part_like_those_around_it() -> None:
    box = f"<div><h3>What we wrote of kites</h3>{links()}</div>"
    assert TITLES[0] in page(HEAD, among(box, "<div>{}</div>")).text


EXCERPTS = "".join(
    f"<li><a href='/2010/01/0{n}/o/'>{t}</a> <small>Officials describe kites as an overdue"
    " experiment with paper and much twine…</small></li>"
    for n, t in enumerate(TITLES)
)
OTHERS = f"<div><p>Related posts:</p><ol>{EXCERPTS}</ol></div>"


def test_related_posts_are_no_article() -> None:
    html = f"<title>{TITLE} | East Asia Forum</title><main>{HEAD}<div>{OTHERS}</div></main>"
    assert isinstance(read(html, URL), NotAnArticle)


def test_related_posts_over_a_text() -> None:
    assert page(HEAD, f"{OTHERS}{paragraphs(PROSE)}").text == TEXT


@pytest.mark.parametrize("heading", ["Further reading", "References"])
@pytest.mark.parametrize("box", ["{}", "<div class='k3'>{}</div>"], ids=["bare", "boxed"])
def test_works_on_other_sites_under_their_label_are_the_writers(heading: str, box: str) -> None:
    longer = "<ul>{}</ul>".format(
        "".join(
            f"<li><a href='{{}}/2019/01/1{n}/o/'>{t}, and what came of it</a></li>"
            for n, t in enumerate(TITLES)
        )
    )
    listed = "\n".join([heading, "", *(f"- {t}, and what came of it" for t in TITLES)])
    works = box.format(f"<h3>{heading}</h3>{longer.replace('{}', 'https://laws.example')}")
    column = "<div class='k1'><div class='k2'>{}</div></div>"
    first, rest = paragraphs(PROSE[:3]), paragraphs(PROSE[3:])
    note = f"<p>{BIO}</p>"
    for body in (
        f"{first}{works}{rest}{note}",
        f"{first}{rest}{works}{note}",
        f"{first}{rest}{note}{works}",
        f"{column.format(first)}{column.format(f'{works}{rest}{note}')}",
    ):
        article = page(HEAD, body)
        assert article.text.replace(f"{listed}\n\n", "").replace(f"\n\n{listed}", "") == TEXT
        assert (len(article.links), article.author_note) == (len(TITLES), BIO)
        own = page(HEAD, body.replace("https://laws.example", ""))
        assert (own.text, own.links, own.author_note) == (TEXT, (), BIO)


EXCERPTS = "".join(
    f"<li><h3><a href='/2019/01/1{n}/o/'>{t}</a></h3><div><p>{PROSE[n]}</p></div>"
    f"<div><time datetime='2019-01-1{n}'>1{n} January 2019</time></div></li>"
    for n, t in enumerate(TITLES)
)


@pytest.mark.parametrize("heading", ["Keep reading", "Continue reading"])
@pytest.mark.parametrize("over", ["", TOOLS, TOOLS * 2], ids=["", "sizes", "sizes twice"])
def test_a_short_text_before_a_long_list_of_excerpts(heading: str, over: str) -> None:
    rest = f"<div class='g'><h2>{heading}</h2><ul>{EXCERPTS}</ul></div>"
    article = page(HEAD, f"{over}<p>{PROSE[0]}</p><p>{BIO}</p>", rest)
    assert (article.text, article.author_note) == (PROSE[0], BIO)


def test_paragraphs_stay_under_a_heading_that_lists_have_elsewhere() -> None:
    first, rest = paragraphs(PROSE[:2]), paragraphs(PROSE[2:])
    linked = rest.replace("<p>The", "<p><a href='/2019/01/02/o/'>The</a>", 1)
    article = page(HEAD, f"{first}<h2>Keep reading</h2>{linked}<p>{BIO}</p>")
    assert article.text == "\n\n".join([*PROSE[:2], "Keep reading", *PROSE[2:]])
    body = f"{first}<h2>Keep reading</h2><p>{PROSE[2]} {PROSE[3]}</p><p><a href='/l/'>Kites</a></p>"
    assert f"{PROSE[2]} {PROSE[3]}" in page(HEAD, body).text
