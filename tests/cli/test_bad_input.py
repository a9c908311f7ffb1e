"""What bad input gets: a clear sentence, its cure, its exit code, and nothing half-written."""

import sqlite3
from pathlib import Path

import pytest

JOURNAL = Path("events/journal.jsonl")
DATABASE = Path("events/kalends.db")


def position(kalends):
    return kalends("--json", "campaign", "show").document["known_at"]


@pytest.mark.parametrize(
    ("code", "slug", "arguments"),
    [
        (4, "impossible-date", ["add", "2月30日 团市委 开会"]),
        (4, "impossible-date", ["add", "--when", "2019-02-29", "--dept", "tsw", "--title", "x"]),
        (4, "wrong-weekday", ["add", "7月14日(星期三) 团市委 开会"]),
        (4, "no-date", ["add", "团市委 开会"]),
        (4, "no-department", ["add", "7月14日 某某局 开会"]),
        (4, "no-title", ["add", "7月14日 团市委"]),
        (4, "vague-date", ["add", "--when", "近日", "--dept", "tsw", "--title", "x"]),
        (
            3,
            "department-not-found",
            ["add", "--when", "7月14日", "--dept", "某局", "--title", "x"],
        ),
        (4, "ambiguous-department", ["history", "辽源市委"[:2]]),
        (3, "department-not-found", ["history", "某局"]),
        (3, "activity-not-found", ["show", "zzzz"]),
        (3, "activity-not-found", ["held", "zzzz"]),
        (6, "empty-text", ["add", "--when", "7月14日", "--dept", "tsw", "--title", "  "]),
        (
            6,
            "bad-character",
            ["add", "--when", "7月14日", "--dept", "tsw", "--title", "a\r\nEND:VEVENT"],
        ),
        (6, "bad-character", ["add", "--when", "7月14日", "--dept", "tsw", "--title", "a\u2028b"]),
        (6, "bad-character", ["add", "--when", "7月14日", "--dept", "tsw", "--title", "a\udcffb"]),
        (
            6,
            "long-text",
            ["add", "--when", "7月14日", "--dept", "tsw", "--title", "长" * 1_000_000],
        ),
        (6, "bad-number", ["add", "7月14日 团市委 会", "--headcount", "-1"]),
        (6, "bad-text", ["add", "7月14日 团市委 会", "--tag", "a,b"]),
        (2, "usage", ["add", "7月14日 团市委 会", "--planned", "--held"]),
        (2, "usage", ["add", "--nonsense"]),
        (2, "usage", ["nonsense"]),
        (2, "usage", ["move", "0000"]),
        (6, "bad-text", ["add", "7月14日 团市委 会", "--actor", "a b"]),
        (6, "bad-code", ["dept", "add", "某局", "--code", "CON"]),
        (6, "bad-code", ["dept", "add", "某局", "--code", "all"]),
        (6, "name-taken", ["dept", "add", "团市委"]),
        (6, "empty-text", ["dept", "add", ""]),
        (6, "empty-text", ["dept", "add", "", "--code", "CON"]),
        (6, "bad-character", ["dept", "add", "\udcff"]),
        (6, "name-taken", ["dept", "add", "团市委", "--code", "tsw"]),
        (6, "bad-merge", ["dept", "merge", "tsw", "tsw"]),
        (2, "bad-role", ["add", "7月14日 会", "--dept", "tsw:boss"]),
        (2, "bad-role", ["add", "7月14日 会", "--dept", "团市委："]),
        (3, "department-not-found", ["add", "7月14日 会", "--dept", "某局:boss"]),
        (6, "bad-campaign", ["campaign", "set", "--timezone", "Mars/Olympus"]),
        (6, "bad-campaign", ["campaign", "set", "--hours", "dawn=05:00-06:00"]),
        (6, "bad-campaign", ["campaign", "set", "--hours", "morning=8-9"]),
        (6, "bad-campaign", ["campaign", "set", "--site", "example.org"]),
        (6, "bad-merge", ["dept", "merge", "city", "tsw"]),
        (2, "usage", ["init", "other", "--title", "x", "--from", "2020-06-01"]),
        (2, "usage", ["completion", "tcsh"]),
        (3, "position-not-found", ["log", "--known-at", "99"]),
        (3, "position-not-found", ["log", "--known-at", "0"]),
        (3, "nothing-known", ["log", "--known-at", "2019-01-01"]),
        (4, "unreadable-date", ["log", "--known-at", "nonsense"]),
        (3, "file-not-found", ["add", "--from", "none.jsonl"]),
        (6, "nothing-to-undo", ["undo", "--actor", "nobody"]),
        (6, "workspace-exists", ["init", ".", "--title", "x"]),
        (3, "workspace-not-found", ["-C", "/", "agenda"]),
    ],
)
def test_it_is_refused_with_its_code_and_nothing_is_recorded(workspace, code, slug, arguments):
    before = position(workspace)

    said = workspace("--json", *arguments)

    assert (said.code, said.document["error"]["code"]) == (code, slug), said.document
    assert said.document["ok"] is False
    assert said.document["error"]["hint"]
    assert "Traceback" not in said.out + said.err
    assert position(workspace) == before


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("move", ["--to", "7月15日"]), ("cancel", []), ("reinstate", []), ("retract", []),
        ("withhold", []), ("correct", ["--title", "x"]),
    ],
)  # fmt: skip
def test_a_change_needs_a_reason(planned, command, more):
    kalends, target = planned
    if command == "reinstate":
        kalends("cancel", target, "--reason", "下雨")

    said = kalends(command, target, *more)

    assert said.code == 6
    assert said.err == (
        "A reason is required.\n→ Add --reason and say why, for those who read the history later.\n"
    )


