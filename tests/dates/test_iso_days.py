"""An ISO day before a Latin word is read by one grammar alone: as both would read it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.dates import reader
from kalends.dates.reader import DateContext, read_prefix
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
DAYS = st.sampled_from(["2020-07-14", "2020-7-4", "2020-02-30", "1999-01-01"])
PIECES = st.lists(
    st.sampled_from([
        *("14:30", "9:00", "09:30:00", "24:00", "25:00", "T14:30", "Z", "+08:00", "h", "pm"),
        *("-", "–", "/", "~", ".", " to ", " ", " at ", ", ", "; ", " and ", " noon", " Q1"),
        *("2020-07-15", "07-16", "(Tue)", " Tuesday", " 9:30-11:30", " morning", " 上午", "团市委"),
    ]),
    max_size=5,
).map("".join)  # fmt: skip
WORDS = st.sampled_from([" tsw", " a fair", "", ".", "x"])


def read_by_both(text):
    """Return the same with the short way closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_iso_before_word", lambda *_: None)
        return said(text)


def said(text):
    """Return what a text begins with, or that it is refused."""
    try:
        return read_prefix(text, HERE)
    except KalendsError:
        return "refused"


@given(day=DAYS, pieces=PIECES, word=WORDS)
def test_it_is_read_as_both_grammars_read_it(day, pieces, word):
    text = day + pieces + word

    assert said(text) == read_by_both(text)


def test_the_chinese_grammar_is_not_asked(monkeypatch):
    monkeypatch.setattr(reader, "_chinese", None)

    reading, end = read_prefix("2020-07-14 14:30 tsw meeting", HERE)

    assert (reading.when.starts, end) == ("14:30", 16)
