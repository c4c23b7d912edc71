"""Pages that say they are at another's host: mirrors and look-alikes, archives and caches."""

from __future__ import annotations

import pytest

from eafarchive.config import load_profile
from eafarchive.extraction import Page, extract
from eafarchive.model import Article

PLAIN = load_profile("generic")
PATH = "/2016/06/02/lamps-go-out/"
OWN = f"https://paper.example{PATH}"
PROSE = "The lamps along the coast went out one after another, and nobody lit them again. " * 4


def read(asked: str, named: str = OWN, head: str = "") -> Article:
    html = (
        f"<!doctype html><title>Lamps go out</title><link rel=canonical href='{named}'>{head}"
        f"<meta property=og:site_name content='The Paper'><h1>Lamps go out</h1>{f'<p>{PROSE}</p>' * 5}"
    )
    found = extract(Page.from_html(html.encode(), asked), PLAIN)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "host", ["paper-dev.example", "paper.example.net", "notpaper.example", "127.0.0.1:8000"]
)
def test_a_look_alike_is_not_whom_it_names(host: str) -> None:
    asked = f"https://{host}{PATH}"
    found = read(asked)
    assert (found.url, found.publisher, found.url_date) == (asked, None, "2016-06-02")
    assert found.warnings == (f"the page says that it is {OWN}, which is another's host",)


@pytest.mark.parametrize(
    "asked",
    [
        f"https://archive.example/web/2016060200/{OWN}",
        f"https://cache.example/c/s/paper.example{PATH}",
        f"https://cache.example/search?q=cache:{OWN}",
        f"https://paper-example.cache.example{PATH}?_x_tr_sl=en",
        f"https://www-paper-example.translate.example{PATH}",
        f"http://amp.paper.example{PATH}",
        f"https://www.paper.example{PATH}?utm_source=x",
        f"https://news.paper.example{PATH}",
    ],
)
def test_a_copy_whose_address_names_the_host_is_the_host_s(asked: str) -> None:
    found = read(asked)
    assert (found.url, found.publisher, found.warnings) == (OWN, "The Paper", ())


def test_another_witness_of_its_own_host_is_heard() -> None:
    asked = "https://daily.example/lamps"
    found = read(f"{asked}?x=1", head=f"<meta property=og:url content='{asked}'>")
    assert (found.url, found.publisher) == (asked, "The Paper")
