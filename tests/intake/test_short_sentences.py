"""Short odd sentences: each is read or asked about, and nothing else comes of it."""

from contextlib import suppress
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
ROSTER = registered(
    {"ga": ("市公安局", "Police"), "park": ("市园林局", "Parks"), "ls": ("龙山区",)}
)
ENGLISH = (
    "Police",
    "Parks",
    "and",
    ",",
    "too",
    "also",
    "not",
    "only",
    "with",
    "without",
    "instead of",
    "July 25",
    "25",
    "9am",
    "at",
    "talk",
    "helping",
    "took part",
    "led",
    "(",
    ")",
    "?",
    "or",
    "the",
    "as well",
    "no",
    "from",
    "to",
    "by",
    "every",
    "Rotary",
    "(lead)",
    ":",
    "-",
    "26 July",
    "Sunday",
)
CHINESE = (
    "市公安局",
    "市园林局",
    "龙山区",
    "、",
    "，",
    "和",
    "也",
    "不",
    "只",
    "除",
    "除外",
    "代替",
    "改",
    "7月25日",
    "25日",
    "上午",
    "9点",
    "走访",
    "协办",
    "参加",
    "牵头",
    "（",
    "）",
    "？",
    "或",
    "的",
    "等",
    "没",
    "从",
    "至",
    "由",
    "每",
    "物业",
    "等部门",
    "：",
    "26日",
    "周日",
)


def read(sentence):
    wanted = ("when", "departments", "title")
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)


@for_all(st.lists(st.sampled_from(ENGLISH), min_size=2, max_size=8).map(" ".join))
def test_words_in_any_order_in_english(sentence):
    with suppress(KalendsError):
        read(sentence)


@for_all(st.lists(st.sampled_from(CHINESE), min_size=2, max_size=8), st.sampled_from(("", " ")))
def test_words_in_any_order_in_chinese(words, between):
    with suppress(KalendsError):
        read(between.join(words))


def test_a_name_with_too_behind_the_first_is_asked_about():
    with pytest.raises(KalendsError) as raised:
        read("Police, Parks too, clean up July 25")
    assert raised.value.fields["part"] == "Police, Parks too"


@for_all(
    st.sampled_from(("市公安局", "市园林局")),
    st.sampled_from(
        ("1支队", "3大队", "2科", "第3科", "12所", "A组", "家属院", "宿舍", "附近", "隔壁", "东侧", "周边")
    ),
    st.sampled_from(("走访", "开展宣传", "检查")),
)  # fmt: skip
def test_a_numbered_office_and_what_is_beside_a_department_are_no_department(name, behind, does):
    with pytest.raises(KalendsError):
        read(f"7月14日 {name}{behind}{does}")


@pytest.mark.parametrize(
    "sentence",
    [
        "7月14日 市公安局走访 改由市园林局负责",
        "7月14日 由市公安局改由市园林局走访",
        "7月14日 市公安局 走访，转由市园林局承办",
        "7月14日 市公安局杯足球赛",
        "July 14 Parks Trust talk",
    ],
)
def test_who_does_it_instead_or_only_bears_the_name_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


@for_all(
    st.sampled_from(("perhaps with Parks", "(with Parks?)", "probably with Parks", "maybe Parks")),
    st.sampled_from((", ", " ")),
)
def test_who_may_take_part_is_asked_about(said, mark):
    with pytest.raises(KalendsError):
        read(f"July 25 Police talk{mark}{said}")


@for_all(
    st.sampled_from(("talk", "Talk", "day", "meeting", "Workshop")),
    st.sampled_from(("Parks", "Police")),
)
def test_what_an_event_is_about_is_no_second_department(event, topic):
    with pytest.raises(KalendsError):
        read(f"July 25 龙山区 {topic} {topic} {event}".replace(f"龙山区 {topic}", "Library"))
