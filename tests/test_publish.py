"""Publishing from several processes at once."""

import os
import subprocess
import sys

import pytest

from kalends.application import publish as publishing
from kalends.domain.errors import LockedError
from kalends.log.lock import held

pytestmark = pytest.mark.campaign


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
    for process in running:
        out, err = process.communicate()
        assert process.returncode == 0, (out, err)

    done(place, "publish")
    done(place, "feed", "check")
    assert done(place, "agenda", "--all").count("\n") == 6
    assert (place / "events" / "journal.jsonl").read_bytes().count(b"\n") == 8


def test_recording_beside_publishing_never_signs_more_than_the_journal_holds(tmp_path):
    place = tmp_path / "w"
    done(tmp_path, "init", str(place), "--title", "创城")
    done(place, "dept", "add", "团市委", "--code", "tsw")

    running = [
        kalends(place, *arguments)
        for n in range(4)
        for arguments in (("add", f"2020-07-{n + 10} tsw 会{n}"), ("publish",))
    ]
    while any(process.poll() is None for process in running):
        assert signed(place) <= lines(place)
    for process in running:
        out, err = process.communicate()
        assert process.returncode == 0, (out, err)

    assert signed(place) == lines(place) == 6
    for kept in (place / "events" / "checkpoints").iterdir():
        assert int(kept.stem) == int(kept.read_bytes().split(b"\n")[1])
    done(place, "audit", "verify")
    done(place, "publish")
    done(place, "feed", "check")
    done(place, "audit", "replay")


def signed(place):
    """Return the size that the checkpoint gives; read before the journal, which goes first."""
    return int((place / "events" / "checkpoint").read_bytes().split(b"\n")[1])


def lines(place):
    return (place / "events" / "journal.jsonl").read_bytes().count(b"\n")


def test_what_was_committed_without_publishing_verifies_where_it_is_cloned(tmp_path):
    place, clone = tmp_path / "w", tmp_path / "clone"
    done(tmp_path, "init", str(place), "--title", "创城")
    done(place, "dept", "add", "团市委", "--code", "tsw")
    done(place, "publish")
    git(place, "init", "-q")
    for n in range(3):
        done(place, "add", f"2020-07-{n + 10} tsw 会{n}")
        git(place, "add", ".")
        git(place, "commit", "-q", "-m", str(n))
    git(tmp_path, "clone", "-q", str(place), str(clone))

    for folder in (place, clone):
        assert "folder's own checkpoints: positions 1 to 5" in done(
            folder, "audit", "verify", "--lang", "en"
        )
        assert done(folder, "agenda", "--all").count("\n") == 3
        done(folder, "audit", "replay")
        done(folder, "feed", "check")


def git(folder, *arguments):
    command = ["git", "-c", "user.name=li", "-c", "user.email=li@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_what_an_append_was_killed_before_is_written_and_signed_by_the_next_command(tmp_path):
    place = tmp_path / "w"
    done(tmp_path, "init", str(place), "--title", "创城")
    events = place / "events"
    done(place, "dept", "add", "团市委", "--code", "tsw")
    early = {path: path.read_bytes() for path in (events / "checkpoint", events / "journal.jsonl")}
    note = (place / ".kalends" / "journal.json").read_bytes()
    times = (events / "journal.jsonl").stat()
    done(place, "add", "2020-07-10 tsw 会")
    late = {path: path.read_bytes() for path in early}

    for journal in (early, late):  # killed before the journal, or only before the checkpoint
        for path in early:
            path.write_bytes((journal if path.suffix else early)[path])
        if journal is early:
            os.utime(events / "journal.jsonl", ns=(times.st_atime_ns, times.st_mtime_ns))
            (place / ".kalends" / "journal.json").write_bytes(note)

        assert "√" in done(place, "audit", "verify")  # changes nothing
        assert (events / "checkpoint").read_bytes() == early[events / "checkpoint"]
        done(place, "agenda")

        assert {path: path.read_bytes() for path in early} == late


def test_a_publisher_does_not_wait_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "_LOCK_SECONDS", 0.05)
    lock = tmp_path / "publish.lock"

    with held(lock, 1), pytest.raises(LockedError), publishing.alone(lock):
        pass


def test_where_no_lock_can_be_made_publishing_goes_on(tmp_path):
    with publishing.alone(tmp_path / "none" / "publish.lock"):
        assert not (tmp_path / "none").exists()
