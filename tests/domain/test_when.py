"""A time: no more exactly than it was told, and never backwards."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.domain.errors import ImpossibleDateError, SpanError
from kalends.domain.when import COARSE, PARTS, OfficeHours, checked, resolved
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
    told = a_day(precision="minute", starts="14:30", ends="24:00", last_day=date(2020, 7, 15))
    when = resolved(told, SHANGHAI, HOURS)
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
    assert refused.value.facts == {"detail": detail}


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
    assert refused.value.facts == {"text": "说的时候", "part": clock}


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
    told = a_day(
        str(first), last_day=first + timedelta(length), part=part, starts=starts, ends=ends
    )
    try:
        when = resolved(told, SHANGHAI, HOURS)
    except SpanError:
        return
    assert when.begin is None or when.begin.tzinfo is UTC
    assert when.begin is None or when.end is None or when.begin < when.end
