"""Whether a lead is due: never captured, moved since, or failed and its time has come."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from eafarchive.archive.ledger import Visit
from eafarchive.model import Lead
from eafarchive.work.asking import LONGEST_WAIT


def is_due(lead: Lead, last: Visit | None, now: datetime, *, full: bool) -> bool:
    """Whether to ask for the lead now; ``full`` disregards what is held already."""
    if last is None:
        return True
    if last.due_at is not None:
        return not timedelta(0) < last.due_at - now <= LONGEST_WAIT
    if full or last.captured_at is None:
        return True
    if lead.lastmod is None:
        return False
    moved = _moment(lead.lastmod)
    if last.lastmod is not None:
        before = _moment(last.lastmod)
        return moved != before if moved and before else lead.lastmod != last.lastmod
    return moved is None or moved > last.captured_at


def _moment(lastmod: str) -> datetime | None:
    """The instant of a W3C date-time, a bare date's being its end; ``None`` for junk."""
    try:
        if len(lastmod) == len("2026-11-24"):
            return datetime.combine(datetime.fromisoformat(lastmod), time.max, UTC)
        moment = datetime.fromisoformat(lastmod)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
