"""What was promised, attacked; `bench/attacks.py` is the long campaign.

`KALENDS_KILLS=200 python -m pytest tests/audit/test_attacks.py` kills so often.
"""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing, suppress
from pathlib import Path

import pytest

import attacks_on_logs as attacks
from attacks_on_logs import (
    Workspace,
    cut,
    databases,
    eio,
    failing,
    flipped,
    fresh,
    journals,
    kills,
    moved,
)
from kalends.cli.app import main
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.sqlite.store import SQLiteLog

pytestmark = pytest.mark.campaign

KILLS = int(os.environ.get("KALENDS_KILLS", "8"))


@pytest.fixture
def log(tmp_path):
    place, octets = fresh(tmp_path / "log")
    yield place, octets
    place.close()


@pytest.fixture
def kalends(tmp_path, monkeypatch, capfd):
    """Call the program in a published workspace of which somebody kept a checkpoint and the key."""
    monkeypatch.setenv("KALENDS_ACTOR", "li")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))

    def call(*words):
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["-C", str(tmp_path / "w"), "--lang", "en", *words])
        return left.value.code, capfd.readouterr().out

    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "w"), "--title", "创城"])
    assert call("dept", "add", "团市委", "--code", "tsw")[0] == 0
    for day in ("7月14日", "7月15日", "7月16日"):
        assert call("add", f"2020年{day} tsw 会 @会议室")[0] == 0
    assert call("publish")[0] == 0
    monkeypatch.chdir(tmp_path)
    shutil.copytree(tmp_path / "w/events/checkpoints", tmp_path / "kept")
    (tmp_path / "key").write_text(
        tomllib.loads(Path("w/kalends.toml").read_text())["audit"]["keys"][0]
    )
    assert call("audit", "verify", "--against", "kept", "--key", "key")[0] == 0
    return call


REWORDED = "UPDATE stored_events SET state = CAST(replace(state, '会议室', '广场') AS BLOB) WHERE rowid = 4"
TABLE = {
    "edit": [REWORDED],
    "swap": [
        "UPDATE stored_events SET rowid = -3 WHERE rowid = 3",
        "UPDATE stored_events SET rowid = 3 WHERE rowid = 4",
        "UPDATE stored_events SET rowid = 4 WHERE rowid = -3",
    ],
    "delete": ["DELETE FROM stored_events WHERE rowid = 4"],
    "insert": [
        "UPDATE stored_events SET rowid = 6 WHERE rowid = 5",
        "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) SELECT 5, 'activity-zzzzzzzzzzzz', 1, topic, state FROM stored_events WHERE rowid = 4",
    ],
    "back-date": [
        "UPDATE stored_events SET state = CAST(replace(state, '2020-07-15', '2020-07-01') AS BLOB) WHERE rowid = 4"
    ],
    "change a recorded time": [
        "UPDATE stored_events SET state = CAST(json_set(state, '$.at', '2020-01-01T00:00:00Z') AS BLOB) WHERE rowid = 4"
    ],
    "BLOB to TEXT": ["UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = 4"],
    "delete the newest": ["DELETE FROM stored_events WHERE rowid > 3"],
    "delete all": ["DELETE FROM stored_events"],
}


