"""What the machine is like must not decide what is published, recorded or seen by others."""

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kalends.cli.environment import settings_folder
from kalends.domain.value import replace

FULL = Path("/dev/full")


def program(*words, env=None, out=subprocess.PIPE, umask=-1, folder="."):
    """Call the program as a process in the workspace."""
    done = subprocess.run(
        [sys.executable, "-m", "kalends", *words],
        stdout=out, stderr=subprocess.PIPE, check=False, cwd=folder, umask=umask,
        env={**os.environ, "KALENDS_ACTOR": "li", **(env or {})},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done
    return done


def mode(path):
    return stat.S_IMODE(Path(path).stat().st_mode)


@pytest.mark.campaign
def test_published_files_keep_their_mode_and_new_ones_get_the_manifest_s(recorded):
    kalends, _ = recorded
    assert kalends("publish").code == 0
    for path in Path("feeds").iterdir():
        path.chmod(0o644)
    Path("feeds/tsw.ics").chmod(0o640)
    before = mode("events/journal.jsonl")

    assert kalends("add", "7月15日 团市委 走访 #新的").code == 0
    assert program("publish", umask=0o077).returncode == 0

    assert mode("feeds/all.ics") == mode("feeds/manifest.json") == 0o644
    assert mode("feeds/tag-新的.ics") == 0o644
    assert mode("feeds/tsw.ics") == 0o640
    assert mode("events/journal.jsonl") == before


@pytest.mark.campaign
@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_was_recorded_is_recorded_when_the_answer_cannot_be_written(workspace, form):
    with FULL.open("wb") as full:
        done = program("--lang", "en", *form, "add", "7月15日 团市委 走访", out=full)
    assert done.returncode == 0
    assert done.stderr.decode().startswith("! Recorded, but the answer could not be written.")
    assert "Do not repeat" in done.stderr.decode()
    assert len(workspace("--json", "agenda", "--all").document["activities"]) == 1


@pytest.mark.campaign
@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", [("agenda", "--all"), ("add", "-n", "7月15日 团市委 走访")])
def test_where_nothing_was_recorded_a_lost_answer_is_a_failure(recorded, words):  # noqa: ARG001
    with FULL.open("wb") as full:
        assert program(*words, out=full).returncode == 10


@pytest.mark.campaign
@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
def test_an_import_may_be_repeated_and_says_so(workspace):
    line = {"when": "2020-07-15", "title": "走访", "departments": ["团市委"]}
    Path("many.jsonl").write_text(json.dumps(line), "utf-8")
    with FULL.open("wb") as full:
        assert program("add", "--from", "many.jsonl", out=full).returncode == 10
    assert program("add", "--from", "many.jsonl").returncode == 0
    assert len(workspace("--json", "agenda", "--all").document["activities"]) == 1


@pytest.mark.campaign
@pytest.mark.parametrize("given", ["", "kept", "./kept"])
def test_an_empty_or_relative_configuration_folder_is_none(tmp_path, given):
    home = tmp_path / "home"
    home.mkdir()
    env = {"XDG_CONFIG_HOME": given, "HOME": str(home)}
    assert program("init", "w", "--title", "x", env=env, folder=tmp_path).returncode == 0
    assert len(list((home / ".config" / "kalends" / "keys").iterdir())) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"home", "w"}


@pytest.mark.campaign
@pytest.mark.parametrize("seen", ["workspace", "tree", "ignored"])
def test_no_key_is_made_where_others_see_it(tmp_path, seen):
    home = tmp_path / "home"
    home.mkdir()
    env = {"XDG_CONFIG_HOME": str(home / "settings"), "HOME": str(home)}
    if seen == "workspace":
        (home / "kalends.toml").write_text("")
    else:
        git = shutil.which("git")
        if git is None:
            pytest.skip("there is no git")
        subprocess.run([git, "init", "-q", home], check=True)
    if seen == "ignored":
        (home / ".gitignore").write_text("/settings/kalends/keys/\n")

    done = program("--lang", "en", "init", "w", "--title", "x", env=env, folder=tmp_path)

    assert done.returncode == 0
    assert bool(list(home.rglob("*.key"))) == (seen == "ignored")
    said = done.stderr.decode()
    assert ("No key was made" in said) == (seen != "ignored")
    assert ("or let git ignore the folder `keys`. Then" in said) == (seen == "tree")
    assert ("to a folder outside of it. Then" in said) == (seen == "workspace")


