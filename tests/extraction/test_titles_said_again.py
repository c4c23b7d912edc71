"""Titles that a line among the paragraphs repeats, where the heading above them has other words."""

from __future__ import annotations

from typing import Any

import pytest
from test_any_page import PLAIN, PROSE, URL

from eafarchive import Page, extract, load_profile

TOLD = "Harbour lamps: the oil runs out"
PARTS = [f"<p>{line}</p>" for line in PROSE]
KICKER = f"<h1><span>The council:</span> <span>{TOLD}</span></h1>"
OTHER = "<h1>Who carries the oil to the lamps this winter</h1>"
CAPTION = f"<figure><img src='/a.jpg' width=900 height=500><figcaption>{TOLD}</figcaption></figure>"
PLAYER = f"<div><p>{TOLD}</p><audio src='/a.mp3'></audio></div>"
VIDEO = f"<div><video src='/a.mp4'></video><h2>{TOLD}</h2></div>"


def read(body: str, profile: str = "generic", site: str = "Paper") -> Any:
    html = (
        f"<html><head><title>{TOLD} | {site}</title><meta property='og:title' content='{TOLD}'>"
        f"</head><body><main><article>{body}</article></main></body></html>"
    )
    return extract(Page.from_html(html, URL, "text/html"), load_profile(profile))


@pytest.mark.parametrize("profile", ["generic", "wordpress"])
@pytest.mark.parametrize("top", [KICKER, OTHER, f"<h1>The council: {TOLD}</h1>"])
@pytest.mark.parametrize("again", [CAPTION, PLAYER, VIDEO, f"<p><strong>{TOLD}</strong></p>"])
def test_a_line_among_the_paragraphs_is_not_the_title(top: str, again: str, profile: str) -> None:
    body = "".join([*PARTS[:3], again, *PARTS[3:]])
    found = read(f"{top}<p>By Ann Roe</p><div class='q'>{body}</div>", profile)
    assert found.text.replace(f"{TOLD}\n\n", "") == PLAIN


def test_a_heading_that_is_the_title_to_the_letter_is_no_part_s_heading() -> None:
    again, other = f"<div><h4>{TOLD}</h4></div>", "<h4>Harbour lamps</h4>"
    body = "".join([*PARTS[:2], again, PARTS[2], other, *PARTS[3:]])
    found = read(f"{KICKER}<div class='q'>{body}</div>")
    assert found.text == "\n\n".join([*PROSE[:3], "Harbour lamps", *PROSE[3:]])


def test_a_heading_of_half_its_words_over_paragraphs_is_the_title_and_no_later_one() -> None:
    boxes = [f"<div class='box'><div>{one}<i></i></div></div>" for one in PARTS]
    body = "".join([*boxes[:3], f"<div><h3>{TOLD}</h3></div>", *boxes[3:]])
    found = read(f"<h1>Oil for harbour lamps runs short</h1>{body}")
    assert found.text.replace(f"{TOLD}\n\n", "") == PLAIN


@pytest.mark.parametrize("section", ["Harbour", "Lamps of the pier and of the boats"])
def test_a_section_s_name_over_teasers_is_not_the_title(section: str) -> None:
    teasers = "".join(f"<div class='t'><p>{line} Read on.</p></div>" for line in PROSE[:2])
    found = read(f"<h1>{section}</h1>{teasers}<div><h2>{TOLD}</h2>{''.join(PARTS)}</div>")
    assert (found.title, found.text) == (TOLD, PLAIN)


def test_a_title_in_a_line_of_its_own_below_a_summary_is_the_title() -> None:
    lead = f"<p>{PROSE[0]}</p>"
    found = read(f"<div>{lead}<div><b>{TOLD}</b></div>{''.join(PARTS[1:])}</div>")
    assert (found.title, found.text) == (TOLD, "\n\n".join(PROSE[1:]))


@pytest.mark.parametrize(
    ("site", "head"),
    [
        ("Harbour lamps weekly", "<h1>The Harbour Lamps Weekly</h1>"),
        ("Paper", "<h1>Harbour watch</h1>"),
        ("Paper", ""),
    ],
)
@pytest.mark.parametrize("tag", ["h2", "p"])
@pytest.mark.parametrize("profile", ["generic", "wordpress"])
def test_what_a_site_says_of_itself_over_a_title_with_a_byline_is_no_text(
    site: str, head: str, tag: str, profile: str
) -> None:
    about = "".join(f"<p>{line}</p>" for line in PROSE[:2])
    title = f"<{tag}>{TOLD}</{tag}><p>By Ann Roe</p>"
    found = read(f"<div>{head}{about}{title}{''.join(PARTS[2:])}</div>", profile, site)
    assert (found.title, found.byline) == (TOLD, "By Ann Roe")
    assert found.text == "\n\n".join(PROSE[2:])


@pytest.mark.parametrize(
    ("site", "name"), [("Harbour lamps and oil", "Harbour Lamps Weekly"), ("Paper", "Harbour")]
)
def test_a_site_s_name_is_no_title_of_what_has_its_words(site: str, name: str) -> None:
    about = "".join(f"<p>{line}</p>" for line in PROSE[:2])
    text = "".join(PARTS[2:])
    found = read(f"<div><h1>{name}</h1>{about}<h2>{TOLD}</h2>{text}</div>", site=site)
    assert (found.title, found.text) == (TOLD, "\n\n".join(PROSE[2:]))


def test_paragraphs_of_a_header_are_not_those_under_an_article_s_title() -> None:
    about = "".join(f"<p>{line}</p>" for line in PROSE[:2])
    header = f"<header><h1>Harbour lamps and oil</h1>{about}</header>"
    found = read(f"{header}<div><h2>{TOLD}</h2>{''.join(PARTS)}</div>")
    assert (found.title, found.text) == (TOLD, PLAIN)
