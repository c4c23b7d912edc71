"""What the worker process costs: seconds a page in it, over the plain call's (goal: at most 1.10).

Run as ``python bench/sandbox.py``. Plain calls and the worker's take turns, and the medians are
compared, so that a busy machine slows both alike.
"""

from __future__ import annotations

import statistics
import time

from eafarchive.config import load_profile
from eafarchive.extraction import Page, extract
from eafarchive.sandbox import Extractor

PAGES = 300
SIZE = 100_000
URL = "https://eastasiaforum.org/2016/06/02/an-invented-article/"
CONTENT_TYPE = "text/html; charset=UTF-8"


def invented_page(size: int) -> bytes:
    """A page of about ``size`` octets: half of it menus and lists, half an invented article."""
    link = '<li class="item"><a class="link" href="/{0}/">An invented entry, number {0}</a></li>'
    words = "The invented council of Examplia agreed once more to meet again in the spring. " * 6
    paragraph = f'<p>{words}<a href="https://site.example/{{0}}/">One link</a> more.</p>'
    menu = "".join(link.format(n) for n in range(size // 2 // len(link)))
    body = "".join(paragraph.format(n) for n in range(size // 2 // len(paragraph)))
    return (
        "<!DOCTYPE html><html lang=en><head><title>An invented article</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>An invented article</h1>"
        f'<time datetime="2016-06-02T00:00:00+10:00">2 June 2016</time><div>{body}</div>'
        "</article></main></body></html>"
    ).encode()


def main() -> None:
    """Prints the two medians and their ratio."""
    profile = load_profile("eastasiaforum")
    html = invented_page(SIZE)
    plain: list[float] = []
    apart: list[float] = []
    with Extractor((profile,)) as extractor:
        extractor.read(html, URL, CONTENT_TYPE, (profile,))
        for _ in range(PAGES):
            began = time.perf_counter()
            extract(Page.from_html(html, URL, CONTENT_TYPE), profile)
            between = time.perf_counter()
            extractor.read(html, URL, CONTENT_TYPE, (profile,))
            plain.append(between - began)
            apart.append(time.perf_counter() - between)
    here, there = statistics.median(plain), statistics.median(apart)
    print(f"{len(html)} octets: plain {here * 1e3:.3f} ms, worker {there * 1e3:.3f} ms a page")
    print(f"ratio {there / here:.3f} (goal: at most 1.10)")


if __name__ == "__main__":
    main()
