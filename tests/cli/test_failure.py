"""The one place where errors become words and exit codes."""

import click
import pytest

from kalends.cli import failure
from kalends.cli.call import Call


@pytest.fixture
def call():
    made = Call()
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


def test_broken_characters_are_made_visible(call, capsys):
    from kalends.domain.errors import NotFoundError

    assert failure.run(raising(NotFoundError(name="a\udcff局")), call) == 3
    assert "a\\udcff局" in capsys.readouterr().err


def test_a_closed_pipe_is_quiet(tmp_path):
    import os
    import subprocess
    import sys

    env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8"}
    kalends = f"{sys.executable} -m kalends"
    script = (
        f"{kalends} init {tmp_path}/w --title x >/dev/null 2>&1; cd {tmp_path}/w;"
        f"for n in 1 2 3 4 5 6; do {kalends} dept add n$n >/dev/null; done;"
        f"{kalends} log | head -1"
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env=env, check=False
    )
    assert done.stderr == "时间为 Asia/Shanghai。\n"  # and no complaint
    assert done.stdout.count("\n") == 1
