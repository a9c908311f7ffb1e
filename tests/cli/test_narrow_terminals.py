"""On a terminal of any width lines break between words: lists, sentences, warnings, help."""

import fcntl
import io
import os
import pty
import struct
import sys
import termios

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.cli.app import COMMANDS
from kalends.cli.terminal.cells import cells
from kalends.cli.terminal.output import Visible

SAID = [
    [], ["history", "我市"], ["show", "ID"], ["audit", "verify"], ["doctor"], ["publish"], ["held", "ID"], ["held", "0"],
    ["dept", "add", "、"], ["dept", "add", "新局", "-n"], ["when", "近日"], ["nothing"],
    ["campaign", "clock", "--reason", "x"], ["feed", "check"], ["move", "ID", "--to", "7月32日", "--reason", "x"],
]  # fmt: skip


def on_terminal(columns, *arguments):
    """Return what the program writes to a terminal so many cells wide."""
    child, terminal = pty.fork()
    if child == 0:
        # Libraries may have set COLUMNS where Python does not see it.
        env = {**os.environ, "KALENDS_ACTOR": "li", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        env.pop("COLUMNS", None)
        os.execve(sys.executable, [sys.executable, "-m", "kalends", *arguments], env)  # noqa: S606 - on this terminal
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    out = b""
    while True:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:  # it has ended
            break
        out += piece
        if not piece:
            break
    os.waitpid(child, 0)
    os.close(terminal)
    return out.decode().replace("\r\n", "\n").split("\n")


def too_wide(lines, columns):
    """Return the lines that are too wide, but for words that are so themselves."""
    return [line for line in lines if cells(line) > columns and " " in line.strip()]


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("language", "columns"),
    [
        ("zh", 40),
        ("en", 80),
        pytest.param("zh", 80, marks=pytest.mark.campaign),
        pytest.param("en", 40, marks=pytest.mark.campaign),
    ],
)
def test_no_line_is_wider_than_the_terminal(recorded, language, columns):
    _, known = recorded
    for arguments in SAID:
        words = [known if word == "ID" else word for word in arguments]
        said = on_terminal(columns, "--lang", language, *words)
        assert "".join(said).strip()
        assert too_wide(said, columns) == [], arguments


@pytest.mark.parametrize("columns", [40, 61, 80])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_of_help_is_wider_than_the_terminal(kalends, monkeypatch, language, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    groups = [["dept"], ["audit"], ["feed"], ["campaign"], ["audit", "verify"], ["dept", "add"]]
    for command in ([], *([name] for name in COMMANDS), *groups):
        said = kalends("--lang", language, *command, "--help")
        assert said.code == 0
        assert too_wide(said.out.split("\n"), columns) == [], command


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.campaign
@for_all(st.text(st.sampled_from("ab中，. \n"), max_size=200), st.integers(10, 90))
def test_nothing_is_lost_where_prose_is_wrapped(text, columns):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        terminal = Terminal()
        assert Visible(terminal, is_prose=True).write(text) == len(text)
    assert terminal.getvalue().split() == text.split() or "中" in text
    assert "".join(terminal.getvalue().split()) == "".join(text.split())
