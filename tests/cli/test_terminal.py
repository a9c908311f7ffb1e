"""On a terminal the title has its room, whatever else is long."""

import os

import pytest

from kalends.cli import printing
from kalends.cli.help import cells

ROWS = [
    ["2020-07-14 周二 上午", "6txp", "已记录", "共青团辽源市委员会", "召开创建文明城市工作推进会"],
    [
        "2020-07-24 周五",
        "h9xb",
        "已记录",
        "辽源市城市管理行政执法局 +14",
        "诚信龙山新形象主题宣传活动",
    ],
]


@pytest.mark.parametrize("limit", [60, 80, 100])
def test_no_line_is_longer_than_the_terminal_and_every_title_begins(limit):
    lines = printing.listed(ROWS, limit)

    assert all(cells(line) <= limit for line in lines)
    for row in ROWS:
        assert sum(row[-1][:4] in line for line in lines) == 1


def test_how_many_other_departments_there_are_is_never_cut():
    assert printing.listed(ROWS, 80)[1] == (
        "2020-07-24 周五       h9xb  已记录  辽源市城… +14  诚信龙山新形象主题宣传活动"
    )


def test_on_a_narrow_terminal_an_activity_takes_two_lines():
    assert printing.listed(ROWS, 60) == [
        "2020-07-14 周二 上午  6txp  已记录",
        "    共青团辽源市委员会  召开创建文明城市工作推进会",
        "2020-07-24 周五       h9xb  已记录",
        "    辽源市城市管理行政执法局 +14  诚信龙山新形象主题宣传活动",
    ]


def test_elsewhere_nothing_is_cut():
    assert (
        "辽源市城市管理行政执法局 +14  诚信龙山新形象主题宣传活动"
        in printing.listed(ROWS, None)[1]
    )


@pytest.fixture
def many(workspace):
    workspace("add", "7月21日 我市、团市委、市教育局 联合召开创建文明城市工作推进会")
    workspace("add", "7月14日 团市委 走访")
    return workspace


@pytest.mark.parametrize("limit", [60, 80, 100])
@pytest.mark.parametrize(
    "command", [["agenda", "--all"], ["search", "创建"], ["history", "我市"], ["diff", "1"], []]
)
def test_lists_name_the_leading_department_on_a_terminal(many, monkeypatch, limit, command):
    monkeypatch.setattr(printing, "width", lambda: limit)

    said = many(*command)

    assert "辽源市 +2" in said.out
    assert "联合召开" in said.out
    rows = [line for line in said.out.splitlines() if "联合召开" in line or "走访" in line]
    assert all(cells(line) <= limit for line in rows)


def test_late_is_told_with_its_number(many):
    assert many("late", "--days", "5").out.startswith("6 days late  ")
    many("add", "7月19日 团市委 清扫")
    assert "\n1 day late   " in many("late", "--days", "0").out


def test_a_pipe_has_all_departments(many):
    assert "辽源市, 共青团辽源市委员会, 辽源市教育局" in many("agenda", "--all").out
    assert "辽源市、共青团辽源市委员会、" in many("--lang", "zh", "agenda", "--all").out


def test_a_terminal_that_says_it_has_no_width_has_80(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(printing.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: os.terminal_size((0, 0)))

    assert printing.width() == 80

    monkeypatch.setenv("COLUMNS", "100")

    assert printing.width() == 100
