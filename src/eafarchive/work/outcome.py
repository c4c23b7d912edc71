"""How the visit of one URL ended, and what that counts as."""

from __future__ import annotations

import logging
from typing import Literal

import msgspec

from eafarchive.work.journal import told
from eafarchive.work.summary import Circumstances, Summary

log = logging.getLogger(__name__)

_ARTICLES = {"new", "changed", "chrome-only", "unchanged"}
_QUIET = _ARTICLES | {"robots"}


class Outcome(msgspec.Struct, frozen=True):
    """How the visit of one lead ended.

    Of an article: ``new``; ``changed``, its words or metadata are others; ``chrome-only``, the page
    is another and the article is not; ``unchanged``, the page is the same. ``gone``: an article
    that is held is not there any more.
    """

    kind: Literal[
        "new",
        "changed",
        "chrome-only",
        "unchanged",
        "not an article",
        "no article's URL",
        "gone",
        "robots",
        "refused",
        "failed",
        "later",
        "bug",
    ]
    url: str
    detail: str = ""
    has_warnings: bool = False
    moved_from: str | None = None
    """The address under which the article was held and which leads to another one now."""


def count(outcome: Outcome, summary: Summary, circumstances: Circumstances) -> None:
    """Add an outcome to the counts, and log it."""
    kind = outcome.kind
    if kind in _ARTICLES | {"not an article", "no article's URL"}:
        summary.fetched += 1
    summary.moved += outcome.moved_from is not None
    match kind:
        case "new" | "changed" | "chrome-only" | "unchanged":
            summary.articles += 1
            summary.warnings += outcome.has_warnings
            name = kind.replace("-", "_")
            setattr(summary, name, getattr(summary, name) + 1)
        case "not an article":
            summary.warnings += 1
            circumstances.misfits += 1
        case "no article's URL":
            summary.warnings += 1
        case "gone":
            summary.gone += 1
        case "robots":
            summary.refused += 1
            circumstances.forbidden_by_robots += 1
        case "refused":
            summary.refused += 1
        case "failed":
            summary.failed += 1
    log.log(
        logging.INFO if kind in _QUIET else logging.WARNING,
        "%s: %s%s",
        outcome.url,
        kind,
        f": {outcome.detail}" * bool(outcome.detail),
        extra=told("visit", url=outcome.url, outcome=kind, detail=outcome.detail),
    )
    if outcome.moved_from:
        moved = told("visit", url=outcome.moved_from, outcome="moved", detail=outcome.url)
        log.warning("%s: moved: %s", outcome.moved_from, outcome.url, extra=moved)
