"""``verify PATH…``: loose files."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from eafarchive.archive.others.soundness import Soundness
from eafarchive.errors import ExitCode
from eafarchive.model import Finding
from eafarchive.terminal import print_json, print_lines, stoppable


def check_files(paths: list[Path], *, as_json: bool) -> int:
    """Print what is wrong with the files; returns the exit code. Told to end, it says how far."""
    with stoppable() as (stop, caught):
        soundness = Soundness(stop)
        errors = warnings = 0
        found: list[Finding] = []
        for finding in _all(soundness, paths, stop):
            is_error = finding.severity == "error"
            errors, warnings = errors + is_error, warnings + (not is_error)
            if as_json:
                found.append(finding)
            else:
                f = finding
                print_lines([f"{f.severity}: {f.where}: {f.what}; {f.action}"])
    if as_json:
        counts = {"errors": errors, "warnings": warnings, "stopped": bool(caught)}
        counts |= {"files": soundness.files, "records": soundness.records}
        print_json({"findings": found, **counts})
    else:
        verdict = "FAILED" if errors else "stopped" if caught else "ok"
        totals = f"{soundness.files} of {len(paths)} files, {soundness.records} records"
        print_lines([f"{verdict}: {errors} errors, {warnings} warnings; {totals}"])
    return caught[0] if caught else ExitCode.DAMAGED if errors else ExitCode.DONE


def _all(soundness: Soundness, paths: list[Path], stop: threading.Event) -> Iterator[Finding]:
    for path in paths:
        yield from soundness.check(path, sys.stdin.buffer if str(path) == "-" else None)
        if stop.is_set():
            return
    yield from soundness.missing()
