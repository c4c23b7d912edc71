"""How the visit of one URL ended, and what that counts as."""

from __future__ import annotations

import logging

import msgspec

from eafarchive.sandbox.frames import FAILED
from eafarchive.work.report.journal import told
from eafarchive.work.report.summary import MAX_DRIFT, Circumstances, Drift, OutcomeKind, Summary

log = logging.getLogger(__name__)

_ARTICLES = {"new", "changed", "chrome-only", "unchanged"}
_SEEN = {"drifted", "blocked", "unread", "unwritten", "not an article", "no article's URL"}
_NO_RECORD = {"drifted", "blocked", "not an article", "gone"}
"""Of an article's URL: none came, though neither we nor the server failed."""
_QUIET = _ARTICLES | {"robots", "later"}


class Outcome(msgspec.Struct, frozen=True):
    """How the visit of one lead ended.

    Of an article: ``new``; ``changed``, its words or metadata are others; ``chrome-only``, the page
    is another and the article is not; ``unchanged``, the page is the same; ``drifted``, the page
    no longer reads as its profile says, and the record that is held stays. ``blocked``: another
    page stands in its place. ``unread``: the parser did not come to its end, and says why.
    ``gone``: an article that is held is not there any more. ``unwritten``: something stands where
    its record belongs; each run tries again, until it is moved away.
    """

    kind: OutcomeKind
    url: str
    detail: str = ""
    warnings: tuple[str, ...] = ()
    """The record's."""
    moved_from: str | None = None
    """The address under which the article was held and which leads to another one now."""
    drift: tuple[str, ...] = ()
    """What speaks against the page, as the profile has it."""
    is_held_again: bool = False
    """Whether its record came from a capture that is lost, and comes from this one now."""
    is_old: bool = False
    """Whether the page was no article when it was seen last, and is seen in vain again."""
    is_given: bool = False
    """Whether the URL was asked for by name: then that it brings no record is news."""

    @property
    def is_held_back(self) -> bool:
        """Whether the page changes no record, and is to be asked for again."""
        return self.kind in {"blocked", "drifted", "unread"}


def count(
    outcome: Outcome, summary: Summary, circumstances: Circumstances, *, is_fetched: bool = True
) -> None:
    """Add an outcome to the counts, and log it; ``is_fetched``: the page was seen in this run."""
    kind = outcome.kind
    if is_fetched and kind in _ARTICLES | _SEEN:
        summary.fetched += 1
    if outcome.drift:
        summary.drifted += 1
        summary.drift += [Drift(outcome.url, outcome.drift)][: MAX_DRIFT - len(summary.drift)]
    summary.moved += outcome.moved_from is not None
    summary.held_again += outcome.is_held_again
    match kind:
        case "new" | "changed" | "chrome-only" | "unchanged":
            summary.articles += 1
            summary.warnings += bool(outcome.warnings)
            name = kind.replace("-", "_")
            setattr(summary, name, getattr(summary, name) + 1)
        case "drifted":
            summary.warnings += 1
            circumstances.held_back += 1
        case "blocked":
            summary.warnings += 1
            summary.blocked += 1
            circumstances.misfits += 1
        case "not an article":
            summary.warnings += 1
            circumstances.misfits += not outcome.is_old
        case "no article's URL":
            summary.warnings += 1
        case "unread":
            summary.failed += 1
            circumstances.bugs += outcome.detail.startswith(FAILED)
        case "gone":
            summary.gone += 1
        case "robots":
            summary.refused += 1
            circumstances.forbidden_by_robots += 1
        case "refused":
            summary.refused += 1
        case "failed" | "unwritten":
            summary.failed += 1
    detail = outcome.detail or "; ".join(outcome.warnings)
    found = f"{outcome.url}: {detail or kind}"
    circumstances.firsts.setdefault(kind, found)
    if outcome.is_given and kind in _NO_RECORD:
        circumstances.given_in_vain += 1
        circumstances.firsts.setdefault("given", found)
    is_loud = kind not in _QUIET and not outcome.is_old
    is_news = outcome.drift or is_loud or (kind == "robots" and outcome.is_given)
    log.log(
        logging.WARNING if is_news else logging.INFO,
        "%s: %s%s",
        outcome.url,
        kind,
        f": {detail}" * bool(detail),
        extra=told("visit", url=outcome.url, outcome=kind, detail=detail),
    )
    if outcome.moved_from:
        moved = told("visit", url=outcome.moved_from, outcome="moved", detail=outcome.url)
        log.warning("%s: moved: %s", outcome.moved_from, outcome.url, extra=moved)


def uncount(
    url: str,
    why: str,
    summary: Summary,
    circumstances: Circumstances,
    *,
    was_new: bool,
    is_drift: bool,
) -> None:
    """Count a page that was an article for what it turned out to be: blocked."""
    summary.articles -= 1
    if was_new:
        summary.new -= 1
    else:
        summary.changed -= 1
    kept = [drift for drift in summary.drift if drift.url != url]
    summary.drifted -= len(summary.drift) - len(kept)
    summary.drift = kept
    if is_drift:
        summary.drifted += 1
        summary.drift = [*kept, Drift(url, (why,))][:MAX_DRIFT]
    summary.blocked += 1
    circumstances.misfits += 1
    circumstances.firsts.setdefault("blocked", f"{url}: {why}")
