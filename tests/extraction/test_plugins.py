"""What plugins put among and after an article's words: icons, labels, other posts, buttons."""

from __future__ import annotations

import pytest
from weirs import BYLINE, CLOSING, LINES, NOTE, TEXT, TITLE, article, paragraphs

ICONS = [
    (
        "<div class='zz'><a href='https://www.addtoany.com/share_save'><img alt='Share' width='171'"
        " height='16' src='https://static.example.org/b.png'></a></div>"
    ),
    "<p><a href='/print/'><img src='/wp-content/plugins/x-print/images/print.gif' alt='Print'></a></p>",
    "<p><img src='/wp-content/themes/oxfjord/images/end.png' alt=''></p>",
    "<div><p>Related posts:</p><ol><li><a href='/2010/01/01/r/'>A reed</a></li></ol></div>",
    (
        "<div><p>Related posts:</p><ol><li><a href='/2010/01/01/r/'>A reed is cut</a></li>"
        "<li><a href='/2010/02/01/r/'>A reed is bound</a></li></ol></div>"
    ),
]


@pytest.mark.parametrize("icon", ICONS)
def test_what_stands_below_the_notes_keeps_none_of_them_back(icon: str) -> None:
    notes = f"<p><em>{NOTE}</em></p><p>{CLOSING}</p>"
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{notes}{icon}</div>"
        "</article></main>"
    )
    assert (found.text, found.author_note, found.notes) == (TEXT, NOTE, (CLOSING,))
    assert found.images == ()


@pytest.mark.parametrize("icon", ICONS)
def test_what_stands_above_the_notes_keeps_none_of_them_back(icon: str) -> None:
    notes = f"<p><em>{NOTE}</em></p><p>{CLOSING}</p>"
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{icon}{notes}</div>"
        "</article></main>"
    )
    assert (found.text, found.author_note, found.notes) == (TEXT, NOTE, (CLOSING,))


def test_a_timthumb_in_a_theme_is_a_picture() -> None:
    picture = "/wp-content/themes/x/timthumb.php?src=/wp-content/uploads/2012/03/weir.jpg&amp;w=300"
    found = article(
        f"<main>{TITLE}<div>{BYLINE}<p><img src='{picture}'></p>{paragraphs(LINES)}</div></main>"
    )
    assert len(found.images) == 1


CARDS = (
    "<div><h2>Latest</h2><div><h4><a href='/2011/01/01/r/'>A reed is cut</a></h4>"
    "<a rel='category tag' href='/category/z/'>Reeds</a> <time datetime='2012-05-11T08:00:00+10:00'>"
    "11 May 2012</time></div></div>"
)


def test_terms_and_times_of_other_posts_over_the_article_are_not_its() -> None:
    found = article(
        f"{CARDS}<main><article><p><a rel='category tag' href='/category/s/'>Weirs</a></p>{TITLE}"
        f"<p><span>5 March 2012</span></p><div>{BYLINE}{paragraphs(LINES)}</div></article></main>"
    )
    assert (found.categories, found.tags) == (("Weirs",), ())
    assert (found.published_at, found.fields["published_at"]) == ("2012-03-05", "text")


def test_terms_in_the_line_right_over_the_article_are_its() -> None:
    found = article(
        "<div><p><a href='/'>Home</a> » <span>Filed under: <a rel='category tag' href='/category/s/'>"
        f"Weirs</a></span></p><div>{TITLE}<div>{BYLINE}{paragraphs(LINES)}</div></div></div>"
    )
    assert found.categories == ("Weirs",)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/tag/reeds/' rel='tag' style='font-size: 8pt' title='3 topics'>reeds</a>",
        "<a href='/category/reeds/' title='View all posts filed under Reeds'>Reeds</a>",
    ],
)
def test_a_list_of_all_terms_says_nothing_of_the_article(link: str) -> None:
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}</div></article>"
        f"<div><h3>Terms</h3><div>{link}</div></div></main>"
    )
    assert (found.categories, found.tags) == ((), ())


