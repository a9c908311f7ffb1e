"""A date is said back with its weekday, and no more exactly than it was told."""

from datetime import date, timedelta

import pytest

from kalends.words import words
from kalends.words.dates import say_day, say_when

TABLE = [
    # first day, last day, precision and the rest, Chinese, English
    (
        *("2020-07-14", "2020-07-14", {"precision": "day"}),
        *("2020-07-14 周二", "Tue 2020-07-14"),
    ),
    (
        *("2020-07-14", "2020-07-14", {"precision": "part", "part": "morning"}),
        *("2020-07-14 周二 上午", "Tue 2020-07-14 morning"),
    ),
    (
        *("2020-07-14", "2020-07-15", {"precision": "part", "part": "evening"}),
        *("2020-07-14 周二 — 2020-07-15 周三 晚上", "Tue 2020-07-14 — Wed 2020-07-15 evening"),
    ),
    (
        *("2020-07-14", "2020-07-14", {"precision": "minute", "starts": "14:30"}),
        *("2020-07-14 周二 14:30", "Tue 2020-07-14 14:30"),
    ),
    (
        *("2020-07-14", "2020-07-14"),
        {"precision": "minute", "part": "afternoon", "starts": "14:30", "ends": "16:00"},
        *("2020-07-14 周二 14:30–16:00", "Tue 2020-07-14 14:30–16:00"),
    ),
    (
        *("2020-07-14", "2020-07-14", {"precision": "minute", "ends": "16:00"}),
        *("2020-07-14 周二 –16:00", "Tue 2020-07-14 –16:00"),
    ),
    (
        *("2020-07-14", "2020-07-15", {"precision": "minute", "starts": "22:00", "ends": "02:00"}),
        "2020-07-14 周二 22:00 — 2020-07-15 周三 02:00",
        "Tue 2020-07-14 22:00 — Wed 2020-07-15 02:00",
    ),
    (
        *("2020-07-23", "2020-07-24", {"precision": "days"}),
        *("2020-07-23 周四 — 2020-07-24 周五", "Thu 2020-07-23 — Fri 2020-07-24"),
    ),
    (
        *("2020-07-20", "2020-07-26", {"precision": "week"}),
        *("2020-07-20 周一 当周", "week of Mon 2020-07-20"),
    ),
    (
        *("2020-07-20", "2020-08-02", {"precision": "week"}),
        "2020-07-20 周一 当周 — 2020-07-27 周一 当周",
        "week of Mon 2020-07-20 — week of Mon 2020-07-27",
    ),
    (
        *("2020-06-01", "2020-06-10", {"precision": "ten-days"}),
        *("2020年6月上旬", "early June 2020"),
    ),
    (
        *("2020-06-11", "2020-06-20", {"precision": "ten-days"}),
        *("2020年6月中旬", "mid-June 2020"),
    ),
    (
        *("2020-07-21", "2020-07-31", {"precision": "ten-days"}),
        *("2020年7月下旬", "late July 2020"),
    ),
    (
        *("2020-06-01", "2020-06-30", {"precision": "month"}),
        *("2020年6月", "June 2020"),
    ),
    (
        *("2019-12-01", "2020-02-29", {"precision": "month"}),
        *("2019年12月 — 2020年2月", "December 2019 — February 2020"),
    ),
    (
        *("2020-04-01", "2020-06-30", {"precision": "quarter"}),
        *("2020年二季度", "Q2 2020"),
    ),
    (
        *("2020-10-01", "2020-12-31", {"precision": "quarter"}),
        *("2020年四季度", "Q4 2020"),
    ),
    (
        *("2020-01-01", "2020-06-30", {"precision": "half-year"}),
        *("2020年上半年", "first half of 2020"),
    ),
    (
        *("2020-07-01", "2020-12-31", {"precision": "half-year"}),
        *("2020年下半年", "second half of 2020"),
    ),
    (
        *("2020-01-01", "2020-12-31", {"precision": "year"}),
        *("2020年", "2020"),
    ),
    (
        *("2018-01-01", "2020-12-31", {"precision": "year"}),
        *("2018年 — 2020年", "2018 — 2020"),
    ),
    (
        *("2020-01-01", "2020-07-20", {"precision": "period"}),
        *("2020-01-01 — 2020-07-20", "2020-01-01 — 2020-07-20"),
    ),
]


@pytest.mark.parametrize(("first", "last", "time", "chinese", "english"), TABLE)
def test_a_time_is_said_as_exactly_as_it_was_told(first, last, time, chinese, english):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert say_when(words("zh"), *days, **time) == chinese
    assert say_when(words("en"), *days, **time) == english


def test_every_weekday_has_its_name():
    monday = date(2020, 7, 13)
    week = [monday + timedelta(days=n) for n in range(7)]
    assert [say_day(words("zh"), day)[-1] for day in week] == list("一二三四五六日")
    assert [say_day(words("en"), day)[:3] for day in week] == [f"{day:%a}" for day in week]


def test_every_month_has_its_name():
    for month in range(1, 13):
        day = date(2020, month, 1)
        assert say_when(words("zh"), day, day, precision="month") == f"2020年{month}月"
        assert say_when(words("en"), day, day, precision="month") == f"{day:%B %Y}"


@pytest.mark.parametrize(
    ("part", "chinese"),
    [
        ("night", "凌晨"),
        ("morning", "上午"),
        ("noon", "中午"),
        ("afternoon", "下午"),
        ("evening", "晚上"),
    ],
)
def test_every_part_of_a_day_has_its_name(part, chinese):
    day = date(2020, 7, 14)
    assert say_when(words("zh"), day, day, precision="part", part=part).endswith(f" {chinese}")
    english = "before dawn" if part == "night" else part
    assert say_when(words("en"), day, day, precision="part", part=part).endswith(f" {english}")
