import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kalends.dates.reader import DateContext, read, read_prefix
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import (
    ImpossibleDateError,
    KalendsError,
    SpanError,
    TwoReadingsError,
    UnreadableDateError,
    VagueDateError,
    WrongWeekdayError,
)

SHANGHAI = "Asia/Shanghai"
MONDAY = DateContext(now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo(SHANGHAI)), zone=SHANGHAI)

BEGINNINGS = (
    ("7月14日上午团市委召开推进会", "7月14日上午"),
    ("7月14日上午12家小学开展活动", "7月14日上午"),
    ("7月14日，上午9点团市委开会", "7月14日，上午9点"),
    ("7月14日，今年首场活动", "7月14日"),
    ("7月14日及时整改", "7月14日"),
    ("7月14日和平街道开会", "7月14日"),
    ("7月14日前进街道开会", "7月14日"),
    ("7月14日后勤中心开会", "7月14日"),
    ("7月14日到15家企业走访", "7月14日"),
    ("7月14日至少20人参加", "7月14日"),
    ("7月14日晚会彩排", "7月14日"),
    ("7月14日晚消夏晚会", "7月14日晚"),
    ("7月14日下午茶", "7月14日"),
    ("7月14日周一鸣作报告", "7月14日"),
    ("7月14日周二上午开会", "7月14日周二上午"),
    ("7月14日（周二）开会", "7月14日（周二）"),
    ("7月14日（雨）开会", "7月14日"),
    ("7月14日2点意见", "7月14日"),
    ("7月24日24小时值班", "7月24日"),
    ("7月14日下午两点半至四点在会议室", "7月14日下午两点半至四点"),
    ("7月14日、15日开展", "7月14日、15日"),
    ("7月最后一个周五团市委", "7月最后一个周五"),
    ("十二月月底团市委", "十二月月底"),
    ("7月月度会议", "7月"),
    ("从昨天下午两点到四点团市委", "从昨天下午两点到四点"),
    ("7月14日从9点到11点团市委", "7月14日从9点到11点"),
    ("7月14日从龙山区出发", "7月14日"),
    ("7月14日上午至15日下午团市委", "7月14日上午至15日下午"),
    ("last Friday of July Police visited", "last Friday of July"),
    ("last Friday in Longshan the police", "last Friday"),
    ("July 14 at 9, Police", "July 14 at 9"),
    ("July 14 at 9 schools the police gave talks", "July 14"),
    ("end of month, police", "end of month"),
    ("Wed Oct 26 15:50:06 2016 Police", "Wed Oct 26 15:50:06 2016"),
    ("July 14 9:30 2016 volunteers came", "July 14 9:30"),
    ("7月23日至24日，市委", "7月23日至24日"),
    ("5月1日以来实施", "5月1日以来"),
    ("今年以来全市", "今年以来"),
    ("6月初中生活动", "6月"),
    ("2020年7月团市委", "2020年7月"),
    ("2020-07 团市委", "2020-07"),
    ("下周三团市委开会", "下周三"),
    ("周三 团市委开会", "周三"),
    ("昨晚上级领导来访", "昨晚"),
    ("14日上午团市委", "14日上午"),
    ("7.14 3 schools", "7.14"),
    ("7.14上午团市委", "7.14上午"),
    ("端午节，包粽子", "端午节"),
    ("端午节当天包粽子", "端午节当天"),
    ("6月25日端午节 包粽子", "6月25日端午节"),
    ("6月25日端午节文艺汇演", "6月25日"),
    (" ７月１４日　开会", " ７月１４日"),
    ("July 14 youth league meeting", "July 14"),
    ("on July 14, the league meets", "on July 14"),
    ("July 14, 2000 volunteers", "July 14"),
    ("July 14, 15 schools join", "July 14"),
    ("July 14 3 schools join", "July 14"),
    ("July 14 at 3 schools", "July 14"),
    ("July 14 and then lunch", "July 14"),
    ("July 14 Sun garden opens", "July 14"),
    ("July 14 团市委开会", "July 14"),
    ("July 14 at 9 in the morning: meeting", "July 14 at 9 in the morning"),
    ("14 July 2020 (Tue) meeting", "14 July 2020 (Tue)"),
    ("2pm July 14 meeting", "2pm July 14"),
    ("2020-07-14 14:30 meeting", "2020-07-14 14:30"),
    ("2020-07-14 morning meeting", "2020-07-14 morning"),
    ("Friday 2pm meeting", "Friday 2pm"),
    ("Friday, youth league", "Friday"),
    ("tonight at 8 meeting", "tonight"),
    ("in 2020 the league", "in 2020"),
    ("July 14, 9:30-11 youth league", "July 14, 9:30-11"),
    ("July 14 2pm-4 youth league", "July 14 2pm-4"),
    ("July 14 9:30 - 11 schools", "July 14 9:30"),
    ("July 14 9.30am youth league", "July 14 9.30am"),
    ("2020-07-14 9:00-2 pm league", "2020-07-14 9:00-2 pm"),
    ("7月14日 9:30-11 团市委", "7月14日 9:30-11"),
    ("7月14日9:30-11团市委", "7月14日9:30"),
    ("7月14日上午九时许团市委", "7月14日上午九时许"),
    ("7月14日9时许可证检查", "7月14日"),
    ("3/11 youth league", "3/11"),
)
NO_BEGINNINGS = (
    "周一鸣作报告", "周三团市委开会", "六一小学开展活动", "五一路整治", "八一大街清扫",
    "12家小学参加", "截至7月14日", "近日，团市委", "每周三开会", "上午团市委开会", "14:30 meeting",
    "14号楼整治", "3日游", "60日攻坚行动启动", "一日捐活动", "2020年会在长春召开", "八月桂花路",
    "八月团市委开会", "端午节包粽子", "0437-3222222", "2020-21赛季", "2020.5万", "7·7事故",
    "3-5家企业", "3-15 schools", "3.5 million trees", "3.50元", "13.45", "1/2 of schools",
    "团市委7月14日开会", "三天后勤保障", "Sun Yat-sen", "May we go", "may", "12 may attend",
    "July meeting", "in July volunteers meet", "Sunday school outing", "2020 volunteers",
    "the 15th National Congress", "Christmas party", "before July 14", "7.14家", "前上午",
    "7 at 8 schools", "", " ",
)  # fmt: skip
BAD_BEGINNINGS = (
    ("2月30日 会议", ImpossibleDateError, "2月30日"),
    ("2019-02-29 meeting", ImpossibleDateError, "2019-02-29"),
    ("7月14日（周三）开会", WrongWeekdayError, "周三"),
    ("8月1日起实施", UnreadableDateError, "起"),
    ("5月1日起实施", UnreadableDateError, "起"),
    ("7月31日前完成整改", UnreadableDateError, "前"),
    ("7月23日、26日开展", UnreadableDateError, "26日"),
    ("7月第二周开展", UnreadableDateError, "第二周"),
    ("July 14 and July 20: clean-up", UnreadableDateError, "July 20"),
)


