"""What a disk can do: be full, be read-only; and nothing is half-written."""

import codecs
import importlib
import json
import os
import pkgutil
import resource
import shutil
import stat
import subprocess
import sys
import zoneinfo

import pytest

import kalends as kalends_package
from attacks_on_logs import shim
from kalends.cli.app import main

pytestmark = pytest.mark.campaign

LARGE = 40_000


def kalends(folder, *arguments, limit=None, env=None, kind=resource.RLIMIT_FSIZE):
    """Run the program as a process; `limit` is the largest file it may write, in octets."""

    def limited():
        resource.setrlimit(kind, (limit, limit))

    env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8", **(env or {})}
    command = [sys.executable, "-X", "utf8", "-m", "kalends", "-C", str(folder), *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=env, check=False,
        preexec_fn=limited if limit else None,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "w"
    assert kalends(tmp_path, "init", str(place), "--title", "创城", "--lang", "en").returncode == 0
    assert kalends(place, "dept", "add", "团市委", "--code", "tsw").returncode == 0
    return place


def events(place):
    return kalends(place, "log").stdout.count("\n")


def test_a_full_disk_is_said_and_nothing_is_half_recorded(folder, tmp_path):
    many = tmp_path / "many.jsonl"
    line = '{"when": "2020-07-14", "title": "会", "departments": ["tsw"], "description": "%s"}\n'
    many.write_text(line % ("长" * 9_000) * 20, "utf-8")
    before = events(folder)

    done = kalends(folder, "add", "--allow-duplicates", "--from", str(many), limit=LARGE)

    assert done.returncode == 10, done
    assert events(folder) == before
    assert kalends(folder, "add", "--allow-duplicates", "--from", str(many)).stdout.startswith(
        "20 recorded"
    )


@pytest.mark.parametrize(
    ("name", "command", "exit_code"),
    [
        ("events/journal.jsonl", "agenda", 8),
        ("events/journal.jsonl", "audit verify", 8),
        ("feeds/manifest.json", "doctor", 8),
        (".git/index", "agenda", 0),
    ],
)
def test_a_large_hole_in_a_file_is_never_held_in_memory(folder, name, command, exit_code):
    assert kalends(folder, "publish").returncode == 0
    (folder / ".git").mkdir()
    with (folder / name).open("ab") as file:
        file.truncate(800 << 20)

    done = kalends(folder, *command.split(), limit=640 << 20, kind=resource.RLIMIT_AS)

    assert done.returncode == exit_code, done


def test_a_disk_that_fills_while_publishing_leaves_the_old_files(folder, tmp_path):
    assert kalends(folder, "add", "2020-07-14 tsw 会").returncode == 0
    assert kalends(folder, "publish").returncode == 0
    before = {path: path.read_bytes() for path in (folder / "feeds").iterdir()}
    many = tmp_path / "many.jsonl"
    line = '{"when": "2020-07-14", "title": "会", "departments": ["tsw"], "description": "%s"}\n'
    many.write_text(line % ("长" * 9_000) * 20, "utf-8")
    kalends(folder, "add", "--allow-duplicates", "--from", str(many))
    kalends(folder, "agenda", "--all")

    done = kalends(folder, "publish", limit=LARGE)

    assert done.returncode == 10, done
    assert {path: path.read_bytes() for path in (folder / "feeds").iterdir()} == before
    assert kalends(folder, "publish").returncode == 0
    assert kalends(folder, "feed", "check").returncode == 0


def test_what_the_journal_had_no_room_for_is_recorded_and_written_by_the_next_command(
    folder, tmp_path
):
    library = shim(tmp_path)
    if library is None:
        pytest.skip("no compiler, or no LD_PRELOAD")
    many = tmp_path / "many.jsonl"
    line = '{"when": "2020-07-14", "title": "会", "departments": ["tsw"], "description": "%s"}\n'
    many.write_text(line % ("长" * 9_000) * 20, "utf-8")
    kalends(folder, "add", "--allow-duplicates", "--from", str(many))
    journal = folder / "events" / "journal.jsonl"
    before, signed = journal.read_bytes(), (folder / "events" / "checkpoint").read_bytes()

    full = {
        "LD_PRELOAD": str(library),
        "EIO_UNDER": str(journal),
        "EIO_ERROR": "28",
        "EIO_AT": "1",
    }
    done = kalends(folder, "--json", "add", "2020-07-15 tsw 走访", env=full)

    assert done.returncode == 0, done
    assert "! Recorded, but the journal could not be written." in done.stderr
    (warning,) = json.loads(done.stdout)["warnings"]
    assert warning["code"] == "journal-behind"
    assert warning["message"].startswith("Recorded, but the journal could not be written. ")
    assert journal.read_bytes() == before
    assert (folder / "events" / "checkpoint").read_bytes() == signed
    assert kalends(folder, "doctor", env=full).returncode == 6
    assert kalends(folder, "audit", "verify").returncode == 0

    assert kalends(folder, "agenda", "--all").stdout.count("2020-07-15") == 1

    lines = journal.read_bytes().splitlines()
    assert [json.loads(line)["stream"][:8] for line in lines] == [
        "campaign", "roster", *["activity"] * 21,
    ]  # fmt: skip
    assert (folder / "events" / "checkpoint").read_bytes().split(b"\n")[1] == b"23"
    for path in (folder / "events").glob("kalends.db*"):
        path.unlink()
    assert kalends(folder, "log").stdout.count("\n") == 23


def test_a_disk_that_fails_while_recording_says_what_became_of_it(folder, tmp_path):
    library = shim(tmp_path)
    if library is None:
        pytest.skip("no compiler, or no LD_PRELOAD")
    said = set()
    for call in range(1, 60):
        before = events(folder)
        failing = {
            "LD_PRELOAD": str(library),
            "EIO_UNDER": str(folder / "events" / "kalends.db"),
            "EIO_ERROR": "28",
            "EIO_AT": str(call),
            "EIO_LASTS": "1",
        }
        done = kalends(folder, "add", f"2020-07-15 tsw visit {call}", env=failing)
        more = events(folder) - before
        if done.returncode == 0:
            assert more == 1, done
            break
        assert done.returncode == 10, done
        in_doubt = "It may be recorded, or not." in done.stderr
        said.add((in_doubt, more))
        assert in_doubt or more == 0, done
        assert kalends(folder, "audit", "verify").returncode == 0
    assert (True, 1) in said
    assert (False, 0) in said


def test_a_read_only_workspace_is_read_and_not_written(folder, by_nobody):
    kalends(folder, "add", "2020-07-14 tsw 会")
    kalends(folder, "publish")
    kalends(folder, "add", "2020-07-16 tsw 会")
    shutil.rmtree(folder / ".kalends")
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)

    listed = by_nobody(folder, "agenda", "--all")
    added = by_nobody(folder, "add", "2020-07-15 tsw 会")
    published = by_nobody(folder, "publish")

    assert (listed[0], listed[1].count("2020-07-1")) == (0, 2), listed
    assert added[0] == 10, added
    assert "cannot be written" in added[2]
    assert published[0] == 10, published
    assert {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()} == before


@pytest.fixture
def by_nobody(tmp_path):
    """Call the program in a child that may only read, even where the tests are run by root."""
    for module in pkgutil.walk_packages(kalends_package.__path__, "kalends."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)  # afterwards it may not even read the program
    zoneinfo.ZoneInfo("Asia/Shanghai")
    codecs.lookup("utf-8-sig")
    said = tmp_path / "said"
    said.mkdir()
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_mode & stat.S_ISVTX:  # /tmp, or another folder that all share
            break
        path.chmod(path.stat().st_mode | 0o055)
    said.chmod(0o777)

    def call(folder, *arguments):
        child = os.fork()
        if child == 0:
            for number, name in ((1, "out"), (2, "err")):
                file = os.open(said / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
                os.dup2(file, number)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8")
            sys.stderr = os.fdopen(2, "w", encoding="utf-8")
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            code = 99
            try:
                main(["-C", str(folder), "--lang", "en", "--actor", "li", *arguments])
            except SystemExit as left:
                code = left.code
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        out, err = ((said / name).read_text("utf-8") for name in ("out", "err"))
        for name in ("out", "err"):
            (said / name).unlink()
        return os.waitstatus_to_exitcode(status), out, err

    return call
