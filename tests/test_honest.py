"""Honest people never meet an alarm, whatever they do, and whenever they are killed.

Recording, publishing, committing without publishing, cloning, restoring, throwing caches away and
being killed follow each other at random; after each step the record is verified. `python
bench/honest.py` is the long run; `KALENDS_HONEST=500 pytest tests/test_honest.py` one of that
length.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from attacks_on_logs import shim

pytestmark = pytest.mark.campaign

STEPS = int(os.environ.get("KALENDS_HONEST", "10"))
KILLS = int(os.environ.get("KALENDS_HONEST_KILLS", "2"))
LOOKS = int(os.environ.get("KALENDS_HONEST_LOOKS", "2"))
SEED = int(os.environ.get("KALENDS_HONEST_SEED", "11"))
LINE = {"when": "2020-07-14", "departments": ["tsw"]}


class Office:
    """A workspace, whoever works in it, and what was acknowledged."""

    def __init__(self, root: Path, dice: random.Random) -> None:
        self.root = root / "w"
        self.clones = root / "clones"
        self.dice = dice
        self.acknowledged = 0
        self.number = 0
        for command in (
            ["init", str(self.root), "--title", "创城"],
            ["-C", self.root, "dept", "add", "团市委", "--code", "tsw", "--actor", "office"],
        ):
            assert run(command)[0] == 0
        self.git("init", "-q")
        self.commit()

    def git(self, *arguments: object) -> None:
        author = ["-c", "user.name=li", "-c", "user.email=li@example.org"]
        subprocess.run(
            ["git", *author, *map(str, arguments)], cwd=self.root, check=True, capture_output=True
        )

    def kalends(self, *arguments: object) -> None:
        code, out, err = run(["-C", self.root, *arguments])
        assert code == 0, (arguments, out, err)

    def title(self) -> str:
        self.number += 1
        return f"会{self.number}"

    # What people do.

    def add(self) -> None:
        self.kalends("add", f"2020-07-{self.dice.randint(1, 31)} tsw {self.title()}")
        self.acknowledged += 1

    def add_many(self) -> None:
        many = self.root.parent / "many.jsonl"
        lines = [
            json.dumps({**LINE, "title": self.title()}) for _ in range(self.dice.randint(2, 60))
        ]
        many.write_text("\n".join(lines) + "\n", "utf-8")
        self.kalends("add", "--from", many)
        self.acknowledged += len(lines)

    def undo(self) -> None:
        code, _, err = run(["-C", self.root, "undo"])
        assert code in {0, 6}, err

    def publish(self) -> None:
        self.kalends("publish")

    def look(self) -> None:
        self.kalends("agenda", "--all")

    def commit(self) -> None:
        self.git("add", ".")
        self.git("commit", "-q", "--allow-empty", "-m", "-")

    def clone(self) -> None:
        self.commit()
        shutil.rmtree(self.clones, ignore_errors=True)
        self.git("clone", "-q", self.root, self.clones)
        unalarmed(self.clones)

    def pull(self) -> None:
        """Bring what was recorded into a clone that has a database, and verify before reading."""
        if not self.clones.exists():
            self.clone()
        self.add()
        self.commit()
        self.git("-C", self.clones, "pull", "-q", "--ff-only")
        unalarmed(self.clones)

    def throw_the_caches_away(self) -> None:
        shutil.rmtree(self.root / ".kalends", ignore_errors=True)

    def restore(self) -> None:
        """Restore from the journal what it holds; with it everything that was acknowledged."""
        self.look()
        for path in (self.root / "events").glob("kalends.db*"):
            path.unlink()
        self.look()

    def look_at_an_older_commit(self) -> None:
        self.commit()
        self.git("checkout", "-q", "HEAD~1", "--", "events/journal.jsonl", "events/checkpoint")
        self.look()
        self.git("checkout", "-q", "HEAD", "--", "events/journal.jsonl", "events/checkpoint")

    def take_an_older_publication(self) -> None:
        """Take journal, checkpoint and feeds of an older commit; what was kept since stays."""
        for _ in range(2):
            self.kalends("add", f"2020-07-14 tsw {self.title()} #{self.title()}")
            self.acknowledged += 1
            self.publish()
            self.commit()
        self.git("checkout", "-q", "HEAD~1", "--", "events", "feeds")
        unalarmed(self.root)
        if self.dice.random() < 0.5:
            self.git("checkout", "-q", "HEAD", "--", "events", "feeds")

    def rename(self) -> None:
        self.kalends("dept", "rename", "tsw", f"团市委{self.title()}", "--on", "2020-07-01")

    def change_the_key(self) -> None:
        self.kalends("audit", "checkpoint", "--new-key")

    def be_killed(self) -> None:
        what = self.dice.choice(
            [["add", f"2020-07-14 tsw {self.title()}"], ["publish"], ["agenda"]]
        )
        command = [sys.executable, "-X", "utf8", "-m", "kalends", "-C", str(self.root), *what]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as killed:
            time.sleep(self.dice.uniform(0.05, 0.6))
            killed.kill()
            said = killed.stdout.read()
        self.acknowledged += (
            what[0] == "add" and said.decode().startswith("√") and said.endswith(b"\n")
        )


def run(arguments: list, **env: str) -> tuple[int, str, str]:
    command = [sys.executable, "-X", "utf8", "-m", "kalends", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8", **env},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def unalarmed(root: Path) -> dict:
    """Verify, check and replay: nothing may be said to be wrong with the record."""
    verified = json.loads(run(["-C", root, "--json", "audit", "verify"])[1])
    assert verified["ok"], verified
    assert signed(root) <= lines(root)
    for looking in (["doctor"], ["feed", "check"], ["audit", "replay"]):
        code, out, err = run(["-C", root, *looking])
        assert code in {0, 6}, (looking, out, err)  # 6: not published yet, or not to the end
        assert "×" not in out or looking == ["doctor"], (looking, out)
    return verified


def healthy(root: Path) -> None:
    for looking in ("doctor", "feed check", "audit replay --deep", "audit verify"):
        code, out, err = run(["-C", root, *looking.split()])
        assert code == 0, (looking, out, err)


def signed(root: Path) -> int:
    return int((root / "events" / "checkpoint").read_bytes().split(b"\n")[1])


def lines(root: Path) -> int:
    return (root / "events" / "journal.jsonl").read_bytes().count(b"\n")


def recorded(root: Path) -> int:
    said = json.loads(run(["-C", root, "--json", "log"])[1])
    return sum(
        event["topic"] in {"activity.recorded", "activity.planned"} for event in said["events"]
    )


def test_whatever_honest_people_do_nothing_is_said_to_be_wrong(tmp_path):
    dice = random.Random(SEED)
    office = Office(tmp_path, dice)
    deeds = [
        office.add, office.add, office.add_many, office.undo, office.publish, office.look,
        office.commit, office.clone, office.pull, office.throw_the_caches_away, office.restore,
        office.look_at_an_older_commit, office.take_an_older_publication, office.rename,
        office.change_the_key, office.be_killed, office.be_killed,
    ]  # fmt: skip
    for _ in range(STEPS):
        deed = dice.choice(deeds)
        deed()
        unalarmed(office.root)
        assert recorded(office.root) >= office.acknowledged, deed
    office.add()
    assert unalarmed(office.root)["proved"] == lines(office.root)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = shim(tmp_path_factory.mktemp("shim"))
    if made is None:
        pytest.skip("there is no C compiler here")
    return made


@pytest.mark.parametrize("command", ["add", "publish"])
def test_killed_at_any_change_the_next_command_finishes_it(tmp_path, library, command):
    office = Office(tmp_path, random.Random(SEED))
    what = (
        ["add", "2020-07-14 tsw 走访", "--allow-duplicates"] if command == "add" else ["publish"]
    )
    facts = {"LD_PRELOAD": str(library), "EIO_UNDER": str(office.root), "EIO_KILL": "1"}
    dice, at, killed = random.Random(SEED), 0, 0
    while killed < KILLS:
        at += 1 if KILLS > 100 else dice.randint(1, 12)
        office.add()
        code, _, err = run(["-C", office.root, *what], **facts, EIO_AT=str(at))
        if code == 0:
            break
        assert code == -signal.SIGKILL, err
        killed += 1
        verified = json.loads(run(["-C", office.root, "--json", "audit", "verify"])[1])
        assert verified["ok"], (at, verified)
        assert signed(office.root) <= lines(office.root)
        unalarmed(office.root)
        office.look()  # it finishes what the killed one began
        assert signed(office.root) == lines(office.root), at
        unalarmed(office.root)
        if command == "publish" and dice.random() < 0.5:  # else the next one is killed upon it
            office.clone()
            office.publish()
            healthy(office.root)
    assert killed
    office.publish()
    healthy(office.root)


def test_a_restore_that_is_killed_at_any_change_is_finished_by_the_next_command(tmp_path, library):
    office = Office(tmp_path, random.Random(SEED))
    for _ in range(3):
        office.add()
    office.publish()
    before = run(["-C", office.root, "--json", "log"])[1]
    facts = {
        "LD_PRELOAD": str(library),
        "EIO_UNDER": str(office.root),
        "EIO_KILL": "1",
        "EIO_PATHS": "1",
    }
    at, killed = 0, 0
    while killed < KILLS:
        at += 1 if KILLS > 100 else office.dice.randint(1, 16)
        for path in (office.root / "events").glob("kalends.db*"):
            path.unlink()
        if at % 2:
            office.throw_the_caches_away()
        code, _, err = run(["-C", office.root, "agenda"], **facts, EIO_AT=str(at))
        if code == 0:
            break
        assert code == -signal.SIGKILL, err
        killed += 1
        unalarmed(office.root)
        assert run(["-C", office.root, "--json", "log"])[1] == before
        left = {path.name for path in (office.root / "events").iterdir()}
        assert left <= {
            "checkpoint", "checkpoints", "journal.jsonl", "kalends.db", "kalends.db-journal", "kalends.db.lock",
        }, left  # fmt: skip
        healthy(office.root)
    assert killed


# What works beside those who look: each a process that does its work again and again.
WORKING = """
import io, sys
from contextlib import redirect_stdout
from kalends.cli.app import main
for n in range(10_000):
    with redirect_stdout(io.StringIO()):
        try:
            main([one.replace("会N", f"会{sys.argv[1]}{n}") for one in sys.argv[2:]])
        except SystemExit as left:
            assert not left.code, left.code
"""


def test_looking_beside_those_who_record_and_publish_finds_nothing_wrong(tmp_path):
    office = Office(tmp_path, random.Random(SEED))
    deeds = (["add", "2020-07-14 tsw 会N #创城"], ["publish"], ["publish"])
    working = [
        subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", WORKING, f"{n}", "-C", str(office.root), *deed],
            env={**os.environ, "KALENDS_ACTOR": "li"}, stderr=subprocess.PIPE,
        )
        for n, deed in enumerate(deeds)
    ]  # fmt: skip
    try:
        for _ in range(LOOKS):
            unalarmed(office.root)
        ended = [process for process in working if process.poll() is not None]
        assert not ended, [process.stderr.read().decode() for process in ended]
    finally:
        for process in working:
            process.kill()
            process.communicate()
    unalarmed(office.root)
    office.publish()
    healthy(office.root)