@pytest.mark.campaign
@pytest.mark.parametrize("seen", ["workspace", "tree", "ignored", "mode"])
def test_a_key_that_others_see_later_is_found(tmp_path, seen):
    home = tmp_path / "home"
    home.mkdir()
    env = {"XDG_CONFIG_HOME": str(home / "settings"), "HOME": str(home)}
    assert program("init", "w", "--title", "x", env=env, folder=tmp_path).returncode == 0
    assert program("publish", env=env, folder=tmp_path / "w").returncode == 0
    [key] = home.rglob("*.key")

    def doctor():
        done = program("--lang", "en", "doctor", env=env, folder=tmp_path / "w")
        return done.returncode, done.stdout.decode()

    assert doctor()[0] == 0
    if seen == "workspace":
        (home / "kalends.toml").write_text("")
    elif seen == "mode":
        key.chmod(0o640)
    else:
        git = shutil.which("git")
        if git is None:
            pytest.skip("there is no git")
        subprocess.run([git, "init", "-q", home], check=True)
    if seen == "ignored":
        (home / ".gitignore").write_text("keys\n")

    code, said = doctor()

    assert code == {"workspace": 7, "tree": 7, "ignored": 0, "mode": 8}[seen]
    assert ("× the key that signs" in said) == (seen != "ignored")
    assert (f"The private key {key} lies in {home}" in said) == (seen in {"workspace", "tree"})
    assert (f"chmod 600 {key}" in said) == (seen == "mode")
    if seen == "mode":
        key.chmod(0o600)
        assert doctor()[0] == 0


@pytest.mark.campaign
@pytest.mark.parametrize("given", ["w", "w/settings", "w/.kalends"])
def test_no_key_is_made_within_the_workspace_to_be(tmp_path, given):
    env = {"XDG_CONFIG_HOME": str(tmp_path / given), "HOME": str(tmp_path)}

    done = program("--lang", "en", "init", "w", "--title", "x", env=env, folder=tmp_path)

    assert done.returncode == 0
    assert not list(tmp_path.rglob("*.key"))
    assert "Set XDG_CONFIG_HOME to a folder outside of it. Then" in done.stderr.decode()
    assert program("add", "-n", "x", env=env, folder=tmp_path / "w").returncode == 4


@pytest.mark.campaign
@pytest.mark.parametrize("charmap", ["GBK", "GB18030"])
def test_names_of_files_are_utf_8_in_any_locale(recorded, tmp_path, charmap):
    kalends, _ = recorded
    localedef = shutil.which("localedef")
    made = localedef and subprocess.run(
        [localedef, "-i", "zh_CN", "-f", charmap, tmp_path / f"zh_CN.{charmap}"],
        capture_output=True, check=False,
    )  # fmt: skip
    if not made or made.returncode:
        pytest.skip("no locale can be made: Debian's package `locales` has what it takes")
    env = {"LOCPATH": str(tmp_path), "LC_ALL": f"zh_CN.{charmap}", "PYTHONUTF8": "0"}
    assert kalends("dept", "add", "龙山区", "--code", "lsq").code == 0
    assert kalends("add", "7月15日 龙山区 走访 #é测试").code == 0

    first = program("publish", env=env)
    assert first.returncode == 0, first

    names = set(os.listdir(b"feeds"))  # noqa: PTH208 - bytes, as they are on the disk
    assert {"tag-推进会.ics".encode(), "tag-é测试.ics".encode(), b"manifest.json"} <= names
    assert all(name.decode("utf-8") for name in names)
    for words in (("feed", "check"), ("audit", "replay"), ("publish",)):
        assert program(*words, env=env).returncode == 0, words
        assert program(*words).returncode == 0, words
    assert set(os.listdir(b"feeds")) == names  # noqa: PTH208


def without_the_key():
    (key,) = (settings_folder() / "keys").glob("*.key")
    key.rename(key.with_suffix(".elsewhere"))
    return key


