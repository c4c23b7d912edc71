"""Notices that stand in an article's place, and articles about the like, which are none."""

import json

import pytest

from eafarchive.config import load_profile
from eafarchive.extraction import Page, extract
from eafarchive.model import Article, NotAnArticle

EAF = load_profile("eastasiaforum")
URL = "https://eastasiaforum.org/2019/05/06/harbour-towns-weigh-the-price-of-growth/"
PROSE = "The harbour towns of the outer islands weigh what growth has cost them, and who paid. " * 3


def read(title: str, *lines: str, head: str = "", url: str = URL) -> Article | NotAnArticle:
    words = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<!doctype html><title>{title}</title>{head}<h1>{title}</h1><div>{words}</div>"
    return extract(Page.from_html(html.encode(), url), EAF)


NOTICES = [
    "Making sure you&#39;re not a bot!",
    "Just a moment...",
    "Attention Required! | Cloudflare",
    "Performing security verification",
    "Vercel Security Checkpoint",
    "ERROR: The request could not be satisfied",
    "Request Rejected",
    "Human Verification",
    "Error 1020",
    "Web server is down Error code 521",
    "eastasiaforum.org | 522: Connection timed out",
    "503 Backend fetch failed",
    "404 - File or directory not found.",
    "SORRY!",
    "Oops! Something went wrong",
    "Sorry, the page you asked for cannot be found",
    "Technical difficulties",
    "We are experiencing technical difficulties",
    "Your browser is not supported",
    "JavaScript is required",
    "Welcome to Airport Free WiFi",
    "Guest WiFi Login",
    "eastasiaforum.org",
    "This domain is for sale",
    "Site under construction",
    "The site is temporarily unavailable",
    "Site is undergoing maintenance",
    "Account disabled",
    "Test Page for the Apache HTTP Server",
    "Subscribers only",
    "Age verification",
    "We use cookies",
    "Unavailable for legal reasons",
    "访问被拒绝",
    "安全验证",
    "网站维护中",
    "アクセスが制限されています",
    "ただいまメンテナンス中です",
    "페이지를 찾을 수 없습니다",
    "Доступ к сайту ограничен",
    "Технические работы",
    "Internet Positif",
    "Best winnings for new players",  # of a site broken into: no word of the address in it
]


@pytest.mark.parametrize("title", NOTICES)
@pytest.mark.parametrize("lines", [(PROSE,), (PROSE,) * 5], ids=["a line", "some lines"])
def test_a_notice_is_no_article(title: str, lines: tuple[str, ...]) -> None:
    found = read(title, *lines)
    assert isinstance(found, NotAnArticle), found
    assert found.is_blocked


@pytest.mark.parametrize(
    "line",
    [
        "Reference #18.2d351ab8.1557333295.a4e16ab",
        "The requested URL was rejected. Please consult with your administrator.",
        "If you are the owner of this website, please contact your hosting provider",
        "This domain is for sale. Buy this domain. Its owner asks 2500 for it.",
        "The site is experiencing technical difficulties. Please try again later.",
        "You have reached your limit of free articles this month. Subscribe now.",
        "In order to continue, we need to verify that you're not a robot.",
        "您的访问请求可能对网站造成安全威胁，请求已被阻断。",
    ],
)
def test_a_line_that_refuses_under_the_article_s_own_title(line: str) -> None:
    found = read("Harbour towns weigh the price of growth", line)
    assert isinstance(found, NotAnArticle), found
    assert found.is_blocked


SUBJECTS = [
    "Access denied to the harbours of the north",
    "500 days of war and the price of rice",
    "404 villages and no road",
    "Attention required on the river border",
    "Are you a robot? Captchas and their discontents",
    "Something went wrong with the rice reform",
    "Sorry, the harbour is not enough",
    "Technical difficulties in trade talks persist",
    "Under maintenance: an alliance in need of repair",
    "We will be back: farmers and their debts",
    "Cookies, passwords and the price of privacy",
    "Login with a thumb: a registry of a billion",
    "The server is down in the ministry of trade",
    "Too many requests for too few visas",
    "Not found: the missing islands of the survey",
    "Members only? The club of the rich grows",
    "Error 404 democracy not found",
    "Order 522: the decree that closed the ports",
    "Доступ к порту ограничен: что дальше",
    "访问被拒绝的渔民",
    "アクセス制限の時代",
    "404 not found: the vanished scholars of the delta",
    "This site has been suspended by the ministry, and what followed",
    "Redirecting what is spent on the ports",
    "Please wait",
    "Protected area",
    "The alliance is under maintenance",
]
TOLD = {
    "byline": ("", "Author: Mira Tanaka, Lakeside University"),
    "date": ("<meta property=article:published_time content=2019-05-06T00:00:00+10:00>", ""),
}