@pytest.mark.parametrize(("text", "date_words"), BEGINNINGS)
def test_a_sentence_gives_its_date_and_keeps_the_rest(text, date_words):
    found = read_prefix(text, MONDAY)
    assert found is not None
    reading, length = found
    assert text[:length] == date_words
    assert reading.when.text == date_words.strip()


@pytest.mark.parametrize("text", NO_BEGINNINGS)
def test_a_name_or_a_number_is_no_date(text):
    assert read_prefix(text, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "name", "date_words"),
    [
        ("周日团市委走访", "团市委", "周日"),
        ("国庆节团市委走访", "团市委", "国庆节"),
        ("6月25日端午节团市委走访", "团市委", "6月25日端午节"),
        ("Tuesday Youth met", "Youth", "Tuesday"),
        ("Friday Health briefing", "Health", "Friday"),
        ("周日走访团市委", "团市委", None),
        ("Friday night Health briefing", "Youth", "Friday night"),
    ],
)
def test_a_name_of_somebody_known_ends_a_date(text, name, date_words):
    found = read_prefix(text, MONDAY, named=lambda at: text.startswith(name, at))

    assert (found and found[0].when.text) == date_words


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("3/11", "2020-11-03"),
        ("11/3", "2020-11-03"),
        ("3/3", "2020-03-03"),
        ("7/14", "2020-07-14"),
        ("14/7", "2020-07-14"),
        ("7/8", None),
        ("2/3", None),
    ],
)
def test_where_english_is_spoken_the_period_says_which_number_is_the_month(phrase, day):
    here = replace(period("2020-06-01", "2020-12-31"), language="en")
    if day is not None:
        assert str(read(phrase, here).when.first_day) == day
        return
    with pytest.raises(UnreadableDateError) as refusal:
        read(phrase, here)
    assert refusal.value.fields["part"] == phrase


