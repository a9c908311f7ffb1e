"""The one place where errors become words and exit codes."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import click
import pytest

from kalends.cli import failure
from kalends.cli.context import Context


@pytest.fixture
def call():
    made = Context()
    made.lang = "en"
    return made


def raising(error):
    def command():
        raise error

    return command


def test_a_fault_of_ours_shows_no_traceback(call, capsys, monkeypatch):
    monkeypatch.delenv("KALENDS_DEBUG", raising=False)

    assert failure.run(raising(ZeroDivisionError("oh")), call) == 1
    said = capsys.readouterr()
    assert said.err.startswith("Something went wrong: ZeroDivisionError: oh")
    assert "Traceback" not in said.err


def test_a_fault_of_sqlite_blames_the_views_which_are_disposable(call, capsys, monkeypatch):
    monkeypatch.delenv("KALENDS_DEBUG", raising=False)

    assert failure.run(raising(sqlite3.OperationalError("oh")), call) == 8
    assert "OperationalError: oh" in capsys.readouterr().err


def test_a_fault_of_ours_can_be_looked_into(call, monkeypatch):
    monkeypatch.setenv("KALENDS_DEBUG", "1")

    with pytest.raises(ZeroDivisionError):
        failure.run(raising(ZeroDivisionError("oh")), call)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_130(call, capsys, error):
    assert failure.run(raising(error), call) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_a_machine_s_refusal_is_10_and_names_the_file(call, capsys):
    error = OSError(28, "No space left on device", "events/kalends.db")

    assert failure.run(raising(error), call) == 10
    assert "events/kalends.db: No space left on device" in capsys.readouterr().err


def test_without_memory_it_is_the_machine_that_refuses(call, capsys):
    assert failure.run(raising(MemoryError()), call) == 10
    assert "not enough memory" in capsys.readouterr().err


def test_a_cache_that_the_disk_does_not_take_is_not_damaged(call, tmp_path, capsys, monkeypatch):
    with closing(sqlite3.connect(tmp_path / "views.db")) as db:
        db.executescript("PRAGMA max_page_count = 2; CREATE TABLE x (y)")
        with pytest.raises(sqlite3.OperationalError) as full:
            db.execute("INSERT INTO x VALUES (zeroblob(100000))")

    assert failure.run(raising(full.value), call) == 10
    assert ".kalends: database or disk is full" in capsys.readouterr().err
    monkeypatch.setattr(type(call), "must_not_repeat", True)
    assert failure.run(raising(full.value), call) == 0
    assert "Do not repeat the command" in capsys.readouterr().err


def test_broken_characters_are_made_visible(call, capsys):
    from kalends.domain.errors import NotFoundError

    assert failure.run(raising(NotFoundError(name="a\udcff局")), call) == 3
    assert "a\\udcff局" in capsys.readouterr().err


ZONE = "Times are those of Asia/Shanghai.\n"


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Run a line of a shell in a workspace of a few departments; `kalends` is the program."""
    env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8"}

    place = tmp_path_factory.mktemp("shell")

    def run(line):
        script = f'kalends() {{ {sys.executable} -m kalends "$@"; }}; cd {place}; {line}'
        return subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, env=env, check=False
        )

    made = " && ".join(f"kalends dept add n{n}" for n in range(3))
    assert run(f"kalends init . --title x && {made}").returncode == 0
    return run


@pytest.mark.campaign
@pytest.mark.parametrize("command", ["log", "log --json", "--help", "agenda --all --help"])
def test_a_closed_pipe_is_quiet_and_141(shell, command):
    done = shell(f"kalends {command} | head -c 1; echo ${{PIPESTATUS[0]}}")

    assert done.stderr in {"", ZONE}
    assert done.stdout[1:] in {"141\n", "0\n"}, done  # 0 where all was written before head left


@pytest.mark.campaign
@pytest.mark.parametrize(
    "command", ["log", "log --json", "--help", "agenda --help", "feed show all"]
)
def test_a_pipe_closed_before_anything_is_said_is_quiet_and_141(shell, command):
    done = shell(f"kalends {command} | true; echo ${{PIPESTATUS[0]}}")

    assert done.stdout == "141\n"
    assert done.stderr in {"", ZONE}


@pytest.mark.campaign
def test_a_closed_pipe_ends_as_it_ends_other_programs(shell):
    done = shell(
        "seq 100000 | true; echo ${PIPESTATUS[0]}; kalends log | true; echo ${PIPESTATUS[0]}"
    )

    ours, others = done.stdout.split()
    assert ours == others == "141"


@pytest.mark.campaign
def test_an_error_into_a_closed_pipe_keeps_its_code_and_is_quiet(shell):
    done = shell("kalends show zzzz --json | true; echo ${PIPESTATUS[0]}")

    assert (done.stdout, done.stderr) == ("3\n", "")


@pytest.mark.campaign
@pytest.mark.parametrize("command", ["agenda --all", "log --json", "dept add late"])
def test_a_closed_output_is_said_before_anything_is_done(shell, command):
    done = shell(f"kalends {command} --lang en >&-; echo $?; kalends log | wc -l")

    assert done.stderr.startswith("The machine refused: standard output is closed\n")
    assert done.stdout.split() == ["10", "4"]


@pytest.mark.campaign
def test_a_full_output_is_said(shell):
    done = shell("kalends dept ls --lang en >/dev/full; echo $?")

    assert done.stderr.startswith("The machine refused: the output: No space left")
    assert done.stdout == "10\n"


@pytest.mark.campaign
def test_without_standard_error_talk_is_lost_and_the_rest_goes_on(shell):
    done = shell("kalends show zzzz 2>&-; echo $?; kalends agenda 2>&-; echo $?")

    assert (done.stdout, done.stderr) == ("3\n0\n", "")


@pytest.mark.campaign
def test_a_closed_input_cannot_be_read(shell):
    done = shell("kalends add 团市委 <&-; echo $?; kalends add --from - --lang en <&-; echo $?")

    assert done.stdout == "4\n3\n"
    assert "- cannot be read" in done.stderr


def test_what_was_typed_is_said_back_only_so_far(call, capsys):
    from kalends.domain.errors import AmbiguousDepartmentError, ImpossibleDateError

    failure.run(raising(ImpossibleDateError(text="长" * 5_000, part="短")), call)
    assert capsys.readouterr().err.startswith(f"“{'长' * 79}…” is not a possible date: 短 does")

    failure.run(raising(click.UsageError("x" * 5_000)), call)
    assert len(capsys.readouterr().err) < 400

    failure.run(raising(AmbiguousDepartmentError(text="局", found="局, " * 200)), call)
    assert "…" not in capsys.readouterr().err
