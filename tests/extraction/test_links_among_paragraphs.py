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