def test_held_again_is_nothing_to_do(planned):
    kalends, target = planned
    assert kalends("held", target).code == 0

    said = kalends("held", target)

    assert (said.code, said.out) == (0, "Nothing to do: 007a is already like this.\n")


def test_a_mistyped_department_is_asked_back(workspace):
    said = workspace("history", "团市")

    assert said.code == 3
    assert "共青团辽源市委员会 (tsw)" in said.err


def test_a_broken_journal_line_is_named_and_left_alone(recorded):
    kalends, _ = recorded
    kalends("publish")
    lines = JOURNAL.read_bytes().splitlines(keepends=True)
    broken = b"".join([lines[0], b"<<<<<<< HEAD\n", *lines[1:]])
    JOURNAL.write_bytes(broken)
    for path in DATABASE.parent.glob("kalends.db*"):
        path.unlink()

    said = kalends("agenda")

    assert said.code == 8
    assert said.err.startswith("Line 2 of journal.jsonl is broken")
    assert JOURNAL.read_bytes() == broken
    assert not DATABASE.exists()


def test_a_corrupt_database_is_said_to_be_one(recorded):
    kalends, _ = recorded
    for path in DATABASE.parent.glob("kalends.db-*"):
        path.unlink()
    DATABASE.write_bytes(b"not a database " * 500)

    said = kalends("agenda")

    assert said.code == 8
    assert said.err.startswith("kalends.db is damaged")


def test_a_log_of_a_newer_kalends_stops_the_reader(recorded):
    kalends, _ = recorded
    with sqlite3.connect(DATABASE) as db:
        db.execute("UPDATE stored_events SET topic = 'activity.dreamt' WHERE rowid = 5")
    db.close()

    said = kalends("agenda")

    assert said.code == 8
    assert "“activity.dreamt”" in said.err
    assert "newer Kalends" in said.err


@pytest.mark.parametrize("change", ["state = CAST(state AS TEXT)", "topic = NULL"])
def test_a_column_of_another_kind_is_said_to_be_damage(recorded, change):
    kalends, _ = recorded
    with sqlite3.connect(DATABASE) as db:
        db.execute(f"UPDATE stored_events SET {change} WHERE rowid > 3")
    db.close()

    for command in ("publish", "doctor", "log", "agenda"):
        said = kalends("--json", command)
        assert said.code == 8, said
        assert "bad-state" in said.out


