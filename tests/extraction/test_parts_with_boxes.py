"""What a page's builder parts a text into, and boxes that share a part with the article's words."""

from __future__ import annotations

import pytest
from kites import BIO, PROSE, TEXT, TITLE, page, paragraphs

HEAD = f"<h1>{TITLE}</h1><p>Author: Ann Roe, ANU</p>"
LAST = "The wind turns in May, and those who wait for it on the pier know that it always has."
MORE = "Nobody counts the kites that are lost over the strait, though the harbour keeps a list of them."
OFFER = (
    "Once a week we send what we wrote of kites to those who ask for it, and nobody else sees it."
)
FIELD = "<form action='/s'><label>Address <input type='email'></label></form>"
BOXES = {
    "form": f"<div><h4>Subscribe to East Asia Forum</h4>{FIELD}</div>",
    "plea": "<div><p>Support Quality Analysis</p><p><a href='/give/'>Donate now</a></p></div>",
    "cards": (
        "<section><h2>Related articles</h2><div>"
        + "".join(
            f"<article><h3><a href='/{n}/'>{n} reefs</a></h3><p>{MORE}</p></article>" for n in "ab"
        )
        + "</div></section>"
    ),
}
LINKS = "<ul><li><a href='/a/'>The limits of twine</a></li><li><a href='/b/'>Knots</a></li></ul>"
each_box = pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
CLASSES = {
    "no class": "",
    "class": " class='zk'",
    "number": " class='zk zk_{}'",
    "hash": " class='zk zk-4f0a9{}c part'",
    "letters": " class='zk css-1xq{}z'",
    "row": " class='zk builder-row-{}'",
}
each_class = pytest.mark.parametrize("name", CLASSES.values(), ids=CLASSES)


def parts(name: str, *inside: str) -> str:
    """Boxes, each with a number of its own where the class has a place for it."""
    return "".join(f"<div{name.format(at)}><div>{one}</div></div>" for at, one in enumerate(inside))


@each_box
@each_class
@pytest.mark.parametrize("is_over", [True, False], ids=["over", "under"])
def test_words_stay_that_share_a_part_with_a_box(box: str, name: str, is_over: bool) -> None:
    shared = f"{box}<p>{LAST}</p>" if is_over else f"<p>{LAST}</p>{box}"
    body = parts(name, paragraphs(PROSE), shared, f"<p>{MORE}</p>")
    article = page(HEAD, f"<div>{body}<p>{BIO}</p></div>")
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{LAST}\n\n{MORE}", BIO)


@pytest.mark.parametrize("name", [one for one in CLASSES.values() if one])
def test_words_stay_in_a_part_below_a_box_that_ends_one(name: str) -> None:
    body = parts(name, f"{paragraphs(PROSE)}{BOXES['plea']}", f"<p>{LAST}</p>", f"<p>{BIO}</p>")
    article = page(HEAD, f"<div>{body}</div>")
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{LAST}", BIO)


@each_class
def test_words_stay_that_share_the_last_part_with_a_box(name: str) -> None:
    body = parts(name, paragraphs(PROSE), f"{BOXES['cards']}<p>{LAST}</p>")
    article = page(HEAD, f"<div>{body}<p>{BIO}</p></div>")
    assert article.text == f"{TEXT}\n\n{LAST}"


def test_words_stay_in_a_part_between_rules_and_advertisements() -> None:
    ad = "<div><p>Advertisement</p></div>"
    shared = f"{ad}{BOXES['cards']}<p>{LAST}</p>"
    body = parts(" class='zk'", paragraphs(PROSE)) + f"<hr>{parts('', ad)}"
    body += parts(" class='zk'", shared) + "<hr>" + parts(" class='zk'", f"<p>{MORE}</p>")
    article = page(HEAD, f"<div>{body}<p>{BIO}</p></div>")
    assert article.text.split("\n\n")[-2:] == [LAST, MORE]


