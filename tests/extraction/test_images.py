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


SHORTPIXEL = "https://cdn.shortpixel.ai/spai/w_400+q_lossy+to_webp"
PATH = FILE.partition("/wp-content")[2]
OWN = f"{BASE}wp-content{PATH}"
CODED = FILE.replace(":", "%3A").replace("/", "%2F")


@pytest.mark.parametrize(
    ("wrapper", "file"),
    [
        (f"/wp-content/themes/x/timthumb.php?src=/wp-content{PATH}&amp;w=400", OWN),
        (f"/wp-content/themes/x/timthumb.php?src={FILE}&amp;w=400", FILE),
        (f"/_next/image?url={CODED}&amp;w=1080&amp;q=75", FILE),
        (f"{SHORTPIXEL}/{FILE}", FILE),
        (f"{SHORTPIXEL}/{FILE.removeprefix('https://')}", FILE),
        (f"https://sp-ao.shortpixel.ai/client/to_webp/{CODED}", FILE),
        (f"https://res.cloudinary.com/pier/image/fetch/w_400,q_auto/{FILE}", FILE),
        (f"https://b12.smushcdn.com/1234/wp-content{PATH}?lossy=1&amp;strip=1", OWN),
        # an address in an address that is no file of another's
        (f"{FILE}?url=/wp-content/uploads/other.jpg", f"{FILE}?url=/wp-content/uploads/other.jpg"),
        ("/card.php?title=pier.jpg", f"{BASE}card.php?title=pier.jpg"),
        ("/show.php?url=/pier/", f"{BASE}show.php?url=/pier/"),
        (f"https://pier.example/plan/{FILE}", f"https://pier.example/plan/{FILE}"),
    ],
)
def test_a_copy_that_a_script_or_a_service_makes_is_of_the_file(wrapper: str, file: str) -> None:
    assert pictures(f"<p><img src='{wrapper}'></p>") == [file]


def test_a_picture_in_a_box_about_another_article_is_not_this_ones() -> None:
    box = (
        "<div><h4>Read more</h4><a href='/2019/01/02/x/'><img src='/x-150x150.jpg'></a>"
        "<a href='/2019/01/02/x/'>What a reed costs</a></div>"
    )
    assert pictures(f"<p><img src='{FILE}'></p><p>{WORDS}</p>{box}") == [FILE]


def test_a_caption_in_a_gallery_is_its_own_pictures_alone() -> None:
    inner = (
        f"<figure><img src='{FILE}'><figcaption>A pier (Photo: AAP).</figcaption></figure>"
        "<figure><img src='/two.jpg'></figure>"
    )
    page = (
        f"<title>A pier</title><h1>A pier</h1><p>{WORDS}</p><figure>{inner}</figure><p>{WORDS}</p>"
    )
    article = read(page, URL)
    assert isinstance(article, Article)
    assert [image.caption for image in article.images] == ["A pier (Photo: AAP).", None]
