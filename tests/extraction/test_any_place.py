"""Pages of no known site: bodies in places and under names that mislead."""

from __future__ import annotations

import pytest
from test_any_page import LINKS, PLAIN, PROSE, read

from eafarchive.extraction.document.encoding import decode
from eafarchive.model import Article

HEAD = "<title>The lamps go out | Paper</title>"
TITLE = "<h1>The lamps go out</h1>"
PARTS = [f"<p>{line}</p>" for line in PROSE]


def test_what_goes_on_under_the_name_of_the_first_part_is_no_chrome_either() -> None:
    parts = "".join(
        f"<section class='part part--ads' id='n{n}'>{p}</section>" for n, p in enumerate(PARTS)
    )
    found = read(f"{HEAD}<article>{TITLE}{parts}<div class='ads'><p>{PROSE[0]}</p></div></article>")
    assert found.text == PLAIN


def test_comments_under_a_short_article_are_not_its_going_on() -> None:
    comments = "".join(f"<div class='comment'>{part}</div>" for part in PARTS[1:4])
    found = read(f"{HEAD}<div>{TITLE}{PARTS[0]}{PARTS[4]}<div>{comments}</div></div>")
    assert found.text == f"{PROSE[0]}\n\n{PROSE[4]}"


def test_a_page_builder_calls_all_parts_of_a_body_widgets() -> None:
    widgets = "".join(
        f"<div class='elementor-element elementor-widget elementor-widget-{kind}'>"
        f"<div class='elementor-widget-container'>{inner}</div></div>"
        for kind, inner in (
            *(("text-editor", part) for part in PARTS[:3]),
            ("heading", "<h2>On the pier</h2>"),
            *(("text-editor", part) for part in PARTS[3:]),
            ("posts", f"<ul>{LINKS}</ul>"),
        )
    )
    wrap = f"<div class='elementor-column'><div class='elementor-widget-wrap'>{widgets}</div></div>"
    found = read(f"{HEAD}<header>{TITLE}</header>{wrap}")
    assert found.text == "\n\n".join([*PROSE[:3], "On the pier", *PROSE[3:]])


@pytest.mark.parametrize(
    "between",
    [
        "<div class='sidebar'><h3>Follow us</h3><h4><a href='/f'>Feed</a></h4></div>",
        "<div class='k1'><h5>Filed under</h5><a href='/c/lamps'>Lamps</a></div>",
        "<div class='k1'><h3>The lamps go out</h3></div>",
    ],
    ids=["a sidebar's", "a label", "the title's"],
)
def test_a_heading_that_is_chrome_does_not_make_few_words_another_article(between: str) -> None:
    found = read(f"{HEAD}<div>{TITLE}{between}<div class='k2'>{PARTS[0]}</div></div>")
    assert isinstance(found, Article)
    assert found.text.endswith(PROSE[0])


@pytest.mark.parametrize(
    "menu",
    [
        "<ul><li><a href='/login'>Log in</a></li><li><a href='/register'>Register</a></li></ul>",
        "<div hidden><h2>Log in</h2></div>",
    ],
    ids=["link", "hidden"],
)
def test_a_menu_refuses_nobody(menu: str) -> None:
    assert read(f"{HEAD}{menu}{TITLE}{''.join(PARTS[:2])}").text == f"{PROSE[0]}\n\n{PROSE[1]}"
    refused = read(f"{HEAD}<h2>Log in</h2>{TITLE}{''.join(PARTS[:2])}")
    assert not isinstance(refused, Article)


@pytest.mark.parametrize(
    ("title", "is_refused"),
    [
        ("You searched for “lamps” – Paper", True),
        ("Search results for ‘lamps’", True),
        ("This content isn’t available right now", True),
        ("Before you continue to Paper", True),
        ("Search results and what they hide", False),
        ("This page of history is not available to the young", False),
        ("Before you proceed with a lamp, light it", False),
    ],
)
def test_a_title_that_stands_in_an_articles_place(title: str, *, is_refused: bool) -> None:
    found = read(f"<title>{title}</title><article><h1>{title}</h1>{''.join(PARTS)}</article>")
    assert isinstance(found, Article) is not is_refused


@pytest.mark.parametrize(
    "body",
    ["<div class='entry-content'>{}</div>", "<article itemprop='articleBody'>{}</article>"],
    ids=["class", "property"],
)
def test_a_marked_body_is_believed_to_its_end(body: str) -> None:
    inner = "".join(f"<div>{line}</div>" for line in PROSE[:4])
    rest = f"<div>{PROSE[4]}</div><div>In short: dark.</div><div>{PROSE[5]}</div>"
    found = read(
        f"{HEAD}<article>{TITLE}{body.format(f'<div>{inner}</div>{rest}')}<div><div>Lamps, pier</div>"
        f"<ul>{LINKS}</ul></div></article>"
    )
    assert found.text == "\n\n".join([*PROSE[:5], "In short: dark.", PROSE[5]])


def test_a_body_may_stand_before_its_heading() -> None:
    found = read(
        f"{HEAD}<h2>Paper</h2><article class='post'><div class='entry-content'>{''.join(PARTS)}</div>"
        f"<div><h2>Read also</h2><ul>{LINKS}</ul></div><div class='entry-meta'>{TITLE}</div></article>"
    )
    assert (found.title, found.text) == ("The lamps go out", PLAIN)


