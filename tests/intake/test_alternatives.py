"""One of two days is asked about, and a clock with a point is read: none stays in a title."""

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kalends.dates.reader import DateContext, read
from kalends.domain.errors import HalfReadDateError, TwoReadingsError, UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(now=datetime(2020, 11, 29, 8, 0, tzinfo=UTC), zone="UTC", language="en")
ROSTER = registered({"tsg": ("市图书馆", "Library")})
FORMS = ["{0} or {1} December", "December {0} or {1}", "{0} or the {1} of December"]
POINTS = [
    "9 December {} Library quiz",
    "Library quiz, 9 December {}",
    "9 December at {} Library quiz",
]


def _read(sentence):
    wanted = ("when", "departments", "title")
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)


@given(st.integers(1, 31), st.integers(1, 31), st.sampled_from(FORMS))
def test_one_of_two_days_is_asked_about(first, last, form):
    assume(first != last)

    with pytest.raises(TwoReadingsError) as asked:
        read(form.format(first, last), HERE)

    assert asked.value.fields["first"] == f"{first} December"
    assert asked.value.fields["second"] == f"{last} December"


@pytest.mark.parametrize(
    "said",
    [
        "6 or 7 December",
        "8 or 9 December 3pm",
        "December 6 or 7",
        "6-7 or 13-14 December",
        "5, 6 or 7 December",
        "6 or 7 or 8 December",
        "6 December or 7 December",
    ],
)
@pytest.mark.parametrize("sentence", ["{} Library fair", "Library fair on {}", "Library fair, {}"])
def test_no_day_of_several_is_recorded(said, sentence):
    with pytest.raises(UnclearError):
        _read(sentence.format(said))


@given(st.integers(7, 23), st.integers(0, 59), st.sampled_from(POINTS))
def test_a_clock_with_a_point_is_read_behind_its_day(hour, minute, sentence):
    found = _read(sentence.format(f"{hour}.{minute:02}"))

    assert found.when.when.first_day.isoformat() == "2020-12-09"
    assert (found.when.when.starts, found.title) == (f"{hour:02}:{minute:02}", "quiz")


def test_two_clocks_with_points_are_a_time_from_and_to():
    found = _read("9 December 14.30-16.00 Library quiz")

    assert (found.when.when.starts, found.when.when.ends) == ("14:30", "16:00")
    with pytest.raises(TwoReadingsError):
        _read("9 December 3.30 Library quiz")


@pytest.mark.parametrize(
    "sentence", ["9 December Library 14.30 quiz", "9 December 14.30 quiz Library"]
)
def test_a_clock_with_a_point_before_a_word_is_asked_about(sentence):
    with pytest.raises(HalfReadDateError) as asked:
        _read(sentence)

    assert asked.value.fields["part"] == "14.30"


@pytest.mark.parametrize("title", ["9.30 km run", "2.50 m wall", "3.15 consumer day"])
def test_an_amount_stays_in_the_title(title):
    assert _read(f"9 December Library {title}").title == title
