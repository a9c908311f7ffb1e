"""On a terminal the title has its room, whatever else is long."""

import os

import pytest

from kalends.cli.terminal import printing
from kalends.cli.terminal.cells import cells

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


@pytest.mark.parametrize("limit", [40, 60, 80, 100])
def test_no_line_is_longer_than_the_terminal_and_every_title_is_whole(limit):
    blocks = printing.listed(ROWS, limit)

    assert all(cells(line) <= limit for block in blocks for line in block)
    for row, block in zip(ROWS, blocks, strict=True):
        assert row[-1] in "".join("".join(block).split())


@pytest.mark.parametrize("limit", range(20, 120))
def test_whatever_the_width_nothing_of_a_title_is_lost(limit):
    for rows in (ROWS, [[*row[:-2], "", row[-1]] for row in ROWS]):
        for row, block in zip(rows, printing.listed(rows, limit), strict=True):
            assert row[-1] in "".join("".join(block).split())
            assert all(cells(line) <= limit for line in block[1:])


@pytest.mark.parametrize("limit", range(20, 120))
def test_whatever_the_width_nothing_before_a_title_is_lost(limit):
    late = [["126 days late", *row] for row in ROWS]
    feeds = [
        [name, f"{n:>5}", "", "创城 · 志愿服务"]
        for n, name in enumerate(("all", "tag-" + "x" * 30))
    ]
    for rows in (late, feeds):
        for row, block in zip(rows, printing.listed(rows, limit), strict=True):
            shown = "".join("".join(block).split())
            for text in (*row[:-2], row[-1]):
                assert "".join(text.split()) in shown
            assert all(cells(line) <= limit or line == row[0] for line in block)


def test_on_a_very_narrow_terminal_what_stands_before_the_title_is_broken_between_columns():
    rows = [["6 days late", "2020-07-14 周二 上午", "6txp", "已记录", "", "召开推进会"]]
    assert printing.listed(rows, 40) == [
        ["6 days late  2020-07-14 周二 上午  6txp", "    已记录", "    召开推进会"]
    ]


def test_how_many_other_departments_there_are_is_never_cut():
    assert printing.listed(ROWS, 80)[1][0] == (
        "2020-07-24 周五       h9xb  已记录  辽源市城… +14  诚信龙山新形象主题宣传活动"
    )


def test_a_long_title_goes_on_below_and_a_tag_stays_whole():
    row = ["2020", "k3x9", "已记录", "", "走访慰问困难群众家庭并送去慰问品 #志愿服务"]

    assert printing.listed([row], 57) == [
        ["2020  k3x9  已记录  走访慰问困难群众家庭并送去慰问品", "                    #志愿服务"]
    ]


def test_on_a_narrow_terminal_a_title_has_lines_of_its_own():
    assert printing.listed(ROWS, 50) == [
        [
            "2020-07-14 周二 上午  6txp  已记录",
            "    共青团辽源市委员会：召开创建文明城市工作推进会",
        ],
        [
            "2020-07-24 周五       h9xb  已记录",
            "    辽源市城市管理行政执法局 +14：诚信龙山新形象主",
            "    题宣传活动",
        ],
    ]


def test_elsewhere_nothing_is_cut():
    assert (
        "辽源市城市管理行政执法局 +14  诚信龙山新形象主题宣传活动"
        in printing.listed(ROWS, None)[1][0]
    )


@pytest.fixture
def many(workspace):
    workspace("add", "7月21日 我市、团市委、市教育局 联合召开创建文明城市工作推进会")
    workspace("add", "7月14日 团市委 走访")
    return workspace


@pytest.mark.parametrize("limit", [40, 60, 80, 100])
@pytest.mark.parametrize(
    "command", [["agenda", "--all"], ["search", "创建"], ["history", "我市"], ["diff", "1"], []]
)
def test_lists_name_the_leading_department_on_a_terminal_by_its_short_name(
    many, monkeypatch, limit, command
):
    monkeypatch.setattr(printing, "width", lambda: limit)

    said = many(*command)

    asked = "history" in command
    assert ("+2" if asked else "我市 +2") in said.out
    assert not asked or "我市 +2" not in said.out
    assert "联合召开" in said.out
    rows = [line for line in said.out.splitlines() if "联合召开" in line or "走访" in line]
    assert all(cells(line) <= limit for line in rows)


@pytest.mark.parametrize("limit", [40, 80])
def test_settings_are_shown_whole_and_in_the_reader_s_language(many, monkeypatch, limit):
    monkeypatch.setattr(printing, "width", lambda: limit)
    assert many("campaign", "set", "--title", "创建文明城市" * 6, "--reason", "x").code == 0

    out = many("campaign", "show", "--lang", "zh").out

    assert all(cells(line) <= limit for line in out.splitlines())
    assert "".join(out.split()).startswith("标题" + "创建文明城市" * 6)
    for text in ("凌晨 00:00-06:00", "晚上 18:00-21:00"):
        assert text in out


@pytest.mark.parametrize("limit", [30, 40, 80])
def test_the_roster_shows_every_name_and_code_at_any_width(many, monkeypatch, limit):
    monkeypatch.setattr(printing, "width", lambda: limit)

    out = many("dept", "ls").out

    assert all(cells(line) <= limit for line in out.splitlines())
    for text in ("辽源市教育局", "jyj", "共青团辽源市委员会", "tsw"):
        assert text in out


def test_the_roster_shows_what_is_so_today_and_what_is_to_come(many):
    many("dept", "rename", "tsw", "共青团市委", "--on", "2021-01-01")
    many("dept", "close", "jyj", "--on", "2021-02-01")
    many("dept", "add", "龙山区", "--code", "ls", "--on", "2021-03-01")

    rows = {line.split()[0]: line for line in many("dept", "ls").out.splitlines()}

    assert "共青团辽源市委员会" in rows["tsw"]
    assert rows["tsw"].endswith("from 2021-01-01: 共青团市委")
    assert rows["jyj"].endswith("closes 2021-02-01")
    assert rows["ls"].endswith("begins 2021-03-01")
    shown = {
        department["code"]: department
        for department in many("--json", "dept", "ls").document["departments"]
    }
    assert shown["tsw"]["name"] == "共青团辽源市委员会"
    assert shown["tsw"]["names"][-1] == {"name": "共青团市委", "on": "2021-01-01"}


def test_late_is_told_with_its_number(many):
    assert many("late", "--days", "5").out.startswith("6 days late  ")
    many("add", "7月19日 团市委 清扫")
    assert "\n1 day late   " in many("late", "--days", "0").out


def test_feeds_and_what_is_late_are_whole_on_a_narrow_terminal(many, monkeypatch):
    monkeypatch.setattr(printing, "width", lambda: 40)

    feeds = many("feed", "ls").out
    late = many("late", "--days", "5").out

    assert "…" not in feeds + late
    assert "\n    创城 · 共青团辽源市委员会\n" in feeds
    assert "recorded" not in late  # all of it took place: the room is the title's
    assert all(cells(line) <= 40 for line in (feeds + late).splitlines())


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