def test_a_clock_behind_the_record_is_refused(workspace, machine):
    machine.now = machine.now.replace(year=2019)

    said = workspace("add", "7月14日 团市委 会")

    assert said.code == 6
    assert "clock" in said.err


def test_an_unknown_setting_file_is_said_to_be_broken(workspace):
    Path("kalends.toml").write_text("language = ", "utf-8")

    said = workspace("agenda", "--lang", "en")

    assert said.code == 2
    assert "kalends.toml" in said.err


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["campaign", "set", "--hours", "morning=8-9"], "morning=09:00-12:00"),
        (["campaign", "set", "--hours", "dawn=05:00-06:00"], "night=09:00-12:00 morning="),
        (["campaign", "set", "--site", "example.org"], "https://example.org/feeds"),
        (["campaign", "set", "--timezone", "上海"], "Asia/Shanghai"),
        (["init", "other", "--title", "x", "--from", "2020-06-01"], "--from and --to go together"),
        (["add", "7月14日 团市委 会", "--planned", "--held"], "exclude each other"),
        (["dept", "merge", "tsw", "tsw"], "the same department, or a part of it"),
    ],
)
def test_a_refusal_says_what_is_wanted(workspace, arguments, wanted):
    said = workspace(*arguments)

    assert wanted in said.err
    assert "office_hours" not in said.err


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["add", "--from", "none.jsonl"], "没有这个文件或文件夹"),
        (["add", "7月14日 团市委 会", "--headcount", "五十"], "'五十' 不是有效的整数。"),
        (["late", "--days", "三"], "'三' 不是有效的整数。"),
        (["campaign", "set", "--hours", "morning=8"], "办公时间"),
    ],
)
def test_in_chinese_no_english_is_left(workspace, arguments, wanted):
    assert wanted in workspace("--lang", "zh", *arguments).err


@pytest.mark.parametrize(
    ("arguments", "offer"),
    [
        (["ad"], "Did you mean 'add'?"),
        (["dept", "renam"], "Did you mean 'rename'?"),
        (["hold"], "Did you mean 'held'?"),
        (["delete"], "(Did you mean one of: 'retract', 'cancel'?)"),
        (["edit"], "Did you mean 'correct'?"),
        (["list"], "Did you mean 'agenda'?"),
        (["verify"], "Did you mean 'audit verify'?"),
        (["删除"], "(Did you mean one of: 'retract', 'cancel'?)"),
        (["dept", "delete"], "Did you mean 'close'?"),
        (["dept", "list"], "Did you mean 'ls'?"),
        (["campaign", "edit"], "Did you mean 'set'?"),
        (["correct", "k3x9", "--date", "7月15日"], "Did you mean '--when'?"),
        (["add", "--tags", "x"], "Did you mean '--tag'?"),
        (["agenda", "--output", "x"], "Did you mean '--xlsx'?"),
        (["cancel", "k3x9", "--because", "rain"], "Did you mean '--reason'?"),
    ],
)
def test_a_mistyped_command_is_asked_back(workspace, arguments, offer):
    said = workspace(*arguments)

    assert said.code == 2
    assert offer in said.err
    assert "No such command 'xyzzy'.\n" in workspace("xyzzy").err


@pytest.mark.parametrize(
    ("field", "option", "value"),
    [
        ("place", "--place", "水"),
        ("tags", "--tag", "水"),
        ("description", "--description", "水"),
        ("headcount", "--headcount", "0"),
        ("links", "--link", "https://example.org"),
    ],
)
def test_a_field_is_not_cleared_and_filled_at_once(recorded, field, option, value):
    kalends, target = recorded

    said = kalends("correct", target, "--clear", field, option, value, "--reason", "更正")

    assert said.code == 2
    assert said.err.startswith(f"Wrong usage: --clear {field} {option}\n")
    assert kalends("correct", target, "--clear", "tags", option, value, "--reason", "更").code == (
        2 if field == "tags" else 0
    )


