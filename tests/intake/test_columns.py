"""Sentences copied from a table, with bars between their columns."""

from datetime import datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.errors import UnclearError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered({"ga": ("市公安局", "Police"), "tsw": ("团市委", "Youth League")})


def read(sentence):
    return read_sentence(
        sentence, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )


@pytest.mark.parametrize("bar", [" | ", "｜", " ｜ ", "  |  "])
@pytest.mark.parametrize(
    "columns", [("5 Nov", "Police", "traffic day"), ("11月5日", "市公安局", "交通日")]
)
def test_columns_are_read_in_any_order(bar, columns):
    for order in permutations(columns):
        for sentence in (bar.join(order), f"{bar}{bar.join(order)}{bar}"):
            found = read(sentence)
            assert found.when.when.text == columns[0]
            assert [part.code for part in found.departments] == ["ga"]
            assert found.title == columns[2]


@pytest.mark.parametrize("bar", ["\t", " | ", "\t\t", " \t"])
@pytest.mark.parametrize("number", ["", "1", "12", "107"])
@pytest.mark.parametrize(
    "columns",
    [
        ("5 Nov", "Police", "traffic day"),
        ("11月5日", "市公安局", "交通日"),
        ("Police", "traffic day", "5 Nov"),
    ],
)
def test_a_row_with_its_number_is_read_as_one_without(bar, number, columns):
    found = read(bar.join(filter(None, (number, *columns))))
    assert found.when.when.text in columns
    assert [part.code for part in found.departments] == ["ga"]
    assert found.title in {"traffic day", "交通日"}


@pytest.mark.parametrize(
    "sentence",
    [
        "25\tJuly\tPolice\ttalk",
        "25 | Jul | Police | talk",
        "7\t25\tPolice\ttalk",
        "7\t25日\t市公安局\t走访",
        "5 Nov | Police | Rotary | talk",
        "5 Nov | Rotary | talk",
        "14 July | 15 July | Police | talk",
        "7月 | 14日 | 市公安局 | 走访",
        "5 Nov|Police|talk",
    ],
)
def test_a_column_that_is_not_understood_is_asked_about(sentence):
    with pytest.raises(UnclearError):
        read(sentence)


def test_departments_and_other_columns_are_read_together():
    found = read("5 Nov | 14:00 | Police | Youth League | talk | 30 people")
    assert (found.when.when.starts, found.title, found.headcount) == ("14:00", "talk", 30)
    assert [part.code for part in found.departments] == ["ga", "tsw"]
