"""Letters and notices in Chinese: what stands around their body, and the day of their signature."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError, NoDateError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委"),
        "jyj": ("辽源市教育局", "市教育局", "教育局"),
        "ga": ("市公安局",),
        "gov": ("市政府",),
    }
)
EVERYTHING = ("when", "departments", "title")


def _read(sentence):
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING)
    when = found.when.when
    return (
        f"{when.first_day:%m-%d} {when.starts}",
        {part.code: part.role for part in found.departments},
        found.title,
    )


LEAD = {"tsw": "lead"}


@pytest.mark.parametrize(
    ("letter", "when", "departments", "title"),
    [
        ("各位同事：7月25日上午9点团市委在人民广场开展文明劝导，请准时参加。特此通知。 团市委 2020年7月18日", "07-25 09:00", LEAD, "在人民广场开展文明劝导"),
        ("各单位：\n兹定于7月23日下午3点在市政府三楼会议室召开推进会，请准时参加。\n特此通知。\n团市委\n2020年7月18日", "07-23 15:00", LEAD, "在市政府三楼会议室召开推进会"),
        ("关于举办安全教育讲座的通知\n各学校：市教育局定于7月24日（周五）上午9:00举办安全教育讲座，市公安局派员授课。请按时参加。\n市教育局\n2020年7月18日", "07-24 09:00", {"jyj": "lead", "ga": "participant"}, "关于举办安全教育讲座的通知：举办安全教育讲座，市公安局派员授课"),
        ("会议通知\n兹定于7月23日14:30召开推进会，请市教育局、市公安局参加。\n团市委（盖章）\n二〇二〇年七月十八日", "07-23 14:30", {"tsw": "lead", "jyj": "participant", "ga": "participant"}, "会议通知：召开推进会"),
        ("会议纪要\n7月16日，团市委召开调度会，市教育局参加。\n2020年7月17日", "07-16 None", {"tsw": "lead", "jyj": "participant"}, "会议纪要：召开调度会"),
        ("各位同仁，明天下午三点在会议室开碰头会，收到请回复。团市委", "07-21 15:00", LEAD, "各位同仁，在会议室开碰头会"),
        ("7月25日上午9点，团市委在人民广场举办家风宣讲，收到请回复", "07-25 09:00", LEAD, "在人民广场举办家风宣讲"),
    ],
)  # fmt: skip
def test_the_body_of_a_letter_is_read(letter, when, departments, title):
    assert _read(letter) == (when, departments, title)


@pytest.mark.parametrize(
    "letter",
    [
        "各单位：请按时上报材料。 团市委 2020年7月18日",
        "各位同事：请到会议室开会。特此通知。团市委 7月18日",
        "请各单位做好准备。\n团市委\n2020.7.18",
    ],
)
def test_the_day_of_a_signature_is_no_day_of_an_activity(letter):
    with pytest.raises(NoDateError):
        _read(letter)


@pytest.mark.parametrize(
    "letter",
    [
        "市教育局：兹定于7月23日召开会议，请参加。团市委 2020年7月18日",
        "团市委清扫人民广场。市教育局 7月26日",
        "各位同事：7月25日开展文明劝导。特此通知。 扶轮社 2020年7月18日",
        "7月22日 9:00 市政府三楼会议室 推进会",
    ],
)
def test_who_holds_it_is_asked_where_a_letter_may_be_to_a_department_or_from_another(letter):
    with pytest.raises(KalendsError):
        _read(letter)


@given(
    held=st.dates(date(2020, 7, 21), date(2020, 11, 28)),
    signed=st.dates(date(2020, 6, 1), date(2020, 7, 20)),
    form=st.sampled_from(("{0.year}年{0.month}月{0.day}日", "{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}")),
    greeting=st.sampled_from(("各位同事：", "各单位：\n", "各有关部门：", "")),
    closing=st.sampled_from(("。特此通知。", "，请准时参加。", "。特此通知。\n")),
    blank=st.sampled_from((" ", "\n", "  ", "")),
)  # fmt: skip
def test_of_two_days_that_of_the_signature_is_never_recorded(
    held, signed, form, greeting, closing, blank
):
    letter = (
        f"{greeting}{held.month}月{held.day}日召开推进会{closing}{blank}团市委{blank}"
        f"{form.format(signed)}"
    )
    assert _read(letter) == (f"{held:%m-%d} None", LEAD, "召开推进会")


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("7:30", None),
        ("7点半", None),
        ("8:00-10:00", None),
        ("07:30", "07:30"),
        ("晚7:30", "19:30"),
    ],
)
@pytest.mark.parametrize("title", ["纳凉晚会", "夜市整治", "露天电影", "举办焰火晚会"])
def test_a_time_that_may_be_of_the_evening_is_asked_about(said, starts, title):
    try:
        when, *_ = _read(f"7月25日{said} 团市委 {title}")
    except KalendsError:
        when = "07-25 None"
    assert when == f"07-25 {starts}"


@pytest.mark.parametrize("title", ["联欢晚会彩排", "召开夜市整治部署会", "读书会"])
def test_what_is_only_got_ready_for_the_evening_is_read(title):
    assert _read(f"7月25日9点 团市委 {title}") == ("07-25 09:00", LEAD, title)
