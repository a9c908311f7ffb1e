"""A name that nobody knows, in a list with a department, is asked about and never left out."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import UnclearError
from kalends.intake.sentence import read_sentence
from kalends.intake.vocabulary import event_words
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
        "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
        "gaj": ("辽源市公安局", "市公安局", "Police"),
    }
)
EVERYTHING = ("when", "departments", "title")


def read(sentence):
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING)


def lists(named, unknown, joiners):
    """Return lists of known and unknown names, at least one of each."""
    several = st.lists(st.one_of(named, unknown), min_size=2, max_size=4, unique=True)
    return st.tuples(several, st.lists(joiners, min_size=3, max_size=3))


def _joined(names, joiners):
    return "".join(
        name + (joiners[n] if n < len(names) - 1 else "") for n, name in enumerate(names)
    )


ENGLISH = st.sampled_from(("Police", "Youth League", "Education Bureau"))
UNKNOWN = st.sampled_from(
    (
        "Rotary",
        "Red Cross",
        "Lions",
        "UNICEF",
        "Rotary Club of Liaoyuan",
        "Tongxin Property",
        "YMCA",
    )
)
CHINESE = st.sampled_from(("团市委", "市教育局", "市公安局"))
UNKNOWN_CHINESE = st.sampled_from(
    ("物业", "幸福物业", "红十字会", "扶轮社", "爱心车队", "阳光家园", "兴盛集团", "某某协会")
)
IN_ENGLISH = (
    "{} visit schools on July 14",
    "July 14, {} visit schools",
    "July 14: {} visit schools",
    "On July 14 {} visit schools",
    "visit to schools, {}, July 14",
    "visit to schools July 14, {}",
    "July 14 visit to schools, {}",
    "{}, July 14, visit to schools",
    "{}: visit to schools, July 14",
)
IN_CHINESE = (
    "7月14日，{}走访敬老院",
    "7月14日{}走访敬老院",
    "7月14日，{}，走访敬老院",
    "{}7月14日走访敬老院",
    "{}，7月14日，走访敬老院",
    "走访敬老院，{}，7月14日",
    "走访敬老院，7月14日，{}",
    "7月14日走访敬老院，{}",
    "7月14日走访敬老院（{}）",
)


@pytest.mark.campaign
@for_all(
    lists(
        ENGLISH, UNKNOWN, st.sampled_from((", ", ", ", " and ", " & ", "/", ", and ", ", the "))
    ),
    st.sampled_from(IN_ENGLISH),
)
def test_no_unknown_name_in_a_list_is_left_in_a_title(named, form):
    names, joiners = named
    known = {"Police", "Youth League", "Education Bureau"}.intersection(names)
    if not known or len(known) == len(names):
        return
    with pytest.raises(UnclearError):
        read(form.format(_joined(names, joiners)))


@for_all(
    lists(CHINESE, UNKNOWN_CHINESE, st.sampled_from(("，", "，", "、", "和", "与", "/", "及"))),
    st.sampled_from(IN_CHINESE),
)
def test_no_unknown_name_in_a_chinese_list_is_left_in_a_title(named, form):
    names, joiners = named
    known = {"团市委", "市教育局", "市公安局"}.intersection(names)
    if not known or len(known) == len(names):
        return
    with pytest.raises(UnclearError):
        read(form.format(_joined(names, joiners)))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Rotary, Police visit schools on July 14", "Rotary"),
        ("July 14, the Rotary Club, Police visit schools", "Rotary Club"),
        ("7月14日，物业，市教育局走访敬老院", "物业"),
        ("走访敬老院 7月14日 扶轮社 市教育局", "扶轮社"),
        ("走访敬老院，市教育局，扶轮社，7月14日", "扶轮社"),
        ("Rotary: the Police visit schools on July 14", "Rotary"),
        ("Rotary - Police visit schools on July 14", "Rotary"),
        ("7月14日，市教育局和物业走访敬老院", "物业"),
        ("7月14日，物业走访敬老院，市教育局", "物业"),
        ("7月14日 团市委配合物业走访敬老院", "物业"),
    ],
)
def test_the_name_is_said(sentence, part):
    with pytest.raises(UnclearError) as caught:
        read(sentence)
    assert caught.value.fields["part"] == part


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Quiz Night, Police, July 14", "Quiz Night"),
        ("Safe Streets, Police, July 14", "Safe Streets"),
        ("Police, July 14: Safe Streets", "Safe Streets"),
        ("In Longshan Park, Police clear the paths, July 14", "In Longshan Park, clear the paths"),
        ("Police parade, Main Square, July 14", "parade, Main Square"),
        ("Reminder: Police meet the press on July 14", "Reminder: meet the press"),
        ("暴雨来袭，市公安局7月14日疏导交通", "暴雨来袭，疏导交通"),
        ("趣味运动会，团市委，7月14日，人民公园", "趣味运动会，人民公园"),
        ("7月14日 市教育局 宪法晨读 国家宪法日", "宪法晨读 国家宪法日"),
    ],
)
def test_what_happened_where_and_on_which_occasion_is_no_name(sentence, title):
    assert read(sentence).title == title


@pytest.mark.parametrize("source", [event_words.EVENTS, event_words.HEADINGS, event_words.PLACES])
def test_the_words_are_expressions(source):
    assert re.compile(source).fullmatch(source.split("|")[0].replace("?", ""))


TITLES = st.sampled_from(
    (
        "Volunteers meet",
        "Tree planting",
        "English corner for volunteers",
        "Family day",
        "World Book Day",
        "Chinese New Year party",
    )
)


@for_all(CHINESE | ENGLISH, TITLES, st.sampled_from(("", " @City Hall", " #reading")))
def test_an_english_title_behind_a_department_in_either_script_names_nobody(name, title, more):
    found = read(f"tomorrow 9:00 {name} {title}{more}")
    assert found.title == title
    assert len(found.departments) == 1


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("7月3日 团市委 Rotary 走访敬老院", "Rotary"),
        ("7月3日 团市委 扶轮社 Tree planting", "扶轮社"),
        ("7月3日 团市委, Rotary, Tree planting", "Rotary"),
    ],
)
def test_a_name_in_another_script_between_departments_and_title_is_asked_about(sentence, unknown):
    with pytest.raises(UnclearError) as refused:
        read(sentence)
    assert refused.value.fields["part"] == unknown
