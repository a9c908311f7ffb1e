"""The same activity is not recorded twice without asking."""

import json
import sqlite3
import sys
from pathlib import Path

import pytest
from click import termui

from kalends.cli.context import Context

MEETING = "7月14日上午 团市委 召开推进会"


def written(*lines):
    path = Path("many.jsonl")
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in lines), "utf-8"
    )
    return path


def line(title, when="7月14日", *departments):
    return {"when": when, "title": title, "departments": list(departments or ("团市委",))}


def count(kalends):
    return len(kalends("--json", "agenda", "--all").document["activities"])


@pytest.fixture
def answering(monkeypatch):
    """Return what lets the next calls be answered so at a terminal."""

    def answers(*given):
        waiting = list(given)

        def answer(prompt):
            sys.stderr.write(f"{prompt}\n")
            if not waiting:
                raise EOFError
            return waiting.pop(0)

        monkeypatch.setattr(Context, "can_ask", True)
        monkeypatch.setattr(termui, "visible_prompt_func", answer)

    return answers


def test_the_same_again_is_refused_where_nobody_is(recorded):
    kalends, activity = recorded
    for sentence in (
        MEETING,
        "7月14日下午 团市委 召开推进会 @别处",
        "7月14日 团市委 召开 推进会",
    ):
        said = kalends("add", sentence)
        assert (said.code, said.out) == (4, "")
        assert said.err.splitlines()[0] == (
            f"This looks like an activity on record: {activity[:4]}  "
            "Tue 2020-07-14 morning  共青团辽源市委员会  召开推进会  #推进会  @会议室"
        )
    assert kalends("--json", "add", MEETING).document["error"]["code"] == "on-record"
    assert kalends("add", "-n", MEETING).code == 4
    assert count(kalends) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "7月15日上午 团市委 召开推进会",
        "7月14日上午 市教育局 召开推进会",
        "7月14日上午 团市委、市教育局 召开推进会",
        "7月14日上午 团市委 召开第二次推进会",
        "7月14日—15日 团市委 召开推进会",
    ],
)
def test_what_differs_in_day_department_or_title_is_another_one(recorded, sentence):
    kalends, _ = recorded
    assert kalends("add", sentence).code == 0


def test_it_is_recorded_when_that_is_wanted(recorded):
    kalends, _ = recorded
    assert kalends("add", "--allow-duplicates", MEETING).code == 0
    assert count(kalends) == 2


def test_what_was_retracted_can_be_recorded_again(recorded):
    kalends, activity = recorded
    kalends("retract", activity, "--reason", "误记")
    assert kalends("add", MEETING).code == 0
    assert kalends("add", MEETING).code == 4


def test_what_was_cancelled_moved_or_corrected_is_looked_at_as_it_stands(workspace):
    first = workspace("--json", "add", "8月14日 团市委 开会").document["activity"]["id"]
    workspace("move", first, "--to", "8月15日", "--reason", "雨")
    assert workspace("add", "8月15日 团市委 开会").code == 4
    assert workspace("add", "8月14日 团市委 开会").code == 0
    workspace("cancel", first, "--reason", "雨")
    assert workspace("add", "8月15日 团市委 开会").code == 4
    workspace("correct", first, "--title", "开大会", "--reason", "误")
    assert workspace("add", "8月15日 团市委 开会").code == 0
    assert workspace("add", "8月15日 团市委 开大会").code == 4


def test_at_a_terminal_it_is_asked(recorded, answering):
    kalends, _ = recorded
    answering("")
    said = kalends("add", MEETING)
    assert said.code == 4
    assert said.err.endswith("Given up; nothing was recorded.\n")
    assert count(kalends) == 1
    answering("y")
    said = kalends("add", MEETING)
    assert said.code == 0
    assert "y: record it anyway (Enter to give up)> " in said.err
    assert count(kalends) == 2


def test_what_somebody_else_records_meanwhile_is_seen(recorded, monkeypatch):
    kalends, _ = recorded
    from kalends.application.workspaces.workspace import Workspace

    asked = []
    real = Workspace.alike

    def alike(workspace, wanted):
        asked.append(found := real(workspace, wanted))
        if len(asked) == 1:
            assert kalends("add", "--allow-duplicates", "7月16日 团市委 开会").code == 0
        return found

    monkeypatch.setattr(Workspace, "alike", alike)
    assert kalends("add", "7月16日 团市委 开会").code == 4
    assert [len(likenesses) for likenesses in asked] == [0, 1]
    asked.append(None)
    assert kalends("add", "7月17日 团市委 开会").code == 0


def test_damaged_views_hide_nothing(recorded):
    kalends, _ = recorded
    kalends("agenda")
    views = Path(".kalends/views.db")
    with sqlite3.connect(views) as db:
        db.execute("UPDATE revision SET first_day = 'x'")
    db.close()
    assert kalends("add", MEETING).code == 4
    with sqlite3.connect(views) as db:
        db.execute("DROP TABLE participation")
    db.close()
    assert kalends("add", MEETING).code == 4


