"""The place and the tags of a sentence: read whole, or asked about; nothing of them in the title."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.department import Department
from kalends.domain.errors import (
    HalfReadPlaceError,
    HalfReadTagError,
    NoDepartmentError,
    UnclearError,
)
from kalends.intake.sentence import read_sentence
from kalends.intake.sentence_prompter import NoSentencePrompter
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
EVERYTHING = ("when", "departments", "title")
ROSTER = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
        "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
        "ga": ("Police",),
    }
)
FIRST = ("Main Square", "City Hall", "Renmin Park", "Town Library")
MORE = (", north side", " west entrance", ", room 12", ", the main hall", " 2nd floor")
FIRST_CHINESE = ("三楼", "人民广场", "市民中心", "实验小学")
MORE_CHINESE = (" 会议室", "，东侧", " 北门", " 2号楼", "　报告厅")


def read(sentence, prompter=None):
    return read_sentence(
        sentence, roster=ROSTER, context=HERE, prompter=prompter, wanted=EVERYTHING
    )


@for_all(
    st.sampled_from(("{} Police visit @{}", "{} Police visit @{} #drive", "{} @{} Police visit")),
    st.sampled_from(FIRST),
    st.lists(st.sampled_from(MORE), max_size=2, unique=True),
)
def test_a_place_in_english_is_read_with_its_sides_and_rooms(form, first, more):
    place = first + "".join(more)
    found = read(form.format("July 14", place))
    assert (found.place, found.title) == (place, "visit")


@for_all(
    st.sampled_from(("{} 团市委 走访 @{}", "{} 团市委 走访 @{} #创城", "{} @{} 团市委走访")),
    st.sampled_from(FIRST_CHINESE),
    st.lists(st.sampled_from(MORE_CHINESE), max_size=2, unique=True),
)
def test_a_place_in_chinese_is_read_with_its_rooms_and_sides(form, first, more):
    place = first + "".join(more)
    found = read(form.format("7月14日", place))
    assert (found.place, found.title) == (" ".join(place.split()), "走访")


@for_all(
    st.sampled_from(("{} 团市委 走访 @{}", "{} @{} 团市委 走访", "{} 团市委 走访 地点：{}")),
    st.sampled_from(
        ("待定", "未定", "广场或公园", "广场还是公园", "广场9点", "广场9:30", "广场30人", "广场改公园", "不在广场",
         "广场（取消）", "？")
    ),
)  # fmt: skip
def test_what_says_no_place_in_chinese_is_asked_about(form, place):
    assert place not in _place(form.format("7月14日", place))


@for_all(
    st.sampled_from(("{} Police visit @{}", "{} Police visit, venue: {}", "{} Police visit @ {}")),
    st.sampled_from(
        ("TBC", "tbd", "TBA", "?", "n/a", "somewhere", "Sunday", "tomorrow", "Main Square TBC", "City Hall?",
         "Main Square or City Hall", "City Hall / Main Square", "City Hall (cancelled)")
    ),
)  # fmt: skip
def test_what_says_no_place_in_english_is_asked_about(form, place):
    assert place not in _place(form.format("July 14", place))


def _place(sentence):
    try:
        return read(sentence).place or ""
    except UnclearError:
        return ""


def test_a_second_place_is_asked_about():
    with pytest.raises(HalfReadPlaceError) as asked:
        read("July 14 Police visit @Main Square @City Hall")
    assert asked.value.fields["part"] == "@City Hall"


@pytest.mark.parametrize("place", ["TBC", "Rain or Shine", "Sunday"])
def test_a_place_in_quotation_marks_is_what_stands_there(place):
    assert read(f'July 14 Police visit @"{place}"').place == place


@pytest.mark.parametrize(
    ("sentence", "place", "title"),
    [
        ("7月14日 团市委 走访 @Main Square north side", "Main Square north side", "走访"),
        ("July 14 @Main Square Youth League visit", "Main Square", "visit"),
        ("July 14 Police visit @Town Hall, bring cups", "Town Hall", "visit, bring cups"),
        ("7月14日 团市委 走访 @广场 清理操场", "广场", "走访 清理操场"),
        ('July 14 Police visit @"Main", north side', "Main", "visit, north side"),
    ],
)
def test_what_happened_and_who_did_it_are_no_part_of_a_place(sentence, place, title):
    found = read(sentence)
    assert (found.place, found.title) == (place, title)


@pytest.mark.parametrize(
    ("sentence", "tags", "title"),
    [
        ("7月14日 团市委 走访 # 志愿", ["志愿"], "走访"),
        ("7月14日 团市委 走访 # 志愿 #创城", ["志愿", "创城"], "走访"),
        ("7月14日 团市委 走访 #志愿，约50人参加", ["志愿"], "走访"),
        ("# 7月14日 团市委 走访", [], "走访"),
        ("#志愿,7月14日 团市委 走访", ["志愿"], "走访"),
    ],
)
def test_a_tag_is_read_where_it_can_be_nothing_else(sentence, tags, title):
    found = read(sentence)
    assert (found.tags, found.title) == (tags, title)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("7月14日 团市委 走访 #志愿,服务", "#志愿,服务"),
        ("7月14日 团市委 走访 #志愿，先锋 @广场", "#志愿，先锋"),
        ("7月14日 团市委 # 志愿 先锋 走访", "# 志愿"),
        ("July 14 Police visit #youth,sports", "#youth,sports"),
    ],
)
def test_a_tag_that_may_go_on_is_asked_about(sentence, part):
    with pytest.raises(HalfReadTagError) as refused:
        read(sentence)
    assert refused.value.fields["part"] == part


class Answering(NoSentencePrompter):
    """Somebody who answers with one department."""

    def __init__(self, code):
        self.code, self.asked = code, []

    def department(self, error) -> Department:
        self.asked.append(error)
        return ROSTER.departments[self.code]


@pytest.mark.parametrize(
    ("sentence", "code", "title"),
    [
        ("7月14日 市教育居开展走访", "jyj", "开展走访"),
        ("7月14日 市教育局第三中学举行升旗仪式", "jyj", "第三中学举行升旗仪式"),
        ("7月14日 市教育局第三中学举行升旗仪式", "tsw", "举行升旗仪式"),
        ("July 14 Educaton Bureau held a meeting", "jyj", "held a meeting"),
        ("July 14 Polise visit", "ga", "visit"),
        ("7月14日 走访社区", "tsw", "走访社区"),
        ("市园林处7月14日补植行道树", "tsw", "补植行道树"),
    ],
)
def test_an_answered_name_is_taken_out_of_the_title_and_nothing_else(sentence, code, title):
    who = Answering(code)
    found = read(sentence, who)
    assert ([part.code for part in found.departments], found.title) == ([code], title)
    assert [isinstance(error, NoDepartmentError) for error in who.asked] == [True]


@for_all(st.sampled_from(("市教育局", "团市委", "Police", "Education Bureau")), st.data())
def test_one_slip_in_a_name_leaves_no_debris_when_the_department_is_answered(name, data):
    place = data.draw(st.integers(1, len(name) - 1))
    slip = "居" if not name.isascii() else "x"
    wrong = name[:place] + slip + name[place + 1 :]
    code = next(code for code, item in ROSTER.departments.items() if name in item.called)
    rest = "开展大扫除" if not name.isascii() else "visited schools"
    blank = " " if name.isascii() else ""
    if " " in name and name[place] == " ":
        return
    found = read(f"{'July 14' if blank else '7月14日'} {wrong}{blank}{rest}", Answering(code))
    assert found.title == rest


@pytest.mark.parametrize(
    "place",
    ["No. 3 Primary School", "No.3 Middle School", "No. 5", "Room 5", "Gate 3 Main Park",
     "St. Mary's Church", "Mt. Longshou", "Sun & Moon Lake", "Hall of the People",
     "Bus station", "town hall", "Main bus station", "library reading room"],
)  # fmt: skip
def test_a_number_or_a_short_form_ends_no_place(place):
    read_so = read(f"14 July Police talk @{place} #safety")
    assert (read_so.place, read_so.title) == (place, "talk")
    assert read(f"14 July Police talk @{place}, 30 people").place == place


@pytest.mark.parametrize(
    "place",
    [
        "City Hall (room 3)",
        "hall and park",
        "No. 3 中学",
        "Main Square drill",
        "Town Hall 85 seats",
    ],
)
def test_a_place_that_may_go_on_is_asked_about(place):
    with pytest.raises(HalfReadPlaceError) as asked:
        read(f"14 July Police talk @{place}")
    assert asked.value.fields["part"] == place
    assert read(f'14 July Police talk @"{place}"').place == place


@pytest.mark.parametrize(
    "place",
    ["town green", "No. 12 Bus depot", "Fulton Street lot", "City Hall plaza", "12 Elm Street",
     "Mill Pond north shore", "community garden", "Police station yard", "5 Mile Creek"],
)  # fmt: skip
def test_at_the_end_of_a_sentence_all_of_the_rest_is_the_place(place):
    for mark in ("@", "@ "):
        found = read(f"14 July Youth League talk {mark}{place}")
        assert (found.place, found.title) == (place, "talk")
        found = read(f"14 July Youth League talk {mark}{place} #safety")
        assert (found.place, found.tags, found.title) == (place, ["safety"], "talk")


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("14 July Police @Main Square blood donors", "Main Square blood donors"),
        ("14 July Police talk @", "@"),
    ],
)
def test_a_place_without_a_title_or_a_sign_without_a_place_is_asked_about(sentence, part):
    with pytest.raises(HalfReadPlaceError) as asked:
        read(sentence)
    assert asked.value.fields["part"] == part


_WORDS = st.sampled_from(
    [
        "No. 3",
        "3",
        "town",
        "hall",
        "Main",
        "Square",
        "St. Mary's",
        "&",
        "of",
        "the",
        "School",
        "12",
        "bus",
    ]
)


@for_all(st.lists(_WORDS, min_size=1, max_size=4))
def test_whatever_stands_behind_a_mark_is_the_place_or_asked_about(words):
    place = " ".join(words)
    try:
        found = read(f"14 July Police held a talk @{place}")
    except UnclearError:
        return
    if found.when.when.starts:  # @12 is a time
        assert (words, found.place, found.title) == (["12"], None, "held a talk")
        return
    # A point at the end may end the sentence.
    assert (found.place.rstrip("."), found.title) == (place.rstrip("."), "held a talk")
