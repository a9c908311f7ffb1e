"""Making a workspace, and looking after it."""

import errno
import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


def test_a_workspace_is_made_whole(kalends, tmp_path):
    said = kalends(
        "--lang",
        "zh",
        "init",
        "w",
        "--title",
        "创城",
        "--from",
        "2020-06-01",
        "--to",
        "2020-12-31",
    )

    assert said.code == 0
    made = tmp_path / "w"
    assert (made / "kalends.toml").read_text("utf-8").splitlines()[1] == 'language = "zh"'
    assert "events/** -text merge=binary" in (made / ".gitattributes").read_text("utf-8")
    assert (
        kalends("-C", "w", "--json", "campaign", "show").document["campaign"]["language"] == "zh"
    )


@pytest.mark.parametrize(
    "arguments",
    [["--title", ""], ["--title", "x", "--timezone", "Mars"], ["--title", "x", "--from", "2020-06-01"],
     ["--title", "x", "--from", "2020-06-02", "--to", "2020-06-01"], ["--title", "x", "--site", "ftp://x"]],
)  # fmt: skip
def test_a_refused_campaign_leaves_nothing_behind(kalends, tmp_path, arguments):
    assert kalends("init", "w", *arguments).code in {2, 6}
    assert not (tmp_path / "w").exists()


def test_a_dry_run_makes_nothing(kalends, tmp_path):
    assert kalends("init", "w", "--title", "x", "-n").code == 0
    assert kalends("--json", "init", "w", "--title", "x", "-n").document["dry_run"] is True
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    ("code", "slug", "arguments"),
    [
        (6, "empty-text", ["w", "--title", " "]),
        (6, "bad-campaign", ["w", "--title", "x", "--site", "ftp://x"]),
        (6, "bad-campaign", ["w", "--title", "x", "--timezone", "Mars"]),
        (6, "bad-text", ["w", "--title", "x", "--actor", "a b"]),
        (6, "workspace-exists", ["there", "--title", "x"]),
    ],
)
def test_a_dry_run_is_refused_what_a_real_one_is(kalends, tmp_path, code, slug, arguments):
    assert kalends("init", "there", "--title", "x").code == 0

    for way in (["-n"], []):
        said = kalends("--json", "init", *arguments, *way)
        assert (said.code, said.document["error"]["code"]) == (code, slug)
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('language = "zz"', "language"),
        ('langage = "zh"', "langage"),
        ("audit = 3", "audit"),
        ('[audit]\nkeys = "x"', "[audit] keys"),
        ('[audit]\ncheckpoint = "daily"', "[audit] checkpoint"),
        ("[audit]\nkey = []", "[audit] key"),
    ],
)
def test_a_setting_that_there_is_not_is_named(workspace, text, name):
    Path("kalends.toml").write_text(text, "utf-8")

    said = workspace("agenda", "--lang", "en")

    assert said.code == 2
    assert said.err.startswith(f"“{name}” in kalends.toml is not a setting")


@pytest.mark.parametrize("group", ["feed", "dept", "campaign"])
def test_a_group_alone_shows_its_help(workspace, group):
    said = workspace(group)

    assert (said.code, said.err) == (0, "")
    assert said.out == workspace(group, "--help").out
    assert workspace(group, "--lang", "zh").out.startswith("用法")


def test_a_folder_s_own_settings_are_kept(kalends, tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / ".gitignore").write_text("*.pyc\n", "utf-8")

    kalends("init", "w", "--title", "x")

    assert (tmp_path / "w" / ".gitignore").read_text("utf-8").startswith("*.pyc\n/.kalends/\n")


def test_a_workspace_in_order_is_said_to_be(recorded):
    kalends, _ = recorded
    kalends("publish")

    said = kalends("doctor")

    assert said.code == 0
    assert "×" not in said.out


def test_what_is_out_of_order_is_said_with_its_cure(recorded):
    kalends, _ = recorded

    said = kalends("doctor")

    assert said.code == 6
    assert "× what is published is up to date" in said.out
    assert "Run `kalends publish`" in said.out
    assert [check["ok"] for check in kalends("--json", "doctor").document["checks"]].count(
        False
    ) == 1


