"""Pages of no known site: what of the words in a body is its own, told by box, name and address."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

PICTURE = "<img src='/pier.jpg' alt=''>"
SHORT = "The pier on the first night without lamps"


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id='comments-on-the-lamps'>{}</h2>",
        "<h3 id='nav_related'>{}</h3>",
        "<h3 class='story-sub-headline'>{}</h3>",
        "<h2 class='subtitle'>{}</h2>",
        "<h4 class='c-SubHead' id='share'>{}</h4>",
    ],
)
def test_a_heading_among_paragraphs_is_the_articles(heading: str) -> None:
    found = read(page(heading.format("Comments on the lamps")))
    assert found.text == "\n\n".join([*PROSE[:3], "Comments on the lamps", *PROSE[3:]])


@pytest.mark.parametrize("heading", ["<h2 class='subtitle'>{}</h2>", "<h2 class='deck'>{}</h2>"])
def test_a_deck_is_no_heading_among_paragraphs(heading: str) -> None:
    assert read(page(first=heading.format("Nobody lights them"))).text == PLAIN


def test_what_calls_itself_more_than_a_subheading_is_no_heading_of_the_articles() -> None:
    assert (
        read(page("<h3 class='newsletter-title'>The harbour in your letter box</h3>")).text == PLAIN
    )


@pytest.mark.parametrize(
    "among",
    [
        "<div class='x-Author_Info'><p>Ann Roe</p><p>Writes about harbours.</p></div>",
        "<div class='video-resource'><div class='video-resource__headline'>The pier at night</div></div>",
        "<a-collapse class='inline-textbox'><h2>Issue 7</h2><p>This article is from the issue.</p></a-collapse>",
        "<blockquote class='instagram-media'><p>Ein Beitrag geteilt von Ann (@ann)</p></blockquote>",
        "<div class='d-none d-print-block'>Printed from the Paper on the pier.</div>",
        "<p><a href='#contents'>Back to the contents</a></p>",
    ],
    ids=["author", "video", "box", "embedded", "printed", "to the top"],
)  # fmt: skip
def test_what_stands_among_the_words_and_is_none_of_them(among: str) -> None:
    assert read(page(among)).text == PLAIN


def test_a_notes_mark_stays() -> None:
    note = "<ol><li><a href='#back'>The register</a> of lamps, 1921.</li></ol>"
    assert read(page(note)).text.count("The register of lamps, 1921.") == 1


@pytest.mark.parametrize(
    "end",
    [
        "<div>More information: A. Roe et al. Lamps and piers, Annals of Light (2021).</div>",
        "<div>Citation: The lamps go out (2021, March 5) retrieved 6 March 2021 from /lamps</div>",
        "<p>Provided by University of Oxfjord</p>",
        "<p>Explore further</p><p><a href='/ferry'>The ferry that nobody took to the island</a></p>",
    ],
)
def test_what_a_magazine_of_science_adds(end: str) -> None:
    assert read(page().replace("</div></article>", f"{end}</div></article>")).text == PLAIN


@pytest.mark.parametrize(
    "box",
    [
        "<div class='k1'><a href='/p'>{}</a><p>{}</p></div>",
        "<div class='k1'><div>{}</div><div class='k2'><div>{}.</div><div>Photograph by A. Roe, Oxfjord Press Club</div></div></div>",
    ],
    ids=["paragraph", "with a credit"],
)  # fmt: skip
def test_a_few_words_in_a_pictures_box_are_its_caption(box: str) -> None:
    found = read(page(box.format(PICTURE, SHORT)))
    assert found.text == PLAIN
    assert (found.images[0].caption or "").rstrip(".") == SHORT


@pytest.mark.parametrize(
    "among",
    [
        f"<div><div>{PICTURE}</div><p>{SHORT}</p><p>{PROSE[0]}</p></div>",
        f"<div>{PICTURE}<h3>{SHORT}</h3></div>",
        "".join(f"<div class='item'>{PICTURE}<p>{line}</p></div>" for line in PROSE),
    ],
    ids=["with the text", "heading", "an article of pictures"],
)
def test_words_beside_a_picture_that_are_no_caption(among: str) -> None:
    found = read(page(among))
    assert SHORT in found.text or found.text.count(PROSE[0]) == 2


@pytest.mark.parametrize(
    ("words", "caption"),
    [
        (SHORT, SHORT),
        (f"{SHORT}.", None),
        ("Time: 25 minutes<br>Makes: 40", None),
    ],
)
def test_a_line_without_a_stop_between_the_first_picture_and_the_text(
    words: str, caption: str | None
) -> None:
    found = read(page(first=f"<p>{PICTURE}</p><p>{words}</p>"))
    assert found.images[0].caption == caption
    assert found.text.startswith(PROSE[0]) is (caption is not None)


def test_a_source_and_a_date_on_two_lines_over_the_text() -> None:
    line = "<div>The Associated Press<br>Published Monday, March 4, 2024 8:22AM EST</div>"
    picture = f"<div class='top'><p>{PICTURE}The pier in a file picture, taken when all the lamps still burned on it.</p></div>"
    for above in ("", picture):
        html = page().replace("<div class='story'>", f"{above}<div><div class='story'>{line}")
        assert read(html.replace("</article>", "</div></article>")).text == PLAIN


LINE = (
    "The register of lamps was lent to the school in the autumn, and came back without its cover."
)


@pytest.mark.parametrize(
    "word",
    [
        "<x-source kind='a'><a href='/1'>register</a></x-source>",
        "<b><x-term>register</x-term></b>",
        "<a href='/1'>register</a><span class='rollover-term-block'><b>A book</b> of lamps</span>",
        "register<span class='tooltip__content'> A book in which lamps are written down.</span>",
    ],
)
@pytest.mark.parametrize("tag", ["p", "li", "div"])
def test_a_word_that_is_explained_parts_no_line(word: str, tag: str) -> None:
    words = LINE.replace("register", word)
    line = f"<ul><li>{words}</li></ul>" if tag == "li" else f"<{tag}>{words}</{tag}>"
    expected = f"- {LINE}" if tag == "li" else LINE
    assert read(page(line)).text == "\n\n".join([*PROSE[:3], expected, *PROSE[3:]])


def test_an_element_of_the_sites_own_that_holds_paragraphs_is_a_block() -> None:
    among = f"<div>{LINE} <x-box><p>{PROSE[0]}</p><p>{PROSE[1]}</p></x-box></div><x-line>{LINE}</x-line>"
    found = read(page(among))
    assert found.text == "\n\n".join([*PROSE[:3], LINE, *PROSE[:2], LINE, *PROSE[3:]])


@pytest.mark.parametrize(
    "line",
    ["<strong>On the pier</strong>", "<div class='pf_subheadline'>On the pier</div>"],
    ids=["bold", "named"],
)
def test_a_heading_that_is_marked_as_none(line: str) -> None:
    assert read(page(line)).text == "\n\n".join([*PROSE[:3], "On the pier", *PROSE[3:]])


def test_a_few_words_among_paragraphs_that_are_no_heading() -> None:
    assert read(page("On the pier <b>and off</b> it")).text == PLAIN
    assert read(page("<div>On the pier</div>")).text == PLAIN


def test_a_label_over_links_that_lead_away_goes_with_them() -> None:
    links = f"<ul><li><h4><a href='/1'>{SHORT}</a></h4></li></ul>"
    assert read(page(f"<h4>More:</h4>{links}")).text == PLAIN
    assert "More of it" in read(page(f"<h4>More of it</h4>{links}")).text


def test_a_caption_in_a_centred_box_that_names_its_source_with_a_link() -> None:
    box = f"<center>{PICTURE}<br><br><em>{SHORT} via <a href='/x'>the Press</a></em></center>"
    found = read(page(box))
    assert (found.text, found.images[0].caption) == (PLAIN, f"{SHORT} via the Press")


@pytest.mark.parametrize(
    "label",
    [
        "Διαβάστε επίσης", "Citește și", "Kapcsolódó cikkek", "Související články", "Prečítajte si aj", "Свързани новини",
        "Pročitajte još", "Loe lisaks", "Lasi arī", "Taip pat skaitykite", "Relaterte saker", "ये भी पढ़ें", "আরও পড়ুন",
        "மேலும் படிக்க", "یہ بھی پڑھیں", "بیشتر بخوانید", "เรื่องที่เกี่ยวข้อง", "Soma zaidi", "Đọc thêm", "קראו עוד",
    ],
)  # fmt: skip
def test_other_articles_in_other_languages(label: str) -> None:
    links = (
        "<a href='/1'>The ferry that nobody took</a><br><a href='/2'>The last lamp of the pier</a>"
    )
    assert read(page(f"<p>{label}<br>{links}</p>")).text == PLAIN
    items = f"<ul><li>{links.replace('<br>', '</li><li>')}</li></ul>"
    assert read(page(f"<div><h3>{label}</h3>{items}</div>")).text == PLAIN
    sentence = f"{label}, wrote the keeper over a list of lamps that had gone out in the autumn."
    assert sentence in read(page(f"<p>{sentence}</p>")).text


def test_soft_hyphens_are_no_part_of_words() -> None:
    head = "<meta property='og:title' content='The harbour lamps go out'>"
    html = page(
        "<p>The co&shy;un&#173;ting of\u00ad the <b>har&shy;bour</b> <a href='/x'>lam&shy;ps</a>.</p>",
        head=head,
    )
    found = read(html.replace("<h1>The lamps", "<h1>The har&shy;bour lamps"))
    assert found.title == "The harbour lamps go out"
    assert "The counting of the harbour lamps." in found.text
    assert "<b>" not in found.html
    assert "The counting of the <strong>harbour</strong>" in found.html
    assert found.links[0].text == "lamps"
