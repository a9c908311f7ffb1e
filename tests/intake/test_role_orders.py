"""Two or three departments with their parts, in all the orders and forms that people use."""

from datetime import datetime
from itertools import permutations
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
    {"wmb": ("市文明办",), "cg": ("城管局",), "tsw": ("团市委",), "ga": ("市公安局", "公安局")}
)
PARTS = {"市文明办": "主办", "城管局": "承办", "团市委": "协办"}
CODES = {"市文明办": "wmb", "城管局": "cg", "团市委": "tsw"}
ROLES = {"wmb": "lead", "cg": "joint", "tsw": "participant"}
FORMS = ("{0}{1}", "{0} {1}", "{0}（{1}）", "{1}：{0}", "{1}单位：{0}", "{1}单位{0}", "由{0}{1}")
PLACES = (
    *("7月25日 {} 文明劝导", "7月25日 文明劝导 {}", "{} 7月25日 文明劝导", "文明劝导 {} 7月25日"),
    *("7月25日，文明劝导，{}", "7月25日文明劝导（{}）"),
)


def _read(sentence):
    found = read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )
    return {part.code: part.role for part in found.departments}, found.title


@given(
    names=st.sampled_from(
        [order for count in (2, 3) for order in permutations(PARTS, count) if "市文明办" in order]
    ),
    form=st.sampled_from(FORMS),
    mark=st.sampled_from((" ", "，", "、", "；")),
    place=st.sampled_from(PLACES),
)
def test_each_has_its_part_in_every_order(names, form, mark, place):
    group = mark.join(form.format(name, PARTS[name]) for name in names)

    departments, title = _read(place.format(group))

    assert departments == {CODES[name]: ROLES[CODES[name]] for name in names}
    assert title == "文明劝导"


@pytest.mark.parametrize(
    ("sentence", "departments"),
    [
        ("7月25日 市文明办牵头 城管局、公安局联合 文明劝导", {"wmb": "lead", "cg": "joint", "ga": "joint"}),
        ("7月25日 文明劝导 主办 市文明办 协办 团市委", {"wmb": "lead", "tsw": "participant"}),
        ("7月25日 市文明办负责 团市委配合 文明劝导", {"wmb": "lead", "tsw": "participant"}),
        ("市文明办 主办 城管局 团市委 协办 7月25日 文明劝导", {"wmb": "lead", "cg": "participant", "tsw": "participant"}),
        ("7月25日 市文明办主办 城管局 文明劝导", {"wmb": "lead", "cg": "joint"}),
        ("7月25日 文明劝导，市文明办组织的", {"wmb": "lead"}),
        ("7月25日 文明劝导 城管局、公安局联合", {"cg": "lead", "ga": "joint"}),
        ("7月25日 城管局、公安局联合 文明劝导", {"cg": "lead", "ga": "joint"}),
        ("7月25日 文明劝导（市文明办主办，团市委协办）", {"wmb": "lead", "tsw": "participant"}),
    ],
)  # fmt: skip
def test_parts_behind_blanks_and_in_brackets_are_read(sentence, departments):
    assert _read(sentence) == (departments, "文明劝导")


@pytest.mark.parametrize(
    "sentence",
    [
        "7月25日 文明劝导 市文明办主办 扶轮社协办",
        "7月25日 文明劝导 扶轮社主办 团市委协办",
        "7月25日 团市委文明劝导，市文明办组织的",
        "7月25日 市文明办（主办） 扶轮社（协办） 文明劝导",
        "7月25日 市文明办（牵头）团市委 城管局（配合） 文明劝导",
    ],
)
def test_who_is_not_known_beside_them_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        _read(sentence)
