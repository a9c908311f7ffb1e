"""Posters and chats in Chinese, whose parts stand between signs, and parts of the day apart."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {"tsw": ("团市委",), "lib": ("市图书馆", "图书馆"), "ga": ("市公安局",), "jyj": ("市教育局",)}
)
EVERYTHING = ("when", "departments", "title")


def _read(sentence):
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=EVERYTHING)
    when = found.when.when
    return (
        f"{when.first_day:%m-%d} {when.part or when.starts}",
        {part.code: part.role for part in found.departments},
        found.place,
        found.title,
    )


MORNING = "07-25 09:00"


@pytest.mark.parametrize(
    ("poster", "when", "lead", "place", "title"),
    [
        ("*市图书馆* 亲子读书会 *7月25日上午9点* 二楼报告厅", MORNING, "lib", None, "亲子读书会；二楼报告厅"),
        ("◆时间：7月25日上午9点 ◆地点：二楼报告厅 ◆主办：市图书馆 ◆内容：亲子读书会", MORNING, "lib", "二楼报告厅", "亲子读书会"),
        ("📅7月25日上午9点 📍二楼报告厅 🎈市图书馆亲子读书会", MORNING, "lib", "二楼报告厅", "亲子读书会"),
        ("☆通知☆\n☆时间：7月25日上午9点\n☆地点：工人文化宫\n☆内容：培训\n☆主办：团市委", MORNING, "tsw", "工人文化宫", "【通知】培训"),
        ("★招募★ 7月25日上午9点 团市委志愿活动", MORNING, "tsw", None, "【招募】志愿活动"),
        ("市图书馆·亲子阅读会·7月25日9:00·少儿馆", MORNING, "lib", None, "亲子阅读会；少儿馆"),
        ("市教育局·团市委·市公安局 7月25日9:00开展检查", MORNING, "jyj", None, "开展检查"),
        ("7月25日9:00 团市委 ❤义卖", MORNING, "tsw", None, "❤义卖"),
        ("二○二○年七月二十五日上午九点 团市委 走访", MORNING, "tsw", None, "走访"),
    ],
)  # fmt: skip
def test_signs_part_what_a_poster_says(poster, when, lead, place, title):
    read_when, departments, *rest = _read(poster)

    assert (read_when, next(iter(departments)), *rest) == (when, lead, place, title)


@given(
    sign=st.sampled_from(("★", "☆", "◆", "●", "■", "📅", "🎈", "✅", "*", "※", "⭐", "▶")),
    parts=st.permutations(["7月25日上午9点", "市图书馆", "亲子读书会"]),
    blank=st.sampled_from(("", " ", "\n")),
)
def test_signs_of_every_kind_part_the_same(sign, parts, blank):
    said = "".join(f"{blank}{sign}{part}" for part in parts)

    assert _read(said) == (MORNING, {"lib": "lead"}, None, "亲子读书会")


@pytest.mark.parametrize("mark", ["｜", " | ", "，", "；", " "])
@pytest.mark.parametrize(
    ("said", "part"),
    [("上午", "morning"), ("晚上", "evening"), ("全天", None), ("14:00", "14:00")],
)
def test_a_part_of_the_day_may_stand_apart_from_the_day(mark, said, part):
    for parts in (
        ("7月25日", said, "团市委", "劝导活动", "人民广场"),
        ("7月25日", "团市委", "劝导活动", said, "人民广场"),
        ("团市委", "7月25日", "劝导活动", said),
    ):
        when, departments, *_ = _read(mark.join(parts))
        assert (when, departments) == (f"07-25 {part}", {"tsw": "lead"})


@pytest.mark.parametrize(
    "sentence",
    [
        "7月25日 团市委 走访 上午 下午",
        "7月25日上午 团市委 走访 下午",
        "市教育局召开部署会，7月25日检查组进驻",
        "市教育局召开部署会，周五走访",
        "❌7月25日 团市委 义卖",
        "🚫7月25日🚫 团市委 ★ 义卖",
        "7月25日 团市委书记李明会同市公安局走访",
        "7月25日 市公安局党委委员、市教育局办公室主任张某走访",
    ],
)
def test_what_may_be_of_another_time_or_of_others_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        _read(sentence)


@pytest.mark.parametrize("joined", ["和", "、", "，", "与", "会同"])
def test_people_of_several_departments_stand_for_each_of_them(joined):
    _, departments, _, title = _read(f"7月25日 团市委书记李明{joined}市公安局局长王刚走访敬老院")

    assert departments == {"tsw": "lead", "ga": "joint"}
    assert title == f"团市委书记李明{joined}市公安局局长王刚走访敬老院"
