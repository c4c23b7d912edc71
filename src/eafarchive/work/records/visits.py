"""What a visit leaves in the ledger: how it ended, what is known now, when to come again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from eafarchive import http1
from eafarchive.archive.books.ledger import Ledger
from eafarchive.archive.books.memory import Visit
from eafarchive.archive.captures.index import CaptureRow
from eafarchive.discovery.manners import next_due
from eafarchive.model import Lead
from eafarchive.work.fetching.answers import GONE, Arrival, Known, Trouble
from eafarchive.work.records.reading import Reader

GONE_FOR_GOOD = 3
"""So many times in a row a held article was not there: from then on only the audit asks again."""
NEVER_THERE = 10
"""So many times in a row a listed URL was not there: it is asked for again once it is moved."""

_OUTCOMES: dict[str, Literal["blocked", "drifted", "failed", "not an article"]]
_OUTCOMES = {
    "blocked": "blocked",
    "drifted": "drifted",
    "unread": "failed",
    "not an article": "not an article",
}
"""Verdicts on pages held back, as what the ledger remembers."""

replace = msgspec.structs.replace


class Visits:
    """The memory of one run's visits."""

    def __init__(self, ledger: Ledger, reader: Reader, clock: Callable[[], datetime]) -> None:
        """``clock`` gives aware UTC."""
        self._ledger = ledger
        self._reader = reader
        self._clock = clock

    def known(self, lead: Lead, *, conditional: bool) -> Known | None:
        """What is known of the lead's page; without validators unless ``conditional``.

        And without them if the last page was held back: it may be the same payload under a head by
        which it cannot be read.
        """
        before = self._ledger.visit(self._reader.key(lead.url))
        if before is None or before.captured_at is None:
            return None
        if not conditional or _is_held_back(before):
            before = replace(before, etag=None, last_modified=None)
        return Known(before.url, before.etag, before.last_modified, before.payload_digest)

    def is_known(self, row: CaptureRow) -> bool:
        """Whether a revisit repeats the page that is known, and not one that was held back."""
        before = self._ledger.visit(self._reader.key(row.target_uri))
        if before is None or _is_held_back(before):
            return False
        return before.payload_digest == row.payload_digest

    def arrived(self, lead: Lead, arrival: Arrival) -> str | None:
        """Remember a whole answer; the address that an article which was held has moved from."""
        now, url = self._clock(), arrival.capture.target_uri
        asked, got = self._reader.key(lead.url), self._reader.key(url)
        self._ledger.remember(self._captured(got, lead, arrival, now))
        if asked == got:
            return None
        before = self._ledger.visit(asked) or _heard_of(asked, lead)
        self._ledger.remember(
            replace(
                before,
                outcome="redirected",
                detail=url,
                visited_at=now,
                gone_at=None,
                failures=0,
                due=0,
                due_at=None,
            )
        )
        is_held = before.captured_at is not None and self._reader.is_article(lead.url)
        return lead.url if is_held and before.outcome != "redirected" else None

    def held_back(self, lead: Lead, got: str, kind: str, detail: str) -> None:
        """Remember that another page stood in its place, or one that does not read as it should.

        ``got`` is the address of that page. Where it is no article's it may be for good, as a 404
        is: many a site leads to its home page what it has removed. What was known of the good page
        stays known, so that the other is never taken for the same.
        """
        key, now = self._reader.key(lead.url), self._clock()
        before = self._ledger.visit(key) or _heard_of(key, lead)
        failures = before.failures + 1
        patience = NEVER_THERE if before.captured_at is None else GONE_FOR_GOOD
        is_due = self._reader.is_article(got) or failures < patience
        self._ledger.remember(
            replace(
                before,
                outcome=_OUTCOMES[kind],
                detail=detail,
                visited_at=now,
                failures=failures,
                due=1 if is_due else 0,
                due_at=next_due(failures - 1, now, None, key) if is_due else None,
            )
        )

    def failures(self, url: str) -> int:
        """How often in a row the URL brought nothing that was believed."""
        visit = self._ledger.visit(self._reader.key(url))
        return visit.failures if visit else 0

    def taken_back(
        self, url: str, detail: str, *, is_held: bool, failures: int = 1
    ) -> datetime | None:
        """Remember that the page captured last was another's; when that was seen.

        ``is_held``: an article was captured before it. The URL is to be asked for again.
        """
        before = self._ledger.visit(self._reader.key(url))
        if before is None or before.outcome != "captured":
            return None
        seen = before.visited_at or self._clock()
        self._ledger.remember(
            replace(
                before,
                outcome="blocked",
                detail=detail,
                captured_at=before.captured_at if is_held else None,
                failures=failures,
                due=1,
                due_at=next_due(failures - 1, seen, None, before.key),
                etag=None,
                last_modified=None,
                payload_digest=None,
            )
        )
        return seen

    def look_again(self, url: str) -> None:
        """Remember that a page that was captured is to be asked for in the next run."""
        visit = self._ledger.visit(self._reader.key(url))
        if visit is not None and visit.outcome == "captured":
            self._ledger.remember(replace(visit, due=1, due_at=None))

    def awaits(self, lead: Lead) -> bool:
        """Whether an article may yet come, where a page that is none stands and none ever stood.

        After so many visits in vain it is what the site has there, and as good as captured.
        """
        before = self._ledger.visit(self._reader.key(lead.url))
        return before is None or (before.captured_at is None and before.failures + 1 < NEVER_THERE)

    def is_awaited(self, lead: Lead) -> bool:
        """Whether it was so when the URL was seen last."""
        before = self._ledger.visit(self._reader.key(lead.url))
        return (
            before is not None
            and before.captured_at is None
            and before.outcome in {"blocked", "not an article"}
        )

    def failed(self, lead: Lead, trouble: Trouble) -> Literal["gone"] | None:
        """Remember why a URL brought nothing; ``gone`` if it is that of an article held.

        There is nothing to remember of one that was not asked for because its host is left alone,
        or its robots.txt could not be read.
        """
        if trouble.kind == "later" or (trouble.kind == "failed" and trouble.is_unasked):
            return None
        key, now = self._reader.key(lead.url), self._clock()
        before = self._ledger.visit(key) or _heard_of(key, lead)
        is_held = before.captured_at is not None and self._reader.is_article(lead.url)
        asked = {spelling(lead.url), spelling(trouble.url)}
        if is_held and trouble.status in GONE and spelling(before.url) not in asked:
            return None  # a spelling of the address that the server does not know
        is_gone = is_held and trouble.status in GONE
        in_a_row = before.failures if is_gone == (before.outcome == "gone") else 0
        failures = 0 if trouble.kind == "robots" else in_a_row + 1
        is_wanted = lead.source is not None or is_held
        due = before.due or (is_wanted and failures > 0)
        if trouble.status in GONE:
            due = failures < GONE_FOR_GOOD if is_held else due and failures < NEVER_THERE
        due_at = next_due(failures - 1, now, trouble.retry_after, key) if failures and due else None
        is_stale = trouble.status == 304  # nothing that is stored was meant
        self._ledger.remember(
            replace(
                before,
                outcome="gone" if is_gone else "failed" if trouble.kind == "failed" else "refused",
                detail=trouble.detail,
                visited_at=now,
                gone_at=(before.gone_at or now) if is_gone else before.gone_at,
                failures=failures,
                due=1 if due else 0,
                due_at=due_at,
                etag=None if is_stale else before.etag,
                last_modified=None if is_stale else before.last_modified,
            )
        )
        return "gone" if is_gone else None

    def is_unlisted(self, lead: Lead) -> bool:
        """Whether a sitemap has ceased to name the URL."""
        visit = self._ledger.visit(self._reader.key(lead.url))
        return visit is not None and visit.unlisted_at is not None

    def _captured(self, key: str, lead: Lead, arrival: Arrival, now: datetime) -> Visit:
        before = self._ledger.visit(key) or _heard_of(key, lead)
        capture, response, row = arrival.capture, arrival.response, arrival.row
        etag = http1.header(response, "etag")
        last_modified = http1.header(response, "last-modified")
        if response.status == 304:  # which may leave them out (RFC 9110 section 15.4.5)
            etag, last_modified = etag or before.etag, last_modified or before.last_modified
        return replace(
            before,
            url=capture.target_uri,
            outcome="captured",
            detail="",
            visited_at=now,
            captured_at=before.captured_at if response.status == 304 else capture.captured_at,
            gone_at=None,
            failures=0,
            due=0,
            due_at=None,
            etag=etag,
            last_modified=last_modified,
            payload_digest=row.payload_digest if row else arrival.payload_digest,
        )


def spelling(url: str) -> tuple[str, str]:
    """The URL without its scheme and host; a slash at the end, or its lack, is a spelling, too."""
    parts = urlsplit(url)
    return parts.path, parts.query


def _is_held_back(visit: Visit) -> bool:
    return visit.outcome in _OUTCOMES.values()


def _heard_of(key: str, lead: Lead) -> Visit:
    return Visit(key=key, url=lead.url, source=lead.source, outcome="pending")
