"""A day that is written in place of an unclear one is read as that day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kalends.dates.day_phrase import day_phrase
from kalends.dates.reader import DateContext, read

HERE = DateContext(
    now=datetime(2020, 7, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(("周三", "7/8")))
def test_it_is_read_as_that_day(day, like):
    found = read(day_phrase(day, like=like, year=2020), HERE).when
    assert (found.first_day, found.last_day) == (day, day)
    assert day_phrase(day, like=like, year=day.year) in day_phrase(day, like=like, year=2020)
