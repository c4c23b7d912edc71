"""An invented journal on disk: article pages of a given weight, their sitemaps and robots.txt.

The pages are dressed as those of a WordPress site are: nearly half of the octets are inline styles,
scripts and linked data, a quarter are menus, lists and footers, the rest is an article of some
1,300 words. Every text is made from invented words; the same number always gives the same page.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

PER_SITEMAP = 1_000
FIRST_DAY = date(2012, 1, 1)
_SYLLABLES = "ba co di fe gu ha jo ki lu me na or pe qui ro sa tu ve wi xa yo zen".split()


@cache
def vocabulary() -> tuple[str, ...]:
    """3,000 invented words, the frequent ones first and short."""
    rng = random.Random(1)
    return tuple("".join(rng.choices(_SYLLABLES, k=1 + n // 800 + n % 3)) for n in range(3_000))


def prose(rng: random.Random, words: int) -> str:
    """Sentences of invented words, some frequent and most rare, as in any language."""
    known = vocabulary()
    chosen = [known[min(int(rng.paretovariate(0.55)) - 1, 2_999)] for _ in range(words)]
    return " ".join(w.capitalize() + "," * (n % 11 == 5) for n, w in enumerate(chosen)) + "."


def path_of(number: int) -> str:
    """The article's path, ``YYYY/MM/DD/slug``."""
    return f"{FIRST_DAY + timedelta(days=number // 4):%Y/%m/%d}/an-invented-article-{number}"


def page(number: int, size: int) -> bytes:
    """The article's page, of ``size`` octets or a few more."""
    rng = random.Random(number)
    when = f"{FIRST_DAY + timedelta(days=number // 4)}T08:00:00+10:00"
    title = prose(rng, 8).rstrip(".")
    head = (
        f'<!DOCTYPE html><html lang="en-AU"><head><meta charset="UTF-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><script type="application/ld+json">'
        f'{{"@context":"https://schema.org","@graph":[{{"@type":"Article","headline":"{title}",'
        f'"datePublished":"{when}","author":{{"@type":"Person","name":"Ada Invented"}}}}]}}'
        "</script>"
    )
    article = (
        f'<main><article class="post"><h1 class="entry-title">{title}</h1>'
        f'<p class="byline">Author: Ada Invented, University of Examplia</p>'
        f'<time datetime="{when}">Published</time><div class="entry-content">'
        + "".join(
            f'<p>{prose(rng, 70)} <a href="https://site.example/{n}/">{prose(rng, 3)}</a>'
            f" {prose(rng, 12)}</p>"
            for n in range(15 if size > 30_000 else 4)
        )
        + "</div></article></main>"
    )
    left = max(0, size - len(head) - len(article) - 60)
    styles = _until(left * 45 // 100, lambda n: _style(rng, n))
    scripts = _until(left * 15 // 100, lambda n: _script(rng, n))
    lists = _until(left - len(styles) - len(scripts), lambda n: _entry(rng, n))
    half = lists[: len(lists) // 2].rpartition("<li")[0]
    return (
        f"{head}<style>{styles}</style></head><body><nav><ul>{half}</ul></nav>{article}"
        f"<footer><ul>{lists[len(half) :]}</ul></footer><script>{scripts}</script></body></html>"
    ).encode()


def write_site(folder: Path, base_url: str, count: int, size: int) -> None:
    """``count`` articles of ``size`` octets below ``folder``, listed as Yoast lists them."""
    for number in range(count):
        target = folder / path_of(number) / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page(number, size))
    maps = range(0, count, PER_SITEMAP)
    for index, first in enumerate(maps, 1):
        entries = "".join(
            f"<url><loc>{base_url}{path_of(n)}/</loc><lastmod>{_lastmod(n)}</lastmod></url>"
            for n in range(first, min(first + PER_SITEMAP, count))
        )
        (folder / f"post-sitemap{index}.xml").write_text(_sitemap("urlset", entries))
    index_entries = "".join(
        f"<sitemap><loc>{base_url}post-sitemap{index}.xml</loc>"
        f"<lastmod>{_lastmod(min(first + PER_SITEMAP, count) - 1)}</lastmod></sitemap>"
        for index, first in enumerate(maps, 1)
    )
    (folder / "sitemap_index.xml").write_text(_sitemap("sitemapindex", index_entries))
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /wp-admin/\n")
    (folder / "index.html").write_text(
        "<!DOCTYPE html><title>All</title><ul>"
        + "".join(f'<li><a href="/{path_of(n)}/">{n}</a></li>' for n in range(count))
        + "</ul>"
    )


def _lastmod(number: int) -> str:
    return f"{FIRST_DAY + timedelta(days=number // 4)}T08:00:00+10:00"


def _sitemap(kind: str, entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{kind}>\n'
    )


def _until(size: int, make: object) -> str:
    pieces: list[str] = []
    length = 0
    while length < size:
        piece = make(len(pieces))  # type: ignore[operator]
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)


def _style(rng: random.Random, n: int) -> str:
    word = rng.choice(vocabulary())
    return (
        f".wp-block-{word}-{n}>.{word}{{margin:{rng.randint(0, 99)}px auto;"
        f"color:#{rng.randrange(1 << 24):06x};flex-basis:{rng.randint(1, 99)}%}}"
    )


def _script(rng: random.Random, n: int) -> str:
    word = rng.choice(vocabulary())
    return f'window.{word}=window.{word}||[];{word}.push(["{word}{n}",{rng.random():.6f}]);'


def _entry(rng: random.Random, n: int) -> str:
    word = rng.choice(vocabulary())
    return (
        f'<li id="menu-item-{n}" class="menu-item menu-item-type-post_type menu-item-{n}">'
        f'<a class="menu-link {word}" href="/category/{word}/{n}/"><img loading="lazy" alt=""'
        f' width="150" height="100" src="/wp-content/uploads/{word}-{n}-150x100.jpg">'
        f"{prose(rng, 5)}</a></li>"
    )
