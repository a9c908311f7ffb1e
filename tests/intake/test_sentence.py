"""What a sentence is found to say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import Context
from kalends.domain import roster as rosters
from kalends.domain.commands import RegisterDepartment
from kalends.domain.errors import ImpossibleDateError
from kalends.domain.roster import Roster
from kalends.intake.sentence import read_sentence
from specification import STAMP

HERE = Context(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
NAMES = {
    "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
    "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
    "ls-jyj": ("龙山区教育局",),
    "ls": ("龙山区",),
    "it": ("IT",),
}


@pytest.fixture(scope="module")
def roster():
    made = Roster()
    for code, (name, *aliases) in NAMES.items():
        command = RegisterDepartment(code=code, name=name, aliases=tuple(aliases))
        for event in rosters.decide(made, command, stamp=STAMP):
            made = rosters.evolve(made, event)
    return made


@pytest.mark.parametrize(
    ("sentence", "date", "departments", "title"),
    [
        ("7月14日上午 团市委 召开推进会", "7月14日上午", ["tsw"], "召开推进会"),
        ("7月14日上午团市委召开推进会", "7月14日上午", ["tsw"], "召开推进会"),
        ("团市委7月14日上午召开推进会", "7月14日上午", ["tsw"], "召开推进会"),
        ("团市委 召开推进会 7月14日上午", "7月14日上午", ["tsw"], "召开推进会"),
        ("7月14日，团市委：召开推进会。", "7月14日", ["tsw"], "召开推进会"),
        ("于7月14日团市委召开推进会", "7月14日", ["tsw"], "召开推进会"),
        ("7月14日团市委联合市教育局开展入团仪式", "7月14日", ["tsw", "jyj"], "开展入团仪式"),
        ("7月14日 团市委、市教育局、龙山区 开会", "7月14日", ["tsw", "jyj", "ls"], "开会"),
        ("7月14日 团市委 市教育局 开会", "7月14日", ["tsw", "jyj"], "开会"),
        ("7月14日 团市委和团市委 开会", "7月14日", ["tsw"], "开会"),
        ("7月14日 龙山区教育局 开会", "7月14日", ["ls-jyj"], "开会"),
        ("7月14日 龙山区 教育局调研", "7月14日", ["ls-jyj"], "调研"),
        ("7月14日 tsw 开会", "7月14日", ["tsw"], "开会"),
        ("7月14日 ＴＳＷ 开会", "7月14日", ["tsw"], "开会"),
        ("7月14日 开会 团市委", "7月14日", ["tsw"], "开会"),
        ("7月23日—24日团市委赴白城市学习", "7月23日—24日", ["tsw"], "赴白城市学习"),
        ("2020-07-14 14:30 tsw 开会", "2020-07-14 14:30", ["tsw"], "开会"),
        (
            "July 14 2pm Youth League promotion meeting",
            "July 14 2pm",
            ["tsw"],
            "promotion meeting",
        ),
        ("July 14, Youth League and Education Bureau meet", "July 14", ["tsw", "jyj"], "meet"),
        ("July 14 ITEMS sale", "July 14", [], "ITEMS sale"),
        ("Youth League meets on 14 July", None, ["tsw"], "meets on"),
        ("7月14日上午团市委12家小学排查", "7月14日上午", ["tsw"], "12家小学排查"),
        ("7月14日 某局 开会", "7月14日", [], "某局 开会"),
        ("团市委 开会", None, ["tsw"], "开会"),
        ("", None, [], ""),
    ],
)
def test_a_sentence_is_read(roster, sentence, date, departments, title):
    found = read_sentence(sentence, roster=roster, context=HERE)

    assert (found.when and found.when.when.text) == date or date is None
    assert [one.code for one in found.departments] == departments
    if date is not None or not sentence.startswith("Youth"):
        assert found.title == title


def test_the_first_named_leads_and_the_others_join(roster):
    found = read_sentence("7月14日团市委联合市教育局开会", roster=roster, context=HERE)

    assert [one.role for one in found.departments] == ["lead", "joint"]


@pytest.mark.parametrize(
    ("sentence", "tags", "place", "title"),
    [
        ("7月14日 团市委 开会 #推进会 @会议室", ["推进会"], "会议室", "开会"),
        ("7月14日团市委开会#推进会#青年@会议室", ["推进会", "青年"], "会议室", "开会"),
        ("#推进会# 7月14日 团市委 开会", ["推进会"], None, "开会"),
        ('7月14日 团市委 开会 @"第一 会议室"', [], "第一 会议室", "开会"),
        ("7月14日 团市委 @平安广场 开会", [], "平安广场", "开会"),
        ("7月14日 团市委 开会 @ #", [], None, "开会"),
    ],
)
def test_tags_and_the_place_are_taken_out(roster, sentence, tags, place, title):
    found = read_sentence(sentence, roster=roster, context=HERE)

    assert (found.tags, found.place, found.title) == (tags, place, title)


def test_a_date_that_cannot_be_is_not_passed_over(roster):
    with pytest.raises(ImpossibleDateError):
        read_sentence("2月30日 团市委 开会", roster=roster, context=HERE)
