"""Whole answers, as a clerk reads them."""

from datetime import timedelta

import pytest


def test_an_activity_is_recorded_in_one_sentence_and_said_back(workspace):
    said = workspace("add", "7月14日上午", "团市委", "召开推进会", "#推进会", "@会议室")

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "√ recorded 007a: Tue 2020-07-14 morning  共青团辽源市委员会  召开推进会  #推进会  @会议室\n"
    )


def test_the_same_in_chinese(workspace):
    said = workspace(
        "--lang", "zh", "add", "7月14日上午团市委联合市教育局召开推进会#推进会@会议室"
    )

    assert said.out == (
        "√ 已记录 007a：2020-07-14 周二 上午  共青团辽源市委员会、辽源市教育局  召开推进会  #推进会  @会议室\n"
    )


def test_a_first_day_after_today_is_planned(workspace):
    said = workspace("add", "8月14日 团市委 召开推进会")

    assert said.out == "√ planned 007a: Fri 2020-08-14  共青团辽源市委员会  召开推进会\n"


def test_a_correction_shows_old_and_new_with_who_and_why(recorded):
    kalends, target = recorded
    kalends("correct", target, "--title", "召开工作推进会", "--reason", "漏字", "--actor", "wang")

    said = kalends("show", target)

    assert said.out == (
        "召开工作推进会  [007a]\n"
        "date: Tue 2020-07-14 morning  “7月14日上午”\n"
        "status: held\n"
        "departments: 共青团辽源市委员会 (lead)\n"
        "place: 会议室\n"
        "tags: #推进会\n"
        "\n"
        "What happened to it (times of Asia/Shanghai):\n"
        "5  2020-07-20 10:05  li  recorded\n"
        "6  2020-07-20 10:06  wang  corrected — reason: 漏字\n"
        "    title: 召开推进会 → 召开工作推进会\n"
    )


def test_the_history_of_a_department_holds_its_children_s_activities(recorded):
    kalends, _ = recorded

    said = kalends("history", "我市")

    assert said.out == (
        "辽源市 — activities: 1, as known at position 5; times of Asia/Shanghai\n"
        "\n"
        "Tue 2020-07-14 morning  007a  held  共青团辽源市委员会  召开推进会  #推进会  @会议室\n"
    )


def test_the_agenda_begins_today(planned):
    kalends, _ = planned
    kalends("add", "7月14日 团市委 旧事")

    assert (
        kalends("agenda").out == "Fri 2020-08-14  007a  planned  共青团辽源市委员会  召开推进会\n"
    )
    assert kalends("agenda", "--all").out.count("\n") == 2
    assert kalends("agenda", "--to", "7月31日").out.count("\n") == 1


def test_alone_it_says_where_things_stand(planned):
    kalends, target = planned
    kalends("move", target, "--to", "7月22日", "--reason", "提前")

    said = kalends()

    assert said.out == (
        "创城 — today is Mon 2020-07-20\n"
        "activities: 1, departments: 3, position: 6\n"
        "\n"
        "Planned for the next 14 days\n"
        "  Wed 2020-07-22  007a  planned  共青团辽源市委员会  召开推进会\n"
        "\n"
        "Last changes (times of Asia/Shanghai)\n"
        "  007a  召开推进会\n"
        "    6  2020-07-20 10:06  li  moved — reason: 提前\n"
        "        date: Fri 2020-08-14 → Wed 2020-07-22\n"
        "\n"
        "→ Publish what is new: `kalends publish`.\n"
    )


def test_what_changed_between_two_moments_is_told_with_who_and_why(planned):
    kalends, target = planned
    kalends("move", target, "--to", "8月15日", "--reason", "让路")
    kalends("cancel", target, "--reason", "下雨")

    said = kalends("diff", "5", "7")

    assert said.out == (
        "Between positions 5 and 7 — activities changed: 1; times of Asia/Shanghai\n"
        "~ Sat 2020-08-15  007a  cancelled  共青团辽源市委员会  召开推进会\n"
        "    6  2020-07-20 10:06  li  moved — reason: 让路\n"
        "        date: Fri 2020-08-14 → Sat 2020-08-15\n"
        "    7  2020-07-20 10:07  li  cancelled — reason: 下雨\n"
    )


def test_what_was_recorded_late_is_listed(recorded):
    kalends, _ = recorded

    assert kalends("late", "--days", "5").out == (
        "6 days late  Tue 2020-07-14 morning  007a  held  共青团辽源市委员会  召开推进会  #推进会  @会议室\n"
    )
    said = kalends("late", "--days", "6")
    assert (said.out, said.err) == ("", "Nothing was recorded more than 6 days late.\n")


def test_the_log_is_listed_whole_oldest_first(recorded):
    kalends, _ = recorded

    said = kalends("log")

    assert said.err == "Times are those of Asia/Shanghai.\n"
    assert said.out == (
        "     1  2020-07-20 10:01  li  campaign.opened  campaign  创城\n"
        "     2  2020-07-20 10:02  li  department.registered  roster  辽源市\n"
        "     3  2020-07-20 10:03  li  department.registered  roster  共青团辽源市委员会\n"
        "     4  2020-07-20 10:04  li  department.registered  roster  辽源市教育局\n"
        "     5  2020-07-20 10:05  li  activity.recorded  007a… v1  召开推进会\n"
    )
    assert kalends("--json", "log").document["events"][0]["at"] == "2020-07-20T02:01:00Z"


def test_in_chinese_a_topic_has_a_word_beside_it(recorded):
    kalends, _ = recorded

    last = kalends("--lang", "zh", "log").out.splitlines()[-1]

    assert last == ("     5  2020-07-20 10:05  li  activity.recorded 已记录  007a… v1  召开推进会")


