"""A hint leads out: whoever does what an error proposes can go on, and nothing is wrong any more."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.campaign

KALENDS = f"{sys.executable} -X utf8 -m kalends"


def types(command, folder):
    """Run a line in a shell, as somebody who copies it from a hint."""
    line = re.sub(r"\bkalends (?=[a-z])", f"{KALENDS} ", command)
    env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def proposed(said):
    """Return the commands that a hint proposes, in their order."""
    return re.findall(r"`([^`]+)`", said.split("→", 1)[1])


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "here" / "w"
    place.parent.mkdir()
    for command in (
        f"kalends init {place} --title T --lang en",
        f"kalends dept add 团市委 --code tsw -C {place}",
    ):
        assert types(command, tmp_path)[0] == 0
    for command in (
        "kalends add 2020-07-14 tsw 会",
        "kalends publish",
        "git init -q",
        "git add .",
    ):
        assert types(command, place)[0] == 0
    assert types("git -c user.name=li -c user.email=l@example.org commit -q -m 1", place)[0] == 0
    return place


def goes_on(place):
    """Record something more; nothing may be said to be wrong."""
    code, said = types("kalends add 2020-07-20 tsw 走访", place)
    assert code == 0, said
    assert "unsigned" not in said
    assert types("kalends publish", place)[0] == 0
    for command in ("audit verify", "audit replay", "feed check", "doctor"):
        code, said = types(f"kalends {command}", place)
        assert code == 0, said


@pytest.fixture
def rebased(place, tmp_path):
    """Return a workspace whose journal and checkpoints came from another place, as by a rebase."""
    other = tmp_path / "there" / "w"
    shutil.copytree(place, other)
    assert types("kalends add 2020-07-15 tsw 一", place)[0] == 0
    assert types("kalends add 2020-07-16 tsw 二 && kalends publish", other)[0] == 0
    for name in ("journal.jsonl", "checkpoint"):
        shutil.copy(other / "events" / name, place / "events" / name)
    shutil.copytree(other / "events/checkpoints", place / "events/checkpoints", dirs_exist_ok=True)
    return place


@pytest.mark.parametrize("right", ["journal", "database"])
def test_after_a_rebase_either_side_can_be_kept(rebased, right):
    code, said = types("kalends agenda", rebased)
    assert code == 8
    verify, *proposals = proposed(said)
    code, said = types(verify, rebased)
    assert code == 8
    assert "The journal is what was signed" in said
    by_journal, aside, publish, checkpoints, checkpoint = proposals
    if right == "journal":
        assert types(by_journal, rebased)[0] == 0
    else:
        assert types(aside, rebased)[0] == 0
        code, said = types(publish, rebased)
        assert code == 8
        assert "not what was signed" in said
        for command in (checkpoints, checkpoint, publish):
            code, said = types(command, rebased)
            assert code == 0, (command, said)
    kept = types("kalends agenda --all", rebased)[1]
    assert ("二" in kept, "一" in kept) == (right == "journal", right == "database")
    goes_on(rebased)


def test_a_damaged_database_is_moved_away(place):
    (place / "events/kalends.db").write_bytes(b"no database" * 100)
    code, said = types("kalends agenda", place)
    assert code == 8
    assert types(proposed(said)[0], place)[0] == 0
    goes_on(place)


def test_a_forged_journal_is_restored_from_git(place):
    journal = place / "events/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace("会".encode(), "宴".encode()))
    assert types("rm -r events/kalends.db* .kalends", place)[0] == 0
    code, said = types("kalends agenda", place)
    assert (code, "is not what was signed" in said) == (8, True)
    assert types(proposed(said)[0], place)[0] == 8  # verify says where
    assert not (place / "events/kalends.db").exists()
    assert types("git checkout -q events/journal.jsonl", place)[0] == 0
    goes_on(place)


@pytest.mark.parametrize("what", ["rm feeds/all.ics", "rm -r feeds", "echo >> feeds/all.ics"])
def test_feeds_that_differ_are_published_again(place, what):
    assert types(what, place)[0] == 0
    assert types("kalends publish", place)[0] == 0
    goes_on(place)


def test_a_journal_that_is_behind_is_written_again(place):
    assert types("kalends add 2020-07-15 tsw 一", place)[0] == 0
    assert types("git checkout -q events/journal.jsonl events/checkpoint", place)[0] == 0
    said = json.loads(types("kalends doctor --json", place)[1])
    (error,) = (
        check["error"]
        for check in said["checks"]
        if check["error"] and check["error"]["code"] == "journal-behind"
    )
    assert types(re.findall("`([^`]+)`", error["hint"])[0], place)[0] == 0
    goes_on(place)


def test_a_log_without_a_checkpoint_is_signed_again(place):
    assert types("rm -r events/checkpoint events/checkpoints", place)[0] == 0
    code, said = types("kalends doctor", place)
    assert code == 8
    command = next(command for command in proposed(said) if "audit checkpoint" in command)
    assert types(command, place)[0] == 0
    goes_on(place)


def test_a_lost_key_is_made_anew(place):
    assert types(f"rm -r {Path(os.environ['XDG_CONFIG_HOME']) / 'kalends'}", place)[0] == 0
    code, said = types("kalends add 2020-07-15 tsw 一", place)
    assert (code, "unsigned" in said) == (0, True)
    (command,) = re.findall("`([^`]+)`", said)
    assert types(command, place)[0] == 0
    goes_on(place)
