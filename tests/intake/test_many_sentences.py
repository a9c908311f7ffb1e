"""Sentences as many people write them, each with what is recorded, or that it is asked about."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.campaign_settings import Period
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from kalends.intake.vocabulary.naming import Names, in_word
from specification import registered

HERE = DateContext(
    now=datetime(2026, 11, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai")),
    zone="Asia/Shanghai",
    period=Period(first_day=date(2020, 6, 1), last_day=date(2020, 12, 31)),
)
ROSTER = registered(
    {
        "ly": ("辽源市", "我市"),
        "tsw": ("共青团辽源市委员会", "团市委", "Youth League"),
        "jyj": ("辽源市教育局", "市教育局", "Education Bureau"),
        "cg": ("辽源市城市管理行政执法局", "城管执法局"),
        "ls": ("龙山区", "Longshan"),
        "nk": ("南康街道",),
        "ga": ("辽源市公安局", "市公安局", "Police"),
        "xf": ("辽源市消防救援支队", "市消防支队", "Fire Brigade"),
    }
)
SHORT_NAMES = registered(
    {
        "tsw": ("共青团辽源市委员会", "团市委", "Youth League", "Youth"),
        "jyj": ("市教育局", "教育局", "Education Bureau", "Education"),
        "ga": ("市公安局", "公安局", "Police Department", "Police"),
        "wjw": ("市卫生健康委员会", "卫健委", "Health Commission", "Health"),
        "zgh": ("市总工会", "总工会", "Trade Union", "Union"),
        "fl": ("市妇女联合会", "市妇联", "妇联", "Women's Federation", "Women"),
        "xcb": ("市委宣传部", "宣传部"),
        "cg": ("市城市管理局", "城管局"),
        "sw": ("中共辽源市委", "市委"),
        "zf": ("辽源市人民政府", "市政府"),
        "xf": ("Fire Brigade", "Fire"),
        "hszh": ("Red Cross",),
        "lib": ("Public Library", "Library"),
        "parks": ("Parks Department", "Parks"),
    }
)


def rows(name):
    """Return the rows of a file of sentences."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


ROWS = rows("sentences.txt")
ASKED = [row[0] for row in ROWS if row[1:] == ["asked"]]
READ = [row for row in ROWS if row[1:] != ["asked"]]


def read(sentence, roster=ROSTER):
    """Return what is recorded of a sentence, as the file writes it."""
    wanted = ("when", "departments", "title")
    found = read_sentence(sentence, roster=roster, context=HERE, wanted=wanted)
    when = found.when.when
    days = "/".join(sorted({when.first_day.isoformat(), when.last_day.isoformat()}))
    times = "-".join(time for time in (when.starts, when.ends) if time)
    usual = ["lead", *["joint"] * len(found.departments)]
    departments = ",".join(
        part.code if part.role == role else f"{part.code}:{part.role[:4]}"
        for part, role in zip(found.departments, usual, strict=False)
    )
    said = [
        " ".join(word for word in (days, when.part, times) if word),
        departments,
        found.title,
        found.place or "",
        ",".join(found.tags),
        "" if found.headcount is None else str(found.headcount),
        found.description or "",
    ]
    while not said[-1]:
        said.pop()
    return said


def _every_fourth(sentences):
    """Leave three of four to the campaigns: each takes six milliseconds."""
    campaign = pytest.mark.campaign
    return [
        pytest.param(*each, marks=[campaign] if number % 4 else [])
        for number, each in enumerate(sentences)
    ]


@pytest.mark.parametrize(("sentence", "said"), _every_fourth((row[0], row[1:]) for row in READ))
def test_it_is_recorded_as_its_line_says(sentence, said):
    assert read(sentence) == said


@pytest.mark.parametrize("sentence", _every_fourth((each,) for each in ASKED))
def test_it_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


@pytest.mark.parametrize("row", rows("short_names.txt"), ids=lambda row: row[0])
def test_departments_with_short_names_are_read_as_well(row):
    sentence, *said = row
    if said == ["asked"]:
        with pytest.raises(KalendsError):
            read(sentence, SHORT_NAMES)
    else:
        assert read(sentence, SHORT_NAMES) == said


def departments_of(row):
    """Return the codes of the departments that a row records."""
    return {part.split(":")[0] for part in row[2].split(",")} if row[1] != "asked" else set()


SEVERAL = [row for row in READ if len(departments_of(row)) > 1]


@pytest.mark.campaign
@pytest.mark.parametrize("is_office", [True, False])
def test_an_unknown_name_in_place_of_any_department_is_asked_about(is_office):
    for row in SEVERAL:
        sentence, codes, names = row[0], departments_of(row), Names(ROSTER)
        for place in range(len(sentence)):
            named = names.at(sentence, place)
            if named is None or named[0].code not in codes or in_word(sentence, place):
                continue
            department, end = named
            if sentence[end : end + 2] in {"领导", "带队"}:
                continue  # its people came
            name = sentence[place:end]
            unknown = ("Red Cross" if is_office else "Rotary") if name[0].isascii() else None
            unknown = unknown or ("文旅局" if is_office else "扶轮社")
            try:
                recorded = read(f"{sentence[:place]}{unknown}{sentence[end:]}")
            except KalendsError:
                continue
            # It is named twice, or all that it did stands in the title.
            is_kept = name in row[3] and unknown in recorded[2]
            assert is_kept or department.code in departments_of(["", *recorded]), sentence


@for_all(
    st.sampled_from(("市公安局", "市教育局", "龙山区", "团市委")),
    st.sampled_from(("交通", "基础教育", "政工", "反诈", "老龄", "河道管理")),
    st.sampled_from(("管理局", "分局", "科", "处", "中心", "大队", "中队", "支队", "办事处", "委员会")),
    st.sampled_from(("专项检查", "走访社区", "夜查酒驾", "主题党日", "上门服务", "读书月", "百日攻坚")),
    st.sampled_from(("7月14日，", "7月14日 ", "7月14日上午")),
)  # fmt: skip
def test_an_office_within_a_department_is_asked_about_whatever_follows(name, what, end, does, day):
    with pytest.raises(KalendsError):
        read(f"{day}{name}{what}{end}{does}")
