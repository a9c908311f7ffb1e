"""A weekday or a day of the month alone: recorded where only one can be meant, else asked about."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.dates.times_alone import readings_of
from kalends.dates.vocabulary import WEEKDAYS
from kalends.domain.errors import HalfReadDateError, TwoReadingsError
from kalends.intake.sentence import read_sentence
from specification import registered

SATURDAY = DateContext(
    now=datetime(2020, 7, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
EVERYTHING = ("when", "departments", "title")
ROSTER = registered({"tsw": ("团市委",), "ga": ("Police",)})
NEUTRAL = ("{} Police meeting", "{} 团市委 例会")
PAST = ("{} Police visited two schools", "{}团市委走访了两所学校")
PLAN = ("{} Police will visit two schools", "{}团市委将走访两所学校")
DAYS = {WEEKDAYS[n]: n for n in range(7)} | {
    f"周{day}": n for n, day in enumerate("一二三四五六日")
}


def day_of(sentence, context=SATURDAY):
    found = read_sentence(sentence, roster=ROSTER, context=context, wanted=EVERYTHING)
    return found.when.when.first_day


def asked(sentence, context=SATURDAY):
    with pytest.raises(TwoReadingsError) as refused:
        day_of(sentence, context)
    return refused.value.fields["first"], refused.value.fields["second"]


@for_all(
    st.sampled_from((*NEUTRAL, *PAST, *PLAN)), st.sampled_from(sorted(DAYS)), st.integers(0, 13)
)
def test_a_weekday_is_never_recorded_on_the_wrong_side_of_today(form, word, later):
    here = replace(SATURDAY, now=SATURDAY.now + timedelta(days=later))
    try:
        day = day_of(form.format(word.title()), here)
    except TwoReadingsError as error:
        days = error.fields["first"], error.fields["second"]
        assert days[0] < here.today.isoformat() < days[1]
        return
    assert day.weekday() == DAYS[word]
    assert abs((day - here.today).days) < len(WEEKDAYS)
    assert day <= here.today if form in PAST else day >= here.today


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Monday Police meeting", ("2020-07-20", "2020-07-27")),
        ("周一 团市委 例会", ("2020-07-20", "2020-07-27")),
        ("周一团市委将召开例会", ("2020-07-20", "2020-07-27")),
        ("On Sunday the Police met shop owners", ("2020-07-19", "2020-07-26")),
        ("Police guided walk on Sunday", ("2020-07-19", "2020-07-26")),
        ("Police fair held on Sunday", ("2020-07-19", "2020-07-26")),
        ("周日团市委走访了社区", ("2020-07-19", "2020-07-26")),
        ("5号 团市委 例会", ("2020-07-05", "2020-08-05")),
        ("5号 团市委 青年志愿者座谈会", ("2020-07-05", "2020-08-05")),
        ("5号上午 团市委 志愿服务活动", ("2020-07-05", "2020-08-05")),
        ("周一 团市委 推进会", ("2020-07-20", "2020-07-27")),
        ("周一 团市委 志愿服务表彰大会", ("2020-07-20", "2020-07-27")),
        ("周一 团市委 走访慰问活动", ("2020-07-20", "2020-07-27")),
        ("周一 团市委 表彰大会", ("2020-07-20", "2020-07-27")),
        ("the 5th Police meeting", ("2020-07-05", "2020-08-05")),
    ],
)
def test_what_may_be_two_days_is_asked_about_with_both(sentence, days):
    assert asked(sentence) == days


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Monday Police visited schools", "2020-07-20"),
        ("On Wednesday the Police met shop owners", "2020-07-22"),
        ("Police took down 41 signs on Sunday", "2020-07-19"),
        ("Police inspected the station on Sunday", "2020-07-19"),
        ("周一团市委召开例会", "2020-07-20"),
        ("5号团市委走访社区", "2020-07-05"),
        ("5号团市委召开座谈会", "2020-07-05"),
        ("5号团市委召开会议", "2020-07-05"),
        ("5号团市委组织志愿服务活动", "2020-07-05"),
        ("5号 团市委 慰问志愿者", "2020-07-05"),
        ("上周一 团市委 例会", "2020-07-13"),
        ("本周一 团市委 例会", "2020-07-20"),
        ("7月5号 团市委 例会", "2020-07-05"),
        ("last Monday Police meeting", "2020-07-13"),
        ("Monday last week Police meeting", "2020-07-13"),
        ("the 5th of July Police meeting", "2020-07-05"),
        ("Sunday Police meeting", "2020-07-26"),
        ("28号 团市委 例会", "2020-07-28"),
    ],
)
def test_what_can_only_be_one_day_is_read(sentence, day):
    assert day_of(sentence).isoformat() == day


@pytest.mark.parametrize("word", ["周三", "礼拜三", "星期三", "20日", "Wednesday", "Wed", "20th"])
@pytest.mark.parametrize(
    ("time", "starts", "part"),
    [("", None, None), (" 15:00", "15:00", None), ("下午/ afternoon", None, "afternoon")],
)
@pytest.mark.parametrize("form", ["{} 团市委 例会", "{} Police meeting"])
def test_a_time_behind_the_day_stays_whichever_day_is_meant(word, time, starts, part, form):
    said = word + time.split("/")[-1 if word.isascii() else 0]
    with pytest.raises(TwoReadingsError) as refused:
        day_of(form.format(said))
    readings = [reading.when for reading in readings_of(refused.value, SATURDAY)]
    assert [when.first_day.isoformat() for when in readings] == [
        refused.value.fields["first"],
        refused.value.fields["second"],
    ]
    assert {(when.starts, when.part) for when in readings} == {(starts, part)}


@pytest.mark.parametrize(
    "done", ["已经走访了社区", "已走访完毕", "已经在社区办完了义剪", "活动已经结束"]
)
@pytest.mark.parametrize("day", ["8月1日", "下周三", "明天下午", "2020-08-01"])
def test_a_day_to_come_on_which_something_is_said_to_be_over_is_asked_about(day, done):
    with pytest.raises(HalfReadDateError):
        day_of(f"{day} 团市委{done}")


@pytest.mark.parametrize("said", ["已报名人员培训", "已建成公园开放"])
def test_what_is_over_before_it_leaves_the_day_as_it_is(said):
    assert day_of(f"8月1日 团市委 {said}").isoformat() == "2020-08-01"
