"""What wrappers, pictures, footnotes and data at hand do to an article's words, and may not."""

from __future__ import annotations

import pytest
from weirs import BYLINE, CLOSING, LINES, NOTE, TEXT, TITLE, URL, article, paragraphs


@pytest.mark.parametrize(
    "badge",
    [
        "<p><a rel='license' href='http://creativecommons.org/licenses/by/3.0/'><img src='/cc.png'></a></p>",
        "<div><a href='#'><img src='https://cdn.printfriendly.com/buttons/x.png'></a></div>",
        "<p><a href='/quarterly/'><img src='/wp-content/uploads/2012/cover.png'></a></p>",
        "<p><img src='/wp-content/uploads/2012/03/chart.png'></p>",
    ],
)
def test_a_picture_below_the_notes_keeps_none_of_them_back(badge: str) -> None:
    notes = f"<p>{NOTE}</p><p>This review first appeared in the <em>Journal of Weirs</em>.</p>"
    found = article(f"<main>{TITLE}<div>{BYLINE}{paragraphs(LINES)}{notes}{badge}</div></main>")
    assert (found.text, found.author_note, len(found.notes)) == (TEXT, NOTE, 1)
    assert found.images == ()


def test_the_moments_of_an_old_theme() -> None:
    dates = (
        "<abbr class='published' title='2012-03-04T18:30:00+11:00'>March 4, 2012</abbr>"
        " <abbr class='updated' title='2012-03-09T08:30:00+11:00'>March 9, 2012</abbr>"
    )
    found = article(f"<main>{TITLE}<p>{dates}</p><div>{BYLINE}{paragraphs(LINES)}</div></main>")
    assert found.published_at == "2012-03-04T18:30:00+11:00"
    assert found.modified_at == "2012-03-09T08:30:00+11:00"


def test_the_moments_of_a_newer_one() -> None:
    times = (
        "<time class='updated' datetime='2012-03-09T08:30:00+11:00'>9 March</time>"
        "<time class='entry-date published' datetime='2012-03-04T18:30:00+11:00'>4 March</time>"
    )
    found = article(f"<main>{TITLE}<p>{times}</p><div>{BYLINE}{paragraphs(LINES)}</div></main>")
    assert found.published_at == "2012-03-04T18:30:00+11:00"
    assert found.modified_at == "2012-03-09T08:30:00+11:00"


@pytest.mark.parametrize(
    "box",
    [
        (
            "<div><a href='/quarterly/'><img src='/wp-content/uploads/2012/cover.png'></a><h4>Latest Quarterly"
            "</h4><p><a href='/quarterly/'>Read the new issue</a></p></div>"
        ),
        "<blockquote class='wp-embedded-content'><p><a href='/2012/01/01/x/'>Another essay</a></p></blockquote>",
    ],
)
def test_what_leads_to_another_page_of_the_site_among_the_paragraphs(box: str) -> None:
    found = article(
        f"<main>{TITLE}<div>{BYLINE}{paragraphs(LINES[:3])}{box}{paragraphs(LINES[3:])}</div></main>"
    )
    assert (found.text, found.images, found.links) == (TEXT, (), ())


def test_a_column_named_as_a_button() -> None:
    table = "<table><tr><th>Weir</th><th>Share</th></tr><tr><td>Mill</td><td>40</td></tr></table>"
    button = "<div><a href='https://www.addtoany.com/share'>Share</a></div>"
    found = article(
        f"<main>{TITLE}<div>{BYLINE}{paragraphs(LINES[:3])}{table}{paragraphs(LINES[3:])}{button}</div></main>"
    )
    assert "Weir\tShare\nMill\t40" in found.text


@pytest.mark.parametrize(
    "below",
    ["Photo: Oxfjord Post", "<em>Masons at the mill, 4 March 2012 (Photo: Oxfjord Post).</em>"],
)
def test_a_caption_in_a_line_below_the_byline_is_no_affiliation(below: str) -> None:
    byline = f"<p>Author: Ann Roe, Institute of Weirs<br>{below}</p>"
    found = article(f"<main>{TITLE}<div>{byline}{paragraphs(LINES)}</div></main>")
    assert found.byline == "Author: Ann Roe, Institute of Weirs"
    assert found.authors[0].affiliations == ("Institute of Weirs",)
    assert found.text == TEXT


