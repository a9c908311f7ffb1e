"""What is asked at a terminal, and what an answer changes; and notes beside an answer."""

import sys

import pytest
from click import termui

from kalends.cli.context import Context


@pytest.fixture
def at_terminal(workspace, monkeypatch):
    """Return a call of somebody who types these answers, and then ends the input."""

    def call(*arguments, answers):
        waiting = list(answers)

        def answer(prompt):
            sys.stderr.write(f"{prompt}\n")
            if not waiting:
                raise EOFError
            return waiting.pop(0)

        with monkeypatch.context() as patch:
            patch.setattr(Context, "can_ask", True)
            patch.setattr(termui, "visible_prompt_func", answer)
            said = workspace(*arguments)
        assert not waiting
        return said

    return call


def test_a_wrong_weekday_is_asked_and_the_rest_is_kept(at_terminal):
    said = at_terminal(
        "add",
        "7月14日（星期三）上午团市委开展整治",
        answers=["胡说", "7月15日至14日", "7月14日上午"],
    )

    assert said.out == "√ recorded 007a: Tue 2020-07-14 morning  共青团辽源市委员会  开展整治\n"
    assert said.err.startswith(
        "“7月14日（星期三）上午”: 2020-07-14 is not 星期三.\n"
        "→ Correct the date or the weekday; one of them is wrong.\n"
        "Date (Enter to give up)>"
    )
    assert "“胡说” cannot be read as a date" in said.err
    assert said.err.count("Date (Enter to give up)>") == 3


@pytest.mark.parametrize("answers", [[""], [" "], [], ["某局", ""]])
def test_nothing_answered_gives_up(at_terminal, answers):
    said = at_terminal("add", "7月14日 开展走访", answers=answers)

    assert (said.code, said.out) == (4, "")
    assert said.err.endswith("Given up; nothing was recorded.\n")


def test_the_prompts_are_said_in_chinese(at_terminal):
    said = at_terminal("--lang", "zh", "add", "走访", answers=["7月14日", ""])

    assert "日期（回车放弃）>" in said.err
    assert "部门（回车放弃）>" in said.err
    assert said.err.endswith("已放弃，没有记录任何内容。\n")


def test_candidates_are_numbered_and_a_number_chooses_one(at_terminal, workspace):
    workspace("dept", "add", "龙山区教育局", "--code", "lsjyj", "--alias", "龙山教育局，区教育局")

    said = at_terminal("add", "7月14日教育局开会", answers=["x", "2"])

    assert "\n  1  辽源市教育局 (jyj)\n  2  龙山区教育局 (lsjyj)\n" in said.err
    assert said.err.count("\n  1  ") == 2
    assert said.out == "√ recorded 008a: Tue 2020-07-14  龙山区教育局  开会\n"


def test_a_department_and_a_date_given_by_options_are_asked_too(at_terminal):
    said = at_terminal(
        "add", "--dept", "某局:参加", "--when", "近日", answers=["走访", "7月14日", "团市委"]
    )

    assert said.out == "√ recorded 007a: Tue 2020-07-14  共青团辽源市委员会  走访\n"


def test_a_second_date_asks_for_the_title(at_terminal):
    said = at_terminal("add", "7月14日团市委开会；7月15日检查", answers=["开会"])

    assert said.out == "√ recorded 007a: Tue 2020-07-14  共青团辽源市委员会  开会\n"


def test_a_date_in_pieces_is_asked_and_none_of_them_stays_in_the_title(at_terminal):
    said = at_terminal("add", "7.1团市委 4走访", answers=["7.14"])

    assert said.out == "√ recorded 007a: Tue 2020-07-14  共青团辽源市委员会  走访\n"
    assert "“7.1 … 4”" in said.err


@pytest.mark.parametrize(
    "title", ["7.1 … 4", "7月 团市委 14日", "July 14 at 3lpm", "2020-07- 14走访", "下 周三"]
)
def test_a_date_and_a_title_given_by_options_are_never_asked_about(workspace, title):
    said = workspace("add", "--title", title, "--when", "2020-07-14", "--dept", "tsw")

    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(f"  {title}\n")


def test_interrupted_is_not_giving_up(workspace, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Context, "can_ask", True)
    monkeypatch.setattr(termui, "visible_prompt_func", interrupt)

    assert workspace("add", "7月14日 走访").code == 130


def test_a_place_of_several_words_keeps_its_words(workspace):
    said = workspace("add", "7月14日", "团市委", "开会", "@Town Hall", "#a")
    alone = workspace("add", "@会议室 7月15日 团市委 开会")
    given = workspace("add", "--when", "7月16日", "--dept", "tsw", "--title", "开会", "@Town Hall")

    assert said.out.endswith("  开会  #a  @Town Hall\n")
    assert alone.out.endswith("  开会  @会议室\n")
    assert given.out.endswith("  开会  @Town Hall\n")


def test_add_alone_shows_an_example(workspace):
    said = workspace("add")

    assert said.code == 2
    assert said.err == (
        "No activity was described.\n"
        "→ For example: kalends add July 14 2pm Youth League meeting '#youth' '@Town Hall'.\n"
    )


OUTSIDE = (
    "! 2019-07-14 lies outside the campaign (2020-06-01 — 2020-12-31). "
    "If that is wrong: `kalends undo`.\n"
)
TO_COME = "! 2020-08-14 is still to come. If it was not held yet: `kalends undo`.\n"


