"""A page's address: what it calls itself, and whether that is an article's."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from eafarchive.extraction.document.linked_data import is_article
from eafarchive.extraction.document.page import Page, host_of, resolve
from eafarchive.extraction.lines.dates import parse_date
from eafarchive.permalinks import date_parts, lowered, match_article, plain_path
from eafarchive.profile import Profile

_EDITION = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+")
"""What stands before a host's name for another edition of the same pages."""


class Address(NamedTuple):
    """What a page calls itself."""

    url: str
    stray: str | None = None
    """What it says it is, and is not believed: on its host, but no article's address."""
    elsewhere: str | None = None
    """What it says it is, and is not believed: at another's host."""


def find_address(page: Page, profile: Profile) -> Address:
    """The canonical URL that the page names, if it is on a host of the profile; else its own.

    Without hosts any of its site will do, but not the front page's in all articles: RFC 6596
    section 3 lets it be another host's, but what anybody may say of somebody is no evidence of what
    they have published. A copy's address says whose it is, as archives' and caches' do. What
    was asked for as an article is not called by a listing's address, be it named in every page: one
    record would be that of them all.
    """
    named = page.first_meta("og:url")
    strays: list[str] = []
    elsewhere: str | None = None
    for url in (page.canonical, resolve(page.url, named[0]) if named else None):
        if url is None:
            continue
        host = host_of(url)
        if host in profile.hosts or not (profile.hosts or _is_wrong(url, host, page)):
            if not (profile.hosts or _is_of_site(host, page.url)):
                elsewhere = elsewhere or url
            elif not _is_stray(url, page.url, profile):
                return Address(url.partition("#")[0])
            else:
                strays.append(url)
    return Address(page.url, strays[0] if strays else None, elsewhere)


def _is_of_site(host: str, asked: str) -> bool:
    """Whether what was asked for is on the host, on one above or below it, or names it: as
    ``/web/2016/https://paper.example/`` of an archive, or ``paper-example.cache.example``.
    """
    parts = urlsplit(asked)
    if parts.netloc == host:
        return True
    own, bare = (_EDITION.sub("", one.lower()) for one in (parts.netloc, host))
    if own == bare or own.endswith(f".{bare}") or bare.endswith(f".{own}"):
        return True
    dashed = bare.replace("-", "--").replace(".", "-")
    return re.search(
        rf"(?:^|[/.:=]){re.escape(bare)}(?:[/:?&#]|$)", f"{parts.path}?{parts.query}"
    ) is not None or dashed in own.removeprefix("www-").split(".")


def _is_stray(named: str, asked: str, profile: Profile) -> bool:
    is_front = not path_of(named) and "?" not in named
    return not is_front and is_article_path(asked, profile) and not is_article_path(named, profile)


def _is_wrong(url: str, host: str, page: Page) -> bool:
    """Whether there is no such host, or an article says that it is the front page."""
    if not all(host.split(".")):
        return True
    if path_of(url) or "?" in url:
        return False
    kind = page.first_meta("og:type")
    return (kind is not None and kind[0] == "article") or any(map(is_article, page.nodes))


def path_of(url: str) -> str:
    """The URL's path in one spelling and in lower case, without its last slash."""
    return lowered(plain_path(urlsplit(url).path))


def is_article_path(url: str, profile: Profile) -> bool:
    """Whether the profile takes the URL's path for an article's."""
    pattern = profile.article_path
    return pattern is None or match_article(plain_path(urlsplit(url).path), pattern) is not None


def is_another(asked: str, named: str, profile: Profile) -> bool:
    """Whether the page asked for as an article names another article, or the front page.

    Where the profile does not say what an article's path is, only the front page is told apart.
    """
    path = path_of(named)
    if profile.article_path is None:
        return not path and bool(path_of(asked)) and "?" not in asked
    if not is_article_path(asked, profile):
        return False
    return path != path_of(asked) and (not path or is_article_path(named, profile))


def date_in(url: str, profile: Profile) -> str | None:
    """The date in the URL's path as ``YYYY-MM-DD``, if it has one that exists."""
    parts = date_parts(plain_path(urlsplit(url).path), profile.article_path)
    if not {"year", "month", "day"} <= parts.keys():
        return None
    return parse_date(f"{parts['year']}-{parts['month']}-{parts['day']}")
