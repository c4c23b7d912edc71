"""Links to other articles among the last paragraphs: they go, and the paragraphs below them stay."""

from __future__ import annotations

import pytest

from eafarchive import Page, extract, load_profile
from eafarchive.model import Article

URLS = {
    "generic": "https://paper.example/2021/03/21/lamps",
    "wordpress": "https://paper.example/2021/03/21/lamps",
    "eastasiaforum": "https://eastasiaforum.org/2021/03/21/lamps/",
}
PROFILES = sorted(URLS)
TITLE = "The lamps of the old harbour"
PROSE = [
    f"The {n} lamp on the quay was lit by the keeper, who had carried the oil up from the boats,"
    " and the council counted it in the evening."
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
]
SHORT = "“It burns,” said the keeper."
PART = "Who pays for the oil"
HEADLINES = ("The museum keeps its tower open", "Ferry to the island runs again in spring")
LINKS = [f"<a href='/n/{at}'>{one}</a>" for at, one in enumerate(HEADLINES)]
LIST = "".join(f"<li>{one}</li>" for one in LINKS)


def read(lines: list[str], profile: str) -> str:
    """The text of a page with these lines, each a paragraph unless it has a tag of its own."""
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    html = (
        f"<html lang='en'><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1>"
        "<p class='q1'>By <a rel='author' href='/authors/ann-roe/'>Ann Roe</a></p>"
        f"<div class='q2'>{body}</div></article></main><footer><p>© The Paper</p></footer></body></html>"
    )
    found = extract(Page.from_html(html, URLS[profile], "text/html"), load_profile(profile))
    assert isinstance(found, Article)
    return found.text


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("left", [1, 2, 3])
@pytest.mark.parametrize(
    "label", ["<p><b>Read more</b></p>", "<p>See also:</p>", "<h3>Related stories</h3>"]
)
@pytest.mark.parametrize("items", [LIST, f"<li>{LINKS[0]}</li>"])
def test_paragraphs_below_a_labelled_list_are_the_articles(
    profile: str, left: int, label: str, items: str
) -> None:
    lines = [*PROSE[:-left], f"{label}<ul>{items}</ul>", *PROSE[-left:]]
    assert read(lines, profile) == "\n\n".join(PROSE)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_subheading_and_a_short_paragraph_below_such_a_list_are_the_articles(
    profile: str,
) -> None:
    links = f"<p><b>Read more:</b></p><ul>{LIST}</ul>"
    for own in (f"<h3>{PART}</h3>", SHORT):
        for at in (2, 5):
            lines = [*PROSE[:at], links, own, *PROSE[at:]]
            text = "\n\n".join(
                [*PROSE[:at], own.removeprefix("<h3>").removesuffix("</h3>"), *PROSE[at:]]
            )
            assert read(lines, profile) == text
    assert read([*PROSE, links, SHORT], profile) == "\n\n".join([*PROSE, SHORT])


@pytest.mark.parametrize("profile", PROFILES)
def test_what_follows_such_a_list_in_another_shape_is_no_paragraph_of_the_article(
    profile: str,
) -> None:
    links = f"<h3>Related stories</h3><ul>{LIST}</ul>"
    for other in (
        "<h3>More stories</h3><p>Nobody expected that the tower would ever be open again, said its keeper.</p>",
        "<p class='q7'>The harbour office wrote this page for all who sail, and nobody else may keep it.</p>",
        f"<div><p>{PROSE[0].replace('first', 'last')}</p></div>",
    ):
        assert read([*PROSE, links, other], profile) == "\n\n".join(PROSE)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "place", ["<strong>Oxfjord</strong> - ", "<span>OXFJORD, Nor. (NP) —</span>"]
)
def test_a_dateline_right_before_the_first_paragraph_is_the_articles(
    profile: str, place: str
) -> None:
    shown = place.removeprefix("<strong>").removeprefix("<span>").strip()
    shown = shown.replace("</strong>", "").removesuffix("</span>")
    assert read([place, *PROSE], profile) == "\n\n".join([shown, *PROSE])
    for other in ("<span>Oxfjord</span>", f"<div>{place}</div>", f"{place}<hr>"):
        assert "xfjord" not in read([other, *PROSE], profile).casefold()