def test_a_date_outside_the_campaign_is_noted(planned):
    kalends, target = planned

    assert kalends("add", "2019-07-14 团市委 开会").err == OUTSIDE
    assert kalends("add", "2020年 团市委 创建").err == ""
    assert kalends("move", target, "--to", "2019-07-14", "--reason", "误").err == OUTSIDE
    assert kalends("correct", target, "--when", "2019-07-14", "--reason", "误").err == ""
    assert kalends("correct", target, "--when", "7月14日", "--reason", "误").err == ""
    assert kalends("correct", target, "--when", "2019-07-14", "--reason", "误").err == OUTSIDE


def test_what_is_held_before_its_day_is_noted(planned):
    kalends, target = planned

    assert kalends("held", target).err == TO_COME
    assert kalends("held", target).err == ""
    assert kalends("add", "8月14日 团市委 开会", "--held").err == TO_COME


def test_aliases_are_split_at_commas(workspace):
    assert (
        workspace(
            "dept", "add", "城管局", "--code", "cgj", "--alias", "市城管，城管、cg; 执法,"
        ).code
        == 0
    )
    assert "城管局城管、市城管、cg、执法" in workspace("dept", "ls").out.replace(" ", "")

    said = workspace("dept", "alias", "cgj", "甲，乙")

    assert said.code == 6
    assert said.err.startswith("“甲，乙” is not a valid alias: it looks like several.\n")


@pytest.mark.parametrize(
    ("answer", "clock"),
    [
        ("15:00", "15:00"),
        ("15点", "15:00"),
        ("下午3点", "15:00"),
        ("3pm", "15:00"),
        ("下午", "15:00"),
        ("pm", "15:00"),
        ("2", "15:00"),
        ("1", "03:00"),
        ("3:00 am", "03:00"),
    ],
)
def test_a_time_in_doubt_keeps_the_day_that_was_read(at_terminal, answer, clock):
    said = at_terminal("add", "7月14日3点 团市委 走访", answers=[answer])

    assert f"Tue 2020-07-14 {clock}  共青团" in said.out
    assert "  1  Tue 2020-07-14 03:00\n  2  Tue 2020-07-14 15:00\n" in said.err


@pytest.mark.parametrize("answer", ["15:00", "3:30pm", "15点", "下午3点"])
def test_an_answer_without_a_day_never_means_today(at_terminal, answer):
    said = at_terminal("add", "团市委 走访", answers=[answer, "7月14日15:00"])

    assert f"“{answer}” gives a time, but no day.\n" in said.err
    assert "Tue 2020-07-14 15:00  共青团" in said.out


@pytest.mark.parametrize("clock", ["15:00", "3pm", "15点", "下午3点"])
def test_a_time_alone_keeps_the_day_of_an_activity_and_begins_none(workspace, clock):
    made = workspace("add", "2020-12-20 9:00 团市委 走访")
    ref = made.out.split()[2].rstrip(":")

    moved = workspace("move", ref, "--to", clock, "--reason", "x")
    corrected = workspace("correct", ref, "--when", "16:00", "--reason", "x")
    added = workspace("add", "--when", clock, "团市委 学习")

    assert "2020-12-20 15:00" in moved.out
    assert "2020-12-20 16:00" in corrected.out
    assert (added.code, added.out) == (4, "")
    assert added.err.startswith(f"“{clock}” gives a time, but no day.")


def test_a_time_alone_is_refused_for_an_activity_of_several_days(workspace):
    ref = workspace("add", "2020-12-20至22日 团市委 走访").out.split()[2].rstrip(":")

    said = workspace("move", ref, "--to", "15:00", "--reason", "x")

    assert said.code == 4
    assert "“15:00” gives a time, but no day." in said.err


@pytest.mark.parametrize(
    ("command", "more", "done"),
    [
        ("move", ["--to", "8月15日"], "moved"), ("cancel", [], "cancelled"),
        ("retract", [], "retracted"), ("withhold", [], "withheld"),
        ("correct", ["--title", "座谈会"], "corrected"),
    ],
)  # fmt: skip
def test_a_reason_that_is_missing_is_asked_for(at_terminal, command, more, done):
    target = at_terminal("add", "8月14日 团市委 座谈", "--json", answers=[]).document["activity"][
        "id"
    ]

    given_up = at_terminal(command, target, *more, answers=[""])
    assert (given_up.code, given_up.out) == (6, "")
    assert given_up.err == (
        "Reason, for those who read the history later (Enter to give up)> \n"
        "Given up; nothing was recorded.\n"
    )
    said = at_terminal(command, target, *more, answers=["场地冲突"])
    assert said.out.startswith(f"√ {done} 007a: ")
    assert "reason: 场地冲突" in at_terminal("show", target, answers=[]).out


def test_no_reason_is_asked_for_where_nothing_changes_or_it_is_refused(at_terminal):
    target = at_terminal("add", "8月14日 团市委 座谈", "--json", answers=[]).document["activity"][
        "id"
    ]

    for same in (["correct", target, "--title", "座谈"], ["move", target, "--to", "8月14日"]):
        said = at_terminal(*same, answers=[])
        assert (said.code, said.out) == (0, "Nothing to do: 007a is already like this.\n")
    assert at_terminal("held", target, answers=[]).code == 0
    refused = at_terminal("cancel", target, answers=[])
    assert refused.code == 6
    assert refused.err.startswith("The activity is held; it cannot be cancelled.\n")


@pytest.mark.parametrize("words", [[], [""], ["  "], ["", " "]])
def test_without_words_nothing_is_said_of_a_date(workspace, words):
    said = workspace("add", *words)
    assert said.code == 2
    assert said.err.startswith("No activity was described.\n→ For example: kalends add ")
