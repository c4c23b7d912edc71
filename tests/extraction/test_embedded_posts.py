"""Posts of social networks among the paragraphs: placeholders on the site, words elsewhere."""

from __future__ import annotations

import pytest
from site_truth import BASE, read

from eafarchive.config import load_profile
from eafarchive.extraction import Page, extract
from eafarchive.model import Article

URL = f"{BASE}2019/05/06/the-toll-of-the-three-weirs/"
WORDS = (
    "The three weirs took a toll of each barge that went down to the sea with barley, and the"
    " boatmen had paid it for so long that nobody could say who had been the first to ask for it."
)
POSTED = "The weirs are open again, and nobody asked us for a penny on the way down this morning."
NAME = "&mdash; Ann Roe (@annroe)"
POST = "https://twitter.com/annroe/status/112233445566"
POSTS = {
    "tweet": f"<p lang='en'>{POSTED}</p>{NAME} <a href='{POST}?ref_src=twsrc'>May 5, 2019</a>",
    "by a filter of paragraphs": f"<p>{POSTED}</p><p>{NAME} <a href='{POST}'>May 5, 2019</a></p>",
    "of the new name": f"<div><p>{POSTED}</p></div>{NAME} <a href='https://x.com/annroe/status/9'>x</a>",
    "handle in the link": f"<p>{POSTED}</p><p><a href='https://www.instagram.com/p/Bq1/'>A post shared by"
    " Ann (@annroe)</a> on May 5</p>",
    "blue": f"<p>{POSTED}</p>&mdash; Ann (<a href='https://bsky.app/profile/a.example'>@a.example</a>)"
    " <a href='https://bsky.app/profile/a.example/post/3kq'>May 5</a>",
}  # fmt: skip


def page(quotation: str) -> str:
    return (
        f"<html><body><article><h1>The toll of the three weirs</h1><div><p>{WORDS}</p>{quotation}"
        f"<p>{WORDS[:120]}, and so it stayed.</p><p>{WORDS[30:]}</p></div></article></body></html>"
    )


def article(quotation: str) -> Article:
    found = read(page(quotation), URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("kind", POSTS)
@pytest.mark.parametrize(
    "box", ["<blockquote>{}</blockquote>", "<div><blockquote class='q'>{}</blockquote></div>"]
)
def test_a_post_is_left_out_and_named(kind: str, box: str) -> None:
    found, plain = article(box.format(POSTS[kind])), article("")
    assert found.text == plain.text
    assert found.html == plain.html
    (warning,) = set(found.warnings) - set(plain.warnings)
    assert warning.startswith("left out, a post of another site: https://")


@pytest.mark.parametrize(
    "network", ["https://www.facebook.com/annroe/posts/123", "https://www.tiktok.com/@ann/video/12"]
)
def test_a_quotation_that_cites_a_post_is_one(network: str) -> None:
    found = article(
        f"<blockquote cite='{network}'><p>{POSTED}</p><p>Posted by Ann</p></blockquote>"
    )
    assert found.text == article("").text


@pytest.mark.parametrize(
    "quotation",
    [
        f"<blockquote><p>{POSTED}</p></blockquote>",
        f"<blockquote><p>{POSTED} <a href='{POST}'>So wrote a boatman</a></p></blockquote>",
        f"<blockquote cite='https://books.example/weirs'><p>{POSTED}</p></blockquote>",
        f"<p>{POSTED} {NAME} <a href='{POST}'>May 5, 2019</a></p>",
    ],
    ids=["quoted", "quoted with a link", "of a book", "in a paragraph"],
)
def test_what_the_article_quotes_itself_stays(quotation: str) -> None:
    assert POSTED in article(quotation).text


def test_the_words_of_a_post_are_in_the_text_of_any_other_page() -> None:
    found = extract(
        Page.from_html(
            page(f"<blockquote>{POSTS['tweet']}</blockquote>"), "https://paper.example/a"
        ),
        load_profile("generic"),
    )
    assert isinstance(found, Article)
    assert POSTED in found.text