LED = "".join(f"<p>{one}</p>" for one in LINKS)
CARD = "<div><div><h3><a href='/n/9'>{}</a></h3></div><div><p>{}</p></div></div>"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "box",
    [
        f"<p><strong>Read more:</strong></p>{LED}",
        f"<p>READ ALSO:</p><p>{LINKS[0]}</p>",
        f"<p><b>Pročitajte još:</b></p>{LED}",
        f"<div><p><a href='/n/1'><i>{HEADLINES[0]}</i></a></p></div>",
        f"<div><table><tr><td>{LINKS[0].replace('/n', 'https://www.{host}/n')}</td></tr></table></div>",
        CARD.format(*HEADLINES),
        "<div><h3><a href='/g'>Fotogalerie</a></h3><a href='/g'><img src='/x.jpg'></a></div>",
        f"<div><div><a href='/n/1'><img src='/b.jpg'></a><a href='/n/1'>{HEADLINES[0]}</a></div></div>",
    ],
    ids=[
        "labelled",
        "one",
        "croatian",
        "italics",
        "cell",
        "card",
        "gallery",
        "picture",
    ],
)
def test_what_leads_on_to_other_articles_is_no_text(profile: str, box: str) -> None:
    host = URLS[profile].split("/")[2]
    for at in (1, 3, 5):
        lines = [*PROSE[:at], box.replace("{host}", host), *PROSE[at:]]
        assert read(lines, profile) == "\n\n".join(PROSE)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "own",
    [
        f"<p>The lists of the council:</p>{LED}",
        f"<p>Read more:</p><p>{LINKS[0]} is what the museum said, and nobody in the town believed it.</p>",
        f"<div><p><a href='https://elsewhere.example/n'>{HEADLINES[0]}</a></p></div>",
        f"<div><p><a href='/files/lamps.pdf'>{HEADLINES[0]}</a></p></div>",
        f"<div><p><a href='/n/1'>{HEADLINES[0]}.</a></p></div>",
        f"<div><h3><a href='/n/9'>{HEADLINES[0]}</a></h3><p>It had been shut for a winter.</p></div>",
        f"<p>({LINKS[0]})</p>",
        f"<ul>{LIST.replace('</a>', '</a>, of which nobody had heard')}</ul>",
        f"<blockquote><p>{HEADLINES[0]}</p></blockquote>",
    ],
)
def test_what_looks_like_it_and_is_the_articles_own_stays(profile: str, own: str) -> None:
    text = read([*PROSE[:3], own, *PROSE[3:]], profile)
    assert all(line in text for line in (*PROSE, HEADLINES[0]))


@pytest.mark.parametrize("profile", PROFILES)
def test_such_a_box_may_stand_over_a_subheading_or_between_a_texts_pieces(profile: str) -> None:
    lone = f"<div class='k1'><p><a href='/n/1'>{HEADLINES[0]}</a></p></div>"
    part = f"<div class='k2'><h3>{PART}</h3></div>"
    found = read([*PROSE[:3], lone, part, *PROSE[3:]], profile)
    assert found == "\n\n".join([*PROSE[:3], PART, *PROSE[3:]])
    pieces = [
        f"<div class='k3'>{''.join(f'<p>{one}</p>' for one in some)}</div>"
        for some in (PROSE[:3], PROSE[3:])
    ]
    card = CARD.format(*HEADLINES).replace("<div>", "<div class='k4'>", 1)
    assert read([pieces[0], card, pieces[1]], profile) == "\n\n".join(PROSE)
    wrapped = [f"<div class='k1'><p>{one}</p></div>" for one in PROSE]
    kept = read([*wrapped[:3], lone, *wrapped[3:]], profile)
    assert (HEADLINES[0] in kept) == (profile == "eastasiaforum")


@pytest.mark.parametrize("profile", PROFILES)
def test_many_such_cards_are_the_article(profile: str) -> None:
    cards = [
        CARD.format(f"The {n} lamp and its keeper", f"It is the {n} of all, and was lit first.")
        for n in ("north", "south", "east", "west")
    ]
    lines = [line for pair in zip(PROSE, cards, strict=False) for line in pair]
    text = read([*lines, PROSE[-1]], profile)
    assert all(
        f"It is the {n} of all, and was lit first." in text
        for n in ("north", "south", "east", "west")
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_a_malformed_address_among_works_that_an_author_names_is_passed_over(profile: str) -> None:
    works = "<ul><li>Roe, A. <a href='http://[oil/1'>The oil of the old harbours</a></li></ul>"
    assert read([*PROSE, "<h2>References</h2>", works], profile).startswith("\n\n".join(PROSE))


@pytest.mark.parametrize("at", [0, 3, 6], ids=["over", "amid", "below"])
@pytest.mark.parametrize("how", ["/{}/", "/{}", "?lang={}"])
@pytest.mark.parametrize("profile", PROFILES)
def test_links_to_the_article_in_other_languages_are_none_of_its_words(
    profile: str, at: int, how: str
) -> None:
    own = URLS[profile].rstrip("/")
    links = " ".join(
        f"<a href='{own}{how.format(code)}'>{name}</a>"
        for code, name in {"ja": "日本語", "zh": "中文", "id": "Bahasa Indonesia"}.items()
    )
    line = f"<div class='q9'><span>Read this article in:</span> {links}</div>"
    assert read([*PROSE[:at], line, *PROSE[at:]], profile) == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "line",
    [
        "The keeper wrote it in <a href='/2021/03/21/lamps/ja/'>Japanese</a>, and nobody read it.",
        "What was written of it: <a href='/2019/01/02/wicks/'>wicks</a>, <a href='/o/'>oil</a>",
        "<h2><a href='jp/'>Japan</a></h2>",
        "<h2><a href='id/'>Indonesia</a></h2>",
        "<ul><li><a href='id/'>Indonesia</a> has more of them</li></ul>",
        "<ul><li><a href='cn/'>China</a></li><li><a href='jp/'>Japan</a></li></ul>",
        "This is also to be had in <a href='/2021/03/21/lamps/ja/'>Japanese</a>",
    ],
)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_line_with_a_link_to_another_language_stays(profile: str, line: str) -> None:
    found = read([*PROSE[:3], line, *PROSE[3:]], profile)
    assert len(found) > len("\n\n".join(PROSE))
