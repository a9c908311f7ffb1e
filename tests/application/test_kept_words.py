"""What a sentence leaves open is said back: departments not named, days told by the campaign."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.application.recording import warnings
from kalends.dates.reader import DateContext, read
from kalends.domain.campaign_settings import Period

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
    language="en",
)


WHEN = read("17-18 October, 9:00-17:00", HERE).when


def test_each_of_the_kept_words_is_said_back_for_what_it_is():
    said = warnings.kept(f"{WHEN.text}；龙山区等5个部门；约200人参加", WHEN)
    assert said == [
        warnings.hours_of_each("17-18 October, 9:00-17:00"),
        warnings.others("龙山区等5个部门"),
        warnings.kept_headcount("约200人参加"),
    ]


def test_words_about_an_exact_headcount_are_not_said_back():
    words = f"{WHEN.text}；龙山区等5个部门；30名志愿者参加"
    said = f"{WHEN.text}；龙山区等5个部门"
    assert warnings.worth_saying(words, WHEN, is_exact=True) == said
    assert warnings.worth_saying(words, WHEN, is_exact=False) == words
    assert warnings.worth_saying("", WHEN, is_exact=False) == ""


@pytest.mark.parametrize(
    ("phrase", "is_said"),
    [("5/12", True), ("5/12 3pm", True), ("6/6", False), ("13/12", False), ("December 5", False)],
)
def test_numbers_that_only_the_campaign_tells_apart_are_said_back(phrase, is_said):
    when = read(phrase, HERE).when
    note = warnings.turned(when, HERE, "en")
    assert (note is not None) is is_said
    assert warnings.turned(when, HERE, "zh") is None
    assert warnings.turned(when, replace(HERE, period=None), "en") is None
    if note:
        assert note.fields == {"text": "5/12", "day": date(2020, 12, 5)}
