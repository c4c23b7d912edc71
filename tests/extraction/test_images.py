"""Which file a picture is: the real one, however small a copy the page shows."""

from __future__ import annotations

import pytest
from site_truth import BASE, read

from eafarchive.model import Article

URL = f"{BASE}2019/03/04/a-pier-is-mended/"
WORDS = "The pier was mended in the spring, and the ferrymen came back to it one by one. " * 4
FILE = "https://www.eastasiaforum.org/wp-content/uploads/2019/03/pier.jpg"
SMALL = FILE.replace(".jpg", "-300x200.jpg")
TIMBER = FILE.replace(".jpg", "-1024x682-c-default.webp")


def pictures(markup: str) -> list[str]:
    page = f"<title>A pier is mended</title><h1>A pier is mended</h1>{markup}<p>{WORDS}</p>"
    article = read(page, URL)
    assert isinstance(article, Article)
    return [picture.url for picture in article.images]


@pytest.mark.parametrize(
    ("markup", "file"),
    [
        (f"<p><a href='{FILE}'><img src='{SMALL}'></a></p>", FILE),
        (f"<p><a href='{FILE}'><span><img data-src='{TIMBER}' src='data:,'></span></a></p>", FILE),
        (f"<p><a href='/2019/03/04/pier/'><img src='{SMALL}'></a></p>", SMALL),
        (f"<p><a href='https://shop.example/pier.jpg'><img src='{SMALL}'></a></p>", SMALL),
        (f"<p><a><img src='{TIMBER}'></a></p>", TIMBER),
    ],
)
def test_a_link_to_the_file_itself_names_it(markup: str, file: str) -> None:
    assert pictures(markup) == [file]