@pytest.mark.parametrize(
    "works",
    [
        "<p>[1] Council, Tables, 1910.</p><p>[2] Moe, Weirs, 1912.</p>",
        "<h4>References</h4><ul><li>Moe, B. (1912) Weirs. Oxfjord.</li></ul>",
        "<p><strong>References</strong></p><p>Moe, B. (1912) Weirs and what they cost. Oxfjord.</p>",
    ],
)
def test_a_note_over_footnotes_and_references(works: str) -> None:
    found = article(
        f"<main>{TITLE}<div>{BYLINE}{paragraphs(LINES)}<p>{NOTE}</p>{works}</div></main>"
    )
    assert found.author_note == NOTE
    assert NOTE not in found.text
    assert "1912" in found.text


def test_a_second_head_for_small_screens() -> None:
    head = "<div><p>A weir is mended</p><p><a href='/author/ann-roe/'>Ann Roe</a></p></div>"
    found = article(f"<main>{TITLE}{head}<div>{paragraphs(LINES)}</div></main>")
    assert (found.text, [one.name for one in found.authors]) == (TEXT, ["Ann Roe"])


def test_names_are_in_normal_form() -> None:
    byline = "<p>Author: Pha\u0323m Va\u0306n Roe, Institute of Weirs</p>"
    found = article(f"<main>{TITLE}<div>{byline}{paragraphs(LINES)}</div></main>")
    assert found.authors[0].name == "Ph\u1ea1m V\u0103n Roe"


SPLIT = (
    "<div><p>{0}</p><p>Not yet.</p><p>{1}</p><p>{2}</p></div><div><p>{3}</p><p>{4}</p></div>",
    "<div><p>{0}</p><p>{1}</p><p>{2}</p></div><div><p>{3}</p><h2>On barley</h2><p>{4}</p></div>",
    "<div><p>{0}</p><p>{1}</p><p>{2}</p></div><div><h3>On barley</h3><p>{3}</p><p>{4}</p></div>",
    "<div><p>{0}</p><p>{1}</p></div><div><ul><li>salt</li><li>tin</li></ul><p>{2}</p></div><p>{3}</p><p>{4}</p>",
)


@pytest.mark.parametrize("wrappers", SPLIT)
def test_a_text_parted_by_wrappers_is_whole(wrappers: str) -> None:
    inside = wrappers.format(*LINES)
    found = article(
        f"<main><article>{TITLE}<section>{BYLINE}{inside}<p>{NOTE}</p><p>{CLOSING}</p></section>"
        "</article></main>"
    )
    assert (found.author_note, found.notes) == (NOTE, (CLOSING,))
    words = [line.removeprefix("- ") for line in found.text.split("\n") if line]
    plain = inside.replace("</", "\n</").replace("<div>", "").replace(">", ">\n")
    shown = [line for line in plain.split("\n") if line and not line.startswith("<")]
    assert words == shown


def test_an_unfinished_first_paragraph_is_no_caption() -> None:
    picture = "<figure><img src='/a.jpg'><figcaption>Masons (Photo: Post).</figcaption></figure>"
    opening = (
        "The masons have stones that they did not have before. The question is whether they can"
    )
    found = article(
        f"<main>{TITLE}{picture}{BYLINE}<div><p>{opening}</p>{paragraphs(LINES)}</div></main>"
    )
    assert found.text == f"{opening}\n\n{TEXT}"


def test_what_data_say_of_the_page_itself() -> None:
    data = (
        f'<script type="application/ld+json">{{"@graph":[{{"@type":"WebPage","url":"{URL}",'
        '"datePublished":"2012-03-04T01:00:00+00:00","dateModified":"2012-03-05T01:00:00+00:00",'
        '"inLanguage":"en-AU"}]}</script>'
    )
    found = article(f"{data}<main>{TITLE}<div>{BYLINE}{paragraphs(LINES)}</div></main>")
    assert found.published_at == "2012-03-04T01:00:00+00:00"
    assert (found.modified_at, found.language) == ("2012-03-05T01:00:00+00:00", "en-AU")


