"""A time of day alone is never taken for today's where a day is needed."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.dates.reader import DateContext, read
from kalends.dates.times_alone import read_answer, read_with_day, readings_of
from kalends.domain.errors import TimeAloneError, TwoReadingsError, UnreadableDateError

HERE = DateContext(now=datetime(2020, 11, 29, 8, 0, tzinfo=UTC), zone="UTC", language="en")
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
FORMS = st.sampled_from(
    ["{:%H:%M}", "{:%I:%M %p}", "{0.hour}点{0.minute:02}分", "{:%H:%M} - 24:00"]
)


@given(DAYS, CLOCKS, FORMS)
def test_a_time_alone_is_on_the_day_that_is_known_or_refused(day, at, form):
    known, phrase = read(day.isoformat(), HERE).when, form.format(at)
    try:
        read(phrase, HERE)
    except UnreadableDateError:
        return  # 3点 may be either of two

    found = read_with_day(phrase, HERE, known).when

    assert (found.first_day, found.starts) == (day, f"{at:%H:%M}")
    with pytest.raises(TimeAloneError):
        read_with_day(phrase, HERE)


@given(DAYS, st.integers(1, 6), st.booleans(), st.sampled_from(["{:%H:%M}", "{:%I:%M %p}"]))
def test_an_answer_to_a_time_in_doubt_is_of_the_day_that_was_read(day, hour, is_late, form):
    with pytest.raises(TwoReadingsError) as asked:
        read(f"{day.year}年{day.month}月{day.day}日{hour}点", HERE)
    at = time(hour + 12 * is_late)

    found = read_answer(form.format(at), asked.value, HERE)

    assert (found.when.first_day, found.when.starts) == (day, f"{at:%H:%M}")
    assert readings_of(asked.value, HERE)[is_late].when.starts == found.when.starts
    assert read_answer("pm" if is_late else "上午", asked.value, HERE).when.starts == f"{at:%H:%M}"
    with pytest.raises(UnreadableDateError):
        read_answer("somewhen", asked.value, HERE)
    assert read_answer("2020-07-14", asked.value, HERE).when.first_day == date(2020, 7, 14)


def test_a_day_in_doubt_takes_no_time_for_an_answer():
    with pytest.raises(TwoReadingsError) as asked:
        read("3/4", HERE)

    assert [each.when.first_day for each in readings_of(asked.value, HERE)] == [
        date(2020, 3, 4),
        date(2020, 4, 3),
    ]
    with pytest.raises(TimeAloneError):
        read_answer("15:00", asked.value, HERE)


def test_readings_that_cannot_be_put_into_the_phrase_are_not_offered():
    doubt = TwoReadingsError(
        text="the library on 周一", part="周一", first="03:00", second="15:00"
    )

    assert readings_of(doubt, HERE) == ()
    for answer in ("15:00", "pm", "胡说"):
        with pytest.raises(UnreadableDateError):
            read_answer(answer, doubt, HERE)


@pytest.mark.parametrize("known", ["July 2020", "7月14日至16日", "2020", "7月14日9点至15日17点"])
def test_an_activity_of_several_days_has_no_day_for_a_time(known):
    with pytest.raises(TimeAloneError):
        read_with_day("15:00", HERE, read(known, HERE).when)


def test_whoever_says_today_means_today():
    assert read_with_day("today 15:00", HERE, read("2020-12-01", HERE).when).when.first_day == (
        HERE.today
    )


def test_an_activity_of_a_night_is_on_the_day_on_which_it_begins():
    night = read("7月14日22:00-01:00", HERE).when

    assert read_with_day("23:00", HERE, night).when.first_day == date(2020, 7, 14)
