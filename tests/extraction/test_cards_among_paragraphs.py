"""Pages of no known site: cards of other articles among the paragraphs, galleries, polls, and sentences shown twice.

SYNTHETIC pages: invented text, class names that nobody uses.
"""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

HEADLINE = "The ferry that nobody took to the island"
LINK = f"<a href='/ferry'>{HEADLINE}</a>"
EXCERPT = "The ferry came back without its captain, and nobody asked where he had been all winter."
FILLING = (
    "The oil stood in the customs house until the spring, and the keeper had the only key to it."
)
CAPTION = "Keepers carry the oil up from the boats."
VOTES = "".join(f"<li>{one}<button>Vote</button></li>" for one in ("Yes, every night", "No"))


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='k1'><span>Mirá también</span><h3>{LINK}</h3><p>{EXCERPT}</p></div>",
        f"<div class='k1'><div>You might also like</div><div><a>{HEADLINE}</a><p>{EXCERPT}</p></div></div>",
        f"<div class='k1'><div class='k2'>{LINK}<p>{EXCERPT}</p></div></div>",
        f"<section class='k1'><h4>Noticia relacionada</h4><ul><li>{LINK}<span>Ann Roe</span></li></ul></section>",
        f"<div class='k1'><h4>More on this story</h4>{LINK}<br>{LINK}</div>",
        f"<figure><video></video><div>{HEADLINE}</div><div>{CAPTION}</div></figure>",
        f"<div class='k1'><div><h3>PHOTOS: {HEADLINE}</h3><span>1 / 12</span><div>{CAPTION}</div></div></div>",
        f"<div class='k1'><h3>Poll</h3><p>Would you carry the oil?</p><ul>{VOTES}</ul></div>",
        f"<p><b>Video above: {HEADLINE}</b></p>",
        f"<p><b>WATCH BELOW: {HEADLINE}</b></p>",
        f"<p><b>Zobacz wideo</b> {HEADLINE}</p>",
    ],
    ids="label unlinked bare author lines player gallery poll above below wideo".split(),
)  # fmt: skip
def test_a_card_among_the_paragraphs_goes_with_its_words(box: str) -> None:
    assert read(page(box)).text == PLAIN


def test_a_card_without_a_heading_among_paragraphs_in_boxes() -> None:
    card = f"<div class='k1'><div class='k2'>{LINK}<p>{EXCERPT}</p></div></div>"
    boxes = [f"<div class='t1'><p>{line}</p></div>" for line in PROSE]
    html = page().replace("".join(f"<p>{line}</p>" for line in PROSE), "".join(boxes))
    assert read(html.replace(boxes[3], card + boxes[3])).text == PLAIN


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (f"<div class='k1'><h3>Who pays</h3><p>{EXCERPT}</p></div>", EXCERPT),
        (f"<div class='k1'><span>Who pays</span><p>{EXCERPT}</p></div>", EXCERPT),
        (f"<div class='k1'>{LINK}<p>{PROSE[0]} {EXCERPT} {PROSE[1]}</p></div>", EXCERPT),
        (f"<div class='k1'><div><h3>Oil</h3><span>1 / 2</span><p>{PROSE[0]} {EXCERPT} {PROSE[1]}</p></div></div>", EXCERPT),
        (f"<div class='k1'><h3>Oil</h3><ul>{VOTES.replace('Vote', '')}</ul></div>", "Yes, every night"),
    ],
)  # fmt: skip
def test_a_box_of_the_articles_stays(box: str, said: str) -> None:
    assert said in read(page(box)).text


def test_boxes_that_are_counted_one_by_one_stay() -> None:
    boxes = "".join(
        f"<div class='k1'><h3>{line[4:20]}</h3><span>{n} / 3</span><div>{line}</div></div>"
        for n, line in enumerate((EXCERPT, CAPTION, HEADLINE + " is lost."), start=1)
    )
    assert all(line in read(page(boxes)).text for line in (EXCERPT, CAPTION))


def test_a_summary_by_a_machine_over_the_text_and_a_caption_in_a_list_of_terms() -> None:
    told = "内容由AI生成,可能与原文真实意图存在偏差。"
    over = f"<div class='k1'><div>AI总结</div><p>{EXCERPT}</p><p>{told}</p></div>"
    for box in (
        "<img src='/a.jpg'><dl><dd>{}</dd></dl>",
        "<dl><dt><img src='/a.jpg'></dt><dd>{}</dd></dl>",
    ):
        shown = f"<div class='k2'>{box.format(CAPTION)}</div>"
        assert read(page(first=over + shown)).text == PLAIN
        assert read(page(first=shown)).text == PLAIN


def test_a_caption_in_a_line_with_its_picture() -> None:
    shown = f"<div class='k2'><img src='/a.jpg'><span class='k3'>{CAPTION}</span></div>"
    found = read(page(shown))
    assert found.text == PLAIN
    assert found.images[0].caption == CAPTION
    for own in ("<div><img src='/a.jpg'>{}</div>", "<p><img src='/a.jpg'><span>{}</span></p>"):
        assert CAPTION in read(page(own.format(CAPTION))).text


@pytest.mark.parametrize(("size", "is_caption"), [("12px", True), ("18px", False)])
def test_a_centred_line_in_smaller_letters_under_a_picture(size: str, *, is_caption: bool) -> None:
    box = "<section{}><span style='font-size:{}'>{}</span></section>"
    centre = " style='text-align: center'"
    lines = [box.format("", "15px", line) for line in PROSE]
    shown = f"<section{centre}><img src='/a.jpg'></section>{box.format(centre, size, CAPTION)}"
    html = f"<title>The lamps go out</title><div><h1>The lamps go out</h1><div>{''.join([*lines[:3], shown, *lines[3:]])}</div></div>"
    assert (CAPTION not in read(html).text) is is_caption
    assert PROSE[2] in read(html).text


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote>{}</blockquote>",
        "<blockquote class='k1'><p>{}</p></blockquote>",
        "<p class='k1'>{}</p>",
    ],
)
def test_a_long_sentence_that_a_quotation_says_again(quote: str) -> None:
    lines = [*PROSE[:3], f"{EXCERPT} {CAPTION}", FILLING, *PROSE[3:]]

    def said(among: str) -> str:
        found = read(page(f"<p>{EXCERPT} {CAPTION}</p><p>{FILLING}</p>{among}"))
        return str(found.text)

    assert said(quote.format(EXCERPT)) == "\n\n".join(lines)
    part = EXCERPT.partition(", ")[2]
    assert said(quote.format(part)).count(part) == 2
    assert said(f"<p>So it was told:</p>{quote.format(EXCERPT)}").count(EXCERPT) == 2
