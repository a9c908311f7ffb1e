"""A whole roster from a file: all of it or nothing, and never twice."""

import io
import json
import sys
from pathlib import Path

import pytest

TABLE = """名称,代码,别名,上级,简称,起始日期
龙山区街道,lsjd,龙街、龙山街道,龙山区,,
龙山区,ls,,lydq,,2020-06-01
辽源大区,lydq,,我市,大区,
西安区,,,,,
"""


def written(text, name="roster.csv"):
    Path(name).write_text(text, "utf-8")
    return name


def departments(kalends):
    return {
        department["code"]: department
        for department in kalends("--json", "dept", "ls").document["departments"]
    }


@pytest.mark.campaign
def test_a_roster_is_registered_whatever_the_order_of_its_lines(workspace):
    said = workspace("dept", "add", "--from", written(TABLE))

    assert (said.code, said.out) == (0, "4 registered, 0 were there already; position 9.\n")
    found = departments(workspace)
    assert found["lsjd"]["parent"] == "ls"
    assert found["lsjd"]["aliases"] == ["龙街", "龙山街道"]
    assert found["ls"]["since"] == "2020-06-01"
    assert (found["lydq"]["parent"], found["lydq"]["short"]) == ("city", "大区")
    assert found["xianqu"]["name"] == "西安区"
    acts = {event["state"]["act"] for event in workspace("--json", "log").document["events"][4:]}
    assert len(acts) == 1


def test_a_column_that_is_not_read_is_named_and_the_rest_registered(workspace):
    text = "成员单位名单,,\n序号,单位名称,联系人\n1,妇联,张三\n"
    unread = "Columns that are not read, so that nothing of them is recorded: 联系人."
    dry = workspace("--json", "dept", "add", "-n", "--from", written(text))
    assert dry.document["notes"] == [unread]
    said = workspace("dept", "add", "--from", "roster.csv")
    assert (said.code, said.err) == (0, f"! {unread}\n")
    assert said.out.startswith("1 registered")


def test_the_same_file_again_is_nothing_to_do(workspace):
    workspace("dept", "add", "--from", written(TABLE))
    said = workspace("dept", "add", "--from", "roster.csv")
    assert said.out == "0 registered, 4 were there already; position 9.\n"
    document = workspace("--json", "dept", "add", "--from", "roster.csv").document
    assert (document["registered"], document["already"], document["events"]) == (0, 4, [])


def test_it_is_undone_whole_and_registered_again(workspace):
    before = departments(workspace)
    workspace("dept", "add", "--from", written(TABLE))
    said = workspace("undo")
    assert said.code == 0, said
    assert said.out.startswith("√ undone: department registered, 5 events from position 5 to 9\n")
    assert departments(workspace) == before
    assert workspace("dept", "add", "--from", "roster.csv").out.startswith("4 registered")
    assert workspace("audit", "replay").code == 0


@pytest.mark.parametrize(
    ("line", "number", "code", "said"),
    [
        ("妇联,all,,,,", 3, 6, "“all” cannot be a department's code."),
        ("妇联,,团市委,,,", 3, 6, "“团市委” already belongs to 共青团辽源市委员会."),
        ("妇联,,,某局,,", 3, 3, "No department is called “某局”."),
        ("妇联,,,,,近日", 3, 4, "“近日” names no day"),
        ("妇联,fl,,工会,,\n工会,gh,,妇联,,", 4, 6, "工会 cannot belong to 妇联"),
        ("妇联,fl,,妇联,,", 3, 6, "妇联 cannot belong to 妇联"),
        (",fl,,,,", 3, 2, "“name” is missing."),
        ("共青团辽源市委员会,tsw,青年团,,,", 3, 6, "with a different alias."),
        ("共青团辽源市委员会,tsw,,教育局,,", 3, 4, "教育局"),
        ("共青团辽源市委员会,tsw,,市教育局,,", 3, 6, "with a different parent."),
        ("团,tsw,,,,", 3, 6, "with a different name."),
        ("团市委,tsw,,,团,", 3, 6, "with a different short name."),
        ("团市委,tsw,,,,2020-06-01", 3, 6, "with a different first day."),
        ("团市委,jyj,,,,", 3, 6, "with a different name."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_recorded(
    workspace, line, number, code, said
):
    workspace("dept", "add", "省教育局", "--code", "sjyj")
    before = workspace("--json", "log").document["known_at"]
    answer = workspace(
        "--json",
        "dept",
        "add",
        "--from",
        written(f"{TABLE.splitlines()[0]}\n西安区,,,,,\n{line}\n"),
    )
    error = answer.document["error"]
    assert (answer.code, error["code"]) == (code, "bad-roster-line")
    assert error["message"].startswith(f"Line {number}: ")
    assert said in error["message"]
    assert error["hint"].endswith("Nothing was recorded.")
    assert workspace("--json", "log").document["known_at"] == before


@pytest.mark.campaign
def test_a_long_chain_of_parents_needs_no_depth(workspace):
    count = 1_200
    lines = [{"name": f"第{n}级", "code": f"d{n}", "parent": f"第{n + 1}级"} for n in range(count)]
    del lines[-1]["parent"]
    path = written("\n".join(map(json.dumps, lines)), "roster.jsonl")
    assert workspace("dept", "add", "--from", path).out.startswith(f"{count} registered")
    assert departments(workspace)["d0"]["parent"] == "d1"


def test_standard_input_is_read_and_a_dry_run_registers_nothing(workspace, monkeypatch):
    def typed():
        raw = io.BytesIO(b"\xef\xbb\xbf" + TABLE.encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))

    typed()
    said = workspace("dept", "add", "-n", "--from", "-")
    assert said.out == "4 would be registered, 0 are there already.\n"
    typed()
    assert workspace("dept", "add", "--from", "-").out.startswith("4 registered")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["妇联", "--from", "roster.csv"], 2),
        (["--from", "roster.csv", "--code", "a"], 2),
        ([], 2),
        (["--from", "none.csv"], 3),
    ],
)
def test_a_file_stands_alone(workspace, arguments, code):
    written(TABLE)
    assert workspace("dept", "add", *arguments).code == code


def test_a_file_of_another_kind_is_named(workspace):
    said = workspace("dept", "add", "--from", written("PK\x03\x04"))
    assert (said.code, said.err.splitlines()[0]) == (
        2,
        "The file is a workbook that cannot be read, not a roster. Nothing was recorded.",
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "局", "x": 1}',
        '{"name": 1}',
        '{"code": "a"}',
        "{name}",
        "代码\nx\n",
        "名称,代码\n,x\n",
    ],
)
def test_hints_point_to_where_rosters_are_explained(workspace, text):
    said = workspace("dept", "add", "--from", written(text, "r"))
    assert said.code == 2
    assert "docs/how-to/departments.md" in said.err
    assert "record-many" not in said.err


def test_a_code_is_made_of_the_short_name_where_there_is_one(workspace):
    workspace(
        "dept", "add", "--from", written("名称,简称\n辽源市卫生健康委员会,卫健委\n辽源市民政局,\n")
    )
    found = {each["name"]: code for code, each in departments(workspace).items()}
    assert found["辽源市卫生健康委员会"] == "weijianwei"
    assert found["辽源市民政局"] == "liaoyuanshiminzhengju"
    again = workspace("dept", "add", "--from", "roster.csv")
    assert again.out.startswith("0 registered, 2 were there already")
