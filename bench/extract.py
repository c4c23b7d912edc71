"""Article extraction beside trafilatura and resiliparse: body quality and time, in one run.

    make bench-extract DATA=folder        (ARGS="--rounds 5 --worst 10 --nameless")

The folder holds `html/<id>.html` or `html/<id>.html.gz` and `ground-truth.json`, which maps each id
to `{"articleBody": …, "url": …}`: the format of the public article-extraction-benchmark. Every
extractor gets the same bytes; they take turns, page by page, each time in another order, and a
page's time is the best of its rounds (CPU time of the thread).

A body's words are compared as runs of four ("shingles"), counted. Precision is the mean, over the
pages where something was extracted, of the shared among the extracted runs; recall the mean, over
the pages with a body, of the shared among the true ones; F1 is of those two means; "exact" is the
share of pages with all words the same.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import hashlib
import json
import os
import platform
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

_WORD = re.compile(r"\w+")
_RUN = 4

Extract = Callable[[bytes, str], "str | None"]


class Sample(NamedTuple):
    """A page with its truth."""

    name: str
    url: str
    html: bytes
    body: str


class Score(NamedTuple):
    """How one body agrees with the truth: runs of words in both, too many, too few."""

    shared: int
    surplus: int
    missing: int
    exact: bool


def samples(folder: Path) -> Iterator[Sample]:
    """The pages of the folder that have a truth, by name."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name in sorted(truth):
        packed, plain = folder / "html" / f"{name}.html.gz", folder / "html" / f"{name}.html"
        html = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
        yield Sample(name, truth[name].get("url") or "", html, truth[name].get("articleBody") or "")


def nameless(page: Sample) -> Sample:
    """The page with its class names and ids made unreadable: the same one for the same name.

    So it is to every extractor as a page of a site that nobody has seen.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    from eafarchive.extraction.document.encoding import decode  # noqa: PLC0415

    tree = LexborHTMLParser(decode(page.html, None).text)
    for node in tree.css("[class], [id]"):
        for key in ("class", "id"):
            names = (node.attributes.get(key) or "").split()
            if names:
                node.attrs[key] = " ".join(map(_hashed, names))
    return page._replace(html=b"\xef\xbb\xbf" + (tree.html or "").encode())


def _hashed(name: str) -> str:
    """Letters alone: digits among them may read as words do."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return "q" + "".join(chr(ord("a") + octet % 26) for octet in digest[:7])


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs; a shorter text is one run."""
    words = _WORD.findall(text)
    last = max(len(words) - _RUN + 1, min(len(words), 1))
    return Counter(tuple(words[at : at + _RUN]) for at in range(last))


def compare(truth: str, found: str) -> Score:
    """The found body beside the true one."""
    want, have = runs(truth), runs(found)
    shared = (want & have).total()
    exact = _WORD.findall(truth) == _WORD.findall(found)
    return Score(shared, have.total() - shared, want.total() - shared, exact)


def summed(scores: list[Score]) -> tuple[float, float, float, float]:
    """F1, precision, recall and the share of exact bodies."""
    precisions = [s.shared / (s.shared + s.surplus) for s in scores if s.shared + s.surplus]
    recalls = [s.shared / (s.shared + s.missing) for s in scores if s.shared + s.missing]
    p = statistics.fmean(precisions) if precisions else 0.0
    r = statistics.fmean(recalls) if recalls else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return f1, p, r, statistics.fmean(s.exact for s in scores)


def ours() -> Extract:
    """This project, with the profile for any page."""
    from eafarchive import Article, Page, extract, load_profile  # noqa: PLC0415

    profile = load_profile("generic")

    def run(html: bytes, url: str) -> str | None:
        found = extract(Page.from_html(html, url, "text/html"), profile)
        return found.text if isinstance(found, Article) else None

    return run


def trafilatura() -> Extract:
    """Its text, with its defaults but for comments, which no truth has."""
    from trafilatura import extract  # noqa: PLC0415

    return lambda html, _: extract(html, include_comments=False)


def resiliparse() -> Extract:
    """Its main content as plain text."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # noqa: PLC0415
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    def run(html: bytes, _: str) -> str | None:
        tree = HTMLTree.parse(bytes_to_str(html, detect_encoding(html)))
        return extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)

    return run


