"""Every way to write a clock time in English, in every place of a sentence: read, or asked about.

A time is never left in the title, never dropped, and never taken for a place.
"""

import re
from datetime import datetime
from itertools import islice, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered({"tsw": ("Youth League",), "ga": ("Police",)})
# fmt: off
TIMES = {
    **dict.fromkeys(("9am", "9 a.m.", "9 AM", "9AM", "9 o'clock", "9 oclock", "9 am sharp"),
                    ("09:00", None)),
    **dict.fromkeys(("9:30", "09:30", "0930", "0930hrs", "0930 hrs", "9.30", "9.30am", "9h30",
                     "half past nine", "half past nine in the morning", "9:30 in the morning",
                     "Half past 9"), ("09:30", None)),
    **dict.fromkeys(("10:15", "quarter past ten", "a quarter past 10"), ("10:15", None)),
    **dict.fromkeys(("2:45 p.m.", "14:45", "1445 hours", "quarter to three in the afternoon",
                     "14.45", "14h45"), ("14:45", None)),
    **dict.fromkeys(("noon", "midday", "12 noon", "twelve noon", "12:00"), ("12:00", None)),
    **dict.fromkeys(("7pm", "seven pm", "7 in the evening", "19:00"), ("19:00", None)),
    **dict.fromkeys(("9-11", "9 to 11", "9–11am", "9-11 a.m.", "between 9 and 11", "9 till 11",
                     "from 9 to 11", "from 9 until 11 am", "09:00-11:00", "0900-1100",
                     "9 til 11"), ("09:00", "11:00")),
    **dict.fromkeys(("10 to 4", "10-4", "10am-4pm", "from 10 to 4", "10:00 to 16:00",
                     "ten till four", "10am to 4"), ("10:00", "16:00")),
    **dict.fromkeys(("9am - 12 noon", "from 9 until noon", "9-12", "9am to 12pm"),
                    ("09:00", "12:00")),
    "7 to 9:30 pm": ("19:00", "21:30"),
    "11:30 a.m. to 1:00 p.m.": ("11:30", "13:00"),
}
ASKED = ("9ish", "9-ish", "nine-ish", "about 9", "around 9am", "circa 9am", "approx. 9:30",
         "3 oclock", "3 o'clock", "half past seven", "quarter to seven", "midnight", "9 or 10",
         "9am or 10am", "2-4", "2 to 4", "7-9", "7 to 9", "9am?", "6:30 to 8", "3:30", "25:00")
DAYS = ("24 July", "July 24", "Friday 24 July", "Fri, Jul 24", "2020-07-24", "24/07/2020")
BESIDE = ("{day} {time} Youth League river survey", "{day}, {time}, Youth League river survey",
          "{day} - {time} - Youth League river survey", "{day} ({time}) Youth League river survey",
          "{day}; {time}; Youth League river survey", "{day} | {time} | Youth League | river survey",
          "{day} {time}\tYouth League river survey", "{day}, {time}: Youth League river survey",
          "Youth League river survey {day} {time}", "Youth League river survey, {day}, {time}",
          "Youth League river survey - {day} - {time}", "Youth League river survey ({day}, {time})",
          "Youth League river survey {day} ({time})", "Youth League river survey {day} - {time}",
          "Youth League river survey, {day}, {time}, bring boots",
          "Youth League river survey {day} {time} in the park")
AT = ("{day} at {time}: Youth League river survey", "{day} at {time} - Youth League river survey",
      "Youth League river survey on {day} at {time}.", "{day} at {time} Youth League river survey", "{day} @ {time} Youth League river survey",
      "Youth League river survey on {day} at {time}", "Youth League river survey {day} @{time}",
      "Youth League river survey {day} @ {time}", "Youth League river survey at {time} on {day}",
      "{day} Youth League river survey at {time}", "{day} Youth League river survey @{time}",
      "{day} Youth League river survey. Starts at {time}.",
      "{day} Youth League river survey, meet at {time}")
APART = ("{time}, {day}, Youth League river survey", "{time} {day} Youth League river survey",
         "{time} on {day}, Youth League river survey", "Youth League river survey, {time}, {day}",
         "{time} Youth League river survey {day}", "Youth League {time} river survey {day}",
         "{day} Youth League, {time}, river survey", "{day} Youth League: {time} - river survey",
         "{day} Youth League river survey, {time}", "{day} Youth League river survey {time}",
         "{day} Youth League river survey - {time}", "{day} Youth League river survey ({time})",
         "{day} Youth League river survey, starts {time}", "{day} Youth League river survey. Time: {time}",
         "{day} Youth League river survey, time {time}", "When: {day}, {time}. Youth League river survey",
         "Youth League river survey. When: {day} {time}", "Youth League river survey, {time}. {day}",
         "Date: {day} Time: {time} Youth League river survey")
