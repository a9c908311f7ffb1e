"""Clock times in every form that people write, at every place of a sentence.

Each is read as the time that it says or asked about. It is never left in the title, and never
another time.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委"),
        "jyj": ("辽源市教育局", "市教育局", "教育局"),
        "po": ("Police Department", "Police"),
        "he": ("Health Department", "Health"),
    }
)
DAY = date(2020, 7, 24)
CHINESE = {
    "09:00": "9点 9时 九点 九点钟 9:00 9：00 上午9点 上午9时 上午九点 上午9:00 早9点 9点整 上午9点钟 上午9点准时",
    "09:30": "九点半 9点半 9:30 09:30 9时30分 9点30分 上午9点30 上午九点半 上午9:30 早上9点半",
    "14:00": "14点 14:00 下午2点 下午两点 下午2:00 下午14:00 午后2点 14时",
    "14:30": "14时30分 14点半 14:30 下午两点半 下午2:30 下午2：30",
    "19:00": "晚7点 晚上七点 晚7:00 晚上7:00 19点 19：00 傍晚7点",
    "12:00": "中午12点 中午12:00 12:00",
    "09:00-11:00": "上午9-11点 上午9点-11点 上午9点到11点 上午9点至11点 上午9:00-11:00 9:00—11:00 9:00～11:00"
    " 9：00至11：00 9点至11点 9-11点 从9点到11点 从上午9点到11点 9时至11时",
    "14:00-16:00": "下午2点到4点 下午2-4点 下午2:00-4:00 14:00-16:00 14:00——16:00 14时至16时",
    "09:00-16:00": "上午9点到下午4点 9:00-16:00 上午9时至下午4时",
}  # fmt: skip
CHINESE_PLACES = (
    "{D}{T}团市委召开会议",
    "{D} {T} 团市委召开会议",
    "{D}，{T}，团市委召开会议",
    "{D}团市委{T}召开会议",
    "{D}，团市委，{T}，召开会议",
    "团市委{D}{T}召开会议",
    "团市委定于{D}{T}召开会议",
    "{D}（{T}）团市委召开会议",
    "{D}团市委召开会议（{T}）",
    "{D}团市委召开会议，{T}",
    "{D}团市委召开会议，{T}在礼堂集合",
    "{D}团市委召开会议，{T}礼堂集合",
    "{D}团市委召开会议，时间{T}",
    "{D}团市委召开会议，时间：{T}",
    "{D}团市委召开会议，时间为{T}",
    "{D}团市委召开会议 {T} 礼堂",
    "{D}团市委召开会议{T}",
    "{D}团市委在礼堂{T}召开会议",
    "{D}团市委召开会议。{T}开始",
    "{D}团市委会议{T}在礼堂召开",
    "{D}团市委会议，{T}，请教育局参加",
    "团市委召开会议，时间：{D}{T}，地点：礼堂",
    "时间：{D}{T} 地点：礼堂 主办：团市委 内容：会议",
    "时间：{D} {T}；地点：礼堂；主办单位：团市委；会议",
    "时间：{D}{T}\n地点：礼堂\n主办：团市委\n内容：会议",
    "团市委会议定于{D}{T}举行",
    "团市委会议（{D}{T}）",
    "团市委会议，{D}，{T}",
    "{D} | {T} | 团市委 | 会议",
    "{D} 团市委 会议 {T} @礼堂",
    "{D}团市委召开会议，约30人，{T}",
)
ENGLISH = {
    "09:00": "9am|9 am|9 a.m.|9AM|9:00|09:00|at 9|at nine|at 9am|nine o'clock|9 o’clock|at 9 o'clock|from 9|from 9am|9am sharp|0900hrs|nine am",
    "09:30": "9:30am|9.30am|9:30|09:30|9.30|0930|0930 hrs|9h30|half past nine|half past 9|nine thirty|at nine thirty",
    "10:45": "quarter to eleven|a quarter to eleven|10:45|10.45am",
    "14:00": "2pm|2 PM|2:00 p.m.|14:00|14h|1400|1400hrs|at 2pm sharp|starts 2pm|starting at 2pm|2pm start|2pm onwards",
    "14:30": "2:30pm|2.30 p.m.|14:30|14.30|14h30|14:30h|half past two in the afternoon",
    "12:00": "noon|midday|12 noon|12pm|at noon",
    "19:00": "7pm|seven in the evening|7 in the evening|19:00|7 o'clock in the evening",
    "09:00-11:00": "9-11|9-11am|9–11am|9 - 11 am|9-11 a.m.|9 to 11|9 to 11am|9am-11am|9am – 11am|between 9 and 11am|from 9 to 11|from 9am to 11am|0900-1100|09:00 to 11:00",
    "09:00-12:00": "9am till noon|9am-noon|from 9 until noon|9:00-12:00|9 to noon",
    "14:00-16:00": "2-4pm|2pm-4pm|2 p.m. - 4 p.m.|2:00 p.m. to 4:00 p.m.|14:00-16:00|14.00-16.00|1400-1600|1400-1600hrs|14-16h|14:00 till 16:00",
    "14:30-16:00": "2:30-4pm|2.30-4pm|2.30pm to 4pm|14:30-16:00",
}  # fmt: skip
ENGLISH_PLACES = (
    "{D}, {T}, Police drill",
    "{D} {T}: Police drill",
    "{D} - {T} - Police drill",
    "{D} ({T}) Police drill",
    "{D}, Police, {T}: drill",
    "{D} Police drill {T}",
    "{D} Police drill, {T}",
    "{D} Police drill ({T})",
    "{D} Police drill - {T}",
    "{D} Police drill. {T}",
    "{D} Police drill. {T} in the hall.",
    "{D} Police drill, {T}, in the hall",
    "{D} Police drill, {T} at Town Hall",
    "{D} Police drill {T} in the hall",
    "{D} Police drill {T} @Hall",
    "{D} Police drill @Hall, {T}",
    "{D} Police drill @Library {T}",
    "{D}: Police will hold a drill {T}",
    "{D} Police drill, {T}, with Health",
    "{D} Police drill with Health {T}",
    "{D} Police drill, time: {T}",
    "Date: {D} Time: {T} Host: Police Event: drill",
    "When: {D}, {T}. Where: Hall. Who: Police. What: drill",
    "When: {D}, {T}\nWhere: Hall\nWho: Police\nWhat: drill",
    "Police drill, {D}, {T}",
    "Police drill on {D}, {T}, Town Hall",
    "Police drill - {D} - {T}",
    "Police drill ({D}, {T})",
    "Police | {D} | {T} | drill",
    "{D}; {T}; Police; drill",
    "Police drill, {T}, {D}",
    "Police drill {T} on {D}",
    "{T}, {D}: Police drill",
    "Reminder: Police drill {D} {T}",
    "{D} Police drill, meeting at {T}",
)
CHINESE_DAYS = ("7月24日", "7月24号", "7月24日（周五）", "2020年7月24日", "本周五")
ENGLISH_DAYS = ("24 July", "July 24", "Friday, July 24", "24th July 2020", "this Friday")
BOTH = {
    "Chinese": (
        [(form, time) for time, forms in CHINESE.items() for form in forms.split()],
        CHINESE_PLACES,
        CHINESE_DAYS,
    ),
    "English": (
        [(form, time) for time, forms in ENGLISH.items() for form in forms.split("|")],
        ENGLISH_PLACES,
        ENGLISH_DAYS,
    ),
}


def _times_of(sentence):
    """Return the clock times that are recorded, or None where something is asked."""
    try:
        found = read_sentence(
            sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
        )
    except KalendsError:
        return None
    when = found.when.when
    assert (when.first_day, when.last_day) == (DAY, DAY), sentence
    return "-".join(time for time in (when.starts, when.ends) if time)


@pytest.mark.parametrize("language", BOTH)
@for_all(data=st.data())
def test_a_clock_time_is_read_wherever_it_stands_or_asked_about(language, data):
    forms, places, days = BOTH[language]
    form, time = data.draw(st.sampled_from(forms))
    place = data.draw(st.sampled_from(places))
    day = data.draw(st.sampled_from(days))
    sentence = place.replace("{D}", day).replace("{T}", form)
    assert _times_of(sentence) in {time, None}, sentence


@pytest.mark.campaign
@pytest.mark.parametrize(("language", "share"), [("Chinese", 0.95), ("English", 0.85)])
def test_most_of_them_are_read(language, share, pytestconfig):
    forms, places, days = BOTH[language]
    read = []
    step = 1 if pytestconfig.option.random else 5  # all of them take a minute: with --random N
    for n, (form, time) in enumerate(forms):
        for place in places[n % step :: step]:
            sentence = place.replace("{D}", days[0]).replace("{T}", form)
            times = _times_of(sentence)
            assert times in {time, None}, sentence
            read.append(times is not None)
    assert sum(read) >= share * len(read)