def test_where_english_is_spoken_and_there_is_no_period_either_day_may_be_meant():
    with pytest.raises(UnreadableDateError):
        read("3/11", replace(MONDAY, language="en"))


@pytest.mark.parametrize(("text", "error", "part"), BAD_BEGINNINGS)
def test_a_sentence_that_begins_with_a_date_that_cannot_be_is_refused(text, error, part):
    with pytest.raises(error) as refusal:
        read_prefix(text, MONDAY)
    assert refusal.value.fields["part"] == part


UNITS = {"天": "day", "周": "week", "个月": "month", "年": "year", "day": "day", "week": "week"}


@given(
    st.sampled_from([*UNITS, "month", "year"]),
    st.integers(1, 30),
    st.booleans(),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
)
def test_what_is_counted_is_no_more_exact_than_its_unit(unit, count, is_past, today):
    here = DateContext(now=datetime.combine(today, time(10), ZoneInfo(SHANGHAI)), zone=SHANGHAI)
    if unit.isascii():
        phrase = f"{count} {unit}s ago" if is_past else f"in {count} {unit}s"
    else:
        phrase = f"{count}{unit}{'前' if is_past else '后'}"
    when = read(phrase, here).when
    assert when.precision == UNITS.get(unit, unit)
    assert (when.last_day < today) is is_past
    assert (when.first_day > today) is not is_past


def period(first: str, last: str) -> DateContext:
    """Return Monday's context with a campaign's period."""
    days = Period(first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))
    return DateContext(now=MONDAY.now, zone=SHANGHAI, period=days)


@pytest.mark.parametrize(
    ("phrase", "first", "last", "day"),
    [
        ("7月", "2020-06-01", "2021-03-31", "2020-07-01"),
        ("2月", "2020-06-01", "2021-03-31", "2021-02-01"),
        ("7月14日", "2018-01-01", "2019-12-31", "2019-07-14"),
        ("7月14日", "2018-01-01", "2022-12-31", "2020-07-14"),
        ("5月20日", "2020-06-01", "2021-03-31", "2020-05-20"),
        ("2月29日", "2019-01-01", "2021-12-31", "2020-02-29"),
        ("12月30日至1月2日", "2020-06-01", "2021-03-31", "2020-12-30"),
        ("春节", "2020-06-01", "2021-03-31", "2021-02-12"),
        ("腊月二十三", "2020-06-01", "2021-02-10", "2021-02-04"),
        ("Chinese New Year's Eve", "2020-06-01", "2021-03-31", "2021-02-11"),
        ("去年7月", "2021-01-01", "2021-12-31", "2019-07-01"),
        ("昨天", "2021-01-01", "2021-12-31", "2020-07-19"),
        ("Feb 3", "2020-06-01", "2021-03-31", "2021-02-03"),
    ],
)
def test_a_year_not_written_is_the_campaigns(phrase, first, last, day):
    assert str(read(phrase, period(first, last)).when.first_day) == day


@given(
    st.sampled_from(("腊月初一", "腊月二十三", "冬月三十", "除夕", "腊八", "小年", "冬月初一")),
    st.dates(date(2005, 1, 1), date(2030, 1, 1)),
    st.integers(20, 700),
)
@example("腊月二十三", date(2020, 6, 1), 213)
@example("除夕", date(2020, 6, 1), 300)
@example("腊月初一", date(2006, 1, 1), 20)
def test_a_day_of_the_last_moons_is_in_the_campaign_or_asked_about(phrase, first, days):
    last = first + timedelta(days=days)
    try:
        when = read(phrase, period(first.isoformat(), last.isoformat())).when
    except TwoReadingsError as error:
        either = [date.fromisoformat(error.fields[name]) for name in ("first", "second")]
        assert not any(first <= day <= last for day in either)
        assert either[0] < either[1]
    except (VagueDateError, ImpossibleDateError):
        return  # 2005 had two of that day, and another year none
    else:
        assert first <= when.first_day <= last


def test_a_day_in_no_year_of_the_campaign_is_impossible():
    with pytest.raises(ImpossibleDateError):
        read("2月29日", period("2021-01-01", "2021-12-31"))


@pytest.mark.parametrize("phrase", ["", "  ", "7月14日" * 60, "7月\x0014日", "7月14日\ud800"])
def test_what_no_record_may_hold_is_refused(phrase):
    with pytest.raises(UnreadableDateError):
        read(phrase, MONDAY)


