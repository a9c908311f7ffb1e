"""The roster at the terminal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

TODAY = datetime(2020, 8, 10, 2, tzinfo=UTC)


@pytest.fixture
def office(workspace, machine):
    """Return a call in a workspace on 10 August, where three activities stand."""
    machine.now = TODAY
    for day in ("8月9日", "8月10日", "8月20日"):
        assert workspace("add", f"{day} 团市委 走访").code == 0
    return workspace


def department(kalends, code):
    departments = kalends("--json", "dept", "ls").document["departments"]
    return next(department for department in departments if department["code"] == code)


def test_a_short_name_is_set_shown_and_taken_back(workspace):
    said = workspace("dept", "short", "我市", "辽源市")
    assert (said.code, said.out) == (0, "√ 辽源市 (city) is shown as 辽源市\n")
    assert "city  辽源市                我市\n" in workspace("dept", "ls").out
    assert workspace("dept", "short", "tsw", "团委").code == 0
    departments = workspace("--json", "dept", "ls").document["departments"]
    assert {department["code"]: department["short"] for department in departments} == {
        "city": "辽源市",
        "tsw": "团委",
        "jyj": "市教育局",
    }
    assert workspace("history", "团委").code == 0

    said = workspace("dept", "short", "我市", "--remove")
    assert said.out == "√ 辽源市 (city) is shown as 我市\n"
    assert workspace("dept", "short", "我市", "--remove").out == (
        "Nothing to do: it is already like this.\n"
    )


def test_a_short_name_is_given_or_taken_back(workspace):
    for arguments in (["city"], ["city", "辽源", "--remove"]):
        said = workspace("dept", "short", *arguments)
        assert said.code == 2
        assert "give a short name, or --remove" in said.err


def test_another_departments_name_is_no_short_name(workspace):
    said = workspace("dept", "short", "city", "团市委")
    assert (said.code, said.err.splitlines()[0]) == (
        6,
        "“团市委” already belongs to 共青团辽源市委员会.",
    )


def test_a_department_is_closed_today_and_what_stands_after_is_named(office):
    said = office("dept", "close", "tsw")

    assert (said.code, said.out) == (
        0,
        "√ closed: 共青团辽源市委员会 (tsw), from 2020-08-10 on\n",
    )
    first, *named = said.err.splitlines()
    assert first == "! Activities on or after that day that name it (they stay unchanged): 2"
    assert [line.split("  ", 2)[2] for line in named] == [
        "Mon 2020-08-10  走访",
        "Thu 2020-08-20  走访",
    ]
    assert office("add", "8月10日 团市委 开会").code == 6
    assert office("add", "8月9日 团市委 开会").code == 0
    assert office("dept", "close", "tsw").out == "Nothing to do: it is already like this.\n"
    assert office("dept", "close", "tsw", "--on", "2020-09-01").code == 6


def test_what_stands_after_is_told_to_programs_too(office):
    office("cancel", office("--json", "agenda").document["activities"][-1]["id"], "--reason", "雨")
    document = office("--json", "dept", "close", "tsw", "--on", "8月10日", "-n").document
    assert [activity["when"]["first_day"] for activity in document["after"]] == ["2020-08-10"]
    assert document["dry_run"] is True
    assert office("--json", "dept", "short", "tsw", "团委").document["after"] == []


def test_a_long_list_of_what_stands_after_is_cut(office):
    for n in range(25):
        office("add", f"8月11日 团市委 第{n}次走访")
    said = office("dept", "close", "tsw")
    assert said.err.count("\n") == 22
    assert said.err.endswith("  … and 7 more.\n")


def test_a_merge_without_a_day_holds_from_today_on(office):
    said = office("dept", "merge", "tsw", "jyj")
    assert said.out == "√ merged: 共青团辽源市委员会 (tsw) into 辽源市教育局, from 2020-08-10 on\n"
    assert said.err.startswith("! Activities on or after that day")
    assert office("dept", "merge", "tsw", "jyj").out == "Nothing to do: it is already like this.\n"
    assert office("add", "8月9日 团市委 开会").code == 0
    refused = office("dept", "reopen", "tsw")
    assert (refused.code, refused.err.splitlines()[0]) == (
        6,
        "共青团辽源市委员会 was merged into 辽源市教育局; it cannot be reopened.",
    )


def test_a_closed_department_is_reopened_today_or_as_if_never_closed(office):
    assert office("dept", "close", "jyj", "--on", "8月1日").code == 0
    said = office("dept", "reopen", "jyj")
    assert said.out == (
        "√ reopened: 辽源市教育局 (jyj), from 2020-08-10 on; closed from 2020-08-01 until then\n"
    )
    refused = office("add", "8月5日 市教育局 开会")
    assert (refused.code, refused.err.splitlines()[0]) == (
        6,
        "辽源市教育局 was closed from 2020-08-01 until 2020-08-10.",
    )
    assert "closed from 2020-08-01 until 2020-08-10" in office("dept", "ls").out
    assert office("dept", "reopen", "jyj").out == "Nothing to do: it is already like this.\n"

    assert office("dept", "close", "tsw", "--on", "8月1日").code == 0
    said = office("dept", "reopen", "tsw", "--on", "8月1日")
    assert said.out == "√ reopened: 共青团辽源市委员会 (tsw), as if it had never been closed\n"
    assert department(office, "tsw")["pauses"] == []


def test_a_department_gets_another_parent_and_feeds_follow(office):
    office("dept", "add", "龙山区", "--code", "ls")
    assert office("dept", "move", "tsw", "--parent", "龙山区").out == (
        "√ moved: 共青团辽源市委员会 (tsw) belongs to 龙山区\n"
    )
    assert len(office("--json", "history", "龙山区").document["activities"]) == 3
    assert len(office("--json", "history", "辽源市").document["activities"]) == 0
    assert "走访" in office("feed", "show", "ls").out
    assert "走访" not in office("feed", "show", "city").out
    assert office("dept", "move", "ls", "--parent", "tsw").code == 6
    assert office("dept", "move", "tsw").out == (
        "√ moved: 共青团辽源市委员会 (tsw) belongs to no other department\n"
    )
    assert department(office, "tsw")["parent"] is None
    assert office("publish").code == office("audit", "replay").code == 0


def test_an_alias_is_taken_back(office):
    said = office("dept", "alias", "tsw", "团市委", "--remove")
    assert said.out == "√ 共青团辽源市委员会 (tsw) is not called 团市委 any more\n"
    assert office("history", "团市委").code == 3
    refused = office("dept", "alias", "tsw", "tsw", "--remove")
    assert (refused.code, refused.err.splitlines()[0]) == (
        6,
        "“tsw” is not an alias of 共青团辽源市委员会.",
    )


def test_a_department_is_shown_with_all_that_happened_to_it(office):
    office("dept", "rename", "tsw", "市青年局", "--on", "2020-09-01", "--reason", "改名")
    office("dept", "merge", "jyj", "tsw", "--reason", "合并")
    office("dept", "add", "青年宫", "--code", "qng", "--parent", "tsw")
    position = office("--json", "log").document["known_at"]

    said = office("dept", "show", "团市委")

    assert said.code == 0
    head, history = said.out.split("\n\n")
    assert head.splitlines() == [
        "共青团辽源市委员会 (tsw)",
        "  names           共青团辽源市委员会、市青年局 (from 2020-09-01 on)",
        "  aliases         团市委",
        "  short name      团市委",
        "  parent          辽源市 (city)",
        "  parts           青年宫 (qng)",
        "  merged into it  辽源市教育局 (jyj)",
        "  state           from 2020-09-01: 市青年局",
    ]
    registered, renamed = history.splitlines()
    assert (
        "department registered  name 共青团辽源市委员会  aliases 团市委  parent city" in registered
    )
    assert renamed.endswith("department renamed  name 市青年局  from 2020-09-01  改名")

    document = office("--json", "dept", "show", "tsw").document
    assert [event["topic"] for event in document["events"]] == [
        "department.registered",
        "department.renamed",
    ]
    early = office("--json", "dept", "show", "tsw", "--known-at", "3").document
    assert len(early["events"]) == 1
    assert document["known_at"] == position


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ＡＢ局", "abju"),
        ("ＹＯＵＴＨ　Ｏｆｆｉｃｅ", "youth-office"),
        ("１局", "d1ju"),
        ("ﾊ局", "ju"),
    ],
)
def test_a_code_is_made_of_full_width_letters_too(workspace, name, code):
    assert workspace("--json", "dept", "add", name).document["department"]["code"] == code


def test_a_name_of_the_future_is_said_with_its_day_and_nobody_is_called_by_it_before(workspace):
    workspace("dept", "add", "南康区", "--code", "nk")

    renamed = workspace("dept", "rename", "nk", "南康新区", "--on", "2030-01-01")
    assert "南康新区 (nk), from 2030-01-01 on" in renamed.out
    for command in (["short", "nk", "南康"], ["move", "nk"], ["close", "nk"], ["reopen", "nk"]):
        assert "南康新区" not in workspace("dept", *command).out, command


def test_a_department_that_may_be_registered_already_is_named(workspace):
    assert workspace("dept", "add", "辽源市民政局", "--code", "mzj").err == ""

    said = workspace("dept", "add", "市民政局", "--code", "mz")
    assert (said.code, said.out) == (0, "√ registered 市民政局 (mz)\n")
    assert said.err == (
        "! 市民政局 may be the same as 辽源市民政局 (mzj). If it is, undo this, and give that one "
        "another name: `kalends dept alias mzj 市民政局`.\n"
    )
    assert workspace("undo").code == 0
    assert workspace("dept", "alias", "mzj", "市民政局").code == 0

    tried = workspace("dept", "add", "民政局", "--dry-run", "--json")
    assert tried.document["notes"][0].startswith("民政局 may be the same as 辽源市民政局 (mzj).")
    assert workspace("dept", "add", "长春市民政局", "--code", "cc").err == ""


def test_departments_of_a_file_that_may_be_registered_already_are_named(workspace):
    lines = [f"市第{n}中学" for n in range(25)] + [f"辽源市第{n}中学" for n in range(25)]
    Path("roster.csv").write_text("\n".join(["名称", *lines]), "utf-8")

    said = workspace("dept", "add", "--from", "roster.csv")

    assert said.code == 0
    assert said.err.count("may be the same as") == 20
    assert "… and 30 more." in said.err
