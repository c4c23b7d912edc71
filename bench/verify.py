"""The strict check beside its peers, and the floor under all of them, on the same files.

    python bench/verify.py [--captures N] [--rounds N] [--memory RECORDS]

Two WARC files are written with our own writer: pages as most servers send them (gzip), and pages
sent plain. Then all take turns, so that a busy machine troubles all alike: the floor (``gzip -t``,
and zlib's inflate alone), our check of one file, our SHA-256 pass, ``warcio check``, ``fastwarc
check``. Printed: the medians in MB/s of stored bytes, and CPU seconds as ratios to ours.

``--memory``: the most memory that the check takes for that many records, in a process of its own.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pages import page

from eafarchive.archive.captures.warc import Entry, Operator
from eafarchive.archive.captures.writer import WarcWriter
from eafarchive.model import Capture

OPERATOR = Operator("eafarchive bench", "eafarchive-bench", "", "sha256:" + "0" * 64)
BEGAN = datetime(2026, 11, 24, tzinfo=UTC)
PAGE_SIZE = 100_000
TOOLS = Path(sys.executable).parent
OURS = """
import sys
from pathlib import Path
from eafarchive.archive.standard.inspection import check_warc
from eafarchive.archive.standard.roll import Roll
path = Path(sys.argv[1])
with Roll() as roll:
    sys.exit(bool(list(check_warc(path, path.name, roll))))
"""
FIXITY = """
import sys
from pathlib import Path
from eafarchive.archive.disk.manifest import file_digest
file_digest(Path(sys.argv[1]))
"""
INFLATE = """
import sys, zlib
inflate = zlib.decompressobj(31)
with open(sys.argv[1], "rb") as file:
    rest = b""
    while data := rest or file.read(1 << 16):
        inflate.decompress(data)
        rest = inflate.unused_data
        if inflate.eof:
            inflate = zlib.decompressobj(31)
"""


def write(folder: Path, captures: int, *, gzipped: bool, tiny: bool = False) -> Path:
    """A closed WARC file of ours with so many exchanges."""
    writer = WarcWriter(folder, OPERATOR, 1 << 40, on_close=lambda _path: None)
    held: list[Entry] = []
    for number in range(captures):
        body = b"%d" % number if tiny else page(number, PAGE_SIZE)
        coded = gzip.compress(body, 6, mtime=0) if gzipped else body
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        head += b"Content-Encoding: gzip\r\n" if gzipped else b""
        answer = b"%bContent-Length: %d\r\n\r\n%b" % (head, len(coded), coded)
        url = f"https://example.org/2024/01/02/slug-{number}/"
        request = f"GET /2024/01/02/slug-{number}/ HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
        moment = BEGAN + timedelta(seconds=number)
        capture = Capture(url, moment, request, answer, "192.0.2.7")
        held.append(Entry.of(capture, "https://example.org/sitemap.xml"))
        if len(held) == 100:
            writer.append(held)
            held.clear()
    if held:
        writer.append(held)
    writer.close()
    (path,) = folder.glob("*.warc.gz")
    return path


def timed(command: list[str | Path]) -> tuple[float, float]:
    """Wall and CPU seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(path: Path, rounds: int) -> None:
    """Print a table of who takes how long on the file."""
    contestants: dict[str, list[str | Path]] = {
        "eafarchive verify, one file": [sys.executable, "-c", OURS, path],
        "eafarchive verify --fixity": [sys.executable, "-c", FIXITY, path],
        "warcio check": [TOOLS / "warcio", "check", path],
        "fastwarc check": [TOOLS / "fastwarc", "check", "-q", path],
        "gzip -t (floor)": ["gzip", "-t", path],
        "zlib inflate (floor)": [sys.executable, "-c", INFLATE, path],
    }
    nothing = [sys.executable, "-c", OURS.partition("path =")[0]]
    start_up = statistics.median(timed(nothing)[1] for _ in range(3))
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, command in contestants.items():
            taken[name].append(timed(command))
    size = path.stat().st_size / 1e6
    ours = statistics.median(cpu for _, cpu in taken["eafarchive verify, one file"])
    print(f"{size:.0f} MB stored, {rounds} rounds; {start_up:.2f} s CPU of ours is the start")
    print(f"{'':30} {'MB/s wall':>10} {'MB/s CPU':>10} {'CPU, ours = 1':>14}")
    for name, pairs in taken.items():
        wall, cpu = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:30} {size / wall:10.0f} {size / cpu:10.0f} {cpu / ours:14.2f}")


def weigh(folder: Path, records: int) -> None:
    """Print the peak memory of our check over a file of so many records."""
    path = write(folder, records // 3, gzipped=False, tiny=True)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", OURS, path], check=True)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{records} records: {peak:.0f} MB at most, {seconds:.0f} s")


def main() -> None:
    """Run it."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--captures", type=int, default=4000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--memory", type=int, default=0, metavar="RECORDS")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if given.memory:
            weigh(Path(name), given.memory)
            return
        for gzipped in (True, False):
            folder = Path(name) / str(gzipped)
            folder.mkdir()
            print(f"\nPages {'sent with Content-Encoding: gzip' if gzipped else 'sent plain'}")
            compare(write(folder, given.captures, gzipped=gzipped), given.rounds)


if __name__ == "__main__":
    main()
