"""A run in which nothing is new beside ``wget -N``, from nginx on loopback.

Run as ``python bench/fresh.py [--pages N] [--rounds N] [--size OCTETS]``. Each tool first copies
the site, unmeasured; then they take turns at finding that nothing changed. wget is given every
address and writes no WARC, with which ``-N`` does not work; it asks for each page. Without the
pause between requests that a public site is owed, its requests cost it next to nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from meter import Cost, run
from nginx import free_port, serving
from pages import path_of, write_site

CONFIG = """
[crawl]
delay = 0.0
connections = 8
allow_private_addresses = true
audit = {audit}
[[sites]]
profile = "eastasiaforum"
base_url = "{base_url}"
sitemaps = ["sitemap_index.xml"]
feeds = []
"""


def main() -> None:
    """Print what each round of each tool took, and the ratios of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--audit", type=int, default=0)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-fresh-") as name:
        folder = Path(name)
        port = free_port()
        base_url = f"http://127.0.0.1:{port}/"
        write_site(folder / "site", base_url, wanted.pages, wanted.size)
        (folder / "urls").write_text(
            "".join(f"{base_url}{path_of(n)}/\n" for n in range(wanted.pages))
        )
        config = CONFIG.format(base_url=base_url, audit=wanted.audit)
        (folder / "config.toml").write_text(config)
        tools = ["wget"] if shutil.which("wget") else []
        costs: dict[str, list[Cost]] = {}
        with serving(folder / "site", folder / "nginx", port):
            for tool in ("eafarchive", *tools):
                _checked(tool, run(_command(tool), folder / f"{tool}.first", folder))
            for number in range(wanted.rounds):
                for tool in ("eafarchive", *tools):
                    cost = run(_command(tool), folder / f"{tool}.again", folder)
                    costs.setdefault(tool, []).append(_checked(tool, cost))
                    print(_line(f"{tool} {number + 1}", [cost]), flush=True)
        summary = json.loads(costs["eafarchive"][-1].stdout)
    print(f"\nours: {summary['requests']} requests for {summary['discovered']} articles; medians:")
    for tool, runs in costs.items():
        print(_line(tool, runs))
    ours = statistics.median(cost.wall for cost in costs["eafarchive"])
    for tool in tools:
        other = statistics.median(cost.wall for cost in costs[tool])
        print(f"{tool} / eafarchive: {other / ours:.1f} times the wall time,", end=" ")
        print(f"{wanted.pages / summary['requests']:.0f} times the requests")


def _command(tool: str) -> list[str]:
    if tool == "wget":
        return ["wget", "-q", "-N", "-x", "-P", "wget", "-i", "urls"]
    return [sys.executable, "-m", "eafarchive", "crawl", "--json", "-q", "--config", "config.toml"]


def _checked(tool: str, cost: Cost) -> Cost:
    if cost.code:
        sys.exit(f"{tool}: exit {cost.code}: {cost.stdout[-2000:]}")
    return cost


def _line(name: str, costs: list[Cost]) -> str:
    wall = statistics.median(cost.wall for cost in costs)
    cpu = statistics.median(cost.cpu for cost in costs)
    most = max(max(cost.main_mib, cost.child_mib) for cost in costs)
    return f"{name:13} {wall:8.2f} s {cpu:8.2f} CPU s {most:6.0f} MiB"


if __name__ == "__main__":
    main()
