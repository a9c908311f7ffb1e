"""A department that does something in a later clause takes part, whatever the words for it are."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered


def phrases(text):
    """Return the phrases of a text, parted by bars and lines."""
    return [phrase.strip() for phrase in re.split("[|\n]", text) if phrase.strip()]


HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
        "jyj": ("辽源市教育局", "市教育局", "教育局", "Education Bureau"),
        "gaj": ("辽源市公安局", "市公安局", "公安局", "Police"),
        "fire": ("Fire Brigade",),
    }
)
# Written down at random: nothing in the program knows most of these words.
CHINESE = phrases("""
维持秩序 | 派车接送 | 熬了绿豆汤 | 出人出力 | 搭台布景 | 借了两口锅
帮着搬桌子 | 提供水电 | 掏钱买奖品 | 站岗放哨 | 送来锦旗 | 带了二十条横幅
讲安全知识 | 演了一出小品 | 教大家打结 | 给老人剪头发 | 修好音响 | 现场答疑
全程录像 | 垫付车费 | 腾出场地 | 打扫卫生 | 送茶送水 | 写春联 | 量血压
接电话 | 管后勤 | 搬运物资 | 拍照留念 | 发奖 | 颁奖 | 点评 | 致辞 | 讲话
作报告 | 介绍经验 | 汇报进展 | 通报情况 | 表态发言 | 跟拍 | 直播 | 派警力
派记者采访 | 来了八个人 | 出动三台车 | 抽调骨干 | 守路口 | 劝导行人 | 测体温
登记信息 | 分发口罩 | 搭帐篷 | 演示灭火 | 放电影 | 弹琴伴奏
""")
ENGLISH = phrases("""
on standby | on site | at the gate | in high spirits serving tea | lent its van
brought snacks | sent two officers | to handle parking | to bring the chairs | running the cafe
manning the tea urn | provided escort | has a stall | had a booth | gave out leaflets
will bring cones | is lending a marquee | are watching the road | was there as well
took photos | baked forty cakes | fixed the lights | directing traffic | handed out water
kept the road clear | drove the elderly home | showed a film | sang two songs | taught knots
spoke on scams | answered questions | opened its yard | paid for lunch boxes for all
swept the square | put up the tents | volunteers cooking | officers on bikes
staff at the desk | with a first-aid tent | ready with hoses | present with three crews
jointly checked tickets | kindly lends tables | also sends a band | then cleaned up
stayed until the end of it | chose the winners | judges the cakes | translates
""")
MARKS_CHINESE = ("，", "。", "；", " ", "，会上", "，现场")
MARKS_ENGLISH = (", ", "; ", ". ", " - ", " (", ", and ", ", while the ")
NO_PART = phrases("""
没有参加 | 未参加 | 不参加 | 请假 | 缺席 | 待定 | 可能来 | 不派人
因故未到 | 已取消 | 同意举办 | 批准立项 | 另行通知 | 要求各校配合 | 视情参加
无法到场 | 拒绝出车 | 召开家长会 | 举办讲座 | 主办比赛 | 牵头整治 | 门口
三号楼会议室 | 的车
""")
NO_PART_ENGLISH = phrases("""
not needed | did not come | cannot come | may come | might send a car | informed
to be confirmed | absent | sends apologies | TBC | if needed | could not attend
will not take part | declined | holds a talk | hosts a quiz | organised a raid
led the parade through town | canteen | never came | unable to come | has no car
to be invited | should come | told about it
""")


def read(sentence):
    return read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )


def roles(found):
    return [(part.code, part.role) for part in found.departments]


@for_all(
    st.sampled_from(CHINESE),
    st.sampled_from(MARKS_CHINESE),
    st.sampled_from(("7月14日 团市委办绘本会", "团市委7月14日植树", "7月14日，团市委走访养老院")),
    st.sampled_from(("公安局", "市公安局民警", "市公安局领导", "公安局的同志")),
)
@example("派警力", " ", "7月14日 团市委整治夜市", "公安局")
def test_whoever_does_something_in_a_later_clause_takes_part(does, mark, first, who):
    found = read(f"{first}{mark}{who}{does}")
    assert roles(found) == [("tsw", "lead"), ("gaj", "participant")]
    assert who in found.title
    assert does in found.title


@for_all(
    st.sampled_from(ENGLISH),
    st.sampled_from(MARKS_ENGLISH),
    st.sampled_from(("Youth League fair, 14 July", "14 July: Youth League planted trees")),
    st.sampled_from(("Police", "Fire Brigade")),
)
def test_whoever_does_something_in_a_later_english_clause_takes_part(does, mark, first, who):
    found = read(f"{first}{mark}{who} {does}{')' if '(' in mark else ''}")
    part = {"Police": "gaj", "Fire Brigade": "fire"}[who]
    assert roles(found) == [("tsw", "lead"), (part, "participant")]
    assert f"{who} {does}" in found.title


@for_all(st.sampled_from(NO_PART), st.sampled_from(MARKS_CHINESE[:4]))
def test_whoever_may_have_no_part_is_asked_about(does, mark):
    try:
        found = read(f"7月14日 团市委办绘本会{mark}公安局{does}")
    except KalendsError:
        return
    assert roles(found) == [("tsw", "lead")]  # a place: 公安局门口
    assert f"公安局{does}" in found.title


@for_all(st.sampled_from(NO_PART_ENGLISH), st.sampled_from(MARKS_ENGLISH[:4]))
def test_whoever_may_have_no_part_is_asked_about_in_english(does, mark):
    with pytest.raises(KalendsError):
        read(f"Youth League fair, 14 July{mark}Police {does}")


@for_all(
    st.sampled_from(("扶轮社", "物业", "某某协会", "阳光家园")),
    st.sampled_from(("、", "和", "与", "及")),
    st.sampled_from(CHINESE),
    st.booleans(),
)
def test_nobody_unknown_beside_a_department_is_passed_over(unknown, joiner, does, is_first):
    who = f"{unknown}{joiner}公安局" if is_first else f"公安局{joiner}{unknown}"
    with pytest.raises(KalendsError):
        read(f"7月14日 团市委办绘本会，{who}{does}")


@for_all(
    st.sampled_from(("Rotary", "Red Cross", "Lions Club")),
    st.sampled_from(ENGLISH),
    st.booleans(),
)
def test_nobody_unknown_beside_a_department_is_passed_over_in_english(unknown, does, is_first):
    who = f"{unknown} and Police" if is_first else f"Police and {unknown}"
    with pytest.raises(KalendsError):
        read(f"Youth League fair, 14 July, {who} {does}")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("7月14日 团市委清漂，工具由公安局提供", [("tsw", "lead"), ("gaj", "participant")]),
        ("7月14日 团市委邀请公安局民警讲课", [("tsw", "lead"), ("gaj", "participant")]),
        (
            "7月14日 团市委开会，教育局、公安局作表态发言",
            [("tsw", "lead"), ("jyj", "participant"), ("gaj", "participant")],
        ),
        ("7月14日 团市委办绘本会，公安局承办现场布置", [("tsw", "lead"), ("gaj", "joint")]),
        ("Youth League talk, 14 July, speaker provided by the Police", [("tsw", "lead"), ("gaj", "participant")]),
        ("Youth League talk with two officers from the Police, 14 July", [("tsw", "lead"), ("gaj", "participant")]),
        ("Youth League talk with Police helping with traffic, 14 July", [("tsw", "lead"), ("gaj", "participant")]),
        ("14 July Youth League planted trees and Police cleared the road", [("tsw", "lead"), ("gaj", "participant")]),
        ("Youth League fair, 14 July, Police co-hosting the stage", [("tsw", "lead"), ("gaj", "joint")]),
        ("Police fire drill, 14 July", [("gaj", "lead")]),
        ("Youth League and fire drill, 14 July", [("tsw", "lead")]),
        ("7月14日 团市委清扫，公安局门口", [("tsw", "lead")]),
        ("7月14日 团市委牵头，公安局主办，清扫", [("tsw", "lead"), ("gaj", "joint")]),
    ],
)  # fmt: skip
def test_the_part_is_what_the_clause_says(sentence, expected):
    assert roles(read(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "7月14日 团市委清漂，地点由公安局确定",
        "7月14日 市教育局部署，公安局开展清查",
        "7月14日 团市委清扫，公安局主办",
        "7月14日 团市委办绘本会，公安局交警支队维持秩序",
        "Youth League fair, 14 July, approved by the Police",
        "Youth League fair, 14 July, assisted by Police Cadets",
        "Youth League fair without officers from the Police, 14 July",
        "Youth League fair, 14 July, Police helping Rotary",
    ],
)
def test_what_is_not_plain_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)
