"""Brackets in a sentence: who takes part stands in them, and no half of one is left in a title."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from intake.test_departments import HERE, WITH_PARENTS, said
from kalends.dates.reader import read
from kalends.domain.errors import UnclearError
from kalends.intake.departments import brackets


@pytest.mark.parametrize(
    ("sentence", "roles", "title"),
    [
        ("市教育局（团市委配合）讲故事比赛 9月20日", {"jyj": "lead", "tsw": "participant"}, "讲故事比赛"),
        ("市教育局 （由团市委协助） 9月20日 讲故事比赛", {"jyj": "lead", "tsw": "participant"}, "讲故事比赛"),
        ("9月20日市教育局(联合团市委)讲故事比赛", {"jyj": "lead", "tsw": "joint"}, "讲故事比赛"),
        (
            "9月20日 市教育局（团市委、市公安局协办）讲故事比赛",
            {"jyj": "lead", "tsw": "participant", "gaj": "participant"},
            "讲故事比赛",
        ),
        ("9月20日团市委演讲比赛（决赛）", {"tsw": "lead"}, "演讲比赛（决赛）"),
        ("因暴雨预警，市公安局于8月27日凌晨启动应急疏导", {"gaj": "lead"}, "因暴雨预警，启动应急疏导"),
        ("7月30日14:00—16:30，团市委组织高层住宅灭火疏散演练", {"tsw": "lead"}, "组织高层住宅灭火疏散演练"),
        ("根据工作安排，市教育局定于9月27日（星期日）上午8:30举办演讲比赛", {"jyj": "lead"}, "根据工作安排，举办演讲比赛"),
        ("为迎接测评，我市于10月20日召开调度会", {"liaoyuan": "lead"}, "为迎接测评，召开调度会"),
        ("the Youth League held a review on the evening of August 4 from 18:00 to 20:00", {"tsw": "lead"}, "held a review"),
        ("7月4日城管执法局跟南康街道一起拆违建", {"cgj": "lead", "nk": "joint"}, "一起拆违建"),
        ("lunchtime Jul 9 Police talk for riders", {"gaj": "lead"}, "talk for riders"),
        ("mid august Youth League w/ Police - night patrols", {"tsw": "lead", "gaj": "joint"}, "night patrols"),
        ("Youth League x Education Bureau  coat drive  dec 12/13", {"tsw": "lead", "jyj": "joint"}, "coat drive"),
        ("Throughout November 2020 the Police checked bicycles", {"gaj": "lead"}, "checked bicycles"),
        ("press conference 我市 , 22 june , 10am sharp", {"liaoyuan": "lead"}, "press conference"),
    ],
)  # fmt: skip
def test_everything_is_read_and_the_title_is_whole(sentence, roles, title):
    found_roles, found = said(sentence)
    assert (found_roles, found.title) == (roles, title)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Youth League quiz night,Aug 28 7:30PM", "quiz night"),
        ("The Youth League film evening of 25 August, 7 p.m. to 9 p.m.", "film evening"),
    ],
)
def test_an_evening_that_says_what_happened_is_never_taken_for_the_hour_alone(sentence, title):
    try:
        _, found = said(sentence)
    except UnclearError:
        return
    assert found.title == title


@pytest.mark.parametrize("phrase", ["9月20日 下午1:30——4点", "2020-09-20; 1:30pm to 4pm"])
def test_hours_are_read_behind_what_people_put_between(phrase):
    when = read(phrase, HERE).when
    assert (when.starts, when.ends) == ("13:30", "16:00")


@pytest.mark.parametrize(
    ("title", "part"),
    [("配合）讲座", "配合）"), ("讲座（一", "（一"), ("讲座（一）", ""), ("（一）（二）", ""), ("a)b(c)", "a)"), ("((x)", "((x)")],
)  # fmt: skip
def test_a_bracket_without_its_other_one_is_found(title, part):
    assert brackets.torn(title) == part


_PIECES = st.lists(
    st.sampled_from(
        ["市教育局", "团市委", "（", "）", "(", ")", "配合", "联合", "讲座", "、", "，", " ", "由", "牵头", "Police", "helping"]
    ),
    max_size=9,
)  # fmt: skip


@for_all(_PIECES)
def test_no_half_of_a_bracket_is_left_in_a_title(pieces):
    sentence = f"9月20日 市公安局{''.join(pieces)}演讲比赛"
    try:
        _, found = said(sentence, WITH_PARENTS)
    except UnclearError:
        return
    assert not brackets.torn(found.title) or brackets.torn(sentence)
