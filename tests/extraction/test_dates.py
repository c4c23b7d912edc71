"""Dates in every usual spelling, and which witness is believed."""

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eafarchive.extraction.lines.dates import Candidate, choose_date, parse_date

SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}(Z|[+-][0-9]{2}:[0-9]{2}))?")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
INSTANTS = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001 - bounds are naive by hypothesis's rule


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2016-06-02", "2016-06-02"),
        ("2016-06-02T00:00:00+10:00", "2016-06-02T00:00:00+10:00"),
        ("2016-06-02T00:00Z", "2016-06-02T00:00:00Z"),
        ("2016-06-02 00:00:00", "2016-06-02"),
        ("2016-06-02T00:00:00.123+1000", "2016-06-02T00:00:00+10:00"),
        ("2 June 2016", "2016-06-02"),
        ("June 2, 2016", "2016-06-02"),
        ("2nd June 2016", "2016-06-02"),
        ("Thu, 02 Jun 2016 10:00:00 +1000", "2016-06-02T10:00:00+10:00"),
        ("Thursday, June 2nd, 2016 at 3:15 pm AEST", "2016-06-02"),
        ("02/03/2016", None),
        ("25/03/2016", "2016-03-25"),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("20160602", "2016-06-02"),
        ("20160602T101112Z", "2016-06-02T10:11:12Z"),
        ("2016年6月2日", "2016-06-02"),
        ("2 de junio de 2016", "2016-06-02"),
        ("Published on 2 June 2016", "2016-06-02"),
        ("Posted on June 2, 2016 by Jane", "2016-06-02"),
        ("2016/06/02", "2016-06-02"),
        ("2. Juni 2016", "2016-06-02"),
        ("1464789600", None),
        ("2016", None),
        ("2016-06", None),
        ("2016-02-30", None),
        ("2016-06-02T10:00:00-0000", "2016-06-02T10:00:00-00:00"),
        ("2016-06-02 10:00:00 UTC", "2016-06-02T10:00:00Z"),
        ("2016-06-02 10:00 UTC-0", "2016-06-02T10:00:00Z"),
        ("2016-06-02 10:00 GMT+0", "2016-06-02T10:00:00Z"),
        ("2016-06-02T10:00:00-05", "2016-06-02T10:00:00-05:00"),
        ("2016-06-02T10:00:00 EST", "2016-06-02"),
        ("June 2016", None),
        ("Thu Jun 02 2016 10:00:00 GMT+1000 (AEST)", "2016-06-02T10:00:00+10:00"),
        ("13.02.2016", "2016-02-13"),
        ("Jun 2, 2016, 3:15 PM", "2016-06-02"),
        ("2016-06-02T10:00:00+99:00", "2016-06-02"),
        ("1er juin 2016", "2016-06-01"),
    ],
)
def test_spelling(value, wanted):
    assert parse_date(value) == wanted


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%Y/%m/%d"]))
def test_every_day_is_read_back(day, spelling):
    assert parse_date(day.strftime(spelling)) == day.isoformat()


@given(INSTANTS)
def test_every_instant_keeps_its_zone(instant):
    wanted = instant.replace(microsecond=0)
    assert parse_date(instant.isoformat()) == wanted.isoformat()
    assert datetime.fromisoformat(parse_date(format_datetime(instant))) == wanted


@given(st.text(max_size=150) | st.from_regex(r"[0-9TZ:+\-/. ]{1,30}", fullmatch=True))
@settings(max_examples=300)
def test_p16_any_text_gives_a_date_or_none(text):
    read = parse_date(text)
    assert read is None or (SHAPE.fullmatch(read) and parse_date(read) == read)


def choose(**values: str):
    rules = {"ld": "ld:datePublished", "meta": "meta:article:published_time"}
    return choose_date(tuple(Candidate(rules.get(k, k), v) for k, v in values.items()))


def test_the_most_trusted_witness_wins_in_whatever_order():
    chosen = choose(url="2016-06-02", text="2 June 2016", ld="2016-06-01T14:00:00Z")
    assert chosen == ("2016-06-01T14:00:00Z", "ld:datePublished", ())


def test_an_unreadable_witness_is_told_and_passed_over():
    chosen = choose(ld="soon", time="2016-06-02T10:00:00+10:00")
    assert chosen == ("2016-06-02T10:00:00+10:00", "time", ("ld:datePublished: 'soon' is no date",))


def test_what_leaves_day_and_month_in_doubt_is_not_called_no_date():
    chosen = choose(text="8/6/2017", url="2017-06-08")
    assert chosen.warnings == ("text: '8/6/2017' leaves day and month in doubt",)


def test_p16_a_time_without_a_zone_is_a_day():
    chosen = choose(time="2016-06-02T10:00:00")
    assert chosen == ("2016-06-02", "time", ("time: time without a zone, only the date is kept",))


@pytest.mark.parametrize(
    ("values", "differ"),
    [
        ({"ld": "2018-11-21T00:00:31+11:00", "meta": "2018-11-20T13:00:31Z"}, False),
        ({"ld": "2018-11-20T13:00:31Z", "url": "2018-11-21"}, False),
        ({"ld": "2018-11-20T13:00:31Z", "url": "2018-11-23"}, True),
        ({"ld": "2018-11-20T13:00:31Z", "meta": "2018-11-20T14:00:31Z"}, True),
        ({"text": "20 November 2018", "url": "2018-11-21"}, True),
    ],
)
def test_p16_disagreement_is_a_warning(values, differ):
    assert bool(choose(**values).warnings) == differ


@pytest.mark.parametrize(
    "values", [{}, {"ld": ""}, {"ld": "0001-01-01T00:00:00Z", "time": "9999-12-31"}]
)
def test_p16_nothing_is_guessed(values):
    assert choose(**values)[:2] == (None, None)
