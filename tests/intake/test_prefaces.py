"""What people say or number before a sentence is left out, and changes nothing of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.festivals import festivals
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
    {
        "ly": ("辽源市", "我市"),
        "tsw": ("共青团辽源市委员会", "团市委"),
        "jyj": ("辽源市教育局", "市教育局", "教育局"),
        "fl": ("辽源市妇女联合会", "市妇联", "妇联"),
        "ga": ("辽源市公安局", "市公安局", "Police"),
    }
)
SENTENCES = (
    "7月22日上午团市委去敬老院慰问",
    "团市委周五去敬老院慰问",
    "市教育局、团市委8月3日9:00召开家长会",
    "8月1日至3日，团市委夏令营",
    "2020-07-22 市教育局 校长培训",
)
OPENINGS = (
    *("喂", "嗯", "对了", "打扰一下", "收到", "大家好", "各位领导", "各位老师早上好", "同志们", "记一下啊"),
    *("麻烦您登记一下", "请帮忙补录一条", "帮我加个活动", "跟您汇报一下", "通知大家一下", "说一下", "报告领导"),
    *("刚接到电话", "今天上午收到通知", "我在现场", "刚刚开完会", "据了解", "我们这边是值班室", "我是小王"),
    *("老张刚打电话说", "小李发来消息", "王主任来电", "好的收到", "记得提醒我", "今天上午刘科长说"),
)  # fmt: skip
NAMED = (
    *("刚才{}来电话", "{}刚来电话说", "{}的小李打来电话", "接到{}通知", "据{}消息", "记者从{}获悉", "我是{}的小王"),
    *("这里是{}办公室", "我们{}", "{}李主任发来消息", "昨天接到{}电话"),
)  # fmt: skip
PRESS = (
    "本报讯 ",
    "本报讯（记者 李丽）",
    "（记者王芳 通讯员赵六）",
    "辽源讯 ",
    "本报记者 李丽 报道：",
)
MARKS = st.sampled_from(("，", ",", "：", ":", "。", "！", " "))
NUMBERS = (
    *(
        "{}、",
        "{}.",
        "{}. ",
        "{}）",
        "{}) ",
        "（{}）",
        "({}) ",
        "第{}项：",
        "序号{} ",
        "序号：{}；",
        "第{}条、",
    ),
)


def read(sentence):
    wanted = ("when", "departments", "title")
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)
    when = found.when.when
    roles = {part.code: part.role for part in found.departments}
    return when.first_day, when.last_day, when.starts, when.part, roles, found.title


@for_all(
    st.lists(st.sampled_from(OPENINGS), min_size=1, max_size=3), MARKS, st.sampled_from(SENTENCES)
)
def test_what_is_said_before_a_sentence_changes_nothing(openings, mark, sentence):
    said = "".join(f"{opening}{mark}" for opening in openings)
    assert read(f"{said}{sentence}") == read(sentence)


@for_all(
    st.sampled_from((*NAMED, *OPENINGS)),
    st.sampled_from(("妇联", "市公安局")),
    MARKS,
    st.sampled_from(SENTENCES),
)
def test_whoever_tells_of_another_is_not_recorded(opening, name, mark, sentence):
    assert read(f"{opening.format(name)}{mark}{sentence}") == read(sentence)


@for_all(
    st.sampled_from(NAMED), st.sampled_from(("妇联", "市公安局", "市教育局")), MARKS,
    st.sampled_from(("在图书馆开读书会", "召开座谈会", "到社区讲课")),
)  # fmt: skip
def test_whoever_tells_of_nobody_else_leads(opening, name, mark, title):
    assert read(f"{opening.format(name)}{mark}周四下午{title}") == read(f"{name}周四下午{title}")


@for_all(st.sampled_from(PRESS), st.sampled_from(SENTENCES))
def test_a_dateline_is_left_out(press, sentence):
    assert read(f"{press}{sentence}") == read(sentence)


def test_we_are_whoever_speaks():
    said = "您好，我是团市委小李，麻烦登记一下：8月3号上午我们在少年宫有个开营仪式"
    assert read(said) == read("8月3号上午团市委在少年宫有个开营仪式")


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("你好，辽源摄影展，团市委，7月14日", "你好，辽源摄影展"),
        ("7月14日 市公安局 通讯员培训", "通讯员培训"),
        ("记者节 市公安局 座谈会", "座谈会"),
        ("报告会，市教育局，7月14日", "报告会"),
        ("工作简讯：7月14日 市公安局开展巡逻", "工作简讯：开展巡逻"),
    ],
)
def test_what_only_begins_like_speech_stays(sentence, title):
    assert read(sentence)[-1] == title


@for_all(st.sampled_from(NUMBERS), st.integers(1, 999), st.sampled_from(SENTENCES))
def test_the_number_of_a_list_changes_nothing_or_is_asked_about(number, count, sentence):
    try:
        found = read(f"{number.format(count)}{sentence}")
    except KalendsError:
        assert number in {"{}、", "{}.", "{}. ", "{}）", "{}) "}
    else:
        assert found == read(sentence)


@for_all(
    st.sampled_from(("{}、", "（{}）", "第{}项 ")),
    st.sampled_from("一二三四五六七八九十"),
    st.sampled_from(SENTENCES),
)
def test_a_number_in_words_changes_nothing(number, count, sentence):
    assert read(f"{number.format(count)}{sentence}") == read(sentence)


@for_all(
    st.integers(1, 999), st.sampled_from(("\t", " | ", "｜")),
    st.permutations(("7月14日", "团市委", "清扫活动")),
)  # fmt: skip
def test_the_number_of_a_row_changes_nothing(count, mark, cells):
    assert read(mark.join((str(count), *cells))) == read(mark.join(cells))


@pytest.mark.parametrize(
    "sentence",
    [
        "3、14日 团市委 走访",
        "3 7月14日 团市委 走访",
        "1\t1月14日 团市委走访",
        "7) 14日 团市委走访",
        "7\t25日\t团市委\t走访",
    ],
)
def test_a_number_that_may_be_of_the_date_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


VERBS = (
    "去敬老院",
    "开会",
    "请专家讲课",
    "组织大家植树",
    "走访困难家庭",
    "到社区宣讲",
    "检查食堂",
    "在礼堂排练",
)
DAYS = {
    **{f"周{name}": date(2020, 7, 20) + timedelta(days=day) for day, name in enumerate("一二三四五六日")},
    **{f"{day}号": date(2020, 7, day) for day in range(21, 32)},
    **{f"8月{day}": date(2020, 8, day) for day in range(1, 32)},
    **{f"8月{day}号": date(2020, 8, day) for day in range(1, 32)},
}  # fmt: skip


@for_all(
    st.sampled_from(tuple(DAYS)), st.sampled_from(VERBS), st.sampled_from(("{0}{1}", "{0}，{1}"))
)
def test_a_day_may_stand_right_before_what_happened(day, verb, form):
    first, _, _, _, roles, title = read(form.format("团市委", f"{day}{verb}"))
    assert (first, roles, title) == (DAYS[day], {"tsw": "lead"}, verb)


@for_all(st.sampled_from(tuple(DAYS)), st.sampled_from(VERBS))
def test_a_day_may_stand_behind_a_comma_and_before_a_verb(day, verb):
    found = read(f"市教育局发布消息，{day}{verb}")
    assert (found[0], found[-1]) == (DAYS[day], f"发布消息，{verb}")


@pytest.mark.parametrize(
    "sentence",
    [
        "市公安局3号检查站启用",
        "市公安局12号执法车巡逻",
        "团市委周五课堂",
        "团市委周五有约",
        "市教育局七一表彰大会",
        "市教育局教师节走访教师",
        "市教育局读书会开始报名，8月5日截止",
        "市教育局发通知，8月5日起报名",
        "市教育局发通知，8月5日前上报",
    ],
)
def test_what_only_looks_like_a_day_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


FESTIVALS = {name: day for name, (_, day) in festivals().items() if not name.isascii()}


@for_all(
    st.sampled_from(tuple(FESTIVALS)), st.sampled_from(("", " ", "，")), st.sampled_from(("，", " ")),
    st.sampled_from(("市教育局组织健步走", "上午9点市教育局健步走", "市教育局")),
)  # fmt: skip
def test_the_name_of_a_day_stays_in_the_title(name, before, behind, rest):
    day = FESTIVALS[name](2020)
    first, _, _, _, roles, title = read(f"{day:%Y年%m月%d日}{before}{name}{behind}{rest}")
    assert (first, roles) == (day, {"jyj": "lead"})
    assert name in title or rest == "市教育局"


HEADINGS = ("通知", "会议通知", "活动预告", "会议纪要", "工作简讯", "温馨提示")


@for_all(st.sampled_from(HEADINGS), st.sampled_from((" ", "，", "：")), st.sampled_from(SENTENCES))
def test_a_heading_stays_in_the_title_whatever_parts_it(heading, mark, sentence):
    found = read(f"{heading}{mark}{sentence}")
    assert found[:-1] == read(sentence)[:-1]
    assert found[-1] == f"{heading}：{read(sentence)[-1]}"


@for_all(
    st.sampled_from(("工作计划表", "本周工作", "补充说明", "下周安排", "活动登记")),
    st.sampled_from(SENTENCES),
)
def test_the_heading_of_a_list_is_no_department(heading, sentence):
    found = read(f"{heading}：{sentence}")
    assert found[:-1] == read(sentence)[:-1]


@for_all(
    st.sampled_from(("国际青年日", "世界微笑日", "职工健身节", "建城百年纪念日")),
    st.sampled_from(("（{}）", "“{}”，", "{}，", "“{}”")), st.sampled_from(("", " ", "，")),
)  # fmt: skip
def test_the_day_that_no_calendar_knows_stays_in_the_title(name, form, before):
    found = read(f"8月12日{before}{form.format(name)}团市委举办青年沙龙")
    assert found[0] == date(2020, 8, 12)
    assert name in found[-1]
    assert found[4] == {"tsw": "lead"}


@for_all(
    st.sampled_from(("机关会议室", "二楼会议室", "礼堂门前", "市政府三楼", "文化广场", "报告厅")),
    st.sampled_from(("8月3日上午9点，{}，{}", "8月3日上午9点{}，{}", "8月3日9:00 {}，{}")),
)
def test_a_room_may_stand_before_whoever_meets_there(room, form):
    found = read(form.format(room, "市教育局召开例会"))
    assert (found[2], found[4], found[5]) == ("09:00", {"jyj": "lead"}, f"{room}，召开例会")


@for_all(
    st.sampled_from(("团市委夏令营{}8月3日", "团市委夏令营{}8月3日上午9点", "8月夏令营，团市委")),
    st.sampled_from(("定在", "安排在", "就是", "放在", "选在", "定于")),
)
def test_a_day_on_which_something_is_set_is_read(form, word):
    found = read(form.format(word))
    assert found[0] == date(2020, 8, 3 if "{}" in form else 1)
    assert found[5] == "夏令营"


@pytest.mark.parametrize("word", ["改在", "改到", "推迟到", "原定于", "不是", "挪到", "截止"])
def test_a_day_that_was_changed_is_asked_about(word):
    with pytest.raises(KalendsError):
        read(f"团市委夏令营{word}8月3日")


@for_all(
    st.sampled_from(("发起", "主办", "牵头", "负责")), st.sampled_from(("支持", "指导", "协办", "配合")),
    st.sampled_from(("、", "，")),
)  # fmt: skip
def test_parts_before_what_was_held(leads, helps, mark):
    found = read(f"8月3日，由市妇联{leads}{mark}市公安局{helps}的讲座走进社区")
    assert found[4:] == ({"fl": "lead", "ga": "participant"}, "讲座走进社区")


def test_the_office_of_a_street_is_the_street():
    roster = registered({"nk": ("南康街道",)})
    wanted = ("when", "departments", "title")
    for name in ("南康街道办事处", "南康街道办", "南康街道党工委"):
        found = read_sentence(f"8月3日{name}召开例会", roster=roster, context=HERE, wanted=wanted)
        assert [part.code for part in found.departments] == ["nk"]
        assert found.title == "召开例会"


@for_all(
    st.sampled_from(
        ("- ", "– ", "• ", "* ", "·\u3000", "● ", "- 3) ", "转发：", "转发: ", "各位领导、同事：")
    ),
    st.sampled_from((*SENTENCES, "22 July, Police, road safety talk")),
)
def test_the_sign_of_a_list_and_what_is_passed_on_change_nothing(sign, sentence):
    assert read(f"{sign}{sentence}") == read(sentence)
