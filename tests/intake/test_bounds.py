"""A time with a word beside it that makes an end or a limit of it is asked about."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
ROSTER = registered({"tsw": ("团市委",), "yl": ("Youth League",), "no": ("Northside",)})
CHINESE_CLOCKS = ("9点", "上午9点", "9:30", "晚上八点半", "17：00", "十七点")
ENGLISH_CLOCKS = ("9am", "9:30", "at 9 pm", "half past nine", "17:00")


def read(sentence):
    wanted = ("when", "departments", "title")
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)


@for_all(
    st.sampled_from(CHINESE_CLOCKS),
    st.sampled_from(
        (
            "{}结束",
            "{} 结束",
            "{}散会",
            "{}截止",
            "最晚{}",
            "最迟{}到",
            "不晚于{}",
            "{}收工",
            "{}至",
        )
    ),
    st.sampled_from(
        (
            "7月24日 {} 团市委 走访",
            "7月24日 团市委 走访 {}",
            "团市委 7月24日{} 走访",
            "7月24日，团市委走访，{}",
        )
    ),
)
def test_in_chinese(clock, bounded, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(bounded.format(clock)))


@for_all(
    st.sampled_from(ENGLISH_CLOCKS),
    st.sampled_from(
        (
            "ends {}",
            "ending {}",
            "finishes {}",
            "closes {}",
            "no later than {}",
            "{} at the latest",
            "{} finish",
        )
    ),
    st.sampled_from(
        (
            "24 July Youth League meeting {}",
            "24 July Youth League meeting, {}",
            "Youth League meeting, 24 July, {}",
            "24 July, {}, Youth League meeting",
        )
    ),
)
def test_in_english(clock, bounded, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(bounded.format(clock)))


@pytest.mark.parametrize(
    "sentence",
    [
        "7月24日至 团市委 走访",
        "7月24日到 团市委 走访",
        "7月24日上午9点至 团市委 走访",
        "Youth League meeting 24 July until",
        "24 July Youth League dinner 8 for 8:30",
        "24 July at 14h Youth League dinner",
        "24 July Youth League dinner from 14h to 16h",
    ],
)
def test_what_is_but_a_piece_of_the_hours(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


@for_all(
    st.sampled_from(
        ("7月24日", "7月24号", "2020年7月24日", "周五", "7月24日上午", "7月24日9点", "7月下旬")
    ),
    st.sampled_from(
        (
            "除外",
            "以外",
            "之外",
            "止",
            "为止",
            "上半天",
            "各天",
            "大半夜",
            "子时",
            "天亮",
            "㉕日",
            "2刻",
            "9'30",
            "9。30",
            "30秒",
            "开始三天",
            "吧",
            "吗",
        )
    ),
    st.sampled_from(("{} 团市委 走访", "团市委 走访 {}", "团市委 {} 走访", "{}，团市委走访")),
)
def test_what_goes_on_from_a_date_in_chinese_is_asked_about(day, behind, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(f"{day}{behind}"))


@for_all(
    st.sampled_from(("24 July", "July 24", "Friday, 24 July", "the 24th of July", "24 July 2020")),
    st.sampled_from(
        (
            "{} onwards",
            "{} onward",
            "{} and after",
            "{} and the day after",
            "{} and following days",
            "{} ff",
            "{} not 25",
            "{}, not the 25th",
            "{} excluded",
            "{} +2",
            "{} plus 2 days",
            "{} (2 days)",
            "{} 2d",
            "{} 48h",
            "{} at 3½",
            "{} at 1/2 past 3",
            "{} 1530Z",
            "{} 19",
            "{}, 19",
            "23 plus {}",
            "23 thru {}",
            "both 22 and {}",
            "23 and/or {}",
            "23 then {}",
            "within a week of {}",
            "ending {}",
            "ca {}",
            "{} (2h)",
            "{} 15 h",
            "{}, I mean 25",
            "{}, correction: the 25th",
            "{} (was 23)",
            "{} (not 25)",
            "{} [sic]",
            "originally {}",
            "old date {}",
            "deadline {}",
            "RSVP by {}",
            "{} at dawn",
            "{} sunset",
            "{} before dinner",
            "{} overnight",
            "{} COB",
            "{} seven",
            "{} 7 30",
            "{} 22-2",
            "{}, doors 6pm",
            "{} with lunch at noon",
            "{} the following year",
        )
    ),
    st.sampled_from(
        ("Youth League meeting {}", "{} Youth League meeting", "{}: Youth League meets")
    ),
)
def test_what_goes_on_from_a_date_in_english_is_asked_about(day, beside, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(beside.format(day)))


@for_all(
    st.sampled_from(("24 to 30 July", "July 24-30", "24 July to 2 August")),
    st.sampled_from(
        ("{} except 26", "{}, closed 26", "{} weekdays only", "{} excluding weekends", "{} (not Sunday)",
         "weekdays {}", "{}, alternate days", "{} without the 26th")
    ),
    st.sampled_from(("Youth League fair {}", "{}: Youth League fair")),
)  # fmt: skip
def test_days_of_which_some_are_left_out_are_asked_about(days, said, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(said.format(days)))


@for_all(
    st.sampled_from(("7月", "7月份", "8月", "2020年8月")),
    st.sampled_from(
        ("某日", "某天", "的一天", "第一天", "倒数第二天", "头三天", "前3天", "后三天", "首个周末", "第一个周末")
    ),
)  # fmt: skip
def test_some_days_of_a_month_are_not_the_month_in_chinese(month, days):
    try:
        when = read(f"{month}{days} 团市委 走访").when.when
    except KalendsError:
        return
    assert (when.last_day - when.first_day).days == 1  # a weekend


@for_all(
    st.sampled_from(("原", "非", "距", "距离", "赶在", "仅", "只", "不")),
    st.sampled_from(("7月24日", "周五", "7月24日上午")),
)
def test_what_makes_another_day_of_it_in_chinese_is_asked_about(before, day):
    with pytest.raises(KalendsError):
        read(f"{before}{day} 团市委 走访")


@for_all(
    st.sampled_from(("走访", "培训", "开展宣传", "志愿服务")),
    st.sampled_from(
        ("{}三天", "{}2天", "{}（两天）", "{}一周", "{}半个月", "{}，一连三天", "{}，共5天", "按周{}", "逐日{}",
         "至月底{}", "到年底{}", "自8月{}", "将于8月{}", "计划8月{}", "8月{}", "早8晚5{}")
    ),
)  # fmt: skip
def test_how_long_or_how_often_or_in_which_other_month_in_chinese(activity, said):
    with pytest.raises(KalendsError):
        read(f"7月24日 团市委 {said.format(activity)}")


@for_all(
    st.sampled_from(("camp", "fair", "training")),
    st.sampled_from(
        ("{} two days", "{} (2 days)", "{} 3 nights", "{}, two weeks", "{} in 9 days", "{} every 9 days",
         "{} within two weeks")
    ),
)  # fmt: skip
def test_how_long_or_how_often_in_english(activity, said):
    try:
        when = read(f"24 July Youth League {said.format(activity)}").when.when
    except KalendsError:
        return
    assert when.last_day > when.first_day


@for_all(
    st.sampled_from(("room", "Room", "fee", "ratio", "ticket", "psalm", "score")),
    st.sampled_from(("9:30", "14:30", "21:15")),
)
def test_a_number_that_is_no_clock_is_no_hour(word, number):
    with pytest.raises(KalendsError):
        read(f"24 July Youth League talk {word} {number}")


@pytest.mark.parametrize(
    "title",
    [
        "百日攻坚倒计时30天",
        "部署8月走访",
        "总结7月走访",
        "走访7月生日老人",
        "停课一天",
        "宣传周",
        "countdown: 30 days",
    ],
)
def test_what_only_counts_or_names_days_stays_in_the_title(title):
    name = "Youth League" if title.isascii() else "团市委"
    assert read(f"7月24日 {name} {title}").title == title


@pytest.mark.parametrize(
    ("said", "year"), [("next year", 2021), ("last year", 2019), ("this year", 2020), ("", 2020)]
)
def test_the_year_may_be_said_in_words(said, year):
    when = read(f"Youth League meeting 24 July {said}").when.when
    assert when.first_day == date(year, 7, 24)


def test_a_class_of_a_year_is_not_of_that_year():
    with pytest.raises(KalendsError):
        read("Youth League reunion class of 2021 July 24")


@for_all(
    st.sampled_from(("second", "third", "penultimate", "2nd", "second to")),
    st.sampled_from(("last Friday of July", "last day of July")),
)
def test_the_last_but_one_is_not_the_last(which, day):
    with pytest.raises(KalendsError):
        read(f"Youth League meeting {which} {day}")


@for_all(
    st.sampled_from(("July", "this month", "Q3", "2020", "August")),
    st.sampled_from(("Friday", "a Saturday", "one Sunday", "some Monday", "either Tuesday")),
    st.sampled_from(("{} Youth League meeting {}", "Youth League meeting {1} in {0}")),
)
def test_which_weekday_of_a_month_is_asked_about(month, day, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(month, day))


@for_all(
    st.sampled_from(("Q3", "third quarter", "second half of 2020", "2020")),
    st.sampled_from(("the 24th", "24th")),
)
def test_of_which_month_of_several_a_day_is_is_asked_about(months, day):
    with pytest.raises(KalendsError):
        read(f"{months} Youth League meeting {day}")


def test_a_day_of_the_month_that_was_named_is_read():
    assert read("July Youth League meeting 24th").when.when.first_day == date(2020, 7, 24)


@pytest.mark.parametrize(
    ("sentence", "begins", "title"),
    [
        ("7月24日 团市委 走访 9点集合", "09:00", "走访 集合"),
        ("7月24日9点到市民广场 团市委 集合", "09:00", "到市民广场 集合"),
        ("7月24日9点开始 团市委 走访", "09:00", "走访"),
        ("7月24日9点至11点 团市委 走访", "09:00", "走访"),
        ("7月24日9点1刻 团市委 走访", "09:15", "走访"),
        ("7月24日9点三刻钟 团市委 走访", "09:45", "走访"),
        ("7月24日九点半钟 团市委 走访", "09:30", "走访"),
        ("7月24日9:00整 团市委 走访", "09:00", "走访"),
        ("双十一 团市委 走访", None, "走访"),
        ("7月24日 团市委培训结束", None, "培训结束"),
        ("24 July Youth League meeting set for 8:30", "08:30", "meeting"),
        ("24 July Youth League meeting scheduled for 8:30", "08:30", "meeting"),
        ("24 July, 9am to 11am, Youth League end of term party", "09:00", "end of term party"),
    ],
)
def test_what_is_no_limit_is_read(sentence, begins, title):
    found = read(sentence)
    assert (found.when.when.starts, found.title) == (begins, title)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("24 July Youth League no litter day", "no litter day"),
        ("24 July Youth League say no to drugs talk", "say no to drugs talk"),
    ],
)
def test_a_code_that_is_a_word_names_no_department_in_a_sentence(sentence, title):
    found = read(sentence)
    assert ([part.code for part in found.departments], found.title) == (["yl"], title)


def test_the_same_code_in_capitals_does():
    assert [part.code for part in read("24 July NO street market").departments] == ["no"]


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("3 days", date(2020, 7, 26)),
        ("two weeks", date(2020, 8, 6)),
        ("3 days, 40 guests", date(2020, 7, 26)),
    ],
)
def test_a_duration_behind_a_comma(words, last):
    when = read(f"24 July Youth League camp, {words}").when.when
    assert (when.first_day, when.last_day) == (date(2020, 7, 24), last)