def test_a_department_does_not_act_before_its_first_day(workspace):
    assert workspace("dept", "add", "龙山区", "--code", "ls", "--on", "2020-07-10").code == 0

    said = workspace("add", "7月9日 龙山区 开会")

    assert said.code == 6
    assert said.err.startswith("龙山区 exists only from 2020-07-10 on.\n")
    assert workspace("add", "7月10日 龙山区 开会").code == 0
    assert workspace("add", "7月 龙山区 调研").code == 0


def test_the_department_that_leads_stands_first(workspace):
    said = workspace(
        "--json", "add", "7月14日 会", "--dept", "tsw:joint", "--dept", "jyj:participant", "--dept", "city:lead",
    )  # fmt: skip

    found = said.document["activity"]["departments"]
    assert [(department["code"], department["role"]) for department in found] == [
        ("city", "lead"), ("tsw", "joint"), ("jyj", "participant"),
    ]  # fmt: skip


def test_a_dry_run_of_settings_tells_what_would_be_recorded(workspace):
    said = workspace("--json", "campaign", "set", "--title", "新", "-n")

    assert said.document["dry_run"] is True
    (event,) = said.document["events"]
    assert (event["topic"], event["state"]["settings"]["title"]) == ("campaign.revised", "新")
    assert workspace("campaign", "set", "--title", "新", "-n").out == "It would be recorded.\n"
    assert workspace("campaign", "set", "--title", "创城", "-n").out.startswith("Nothing to do")
    assert workspace("--json", "campaign", "show").document["campaign"]["title"] == "创城"


def test_what_changed_is_shown_only_as_far_as_it_was_known(recorded):
    kalends, target = recorded
    kalends("correct", target, "--place", "礼堂", "--reason", "更正")

    def changed(*arguments):
        document = kalends("--json", "diff", *arguments).document
        return document["from"], document["to"], len(document["activities"])

    assert changed("1", "6") == (1, 6, 1)
    assert changed("1", "6", "--known-at", "4") == (1, 4, 0)
    assert changed("6", "1", "--known-at", "4") == (1, 4, 0)
    assert changed("5", "6", "--known-at", "4") == (4, 4, 0)
    assert changed("1", "--known-at", "5") == (1, 5, 1)


def test_a_journal_that_no_kalends_could_have_written_is_not_restored(recorded):
    kalends, _ = recorded
    assert kalends("publish").code == 0
    path = Path("events/journal.jsonl")
    path.write_text(path.read_text("utf-8").replace('"code":"tsw","role"', '"code":"zz","role"'))
    for path in Path("events").glob("kalends.db*"):
        path.unlink()
    said = kalends("--json", "agenda", "--all")
    assert (said.code, said.document["error"]["code"]) == (8, "out-of-course")
    assert not Path("events/kalends.db").exists()


@pytest.mark.parametrize(
    "arguments", [("--known-at", "2", "dept", "add", "新局"), ("-n", "agenda"), ("-n", "doctor")]
)
def test_an_option_of_another_kind_of_command_is_refused_before_its_name_too(workspace, arguments):
    assert workspace(*arguments).code == 2
    assert "新局" not in workspace("dept", "ls").out


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("a:b", "“a:b” is not a valid tag: it contains “:”.\n"),
        ("a b", "“a b” is not a valid tag: it contains a space.\n"),
        (".a", "“.a” is not a valid tag: it contains “.”.\n"),
    ],
)
def test_a_tag_is_refused_with_the_character_that_is_wrong(workspace, tag, message):
    said = workspace("add", "7月14日 团市委 会", "--tag", tag)

    assert said.code == 6
    assert said.err.startswith(message)
    assert "A tag is one word" in said.err


def test_a_name_for_who_records_is_refused_with_the_character_that_is_wrong(workspace):
    said = workspace("--lang", "zh", "add", "7月14日 团市委 会", "--actor", "a b")

    assert said.code == 6
    assert said.err.startswith("“a b”不能用作账号：其中有空格。\n")


