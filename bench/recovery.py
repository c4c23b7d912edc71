"""What the next start costs: of a big archive; after a crash that left a file of 1 GB open, torn.

python bench/recovery.py [GIGABYTES] [FOLDER]
"""

import contextlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.archive.captures.warc import Entry, Operator, exchange, new_record_id, warcinfo
from eafarchive.archive.directory.holdings import Keeper
from eafarchive.archive.disk.manifest import add_to_manifest
from eafarchive.model import Capture, Place

WORDS = [os.urandom(3).hex() for _ in range(4000)]
OPERATOR = Operator("eafarchive bench", "eafarchive bench", "", "sha256:" + "0" * 64)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NAME = "eafarchive-20260101000000-00000.warc.gz"


def page(number):
    body = " ".join(WORDS[(number * k) % len(WORDS)] for k in range(9000)).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    return Capture(
        target_uri=f"https://example.org/{number}/",
        captured_at=BEGAN + timedelta(seconds=number),
        request=b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
        response=head + body,
        ip="192.0.2.1",
    )


def fill(path, size):
    """A file of so many bytes, left open; returns the end of its last exchange."""
    info = new_record_id()
    block = [exchange(Entry.of(page(n), None), info, new_record_id) for n in range(400)]
    data = b"".join(member.data for members in block for member in members)
    with path.open("wb") as file:
        end = file.write(warcinfo(OPERATOR, NAME, BEGAN, info).data)
        while end < size:
            end += file.write(data)
        file.write(data[:777])  # the torn tail
        os.fsync(file.fileno())
    return end


def used():
    """Processor seconds of this process and of those it waited for: others' load is left out."""
    own, others = (
        resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def timed(what, work):
    began, before = time.perf_counter(), used()
    result = work()
    print(
        f"{what:40} {time.perf_counter() - began:8.2f} s {used() - before:8.2f} s of processor",
        flush=True,
    )
    return result


def start(root):
    """What a run does before it asks for anything."""
    with contextlib.closing(Ledger(root / "ledger.sqlite3")):
        pass
    run = Keeper(root, OPERATOR, 1 << 40)
    with run:
        return len(run.ledger.captures())


def settle(root):
    """An archive of 100,000 captures in 1,000 closed files, as the ledger sees it."""
    (root / "warc").mkdir(parents=True)
    paths = []
    with contextlib.closing(Ledger(root / "ledger.sqlite3")) as ledger, ledger.together():
        for serial in range(1000):
            path = root / "warc" / f"eafarchive-20260101000000-{serial:05d}.warc.gz"
            end = path.write_bytes(warcinfo(OPERATOR, path.name, BEGAN, new_record_id()).data)
            paths.append(path)
            for n in range(100):
                place, key = (
                    Place(f"warc/{path.name}", n, 1, new_record_id()),
                    f"a.example/{serial}/{n}",
                )
                row = CaptureRow(place, end, f"https://{key}/", BEGAN.isoformat(), 200, "", key)
                ledger.add_captures([row])
                ledger.mark_harvested(place.record_id)
            ledger.add_file(f"warc/{path.name}")
    add_to_manifest(root, paths)


def open_settled(root):
    """The start of a run over an archive in good order."""
    with Keeper(root, OPERATOR, 1 << 40) as run:
        assert not run.ledger.captures(unharvested=True)
        assert not run.mended


def main():
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else "1") * 1e9)
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        settle(Path(folder) / "settled")
        what = "start, 100,000 captures in 1,000 files"
        timed(what, lambda: open_settled(Path(folder) / "settled"))
        root = Path(folder) / "archive"
        (root / "warc").mkdir(parents=True)
        path = root / "warc" / f"{NAME}.open"
        end = fill(path, size)
        print(f"{path.stat().st_size:,} bytes, {777} of them a torn tail")
        spare = Path(folder) / "spare"
        os.link(path, spare)
        timed(
            "read it (cat)",
            lambda: subprocess.run(["cat", path], stdout=subprocess.DEVNULL, check=True),
        )
        timed(
            "gzip -t",
            lambda: subprocess.run(["gzip", "-t", path], capture_output=True, check=False),
        )
        timed(
            "sha256sum",
            lambda: subprocess.run(["sha256sum", path], capture_output=True, check=True),
        )

        ledger = Ledger(root / "ledger.sqlite3")
        place = Place(f"warc/{NAME}", 0, 1, new_record_id())
        ledger.add_captures(
            [CaptureRow(place, end, "https://example.org/", BEGAN.isoformat(), 200, "", "")]
        )
        ledger.close()
        timed("start, its committed end known", lambda: start(root))

        for left in root.glob("ledger*"):
            left.unlink()
        shutil.rmtree(root / "warc")
        (root / "warc").mkdir()
        (root / "manifest-sha256.txt").unlink()
        spare.rename(path)
        with path.open("ab") as file:
            file.write(b"\x1f\x8b\x08torn")
        held = timed("start, no ledger: all of it read", lambda: start(root))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{held} captures; peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