def test_a_workspace_that_takes_no_writing_is_told_what_helps(recorded, monkeypatch):
    kalends, _ = recorded

    def refused(**_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(
        "kalends.application.workspaces.writing_place.tempfile.NamedTemporaryFile", refused
    )
    said = kalends("doctor")

    assert said.code == 10
    assert "events cannot be written: Read-only file system" in said.out
    assert "mount the disk for writing" in said.out
    assert "See `kalends doctor`" not in said.out


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
@pytest.mark.parametrize(("language", "cure"), [("en", "Choose a folder"), ("zh", "请另选")])
def test_where_nothing_can_be_made_another_folder_is_asked_for(kalends, language, cure):
    said = kalends("--lang", language, "init", "/proc/kalends", "--title", "x")

    assert (said.code, said.out) == (10, "")
    assert f"→ {cure}" in said.err


def test_an_end_that_an_older_program_recorded_before_its_begin_is_named_and_no_fault(workspace):
    kalends = workspace
    said = kalends("--json", "add", "7月14日 14:00-16:00 团市委 开会")
    activity = said.document["activity"]["id"]
    Path("kalends.toml").write_text('language = "en"\naudit = { checkpoint = "never" }\n', "utf-8")
    journal = Path("events/journal.jsonl")
    right = journal.read_bytes()
    journal.write_bytes(right.replace(b'"end":"2020-07-14T08:', b'"end":"2020-07-14T05:'))
    assert journal.read_bytes() != right
    for path in Path("events").glob("*"):
        if path != journal:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(".kalends", ignore_errors=True)
    kalends("publish")

    said = kalends("doctor")
    assert said.code == 0
    assert f"! Activity {activity} ends before it begins" in said.out
    (notice,) = kalends("--json", "doctor").document["notices"]
    assert notice["hint"].startswith(f"`kalends correct {activity} --when")
    assert kalends("audit", "verify", "--journal", journal).code == 8  # nobody has signed it
    assert kalends("correct", activity, "--when", "7月14日 14:00-17:00", "--reason", "x").code == 0
    kalends("publish")
    assert kalends("--json", "doctor").document["notices"] == []
    assert kalends("doctor").code == 0


def test_nothing_further_is_looked_at_where_the_record_is_broken(recorded):
    kalends, _ = recorded
    for path in Path("events").glob("kalends.db-*"):
        path.unlink()
    Path("events/kalends.db").write_bytes(b"nonsense" * 1000)

    said = kalends("doctor")

    assert said.code == 8
    assert said.out.count("√") == 1


def test_a_workspace_without_its_record_says_so(workspace):
    shutil.rmtree("events")

    assert workspace("agenda").code in {3, 8, 10}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_a_shell(kalends, shell):
    said = kalends("completion", shell)

    assert said.code == 0
    assert "_KALENDS_COMPLETE" in said.out


def test_the_version_is_told(kalends):
    assert kalends("--version").out.startswith("kalends 0.1.0")


def test_the_language_is_the_option_s_then_one_s_own_the_workspace_s_and_the_machine_s(
    workspace, monkeypatch
):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert workspace("agenda").err.startswith("No activities")  # the workspace's, English

    for chosen, said in (("zh", "这些日子"), ("zh_CN.UTF-8", "这些日子"), ("de", "No activities")):
        with monkeypatch.context() as own:
            own.setenv("KALENDS_LANG", chosen)
            assert workspace("agenda").err.startswith(said)
            assert workspace("--lang", "en", "agenda").err.startswith("No activities")
    assert workspace("--lang", "zh", "agenda").err.startswith("这些日子")
    Path("kalends.toml").write_text("", "utf-8")
    assert workspace("agenda").err.startswith("这些日子")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert workspace("agenda").err.startswith("No activities")


def test_a_restored_journal_brings_nothing_back_that_it_does_not_hold(recorded, tmp_path):
    kalends, _ = recorded
    kalends("publish")
    shutil.copy("events/journal.jsonl", tmp_path / "kept.jsonl")
    kalends("add", "7月15日 团市委 第二项")
    kalends("publish")
    newer = shutil.copy("events/journal.jsonl", tmp_path / "newer.jsonl")
    shutil.copy(tmp_path / "kept.jsonl", "events/journal.jsonl")
    Path("events/kalends.db").replace(tmp_path / "old.db")

    said = kalends("agenda", "--all")

    restored, shortened, *_ = said.err.splitlines()
    assert restored == "Restored 5 events from events/journal.jsonl."
    assert shortened == "! The log holds 5 events; 6 were signed."
    assert "第二项" not in said.out
    assert said.out.count("\n") == 1
    published = kalends("publish")
    assert "The log holds 5 events; 6 were signed." in published.err
    for command in (
        ["add", "7月16日 团市委 走访"],
        ["undo"],
        ["dept", "add", "新局"],
        ["add", "7月16日 团市委 走访", "-n"],
    ):
        refused = kalends(*command)
        assert refused.code == 8, command
        assert refused.err.startswith("The log holds 5 events; 6 were signed.")
    assert len(Path("events/journal.jsonl").read_bytes().splitlines()) == 5
    shutil.copy(newer, "events/journal.jsonl")  # the newer journal comes back: nothing was lost
    assert kalends("add", "7月16日 团市委 走访").code == 0
    assert kalends("audit", "verify").code == 0


def test_a_checkpoint_that_nobody_trusted_signed_stops_nobody(recorded):
    kalends, _ = recorded
    text = Path("events/checkpoint").read_text("utf-8").split("\n")
    Path("events/checkpoint").write_text("\n".join([text[0], "99", *text[2:]]), "utf-8")
    assert kalends("add", "7月16日 团市委 走访").code == 0


def test_keys_that_cannot_be_read_stop_nobody_from_recording(recorded):
    kalends, _ = recorded
    text = Path("events/checkpoint").read_text("utf-8").split("\n")
    Path("events/checkpoint").write_text("\n".join([text[0], "99", *text[2:]]), "utf-8")
    settings = Path("kalends.toml")
    settings.write_text(
        re.sub(r"kalends/[^\"]*", "nonsense", settings.read_text("utf-8")), "utf-8"
    )
    assert kalends("add", "7月16日 团市委 走访").code == 0


def test_an_empty_journal_restores_nothing(recorded):
    kalends, _ = recorded
    for path in Path("events").glob("kalends.db*"):
        path.unlink()
    Path("events/journal.jsonl").write_bytes(b"")

    said = kalends("agenda")

    assert said.code == 8
    assert said.err.startswith("There is no database, and journal.jsonl is empty or missing.")


def test_the_two_stories_are_named_with_what_to_do(recorded):
    kalends, _ = recorded
    kalends("publish")
    journal = Path("events/journal.jsonl")
    journal.write_bytes(journal.read_bytes().replace("推进".encode(), "动员".encode()))

    said = kalends("agenda")

    assert said.code == 8
    assert "events/journal.jsonl and events/kalends.db, differ from position 5 on" in said.err
    assert "`mv events/kalends.db* ..`" in said.err


@pytest.mark.usefixtures("recorded")
def test_after_a_command_the_database_stands_alone_in_its_file(tmp_path):
    shutil.copy("events/kalends.db", tmp_path / "copy.db")

    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        assert db.execute("SELECT count(*) FROM stored_events").fetchone() == (5,)


def test_how_to_put_completion_into_the_shell_is_said(kalends):
    said = kalends("completion", "bash")

    assert said.err == (
        'Put this line into ~/.bashrc: eval "$(kalends completion bash 2>/dev/null)"\n'
    )
    assert kalends("completion", "fish").err.count("config.fish") == 1


@pytest.mark.parametrize(
    ("locale", "options", "says"),
    [
        ("", ["--title", "创城"], True),
        ("C.UTF-8", ["--title", "创城"], True),
        ("POSIX", ["--title", "创城"], True),
        ("en_US.UTF-8", ["--title", "创城"], False),
        ("zh_CN.UTF-8", ["--title", "创城"], False),
        ("C", ["--title", "Clean City"], False),
        ("C", ["--title", "创城", "--language", "en"], False),
        ("C", ["--title", "创城", "--lang", "en"], False),
        ("C", ["--title", "创城", "--lang", "zh"], False),
    ],
)
def test_feeds_that_would_be_english_unasked_are_spoken_of(
    kalends, monkeypatch, tmp_path, locale, options, says
):
    monkeypatch.setenv("LANG", locale)
    said = kalends("init", tmp_path / "new", *options)
    assert said.code == 0
    assert said.err.startswith("! Its messages and feeds are in English") is says