def test_departments_are_listed_under_their_parents(workspace):
    assert workspace("dept", "ls").out == (
        "city  辽源市                我市\n"
        "tsw     共青团辽源市委员会  团市委\n"
        "jyj     辽源市教育局        市教育局\n"
    )


def test_the_settings_are_shown(workspace):
    assert workspace("campaign", "show").out == (
        "title         创城\n"
        "zone          Asia/Shanghai\n"
        "language      en\n"
        "period        2020-06-01 — 2020-12-31\n"
        "site          —\n"
        "office hours  night 00:00-06:00  morning 08:30-11:30  noon 11:30-13:30  "
        "afternoon 13:30-17:00  evening 18:00-21:00\n"
        "UID domain    001abcdefghj.kalends\n"
        "feed format   2\n"
        "id            001abcdefghj\n"
    )


def test_what_is_said_is_undone_by_a_further_event(planned):
    kalends, target = planned
    kalends("move", target, "--to", "8月15日", "--reason", "让路")

    said = kalends("undo")

    assert said.out == (
        "√ undone: moved, position 6\n"
        "  007a  Fri 2020-08-14  共青团辽源市委员会  召开推进会\n"
        "  It is planned for that time again.\n"
    )
    assert "reason: the last change was undone" in kalends("show", target).out


@pytest.mark.parametrize("days", [["今天"], ["7月20日"], ["昨天"], ["今天", "今天"]])
def test_a_day_alone_or_given_twice_is_taken_from_its_beginning(planned, days):
    kalends, _ = planned

    said = kalends("diff", *days)

    assert said.out.startswith("Between positions 0 and 5 — activities changed: 1")


@pytest.mark.parametrize(
    ("days", "between"),
    [
        (["7月21日", "7月21日"], "5 and 6"), (["7月21日"], "5 and 7"),
        (["7月20日", "7月22日"], "5 and 7"), (["7月22日", "7月20日"], "5 and 7"),
        (["7月21日", "7月22日"], "6 and 7"), (["7", "5"], "5 and 7"),
    ],
)  # fmt: skip
def test_of_two_days_each_is_its_last_instant(planned, machine, days, between):
    kalends, target = planned
    machine.now += timedelta(days=1)
    kalends("move", target, "--to", "8月15日", "--reason", "让路")
    machine.now += timedelta(days=1)
    kalends("cancel", target, "--reason", "下雨")

    assert kalends("diff", *days).out.startswith(f"Between positions {between} —")


def test_before_the_log_there_was_nothing(planned):
    kalends, _ = planned

    for first in ("2019-01-01", "0", "2019-01-01 08:00"):
        said = kalends("--json", "diff", first)
        assert (said.document["from"], said.document["to"]) == (0, 5)
        assert [activity["added"] for activity in said.document["activities"]] == [True]
    assert kalends("diff", "2019-01-01", "2019-02-01").out.startswith("Between positions 0 and 0")


def test_what_is_cancelled_or_has_taken_place_is_not_among_what_is_planned(workspace):
    for n, sentence in enumerate(("7月22日 团市委 甲", "7月23日 团市委 乙", "7月24日 团市委 丙")):
        target = workspace("--json", "add", sentence).document["activity"]["id"]
        if n == 0:
            workspace("cancel", target, "--reason", "下雨")
        if n == 1:
            workspace("held", target)

    planned = workspace().out.split("Last changes")[0]

    assert [title in planned for title in "甲乙丙"] == [False, False, True]


def test_what_does_not_fit_is_counted(workspace):
    for n in range(10):
        workspace("add", f"7月22日 团市委 第{n}项")

    assert "  … and 2 more: `kalends agenda --all`\n" in workspace().out


def test_an_undone_record_is_said_to_be_gone_for_good(recorded):
    kalends, _ = recorded
    gone = "  It is retracted, and that is final: undo does not bring it back.\n"

    tried = kalends("undo", "-n")
    assert tried.out.startswith("Would be undone: recorded, position 5\n  007a  ")
    assert tried.out.endswith(gone)
    said = kalends("undo")

    assert said.out.startswith("√ undone: recorded, position 5\n  007a  ")
    assert said.out.endswith(gone)
    assert kalends("undo").out == (
        "√ undone: department registered, position 4\n"
        "  辽源市教育局 (jyj) is not on the roster any more.\n"
    )


def test_each_refused_undo_says_why_and_its_cure(planned):
    kalends, target = planned
    kalends("cancel", target, "--reason", "下雨", "--actor", "wang")
    since = kalends("undo").err
    kalends("retract", target, "--reason", "误记")
    final = kalends("undo").err

    assert since == (
        "Your last act, “planned” at position 5, cannot be undone: wang changed 007a since, at "
        "position 6.\n→ `kalends log` shows the later change; correct it with a new command.\n"
    )
    assert final == (
        "Your last act, “retracted” at position 7, cannot be undone: a retraction is final.\n"
        "→ If it did take place, record it again with `kalends add`.\n"
    )


def test_a_dry_run_tells_what_would_stand_there(planned):
    kalends, target = planned

    moved = kalends("move", target, "--to", "8月15日", "--reason", "场地", "-n")
    titled = kalends("correct", target, "--title", "大会", "--reason", "漏字", "-n")

    wanted = "Would be recorded (moved): Sat 2020-08-15  共青团辽源市委员会  召开推进会\n"
    assert moved.out == wanted
    assert "大会" in titled.out
    assert "召开推进会" in kalends("show", target).out
