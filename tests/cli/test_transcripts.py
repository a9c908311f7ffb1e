"""Whole answers, as a clerk reads them."""


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
        "status: recorded\n"
        "departments: 共青团辽源市委员会 (lead)\n"
        "place: 会议室\n"
        "tags: #推进会\n"
        "\n"
        "5  2020-07-20 10:05  li  recorded\n"
        "6  2020-07-20 10:06  wang  corrected — reason: 漏字\n"
        "    title: 召开推进会 → 召开工作推进会\n"
    )


def test_the_history_of_a_department_holds_its_children_s_activities(recorded):
    kalends, _ = recorded

    said = kalends("history", "我市")

    assert said.out == (
        "辽源市 — activities: 1, as known at position 5\n"
        "\n"
        "Tue 2020-07-14 morning  007a  recorded  共青团辽源市委员会  召开推进会  #推进会\n"
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
        "创城 — activities: 1, departments: 3, position: 6\n"
        "\n"
        "The next 14 days\n"
        "  Wed 2020-07-22  007a  planned  共青团辽源市委员会  召开推进会\n"
        "\n"
        "Last changes\n"
        "  6  2020-07-20 10:06  li  moved — reason: 提前\n"
        "      date: Fri 2020-08-14 → Wed 2020-07-22\n"
        "\n"
        "→ Publish what is new: `kalends publish`.\n"
    )


def test_what_changed_between_two_moments_is_told_with_who_and_why(planned):
    kalends, target = planned
    kalends("move", target, "--to", "8月15日", "--reason", "让路")
    kalends("cancel", target, "--reason", "下雨")

    said = kalends("diff", "5", "7")

    assert said.out == (
        "Between positions 5 and 7 — activities changed: 1\n"
        "~ Sat 2020-08-15  007a  cancelled  共青团辽源市委员会  召开推进会\n"
        "    6  2020-07-20 10:06  li  moved — reason: 让路\n"
        "        date: Fri 2020-08-14 → Sat 2020-08-15\n"
        "    7  2020-07-20 10:07  li  cancelled — reason: 下雨\n"
    )


def test_what_was_recorded_late_is_listed(recorded):
    kalends, _ = recorded

    assert kalends("late", "--days", "5").out == (
        "6 days late  Tue 2020-07-14 morning  007a  recorded  共青团辽源市委员会  召开推进会  #推进会\n"
    )
    said = kalends("late", "--days", "6")
    assert (said.out, said.err) == ("", "Nothing was recorded more than 6 days late.\n")


def test_the_log_is_listed_whole_oldest_first(recorded):
    kalends, _ = recorded

    assert kalends("log").out == (
        "     1  2020-07-20 02:01Z  li  campaign.opened  campaign  创城\n"
        "     2  2020-07-20 02:02Z  li  department.registered  roster  辽源市\n"
        "     3  2020-07-20 02:03Z  li  department.registered  roster  共青团辽源市委员会\n"
        "     4  2020-07-20 02:04Z  li  department.registered  roster  辽源市教育局\n"
        "     5  2020-07-20 02:05Z  li  activity.recorded  007a… v1  召开推进会\n"
    )


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
        "feed format   1\n"
        "id            001abcdefghj\n"
    )


def test_what_is_said_is_undone_by_a_further_event(planned):
    kalends, target = planned
    kalends("move", target, "--to", "8月15日", "--reason", "让路")

    said = kalends("undo")

    assert said.out == "√ undone 007a: Fri 2020-08-14  共青团辽源市委员会  召开推进会\n"
    assert "position 6 was undone" in kalends("show", target).out


def test_a_dry_run_tells_what_would_stand_there(planned):
    kalends, target = planned

    moved = kalends("move", target, "--to", "8月15日", "--reason", "场地", "-n")
    titled = kalends("correct", target, "--title", "大会", "--reason", "漏字", "-n")

    told = "Would be recorded (moved): Sat 2020-08-15  共青团辽源市委员会  召开推进会\n"
    assert moved.out == told
    assert "大会" in titled.out
    assert "召开推进会" in kalends("show", target).out
