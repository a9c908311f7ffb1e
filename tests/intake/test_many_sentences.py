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
ROWS = [
    line.split(" | ")
    for line in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
ASKED = [row[0] for row in ROWS if row[1:] == ["asked"]]
READ = [row for row in ROWS if row[1:] != ["asked"]]


def read(sentence):
    """Return what is recorded of a sentence, as the file writes it."""
    wanted = ("when", "departments", "title")
    found = read_sentence(sentence, roster=ROSTER, context=HERE, wanted=wanted)
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


@pytest.mark.parametrize(("sentence", "said"), [(row[0], row[1:]) for row in READ])
def test_it_is_recorded_as_its_line_says(sentence, said):
    assert read(sentence) == said


@pytest.mark.parametrize("sentence", ASKED)
def test_it_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


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
