"""Making a workspace, and looking after it."""

import shutil
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
    assert 'language = "zh"\n' in (made / "kalends.toml").read_text("utf-8")
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
    assert [one["ok"] for one in kalends("--json", "doctor").document["checks"]].count(False) == 1


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


def test_the_language_is_the_option_s_then_the_workspace_s_then_the_machine_s(
    workspace, monkeypatch
):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert workspace("agenda").err.startswith("No activity")  # the workspace's, English

    assert workspace("--lang", "zh", "agenda").err.startswith("这些日子")
    Path("kalends.toml").write_text("", "utf-8")
    assert workspace("agenda").err.startswith("这些日子")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert workspace("agenda").err.startswith("No activity")
