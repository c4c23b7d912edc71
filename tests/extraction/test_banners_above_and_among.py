"""What ends an article where it stands at its end, over the text or among its parts; and a byline
that the text begins with again.
"""

from __future__ import annotations

import pytest
from site_truth import BASE, read

from eafarchive.model import Article

URL = f"{BASE}2015/06/07/a-kiln-is-weighed/"
LINES = [
    f"The {nth} kiln of the year was weighed by hand at {place}, since the scales had been lent to"
    " the school, and the weight was sent to the ministry by the slow post."
    for nth, place in zip(
        ("first", "second", "third", "fourth", "fifth", "sixth"),
        ("the pier", "the mill", "the inlet", "the chapel", "the ford", "the weir"),
        strict=True,
    )
]
NOTE = "Ann Roe is a Research Fellow in the School of Reeds, University of Oxfjord."
BYLINE = "Author: Ann Roe, University of Oxfjord"
_PLEA = (
    "East Asia Forum lives by what its readers give. Please give what you can, so that what is"
    " written here stays free for everybody who wants to read it."
)
_GIVE = "<p><a href='/donate/'>Donate</a></p>"
BANNERS = {
    "box": f"<div><h2>Support Quality Analysis</h2><p>{_PLEA}</p>{_GIVE}</div>",
    "box without a heading": (
        f"<section><p><strong>Support Quality Analysis</strong></p><p>{_PLEA}</p>{_GIVE}</section>"
    ),
    "link": "<div class='x'><a href='/donate/'>Support Quality Analysis</a></div>",
    "heading": f"<h3>Support Quality Analysis</h3><p>Give, and we write on.</p>{_GIVE}",
    "country": (
        "<p>The East Asia Forum office is based in Australia and EAF acknowledges the First Peoples"
        " of this land — in Canberra the Ngunnawal and Ngambri people — and recognises their"
        " continuous connection to culture, community and Country.</p>"
    ),
}
COUNTRY = BANNERS["country"]


def article(body: str, above: str = "", below: str = "") -> Article:
    found = read(
        "<title>A kiln is weighed | East Asia Forum</title><main class='zq'><h1>A kiln is weighed</h1>"
        f"{above}<div class='k7'>{body}</div>{below}</main>"
        "<div class='k9'><p>Copyright ©2015 East Asia Forum. All rights reserved.</p></div>",
        URL,
    )
    assert isinstance(found, Article), found
    return found


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def said(found: Article) -> tuple[str, str | None, list[str]]:
    return found.text, found.author_note, [author.name for author in found.authors]


TRUTH = "\n\n".join(LINES), NOTE, ["Ann Roe"]
each_banner = pytest.mark.parametrize("banner", BANNERS.values(), ids=BANNERS)


@each_banner
@pytest.mark.parametrize("is_within", [False, True], ids=["over the text", "first in the text"])
def test_over_the_text(banner: str, is_within: bool) -> None:
    body = paragraphs([BYLINE, *LINES, NOTE])
    found = article(banner + body) if is_within else article(body, above=banner)
    assert said(found) == TRUTH


@each_banner
def test_among_paragraphs(banner: str) -> None:
    body = paragraphs([BYLINE, *LINES[:3]]) + banner + paragraphs([*LINES[3:], NOTE])
    assert said(article(body)) == TRUTH


@each_banner
@pytest.mark.parametrize("names", ["", " class='q4'"], ids=["no class", "class"])
@pytest.mark.parametrize("last", [1, 3])
def test_between_parts(banner: str, names: str, last: int) -> None:
    parts = [paragraphs(LINES[:-last]), paragraphs([*LINES[-last:], NOTE])]
    body = f"<p>{BYLINE}</p><div{names}>{parts[0]}</div>{banner}<div{names}>{parts[1]}</div>"
    assert said(article(body)) == TRUTH


@each_banner
@pytest.mark.parametrize("is_within", [False, True], ids=["over the body", "first in the body"])
def test_between_summary_and_body(banner: str, is_within: bool) -> None:
    sizes = (
        "<ul><li><a href='#'>A</a></li><li><a href='#'>A</a></li><li><a href='#'>A</a></li></ul>"
    )
    brief = f"<p>{BYLINE}</p><div class='b'><h4>In Brief</h4><p>{LINES[0]}</p></div>{sizes * 2}"
    text = paragraphs([*LINES[1:], NOTE])
    body = f"<div class='c'>{banner}{text}</div>" if is_within else f"{banner}<div>{text}</div>"
    found = article(brief + body)
    assert said(found) == TRUTH
    assert found.summary == LINES[0]


@pytest.mark.parametrize(
    "words",
    [
        "Support East Asia Forum",
        "Donate",
        "Make a donation",
        "Help keep our analysis free",
        "Donate now",
    ],
)
@pytest.mark.parametrize("tag", ["h3", "p"])
def test_pleas_in_other_words_among_paragraphs(words: str, tag: str) -> None:
    plea = f"<div class='d'><{tag}>{words}</{tag}><p>{_PLEA}</p>{_GIVE}</div>"
    body = paragraphs([BYLINE, *LINES[:3]]) + plea + paragraphs([*LINES[3:], NOTE])
    assert said(article(body)) == TRUTH