def test_a_page_that_was_saved_in_utf_8_is_in_it_whatever_its_meta_element_says() -> None:
    text = "<meta charset=iso-8859-15><p>São João, à noite</p>"
    assert decode(text.encode(), None)[:3] == (text, "utf-8", "utf-8")
    assert decode(text.encode("iso-8859-15"), None)[:3] == (text, "iso8859-15", "meta")
    assert decode(text.encode(), "text/html; charset=latin1").source == "http"


def test_a_front_page_that_all_articles_say_they_are_is_none_of_them() -> None:
    story = f"{TITLE}{''.join(PARTS)}"
    front = "<meta property='og:url' content='https://paper.example/'>"
    kind = "<meta property='og:type' content='article'>"
    assert not isinstance(read(f"{HEAD}{front}{story}"), Article)
    assert read(f"{HEAD}{front}{kind}{story}").url == "https://paper.example/2021/03/lamps"
    nowhere = "<link rel='canonical' href='https://.paper.example/'>"
    assert read(f"{HEAD}{nowhere}{story}").url == "https://paper.example/2021/03/lamps"


def test_words_beside_a_player_are_an_article() -> None:
    player = "<h2>Listen</h2><iframe src='/player'></iframe>"
    found = read(f"{HEAD}<div>{TITLE}{player}{''.join(PARTS[:4])}</div>")
    assert found.text == "\n\n".join(PROSE[:4])


@pytest.mark.parametrize("href", ["/", "https://paper.example/", "index.html", "./"])
def test_a_heading_that_leads_home_is_the_sites_name(href: str) -> None:
    site = f"<h1><a href='{href}'>The Old Harbour Paper</a></h1>"
    found = read(
        f"<title>The Old Harbour Paper</title>{site}<h3>The lamps go out</h3>{''.join(PARTS)}"
    )
    assert (found.title, found.text) == ("The lamps go out", PLAIN)
    itself = f"<h1><a href='/2021/03/lamps'>The lamps go out</a></h1>{''.join(PARTS)}"
    assert read(f"<title>The Old Harbour Paper</title>{itself}").title == "The lamps go out"


@pytest.mark.parametrize("box", ["<div class='k5'>{}</div>", "{}"], ids=["boxed", "bare"])
@pytest.mark.parametrize("at", [1, 3, len(PARTS) - 1])
def test_a_list_of_other_articles_between_wrapped_paragraphs_ends_none(box: str, at: int) -> None:
    others = box.format(f"<h4>Related</h4><ul>{LINKS}</ul>")
    wrapped = [f"<div class='tb'>{part}</div>" for part in PARTS]
    text = "".join(wrapped[:at]) + others + "".join(wrapped[at:])
    found = read(f"{HEAD}<main>{TITLE}<div class='k2'>{text}</div></main>")
    assert found.text == PLAIN


def test_teasers_below_a_list_of_other_articles_are_not_its_going_on() -> None:
    teasers = "".join(
        f"<div><h4><a href='/t{n}'>What the pier cost</a></h4>{part}</div>"
        for n, part in enumerate(PARTS[:3])
    )
    wrapped = "".join(f"<div>{part}</div>" for part in PARTS)
    others = f"<h4>Related</h4><ul>{LINKS}</ul>{teasers}"
    assert read(f"{HEAD}<main>{TITLE}<div>{wrapped}{others}</div></main>").text == PLAIN


def test_a_list_of_other_articles_between_deck_and_text_ends_nothing() -> None:
    deck = f"<p class='deck'>{PROSE[0][:90]}.</p>"
    others = f"<div class='k5'><h4>Related</h4><ul>{LINKS}</ul></div>"
    text = f"<div class='article-body'>{''.join(PARTS)}</div>"
    assert read(f"{HEAD}<article>{TITLE}{deck}{others}{text}</article>").text == PLAIN


def test_a_text_that_begins_in_an_element_named_a_teaser() -> None:
    begins = f"<div class='teaser-content'>{''.join(PARTS[:3])}</div>"
    goes_on = f"<div class='rest-content'>{''.join(PARTS[3:])}</div>"
    other = f"<div class='teaser'><h4><a href='/t'>The pier</a></h4>{PARTS[0]}</div>"
    assert read(f"{HEAD}<article>{TITLE}{begins}{goes_on}{other}</article>").text == PLAIN


@pytest.mark.parametrize("names", ["", " class='chapter'"])
def test_chapters_with_a_heading_over_each_but_the_first(names: str) -> None:
    first = f"<section{names}><div class='k2'>{''.join(PARTS[:3])}</div></section>"
    second = (
        f"<section{names}><h2>On the pier</h2><div class='k2'>{''.join(PARTS[3:])}</div></section>"
    )
    found = read(f"{HEAD}<article>{TITLE}{first}{second}</article>")
    assert found.text == "\n\n".join([*PROSE[:3], "On the pier", *PROSE[3:]])


def test_another_article_under_its_own_heading_is_no_chapter() -> None:
    own, other = (
        f"<article class='a'><h1>{title}</h1><div class='k2'>{''.join(parts)}</div></article>"
        for title, parts in (("The lamps go out", PARTS), ("What the pier cost", PARTS[:2]))
    )
    assert read(f"{HEAD}<main>{own}{other}</main>").text == PLAIN
