"""Whether what a source says of a URL's modification makes the URL due."""

from __future__ import annotations

from datetime import UTC, datetime, time

_YEARS = range(1970, 9999)


def has_moved(
    lastmod: str | None, before: str | None, captured_at: datetime | None, now: datetime
) -> bool:
    """Whether ``lastmod`` is news, compared with what the same kind of source said ``before``.

    Times are compared with times, and a spelling that is none with the spelling. What was said
    before decides, and no clock; only where nothing was said before is the time of the capture
    looked at, unless it is yet to come: then it was noted by a clock that was wrong.
    """
    if lastmod is None:
        return False
    moved = moment_of(lastmod)
    if before is not None:
        earlier = moment_of(before)
        return moved != earlier if moved and earlier else lastmod != before
    if captured_at is None:
        return True
    return moved is None or captured_at > now or moved > captured_at


def moment_of(lastmod: str) -> datetime | None:
    """The instant of a W3C date-time, as `instant_of` gives it; ``None`` for junk, such as the year
    1 that software writes for no time at all.
    """
    moment = instant_of(lastmod)
    return moment if moment and moment.year in _YEARS else None


def instant_of(spelled: str) -> datetime | None:
    """The instant of a W3C date-time, a bare date's being its end; ``None`` for what is none."""
    try:
        moment = datetime.fromisoformat(spelled)
    except ValueError:
        return None
    if len(spelled) == len("2026-11-24"):
        return datetime.combine(moment, time.max, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
