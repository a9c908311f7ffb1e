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


@for_all(
    st.sampled_from(
        ("左右", "前后", "前", "后", "之前", "以后", "起", "止", "至", "为止", "以来", "期间", "下周", "上月", "明年", "下旬",
         "末", "午夜", "初一", "农历", "工作日", "平日", "26", "12", "2020", "两天", "数天", "一周", "三个月", "大概", "暂定",
         "待定", "存疑", "8月")
    ),
    st.sampled_from(("走访", "开展宣传", "检查商户", "座谈")),
    st.sampled_from(("7月25日市公安局{}{}", "7月25日 市公安局 {} {}", "7月25日上午市公安局{}{}")),
)  # fmt: skip
def test_what_belongs_to_the_date_is_not_left_before_what_was_done(piece, activity, sentence):
    with pytest.raises(KalendsError):
        read(sentence.format(piece, activity))


@for_all(
    st.sampled_from(("3/4", "1/2", "1.5", "26/7", "26.7.", "1st", "26th", "Q4", "H1", "W30", "o'clock")),
    st.sampled_from(("July 25 {} Police talk", "Police talk July 25 {}", "{} July 25 Police talk")),
)  # fmt: skip
def test_a_number_beside_a_date_in_english_is_asked_about(piece, sentence):
    try:
        title = read(sentence.format(piece)).title
    except KalendsError:
        return
    assert sentence.startswith("{}")
    assert title == f"{piece} talk"


@pytest.mark.parametrize(
    "title",
    ["110宣传", "119宣传", "一走访二慰问", "下沉走访", "前往走访", "后续走访", "外来人口走访", "百日走访"],
)  # fmt: skip
def test_what_only_begins_like_a_piece_of_a_date_is_read(title):
    assert read(f"7月25日 市公安局 {title}").title == title


BODIES = ("市教育局", "市妇联", "市总工会", "团市委", "消防支队", "宣传部", "龙山区", "南康街道")
TORN = registered({f"d{number}": (name,) for number, name in enumerate(BODIES)})


@pytest.mark.parametrize(
    "said",
    [
        "市教育局长会议", "市教育局部停课", "市教育局域网升级", "市妇联合宣传", "市妇联系群众走访", "市妇联欢会",
        "市总工会员大会", "团市委员会议", "团市委托培训", "消防支队列训练", "宣传部门会议", "宣传部分社区走访", "龙山区域合作会",
        "龙山区别对待培训", "南康街道路清扫", "南康街道德讲堂",
    ],
)  # fmt: skip
def test_a_name_that_ends_within_a_word_is_asked_about(said):
    wanted = ("when", "departments", "title")
    with pytest.raises(KalendsError):
        read_sentence(f"7月25日，{said}", roster=TORN, context=HERE, wanted=wanted)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("市教育局", "部署工作"), ("市教育局", "长期巡查"), ("市妇联", "系列讲座"), ("市妇联", "动员会"),
        ("团市委", "派员走访"), ("消防支队", "长征主题党日"), ("宣传部", "分批培训"),
        ("南康街道", "路灯维修"), ("南康街道", "口罩发放"), ("南康街道", "办事指南发布"), ("龙山区", "公园走访"),
    ],
)  # fmt: skip
def test_what_only_begins_like_the_end_of_a_word_is_read(name, title):
    wanted = ("when", "departments", "title")
    found = read_sentence(f"7月25日，{name}{title}", roster=TORN, context=HERE, wanted=wanted)
    assert (len(found.departments), found.title) == (1, title)


@pytest.mark.parametrize(
    "clause",
    [
        "公安局因会冲突", "公安局另有任务", "公安局下次参加", "公安局已批", "公安局弃权", "公安局谢绝", "公安局致谢",
    ],
)  # fmt: skip
def test_a_later_clause_that_says_no_part_is_asked_about(clause):
    with pytest.raises(KalendsError):
        read(f"7月25日，市园林局走访，市{clause}")


@for_all(
    st.sampled_from(
        ("on holiday", "skipped it", "failed to come", "dropped out", "boycotting", "supposed to come", "expected",
         "busy", "criticised", "late", "elsewhere")
    ),
    st.sampled_from((", ", "; ", " - ")),
)  # fmt: skip
def test_a_later_clause_that_says_no_part_is_asked_about_in_english(said, mark):
    with pytest.raises(KalendsError):
        read(f"July 25 Police talk{mark}Parks {said}")


