"""Publishing from several processes at once."""

import os
import subprocess
import sys

import pytest

from kalends import publish as publishing
from kalends.domain.errors import LockedError
from kalends.log.lock import held


def kalends(folder, *arguments):
    command = [sys.executable, "-X", "utf8", "-m", "kalends", *arguments, "-C", str(folder)]
    env = {**os.environ, "KALENDS_ACTOR": "li"}
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=env,
    )


def done(folder, *arguments):
    started = kalends(folder, *arguments)
    out, err = started.communicate()
    assert started.returncode == 0, (out, err)
    return out


def test_six_recorders_and_six_publishers_do_not_disturb_one_another(tmp_path):
    place = tmp_path / "w"
    done(tmp_path, "init", str(place), "--title", "创城")
    done(place, "dept", "add", "团市委", "--code", "tsw")

    running = [
        kalends(place, *arguments)
        for n in range(6)
        for arguments in (("add", f"2020-07-{n + 10} tsw 会{n}"), ("publish",))
    ]
    for one in running:
        out, err = one.communicate()
        assert one.returncode == 0, (out, err)

    done(place, "publish")
    done(place, "feed", "check")
    assert done(place, "agenda", "--all").count("\n") == 6
    assert (place / "events" / "journal.jsonl").read_bytes().count(b"\n") == 8


def test_a_publisher_does_not_wait_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "_LOCK_SECONDS", 0.05)
    lock = tmp_path / "publish.lock"

    with held(lock, 1), pytest.raises(LockedError), publishing._alone(lock):
        pass


def test_where_no_lock_can_be_made_publishing_goes_on(tmp_path):
    with publishing._alone(tmp_path / "none" / "publish.lock"):
        assert not (tmp_path / "none").exists()
