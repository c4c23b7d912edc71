"""Findings put together for people: a file damaged or missing, and a count of what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from eafarchive.archive.standard.references import NO_TARGET, NOTHING
from eafarchive.model import Finding

_ACTION = "put that file back from a copy; 'verify -v' and --json list them"


def condensed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings as they come, and for each file that others follow from one that counts those.

    One that follows alone is told as it is.
    """
    followers: dict[str, tuple[Finding, Counter[str]]] = {}
    for finding in findings:
        if finding.because is None:
            yield finding
        else:
            _, kinds = followers.setdefault(finding.because, (finding, Counter()))
            kinds[_kind(finding)] += 1
    for name, (first, kinds) in followers.items():
        if kinds.total() == 1:
            yield first
            continue
        counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        what = f"{kinds.total()} more findings follow from that: {counts}"
        yield Finding(first.severity, name, what, _ACTION)


def _kind(finding: Finding) -> str:
    if finding.where.startswith("records/"):
        return "of records that came from it (keep them)"
    if finding.what.startswith((NOTHING, NO_TARGET)):
        return "of references to what was in it"
    return "of the ledger's index" if "@" in finding.where else "of its digests and counts"
