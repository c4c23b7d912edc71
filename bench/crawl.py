"""Pages a second beside ``wget --warc-file``, in turns, from nginx on loopback.

Run as ``python bench/crawl.py [--pages N] [--rounds N] [--size OCTETS]``. Three runs take turns:
``wget`` (WARC only), ``capture`` (ours, WARC only: the addresses are no article's) and ``all``
(ours, with extraction and JSON records). Ratios are of medians over the rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from meter import Cost, run
from nginx import free_port, serving
from pages import path_of, write_site

CONFIG = """
[archive]
path = "archive"
[crawl]
delay = 0.0
connections = {connections}
allow_private_addresses = true
[[sites]]
profile = "{profile}"
base_url = "{base_url}"
sitemaps = ["sitemap_index.xml"]
feeds = []
"""
PROFILE = """
name = "none"
hosts = []
article_path = "/no-article/"
"""


def main() -> None:
    """Print what each round and each tool took, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--only", choices=("wget", "capture", "all"))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-crawl-") as name:
        folder = Path(name)
        port = free_port()
        base_url = f"http://127.0.0.1:{port}/"
        write_site(folder / "site", base_url, wanted.pages, wanted.size)
        urls = folder / "urls"
        urls.write_text("".join(f"{base_url}{path_of(n)}/\n" for n in range(wanted.pages)))
        with serving(folder / "site", folder / "nginx", port):
            costs: dict[str, list[Cost]] = {}
            for number in range(wanted.rounds):
                for tool in (wanted.only,) if wanted.only else ("wget", "capture", "all"):
                    room = folder / f"{tool}-{number}"
                    room.mkdir()
                    cost = _run(tool, room, base_url, urls, wanted)
                    costs.setdefault(tool, []).append(cost)
                    print(_line(f"{tool} {number + 1}", [cost], wanted.pages), flush=True)
    _report(costs, wanted.pages)


def _run(tool: str, room: Path, base_url: str, urls: Path, wanted: argparse.Namespace) -> Cost:
    if tool == "wget":
        command = ["wget", "-q", "-i", str(urls), "--header", "Accept-Encoding: gzip"]
        cost = run([*command, "-O", "/dev/null", "--warc-file", "wget"], room / "out", room)
    else:
        profile = "eastasiaforum" if tool == "all" else "none.toml"
        (room / "none.toml").write_text(PROFILE)
        text = CONFIG.format(base_url=base_url, profile=profile, connections=wanted.connections)
        (room / "config.toml").write_text(text)
        command = [
            sys.executable,
            "-m",
            "eafarchive",
            "crawl",
            "--json",
            "-q",
            "--config",
            "config.toml",
        ]
        cost = run(command if tool == "all" else [*command, "-i", str(urls)], room / "out", room)
        summary = json.loads(cost.stdout)
        kept = summary["articles" if tool == "all" else "fetched"]
        if cost.code or kept != wanted.pages:
            sys.exit(f"{tool}: exit {cost.code}, {kept} of {wanted.pages}: {cost.stdout}")
    if cost.code:
        sys.exit(f"{tool}: exit {cost.code}: {(room / 'out.err').read_text()[-2000:]}")
    return cost


def _line(name: str, costs: list[Cost], pages: int) -> str:
    wall = statistics.median(cost.wall for cost in costs)
    cpu = statistics.median(cost.cpu for cost in costs)
    return (
        f"{name:10} {pages / wall:7.1f} pages/s {cpu / pages * 1000:6.2f} CPU s/1,000"
        f" {max(c.main_mib for c in costs):6.0f} MiB main"
        f" {max(c.child_mib for c in costs):5.0f} child"
    )


def _report(costs: dict[str, list[Cost]], pages: int) -> None:
    print("\nmedians:")
    for tool, runs in costs.items():
        print(_line(tool, runs, pages))
    if "wget" not in costs or len(costs) < 3:
        return
    wall = {tool: statistics.median(c.wall for c in runs) for tool, runs in costs.items()}
    cpu = {tool: statistics.median(c.cpu for c in runs) for tool, runs in costs.items()}
    print(f"all / wget pages a second:  {wall['wget'] / wall['all']:.2f} (goal: at least 1)")
    print(f"capture / wget pages a second: {wall['wget'] / wall['capture']:.2f}")
    print(f"capture / wget CPU: {cpu['capture'] / cpu['wget']:.2f} (goal: at most 1.5)")
    print(f"all / wget CPU: {cpu['all'] / cpu['wget']:.2f}")


if __name__ == "__main__":
    main()
