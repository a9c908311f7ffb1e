"""Departments with their part in brackets, and head counts behind tags and places."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import HalfReadDepartmentError, UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {"tsw": ("共青团辽源市委员会", "团市委", "Youth League"), "jyj": ("Education Bureau", "市教育局"),
     "ga": ("Police",), "xf": ("Fire Brigade",)}
)  # fmt: skip
ENGLISH = {"Youth League": "tsw", "Education Bureau": "jyj", "Police": "ga", "Fire Brigade": "xf"}
PARTS = {"lead": "lead", "joint": "joint", "participant": "participant"}


def read(sentence):
    return read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )


def parts(found):
    return {each.code: each.role for each in found.departments}


@pytest.mark.parametrize(
    ("sentence", "expected", "title"),
    [
        ("June 24, 9:30am-11am: Fire Brigade (lead), Education Bureau (participant), school drill",
         {"xf": "lead", "jyj": "participant"}, "school drill"),
        ("5 December: Youth League (lead), Education Bureau, Police (participants) honoured pupils",
         {"tsw": "lead", "jyj": "participant", "ga": "participant"}, "honoured pupils"),
        ("Police (lead), Fire Brigade (joint), 2020-07-22 09:30, gas inspection",
         {"ga": "lead", "xf": "joint"}, "gas inspection"),
        ("7月14日 团市委（牵头）、市教育局（参与）开展讲座", {"tsw": "lead", "jyj": "participant"},
         "开展讲座"),
        ("July 16, Youth League (lead), Fire Brigade (participant): meeting",
         {"tsw": "lead", "xf": "participant"}, "meeting"),
        ("7月16日，团市委（主办）、市教育局（协办）：推进会", {"tsw": "lead", "jyj": "participant"},
         "推进会"),
        ("review meeting #safety Police, July 16", {"ga": "lead"}, "review meeting"),
        ("Aug 19th, 7pm to 9pm, inspection of cafes, lead: Police, joint: Fire Brigade",
         {"ga": "lead", "xf": "joint"}, "inspection of cafes"),
    ],
)  # fmt: skip
def test_a_part_in_brackets_or_behind_a_label_is_read(sentence, expected, title):
    found = read(sentence)
    assert (parts(found), found.title) == (expected, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "5 December: Red Cross (lead), Police (participant) talk",
        "5 December: Youth League (lead), Red Cross, Police (participants) honoured winners",
        "5 December: Youth League (lead), Police, Red Cross and Fire Brigade (participants) talk",
        "5 December: Police (lead) talk with Red Cross (participant)",
        "14 July Youth League talk with Police (participant)",
        "Police (not participating), Fire Brigade (lead) 14 July drill",
        "Aug 20th, inspection of bars, lead: Police, joint: Rotary",
        "7月15日 团市委（牵头）、文旅局、市教育局（参与）开展讲座",
    ],
)
def test_what_is_not_whole_is_asked_about(sentence):
    with pytest.raises(UnclearError):
        read(sentence)


_NAMED = st.permutations(sorted(ENGLISH)).flatmap(
    lambda names: st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=3).map(
        lambda roles: list(zip(names, roles, strict=False))
    )
)


@pytest.mark.campaign
@for_all(
    _NAMED,
    st.sampled_from(["14 July: ", "14 July, ", "14 July ", "2020-07-14, ", "7月14日，", ""]),
    st.sampled_from([", ", " and ", " & "]),
    st.integers(0, 3),
    st.booleans(),
)
def test_each_has_the_part_that_is_said_and_no_name_is_lost(
    named, dated, between, place, has_unknown
):
    words = [f"{name} ({role})" for name, role in named]
    if has_unknown:
        words.insert(min(place, len(words)), "Red Cross (participant)")
    try:
        behind = "" if dated else ", 14 July"
        found = read(f"{dated}{between.join(words)}, street talk{behind}")
    except UnclearError:
        return
    assert not has_unknown
    said = {ENGLISH[name]: PARTS[role] for name, role in named}
    if "lead" not in said.values():  # whoever is joint first leads
        said[next(code for code, role in said.items() if role == "joint")] = "lead"
    assert parts(found) == said
    assert found.title == "street talk"


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("6月18日 团市委 志愿活动 @第五中学 #志愿服务 120人", 120),
        ("11月16日 市教育局 培训会 @三楼会议室 80人", 80),
        ("8 Sept Police talk @City Library, headcount 32", 32),
        ("8 Sept Police talk #safety 25 people", 25),
        ("14 July Police course, attendance: 25", 25),
        ("14 July Police training for 40 people", None),
        ("7月17日 市教育局 讲座 #志愿 100人大合唱", None),
    ],
)
def test_a_headcount_behind_a_tag_or_a_place_stands_apart(sentence, count):
    found = read(sentence)
    assert found.headcount == count
    assert ("人" in found.title or "people" in found.title) == (count is None)


def test_the_words_of_what_is_left_are_said():
    with pytest.raises(HalfReadDepartmentError) as asked:
        read("14 July Youth League talk with Police (participant)")
    assert "(participant)" in asked.value.fields["part"]
