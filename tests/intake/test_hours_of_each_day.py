"""Hours of each of several days: kept in words, or asked about where they may be of one of them."""

from datetime import datetime
from itertools import islice, product
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered({"tsw": ("Youth League",), "ga": ("Police",)})
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
OF_EACH = (
    "9–11am", "9-11 a.m.", "from 9 to 11", "from 9 until 11 am", "09:00-11:00", "10am-4pm",
    "from 10 to 4", "10:00 to 16:00", "10am to 4", "9am - 12 noon", "from 9 until noon",
    "9am to 12pm", "7 to 9:30 pm", "11:30 a.m. to 1:00 p.m.",
)  # fmt: skip


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
