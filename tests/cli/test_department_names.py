"""A name that sentences are searched for can mean nothing else in one."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.application.roster.department_names import given_name
from kalends.dates.reader import DateContext, read
from kalends.domain.errors import KalendsError, TextError

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
NONE = ("、", "-", "。。", "&", "今天", "近日", "上午", "7月14日", "2月30日", "周三", "May", "Sunday", "today", "and", "with", "和", "联合", "参加", "等3个部门")  # fmt: skip


def names(kalends):
    return [each["name"] for each in kalends("dept", "ls", "--json").document["departments"]]


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_name_is_refused_whoever_gives_it(workspace, name):
    before = names(workspace)
    Path("r.jsonl").write_text(json.dumps({"name": "新局", "aliases": [name]}), "utf-8")
    for command in (
        ["dept", "add", "--", name],
        ["dept", "add", "--code", "x", "--", name],
        ["dept", "add", "新局", "--alias", f"新, {name}"],
        ["dept", "alias", "tsw", "--", name],
        ["dept", "short", "tsw", "--", name],
        ["dept", "rename", "tsw", "--", name],
        ["dept", "add", "--from", "r.jsonl"],
    ):
        said = workspace(*command)
        is_split = name == "、" and "--alias" in command  # it stands between two aliases there
        assert is_split or said.code in {2, 6}, (command, said)
        assert is_split or "valid" in said.err or "several" in said.err
        if is_split:
            assert workspace("undo").code == 0
    assert names(workspace) == before


def test_several_spaces_are_one(workspace):
    for name, there in (("辽源市  民政局", "辽源市 民政局"), ("辽源市　 司法局", "辽源市 司法局")):
        assert workspace("dept", "add", name).code == 0
        assert there in names(workspace)
    assert workspace("dept", "alias", "tsw", "青  联").code == 0
    assert "青 联" in workspace("dept", "show", "tsw").out


@for_all(st.text(min_size=1, max_size=8) | st.sampled_from(NONE))
def test_what_is_given_is_no_date_and_stays_what_it_is(text):
    try:
        name = given_name(text, "name", HERE)
    except TextError:
        return
    assert given_name(name, "name", HERE) == name
    assert "  " not in name
    assert any(map(str.isalnum, name))
    with pytest.raises(KalendsError):
        read(name, HERE)


@pytest.mark.parametrize("name", ["妇联、工会", "妇联，工会", "妇联;工会", "妇联；工会"])
def test_a_list_of_names_is_no_name(workspace, name):
    before = names(workspace)
    for command in (
        ["dept", "add", name],
        ["dept", "alias", "tsw", name],
        ["dept", "short", "tsw", name],
        ["dept", "rename", "tsw", name],
    ):
        said = workspace(*command)
        assert said.code == 6
        assert "it looks like several" in said.err
    assert names(workspace) == before
    assert workspace("dept", "add", "Parks, Forests and Rivers Department").code == 0