def test_a_clone_without_the_key_says_once_in_one_line_that_it_records_unsigned(workspace):
    key = without_the_key()

    first = workspace("add", "7月14日 团市委 走访")
    assert first.code == 0
    (line,) = [line for line in first.err.splitlines() if "unsigned" in line]
    assert str(key) in line
    assert "`kalends audit checkpoint --new-key`" in line
    assert "→" not in first.err
    for command in (
        ["add", "7月15日 团市委 走访"],
        ["publish"],
        ["--json", "add", "7月16日 团市委 会"],
    ):
        later = workspace(*command)
        assert later.code == 0
        assert "unsigned" not in later.err
    assert workspace("doctor").code == 7  # it says how to get the key

    key.with_suffix(".elsewhere").rename(key)
    assert workspace("audit", "checkpoint").code == 0
    assert workspace("publish").code == workspace("doctor").code == 0


def test_publishing_alone_says_it_too_and_in_chinese(workspace):
    workspace("publish")
    workspace("add", "7月14日 团市委 走访")
    without_the_key()

    workspace("add", "7月15日 团市委 走访", "-n")
    said = workspace("--lang", "zh", "publish")
    assert said.code == 0
    if "没有签名" not in said.err:  # all was signed already
        said = workspace("--lang", "zh", "add", "7月15日 团市委 走访")
    assert said.err.count("没有签名") == 1
    assert "没有签名" not in workspace("--lang", "zh", "publish").err


def test_where_the_cache_cannot_remember_it_or_the_keys_change_it_is_said_again(workspace):
    without_the_key()
    workspace("add", "7月14日 团市委 走访")

    Path(".kalends/key-missing").write_bytes(b"other keys")
    assert "unsigned" in workspace("add", "7月15日 团市委 走访").err
    Path(".kalends/key-missing").unlink()
    Path(".kalends/key-missing").mkdir()
    for day in (16, 17):
        said = workspace("--json", "add", f"7月{day}日 团市委 走访")
        assert (said.code, "unsigned" in said.err) == (0, True)
        assert [each["code"] for each in said.document["warnings"]] == ["no-key"]


@pytest.mark.parametrize("year", [1970, 2000, 2019, 2099])
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_clock_far_from_the_installation_is_asked_about_before_there_is_a_record(
    kalends, machine, monkeypatch, year, options
):
    lent = machine.lent
    installed = datetime(2020, 6, 1, tzinfo=UTC)
    machine.lent = lambda: replace(lent(), installed=lambda: installed)
    machine.now = datetime(year, 1, 2, tzinfo=UTC)
    command = ["init", "w", "--title", "T", *options]

    said = kalends(*command, "--json")
    assert (said.code, said.document["error"]["code"]) == (4, "clock-unlikely")
    assert not Path("w").exists()
    monkeypatch.setattr("kalends.cli.context.Context.can_ask", True)
    for answer, code in ((False, 4), (True, 0)):
        monkeypatch.setattr("click.confirm", lambda *_, answer=answer, **__: answer)
        assert kalends(*command).code == code
        assert Path("w").exists() == (answer and not options)
    shutil.rmtree("w", ignore_errors=True)
    assert kalends(*command, "--yes").code == 0


@pytest.mark.parametrize("days", [-2, 0, 1, 1800])
def test_a_clock_near_the_installation_is_not_asked_about(kalends, machine, days):
    lent = machine.lent
    installed = datetime(2020, 6, 1, tzinfo=UTC)
    machine.lent = lambda: replace(lent(), installed=lambda: installed)
    machine.now = installed + timedelta(days=days)
    assert kalends("init", "w", "--title", "T").code == 0


def test_after_a_clock_that_was_ahead_the_hints_lead_out(kalends, machine):
    machine.now = datetime(2099, 1, 1, tzinfo=UTC)
    assert kalends("init", "w", "--title", "T").code == 0
    machine.now = datetime(2020, 7, 20, tzinfo=UTC)
    said = kalends("-C", "w", "dept", "add", "团市委")
    assert "kalends campaign clock --reason TEXT" in said.err
    said = kalends("-C", "w", "campaign", "clock", "--reason", "x")
    assert (said.code, "`kalends campaign clock --reason TEXT --yes`" in said.err) == (4, True)
    assert kalends("-C", "w", "campaign", "clock", "--reason", "x", "--yes").code == 0
    assert kalends("-C", "w", "dept", "add", "团市委").code == 0