@pytest.mark.parametrize(
    "said",
    [
        'talk "with Parks"', "talk 'with Parks'", "talk {with Parks}", "talk with Parks's band",
        "talk with both Parks and Library", "met both Parks and Library", "talk cc: Parks", "talk, attn Parks",
        "talk, led by Police, hardly supported by Parks",
    ],
)  # fmt: skip
def test_nothing_of_a_name_is_left_in_the_title(said):
    with pytest.raises(KalendsError):
        read(f"July 25 Police {said}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Police were to hold a talk on July 25 but it rained", "Police held no talk on July 14",
        "Police exhibition except on July 25", "Police exhibition daily except July 25",
        "Police meet next Tuesday but one", "Police meet second weekend in August", "Police meet Easter Monday",
        "Police meet later this week", "Police meet early next week", "7月25日 原主办：市公安局 走访",
        "7月25日 原主办单位：市公安局 主办单位：市园林局 走访",
    ],
)  # fmt: skip
def test_what_says_something_else_beside_a_date_or_a_part_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


@for_all(st.sampled_from(("主办", "主办单位", "总主办")), st.sampled_from(("：", ":")))
def test_of_two_that_hold_it_one_leads(label, colon):
    found = read(f"7月25日 {label}{colon}市公安局 {label}{colon}市园林局 走访")
    roles = [(part.code, part.role) for part in found.departments]
    assert (roles, found.title) == ([("ga", "lead"), ("park", "joint")], "走访")


@for_all(
    st.sampled_from(("市公安局", "市公安局、市园林局", "市公安局、市园林局等五家")),
    st.sampled_from(("走访", "开展宣传", "召开座谈会")),
)
def test_that_more_took_part_is_kept_in_words(names, activity):
    found = read(
        f"7月25日 {names.removesuffix('等五家')}{names[-3:] if '等' in names else '等'}{activity}"
    )
    assert found.title == activity
    assert "等" in found.description or found.others


@for_all(
    st.sampled_from(("Police talk, {}", "Police history ({})", "Police film {}", "Police talk PIN: {}", "Police talk: {}")),
    st.sampled_from(("2020", "2012", "1917", "2025")),
)  # fmt: skip
def test_four_digits_that_may_be_a_year_are_no_hour(said, number):
    try:
        when = read(f"July 25 {said.format(number)}").when.when
    except KalendsError:
        return
    assert when.starts is None


@for_all(
    st.sampled_from(("Police talk, {}", "Police drill {}", "Police meeting at {}")),
    st.sampled_from(("1930", "0900", "1415", "2000")),
)
def test_four_digits_that_are_a_clock_are_an_hour(said, number):
    when = read(f"July 25 {said.format(number)}").when.when
    assert when.starts == f"{number[:2]}:{number[2:]}"


SAID = (
    ("7月25日", "市公安局", "在广场举办宣传活动"),
    ("8月28日上午9点", "市园林局", "赴社区开展走访"),
    ("July 25", "Police", "safety talk at the school"),
    ("28 August 9am", "Parks", "visit to three schools"),
)


@for_all(
    st.sampled_from(SAID[:2]),
    st.sampled_from(
        ("{0}已过 {1} {2}", "{0}附近 {1} {2}", "{0}待定 {1} {2}", "{0}那周 {1} {2}", "不晚于{0} {1} {2}",
         "不是{0} {1} {2}", "除{0} {1} {2}", "{0} {1}除外 {2}", "{0} {1}请假 {2}", "{0} {1}缺席 {2}", "{0} {1}旧址 {2}",
         "{0} {1}对面 {2}", "{0} {1}未{2}", "{0} {1}没{2}", "{0} {1}尚未{2}", "{0} {1}不再{2}", "{0} {1}差点{2}",
         "{0} {1}希望{2}", "{0} {1}如果{2}", "{0} {1} {2}，待定", "{0} {1} {2}，另定时间", "{0} {1} {2}，以通知为准")
    ),
)  # fmt: skip
def test_what_changes_all_that_is_said_is_not_read_past_in_chinese(said, change):
    with pytest.raises(KalendsError):
        read(change.format(*said))


@for_all(
    st.sampled_from(SAID[2:]),
    st.sampled_from(
        ("{0} or so {1} {2}", "{0} or later {1} {2}", "{0} plus one {1} {2}", "{0} & 27: {1} {2}", "{0} TBC {1} {2}",
         "neither {0} {1} {2}", "{0} {1} or Rotary {2}", "{0} {1} and/or Rotary {2}", "{0} {1} excluded {2}",
         "{0} {1} absent {2}", "{0} {1} only if free {2}", "{0} {1} et al {2}", "{0} {1} unless {2}", "{0} {1} if {2}",
         "{0} {1} supposed to {2}", "{0} {1} not {2}", "{0} {1} won't {2}", "{0} {1} almost {2}", "{0} {1} {2} is off",
         "{0} {1} {2} fell through", "{0} {1} {2} rained off", "{0} {1} {2} TBC")
    ),
)  # fmt: skip
def test_what_changes_all_that_is_said_is_not_read_past_in_english(said, change):
    with pytest.raises(KalendsError):
        read(change.format(*said))
