"""Departments in the name of their event, halves of days, deadlines: read where they are plain."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2026, 11, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
        "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
        "gaj": ("辽源市公安局", "市公安局", "Police"),
        "ls": ("龙山区", "Longshan"),
    }
)
EVERYTHING = ("when", "departments", "title")


def read(sentence):
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING)
    when = found.when.when
    days = "/".join(sorted({when.first_day.isoformat(), when.last_day.isoformat()}))
    times = "-".join(time for time in (when.starts, when.ends) if time)
    roles = ", ".join(f"{part.code} {part.role}" for part in found.departments)
    return " ".join(word for word in (days, when.part, times) if word), roles, found.title


@pytest.mark.parametrize(
    ("sentence", "when", "roles", "title"),
    [
        (
            "Citizens are reminded that the Police open day takes place on July 14",
            "2020-07-14",
            "gaj lead",
            "open day",
        ),
        (
            "This year's Education Bureau book fair will be held on October 24",
            "2020-10-24",
            "jyj lead",
            "This year's book fair",
        ),
        ("Meeting of Nov. 5th, 10:30 a.m., Police", "2020-11-05 10:30", "gaj lead", "Meeting"),
        ("Police check 90 homes, Dec 14–18,90 homes", "2020-12-14/2020-12-18", "gaj lead", "check 90 homes, 90 homes"),
        ("Nov 5,Youth League,quiz night", "2020-11-05", "tsw lead", "quiz night"),
        ("Police patrol Nov 12 0900-1030", "2020-11-12 09:00-10:30", "gaj lead", "patrol"),
        ("Police visit schools Nov 12, am", "2020-11-12 morning", "gaj lead", "visit schools"),
        ("Nov 12 PM: Police visit schools", "2020-11-12 afternoon", "gaj lead", "visit schools"),
        ("Nov 12 PM Police visit schools", "2020-11-12 afternoon", "gaj lead", "visit schools"),
        ("Police sports in all schools, week of Sep 21.", "2020-09-21/2020-09-27", "gaj lead", "sports in all schools"),
        ("Reminder - the Police meet the press on July 14", "2020-07-14", "gaj lead", "Reminder - meet the press"),
        ("龙山区配合市公安局11月16日开展清查", "2020-11-16", "ls participant, gaj lead", "开展清查"),
        ("11月16日 团市委和龙山区协助市公安局清查", "2020-11-16", "tsw participant, ls participant, gaj lead", "清查"),
        ("8月20日，市教育局召开会议，要求8月31日前完成整改", "2020-08-20", "jyj lead", "召开会议，要求8月31日前完成整改"),
        ("12月1日，龙山区通报截至11月30日建成12个口袋公园", "2020-12-01", "ls lead", "通报截至11月30日建成12个口袋公园"),
        ("暴雨来袭，市公安局7月14日疏导交通", "2020-07-14", "gaj lead", "暴雨来袭，疏导交通"),
    ],
)  # fmt: skip
def test_it_is_read(sentence, when, roles, title):
    assert read(sentence) == (when, roles, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "Volunteers help at the Police open day on July 14",
        "Preparations for the Police open day start on July 14",
        "The Rotary Police open day takes place on July 14",
        "The Rotary and Police open day takes place on July 14",
        "Tickets for the Police ball are held on July 14",
        "Minutes of the meeting of Nov 5, Police",
        "Police cancel meeting of Nov 5",
        "Nov 12 PM Li visits Police",
        "Police visit Nov 12 PM school",
        "July 14-16 am Police visit",
        "July 14pm Police visit",
        "July 14 a m Police visit",
        "Nov 12 1900-2000 Police exhibition",
        "Nov 12 2010-2030 Police plan",
        "Nov 12 0900-0830 Police patrol",
        "Nov 12 0900-1030-1200 Police patrol",
        "Police Nov 12 room 0900-1030 check",
        "Update - Rotary and Police visit schools on Nov 12",
        "Notice: Rotary, Police visit schools on Nov 12",
        "7月14日 团市委配合市教育局、物业走访",
        "8月20日，团市委8月31日前完成走访",
        "8月20日，团市委要求9月1日召开会议",
        "8月，团市委要求8月31日前走访",
        "8月20日，团市委走访截至8月31日",
        "8月20日团市委部署31日前完成走访",
    ],
)
def test_it_is_asked_about(sentence):
    with pytest.raises(UnclearError):
        read(sentence)
