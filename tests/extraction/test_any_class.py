"""Pages of no known site whose class names say nothing: what their build tells instead."""

from __future__ import annotations

import pytest
from test_any_page import PLAIN, PROSE, page, read

SHOWN = "The keeper of the pier counts the lamps by hand, as his mother did before the war."


@pytest.mark.parametrize(
    "inside",
    [
        f"<figure><img src='/f.jpg'><div><div>{SHOWN}</div></div></figure>",
        f"<figure><div><img src='/f.jpg'></div><p>{SHOWN}</p><span>(Ann Roe)</span></figure>",
        f"<div><section><img src='/f.jpg'></section><div>{SHOWN} {SHOWN}</div></div>",
        f"<the-promo><div><div>{SHOWN}</div></div></the-promo>",
        f"<div><h3>Most read in harbour news</h3><p><a href='/n'>{SHOWN}</a></p></div>",
    ],
    ids=["figure", "figure of parts", "long caption", "tag", "most read"],
)
def test_what_stands_beside_the_text(inside: str) -> None:
    assert read(page(inside)).text == PLAIN


@pytest.mark.parametrize(
    "inside",
    [
        f"<figure><blockquote><p>{SHOWN}</p></blockquote></figure>",
        f"<figure><img src='/f.jpg'><table><tr><td>{SHOWN}</td><td>1</td></tr></table></figure>",
        f"<div>{SHOWN}</div><div>{SHOWN} more</div>",
        f"<the-lamp><p>{SHOWN}</p></the-lamp>",
        f"<p>{SHOWN}</p><p><img src='/f.jpg'></p>",
    ],
    ids=["quotation", "table", "twice", "tag", "over a picture"],
)
def test_what_only_looks_like_that_stays(inside: str) -> None:
    assert SHOWN in read(page(inside)).text


def test_a_heading_that_calls_itself_related_ends_what_its_words_end() -> None:
    card = f"<div><img src='/f.jpg'><p><a href='/s'>Mail</a></p><p>{SHOWN} {PROSE[0]}</p></div>"
    others = f"<div><h3 class='relatedtitle'>You might like</h3>{card * 5}</div>"
    found = read(page().replace("</div></article>", f"</div>{others}</article>"))
    assert found.text == PLAIN


def test_readers_comments_are_told_by_their_votes() -> None:
    comment = f"<div><b>kalle</b><div>2 days ago at 07:52 am</div><div>{SHOWN}</div>"
    comments = "".join(f"{comment}<div>Rating: {n} Votes</div></div>" for n in (36, 25, 7))
    below = f"<div><h2>Top Rated Comments</h2>{comments}</div>"
    assert read(page().replace("</div></article>", f"{below}</div></article>")).text == PLAIN


def test_the_way_to_the_page_is_not_its_text() -> None:
    way = "<p><a href='/'>Harbour</a> » <a href='/l'>Lamps</a> » The lamps go out</p>"
    assert read(page(first=way)).text == PLAIN