def test_tags_below_two_boxes_and_buttons_are_the_articles() -> None:
    box = (
        "<section><h2>Related articles</h2><article><h4><a href='/2011/01/01/r/'>A reed is cut</a></h4>"
        "<a rel='category tag' href='/category/z/'>Reeds</a></article></section>"
    )
    buttons = "<div><h3>Share this:</h3><ul><li><a href='https://twitter.com/share'>Tweet</a></li></ul></div>"
    empty = "<div><h3><em>Related</em></h3></div>"
    tags = "<p>Tagged: <a href='/tag/weirs/' rel='tag'>weirs</a></p>"
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{box}</div>{buttons}{empty}{tags}"
        "</article></main>"
    )
    assert (found.text, found.categories, found.tags) == (TEXT, (), ("weirs",))


OTHER = "<h4><a href='/2011/01/01/r/'>A reed is cut</a></h4><p>The reed was cut by the ford.</p>"
FILED = "<p>Posted in <a href='/category/w/' rel='category tag'>Weirs</a></p>"


@pytest.mark.parametrize(
    ("foot", "categories"),
    [
        (f"<h3>Related</h3>{OTHER}{FILED}", ("Weirs",)),
        (f"<div><h3>Related</h3>{OTHER}</div><footer>{FILED}</footer>", ("Weirs",)),
        (f"<div><h3>Related</h3><div>{OTHER}{FILED}</div></div>", ()),
        (f"<h3>Related</h3>{f'{OTHER}{FILED}' * 3}", ()),
        (f"<h3>Related</h3>{OTHER}<p>What is <a href='/category/w/'>in weirs</a></p>", ()),
    ],
)
def test_what_the_article_is_filed_under_below_other_posts(
    foot: str, categories: tuple[str, ...]
) -> None:
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}</div>{foot}</article></main>"
    )
    assert (found.text, found.categories) == (TEXT, categories)


def test_a_hidden_title_for_print_begins_nothing() -> None:
    found = article(
        f"<div aria-hidden='true' style='display:none'><p>East Asia Forum</p>{TITLE}</div>"
        f"<header><img src='/logo.svg'></header>{CARDS}<div><p>Home / A weir is mended</p></div>"
        f"<main><article>{TITLE}<time datetime='2012-03-04T09:00:00+11:00'>4 March</time><div>{BYLINE}"
        f"{paragraphs(LINES)}</div></article></main>"
    )
    assert (found.text, found.images) == (TEXT, ())
    assert found.published_at == "2012-03-04T09:00:00+11:00"


def test_a_button_that_shares_beside_those_for_the_font_size() -> None:
    widget = "<div><ul>" + "<li><button>A</button></li>" * 3 + "<li>Share</li></ul></div>"
    found = article(
        f"<main>{TITLE}<div>{BYLINE}<h4>In Brief</h4><p>{LINES[0]}</p>{widget * 2}"
        f"{paragraphs(LINES[1:])}</div></main>"
    )
    assert found.text == TEXT


CAPTION = "Masons sort stones near the mill, 3 June 2010. Photo: Oxfjord Post."


def test_a_caption_with_its_credit_after_a_stop() -> None:
    picture = "<p><img src='/wp-content/uploads/2012/03/a.jpg' alt=''></p>"
    found = article(
        f"<main>{TITLE}<div>{BYLINE}{picture}<p>{CAPTION}</p>{paragraphs(LINES)}</div></main>"
    )
    assert found.text == TEXT
    assert [(one.caption, one.credit) for one in found.images] == [(CAPTION, "Oxfjord Post")]


