"""Words of an article that stand or read as chrome does, and stay; all pages are invented."""

from __future__ import annotations

import pytest

from eafarchive import Article, Page, extract, load_profile

PROSE = "<p>The keepers of lamp {0} met at the harbour, and left for the pier in the evening.</p>"
TEXT = "".join(PROSE.format(word) for word in range(1, 11))
LONG = (
    "The {0} step is to mend the pier, which the harbour could pay for out of what it now sends to"
    " the capital each spring, and gets no lamp for in return."
)
MIDDLE, END = 0, 1
PAGES = {
    "a box at the end that speaks of us": (
        END,
        (
            "<section><h2>What now</h2><p>In the end it is ours to choose. What your children see"
            " depends on whether the lamps are lit, and on who is made to pay for the oil.</p>"
            "<p><a href=/report>The whole of the report</a></p></section>"
        ),
        ("it is ours to choose",),
    ),
    "a section over a button": (
        END,
        (
            f"<section><h2>What to do</h2><p>{LONG.format('first')}</p><p>{LONG.format('next')}</p>"
            "<button>Subscribe</button></section>"
        ),
        ("The first step", "The next step"),
    ),
    "a sentence in italics after a label": (
        MIDDLE,
        (
            "<p><em>Background: In 1960 the keepers signed a treaty on the lamps, which"
            " <a href=https://law.example/t>binds them all</a> to keep the pier open.</em></p>"
        ),
        ("Background: In 1960", "to keep the pier open"),
    ),
    "a list of names that lead to pages": (
        MIDDLE,
        (
            "<ul><li><a href=/bodies/lamps>The Lamp Board of 1931</a></li>"
            "<li><a href=/bodies/oil>The Provincial Oil Office</a></li></ul>"
        ),
        ("The Lamp Board of 1931", "The Provincial Oil Office"),
    ),
    "a list with a button to share each": (
        MIDDLE,
        (
            "<div><p>The keepers had three demands.</p><ul>"
            "<li>Less to pay for oil <button>Share</button></li>"
            "<li>A fund for the pier <button>Share</button></li></ul></div>"
        ),
        ("three demands", "A fund for the pier"),
    ),
}


@pytest.mark.parametrize("profile", ["generic", "wordpress", "eastasiaforum"])
@pytest.mark.parametrize("kind", PAGES)
def test_words_stay(kind: str, profile: str) -> None:
    place, piece, words = PAGES[kind]
    text = TEXT + piece + (PROSE.format("last") if place == MIDDLE else "")
    found = _extract(f"<p class=byline>By Ann Roe</p>{text}", profile)
    for some in words:
        assert some in found.text


def test_an_anecdote_at_the_end_is_no_note() -> None:
    end = (
        "<p>Siti Rahma, a teacher at the village school, is one of those who left.</p>"
        "<p>Nobody knows how many will come back.</p>"
    )
    found = _extract(TEXT + end, "eastasiaforum")
    assert found.text.endswith("Nobody knows how many will come back.")
    assert not found.authors


def _extract(text: str, profile: str) -> Article:
    html = f"<title>Lamps</title><article><h1>Who pays for the lamps</h1>{text}</article>"
    url = "https://eastasiaforum.org/2016/06/02/who-pays-for-the-lamps/"
    found = extract(Page.from_html(html.encode(), url, "text/html"), load_profile(profile))
    assert isinstance(found, Article), found
    return found