def test_an_error_of_the_server_s_program() -> None:
    html = (
        b"<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function lamp() in /x.php"
    )
    found = extract(Page.from_html(html, URL), EAF)
    assert isinstance(found, NotAnArticle), found
    assert found.is_blocked


@pytest.mark.parametrize("title", SUBJECTS)
@pytest.mark.parametrize("told", TOLD)
def test_an_article_about_such_pages_is_one(title: str, told: str) -> None:
    head, byline = TOLD[told]
    for count in (1, 5):
        found = read(title, byline, *[PROSE] * count, head=head)
        assert isinstance(found, Article), found


@pytest.mark.parametrize("title", ["Access denied", "Forbidden", "Sorry", "Coming soon"])
def test_a_title_that_metadata_confirms_is_an_article_s(title: str) -> None:
    data = {"@type": "NewsArticle", "headline": title, "datePublished": "2019-05-06"}
    head = f"<script type=application/ld+json>{json.dumps(data)}</script>"
    assert isinstance(read(title, *[PROSE] * 2, head=head), Article)
    assert isinstance(read(title, *[PROSE] * 2), NotAnArticle)


@pytest.mark.parametrize(
    "title", ["Members only", "Security check", "Coming soon", "One more step", "Not acceptable"]
)
def test_a_title_that_the_address_has_is_an_article_s_over_enough_prose(title: str) -> None:
    url = f"https://eastasiaforum.org/2019/05/06/{title.lower().replace(' ', '-')}/"
    lines = (TOLD["byline"][1], *[PROSE] * 5)
    assert isinstance(read(title, *lines, url=url), Article)
    assert isinstance(read(title, *lines[:2], url=url), NotAnArticle)
    assert isinstance(read(title, *lines), NotAnArticle)
    assert isinstance(read(title, *lines[1:], url=url), NotAnArticle)


def test_a_short_letter_about_such_pages_is_one() -> None:
    letter = (
        "“Access denied,” said the page, and then asked me to verify that I was a human.",
        "Something went wrong, it said on Monday; on Tuesday it was under maintenance.",
        "Please enable cookies, it says today. I would rather read the paper.",
    )
    byline = "Author: Mira Tanaka, Lakeside University"
    found = read("A letter from behind the wall", byline, *letter)
    assert isinstance(found, Article)
    assert found.text == "\n\n".join(letter)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (f"<link rel=canonical href='{URL}'>", URL),
        ("", "https://eastasiaforum.org/2019/05/06/winners-and-players/"),
        ("", "https://eastasiaforum.org/2019/05/06/1234/"),
        ("<meta property=article:published_time content=2019-05-06>", URL),
    ],
    ids=["canonical", "slug", "number", "date"],
)
def test_a_short_article_that_nobody_signed_is_one(head: str, url: str) -> None:
    assert isinstance(read("Best winnings for new players", PROSE, head=head, url=url), Article)


@pytest.mark.parametrize(
    ("title", "day", "is_other"),
    [
        ("Best winnings for new players", "2018-01-02", True),
        ("Best winnings for new players", "2019-05-08", False),
        ("Harbours, and what they cost", "2018-01-02", False),
        ("Winnings", "2018-01-02", False),
    ],
)
def test_a_page_of_another_day_and_title_is_another_article_s(
    title: str, day: str, *, is_other: bool
) -> None:
    head = f"<meta property=article:published_time content={day}T00:00:00+10:00>"
    found = read(title, "Author: Mira Tanaka, Lakeside University", *[PROSE] * 5, head=head)
    assert isinstance(found, NotAnArticle) is is_other
    assert isinstance(read(title, PROSE, head=f"{head}<link rel=canonical href='{URL}'>"), Article)
