"""Making a workspace: killed or refused at any moment, the former state stands or the next goes on."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from attacks_on_logs import shim

pytestmark = pytest.mark.campaign

FAR = 400
LAST = 12 // 3
# KALENDS_STEP=1 tries each changing call.
STEP = int(os.environ.get("KALENDS_STEP", "10"))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = shim(tmp_path_factory.mktemp("shim"))
    if made is None:
        pytest.skip("no compiler, or no LD_PRELOAD")
    return made


@pytest.fixture
def program(tmp_path, config_home):
    """Call the program as a process; `at` is the changing call that fails, or that kills it."""
    root = tmp_path / "w"

    def call(*words, **env):
        env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8", **env}
        command = [sys.executable, "-m", "kalends", *words]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=env, check=False, cwd=tmp_path
        )
        assert "Traceback" not in done.stderr, done
        return done

    call.root, call.keys = root, config_home / "kalends" / "keys"
    return call


def everything(root):
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def making(root):
    return ("init", str(root), "--title", "创城", "--lang", "en")


def is_whole(program):
    assert program("-C", str(program.root), "dept", "add", "团市委", "--code", "t").returncode == 0
    verified = program("-C", str(program.root), "audit", "verify")
    assert verified.returncode == 0, verified
    assert len(list(program.keys.iterdir())) == 1


def ends(library, program, at, **more):
    """Return the ending of an `init` whose changing call of this number fails."""
    how = {"LD_PRELOAD": str(library), "EIO_UNDER": str(program.root), "EIO_PATHS": "1"}
    return program(*making(program.root), **how, EIO_AT=str(at), **more)


def test_killed_at_any_change_the_next_one_makes_it(program, library):
    killed = 0
    for at in range(1, FAR, STEP):
        done = ends(library, program, at, EIO_KILL="1")
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        killed += 1
        again = program(*making(program.root))
        # It was made already, or is made now; nothing else.
        assert again.returncode in {0, 6}, (at, again)
        is_whole(program)
        assert not list(program.root.rglob("*.part")), at
        shutil.rmtree(program.root)
        shutil.rmtree(program.keys)
    assert killed > 20 // STEP


@pytest.mark.parametrize("is_there", [False, True])
def test_a_full_disk_leaves_what_was_there(program, library, is_there):
    before = None
    if is_there:
        (program.root / "events").mkdir(parents=True)
        (program.root / "events" / "mine").write_bytes(b"mine")
        before = everything(program.root)
    refused, made = 0, 0
    for at in range(1, FAR, min(STEP, 4)):
        done = ends(library, program, at, EIO_ERROR="28")
        if done.returncode == 0:  # nothing but a shortcut failed
            assert (program.root / "kalends.toml").exists()
            assert (program.root / "events" / "checkpoint").exists(), (at, done)
            assert [path.suffix for path in program.keys.iterdir()] == [".key"]
            made += 1
            shutil.rmtree(program.root)
            shutil.rmtree(program.keys, ignore_errors=True)
            if is_there:
                (program.root / "events").mkdir(parents=True)
                (program.root / "events" / "mine").write_bytes(b"mine")
            if made > LAST:
                break
            continue
        assert done.returncode == 10, (at, done)
        refused += 1
        found = everything(program.root) if program.root.exists() else None
        assert found == before, (at, done)
        assert not list(program.keys.glob("*")), at
    assert refused > 15 // STEP


def test_what_was_being_written_when_it_was_killed_goes_too(program):
    (program.root / ".kalends" / "new").mkdir(parents=True)
    for name in ("..gitattributes.4711.part", "..gitignore.12.part", "mine.part"):
        (program.root / name).write_bytes(b"half")
    assert program(*making(program.root)).returncode == 0
    is_whole(program)
    assert [path.name for path in program.root.rglob("*.part")] == ["mine.part"]


def test_what_somebody_put_there_since_is_never_removed(program):
    (program.root / ".kalends" / "new").mkdir(parents=True)
    (program.root / "events").mkdir()
    journal = program.root / "events" / "journal.jsonl"
    journal.write_bytes(b"{}\n{}\n")
    assert program(*making(program.root)).returncode == 6
    assert journal.read_bytes() == b"{}\n{}\n"


def test_folders_made_on_the_way_go_too(program, tmp_path):
    deep = tmp_path / "a" / "b" / "c"
    assert program("init", str(deep), "--title", "x", "--timezone", "Mars").returncode == 6
    assert list(tmp_path.iterdir()) == [] or not Path(tmp_path / "a").exists()
