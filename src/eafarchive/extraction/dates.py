"""Dates: as precise as the page gives them, never guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?[ ]?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november"),
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_WORD = r"([A-Za-z]{3,9})\.?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_WORD},?\s+(\d{{4}})", re.ASCII)
_MONTH_FIRST = re.compile(rf"{_WORD}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.ASCII)
_LEAD = re.compile(
    r"(?:(?:posted|published|updated|date)\s*(?:on|:)?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
    re.IGNORECASE,
)
_EARLIEST = 1990
_SLACK = timedelta(hours=26)
"""Two dates so close may be one, told in two time zones."""


class Candidate(msgspec.Struct, frozen=True):
    """What one witness says of a date."""

    rule: str
    """E.g. ``ld:datePublished``, ``meta:article:published_time``, ``time``, ``text``, ``url``."""
    value: str


class Chosen(msgspec.Struct, frozen=True):
    """The date taken, the rule that gave it, and what is doubtful."""

    value: str | None
    rule: str | None
    warnings: tuple[str, ...] = ()


class _Date(msgspec.Struct, frozen=True):
    text: str
    moment: datetime
    """For comparison only: noon UTC of a bare date."""
    lost_time: bool = False


def choose_date(candidates: tuple[Candidate, ...]) -> Chosen:
    """The first candidate that is a date, with a warning where another says a different day."""
    read = [(candidate, found) for candidate in candidates if (found := _read(candidate.value))]
    if not read:
        return Chosen(None, None)
    first, chosen = read[0]
    warnings = [f"{first.rule}: a time without a zone; only its date is kept"] * chosen.lost_time
    for other, found in read[1:]:
        if abs(found.moment - chosen.moment) > _SLACK:
            warnings.append(
                f"dates differ: {first.rule} says {chosen.text}, {other.rule} {found.text}"
            )
    return Chosen(chosen.text, first.rule, tuple(warnings))


def parse_date(value: str) -> str | None:
    """The date or instant in ISO 8601, or ``None`` if the text is none, or could be two.

    An instant keeps its zone as spelled, to the second; without a zone only its date is kept. Years
    before 1990 and after the century's end are no publication's.
    """
    found = _read(value)
    return found.text if found else None


def _read(value: str) -> _Date | None:
    text = " ".join(value[:200].split())
    try:
        return _iso(text) or _written(text) or _mail(text)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> _Date | None:
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    day, hour, minute, second, zone = found.groups()
    if hour is None or zone is None:
        return _bare(
            date.fromisoformat(day), lost_time=hour is not None and hour + minute != "0000"
        )
    zone = zone.upper()
    if zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    return _instant(f"{day}T{hour}:{minute}:{second or '00'}{zone}")


def _written(text: str) -> _Date | None:
    text = text[_LEAD.match(text).end() :]  # type: ignore[union-attr]  # matches nothing, too
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    number = _MONTHS.get(month.lower())
    return _bare(date(int(year), number, int(day))) if number else None


def _mail(text: str) -> _Date | None:
    """RFC 5322, as feeds write it."""
    if not text[:1].isalpha() or "," not in text[:5]:
        return None
    return _instant(parsedate_to_datetime(text).isoformat())


def _instant(text: str) -> _Date | None:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return _bare(moment.date(), lost_time=True)
    return _Date(text, moment.astimezone(UTC)) if _likely(moment.year) else None


def _bare(day: date, *, lost_time: bool = False) -> _Date | None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return _Date(day.isoformat(), noon, lost_time) if _likely(day.year) else None


def _likely(year: int) -> bool:
    return _EARLIEST <= year < 2100
