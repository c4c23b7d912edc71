"""Big and deep pages through the extractor in its sandbox: time and memory by size.

    python bench/hostile_pages.py [--seconds 60] [--megabytes 20]

Each kind of page comes in a quarter, half and the whole of its size. Where a step were quadratic,
the time would grow sixteenfold from the first to the last; a limit that is met is told, not hidden.
Times are the worker's CPU time, its start subtracted.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable, Iterator

from eafarchive.config import load_profile
from eafarchive.model import Article
from eafarchive.sandbox import Extractor

URL = "https://paper.example/2016/06/02/invented/"
LINE = b"<p>The keeper of the harbour lamps said again that nobody had lit them, and left.</p>\n"
LINK = b"<li><a href='/lamp'>A lamp of the harbour</a></li>\n"
ROW = b"<tr><td>Lamp</td><td>12</td></tr>\n"
HEAD = b"<!doctype html><title>Invented</title><h1>Invented</h1>"


def _filled(piece: bytes, around: tuple[bytes, bytes] = (b"", b"")) -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        return HEAD + LINE * 20 + around[0] + piece * (size // len(piece)) + around[1]

    return make


def _nested(tag: bytes) -> Callable[[int], bytes]:
    def make(count: int) -> bytes:
        return HEAD + LINE * 20 + (b"<" + tag + b">") * count + b"x" + LINE * 5

    return make


BIG: dict[str, Callable[[int], bytes]] = {
    "paragraphs": _filled(LINE),
    "links in a list": _filled(LINK, (b"<ul>", b"</ul>")),
    "rows of a table": _filled(ROW, (b"<table>", b"</table>")),
    "one text": _filled(b"lamps and lamps and ", (b"<p>", b"</p>")),
    "JSON-LD": _filled(
        b'{"@type":"Person","name":"Ann"},',
        (b"<script type=application/ld+json>[", b"{}]</script>"),
    ),
}
DEEP: dict[str, Callable[[int], bytes]] = {
    "nested div": _nested(b"div"),
    "nested span": _nested(b"span"),
    "nested ul and li": _nested(b"ul><li"),
    "nested b": _nested(b"b"),
}


def measure(seconds: float, megabytes: int, elements: int) -> Iterator[str]:
    """A Markdown table row by row."""
    kinds = [(name, make, megabytes * 1_000_000, "MB") for name, make in BIG.items()]
    kinds += [(name, make, elements, "elements") for name, make in DEEP.items()]
    yield "| page | a quarter | a half | whole | growth | result |\n|---|---|---|---|---|---|\n"
    idle, _ = _read(HEAD + LINE * 20, seconds)
    for name, make, whole, unit in kinds:
        spent, told = [], ""
        for part in (4, 2, 1):
            used, told = _read(make(whole // part), seconds)
            spent.append(max(used - idle, 0.01))
        size = f"{whole // 1_000_000} {unit}" if unit == "MB" else f"{whole:,} {unit}"
        cells = " | ".join(f"{one:.1f} s" for one in spent)
        yield f"| {size}: {name} | {cells} | {spent[-1] / spent[0]:.1f} | {told} |\n"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    yield f"\nLargest worker: {peak} MiB\n"


def _read(html: bytes, seconds: float) -> tuple[float, str]:
    """CPU seconds of a worker that reads one page, and what comes of it."""
    before = _spent()
    generic = load_profile("generic")
    with Extractor((generic,), seconds=seconds) as extractor:
        found = extractor.read(html, URL, "text/html", (generic,)).found
    told = f"{found.word_count} words" if isinstance(found, Article) else found.reason
    return _spent() - before, told


def _spent() -> float:
    """CPU seconds of the workers that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measures and writes the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="limit for a page")
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--elements", type=int, default=100_000)
    options = parser.parse_args()
    for line in measure(options.seconds, options.megabytes, options.elements):
        sys.stdout.write(line)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