def floor() -> Extract:
    """The parse that ours cannot do without, and nothing else."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    return lambda html, _: LexborHTMLParser(html) and None


CONTESTANTS: dict[str, tuple[Callable[[], Extract], str]] = {
    "eafarchive": (ours, "eafarchive"),
    "trafilatura": (trafilatura, "trafilatura"),
    "resiliparse": (resiliparse, "resiliparse"),
    "parse alone": (floor, "selectolax"),
}


def measure(
    pages: list[Sample], tools: dict[str, Extract], rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[str | None]], Counter[str]]:
    """Milliseconds and text by extractor and page, and how many pages each failed on."""
    times = {name: [float("inf")] * len(pages) for name in tools}
    texts: dict[str, list[str | None]] = {name: [None] * len(pages) for name in tools}
    failed: Counter[str] = Counter()
    for run in tools.values():
        for page in pages[:3]:
            run(page.html, page.url)  # imports and compiles
    gc.collect()
    gc.freeze()
    for turn in range(rounds):
        for at, page in enumerate(pages):
            names = list(tools)
            shift = (at + turn) % len(names)
            for name in names[shift:] + names[:shift]:
                gc.collect()
                began = time.thread_time_ns()
                try:
                    text = tools[name](page.html, page.url)
                except Exception as error:  # noqa: BLE001 -- a failing peer is counted, not fatal
                    text = None
                    failed[name] += turn == 0
                    sys.stderr.write(f"{name}: {page.name}: {error!r}\n")
                times[name][at] = min(times[name][at], (time.thread_time_ns() - began) / 1e6)
                texts[name][at] = text
    return times, texts, failed


def tell(pages: list[Sample], rounds: int, worst: int) -> Iterator[str]:
    """The table as Markdown, and the pages where this project loses most."""
    tools, versions = {}, {}
    for name, (make, package) in CONTESTANTS.items():
        try:
            tools[name], versions[name] = make(), version(package)
        except (ImportError, PackageNotFoundError) as error:
            sys.stderr.write(f"left out: {name}: {error}\n")
    times, texts, failed = measure(pages, tools, rounds)
    yield f"{len(pages)} pages; {platform.python_implementation()} {platform.python_version()}; "
    yield f"{os.cpu_count()} cores; best of {rounds} rounds\n\n"
    yield "| | version | F1 | precision | recall | exact | median ms | 95 % ms | failed |\n"
    yield "|---|---|---|---|---|---|---|---|---|\n"
    scores: dict[str, list[Score]] = {}
    for name in tools:
        scores[name] = [compare(p.body, t or "") for p, t in zip(pages, texts[name], strict=True)]
        f1, precision, recall, exact = summed(scores[name])
        quality = f"{f1:.3f} | {precision:.3f} | {recall:.3f} | {exact:.0%}"
        if name == "parse alone":
            quality = "– | – | – | –"
        ranked = sorted(times[name])
        late = ranked[min(len(ranked) - 1, round(0.95 * len(ranked)))]
        yield f"| {name} | {versions[name]} | {quality} | {statistics.median(ranked):.2f} "
        yield f"| {late:.1f} | {failed[name]} |\n"
    losses = [
        ((s.surplus + s.missing) / max(s.shared + s.surplus + s.missing, 1), page)
        for s, page in zip(scores["eafarchive"], pages, strict=True)
    ]
    for loss, page in sorted(losses, key=lambda pair: (-pair[0], pair[1].name))[:worst]:
        yield f"{loss:.3f} {page.name} {page.url}\n"


def main(arguments: list[str] | None = None) -> int:
    """Measures one folder; 2 if it holds no benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worst", type=int, default=0, help="name so many pages lost most on")
    parser.add_argument(
        "--nameless", action="store_true", help="with class names and ids made unreadable"
    )
    options: Any = parser.parse_args(arguments)
    try:
        pages = list(samples(options.folder))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{options.folder}: no benchmark: {error}\n")
        return 2
    if options.nameless:
        pages = list(map(nameless, pages))
    for line in tell(pages, options.rounds, options.worst):
        sys.stdout.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