@pytest.mark.parametrize("phrase", ["999年前", "999 years ago"])
def test_the_calendar_has_a_first_day(phrase):
    early = DateContext(now=datetime(20, 7, 20, tzinfo=ZoneInfo("UTC")), zone="UTC")
    with pytest.raises(ImpossibleDateError):
        read(phrase, early)
    with pytest.raises(ImpossibleDateError):
        read_prefix(phrase, early)


def test_common_dates_are_read_without_the_large_libraries():
    program = (
        "import sys\n"
        "from datetime import datetime, timezone\n"
        "from kalends.dates.reader import DateContext, read, read_prefix\n"
        "here = DateContext(now=datetime(2020, 7, 20, tzinfo=timezone.utc), zone='UTC')\n"
        "for one in ('7月14日上午', '2020-07-14 14:30', 'July 14', '下周三', '国庆节'):\n"
        "    read(one, here)\n"
        "read_prefix('7月14日团市委', here)\n"
        "assert not {'borax', 'dateparser'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert done.stderr == b""


WORDS = st.sampled_from(
    """7月 14日 上午 下午 3点 半 9:30 至 - — 、 （ ） 周二 星期三 今年 去年 2020年 昨天 明晚 下周 本月 底 上旬 季度 一 二
    三 十 廿 〇 两 前 后 天 个月 周 以来 起 自 农历 闰 正月 腊月 初五 端午节 国庆 假期 7.14 7/14 2020-07-14 T Z
    +08:00 0 99 2月 30日 July may 14 2pm to from since next last Friday in ago weeks the 15th Q2 half
    of noon at , : / 1 9999年 0001年 次日 凌晨 24:00 60分 年 月 日""".split()  # noqa: SIM905 - words, to be read as such
)
PHRASES = st.one_of(
    st.text(),
    st.text(st.characters(categories=["Lo", "Nd", "Cs", "Cc", "Po"])),
    st.builds(str.join, st.sampled_from(["", " "]), st.lists(WORDS, max_size=7)),
)


@pytest.mark.campaign
@given(PHRASES)
def test_any_phrase_is_read_or_refused(phrase):
    try:
        when = read(phrase, MONDAY).when
    except KalendsError:
        return
    assert when.first_day <= when.last_day
    assert (when.precision == "minute") == (when.starts is not None)
    assert (when.precision == "part") == (when.part is not None)


@given(PHRASES)
def test_any_sentence_is_read_or_refused_and_the_date_alone_says_the_same(text):
    try:
        found = read_prefix(text, MONDAY)
    except (UnreadableDateError, SpanError):
        return
    if found is not None:
        reading, length = found
        assert 0 < length <= len(text)
        assert reading.when.text in text[:length]


def test_of_a_time_that_clocks_show_twice_an_instant_is_the_first_or_refused():
    new_york = DateContext(
        now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("America/New_York")), zone="America/New_York"
    )
    assert read("2020-11-01T01:30-04:00", new_york).when.starts == "01:30"
    with pytest.raises(UnreadableDateError):
        read("2020-11-01T01:30-05:00", new_york)
    with pytest.raises(ImpossibleDateError):
        read("2020-03-08 02:30", new_york)


@pytest.mark.parametrize(
    ("phrase", "first_day", "last_day"),
    [
        ("6 months ago", "2020-01-01", "2020-01-31"),
        ("in three months", "2020-10-01", "2020-10-31"),
        ("2 years ago", "2018-01-01", "2018-12-31"),
    ],
)
def test_an_offset_in_english_is_no_more_exact_than_its_unit(phrase, first_day, last_day):
    now = datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    when = read(phrase, DateContext(now=now, zone="Asia/Shanghai")).when

    assert (str(when.first_day), str(when.last_day)) == (first_day, last_day)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
COUNTS = ("first", "second", "third", "fourth", "fifth", "last")
CLOCKS = st.times().map(lambda clock: clock.replace(microsecond=0))