def test_a_link_within_a_note_is_not_all_that_it_names() -> None:
    note = (
        "<strong>Ann Roe</strong> is a Research Fellow at the Institute of Weirs, Oxfjord."
        " <a href='/author/b/'>Bo Moe</a> is Emeritus Professor at the Institute of Weirs, Oxfjord."
    )
    found = article(f"<main>{TITLE}<div>{paragraphs(LINES)}<p>{note}</p></div></main>")
    assert [one.name for one in found.authors] == ["Ann Roe", "Bo Moe"]
    assert found.text == TEXT


def test_whoever_is_at_a_height_is_in_the_news() -> None:
    line = "Joko Roe is at the height of his powers, but he cannot settle energy policy by decree."
    found = article(f"<main>{TITLE}<div>{paragraphs([*LINES, line])}</div></main>")
    assert (found.text, found.author_note) == (f"{TEXT}\n\n{line}", None)


def test_a_list_of_all_categories_is_the_sites() -> None:
    items = "".join(f"<li><a href='/category/{one}/'>{one}</a></li>" for one in ("reeds", "weirs"))
    found = article(
        f"<main><article>{TITLE}<div>{BYLINE}{paragraphs(LINES)}</div></article></main>"
        f"<div><h2>Categories</h2><ul>{items}</ul></div>"
    )
    assert found.categories == ()


WIDGET = "<ul>" + "<li>A</li>" * 3 + "</ul>"
BRIEF = f"<h4>In Brief</h4><p>{LINES[0]}</p>{WIDGET * 2}"


@pytest.mark.parametrize(
    "waiting",
    ["wp-content/themes/x/blank.gif", "wp-content/plugins/lazy/1x1.gif", "wp-includes/b.gif"],
)
def test_what_stands_in_for_a_picture_is_not_it(waiting: str) -> None:
    real = "https://www.eastasiaforum.org/wp-content/uploads/2012/03/a.jpg"
    picture = f"<p><img src='/{waiting}' data-src='{real}'></p><p>Masons (Photo: Post).</p>"
    found = article(f"<main>{TITLE}<div>{BYLINE}{picture}{paragraphs(LINES)}</div></main>")
    assert (found.text, [(one.url, one.credit) for one in found.images]) == (TEXT, [(real, "Post")])


@pytest.mark.parametrize("before", ["", BRIEF])
def test_a_sentence_below_a_byline_is_text(before: str) -> None:
    line = "The council has written the rules anew."
    byline = f"<p>Author: Ann Roe, Institute of Weirs<br>{line}</p>"
    found = article(f"<main>{TITLE}<div>{before}{byline}{paragraphs(LINES[1:])}</div></main>")
    assert line in found.text
    assert found.byline == "Author: Ann Roe, Institute of Weirs"
    assert found.authors[0].affiliations == ("Institute of Weirs",)


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_byline_in_two_elements_below_the_widgets(tag: str) -> None:
    byline = f"<{tag}>Author:</{tag}><{tag}>Ann Roe, Institute of Weirs</{tag}>"
    found = article(f"<main>{TITLE}<div>{BRIEF}{byline}{paragraphs(LINES[1:])}</div></main>")
    assert (found.text, found.byline) == (TEXT, "Author: Ann Roe, Institute of Weirs")


@pytest.mark.parametrize(
    "times",
    [
        "<time datetime='{0}'>4 March</time><time datetime='{1}'>Updated 9 March</time>",
        "<time datetime='{1}'>Updated 9 March</time><time datetime='{0}'>4 March</time>",
        "<time datetime='{0}'>4 March</time> <span>Updated: <time datetime='{1}'>9 March</time></span>",
    ],
)
def test_the_time_of_a_change_is_told_by_its_words(times: str) -> None:
    first, second = "2012-03-04T18:30:00+11:00", "2012-03-09T08:30:00+11:00"
    shown = times.format(first, second)
    found = article(f"<main>{TITLE}<p>{shown}</p><div>{BYLINE}{paragraphs(LINES)}</div></main>")
    assert (found.published_at, found.modified_at) == (first, second)


def test_where_figures_come_from_makes_no_caption_of_a_paragraph() -> None:
    line = "The harvest of salt fell by a tenth last year (source: Council of Masons)."
    found = article(f"<main>{TITLE}<div>{BYLINE}{paragraphs([line, *LINES])}</div></main>")
    assert found.text == f"{line}\n\n{TEXT}"
