"""What a command costs: wall clock, processor time with its children's, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_POLL = 0.1


class Cost(NamedTuple):
    """Seconds and MiB of one run."""

    wall: float
    cpu: float
    main_mib: float
    """The most that the main process had resident."""
    child_mib: float
    """The most that any one of its children had."""
    code: int
    stdout: str


def run(command: list[str], out: Path, cwd: Path | None = None) -> Cost:
    """The cost of the command; its standard output goes to ``out``, errors beside it."""
    with out.open("wb") as sink, out.with_suffix(".err").open("wb") as errors:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=sink, stderr=errors, cwd=cwd)
        peaks: dict[int, float] = {}
        while True:
            for pid in (process.pid, *_children(process.pid)):
                peaks[pid] = max(_peak_mib(pid), peaks.get(pid, 0.0))
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(_POLL)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    main = peaks.pop(process.pid)
    return Cost(
        wall=wall,
        cpu=used.ru_utime + used.ru_stime,
        main_mib=main,
        child_mib=max(peaks.values(), default=0.0),
        code=process.returncode,
        stdout=out.read_text(errors="replace"),
    )


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found += map(int, (task / "children").read_text().split())
    return found


def _peak_mib(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0
