"""What does not take place is asked about, wherever the sentence says so."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError, NotTakingPlaceError
from kalends.intake.sentence import read_sentence
from kalends.intake.titles.not_taking_place import not_taking_place
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
ROSTER = registered({"jyj": ("市教育局",), "ga": ("市公安局", "Police")})

CHINESE = ("取消", "延期", "推迟", "停办", "改期", "顺延", "不举行", "暂缓举行")
ENGLISH = ("cancelled", "canceled", "postponed", "called off", "not held", "not taking place")


def read(sentence):
    wanted = ("when", "departments", "title")
    return read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)


@for_all(
    st.sampled_from(
        (
            *((["8月28日", "市教育局", "家长会"], word) for word in CHINESE),
            *((["28 August", "Police", "safety talk"], word) for word in ENGLISH),
        )
    ),
    st.integers(0, 3),
    st.sampled_from((" ", ": ", "：", "，", ", ")),
)
def test_it_is_asked_about_wherever_it_stands(said, place, mark):
    pieces, word = said
    pieces = [*pieces[:place], f"{word}{mark}", *pieces[place:]]
    with pytest.raises(KalendsError):
        read(" ".join(pieces).replace(f"{mark} ", mark))


@for_all(
    st.sampled_from(("", "因雨", "由于台风，", "仍", "一直")),
    st.sampled_from(("未", "未能", "没有", "没能", "不", "不再", "无法", "暂不")),
    st.sampled_from(
        ("走访", "检查", "宣传", "座谈", "培训", "巡逻", "慰问学校", "组织观摩", "参加比赛")
    ),
)
def test_those_who_do_nothing_in_chinese(why, negation, activity):
    with pytest.raises(NotTakingPlaceError):
        read(f"8月28日 市教育局 {why}{negation}{activity}")


@for_all(
    st.sampled_from(("家长会", "培训", "座谈会", "公益讲座")),
    st.sampled_from(
        ("没开", "没开成", "没办", "没搞起来", "不开了", "不办了", "没能成行", "未果", "没有去")
    ),
    st.sampled_from(("", "。", "，另行通知")),
)
def test_what_did_not_come_about_in_chinese(activity, negation, behind):
    with pytest.raises(NotTakingPlaceError):
        read(f"8月28日 市教育局 {activity}{negation}{behind}")


@for_all(
    st.sampled_from(
        ("did not", "didn't", "didn’t", "will not", "cannot", "could not", "no longer")
    ),
    st.sampled_from(("meet", "visit schools", "hold the drill", "open the fair", "patrol")),
)
def test_those_who_do_nothing_in_english(negation, activity):
    with pytest.raises(NotTakingPlaceError):
        read(f"28 August Police {negation} {activity}")


@for_all(
    st.sampled_from(("7月14日", "8月28日", "8月28日上午9点")),
    st.sampled_from(("走访", "座谈", "培训", "巡逻", "座谈会", "参观", "检查")),
    st.sampled_from(
        [
            *("{}泡汤", "{}黄了", "{}作罢", "{}搁浅了", "{}叫停", "{}暂停", "{}缓办", "{}免了", "{}作废"),
            *("{}待定", "{}暂定", "{}时间待定", "{}，时间另行通知", "{}了没有", "{}了没有？", "{}吗", "{}？"),
            *("不用{}", "不必{}", "没人{}", "忘了{}", "放弃{}", "差点{}", "希望{}", "可能{}", "没去{}"),
            *("是否{}", "要不要去{}", "拒绝{}", "停止{}"),
        ]
    ),
)  # fmt: skip
def test_what_came_to_nothing_or_is_not_sure_in_chinese(day, activity, said):
    with pytest.raises(KalendsError):
        read(f"{day} 市教育局 {said.format(activity)}")


@for_all(
    st.sampled_from(("14 July", "28 August", "28 August 9am")),
    st.sampled_from(("talk", "meeting", "drill", "open day", "workshop")),
    st.sampled_from(
        [
            *("{} off", "{} is off", "{} fell through", "{} abandoned", "{} on hold", "{}: TBC"),
            *("{} TBC", "{} to be confirmed", "{} rained off", "{} was to be held", "{} in doubt"),
            *("might hold a {}", "failed to hold the {}", "hopes to hold a {}", "almost held a {}"),
            *("never held the {}", "no {}", "no {} today", "{}?", "missed the {}", "dropped its {}"),
            *("{} moved to 29", "{}, else 29", "{}, rain date 29", "don't hold the {}", "nothing"),
        ]
    ),
)  # fmt: skip
def test_what_came_to_nothing_or_is_not_sure_in_english(day, activity, said):
    with pytest.raises(KalendsError):
        read(f"{day} Police {said.format(activity)}")


@pytest.mark.parametrize(
    "title",
    [
        "走访未就业青年",
        "未成年人保护宣传",
        "不忘初心主题教育",
        "不文明行为整治",
        "没有烟的世界宣传",
        "不间断巡逻",
        "talk for those who cannot read",
        "don't drink and drive campaign",
        "never too late open day",
        "可能性研讨会",
        "人工流产知识讲座",
        "停止线施划",
        "May Day fair",
        "drop-off day",
        "hope and light concert",
        "no smoking day",
        "no-dig gardening workshop",
        "lost and found, who owns it?",
        "missing persons talk",
    ],
)
def test_what_is_done_about_something_that_is_not_is_read(title):
    who = "Police" if title.isascii() else "市教育局"
    assert read(f"8月28日 {who} {title}").title == title


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("8月28日 市教育局 取消 家长会", "取消"),
        ("8月28日 市教育局 家长会推迟到下周", "推迟到"),
        ("取消：8月28日 市教育局 家长会", "取消"),
        ("8月28日 市教育局 家长会 #取消", "取消"),
        ("Cancelled: Nov 5 Police drill", "Cancelled"),
        ("Nov 5 postponed: Police drill", "postponed"),
        ("Nov 5 not held: Police open day", "not held"),
    ],
)
def test_the_question_says_which_words_it_is_about(sentence, part):
    with pytest.raises(NotTakingPlaceError) as asked:
        read(sentence)
    assert asked.value.fields["part"] == part


@pytest.mark.parametrize(
    "title", ["取消限行", "推迟开学", "暂停办公", "不再收费", "cancelled the permits", "not a drill", "puts off fires"]
)  # fmt: skip
def test_what_a_department_does_away_with_is_what_happened(title):
    assert not_taking_place(title) == ""
