"""A time: no more exactly than it was told, and never backwards."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from kalends.domain.errors import ImpossibleDateError, SpanError
from kalends.domain.when import COARSE, PARTS, OfficeHours, checked, comes_twice, resolved
from specification import a_day

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = OfficeHours()


def utc(day, hour, minute=0):
    return datetime(2020, 7, day, hour, minute, tzinfo=UTC)


def test_a_whole_day_has_no_instants():
    when = resolved(a_day(), SHANGHAI, HOURS)
    assert (when.begin, when.end) == (None, None)


def test_instants_are_resolved_anew():
    stale = a_day(begin=utc(1, 0), end=utc(1, 1))
    assert resolved(stale, SHANGHAI, HOURS) == a_day()


def test_a_minute_is_resolved_in_its_zone():
    when = resolved(a_day(precision="minute", starts="14:30"), SHANGHAI, HOURS)
    assert (when.begin, when.end) == (utc(14, 6, 30), None)


def test_hours_are_resolved_from_the_first_day_to_the_last():
    day = a_day(precision="minute", starts="14:30", ends="24:00", last_day=date(2020, 7, 15))
    when = resolved(day, SHANGHAI, HOURS)
    assert (when.begin, when.end) == (utc(14, 6, 30), utc(15, 16))


def test_a_part_of_a_day_is_the_campaigns_office_hours():
    when = resolved(a_day(precision="part", part="morning"), SHANGHAI, HOURS)
    assert (when.begin, when.end) == (utc(14, 0, 30), utc(14, 3, 30))
    assert (when.starts, when.ends) == (None, None)


def test_a_night_may_end_on_the_next_day():
    hours = OfficeHours(night="22:00-06:00")
    when = resolved(a_day(precision="part", part="night"), SHANGHAI, hours)
    assert (when.begin, when.end) == (utc(14, 14), utc(14, 22))


def test_every_part_has_its_hours():
    for part in PARTS:
        first, last = HOURS.of(part)
        assert first < last


@pytest.mark.parametrize(
    ("also", "detail"),
    [
        ({"last_day": date(2020, 7, 13)}, "2020-07-14 → 2020-07-13"),
        ({"starts": "14:30", "ends": "14:30"}, "14:30 → 14:30"),
        ({"starts": "14:30", "ends": "09:00"}, "14:30 → 09:00"),
    ],
)
def test_a_time_that_ends_before_it_begins_is_refused(also, detail):
    with pytest.raises(SpanError) as refused:
        checked(a_day(**also))
    assert refused.value.fields == {"detail": detail}


@pytest.mark.parametrize(
    "also",
    [
        {},
        {"starts": "14:30"},
        {"ends": "14:30"},
        {"starts": "09:00", "ends": "24:00"},
        {"starts": "14:30", "ends": "09:00", "last_day": date(2020, 7, 15)},
    ],
)
def test_a_time_that_ends_later_stands(also):
    assert checked(a_day(**also)) == a_day(**also)


@pytest.mark.parametrize("clock", ["", "9:30", "24:01", "09:60", "09:30\n", "０9:30", "noon"])
@pytest.mark.parametrize("name", ["starts", "ends"])
def test_a_time_that_no_clock_shows_is_refused(name, clock):
    with pytest.raises(ImpossibleDateError) as refused:
        checked(a_day(**{name: clock}, text="说的时候"))
    assert refused.value.fields == {"text": "说的时候", "part": clock}


@pytest.mark.parametrize(
    ("day", "starts", "offset"), [("9999-12-31", "24:00", 0), ("0001-01-01", "00:00", 8)]
)
def test_a_time_beyond_the_calendar_is_refused(day, starts, offset):
    with pytest.raises(ImpossibleDateError):
        resolved(
            a_day(day, precision="minute", starts=starts), timezone(timedelta(hours=offset)), HOURS
        )


def test_a_month_is_too_coarse_for_a_calendar_and_a_week_is_not():
    assert a_day(precision="month").is_coarse
    assert not a_day(precision="week").is_coarse
    assert sorted(COARSE) == ["half-year", "month", "period", "quarter", "year"]


clocks = st.none() | st.times().map(lambda time: f"{time:%H:%M}") | st.just("24:00")


@for_all(
    first=st.dates(date(1949, 10, 1), date(2100, 1, 1)),
    length=st.integers(0, 400),
    part=st.none() | st.sampled_from(PARTS),
    starts=clocks,
    ends=clocks,
)
def test_what_is_resolved_begins_before_it_ends(first, length, part, starts, ends):
    day = a_day(
        str(first), last_day=first + timedelta(length), part=part, starts=starts, ends=ends
    )
    try:
        when = resolved(day, SHANGHAI, HOURS)
    except SpanError:
        return
    assert when.begin is None or when.begin.tzinfo is UTC
    assert when.begin is None or when.end is None or when.begin < when.end


NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")


@pytest.mark.parametrize(
    ("zone", "day", "also", "part"),
    [
        (NEW_YORK, "2020-03-08", {"starts": "02:30"}, "2020-03-08 02:30"),
        (NEW_YORK, "2020-03-08", {"starts": "02:30", "ends": "03:10"}, "2020-03-08 02:30"),
        (NEW_YORK, "2020-03-08", {"starts": "01:30", "ends": "02:59"}, "2020-03-08 02:59"),
        (NEW_YORK, "2020-03-08", {"ends": "02:00"}, "2020-03-08 02:00"),
        (APIA, "2011-12-30", {}, "2011-12-30"),
        (APIA, "2011-12-30", {"part": "morning"}, "2011-12-30"),
        (APIA, "2011-12-30", {"starts": "09:00"}, "2011-12-30"),
    ],
)
def test_a_time_that_the_zone_skips_is_refused(zone, day, also, part):
    with pytest.raises(ImpossibleDateError) as refused:
        resolved(a_day(day, **also), zone, HOURS)
    assert refused.value.fields["part"] in {part, f"{part} 09:00"}


def test_days_around_a_skipped_one_stand():
    days = a_day("2011-12-29", last_day=date(2011, 12, 31), precision="days")
    assert resolved(days, APIA, HOURS) == days


def test_office_hours_that_are_skipped_take_as_long_as_they_do_otherwise():
    night = a_day("2020-03-08", precision="part", part="night")
    when = resolved(night, NEW_YORK, OfficeHours(night="02:30-03:10"))
    assert (when.begin, when.end) == (
        datetime(2020, 3, 8, 7, 30, tzinfo=UTC),
        datetime(2020, 3, 8, 8, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("also", "clock"),
    [
        ({"starts": "01:30"}, "2020-11-01 01:30"),
        ({"starts": "00:30", "ends": "01:00"}, "2020-11-01 01:00"),
        ({"starts": "02:00"}, None),
        ({"starts": "00:59", "ends": "24:00"}, None),
        ({}, None),
    ],
)
def test_a_time_that_comes_twice_is_the_first_and_it_is_told_which(also, clock):
    when = resolved(a_day("2020-11-01", **also), NEW_YORK, HOURS)
    assert comes_twice(when, NEW_YORK) == clock
    assert when.starts != "01:30" or when.begin == datetime(2020, 11, 1, 5, 30, tzinfo=UTC)


def test_instants_that_run_backwards_are_refused_whatever_made_them():
    with pytest.raises(SpanError) as refused:
        checked(a_day(precision="minute", begin=utc(14, 2), end=utc(14, 2)))
    assert refused.value.fields == {"detail": "2020-07-14T02:00:00Z → 2020-07-14T02:00:00Z"}


def _edges(zone):
    """Days on which a zone's clocks may have been changed: those whose offset is another."""
    place, found = ZoneInfo(zone), []
    for year in (1911, 1944, 1974, 1993, 2011, 2020, 2026):
        day = datetime(year, 1, 1, 12, tzinfo=UTC)
        while day.year == year:
            following = day + timedelta(days=1)
            if day.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
                found += [day.astimezone(place).date(), following.astimezone(place).date()]
            day = following
    return found or [date(2020, 7, 14)]


ZONES = sorted(available_timezones())
_edges_of = cache(_edges)


@settings(deadline=None)
@for_all(
    zone=st.sampled_from(ZONES),
    days=st.tuples(st.integers(0, 100), st.integers(0, 1)),
    part=st.none() | st.sampled_from(PARTS),
    starts=clocks,
    ends=clocks,
    night=st.tuples(st.times(), st.times()),
)
def test_in_every_zone_what_is_resolved_begins_before_it_ends(
    zone, days, part, starts, ends, night
):
    place = ZoneInfo(zone)
    first = _edges_of(zone)[days[0] % len(_edges_of(zone))]
    day = a_day(
        str(first), last_day=first + timedelta(days[1]), part=part, starts=starts, ends=ends
    )
    hours = OfficeHours(night=f"{night[0]:%H:%M}-{night[1]:%H:%M}")
    try:
        when = resolved(day, place, hours)
    except (SpanError, ImpossibleDateError):
        return
    assert when.begin is None or when.end is None or when.begin < when.end
    if starts is not None and starts != "24:00":
        assert f"{when.begin.astimezone(place):%Y-%m-%d %H:%M}" == f"{first} {starts}"
