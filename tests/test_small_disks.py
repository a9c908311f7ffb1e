"""Real file systems: small and full, or mounted so that nothing can be written. As root only."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress

import pytest

_needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None,
    reason="mounting takes root, Linux and mkfs.ext4",
)
pytestmark = [_needs_root, pytest.mark.campaign]
READING = [
    (),
    ("agenda", "--all"),
    ("history", "tsw"),
    ("search", "走访"),
    ("show", "{id}"),
    ("log",),
    ("late",),
    ("diff", "2"),
    ("when", "7月14日上午"),
    ("dept", "ls"),
    ("campaign", "show"),
    ("feed", "ls"),
    ("feed", "show", "all"),
    ("feed", "explain", "{id}"),
    ("feed", "check"),
    ("audit", "verify"),
    ("audit", "replay"),
    ("audit", "replay", "--deep"),
    ("audit", "served", "{root}/feeds/all.ics"),
    ("audit", "prove", "{id}"),
    ("agenda", "--all", "--known-at", "{root}/events/checkpoint"),
    ("add", "-n", "2020-07-15 tsw 走访"),
]


def mount(*arguments):
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.decode()}")


def unmount(place):
    subprocess.run(["umount", "--lazy", str(place)], check=True, capture_output=True)


@pytest.fixture
def small(tmp_path):
    """Return an ext4 of 8 MB in blocks of 1 KiB, as volumes under 512 MB have."""
    image, place = tmp_path / "image", tmp_path / "small"
    image.write_bytes(bytes(8 << 20))
    made = ["mkfs.ext4", "-q", "-b", "1024", "-m", "0", "-O", "^has_journal", str(image)]
    subprocess.run(made, check=True, capture_output=True)
    place.mkdir()
    mount("-o", "loop", image, place)
    yield place
    unmount(place)


@contextmanager
def read_only(folder):
    mount("--bind", folder, folder)
    try:
        mount("-o", "remount,bind,ro", folder)
        yield
    finally:
        unmount(folder)


def fill(place, left=0):
    """Fill a file system but for so many bytes, to the last block; return what to remove."""
    filler = place / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
    if left:
        os.truncate(filler, filler.stat().st_size - left)
    return filler


class Office:
    """Somebody who calls the program as processes, with the keys on another disk."""

    def __init__(self, folder):
        self.root = folder / "w"
        self.env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}

    def call(self, *arguments, at=None):
        where = [] if at is None else ["-C", str(at)]
        command = [sys.executable, "-m", "kalends", *where, *arguments]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=self.env, check=False
        )
        assert "Traceback" not in done.stderr, done
        assert done.returncode >= 0, f"killed by signal {-done.returncode}: {arguments}"
        return done

    def does(self, *arguments, at=None):
        done = self.call(*arguments, at=at or self.root)
        assert done.returncode == 0, done
        return done

    def begins(self):
        done = self.call("init", str(self.root), "--title", "创城", "--lang", "en")
        assert done.returncode == 0, done
        self.does("dept", "add", "团市委", "--code", "tsw")
        self.does("add", "2020-07-14 tsw 走访")
        self.does("add", "2020-07-16 tsw 会")
        self.does("publish")
        return json.loads(self.does("--json", "agenda", "--all").stdout)["activities"][0]["id"]

    def titles(self):
        said = self.does("--json", "agenda", "--all")
        return {activity["title"] for activity in json.loads(said.stdout)["activities"]}


def clone(root, place):
    """Copy what git would: no database, no views."""
    place.mkdir()
    for name in ("kalends.toml", ".gitattributes", ".gitignore"):
        shutil.copy(root / name, place)
    hidden = shutil.ignore_patterns("*.db*")
    for name in ("events", "feeds"):
        shutil.copytree(root / name, place / name, ignore=hidden)
    return place


def same(words, said, expected):
    """Tell whether an answer is what it is elsewhere; how many rows are compared may differ."""
    is_count = words[:2] == ("audit", "replay")
    return said.returncode == 0 and (is_count or said.stdout == expected.stdout)


def as_told(words, **facts):
    return [word.format(**facts) for word in words]


def test_a_clone_on_a_read_only_mount_answers_whatever_reads(tmp_path):
    office = Office(tmp_path)
    known = office.begins()
    place = clone(office.root, tmp_path / "clone")
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    with read_only(place):
        for words in READING:
            said = office.call(*as_told(words, id=known, root=place), at=place)
            expected = office.call(*as_told(words, id=known, root=office.root), at=office.root)
            assert same(words, said, expected), (words, said)
        refused = [
            office.call(*words, at=place)
            for words in (("add", "2020-07-15 tsw 会"), ("undo",), ("dept", "add", "教育局"))
        ]
        doctor = office.call("doctor", at=place)
    assert [process.returncode for process in refused] == [10, 10, 10], refused
    assert doctor.returncode == 10
    assert [line for line in doctor.stdout.splitlines() if line.startswith("×")] == [
        "× the workspace can be written"
    ]
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before


def test_a_workspace_on_a_read_only_mount_is_read(tmp_path):
    office = Office(tmp_path)
    known = office.begins()
    office.does("add", "2020-07-18 tsw 再走访")  # not published, and no view has seen it
    with read_only(office.root):
        said = office.does("agenda", "--all")
        assert said.stdout.count("2020-07-1") == 3
        assert office.call("show", known, at=office.root).returncode == 0
        assert office.call("add", "2020-07-15 tsw 会", at=office.root).returncode == 10


def test_what_is_published_is_published_again_where_nothing_can_be_written(tmp_path):
    office = Office(tmp_path)
    office.begins()
    with read_only(office.root):
        said = office.does("publish")
        assert said.stdout.startswith("Nothing to do")
    office.does("add", "2020-07-18 tsw 再走访")
    with read_only(office.root):
        assert office.call("publish", at=office.root).returncode == 10
    office.does("publish")
    (office.root / "feeds" / "all.ics").write_bytes(b"x")
    with read_only(office.root):
        assert office.call("publish", at=office.root).returncode == 10


def test_a_full_disk_is_no_disk_that_can_be_written(small):
    office = Office(small)
    office.begins()
    filler = fill(small, left=16 << 10)  # an empty file has room there
    said = office.call("doctor", at=office.root)
    assert said.returncode == 10
    assert "× the workspace can be written" in said.stdout
    assert not [path for path in office.root.rglob("*") if ".kalends-" in path.name]
    filler.unlink()
    assert "√ the workspace can be written" in office.call("doctor", at=office.root).stdout


def test_a_clone_on_a_full_disk_answers_whatever_reads(tmp_path, small):
    office = Office(tmp_path)
    known = office.begins()
    place = clone(office.root, small / "clone")
    filler = fill(small)
    for words in READING:
        said = office.call(*as_told(words, id=known, root=place), at=place)
        expected = office.call(*as_told(words, id=known, root=office.root), at=office.root)
        assert same(words, said, expected), (words, said)
    assert office.call("add", "2020-07-15 tsw 会", at=place).returncode == 10
    filler.unlink()
    assert office.call("add", "2020-07-15 tsw 会", at=place).returncode == 0


def test_on_a_full_disk_of_small_blocks_what_stands_is_acknowledged_or_not_there(small):
    office = Office(small)
    office.begins()
    filler = fill(small)
    acknowledged = {"走访", "会"}
    codes = []
    # Each time a little more is free: every step of a command is the one that meets the end.
    for n in range(0, 60, 3):
        os.truncate(filler, max(0, filler.stat().st_size - 1024 * n))
        # Long: the pages of a short one may have room left, and the journal of changes has its own.
        long = ("--description", "会" * 3_000)
        done = office.call("add", f"2020-07-15 tsw 第{n}次", *long, at=office.root)
        codes.append(done.returncode)
        if done.returncode == 0:
            acknowledged.add(f"第{n}次")
        assert office.call("publish", at=office.root).returncode in {0, 10}
        assert office.titles() == acknowledged, (n, done)
        fill(small)
    assert set(codes) == {0, 10}
    filler.unlink()
    office.does("publish")
    office.does("feed", "check")
    office.does("audit", "verify")
    assert office.titles() == acknowledged


def test_restoring_on_a_small_disk_is_whole_or_nothing(tmp_path, small):
    office = Office(tmp_path)
    office.begins()
    place = clone(office.root, small / "clone")
    filler = fill(small)
    for _ in range(40):
        os.truncate(filler, max(0, filler.stat().st_size - 1024))
        office.does("agenda", "--all", at=place)
        if (place / "events" / "kalends.db").exists():
            break
        assert {path.name for path in (place / "events").iterdir()} <= {
            "journal.jsonl", "checkpoint", "checkpoints", "kalends.db.lock",
        }  # fmt: skip
    filler.unlink()
    office.does("add", "2020-07-15 tsw 会议", at=place)
    office.does("audit", "verify", at=place)