# --- a file of many ----------------------------------------------------------------------------


def test_a_mended_file_is_not_recorded_twice(workspace):
    good = [line("走访"), line("调研", "7月15日")]
    assert workspace("add", "--from", written(*good)).code == 0
    mended = written(*good, line("座谈", "7月16日"))

    refused = workspace("add", "--from", mended)
    assert refused.code == 4
    assert refused.err.startswith("Line 1: This looks like an activity on record: ")
    assert count(workspace) == 2

    said = workspace("add", "--from", mended, "--skip-duplicates")
    assert (said.code, said.err) == (
        0,
        "2 were skipped because they look like recorded activities: lines 1-2.\n",
    )
    assert said.out == "1 recorded, 0 were there already; position 7.\n"
    assert workspace("add", "--from", mended, "--allow-duplicates").out.startswith("2 recorded, 1")
    assert count(workspace) == 5


def test_lines_of_one_file_are_compared_too(workspace):
    path = written(line("走访"), line("调研"), line("走 访"))

    said = workspace("add", "--from", path)
    assert said.code == 4
    assert said.err.startswith("Line 3: This looks like the activity in line 1.\n")

    said = workspace("--json", "add", "--from", path, "--skip-duplicates")
    assert said.document["duplicates"] == [{"line": 3, "id": None}]
    assert said.document["recorded"] == 2


def test_with_keep_going_they_are_listed(workspace):
    workspace("add", "7月14日 团市委 走访")
    said = workspace(
        "--json", "add", "--from", written(line("走访"), line("调研")), "--keep-going"
    )
    assert said.code == 9
    assert [(failed["line"], failed["error"]["code"]) for failed in said.document["failed"]] == [
        (1, "on-record")
    ]
    assert said.document["recorded"] == 1


@pytest.mark.parametrize(("answer", "code", "left"), [("p", 0, 2), ("r", 0, 3), ("", 4, 1)])
def test_at_a_terminal_it_is_asked_once_for_all_lines(workspace, answering, answer, code, left):
    workspace("add", "7月14日 团市委 走访")
    answering("x", answer) if answer else answering("")
    said = workspace("add", "--from", written(line("走访"), line("调研")))
    assert said.code == code
    assert "Line 1: This looks like an activity on record: " in said.err
    assert count(workspace) == left


def test_a_long_list_is_cut(workspace, answering):
    lines = [line(f"第{n}次走访") for n in range(12)]
    workspace("add", "--from", written(*lines))
    answering("p")
    said = workspace("add", "--from", written(*lines, line("调研")))
    assert said.err.count("This looks like") == 10
    assert "… and 2 more.\n" in said.err
    assert "lines 1-12." in said.err


def test_lines_that_were_retracted_are_named_and_can_be_recorded_anew(workspace):
    path = written(*(line(f"第{n}次走访") for n in range(4)))
    workspace("add", "--from", path)
    found = workspace("--json", "agenda", "--all").document["activities"]
    ids = {activity["title"]: activity["id"] for activity in found}
    for title in ("第0次走访", "第1次走访", "第3次走访"):
        assert workspace("retract", ids[title], "--reason", "误记").code == 0

    said = workspace("add", "--from", path)
    assert said.out == "0 recorded, 1 were there already; position 11.\n"
    assert said.err == (
        "3 were recorded before and retracted since: lines 1-2, 4. --again records them anew.\n"
    )
    document = workspace("--json", "add", "--from", path).document
    assert document["retracted"][2] == {"line": 4, "id": ids["第3次走访"]}

    assert workspace("add", "--from", path, "--again").out.startswith("3 recorded, 1 were")
    assert workspace("add", "--from", path).out.startswith("0 recorded, 4 were there already")
    assert workspace("add", "--from", path, "--again").out.startswith("0 recorded, 4")


@pytest.mark.parametrize("option", ["--again", "--skip-duplicates", "--keep-going"])
def test_options_for_a_file_need_one(workspace, option):
    said = workspace("add", MEETING, option)
    assert said.code == 2
    assert "go with --from" in said.err


def test_an_import_is_one_act(workspace):
    workspace("add", "--from", written(line("走访"), line("调研"), line("座谈")))
    events = workspace("--json", "log").document["events"][-3:]
    assert len({event["state"]["act"] for event in events}) == 1


def test_what_is_recorded_is_not_offered_to_be_held_or_moved(workspace):
    for day, offered in (("7月14日", False), ("8月14日", True)):
        assert workspace("add", f"{day} 团市委 走访").code == 0
        said = workspace("add", f"{day} 团市委 走访")
        assert said.code == 4
        assert "kalends correct" in said.err
        assert ("kalends held" in said.err, "kalends move" in said.err) == (offered, offered)
