"""Why a run ended with the exit code it did, in one line for whoever reads the mail of a night."""

from __future__ import annotations

from eafarchive.errors import ExitCode
from eafarchive.work.report.summary import Circumstances, First, Summary

CUT_SHORT = "cut short before all sources were read: there may be more to ask for"
"""Of a dry run."""
_NEXT = "what is left is for the next run"


def reason(code: ExitCode, summary: Summary, circumstances: Circumstances) -> str:
    """The reason for the code that `exit_code` gives, with the first URL that it is about.

    Empty for `DONE`. For `LATER` it is that of a host to be left alone, and else of a time limit.
    """
    firsts = circumstances.firsts
    match code:
        case ExitCode.BUG:
            return f"a bug{_first(firsts, 'bug', 'unread')}"
        case ExitCode.SOME_FAILED | ExitCode.NOTHING_FETCHED:
            return _in_vain(summary, circumstances)
        case ExitCode.ROBOTS_FORBID_ALL:
            where = _first(firsts, "robots", "source")
            return f"robots.txt forbids all that was to be asked for{where}"
        case ExitCode.DRIFT:
            return _drift(summary, circumstances)
        case ExitCode.LATER:
            if summary.put_off:
                where = _first(firsts, "later")
                return f"a host asked for patience or gave no answer: {_NEXT}{where}"
            return f"the time limit is over: {_NEXT}"
        case ExitCode.INTERRUPTED | ExitCode.TERMINATED | ExitCode.HUNG_UP:
            return f"told to end: {_NEXT}"
    return ""


def _drift(summary: Summary, circumstances: Circumstances) -> str:
    see = "see 'eafarchive profile check'"
    if summary.drift:
        first = summary.drift[0]
        where = f"; the first: {first.url}: {'; '.join(first.rules)}"
        return f"{summary.drifted} pages no longer read as their profile says{where}; {see}"
    where = _first(circumstances.firsts, "not an article", "blocked")
    return f"{circumstances.misfits} pages at articles' addresses hold no article{where}; {see}"


def _in_vain(summary: Summary, circumstances: Circumstances) -> str:
    rebuffed = summary.refused - circumstances.forbidden_by_robots
    given = circumstances.given_in_vain - summary.blocked - summary.gone  # those are told
    told: tuple[tuple[int, str, tuple[First, ...]], ...] = (
        (circumstances.sites_unread, "of the sites without a readable source", ("source",)),
        (summary.failed, "failed", ("failed", "unread", "unwritten")),
        (rebuffed, "refused", ("refused",)),
        (summary.blocked, "blocked", ("blocked",)),
        (summary.gone, "gone", ("gone",)),
        (given, "of the URLs given brought no record", ("given",)),
    )
    said = [f"{n} {what}{_first(circumstances.firsts, *kinds)}" for n, what, kinds in told if n > 0]
    return ". ".join(said)


def _first(firsts: dict[First, str], *kinds: First) -> str:
    """The first of the kind, as the end of a sentence."""
    first = next((firsts[kind] for kind in kinds if kind in firsts), None)
    return f"; the first: {first}" if first else ""