def changed(*statements):
    with closing(sqlite3.connect("w/events/kalends.db")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def rewritten():
    """Let the journal tell what the database tells now, and forget all else."""
    with closing(Log(SQLiteLog(Path("w/events/kalends.db")))) as log:
        Path("w/events/journal.jsonl").write_bytes(
            b"".join(compose(row) + b"\n" for row in log.rows())
        )
    shutil.rmtree("w/.kalends")


@pytest.mark.parametrize("attack", TABLE)
def test_an_attack_on_the_database_is_found(kalends, attack):
    changed(*TABLE[attack])
    code, answer = kalends("audit", "verify")
    assert code == 8
    assert "  position " in answer or "× position " in answer


@pytest.mark.parametrize("attack", sorted(set(TABLE) - {"delete", "swap", "BLOB to TEXT"}))
def test_the_same_with_everything_made_anew_is_found_by_the_signature(kalends, attack):
    changed(*TABLE[attack])
    rewritten()
    assert kalends("audit", "verify")[0] == 8


@pytest.mark.parametrize("attack", ["edit", "back-date", "delete the newest", "insert"])
def test_signed_again_with_the_stolen_key_is_found_by_a_kept_checkpoint(kalends, attack):
    changed(*TABLE[attack])
    rewritten()
    Path("w/events/checkpoint").unlink()
    shutil.rmtree("w/events/checkpoints")
    assert kalends("audit", "checkpoint")[0] == 0
    assert kalends("audit", "verify")[0] == 0  # here nothing can be seen any more
    code, answer = kalends("audit", "verify", "--against", "kept")
    assert code == 8
    assert ("two versions were signed" in answer) == (attack in {"edit", "back-date"})


def test_signed_again_with_another_key_is_found_by_who_knows_the_key(kalends):
    changed(REWORDED)
    rewritten()
    Path("w/events/checkpoint").unlink()
    shutil.rmtree("w/events/checkpoints")
    assert kalends("audit", "checkpoint", "--new-key")[0] == 0
    text = Path("w/kalends.toml").read_text()
    Path("w/kalends.toml").write_text(text.replace(f'  "{Path("key").read_text()}",\n', ""))
    assert kalends("audit", "verify")[0] == 0
    code, answer = kalends("audit", "verify", "--key", "key")
    assert code == 8
    assert "no trusted key has signed this checkpoint" in answer


def test_an_old_copy_of_everything_is_found_by_a_kept_checkpoint(kalends):
    shutil.copytree("w", "old")
    assert kalends("add", "2020-07-17 tsw 会")[0] == 0
    assert kalends("publish")[0] == 0
    shutil.copytree("w/events/checkpoints", "kept", dirs_exist_ok=True)
    shutil.rmtree("w")
    shutil.move("old", "w")
    assert kalends("audit", "verify")[0] == 0
    code, answer = kalends("audit", "verify", "--against", "kept")
    assert code == 8
    assert "position 6" in answer


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("views.db", "UPDATE revision SET title = '别的会'"),
        (
            "components.db",
            "UPDATE component SET body = CAST(replace(body, '会议室', '广场') AS BLOB)",
        ),
        ("feeds", ""),
    ],
)
def test_what_was_poisoned_is_found_by_replaying(kalends, file, statement):
    assert kalends("audit", "replay")[0] == 0
    if statement:
        with closing(sqlite3.connect(f"w/.kalends/{file}")) as db:
            db.execute(statement)
            db.commit()
    else:
        path = Path("w/feeds/all.ics")
        path.write_bytes(path.read_bytes().replace("会议室".encode(), "广场".encode()))
    assert kalends("audit", "replay")[0] == 8
    assert kalends("audit", "verify")[0] == 0


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.mark.parametrize("alone", [True, False])
def test_no_bit_of_a_journal_is_flipped_unnoticed(log, alone):
    place, octets = log
    bits = random.Random(1).sample(range(8 * len(octets)), 300 if alone else 92)
    bits += range(8 * len(octets) - 8, 8 * len(octets))
    done = journals(place, flipped(octets, bits), alone=alone)
    assert done.found == done.tried == len(bits)


def test_no_journal_is_cut_unnoticed_by_who_kept_a_checkpoint(log):
    place, octets = log
    done = journals(place, cut(octets, 11))
    assert done.found == done.tried > 300


@pytest.mark.parametrize("alone", [True, False])
def test_no_lines_are_swapped_repeated_or_dropped_unnoticed(log, alone):
    place, octets = log
    tried = [attempt for attempt in moved(octets) if alone or attempt[0] != "11 dropped"]
    done = journals(place, tried, alone=alone)  # the database still has what was dropped last
    assert done.found == done.tried >= 89


def test_no_octet_of_the_database_or_its_wal_changes_what_is_read_unnoticed(log, tmp_path):
    done = databases(log[0], tmp_path, 200, seed=2)
    assert done.unnoticed == []
    assert done.found > 50


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_the_next_append_is_signed(
    workspace,
):
    done = kills(workspace, KILLS, seed=3)
    assert done.unnoticed == []
    assert workspace.call("add", "--allow-duplicates", attacks.ADDED).returncode == 0
    document = workspace.verified()
    assert (document["ok"], document["proved"]) == (True, document["size"])
    assert workspace.call("audit", "replay", "--deep").returncode == 0


def test_a_disk_that_is_full_loses_nothing_acknowledged(workspace):
    def limit(size):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    sizes = [0, 200, 300, 5_000, 40_000]
    done = failing(workspace, ((f"{size} octets", {"limited": limit(size)}) for size in sizes))
    assert done.unnoticed == []
    assert done.found > 0
    assert workspace.call("add", "--allow-duplicates", attacks.ADDED).returncode == 0
    assert workspace.verified()["ok"]


def test_a_small_file_system_that_is_full_loses_nothing_acknowledged(workspace):
    events = workspace.root / "events"
    spare = events.with_name("spare")
    events.rename(spare)
    events.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(events)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no tmpfs can be mounted here")
    try:
        shutil.copytree(spare, events, dirs_exist_ok=True)
        codes = []
        while not codes or codes[-1] == 0:
            done = failing(workspace, [(f"{len(codes)}", {})])
            assert done.unnoticed == []
            codes.append(done.found)
            filler = events / f"filler{len(codes)}"
            with suppress(OSError):
                filler.write_bytes(bytes(60_000))
        for path in events.glob("filler*"):
            path.unlink()
        assert workspace.call("add", "--allow-duplicates", attacks.ADDED).returncode == 0
        assert workspace.verified()["ok"]
    finally:
        subprocess.run(["umount", str(events)], check=True)


@pytest.mark.parametrize("lasts", [True, False])
def test_a_disk_that_fails_loses_nothing_acknowledged(workspace, tmp_path, lasts):
    library = attacks.shim(tmp_path)
    if library is None:
        pytest.skip("no compiler, or no LD_PRELOAD")
    done = failing(workspace, eio(workspace, library, [1, 2, 4, 7, 12], lasts=lasts))
    assert done.unnoticed == []
    assert done.found > 0
    assert workspace.call("add", "--allow-duplicates", attacks.ADDED).returncode == 0
    assert workspace.verified()["ok"]
