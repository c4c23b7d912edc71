"""``verify PATH…``: loose files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eafarchive.archive.soundness import Soundness
from eafarchive.model import Finding
from eafarchive.terminal import print_json, print_lines


def check_files(paths: list[Path], *, as_json: bool) -> int:
    """Print what is wrong with the files; returns the exit code."""
    soundness = Soundness()
    errors = warnings = 0
    found: list[Finding] = []
    for finding in _all(soundness, paths):
        is_error = finding.severity == "error"
        errors, warnings = errors + is_error, warnings + (not is_error)
        if as_json:
            found.append(finding)
        else:
            f = finding
            print_lines([f"{f.severity}: {f.where}: {f.what}; {f.action}"])
    if as_json:
        counts = {"errors": errors, "warnings": warnings}
        counts |= {"files": soundness.files, "records": soundness.records}
        print_json({"findings": found, **counts})
    else:
        verdict = f"{'FAILED' if errors else 'ok'}: {errors} errors, {warnings} warnings"
        print_lines([f"{verdict}; {soundness.files} files, {soundness.records} records"])
    return 5 if errors else 0


def _all(soundness: Soundness, paths: list[Path]) -> Iterator[Finding]:
    for path in paths:
        yield from soundness.check(path)
    yield from soundness.missing()