# fmt: on
PLACES = (*BESIDE, *AT, *APART)
LEFT = re.compile(r"[0-9@?]|noon|mid|clock|past|quarter|\b(?:nine|ten|seven|time|at|from|till?)\b")


def sentence(place: str, day: str, time: str) -> str:
    if place in AT and time.startswith(("from", "between")):
        place = APART[0]
    return place.format(day=day, time=time)


def check(text: str, hours: tuple[str, str | None] | None) -> bool:
    """Check that a sentence is read with these hours, or asked about; return whether it is read."""
    try:
        found = read_sentence(
            text, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
        )
    except KalendsError:
        return False
    when = found.when.when
    assert hours is not None, text
    assert (str(when.first_day), when.starts, when.ends) == ("2020-07-24", *hours), text
    assert found.place is None, text
    assert LEFT.search(found.title) is None, (text, found.title)
    return True


@for_all(st.sampled_from(PLACES), st.sampled_from(DAYS), st.sampled_from(sorted(TIMES)))
def test_a_clear_time_is_read_as_it_is_or_asked_about(place, day, time):
    check(sentence(place, day, time), TIMES[time])


@for_all(st.sampled_from(PLACES), st.sampled_from(DAYS), st.sampled_from(ASKED))
def test_an_unclear_time_is_asked_about(place, day, time):
    assert not check(sentence(place, day, time), None)


RANGES = {
    "17-18 October": ("10-17", "10-18"), "17 and 18 October": ("10-17", "10-18"),
    "from 17 to 18 October": ("10-17", "10-18"), "Oct 17-18": ("10-17", "10-18"),
    "Sat 17 - Sun 18 October": ("10-17", "10-18"), "30 July to 2 August": ("07-30", "08-02"),
    "this weekend": ("07-25", "07-26"), "2020-10-17 to 2020-10-18": ("10-17", "10-18"),
}  # fmt: skip
EACH = ("", " daily", " each day", ", every day")
PLACES_OF_EACH = (
    "{days}, {hours}: Youth League river survey", "{days}, {hours}, Youth League river survey",
    "Youth League river survey, {days}, {hours}", "Youth League river survey {days} {hours}",
    "{days} Youth League river survey, {hours}", "Youth League river survey on {days}, {hours}.",
    "Youth League river survey ({days}, {hours})",
)  # fmt: skip
OF_EACH = [time for time, (_, ends) in TIMES.items() if ends and (":" in time or "m" in time)]


def is_of_each(days: str, time: str, text: str) -> bool:
    """Check that hours of each day are kept in words, or asked about; return whether kept."""
    try:
        found = read_sentence(
            text, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
        )
    except KalendsError:
        return False
    when = found.when.when
    assert (str(when.first_day)[5:], str(when.last_day)[5:]) == RANGES[days], text
    assert (when.precision, when.starts, when.part) == ("days", None, None), text
    assert time.rstrip(".") in when.text, text
    assert found.description == when.text, text
    assert found.title == "river survey", text
    return True


def test_the_hours_of_each_of_several_days_are_kept_in_words_or_asked_about():
    asked = []
    tried = [*islice(product(PLACES_OF_EACH, RANGES, OF_EACH, EACH), 0, None, 11)]
    for place, days, time, each in tried:
        text = place.format(days=days, hours=f"{time}{each}")
        asked += [] if is_of_each(days, time, text) else [text]
    assert len(asked) / len(tried) < 0.1, asked[::10]


@pytest.mark.parametrize("time", ["at 9:00", "at 9 am", "9.30am", "morning", "from 9"])
@pytest.mark.parametrize("days", sorted(RANGES))
def test_a_time_that_may_be_of_one_of_several_days_is_asked_about(days, time):
    for place in PLACES_OF_EACH:
        with pytest.raises(KalendsError):
            read_sentence(
                place.format(days=days, hours=time),
                roster=ROSTER,
                context=HERE,
                wanted=("when", "departments", "title"),
            )


@pytest.fixture
def some(pytestconfig):
    """Return a function that takes one of seven: all of them take minutes, with --random N."""
    step = 1 if pytestconfig.option.random else 7
    return lambda all_of_them, first=0: islice(all_of_them, first % step, None, step)


@pytest.mark.campaign
@pytest.mark.parametrize("place", PLACES)
def test_every_time_in_a_place_is_read_or_asked_about(place, some):
    for day, time in some(product(DAYS, (*TIMES, *ASKED)), [*PLACES].index(place)):
        check(sentence(place, day, time), TIMES.get(time))


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("places", "share"), [(BESIDE, 0.89), (AT, 0.9), (APART, 0.6)], ids=("beside", "at", "apart")
)
def test_most_clear_times_are_read_at_once(places, share, some):
    tried = [*some(product(places, DAYS[:4], TIMES))]
    asked = [
        text
        for place, day, time in tried
        if not check(text := sentence(place, day, time), TIMES[time])
    ]
    assert 1 - len(asked) / len(tried) >= share, asked[::30]