@given(
    year=st.integers(1900, 2099),
    month=st.integers(1, 12),
    weekday=st.integers(0, 6),
    count=st.integers(1, 6),
)
def test_a_weekday_of_a_month_is_the_one_that_the_calendar_shows(year, month, weekday, count):
    first = date(year, month, 1)
    days = [first + timedelta(days=days) for days in range(31)]
    days = [day for day in days if day.month == month and day.weekday() == weekday]
    nth = "最后一个" if count == 6 else f"第{count}个"
    phrases = (
        f"{year}年{month}月{nth}周{'一二三四五六日'[weekday]}",
        f"the {COUNTS[count - 1]} {WEEKDAYS[weekday]} of {MONTHS[month - 1]} {year}",
    )

    for phrase in phrases:
        if count < 6 and count > len(days):
            with pytest.raises(ImpossibleDateError):
                read(phrase, MONDAY)
            continue
        when = read(phrase, MONDAY).when
        assert (when.first_day, when.last_day) == (days[min(count, len(days)) - 1],) * 2


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), clock=CLOCKS, said=st.integers(0, 6))
def test_a_date_as_computers_write_it_is_read_whole_or_its_weekday_refused(day, clock, said):
    phrase = f"{WEEKDAYS[said][:3]} {MONTHS[day.month - 1][:3]} {day.day:2} {clock} {day.year}"
    utc = replace(MONDAY, now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("UTC")), zone="UTC")

    if said != day.weekday():
        with pytest.raises(WrongWeekdayError):
            read_prefix(f"{phrase}, Police", utc)
        return
    for when in (read(phrase, utc).when, read_prefix(f"{phrase}, Police", utc)[0].when):
        assert (when.first_day, when.last_day, when.starts, when.ends, when.text) == (
            day,
            day,
            f"{clock:%H:%M}" if clock != time(0) else None,  # a day, as programs write it
            None,
            phrase,
        )


DAYS_OF_2020 = st.dates(date(2020, 1, 1), date(2020, 12, 31))
ENDS = (
    lambda day: f"{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.month}月",
)


@given(
    first=DAYS_OF_2020, last=DAYS_OF_2020, begins=st.sampled_from(ENDS), ends=st.sampled_from(ENDS)
)
def test_a_range_that_is_refused_runs_backwards_as_the_refusal_says(first, last, begins, ends):
    try:
        when = read(f"{begins(first)}至{ends(last)}", MONDAY).when
    except SpanError as error:
        begun, ended = map(date.fromisoformat, str(error.fields["detail"]).split(" → "))
        assert ended < begun
    else:
        assert when.first_day <= when.last_day


@given(starts=CLOCKS, ends=CLOCKS, twelve=st.booleans())
def test_a_range_of_clock_times_takes_less_than_a_day_or_is_refused(starts, ends, twelve):
    form = "%I:%M%p" if twelve else "%H:%M"
    phrase = f"{starts:{form}}-{ends:{form}}"
    begins, ended = f"{starts:%H:%M}", f"{ends:%H:%M}"

    for text in (f"July 14 {phrase}", *([] if twelve else [f"7月14日{phrase}"])):
        try:
            when = read(text, MONDAY).when
        except SpanError:
            assert begins >= ended
            assert begins < ("12:00" if twelve else "18:00") or ended > "06:00" or begins == ended
            continue
        assert (when.first_day, when.starts, when.ends) == (date(2020, 7, 14), begins, ended)
        assert when.last_day == date(2020, 7, 14 if begins < ended else 15)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("24/07/2020, 9 a.m., Police", "09:00"),
        ("27.07.2020, 10.15 hrs: Police", "10:15"),
        ("24/07/2020, 12 noon, Police", "12:00"),
    ],
)
def test_hours_of_english_are_read_behind_a_day_in_numbers(text, starts):
    found = read_prefix(text, MONDAY)
    assert found is not None
    assert found[0].when.starts == starts


def test_a_day_in_numbers_is_refused_where_english_reads_no_hours_behind_it():
    with pytest.raises(UnreadableDateError):
        read_prefix("24/07/2020, 9, Police", MONDAY)


@pytest.mark.parametrize("phrase", ["July 14 17:30 to 19", "July 14 13:30 to 4"])
def test_a_time_with_minutes_and_a_bare_number_are_no_hours(phrase):
    with pytest.raises(UnreadableDateError):
        read(phrase, MONDAY)


@pytest.mark.parametrize("digits", ["9" * 60, "9 " * 30, "9:30" + "9" * 60])
@pytest.mark.parametrize("end", ["x", " x", " july x", ",x", ""])
def test_a_long_row_of_digits_is_refused_at_once(digits, end):
    begun = process_time()
    with pytest.raises(KalendsError):
        read(f"{digits}{end}", MONDAY)
    assert process_time() - begun < 1
