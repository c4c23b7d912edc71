"""S20: whatever a page holds, the record's HTML runs nothing: a sanitiser and a browser say so."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import nh3
import pytest
from selectolax.lexbor import LexborHTMLParser
from xss import VECTORS

from eafarchive.extraction import Page, extract
from eafarchive.model import Article
from eafarchive.profile import Profile

SENTENCE = "The invented harbour was counted twice, and nobody could say why it was empty. "
PARAGRAPH = f"<p>{SENTENCE * 3}</p>"
URL = "https://site.example/2016/06/02/slug/"
SITE = Profile(name="site", hosts=("site.example",))
WRAPPINGS = {
    "in a paragraph": f"<p>{SENTENCE}%s {SENTENCE}</p>",
    "between paragraphs": "%s",
    "in a list": f"<ul><li>{SENTENCE}%s<li>{SENTENCE}</ul>",
    "in a table": f"<table><tr><td>{SENTENCE}<td>%s</table>",
    "in a quotation": f"<blockquote><p>{SENTENCE}%s</blockquote>",
    "in a heading": f"<h2>{SENTENCE}%s</h2>",
    "in preformatted text": f"<pre>{SENTENCE}%s</pre>",
    "in a caption": "<figure><img src=/a.jpg alt=a><figcaption>A harbour. %s</figcaption></figure>",
}
TAGS = {
    *(
        "a abbr blockquote br cite code em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre"
    ).split(),
    *("q strong sub sup table tbody td th thead tr ul").split(),
}
ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto"}
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


def html_of(vector: str, wrapping: str) -> str | None:
    body = PARAGRAPH * 3 + WRAPPINGS[wrapping] % vector + PARAGRAPH * 3
    page = f"<!doctype html><title>A title</title><main><article><h1>A title</h1>{body}</article>"
    found = extract(Page.from_html(page.encode("utf-8", "surrogatepass"), URL), SITE)
    return found.html if isinstance(found, Article) else None


def parsed(html: str) -> str:
    fragment = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert fragment is not None
    return str(fragment.html)


@pytest.fixture(scope="module")
def written() -> list[str]:
    """The HTML of every vector in every wrapping that leaves an article."""
    vectors = [vector.replace("TRIP", "parent.trip(0)") for vector in VECTORS]
    made = [html_of(vector, wrapping) for wrapping in WRAPPINGS for vector in vectors]
    kept = [html for html in made if html is not None]
    assert len(kept) > 0.95 * len(made)
    return kept


def test_s20_a_sanitiser_finds_nothing_to_take_out(written: list[str]) -> None:
    for html in written:
        cleaned = nh3.clean(
            html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
        )
        assert parsed(cleaned) == parsed(html)


def test_s20_only_the_tags_and_attributes_of_the_list_are_written(written: list[str]) -> None:
    start = re.compile(r"<([a-z0-9]+)((?: [a-z]+=\"[^\"<>]*\")*)>")
    for html in written:
        left = re.sub(r"</[a-z0-9]+>", "", start.sub("", html))
        assert "<" not in left
        assert ">" not in left
        for tag, attributes in start.findall(html):
            assert tag in TAGS
            for name, value in re.findall(r" ([a-z]+)=\"([^\"]*)\"", attributes):
                assert name in ATTRIBUTES[tag]
                if name in {"href", "src"}:
                    assert re.match(r"(?:https?://[a-z0-9]|mailto:)", unescape(value))


TRIPWIRE = """<!doctype html><title>0</title><script>
const ran = new Set();
function trip(n) { ran.add(n); return 1; }
function look() {
  [...document.querySelectorAll("iframe")].forEach((frame, n) => {
    let inside;
    try { inside = frame.contentDocument; } catch { return trip(n); }
    if (!inside) return trip(n);
    for (const a of inside.querySelectorAll("[href],[src],[action],[formaction]"))
      for (const name of ["href", "src", "action", "formaction"])
        if (/^(javascript|vbscript|data|blob|filesystem):/i.test(String(a[name]))) trip(n);
    for (const a of inside.querySelectorAll("body *"))
      for (const kind of ["click", "mouseover", "focus", "toggle", "pointerrawupdate"])
        if (!(a.tagName === "A" && kind === "click")) a.dispatchEvent(new Event(kind));
  });
  document.title = [...ran].join(" ");
}
onload = () => setTimeout(look, 400);
</script>"""


def tripped(documents: list[str], folder: Path) -> set[int]:
    """The numbers of the documents in which something ran, in a browser that may run anything."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    page = folder / "page.html"
    frames = "".join(
        f'<iframe srcdoc="{escape(html.replace("parent.trip(0)", f"parent.trip({n})"))}"></iframe>'
        for n, html in enumerate(documents)
    )
    page.write_text(f'<!doctype html><meta charset="utf-8">{TRIPWIRE}{frames}', "utf-8")
    shown = subprocess.run(
        [
            *(browser, "--no-sandbox", "--disable-gpu", "--headless", "--dump-dom"),
            *(
                "--virtual-time-budget=1500",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                f"--user-data-dir={folder}/profile",
                page.as_uri(),
            ),
        ],
        capture_output=True,
        check=True,
        timeout=100,
    ).stdout.decode()
    title = re.search(r"<title>([0-9 ]*)</title>", shown)
    assert title is not None
    return set(map(int, title[1].split()))


def test_s20_a_browser_runs_nothing_of_it(written: list[str], tmp_path: Path) -> None:
    raw = [vector.replace("TRIP", "parent.trip(0)") for vector in VECTORS[::3]]
    several = ["\n".join(written[at : at + 40]) for at in range(0, len(written), 40)]
    ran = tripped([*raw, *several], tmp_path)
    assert sum(n < len(raw) for n in ran) > len(raw) / 2, "the tripwire does not work"
    assert {n for n in ran if n >= len(raw)} == set()