@pytest.mark.parametrize("keep_going", [[], ["--keep-going"]])
@pytest.mark.parametrize(
    ("document", "code"),
    [
        (
            b'[{"when": "7\xe6\x9c\x8814\xe6\x97\xa5", "title": "x", "departments": ["tsw"]}]',
            "not-json-lines",
        ),
        ("7月14日 团市委 走访\n".encode(), "not-json-lines"),
        (
            '{"when": "7月14日", "title": "会", "departments": ["tsw"]}'.encode("utf-16"),
            "wrong-encoding",
        ),
    ],
)
def test_a_file_of_another_kind_is_one_fault(workspace, tmp_path, document, code, keep_going):
    source = tmp_path / "given.jsonl"
    source.write_bytes(document)
    before = workspace("--json", "log").document["events"]

    said = workspace("--json", "add", "--from", str(source), *keep_going)

    assert said.code == 2
    assert said.document["error"]["code"] == code
    assert workspace("--json", "log").document["events"] == before


@pytest.mark.parametrize("below", ["", "sub/city"])
def test_a_workspace_is_not_made_where_a_file_is(workspace, tmp_path, below):
    (tmp_path / "f").write_text("kept", "utf-8")

    said = workspace("--json", "init", str(tmp_path / "f" / below), "--title", "T")

    assert said.code == 2
    assert said.document["error"]["code"] == "not-a-folder"
    assert (tmp_path / "f").read_text("utf-8") == "kept"


def test_what_is_cancelled_already_needs_no_reason(workspace):
    target = workspace("--json", "add", "7月30日 团市委 会", "--planned").document["activity"][
        "id"
    ]
    assert workspace("cancel", target, "--reason", "雨").code == 0

    assert workspace("cancel", target).code == 0


def test_an_option_without_its_value_names_the_command_that_explains_it(workspace):
    for command in (["agenda", "--dept"], ["dept", "add", "--code"], ["publish", "--site"]):
        said = workspace(*command)
        words = " ".join(word for word in command if not word.startswith("-"))
        assert said.code == 2
        assert f"kalends {words} --help" in said.err


@pytest.mark.parametrize(
    "asked",
    [
        "audit check {proof}",
        "audit check {proof} --key {key}",
        "audit verify --key {key}",
        "audit served {calendar}",
        "agenda --known-at {calendar}",
        "agenda --known-at {checkpoint}",
    ],
)
def test_what_a_program_saved_as_utf_16_is_named_so(workspace, tmp_path, asked):
    made = workspace("--json", "add", "7月14日 团市委 走访")
    workspace("publish")
    contents = {
        "proof": workspace("audit", "prove", made.document["activity"]["id"]).out,
        "key": Path("kalends.toml").read_text("utf-8").split('"')[-2],
        "calendar": Path("feeds/all.ics").read_text("utf-8"),
        "checkpoint": Path("events/checkpoint").read_text("utf-8"),
    }
    files = {name: tmp_path / f"{name}.given" for name in contents}
    for name, path in files.items():
        path.write_bytes(contents[name].encode("utf-16"))

    said = workspace(*asked.format(**files).split())

    assert said.code == 2
    assert "is UTF-16, not UTF-8" in said.err
    assert "Save the file as UTF-8" in said.err
    assert "codec" not in said.err


def test_a_kept_checkpoint_in_utf_16_is_no_alarm_without_a_word(workspace, tmp_path):
    workspace("add", "7月14日 团市委 走访")
    kept = tmp_path / "kept.txt"
    kept.write_bytes(Path("events/checkpoint").read_text("utf-8").encode("utf-16"))

    said = workspace("audit", "verify", "--against", str(kept))

    assert "UTF-16" in said.out
    assert "codec" not in said.out + said.err


@pytest.mark.parametrize(("encoding", "name"), [("utf-16", "UTF-16"), ("gb18030", "probably GBK")])
def test_settings_saved_with_another_encoding_are_named_so(workspace, encoding, name):
    settings = Path("kalends.toml")
    settings.write_bytes(("# 设置\n" + settings.read_text("utf-8")).encode(encoding))

    said = workspace("agenda")

    assert said.code == 2
    assert f"kalends.toml is {name}, not UTF-8" in said.err
