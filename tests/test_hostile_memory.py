"""I7, N04–N06, P01, S09, S11: what hostile servers cost the main process, measured from outside it."""

import contextlib
import gzip
import json
import subprocess
import sys
import zlib

import pytest

from wire import Wire
from workbench import configuration, environment

MOST = 300 << 10
"""Kibibytes that the main process may ever have had."""
CHILD = """
import atexit, re, sys
from pathlib import Path
import eafarchive.sandbox as sandbox
from eafarchive.cli import main

def tell(target):
    said = Path("/proc/self/status").read_text()
    Path(target).write_text(re.search("VmHWM:[^0-9]+([0-9]+)", said)[1])

sandbox.Extractor.__init__.__kwdefaults__["seconds"] = 2
atexit.register(tell, sys.argv.pop())
main()
"""


def head(*fields, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode()


def whole(body, *fields):
    return head(f"Content-Length: {len(body)}", *fields) + body


MEMBER = gzip.compress(bytes(64 << 20), 1)


def bomb():
    """Some 12 MB that decode to gigabytes."""
    return MEMBER * ((12 << 20) // len(MEMBER))


def inner_bomb():
    return gzip.compress(MEMBER * 100, 1)


def nest():
    return b"<!doctype html><title>T</title><h1>T</h1>" + b"<div>" * (1 << 20)


def million(host):
    """A million URLs, in a file small enough to get through."""
    packer = zlib.compressobj(1, wbits=31)
    out = [packer.compress(b"<urlset>")]
    for n in range(0, 1_000_000, 1000):
        urls = (
            b"<url><loc>http://%b/2016/06/02/s%d/</loc></url>" % (host, m)
            for m in range(n, n + 1000)
        )
        out.append(packer.compress(b"".join(urls)))
    return b"".join([*out, packer.compress(b"</urlset>"), packer.flush()])


HTML = "Content-Type: text/html"
ATTACKS = {
    b"bomb": lambda _: [whole(bomb(), HTML, "Content-Encoding: gzip")],
    b"bomb-in-a-bomb": lambda _: [whole(inner_bomb(), HTML, "Content-Encoding: gzip")],
    b"nest": lambda _: [whole(nest(), HTML)],
    b"endless": lambda _: [head(HTML), *[b"<p>more</p>" * 9000] * 400],
    b"chunks": lambda _: [
        head(HTML, "Transfer-Encoding: chunked"),
        *[b"186A0\r\n%b\r\n" % bytes(100_000)] * 400,
    ],
    b"sitemap_index.xml": lambda host: [whole(million(host), "Content-Type: application/gzip")],
}


def act(peer):
    while request := peer.request():
        name = request.split(b" ")[1].strip(b"/").rpartition(b"/")[2]
        host = request.partition(b"Host: ")[2].partition(b"\r\n")[0]
        if name not in ATTACKS:
            peer.send(head("Content-Length: 0", status="404 Not Found"))
            continue
        with contextlib.suppress(OSError):
            peer.send(*ATTACKS[name](host))
        peer.finish()
        return


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("asked", ["pages", "sitemap"])
def test_n04_n05_n06_n31_p01_s09_s11_memory_stays_bounded(asked, tmp_path):
    with Wire(act) as wire:
        base = wire.url("/")
        config, peak = tmp_path / "config.toml", tmp_path / "peak"
        config.write_text(configuration(base, feeds=()), "utf-8")
        names = [name.decode() for name in ATTACKS if b"." not in name]
        urls = [f"{base}2016/06/02/{name}/" for name in names]
        words = ["crawl", *(urls if asked == "pages" else ["--dry-run"]), "--json"]
        ran = subprocess.run(
            [sys.executable, "-c", CHILD, *words, "--config", config, peak],
            env=environment(),
            capture_output=True,
            timeout=110,
            check=False,
        )
    said = json.loads(ran.stdout)
    assert said["articles"] == 0, ran.stderr
    if asked == "pages":
        assert said["requests"] == len(urls) + 1
    else:
        assert said["discovered"] == 50_000
    assert 10 << 10 < int(peak.read_text()) < MOST