def test_a_caption_right_below_the_widget() -> None:
    widget = "<ul>" + "<li>A</li>" * 3 + "</ul>"
    caption = "Masons sort stones near the mill, 3 June 2010 (Photo: Oxfjord Post)."
    found = article(
        f"<main>{TITLE}<figure><img src='/wp-content/uploads/2012/03/a.jpg'></figure><div><h4>In Brief</h4>"
        f"<p>{LINES[0]}</p>{widget * 2}<div><p>{caption}</p>{paragraphs(LINES[1:])}</div></div></main>"
    )
    assert (found.text, found.images[0].caption) == (TEXT, caption)


def test_the_picture_right_over_the_title() -> None:
    picture = "<figure><img src='/wp-content/uploads/2012/03/a.jpg'><figcaption>Masons</figcaption></figure>"
    found = article(
        f"<nav><a href='/'>Home</a></nav>{picture}<div><div>{TITLE}<div>{BYLINE}{paragraphs(LINES)}"
        "</div></div></div>"
    )
    assert [one.caption for one in found.images] == ["Masons"]


def test_a_body_in_two_elements_of_which_the_first_begins_with_the_byline() -> None:
    found = article(
        f"<main>{TITLE}<div class='x'>{BYLINE}{paragraphs(LINES[:3])}</div><div class='ad'><span>"
        f"Advertisement</span></div><div class='y'>{paragraphs(LINES[3:])}<p><em>{NOTE}</em></p></div></main>"
    )
    assert (found.text, found.author_note) == (TEXT, NOTE)


def test_a_footnote_that_is_mostly_a_link_is_kept() -> None:
    mark = "[2] Council, <a href='https://example.org/tables'>Tables of Weirs and Fords</a>."
    found = article(
        f"<main>{TITLE}<div>{BYLINE}{paragraphs(LINES)}<p>[1] Author’s count.</p><p>{mark}</p>"
        f"<p><em>{NOTE}</em></p></div></main>"
    )
    assert found.text == f"{TEXT}\n\n[1] Author’s count.\n\n[2] Council, Tables of Weirs and Fords."
    assert found.author_note == NOTE


@pytest.mark.parametrize("is_last", [True, False])
def test_the_source_under_a_table_is_text(is_last: bool) -> None:
    table = "<table><tr><th>Weir</th><th>Stones</th></tr><tr><td>Mill</td><td>40</td></tr></table>"
    body = f"{paragraphs(LINES[:3])}{table}<p>Source: Council of Masons.</p>"
    body += "" if is_last else paragraphs(LINES[3:])
    found = article(f"<main>{TITLE}<div>{BYLINE}{body}</div></main>")
    assert "Mill\t40\n\nSource: Council of Masons." in found.text.replace("\n\n\n", "\n\n")


def test_a_note_of_what_was_corrected_over_the_summary_is_kept() -> None:
    note = "Update: This article was corrected on 7 March 2012 to say that the mill stands."
    widget = "<ul>" + "<li>A</li>" * 3 + "</ul>"
    found = article(
        f"<main>{TITLE}<div><p><em>{note}</em></p><h4>In Brief</h4><p>{LINES[0]}</p>{widget * 2}"
        f"{paragraphs(LINES[1:])}</div></main>"
    )
    assert (found.text, found.notes) == (TEXT, (note,))


def test_a_name_between_commas_whose_bearer_a_note_tells_of_is_an_authors() -> None:
    byline = "<p>Author: Ann Roe, Zinnia Moe, and Bo Poe, Institute of Weirs</p>"
    cards = "".join(
        f"<div><img class='avatar' src='/a.jpg'><p>{name} is a lecturer at the Institute of Weirs.</p></div>"
        for name in ("Ann Roe", "Zinnia Moe", "Bo Poe")
    )
    found = article(f"<main>{TITLE}<div>{byline}{paragraphs(LINES)}{cards}</div></main>")
    assert [author.name for author in found.authors] == ["Ann Roe", "Zinnia Moe", "Bo Poe"]
    assert found.text == TEXT
    assert found.author_note is not None
    assert found.author_note.count("lecturer") == 3
