"""What a crawl did, in numbers, and the exit code that follows from them."""

from __future__ import annotations

from typing import Literal

import msgspec

from eafarchive.errors import ExitCode

DRIFT_PAGES = 3
DRIFT_SHARE = 0.02
"""So many pages, and more than this share of a run's article pages, that no longer read as their
profile says, mean that the profile must be mended; and so do as many at article URLs of which none
is an article."""
MANY_MISFITS = 25
"""Or so many that are none, if fewer are."""
BLOCKED_PAGES = 3
"""So many pages in place of those asked for are no accident of one address."""
GONE_PAGES = 10
"""So many pages that are not there in a run that saw none are hardly removed, unless a sitemap
ceased to name them: addresses are broken."""
MAX_DRIFT = 1000
"""Pages that a summary names."""


OutcomeKind = Literal[
    "new",
    "changed",
    "chrome-only",
    "unchanged",
    "drifted",
    "blocked",
    "unread",
    "unwritten",
    "not an article",
    "no article's URL",
    "gone",
    "robots",
    "refused",
    "failed",
    "later",
    "bug",
]
"""How the visit of a URL ended; `eafarchive.work.report.outcome.Outcome` says what each means."""
First = OutcomeKind | Literal["source", "given"]
"""What has a first of its kind: those, a source in trouble, a URL given that brought nothing."""


class Drift(msgspec.Struct, frozen=True):
    """One page that drifted."""

    url: str
    rules: tuple[str, ...]
    """The profile's keys, each with what became of it."""


class Summary(msgspec.Struct):
    """Counts of URLs; ``requests`` of HTTP requests; ``warc_bytes``; ``seconds``."""

    discovered: int = 0
    fetched: int = 0
    """URLs that gave a whole answer: with status 200, or 304 for what is held."""
    new: int = 0
    changed: int = 0
    """Articles whose words or metadata are others."""
    chrome_only: int = 0
    """Pages that are others while their article is not."""
    unchanged: int = 0
    """Pages that are the same, byte for byte or by the server's word."""
    held_again: int = 0
    """Of the last two: articles whose capture was in a WARC file that is lost."""
    gone: int = 0
    """Articles held that were not there any more (404, 410)."""
    moved: int = 0
    """Articles held whose address leads to another one now."""
    audited: int = 0
    """Articles asked for only because they were unseen the longest."""
    refused: int = 0
    """By robots.txt, by the server (401, 403, 451), or because they lead off the site."""
    failed: int = 0
    articles: int = 0
    """Pages that are articles: ``new``, ``changed``, ``chrome_only`` and ``unchanged``."""
    warnings: int = 0
    """Pages whose record carries warnings, is held back or is none, and pages that stand in an
    article's place."""
    drifted: int = 0
    """Pages that no longer read as their profile says."""
    drift: list[Drift] = []
    """Those pages, and by which rules; the first `MAX_DRIFT`."""
    blocked: int = 0
    """Pages that stood in place of the one asked for: a challenge, a wall, an error."""
    source_warnings: int = 0
    """Sitemaps, feeds and REST routes that are broken, are missing where they are named or were, or
    shrank; sites of which none could be read."""
    put_off: int = 0
    """URLs and sources for another run: their host is to be left alone for now."""
    warc_bytes: int = 0
    requests: int = 0
    seconds: float = 0.0


class Circumstances(msgspec.Struct):
    """What decides the exit code beside the counts."""

    forbidden_by_robots: int = 0
    """Of the URLs refused."""
    sources_read: int = 0
    sources_forbidden: int = 0
    """Of the sitemaps and feeds, by robots.txt."""
    sources_failed: int = 0
    sites_unread: int = 0
    """Sites of which no sitemap, feed or REST route could be read: what is new there is unknown."""
    broken: int = 0
    """URLs that were asked for and failed, but for those that are not there (404, 410)."""
    misfits: int = 0
    """Pages at an article's URL in which the profile found no article."""
    given_in_vain: int = 0
    """URLs asked for by name that brought no record, though nothing failed or was refused."""
    removed: int = 0
    """Of the articles gone, those that a sitemap has ceased to name."""
    held_back: int = 0
    """Pages that drifted and whose record stays an earlier capture's."""
    bugs: int = 0
    firsts: dict[First, str] = {}
    """Kind of trouble → the first of its kind: the URL and what was wrong."""


def exit_code(summary: Summary, circumstances: Circumstances) -> ExitCode:
    """The contract's exit code for a run that was not interrupted."""
    got_something = summary.fetched + circumstances.sources_read
    if circumstances.sources_failed and not circumstances.sources_read:
        # What only the audit saw is nothing new, and must not hide that no source could be read.
        got_something = max(0, summary.fetched - summary.audited)
    rebuffed = summary.refused - circumstances.forbidden_by_robots
    troubled = summary.failed + rebuffed
    if circumstances.bugs:
        return ExitCode.BUG
    if summary.put_off:
        return ExitCode.LATER
    if not got_something:
        if troubled or circumstances.sources_failed or circumstances.given_in_vain:
            return ExitCode.NOTHING_FETCHED
        forbidden = circumstances.forbidden_by_robots + circumstances.sources_forbidden
        return ExitCode.ROBOTS_FORBID_ALL if forbidden else ExitCode.DONE
    shut = rebuffed + circumstances.broken + summary.blocked
    astray = troubled + summary.gone - circumstances.removed
    # Sources alone are nothing: the site shows none of its pages.
    if summary.fetched == summary.blocked:
        if shut >= BLOCKED_PAGES or astray >= GONE_PAGES:
            return ExitCode.NOTHING_FETCHED
        if circumstances.forbidden_by_robots >= BLOCKED_PAGES and not troubled + summary.gone:
            return ExitCode.ROBOTS_FORBID_ALL
    if has_drifted(summary, circumstances):
        return ExitCode.DRIFT
    # A source that is down is no failure while another one of its site works.
    is_blocked = summary.blocked >= BLOCKED_PAGES
    in_vain = circumstances.given_in_vain
    is_whole = not (troubled or circumstances.sites_unread or is_blocked or in_vain)
    return ExitCode.DONE if is_whole else ExitCode.SOME_FAILED


def has_drifted(summary: Summary, circumstances: Circumstances) -> bool:
    """Whether so many pages no longer read as their profile says that somebody must mend it."""
    pages = summary.articles + circumstances.held_back + circumstances.misfits
    misfits, most = circumstances.misfits, MANY_MISFITS if summary.articles else DRIFT_PAGES
    if misfits >= most and misfits > summary.articles:
        return True
    return summary.drifted >= DRIFT_PAGES and summary.drifted > DRIFT_SHARE * pages