def test_a_few_words_below_a_banner_are_an_article() -> None:
    for banner in BANNERS.values():
        found = article(f"<p>{BYLINE}</p>{banner}{paragraphs(LINES[:2])}")
        assert found.text == "\n\n".join(LINES[:2])


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        (
            "<p>Podcast: <a href='/a.mp3'>Play in new window</a> | <a href='/a.mp3'>Download</a></p>",
            "",
        ),
        (
            f"<ul><li>reeds</li><li>{LINES[0]}</li></ul>",
            f"- reeds\n- {LINES[0]}\n\n",
        ),
    ],
    ids=["player", "list"],
)
def test_between_parts_of_which_the_last_opens_otherwise(opening: str, text: str) -> None:
    parts = [paragraphs(LINES[:3]), opening + paragraphs([*LINES[3:], NOTE])]
    body = f"<p>{BYLINE}</p><div>{parts[0]}</div>{BANNERS['box']}<div>{parts[1]}</div>"
    joined = "\n\n".join(LINES[:3]), "\n\n".join(LINES[3:])
    assert said(article(body)) == (f"{joined[0]}\n\n{text}{joined[1]}", *TRUTH[1:])


@each_banner
@pytest.mark.parametrize("around", ["div class='{}'", "{}"])
def test_between_wrapped_parts_of_which_the_last_has_a_heading(banner: str, around: str) -> None:
    def row(inside: str) -> str:
        tags = ("section", *(around.format(name) if "class" in around else "div" for name in "abc"))
        ends = "</div>" * 3 + "</section>"
        return "".join(f"<{tag}>" for tag in tags) + inside + ends

    below = [line.replace("kiln", "oven") for line in LINES[:3]]
    parts = [paragraphs(LINES), f"<h3>The ovens</h3>{paragraphs([*below, NOTE])}"]
    body = row(f"<p>{BYLINE}</p>") + row(parts[0]) + row(banner) + row(parts[1])
    joined = "\n\n".join([*LINES, "The ovens", *below])
    assert said(article(body)) == (joined, *TRUTH[1:])


@pytest.mark.parametrize("head", ["<h3>About the journal</h3>", "<h3>The week in kilns</h3>"])
def test_a_few_words_under_a_heading_below_a_banner_are_no_part(head: str) -> None:
    rows = [paragraphs([BYLINE, *LINES, NOTE]), BANNERS["box"], f"{head}<p>{LINES[0]}</p>"]
    body = "".join(f"<section><div class='c'><div>{row}</div></div></section>" for row in rows)
    assert said(article(body)) == TRUTH


def test_between_parts_of_which_the_last_is_short_a_list_of_others_is_no_end() -> None:
    others = (
        "<div><h3>Related</h3><ul><li><a href='/2015/01/02/x/'>What a reed costs</a></li><li>"
        "<a href='/2015/01/03/y/'>Why the mill stood still</a></li></ul></div>"
    )
    parts = [paragraphs(LINES[:5]), paragraphs([LINES[5], NOTE])]
    body = f"<p>{BYLINE}</p><div>{parts[0]}</div>{others}<div>{parts[1]}</div>"
    assert said(article(body)) == TRUTH


@each_banner
def test_at_the_end(banner: str) -> None:
    """Where what follows is no part of the text, though it be as long as one."""
    body = paragraphs([BYLINE, *LINES, NOTE])
    others = f"<div><p>{_PLEA}</p></div>"
    assert said(article(body + banner + COUNTRY)) == TRUTH
    assert said(article(body, below=banner + COUNTRY + others)) == TRUTH
    assert said(article(f"<div>{body}</div>", below=banner + others)) == TRUTH


@pytest.mark.parametrize(
    "over", [BYLINE, "By: Ann Roe", "Authors: Ann Roe, University of Oxfjord", "Author: Ann Roe"]
)
@pytest.mark.parametrize("brief", ["", "<h4>In Brief</h4>"])
def test_a_byline_over_the_text_and_in_it(over: str, brief: str) -> None:
    found = article(brief + paragraphs([BYLINE, *LINES, NOTE]), above=f"<p>{over}</p>")
    assert said(found) == TRUTH
    assert found.authors[0].affiliations == ("University of Oxfjord",)
    assert found.summary == (LINES[0] if brief else None)


def test_a_byline_below_another_authors_is_no_repetition() -> None:
    other = "Author: Bo Roe, University of Oxfjord"
    found = article(paragraphs([other, *LINES]), above=f"<p>{BYLINE}</p>")
    assert [author.name for author in found.authors] == ["Ann Roe", "Bo Roe"]
    assert found.text == TRUTH[0]
