"""Sentences and headings of an article that stand where captions, notes and teasers do.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_calls_and_columns import NOTE, PARAGRAPHS, PLAIN, PROSE, read

PICTURE = "<p><img src='/weir.jpg'></p>"
FIGURE = "<figure><img src='/mill.jpg'><figcaption>The mill by night</figcaption></figure>"
PLACED = "The bargain was struck over two long nights in a mill near Dili, Indonesia."


def test_a_first_sentence_that_ends_in_a_place_is_the_texts_below_a_byline() -> None:
    byline = "<p>Author: Ann Roe, Example University</p>"
    found = read("".join([PICTURE, byline, f"<p>{PLACED}</p>", *PARAGRAPHS]), byline="")
    assert found.text == f"{PLACED}\n\n{PLAIN}"


def test_several_sentences_under_a_picture_are_the_texts_though_they_end_in_a_place() -> None:
    more = f"Nobody else had been asked about that. {PLACED}"
    assert read("".join([PICTURE, f"<p>{more}</p>", *PARAGRAPHS])).text == f"{more}\n\n{PLAIN}"
    caption = "The keepers were never asked about that. Dili, Indonesia."
    found = read("".join([PICTURE, f"<p>{caption}</p>", *PARAGRAPHS]))
    assert (found.text, found.images[0].caption) == (PLAIN, caption)


def test_a_sentence_under_a_picture_is_no_caption_where_others_have_elements_for_theirs() -> None:
    line = f"<p>{PLACED}</p>"
    found = read("".join([PICTURE, line, *PARAGRAPHS[:3], FIGURE, *PARAGRAPHS[3:]]))
    assert found.text == f"{PLACED}\n\n{PLAIN}"
    assert read("".join([PICTURE, line, *PARAGRAPHS])).images[0].caption == PLACED
    apart = f"<p class='k3'>{PLACED}</p>"
    found = read("".join([PICTURE, apart, *PARAGRAPHS[:3], FIGURE, *PARAGRAPHS[3:]]))
    assert found.images[0].caption == PLACED


@pytest.mark.parametrize(
    "line",
    [
        "This report was commissioned by the Weir Fund.",
        "This speech was delivered on 4 May 2018.",
        "This paper first appeared in The Valley Post.",
        "This review has been edited for length.",
        "This work was supported by a grant of the Weir Fund.",
        "This analysis was first published here.",
        "Translated from Japanese by Bo Moe.",
        "Translated by the author.",
        "This article was commissioned by a fund that has no say in it.",
    ],
)
def test_an_article_that_is_a_report_may_say_so_below_its_text(line: str) -> None:
    found = read("".join([*PARAGRAPHS[:7], f"<p>{line}</p>", PARAGRAPHS[7]]))
    assert (found.text, found.notes, found.author_note) == (PLAIN, (line,), NOTE)


def test_a_paragraph_may_have_the_words_of_the_title() -> None:
    found = read("".join([*PARAGRAPHS[:3], "<p>The weir.</p>", *PARAGRAPHS[3:]]))
    assert found.text == "\n\n".join([*PROSE[:3], "The weir.", *PROSE[3:]])
    assert read("".join(["<h2>The Weir</h2>", *PARAGRAPHS])).text == PLAIN
    assert read("".join([*PARAGRAPHS[:3], "<p>The weir</p>", *PARAGRAPHS[3:]])).text == PLAIN


@pytest.mark.parametrize("tag", ["h2", "h3", "h4", "h5", "h6"])
def test_linked_headings_over_paragraphs_are_the_articles_at_any_level(tag: str) -> None:
    def read_with(*heads: str) -> str:
        lines = [line for pair in zip(heads, PARAGRAPHS[3:], strict=False) for line in pair]
        return read("".join([*PARAGRAPHS[:3], *lines, *PARAGRAPHS[3 + len(heads) :]])).text

    out = f"<{tag}><a href='https://mill.example/plan'>The plan of the mill</a></{tag}>"
    assert "The plan of the mill" in read_with(out)
    own = [f"<{tag}><a href='/2018/05/0{n}/m/'>The {n}. mill</a></{tag}>" for n in (1, 2)]
    assert "The 1. mill" in read_with(*own)
    assert "The 2. mill" in read_with(*own)


def test_a_small_heading_that_leads_to_another_article_is_none_of_the_text() -> None:
    teaser = "<h4><a href='/2018/05/01/m/'>The mill that nobody sold</a></h4>"
    assert read("".join([*PARAGRAPHS[:3], teaser, *PARAGRAPHS[3:]])).text == PLAIN


def test_a_line_about_members_amid_a_text_that_goes_on_does_not_end_it() -> None:
    line = "This article is for members of the party who never saw the weir."
    found = read("".join([*PARAGRAPHS[:3], f"<p>{line}</p>", *PARAGRAPHS[3:]]))
    assert found.text == "\n\n".join([*PROSE[:3], line, *PROSE[3:]])
    wall = "<p>Are you already a member? <a href='/login'>Log in</a></p>"
    assert read("".join([*PARAGRAPHS[:3], wall, *PARAGRAPHS[3:]])).text == PLAIN


def test_a_wall_over_a_little_of_the_text_ends_it() -> None:
    wall = "<p>This article is available for subscribers only, as all of them are.</p>"
    offer = "<p>Read all that we write about weirs, mills and rivers, on any day of the year.</p>"
    plain = "\n\n".join(PROSE[:3])
    assert read("".join([*PARAGRAPHS[:3], wall, offer])).text == plain
    assert read("".join([*PARAGRAPHS[:3], wall, f"<div>{''.join(PARAGRAPHS)}</div>"])).text == plain


def test_short_lines_in_a_row_between_paragraphs_are_verses() -> None:
    lines = ["The tide came in", "The tide went out again", "And nobody had seen it"]
    boxes = "".join(f"<div>{line}</div>" for line in lines)
    amid = "\n\n".join([*PROSE[:3], *lines, *PROSE[3:]])
    assert read("".join([*PARAGRAPHS[:3], boxes, *PARAGRAPHS[3:]])).text == amid
    for other in (
        boxes.replace("<div>", "<div class='k3'>"),
        boxes.replace("The tide", "<a href='/tide/'>The tide</a>"),
        f"<div>{boxes}</div>",
        "<div>The tide came in</div>",
    ):
        assert read("".join([*PARAGRAPHS[:3], other, *PARAGRAPHS[3:]])).text == PLAIN
