"""A clock time or a date that stands away from the beginning of a sentence."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import (
    DeadlineError,
    HalfReadDateError,
    KalendsError,
    SecondDateError,
    TornDateError,
    UnreadableDateError,
)
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
EVERYTHING = ("when", "departments", "title")
NAMES = {
    "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
    "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
    "xf": ("市消防支队", "Fire Brigade"),
}


def _roster():
    return registered(NAMES)


ROSTER = _roster()


def _read(sentence):
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING)
    when = found.when.when
    return (
        when.first_day,
        when.starts,
        when.ends,
        [part.code for part in found.departments],
        found.title,
    )


@pytest.mark.parametrize(
    ("sentence", "day", "starts", "ends", "department", "title"),
    [
        (
            "On Tuesday, September 15, the Education Bureau will host a parents' evening at 6:30 pm",
            (9, 15), "18:30", None, "jyj", "will host a parents' evening",
        ),
        ("9月3日，团市委下午3点召开座谈会", (9, 3), "15:00", None, "tsw", "召开座谈会"),
        ("团市委 7月14日 走访 9:00-11:30", (7, 14), "09:00", "11:30", "tsw", "走访"),
        ("7月14日 团市委 走访 上午9点到11点", (7, 14), "09:00", "11:00", "tsw", "走访"),
        ("7月14日 团市委走访社区，下午3点", (7, 14), "15:00", None, "tsw", "走访社区"),
        ("7月14日 团市委为迎国检，下午3点 召开会议", (7, 14), "15:00", None, "tsw", "为迎国检，召开会议"),
        ("July 14 Youth League meets from 9 to 11 am in the hall", (7, 14), "09:00", "11:00", "tsw", "meets in the hall"),
        ("today Youth League briefing 3pm", (7, 20), "15:00", None, "tsw", "briefing"),
        ("7月14日 团市委 开会 14:30 #例会", (7, 14), "14:30", None, "tsw", "开会"),
        ("Fire Brigade open day, first Saturday of December 2020", (12, 5), None, None, "xf", "open day"),
        ("Fire Brigade drill on February 1 2020 in the park", (2, 1), None, None, "xf", "drill in the park"),
        ("Fire Brigade quiz night on July 14", (7, 14), None, None, "xf", "quiz night"),
        ("Fire Brigade visited schools today", (7, 20), None, None, "xf", "visited schools"),
        ("Fire Brigade open day, tomorrow at 3pm", (7, 21), "15:00", None, "xf", "open day"),
        ("为迎接国检，11月24日，市教育局召开会议", (11, 24), None, None, "jyj", "为迎接国检，召开会议"),
        ("July 14 Fire Brigade night patrols downtown", (7, 14), None, None, "xf", "night patrols downtown"),
        ("July 14 Fire Brigade afternoon tea", (7, 14), None, None, "xf", "afternoon tea"),
        ("July 14 Fire Brigade awards evening", (7, 14), None, None, "xf", "awards evening"),
        ("7月14日 市教育局在3号会议室召开推进会", (7, 14), None, None, "jyj", "在3号会议室召开推进会"),
        ("市教育局邻里节9月26日举行", (9, 26), None, None, "jyj", "邻里节举行"),
        ("【通知】市教育局定于10月16日下午2:30在一中召开现场会", (10, 16), "14:30", None, "jyj", "【通知】在一中召开现场会"),
        ("市教育局拟于国庆节当天举行升旗仪式", (10, 1), None, None, "jyj", "举行升旗仪式"),
        ("会议纪要：7月17日市教育局会商早市搬迁", (7, 17), None, None, "jyj", "会议纪要：会商早市搬迁"),
        ("Reminder: Fire Brigade drill tomorrow at 8:30 am", (7, 21), "08:30", None, "xf", "Reminder: drill"),
        ("12月4日宪法日宣传，市教育局主办", (12, 4), None, None, "jyj", "宪法日宣传"),
        ("市教育局将于11月9日“119消防日”当天开放", (11, 9), None, None, "jyj", "“119消防日”当天开放"),
        ("10月17日是国家扶贫日，市教育局开展义卖", (10, 17), None, None, "jyj", "国家扶贫日，开展义卖"),
        ("Drill for schools (Fire Brigade), 15 September", (9, 15), None, None, "xf", "Drill for schools"),
        ("市教育局关于举办“讲解员”大赛的通知（6月30日）", (6, 30), None, None, "jyj", "关于举办“讲解员”大赛的通知"),
        ("the Fire Brigade will close Main Street on July 1 from 8:00 to 12:30", (7, 1), "08:00", "12:30", "xf", "will close Main Street"),
        ("Fire Brigade award ceremony on Friday, October 23 at 3 pm", (10, 23), "15:00", None, "xf", "award ceremony"),
        ("Fire Brigade trained 35 managers this morning", (7, 20), None, None, "xf", "trained 35 managers"),
        ("市教育局各学校8月22日集中开展卫生日活动", (8, 22), None, None, "jyj", "各学校集中开展卫生日活动"),
        ("市教育局教师11月5日赴长春学习", (11, 5), None, None, "jyj", "教师赴长春学习"),
        ("Drill in all schools tomorrow at 9 am (Fire Brigade)", (7, 21), "09:00", None, "xf", "Drill in all schools"),
        ("Fire Brigade day - 5 December - dinner 18:00", (12, 5), "18:00", None, "xf", "day - dinner"),
        ("由市教育局举办的邻里节9月26日举行", (9, 26), None, None, "jyj", "邻里节举行"),
        ("市教育局推进会定于10月9日", (10, 9), None, None, "jyj", "推进会"),
        ("推进会定于10月9日14:00召开，市教育局主办", (10, 9), "14:00", None, "jyj", "推进会召开"),
        ("为迎接国检，11月24日市教育局召开会议", (11, 24), None, None, "jyj", "为迎接国检，召开会议"),
    ],
)  # fmt: skip
def test_a_date_and_its_clock_are_put_together(sentence, day, starts, ends, department, title):
    assert _read(sentence) == (date(2020, *day), starts, ends, [department], title)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("7月14日 市教育局开展为期三天的培训", 14, 16),
        ("7月14日起市教育局开展为期三天的培训", 14, 16),
        ("7月14日至16日市教育局开展为期三天的培训", 14, 16),
        ("7月14日 市教育局培训班开班，为期一周", 14, 20),
        ("July 14 Fire Brigade camp for three days", 14, 16),
        ("July 14-16 Fire Brigade three-day camp", 14, 16),
        ("13/14 July Fire Brigade drill", 13, 14),
        ("Fire Brigade drill 7/8 July", 7, 8),
        ("Fire Brigade, 3-5 July, night patrols in town", 3, 5),
        ("3-5 July night patrols by the Fire Brigade", 3, 5),
        ("7月11日—13日 市教育局夜间集中巡查", 11, 13),
        ("市教育局 7月11日—13日 夜间集中巡查", 11, 13),
        ("Between 10 and 14 July the Fire Brigade tested hydrants", 10, 14),
    ],
)
def test_several_days_are_read_as_they_are_said(sentence, first, last):
    when = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING).when.when

    assert (when.first_day, when.last_day) == (date(2020, 7, first), date(2020, 7, last))
    assert when.precision == "days"


@pytest.mark.parametrize(
    ("sentence", "error", "part"),
    [
        ("by 15 December Education Bureau sends its report", DeadlineError, "by 15 December"),
        ("Education Bureau sends its report by 15 December", DeadlineError, "by 15 December"),
        ("Plan for 15 December Fire Brigade meeting", HalfReadDateError, "for 15 December"),
        ("Fire Brigade helps out every Saturday", HalfReadDateError, "every Saturday"),
        ("Fire Brigade helps out every other Saturday", HalfReadDateError, "every other Saturday"),
        ("Fire Brigade open day 16 August, 10-15h, all welcome", HalfReadDateError, "10-15h"),
        ("市教育局部署10月8日开展的大扫除", HalfReadDateError, "10月8日"),
        ("市教育局通报发生于7月14日的事故", HalfReadDateError, "7月14日"),
        ("市教育局大会定于10月9日的安排", HalfReadDateError, "10月9日"),
        ("市教育局报名截止9月26日开展比赛", HalfReadDateError, "9月26日"),
        ("市教育局会议改期10月9日举行", HalfReadDateError, "10月9日"),
        ("市教育局迎接10月8日检查", HalfReadDateError, "10月8日"),
        ("市教育局邻里节10月8日举行的通知", HalfReadDateError, "10月8日"),
        ("9月15日前后，市教育局开展检查", UnreadableDateError, "前后"),
        ("Fire Brigade exercise moved to 15 October", HalfReadDateError, "moved to 15 October"),
        (
            "Fire Brigade: exercise postponed from 8 October to 15 October",
            HalfReadDateError,
            "postponed from 8 October to 15 October",
        ),
        ("市教育局原定于8月1日的比赛取消", HalfReadDateError, "8月1日"),
        ("市教育局会议推迟到8月5日举行", HalfReadDateError, "8月5日"),
        (
            "first week of September: Fire Brigade drill",
            UnreadableDateError,
            "first week of September",
        ),
        ("10月15日前 市教育局上报材料", DeadlineError, "10月15日前"),
        ("7月14日至17日市教育局开展为期三天的培训", SecondDateError, "为期三天"),
        ("7月14日 市教育局召开为期三天的培训总结会", SecondDateError, "为期三天"),
        ("7月14日 市教育局为期三天的培训结束", SecondDateError, "为期三天"),
        ("7月14日 市教育局开展为期三五天的培训", SecondDateError, "为期三五天"),
        ("7月14日起市教育局开展培训", UnreadableDateError, "起"),
        ("July 14 Fire Brigade three-day camp", SecondDateError, "three-day "),
        ("13/15 July Fire Brigade drill", UnreadableDateError, "15"),
        ("7月14日 市教育局 3号召开会议", SecondDateError, "3号"),
        ("市教育局关于开展9月26日活动的通知", HalfReadDateError, "9月26日"),
        ("7月14日15:42分 团市委 走访", HalfReadDateError, "15:42分"),
        ("明天下午七八点 团市委 走访", UnreadableDateError, "下午七八点"),
        ("明天下午七八点团市委走访", UnreadableDateError, "下午七八点"),
        ("7月14日-16日 团市委 走访 9:00", HalfReadDateError, "9:00"),
        ("7月14日 团市委 走访 9:00 14:00", HalfReadDateError, "9:00"),
        ("7月14日 9:00 团市委 走访 14:00", HalfReadDateError, "14:00"),
        ("7月14日 团市委 走访 9:00前", HalfReadDateError, "9:00"),
        ("7月14日 团市委 乘9:30的航班", TornDateError, "7月14日 … 9:30"),
        ("July 14 Youth League catches the 6:30 pm train", HalfReadDateError, "6:30 pm"),
        ("7月14日 团市委 走访，7月15日 9:00", SecondDateError, "7月15日"),
    ],
)
def test_what_is_no_whole_clock_of_that_day_is_asked(sentence, error, part):
    with pytest.raises(error) as refused:
        _read(sentence)

    assert refused.value.fields["part"] == part


@pytest.mark.campaign
@settings(max_examples=30)
@given(
    day=st.dates(date(2020, 2, 1), date(2020, 11, 28)),
    clock=st.times(time(7), time(21)).map(lambda at: at.replace(minute=at.minute // 5 * 5)),
    is_english=st.booleans(),
    ends=st.booleans(),
)
def test_a_whole_clock_at_the_end_is_read_as_beside_its_day(day, clock, is_english, ends):
    said = f"{clock.hour}:{clock.minute:02}"
    until = f"{clock.hour + 1}:{clock.minute:02}" if ends else ""
    said += f"-{until}" if ends else ""
    sentence = (
        f"Fire Brigade drill on {day:%B} {day.day} 2020 in the park at {said}"
        if is_english
        else f"2020年{day.month}月{day.day}日 市消防支队 开展演练 {said}"
    )

    first_day, starts, ended, departments, title = _read(sentence)

    assert (first_day, starts) == (day, f"{clock:%H:%M}")
    assert ended == (f"{until:0>5}" if ends else None)
    assert (departments, title) == (["xf"], "drill in the park" if is_english else "开展演练")


@settings(max_examples=200)
@given(
    begins=st.integers(6, 12),
    hours=st.integers(1, 10),
    joined=st.sampled_from((" to ", " till ", " until ", "-", " - ", "–")),
    opening=st.sampled_from((", ", "; ", " (", ", from ", ". From ", ", about ", ", between ")),
    behind=st.sampled_from(("", ", bring gloves", "; bring gloves", ". Bring gloves")),
)
@example(begins=9, hours=3, joined=" to ", opening=", ", behind=", bring gloves")
def test_hours_in_a_clause_of_their_own_are_never_left_in_the_title(
    begins, hours, joined, opening, behind
):
    joined = " and " if "between" in opening else joined
    closing = ")" if "(" in opening else ""
    said = f"{opening}{begins}{joined}{begins + hours}{closing}{behind}"
    try:
        _, starts, ends, _, _ = _read(f"17 October 2020 Fire Brigade plants trees{said}")
    except KalendsError:
        return
    assert (starts, ends) == (f"{begins:02}:00", f"{begins + hours:02}:00")


@given(
    hour=st.integers(1, 12),
    who=st.sampled_from(("we bring masks", "the team meets", "they leave", "our bus leaves")),
    mark=st.sampled_from((" ", ", ", "; ")),
)
@example(hour=2, who="we bring masks", mark=" ")
def test_an_hour_before_whoever_does_something_is_never_left_in_the_title(hour, who, mark):
    try:
        _, starts, *_ = _read(f"17 October 2020 Fire Brigade visits{mark}at {hour} {who}")
    except KalendsError:
        return
    assert starts is not None
