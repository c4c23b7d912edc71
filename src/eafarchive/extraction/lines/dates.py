"""Dates as pages write them, and which witness of several is believed. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec

from eafarchive.extraction.lines.date_words import in_latin
from eafarchive.extraction.lines.months import MONTHS

_TRUST = ("ld:", "meta:", "time", "text", "url")
_YEARS = range(1900, 2101)
"""What a page can mean; 0001 and 9999 are what software writes for "none"."""
_LONGEST = 120  # characters; anything longer is prose with a date in it
_SAME_INSTANT = timedelta(minutes=1)
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-12)

_CLOCK = (
    r"(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,12})?)?"
    r"(?: ?(?P<half>[ap]\.?m\b\.?)| ?(?:h|น)\.?(?!\w))?"
    r"(?: ?\(?(?P<zone>z|(?:utc|gmt)?[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2}|(?:utc|gmt)[+-][0-9]{1,2}"
    r"|utc|gmt|ut)(?![\w:+-])\)?)?"
)
_LEAD = (
    r"(?:(?:first |last )?(?:published|posted|updated|modified|date|created)(?: on| at)?:? |on )?"
)
_LETTERS = r"[^\W\d_]"
_VIETNAMESE = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),? "
_WEEKDAY = rf"(?:{_VIETNAMESE}|{_LETTERS}{{2,14}}(?:-{_LETTERS}{{2,8}})?(?:[.,]{{1,2}} ?| ))?"
_TAIL = r"(?: ?(?:[|·•]|by ).*)?"
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"
_MONTH = r"(?P<month>[0-9]{1,2})"
# in Devanagari and Thai signs that are no letters belong to words, in Thai stops to short names
_SIGNS = r"[\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_THAI = r"[\u0e01-\u0e4e]"
_WORD = rf"(?P<name>(?:{_LETTERS}|{_SIGNS}){{3,14}}|{_THAI}{{1,3}}\.{_THAI})\.?"
_ZONE_NAME = r"(?: ?\(?(?P<other>[a-z]{2,5})\)?)?"
_TIME = (
    rf"(?:(?:,| at| -|,? um|,? à|,? alle|,? kl\.?|,? às|,? o|,? a las|,? klo)? {_CLOCK}{_ZONE_NAME}"
    r"|,? klo?\.? [0-9]{1,2}\.[0-9]{2})?"
)
_NTH = r"(?:st|nd|rd|th|er|(?P<dot>\.)|º)?"
_GAP = r"(?:[ -]|(?<=\.))"
_DAY_MONTH = rf"{_DAY}{_NTH}{_GAP}(?:of |de |d[’'])?{_WORD},?{_GAP}(?:de |del )?{_YEAR}"
_MONTH_DAY = rf"{_WORD} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}"
_EASTERN_TIME = r"(?: ?(?:[(（].[)）]|星期.|.曜日?|.요일))?(?: ?.{0,3}[0-9]{1,2}[:時时시].{0,12})?"

_PATTERNS = (
    # ISO 8601 and RFC 3339, extended form; a blank for the T as SQL writes it
    rf"{_YEAR}-{_MONTH}-{_DAY}(?:[t ]{_CLOCK}(?: ?(?P<other>[a-z]{{2,5}}))?)?",
    # the same with slashes or stops: year first leaves no doubt about the order
    rf"{_LEAD}{_YEAR}(?:[/.] ?){_MONTH}(?:[/.] ?){_DAY}\.?{_TIME}{_TAIL}",
    # ISO 8601, basic form
    (
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
        r"(?:t(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?"
        r"(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?"
    ),
    # 2 June 2016, 2nd June, 2016, 2 de junio de 2016, Thu, 02 Jun 2016 10:00 +1000 (RFC 5322)
    rf"{_LEAD}{_WEEKDAY}(?:the |den |le |el )?{_DAY_MONTH}{_TIME}{_TAIL}",
    # June 2, 2016
    rf"{_LEAD}{_WEEKDAY}{_MONTH_DAY}{_TIME}{_TAIL}",
    # 11:34 PM EST Nov 19, 2019; Fri 6:45 PM, 16 Feb 2018
    rf"{_LEAD}{_WEEKDAY}{_CLOCK}{_ZONE_NAME},? (?:on )?(?:{_LETTERS}{{3,9}}, )?{_MONTH_DAY}{_TAIL}",
    rf"{_LEAD}{_WEEKDAY}{_CLOCK}{_ZONE_NAME},? (?:on )?(?:{_LETTERS}{{3,9}}, )?{_DAY_MONTH}{_TAIL}",
    # 2024. március 5.
    rf"{_YEAR}[.,]? {_WORD} {_DAY}\.?{_TIME}",
    # ngày 5 tháng 3 năm 2024
    rf"(?:ngày )?{_DAY} tháng {_MONTH}(?:,| năm) {_YEAR}",
    rf"{_YEAR}[年년] ?{_MONTH}[月월] ?{_DAY}[日일]{_EASTERN_TIME}",
)
_SHAPES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_MONTH_FIRST = rf"{_LEAD}{_WEEKDAY}{_MONTH_DAY}"
_LETTERED = tuple(one for one in _SHAPES if not one.pattern.startswith("(?P<year>"))
_NUMBERED = tuple(one for one in _SHAPES if not one.pattern.startswith(_MONTH_FIRST))
"""Those that may begin with a letter, and with a digit."""
_TWO = "[0-9]{2}"
_DATABLE = re.compile(rf"[0-9](?:[0-9]{{3}}|[0-9]\.{_TWO}\.{_TWO}(?![0-9]))")
"""What all shapes have: a year."""
_BUDDHIST = 543
"""Years that Thai counts before the common era."""
_RECENT = {f"{year % 100:02}": str(year) for year in range(1990, 2050)}
"""The years that two digits mean on the web."""
_SLASHED = re.compile(
    rf"{_LEAD}{_WEEKDAY}(?P<one>[0-9]{{1,2}})(?P<mark>[/.-])(?P<two>[0-9]{{1,2}})(?P=mark)"
    rf"{_YEAR}{_TIME}{_TAIL}",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"{_LEAD}{_WEEKDAY}(?P<day>{_TWO})\.(?P<month>{_TWO})\.(?P<short>{_TWO}){_TIME}{_TAIL}",
    re.IGNORECASE,
)
"""What is known to be a date in a language that writes the day first; 3.5.24 may be a version."""


_CORES = (
    rf"{_YEAR}-{_MONTH}-{_DAY}(?:[t ]{_CLOCK}{_ZONE_NAME})?",
    rf"{_YEAR}[/.] ?{_MONTH}[/.] ?{_DAY}\.?{_TIME}",
    rf"{_CLOCK}{_ZONE_NAME},? (?:on )?(?:{_LETTERS}{{3,9}},? )?(?:{_MONTH_DAY}|{_DAY_MONTH})",
    rf"{_DAY_MONTH}{_TIME}",
    rf"{_MONTH_DAY}{_TIME}",
    rf"{_YEAR}[.,]? {_WORD} {_DAY}\.?{_TIME}",
    rf"{_DAY} tháng {_MONTH}(?:,| năm) {_YEAR}",
    rf"{_YEAR}[年년] ?{_MONTH}[月월] ?{_DAY}[日일]{_EASTERN_TIME}",
    *(rf"(?:{_VIETNAMESE})?{_DAY}{mark}{_MONTH}{mark}{_YEAR}{_TIME}" for mark in ("/", r"\.", "-")),
    rf"{_TWO}\.{_TWO}\.{_TWO}(?![\w.]){_TIME}",
)
"""Dates alone, as they stand beside other words."""
_ANYWHERE = re.compile(
    rf"(?<![\w/.-])(?:{'|'.join(re.sub(r'[(][?]P<[a-z]+>', '(?:', core) for core in _CORES)})"
    r"(?![\w/-])",
    re.IGNORECASE,
)


class Candidate(msgspec.Struct, frozen=True):
    """One witness for a date."""

    rule: str
    """Who says so: ``ld:datePublished``, ``meta:article:published_time``, ``time``, ``text``,
    ``url``."""
    value: str
    """As the page spells it."""


class Chosen(NamedTuple):
    """The date believed, who said it, and what is doubtful about it."""

    value: str | None
    rule: str | None
    warnings: tuple[str, ...]


class _Moment(NamedTuple):
    text: str
    day: date
    instant: datetime | None
    zoneless: bool


def choose_date(candidates: tuple[Candidate, ...], *, day_first: bool = False) -> Chosen:
    """The most trusted readable date: linked data, meta, ``<time>``, text, URL, in this order.

    Unreadable values, times without a zone and witnesses that contradict the chosen one are told
    in the warnings. A bare date contradicts an instant only if it is that day nowhere on earth.
    ``day_first``: whether 02/03/2016 is in March where the page comes from.
    """
    warnings = []
    chosen: tuple[Candidate, _Moment] | None = None
    for candidate in sorted(candidates, key=_distrust):
        moment = _read(candidate.value, day_first=day_first)
        if moment is None:
            if candidate.value.strip():
                is_two = _read(candidate.value, day_first=True) is not None
                what = "leaves day and month in doubt" if is_two else "is no date"
                warnings.append(f"{candidate.rule}: {candidate.value.strip()[:60]!r} {what}")
        elif chosen is None:
            chosen = candidate, moment
            if moment.zoneless:
                warnings.append(f"{candidate.rule}: time without a zone, only the date is kept")
        elif not _agree(chosen[1], moment):
            warnings.append(
                f"{candidate.rule} says {moment.text}, {chosen[0].rule} {chosen[1].text}"
            )
    told = tuple(dict.fromkeys(warnings))
    return Chosen(chosen[1].text, chosen[0].rule, told) if chosen else Chosen(None, None, told)


def parse_date(value: str) -> str | None:
    """The date as ``YYYY-MM-DD``, or the instant with seconds and its zone as spelled.

    Reads ISO 8601 in its usual spellings, RFC 5322, and dates with a month's name. ``None`` for
    what is no date, lies outside 1900 to 2100 or leaves day and month in doubt (02/03/2016). A time
    without a zone, or with one known by letters only, yields the date.
    """
    moment = _read(value)
    return moment.text if moment else None


def is_same_day(one: str, other: str) -> bool:
    """Whether both can be read, and be of the same day, somewhere on earth."""
    first, second = _read(one), _read(other)
    return first is not None and second is not None and _agree(first, second)


def find_dates(line: str) -> tuple[tuple[int, int], ...]:
    """Where in the line dates stand, whether or not day and month are in doubt."""
    line = in_latin(line[: 10 * _LONGEST])
    return _found_in(line) if _DATABLE.search(line) else ()


@lru_cache(maxsize=256)  # several rooms ask about the lines at a title
def _found_in(line: str) -> tuple[tuple[int, int], ...]:
    spans = [match.span() for match in _ANYWHERE.finditer(line)]
    return tuple([(low, high) for low, high in spans if _read(line[low:high], day_first=True)])


def _distrust(candidate: Candidate) -> int:
    return next(
        (at for at, rule in enumerate(_TRUST) if candidate.rule.startswith(rule)), len(_TRUST)
    )


def _agree(one: _Moment, other: _Moment) -> bool:
    if one.instant and other.instant:
        return abs(one.instant - other.instant) < _SAME_INSTANT
    instant = one.instant or other.instant
    if instant is None:
        return one.day == other.day
    day = other.day if one.instant else one.day
    return (instant + _WESTMOST).date() <= day <= (instant + _EASTMOST).date()


@lru_cache(maxsize=256)  # a page says the same date in many places
def _read(value: str, *, day_first: bool = False) -> _Moment | None:
    if len(value) > 10 * _LONGEST:
        return None
    text = " ".join(in_latin(value).split())
    if len(text) > _LONGEST or not _DATABLE.search(text):
        return None
    for shape in _NUMBERED if text[0].isdecimal() else _LETTERED:
        if match := shape.fullmatch(text):
            return _moment({k: v for k, v in match.groupdict().items() if v is not None})
    if match := _SLASHED.fullmatch(text):
        parts = {k: v for k, v in match.groupdict().items() if v is not None}
        first, second = int(parts["one"]), int(parts["two"])
        # where stops stand between, the day is first in every language (CLDR, "short" date format)
        if first > 12 or ((day_first or parts["mark"] == ".") and second <= 12):
            return _moment(parts | {"day": parts["one"], "month": parts["two"]})
        if second > 12:
            return _moment(parts | {"day": parts["two"], "month": parts["one"]})
        if first == second:
            return _moment(parts | {"day": parts["one"], "month": parts["two"]})
    match = _SHORT.fullmatch(text) if day_first else None
    if match and match["short"] in _RECENT:
        parts = {k: v for k, v in match.groupdict().items() if v is not None}
        return _moment(parts | {"year": _RECENT[parts["short"]]})
    return None


def _moment(parts: dict[str, str]) -> _Moment | None:
    month = parts["month"] if "month" in parts else MONTHS.get(parts["name"].lower(), 0)
    if "dot" in parts and parts["name"].lower() == "listopada":
        return None  # November in Polish, which has no stop after the day; else Croatian's October
    try:
        day = date(_year(parts), int(month), int(parts["day"]))
    except ValueError:
        return None
    if day.year not in _YEARS:
        return None
    bare = _Moment(day.isoformat(), day, None, zoneless=False)
    if "hour" not in parts:
        return bare
    hour = _hour(int(parts["hour"]), parts.get("half", ""))
    minute, second = int(parts["minute"]), int(parts.get("second", "0"))
    if hour is None or minute > 59 or second > 59:
        return None
    zone = _zone(parts.get("zone", ""))
    if zone is None:
        return bare._replace(zoneless=True)
    text = f"{day.isoformat()}T{hour:02}:{minute:02}:{second:02}{zone}"
    return _Moment(text, day, datetime.fromisoformat(text).astimezone(UTC), zoneless=False)


def _year(parts: dict[str, str]) -> int:
    """The year; after a month's Thai name it may be counted from the Buddha's death."""
    year = int(parts["year"])
    is_buddhist = "฀" < parts.get("name", "") < "๿" and year - _BUDDHIST in _YEARS
    return year - _BUDDHIST if is_buddhist else year


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _zone(zone: str) -> str | None:
    """The zone as ISO 8601 spells it; ``None`` for none, or for one outside what is in use."""
    zone = zone.upper()
    if zone in {"Z", "UTC", "GMT", "UT"}:
        return "Z"
    digits = zone.removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if not digits:
        return None
    hours, minutes = int(digits[1:3]), int(digits[3:5] or "0")
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    is_zero = zone[0] in "GU" and hours == 0 and len(digits) <= len("+00")
    return "Z" if is_zero else f"{digits[0]}{hours:02}:{minutes:02}"