@pytest.mark.parametrize(
    "box",
    [
        f"<h4>Subscribe to East Asia Forum</h4><p>{OFFER}</p>{FIELD}",
        f"<h4>Subscribe</h4><p>{OFFER}</p><div>{FIELD}</div>",
        f"<div><h4>Subscribe</h4></div><p>{OFFER}</p><div>{FIELD}</div>",
        f"<p>{OFFER}</p><div><a href='/give/'>Donate</a></div>",
        f"<div><h4>Stay with us</h4></div><p>{OFFER}</p><div><a href='/give/'>Donate</a></div>",
    ],
)
@each_class
def test_a_part_that_is_one_box_is_none_of_the_text(box: str, name: str) -> None:
    body = parts(name, paragraphs(PROSE), box, f"<p>{LAST}</p><p>{MORE}</p><p>{LAST}</p>")
    article = page(HEAD, f"<div>{body}<p>{BIO}</p></div>")
    assert OFFER not in article.text
    assert LAST in article.text


@pytest.mark.parametrize("name", ["", " class='zk'"])
def test_words_stay_in_wrappers_below_a_plea(name: str) -> None:
    body = parts(name, *(f"<p>{line}</p>" for line in PROSE), BOXES["plea"], f"<p>{LAST}</p>")
    article = page(HEAD, f"<div>{body}{parts(name, f'<p>{BIO}</p>')}</div>")
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{LAST}", BIO)


def test_the_last_words_stay_below_a_list_of_others() -> None:
    others = f"<h3>Related Posts</h3>{LINKS}"
    article = page(HEAD, f"{paragraphs(PROSE)}{others}<p>{LAST}</p><p>{BIO}</p>")
    assert (article.text, article.author_note) == (f"{TEXT}\n\n{LAST}", BIO)


def test_a_list_stays_between_a_list_of_others_and_the_note() -> None:
    others = f"<h3>Related Posts</h3>{LINKS}"
    note = BIO.replace("a lecturer", "Senior Lecturer in Aerodynamics")
    own = "<ol><li>Twine should be weighed</li><li>Knots should be counted.</li></ol>"
    article = page(HEAD, f"{paragraphs(PROSE)}{others}{own}<p>{note}</p>")
    assert article.text == f"{TEXT}\n\n1. Twine should be weighed\n2. Knots should be counted."
    assert article.author_note == note


def test_what_follows_a_list_of_others_in_another_element_is_no_text() -> None:
    others = f"<h3>Related Posts</h3>{LINKS}"
    article = page(HEAD, f"{paragraphs([*PROSE, BIO])}{others}<div><p>{OFFER}</p></div>")
    assert (article.text, article.author_note) == (TEXT, BIO)


LINK = "<h3><a href='/a/'>The limits of twine</a></h3>"
FIGURE = "<figure><img src='/k.png'><figcaption>Figure 1: Kites by year.</figcaption></figure>"
CARDS = f"<article>{LINK}<p>{MORE}</p><span>20 March 2013</span></article>"


@pytest.mark.parametrize("figure", ["", FIGURE], ids=["", "figure"])
@pytest.mark.parametrize("others", [LINK, CARDS * 3], ids=["link", "cards"])
@pytest.mark.parametrize(
    ("name", "next_name"), [("", ""), (" class='zk a1'", " class='zk a2'")], ids=["", "class"]
)
def test_the_text_goes_on_in_the_part_below_one_that_ends_in_others(
    others: str, name: str, next_name: str, figure: str
) -> None:
    box = f"<div class='r'><h2>Related reads</h2>{others}</div>"
    first = f"<div{name}><div>{paragraphs(PROSE[:2])}{box}</div></div>"
    rest = f"<div{next_name}><div>{figure}{paragraphs(PROSE[2:])}</div></div>"
    note = f"<div{next_name}><div><p>{BIO}</p></div></div>"
    article = page(HEAD, f"<div>{first}{rest}{note}</div>")
    assert (article.text, article.author_note) == (TEXT, BIO)


@pytest.mark.parametrize(
    "below",
    [
        f"<div><p>{OFFER}</p></div>",
        f"<div><h3>Others on kites</h3>{paragraphs([MORE] * 5)}</div>",
        f"<div><p>3 replies</p></div><div>{paragraphs([MORE] * 5)}</div>",
    ],
)
def test_a_part_ends_in_others_and_the_text_with_it(below: str) -> None:
    box = f"<div class='r'><h2>Related reads</h2>{LINK}</div>"
    article = page(HEAD, f"<div><div>{paragraphs([*PROSE, BIO])}{box}</div>{below}</div>")
    assert (article.text, article.author_note) == (TEXT, BIO)
