"""A run with nothing new over a large site, beside wget's timestamping and HTTrack's update.

Run as ``python bench/update.py [--articles N] [--peer-articles N]``. The site is static, in
sitemaps of 1,000 as Yoast makes them, from nginx on loopback. Ours crawls all of it once, then
again with nothing new; ``wget -N`` and HTTrack do the same with a smaller site, because they ask
for every page again: requests, seconds and memory are given in all and for each 1,000 articles.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from crawl import CONFIG
from meter import Cost, run
from nginx import free_port, serving
from pages import path_of, write_site

OURS = [sys.executable, "-m", "eafarchive", "crawl", "--json", "-q", "--config", "config.toml"]


def main() -> None:
    """Print what the first crawl and the update took, for each tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--peer-articles", type=int, default=1_000)
    parser.add_argument("--size", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-update-") as name:
        folder = Path(name)
        large = _Site(folder / "large", wanted.articles, wanted.size)
        small = _Site(folder / "small", wanted.peer_articles, wanted.size)
        with large.serve(), small.serve():
            rows = [_measure("eafarchive", large, folder, _ours, wanted.rounds)]
            rows.append(_measure("eafarchive", small, folder, _ours, wanted.rounds))
            rows.append(_measure("wget -N", small, folder, _wget, wanted.rounds))
            rows.append(_measure("httrack", small, folder, _httrack, wanted.rounds))
    ours, *peers = rows[1:]
    for name, requests, cost in peers:
        print(
            f"{name} / eafarchive, same site: requests {requests / ours[1]:.1f},"
            f" wall {cost.wall / ours[2].wall:.2f}, CPU {cost.cpu / ours[2].cpu:.2f},"
            f" memory {cost.main_mib / ours[2].main_mib:.2f}"
        )


class _Site:
    """A static site, and how many requests it has had."""

    def __init__(self, folder: Path, articles: int, size: int) -> None:
        self.articles = articles
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}/"
        self._root = folder
        self._run = folder.with_suffix(".nginx")
        write_site(folder, self.base_url, articles, size)

    def serve(self):
        return serving(self._root, self._run, self.port, log=True)

    def requests(self) -> int:
        return (self._run / "access.log").read_bytes().count(b"\n")


def _measure(
    name: str, site: _Site, folder: Path, visit: Callable[[_Site, Path], Cost], rounds: int
) -> tuple[str, float, Cost]:
    room = folder / f"{name.split(maxsplit=1)[0]}-{site.articles}"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    updates: list[tuple[int, Cost]] = []
    for turn in range(rounds + 1):
        before = site.requests()
        cost = visit(site, room)
        requests = site.requests() - before
        kind = "update" if turn else "first"
        print(
            f"{name:11} {site.articles:6} articles {kind:6} {requests:6} requests"
            f" {cost.wall:8.2f} s {cost.cpu:7.2f} CPU s {cost.main_mib:5.0f} MiB",
            flush=True,
        )
        if turn:
            updates.append((requests, cost))
    requests, cost = sorted(updates, key=lambda one: one[1].wall)[len(updates) // 2]
    return name, requests, cost


def _ours(site: _Site, room: Path) -> Cost:
    text = CONFIG.format(base_url=site.base_url, profile="eastasiaforum", connections=8)
    (room / "config.toml").write_text(text)
    cost = run(OURS, room / "out", room)
    summary = json.loads(cost.stdout)
    if cost.code or summary["discovered"] + summary["unchanged"] < 1:
        sys.exit(f"exit {cost.code}: {cost.stdout}{(room / 'out.err').read_text()[-2000:]}")
    return cost


def _wget(site: _Site, room: Path) -> Cost:
    # Each page by its address: over its first page alone it would take an edit for no news.
    urls = room.with_suffix(".urls")
    urls.write_text("".join(f"{site.base_url}{path_of(n)}/\n" for n in range(site.articles)))
    return run(["wget", "-q", "-x", "-N", "-i", str(urls)], room / "out", room)


def _httrack(site: _Site, room: Path) -> Cost:
    if not (room / "hts-cache").exists():
        command = ["httrack", site.base_url, "-O", str(room), "-q", "-r2", "-c8", "-%c100", "-A0"]
        return run([*command, "--disable-security-limits", "-s0"], room / "out", room)
    return run(["httrack", "--update", "-q", "-O", str(room)], room / "out", room)


if __name__ == "__main__":
    main()
